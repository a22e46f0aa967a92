package parse

import (
	"context"
	"strings"

	"github.com/mmcdole/gofeed/atom"
	ext "github.com/mmcdole/gofeed/extensions"

	"warta/sources"
)

// readAtom has gofeed sort an Atom skeleton, and reads the result.
func (r *reading) readAtom(ctx context.Context, first bool) error {
	var feed *atom.Feed
	err := guarded(func() (err error) {
		feed, err = (&atom.Parser{}).Parse(newReader(ctx, r.out.Bytes()))
		return err
	})
	if err != nil {
		return unreadable(ctx, err)
	}
	if first {
		r.atomHead(feed)
	}
	items, err := r.items(len(feed.Entries))
	if err != nil {
		return err
	}
	for i, it := range feed.Entries {
		x := extensions{r, it.Extensions}
		e, err := r.entryOf(x)
		if err != nil {
			return err
		}
		r.atomEntry(&items[i], it, e, x)
	}
	return nil
}

func (r *reading) atomHead(f *atom.Feed) {
	d, x := r.doc, extensions{r, f.Extensions}
	d.ID = r.headStr("id")
	d.Title, d.Subtitle = r.headText("title"), r.headText("subtitle", "tagline")
	for _, n := range [...][2]string{{"w", "info"}, {"rss", "description"}, {"dc", "description"}, {"itunes", "summary"},
		{"feedburner", "browserfriendly"}} {
		if t, ok := x.construct(n[0], n[1]); ok && d.Subtitle.Value == "" {
			d.Subtitle = t
		}
	}
	if t, ok := x.construct("dc", "title"); ok && d.Title.Value == "" {
		d.Title = t
	}
	d.Language = firstOf(r.lang, x.first("dc", "language"), x.first("rss", "language"))
	d.Updated.Raw = firstOf(r.headStr("updated", "modified"), x.first("dcterms", "modified"), x.first("dc", "date"), x.first("rss", "lastbuilddate", "pubdate"), x.first("w", "published"))
	d.Icon = r.headStr("icon")
	if logo := r.headStr("logo"); logo != "" {
		d.Image = &sources.Image{URL: logo}
	}
	d.Generator = r.headStr("generator")
	for _, name := range [...]string{"rights", "copyright"} {
		if s, ok := r.headStatement(name, "feed rights"); ok {
			d.Rights = append(d.Rights, s)
		}
	}
	d.Authors = r.atomPersons(d.Authors, f.Authors, "author")
	d.Contributors = r.atomPersons(nil, f.Contributors, "contributor")
	for _, l := range f.Links {
		d.Links = append(d.Links, r.atomLink(l))
		if isLicense(l.Rel) {
			d.Licenses = append(d.Licenses, r.str(l.Href))
		}
	}
	r.head(x)
}

func (r *reading) atomLink(l *atom.Link) sources.Link {
	return sources.Link{Rel: relation(r.str(l.Rel)), Href: r.str(l.Href), Type: r.str(l.Type),
		Language: r.str(l.Hreflang), Title: r.str(l.Title), Length: number(r.str(l.Length))}
}

func (r *reading) atomPersons(list []sources.Person, from []*atom.Person, role string) []sources.Person {
	for _, f := range from {
		p := sources.Person{Role: role, Name: r.str(f.Name), Email: r.str(f.Email), URL: r.str(f.URI)}
		p.Raw = p.Name
		if p.Email == "" && strings.IndexByte(p.Name, '@') >= 0 {
			q := personFrom(p.Name, role)
			q.URL = p.URL
			p = q
		}
		list = addPerson(list, p)
	}
	return list
}

func (r *reading) atomEntry(it *sources.Item, f *atom.Entry, e entry, x extensions) {
	r.begin(it, e, x)
	it.GUID = r.str(f.ID)
	it.Title, it.Summary = r.text(f.Title), r.text(f.Summary)
	if f.Content != nil {
		it.Content = r.text(f.Content.Value)
	}
	r.atomTexts(it, x)
	links := make([]sources.Link, 0, len(f.Links)+len(it.Links))
	for _, l := range f.Links {
		links = append(links, r.atomLink(l))
	}
	it.Links = append(links, it.Links...)
	it.Published, it.Updated = r.date(f.Published), r.date(f.Updated)
	it.Published.Raw = firstOf(it.Published.Raw, x.first("dcterms", "issued"), x.first("rss", "pubdate"), x.last("w", "created"), x.first("dcterms", "created"))
	it.Updated.Raw = firstOf(it.Updated.Raw, x.first("dcterms", "modified"), x.first("dc", "date"))
	it.Authors = r.atomPersons(it.Authors, f.Authors, "author")
	it.Contributors = r.atomPersons(it.Contributors, f.Contributors, "contributor")
	for _, v := range x.texts("rss", "author") {
		it.Authors = addPerson(it.Authors, personFrom(v, "author"))
	}
	r.people(it, x)
	for _, c := range f.Categories {
		if t := r.str(c.Term); t != "" || c.Label != "" {
			it.Categories = append(it.Categories, sources.Category{Term: t, Scheme: r.str(c.Scheme), Label: r.str(c.Label)})
		}
	}
	it.Categories = append(it.Categories, x.categories()...)
	if s, ok := r.statement(f.Rights, "entry rights"); ok {
		it.Rights = append(it.Rights, s)
	}
	for _, l := range f.Links {
		if isLicense(l.Rel) {
			it.Licenses = append(it.Licenses, r.str(l.Href))
		}
	}
	if f.Source != nil {
		it.Origin = r.atomOrigin(f.Source)
	}
	r.finish(it, x)
	if it.Content.Src != "" && it.Link == "" {
		it.Link = it.Content.Src
	}
}

func (r *reading) atomTexts(it *sources.Item, x extensions) {
	fall := func(t *sources.Text, names ...[2]string) {
		for _, n := range names {
			if t.Value != "" || t.Src != "" {
				return
			}
			if v, ok := x.construct(n[0], n[1]); ok {
				*t = v
			}
		}
	}
	fall(&it.Title, [2]string{"rss", "title"}, [2]string{"dc", "title"}, [2]string{"media", "title"})
	fall(&it.Summary, [2]string{"rss", "description"}, [2]string{"dc", "description"}, [2]string{"itunes", "summary"}, [2]string{"media", "description"})
	r.mediaTexts(it, x)
	fall(&it.Content, [2]string{"w", "encoded"}, [2]string{"w", "body"})
	r.more(it, x)
}

// atomOrigin reads an atom:source in full (RFC 4287 section 4.2.11).
func (r *reading) atomOrigin(s *atom.Source) *sources.Origin {
	x := extensions{r, s.Extensions}
	o := &sources.Origin{ID: r.str(s.ID), Title: r.str(s.Title), Rights: r.str(s.Rights), Updated: r.date(s.Updated)}
	for _, v := range x.texts("w", "rights") {
		o.Rights = strings.TrimSpace(o.Rights + "\n" + v)
	}
	o.Authors = r.atomPersons(nil, s.Authors, "author")
	o.Language = r.notes.get(s.Title).lang
	o.Licenses = x.licenses()
	for _, l := range s.Links {
		switch l := r.atomLink(l); l.Rel {
		case "alternate":
			o.URL = firstOf(o.URL, l.Href)
		case "self":
			o.FeedURL = firstOf(o.FeedURL, l.Href)
		default:
			if isLicense(l.Rel) {
				o.Licenses = append(o.Licenses, l.Href)
			}
		}
	}
	return o
}

// embeddedOrigin reads an atom:source that stands in an RSS item.
func (r *reading) embeddedOrigin(x extensions) *sources.Origin {
	list := append(x.wrappedSource(), x.all("atom", "source")...)
	if len(list) == 0 {
		return nil
	}
	e := list[0]
	o := &sources.Origin{ID: r.child(e, "id"), Title: r.child(e, "title"), Rights: r.child(e, "rights"),
		Updated: sources.Date{Raw: r.child(e, "updated")}}
	for _, l := range e.Children["link"] {
		switch l := r.link(l); l.Rel {
		case "alternate":
			o.URL = firstOf(o.URL, l.Href)
		case "self":
			o.FeedURL = firstOf(o.FeedURL, l.Href)
		default:
			if isLicense(l.Rel) {
				o.Licenses = append(o.Licenses, l.Href)
			}
		}
	}
	inner := extensions{r, ext.Extensions{"atom": e.Children}}
	o.Authors = inner.persons("atom", "author", "author")
	return o
}
