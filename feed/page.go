package feed

import (
	"slices"

	"warta/sources"
)

// PageChange is what a visit to an entry's article page changes. The page's
// Key is the entry's ID.
type PageChange struct {
	Page  sources.Page
	Found *PageFinding // nil: as before

	Happened []Notice    // what the page says happened to its story
	Amends   []Amendment // what the story does to others
	Awaits   *Awaiting   // what it would do to stories that are not stored yet
}

// PageFinding is what an article page said: evidence, kept apart from the
// feed's so that either can be replaced, and that the story was withdrawn.
type PageFinding struct {
	Evidence []sources.Evidence `json:"evidence,omitempty"`
	Notice   *Notice            `json:"notice,omitempty"`
}

// OfFeed is the evidence that does not come from a visit to the article page.
func OfFeed(list []sources.Evidence) []sources.Evidence {
	ofPage := func(ev sources.Evidence) bool { return ev.OfPage }
	if !slices.ContainsFunc(list, ofPage) {
		return list
	}
	return slices.DeleteFunc(slices.Clone(list), ofPage)
}
