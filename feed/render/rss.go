package render

import (
	"io"
	"strconv"
	"strings"
	"time"

	"warta/sources"
)

// rssItem appends an item (RSS 2.0, with the RSS Advisory Board's profile).
// What RSS has no element for stands in Dublin Core and Atom elements, but
// nothing twice: readers would show two authors or two sources.
func rssItem(b []byte, x *facts) []byte {
	e := x.e
	b = append(b, `<item`...)
	b = append(attr(b, "xml:lang", x.lang), ">\n"...)
	b = append(escape(append(b, "<title>"...), x.title, rssEscapes), "</title>\n"...)
	b = element(b, "link", x.link)
	b = rssGUID(b, x)
	b = rssDate(b, "pubDate", e.Published)
	b = moment(b, "dcterms:modified", x.modified)
	b = moment(b, "warta:edited", e.Edited)
	b = rssCreators(b, x.authors)
	for _, p := range x.helpers {
		b = dcPerson(b, "dc:contributor", p)
	}
	b = rssCategories(b, x)
	b = attr(append(b, "<source"...), "url", first(x.source.FeedURL, x.source.URL, x.link))
	b = append(escape(append(b, '>'), x.source.Title, textEscapes), "</source>\n"...)
	b = element(b, "dc:language", x.lang)
	b = element(b, "dc:rights", x.rights)
	b = rssLicences(b, x.licences)
	b = entryLinks(b, "atom:", x)
	b = rssEnclosures(b, e.Enclosures)
	// Wrapped, as no atom:source is foreseen in an item; feedparser finds it.
	b = append(atomSource(append(b, "<warta:origin>\n"...), "atom:", &x.source), "</warta:origin>\n"...)
	b = shared(b, x, x.stated(x.guid))
	// A description comes before the text, or readers take it for the text.
	if x.content != "" {
		if x.summary != "" { // some readers show nothing else
			b = rssText(b, "description", x.notice, x.summary, x.credit)
		}
		b = rssText(b, "content:encoded", x.notice, x.content, x.credit)
	} else {
		b = rssText(b, "description", x.notice, x.summary, x.credit)
	}
	return append(pictures(b, x), "</item>\n"...)
}

// rssCreators appends every author. Many readers show the last that stands here
// alone: let that be somebody, not the login that posted the story.
func rssCreators(b []byte, authors []sources.Person) []byte {
	for _, login := range [...]bool{true, false} {
		for _, p := range authors {
			if p.Login() == login {
				b = dcPerson(b, "dc:creator", p)
			}
		}
	}
	return b
}

// rssGUID keeps the original's guid and what it said of it.
func rssGUID(b []byte, x *facts) []byte {
	b = append(append(strconv.AppendBool(append(b, `<guid isPermaLink="`...), x.perma), '"'), '>')
	return append(escape(b, x.guid, textEscapes), "</guid>\n"...)
}

// rssDate appends a date as RFC 822 with four digits of year and a numeric zone.
func rssDate(b []byte, name string, t time.Time) []byte {
	if !statable(t) {
		return b
	}
	return element(b, name, t.UTC().Format(time.RFC1123Z))
}

// dcPerson appends a person by name, with the rest in attributes of our own:
// Dublin Core has no place for it.
func dcPerson(b []byte, name string, p sources.Person) []byte {
	b = append(append(b, '<'), name...)
	if p.Role != "author" {
		b = attr(b, "warta:role", p.Role)
	}
	b = append(attr(attr(b, "warta:url", p.URL), "warta:email", p.Email), '>')
	b = escape(b, p.Name, textEscapes)
	return append(append(append(b, "</"...), name...), ">\n"...)
}

func rssCategories(b []byte, x *facts) []byte {
	for _, c := range x.e.Categories {
		if term := oneLine(c.Term); term != "" {
			b = append(attr(append(b, "<category"...), "domain", c.Scheme), '>')
			b = append(escape(b, first(oneLine(c.Label), term), textEscapes), "</category>\n"...)
		}
	}
	if x.e.Advertorial {
		b = element(b, "category", x.words.advertorial)
	}
	return b
}

func rssLicences(b []byte, licences []string) []byte {
	for _, l := range licences {
		if strings.Contains(l, "creativecommons.org/") {
			b = element(b, "creativeCommons:license", l)
		}
	}
	return licenceLinks(b, "atom:", licences)
}

// rssEnclosures appends the one enclosure that an item may have; the others
// become Atom links.
func rssEnclosures(b []byte, es []sources.Enclosure) []byte {
	had := false
	for _, c := range es {
		l := enclosureLink(c)
		switch {
		case l.Href == "":
		case had:
			b = link(b, "atom:", l)
		default:
			had = true
			b = attr(append(b, "<enclosure"...), "url", l.Href)
			b = append(strconv.AppendInt(append(b, ` length="`...), max(l.Length, 0), 10), '"')
			b = append(attr(b, "type", first(l.Type, "application/octet-stream")), "/>\n"...)
		}
	}
	return b
}

func rssText(b []byte, name string, parts ...string) []byte {
	start := len(b)
	b = append(append(append(b, '<'), name...), '>')
	text := len(b)
	for _, p := range parts {
		b = escape(b, p, textEscapes)
	}
	if len(b) == text {
		return b[:start]
	}
	return append(append(append(b, "</"...), name...), ">\n"...)
}

// rssDocument writes a channel.
func rssDocument(w io.Writer, h *Head, fragments [][]byte) error {
	title := first(oneLine(h.Channel.Title), h.Channel.ID)
	b := append(make([]byte, 0, 2048), "\n<channel>\n"...)
	b = element(b, "title", title)
	b = element(b, "link", h.Page)
	b = element(b, "description", first(oneLine(h.Channel.Description), title))
	b = element(b, "language", h.language())
	if p := h.publisher(); p.Email != "" {
		b = element(b, "webMaster", p.Email+" ("+p.Name+")")
	}
	b = rssDate(b, "lastBuildDate", h.Updated)
	b = element(b, "generator", "warta")
	b = element(b, "docs", "https://www.rssboard.org/rss-specification")
	b = headLinks(b, "atom:", RSS, h)
	b = history(b, h)
	b = atomGone(b, h, RSS)
	return writeXML(w, rssRoot{
		Version: "2.0", Atom: nsAtom, CC: nsCC, Content: nsContent, DC: nsDC, DCTerms: nsTerms, GeoRSS: nsGeo,
		History: nsHistory, Media: nsMedia, Mining: nsTDM, Thread: nsThread, Warta: nsWarta,
	}, b, fragments, "</channel>\n")
}
