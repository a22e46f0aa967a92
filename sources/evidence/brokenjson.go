package evidence

import (
	"bytes"
	"encoding/json"
	"strings"

	"warta/sources"
	"warta/sources/prose"
	"warta/sources/schemaorg"
)

var (
	brokenFree    = prose.Pattern(`"isAccessibleForFree"\s*:\s*"?(?:https?://schema\.org/)?([A-Za-z]{4,5})`)
	brokenLicence = prose.Pattern(`"license"\s*:\s*"([^"\\]{1,300})"`)
)

// brokenJSON reads, of a script that is no JSON, what limits: that the article
// must be paid for, and that there are terms. A licence is not taken from it,
// since it may be a picture's: a person has to look.
func (p *pageReader) brokenJSON(body []byte) {
	const where = "page schema.org, not well formed"
	for _, m := range brokenFree().FindAllSubmatch(body, 20) {
		if strings.EqualFold(string(m[1]), "false") {
			p.add(sources.Paywall, string(m[0]), where, "")
		}
	}
	for _, m := range brokenLicence().FindAllSubmatch(body, 20) {
		if !bytes.Contains(body, []byte("ImageObject")) {
			p.add(sources.Unclear, string(m[0]), where, "")
		}
	}
}

// parts are the answers that the parts of an article give to whether they are
// free: one that is not is behind a paywall.
func parts(raw json.RawMessage) (all []string) {
	var list []json.RawMessage
	if len(raw) > 0 && raw[0] == '[' {
		if json.Unmarshal(raw, &list) != nil {
			return nil
		}
	} else if len(raw) > 0 {
		list = []json.RawMessage{raw}
	}
	for _, one := range list[:min(len(list), 100)] {
		var object map[string]json.RawMessage
		if json.Unmarshal(one, &object) == nil {
			all = append(all, schemaorg.Texts(object["isAccessibleForFree"])...)
		}
	}
	return all
}
