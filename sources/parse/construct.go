package parse

import (
	"encoding/base64"
	"html"
	"strings"
	"unicode/utf8"

	"golang.org/x/net/html/atom"
)

// construct reads a text construct: RFC 4287 section 3.1 where the element is
// Atom's, HTML where it is so by definition, else what it looks like.
func (s *skeleton) construct(p piece, c place, atom, html bool) note {
	n := s.constructed(p, c, atom, html)
	n.value = s.mended(n.value, p.in)
	if n.typ == "html" && strings.Contains(n.value, "<![CDATA[") {
		s.warn.add("nested-section", p.in, "a CDATA section stands within another or is escaped; its marks were left out")
		n.value = sectionMarks.Replace(n.value)
	}
	return n
}

// sectionMarks are what HTML would take for a comment, and the text with it.
var sectionMarks = strings.NewReplacer("<![CDATA[", "", "]]>", "")

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
	switch {
	case strings.HasPrefix(kind, "multipart/"):
		return s.alternative(p, c, n)
	case mode == "base64" || mode == "" && binaryType(kind):
		return s.base64(p, n)
	}
	if n.typ == "xhtml" || mode == "xml" && n.typ == "html" {
		n.value, n.base = s.xhtml(p, c)
		n.typ = "xhtml"
		return n
	}
	var marked bool
	n.value, marked = s.value(p.in, p.out)
	if marked && n.typ == "text" {
		n.value, n.base = s.xhtml(p, c)
		n.typ = "xhtml"
	}
	return n
}

// base64 reads encoded content (RFC 4287 section 4.1.3.3). What turns out to be
// text is taken for what it looks like, whatever it was called.
func (s *skeleton) base64(p piece, n note) note {
	v, _ := s.value(p.in, p.out)
	n.value = v
	raw, err := base64.StdEncoding.DecodeString(strings.Join(strings.Fields(v), ""))
	if err != nil {
		raw = []byte(v) // it isn't encoded, then
		if strings.IndexByte(v, ' ') < 0 {
			return n
		}
	}
	if !clean(raw) || !utf8.Valid(raw) || media(n.typ) {
		return n
	}
	n.value = string(raw)
	switch {
	case n.typ != "text" && !strings.Contains(n.typ, "/"):
	case looksLikeHTML(n.value):
		n.typ = "html"
	default:
		n.typ = "text"
	}
	return n
}

// media reports content that is no text whatever its bytes look like.
func media(kind string) bool {
	major, _, _ := strings.Cut(kind, "/")
	return major == "image" || major == "audio" || major == "video" || major == "font"
}

// alternative reads the same content in several types, as Atom 0.3 has it: the
// richest counts.
func (s *skeleton) alternative(p piece, c place, n note) note {
	best, rank := note{}, -1
	err := s.children(p.in, p.out, func(q piece) error {
		if _, l := split(q.tok.name); !equalFold(l, "content") || strings.HasPrefix(strings.ToLower(trimmed(s.attribute(q.tok, "type"))), "multipart/") {
			return nil
		}
		one := s.constructed(q, s.under(q, c), true, false)
		r := 0
		switch one.typ {
		case "html", "xhtml":
			r = 2
		case "text":
			r = 1
		}
		if one.value != "" && r > rank {
			best, rank = one, r
		}
		return nil
	})
	if err == nil && rank >= 0 {
		return best
	}
	v, marked := s.value(p.in, p.out)
	if n.value, n.typ = v, "text"; marked || looksLikeHTML(v) {
		n.typ = "html"
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
	if strings.IndexByte(kind, '/') < 0 {
		return "text" // no type that there is
	}
	return kind
}

func binaryType(kind string) bool {
	major, _, ok := strings.Cut(kind, "/")
	return ok && major != "text" && major != "message" && !strings.HasSuffix(kind, "xml")
}

// xhtml returns the content of a construct without the div that carries it
// (RFC 4287 section 3.1.1.3), and the base that holds in it.
func (s *skeleton) xhtml(p piece, c place) (value, base string) {
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
	return s.markup(in, out, sc), sc.base
}

// looksLikeHTML reports whether text that doesn't say what it is has a tag or
// a reference in it.
func looksLikeHTML(v string) bool {
	closing := strings.LastIndexByte(v, '>')
	for i := strings.IndexAny(v, "<&"); i >= 0; {
		rest := v[i+1:]
		if v[i] == '<' && i+1 < closing && tagName(rest) {
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

// tagName reports whether a tag of HTML begins with s: any other "<word>" may
// be what a text speaks of.
func tagName(s string) bool {
	s = strings.TrimPrefix(s, "/")
	n := 0
	for n < len(s) && n < 16 && nameByte[s[n]] && s[n] < 0x80 {
		n++
	}
	if n == 0 || n == len(s) {
		return false
	}
	var buf [16]byte
	return atom.Lookup(lower(buf[:0], []byte(s[:n]))) != 0 || strings.HasPrefix(s, "!--")
}

// reference reports whether &name; is one that HTML knows.
func reference(name string) bool {
	ref := "&" + name + ";"
	out := html.UnescapeString(ref)
	return out != ref && (len(out) == 0 || out[len(out)-1] != ';' || name == "semi")
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
