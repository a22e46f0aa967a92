package parse

import (
	"encoding/json"
	"maps"
	"slices"
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
		if k := plainKey(m.name); rightsMembers[k] || k == "copyrightholder" || strings.HasPrefix(m.name, "_") {
			rights, licenses, signals := jsonRights(m.name, s.b[m.value.start:end], "entry")
			it.Rights, it.Licenses = append(it.Rights, rights...), append(it.Licenses, licenses...)
			it.Signals = append(it.Signals, signals...)
			it.Holder = firstOf(it.Holder, jsonHolder(m.name, s.b[m.value.start:end]))
			j.chain(it, m.name, s.b[m.value.start:end])
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
	words := func(name, path string, raw []byte) (spoke bool) {
		key := plainKey(name)
		if key == "rightsinfo" {
			signals = append(signals, jsonRightsInfo(path, raw, where)...)
			return false
		}
		for _, s := range jsonTexts(raw) {
			switch key {
			case "rights", "copyright", "copyrightnotice", "usageterms":
				rights = append(rights, sources.Statement{Text: s, Where: where + " " + path})
			case "license", "licence", "licenseurl":
				if strings.Contains(s, "://") {
					licenses = append(licenses, s)
				} else {
					rights = append(rights, sources.Statement{Text: s, Where: where + " " + path})
				}
			default:
				return false
			}
			spoke = true
		}
		return spoke
	}
	if !strings.HasPrefix(name, "_") {
		words(name, name, raw)
		return rights, licenses, signals
	}
	var members map[string]json.RawMessage
	if json.Unmarshal(raw, &members) != nil {
		return nil, nil, nil
	}
	spoke := false
	for _, k := range slices.Sorted(maps.Keys(members)) {
		if rightsMembers[plainKey(k)] {
			spoke = words(k, name+"."+k, members[k]) || spoke
		}
	}
	if spoke && len(raw) <= 4096 {
		signals = append(signals, sources.Signal{Name: "json:" + name, Where: where, Markup: string(raw)})
	}
	return rights, licenses, signals
}

// rightsMembers are the names of members that speak of rights, as plainKey
// spells them: publishers' own and those of ninjs.
var rightsMembers = map[string]bool{
	"rights": true, "copyright": true, "copyrightnotice": true, "usageterms": true,
	"license": true, "licence": true, "licenseurl": true, "rightsinfo": true,
}

// jsonTexts are the words or addresses of a member: its own, each of a list, or
// those that an object leads to.
func jsonTexts(raw []byte) (all []string) {
	var s string
	if json.Unmarshal(raw, &s) == nil {
		if s = strings.TrimSpace(s); s != "" {
			all = append(all, s)
		}
		return all
	}
	var list []json.RawMessage
	if json.Unmarshal(raw, &list) == nil {
		for _, one := range list[:min(len(list), 20)] {
			if len(one) > 0 && one[0] != '[' {
				all = append(all, jsonTexts(one)...)
			}
		}
		return all
	}
	var object map[string]json.RawMessage
	if json.Unmarshal(raw, &object) != nil {
		return nil
	}
	for _, name := range [...]string{"url", "href", "link", "id", "@id", "text", "value", "name", "title"} {
		if m := object[name]; len(m) > 0 && m[0] == '"' {
			return jsonTexts(m)
		}
	}
	return nil
}

// jsonRightsInfo keeps what ninjs says of rights for machines: an address of a
// policy, and one written out, which nothing here can read.
func jsonRightsInfo(path string, raw []byte, where string) (signals []sources.Signal) {
	var members map[string]json.RawMessage
	if json.Unmarshal(raw, &members) != nil {
		return nil
	}
	for _, k := range slices.Sorted(maps.Keys(members)) {
		for _, s := range jsonTexts(members[k]) {
			name := map[string]string{"linkedrights": "odrl:haspolicy", "encodedrights": "json:encodedrights"}[plainKey(k)]
			if name != "" {
				signals = append(signals, sources.Signal{Name: name, Value: s, Where: where, Markup: path + "." + k + ": " + s})
			}
		}
	}
	return signals
}

// plainKey makes usage_terms, usageTerms and usageterms one.
func plainKey(k string) string { return strings.ToLower(strings.ReplaceAll(k, "_", "")) }

// jsonHolder reads who holds the copyright from a member, or from an extension.
func jsonHolder(name string, raw []byte) (holder string) {
	if plainKey(name) == "copyrightholder" && json.Unmarshal(raw, &holder) == nil {
		return strings.TrimSpace(holder)
	}
	var members map[string]json.RawMessage
	if !strings.HasPrefix(name, "_") || !containsFold(raw, "copyrightholder") && !containsFold(raw, "copyright_holder") || json.Unmarshal(raw, &members) != nil {
		return ""
	}
	for _, k := range slices.Sorted(maps.Keys(members)) {
		if plainKey(k) == "copyrightholder" && json.Unmarshal(members[k], &holder) == nil {
			return strings.TrimSpace(holder)
		}
	}
	return ""
}
