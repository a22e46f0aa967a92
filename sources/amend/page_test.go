package amend

import (
	"fmt"
	"strings"
	"testing"
)

// What a page says of its own story counts, wherever in the story it stands;
// what stands beside it on the page does not.
func TestLater(t *testing.T) {
	const note = `Koreksi: jumlah desa adalah tiga, bukan empat.`
	story := `<h1>Banjir Surut</h1><p>Air mulai surut di tiga desa sejak pagi, kata camat setempat kepada warga.</p>`
	ld := func(s string) string { return `<script type="application/ld+json">` + s + `</script><body>` + story }
	for _, c := range []struct {
		name, page string
		want       int
	}{
		{"a paragraph of the story", `<body><article>` + story + `<p>` + note + `</p></article>`, 1},
		{"over the story", `<body><main><p><em>` + note + `</em></p>` + story + `</main>`, 1},
		{"a heading and its note", `<body><article>` + story + `<h4>Ralat</h4><p>Sebelumnya tertulis empat desa.</p></article>`, 1},
		{"set by a class", `<body><div class="post">` + story + `<div class="editorial-correction">Nama camat semula salah ditulis.</div></div>`, 1},
		{"by its property", `<body itemscope itemtype="https://schema.org/NewsArticle">` + story + `<p itemprop="correction">Nama camat diganti.</p>`, 1},
		{"old markup", `<body><div id=content><h2><a href="/berita/banjir">Banjir Surut</a></h2>` + story + `<p>` + note + `<div class=sidebar>x</div></div>`, 1},
		{"schema.org, words", ld(`{"@type":"NewsArticle","correction":"` + note + `"}`), 1},
		{"schema.org, twice the same", ld(`{"@type":"NewsArticle","correction":["` + note + `",{"@type":"CorrectionComment","text":"` + note + `"}]}`), 1},
		{"schema.org, elsewhere", ld(`{"@type":"NewsArticle","url":"https://a.example/berita/banjir","correction":"https://a.example/koreksi/12-banjir"}`), 1},
		{"schema.org, status", ld(`{"@type":"NewsArticle","creativeWorkStatus":"Corrected"}`), 1},

		{"nothing", `<body><article>` + story + `</article>`, 0},
		{"only modified", ld(`{"@type":"NewsArticle","dateModified":"2026-06-01T09:00:00Z","correctionsPolicy":"https://a.example/koreksi"}`), 0},
		{"the policy", ld(`{"@type":"NewsArticle","correctionsPolicy":"https://a.example/k","correction":"https://a.example/k"}`), 0},
		{"a general page", ld(`{"@type":"NewsArticle","correction":"https://a.example/tentang/kebijakan-koreksi"}`), 0},
		{"no correction", ld(`{"@type":"NewsArticle","correction":"Tidak ada"}`), 0},
		{"another story's data", ld(`[{"@type":"NewsArticle","url":"https://a.example/berita/lain","correction":"` + note + `"},{"@type":"NewsArticle","url":"https://a.example/berita/banjir"}]`), 0},
		{"a comment", `<body><article>` + story + `</article><ol class="comment-list"><li><article><p>` + note + `</p></article></ol>`, 0},
		{"a sidebar", `<body><article>` + story + `</article><aside><p>` + note + `</p></aside>`, 0},
		{"a related box", `<body>` + story + `<div class="td_block_related_posts"><p>` + note + `</p></div>`, 0},
		{"a list of others", `<body><article>` + story + `<h3>Berita Terkait</h3><ul><li>` + note + `</ul></article>`, 0},
		{"a teaser", `<body>` + story + `<div><h3><a href="/berita/lain">Kades Dilantik</a></h3><p>` + note + `</p></div>`, 0},
		{"a link", `<body>` + story + `<p><a href="/berita/lain">` + note + `</a></p>`, 0},
		{"another article", `<body><article>` + story + `</article><article><h2>Kades Dilantik</h2><p>` + note + `</p></article>`, 0},
		{"an invitation", `<body>` + story + `<div class="koreksi">Menemukan kesalahan dalam berita ini? Laporkan.</div>`, 0},
		{"said by somebody", `<body>` + story + `<p>Artikel ini keliru dan harus dikoreksi, kata dia.</p>`, 0},
		{"of another story", `<body>` + story + `<p>Catatan redaksi: ada kekeliruan dalam berita berjudul "Kades Dilantik" kemarin.</p>`, 0},
	} {
		page := `<!doctype html><head><title>Banjir Surut - Satu</title></head>` + c.page
		got := Page([]byte(page), "https://www.a.example/berita/banjir/", "Banjir Surut")
		if len(got.Corrections) != c.want || got.TakenBack != "" || got.Amendment != nil {
			t.Errorf("%s: %+v", c.name, got)
		}
	}
}

// The time of a correction is stated with it, or no later than the page was
// modified.
func TestPageLaterTimes(t *testing.T) {
	for data, want := range map[string]string{
		`{"@type":"NewsArticle","dateModified":"2026-06-02T09:00:00Z","correction":{"text":"Nama diperbaiki","datePublished":"2026-06-01T15:40:00+07:00"}}`: "2026-06-01T08:40:00Z",
		`{"@type":"NewsArticle","dateModified":"2026-06-02T09:00:00Z","correction":"Nama diperbaiki"}`:                                                      "2026-06-02T09:00:00Z",
		`{"@type":"NewsArticle","correction":"Nama diperbaiki"}`:                                                                                            "0001-01-01T00:00:00Z",
	} {
		got := Page([]byte(`<script type="application/ld+json">`+data+`</script>`), "https://a.example/x", "X").Corrections
		if len(got) != 1 || got[0].When.UTC().Format("2006-01-02T15:04:05Z") != want {
			t.Errorf("%s: %+v", data, got)
		}
	}
}

// The page of a story that corrects another says which; a page links more than
// that.
func TestPageAmends(t *testing.T) {
	page := `<body><nav><a href="/">Satu</a></nav><main><h1>RALAT: Angka</h1><p>Dalam <a href="satu.html">berita sebelumnya</a> tertulis 40.</p>
		<p>Lihat juga <a href="/berita/lain">lain</a>.</p></main><footer><a href="/pedoman">Pedoman</a> koreksi</footer>`
	got := Page([]byte(page), "https://a.example/berita/ralat.html", "RALAT: Angka")
	if a := got.Amendment; a == nil || fmt.Sprint(a.Addresses) != "[https://a.example/berita/satu.html]" || len(a.Linked) > 0 || len(got.Corrections) > 0 {
		t.Errorf("%+v, %+v", got, got.Amendment)
	}
}

// A hostile page costs time in proportion to its size, and no more is taken
// from it than is bounded.
func TestPageLaterBounds(t *testing.T) {
	for _, unit := range []string{"<div>", "<article>", "<p>Koreksi: tertulis %d, seharusnya lain.", "<h2><a href=/x>", "</div>", "<a href=x", `<script type="application/ld+json">{"@type":"NewsArticle","correction":"a%d"}</script>`} {
		var b strings.Builder
		for i := 0; b.Len() < 1<<20; i++ {
			b.WriteString(strings.ReplaceAll(unit, "%d", fmt.Sprint(i)))
		}
		if got := Page([]byte(b.String()), "https://a.example/x", "X"); len(got.Corrections) > maxNotes {
			t.Errorf("%s: %d notes", unit, len(got.Corrections))
		}
	}
}
