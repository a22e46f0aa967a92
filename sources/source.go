package sources

import "time"

// Source is a site we read, as the operator described it.
type Source struct {
	ID       string   // the operator's name for it, unique, [a-z0-9-]
	Title    string   // shown as the outlet's name; empty: the feed's own title
	URL      string   // the site's home page
	Feed     string   // the feed's address
	Regions  []string // codes of the regions it covers, such as "64.01"
	Language string   // BCP 47; stated where neither feed nor entry says

	// Future says what a date in the future is worth, and Debris what else is
	// no part of this source's stories: patterns for whole lines (package
	// normalize), class: and the name of a class of elements.
	Future Future
	Debris []string

	// Every bounds the rhythm of visits for this source alone; zero means the
	// general setting.
	Every Rhythm
}

// Future is what to do with a story that is dated ahead of the clock by more
// than a day. The zero value is Hold.
type Future string

const (
	FutureKeep   Future = "keep"   // shown at once, ordered by when it was first seen
	FutureHold   Future = "hold"   // not shown until its time, or until an editor releases it
	FutureIgnore Future = "ignore" // the date is taken to be unknown
)

// Rhythm bounds how often a source is visited.
type Rhythm struct{ Min, Max time.Duration }

// Name is what people call the source: the operator's title, else the feed's
// own, else its id.
func (s Source) Name(feedTitle string) string {
	switch {
	case s.Title != "":
		return s.Title
	case feedTitle != "":
		return feedTitle
	}
	return s.ID
}
