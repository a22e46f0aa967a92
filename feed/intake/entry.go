package intake

import (
	"slices"
	"strings"
	"time"

	"warta/feed"
	"warta/sources"
	"warta/sources/normalize"
)

// Entry maps an Item to the Entry it becomes on its first day: what the
// document says for all its items is settled here, so that the entry can
// travel without it.
func Entry(src sources.Source, doc *sources.Document, it *sources.Item, at time.Time) feed.Entry {
	at = at.UTC().Truncate(time.Millisecond)
	e := feed.Entry{
		ID: feed.EntryID(src.ID, it.ID), Source: src.ID, OriginalID: it.ID,
		Title: it.Title.Value, Summary: it.Summary, Content: it.Content, Excerpt: it.Excerpt,
		Language:  first(it.Language, doc.Language, src.Language),
		Published: it.Published.Time, Updated: it.Updated.Time, Edited: it.Edited.Time,
		FirstSeen: at, Changed: at, Revision: 1,
		Attribution: attribution(src, doc, it),
		Categories:  it.Categories, Image: it.Image, Media: it.Media, Enclosures: it.Enclosures, Points: it.Points, Shapes: it.Shapes,
		InReplyTo: it.InReplyTo, Regions: src.Regions, Advertorial: it.Advertorial,
		Evidence: evidence(it.Evidence, doc.Evidence), Removed: it.Removed,
	}
	for i := range e.Evidence {
		e.Evidence[i].At = at
	}
	for i := range e.Evidence {
		if ev := &e.Evidence[i]; ev.Kind == sources.Withdrawn {
			reason := ev.Text
			if ev.Where == "title" {
				reason = removals[sources.PageMarked].reason.In(e.Language)
			}
			e.Notice = &feed.Notice{Kind: feed.Withdrawal, When: firstTime(e.Updated, at), Reason: reason, By: byOrigin, URL: e.Attribution.URL}
			break
		}
	}
	if t := it.Gone; t != nil {
		gone(&e, t, at)
	}
	if a := it.Amendment; a != nil && a.Own && e.Notice == nil {
		e.Notice = &feed.Notice{Kind: feed.NoticeKind(a.Kind), When: firstTime(e.Updated, at), Reason: ownNotes[a.Kind].In(e.Language), By: byOrigin, URL: e.Attribution.URL,
			Note: feed.NoteKey(a.Text), Quote: a.Text}
	}
	return e
}

// gone takes over what another warta says of a withdrawal: its reason and time,
// which are the first outlet's.
func gone(e *feed.Entry, t *sources.Tombstone, at time.Time) {
	if e.Notice == nil {
		e.Notice = &feed.Notice{Kind: feed.Withdrawal, When: at, By: byOrigin, URL: e.Attribution.URL}
		e.Evidence = append(e.Evidence, sources.Evidence{Kind: sources.Withdrawn, Text: first(t.Comment, t.When.Raw), Where: "entry", At: at})
	}
	e.Notice.Reason = first(t.Comment, e.Notice.Reason)
	if t.When.Known() && !t.When.Time.After(at) {
		e.Notice.When = t.When.Time.UTC()
	}
}

// ownNotes are said of a story that carries a note about itself. The note is
// the owner's text, and is quoted as far as its terms allow.
var ownNotes = map[sources.AmendmentKind]feed.Bilingual{
	sources.Corrects: {ID: "Media asal mencantumkan ralat atau koreksi dalam berita ini.", EN: "The outlet added a correction to this story."},
	sources.Replies:  {ID: "Media asal memuat hak jawab dalam berita ini.", EN: "The outlet added a reply to this story."},
}

func attribution(src sources.Source, doc *sources.Document, it *sources.Item) feed.Attribution {
	a := feed.Attribution{
		Authors: it.Authors, Contributors: it.Contributors, Credit: it.Credit, Agency: it.Agency, Dateline: it.Dateline,
		URL: first(it.URL, it.Link), GUID: first(it.FirstID, it.GUID), IsPermaLink: it.IsPermaLink, IDFrom: it.IDFrom,
		Source: outlet(src, doc), Origin: it.Origin, Provenance: it.Provenance,
		Licenses: it.Licenses, Holder: it.Holder,
	}
	// Authors: the entry's, else those of the feed it was taken from, else
	// the feed's (RFC 4287 section 4.2.1).
	if len(a.Authors) == 0 && it.Origin != nil {
		a.Authors = it.Origin.Authors
	}
	if len(a.Authors) == 0 {
		// Who answers for an RSS feed as a whole (managingEditor) wrote none of it.
		for _, p := range doc.Authors {
			if p.Role == "" || p.Role == "author" {
				a.Authors = append(a.Authors, p)
			} else if !slices.ContainsFunc(a.Contributors, func(c sources.Person) bool { return c.Name == p.Name }) {
				a.Contributors = append(slices.Clip(a.Contributors), p)
			}
		}
	}
	// Licences: in the same order (RFC 4946 section 2.4).
	if len(a.Licenses) == 0 && it.Origin != nil {
		a.Licenses = it.Origin.Licenses
	}
	if len(a.Licenses) == 0 {
		a.Licenses = doc.Licenses
	}
	a.Statements = statements(doc, it)
	for i := range it.Links {
		if l := &it.Links[i]; l.Rel == "via" && l.Href != "" {
			a.Via = append(a.Via, feed.Hop{URL: l.Href, Title: l.Title})
		}
	}
	return a
}

// statements are the nearest that were made: the entry's own, else those of the
// feed it was taken from, else those of the feed it stood in (RFC 4287 section
// 4.2.10). What a farther one says is still kept as evidence.
func statements(doc *sources.Document, it *sources.Item) []sources.Statement {
	switch {
	case len(it.Rights) > 0:
		return slices.Clip(it.Rights)
	case it.Origin != nil && it.Origin.Rights != "":
		return []sources.Statement{{Text: it.Origin.Rights, Where: "entry source rights"}}
	}
	return slices.Clip(doc.Rights)
}

// outlet is the source as atom:source and RSS source will credit it.
func outlet(src sources.Source, doc *sources.Document) feed.Outlet {
	address := first(src.Feed, doc.FeedURL, doc.URL)
	o := feed.Outlet{
		ID: first(doc.ID, address), Title: src.Name(doc.Title.Value), URL: first(src.URL, doc.Link), FeedURL: first(doc.FeedURL, address),
		Licenses: doc.Licenses, Language: first(doc.Language, src.Language), Updated: doc.Updated.Time, Authors: doc.Authors,
	}
	switch len(doc.Rights) {
	case 0:
	case 1:
		o.Rights = unmarked(&doc.Rights[0])
	default:
		texts := make([]string, 0, len(doc.Rights))
		for _, s := range doc.Rights {
			if text := unmarked(&s); !slices.Contains(texts, text) {
				texts = append(texts, text)
			}
		}
		o.Rights = strings.Join(texts, "\n")
	}
	return o
}

// unmarked is what a statement says, without the markup it may have.
func unmarked(s *sources.Statement) string {
	if s.Type == "html" || s.Type == "xhtml" {
		return normalize.PlainText(s.Text)
	}
	return s.Text
}

// evidence is the entry's own, then its document's, each piece once.
func evidence(own, shared []sources.Evidence) []sources.Evidence {
	list := slices.Clone(own)
	for _, ev := range shared {
		if !slices.ContainsFunc(list, ev.Same) {
			list = append(list, ev)
		}
	}
	return list
}

func first(list ...string) string {
	for _, s := range list {
		if s != "" {
			return s
		}
	}
	return ""
}

func firstTime(list ...time.Time) time.Time {
	for _, t := range list {
		if !t.IsZero() {
			return t
		}
	}
	return time.Time{}
}
