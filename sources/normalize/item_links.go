package normalize

import (
	"strings"

	"warta/sources"
)

// links makes every address of the item absolute and finds the story's home.
func links(it *sources.Item, doc *sources.Document) {
	base := &resolver{chain: [4]string{it.Base, doc.Base, doc.URL}}
	absoluteLinks(it.Links, base)
	absolutePersons(it.Authors, base)
	absolutePersons(it.Contributors, base)
	absoluteLicences(it.Licenses, base)
	if it.Origin != nil {
		absolutePersons(it.Origin.Authors, base)
		absoluteLicences(it.Origin.Licenses, base)
	}
	it.Comments = base.orSame(it.Comments)
	for i := range it.Media {
		it.Media[i].URL = base.orSame(it.Media[i].URL)
	}
	if it.Image != nil {
		it.Image.URL = base.orSame(it.Image.URL)
	}
	for i := range it.Enclosures {
		it.Enclosures[i].URL = base.orSame(it.Enclosures[i].URL)
	}
	for i := range it.InReplyTo {
		it.InReplyTo[i].Href = base.orSame(it.InReplyTo[i].Href)
	}
	if it.URL == "" || it.Link != "" {
		it.URL = home(it, base)
	}
}

// home chooses the story's address: the one from before a redirecting
// service, else its link, else a guid that is a link.
func home(it *sources.Item, base *resolver) string {
	for _, l := range it.Links {
		if strings.EqualFold(l.Rel, "origlink") || strings.EqualFold(l.Rel, "feedburner:origLink") {
			if u := base.web(l.Href); u != "" {
				return untrack(unwrap(u))
			}
		}
	}
	if u := base.web(it.Link); u != "" {
		return untrack(unwrap(u))
	}
	for _, l := range it.Links {
		if l.Rel == "alternate" || l.Rel == "" {
			if u := base.web(l.Href); u != "" {
				return untrack(unwrap(u))
			}
		}
	}
	if it.IsPermaLink && isWeb(cleanAddress(it.GUID)) {
		return untrack(unwrap(cleanAddress(it.GUID)))
	}
	return ""
}

func absoluteLinks(links []sources.Link, base *resolver) {
	for i := range links {
		links[i].Href = base.orSame(links[i].Href)
	}
}

// absoluteLicences leaves alone what is words or absolute, such as #unspecified.
func absoluteLicences(list []string, base *resolver) {
	for i, l := range list {
		if l = strings.TrimSpace(l); strings.HasPrefix(l, "/") || strings.HasPrefix(l, "./") || strings.HasPrefix(l, "../") {
			list[i] = base.orSame(l)
		}
	}
}

func absolutePersons(list []sources.Person, base *resolver) {
	for i := range list {
		list[i].URL = base.orSame(list[i].URL)
	}
}

// orSame gives the absolute form, or s as it was where there is none.
func (r *resolver) orSame(s string) string {
	if s == "" {
		return ""
	}
	if u := r.absolute(s); u != "" {
		return u
	}
	return strings.TrimSpace(s)
}
