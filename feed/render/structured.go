package render

import (
	"bytes"

	"warta/feed"
	"warta/sources"
)

// structured is the entry as a schema.org NewsArticle in JSON-LD: published by
// its outlet, and we only the party that marked it up.
func structured(x *facts) []byte {
	e, a := x.e, &x.e.Attribution
	o := object{b: append(make([]byte, 0, 1024), '{')}
	o.str("@context", "https://schema.org")
	o.str("@type", "NewsArticle")
	o.str("headline", x.title)
	if x.paged {
		o.str("url", x.link)
		o.str("mainEntityOfPage", x.link)
	}
	o.str("isBasedOn", x.link)
	o.str("inLanguage", x.lang)
	o.time("datePublished", e.Published)
	o.time("dateModified", x.modified)
	objects(&o, "author", x.authors, x.schemaAuthor)
	editors, others := split(x.others)
	objects(&o, "editor", editors, schemaPerson)
	objects(&o, "contributor", others, schemaPerson)
	o.obj("publisher", func(o *object) { schemaOrganization(o, x.source.Title, x.source.URL) })
	if agency := oneLine(a.Agency); agency != "" {
		o.obj("sourceOrganization", func(o *object) { schemaOrganization(o, agency, "") })
	}
	o.obj("sdPublisher", func(o *object) {
		schemaOrganization(o, first(oneLine(x.site.Title), feed.Host(x.site.URL)), href(x.site.URL))
	})
	o.str("creditText", x.creditText)
	o.str("dateline", oneLine(a.Dateline))
	o.str("copyrightNotice", x.rights)
	if holder := oneLine(a.Holder); holder != "" {
		o.obj("copyrightHolder", func(o *object) { schemaOrganization(o, holder, "") })
	}
	if x.licences[0] != Unspecified {
		o.strs("license", x.licences)
	}
	if m := e.Image; m != nil && href(m.URL) != "" {
		o.obj("image", func(o *object) {
			o.str("@type", "ImageObject")
			o.str("url", href(m.URL))
			o.str("creditText", oneLine(m.Credit))
			o.str("copyrightNotice", oneLine(m.Copyright))
			o.str("license", href(m.License))
		})
	}
	objects(&o, "correction", amendments(e), func(o *object, n feed.Notice) {
		o.str("@type", "CorrectionComment")
		o.str("text", first(oneLine(n.Quote), oneLine(n.Reason)))
		o.time("datePublished", n.When)
		o.str("url", href(n.URL))
	})
	// The end of a script element must not be found in it.
	return bytes.ReplaceAll(append(o.b, '}'), []byte("<"), []byte(`\u003c`))
}

// amendments are the corrections of and replies to a story.
func amendments(e *feed.Entry) []feed.Notice {
	var list []feed.Notice
	for _, n := range e.Notices() {
		if n.Kind == feed.Correction || n.Kind == feed.Reply {
			list = append(list, n)
		}
	}
	return list
}

func split(ps []sources.Person) (editors, others []sources.Person) {
	for _, p := range ps {
		if p.Role == "editor" {
			editors = append(editors, p)
		} else {
			others = append(others, p)
		}
	}
	return editors, others
}

// schemaAuthor is an organization where a desk or the outlet itself signs.
func (x *facts) schemaAuthor(o *object, p sources.Person) {
	if p.Organization || p.Name == x.source.Title {
		schemaOrganization(o, p.Name, p.URL)
		return
	}
	schemaPerson(o, p)
}

func schemaPerson(o *object, p sources.Person) {
	o.str("@type", "Person")
	o.str("name", p.Name)
	o.str("url", p.URL)
}

func schemaOrganization(o *object, name, u string) {
	o.str("@type", "Organization")
	o.str("name", name)
	o.str("url", u)
}
