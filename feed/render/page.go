package render

import (
	"fmt"
	"html/template"
	"io"
	"slices"
	"strings"
	"time"

	"warta/feed"
)

// page is what every page has.
type page struct {
	W           *pageWords
	Site        feed.Site
	Title       string
	Heading     string
	Description string
	ContentLang string
	Robots      string
	Canonical   string
	Switch      string
	Feeds       []feedLink // for autodiscovery
	Outline     string     // the channel's sources
	Nav         []feedLink
	CSS         template.CSS
	Mail        string
	ContactLink string // where the contact is a web address
	About       string
	Takedown    string
}

// feedLink is a link to a feed. Its type is written as it is: the template would
// write + as a character reference, which is right but not understood by every
// program that looks for feeds.
type feedLink struct {
	Attr               template.HTMLAttr
	Title, Label, Href string
}

func newPage(site feed.Site, title string) (page, error) {
	css, err := pageStyle()
	if err != nil {
		return page{}, err
	}
	p := page{W: pageWordsFor(&site), Site: site, Title: title, Heading: title, CSS: css, Mail: mail(site.Contact), ContactLink: href(site.Contact), About: AboutURL(site), Takedown: TakedownURL(site)}
	if site.Title != "" && title != site.Title {
		p.Title += " – " + site.Title
	}
	return p, nil
}

func writePage(w io.Writer, name string, data any) error {
	t, err := pageTemplates()
	if err != nil {
		return err
	}
	var b strings.Builder
	if err := t.ExecuteTemplate(&b, name, data); err != nil {
		return fmt.Errorf("writing page %s: %w", name, err)
	}
	if _, err := w.Write(escape(make([]byte, 0, b.Len()), b.String(), pageEscapes)); err != nil {
		return fmt.Errorf("writing page %s: %w", name, err)
	}
	return nil
}

// feedLinks are a channel's documents in a fixed order.
func feedLinks(h *Head) []feedLink {
	var out []feedLink
	for _, f := range Formats {
		if u := h.Alternates[f]; u != "" && f != HTML {
			out = append(out, feedLink{template.HTMLAttr(`type="` + f.MediaType() + `"`), h.Channel.Title + " (" + f.Name() + ")", f.Name(), u})
		}
	}
	return out
}

// discoverable are the links for autodiscovery. Readers that find an
// application/json alternate take it for a JSON Feed, so ninjs is not among
// them.
func discoverable(links []feedLink) []feedLink {
	return slices.DeleteFunc(slices.Clone(links), func(l feedLink) bool { return l.Label == Ninjs.Name() })
}

// moment is a time for people, "" for none.
func (w *pageWords) moment(t time.Time) string {
	if !statable(t) {
		return ""
	}
	return w.months.moment(t, w.zone)
}

// ChannelPage writes a channel's page from HTML fragments.
func ChannelPage(w io.Writer, h Head, fragments [][]byte) error {
	p, err := newPage(h.Site, first(oneLine(h.Channel.Title), h.Channel.ID))
	if err != nil {
		return err
	}
	p.Description, p.Canonical, p.Switch = oneLine(h.Channel.Description), h.Page, h.Switch
	p.ContentLang, p.Nav = langTag(h.Channel.Language), feedLinks(&h)
	p.Feeds = discoverable(p.Nav)
	if p.Outline = h.Sources; p.Outline != "" {
		p.Nav = append(p.Nav, feedLink{Label: "OPML", Href: p.Outline})
	}
	return writePage(w, "channel", struct {
		page
		Updated string
		Body    template.HTML
	}{p, p.W.moment(h.Updated), template.HTML(htmlList(fragments))})
}

// HomePage is the front door: the channels with their newest stories, and the
// sources.
type HomePage struct {
	Site     feed.Site
	Switch   string // its address in the other language
	Channels []HomeChannel
	Sources  []Subscription
	OPML     string // address of the sources as OPML
}

// HomeChannel is a channel on the front door.
type HomeChannel struct {
	Head
	Latest []feed.Shown // already withheld; what would lose its attribution is left out
}

// maxNav is how many channels the bar on top of the front door has room for.
const maxNav = 12

type homeChannel struct {
	Lang, Page, Title, Description, Updated string
	Feeds                                   []feedLink
	Latest                                  []homeStory
}

// homeStory says its language where that is not its channel's.
type homeStory struct{ Lang, Link, Title, Outlet, When string }

// Home writes the front door.
func Home(w io.Writer, v HomePage) error {
	p, err := newPage(v.Site, first(v.Site.Title, feed.Host(v.Site.URL)))
	if err != nil {
		return err
	}
	p.Switch, p.Canonical = v.Switch, v.Site.URL
	channels := make([]homeChannel, 0, len(v.Channels))
	for i := range v.Channels {
		h := &v.Channels[i].Head
		feeds := feedLinks(h)
		c := homeChannel{
			Lang: langTag(h.Channel.Language), Page: h.Page, Title: first(h.Channel.Title, h.Channel.ID),
			Description: h.Channel.Description, Updated: p.W.moment(h.Updated), Feeds: feeds,
		}
		for _, s := range v.Channels[i].Latest {
			if x, err := gather(&s.Entry, &s.Decision, &v.Site); err == nil {
				c.Latest = append(c.Latest, homeStory{
					differs(first(x.lang, undetermined), c.Lang), x.link, x.title, x.source.Title, p.W.moment(s.Entry.Published),
				})
			}
		}
		channels = append(channels, c)
		p.Feeds = append(p.Feeds, discoverable(feeds)...)
		p.Nav = append(p.Nav, feedLink{Label: c.Title, Href: c.Page})
	}
	if len(p.Nav) > maxNav {
		p.Nav = nil // they stand below
	}
	return writePage(w, "home", struct {
		page
		Channels []homeChannel
		Sources  []homeSource
		OPML     string
	}{p, channels, homeSources(v.Sources), v.OPML})
}

type homeSource struct{ URL, Title string }

func homeSources(ss []Subscription) []homeSource {
	out := make([]homeSource, 0, len(ss))
	for _, s := range ss {
		out = append(out, homeSource{href(s.Source.URL), s.name()})
	}
	return out
}

// stamp is a time for machines.
func stamp(t time.Time) string {
	if !statable(t) {
		return ""
	}
	return t.UTC().Format(time.RFC3339)
}

// rooted is an address on our own site without scheme and host.
func rooted(site *feed.Site, u string) string {
	_, rest, _ := strings.Cut(site.URL, "://")
	_, path, _ := strings.Cut(rest, "/")
	if tail, ok := strings.CutPrefix(u, site.URL); ok {
		return "/" + path + tail
	}
	return u
}
