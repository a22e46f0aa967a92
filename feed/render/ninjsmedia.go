package render

import (
	"strings"

	"warta/sources"
)

// ninjsAssociations are the pictures, each with whose it is and its own terms,
// the files, and what the story answers.
func ninjsAssociations(o *object, x *facts) {
	type association func(*object)
	var all []association
	for _, m := range images(x.e) {
		if href(m.URL) != "" {
			all = append(all, func(o *object) { ninjsPicture(o, &m) })
		}
	}
	for _, c := range x.e.Enclosures {
		if href(c.URL) != "" {
			all = append(all, func(o *object) { ninjsFile(o, &c) })
		}
	}
	for _, r := range x.e.InReplyTo {
		if ref := first(r.Ref, href(r.Href)); isURI(ref) {
			all = append(all, func(o *object) { ninjsReply(o, ref, &r) })
		}
	}
	objects(o, "associations", all, func(o *object, write association) { write(o) })
}

func ninjsPicture(o *object, m *sources.Image) {
	u, licence := href(m.URL), href(m.License)
	o.str("uri", u)
	o.str("name", first(oneLine(m.Title), oneLine(m.Caption), u))
	o.str("rel", "picture")
	o.str("type", "picture")
	o.str("copyrightNotice", oneLine(m.Copyright))
	o.str("usageTerms", first(licenceName(licence), licence))
	o.obj("rightsInfo", func(o *object) { o.str("linkedRights", licence) })
	o.str("by", oneLine(m.Credit))
	objects(o, "headlines", []string{oneLine(m.Title)}, func(o *object, s string) { ninjsText(o, "main", "text/plain", s) })
	objects(o, "descriptions", []string{oneLine(m.Caption)}, func(o *object, s string) { ninjsText(o, "caption", "text/plain", s) })
	objects(o, "renditions", []string{u}, func(o *object, u string) {
		o.str("name", "main")
		o.str("href", u)
		o.str("contentType", m.Type)
		o.num("width", int64(m.Width))
		o.num("height", int64(m.Height))
	})
}

func ninjsFile(o *object, c *sources.Enclosure) {
	u := href(c.URL)
	o.str("uri", u)
	o.str("name", first(oneLine(c.Title), u))
	o.str("rel", "enclosure")
	kind := "component"
	switch major, _, _ := strings.Cut(strings.ToLower(c.Type), "/"); major {
	case "audio", "video", "text":
		kind = major
	case "image":
		kind = "picture"
	}
	o.str("type", kind)
	objects(o, "renditions", []string{u}, func(o *object, u string) {
		o.str("name", "main")
		o.str("href", u)
		o.str("contentType", c.Type)
		o.str("title", oneLine(c.Title))
		o.num("sizeInBytes", c.Length)
	})
}

func ninjsReply(o *object, ref string, r *sources.Reply) {
	o.str("uri", ref)
	o.str("name", ref)
	o.str("rel", "in-reply-to")
	objects(o, "renditions", []string{href(r.Href)}, func(o *object, u string) {
		if u != "" {
			o.str("name", "home")
			o.str("href", u)
		}
	})
}
