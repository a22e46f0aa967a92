package parse

import (
	"bytes"
	"encoding/base64"
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
	s.open("", local)
	switch {
	case h == date:
		s.out.WriteByte('>')
		v, marked := s.value(p.in, p.out)
		if marked {
			v = untagged(v)
		}
		s.plain(v)
	case h == text || h == hyper:
		s.out.WriteByte('>')
		s.ref(s.construct(p, c, s.atom, h == hyper))
	case h == exact:
		s.attributes(p.tok, c)
		s.out.WriteByte('>')
		v, _ := s.value(p.in, p.out)
		if local != "id" && local != "guid" {
			v = c.address(v)
		}
		s.ref(note{value: v})
	case local == "author" && !s.atom:
		return s.rssAuthor(p, c)
	default:
		s.attributes(p.tok, c)
		if h == attrs && local == "link" {
			s.href(p, c)
		}
		s.out.WriteByte('>')
		if h != attrs || local == "category" {
			v, marked := s.value(p.in, p.out)
			if marked {
				v = firstOf(trimmed(v[:strings.IndexByte(v, '<')]), untagged(v))
			}
			s.plain(s.mended(v, p.in))
		}
	}
	s.close("", local)
	return nil
}

// href completes an Atom link that has no address where it should: it stands
// in the element, or is empty, which means the document itself.
func (s *skeleton) href(p piece, c place) {
	v, ok := attributes{s.doc[p.tok.in:p.tok.out]}.find("href")
	switch {
	case ok && len(v) > 0:
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

// construct reads a text construct: RFC 4287 section 3.1 where the element is
// Atom's, HTML where it is so by definition, else what it looks like.
func (s *skeleton) construct(p piece, c place, atom, html bool) note {
	n := s.constructed(p, c, atom, html)
	n.value = s.mended(n.value, p.in)
	return n
}

// mended undoes a second encoding.
func (s *skeleton) mended(v string, offset int) string {
	w, was := doubled(v)
	if was {
		s.warn.add("double-encoded", offset, "text was encoded in UTF-8 twice")
	}
	if w, was = recoded(w); was {
		s.warn.add("control-character", offset, "C1 control characters were read as windows-1252")
	}
	return w
}

func (s *skeleton) constructed(p piece, c place, atom, html bool) note {
	n := note{lang: c.scope.lang, base: c.scope.base}
	if !atom {
		kind := strings.ToLower(s.attribute(p.tok, "type"))
		var marked bool
		n.value, marked = s.value(p.in, p.out)
		switch {
		case html || marked || kind == "html" || kind == "text/html" || looksLikeHTML(n.value):
			n.typ = "html"
		default:
			n.typ = "text"
		}
		return n
	}
	kind := strings.ToLower(trimmed(s.attribute(p.tok, "type")))
	mode := strings.ToLower(trimmed(s.attribute(p.tok, "mode")))
	n.src = c.address(trimmed(s.attribute(p.tok, "src")))
	n.typ = constructType(kind)
	if mode == "base64" || mode == "" && binary(kind) {
		v, _ := s.value(p.in, p.out)
		if raw, err := base64.StdEncoding.DecodeString(strings.Join(strings.Fields(v), "")); err == nil && clean(raw) {
			v = string(bytes.ToValidUTF8(raw, []byte("\uFFFD")))
		}
		n.value = v
		return n
	}
	if n.typ == "xhtml" || mode == "xml" && n.typ == "html" {
		n.value, n.typ = s.xhtml(p, c), "xhtml"
		return n
	}
	var marked bool
	n.value, marked = s.value(p.in, p.out)
	if marked && n.typ == "text" {
		n.value, n.typ = s.xhtml(p, c), "xhtml"
	}
	return n
}

// constructType names the type of a text construct: text, html, xhtml, or the
// media type of content that is none of these.
func constructType(kind string) string {
	kind, _, _ = strings.Cut(kind, ";")
	switch kind = trimmed(kind); kind {
	case "", "text", "text/plain", "plain":
		return "text"
	case "html", "text/html":
		return "html"
	case "xhtml", "application/xhtml+xml", "text/xhtml":
		return "xhtml"
	}
	return kind
}

func binary(kind string) bool {
	major, _, ok := strings.Cut(kind, "/")
	return ok && major != "text" && major != "message" && !strings.HasSuffix(kind, "xml")
}

// xhtml returns the content of a construct without the div that carries it
// (RFC 4287 section 3.1.1.3).
func (s *skeleton) xhtml(p piece, c place) string {
	in, out, sc := p.in, p.out, c.scope
	count, div := 0, piece{}
	err := s.children(in, out, func(q piece) error {
		count++
		if _, l := split(q.tok.name); equalFold(l, "div") {
			div = q
		}
		return nil
	})
	if err == nil && count == 1 && div.end > 0 && blank(s.doc[in:div.tok.start]) && blank(s.doc[div.end:out]) {
		if inner, err := sc.enter(attributes{s.doc[div.tok.in:div.tok.out]}, div.tok.start, s.decoder); err == nil {
			sc = inner
		}
		in, out = div.in, div.out
	}
	return s.markup(in, out, sc)
}

// looksLikeHTML reports whether text that doesn't say what it is has a tag or
// a reference in it.
func looksLikeHTML(v string) bool {
	closing := strings.LastIndexByte(v, '>')
	for i := strings.IndexAny(v, "<&"); i >= 0; {
		rest := v[i+1:]
		if v[i] == '<' && i+1 < closing && (nameStart[rest[0]] || rest[0] == '/') && rest[0] < 0x80 {
			return true
		}
		if end := strings.IndexByte(rest[:min(len(rest), 12)], ';'); v[i] == '&' && end > 1 && reference(rest[:end]) {
			return true
		}
		j := strings.IndexAny(rest, "<&")
		if j < 0 {
			return false
		}
		i += 1 + j
	}
	return false
}

func reference(name string) bool {
	name = strings.TrimPrefix(name, "#")
	for i := range len(name) {
		if c := name[i]; !nameByte[c] || c >= 0x80 || c == ':' || c == '.' {
			return false
		}
	}
	return name != ""
}

// untagged leaves the tags out of a value that should have none.
func untagged(v string) string {
	var b strings.Builder
	for {
		i := strings.IndexByte(v, '<')
		if i < 0 {
			break
		}
		b.WriteString(v[:i])
		j := strings.IndexByte(v[i:], '>')
		if j < 0 {
			return trimmed(b.String())
		}
		v = v[i+j+1:]
	}
	b.WriteString(v)
	return trimmed(b.String())
}
