package render

import (
	"html/template"
	"io"
	"net/url"
	"strings"
	"time"

	"warta/feed"
	"warta/sources"
)

// EntryView is what the page about one entry shows: the story as far as it may
// be shown, whose it is, what its owner says of rights and what follows.
type EntryView struct {
	Site      feed.Site
	Shown     feed.Shown
	Revisions []Revision // the first one first
	Channels  []Head     // where it stands
	Switch    string     // the page in the other language
}

// Revision is one state an entry was in.
type Revision struct {
	Number int
	When   time.Time
	Title  string // left out where the entry is withdrawn
}

type entryPage struct {
	page
	Lang, OriginalID, Outlet, Byline, When, Stamp, Link string
	ReadAt                                              string // whose page the link leads to
	Notice, Body, Credit                                template.HTML
	Image                                               *pageImage
	Enclosures                                          []sources.Link
	UseText, Until, Policy                              string
	Reasons                                             []pageReason
	Evidence                                            []pageEvidence
	Facts                                               []fact
	Revisions                                           []pageRevision
	Channels                                            []feedLink
	Licences                                            []string
	TDM, Gone                                           bool
	Data                                                template.JS
}

type (
	pageImage    struct{ URL, Caption, Credit string }
	pageEvidence struct {
		Kind, Text, Where string
		Markup            bool
	}
	pageReason struct {
		First, Second string
		Evidence      *pageEvidence
	}
	pageRevision struct {
		Number      int
		When, Title string
	}
	fact struct{ Name, Text, Href string }
)

// EntryPage writes the page about an entry. The story's home is elsewhere, and
// rel=canonical says where; if it has a page there; unless it is shown whole it asks not to be indexed. A withdrawn entry
// shows its notice and nothing of its text.
func EntryPage(w io.Writer, v EntryView) error {
	e, d := &v.Shown.Entry, &v.Shown.Decision
	x, err := factsOf(v.Shown, &v.Site)
	if err != nil {
		return err
	}
	p, err := newPage(v.Site, x.title)
	if err != nil {
		return err
	}
	if p.Switch = v.Switch; x.paged {
		p.Canonical = x.link
	}
	if !indexable(e, d) {
		p.Robots = "noindex"
	}
	body, err := balanced(first(x.content, x.summary))
	if err != nil {
		return refuse(e, err.Error())
	}
	if x.link != "" {
		p.Takedown += "?what=" + url.QueryEscape(x.link)
	}
	out := entryPage{
		page: p, Lang: x.lang, OriginalID: e.OriginalID, Outlet: x.source.Title, Byline: names(x.byline),
		When: p.W.moment(e.Published), Stamp: stamp(e.Published), Link: x.link,
		Notice: template.HTML(x.notice), Body: template.HTML(body), Credit: template.HTML(x.credit),
		UseText: p.W.uses[min(max(x.d.Use, feed.None), feed.Full)], Evidence: evidence(e.Evidence, p.W),
		ReadAt: first(oneLine(e.Attribution.Source.Title), x.source.Title), Gone: x.d.Use == feed.None, Facts: origins(x, p.W), TDM: reserved(e.Evidence), Policy: WishesOf(e, d).Policy, Data: template.JS(structured(x)),
	}
	if t := p.W.moment(d.Until); t != "" {
		out.Until = p.W.Until + " " + t
	}
	for _, r := range d.Reasons {
		out.Reasons = append(out.Reasons, reason(r, p.W))
	}
	if x.d.Use == feed.Full {
		for _, l := range x.licences {
			if l != Unspecified && href(l) != "" {
				out.Licences = append(out.Licences, l)
			}
		}
	}
	if m := x.e.Image; m != nil && href(m.URL) != "" && !strings.Contains(body, m.URL) {
		out.Image = &pageImage{href(m.URL), oneLine(m.Caption), first(oneLine(m.Credit), oneLine(m.Copyright))}
	}
	for _, c := range x.e.Enclosures {
		if l := enclosureLink(c); l.Href != "" {
			l.Title = first(l.Title, shortAddress(l.Href))
			out.Enclosures = append(out.Enclosures, l)
		}
	}
	for _, r := range v.Revisions {
		out.Revisions = append(out.Revisions, pageRevision{r.Number, p.W.moment(r.When), oneLine(r.Title)})
	}
	for i := range v.Channels {
		h := &v.Channels[i]
		out.Channels = append(out.Channels, feedLink{Title: first(h.Channel.Title, h.Channel.ID), Href: h.Page})
	}
	return writePage(w, "entry", out)
}

// factsOf takes a withdrawn entry too.
func factsOf(s feed.Shown, site *feed.Site) (*facts, error) {
	if withdrawal(&s.Entry) {
		return withdrawn(&s.Entry, site)
	}
	return gather(&s.Entry, &s.Decision, site)
}

func reason(r feed.Reason, w *pageWords) pageReason {
	out := pageReason{First: r.Text.In(w.Lang), Second: r.Text.In(w.OtherLang)}
	if r.Evidence != nil && r.Evidence.Text != "" {
		v := quoted(*r.Evidence, w)
		out.Evidence = &v
	}
	return out
}

func evidence(vs []sources.Evidence, w *pageWords) []pageEvidence {
	out := make([]pageEvidence, 0, len(vs))
	for _, v := range vs {
		if v.Text != "" || v.Value != "" {
			out = append(out, quoted(v, w))
		}
	}
	return out
}

func quoted(v sources.Evidence, w *pageWords) pageEvidence {
	text := first(strings.TrimSpace(v.Text), v.Value)
	return pageEvidence{w.kind(v.Kind), text, w.place(v.Where), strings.HasPrefix(text, "<")}
}

// reserved reports whether the owner keeps text and data mining to itself.
func reserved(vs []sources.Evidence) bool {
	for _, v := range vs {
		if v.Kind == sources.TDMReserved && v.Value == "1" {
			return true
		}
	}
	return false
}

// origins lists whose the story is, row by row.
func origins(x *facts, w *pageWords) []fact {
	e, a := x.e, &x.e.Attribution
	var out []fact
	add := func(name, text, link string) {
		if text != "" {
			out = append(out, fact{name, text, link})
		}
	}
	add(w.Outlet, x.source.Title, x.source.URL)
	for _, l := range x.via {
		add(w.Via, first(l.Title, shortAddress(l.Href)), l.Href)
	}
	for _, p := range x.byline {
		add(w.Author, p.Name, p.URL)
	}
	for _, p := range x.others {
		add(x.pageRole(p.Role, w), p.Name, p.URL)
	}
	add(w.Credit, oneLine(a.Credit), "")
	add(w.Agency, oneLine(a.Agency), "")
	add(w.Dateline, oneLine(a.Dateline), "")
	add(w.Address, shortAddress(x.link), x.link)
	add(w.ReadAt, first(oneLine(a.Source.Title), x.source.Title), SourceURL(*x.site, e.Source))
	add(w.Identity, e.OriginalID, "")
	for _, r := range e.InReplyTo {
		add(w.Answers, first(shortAddress(href(r.Href)), r.Ref), href(r.Href))
	}
	add(w.Published, w.moment(e.Published), "")
	add(w.ChangedThere, w.moment(e.Updated), "")
	add(w.FirstSeen, w.moment(e.FirstSeen), "")
	add(w.Holder, oneLine(a.Holder), "")
	for _, s := range a.Statements {
		add(w.Rights, oneLine(s.Text), "")
	}
	for _, l := range x.licences {
		if l == Unspecified {
			add(w.Licence, w.NoLicence, "")
			continue
		}
		add(w.Licence, first(licenceName(l), l), href(l))
	}
	add(w.Permission, x.d.Permission, "")
	add(w.Regions, strings.Join(e.Regions, ", "), "")
	return out
}

func (x *facts) pageRole(role string, w *pageWords) string {
	if n := w.months.roles[role]; n != "" {
		return n
	}
	return first(role, w.Contributor)
}
