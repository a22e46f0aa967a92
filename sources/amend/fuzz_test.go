package amend

import (
	"testing"
	"unicode/utf8"

	"warta/sources"
	"warta/sources/prose"
)

// Whatever a story and its page say, what is taken from them is bounded and
// quoted as it stood.
func FuzzAmend(f *testing.F) {
	f.Add("RALAT: Jumlah Korban", `<p>Dalam <a href="https://a.id/b">berita</a> berjudul "Banjir Surut" tertulis 12.</p>`)
	f.Add("[DICABUT] Kades Ditahan", `<article><p>Berita ini telah dicabut oleh redaksi.</p><script type="application/ld+json">{"@type":"NewsArticle","correction":"x"}</script>`)
	f.Add("Banjir Surut", `<main><h1>Banjir Surut</h1><div class=koreksi>Koreksi: nama keliru.`)
	f.Fuzz(func(t *testing.T, title, markup string) {
		it := sources.Item{Title: sources.Text{Value: title}, Content: sources.Text{Value: markup}, URL: "https://a.id/x"}
		Item(&it)
		valid := utf8.ValidString(title) && utf8.ValidString(markup)
		for _, e := range it.Evidence {
			if e.Kind != sources.Withdrawn || e.Where == "" || len(e.Text) > prose.MaxQuote+10 || valid && !utf8.ValidString(e.Text) {
				t.Errorf("%+v", e)
			}
		}
		if a := it.Amendment; a != nil && (a.Kind == "" || len(a.Addresses)+len(a.Linked) > maxAmend || len(a.Titles) > maxAmend+1) {
			t.Errorf("%+v", a)
		}
		if l := Page([]byte(markup), "https://a.id/x", title); len(l.Corrections) > maxNotes {
			t.Errorf("%d notes", len(l.Corrections))
		}
	})
}
