package parse

import (
	"bytes"
	"strings"

	"warta/sources"
)

// dialect is the family a document belongs to.
type dialect uint8

const (
	dialectRSS dialect = iota
	dialectAtom
	dialectCDF
	dialectEntry // an Atom entry document (RFC 4287 section 2)
)

// root is where the feed begins.
type root struct {
	dialect dialect
	format  sources.Format
	tok     token
}

// findRoot looks for the element a feed begins with, past whatever stands
// before it: white space, warnings that PHP printed, comments of any length.
// On the way it takes the entities of the document's own DTD.
func findRoot(d *decoder) (root, error) {
	lx := newLexer(d.doc, 0, len(d.doc))
	var page htmlPage
	junk := -1
	for {
		t := lx.next()
		switch t.kind {
		case kindEOF:
			return root{}, page.refuse(d)
		case kindDirective:
			if bytes.Contains(d.doc[t.in:t.out], []byte("<!ENTITY")) {
				if err := d.entities.declare(d.doc[t.in:t.out], t.in, d.warn); err != nil {
					return root{}, err
				}
			}
			page.doctype = page.doctype || isHTMLDoctype(d.doc[t.in-2:t.out])
		case kindText:
			if junk < 0 && !blank(d.doc[t.start:t.end]) {
				junk = t.start
			}
		case kindStart:
			if r, ok := rootOf(d, t, page.html); ok {
				if junk >= 0 {
					d.warn.add("junk-before-root", junk, "something else stands before the feed begins")
				}
				return r, nil
			}
			if junk < 0 {
				junk = t.start
			}
			page.see(d, t)
		}
	}
}

// rootOf recognizes the start tag of a feed. Within an HTML page it must say
// more than its name.
func rootOf(d *decoder, t token, inPage bool) (root, bool) {
	_, local := split(t.name)
	a := attributes{d.doc[t.in:t.out]}
	switch {
	case equalFold(local, "rss"):
		v, ok := a.find("version")
		return root{dialect: dialectRSS, tok: t, format: rssFormat(strings.TrimSpace(string(v)))}, ok || !inPage
	case equalFold(local, "rdf"):
		return root{dialect: dialectRSS, tok: t, format: rdfFormat(d.doc[t.in:t.out])}, true
	case equalFold(local, "feed"):
		ok := !inPage || containsFold(d.doc[t.in:t.out], "atom")
		return root{dialect: dialectAtom, tok: t, format: atomFormat(d.doc[t.in:t.out])}, ok
	case equalFold(local, "channel") && bytes.Contains(d.doc[t.in:t.out], []byte("purl.org/net/rss1.1")):
		return root{dialect: dialectRSS, tok: t, format: "rss1.1"}, true
	case equalFold(local, "channel") && !inPage:
		if string(local) == "channel" && !bytes.Contains(lower(nil, d.doc[t.in:t.out]), []byte("href")) {
			return root{dialect: dialectRSS, tok: t, format: "rss"}, true
		}
		return root{dialect: dialectCDF, tok: t, format: "cdf"}, true
	case equalFold(local, "entry") && !inPage && containsFold(d.doc[t.in:t.out], "atom"):
		return root{dialect: dialectEntry, tok: t, format: atomFormat(d.doc[t.in:t.out])}, true
	}
	return root{}, false
}

func rssFormat(version string) sources.Format {
	switch version {
	case "0.90", "0.91", "0.92", "0.93", "0.94", "1.0", "2.0":
		return sources.Format("rss" + version)
	}
	if strings.HasPrefix(version, "2") {
		return "rss2.0"
	}
	return "rss"
}

func rdfFormat(attrs []byte) sources.Format {
	if bytes.Contains(attrs, []byte("netscape.com/rdf/simple/0.9")) {
		return "rss0.90"
	}
	return "rss1.0"
}

func atomFormat(attrs []byte) sources.Format {
	if v, ok := (attributes{attrs}).find("version"); ok && strings.HasPrefix(string(v), "0.") {
		return sources.Format("atom" + clip(trimXML(v)))
	}
	if bytes.Contains(attrs, []byte("purl.org/atom/ns#")) {
		return "atom0.3"
	}
	return "atom1.0"
}

// htmlPage gathers what an HTML page says of feeds, for the error.
type htmlPage struct {
	doctype, html bool
	feeds         []string
}

// maxNamedFeeds bounds how many feeds of a page an error lists.
const maxNamedFeeds = 20

func (p *htmlPage) see(d *decoder, t token) {
	switch {
	case equalFold(t.name, "html"), equalFold(t.name, "head"), equalFold(t.name, "body"):
		p.html = true
	case equalFold(t.name, "link") && len(p.feeds) < maxNamedFeeds:
		rel := strings.ToLower(d.attribute(t, "rel"))
		kind := strings.ToLower(d.attribute(t, "type"))
		if href := trimmed(d.attribute(t, "href")); href != "" && strings.Contains(rel, "alternate") && feedType(kind) {
			p.feeds = append(p.feeds, href)
		}
	}
}

func feedType(t string) bool {
	return strings.Contains(t, "rss+xml") || strings.Contains(t, "atom+xml") || strings.Contains(t, "feed+json") || strings.Contains(t, "rdf+xml")
}

func (p *htmlPage) refuse(d *decoder) error {
	switch {
	case blank(d.doc):
		return &Error{Code: CodeEmpty, Message: "the document is empty", Hint: "try again later, or look at the address in a browser"}
	case len(p.feeds) > 0:
		return &Error{Code: CodeHTMLPage, Message: "this is a web page, not a feed", Hint: "it names these feeds: " + strings.Join(p.feeds, ", "), Feeds: p.feeds}
	case p.html || p.doctype:
		return &Error{Code: CodeHTMLPage, Message: "this is a web page, not a feed", Hint: "look for a link to its feed, or add it as a page"}
	}
	return &Error{Code: CodeNotAFeed, Message: "the document is no feed that we know", Hint: "we read RSS, Atom, JSON Feed and CDF"}
}
