package schemaorg

import (
	"encoding/json"
	"strings"
)

// Texts reads a schema.org value as text: itself, each of a list, or the name
// or address of an object.
func Texts(raw json.RawMessage) []string {
	if len(raw) == 0 {
		return nil
	}
	switch raw[0] {
	case '"':
		var s string
		if json.Unmarshal(raw, &s) == nil && strings.TrimSpace(s) != "" {
			return []string{strings.TrimSpace(s)}
		}
	case '[':
		var list []json.RawMessage
		if json.Unmarshal(raw, &list) != nil || len(list) > 100 {
			return nil
		}
		var all []string
		for _, r := range list {
			if len(r) > 0 && r[0] != '[' {
				all = append(all, Texts(r)...)
			}
		}
		return all
	case '{':
		var object Object
		if json.Unmarshal(raw, &object) != nil {
			return nil
		}
		if list := object["@list"]; len(list) > 0 && list[0] == '[' {
			return Texts(list)
		}
		for _, member := range [...]json.RawMessage{object["url"], object["name"], object["@id"], object["@value"]} {
			if len(member) > 0 && member[0] == '"' {
				return Texts(member)
			}
		}
	default: // true, false, a number
		return []string{string(raw)}
	}
	return nil
}

// Kind is a schema.org word without its address.
func Kind(s string) string {
	s = strings.TrimSpace(s)
	for _, prefix := range [...]string{"https://schema.org/", "http://schema.org/", "https://www.schema.org/", "http://www.schema.org/", "schema:"} {
		s = strings.TrimPrefix(s, prefix)
	}
	return s
}
