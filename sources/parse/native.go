package parse

import (
	"strings"
)

// native writes an element of the dialect's own vocabulary.
func (s *skeleton) native(p piece, c place, local string, h how) error {
	switch h {
	case person:
		return s.person(p, c, local)
	case origin:
		return s.origin(p, c)
	case group:
		return s.group(p, c, local)
	}
	if c.head && keptWords[local] {
		if n := s.said(p, c, local, h); n.value != "" {
			s.kept[local] = n
		}
		return nil
	}
	s.open("", local)
	switch {
	case h == date:
		s.out.WriteByte('>')
		s.plain(s.said(p, c, local, h).value)
	case h == text || h == hyper:
		s.out.WriteByte('>')
		s.ref(s.said(p, c, local, h))
	case h == exact:
		s.attributes(p.tok, c)
		s.out.WriteByte('>')
		s.ref(s.said(p, c, local, h))
	case local == "author" && !s.atom:
		return s.rssAuthor(p, c)
	case local == "category" && !s.atom && s.attribute(p.tok, "term") != "":
		s.out.Truncate(s.out.Len() - len("<category"))
		return s.mixed(p, c, "atom", local, plain)
	default:
		s.attributes(p.tok, c)
		switch {
		case h == attrs && local == "link":
			s.href(p, c)
		case h == attrs && local == "category" && s.attribute(p.tok, "term") == "":
			v, _ := s.value(p.in, p.out)
			s.out.WriteString(` term="`)
			s.ref(note{value: s.mended(v, p.in)})
			s.out.WriteByte('"')
		}
		s.out.WriteByte('>')
		if h != attrs || local == "category" {
			s.plain(s.said(p, c, local, plain).value)
		}
	}
	s.close("", local)
	return nil
}

// said is what an element says that says all in one value.
func (s *skeleton) said(p piece, c place, local string, h how) note {
	if h == text || h == hyper {
		return s.construct(p, c, s.atom, h == hyper)
	}
	v, marked := s.value(p.in, p.out)
	switch {
	case h == date && marked:
		v = untagged(v)
	case h == exact && local != "id" && local != "guid":
		v = c.address(v)
	case h == plain:
		if marked {
			v = firstOf(trimmed(v[:strings.IndexByte(v, '<')]), untagged(v))
		}
		v = s.mended(v, p.in)
	}
	return note{value: v}
}

// href completes an Atom link that has no address where it should: it stands
// in the element, or is empty, which means the document itself.
func (s *skeleton) href(p piece, c place) {
	_, ok := attributes{s.doc[p.tok.in:p.tok.out]}.find("href")
	switch {
	case s.hasAddress(p.tok):
		return
	case ok:
		if rel, _ := (attributes{s.doc[p.tok.in:p.tok.out]}).find("rel"); string(rel) != "self" || c.scope.base == "" {
			return
		}
		s.out.WriteString(` href="`)
		s.ref(note{value: c.scope.base})
	default:
		text, _ := s.value(p.in, p.out)
		s.out.WriteString(` href="`)
		s.ref(note{value: c.address(text)})
	}
	s.out.WriteByte('"')
}

// ofItem writes elements of a channel that stand in an item, where gofeed
// doesn't look for them.
func (s *skeleton) ofItem(p piece, c place, local string) (done bool, err error) {
	switch local {
	case "copyright":
		return true, s.again(p, c, local, text)
	case "language":
		return true, s.mixed(p, c, "dc", local, plain)
	case "lastbuilddate":
		return true, s.mixed(p, c, "atom", "updated", plain)
	case "image":
		return true, s.extension(p, c, "w", local)
	}
	return false, nil
}

// hasAddress reports a tag that holds an address, as links of Atom do.
func (s *skeleton) hasAddress(t token) bool {
	for _, name := range [...]string{"href", "url", "uri"} {
		if v, ok := (attributes{s.doc[t.in:t.out]}).find(name); ok && len(v) > 0 {
			return true
		}
	}
	return false
}

// rssAuthor keeps every author of an item; gofeed would keep the last.
func (s *skeleton) rssAuthor(p piece, c place) error {
	s.out.Truncate(s.out.Len() - len("<author"))
	if v, marked := s.value(p.in, p.out); !marked {
		s.out.WriteString("<w:author>")
		s.ref(note{value: s.mended(v, p.in)})
		s.out.WriteString("</w:author>")
		return nil
	}
	return s.extension(p, c, "atom", "author")
}

// person writes a person construct. Text that stands in it is taken for the
// name, as old feeds have it.
func (s *skeleton) person(p piece, c place, local string) error {
	if _, ok := (attributes{s.doc[p.tok.in:p.tok.out]}).find("warta:role"); ok {
		return s.extension(p, c, "atom", local)
	}
	s.open("", local)
	s.out.WriteByte('>')
	parts := 0
	err := s.children(p.in, p.out, func(q piece) error {
		_, l := split(q.tok.name)
		name := string(lower(nil, l))
		switch name {
		case "name", "email", "uri", "url", "homepage":
		default:
			return nil
		}
		parts++
		v, _ := s.value(q.in, q.out)
		switch name {
		case "uri", "url", "homepage":
			v = s.under(q, c).address(v)
		default:
			v = s.mended(v, q.in)
		}
		s.open("", name)
		s.out.WriteByte('>')
		s.ref(note{value: v})
		s.close("", name)
		return nil
	})
	// Another warta keeps an e-mail from readers who give it to the wrong person.
	if mail := s.attribute(p.tok, "warta:email"); err == nil && parts > 0 && mail != "" {
		s.open("", "email")
		s.out.WriteByte('>')
		s.ref(note{value: mail})
		s.close("", "email")
	}
	if err == nil && parts == 0 {
		v, _ := s.value(p.in, p.out)
		s.out.WriteString("<name>")
		s.ref(note{value: v})
		s.out.WriteString("</name>")
	}
	s.close("", local)
	return err
}

// origin writes an atom:source (RFC 4287 section 4.2.11).
func (s *skeleton) origin(p piece, c place) error {
	seen := s.seen
	s.seen = map[string]bool{}
	s.out.WriteString("<source>")
	err := s.children(p.in, p.out, func(q piece) error {
		return s.element(q, place{scope: c.scope, base: c.base, words: atomWords, depth: c.depth})
	})
	s.out.WriteString("</source>")
	s.seen = seen
	return err
}

// group writes an RSS element that has elements: image, skipHours.
func (s *skeleton) group(p piece, c place, local string) error {
	s.open("", local)
	s.attributes(p.tok, c)
	s.out.WriteByte('>')
	err := s.children(p.in, p.out, func(q piece) error {
		_, l := split(q.tok.name)
		name := string(lower(nil, l))
		switch name {
		case "url", "link", "title", "width", "height", "description", "hour", "day", "name":
		default:
			return nil
		}
		v, _ := s.value(q.in, q.out)
		if name == "url" || name == "link" {
			v = s.under(q, c).address(v)
		}
		s.open("", name)
		s.out.WriteByte('>')
		s.ref(note{value: v})
		s.close("", name)
		return nil
	})
	s.close("", local)
	return err
}

// under is the place of a child, as far as its base goes.
func (s *skeleton) under(p piece, c place) place {
	if sc, err := c.scope.enter(attributes{s.doc[p.tok.in:p.tok.out]}, p.tok.start, s.decoder); err == nil {
		c.scope = sc
	}
	return c
}
