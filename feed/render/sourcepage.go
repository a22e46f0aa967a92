package render

import (
	"io"
	"strings"

	"warta/feed"
	"warta/sources"
)

// SourceView is what the page about a source shows: what we read there, what
// its owner says of rights and what follows, which permissions are in force,
// and its newest stories.
type SourceView struct {
	Site        feed.Site
	Switch      string // the page in the other language
	Source      AboutSource
	Decision    feed.Decision // of a story that says nothing of its own
	Evidence    []sources.Evidence
	Permissions []AboutPermission
	Latest      []feed.Shown // already withheld; what would lose its attribution is left out
	Channels    []Head       // where its stories stand
	Held        *feed.Quarantine
}

// SourceURL is the address of our page about a source.
func SourceURL(site feed.Site, id string) string { return site.URL + "sources/" + id + "/" }

type sourcePage struct {
	page
	T           *aboutWords
	Name        string
	Facts       []fact
	UseText     string
	Reasons     []pageReason
	Evidence    []pageEvidence
	Permissions []aboutPermission
	Latest      []sourceStory
	Channels    []feedLink
	Link        string
	Held        string
}

// sourceStory leads to the story's home, and to our page about it.
type sourceStory struct {
	homeStory
	Ours, Use string
}

// SourcePage writes the page about a source.
func SourcePage(w io.Writer, v SourceView) error {
	name := v.Source.name()
	p, err := newPage(v.Site, name)
	if err != nil {
		return err
	}
	t := aboutWordsFor(p.W)
	p.Canonical, p.Switch = SourceURL(v.Site, v.Source.Source.ID), v.Switch
	p.Description = strings.ReplaceAll(p.W.SourceLead, "%s", name)
	out := sourcePage{
		page: p, T: t, Name: name, Link: href(v.Source.Source.URL), Held: held(v.Held, p.W), Facts: sourceFacts(&v.Source, t, p.W),
		UseText: p.W.uses[min(max(v.Decision.Use, feed.None), feed.Full)], Evidence: evidence(v.Evidence, p.W),
	}
	for _, r := range v.Decision.Reasons {
		out.Reasons = append(out.Reasons, reason(r, p.W))
	}
	for i := range v.Permissions {
		out.Permissions = append(out.Permissions, t.permission(&v.Permissions[i], p.W))
	}
	for _, s := range v.Latest {
		x, err := gather(&s.Entry, &s.Decision, &v.Site)
		if err != nil {
			continue
		}
		out.Latest = append(out.Latest, sourceStory{
			homeStory{differs(first(x.lang, undetermined), p.W.Lang), x.link, x.title, x.creators(), p.W.moment(s.Entry.Published)},
			EntryURL(v.Site, s.Entry.ID), t.shows[min(max(s.Decision.Use, feed.None), feed.Full)],
		})
	}
	for i := range v.Channels {
		h := &v.Channels[i]
		out.Channels = append(out.Channels, feedLink{Title: first(oneLine(h.Channel.Title), h.Channel.ID), Href: h.Page})
	}
	return writePage(w, "source", out)
}

// sourceFacts lists what we read, row by row.
func sourceFacts(s *AboutSource, t *aboutWords, w *pageWords) []fact {
	var out []fact
	add := func(name, text, link string) {
		if text != "" {
			out = append(out, fact{name, text, link})
		}
	}
	home, address := href(s.Source.URL), href(s.Source.Feed)
	add(t.Site, shortAddress(home), home)
	add(t.Feed, shortAddress(address), address)
	add(t.Language, t.language(first(langTag(s.Language), langTag(s.Source.Language))), "")
	add(w.Regions, strings.Join(s.Source.Regions, ", "), "")
	add(t.Owner, first(quote(cut(oneLine(s.Rights), maxStatement)), t.NoWords), "")
	for _, l := range s.Licences {
		if u := href(l); u != "" && l != Unspecified {
			add(t.Licence, first(licenceName(l), shortAddress(l)), u)
		}
	}
	return out
}

func quote(s string) string {
	if s == "" {
		return ""
	}
	return "“" + s + "”"
}
