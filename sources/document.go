package sources

import "fmt"

// Format names a dialect, as inspect prints it: "rss2.0", "rss0.91", "rss1.0",
// "atom1.0", "atom0.3", "json1.1", "cdf", "page".
type Format string

// Document is one fetched feed or page, read: its head and its items.
type Document struct {
	Format   Format
	URL      string // where the bytes came from, after redirects
	Base     string // outer base for relative links (RFC 3986 section 5.1)
	Encoding string // what the bytes were in before they became UTF-8

	ID       string // atom:id of the feed, exact
	Title    Text
	Subtitle Text
	Link     string // the site's page, as stated; absolute after normalizing
	FeedURL  string // rel=self, as stated; absolute after normalizing
	Links    []Link
	Language string // as stated
	Authors  []Person
	// Contributors are the feed's own; its entries don't inherit them.
	Contributors []Person
	Rights       []Statement // the feed's own statements, verbatim
	Licenses     []string    // licence links of the feed
	Updated      Date
	Hubs         []string
	Icon         string
	Image        *Image

	Generator string
	Schedule  Schedule
	Complete  bool   // fh:complete (RFC 5005 section 2)
	Archive   string // rel=prev-archive (RFC 5005 section 4)
	Next      string // rel=next or JSON Feed next_url

	Items      []Item
	Partial    *Item       // the entry that the document ends within, as far as it was read; never one of Items
	Tombstones []Tombstone // RFC 6721
	Signals    []Signal
	Evidence   []Evidence // what concerns every item of the document
	Warnings   []Warning

	// Entries is how many entries the document held, the unchanged ones, which
	// are not in Items, included; Fingerprints has one for each, in order.
	Entries      int
	Fingerprints []Fingerprint
}

// Fingerprint tells one entry's bytes, together with the parts of the head it
// inherits, from another's.
type Fingerprint uint64

// Schedule is what a feed says about how often to ask for it.
type Schedule struct {
	TTL       int    // minutes (RSS ttl); 0: not stated
	Period    string // sy:updatePeriod: hourly, daily, weekly, monthly, yearly
	Frequency int    // sy:updateFrequency
	SkipHours []int  // 0–23, GMT
	SkipDays  []string
}

// Tombstone says that an entry was deleted (RFC 6721 section 3).
type Tombstone struct {
	Ref     string
	When    Date
	By      Person
	Comment string
}

// Warning is something a reader had to forgive. Code is stable and in
// kebab-case; Offset counts bytes of the document as received, -1 if unknown.
type Warning struct {
	Code    string `json:"code"`
	Message string `json:"message"`
	Offset  int64  `json:"offset"`
}

func (w Warning) String() string { return fmt.Sprintf("%s: %s", w.Code, w.Message) }
