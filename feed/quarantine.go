package feed

import "time"

// Quarantine says that a source does not look like itself any more: what it
// brought since is kept apart, and its last good state stays published, until
// an editor releases or drops it.
type Quarantine struct {
	Source  string
	Since   time.Time
	Last    time.Time // the last visit that was held
	Signs   []Sign    // why, the first time each was seen
	Waiting int       // stories kept apart
	Unkept  int       `json:",omitempty"` // beyond what is kept of one source; read again once it is released

	// Passing: the feed is only empty. Nothing waits, and it ends by itself
	// when the feed comes back as it was.
	Passing bool `json:",omitempty"`
	// Asked is when the old host was last asked whether its stories moved.
	Asked time.Time `json:",omitzero"`
	// Some: only some of its stories are kept apart, and the rest is published.
	Some bool `json:",omitempty"`
}

// Whole reports whether nothing that the source brings is published.
func (q *Quarantine) Whole() bool { return q != nil && !q.Passing && !q.Some }

// Sign is one way in which a source does not look like itself.
type Sign struct {
	Kind SignKind
	Text Bilingual
}

// SignKind names what changed.
type SignKind string

const (
	SignHost     SignKind = "host"     // its stories are at home on another site
	SignOwner    SignKind = "owner"    // title, id or copyright holder of the feed
	SignLanguage SignKind = "language" // of the texts
	SignSubject  SignKind = "subject"  // what it writes about
	SignFlood    SignKind = "flood"    // far more stories than ever
	SignEmptied  SignKind = "emptied"  // no stories where there were some
)

// Profile is what a source is like, learned from what it brought while nothing
// was wrong.
type Profile struct {
	Feed    string // the configured address it was learned from; another one starts afresh
	Visits  int    // that brought something
	Stories int    // learned from
	Largest int    // entries in the largest document

	Title, ID, Holder string
	SteadyID          int // visits for which the feed's id stayed the same

	Hosts     map[string]int // where its stories are at home, by registrable domain
	Languages map[string]int // of its texts, as detected
	Promoting int            // stories that advertise gambling and the like
	Comments  int            `json:",omitempty"` // that are readers' comments
	// Recent are the stories that came last, the newest at the end, since what
	// was read first. They stand in the counts above, too.
	Recent []Trait `json:",omitempty"`

	Words      []byte // a Bloom filter of the words of its titles,
	Before     []byte // and the one before it, which was full
	WordsCount int

	Bylines map[string]int `json:",omitempty"` // persons who wrote its stories

	// Changes are those that were plain and let through, the newest at the end;
	// Probation is how many stories must yet show that nothing else changed.
	Changes   []SourceChange `json:",omitempty"`
	Probation int            `json:",omitempty"`

	Day              string // of the counts that follow, in UTC
	Today, Most, Age int    // new stories that day; the most of any day; days counted
}

// Trait is what is remembered of one story to tell whether its source is still
// itself.
type Trait struct {
	Host     string `json:",omitempty"` // "" where unknown
	Language string `json:",omitempty"` // as detected; "" where unknown
	Promotes bool   `json:",omitempty"`
}

// SourceChange says that a source goes on under another name (SignOwner) or at
// another host (SignHost), which was plain enough to be let through.
type SourceChange struct {
	Kind SignKind
	At   time.Time
	Text Bilingual
}

// Guard is what is known of a source besides its stories.
type Guard struct {
	Source     string
	Profile    *Profile    // nil: nothing yet
	Quarantine *Quarantine // nil: none

	// Read is the quarantine as the store had it when the guard was read.
	// Where it has another one by then, it refuses to save the guard.
	Read string
	// Changed are the changes that this visit let through.
	Changed []SourceChange
	// Retracted are the entries of stories that wait and were taken back by
	// their source.
	Retracted []string
}

// Reasons are the signs in words.
func (q *Quarantine) Reasons(language string) []string {
	list := make([]string, len(q.Signs))
	for i, s := range q.Signs {
		list[i] = s.Text.In(language)
	}
	return list
}
