package feed

import "time"

// Place is an entry's place among all, newest first: its Time, and its id
// where that is equal. The zero Place is before the newest.
type Place struct {
	Time time.Time
	ID   string
}

// Newest asks for entries in the order of their places.
type Newest struct {
	Before  Place     // those after it in the order, that is older
	Since   time.Time // none older than this; zero: all
	Source  string    // of one source; empty: of all
	Channel string    // members of one channel; empty: of any or none
	Limit   int
}

// Turns are entries for which the clock may have changed something: all those
// of some sources, those whose Time lies after the first and up to the second
// of some pairs of moments, and single ones.
type Turns struct {
	Sources []string
	Places  [][2]time.Time
	Entries []string // ids
}

// None reports whether the clock changed nothing.
func (t *Turns) None() bool { return len(t.Sources)+len(t.Places)+len(t.Entries) == 0 }
