package feed

import "time"

// Serving is one answer to a partner: which version of which document it was
// given, or was told that it has.
type Serving struct {
	Partner string
	Token   string // id of the credential it asked with
	Channel string
	Path    string // below the site's address, without the token
	Format  string
	Version string // names the document's bytes: equal versions hold equal entries
	Status  int    // 200, 226 or 304
	At      time.Time
	Entries func() []Served // what stands in that version
}

// Served is an entry as it stood in a document, and why.
type Served struct {
	Entry      string
	Revision   int
	Use        Use
	Permission string // id of the one behind the use; empty: none was needed
}
