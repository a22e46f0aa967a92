package parse

import "bytes"

// class says what repairs need to know of an element's name.
type class uint8

const (
	classLeaf  class = 1 << iota // holds text only, in every dialect
	classField                   // stands in an entry: closes an open leaf
	classEntry                   // item, entry
	classVoid                    // HTML that is never closed
	classPara                    // HTML that the next of its kind closes
)

// classify looks at unprefixed names only; feeds of old write them in capitals.
func classify(name []byte) class {
	var buf [13]byte
	if len(name) > len(buf) {
		return 0
	}
	for i, c := range name {
		if c >= 'A' && c <= 'Z' {
			c += 'a' - 'A'
		}
		buf[i] = c
	}
	switch string(buf[:len(name)]) {
	case "item", "entry":
		return classEntry | classField
	case "title", "link", "guid", "pubdate", "comments", "id", "updated", "published":
		return classLeaf | classField
	case "issued", "modified", "created", "ttl", "language", "copyright", "generator", "docs", "lastbuilddate":
		return classLeaf
	case "description", "category", "enclosure", "author", "summary", "content":
		return classField
	case "br", "hr", "img", "wbr":
		return classVoid
	case "p", "li":
		return classPara
	}
	return 0
}

// what is the kind of an event.
type what uint8

const (
	open  what = iota
	shut       // an element ends, by its end tag or for want of it
	chars      // text or a CDATA section
	aside      // comment, instruction, directive
	over       // the range is at its end
)

// event is a token put in its place. For shut, tok is the end tag, or an
// empty token where the element ended without one.
type event struct {
	what what
	tok  token
	auto bool // shut without an end tag of its own
}

type frame struct {
	name  []byte
	class class
}

// tree turns tokens into properly nested events, repairing what isn't: an end
// tag closes what was left open within its element, one without an element is
// ignored, and an element that can't stand in an open one closes that first.
type tree struct {
	lx      lexer
	stack   []frame
	limits  *Limits
	warn    *warnings
	held    token // waits until pending elements are shut
	holding bool
	toShut  int  // elements to shut before held is looked at
	matched bool // the last of toShut is shut by held itself
}

func newTree(b []byte, start, end int, limits *Limits, warn *warnings) *tree {
	return &tree{lx: newLexer(b, start, end), limits: limits, warn: warn, stack: make([]frame, 0, 16)}
}

// next returns the next event, or an error where a bound is passed.
func (t *tree) next() (event, error) {
	switch {
	case t.toShut > 0:
		return t.shutOne(), nil
	case t.holding:
		t.holding = false
		return t.opened(t.held)
	}
	return t.take(t.lx.next())
}

// take turns a token into an event.
func (t *tree) take(tok token) (event, error) {
	switch tok.kind {
	case kindText, kindCDATA:
		if tok.unclosed {
			t.warn.add("unclosed-section", tok.start, "a CDATA section is not closed; it was taken to end with its element")
		}
		return event{what: chars, tok: tok}, nil
	case kindStart:
		if t.lx.quoted > t.limits.Attributes {
			return event{}, refuse(CodeManyAttributes, tok.start, "an element has more than %d attributes", t.limits.Attributes)
		}
		return t.start(tok)
	case kindEnd:
		if t.end(tok) {
			return t.shutOne(), nil
		}
		tok.kind = kindComment // says nothing
	case kindEOF:
		return event{what: over, tok: tok}, nil
	default:
		if tok.unclosed || tok.cut {
			t.warn.add("unclosed-comment", tok.start, "a comment or instruction is not closed; it was taken to end at its first '>'")
		}
	}
	return event{what: aside, tok: tok}, nil
}

func (t *tree) start(tok token) (event, error) {
	if n := len(t.stack); n > 0 {
		if top, c := t.stack[n-1], classify(tok.name); top.endsBefore(tok.name, c) {
			if c&classPara == 0 {
				t.warn.add("unclosed-tag", tok.start, "<%s> is not closed before <%s>", clip(top.name), clip(tok.name))
			}
			t.held, t.holding, t.toShut, t.matched = tok, true, 1, false
			return t.shutOne(), nil
		}
	}
	return t.opened(tok)
}

// endsBefore reports that an element that was left open ends where another
// begins.
func (f frame) endsBefore(name []byte, c class) bool {
	return f.class&classLeaf != 0 && c&classField != 0 && !bytes.Equal(f.name, name) ||
		f.class&c&(classEntry|classPara) != 0 && equalNames(f.name, name)
}

// opened puts the element on the stack; an empty one is shut by the next call.
func (t *tree) opened(tok token) (event, error) {
	if tok.unclosed {
		t.warn.add("broken-tag", tok.start, "<%s is not ended by '>'", clip(tok.name))
	}
	if len(t.stack) >= t.limits.Depth {
		return event{}, refuse(CodeTooDeep, tok.start, "elements are nested more than %d deep", t.limits.Depth)
	}
	f := frame{name: tok.name, class: classify(tok.name)}
	t.stack = append(t.stack, f)
	if tok.empty || f.class&classVoid != 0 {
		t.held, t.toShut, t.matched = token{start: tok.end, end: tok.end}, 1, true
	}
	return event{what: open, tok: tok}, nil
}

// end works out how many elements an end tag shuts; false if none.
func (t *tree) end(tok token) bool {
	for i := len(t.stack) - 1; i >= 0; i-- {
		if !equalNames(t.stack[i].name, tok.name) {
			continue
		}
		t.held, t.toShut, t.matched = tok, len(t.stack)-i, true
		if t.toShut > 1 {
			t.warn.add("unclosed-tag", tok.start, "<%s> is not closed before </%s>", clip(t.stack[len(t.stack)-1].name), clip(tok.name))
		}
		return true
	}
	if classify(tok.name)&classVoid == 0 && !t.warn.again("stray-end-tag") {
		t.warn.add("stray-end-tag", tok.start, "</%s> closes nothing", clip(tok.name))
	}
	return false
}

func (t *tree) shutOne() event {
	t.toShut--
	t.stack = t.stack[:len(t.stack)-1]
	if t.toShut == 0 && t.matched {
		return event{what: shut, tok: t.held}
	}
	return event{what: shut, tok: token{start: t.held.start, end: t.held.start}, auto: true}
}

// lift takes the element just opened out of those it stands in, down to and
// with the one at depth d, which thereby end.
func (t *tree) lift(d int) {
	top := t.stack[len(t.stack)-1]
	t.stack = append(t.stack[:d-1], top)
}

// depth is how many elements are open.
func (t *tree) depth() int { return len(t.stack) }

// skip reads on until the element just opened is shut; its last event tells
// where it ended. ok is false if the range ended first. Tags that nest as they
// should, which is nearly all, are dealt with here and make no events.
func (t *tree) skip() (last event, ok bool, err error) {
	for d := len(t.stack); ; {
		if t.toShut == 0 && !t.holding {
			t.hurry(d)
			tok := t.lx.next()
			if tok.kind == kindText || tok.kind == kindCDATA && !tok.unclosed || tok.kind == kindStart && t.nests(tok) {
				continue
			}
			if n := len(t.stack); tok.kind == kindEnd && n > d && bytes.Equal(t.stack[n-1].name, tok.name) {
				t.stack = t.stack[:n-1]
				continue
			}
			last, err = t.take(tok)
		} else {
			last, err = t.next()
		}
		switch {
		case err != nil || last.what == over:
			return last, false, err
		case last.what == shut && len(t.stack) < d:
			return last, true, nil
		}
	}
}

// hurry passes over text and over tags without attributes that nest as they
// should, above depth d. It stops before anything else.
func (t *tree) hurry(d int) {
	b, p := t.lx.b, t.lx.pos
	for {
		i := bytes.IndexByte(b[p:], '<')
		if i < 0 {
			return
		}
		p += i
		t.lx.pos = p
		n, q := len(t.stack), p+1
		switch {
		case q+1 >= len(b):
			return
		case b[q] == '/':
			name := t.stack[n-1].name
			end := q + 1 + len(name)
			if n <= d || end >= len(b) || b[end] != '>' || !bytes.Equal(b[q+1:end], name) {
				return
			}
			t.stack = t.stack[:n-1]
			p = end + 1
		case nameStart[b[q]]:
			for q < len(b) && nameByte[b[q]] {
				q++
			}
			if q == len(b) || b[q] != '>' || n >= t.limits.Depth {
				return
			}
			name := b[p+1 : q]
			c := classify(name)
			if t.stack[n-1].endsBefore(name, c) {
				return
			}
			t.lx.opened = name
			if c&classVoid == 0 {
				t.stack = append(t.stack, frame{name, c})
			}
			p = q + 1
		default:
			return
		}
		t.lx.pos = p
	}
}

// nests puts a start tag on the stack, or passes over an empty element, if
// nothing is to be said or repaired about it.
func (t *tree) nests(tok token) bool {
	n := len(t.stack)
	if n == 0 || n >= t.limits.Depth || tok.unclosed || t.lx.quoted > t.limits.Attributes {
		return false
	}
	c := classify(tok.name)
	if t.stack[n-1].endsBefore(tok.name, c) {
		return false
	}
	if !tok.empty && c&classVoid == 0 {
		t.stack = append(t.stack, frame{tok.name, c})
	}
	return true
}

// equalNames compares as HTML does, without regard to case in ASCII.
func equalNames(a, b []byte) bool {
	if len(a) != len(b) {
		return false
	}
	for i, c := range a {
		if d := b[i]; c != d && (c|0x20 != d|0x20 || c|0x20 < 'a' || c|0x20 > 'z') {
			return false
		}
	}
	return true
}

// clip shortens a name from outside for a message.
func clip(name []byte) string {
	if len(name) > 40 {
		name = name[:40]
	}
	return string(bytes.ToValidUTF8(name, []byte("?")))
}
