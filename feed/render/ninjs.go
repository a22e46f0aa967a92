package render

import (
	"io"
	"strconv"
	"strings"

	"golang.org/x/net/idna"

	"warta/feed"
	"warta/sources"
)

// The standard that each object names, so that it stands for itself when it is
// taken out of its document.
const (
	ninjsVersion = "3.1"
	ninjsSchema  = "http://www.iptc.org/std/ninjs/ninjs-schema_3.1.json"
)

// ninjsItem appends an entry as a ninjs 3.1 object. The schema allows nothing
// of our own, so every fact has to find its member; EXTENSIONS.md says which.
func ninjsItem(b []byte, x *facts) []byte {
	e := x.e
	o := object{b: append(b, '{')}
	o.str("uri", x.uri())
	o.str("name", x.title) // asked for where an object is an association
	o.str("type", "text")
	o.str("representationType", x.representation())
	o.str("profile", x.d.Use.String())
	o.str("version", strconv.Itoa(max(x.revision, 1)))
	o.time("firstCreated", e.Published)
	o.time("versionCreated", x.updated)
	o.time("contentCreated", e.Published)
	o.str("pubStatus", x.pubStatus())
	ninjsRights(&o, x)
	o.str("edNote", x.editorsNote())
	o.str("language", x.lang)
	objects(&o, "headlines", []string{x.title}, func(o *object, s string) { ninjsText(o, "main", "text/plain", s) })
	objects(&o, "descriptions", []string{x.abstract()}, func(o *object, s string) { ninjsText(o, "summary", "text/plain", s) })
	objects(&o, "bodies", []string{x.notice + first(x.content, x.summary) + x.credit}, func(o *object, s string) { ninjsText(o, "main", "text/html", s) })
	o.str("by", x.creators())
	ninjsParties(&o, x)
	o.str("located", oneLine(e.Attribution.Dateline))
	ninjsPlaces(&o, e)
	ninjsSubjects(&o, x)
	ninjsAddresses(&o, x)
	ninjsAssociations(&o, x)
	o.obj("standard", func(o *object) {
		o.str("name", "ninjs")
		o.str("version", ninjsVersion)
		o.str("schema", ninjsSchema)
	})
	return append(o.b, '}')
}

// uri is the id as a URI, which has no characters beyond ASCII. The id as it
// was stated is among altIds.
func (x *facts) uri() string {
	if isURI(x.atomID) {
		return x.atomID
	}
	h := first(feed.Host(x.e.Attribution.Source.FeedURL), feed.Host(x.link))
	if ascii, err := idna.Punycode.ToASCII(h); err == nil {
		h = ascii
	}
	return feed.TagURI(h, first(x.e.KnownAs, x.e.OriginalID))
}

// representation is partial unless the whole text is there.
func (x *facts) representation() string {
	if x.content != "" {
		return "full"
	}
	return "partial"
}

func (x *facts) pubStatus() string {
	if withdrawal(x.e) {
		return "canceled"
	}
	return "usable"
}

// editorsNote says in words what a newsroom must know: a correction, a reply,
// a withdrawal; when, why, and where it is explained.
func (x *facts) editorsNote() string {
	var list []string
	for _, n := range x.e.Notices() {
		s := first(x.words.notices[n.Kind], string(n.Kind))
		if statable(n.When) {
			s += ", " + x.words.moment(n.When, x.site.Zone)
		}
		if r := oneLine(n.Reason); r != "" {
			s += ": " + r
		}
		if q := oneLine(n.Quote); q != "" {
			s += " “" + q + "”"
		}
		if u := href(n.URL); u != "" {
			s += " (" + u + ")"
		}
		list = append(list, s)
	}
	return strings.Join(list, " · ")
}

// creators is the byline: who is named, and the line kept verbatim.
func (x *facts) creators() string {
	s := names(x.authors)
	if c := oneLine(x.e.Attribution.Credit); c != "" && c != s {
		s += " · " + c
	}
	return s
}

func ninjsText(o *object, role, contentType, s string) {
	if s != "" {
		o.str("role", role)
		o.str("contentType", contentType)
		o.str("value", s)
	}
}

// ninjsRights says whose the story is and on what terms it stands here: in the
// owner's words, in the words of the credit line, and by the licence's address.
func ninjsRights(o *object, x *facts) {
	o.str("copyrightHolder", oneLine(x.e.Attribution.Holder))
	o.str("copyrightNotice", x.rights)
	o.str("usageTerms", x.usageTerms())
	o.obj("rightsInfo", func(o *object) {
		if l := x.licences[0]; isURI(l) {
			o.str("linkedRights", l)
		}
	})
}

// usageTerms are the terms of the credit line uncut, each licence with its
// address: rightsInfo has room for one.
func (x *facts) usageTerms() string {
	var parts []string
	for _, s := range termSegments(nil, x.e, x.d, x.words, &x.parties, maxStatement) {
		t := s.label + s.text
		if s.href != "" && s.href != s.text {
			t += " (" + s.href + ")"
		}
		parts = append(parts, t)
	}
	if d := oneLine(x.d.CreditLine); d != "" {
		parts = append([]string{d}, parts...)
	}
	return strings.Join(parts, " · ")
}

// ninjsParties names people with their roles, organisations, and the parties
// through whose hands the story went, ourselves last and only as who gathered
// it.
func ninjsParties(o *object, x *facts) {
	var people, organisations []sources.Person
	for i, p := range append(x.authors[:len(x.authors):len(x.authors)], x.helpers...) {
		if p.Role == "" && i < len(x.authors) {
			p.Role = "author"
		}
		if p.Organization || p.Role == "agency" || p.Name == x.source.Title {
			organisations = append(organisations, p)
		} else {
			people = append(people, p)
		}
	}
	objects(o, "people", people, ninjsPerson)
	objects(o, "organisations", organisations, ninjsPerson)
	infos := []infoSource{{x.source.Title, "originator", first(x.source.URL, x.source.FeedURL), x.source.FeedURL}}
	a := &x.e.Attribution
	if a.Origin != nil {
		infos = append(infos, infoSource{oneLine(a.Source.Title), "distributor", first(href(a.Source.URL), href(a.Source.FeedURL)), href(a.Source.FeedURL)})
	}
	if agency := oneLine(a.Agency); agency != "" {
		infos = append(infos, infoSource{agency, "agency", "", ""})
	}
	for _, l := range x.via {
		infos = append(infos, infoSource{l.Title, "via", l.Href, ""})
	}
	for _, p := range firstOutlets(a, &x.source) {
		if href(p.URL) == "" {
			infos = append(infos, infoSource{oneLine(p.Outlet), "via", "", ""})
		}
	}
	infos = append(infos, infoSource{first(oneLine(x.site.Title), feed.Host(x.site.URL)), "aggregator", href(x.site.URL), ""})
	objects(o, "infoSources", infos, func(o *object, s infoSource) {
		o.str("name", s.name)
		o.str("role", s.role)
		o.str("uri", s.uri)
		o.str("literal", s.literal)
	})
}

// infoSource is a party; literal is its feed, by which it is known here.
type infoSource struct{ name, role, uri, literal string }

func ninjsPerson(o *object, p sources.Person) {
	o.str("name", p.Name)
	o.str("rel", first(p.Role, "contributor"))
	o.str("uri", p.URL)
	if p.Email != "" {
		objects(o, "contactInfo", []string{p.Email}, func(o *object, mail string) {
			o.str("type", "email")
			o.str("value", mail)
		})
	}
}

// ninjsSubjects are the publisher's categories, and the mark of paid content
// as a genre.
func ninjsSubjects(o *object, x *facts) {
	objects(o, "subjects", x.e.Categories, func(o *object, c sources.Category) {
		if term := oneLine(c.Term); term != "" {
			o.str("name", first(oneLine(c.Label), term))
			o.str("literal", term)
		}
	})
	if x.e.Advertorial {
		objects(o, "genres", []string{x.words.advertorial}, func(o *object, s string) {
			o.str("name", s)
			o.str("literal", "advertorial")
		})
	}
}

// ninjsAddresses are the ids and addresses of a story: its own, its home, and
// our page that says why it is shown like this.
func ninjsAddresses(o *object, x *facts) {
	type id struct{ role, value string }
	a := &x.e.Attribution
	ids := []id{{"original", x.e.OriginalID}}
	if a.GUID != "" && a.GUID != x.e.OriginalID {
		ids = append(ids, id{"guid", a.GUID})
	}
	if x.atomID != x.e.OriginalID {
		ids = append(ids, id{"atom", x.atomID})
	}
	objects(o, "altIds", ids, func(o *object, i id) {
		o.str("role", i.role)
		o.exact("value", i.value)
	})
	objects(o, "renditions", []string{x.link}, func(o *object, s string) {
		o.str("name", "home")
		o.str("href", s)
		o.str("contentType", HTML.MediaType())
	})
	objects(o, "trustIndicators", []string{EntryURL(*x.site, x.e.ID)}, func(o *object, s string) {
		o.str("title", x.words.shownLikeThis)
		o.str("href", s)
	})
}

// ninjsDocument writes a channel as one ninjs object of type composite, whose
// associations are its entries, the newest first: so the document is itself
// valid ninjs, and each entry in it too.
func ninjsDocument(w io.Writer, h *Head, fragments [][]byte) error {
	o := object{b: append(make([]byte, 0, 1024), "{\n"...)}
	title := first(oneLine(h.Channel.Title), h.Channel.ID)
	o.str("uri", h.id())
	o.str("type", "composite")
	o.str("profile", "channel")
	o.time("versionCreated", h.Updated)
	o.str("language", h.language())
	o.str("title", title)
	objects(&o, "headlines", []string{title}, func(o *object, s string) { ninjsText(o, "main", "text/plain", s) })
	objects(&o, "descriptions", []string{oneLine(h.Channel.Description)}, func(o *object, s string) { ninjsText(o, "main", "text/plain", s) })
	objects(&o, "infoSources", []sources.Person{h.publisher()}, func(o *object, p sources.Person) {
		o.str("name", p.Name)
		o.str("role", "aggregator")
		o.str("uri", p.URL)
		if p.Email != "" {
			objects(o, "contactInfo", []string{p.Email}, func(o *object, mail string) {
				o.str("type", "email")
				o.str("value", mail)
			})
		}
	})
	links := []sources.Link{{Rel: "self", Href: h.Self}, {Rel: "page", Href: h.Page}}
	objects(&o, "renditions", links, func(o *object, l sources.Link) {
		if l.Href != "" {
			o.str("name", l.Rel)
			o.str("href", l.Href)
		}
	})
	o.obj("standard", func(o *object) {
		o.str("name", "ninjs")
		o.str("version", ninjsVersion)
		o.str("schema", ninjsSchema)
	})
	b := append(o.b, ",\n\"associations\":[\n"...)
	return writeParts(w, b, append(ninjsGone(h), fragments...), ",\n", "\n]\n}\n")
}
