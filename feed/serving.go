package feed

import "time"

// Serving is one answer to a partner: which version of which document it was
// given, or was told that it has.
type Serving struct {
	Partner string
	Token   string // id of the credential it asked with
	Channel string
	Class   string // of what may be seen of the channel: partners with equal grants share one
	Volume  string // name of the archive document; empty: the channel's own
	Single  string // the entry that was answered by itself; empty: a document was
	Path    string // below the site's address, without the token
	Format  string
	Version string // names the document's bytes: equal versions hold equal entries
	Status  int    // 200, 226 or 304
	At      time.Time
	Entries func() []Served // what stands in that version
	// Name is what the partner's own permission is called that stands behind
	// one of an entry's; the same for what is no permission of the partner's.
	Name func(permission string) string
}

// Served is an entry as it stood in a document, and why.
type Served struct {
	Entry      string
	Revision   int
	Use        Use
	Permission string // id of the one behind the use, see Serving.Name; empty: none was needed
	Words      int    // of what was shown of its text
	Images     int    // shown
}

// Shipment is what was recorded of one partner and one version of what it was
// served, within a month.
type Shipment struct {
	Partner string
	Channel string
	Stream  string // of versions: entries come into it and leave it
	Pushed  bool   // sent to it; else it was fetched
	Month   string // 2026-11, by the operator's clock
	First   time.Time
	Last    time.Time
	Count   int

	Digest string            // names the list of entries
	List   []Served          // may be missing where the list was recorded before
	Names  map[string]string // of the partner's own permissions in it
}

// Proof is that a partner was served one state of an entry within a month.
type Proof struct {
	Partner    string
	Channel    string
	Pushed     bool
	Month      string
	Entry      string
	Revision   int
	Use        Use
	Permission string // the partner's own, or one for everybody
	Words      int
	Images     int
	First      time.Time
	Last       time.Time
	Count      int // answers or deliveries that held it
}
