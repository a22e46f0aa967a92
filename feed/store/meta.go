package store

import (
	"bytes"
	"encoding/json"
	"fmt"
	"sync"
	"time"

	"warta/feed"
	"warta/sources"
)

// meta is the JSON of everything about an entry that has no column of its
// own. Stored entries outlive programs: a name here never changes its
// meaning, and the nouns inside keep the names of their fields.
type meta struct {
	Summary      text                 `json:"summary,omitzero"`
	Content      text                 `json:"content,omitzero"`
	Excerpt      string               `json:"excerpt,omitempty"`
	Language     string               `json:"language,omitempty"`
	Published    time.Time            `json:"published,omitzero"`
	Updated      time.Time            `json:"updated,omitzero"`
	Edited       time.Time            `json:"edited,omitzero"`
	Authors      []person             `json:"authors,omitempty"`
	Contributors []person             `json:"contributors,omitempty"`
	Credit       string               `json:"credit,omitempty"`
	Agency       string               `json:"agency,omitempty"`
	Dateline     string               `json:"dateline,omitempty"`
	URL          string               `json:"url,omitempty"`
	GUID         string               `json:"guid,omitempty"`
	IsPermaLink  bool                 `json:"permalink,omitempty"`
	IDFrom       sources.IDFrom       `json:"id_from,omitempty"`
	Outlet       *outlet              `json:"outlet,omitempty"`
	Origin       *origin              `json:"origin,omitempty"`
	Provenance   []sources.Provenance `json:"provenance,omitempty"`
	Via          []string             `json:"via,omitempty"`
	Statements   []sources.Statement  `json:"statements,omitempty"`
	Licenses     []string             `json:"licenses,omitempty"`
	Holder       string               `json:"holder,omitempty"`
	Categories   []sources.Category   `json:"categories,omitempty"`
	Image        *sources.Image       `json:"image,omitempty"`
	Media        []sources.Image      `json:"media,omitempty"`
	Enclosures   []sources.Enclosure  `json:"enclosures,omitempty"`
	Points       []sources.Point      `json:"points,omitempty"`
	InReplyTo    []sources.Reply      `json:"in_reply_to,omitempty"`
	Regions      []string             `json:"regions,omitempty"`
	Advertorial  bool                 `json:"advertorial,omitempty"`
	Evidence     []sources.Evidence   `json:"evidence,omitempty"`
	Removed      []sources.Removal    `json:"removed,omitempty"`
	Notice       *feed.Notice         `json:"notice,omitempty"`
}

// text is a text construct without its value, which has a column.
type text struct {
	Type     string `json:"type,omitempty"`
	Language string `json:"language,omitempty"`
	Base     string `json:"base,omitempty"`
	Src      string `json:"src,omitempty"`
}

// person has all of a sources.Person, whose own JSON is for readers.
type person struct {
	Name         string `json:"name"`
	Role         string `json:"role,omitempty"`
	Email        string `json:"email,omitempty"`
	URL          string `json:"url,omitempty"`
	Raw          string `json:"raw,omitempty"`
	Organization bool   `json:"organization,omitempty"`
}

type outlet struct {
	ID       string    `json:"id,omitempty"`
	Title    string    `json:"title,omitempty"`
	URL      string    `json:"url,omitempty"`
	FeedURL  string    `json:"feed_url,omitempty"`
	Rights   string    `json:"rights,omitempty"`
	Licenses []string  `json:"licenses,omitempty"`
	Language string    `json:"language,omitempty"`
	Updated  time.Time `json:"updated,omitzero"`
	Authors  []person  `json:"authors,omitempty"`
}

type origin struct {
	ID       string       `json:"id,omitempty"`
	Title    string       `json:"title,omitempty"`
	URL      string       `json:"url,omitempty"`
	FeedURL  string       `json:"feed_url,omitempty"`
	Rights   string       `json:"rights,omitempty"`
	Licenses []string     `json:"licenses,omitempty"`
	Language string       `json:"language,omitempty"`
	Updated  sources.Date `json:"updated,omitzero"`
	Authors  []person     `json:"authors,omitempty"`
}

// encoder is reused: most of what encoding costs is growing its buffer.
type encoder struct {
	buf  bytes.Buffer
	json *json.Encoder
	meta meta
}

var encoders = sync.Pool{New: func() any {
	e := new(encoder)
	e.json = json.NewEncoder(&e.buf)
	e.json.SetEscapeHTML(false) // it is never put into a page as it is
	return e
}}

func encodeMeta(e *feed.Entry) (string, error) {
	enc := encoders.Get().(*encoder)
	defer encoders.Put(enc)
	enc.buf.Reset()
	enc.meta = toMeta(e)
	err := enc.json.Encode(&enc.meta)
	enc.meta = meta{}
	if err != nil {
		return "", fmt.Errorf("encoding it: %w", err)
	}
	b := enc.buf.Bytes()
	return string(b[:len(b)-1]), nil
}

func toMeta(e *feed.Entry) meta {
	a := &e.Attribution
	m := meta{
		Summary: toText(e.Summary), Content: toText(e.Content), Excerpt: e.Excerpt, Language: e.Language,
		Published: e.Published, Updated: e.Updated, Edited: e.Edited,
		Authors: toPersons(a.Authors), Contributors: toPersons(a.Contributors), Credit: a.Credit, Agency: a.Agency, Dateline: a.Dateline,
		URL: a.URL, GUID: a.GUID, IsPermaLink: a.IsPermaLink, IDFrom: a.IDFrom,
		Outlet:     &outlet{a.Source.ID, a.Source.Title, a.Source.URL, a.Source.FeedURL, a.Source.Rights, a.Source.Licenses, a.Source.Language, a.Source.Updated, toPersons(a.Source.Authors)},
		Provenance: a.Provenance, Via: a.Via, Statements: a.Statements, Licenses: a.Licenses, Holder: a.Holder,
		Categories: e.Categories, Image: e.Image, Media: e.Media, Enclosures: e.Enclosures, Points: e.Points, InReplyTo: e.InReplyTo,
		Regions: e.Regions, Advertorial: e.Advertorial, Evidence: e.Evidence, Removed: e.Removed, Notice: e.Notice,
	}
	if o := a.Origin; o != nil {
		m.Origin = &origin{o.ID, o.Title, o.URL, o.FeedURL, o.Rights, o.Licenses, o.Language, o.Updated, toPersons(o.Authors)}
	}
	return m
}

// decodeMeta fills in what encodeMeta wrote. The texts' values are there
// already.
func decodeMeta(b []byte, e *feed.Entry) error {
	var m meta
	if err := json.Unmarshal(b, &m); err != nil {
		return err
	}
	m.Summary.into(&e.Summary)
	m.Content.into(&e.Content)
	e.Excerpt, e.Language = m.Excerpt, m.Language
	e.Published, e.Updated, e.Edited = m.Published, m.Updated, m.Edited
	e.Attribution = feed.Attribution{
		Authors: fromPersons(m.Authors), Contributors: fromPersons(m.Contributors), Credit: m.Credit, Agency: m.Agency, Dateline: m.Dateline,
		URL: m.URL, GUID: m.GUID, IsPermaLink: m.IsPermaLink, IDFrom: m.IDFrom,
		Provenance: m.Provenance, Via: m.Via, Statements: m.Statements, Licenses: m.Licenses, Holder: m.Holder,
	}
	if o := m.Outlet; o != nil {
		e.Attribution.Source = feed.Outlet{ID: o.ID, Title: o.Title, URL: o.URL, FeedURL: o.FeedURL, Rights: o.Rights,
			Licenses: o.Licenses, Language: o.Language, Updated: o.Updated, Authors: fromPersons(o.Authors)}
	}
	if o := m.Origin; o != nil {
		e.Attribution.Origin = &sources.Origin{ID: o.ID, Title: o.Title, URL: o.URL, FeedURL: o.FeedURL, Rights: o.Rights,
			Licenses: o.Licenses, Language: o.Language, Updated: o.Updated, Authors: fromPersons(o.Authors)}
	}
	e.Categories, e.Image, e.Media, e.Enclosures, e.Points, e.InReplyTo = m.Categories, m.Image, m.Media, m.Enclosures, m.Points, m.InReplyTo
	e.Regions, e.Advertorial, e.Evidence, e.Removed, e.Notice = m.Regions, m.Advertorial, m.Evidence, m.Removed, m.Notice
	return nil
}

func toText(t sources.Text) text { return text{t.Type, t.Language, t.Base, t.Src} }

func (t text) into(to *sources.Text) {
	to.Type, to.Language, to.Base, to.Src = t.Type, t.Language, t.Base, t.Src
}

func toPersons(list []sources.Person) []person {
	if len(list) == 0 {
		return nil
	}
	out := make([]person, len(list))
	for i, p := range list {
		out[i] = person{p.Name, p.Role, p.Email, p.URL, p.Raw, p.Organization}
	}
	return out
}

func fromPersons(list []person) []sources.Person {
	if len(list) == 0 {
		return nil
	}
	out := make([]sources.Person, len(list))
	for i, p := range list {
		out[i] = sources.Person{Name: p.Name, Role: p.Role, Email: p.Email, URL: p.URL, Raw: p.Raw, Organization: p.Organization}
	}
	return out
}
