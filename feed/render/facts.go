package render

import (
	"fmt"
	"slices"
	"strings"
	"time"

	"warta/feed"
	"warta/sources"
)

// Unspecified stands where an owner states no licence, so that none is
// inherited (RFC 4946 section 2.1).
const Unspecified = "http://purl.org/atompub/license#unspecified"

// facts is what every format says of an entry, worked out once.
type facts struct {
	e    *feed.Entry
	d    *feed.Decision
	site *feed.Site

	words *words // in the entry's language
	lang  string // of the entry, "" unknown
	title string
	parties
	atomID  string
	id      string // in JSON Feed
	guid    string // in RSS
	perma   bool
	authors []sources.Person // never empty
	helpers []sources.Person // contributors, the agency among them
	rights  string

	revision int
	updated  time.Time // for Atom, which demands one
	modified time.Time // zero: neither stated nor seen

	credit     string // HTML
	creditText string
	summary    string // HTML, without the credit line; "" for none
	summaryTxt string // plain text of it
	content    string // HTML of the full text, without the credit line; "" for none
	notice     string // HTML of a correction's or reply's notice
}

// parties are whose a story is and where it is at home.
type parties struct {
	byline   []sources.Person // who is named as author
	others   []sources.Person // who is named with a role
	source   feed.Outlet      // whose story it is: the stated origin, else the source
	via      []sources.Link
	link     string // the story's home: its page, else its outlet's
	paged    bool   // it has a page of its own
	licences []string
}

func partiesOf(e *feed.Entry, d *feed.Decision) parties {
	a := &e.Attribution
	p := parties{byline: named(a.Authors), others: named(a.Contributors), link: href(a.URL), licences: licences(e, d)}
	p.source, p.via = source(a)
	if p.paged = p.link != ""; !p.paged {
		p.link = homeOf(a, &p.source)
	}
	return p
}

// homeOf is the way home for a story without a page of its own, or with one
// that no browser opens: short notes and recordings have none. It is its
// outlet's site, else the feed that it was read in.
func homeOf(a *feed.Attribution, o *feed.Outlet) string {
	return first(o.URL, href(a.Source.URL), o.FeedURL, href(a.Source.FeedURL))
}

// gather works out the facts of an entry, or says what of its attribution
// would be lost.
func gather(e *feed.Entry, d *feed.Decision, site *feed.Site) (*facts, error) {
	if withdrawal(e) {
		return nil, refuse(e, "it is withdrawn and has a tombstone instead")
	}
	if err := within(e, d); err != nil {
		return nil, err
	}
	return describe(e, d, site)
}

// within checks that nothing stands in the entry that its decision forbids:
// package feed removed it, and a text that got past is not published.
func within(e *feed.Entry, d *feed.Decision) error {
	switch {
	case d.Use == feed.None:
		return refuse(e, "its decision allows nothing")
	case d.Use < feed.Full && e.Content.Value != "":
		return refuse(e, "it carries its text, but its use is "+d.Use.String())
	case d.Use < feed.Excerpt && (e.Excerpt != "" || e.Summary.Value != ""):
		return refuse(e, "it carries an excerpt, but its use is "+d.Use.String())
	case !d.Images && (e.Image != nil || len(e.Media) > 0):
		return refuse(e, "it carries images that its decision does not allow")
	}
	for i := range e.Enclosures {
		picture := strings.HasPrefix(strings.ToLower(e.Enclosures[i].Type), "image/")
		if picture && !d.Images || !picture && !d.Enclosures {
			return refuse(e, "it carries files that its decision does not allow")
		}
	}
	return nil
}

func refuse(e *feed.Entry, why string) error {
	return fmt.Errorf("rendering entry %s of %s (%q): %w: %s", e.ID, e.Source, e.OriginalID, feed.ErrInvalid, why)
}

func describe(e *feed.Entry, d *feed.Decision, site *feed.Site) (*facts, error) {
	x := &facts{e: e, d: d, site: site, revision: e.Revision, lang: langTag(e.Language), parties: partiesOf(e, d)}
	x.words = wordsFor(x.lang, site.Language)
	if x.updated = e.LastChange(); !statable(x.updated) {
		x.updated = e.FirstSeen
	}
	if why := x.lost(); why != "" {
		return nil, refuse(e, why)
	}
	if !e.Updated.IsZero() || e.Revision > 1 {
		x.modified = x.updated
	}
	x.identity()
	x.people()
	x.rights = rightsText(e, x.source.Rights)
	x.title = title(e, x.words)
	x.credit, x.creditText = creditLine(e, d, x.words, &x.parties)
	x.texts()
	return x, nil
}

// lost names what of the attribution no format could carry, "" for nothing.
func (x *facts) lost() string {
	switch {
	case x.e.OriginalID == "":
		return "it has no id"
	case x.link == "":
		return "it has no link home"
	case x.source.Title == "":
		return "its source has no name"
	case !statable(x.updated):
		return "no time is known of it, not even when it was first seen"
	}
	return ""
}

// statable reports whether RFC 3339 can state t.
func statable(t time.Time) bool {
	y := t.UTC().Year()
	return !t.IsZero() && y > 0 && y < 10000
}

// identity keeps the original id. Atom, whose ids are IRIs, and XML, which
// can't hold some characters, may need another; and so does every format where
// another story has it.
func (x *facts) identity() {
	a := &x.e.Attribution
	x.atomID, x.id = x.e.AtomID(x.link), x.e.OriginalID
	if x.e.KnownAs != "" {
		x.id = x.atomID
	}
	if x.guid = x.id; !legal(x.guid) || oneLine(x.guid) != x.guid {
		x.guid = x.atomID
	}
	// A permalink must be a web address (RSS 2.0, guid).
	x.perma = x.guid == x.e.OriginalID && href(x.guid) == x.guid && (a.IsPermaLink || a.IDFrom == sources.IDFromLink)
}

// stated is the id that the source gave the story where readers know it by
// another; "": they know it by that.
func (x *facts) stated(known string) string {
	return differs(first(x.e.Attribution.GUID, x.e.OriginalID), known)
}

// AtomID is the id that an entry has in Atom documents. Two sources that carry
// one story may give it one id.
func AtomID(e *feed.Entry) string { return e.AtomID(home(e)) }

// home is the way home for an entry: see parties.link.
func home(e *feed.Entry) string {
	if link := href(e.Attribution.URL); link != "" {
		return link
	}
	o, _ := source(&e.Attribution)
	return homeOf(&e.Attribution, &o)
}

// people makes authors explicit: in Atom an entry without one takes its
// feed's, which would make the story ours (RFC 4287 section 4.2.1).
func (x *facts) people() {
	x.authors = x.byline
	if len(x.authors) == 0 {
		x.authors = writers(named(x.source.Authors))
	}
	if len(x.authors) == 0 {
		x.authors = []sources.Person{{Name: x.source.Title, URL: href(x.source.URL)}}
	}
	x.helpers = x.others
	if agency := oneLine(x.e.Attribution.Agency); agency != "" {
		x.helpers = append(x.helpers[:len(x.helpers):len(x.helpers)], sources.Person{Name: agency, Role: "agency"})
	}
}

// named drops who has neither a name nor anything to name them by.
func named(ps []sources.Person) []sources.Person {
	if len(ps) == 0 {
		return nil
	}
	out := make([]sources.Person, 0, len(ps)+1)
	for _, p := range ps {
		if p.Name = oneLine(p.Name); p.Name == "" {
			p.Name = oneLine(p.Email)
		}
		p.URL, p.Email = href(p.URL), mail(p.Email)
		if p.Name == "" {
			p.Name = p.URL
		}
		if p.Name != "" {
			out = append(out, p)
		}
	}
	return out
}

func writers(ps []sources.Person) []sources.Person {
	out := ps[:0]
	for _, p := range ps {
		if p.Role == "" || p.Role == "author" {
			out = append(out, p)
		}
	}
	return out
}

// source is the outlet that the story is credited to and the way it came. An
// origin that the source itself stated stands unchanged (RFC 4287 section
// 4.2.11); then the source is a station on the way.
func source(a *feed.Attribution) (feed.Outlet, []sources.Link) {
	out := a.Source
	var via []sources.Link
	if o := a.Origin; o != nil && (o.Title != "" || o.URL != "" || o.FeedURL != "") {
		via = append(via, sources.Link{Href: first(href(a.Source.FeedURL), href(a.Source.URL)), Title: oneLine(a.Source.Title)})
		out = feed.Outlet{
			ID: o.ID, Title: o.Title, URL: o.URL, FeedURL: o.FeedURL, Rights: o.Rights,
			Licenses: o.Licenses, Language: o.Language, Updated: o.Updated.Time, Authors: o.Authors,
		}
	}
	out.URL, out.FeedURL = href(out.URL), href(out.FeedURL)
	if out.Title = oneLine(out.Title); out.Title == "" {
		out.Title = feed.Host(first(out.URL, out.FeedURL))
	}
	if out.ID == "" || !feed.IsIRI(out.ID) {
		out.ID = first(out.FeedURL, out.URL)
	}
	for _, v := range a.Via {
		via = append(via, sources.Link{Href: href(v.URL), Title: oneLine(v.Title)})
	}
	for _, p := range a.Provenance {
		via = append(via, sources.Link{Href: href(p.URL), Title: oneLine(first(p.Outlet, p.Title))})
	}
	return out, distinct(via)
}

// firstOutlets are where the text says that it first appeared, but for who is
// credited anyway.
func firstOutlets(a *feed.Attribution, credited *feed.Outlet) (list []sources.Provenance) {
	for _, p := range a.Provenance {
		name := oneLine(p.Outlet)
		if name != "" && !strings.EqualFold(name, credited.Title) && !strings.EqualFold(name, oneLine(a.Source.Title)) && !strings.EqualFold(name, oneLine(a.Agency)) &&
			!slices.ContainsFunc(list, func(o sources.Provenance) bool { return strings.EqualFold(oneLine(o.Outlet), name) }) {
			list = append(list, p)
		}
	}
	return list
}

// distinct drops empty and repeated links; of those that repeat the first title
// is kept.
func distinct(links []sources.Link) []sources.Link {
	out := links[:0]
next:
	for _, l := range links {
		if l.Href == "" {
			continue
		}
		for i := range out {
			if out[i].Href == l.Href {
				out[i].Title = first(out[i].Title, l.Title)
				continue next
			}
		}
		out = append(out, l)
	}
	return out
}

func first(ss ...string) string {
	for _, s := range ss {
		if s != "" {
			return s
		}
	}
	return ""
}

// title is what stands where readers list stories. One without a title shows
// its first words, as every format needs something to click on.
func title(e *feed.Entry, w *words) string {
	if t := oneLine(e.Title); t != "" {
		return t
	}
	if t := oneLine(e.Excerpt); t != "" {
		return cut(t, 80)
	}
	return w.untitled
}

// abstract is the story in short as plain text, with what readers must be told
// and whose it is: some show nothing else.
func (x *facts) abstract() string {
	return strings.TrimSpace(lines(noticeText(x.e, x.words, x.site.Zone), x.summaryTxt, x.creditText))
}

// texts chooses what is shown of the story itself.
func (x *facts) texts() {
	e := x.e
	x.notice = noticeHTML(e, x.words, x.site.Zone)
	if x.d.Use == feed.Full {
		x.content = e.Content.Value
	}
	excerpt := oneLine(e.Excerpt)
	switch {
	case x.d.Use < feed.Excerpt:
	case e.Summary.Value != "" && (x.d.Use == feed.Full || excerpt == "" && x.d.MaxChars == 0):
		x.summary = e.Summary.Value
		x.summaryTxt = first(excerpt, plain(e.Summary.Value))
	case excerpt != "":
		b := append(make([]byte, 0, len(excerpt)+16), "<p>"...)
		b = append(escape(b, excerpt, htmlEscapes), "</p>"...)
		x.summary, x.summaryTxt = string(b), excerpt
	}
	if strings.TrimSpace(x.content) == "" {
		x.content = ""
	}
}
