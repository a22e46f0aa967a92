package parse

import (
	"strings"

	ext "github.com/mmcdole/gofeed/extensions"

	"warta/sources"
)

// Media RSS 1.5.1: an image's credit, copyright, licence and restriction may
// stand in media:content, in the media:group around it, or at the item.

// about is what is said of a medium and inherited inwards.
type about struct{ title, caption, credit, copyright, license, deny string }

func (r *reading) about(m map[string][]ext.Extension, outer about) about {
	a := outer
	set := func(v *string, name string) {
		for _, e := range m[name] {
			if s := r.str(e.Value); s != "" {
				*v = s
				return
			}
		}
	}
	set(&a.title, "title")
	set(&a.caption, "description")
	set(&a.copyright, "copyright")
	for _, e := range m["copyright"] { // an address of terms is a licence where it is known for one
		if u := r.attr(e, "url"); strings.Contains(u, "://creativecommons.org/") {
			a.license = u
		}
	}
	for _, e := range m["license"] {
		if a.license = r.attr(e, "href"); a.license == "" {
			a.license = r.str(e.Value)
		}
	}
	if list := m["credit"]; len(list) > 0 {
		var names []string
		for _, e := range list {
			if v := r.str(e.Value); v != "" {
				names = append(names, v)
			}
		}
		if len(names) > 0 {
			a.credit = strings.Join(names, ", ")
		}
	}
	for _, e := range m["restriction"] {
		if relationship, kind, value := r.attr(e, "relationship"), r.attr(e, "type"), r.str(e.Value); sources.Restricts(relationship, kind, value) {
			a.deny = strings.TrimSpace(kind + ": " + value)
			if !strings.EqualFold(relationship, "deny") {
				a.deny = strings.TrimSpace(relationship + " " + a.deny)
			}
		}
	}
	return a
}

// media reads media:group, media:content and media:thumbnail into the item.
func (x extensions) media(it *sources.Item) {
	m := x.m["media"]
	if m == nil {
		return
	}
	item := x.r.about(m, about{})
	x.r.contents(it, m, item)
	for _, g := range m["group"] {
		x.r.contents(it, g.Children, x.r.about(g.Children, item))
	}
	for _, list := range [][]ext.Extension{m["credit"]} {
		for _, e := range list {
			if p := personFrom(x.r.str(e.Value), creditRole(x.r.attr(e, "role"))); p.Name != "" {
				it.Contributors = append(it.Contributors, p)
			}
		}
	}
}

func (r *reading) contents(it *sources.Item, m map[string][]ext.Extension, outer about) {
	for _, e := range m["content"] {
		a := r.about(e.Children, outer)
		url, kind, medium := r.attr(e, "url"), r.attr(e, "type"), r.attr(e, "medium")
		switch {
		case url == "":
		case medium == "image" || strings.HasPrefix(kind, "image/") || medium == "" && kind == "" && imageAddress(url):
			it.Media = append(it.Media, r.image(e, url, a))
		default:
			it.Enclosures = appendEnclosure(it.Enclosures, sources.Enclosure{URL: url, Type: kind, Length: number(r.attr(e, "filesize")), Title: a.title, Deny: a.deny})
		}
		r.thumbnails(it, e.Children["thumbnail"], a)
	}
	r.thumbnails(it, m["thumbnail"], outer)
}

func (r *reading) thumbnails(it *sources.Item, list []ext.Extension, a about) {
	for _, e := range list {
		url := r.attr(e, "url")
		if url == "" {
			url = r.str(e.Value)
		}
		if url != "" {
			it.Media = append(it.Media, r.image(e, url, a))
		}
	}
}

func (r *reading) image(e ext.Extension, url string, a about) sources.Image {
	return sources.Image{URL: url, Type: r.attr(e, "type"), Title: a.title, Caption: a.caption, Credit: a.credit, Copyright: a.copyright,
		License: a.license, Deny: a.deny, Width: int(number(r.attr(e, "width"))), Height: int(number(r.attr(e, "height")))}
}

// mediaCategories are those of the entry and of the media in it.
func (x extensions) mediaCategories() []ext.Extension {
	m := x.m["media"]
	if m == nil {
		return nil
	}
	out := m["category"][:len(m["category"]):len(m["category"])]
	for _, g := range m["group"] {
		out = append(out, g.Children["category"]...)
		for _, e := range g.Children["content"] {
			out = append(out, e.Children["category"]...)
		}
	}
	for _, e := range m["content"] {
		out = append(out, e.Children["category"]...)
	}
	return out
}

// mediaTexts takes title and description from a media:group or media:content
// where an entry has none of its own: a video site's feed says no more.
func (r *reading) mediaTexts(it *sources.Item, x extensions) {
	lists := [][]ext.Extension{x.all("media", "group"), x.all("media", "content")}
	for _, g := range lists[0] {
		lists = append(lists, g.Children["content"])
	}
	for _, list := range lists {
		for _, e := range list {
			inner := extensions{r, ext.Extensions{"media": e.Children}}
			if t, ok := inner.construct("media", "title"); ok && it.Title.Value == "" {
				it.Title = t
			}
			if t, ok := inner.construct("media", "description"); ok && it.Summary.Value == "" && it.Content.Value == "" {
				it.Summary = t
			}
		}
	}
}

func imageAddress(url string) bool {
	u, _, _ := strings.Cut(strings.ToLower(url), "?")
	for _, s := range [...]string{".jpg", ".jpeg", ".png", ".gif", ".webp", ".avif", ".svg"} {
		if strings.HasSuffix(u, s) {
			return true
		}
	}
	return false
}

func creditRole(role string) string {
	switch role = strings.ToLower(role); {
	case strings.Contains(role, "photo"):
		return "photographer"
	case role == "author" || role == "editor" || role == "translator":
		return role
	}
	return "contributor"
}

// appendEnclosure adds a file unless its address is there already. Who forbids
// it once forbids it.
func appendEnclosure(list []sources.Enclosure, e sources.Enclosure) []sources.Enclosure {
	for i := range list {
		if list[i].URL == e.URL {
			list[i].Deny = firstOf(list[i].Deny, e.Deny)
			return list
		}
	}
	return append(list, e)
}
