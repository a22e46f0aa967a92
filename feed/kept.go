package feed

import "time"

// Draft is an entry on its way into the store. The store gives it FirstSeen
// (on its first revision), Revision and Seq.
type Draft struct {
	Entry
	URLKey string // normalize.Key of the story's home; empty if it has none
	Digest string // of what readers see: an equal one is no new revision

	Home     string      // the domain for whose stories its source can speak
	Happened []Notice    // to be added to Entry.Later
	Amends   []Amendment // what the story does to others
	Awaits   *Awaiting   // what it would do to stories that are not stored yet
	Drop     *Desk       // where nothing of it may be shown from the start: why
}

// Known is what the store tells of an entry without reading its text.
type Known struct {
	ID         string
	OriginalID string
	URLKey     string
	Title      string
	Digest     string
	Revision   int
	FirstSeen  time.Time
	Published  time.Time // zero: unknown
	Withdrawn  bool
	URL        string // the story's home, where it is at hand
}

// Mark says under which rule, as a hash, a channel's entries were chosen and
// up to which change they were brought.
type Mark struct {
	Channel string
	Rule    string
	Seq     int64
}

// Membership places an entry in a channel.
type Membership struct {
	EntryID string
	Time    time.Time // its place in the channel's order
	Told    time.Time // when readers were last told something new of it: Entry.Told
}

// Published is what was last published under a path.
type Published struct {
	Path     string
	ETag     string
	Modified time.Time
	Entries  int
}
