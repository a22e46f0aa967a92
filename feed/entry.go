package feed

import (
	"crypto/sha256"
	"encoding/base32"
	"encoding/json"
	"strings"
	"time"

	"warta/sources"
)

// Entry is one story of one source as we keep and publish it. Its identity is
// (Source, OriginalID), for ever.
type Entry struct {
	ID         string // our address for it: EntryID(Source, OriginalID)
	Source     string // the source's id in the configuration
	OriginalID string // exact, as its source said it
	KnownAs    string // the id by which readers know it, where OriginalID is another story's too; the store settles it

	Title     string       // plain text
	Summary   sources.Text // the publisher's own, sanitized HTML
	Content   sources.Text // sanitized HTML with absolute links
	Excerpt   string       // plain text, cut at a sentence
	Language  string
	Published time.Time // zero: unknown
	Updated   time.Time // zero: unknown
	Edited    time.Time // app:edited
	FirstSeen time.Time // when we first read it; orders what has no date
	Changed   time.Time // when we last stored a revision
	Revision  int       // 1 is the first
	DayPlace  int       // its place among its source's entries of the day it was first seen, from 1; 0: not known
	Seq       int64     // grows with every change in the store

	Attribution Attribution

	Categories  []sources.Category
	Image       *sources.Image
	Media       []sources.Image
	Enclosures  []sources.Enclosure
	Points      []sources.Point
	Shapes      []sources.Shape
	InReplyTo   []sources.Reply
	Regions     []string
	Advertorial bool

	Evidence []sources.Evidence // the entry's own and what its document and source said
	Removed  []sources.Removal

	Later  []Notice // what happened later; the store keeps it beside the entry, where no fetch changes it
	Notice *Notice  // a correction or withdrawal that readers must see
	Desk   *Desk    // what editors here said of it; the store keeps it beside the entry
}

// Attribution is whose a story is and where it is at home. None of it may be
// lost on the way to a reader.
type Attribution struct {
	Authors      []sources.Person
	Contributors []sources.Person // editors, photographers and others, with their roles
	Credit       string           // a byline line kept verbatim
	Agency       string
	Dateline     string
	URL          string // the story's home
	GUID         string // as stated
	IsPermaLink  bool   // the RSS guid is the story's address
	IDFrom       sources.IDFrom

	Source     Outlet               // the source we read it from
	Origin     *sources.Origin      // the source it came from before that, as stated, unchanged
	Provenance []sources.Provenance // where the text says it was first published
	Via        []Hop                // rel=via links, as stated

	Statements []sources.Statement // rights in words, the entry's own before the feed's
	Licenses   []string            // licence addresses in force for the entry
	Holder     string
}

// Hop is a station on a story's way: rel=via (RFC 4287 section 4.2.7.2).
type Hop struct {
	URL   string `json:"url"`
	Title string `json:"title,omitempty"`
}

// UnmarshalJSON also reads a bare address, as hops were kept once.
func (h *Hop) UnmarshalJSON(b []byte) error {
	if len(b) > 0 && b[0] == '"' {
		h.Title = ""
		return json.Unmarshal(b, &h.URL)
	}
	type plain Hop
	return json.Unmarshal(b, (*plain)(h))
}

// Outlet is a source as we credit it: the content of atom:source and of RSS
// source.
type Outlet struct {
	ID       string // the source feed's own id; its address if it states none
	Title    string
	URL      string // home page
	FeedURL  string
	Rights   string
	Licenses []string
	Language string
	Updated  time.Time
	Authors  []sources.Person
}

// Time is the entry's place in order: when it was published, else updated,
// else first seen; never later than it was first seen, so that a wrong date
// in the future can't hold the top.
func (e *Entry) Time() time.Time {
	t := e.Published
	if t.IsZero() {
		t = e.Updated
	}
	if t.IsZero() || t.After(e.FirstSeen) {
		t = e.FirstSeen
	}
	return t
}

// Later is the later of two times.
func Later(a, b time.Time) time.Time {
	if b.After(a) {
		return b
	}
	return a
}

// LastChange is the date a feed states as updated: the publisher's own, else
// when we first saw the revision. A change that the publisher left undated
// moves it to when we saw it.
func (e *Entry) LastChange() time.Time {
	t := e.Updated
	if t.IsZero() || (e.Revision > 1 && e.Changed.After(t)) {
		t = e.Changed
	}
	if e.Revision == 1 && e.Updated.IsZero() && !e.Published.IsZero() && e.Published.Before(t) {
		t = e.Published
	}
	return t
}

// Told is when readers were last to be told something new of the entry: a
// revision, or a correction or withdrawal.
func (e *Entry) Told() time.Time {
	if e.Notice != nil && e.Notice.When.After(e.Changed) {
		return e.Notice.When
	}
	return e.Changed
}

// BeginsID reports whether a text may be how an EntryID begins, as people shorten
// it: long enough to mean one, and of its letters.
func BeginsID(s string) bool {
	return len(s) >= 5 && len(s) < 16 && strings.Trim(s, "abcdefghijklmnopqrstuvwxyz234567") == ""
}

// EntryID is the entry's public id: 80 bits of a digest of its identity, in
// lower-case base 32, so that it is the same on every machine.
func EntryID(source, originalID string) string {
	h := sha256.New()
	h.Write([]byte(source))
	h.Write([]byte{0})
	h.Write([]byte(originalID))
	return strings.ToLower(base32.StdEncoding.EncodeToString(h.Sum(nil)[:10]))
}
