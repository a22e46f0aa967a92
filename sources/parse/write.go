package parse

import (
	"strconv"

	"warta/sources"
)

// written is a skeleton ready for gofeed, and what goes round it.
type written struct {
	*skeleton
	cut   *cutting
	base  string  // of the feed
	lang  string  // of the feed
	fresh []entry // the entries in the skeleton, in order
}

// entry is what holds for one entry of the skeleton.
type entry struct {
	index int // among all entries of the document
	piece piece
	lang  string
	base  string
	about string // rdf:about
}

// write makes the skeleton of the head and of every entry that isn't known.
func write(d *decoder, c *cutting, known func(sources.Fingerprint) bool, base, lang string) (*written, error) {
	s := &skeleton{decoder: d, atom: c.dialect == dialectAtom || c.dialect == dialectEntry, seen: map[string]bool{}}
	w := &written{skeleton: s, cut: c}
	scopes, err := w.scopes(base, lang)
	if err != nil {
		return nil, err
	}
	s.root = scopes[0]
	main := w.main()
	w.base, w.lang = scopes[main].base, scopes[main].lang
	words := atomWords
	if s.atom {
		s.out.WriteString("<feed>")
	} else {
		words = rssWords
		s.out.WriteString(`<rss version="2.0"><channel>`)
	}
	if c.dialect == dialectCDF {
		s.cdfAttributes(c.containers[0].tok)
	}
	for _, h := range c.head {
		if h.container != 0 && h.container != main {
			continue // of a second channel or root
		}
		x := place{scope: scopes[h.container], base: w.base, words: words}
		if err := s.part(h, x, c.dialect == dialectCDF); err != nil {
			return nil, err
		}
	}
	for i, e := range c.entries {
		if known != nil && known(c.fingerprints[i]) {
			continue
		}
		if err := w.entry(i, e, scopes[e.container], words); err != nil {
			return nil, err
		}
	}
	if s.atom {
		s.out.WriteString("</feed>")
	} else {
		s.out.WriteString("</channel></rss>")
	}
	return w, nil
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

// main is the container that describes the feed: the first channel of RSS,
// else the root.
func (w *written) main() int {
	if w.cut.dialect == dialectRSS {
		for i, c := range w.cut.containers {
			if _, l := split(c.tok.name); equalFold(l, "channel") {
				return i
			}
		}
	}
	return 0
}

func (w *written) entry(index int, p piece, parent *scope, words map[string]how) error {
	s := w.skeleton
	sc, err := parent.enter(attributes{s.doc[p.tok.in:p.tok.out]}, p.tok.start, s.decoder)
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
		return s.part(q, place{scope: sc, base: sc.base, words: words, entry: true}, cdf)
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
