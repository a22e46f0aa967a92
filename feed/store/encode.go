package store

import (
	"bytes"
	"encoding/json"
	"fmt"
	"sync"

	"warta/feed"
	"warta/sources"
)

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
		Provenance: a.Provenance, Via: a.Via, Statements: toStatements(a.Statements), Licenses: a.Licenses, Holder: a.Holder,
		Categories: e.Categories, Image: e.Image, Media: e.Media, Enclosures: e.Enclosures, Points: e.Points, Shapes: e.Shapes, InReplyTo: e.InReplyTo,
		Regions: e.Regions, Advertorial: e.Advertorial, Evidence: feed.OfFeed(e.Evidence), Removed: e.Removed, Notice: e.OwnNotice(),
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
		Provenance: m.Provenance, Via: m.Via, Statements: fromStatements(m.Statements), Licenses: m.Licenses, Holder: m.Holder,
	}
	if o := m.Outlet; o != nil {
		e.Attribution.Source = feed.Outlet{ID: o.ID, Title: o.Title, URL: o.URL, FeedURL: o.FeedURL, Rights: o.Rights,
			Licenses: o.Licenses, Language: o.Language, Updated: o.Updated, Authors: fromPersons(o.Authors)}
	}
	if o := m.Origin; o != nil {
		e.Attribution.Origin = &sources.Origin{ID: o.ID, Title: o.Title, URL: o.URL, FeedURL: o.FeedURL, Rights: o.Rights,
			Licenses: o.Licenses, Language: o.Language, Updated: o.Updated, Authors: fromPersons(o.Authors)}
	}
	e.Categories, e.Image, e.Media, e.Enclosures, e.Points, e.Shapes, e.InReplyTo = m.Categories, m.Image, m.Media, m.Enclosures, m.Points, m.Shapes, m.InReplyTo
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

func toStatements(list []sources.Statement) []statement {
	if len(list) == 0 {
		return nil
	}
	out := make([]statement, len(list))
	for i, s := range list {
		out[i] = statement{s.Text, s.Where, s.Type, s.Language, s.Base}
	}
	return out
}

func fromStatements(list []statement) []sources.Statement {
	if len(list) == 0 {
		return nil
	}
	out := make([]sources.Statement, len(list))
	for i, s := range list {
		out[i] = sources.Statement{Text: s.Text, Where: s.Where, Type: s.Type, Language: s.Language, Base: s.Base}
	}
	return out
}
