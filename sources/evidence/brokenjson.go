package evidence

import (
	"bytes"
	"encoding/json"
	"strings"

	"warta/sources"
)

// repaired is a JSON-LD script without the comment or CDATA marks around it,
// the line breaks inside its strings and the commas before a closing bracket,
// with which content systems spoil it.
func repaired(body []byte) []byte {
	body = bytes.TrimSpace(body)
	for _, mark := range [...]string{"<!--", "//<![CDATA[", "/*<![CDATA[*/", "<![CDATA[", "-->", "//]]>", "/*]]>*/", "]]>"} {
		body = bytes.TrimSpace(bytes.TrimSuffix(bytes.TrimPrefix(body, []byte(mark)), []byte(mark)))
	}
	body = bytes.TrimSuffix(body, []byte(";"))
	if json.Valid(body) {
		return body
	}
	out := make([]byte, 0, len(body))
	quoted, escaped := false, false
	for _, c := range body {
		switch {
		case quoted && c < ' ':
			c = ' '
		case escaped:
			escaped = false
		case quoted && c == '\\':
			escaped = true
		case c == '"':
			quoted = !quoted
		case !quoted && (c == '}' || c == ']'):
			if trimmed := bytes.TrimRight(out, " \t\r\n"); bytes.HasSuffix(trimmed, []byte(",")) {
				out = trimmed[:len(trimmed)-1]
			}
		}
		out = append(out, c)
	}
	return out
}

var (
	brokenFree    = lazy(`"isAccessibleForFree"\s*:\s*"?(?:https?://schema\.org/)?([A-Za-z]{4,5})`)
	brokenLicence = lazy(`"license"\s*:\s*"([^"\\]{1,300})"`)
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
			all = append(all, texts(object["isAccessibleForFree"])...)
		}
	}
	return all
}
