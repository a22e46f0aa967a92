package parse

import (
	"context"
	"fmt"
	"slices"
	"strconv"
	"strings"

	ext "github.com/mmcdole/gofeed/extensions"
	"github.com/mmcdole/gofeed/rss"

	"warta/sources"
)

// readRSS has gofeed sort an RSS skeleton, and reads the result.
func (r *reading) readRSS(ctx context.Context, first bool) error {
	var feed *rss.Feed
	err := guarded(func() (err error) {
		feed, err = (&rss.Parser{}).Parse(newReader(ctx, r.out.Bytes()))
		return err
	})
	if err != nil {
		return unreadable(ctx, err)
	}
	if first {
		r.rssHead(feed)
	}
	items, err := r.items(len(feed.Items))
	if err != nil {
		return err
	}
	for i, it := range feed.Items {
		x := extensions{r, it.Extensions}
		e, err := r.entryOf(x)
		if err != nil {
			return err
		}
		r.rssItem(&items[i], it, e, x)
	}
	return nil
}

func unreadable(ctx context.Context, err error) error {
	if ctx.Err() != nil {
		return ctx.Err()
	}
	if e, ok := err.(*Error); ok {
		return e
	}
	return &Error{Code: CodeUnreadable, Offset: -1, Message: fmt.Sprintf("reading the repaired document: %v", err), Err: err}
}

// entryOf finds what we noted of an entry by the mark it carries.
func (r *reading) entryOf(x extensions) (entry, error) {
	for _, e := range x.all("w", "e") {
		if i, err := strconv.Atoi(e.Value); err == nil && i >= 0 && i < len(r.fresh) {
			return r.fresh[i], nil
		}
	}
	return entry{}, &Error{Code: CodeUnreadable, Offset: -1, Message: "an entry lost its mark on the way through the parser"}
}

// items makes room for the entries of a batch. Every one that was handed over
// must have come back.
func (r *reading) items(n int) ([]sources.Item, error) {
	if n != len(r.fresh) {
		return nil, &Error{Code: CodeUnreadable, Offset: -1, Message: fmt.Sprintf("of %d entries the parser returned %d", len(r.fresh), n)}
	}
	from := len(r.doc.Items)
	r.doc.Items = append(r.doc.Items, make([]sources.Item, n)...)
	return r.doc.Items[from:], nil
}

func (r *reading) rssHead(f *rss.Feed) {
	d, x := r.doc, extensions{r, f.Extensions}
	d.Title = r.headText("title")
	if t, ok := x.construct("atom", "title"); ok && d.Title.Value == "" {
		d.Title = t
	}
	if t, ok := x.construct("dc", "title"); ok && d.Title.Value == "" {
		d.Title = t
	}
	d.Subtitle = r.headText("description")
	for _, n := range [...][2]string{{"atom", "subtitle"}, {"dc", "description"}, {"itunes", "summary"}, {"itunes", "subtitle"}, {"w", "info"},
		{"feedburner", "browserfriendly"}} {
		if t, ok := x.construct(n[0], n[1]); ok && d.Subtitle.Value == "" {
			d.Subtitle = t
		}
	}
	for _, l := range f.Links {
		if v := r.str(l); v != "" && d.Link == "" {
			d.Link = v
			d.Links = append(d.Links, sources.Link{Rel: "alternate", Href: v})
		}
	}
	d.ID = x.first("atom", "id")
	d.Language = firstOf(r.headStr("language"), x.first("dc", "language"), r.lang)
	if s, ok := r.headStatement("copyright", "feed copyright"); ok {
		d.Rights = append(d.Rights, s)
	}
	d.Authors = addPerson(d.Authors, personFrom(r.headStr("managingeditor"), "editor"))
	for _, v := range x.texts("w", "author") {
		d.Authors = addPerson(d.Authors, personFrom(v, "author"))
	}
	d.Updated.Raw = firstOf(x.first("dcterms", "modified"), x.first("dc", "date"), r.headStr("lastbuilddate"), r.headStr("pubdate"),
		x.first("atom", "updated"), x.first("w", "lastmod"), x.first("dcterms", "issued"))
	d.Generator = r.headStr("generator")
	for _, e := range x.all("admin", "generatoragent") {
		d.Generator = firstOf(d.Generator, r.attr(e, "resource"))
	}
	if f.Image != nil {
		d.Image = &sources.Image{URL: r.str(f.Image.URL), Title: r.str(f.Image.Title),
			Width: int(number(r.str(f.Image.Width))), Height: int(number(r.str(f.Image.Height)))}
		if d.Image.URL == "" {
			d.Image = nil
		}
	}
	d.Schedule.TTL = int(min(number(leading(r.headStr("ttl"))), 1<<20))
	for _, h := range f.SkipHours {
		if n, err := strconv.Atoi(r.str(h)); err == nil && n >= 0 && n <= 24 {
			d.Schedule.SkipHours = append(d.Schedule.SkipHours, n%24)
		}
	}
	for _, v := range f.SkipDays {
		d.Schedule.SkipDays = append(d.Schedule.SkipDays, r.str(v))
	}
	r.head(x)
}

// leading is the whole number that a string begins with.
func leading(s string) string {
	i := 0
	for i < len(s) && s[i] >= '0' && s[i] <= '9' {
		i++
	}
	return s[:i]
}

func firstOf(list ...string) string {
	for _, s := range list {
		if s != "" {
			return s
		}
	}
	return ""
}

func (r *reading) rssItem(it *sources.Item, f *rss.Item, e entry, x extensions) {
	r.begin(it, e, x)
	if lang := x.first("dc", "language"); lang != "" {
		it.Language = lang
	}
	it.Title = r.text(f.Title)
	for _, l := range f.Links {
		if v := r.str(l); v != "" && it.Link == "" {
			it.Link = v
			it.Links = append([]sources.Link{{Rel: "alternate", Href: v}}, it.Links...)
		}
	}
	if f.GUID != nil {
		it.GUID = r.str(f.GUID.Value)
		it.IsPermaLink = it.GUID != "" && !strings.EqualFold(strings.TrimSpace(f.GUID.IsPermalink), "false")
	}
	it.GUID = firstOf(it.GUID, e.about, x.first("atom", "id"))
	it.Comments = r.str(f.Comments)
	it.Summary = r.text(f.Description)
	it.Content = r.text(f.Content)
	r.rssTexts(it, x)
	it.Published = r.date(f.PubDate)
	r.rssDates(it, x)
	for _, v := range x.texts("w", "author") {
		it.Authors = addPerson(it.Authors, personFrom(v, "author"))
	}
	r.people(it, x)
	for _, c := range f.Categories {
		if v := r.str(c.Value); v != "" {
			it.Categories = append(it.Categories, sources.Category{Term: v, Scheme: r.str(c.Domain)})
		}
	}
	it.Categories = append(it.Categories, x.categories()...)
	for _, c := range f.Enclosures {
		if u := r.str(c.URL); u != "" {
			it.Enclosures = appendEnclosure(it.Enclosures, sources.Enclosure{URL: u, Type: r.str(c.Type), Length: number(r.str(c.Length))})
		}
	}
	if f.Source != nil {
		if o := (sources.Origin{Title: r.str(f.Source.Title), FeedURL: r.str(f.Source.URL)}); o.Title != "" || o.FeedURL != "" {
			it.Origin = &o
		}
	}
	r.finish(it, x)
}

// rssTexts falls back on the other vocabularies that feeds put texts in.
func (r *reading) rssTexts(it *sources.Item, x extensions) {
	fall := func(t *sources.Text, names ...[2]string) {
		for _, n := range names {
			if t.Value != "" {
				return
			}
			if v, ok := x.construct(n[0], n[1]); ok {
				*t = v
			}
		}
	}
	fall(&it.Title, [2]string{"atom", "title"}, [2]string{"dc", "title"}, [2]string{"media", "title"}, [2]string{"itunes", "title"})
	if s, ok := x.construct("atom", "summary"); ok && it.Summary.Value != "" && it.Content.Value == "" {
		it.Content, it.Summary = it.Summary, s
	}
	fall(&it.Summary, [2]string{"atom", "summary"}, [2]string{"dc", "description"}, [2]string{"itunes", "summary"},
		[2]string{"dcterms", "abstract"}, [2]string{"itunes", "subtitle"}, [2]string{"media", "description"})
	r.mediaTexts(it, x)
	fall(&it.Content, [2]string{"w", "body"}, [2]string{"w", "fullitem"}, [2]string{"w", "encoded"}, [2]string{"atom", "content"})
	r.more(it, x)
}

// more takes over a text that was stated again, where it says what the entry
// lacks: a content beside the summary, or the content itself in markup.
func (r *reading) more(it *sources.Item, x extensions) {
	list := x.all("w", "more")
	for _, n := range [...][2]string{{"dc", "description"}, {"itunes", "summary"}} {
		list = append(list[:len(list):len(list)], x.all(n[0], n[1])...)
	}
	for _, e := range list {
		switch t := r.text(e.Value); {
		case t.Value == "" || t.Value == it.Summary.Value || t.Value == it.Content.Value:
		case it.Content.Value == "" && it.Content.Src == "" && it.Summary.Value != "" && (e.Name == "more" || len(t.Value) > len(it.Summary.Value)):
			it.Content = t
		case it.Content.Type == "text" && (t.Type == "html" || t.Type == "xhtml"):
			it.Content = t
		case e.Name == "more":
			r.warn.add("repeated-element", int(it.Offset-r.warn.shift), "a text is stated again; the first counts")
		}
	}
}

func (r *reading) rssDates(it *sources.Item, x extensions) {
	d := &it.Published
	d.Raw = firstOf(d.Raw, x.first("atom", "published", "issued"), x.first("dcterms", "issued"))
	it.Updated.Raw = firstOf(x.first("atom", "updated", "modified"), x.first("dcterms", "modified"), x.first("w", "lastmod"))
	dc := x.first("dc", "date")
	switch {
	case d.Raw == "":
		d.Raw = firstOf(dc, x.first("dcterms", "created"), x.last("w", "created"), x.first("w", "date"))
	case it.Updated.Raw == "" && dc != d.Raw:
		it.Updated.Raw = dc
	}
}

// people reads dc:creator, atom:author and their like into an item.
func (r *reading) people(it *sources.Item, x extensions) {
	for _, n := range [...]string{"creator", "author"} {
		for _, p := range x.creators(n, "author") {
			it.Authors = addPerson(it.Authors, p)
		}
	}
	for _, p := range x.persons("atom", "author", "author") {
		it.Authors = addPerson(it.Authors, p)
	}
	it.Authors = addPerson(it.Authors, personFrom(x.first("itunes", "author"), "author"))
	for _, p := range x.creators("contributor", "contributor") {
		it.Contributors = addPerson(it.Contributors, p)
	}
	for _, p := range x.persons("atom", "contributor", "contributor") {
		it.Contributors = addPerson(it.Contributors, p)
	}
}

// begin fills what the scanner noted.
func (r *reading) begin(it *sources.Item, e entry, x extensions) {
	it.Language, it.Base = firstOf(e.lang, r.doc.Language), e.base
	if e.index < len(r.cut.fingerprints) {
		it.Fingerprint = r.cut.fingerprints[e.index]
	}
	it.Offset = int64(e.piece.tok.start) + r.warn.shift
	if r.warn.blind {
		it.Offset = -1
	}
	it.Links = x.links()
}

// finish fills what the extensions say, alike in RSS and Atom.
func (r *reading) finish(it *sources.Item, x extensions) {
	if v := x.first("feedburner", "origlink"); webAddress(v) {
		it.Links = append(it.Links, sources.Link{Rel: "feedburner:origLink", Href: v})
	}
	it.Link = firstOf(it.Link, alternate(it.Links))
	for _, l := range it.Links {
		if l.Rel == "enclosure" {
			it.Enclosures = appendEnclosure(it.Enclosures, sources.Enclosure{URL: l.Href, Type: l.Type, Length: l.Length, Title: l.Title})
		}
	}
	if it.Link == "" && (it.IsPermaLink || r.atom) && webAddress(it.GUID) {
		it.Link = it.GUID
		if r.atom {
			r.warn.add("link-from-id", -1, "an entry has no link; its id, an address, takes the place")
		}
	}
	x.media(it)
	x.podcast(it)
	r.picture(it, x)
	x.derivedFrom(it, r.doc.Title.Value)
	it.InReplyTo, it.Gone, it.Told, it.FirstID = x.replies(), x.gone(), x.told(), x.first("warta", "guid")
	x.provenance(it)
	x.places(it)
	it.Rights = append(it.Rights, x.statements("entry")...)
	for _, l := range x.licenses() {
		if !slices.Contains(it.Licenses, l) {
			it.Licenses = append(it.Licenses, l)
		}
	}
	it.Holder = x.first("dcterms", "rightsholder")
	it.Signals = x.signals("entry")
	it.Edited.Raw = x.first("app", "edited")
	if x.first("warta", "use") != "" {
		it.Credit, it.Dateline = firstOf(it.Credit, x.first("warta", "credit")), firstOf(it.Dateline, x.first("warta", "dateline"))
		hop(it, x.first("dcterms", "bibliographiccitation"))
	}
	if o := r.embeddedOrigin(x); o != nil {
		if it.Origin != nil {
			o.Title, o.FeedURL = firstOf(o.Title, it.Origin.Title), firstOf(o.FeedURL, it.Origin.FeedURL)
		}
		it.Origin = o
	}
}

// picture chooses the item's own picture: the one it is given as such, else the
// first of its media that names whose it is, else the first; a programme's
// cover only where there is no other.
func (r *reading) picture(it *sources.Item, x extensions) {
	take := func(list []ext.Extension) {
		for _, e := range list {
			if u := firstOf(r.attr(e, "href"), r.attr(e, "url"), r.child(e, "url"), r.str(e.Value)); u != "" && it.Image == nil {
				it.Image = &sources.Image{URL: u, Title: r.child(e, "title")}
			}
		}
	}
	take(x.all("w", "image"))
	for _, credited := range [...]bool{true, false} {
		for i := range it.Media {
			if m := it.Media[i]; it.Image == nil && (!credited || m.Credit != "" || m.License != "") {
				it.Image = &m
			}
		}
	}
	take(x.all("itunes", "image"))
}
