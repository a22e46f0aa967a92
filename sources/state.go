package sources

import "time"

// State is what we remember of a source between visits.
type State struct {
	Source string // Source.ID
	Feed   string // the configured address this state belongs to; another one starts afresh
	URL    string // where the feed is now: moved only by a confirmed 301 or 308

	ETag         string // byte for byte as received
	LastModified string // byte for byte as received
	BodyHash     string // hex SHA-256 of the last body that was accepted
	Reader       string // version of our reading; a newer one reads unchanged bytes again
	Fingerprints []Fingerprint

	Title    string // the feed's own title
	Entries  int    // entries in the last document that was accepted
	Format   Format
	Warnings []Warning
	Schedule Schedule // what the last document said

	LastVisit         time.Time
	LastChange        time.Time // when a visit last brought something new
	LastUnconditional time.Time
	NextVisit         time.Time
	Interval          time.Duration // the rhythm learned so far
	Health            Health
	Failures          int // in a row
	FailingSince      time.Time
	LastError         string

	// A permanent redirect that waits to be believed.
	MoveTo    string
	MoveSeen  int
	MoveSince time.Time
	Moves     []Move
}

// Move records an address that was given up for another.
type Move struct {
	From, To string
	At       time.Time
}

// Health says how a source is doing.
type Health string

const (
	Unvisited Health = ""
	Healthy   Health = "ok"
	Failing   Health = "failing" // retried at least daily, for ever
	Gone      Health = "gone"    // 410: not asked again until the configuration changes
)

// Visit is one call on a source and what came of it. Document is nil where
// nothing new was read; State is what to remember once the visit is accepted.
type Visit struct {
	Source   Source
	At       time.Time
	Document *Document
	State    State

	// Reread: its bytes may be known, and a newer version of our reading made
	// something else of them.
	Reread bool

	// Answers are to what an Accepter asked of this visit before.
	Answers []Answer
}

// Question asks whether a story that was at an address was moved for good.
type Question struct{ Key, URL string }

// Answer says where a story's old address leads. To is "" where it could not
// be asked; Moved: by redirects for good alone, to a page that answers.
type Answer struct {
	Key   string
	To    string
	Moved bool
}

// Accepted says what became of a Visit's items.
type Accepted struct {
	New, Updated, Unchanged int
	Held                    int    // kept apart: the source does not look like itself
	Some                    bool   // only those: the rest was taken in
	Why                     string // how so, if it does not
	Warnings                []Warning

	Changed string     // it goes on under another name or at another host, plainly
	Ask     []Question // what would make it plain; answered, the visit may be accepted again
	Again   bool       // the whole document is wanted at the next visit
}
