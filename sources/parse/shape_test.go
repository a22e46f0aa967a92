package parse

import (
	"fmt"
	"regexp"
	"strings"

	"warta/sources"
)

// shaped gives a Document the shape of feedparser's result, with links made
// absolute as it does, for the fields we carry.
func shaped(d *sources.Document) map[string]any {
	feed := map[string]any{
		"title": absolute(d.Title), "title_detail": detail(d.Title), "link": resolve(d.Base, d.Link), "language": d.Language,
		"links": shapedLinks(d.Links, d.Base), "id": d.ID, "generator": d.Generator, "icon": resolve(d.Base, d.Icon),
	}
	for _, k := range []string{"subtitle", "tagline", "description", "info"} {
		feed[k], feed[k+"_detail"] = absolute(d.Subtitle), detail(d.Subtitle)
	}
	if d.Image != nil {
		feed["image"] = map[string]any{"href": resolve(d.Base, d.Image.URL), "url": resolve(d.Base, d.Image.URL)}
		feed["logo"] = resolve(d.Base, d.Image.URL)
	}
	rights(feed, d.Rights)
	people(feed, d.Authors, nil, d.Base)
	if d.Updated.Raw != "" {
		feed["updated"], feed["modified"] = d.Updated.Raw, d.Updated.Raw
	}
	var entries []any
	for i := range d.Items {
		entries = append(entries, shapedEntry(&d.Items[i]))
	}
	return map[string]any{"feed": feed, "channel": feed, "entries": entries, "items": entries, "version": version(d.Format)}
}

func version(f sources.Format) string {
	s := strings.ReplaceAll(string(f), ".", "")
	switch s {
	case "rss090":
		return "rss090"
	}
	return s
}

var mediaTypes = map[string]string{"text": "text/plain", "html": "text/html", "xhtml": "application/xhtml+xml"}

func detail(t sources.Text) map[string]any {
	typ, ok := mediaTypes[t.Type]
	if !ok {
		typ = t.Type
	}
	return map[string]any{"value": absolute(t), "type": typ, "language": t.Language, "base": t.Base, "src": resolve(t.Base, t.Src)}
}

var reference1 = regexp.MustCompile(`(href|src)="([^"]*)"`)

// absolute resolves the links of a text as normalizing will.
func absolute(t sources.Text) string {
	if t.Base == "" || t.Type == "text" {
		return t.Value
	}
	return reference1.ReplaceAllStringFunc(t.Value, func(m string) string {
		p := reference1.FindStringSubmatch(m)
		return fmt.Sprintf(`%s="%s"`, p[1], resolve(t.Base, p[2]))
	})
}

func shapedLinks(list []sources.Link, base string) (out []any) {
	for _, l := range list {
		out = append(out, map[string]any{"rel": l.Rel, "href": resolve(base, l.Href), "type": l.Type, "title": l.Title, "hreflang": l.Language, "length": fmt.Sprint(l.Length)})
	}
	return out
}

func rights(m map[string]any, list []sources.Statement) {
	if len(list) == 0 {
		return
	}
	t := sources.Text{Value: list[0].Text, Type: list[0].Type, Language: list[0].Language, Base: list[0].Base}
	for _, k := range []string{"rights", "copyright"} {
		m[k], m[k+"_detail"] = absolute(t), detail(t)
	}
}

func shapedPerson(p sources.Person, base string) map[string]any {
	return map[string]any{"name": p.Name, "email": p.Email, "url": resolve(base, p.URL), "href": resolve(base, p.URL)}
}

func people(m map[string]any, authors, contributors []sources.Person, base string) {
	var list []any
	for _, p := range authors {
		list = append(list, shapedPerson(p, base))
	}
	if n := len(authors); n > 0 {
		last := authors[n-1]
		m["authors"], m["author_detail"] = list, shapedPerson(last, base)
		switch {
		case last.Name != "" && last.Email != "":
			m["author"] = last.Name + " (" + last.Email + ")"
		case last.Name != "":
			m["author"] = last.Name
		default:
			m["author"] = last.Email
		}
	}
	if contributors == nil {
		return
	}
	list = nil
	for _, p := range contributors {
		list = append(list, shapedPerson(p, base))
	}
	m["contributors"] = list
}

func shapedEntry(it *sources.Item) map[string]any {
	m := map[string]any{
		"title": absolute(it.Title), "title_detail": detail(it.Title), "link": resolve(it.Base, it.Link), "id": it.GUID, "guid": it.GUID,
		"links": shapedLinks(it.Links, it.Base), "comments": resolve(it.Base, it.Comments),
	}
	for _, k := range []string{"summary", "description"} {
		m[k], m[k+"_detail"] = absolute(it.Summary), detail(it.Summary)
		if it.Summary.Value == "" {
			m[k], m[k+"_detail"] = absolute(it.Content), detail(it.Content)
		}
	}
	if it.Content.Value != "" || it.Content.Src != "" {
		m["content"] = []any{detail(it.Content)}
	}
	rights(m, it.Rights)
	people(m, it.Authors, it.Contributors, it.Base)
	for k, v := range map[string]string{"updated": it.Updated.Raw, "modified": it.Updated.Raw, "published": it.Published.Raw, "issued": it.Published.Raw} {
		if v != "" {
			m[k] = v
		}
	}
	var tags, enclosures []any
	for _, c := range it.Categories {
		tags = append(tags, map[string]any{"term": c.Term, "scheme": resolve(it.Base, c.Scheme), "label": c.Label})
	}
	for _, e := range it.Enclosures {
		enclosures = append(enclosures, map[string]any{"href": resolve(it.Base, e.URL), "url": resolve(it.Base, e.URL), "type": e.Type, "length": fmt.Sprint(e.Length)})
	}
	if links, ok := m["links"].([]any); ok && len(it.Links) == 0 {
		m["links"] = append(links, enclosureLinks(enclosures)...)
	}
	m["tags"], m["enclosures"] = tags, enclosures
	if len(it.Categories) > 0 {
		m["category"] = it.Categories[0].Term
	}
	if len(it.Licenses) > 0 {
		m["license"] = it.Licenses[0]
	}
	if o := it.Origin; o != nil {
		s := map[string]any{"title": o.Title, "id": o.ID, "link": o.URL, "href": o.FeedURL, "rights": o.Rights}
		people(s, o.Authors, nil, it.Base)
		m["source"] = s
	}
	if len(it.Points) > 0 {
		m["where"] = map[string]any{"type": "Point", "coordinates": fmt.Sprintf("%v, %v", it.Points[0].Longitude, it.Points[0].Latitude)}
	}
	for _, s := range it.Shapes {
		m["where"] = map[string]any{"type": map[string]string{"line": "LineString", "polygon": "Polygon", "box": "Box"}[s.Kind]}
	}
	return m
}

// enclosureLinks are what feedparser makes of RSS enclosures.
func enclosureLinks(list []any) (out []any) {
	for _, e := range list {
		m, ok := e.(map[string]any)
		if ok {
			out = append(out, map[string]any{"rel": "enclosure", "href": m["href"], "type": m["type"], "length": m["length"], "title": "", "hreflang": ""})
		}
	}
	return out
}
