package render

import (
	"fmt"
	"io"
	"time"

	"warta/feed"
)

// AboutView is what the page about ourselves says: who answers for the site,
// what it does with other people's stories, and on what ground.
type AboutView struct {
	Site        feed.Site
	Switch      string // the page in the other language
	Sources     []AboutSource
	More        int    // sources that are too many to be named here
	OPML        string // all sources, as a list for readers
	Permissions []AboutPermission
	Uses        []AboutUses
}

// AboutSource is one source, and what its owner says of rights in its feed.
type AboutSource struct {
	Subscription
	Use      feed.Use // most that is shown where a story says nothing of its own
	Language string
	Rights   string
	Licences []string
}

// AboutPermission is a permission in force.
type AboutPermission struct {
	feed.Permission
	SourceName string
}

// AboutUses are rows of the table of uses that work alike.
type AboutUses struct {
	Title feed.Bilingual
	Rows  []AboutUse
}

// AboutUse says what one kind of evidence means.
type AboutUse struct {
	Text feed.Bilingual
	Most feed.Use
	Note bool // changes nothing in how much is shown
}

type (
	aboutPage struct {
		page
		T           *aboutWords
		Sources     []aboutSource
		More        string
		OPML        string
		Permissions []aboutPermission
		Uses        []aboutUses
	}
	aboutSource struct {
		Title, URL, Here, Feed, Language, Use, Rights string
		Licences                                      []feedLink
	}
	aboutPermission struct{ ID, Source, Grants, Basis, Period string }
	aboutUses       struct {
		Title string
		Rows  []aboutUse
	}
	aboutUse struct{ Text, Most string }
)

// About writes the page about ourselves.
func About(w io.Writer, v AboutView) error {
	words := pageWordsFor(&v.Site)
	p, err := newPage(v.Site, words.About)
	if err != nil {
		return err
	}
	t := aboutWordsFor(words)
	p.Canonical, p.Switch, p.Description = AboutURL(v.Site), v.Switch, t.Lead
	out := aboutPage{page: p, T: t, OPML: v.OPML}
	if v.More > 0 {
		out.More = fmt.Sprintf(t.More, v.More)
	}
	for _, s := range v.Sources {
		one := aboutSource{
			Title: s.name(), URL: href(s.Source.URL), Here: SourceURL(v.Site, s.Source.ID), Feed: href(s.Source.Feed), Use: t.shows[min(max(s.Use, feed.None), feed.Full)],
			Language: t.language(first(langTag(s.Language), langTag(s.Source.Language))), Rights: cut(oneLine(s.Rights), maxTerms),
		}
		for _, l := range s.Licences {
			if u := href(l); u != "" && l != Unspecified {
				one.Licences = append(one.Licences, feedLink{Label: first(licenceName(l), shortAddress(l)), Href: u})
			}
		}
		out.Sources = append(out.Sources, one)
	}
	for i := range v.Permissions {
		out.Permissions = append(out.Permissions, t.permission(&v.Permissions[i], p.W))
	}
	for _, g := range v.Uses {
		group := aboutUses{Title: g.Title.In(p.W.Lang)}
		for _, r := range g.Rows {
			most := t.shows[min(max(r.Most, feed.None), feed.Full)]
			if r.Note {
				most = t.Unchanged
			}
			group.Rows = append(group.Rows, aboutUse{r.Text.In(p.W.Lang), most})
		}
		out.Uses = append(out.Uses, group)
	}
	return writePage(w, "about", out)
}

// permission says in words what was granted, on what basis and for how long.
// The document and who signed it stay with the operator.
func (t *aboutWords) permission(p *AboutPermission, w *pageWords) aboutPermission {
	grants := t.shows[min(max(p.Use, feed.None), feed.Full)]
	if p.Images && p.Basis != feed.Statutory {
		grants += ", " + t.Images
	}
	if p.Enclosures && p.Basis != feed.Statutory {
		grants += ", " + t.Files
	}
	return aboutPermission{
		ID: p.ID, Source: p.SourceName, Grants: grants,
		Basis: first(t.bases[p.Basis], string(p.Basis)), Period: t.period(p.From, p.Until, w),
	}
}

// period names the first and the last day: Until is the moment after it.
func (t *aboutWords) period(from, until time.Time, w *pageWords) string {
	zone := w.zone
	if zone == nil {
		zone = wib
	}
	first, last := w.months.day(from.In(zone)), w.months.day(until.Add(-time.Second).In(zone))
	switch {
	case from.IsZero() && until.IsZero():
		return t.Open
	case until.IsZero():
		return fmt.Sprintf(t.Since, first)
	case from.IsZero():
		return fmt.Sprintf(t.UntilDay, last)
	}
	return first + " – " + last
}
