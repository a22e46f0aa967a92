package parse

import "bytes"

// kind is what a token is.
type kind uint8

const (
	kindText kind = iota
	kindStart
	kindEnd
	kindCDATA
	kindComment
	kindInstruction
	kindDirective
	kindEOF
)

// token is one piece of the document. All positions are offsets into it.
type token struct {
	kind       kind
	empty      bool // a start tag that is its own end: <x/>
	cut        bool // the document ended within it
	unclosed   bool // a tag that had no '>' of its own
	start, end int  // the whole of it
	in, out    int  // what lies within: attributes, or the content of a section
	name       []byte
}

// lexer cuts a document in UTF-8 into tokens as XML 1.0 would, forgiving what
// it would not: a '<' that opens nothing is text, a tag without its '>' ends
// at the next '<'. Every byte is looked at once.
type lexer struct {
	b   []byte
	pos int
	end int // reads no further than this

	opened     []byte            // the name of the last start tag
	sectionEnd int               // where the next "]]>" is, once looked for; the end of all if there is none
	quoted     int               // quoted attribute values in the last start tag
	noQuote    [2]bool           // no further " (0) or ' (1) ahead: not searched for again
	noEnd      [kindEOF + 1]bool // no further terminator of that kind ahead
}

func newLexer(b []byte, start, end int) lexer { return lexer{b: b[:end], pos: start, end: end} }

var (
	cdataOpen   = []byte("<![CDATA[")
	cdataClose  = []byte("]]>")
	commentOpen = []byte("<!--")
	commentEnd  = []byte("-->")
	piEnd       = []byte("?>")
)

func (l *lexer) next() token {
	p := l.pos
	if p >= l.end {
		return token{kind: kindEOF, start: l.end, end: l.end}
	}
	b := l.b
	if b[p] != '<' {
		return l.text(p, p)
	}
	if p+1 >= l.end {
		l.pos = l.end
		return token{kind: kindText, cut: true, start: p, end: l.end}
	}
	switch c := b[p+1]; {
	case nameStart[c]:
		return l.startTag(p)
	case c == '/':
		return l.endTag(p)
	case c == '!':
		return l.declaration(p)
	case c == '?':
		return l.instruction(p)
	}
	return l.text(p, p+1)
}

// text takes everything up to the next '<' after from.
func (l *lexer) text(start, from int) token {
	end := l.end
	if i := bytes.IndexByte(l.b[from:l.end], '<'); i >= 0 {
		end = from + i
	}
	l.pos = end
	return token{kind: kindText, start: start, end: end}
}

func (l *lexer) startTag(start int) token {
	b, p := l.b, start+1
	for p < l.end && nameByte[b[p]] {
		p++
	}
	t := token{kind: kindStart, start: start, name: b[start+1 : p], in: p}
	l.opened = t.name
	l.quoted = 0
	for p < l.end {
		switch c := b[p]; c {
		case '>':
			t.out = p
			if p > t.in && b[p-1] == '/' {
				t.empty, t.out = true, p-1
			}
			t.end, l.pos = p+1, p+1
			return t
		case '<':
			t.out, t.end, t.unclosed, l.pos = p, p, true, p
			return t
		case '"', '\'':
			l.quoted++
			if q := l.closingQuote(p); q >= 0 {
				p = q
			}
		}
		p++
	}
	t.out, t.end, t.cut, l.pos = l.end, l.end, true, l.end
	return t
}

// closingQuote finds the quote that ends the value begun at p. A quote that
// doesn't follow '=' begins none.
func (l *lexer) closingQuote(p int) int {
	c, which := l.b[p], 0
	if c == '\'' {
		which = 1
	}
	i := p - 1
	for i > 0 && space[l.b[i]] {
		i--
	}
	if l.b[i] != '=' || l.noQuote[which] {
		return -1
	}
	q := bytes.IndexByte(l.b[p+1:l.end], c)
	if q < 0 {
		l.noQuote[which] = true
		return -1
	}
	return p + 1 + q
}

func (l *lexer) endTag(start int) token {
	b, p := l.b, start+2
	for p < l.end && space[b[p]] {
		p++
	}
	from := p
	for p < l.end && nameByte[b[p]] {
		p++
	}
	t := token{kind: kindEnd, start: start, name: b[from:p]}
	for p < l.end && b[p] != '>' && b[p] != '<' {
		p++
	}
	switch {
	case p >= l.end:
		t.cut = true
	case b[p] == '<':
		t.unclosed = true
	default:
		p++
	}
	t.end, l.pos = p, p
	return t
}

func (l *lexer) declaration(start int) token {
	rest := l.b[start:l.end]
	switch {
	case bytes.HasPrefix(rest, cdataOpen):
		return l.section(token{kind: kindCDATA, start: start, in: start + len(cdataOpen)})
	case bytes.HasPrefix(rest, commentOpen):
		return l.until(token{kind: kindComment, start: start, in: start + len(commentOpen)}, commentEnd)
	case len(rest) < len(cdataOpen) && bytes.HasPrefix(cdataOpen, rest):
		l.pos = l.end
		return token{kind: kindCDATA, start: start, in: l.end, out: l.end, end: l.end, cut: true}
	}
	end, ok := directiveEnd(l.b, start, l.end)
	l.pos = end
	return token{kind: kindDirective, start: start, in: start + 2, out: end, end: end, cut: !ok}
}

func (l *lexer) instruction(start int) token {
	return l.until(token{kind: kindInstruction, start: start, in: start + 2}, piEnd)
}

// section ends a CDATA section. One that was never closed must not hide what
// follows: where none of its ends comes, or another section begins first, it
// ends with the element it stands in.
func (l *lexer) section(t token) token {
	if l.sectionEnd < t.in {
		l.sectionEnd = l.end
		if i := bytes.Index(l.b[t.in:l.end], cdataClose); i >= 0 {
			l.sectionEnd = t.in + i
		}
	}
	within := l.b[t.in:l.sectionEnd]
	closed := l.sectionEnd < l.end
	if next := bytes.Index(within, cdataOpen); next >= 0 || !closed {
		if closed {
			within = within[:next]
		}
		if i := bytes.Index(within, append([]byte("</"), l.opened...)); i >= 0 && len(l.opened) > 0 {
			t.out, t.end, t.unclosed = t.in+i, t.in+i, true
			l.pos = t.end
			return t
		}
	}
	if t.out, t.end, t.cut = l.sectionEnd, l.end, !closed; closed {
		t.end = l.sectionEnd + len(cdataClose)
	}
	l.pos = t.end
	return t
}

// until ends t at the next terminator. A comment or instruction that is never
// ended must not hide the rest of the document: it ends at its first '>'.
func (l *lexer) until(t token, terminator []byte) token {
	if !l.noEnd[t.kind] {
		if i := bytes.Index(l.b[t.in:l.end], terminator); i >= 0 {
			t.out = t.in + i
			t.end = t.out + len(terminator)
			l.pos = t.end
			return t
		}
		l.noEnd[t.kind] = true
	}
	t.out, t.end, t.cut = l.end, l.end, true
	if i := bytes.IndexByte(l.b[t.in:l.end], '>'); i >= 0 {
		t.out, t.end, t.cut, t.unclosed = t.in+i, t.in+i+1, false, true
	}
	l.pos = t.end
	return t
}

// directiveEnd finds the end of <!DOCTYPE …> and its like: quotes, comments
// and the internal subset in brackets are respected (XML 1.0 section 2.8).
func directiveEnd(b []byte, start, end int) (int, bool) {
	depth, p := 0, start+2
	for p < end {
		switch b[p] {
		case '"', '\'':
			q := bytes.IndexByte(b[p+1:end], b[p])
			if q < 0 {
				return end, false
			}
			p += q + 1
		case '[':
			depth++
		case ']':
			depth--
		case '<':
			if bytes.HasPrefix(b[p:end], commentOpen) {
				q := bytes.Index(b[p+4:end], commentEnd)
				if q < 0 {
					return end, false
				}
				p += 4 + q + 2
			}
		case '>':
			if depth <= 0 {
				return p + 1, true
			}
		}
		p++
	}
	return end, false
}

var nameStart, nameByte, space = byteClasses()

func byteClasses() (start, name, white [256]bool) {
	for c := range 256 {
		letter := c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z' || c == '_' || c == ':' || c >= 0x80
		start[c] = letter
		name[c] = letter || c >= '0' && c <= '9' || c == '-' || c == '.'
		white[c] = c == ' ' || c == '\t' || c == '\n' || c == '\r'
	}
	return start, name, white
}
