package main

import (
	"fmt"
	"io"
	"strings"
	"time"

	"warta/feed"
	"warta/feed/rights"
	"warta/sources"
)

func evidenceOf(ev *sources.Evidence, policy feed.Policy) evidenceView {
	return evidenceView{ev.Kind, ev.Text, ev.Where, ev.Value, rights.Most(*ev, policy), orNull(ev.At), ev.Hash()}
}

func headOf(doc *sources.Document) headView {
	var words []string
	for _, s := range doc.Rights {
		words = append(words, s.Text)
	}
	v := headView{
		Format: string(doc.Format), Title: doc.Title.Value, Link: doc.Link, FeedURL: doc.FeedURL, Language: doc.Language,
		Rights: strings.Join(words, "\n"), Licenses: orEmpty(doc.Licenses), Updated: orNull(doc.Updated.Time), Hubs: orEmpty(doc.Hubs),
		ID: doc.ID, Subtitle: doc.Subtitle.Value, Authors: people(doc.Authors), Contributors: people(doc.Contributors),
		Generator: doc.Generator, Encoding: doc.Encoding, Next: doc.Next, Archive: doc.Archive, Complete: doc.Complete,
		Links: each(doc.Links, linkOf),
		Tombstones: each(doc.Tombstones, func(t sources.Tombstone) tombstoneView {
			return tombstoneView{t.Ref, orNull(t.When.Time), t.By.Name, t.Comment}
		}),
		Schedule: scheduleView{doc.Schedule.TTL, doc.Schedule.Period, doc.Schedule.Frequency, orEmpty(doc.Schedule.SkipHours), orEmpty(doc.Schedule.SkipDays)},
	}
	if doc.Image != nil {
		v.Image = doc.Image.URL
	}
	return v
}

func linkOf(l sources.Link) linkView {
	return linkView{l.Rel, l.Href, l.Type, l.Language, l.Title, l.Length}
}

func mediumOf(i sources.Image) mediaView { return mediaView(i) }

func pointOf(p sources.Point) pointView { return pointView(p) }

func shapeOf(s sources.Shape) shapeView { return shapeView{s.Kind, each(s.Points, pointOf)} }

// each gives the view of every one of a list.
func each[T, V any](list []T, view func(T) V) []V {
	out := make([]V, 0, len(list))
	for _, x := range list {
		out = append(out, view(x))
	}
	return out
}

func viewOf(it *sources.Item, e *feed.Entry, d feed.Decision, policy feed.Policy) entryView {
	at := e.Attribution
	v := entryView{
		ID: e.OriginalID, IDFrom: it.IDFrom, URL: at.URL, Title: e.Title,
		Published: orNull(e.Published), Updated: orNull(e.Updated), Language: e.Language,
		Authors: people(at.Authors), Contributors: people(at.Contributors), Agency: at.Agency, Dateline: at.Dateline,
		Categories: []string{}, Summary: e.Summary.Value, Content: e.Content.Value, Excerpt: e.Excerpt,
		Enclosures: orEmpty(e.Enclosures), Regions: orEmpty(e.Regions), Advertorial: e.Advertorial, Removed: orEmpty(e.Removed),
		Rights: rightsView{Statements: orEmpty(at.Statements), Licenses: orEmpty(at.Licenses), Holder: at.Holder,
			Evidence: []evidenceView{}, Use: d.Use, Why: rights.Explain(d, "en")},
		Edited: orNull(it.Edited.Time), Comments: it.Comments, Credit: it.Credit,
		Links: each(it.Links, linkOf), Media: each(it.Media, mediumOf), Points: each(it.Points, pointOf), Shapes: each(it.Shapes, shapeOf),
		Provenance: each(it.Provenance, func(p sources.Provenance) provenanceView { return provenanceView(p) }),
		Tags:       each(it.Categories, func(c sources.Category) tagView { return tagView(c) }),
		InReplyTo:  each(it.InReplyTo, func(r sources.Reply) replyView { return replyView{r.Ref, r.Href} }),
	}
	for _, c := range e.Categories {
		v.Categories = append(v.Categories, c.Term)
	}
	if e.Image != nil {
		v.Image = &imageView{e.Image.URL, e.Image.Credit}
	}
	if o := at.Origin; o != nil {
		v.Source = &originView{o.ID, o.Title, o.URL, o.FeedURL, o.Rights, orNull(o.Updated.Time)}
	}
	for i := range e.Evidence {
		v.Rights.Evidence = append(v.Rights.Evidence, evidenceOf(&e.Evidence[i], policy))
	}
	return v
}

func people(list []sources.Person) []personView {
	return each(list, func(p sources.Person) personView { return personView{p.Name, p.Role, p.Email, p.URL} })
}

func orEmpty[T any](s []T) []T {
	if s == nil {
		return []T{}
	}
	return s
}

func orNull(t time.Time) *time.Time {
	if t.IsZero() {
		return nil
	}
	return &t
}

// print shows the same to a person.
func (r inspection) print(w io.Writer) error {
	var b strings.Builder
	line := func(name, value string) {
		if value != "" {
			fmt.Fprintf(&b, "  %-12s %s\n", name, value)
		}
	}
	fmt.Fprintf(&b, "%s  %s, %s\n", r.Feed.Title, r.Feed.Format, entries(len(r.Entries)))
	line("site", r.Feed.Link)
	line("feed", r.Feed.FeedURL)
	line("rights", r.Feed.Rights)
	line("licences", strings.Join(r.Feed.Licenses, " "))
	for _, x := range r.Warnings {
		line("repaired", x.String())
	}
	for _, e := range r.Entries {
		fmt.Fprintf(&b, "\n%s\n", e.Title)
		if e.Truncated {
			line("truncated", "only what was whole is shown")
		}
		line("id", fmt.Sprintf("%s (from %s)", e.ID, e.IDFrom))
		line("link", e.URL)
		line("published", date(e.Published))
		line("updated", date(e.Updated))
		line("byline", names(e.Authors))
		line("with", names(e.Contributors))
		line("agency", e.Agency)
		line("dateline", e.Dateline)
		if e.Source != nil {
			line("taken from", e.Source.Title+" "+e.Source.URL)
		}
		for _, ev := range e.Rights.Evidence {
			line("evidence", fmt.Sprintf("%s: %q (%s): at most %s", ev.Kind, ev.Text, ev.Where, ev.Most))
		}
		line("use", fmt.Sprintf("%s: %s", e.Rights.Use, e.Rights.Why))
		for _, x := range e.Removed {
			line("removed", fmt.Sprintf("%q: %s", x.Text, x.Why))
		}
		line("excerpt", e.Excerpt)
	}
	_, err := io.WriteString(w, b.String())
	return err
}

func date(t *time.Time) string {
	if t == nil {
		return "unknown"
	}
	return t.Format(time.RFC3339)
}

func names(list []personView) string {
	var out []string
	for _, p := range list {
		n := p.Name
		if p.Role != "" && p.Role != "author" {
			n += " (" + p.Role + ")"
		}
		out = append(out, n)
	}
	return strings.Join(out, ", ")
}
