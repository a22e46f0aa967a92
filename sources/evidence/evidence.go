// Package evidence finds what owners say about rights: in a feed and its
// entries (RFC 4287 section 4.2.10, RFC 4946, creativeCommons, Media RSS,
// access:restriction, RSL 1.0), in HTTP headers and pages (robots directives,
// TDMRep, rel=license, schema.org) and in words (“Dilarang mengutip … tanpa
// izin”). It quotes them verbatim, with where they stood, and decides nothing:
// package feed/rights does.
package evidence

import (
	"strconv"
	"strings"

	"warta/sources"
	"warta/sources/prose"
)

// unspecified is the licence link that says "no licence is stated" and stops
// inheritance (RFC 4946 section 2.1).
const unspecified = "http://purl.org/atompub/license#unspecified"

// Document fills doc.Evidence from the head of the feed: its statements and
// its signals. The feed's licences are not among them, because an entry may
// override them (RFC 4946 section 2.4); Item settles that for each entry. What
// was already in doc.Evidence, such as that of the HTTP header, is kept.
func Document(doc *sources.Document) {
	f := finder{list: doc.Evidence}
	for _, s := range doc.Rights {
		f.statement(s.Text, s.Where)
	}
	for i := range doc.Signals {
		if !isContent(&doc.Signals[i]) { // Item settles of which entries it speaks
			f.signal(&doc.Signals[i], "feed")
		}
	}
	f.policies(doc.Links, "feed")
	doc.Evidence = f.list
}

// Item fills it.Evidence: the item's own statements, those of the feed it was
// taken from, the licence in force for it, its signals and the notices in its
// text. What Document found is not repeated.
func Item(it *sources.Item, doc *sources.Document) {
	f := finder{list: it.Evidence}
	for _, s := range it.Rights {
		f.statement(s.Text, s.Where)
	}
	if it.Origin != nil && it.Origin.Rights != "" {
		f.statement(it.Origin.Rights, "entry source rights")
	}
	f.licences(it, doc)
	for i := range it.Signals {
		f.signal(&it.Signals[i], "entry")
	}
	if doc != nil {
		f.rslOfFeed(doc.Signals, it.Link)
	}
	f.policies(it.Links, "entry")
	f.embargo(it)
	f.available(it)
	f.images(it)
	f.html(it.Content.Value, "text")
	f.linked(it.Content.Value, "text")
	if it.Summary.Value != it.Content.Value {
		f.html(it.Summary.Value, "summary")
		f.linked(it.Summary.Value, "summary")
	}
	// A notice that normalizing took for furniture is still a notice.
	for _, r := range it.Removed {
		f.words(r.Text, "text, removed as "+r.Why)
	}
	it.Evidence = f.list
}

// licences settles which licence links are in force for an entry: its own,
// else those of its atom:source, else the feed's (RFC 4946 section 2.4).
func (f *finder) licences(it *sources.Item, doc *sources.Document) {
	switch {
	case len(it.Licenses) > 0:
		f.licenceLinks(it.Licenses, it.Links, "entry licence")
	case it.Origin != nil && len(it.Origin.Licenses) > 0:
		f.licenceLinks(it.Origin.Licenses, nil, "entry source licence")
	case doc != nil:
		f.licenceLinks(doc.Licenses, doc.Links, "feed licence")
	}
}

func (f *finder) licenceLinks(hrefs []string, links []sources.Link, where string) {
	for _, href := range hrefs {
		f.licenceLink(href, typeOf(href, links), href, where)
	}
}

// licenceLink adds what one licence address says. mediaType is the link's
// type; text its markup.
func (f *finder) licenceLink(href, mediaType, text, where string) {
	href = strings.TrimSpace(href)
	switch {
	case href == "":
	case isUnspecified(href):
		f.add(sources.LicenceNone, text, where, "")
	case isPolicyType(mediaType):
		f.policy(href, text, where)
	case strings.HasPrefix(mediaType, "application/rsl+xml"):
		f.add(sources.RSLTerms, text, where, href)
	default:
		if canonical, ok := Licence(href); ok {
			href = canonical
		}
		f.add(sources.Licence, text, where, href)
	}
}

// isUnspecified heeds the address of "unspecified" also as https, which is not
// what the RFC wrote.
func isUnspecified(href string) bool {
	return href == unspecified || href == "https"+strings.TrimPrefix(unspecified, "http")
}

func typeOf(href string, links []sources.Link) string {
	for _, l := range links {
		if strings.EqualFold(l.Rel, "license") && l.Href == href {
			return l.Type
		}
	}
	return ""
}

// finder collects evidence, each piece once.
type finder struct {
	list   []sources.Evidence
	whole  bool    // the words stand where rights are stated: quote all of them
	tokens []token // room for those of a sentence
	strict bool    // what is merely like a notice is none
}

// maxFound bounds how much evidence one entry or page can carry.
const maxFound = 64

func (f *finder) add(kind sources.EvidenceKind, text, where, value string) {
	text = prose.Quote(text)
	for i := range f.list {
		e := &f.list[i]
		if e.Kind != kind || e.Text != text {
			continue
		}
		if kind == sources.Copyright { // one claim, at its strongest
			e.Value = first(e.Value, value)
			return
		}
		if e.Value == value {
			return
		}
	}
	if len(f.list) >= maxFound && f.has(kind) {
		return
	}
	f.list = append(f.list, sources.Evidence{Kind: kind, Text: text, Where: where, Value: value})
}

func (f *finder) has(kind sources.EvidenceKind) bool {
	for i := range f.list {
		if f.list[i].Kind == kind {
			return true
		}
	}
	return false
}

// number reads a decimal integer that may carry a sign.
func number(s string) (int, bool) {
	n, err := strconv.Atoi(strings.TrimSpace(s))
	return n, err == nil
}
