package evidence

import (
	"slices"
	"strings"

	"golang.org/x/net/html"

	"warta/sources"
	"warta/sources/prose"
)

// linked reads the links to licences in a story's own text (rel=license, which
// normalizing keeps), as a page has them.
func (f *finder) linked(markup, where string) {
	if !strings.Contains(markup, "license") {
		return
	}
	list := prose.Blocks(markup)
	for i := range list {
		b := &list[i]
		raw := first(b.Raw, b.Text)
		if b.Image || !strings.Contains(raw, "license") || ofSomethingElse(prose.Tidy(prose.WithoutTags(raw))) {
			continue
		}
		z := html.NewTokenizer(strings.NewReader(raw))
		for n := 0; n < maxLinks; {
			kind := z.Next()
			if kind == html.ErrorToken {
				break
			}
			if kind != html.StartTagToken {
				continue
			}
			n++
			text := string(z.Raw())
			href, rel := "", ""
			for _, a := range z.Token().Attr {
				switch a.Key {
				case "href":
					href = a.Val
				case "rel":
					rel = a.Val
				}
			}
			if licenses(rel) && !f.licensed(href) { // its words may have said so
				f.licenceLink(href, "", text, b.Place(where)+" a rel=license")
			}
		}
	}
}

// licensed reports whether a licence at an address was found already.
func (f *finder) licensed(address string) bool {
	if canonical, ok := Licence(address); ok {
		address = canonical
	}
	return slices.ContainsFunc(f.list, func(e sources.Evidence) bool { return e.Kind == sources.Licence && e.Value == address })
}
