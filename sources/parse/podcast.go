package parse

import (
	"strings"

	"warta/sources"
)

// The podcast namespace (podcastindex.org/namespace/1.0) of a newsroom's
// programmes: who made an episode, where, and what can be read of it. Its
// license speaks of the recording and is kept as a signal: it must not open the
// story.

// podcast reads it into an item.
func (x extensions) podcast(it *sources.Item) {
	for _, p := range x.podcastPersons() {
		if p.Role == "author" {
			it.Authors = addPerson(it.Authors, p)
		} else {
			it.Contributors = addPerson(it.Contributors, p)
		}
	}
	for _, e := range x.all("podcast", "location") {
		at, _, _ := strings.Cut(strings.TrimPrefix(x.r.attr(e, "geo"), "geo:"), ";") // RFC 5870
		if c := strings.Split(at, ","); len(c) >= 2 {
			x.point(it, c[0]+" "+c[1], axes{})
		}
	}
	for _, name := range [...]string{"transcript", "chapters"} {
		for _, e := range x.all("podcast", name) {
			if u := x.r.attr(e, "url"); u != "" {
				it.Links = append(it.Links, sources.Link{Rel: "podcast:" + name, Href: u, Type: x.r.attr(e, "type"), Language: x.r.attr(e, "language")})
			}
		}
	}
}

func (x extensions) podcastPersons() (out []sources.Person) {
	for _, e := range x.all("podcast", "person") {
		if name := x.r.str(e.Value); name != "" {
			out = append(out, sources.Person{Name: name, Raw: name, URL: x.r.attr(e, "href"), Role: podcastRole(x.r.attr(e, "role"))})
		}
	}
	return out
}

// podcastRole tells those who wrote or reported from those who speak.
func podcastRole(role string) string {
	role = strings.ToLower(role)
	for _, r := range [...][2]string{{"report", "author"}, {"author", "author"}, {"writer", "author"}, {"journalist", "author"},
		{"correspondent", "author"}, {"editor", "editor"}, {"translat", "translator"}, {"photo", "photographer"}} {
		if strings.Contains(role, r[0]) {
			return r[1]
		}
	}
	return "contributor"
}
