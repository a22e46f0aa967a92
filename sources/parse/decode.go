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
}

// text decodes an attribute value or a run of character data.
func (d *decoder) text(raw []byte, offset int) string {
	if bytes.IndexByte(raw, '&') < 0 && clean(raw) {
		return string(raw)
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

func clean(b []byte) bool {
	for _, c := range b {
		if c < 0x20 && c != '\t' && c != '\n' && c != '\r' {
			return false
		}
	}
	return true
}

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
	lx := newLexer(d.doc, in, out)
	buf := d.buf[:0]
	for {
		t := lx.next()
		switch t.kind {
		case kindEOF:
			d.buf = buf
			return trimmed(string(buf)), marked
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
	}
}

// markup reads the content of an element that holds XHTML: verbatim, save that
// a prefix for XHTML, SVG or MathML goes, as HTML has none, CDATA becomes text, and references
// that HTML doesn't know are replaced.
func (d *decoder) markup(in, out int, sc *scope) string {
	lx := newLexer(d.doc, in, out)
	buf := d.buf[:0]
	for {
		t := lx.next()
		switch t.kind {
		case kindEOF:
			d.buf = buf
			return trimmed(string(buf))
		case kindText:
			buf = d.appendMarkupText(buf, t)
		case kindCDATA:
			buf = appendEscaped(buf, appendClean(nil, d.doc[t.in:t.out], t.in, d.warn))
		case kindStart, kindEnd:
			buf = d.appendTag(buf, t, sc)
		}
	}
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

func (d *decoder) appendTag(buf []byte, t token, sc *scope) []byte {
	prefix, local := split(t.name)
	if prefix == nil {
		return appendClean(buf, d.doc[t.start:t.end], t.start, d.warn)
	}
	n, ok := sc.declared(prefix)
	if ok && n.usual != "xhtml" && n.usual != "svg" && n.usual != "math" || !ok && string(prefix) != "xhtml" && string(prefix) != "html" {
		return appendClean(buf, d.doc[t.start:t.end], t.start, d.warn)
	}
	if t.kind == kindEnd {
		buf = append(buf, '<', '/')
	} else {
		buf = append(buf, '<')
	}
	buf = append(buf, local...)
	if t.kind == kindStart {
		buf = appendClean(buf, d.doc[t.in:t.out], t.in, d.warn)
		if t.empty {
			buf = append(buf, '/')
		}
	}
	return append(buf, '>')
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
