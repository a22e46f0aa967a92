package parse

import (
	"context"
	"encoding/json"
	"strings"

	"github.com/cespare/xxhash/v2"
	gofeed "github.com/mmcdole/gofeed/json"

	"warta/sources"
)

// jsonExtra is what gofeed's JSON Feed reader leaves out.
type jsonExtra struct {
	Hubs []struct {
		Type string `json:"type"`
		URL  string `json:"url"`
	} `json:"hubs"`
}

// readJSON reads JSON Feed 1.0 and 1.1. The document is cut like any other;
// gofeed gets the head and the new items.
func readJSON(ctx context.Context, d *decoder, start int, known func(sources.Fingerprint) bool, doc *sources.Document) error {
	c, err := cutJSON(d, start)
	if err != nil {
		return err
	}
	doc.Entries = len(c.items)
	w := &jsonWriter{s: jsonScanner{d.doc, d.limits}, warn: d.warn}
	fresh := w.document(d, c, known, doc)
	var feed *gofeed.Feed
	err = guarded(func() (err error) {
		feed, err = (&gofeed.Parser{}).Parse(newReader(ctx, w.out.Bytes()))
		return err
	})
	if err != nil {
		return unreadable(ctx, err)
	}
	list := make([]jsonValue, len(fresh), len(fresh)+1)
	for k, i := range fresh {
		list[k] = c.items[i]
	}
	if c.partial != nil {
		list = append(list, *c.partial)
	}
	if len(feed.Items) != len(list) {
		return &Error{Code: CodeUnreadable, Offset: -1, Message: "the parser returned another number of items than it was given"}
	}
	j := &jsonReading{decoder: d, notes: &w.notes, doc: doc, cut: c}
	if err := j.head(feed); err != nil {
		return err
	}
	doc.Items = make([]sources.Item, len(list))
	for k, v := range list {
		it := &doc.Items[k]
		if k < len(fresh) {
			it.Fingerprint = doc.Fingerprints[fresh[k]]
		}
		if it.Offset = int64(v.start) + d.warn.shift; d.warn.blind {
			it.Offset = -1
		}
		j.item(it, feed.Items[k], v)
	}
	if c.partial != nil {
		setApart(doc)
	}
	return nil
}

// document writes what gofeed reads: the head and the items that are new, whose
// places among all items it returns.
func (w *jsonWriter) document(d *decoder, c *jsonCut, known func(sources.Fingerprint) bool, doc *sources.Document) (fresh []int) {
	inherited := uint64(0)
	for _, m := range c.members {
		b := d.doc[m.value.start:m.value.end]
		switch m.name {
		case "author", "authors", "language", "rights", "license", "copyright":
		default:
			if m.name == "" || m.name[0] != '_' || !containsFold(b, "right") && !containsFold(b, "licen") && !containsFold(b, "usage") {
				continue
			}
		}
		inherited = inherited*31 ^ xxhash.Sum64(b)
	}
	w.out.WriteByte('{')
	first := true
	for _, m := range c.members {
		w.member(m, jsonFeedMembers[m.name], &first)
	}
	if !first {
		w.out.WriteByte(',')
	}
	w.out.WriteString(`"items":[`)
	var passed [][]byte
	for i, v := range c.items {
		fp := fingerprint(d.doc[v.start:v.end], inherited)
		doc.Fingerprints = append(doc.Fingerprints, fp)
		if known != nil && known(fp) {
			passed = append(passed, d.doc[v.start:v.end])
			continue
		}
		if len(fresh) > 0 {
			w.out.WriteByte(',')
		}
		w.object(v, jsonItemMembers)
		fresh = append(fresh, i)
	}
	if c.partial != nil {
		if len(fresh) > 0 {
			w.out.WriteByte(',')
		}
		w.object(*c.partial, jsonItemMembers)
	}
	w.out.WriteString("]}")
	if len(passed) > 0 && len(fresh) > 0 {
		d.pass(passed, `"id"`)
	}
	return fresh
}

type jsonReading struct {
	*decoder
	notes *notes
	doc   *sources.Document
	cut   *jsonCut
}

// str returns a value that came back from gofeed.
func (j *jsonReading) str(s string) string { return trimmed(j.notes.str(s)) }

func (j *jsonReading) head(f *gofeed.Feed) error {
	d := j.doc
	d.Format = jsonFormat(j.notes.str(f.Version))
	if d.Format == "" {
		if len(j.cut.items) == 0 && !j.cut.hasItems {
			return &Error{Code: CodeNotAFeed, Message: "the document is JSON, but no JSON Feed", Hint: "we read RSS, Atom, JSON Feed and CDF"}
		}
		j.warn.add("no-version", -1, "the document doesn't state that it is a JSON Feed")
		d.Format = "json1.1"
	}
	d.Language = j.str(f.Language)
	d.Title, d.Subtitle = jsonText(j.notes.str(f.Title), "text", d.Language, d.Base), jsonText(j.notes.str(f.Description), "text", d.Language, d.Base)
	d.Link, d.FeedURL, d.Next = j.str(f.HomePageURL), j.str(f.FeedURL), j.str(f.NextURL)
	if d.Icon = j.str(f.Favicon); d.Icon == "" {
		d.Icon = j.str(f.Icon)
	}
	if f.Icon != "" {
		d.Image = &sources.Image{URL: j.str(f.Icon)}
	}
	d.Authors = j.authors(f.Authors, f.Author)
	for _, l := range [...]sources.Link{{Rel: "alternate", Href: d.Link}, {Rel: "self", Href: d.FeedURL}, {Rel: "next", Href: d.Next}} {
		if l.Href != "" {
			d.Links = append(d.Links, l)
		}
	}
	for _, m := range j.cut.members {
		raw := j.decoder.doc[m.value.start:m.value.end]
		switch {
		case m.name == "hubs":
			var x jsonExtra
			if json.Unmarshal(raw, &x.Hubs) != nil {
				j.warn.add("wrong-type", m.value.start, "hubs is not a list of hubs")
			}
			for _, h := range x.Hubs {
				if h.URL != "" && (h.Type == "" || strings.EqualFold(h.Type, "WebSub") || strings.EqualFold(h.Type, "PubSubHubbub")) {
					d.Hubs = append(d.Hubs, h.URL)
				}
			}
		default:
			rights, licenses, signals := jsonRights(m.name, raw, "feed")
			d.Rights, d.Licenses, d.Signals = append(d.Rights, rights...), append(d.Licenses, licenses...), append(d.Signals, signals...)
		}
	}
	return nil
}

func jsonText(v, typ, lang, base string) sources.Text {
	if v == "" {
		return sources.Text{}
	}
	return sources.Text{Value: v, Type: typ, Language: lang, Base: base}
}

func jsonFormat(version string) sources.Format {
	_, v, ok := strings.Cut(version, "jsonfeed.org/version/")
	if !ok {
		return ""
	}
	if v == "1" || v == "1.0" {
		return "json1.0"
	}
	return sources.Format("json" + clip([]byte(v)))
}

func (j *jsonReading) authors(list []*gofeed.Author, one *gofeed.Author) (out []sources.Person) {
	for _, a := range append(append([]*gofeed.Author(nil), list...), one) {
		if a != nil {
			p := personFrom(j.str(a.Name), "author")
			p.URL = j.str(a.URL)
			out = addPerson(out, p)
		}
	}
	return out
}

func (j *jsonReading) item(it *sources.Item, f *gofeed.Item, v jsonValue) {
	d := j.doc
	it.Language, it.Base = firstOf(j.str(f.Language), d.Language), d.Base
	it.GUID = j.str(f.ID)
	it.Link = firstOf(j.str(f.URL), j.str(f.ExternalURL))
	for _, l := range [...]sources.Link{{Rel: "alternate", Href: j.str(f.URL)}, {Rel: "related", Href: j.str(f.ExternalURL)}} {
		if l.Href != "" {
			it.Links = append(it.Links, l)
		}
	}
	text := func(v, typ string) sources.Text { return jsonText(j.notes.str(v), typ, it.Language, it.Base) }
	it.Title, it.Summary = text(f.Title, "text"), text(f.Summary, "text")
	switch {
	case f.ContentHTML != "":
		it.Content = text(f.ContentHTML, "html")
	case f.ContentText != "":
		it.Content = text(f.ContentText, "text")
	}
	it.Published.Raw, it.Updated.Raw = j.str(f.DatePublished), j.str(f.DateModified)
	it.Authors = j.authors(f.Authors, f.Author)
	for _, t := range f.Tags {
		if t = j.str(t); t != "" {
			it.Categories = append(it.Categories, sources.Category{Term: t})
		}
	}
	for _, u := range []string{f.Image, f.BannerImage} {
		if u = j.str(u); u != "" {
			it.Media = append(it.Media, sources.Image{URL: u})
		}
	}
	if len(it.Media) > 0 {
		m := it.Media[0]
		it.Image = &m
	}
	if f.Attachments != nil {
		for _, a := range *f.Attachments {
			if a.URL != "" {
				it.Enclosures = append(it.Enclosures, sources.Enclosure{URL: j.str(a.URL), Type: j.str(a.MimeType), Length: max(0, a.SizeInBytes), Title: j.str(a.Title)})
			}
		}
	}
	j.extras(it, v)
}
