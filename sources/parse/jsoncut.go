package parse

import (
	"bytes"
	"encoding/json"
)

// jsonValue is where a value lies in the document.
type jsonValue struct{ start, end int }

// jsonMember is a member of an object.
type jsonMember struct {
	name       string
	key, value jsonValue
}

// jsonCut is a JSON Feed cut into its head and its items.
type jsonCut struct {
	members  []jsonMember
	items    []jsonValue
	hasItems bool
	partial  *jsonValue // the item that the document ends within
}

// jsonScanner finds where values end, without reading them: RFC 8259, and
// forgiving a trailing comma. It neither recurs nor goes back.
type jsonScanner struct {
	b      []byte
	limits *Limits
}

func (s jsonScanner) space(p int) int {
	for p < len(s.b) && (space[s.b[p]] || s.b[p] == ',') {
		p++
	}
	return p
}

// skip returns the end of the value at p; ok is false if the document ends
// before it does.
func (s jsonScanner) skip(p int) (end int, ok bool, err error) {
	depth := 0
	for p < len(s.b) {
		switch c := s.b[p]; c {
		case '{', '[':
			if depth++; depth > s.limits.Depth {
				return p, false, refuse(CodeTooDeep, p, "values are nested more than %d deep", s.limits.Depth)
			}
		case '}', ']':
			if depth--; depth <= 0 {
				return p + 1, depth == 0, nil
			}
		case '"':
			q := s.quoted(p)
			if q < 0 {
				return len(s.b), false, nil
			}
			if p = q; depth == 0 {
				return p + 1, true, nil
			}
		case ',', ' ', '\t', '\r', '\n', ':':
		default:
			for p < len(s.b) && !jsonBreak(s.b[p]) {
				p++
			}
			if depth == 0 {
				return p, p < len(s.b), nil // at the end of the document it may go on
			}
			continue
		}
		p++
	}
	return len(s.b), false, nil
}

func jsonBreak(c byte) bool {
	return space[c] || c == ',' || c == '}' || c == ']' || c == '"' || c == ':' || c == '{' || c == '['
}

// quoted returns the position of the quote that ends the string begun at p.
func (s jsonScanner) quoted(p int) int {
	for p++; p < len(s.b); {
		i := bytes.IndexByte(s.b[p:], '"')
		if i < 0 {
			return -1
		}
		q, slashes := p+i, 0
		for k := q - 1; k >= p && s.b[k] == '\\'; k-- {
			slashes++
		}
		if slashes%2 == 0 {
			return q
		}
		p = q + 1
	}
	return -1
}

// object goes through the members of the object at p, and elements through the
// elements of the list at p. Both return the end, and false where it is
// missing; each may take the value itself by returning its end.
func (s jsonScanner) object(p int, each func(m jsonMember) (int, error)) (end int, ok bool, err error) {
	p++
	for n := 0; ; n++ {
		if p = s.space(p); p >= len(s.b) {
			return p, false, nil
		}
		if n > s.limits.Elements {
			return p, false, refuse(CodeManyElements, p, "an object has more than %d members", s.limits.Elements)
		}
		if s.b[p] == '}' {
			return p + 1, true, nil
		}
		if s.b[p] != '"' {
			return p, false, nil
		}
		q := s.quoted(p)
		if q < 0 {
			return len(s.b), false, nil
		}
		m := jsonMember{key: jsonValue{p, q + 1}}
		if json.Unmarshal(s.b[p:q+1], &m.name) != nil {
			m.name = string(s.b[p+1 : q])
		}
		if p = s.space(q + 1); p >= len(s.b) || s.b[p] != ':' {
			return p, false, nil
		}
		m.value.start = s.space(p + 1)
		if p, err = each(m); err != nil || p < 0 {
			return len(s.b), false, err
		}
	}
}

func (s jsonScanner) elements(p int, each func(v jsonValue) error) (end int, ok bool, err error) {
	p++
	for {
		if p = s.space(p); p >= len(s.b) {
			return p, false, nil
		}
		if s.b[p] == ']' {
			return p + 1, true, nil
		}
		end, whole, err := s.skip(p)
		if err != nil || !whole {
			return p, false, err
		}
		if err := each(jsonValue{p, end}); err != nil {
			return p, false, err
		}
		p = end
	}
}

// cutJSON cuts the document. Items that are whole are kept even where the
// document breaks off; the one it ends within is kept apart.
func cutJSON(d *decoder, start int) (*jsonCut, error) {
	s := jsonScanner{d.doc, d.limits}
	c := &jsonCut{}
	head := 0
	end, whole, err := s.object(start, func(m jsonMember) (int, error) {
		if m.name == "items" && m.value.start < len(d.doc) && d.doc[m.value.start] == '[' {
			c.hasItems = true
			return c.list(s, d, m)
		}
		end, ok, err := s.skip(m.value.start)
		if err != nil || !ok {
			return -1, err
		}
		if head += end - m.key.start; head > d.limits.Head {
			return -1, refuse(CodeLongHead, m.key.start, "what the document says besides its items is longer than %d bytes", d.limits.Head)
		}
		m.value.end = end
		c.members = append(c.members, m)
		return end, nil
	})
	switch {
	case err != nil:
		return nil, err
	case !whole:
		d.warn.add("truncated", end, "the document ends before it should, or is no JSON from here on")
	case !blank(d.doc[end:]):
		d.warn.add("trailing-junk", end, "text stands after the end of the feed")
	}
	return c, nil
}

func (c *jsonCut) list(s jsonScanner, d *decoder, m jsonMember) (int, error) {
	end, whole, err := s.elements(m.value.start, func(v jsonValue) error {
		if d.doc[v.start] != '{' {
			d.warn.add("wrong-type", v.start, "an item is no object and was left out")
			return nil
		}
		if len(c.items) >= d.limits.Entries {
			return refuse(CodeManyEntries, v.start, "the document holds more than %d items", d.limits.Entries)
		}
		c.items = append(c.items, v)
		return nil
	})
	if err != nil {
		return -1, err
	}
	if !whole {
		if end < len(d.doc) && d.doc[end] == '{' {
			c.partial = &jsonValue{end, len(d.doc)}
			d.warn.add("truncated-entry", end, "the document ends within its last item, which is not taken over before it is whole")
		}
		return -1, nil
	}
	return end, nil
}
