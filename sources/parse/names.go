package parse

import "strings"

// canonical gives each namespace we read the prefix it usually goes by. Keys
// are in lower case, without scheme and without a slash or hash at the end:
// sites write them in every way.
var canonical = map[string]string{
	"www.w3.org/2005/atom":                "atom",
	"purl.org/atom/ns":                    "atom",
	"example.com/newformat":               "atom",
	"example.com/necho":                   "atom",
	"purl.org/echo":                       "atom",
	"uri/of/echo/namespace":               "atom",
	"purl.org/pie":                        "atom",
	"www.w3.org/1999/xhtml":               "xhtml",
	"www.w3.org/xml/1998/namespace":       "xml",
	"www.w3.org/2000/svg":                 "svg",
	"www.w3.org/1998/math/mathml":         "math",
	"www.w3.org/1999/xlink":               "xlink",
	"www.w3.org/1999/02/22-rdf-syntax-ns": "rdf",

	"purl.org/rss/1.0":                    "rss",
	"my.netscape.com/rdf/simple/0.9":      "rss",
	"channel.netscape.com/rdf/simple/0.9": "rss",
	"backend.userland.com/rss":            "rss",
	"backend.userland.com/rss2":           "rss",
	"backend.userland.com/rss091":         "rss",
	"purl.org/rss/1.0/modules/rss091":     "rss",
	"purl.org/net/rss1.1":                 "rss",
	"blogs.law.harvard.edu/tech/rss":      "rss",
	"cyber.law.harvard.edu/rss/rss.html":  "rss",

	"purl.org/dc/elements/1.1":             "dc",
	"purl.org/dc/elements/1.0":             "dc",
	"purl.org/dc/terms":                    "dcterms",
	"purl.org/rss/1.0/modules/content":     "content",
	"purl.org/rss/1.0/modules/syndication": "sy",
	"purl.org/rss/1.0/modules/threading":   "thr",
	"purl.org/syndication/thread/1.0":      "thr",
	"purl.org/syndication/history/1.0":     "fh",
	"purl.org/atompub/tombstones/1.0":      "at",
	"www.w3.org/2007/app":                  "app",
	"purl.org/atom/app":                    "app",
	"purl.org/rss/1.0/modules/slash":       "slash",
	"purl.org/rss/1.0/modules/image":       "image",
	"wellformedweb.org/commentapi":         "wfw",
	"purl.org/net/rss1.1/payload":          "payload",
	"webns.net/mvcb":                       "admin",

	"search.yahoo.com/mrss":                                               "media",
	"video.search.yahoo.com/mrss":                                         "media",
	"tools.search.yahoo.com/mrss":                                         "media",
	"www.rssboard.org/media-rss":                                          "media",
	"www.itunes.com/dtds/podcast-1.0.dtd":                                 "itunes",
	"example.com/dtds/podcast-1.0.dtd":                                    "itunes",
	"podcastindex.org/namespace/1.0":                                      "podcast",
	"github.com/podcastindex-org/podcast-namespace/blob/main/docs/1.0.md": "podcast",
	"rssnamespace.org/feedburner/ext/1.0":                                 "feedburner",

	"www.w3.org/2003/01/geo/wgs84_pos": "geo",
	"www.georss.org/georss":            "georss",
	"www.georss.org/georss/10":         "georss",
	"www.opengis.net/gml":              "gml",
	"postneo.com/icbm":                 "icbm",

	"creativecommons.org/ns":                                  "cc",
	"creativecommons.org/ns#license":                          "cc",
	"web.resource.org/cc":                                     "cc",
	"backend.userland.com/creativecommonsrssmodule":           "creativeCommons",
	"cyber.law.harvard.edu/rss/creativecommonsrssmodule.html": "creativeCommons",
	"www.bloglines.com/about/specs/fac-1.0":                   "access",
	"rslstandard.org/rsl":                                     "rsl",
	"www.w3.org/2022/tdmrep":                                  "tdm",
	"www.w3.org/ns/odrl/2":                                    "odrl",
	"www.w3.org/ns/tdmrep":                                    "tdm",
	"www.usemod.com/cgi-bin/mb.pl?modwiki":                    "wiki",
	"prismstandard.org/namespaces/1.2/basic":                  "prism",
	"prismstandard.org/namespaces/basic/2.0":                  "prism",
	"urn:x-warta:feed":                                        "warta",
}

// known holds the prefixes themselves: what an undeclared prefix means.
var known = func() map[string]string {
	m := map[string]string{}
	for _, p := range canonical {
		m[p] = p
	}
	return m
}()

// canonicalPrefix returns the usual prefix of a namespace, "" if unknown.
func canonicalPrefix(uri string) string {
	s := strings.ToLower(strings.TrimSpace(uri))
	s = strings.TrimPrefix(strings.TrimPrefix(s, "https://"), "http://")
	if strings.HasPrefix(s, "backend.userland.com/rss") { // each version has had one
		return "rss"
	}
	return canonical[strings.TrimRight(s, "/#")]
}

// declaration binds a prefix to a namespace.
type declaration struct {
	prefix string
	uri    string
	usual  string // its canonical prefix
}

// scope is what holds at a place in the document and is inherited downwards:
// namespaces, language and base (Namespaces in XML 1.0; xml:lang; XML Base).
type scope struct {
	parent *scope
	names  []declaration
	count  int // namespaces in scope
	lang   string
	base   string
	bases  int // xml:base within xml:base
}

func (s *scope) declared(prefix []byte) (declaration, bool) {
	for ; s != nil; s = s.parent {
		for i := len(s.names) - 1; i >= 0; i-- {
			if s.names[i].prefix == string(prefix) {
				return s.names[i], true
			}
		}
	}
	return declaration{}, false
}

// enter returns the scope within a start tag: a new one only where the tag
// changes anything.
func (s *scope) enter(a attributes, at int, d *decoder) (*scope, error) {
	in, stated := s, false // xml:lang goes before lang
	own := func() {
		if in == s {
			in = &scope{parent: s, count: s.count, lang: s.lang, base: s.base, bases: s.bases}
		}
	}
	for {
		x, ok := a.next()
		if !ok {
			break
		}
		if len(x.name) < 4 || x.name[0] != 'x' && x.name[0] != 'l' {
			continue
		}
		switch prefix, local := split(x.name); {
		case string(x.name) == "lang" && !stated:
			own()
			in.lang = languageOf(d.text(x.value, at))
		case string(x.name) == "xmlns" || string(prefix) == "xmlns":
			own()
			uri := d.text(x.value, at)
			n := declaration{uri: uri, usual: canonicalPrefix(uri)}
			if prefix != nil {
				n.prefix = string(local)
			}
			in.names = append(in.names, n)
			if in.count++; in.count > d.limits.Namespaces {
				return nil, refuse(CodeManyNamespaces, at, "more than %d namespaces are declared at one place", d.limits.Namespaces)
			}
		case string(x.name) == "xml:lang":
			own()
			stated = true
			in.lang = languageOf(d.text(x.value, at))
		case string(x.name) == "xml:base":
			own()
			in.base = within(in.base, d.text(x.value, at))
			if in.bases++; in.bases > d.limits.Bases {
				return nil, refuse(CodeManyBases, at, "more than %d xml:base lie within one another", d.limits.Bases)
			}
		}
	}
	return in, nil
}

func languageOf(v string) string { return strings.ReplaceAll(strings.TrimSpace(v), "_", "-") }
