package sources

import "time"

// Page is the article page of a story and what we remember of it between
// visits. No text is ever taken from it.
type Page struct {
	Key       string // the story's name with whoever keeps it
	Source    string // Source.ID
	URL       string
	Title     string    // the story's headline
	Published time.Time // zero: unknown
	Seen      time.Time // when the story was first read
	Shown     time.Time // since when it is shown, where it was held at first; zero: since it was read
	State     PageState
	Evidence  []Evidence // what the page said when it was last read
}

// PageState is what is remembered of a page.
type PageState struct {
	ETag         string `json:",omitempty"` // byte for byte as received
	LastModified string `json:",omitempty"`
	Hash         string `json:",omitempty"`

	Visited   time.Time // when it was last asked for
	Answered  time.Time // when it last said something about the story
	Read      time.Time // when it was last read in whole
	Next      time.Time // zero: never again
	Failures  int       `json:",omitempty"` // in a row
	LastError string    `json:",omitempty"`

	// A suspicion that the story was withdrawn, until it is confirmed.
	Suspicion Suspicion `json:",omitempty"`
	Times     int       `json:",omitempty"`
	Since     time.Time `json:",omitzero"`

	// Restored is when the story was shown again after it was withdrawn, and
	// Pardoned what its page said then: until the page was well once, it may go
	// on saying so.
	Restored time.Time `json:",omitzero"`
	Pardoned Suspicion `json:",omitempty"`

	// Notes are the corrections that the page was seen to carry, as letters and
	// digits: what is among them is not told again.
	Notes []string `json:",omitempty"`
}

// Suspicion is why a story may have been withdrawn.
type Suspicion string

const (
	Unsuspected Suspicion = ""
	PageGone    Suspicion = "gone"     // 410
	PageMissing Suspicion = "missing"  // 404
	PageHome    Suspicion = "homepage" // redirected to the site's home page
	PageMarked  Suspicion = "marked"   // its title says so
)

// PageVisit is one call on a page and what came of it.
type PageVisit struct {
	Page      Page // its State and Evidence as they are now
	At        time.Time
	Changed   bool      // the evidence differs from before
	Withdrawn Suspicion // why the story counts as withdrawn by its owner, if it does

	Corrections []Correction // notes that the story was corrected, which weren't there before
	Amendment   *Amendment   // what the story does to others, if its page says so
}
