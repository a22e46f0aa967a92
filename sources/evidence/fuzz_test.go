package evidence

import (
	"testing"
	"unicode/utf8"

	"warta/sources"
	"warta/sources/prose"
)

func FuzzItem(f *testing.F) {
	f.Add("<p>Dilarang mengutip berita ini tanpa izin redaksi.</p>")
	f.Add("<p>© 2026 <b>Creative Commons</b> BY-SA &nbsp;4.0</p><figure>")
	f.Add("\"无断転載\" 未经授权，不得转载。<")
	f.Fuzz(func(t *testing.T, markup string) {
		it := sources.Item{Content: sources.Text{Value: markup}, Rights: []sources.Statement{{Text: markup, Where: "entry"}}}
		Item(&it, &sources.Document{})
		for _, e := range it.Evidence {
			if e.Kind == "" || len(e.Text) > prose.MaxQuote+10 || utf8.ValidString(markup) && !utf8.ValidString(e.Text) {
				t.Errorf("%+v", e)
			}
		}
	})
}

func FuzzPage(f *testing.F) {
	f.Add([]byte(`<meta name=robots content="max-snippet:5"><script type="application/ld+json">[{"@type":"NewsArticle","license":"x"}]</script>`))
	f.Add([]byte(`<footer>© 2026<a rel=license href="/x">`))
	f.Fuzz(func(t *testing.T, markup []byte) {
		for _, e := range Page(markup, "https://a.id/") {
			if e.Kind == "" || e.Where == "" {
				t.Errorf("%+v", e)
			}
		}
	})
}

func FuzzHeader(f *testing.F) {
	f.Add("noindex, unavailable_after: 1 Jan 2027", `<a>; rel="license", <b`)
	f.Fuzz(func(t *testing.T, robots, link string) {
		Header(map[string][]string{"X-Robots-Tag": {robots}, "Link": {link}}, "https://a.id/")
	})
}
