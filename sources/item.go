package sources

import (
	"strings"
	"time"
)

// Item is one story of a document, as its source said it. Package parse fills
// it with what stood there; package normalize tidies it in place.
type Item struct {
	// ID identifies the story within its source, for ever: the exact atom:id,
	// guid, rdf:about or JSON id; without one its link; without a link a
	// digest of title and date. It is never resolved or rewritten.
	ID          string
	IDFrom      IDFrom
	GUID        string // the exact id as stated, even where ID had to differ
	IsPermaLink bool   // RSS: the guid is stated, or by default taken, to be a link
	FirstID     string // the id that the story's first outlet gave it, where another warta had to give it another

	Link     string // the stated link to the story
	URL      string // the story's home: absolute, tracking parameters off; set by normalize
	Links    []Link // every link with its relation, the alternate included
	Comments string

	Title    Text
	Summary  Text
	Content  Text
	Excerpt  string // plain text, cut at a sentence; set by normalize
	Language string // BCP 47, effective: stated, inherited or detected
	Base     string // effective xml:base

	Published Date
	Updated   Date
	Edited    Date // app:edited (RFC 5023 section 10.2)

	Authors      []Person
	Contributors []Person
	Credit       string // a byline line kept verbatim, such as "(hnh/kri)"
	Agency       string // the wire agency the story came from, such as "ANTARA"
	Dateline     string // place and outlet as printed, such as "PASER"
	Provenance   []Provenance

	Categories []Category
	Image      *Image
	Media      []Image
	Enclosures []Enclosure
	Points     []Point
	Shapes     []Shape
	InReplyTo  []Reply

	Amendment *Amendment // what it does to another story, if it says so
	Gone      *Tombstone // that it was withdrawn, where its feed says so within it
	Told      []Told     // what else its feed tells of its later life, where that is another warta's

	Origin      *Origin     // atom:source or RSS source, which the source itself stated
	Rights      []Statement // statements about this item, verbatim
	Licenses    []string    // licence links of this item
	Holder      string      // copyright holder, where stated
	Signals     []Signal
	Evidence    []Evidence
	Advertorial bool // marked as paid content

	Removed     []Removal // what normalizing took away, and by which rule
	Fingerprint Fingerprint
	Offset      int64 // where the entry begins in the document, in bytes
}

// IDFrom says where an Item's ID came from.
type IDFrom string

const (
	IDFromFeed    IDFrom = "feed"
	IDFromLink    IDFrom = "link"
	IDFromDerived IDFrom = "derived"
)

// Text is a text construct (RFC 4287 section 3.1). Type is "text", "html" or
// "xhtml"; after normalizing Title is "text" and Summary and Content are
// "html", sanitized, with absolute links.
type Text struct {
	Value    string
	Type     string
	Language string
	Base     string
	Src      string // content kept elsewhere (RFC 4287 section 4.1.3.2)
}

// Date is a date as stated and as understood. A zero Time means unknown:
// dates are never invented.
type Date struct {
	Raw  string
	Time time.Time
}

// Known reports whether the date was understood.
func (d Date) Known() bool { return !d.Time.IsZero() }

// Person is somebody, or a desk, named with a story. Role is "author",
// "editor", "photographer", "contributor" or "translator".
type Person struct {
	Name         string `json:"name"`
	Role         string `json:"role,omitempty"`
	Email        string `json:"email,omitempty"`
	URL          string `json:"url,omitempty"`
	Raw          string `json:"-"` // the string it was read from
	Organization bool   `json:"-"` // a desk or an outlet, not a person
}

// Login reports whether somebody goes by the name of a login only, which systems
// write where nobody chose one.
func (p Person) Login() bool {
	switch strings.ToLower(p.Name) {
	case "admin", "administrator", "superadmin", "root", "user", "webmaster", "operator", "guest", "publisher", "editor", "author", "penulis":
		return true
	}
	return false
}

// Link is a link with its relation (RFC 4287 section 4.2.7).
type Link struct {
	Rel, Href, Type, Language, Title string
	Length                           int64
}

// Category is a tag with its scheme and label (RFC 4287 section 4.2.2).
type Category struct {
	Term   string
	Scheme string `json:",omitempty"`
	Label  string `json:",omitempty"`
}

// Image is a picture with whose it is. An image without credit or licence is
// read, but not published.
type Image struct {
	URL       string
	Type      string `json:",omitempty"`
	Title     string `json:",omitempty"`
	Caption   string `json:",omitempty"`
	Credit    string `json:",omitempty"`
	Copyright string `json:",omitempty"`
	License   string `json:",omitempty"`
	Deny      string `json:",omitempty"` // media:restriction that binds, as "type: value" or "allow type: value"
	Width     int    `json:",omitempty"`
	Height    int    `json:",omitempty"`
}

// Enclosure is a file that belongs to the story.
type Enclosure struct {
	URL    string `json:"url"`
	Type   string `json:"type"`
	Length int64  `json:"length"`
	Title  string `json:"title,omitempty"`
	Deny   string `json:"deny,omitempty"` // as of an Image
}

// Point is a place: WGS 84, latitude first (GeoRSS simple).
type Point struct{ Latitude, Longitude float64 }

// Shape is a line, a box or an area on the map (GeoRSS simple). Kind is "line",
// "box" or "polygon"; a box has its lower and its upper corner.
type Shape struct {
	Kind   string  `json:"kind"`
	Points []Point `json:"points"`
}

// Reply names the entry this one answers (RFC 4685 section 3).
type Reply struct{ Ref, Href, Source string }

// Origin is the feed a story was taken from, where the source itself says
// that it republishes (RFC 4287 section 4.2.11, RSS 2.0 source).
type Origin struct {
	ID       string
	Title    string
	URL      string
	FeedURL  string
	Rights   string
	Licenses []string
	Language string
	Updated  Date
	Authors  []Person
}

// Provenance is where the text itself says it was first published.
type Provenance struct{ Text, Outlet, Title, URL string }

// Statement is a sentence about rights, verbatim, and where it stood, such as
// "entry dc:rights" or "feed copyright".
type Statement struct {
	Text  string `json:"text"`
	Where string `json:"where"`

	// What held for the words where they stood: type as in Text, language and
	// base; empty where that is unknown.
	Type     string `json:"-"`
	Language string `json:"-"`
	Base     string `json:"-"`
}

// Removal is something normalizing took away and the rule that said so.
type Removal struct {
	Text string `json:"text"`
	Why  string `json:"why"`
}
