package normalize

import (
	"strings"

	"golang.org/x/net/html/atom"
)

// write gives the tree as HTML of our own making: closed elements, known
// names, escaped values, folded white space. Reading it again and writing it
// gives the same.
func (t *tree) write() string {
	t.prune()
	w := writer{}
	w.b.Grow(t.size())
	var open []int32
	for i := t.nodes[0].first; i >= 0; {
		n := &t.nodes[i]
		if n.tag == 0 && !n.gone {
			w.text(n.text)
		} else if !n.gone {
			w.start(n)
			if n.first >= 0 {
				open = append(open, i)
				i = n.first
				continue
			}
			w.end(n)
		}
		for n.next < 0 && len(open) > 0 {
			n = &t.nodes[open[len(open)-1]]
			open = open[:len(open)-1]
			w.end(n)
		}
		i = n.next
	}
	return w.b.String()
}

// size guesses how long the output gets.
func (t *tree) size() int {
	size := 0
	for i := range t.nodes {
		n := &t.nodes[i]
		if n.gone {
			continue
		}
		size += len(n.text) + len(n.text)/32 + 9
		for _, a := range n.attrs {
			size += len(a.key) + len(a.val) + 4
		}
	}
	return size
}

// prune unwraps elements that hold nothing. Children come after their
// parents, so one pass from the end is enough.
func (t *tree) prune() {
	full := make([]bool, len(t.nodes))
	for i := len(t.nodes) - 1; i > 0; i-- {
		n := &t.nodes[i]
		switch {
		case n.gone:
			continue
		case n.tag == 0:
			full[i] = !blank(n.text)
		case n.kind&voidTag != 0:
			full[i] = n.tag != atom.Br
			if n.tag == atom.Br {
				continue
			}
		case n.kind&cellTag != 0:
			full[i] = true
		}
		if full[i] {
			full[n.parent] = true
		} else if n.kind&keepTag != 0 {
			n.kind &^= keepTag // what is left of it is white space
		}
	}
}

// writer writes folded text; white space and line breaks wait until something
// follows them within the same block.
type writer struct {
	b      strings.Builder
	space  bool
	breaks int
	dirty  bool // something stands in this block
	inline bool // the last that was written is text, or markup within text
	gap    bool // a block without a tag of its own ended since
	pre    int
}

func (w *writer) flush() {
	if w.gap && w.inline { // or the words would be glued together
		if w.pre > 0 {
			w.b.WriteByte('\n')
		} else {
			w.b.WriteString("<br>")
		}
	}
	w.gap, w.inline = false, true
	if w.dirty {
		for ; w.breaks > 0; w.breaks-- {
			w.b.WriteString("<br>")
			w.space = false
		}
		if w.space {
			w.b.WriteByte(' ')
		}
	}
	w.breaks, w.space, w.dirty = 0, false, true
}

func (w *writer) block() { w.space, w.breaks, w.dirty = false, 0, false }

func (w *writer) text(s string) {
	if w.pre > 0 {
		w.flush()
		escape(&w.b, s, false)
		return
	}
	if blank(s) {
		w.space = true
		return
	}
	for i := 0; i < len(s); {
		if isSpace(s[i]) {
			w.space = true
			i++
			continue
		}
		j := i + max(1, wordsRun(s[i:]))
		// One space within the text is written with it.
		for j < len(s) && (!spaces[s[j]] || s[j] == ' ' && j+1 < len(s) && !spaces[s[j+1]]) {
			j++
		}
		w.flush()
		escape(&w.b, s[i:j], false)
		i = j
	}
}

func (w *writer) start(n *node) {
	if n.kind&blockTag != 0 {
		w.block()
		w.gap = w.inline
	}
	if n.kind&keepTag == 0 {
		return
	}
	if n.tag == atom.Br {
		if w.pre > 0 {
			w.b.WriteByte('\n')
		} else if w.breaks < 2 {
			w.breaks++
		}
		w.space = false
		return
	}
	if n.kind&blockTag == 0 {
		w.flush()
	} else {
		w.inline, w.gap = false, false
	}
	w.b.WriteByte('<')
	w.b.WriteString(n.name())
	for _, a := range n.attrs {
		w.b.WriteByte(' ')
		w.b.WriteString(a.key)
		w.b.WriteString(`="`)
		escape(&w.b, a.val, true)
		w.b.WriteByte('"')
	}
	w.b.WriteByte('>')
	if n.tag == atom.Pre {
		w.pre++
		// The first newline of a pre is not part of it: give it one.
		if n.first >= 0 {
			w.b.WriteByte('\n')
		}
	}
}

func (w *writer) end(n *node) {
	if n.kind&blockTag != 0 {
		w.block()
		w.gap = w.inline
	}
	if n.kind&(keepTag|voidTag) != keepTag {
		return
	}
	if n.kind&blockTag != 0 {
		w.inline, w.gap = false, false
	}
	w.b.WriteString("</")
	w.b.WriteString(n.name())
	w.b.WriteByte('>')
	if n.tag == atom.Pre {
		w.pre--
	}
}

func (n *node) name() string {
	switch {
	case n.rule == captionClass:
		return "figcaption" // so that it stays one without its class
	case n.kind&asDiv != 0:
		return "div"
	}
	return n.tag.String()
}

// escape writes text or, quoted, an attribute's value.
func escape(b *strings.Builder, s string, quoted bool) {
	from := 0
	for i := plainRun(s); i < len(s); i++ {
		if !escaped[s[i]] {
			continue
		}
		var e string
		switch s[i] {
		case '&':
			e = "&amp;"
		case '<':
			e = "&lt;"
		case '>':
			e = "&gt;"
		case '"':
			if !quoted {
				continue
			}
			e = "&#34;"
		default:
			continue
		}
		b.WriteString(s[from:i])
		b.WriteString(e)
		from = i + 1
		i += plainRun(s[from:])
	}
	b.WriteString(s[from:])
}

// Tables of bytes, for what is looked at one by one: escaped may need escaping,
// spaces are white space, edges may begin white space in UTF-8.
var (
	escaped = table("&<>\"")
	spaces  = table(" \n\t\r\f")
	edges   = table(" \n\t\r\f\xC2\xE2\xEF")
)

func table(bytes string) (t [256]bool) {
	for i := range len(bytes) {
		t[bytes[i]] = true
	}
	return t
}

func isSpace(c byte) bool { return spaces[c] }

// blank reports whether s is white space only, the no-break kind included.
func blank(s string) bool {
	for i := 0; i < len(s); i++ {
		switch {
		case isSpace(s[i]):
		case s[i] == 0xC2 && i+1 < len(s) && s[i+1] == 0xA0:
			i++
		case s[i] == 0xE2 && i+2 < len(s) && s[i+1] == 0x80 && (s[i+2] == 0x8B || s[i+2] == 0x8C || s[i+2] == 0x8D):
			i += 2
		case s[i] == 0xEF && i+2 < len(s) && s[i+1] == 0xBB && s[i+2] == 0xBF:
			i += 2
		default:
			return false
		}
	}
	return true
}
