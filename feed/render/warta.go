package render

import (
	"warta/feed"
	"warta/sources"
)

const (
	maxEvidence     = 8   // shown in a feed; our page of the entry has all
	maxEvidenceText = 300 // characters of each
)

// wartaMember writes the member that carries what JSON Feed has no member for:
// the same facts as in Atom, under keys without dots. EXTENSIONS.md
// describes it.
func wartaMember(o *object, x *facts) {
	e, a := x.e, &x.e.Attribution
	o.str("about", AboutURL(*x.site))
	o.str("entry", EntryURL(*x.site, e.ID))
	o.str("use", x.d.Use.String())
	o.str("credit_line", x.creditText)
	o.str("atom_id", differs(x.atomID, x.id))
	o.str("guid", x.stated(x.id))
	o.yes("is_permalink", x.perma)
	o.obj("source", func(o *object) { jsonOutlet(o, &x.source) })
	if a.Origin != nil {
		o.obj("read_from", func(o *object) { jsonOutlet(o, &a.Source) })
	}
	objects(o, "via", x.via, func(o *object, l sources.Link) {
		o.str("url", l.Href)
		o.str("title", l.Title)
	})
	objects(o, "authors", x.authors, jsonPerson)
	objects(o, "contributors", x.helpers, jsonPerson)
	o.str("credit", oneLine(a.Credit))
	o.str("agency", oneLine(a.Agency))
	o.str("dateline", oneLine(a.Dateline))
	objects(o, "provenance", a.Provenance, func(o *object, p sources.Provenance) {
		o.str("text", oneLine(p.Text))
		o.str("outlet", oneLine(p.Outlet))
		o.str("title", oneLine(p.Title))
		o.str("url", href(p.URL))
	})
	o.str("rights", x.rights)
	o.str("holder", oneLine(a.Holder))
	o.strs("licenses", x.licences)
	w := WishesOf(e, x.d)
	o.yes("tdm_reservation", w.Mining)
	o.str("tdm_policy", w.Policy)
	o.yes("noindex", w.NoIndex)
	objects(o, "evidence", e.Evidence[:min(len(e.Evidence), maxEvidence)], func(o *object, v sources.Evidence) {
		o.str("kind", string(v.Kind))
		o.str("text", cut(oneLine(v.Text), maxEvidenceText))
		o.str("where", v.Where)
		o.str("value", v.Value)
	})
	jsonNotices(o, e)
	o.yes("advertorial", e.Advertorial)
	o.time("updated", x.updated)
	o.time("edited", e.Edited)
	objects(o, "categories", e.Categories, func(o *object, c sources.Category) {
		o.str("term", oneLine(c.Term))
		o.str("scheme", c.Scheme)
		o.str("label", oneLine(c.Label))
	})
	o.strs("regions", e.Regions)
	jsonPlaces(o, "points", e.Points)
	objects(o, "shapes", e.Shapes, func(o *object, s sources.Shape) {
		o.str("kind", s.Kind)
		jsonPlaces(o, "points", s.Points)
	})
	objects(o, "media", images(e), jsonImage)
	objects(o, "in_reply_to", e.InReplyTo, func(o *object, r sources.Reply) {
		o.str("ref", first(r.Ref, r.Href))
		o.str("url", href(r.Href))
		o.str("source", href(r.Source))
	})
}

func differs(s, from string) string {
	if s == from {
		return ""
	}
	return s
}

func jsonPerson(o *object, p sources.Person) {
	o.str("name", p.Name)
	o.str("role", p.Role)
	o.str("url", p.URL)
	o.str("email", p.Email)
}

func jsonOutlet(o *object, s *feed.Outlet) {
	o.str("id", s.ID)
	o.str("title", oneLine(s.Title))
	o.str("url", href(s.URL))
	o.str("feed_url", href(s.FeedURL))
	o.str("rights", oneLine(s.Rights))
	o.strs("licenses", s.Licenses)
	o.str("language", langTag(s.Language))
	o.time("updated", s.Updated)
	objects(o, "authors", named(s.Authors), jsonPerson)
}

// jsonNotices writes the notice that stands for all, and where there are more,
// all of them.
func jsonNotices(o *object, e *feed.Entry) {
	all := e.Notices()
	n := e.Notice
	if n == nil {
		n = feed.Foremost(all)
	}
	if n == nil && len(all) > 0 {
		n = &all[len(all)-1]
	}
	if n == nil {
		return
	}
	o.obj("notice", func(o *object) { jsonNotice(o, *n) })
	if len(all) > 1 {
		objects(o, "notices", all, jsonNotice)
	}
}

func jsonNotice(o *object, n feed.Notice) {
	o.str("kind", string(n.Kind))
	o.time("when", n.When)
	o.str("reason", oneLine(n.Reason))
	o.str("quote", oneLine(n.Quote))
	o.str("by", n.By)
	o.str("url", href(n.URL))
}

func jsonPlaces(o *object, name string, ps []sources.Point) {
	list(o, name, ps, func(b []byte, p sources.Point) []byte {
		if !onEarth(p) {
			return b
		}
		b = appendFloat(append(b, '['), p.Latitude)
		return append(appendFloat(append(b, ','), p.Longitude), ']')
	})
}

func jsonImage(o *object, m sources.Image) {
	u := href(m.URL)
	if u == "" {
		return
	}
	o.str("url", u)
	o.str("type", m.Type)
	o.str("title", oneLine(m.Title))
	o.str("caption", oneLine(m.Caption))
	o.str("credit", oneLine(m.Credit))
	o.str("copyright", oneLine(m.Copyright))
	o.str("license", href(m.License))
	o.num("width", int64(m.Width))
	o.num("height", int64(m.Height))
}
