package render

import (
	"io"

	"warta/feed"
	"warta/sources"
)

// atomEntry appends an entry (RFC 4287 section 4.1.2).
func atomEntry(b []byte, x *facts) []byte {
	e := x.e
	b = append(b, `<entry xml:lang="`...)
	b = append(append(b, first(x.lang, undetermined)...), "\">\n"...)
	b = element(b, "id", x.atomID)
	b = append(escape(append(b, "<title>"...), x.title, textEscapes), "</title>\n"...)
	b = moment(b, "published", e.Published)
	b = moment(b, "updated", x.updated)
	b = moment(b, "app:edited", e.Edited)
	b = people(b, "", "author", x.authors)
	b = people(b, "", "contributor", x.helpers)
	b = atomCategories(b, x)
	b = link(b, "", sources.Link{Rel: "alternate", Href: x.link})
	b = entryLinks(b, "", x)
	for _, c := range e.Enclosures {
		b = link(b, "", enclosureLink(c))
	}
	b = element(b, "rights", x.rights)
	b = licenceLinks(b, "", x.licences)
	b = atomSource(b, "", &x.source)
	b = shared(b, x, x.stated(x.atomID))
	switch {
	case x.content != "":
		if x.summary != "" { // some readers show nothing else
			b = htmlText(b, "summary", x.notice, x.summary, x.credit)
		}
		b = htmlText(b, "content", x.notice, x.content, x.credit)
	default:
		b = htmlText(b, "summary", x.notice, x.summary, x.credit)
	}
	return append(pictures(b, x), "</entry>\n"...)
}

// htmlText appends a text construct of type html (section 3.1.1.2).
func htmlText(b []byte, name string, parts ...string) []byte {
	start := len(b)
	b = append(append(append(b, '<'), name...), ` type="html">`...)
	text := len(b)
	for _, p := range parts {
		b = escape(b, p, textEscapes)
	}
	if len(b) == text {
		return b[:start]
	}
	return append(append(append(b, "</"...), name...), ">\n"...)
}

func atomCategories(b []byte, x *facts) []byte {
	for _, c := range x.e.Categories {
		term := oneLine(c.Term)
		if term == "" {
			continue
		}
		b = attr(append(b, "<category"...), "term", term)
		if feed.IsIRI(c.Scheme) {
			b = attr(b, "scheme", c.Scheme)
		}
		b = append(attr(b, "label", oneLine(c.Label)), "/>\n"...)
	}
	if x.e.Advertorial {
		b = append(attr(append(b, `<category term="advertorial"`...), "label", x.words.advertorial), "/>\n"...)
	}
	return b
}

// entryLinks appends the links that Atom and RSS share: the way the story
// came, what it answers, and our page about it.
func entryLinks(b []byte, prefix string, x *facts) []byte {
	for _, l := range x.via {
		l.Rel = "via"
		b = link(b, prefix, l)
	}
	for _, r := range x.e.InReplyTo {
		b = link(b, prefix, sources.Link{Rel: "related", Href: href(r.Href)})
	}
	for _, n := range x.e.Notices() {
		b = link(b, prefix, sources.Link{Rel: "related", Href: href(n.URL), Title: x.words.notices[n.Kind]})
	}
	return link(b, prefix, sources.Link{Rel: "describedby", Type: HTML.MediaType(), Href: href(EntryURL(*x.site, x.e.ID))})
}

func enclosureLink(c sources.Enclosure) sources.Link {
	return sources.Link{Rel: "enclosure", Type: c.Type, Title: oneLine(c.Title), Href: href(c.URL), Length: c.Length}
}

// atomDocument writes a feed (section 4.1.1).
func atomDocument(w io.Writer, h *Head, fragments [][]byte) error {
	b := append(make([]byte, 0, 2048), '\n')
	b = element(b, "id", h.id())
	b = append(escape(append(b, "<title>"...), oneLine(h.Channel.Title), textEscapes), "</title>\n"...)
	b = element(b, "subtitle", oneLine(h.Channel.Description))
	updated := h.Updated
	if !statable(updated) {
		updated = emptySince
	}
	b = moment(b, "updated", updated)
	b = people(b, "", "author", []sources.Person{h.publisher()})
	b = headLinks(b, "", Atom, h)
	b = element(b, "generator", "warta")
	b = history(b, h)
	b = atomGone(b, h, Atom)
	b, fragments = tombstonesFirst(b, fragments)
	return writeXML(w, atomRoot{
		Atom: nsAtom, App: nsApp, DCTerms: nsTerms, Deleted: nsTomb, GeoRSS: nsGeo, History: nsHistory,
		Media: nsMedia, Mining: nsTDM, Thread: nsThread, Warta: nsWarta, Language: h.language(),
	}, b, fragments, "")
}

// tombstonesFirst puts what is no entry before the entries, as the grammar of
// a feed demands (RFC 4287 section 4.1.1).
func tombstonesFirst(b []byte, fragments [][]byte) ([]byte, [][]byte) {
	var rest [][]byte
	for i, f := range fragments {
		if n := tombstoneLength(f); n > 0 {
			if rest == nil {
				rest = append(make([][]byte, 0, len(fragments)), fragments...)
			}
			b = append(b, f[:n]...)
			rest[i] = f[n:]
		}
	}
	if rest != nil {
		fragments = rest
	}
	return b, fragments
}

// publisher is who answers for the channel. Entries name their own authors and
// never inherit this one.
func (h *Head) publisher() sources.Person {
	return sources.Person{Name: first(oneLine(h.Site.Title), feed.Host(h.Site.URL), "warta"), URL: href(h.Site.URL), Email: mail(h.Site.Contact)}
}

// headLinks appends a document's own links, in a fixed order.
func headLinks(b []byte, prefix string, self Format, h *Head) []byte {
	b = link(b, prefix, sources.Link{Rel: "self", Type: self.MediaType(), Href: h.Self})
	b = link(b, prefix, sources.Link{Rel: "alternate", Type: HTML.MediaType(), Href: h.Page})
	for _, f := range Formats {
		if f != self && f != HTML {
			b = link(b, prefix, sources.Link{Rel: "alternate", Type: f.MediaType(), Title: f.Name(), Href: h.Alternates[f]})
		}
	}
	for _, u := range h.Hubs {
		b = link(b, prefix, sources.Link{Rel: "hub", Href: u})
	}
	for _, l := range h.Links {
		b = link(b, prefix, l)
	}
	return b
}

// history appends what RFC 5005 says of the document.
func history(b []byte, h *Head) []byte {
	if h.Complete {
		b = append(b, "<fh:complete/>\n"...)
	}
	if h.Archive {
		b = append(b, "<fh:archive/>\n"...)
	}
	return b
}
