package normalize

import (
	"bytes"
	"io"
	"strings"
	"unicode/utf8"

	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"
)

// maxDepth bounds how deep elements nest; what lies deeper stays as text of
// the deepest. No story needs more, and every walk is bounded by it.
const maxDepth = 48

// maxNodes bounds a tree. What comes after so many elements is kept for its
// words alone; a long story has a hundredth of that.
const maxNodes = 1 << 16

// attr is an attribute that is allowed to stay; Key is one of our own names.
type attr struct{ key, val string }

// node is one element or text of a tree, kept in one slice in document order:
// a child comes after its parent.
type node struct {
	tag    atom.Atom // 0: text
	kind   kind
	gone   bool // not written out
	quiet  bool // data-nosnippet: no excerpt is made of what is within
	text   string
	attrs  []attr
	rule   *rule // the debris rule its class matched
	parent int32
	first  int32
	last   int32
	next   int32
}

// tree is a piece of HTML, read in one pass of the tokenizer. nodes[0] is the
// root.
type tree struct {
	nodes []node
	base  *resolver
	rules *Rules
	bare  bool // text only: attributes are not looked at

	lost []lost // what the reading itself took away

	authors bool // an element is marked to hold an author's name

	pictures string // srcset of the last <source> in the open <picture>
}

type lost struct{ text, why string }

// parseHTML reads HTML or, with xhtml, the XML serialization of it. Time and
// memory are linear in len(s).
func parseHTML(s string, xhtml, bare bool, base *resolver, rules *Rules) *tree {
	t := &tree{base: base, rules: rules, bare: bare}
	t.nodes = make([]node, 1, min(4+strings.Count(s, "<")*7/4, maxNodes))
	t.nodes[0] = node{kind: blockTag, parent: -1, first: -1, last: -1, next: -1}
	if strings.IndexByte(s, '<') < 0 {
		t.text(0, html.UnescapeString(s))
		return t
	}
	b := builder{tree: t, xhtml: xhtml, src: s}
	b.stack = append(make([]int32, 0, maxDepth), 0)
	b.tokenize(s)
	b.run()
	return t
}

// add appends a node to parent and returns its index.
func (t *tree) add(parent int32, n node) int32 {
	i := int32(len(t.nodes))
	n.parent, n.first, n.last, n.next = parent, -1, -1, -1
	t.nodes = append(t.nodes, n)
	p := &t.nodes[parent]
	if p.last < 0 {
		p.first = i
	} else {
		t.nodes[p.last].next = i
	}
	p.last = i
	return i
}

func (t *tree) text(parent int32, s string) {
	if p := &t.nodes[parent]; p.tag == atom.Pre && p.first < 0 {
		s = strings.TrimPrefix(s, "\n") // not part of a pre (HTML 13.1.2.5)
	}
	if s = cleanText(s); s != "" {
		t.add(parent, node{text: s})
	}
}

// cleanText drops what is no character: controls and broken UTF-8.
func cleanText(s string) string {
	wide := false
	for i := plainRun(s); i < len(s); i++ {
		c := s[i]
		wide = wide || c >= utf8.RuneSelf
		if c < ' ' && c != '\n' && c != '\t' || c == 0x7f {
			return dropControls(s)
		}
	}
	if wide && !utf8.ValidString(s) {
		return dropControls(s)
	}
	return s
}

func dropControls(s string) string {
	return strings.Map(func(r rune) rune {
		switch {
		case r == '\n' || r == '\t':
			return r
		case r == '\r' || r == '\f' || r == '\v':
			return ' '
		case r < ' ' || r == 0x7f:
			return -1
		}
		return r
	}, strings.ToValidUTF8(s, "\uFFFD"))
}

// builder puts tokens into a tree.
type builder struct {
	*tree
	z     *html.Tokenizer
	src   string
	pos   int     // how much of src is read
	fed   int     // how much of src the tokenizer was given, or passed over
	raw   bool    // the tokenizer is within an element whose content is one text
	stack []int32 // open elements, the root first
	xhtml bool
	over  int // open elements beyond maxDepth

	rest strings.Builder // words beyond maxNodes

	lastImage string // the address of the last picture
	reread    bool   // an unclosed comment was passed over
}

func (b *builder) top() int32 { return b.stack[len(b.stack)-1] }

// tokenize begins to read s.
func (b *builder) tokenize(s string) {
	b.src, b.pos, b.fed, b.raw = s, 0, 0, false
	b.z = html.NewTokenizer(b)
	b.z.AllowCDATA(b.xhtml)
}

// Read gives the tokenizer the source tag by tag: what lies between two tags is
// text, which is most of a story, and needn't go through it.
func (b *builder) Read(p []byte) (int, error) {
	rest := b.src[b.fed:]
	if rest == "" {
		return 0, io.EOF
	}
	if i := strings.IndexByte(rest, '>'); i >= 0 {
		rest = rest[:i+1]
	}
	n := copy(p, rest)
	b.fed += n
	return n, nil
}

// pass takes the text before the next tag where the tokenizer has nothing left
// of what it was given.
func (b *builder) pass() {
	if b.raw || b.fed != b.pos {
		return
	}
	from := b.pos
	b.pos = nextTag(b.src, from)
	if b.fed = b.pos; from < b.pos {
		b.leaf(html.UnescapeString(b.src[from:b.pos]))
	}
}

// nextTag finds where the text at from ends: at a '<' that begins a tag, a comment
// or the like (HTML section 13.2.5.6), or with the source.
func nextTag(s string, from int) int {
	for {
		i := strings.IndexByte(s[from:], '<')
		if i < 0 || from+i+1 == len(s) {
			return len(s)
		}
		from += i
		if c := s[from+1]; c == '/' || c == '!' || c == '?' || c|0x20 >= 'a' && c|0x20 <= 'z' {
			return from
		}
		from++
	}
}

func (b *builder) leaf(words string) {
	switch {
	case b.nodes[b.top()].gone:
	case len(b.nodes) >= maxNodes:
		b.rest.WriteString(words)
	default:
		b.text(b.top(), words)
	}
}

func (b *builder) run() {
	for {
		b.pass()
		kind := b.z.Next()
		from := b.pos
		b.pos += len(b.z.Raw())
		b.raw = b.raw && kind == html.TextToken
		switch kind {
		case html.ErrorToken:
			b.text(0, b.rest.String())
			return
		case html.TextToken:
			b.leaf(b.words(from))
		case html.StartTagToken:
			b.start(false)
		case html.SelfClosingTagToken:
			b.start(true)
		case html.EndTagToken:
			name, _ := b.z.TagName()
			b.end(b.lookup(name))
		case html.CommentToken:
			b.comment()
		}
	}
}

// words gives the text of the current token, which begins at from: a piece of
// the source where nothing has to be decoded.
func (b *builder) words(from int) string {
	raw := b.z.Raw()
	if b.pos > len(b.src) || b.src[from:b.pos] != string(raw) || bytes.HasPrefix(raw, cdata) {
		return string(b.z.Text())
	}
	if s := b.src[from:b.pos]; strings.IndexByte(s, '&') < 0 {
		return s
	}
	return html.UnescapeString(b.src[from:b.pos])
}

var cdata = []byte("<![CDATA[")

// comment passes over a comment. One that is never closed, as in a text that
// was cut at "<!--more", would take the rest of the story with it: what
// follows its first '>' is read on, once.
func (b *builder) comment() {
	raw := b.z.Raw()
	if b.reread || !bytes.HasPrefix(raw, []byte("<!--")) || bytes.HasSuffix(raw, []byte("-->")) || bytes.HasSuffix(raw, []byte("--!>")) || len(raw) < 7 {
		return
	}
	_, rest, ok := bytes.Cut(raw[4:], []byte(">"))
	if !ok {
		return
	}
	b.reread = true
	b.tokenize(string(rest))
}

// lookup finds the element's name; in XML it may carry a prefix.
func (b *builder) lookup(name []byte) atom.Atom {
	if b.xhtml {
		if i := bytes.IndexByte(name, ':'); i >= 0 {
			name = name[i+1:]
		}
	}
	if a := atom.Lookup(name); a != 0 {
		return a
	}
	return atom.Span // what we don't know is kept for its words, as a span is
}

func (b *builder) start(empty bool) {
	name, more := b.z.TagName()
	tag := b.lookup(name)
	k := kindOf(tag)
	if k&rawText == 0 || empty && b.xhtml {
		b.z.NextIsNotRawText()
	}
	if len(b.nodes) >= maxNodes && k&rawText == 0 {
		b.rest.WriteByte(' ')
		return
	}
	if k&dropAll != 0 && k&rawText != 0 && tag != atom.Script && tag != atom.Style {
		k &^= rawText
		b.z.NextIsNotRawText()
	}
	b.raw = k&rawText != 0 && !(empty && b.xhtml)
	if k&closesP != 0 {
		b.close(endsP, cellBounds)
	}
	if ends, within := implied(tag); ends != nil {
		b.close(ends, within)
	}
	n := node{tag: tag, kind: k, gone: k&dropAll != 0}
	if !b.bare {
		b.attributes(&n, more)
	}
	switch {
	case k&voidTag != 0:
		if n.kind&keepTag != 0 {
			b.add(b.top(), n)
		}
	case len(b.stack) >= maxDepth:
		if !(empty && b.xhtml) {
			b.over++
		}
	default:
		i := b.add(b.top(), n)
		if !(empty && b.xhtml) {
			b.stack = append(b.stack, i)
		}
	}
}

// close ends the nearest open element of ends, unless one of within lies
// above it.
func (b *builder) close(ends, within []atom.Atom) {
	for i := len(b.stack) - 1; i > 0; i-- {
		tag := b.nodes[b.stack[i]].tag
		for _, a := range ends {
			if a == tag {
				b.stack, b.over = b.stack[:i], 0
				return
			}
		}
		for _, a := range within {
			if a == tag {
				return
			}
		}
	}
}

func (b *builder) end(tag atom.Atom) {
	k := kindOf(tag)
	if tag == atom.Br && len(b.nodes) < maxNodes { // </br> is read as <br>
		b.add(b.top(), node{tag: tag, kind: k})
		return
	}
	if k&voidTag != 0 {
		return
	}
	if b.over > 0 {
		b.over--
		return
	}
	for i := len(b.stack) - 1; i > 0; i-- {
		n := &b.nodes[b.stack[i]]
		if n.tag == tag {
			b.stack = b.stack[:i]
			return
		}
		// A stray end tag of an inline element ends no cell around it.
		if n.kind&cellTag != 0 && k&blockTag == 0 {
			return
		}
	}
}
