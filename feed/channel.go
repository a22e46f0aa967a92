package feed

import "time"

// Channel is a curated selection, published in every format.
type Channel struct {
	ID          string
	Title       string
	Description string
	Language    string
	Select      string        // an expression over the entry; see package curate
	Limit       int           // entries in the subscription document
	Private     bool          // only partners whose channel it is know of it
	Embargo     time.Duration // how long after its publication an entry comes into the channel
	Hub         string        // an outside WebSub hub that is told of changes; empty: the site's
}

// Site is what the operator says of the whole: who publishes, where.
type Site struct {
	Title      string
	URL        string // public address, ends in a slash
	Contact    string
	Language   string // "id" or "en": the language of our own words
	Commercial bool
	Hub        string         // an outside WebSub hub that is told of changes; empty: our own
	Takedowns  bool           // owners can ask for a takedown at /takedown/
	Zone       *time.Location // of times on pages; nil: WIB in Indonesian, UTC in English
}
