package parse

import (
	"bytes"
	"encoding/base64"
	"strings"
)

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
