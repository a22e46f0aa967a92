package parse

import (
	"bytes"
	"strings"
)

// decoder turns pieces of the document into values.
type decoder struct {
	doc      []byte
	limits   *Limits
	warn     *warnings
	entities entities
	buf      []byte
	trees    []*tree // that are not in use

	unchanged map[string][]byte // entries that are not read, by their id; only where others are
}

// pass notes the ids of entries that are not read, for new ones to be told
// from them.
func (d *decoder) pass(entries [][]byte, opens ...string) {
	d.unchanged = make(map[string][]byte, len(entries))
	for _, e := range entries {
		if id := statedID(e, opens...); id != "" {
			d.unchanged[id] = e
		}
	}
}

// text decodes an attribute value or a run of character data.
func (d *decoder) text(raw []byte, offset int) string {
	if bytes.IndexByte(raw, '&') < 0 && clean(raw) {
		return string(raw)
	}
	if cap(d.buf) < len(raw) {
		d.buf = make([]byte, 0, len(raw)+len(raw)/8)
	}
	d.buf = d.entities.appendDecoded(d.buf[:0], raw, offset, d.warn)
	return string(d.buf)
}

// attribute returns the decoded value of an attribute without a prefix, found
// without case.
func (d *decoder) attribute(t token, name string) string {
	v, _ := attributes{d.doc[t.in:t.out]}.find(name)
	return d.text(v, t.in)
}

func clean(b []byte) bool { return control(b) < 0 }

// value reads the content of an element that holds text: character data and
// CDATA put together, tags that stand in it as they are written.
// marked says that there were such tags.
func (d *decoder) value(in, out int) (s string, marked bool) {
	raw := d.doc[in:out]
	if bytes.IndexByte(raw, '<') < 0 {
		return d.text(trimXML(raw), in), false
	}
	if t := trimXML(raw); bytes.HasPrefix(t, cdataOpen) {
		if i := bytes.Index(t, cdataClose); i == len(t)-len(cdataClose) {
			if t = t[len(cdataOpen):i]; clean(t) {
				return trimmed(string(t)), false
			}
		}
	}
	buf := d.buf[:0]
	d.walk(in, out, func(t token) {
		switch t.kind {
		case kindText:
			buf = d.entities.appendDecoded(buf, d.doc[t.start:t.end], t.start, d.warn)
		case kindCDATA:
			buf = appendClean(buf, d.doc[t.in:t.out], t.in, d.warn)
		case kindStart, kindEnd:
			marked = true
			buf = appendClean(buf, d.doc[t.start:t.end], t.start, d.warn)
			if t.unclosed {
				buf = append(buf, '>')
			}
		}
	})
	d.buf = buf
	return trimmed(string(buf)), marked
}

// within is a tree over a part of the document that was walked over before, to
// be given back.
func (d *decoder) within(in, out int) *tree {
	n := len(d.trees) - 1
	if n < 0 {
		return newTree(d.doc, in, out, d.limits, nil)
	}
	t := d.trees[n]
	d.trees = d.trees[:n]
	*t = tree{lx: newLexer(d.doc, in, out), limits: d.limits, stack: t.stack[:0]}
	return t
}

func (d *decoder) done(t *tree) { d.trees = append(d.trees, t) }

// walk goes through the tokens of a value, without the end tags that close
// nothing in it.
func (d *decoder) walk(in, out int, each func(t token)) {
	t := d.within(in, out)
	defer d.done(t)
	for {
		ev, err := t.next()
		if err != nil || ev.what == over {
			return // the first walk was within bounds, so is this
		}
		if ev.what != shut || !ev.auto && ev.tok.end > ev.tok.start {
			each(ev.tok)
		}
	}
}

// markup reads the content of an element that holds XHTML: verbatim, save what
// HTML would take differently, CDATA, which becomes text, and references that
// HTML doesn't know.
func (d *decoder) markup(in, out int, sc *scope) string {
	buf := d.buf[:0]
	d.walk(in, out, func(t token) {
		switch t.kind {
		case kindText:
			buf = d.appendMarkupText(buf, t)
		case kindCDATA:
			buf = appendEscaped(buf, appendClean(nil, d.doc[t.in:t.out], t.in, d.warn))
		case kindStart, kindEnd:
			buf = d.appendTag(buf, t, sc)
		}
	})
	d.buf = buf
	return trimmed(string(buf))
}

func (d *decoder) appendMarkupText(buf []byte, t token) []byte {
	raw := d.doc[t.start:t.end]
	if bytes.IndexByte(raw, '&') < 0 {
		return appendClean(buf, raw, t.start, d.warn)
	}
	// Decoded and escaped again: whatever was a reference is one that HTML
	// knows, whatever was none is text.
	return appendEscaped(buf, d.entities.appendDecoded(nil, raw, t.start, d.warn))
}

// appendTag writes a tag of XHTML so that HTML means the same by it: without a
// prefix, and with an end tag of its own where HTML knows no <x/>.
func (d *decoder) appendTag(buf []byte, t token, sc *scope) []byte {
	name := t.name
	if prefix, local := split(t.name); prefix != nil && len(local) > 0 && htmlPrefix(prefix, sc) {
		name = local
	}
	if t.kind == kindEnd {
		buf = append(append(buf, '<', '/'), name...)
		return append(buf, '>')
	}
	buf = append(append(buf, '<'), name...)
	buf = appendClean(buf, d.doc[t.in:t.out], t.in, d.warn)
	switch {
	case !t.empty:
		return append(buf, '>')
	case voidElement(name):
		return append(buf, '/', '>')
	}
	buf = append(append(buf, '>', '<', '/'), name...)
	return append(buf, '>')
}

// htmlPrefix reports whether a prefix stands for XHTML, SVG or MathML, whose
// elements HTML knows without one.
func htmlPrefix(prefix []byte, sc *scope) bool {
	if n, ok := sc.declared(prefix); ok {
		return n.usual == "xhtml" || n.usual == "svg" || n.usual == "math"
	}
	switch string(prefix) { // declared within the content, or not at all
	case "xhtml", "html", "h", "svg", "math", "mml":
		return true
	}
	return false
}

// voidElement reports the elements that HTML never closes (HTML section
// 13.1.2).
func voidElement(name []byte) bool {
	switch string(name) {
	case "area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "param", "source", "track", "wbr":
		return true
	}
	return false
}

// appendEscaped writes text as XML or HTML character data.
func appendEscaped(dst, s []byte) []byte {
	for _, c := range s {
		switch c {
		case '<':
			dst = append(dst, "&lt;"...)
		case '>':
			dst = append(dst, "&gt;"...)
		case '&':
			dst = append(dst, "&amp;"...)
		case '"':
			dst = append(dst, "&quot;"...)
		default:
			dst = append(dst, c)
		}
	}
	return dst
}

const white = " \t\r\n"

func trimmed(s string) string { return strings.Trim(s, white) }
func trimXML(b []byte) []byte { return bytes.Trim(b, white) }
func blank(b []byte) bool     { return len(trimXML(b)) == 0 }
