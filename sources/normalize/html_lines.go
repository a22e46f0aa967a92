package normalize

import (
	"strings"

	"golang.org/x/net/html/atom"
)

// line is a run of text that stands alone: between the borders of blocks or
// line breaks. Debris, bylines and datelines are looked for in lines.
type line struct {
	text  string // folded
	from  int32  // its leaves: tree nodes in document order …
	to    int32  // … up to, not including, in lines.leaves
	block int32  // the nearest block around it
	brk   int32  // the <br> that ended it, 0: the border of a block
	first bool   // first of its block; a break with text before it comes between otherwise
	flags lineFlag
	gone  bool
	about bool // speaks about the story, such as a byline
	after bool // right after a line that went

	outside func() string // its words before its only link, "" if there are others
}

type lineFlag uint16

const (
	inCaption lineFlag = 1 << iota
	inQuote
	inHeading
	inTable
	inPre
	inList
	allLink  // every word of it belongs to a link
	hasImage // a picture stands in it
	tailLink // its last word belongs to a link
	unquoted // words of it are within data-nosnippet
)

// lines is a tree seen as lines of text.
type lines struct {
	tree   *tree
	all    []line
	leaves []int32
	plain  string

	changed bool // something was taken out
}

// linesOf cuts the tree into lines in one walk.
func linesOf(t *tree) *lines {
	l := &liner{lines: lines{tree: t}}
	size := 0
	for i := range t.nodes {
		size += len(t.nodes[i].text) + 1
	}
	l.buf.Grow(size + 16)
	l.leaves = make([]int32, 0, len(t.nodes))
	l.all = make([]line, 0, 4+len(t.nodes)/4)
	l.spans = make([]int, 0, 8+len(t.nodes)/2)
	l.open = make([]int32, 0, maxDepth)
	l.walk()
	l.plain = l.buf.String()
	for i := range l.all {
		e := &l.all[i]
		e.text = l.plain[l.spans[2*i]:l.spans[2*i+1]]
	}
	return &l.lines
}

type liner struct {
	lines
	buf   strings.Builder
	spans []int // start and end of each line's text in buf

	open       []int32
	depth      [6]int // how often inside caption, quote, heading, table, pre, list
	links      int    // open <a>
	quiet      int    // open elements with data-nosnippet
	cur        line
	start      int // of the current line in buf
	words      bool
	plainWords bool // words outside of links
	lastLinked bool
	space      bool
	fresh      bool // the next line is the first of its block
}

func (l *liner) walk() {
	t := l.tree
	l.fresh = true
	l.begin(0)
	for i := t.nodes[0].first; i >= 0; {
		n := &t.nodes[i]
		if !n.gone {
			l.enter(i, n)
			if n.first >= 0 {
				l.open = append(l.open, i)
				if n.quiet {
					l.quiet++
				}
				i = n.first
				continue
			}
			l.leave(i, n)
		}
		for n.next < 0 && len(l.open) > 0 {
			i = l.open[len(l.open)-1]
			l.open = l.open[:len(l.open)-1]
			if n = &t.nodes[i]; n.quiet {
				l.quiet--
			}
			l.leave(i, n)
		}
		i = n.next
	}
	l.finish(0)
}

// depthOf gives the counter an element moves, or -1.
func depthOf(tag atom.Atom) int {
	switch tag {
	case atom.Figcaption, atom.Caption:
		return 0
	case atom.Blockquote:
		return 1
	case atom.H1, atom.H2, atom.H3, atom.H4, atom.H5, atom.H6:
		return 2
	case atom.Table:
		return 3
	case atom.Pre:
		return 4
	case atom.Ul, atom.Ol, atom.Dl, atom.Li:
		return 5
	}
	return -1
}

func (l *liner) enter(i int32, n *node) {
	switch {
	case n.tag == 0:
		l.leaf(i)
		l.append(n.text)
	case n.tag == atom.Br:
		l.finish(i)
	case n.tag == atom.Img:
		if n.kind&keepTag != 0 {
			l.leaf(i)
			l.cur.flags |= hasImage
		}
	case n.kind&blockTag != 0:
		l.finish(0)
		l.fresh = true
		if c := depthOf(n.tag); c >= 0 {
			l.depth[c]++
		}
		if n.rule == captionClass {
			l.depth[0]++
		}
		l.begin(i)
	case n.tag == atom.A:
		l.links++
	}
}

func (l *liner) leave(i int32, n *node) {
	switch {
	case n.tag == atom.A:
		l.links--
	case n.kind&blockTag != 0:
		l.finish(0)
		l.fresh = true
		if c := depthOf(n.tag); c >= 0 {
			l.depth[c]--
		}
		if n.rule == captionClass {
			l.depth[0]--
		}
		l.begin(l.blockAround())
	}
}

func (l *liner) blockAround() int32 {
	for k := len(l.open) - 1; k >= 0; k-- {
		if l.tree.nodes[l.open[k]].kind&blockTag != 0 {
			return l.open[k]
		}
	}
	return 0
}

func (l *liner) leaf(i int32) { l.leaves = append(l.leaves, i) }

// append adds text to the current line, white space folded.
func (l *liner) append(s string) {
	for i := 0; i < len(s); {
		if n := spaceAt(s[i:]); n > 0 {
			l.space = true
			i += n
			continue
		}
		j, look := i, i
		for j < len(s) && (!edges[s[j]] || spaceAt(s[j:]) == 0) {
			n := 1
			if j >= look {
				n = max(1, wordsRun(s[j:]))
				look = j + 8
			}
			j += n
			if j+1 < len(s) && s[j] == ' ' && !edges[s[j+1]] {
				j++ // one space within the text goes with it
			}
		}
		if !l.words {
			l.separate()
		} else if l.space {
			l.buf.WriteByte(' ')
		}
		l.space, l.words = false, true
		if l.quiet > 0 {
			l.cur.flags |= unquoted
		}
		if l.links > 0 || !l.lastLinked || !blankNames(s[i:j]) { // an arrow after a link is the link's
			l.lastLinked = l.links > 0
		}
		if l.links == 0 {
			l.plainWords = true
		}
		l.buf.WriteString(s[i:j])
		i = j
	}
}

// separate puts what divides this line's text from the one before it.
func (l *liner) separate() {
	if l.buf.Len() > 0 {
		if l.fresh {
			l.buf.WriteByte('\n')
		}
		l.buf.WriteByte('\n')
	}
	l.start = l.buf.Len()
}

func (l *liner) begin(block int32) {
	l.cur = line{block: block, from: int32(len(l.leaves))}
	l.words, l.plainWords, l.space = false, false, false
	l.start = l.buf.Len()
}

// finish ends the current line, at the break brk or at a block's border.
func (l *liner) finish(brk int32) {
	block := l.cur.block
	l.cur.to = int32(len(l.leaves))
	if l.words || l.cur.flags&hasImage != 0 {
		l.cur.brk, l.cur.first = brk, l.fresh
		for c, f := range [...]lineFlag{inCaption, inQuote, inHeading, inTable, inPre, inList} {
			if l.depth[c] > 0 {
				l.cur.flags |= f
			}
		}
		if l.words && !l.plainWords {
			l.cur.flags |= allLink
		}
		if l.words && l.lastLinked {
			l.cur.flags |= tailLink
		}
		if !l.words {
			l.start = l.buf.Len()
		}
		l.spans = append(l.spans, l.start, l.buf.Len())
		l.all = append(l.all, l.cur)
		l.fresh = false
	}
	l.begin(block)
}

// spaceAt gives the length of the white space s begins with: also no-break
// spaces and what has no width.
func spaceAt(s string) int {
	switch c := s[0]; {
	case isSpace(c):
		return 1
	case c == 0xC2 && len(s) > 1 && s[1] == 0xA0:
		return 2
	case c == 0xE2 && len(s) > 2 && s[1] == 0x80 && (s[2] <= 0x8A || s[2] == 0x8B || s[2] == 0xAF):
		return 3
	case c == 0xEF && len(s) > 2 && s[1] == 0xBB && s[2] == 0xBF:
		return 3
	}
	return 0
}

// fold gives s with every run of white space as one space, trimmed.
func fold(s string) string {
	clean := true
	for i := 0; i < len(s); i++ {
		if n := spaceAt(s[i:]); n > 0 && (n > 1 || s[i] != ' ' || i == 0 || i == len(s)-1 || s[i-1] == ' ') {
			clean = false
			break
		}
	}
	if clean {
		return s
	}
	var b strings.Builder
	b.Grow(len(s))
	space := false
	for i := 0; i < len(s); {
		if n := spaceAt(s[i:]); n > 0 {
			space = true
			i += n
			continue
		}
		if space && b.Len() > 0 {
			b.WriteByte(' ')
		}
		space = false
		b.WriteByte(s[i])
		i++
	}
	return b.String()
}

// remove takes a line out of the tree.
func (l *lines) remove(i int) {
	e := &l.all[i]
	if e.gone {
		return
	}
	e.gone, l.changed = true, true
	for _, leaf := range l.leaves[e.from:e.to] {
		l.tree.nodes[leaf].gone = true
	}
	if e.brk != 0 {
		l.tree.nodes[e.brk].gone = true
	}
}

// plainText is the text of what is left, one blank line between blocks.
func (l *lines) plainText() string {
	if !l.changed {
		return l.plain
	}
	var b strings.Builder
	b.Grow(len(l.plain))
	fresh := false
	for i := range l.all {
		e := &l.all[i]
		fresh = fresh || e.first
		if e.gone || e.text == "" {
			continue
		}
		if b.Len() > 0 {
			b.WriteByte('\n')
			if fresh {
				b.WriteByte('\n')
			}
		}
		fresh = false
		b.WriteString(e.text)
	}
	return b.String()
}
