package render

import (
	"warta/feed"
	"warta/sources"
)

// Wishes are what an owner asks of machines that read an entry: they go along
// with it wherever it is shown.
type Wishes struct {
	NoIndex bool   // search engines are asked not to index it (X-Robots-Tag, robots meta)
	Mining  bool   // text and data mining is reserved (TDMRep)
	Policy  string // on which terms it may be mined, where the owner says so (tdm-policy)
}

// WishesOf reads the wishes from what was found and decided.
func WishesOf(e *feed.Entry, d *feed.Decision) Wishes {
	w := Wishes{NoIndex: d.NoIndex, Mining: reserved(e.Evidence)}
	for i := range e.Evidence {
		if ev := &e.Evidence[i]; ev.Kind == sources.ODRLPolicy && w.Policy == "" {
			w.Policy = href(ev.Value)
		}
	}
	return w
}

// And are the wishes of one document with two entries: who asks for more
// speaks for both. A policy is one entry's own.
func (w Wishes) And(other Wishes) Wishes {
	return Wishes{NoIndex: w.NoIndex || other.NoIndex, Mining: w.Mining || other.Mining}
}

// mining appends a reservation as elements of TDMRep's vocabulary.
func mining(b []byte, x *facts) []byte {
	w := WishesOf(x.e, x.d)
	if w.Mining {
		b = element(b, "tdm:reservation", "1")
	}
	return element(b, "tdm:policy", w.Policy)
}
