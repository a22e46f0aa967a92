package evidence

import (
	"bytes"
	"strings"

	"warta/sources"
	"warta/sources/prose"
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
