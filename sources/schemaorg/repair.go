package schemaorg

import (
	"bytes"
	"encoding/json"
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
