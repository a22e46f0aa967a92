package parse

import (
	"encoding/json"
	"strings"

	"warta/sources"
)

// extras reads the members of an item, and of the extensions in it, that speak
// of rights: JSON Feed has none of its own for that.
func (j *jsonReading) extras(it *sources.Item, v jsonValue) {
	s := jsonScanner{j.decoder.doc, j.limits}
	_, _, err := s.object(v.start, func(m jsonMember) (int, error) {
		end, ok, err := s.skip(m.value.start)
		if err != nil || !ok {
			return -1, err
		}
		if m.name == "rights" || m.name == "license" || m.name == "copyright" || strings.HasPrefix(m.name, "_") {
			rights, licenses, signals := jsonRights(m.name, s.b[m.value.start:end], "entry")
			it.Rights, it.Licenses = append(it.Rights, rights...), append(it.Licenses, licenses...)
			it.Signals = append(it.Signals, signals...)
		}
		it.Signals = append(it.Signals, jsonEmbargo(m.name, s.b[m.value.start:end])...)
		return end, nil
	})
	if err != nil {
		j.warn.add("wrong-type", v.start, "an item can't be read to its end")
	}
}

// jsonRights reads one member: words and licences by their usual names, at the
// top or within a publisher's extension; the rest of an extension that speaks
// of rights is kept as a signal.
func jsonRights(name string, raw []byte, where string) (rights []sources.Statement, licenses []string, signals []sources.Signal) {
	words := func(name, path string, raw []byte) bool {
		var s string
		if json.Unmarshal(raw, &s) != nil || strings.TrimSpace(s) == "" {
			return false
		}
		switch name {
		case "rights", "copyright", "copyright_notice", "usage_terms":
			rights = append(rights, sources.Statement{Text: strings.TrimSpace(s), Where: where + " " + path})
		case "license", "licence", "license_url":
			if s = strings.TrimSpace(s); strings.Contains(s, "://") {
				licenses = append(licenses, s)
			} else {
				rights = append(rights, sources.Statement{Text: s, Where: where + " " + path})
			}
		default:
			return false
		}
		return true
	}
	if !strings.HasPrefix(name, "_") {
		words(name, name, raw)
		return rights, licenses, nil
	}
	var members map[string]json.RawMessage
	if json.Unmarshal(raw, &members) != nil {
		return nil, nil, nil
	}
	spoke := false
	for _, k := range []string{"rights", "copyright", "copyright_notice", "usage_terms", "license", "licence", "license_url"} {
		if v, ok := members[k]; ok {
			spoke = words(k, name+"."+k, v) || spoke
		}
	}
	if spoke && len(raw) <= 4096 {
		signals = append(signals, sources.Signal{Name: "json:" + name, Where: where, Markup: string(raw)})
	}
	return rights, licenses, signals
}
