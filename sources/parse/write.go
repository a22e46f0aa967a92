package parse

import (
	"strconv"

	"warta/sources"
)

// written is a skeleton ready for gofeed, and what goes round it. A document
// of many entries goes through in batches, so that what gofeed holds at a time
// is bounded.
type written struct {
	*skeleton
	cut   *cutting
	words map[string]how
	main  int      // the container that describes the feed
	outer []*scope // what each container hands down
	base  string   // of the feed
	lang  string   // of the feed
	fresh []entry  // the entries in the skeleton, in order
}

// entry is what holds for one entry of the skeleton.
type entry struct {
	index int // among all entries of the document
	piece piece
	lang  string
	base  string
	about string // rdf:about
}

// batchBytes and batchElements bound what gofeed is given at a time, save that
// an entry is never parted.
const (
	batchBytes    = 64 << 10
	batchElements = 2000
)

func newWritten(d *decoder, c *cutting, base, lang string) (*written, error) {
	s := &skeleton{decoder: d, atom: c.dialect == dialectAtom || c.dialect == dialectEntry, seen: map[string]bool{}, kept: map[string]note{}}
	w := &written{skeleton: s, cut: c, words: rssWords}
	s.notes.list = make([]note, 0, 32)
	s.out.Grow(2 << 10)
	if s.atom {
		w.words = atomWords
	}
	var err error
	if w.outer, err = w.scopes(base, lang); err != nil {
		return nil, err
	}
	w.main = w.mainContainer()
	s.root = w.outer[0]
	w.base, w.lang = w.outer[w.main].base, w.outer[w.main].lang
	return w, nil
}

// batches hands the head and every entry that isn't known to read, a batch at
// a time. There is always a first batch, if only for the head.
func (w *written) batches(known func(sources.Fingerprint) bool, read func(first bool) error) error {
	w.begin()
	if err := w.head(); err != nil {
		return err
	}
	first := true
	flush := func() error {
		w.finish()
		err := read(first)
		first = false
		w.begin()
		return err
	}
	var passed [][]byte
	for i, e := range w.cut.entries {
		if known != nil && known(w.cut.fingerprints[i]) {
			passed = append(passed, w.doc[e.tok.start:e.end])
			continue
		}
		if w.out.Len() > batchBytes || w.elements > batchElements {
			if err := flush(); err != nil {
				return err
			}
		}
		if err := w.entry(i, e); err != nil {
			return err
		}
	}
	if w.cut.partial != nil {
		if err := w.entry(len(w.cut.entries), *w.cut.partial); err != nil {
			return err
		}
	}
	if len(passed) > 0 && len(passed) < len(w.cut.entries) {
		w.pass(passed, w.ids()...)
	}
	if !first && len(w.fresh) == 0 {
		return nil
	}
	return flush()
}

// ids are what an id begins with, the dialect's own first.
func (w *written) ids() []string {
	if w.atom {
		return []string{"<id", "<guid"}
	}
	return []string{"<guid", "<id"}
}

func (w *written) begin() {
	w.out.Reset()
	clear(w.notes.list)
	w.notes.list, w.fresh, w.elements = w.notes.list[:0], w.fresh[:0], 0
	if w.atom {
		w.out.WriteString("<feed>")
	} else {
		w.out.WriteString(`<rss version="2.0"><channel>`)
	}
}

func (w *written) finish() {
	if w.atom {
		w.out.WriteString("</feed>")
	} else {
		w.out.WriteString("</channel></rss>")
	}
}

func (w *written) head() error {
	cdf := w.cut.dialect == dialectCDF
	if cdf {
		w.cdfAttributes(w.cut.containers[0].tok)
	}
	w.budget = w.limits.Elements + w.limits.Entries
	for _, h := range w.cut.head {
		if h.container != 0 && h.container != w.main {
			continue // of a second channel or root
		}
		if err := w.part(h, place{scope: w.outer[h.container], base: w.base, words: w.words, head: true}, cdf); err != nil {
			return err
		}
	}
	return nil
}

// scopes works out what each container hands down.
func (w *written) scopes(base, lang string) ([]*scope, error) {
	outer := &scope{base: base, lang: lang}
	list := make([]*scope, len(w.cut.containers))
	for i, c := range w.cut.containers {
		parent := outer
		if c.parent >= 0 {
			parent = list[c.parent]
		}
		sc, err := parent.enter(attributes{w.doc[c.tok.in:c.tok.out]}, c.tok.start, w.decoder)
		if err != nil {
			return nil, err
		}
		if w.cut.dialect == dialectCDF {
			if b := w.attribute(c.tok, "base"); b != "" {
				sc = &scope{parent: sc, count: sc.count, lang: sc.lang, base: resolve(sc.base, b)}
			}
		}
		list[i] = sc
	}
	if len(list) == 0 {
		list = append(list, outer)
	}
	return list, nil
}

// mainContainer is the container that describes the feed: the first channel of RSS,
// else the root.
func (w *written) mainContainer() int {
	if w.cut.dialect == dialectRSS {
		for i, c := range w.cut.containers {
			if _, l := split(c.tok.name); equalFold(l, "channel") {
				return i
			}
		}
	}
	return 0
}

func (w *written) entry(index int, p piece) error {
	s := w.skeleton
	s.budget = s.elements + s.limits.Elements
	sc, err := w.outer[p.container].enter(attributes{s.doc[p.tok.in:p.tok.out]}, p.tok.start, s.decoder)
	if err != nil {
		return err
	}
	name := "item"
	if s.atom {
		name = "entry"
	}
	s.open("", name)
	s.out.WriteString("><w:e>")
	s.out.Write(strconv.AppendInt(s.out.AvailableBuffer(), int64(len(w.fresh)), 10))
	s.out.WriteString("</w:e>")
	e := entry{index: index, piece: p, lang: sc.lang, base: sc.base, about: w.about(p.tok, sc)}
	w.fresh = append(w.fresh, e)
	clear(s.seen)
	cdf := w.cut.dialect == dialectCDF
	if cdf {
		s.cdfAttributes(p.tok)
	}
	err = s.children(p.in, p.out, func(q piece) error {
		if p.cut && q.cut {
			return nil // half an address is another address
		}
		return s.part(q, place{scope: sc, base: sc.base, words: w.words, entry: true}, cdf)
	})
	s.close("", name)
	return err
}

func (s *skeleton) part(p piece, c place, cdf bool) error {
	if cdf {
		return s.cdf(p, c)
	}
	return s.element(p, c)
}

// about returns the rdf:about of an item, exactly: its identity in RSS 1.0.
func (w *written) about(t token, sc *scope) string {
	a := attributes{w.doc[t.in:t.out]}
	for {
		x, ok := a.next()
		if !ok {
			return ""
		}
		prefix, local := split(x.name)
		if !equalFold(local, "about") {
			continue
		}
		if n, ok := sc.declared(prefix); prefix == nil || ok && n.usual == "rdf" || !ok && string(prefix) == "rdf" {
			return trimmed(w.text(x.value, t.in))
		}
	}
}
