package render

import (
	"bytes"
	"encoding/xml"
	"io"
	"slices"
	"strconv"
	"time"

	"github.com/gorilla/feeds"

	"warta/feed"
	"warta/sources"
)

// Namespaces of our own markup and of what we borrow. Every document declares
// all of them on its root, so that fragments fit any.
const (
	nsAtom    = "http://www.w3.org/2005/Atom"
	nsApp     = "http://www.w3.org/2007/app"
	nsContent = "http://purl.org/rss/1.0/modules/content/"
	nsCC      = "http://backend.userland.com/creativeCommonsRssModule"
	nsDC      = "http://purl.org/dc/elements/1.1/"
	nsTerms   = "http://purl.org/dc/terms/"
	nsGeo     = "http://www.georss.org/georss"
	nsHistory = "http://purl.org/syndication/history/1.0"
	nsMedia   = "http://search.yahoo.com/mrss/"
	nsThread  = "http://purl.org/syndication/thread/1.0"
	nsTomb    = "http://purl.org/atompub/tombstones/1.0"
	nsTDM     = "http://www.w3.org/ns/tdmrep"
	nsWarta   = "urn:x-warta:feed" // described in EXTENSIONS.md
)

// envelope hands a root element of ours to gorilla/feeds.
type envelope struct{ root any }

func (e envelope) FeedXml() any { return e.root }

type atomRoot struct {
	XMLName  xml.Name `xml:"feed"`
	Atom     string   `xml:"xmlns,attr"`
	App      string   `xml:"xmlns:app,attr"`
	DCTerms  string   `xml:"xmlns:dcterms,attr"`
	Deleted  string   `xml:"xmlns:at,attr"`
	GeoRSS   string   `xml:"xmlns:georss,attr"`
	History  string   `xml:"xmlns:fh,attr"`
	Media    string   `xml:"xmlns:media,attr"`
	Mining   string   `xml:"xmlns:tdm,attr"`
	Thread   string   `xml:"xmlns:thr,attr"`
	Warta    string   `xml:"xmlns:warta,attr"`
	Language string   `xml:"xml:lang,attr"`
}

type rssRoot struct {
	XMLName xml.Name `xml:"rss"`
	Version string   `xml:"version,attr"`
	Atom    string   `xml:"xmlns:atom,attr"`
	CC      string   `xml:"xmlns:creativeCommons,attr"`
	Content string   `xml:"xmlns:content,attr"`
	DC      string   `xml:"xmlns:dc,attr"`
	DCTerms string   `xml:"xmlns:dcterms,attr"`
	GeoRSS  string   `xml:"xmlns:georss,attr"`
	History string   `xml:"xmlns:fh,attr"`
	Media   string   `xml:"xmlns:media,attr"`
	Mining  string   `xml:"xmlns:tdm,attr"`
	Thread  string   `xml:"xmlns:thr,attr"`
	Warta   string   `xml:"xmlns:warta,attr"`
}

// writeXML writes a document around fragments, one after another: a document of
// thousands is never held whole. Head and tail are what stands between the root
// element and the fragments.
func writeXML(w io.Writer, root any, head []byte, fragments [][]byte, tail string) error {
	var frame bytes.Buffer
	if err := feeds.WriteXML(envelope{root}, &frame); err != nil {
		return err
	}
	end := bytes.LastIndex(frame.Bytes(), []byte("</"))
	open, close := frame.Bytes()[:end], frame.String()[end:]
	return writeParts(w, append(open[:end:end], head...), fragments, "", tail+close)
}

// writeParts writes a head, fragments with something between them, and a tail.
func writeParts(w io.Writer, head []byte, fragments [][]byte, between, tail string) error {
	if _, err := w.Write(head); err != nil {
		return err
	}
	for i, f := range fragments {
		if i > 0 && between != "" {
			if _, err := io.WriteString(w, between); err != nil {
				return err
			}
		}
		if _, err := w.Write(f); err != nil {
			return err
		}
	}
	_, err := io.WriteString(w, tail)
	return err
}

// element appends <name>s</name>, nothing for an empty s.
func element(b []byte, name, s string) []byte {
	if s == "" {
		return b
	}
	b = append(append(append(b, '<'), name...), '>')
	b = escape(b, s, textEscapes)
	return append(append(append(b, "</"...), name...), ">\n"...)
}

// attr appends name="s", nothing for an empty s.
func attr(b []byte, name, s string) []byte {
	if s == "" {
		return b
	}
	b = append(append(append(b, ' '), name...), `="`...)
	return append(escape(b, s, attrEscapes), '"')
}

// moment appends a date construct (RFC 4287 section 3.3), nothing for a date
// that is unknown.
func moment(b []byte, name string, t time.Time) []byte {
	if !statable(t) {
		return b
	}
	b = append(append(append(b, '<'), name...), '>')
	b = t.UTC().AppendFormat(b, time.RFC3339)
	return append(append(append(b, "</"...), name...), ">\n"...)
}

// link appends an Atom link, with the prefix that the Atom namespace has.
func link(b []byte, prefix string, l sources.Link) []byte {
	if l.Href == "" {
		return b
	}
	b = append(append(append(b, '<'), prefix...), "link"...)
	b = attr(attr(attr(attr(attr(b, "rel", l.Rel), "type", l.Type), "hreflang", langTag(l.Language)), "title", l.Title), "href", l.Href)
	if l.Length > 0 {
		b = append(strconv.AppendInt(append(b, ` length="`...), l.Length, 10), '"')
	}
	return append(b, "/>\n"...)
}

// licenceLinks appends rel=license links (RFC 4946 section 2).
func licenceLinks(b []byte, prefix string, licences []string) []byte {
	for _, l := range licences {
		b = link(b, prefix, sources.Link{Rel: "license", Href: l, Title: licenceName(l)})
	}
	return b
}

// people appends person constructs (RFC 4287 section 3.2) with their roles.
//
// feedparser 6 gives an author without e-mail the one of the author before.
// So an email element is written only where everybody after has one too; the
// others keep theirs in an attribute of ours.
func people(b []byte, prefix, name string, ps []sources.Person) []byte {
	safe := len(ps)
	for safe > 0 && ps[safe-1].Email != "" {
		safe--
	}
	for i := range ps {
		b = person(b, prefix, name, &ps[i], i >= safe)
	}
	return b
}

func person(b []byte, prefix, name string, p *sources.Person, email bool) []byte {
	b = append(append(append(b, '<'), prefix...), name...)
	if p.Role != "author" {
		b = attr(b, "warta:role", p.Role)
	}
	if !email {
		b = attr(b, "warta:email", p.Email)
	}
	b = tag(append(b, '>'), prefix, "name", p.Name)
	if p.URL != "" {
		b = tag(b, prefix, "uri", p.URL)
	}
	if email && p.Email != "" {
		b = tag(b, prefix, "email", p.Email)
	}
	return append(append(append(append(b, "</"...), prefix...), name...), ">\n"...)
}

// tag appends a prefixed element on the same line.
func tag(b []byte, prefix, name, s string) []byte {
	b = append(append(append(append(b, '<'), prefix...), name...), '>')
	b = escape(b, s, textEscapes)
	return append(append(append(append(b, "</"...), prefix...), name...), '>')
}

// atomSource appends atom:source (RFC 4287 section 4.2.11) in full: what an
// entry loses when it leaves its feed.
func atomSource(b []byte, prefix string, o *feed.Outlet) []byte {
	b = append(append(append(b, '<'), prefix...), `source xml:lang="`...)
	b = append(append(b, first(langTag(o.Language), undetermined)...), "\">\n"...)
	b = element(b, prefix+"id", o.ID)
	b = element(b, prefix+"title", o.Title)
	b = moment(b, prefix+"updated", o.Updated)
	b = link(b, prefix, sources.Link{Rel: "self", Href: o.FeedURL})
	b = link(b, prefix, sources.Link{Rel: "alternate", Href: o.URL})
	b = people(b, prefix, "author", named(o.Authors))
	b = element(b, prefix+"rights", oneLine(o.Rights))
	for _, l := range o.Licenses {
		if feed.IsIRI(l) {
			b = link(b, prefix, sources.Link{Rel: "license", Href: l})
		}
	}
	return append(append(append(b, "</"...), prefix...), "source>\n"...)
}

// places appends GeoRSS simple points, lines, boxes and polygons, latitude
// first.
func places(b []byte, e *feed.Entry) []byte {
	for _, p := range e.Points {
		b = place(b, "point", p)
	}
	for _, s := range e.Shapes {
		switch s.Kind {
		case "line", "box", "polygon":
			b = place(b, s.Kind, s.Points...)
		}
	}
	return b
}

func place(b []byte, kind string, ps ...sources.Point) []byte {
	if len(ps) == 0 || slices.ContainsFunc(ps, func(p sources.Point) bool { return !onEarth(p) }) {
		return b
	}
	b = append(append(append(b, "<georss:"...), kind...), '>')
	for i, p := range ps {
		if i > 0 {
			b = append(b, ' ')
		}
		b = append(appendFloat(b, p.Latitude), ' ')
		b = appendFloat(b, p.Longitude)
	}
	return append(append(append(b, "</georss:"...), kind...), ">\n"...)
}

// onEarth is false for NaN too.
func onEarth(p sources.Point) bool {
	return p.Latitude >= -90 && p.Latitude <= 90 && p.Longitude >= -180 && p.Longitude <= 180
}

// image appends Media RSS with whose picture it is.
func image(b []byte, m *sources.Image) []byte {
	u := href(m.URL)
	if u == "" {
		return b
	}
	b = attr(attr(append(b, "<media:content"...), "url", u), "type", m.Type)
	b = append(b, ` medium="image"`...)
	if m.Width > 0 && m.Height > 0 {
		b = append(append(strconv.AppendInt(append(b, ` width="`...), int64(m.Width), 10), `" height="`...), strconv.Itoa(m.Height)...)
		b = append(b, '"')
	}
	b = append(b, ">\n"...)
	b = element(b, "media:title", oneLine(m.Title))
	b = element(b, "media:description", oneLine(m.Caption))
	if c := oneLine(m.Credit); c != "" {
		b = append(escape(append(b, `<media:credit role="photographer" scheme="urn:ebu">`...), c, textEscapes), "</media:credit>\n"...)
	}
	// A licence stands as the address of the terms: validators know no
	// media:license in media:content.
	licence := href(m.License)
	if c := first(oneLine(m.Copyright), licenceName(licence), licence); c != "" {
		b = append(attr(append(b, "<media:copyright"...), "url", licence), '>')
		b = append(escape(b, c, textEscapes), "</media:copyright>\n"...)
	}
	return append(b, "</media:content>\n"...)
}

// images are an entry's pictures, each once.
func images(e *feed.Entry) []sources.Image {
	if e.Image == nil {
		return e.Media
	}
	out := append(make([]sources.Image, 0, len(e.Media)+1), *e.Image)
	for _, m := range e.Media {
		if m.URL != e.Image.URL {
			out = append(out, m)
		}
	}
	return out
}

// replies appends thr:in-reply-to (RFC 4685 section 3).
func replies(b []byte, x *facts) []byte {
	for _, r := range x.e.InReplyTo {
		ref := x.replyID(&r)
		if ref == "" {
			continue
		}
		b = attr(attr(attr(append(b, "<thr:in-reply-to"...), "ref", ref), "href", href(r.Href)), "source", href(r.Source))
		b = append(b, "/>\n"...)
	}
	return b
}

// replyID is the atom:id of the story that is answered: an id that is none
// became one when that story was written.
func (x *facts) replyID(r *sources.Reply) string {
	if r.Ref == "" || feed.IsIRI(r.Ref) {
		return first(r.Ref, r.Href)
	}
	return feed.TagURI(first(feed.Host(x.e.Attribution.Source.FeedURL), feed.Host(x.link)), r.Ref)
}

// shared appends what Atom and RSS say in the same foreign elements; stated is
// the id as its source gave it, where it is known there by another.
func shared(b []byte, x *facts, stated string) []byte {
	a := &x.e.Attribution
	for _, l := range x.licences {
		if l != Unspecified {
			b = element(b, "dcterms:license", l)
		}
	}
	b = element(b, "dcterms:rightsHolder", oneLine(a.Holder))
	b = element(b, "dcterms:bibliographicCitation", x.creditText)
	for _, p := range firstOutlets(a, &x.source) {
		b = element(b, "dcterms:source", oneLine(p.Outlet))
	}
	if legal(stated) {
		b = element(b, "warta:guid", stated)
	}
	b = element(b, "warta:credit", oneLine(a.Credit))
	b = element(b, "warta:dateline", oneLine(a.Dateline))
	b = element(b, "warta:use", x.d.Use.String())
	b = mining(b, x)
	for _, n := range x.e.Notices() {
		b = attr(append(b, "<warta:notice"...), "kind", string(n.Kind))
		if statable(n.When) {
			b = append(n.When.UTC().AppendFormat(append(b, ` when="`...), time.RFC3339), '"')
		}
		b = append(attr(attr(attr(b, "by", n.By), "href", href(n.URL)), "quote", oneLine(n.Quote)), '>')
		b = append(escape(b, oneLine(n.Reason), textEscapes), "</warta:notice>\n"...)
	}
	// A region is known by its code, which has no place in GeoRSS.
	for _, r := range x.e.Regions {
		b = element(b, "dcterms:spatial", oneLine(r))
	}
	b = places(b, x.e)
	return replies(b, x)
}

// pictures appends an entry's pictures, after its texts: readers that know one
// description of an entry take that of a picture for it otherwise, and lose
// whose story it is. Where the entry has but one text they would take it for
// the second, and the caption is a title.
func pictures(b []byte, x *facts) []byte {
	for _, m := range images(x.e) {
		if x.content == "" {
			m.Title, m.Caption = first(m.Caption, m.Title), ""
		}
		b = image(b, &m)
	}
	return b
}
