package parse

import (
	"bytes"
	"encoding/json"
	"maps"
	"slices"
	"strings"

	"warta/sources"
)

// embargoNames are the local names under which feeds state until when a story
// must not be shown, whatever their vocabulary: ninjs 1 and 2 (embargoed), ninjs
// 3 (embargoedUntil), NewsML-G2 (embargoed within itemMeta), PRISM (embargoDate).
var embargoNames = map[string]bool{
	"embargo": true, "embargoed": true, "embargoeduntil": true, "embargodate": true, "embargountil": true,
	"embargoed_until": true, "embargo_until": true, "embargo_date": true,
}

// embargo writes what an element that we don't read otherwise, or one within
// it, says of an embargo. NewsML-G2 nests it.
func (s *skeleton) embargo(p piece, c place, local string) error {
	if embargoNames[local] {
		s.open("w", "embargoed")
		s.out.WriteByte('>')
		v, _ := s.value(p.in, p.out)
		s.ref(note{value: v})
		s.close("w", "embargoed")
		return nil
	}
	if c.depth > maxExtensionDepth || bytes.IndexByte(s.doc[p.in:p.out], '<') < 0 || !containsFold(s.doc[p.in:p.out], "embargo") {
		return nil
	}
	return s.children(p.in, p.out, func(q piece) error {
		sc, err := c.scope.enter(attributes{s.doc[q.tok.in:q.tok.out]}, q.tok.start, s.decoder)
		if err != nil {
			return err
		}
		_, name := s.name(q.tok, sc)
		return s.embargo(q, place{scope: sc, base: c.base, words: c.words, entry: c.entry, depth: c.depth + 1}, name)
	})
}

// jsonEmbargo reads a member of an item, or of an extension in it.
func jsonEmbargo(name string, raw []byte) (out []sources.Signal) {
	add := func(path string, raw []byte) {
		var v string
		if string(raw) == "null" || json.Unmarshal(raw, &v) == nil && strings.TrimSpace(v) == "" {
			return // a template's empty member
		}
		if v == "" {
			v = string(raw[:min(len(raw), 100)])
		}
		out = append(out, sources.Signal{Name: "json:embargoed", Value: strings.TrimSpace(v), Where: "entry", Markup: path + ": " + strings.TrimSpace(v)})
	}
	if embargoNames[strings.ToLower(name)] {
		add(name, raw)
		return out
	}
	if !strings.HasPrefix(name, "_") || !containsFold(raw, "embargo") {
		return nil
	}
	var members map[string]json.RawMessage
	if json.Unmarshal(raw, &members) != nil {
		return nil
	}
	for _, k := range slices.Sorted(maps.Keys(members)) {
		if embargoNames[strings.ToLower(k)] {
			add(name+"."+k, members[k])
		}
	}
	return out
}
