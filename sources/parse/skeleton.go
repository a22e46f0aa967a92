package parse

import (
	"bytes"
	"strconv"
)

// skeleton writes a small document that holds the head and the new entries in
// gofeed's own vocabulary and nothing that could hurt it: no namespaces, no
// DOCTYPE, no xml:base, extension elements by their usual prefix, at a bounded
// depth; and for every value that gofeed would drop or rewrite a reference
// into the notes.
type skeleton struct {
	*decoder
	notes notes
	out   bytes.Buffer
	atom  bool            // the dialect that is written
	seen  map[string]bool // elements of the current parent that count once
	kept  map[string]note // what the head says in one value each
	root  *scope

	elements int // written in this batch
	budget   int // how many there may be once this entry is written
}

// place is where an element stands.
type place struct {
	scope *scope
	base  string         // of the feed or entry as a whole: what stays relative is relative to that
	words map[string]how // its own vocabulary
	entry bool
	head  bool
	depth int
}

// maxExtensionDepth is how deep extension elements are carried.
const maxExtensionDepth = 8

// children goes through the elements within a piece.
func (s *skeleton) children(in, out int, each func(p piece) error) error {
	t := s.within(in, out)
	defer s.done(t)
	for {
		ev, err := t.next()
		if err != nil || ev.what == over {
			return err
		}
		if ev.what != open {
			continue
		}
		if s.elements++; s.elements > s.budget {
			return refuse(CodeManyElements, ev.tok.start, "an entry or the head holds more than %d elements", s.limits.Elements)
		}
		p := piece{tok: ev.tok, in: ev.tok.end}
		last, whole, err := t.skip()
		if err != nil {
			return err
		}
		p.cut = !whole
		p.out, p.end = last.tok.start, max(last.tok.start, last.tok.end)
		if err := each(p); err != nil {
			return err
		}
	}
}

// element writes one child of a head or an entry.
func (s *skeleton) element(p piece, c place) error {
	if p.out-p.in > s.limits.Text {
		return refuse(CodeLongText, p.tok.start, "<%s> is longer than %d bytes", clip(p.tok.name), s.limits.Text)
	}
	sc, err := c.scope.enter(attributes{s.doc[p.tok.in:p.tok.out]}, p.tok.start, s.decoder)
	if err != nil {
		return err
	}
	prefix, local := s.name(p.tok, sc)
	in := place{scope: sc, base: c.base, words: c.words, entry: c.entry, head: c.head, depth: c.depth + 1}
	if prefix != "" {
		return s.foreign(p, in, prefix, local)
	}
	if local == "link" && !s.atom && blank(s.doc[p.in:p.out]) && s.hasAddress(p.tok) {
		return s.mixed(p, in, "atom", local, attrs) // Atom's, without a prefix
	}
	if c.entry && !s.atom {
		if done, err := s.ofItem(p, in, local); done {
			return err
		}
	}
	h, own := c.words[local]
	if !own || s.atom && !c.entry && local == "published" { // of a feed, which gofeed doesn't read
		return s.stranger(p, in, local)
	}
	if h&once != 0 {
		if s.seen[local] {
			return s.again(p, in, local, h&^once)
		}
		if !blank(s.doc[p.in:p.out]) || h&^once == text || local == "source" {
			s.seen[local] = true
		}
	}
	return s.native(p, in, local, h&^once)
}

// name resolves an element's prefix: "" is the dialect's own vocabulary, "?"
// one we don't know. Undeclared prefixes mean what they usually mean.
func (s *skeleton) name(t token, sc *scope) (prefix, local string) {
	p, l := split(t.name)
	local = string(lower(nil, l))
	n, ok := sc.declared(p)
	switch {
	case p == nil && (!ok || n.uri == ""):
		return "", local
	case p == nil:
		if root, ok := s.root.declared(nil); ok && root.uri == n.uri {
			return "", local
		}
	case !ok:
		if prefix, ok = known[string(p)]; !ok {
			return "?", local
		}
		s.warn.add("undeclared-prefix", t.start, "the prefix %s: is not declared", prefix)
		n.usual = prefix
	case n.prefix != "" && s.ownPrefix(n):
		return "", local
	}
	switch {
	case n.usual == "":
		return "?", local
	case n.usual == "atom" && s.atom, n.usual == "rss" && !s.atom:
		return "", local
	}
	return n.usual, local
}

// ownPrefix reports whether the root element itself has that prefix.
func (s *skeleton) ownPrefix(n declaration) bool {
	d, ok := s.root.declared(nil)
	return n.usual == "" && ok && d.uri == n.uri
}

func (s *skeleton) open(prefix, local string) {
	s.out.WriteByte('<')
	if prefix != "" {
		s.out.WriteString(prefix)
		s.out.WriteByte(':')
	}
	s.out.WriteString(local)
}

func (s *skeleton) close(prefix, local string) {
	s.out.WriteString("</")
	if prefix != "" {
		s.out.WriteString(prefix)
		s.out.WriteByte(':')
	}
	s.out.WriteString(local)
	s.out.WriteByte('>')
}

// plain writes a short value as it is, anything else by reference.
func (s *skeleton) plain(v string) {
	if len(v) > 64 || len(v) >= len(noteMark) && v[:len(noteMark)] == noteMark {
		s.ref(note{value: v})
		return
	}
	s.out.Write(appendEscaped(s.out.AvailableBuffer(), []byte(v)))
}

func (s *skeleton) ref(n note) {
	if n.value == "" && n.src == "" {
		return
	}
	s.notes.list = append(s.notes.list, n)
	s.out.WriteString(noteMark)
	s.out.Write(strconv.AppendInt(s.out.AvailableBuffer(), int64(len(s.notes.list)-1), 10))
}

// address makes an address absolute if it stands under another base than the
// feed or entry around it, for nothing later would know.
func (c place) address(v string) string {
	if c.scope.base == c.base || v == "" {
		return v
	}
	return resolve(c.scope.base, v)
}

// attributes writes the attributes of a start tag, addresses by reference.
func (s *skeleton) attributes(t token, c place) {
	address := "" // the name of the one that is an address, if it has another
	switch _, l := split(t.name); {
	case equalFold(l, "enclosure") && s.attribute(t, "url") == "":
		address = "url"
	case equalFold(l, "link") && s.attribute(t, "href") == "":
		address = "href"
	}
	a := attributes{s.doc[t.in:t.out]}
	for n := 0; n < s.limits.Attributes; n++ {
		x, ok := a.next()
		if !ok {
			return
		}
		prefix, local := split(x.name)
		if string(prefix) == "xmlns" || string(x.name) == "xmlns" || string(prefix) == "xml" || !plainName(local) {
			continue
		}
		s.out.WriteByte(' ')
		switch {
		case equalFold(local, "ispermalink"):
			s.out.WriteString("isPermaLink") // the one name that gofeed wants so
		case address != "" && (equalFold(local, "href") || equalFold(local, "uri") || equalFold(local, "url")):
			s.out.WriteString(address)
		default:
			s.out.Write(lower(s.out.AvailableBuffer(), local))
		}
		s.out.WriteString(`="`)
		v := s.text(x.value, t.in)
		switch {
		case v == "" && equalFold(local, "href"):
			s.out.Truncate(s.out.Len() - len(` href="`))
			continue
		case equalFold(local, "href"), equalFold(local, "src"), equalFold(local, "uri"), equalFold(local, "url"), equalFold(local, "resource"):
			s.ref(note{value: c.address(trimmed(v))})
		case equalFold(local, "scheme"):
			s.ref(note{value: trimmed(v)})
		default:
			s.plain(v)
		}
		s.out.WriteByte('"')
	}
}
