package parse

import (
	"slices"
	"strings"

	"warta/sources"
)

// head reads what every dialect of XML may say in extensions.
func (r *reading) head(x extensions) {
	d := r.doc
	for _, n := range [...]string{"creator", "author"} {
		for _, v := range x.texts("dc", n) {
			d.Authors = addPerson(d.Authors, personFrom(v, "author"))
		}
	}
	for _, p := range x.persons("atom", "author", "author") {
		d.Authors = addPerson(d.Authors, p)
	}
	d.Authors = addPerson(d.Authors, personFrom(x.first("itunes", "author"), "author"))
	for _, v := range x.texts("dc", "contributor") {
		d.Contributors = addPerson(d.Contributors, personFrom(v, "contributor"))
	}
	for _, p := range append(x.persons("atom", "contributor", "contributor"), x.podcastPersons()...) {
		d.Contributors = addPerson(d.Contributors, p)
	}
	d.Rights = append(d.Rights, x.statements("feed")...)
	d.Licenses = append(d.Licenses, x.licenses()...)
	d.Signals = append(d.Signals, x.signals("feed")...)
	d.Tombstones = append(d.Tombstones, x.tombstones()...)
	d.Complete = len(x.all("fh", "complete")) > 0
	d.Schedule.Period = strings.ToLower(x.first("sy", "updateperiod"))
	d.Schedule.Frequency = int(min(number(x.first("sy", "updatefrequency")), 1<<20))
	d.Links = append(d.Links, x.links()...)
	if d.Image == nil {
		for _, e := range x.all("itunes", "image") {
			if u := firstOf(r.attr(e, "href"), r.attr(e, "url"), r.str(e.Value)); u != "" && d.Image == nil {
				d.Image = &sources.Image{URL: u}
			}
		}
	}
	for _, e := range x.all("itunes", "link") {
		if r.attr(e, "rel") == "image" && d.Image == nil {
			d.Image = &sources.Image{URL: r.attr(e, "href")}
		}
	}
	for _, e := range x.all("itunes", "owner") {
		p := sources.Person{Name: r.child(e, "name"), Email: r.child(e, "email"), Raw: r.child(e, "name"), Role: "author"}
		if len(d.Authors) == 0 || slices.ContainsFunc(d.Authors, func(q sources.Person) bool { return q.Name == "" && q.Email == p.Email }) {
			d.Authors = addPerson(d.Authors, p)
		}
	}
	d.Link = firstOf(d.Link, alternate(d.Links))
	for _, l := range d.Links {
		switch l.Rel {
		case "self":
			d.FeedURL = firstOf(d.FeedURL, l.Href)
		case "hub":
			d.Hubs = append(d.Hubs, l.Href)
		case "next":
			d.Next = firstOf(d.Next, l.Href)
		case "prev-archive":
			d.Archive = firstOf(d.Archive, l.Href)
		}
	}
	if d.Link == "" && webAddress(d.ID) {
		d.Link = d.ID
	}
}

// alternate is where the page itself is: of several alternates the first that
// is HTML, for others are the same in other formats.
func alternate(links []sources.Link) (href string) {
	for _, l := range links {
		if l.Rel != "alternate" {
			continue
		}
		switch strings.ToLower(l.Type) {
		case "", "text/html", "html", "application/xhtml+xml":
			return l.Href
		}
		href = firstOf(href, l.Href)
	}
	return href
}

func webAddress(s string) bool {
	return len(s) > 8 && (strings.EqualFold(s[:7], "http://") || strings.EqualFold(s[:8], "https://"))
}
