package page

import (
	"strings"
	"testing"

	"warta/sources"
	"warta/sources/normalize"
)

// What stands in the head, under the headline and at both ends of the text of
// pages in themes of all makes, and who made the story by it.
func TestAuthorsInUnknownThemes(t *testing.T) {
	const ld = `<script type="application/ld+json">`
	for _, c := range []struct{ name, head, below, first, last, want string }{
		{"rel=author", "", `<div><a rel="author" href="/penulis/rina">Rina Lestari</a></div>`, "", "", "Rina Lestari"},
		{"itemprop in a span", "", `<span itemprop="author" itemscope><span itemprop="name">Rina Lestari</span></span>`, "", "", "Rina Lestari"},
		{"a class of an unknown theme", "", `<div class="artikel-penulis-2">Rina Lestari</div>`, "", "", "Rina Lestari"},
		{"two in one byline", "", `<p class="c-byline__text">Oleh: Rina Lestari dan Dodi Saputra</p>`, "", "", "Rina Lestari|Dodi Saputra"},
		{"two elements", "", `<ul><li class="post__author"><a href="/r">Rina Lestari</a></li><li class="post__author"><a href="/d">Dodi Saputra</a></li></ul>`, "", "", "Rina Lestari|Dodi Saputra"},
		{"a list of JSON-LD", ld + `{"@type":"NewsArticle","headline":"Jembatan Ende Diresmikan Bupati","author":[{"@type":"Person","name":"Rina Lestari"},{"@type":"Person","name":"Dodi Saputra"}]}</script>`, "", "", "", "Rina Lestari|Dodi Saputra"},
		{"JSON-LD has only the outlet", ld + `{"@type":"NewsArticle","headline":"Jembatan Ende Diresmikan Bupati","author":{"@type":"Organization","name":"Lensa Ende"},"publisher":{"name":"Lensa Ende"}}</script>`,
			`<div class="meta"><span class="reporter-name">Rina Lestari</span></div>`, "", "", "Rina Lestari"},
		{"a meta element beside the outlet", `<meta property="og:site_name" content="Lensa Ende"><meta name="author" content="Lensa Ende"><meta name="parsely-author" content="Rina Lestari">`, "", "", "", "Rina Lestari"},
		{"what WordPress tells networks", `<meta name="twitter:label1" content="Ditulis oleh"><meta name="twitter:data1" content="Rina Lestari">`, "", "", "", "Rina Lestari"},
		{"a profile's address is no name", `<meta property="article:author" content="https://facebook.com/lensa"><meta name="author" content="Rina Lestari">`, "", "", "", "Rina Lestari"},
		{"a line above the text", "", "", `<p>Penulis: Rina Lestari | Editor: Dodi Saputra</p>`, "", "Rina Lestari|editor Dodi Saputra"},
		{"a strong name above the text", "", "", `<p><strong>Rina Lestari</strong></p>`, "", "Rina Lestari"},
		{"a strong heading is nobody", "", "", `<p><strong>Harga Cabai</strong></p>`, "", ""},
		{"brackets at the end", "", "", "", ` (Rina Lestari/Dodi Saputra)`, "Rina Lestari|Dodi Saputra"},
		{"the box about the author says nothing new", `<meta name="author" content="Rina Lestari">`, `<div class="author-box">Rina Lestari meliput daerah sejak 2010.</div>`, "", "", "Rina Lestari"},
	} {
		page := `<html lang="id"><head><title>Jembatan Ende Diresmikan Bupati - Lensa Ende</title>` + c.head + `</head><body><h1>Jembatan Ende Diresmikan Bupati</h1>` + c.below +
			`<article>` + c.first + `<p>ENDE – Jembatan gantung yang sudah lama ditunggu warga itu akhirnya diresmikan, dan ratusan orang datang sejak pagi untuk menyeberang.</p>
<p>Anggaran pembangunan jembatan berasal dari kabupaten, sedangkan pemeliharaannya menjadi tugas desa di kedua tepi sungai mulai tahun depan.</p>
<p>Warga berharap jalan menuju jembatan itu segera diperbaiki, sebab truk masih harus memutar lewat kota.` + c.last + `</p></article></body></html>`
		doc, err := Article(t.Context(), []byte(page), "text/html; charset=utf-8", "https://lensa.example/jembatan")
		if err != nil {
			t.Fatal(err)
		}
		normalize.Document(doc, normalize.Options{Source: sources.Source{ID: "lensa", Title: "Lensa Ende"}})
		var got []string
		for _, p := range doc.Items[0].Authors {
			got = append(got, p.Name)
		}
		for _, p := range doc.Items[0].Contributors {
			got = append(got, p.Role+" "+p.Name)
		}
		if all := strings.Join(got, "|"); all != c.want {
			t.Errorf("%s: %q, want %q", c.name, all, c.want)
		}
	}
}
