package feed

import "time"

// Lineage is what is kept of the versions that a document had, so that a reader
// that has one of them is told only what is new also after a restart.
type Lineage struct {
	Path  string // of the document, below the site's address
	Class string // of those who see it so
	State string // as publishing writes it
	Kept  time.Time
}
