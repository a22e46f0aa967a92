package publish

import (
	"warta/feed/render"
)

// wishesOf is what the owners of a document's entries ask of machines: one
// that reserves mining, or wants no index, speaks for the document, which
// holds its entry. A channel's page lists headlines that lead home, and marks
// such an entry itself.
func (p *Publisher) wishesOf(list []shownItem, format render.Format) render.Wishes {
	var w render.Wishes
	for _, s := range list {
		if v := p.views[s.id]; v != nil {
			w = w.And(v.wishes)
		}
	}
	w.NoIndex = w.NoIndex && format != render.HTML
	return w
}

// wishesOn is wishesOf for what partners see, who are asked not to let it be
// indexed in any case.
func wishesOn(list []shownItem) (w render.Wishes) {
	for _, s := range list {
		w = w.And(s.wishes)
	}
	w.NoIndex = false
	return w
}

// wishing are headers that pass wishes on. They are made once, so that equal
// ones are the same.
func wishing(of *headers, w render.Wishes) *headers {
	if h := wished[wish{of, w.NoIndex, w.Mining}]; h != nil {
		return h
	}
	return of
}

type wish struct {
	of              *headers
	noIndex, mining bool
}

var reserved1 = []string{"1"} // TDMRep section 5

var wished = func() map[wish]*headers {
	m := map[wish]*headers{}
	bases := []*headers{entryHeaders}
	for _, h := range formatHeaders {
		bases = append(bases, h)
	}
	for _, of := range bases {
		for _, w := range [...]wish{{of, true, false}, {of, false, true}, {of, true, true}} {
			h := *of
			if w.noIndex {
				h.robots = noindex
			}
			if w.mining {
				h.mining = reserved1
			}
			m[w] = &h
		}
	}
	return m
}()
