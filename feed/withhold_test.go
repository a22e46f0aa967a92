package feed

import (
	"encoding/json"
	"reflect"
	"strings"
	"testing"
	"time"
	"unicode/utf8"

	"golang.org/x/net/html"
	"pgregory.net/rapid"

	"warta/sources"
)

// whole is an entry in which every part that a decision may withhold holds a
// word of its own: TEKS, RINGKAS, KUTIP, GAMBAR (without credit), FOTO (with
// credit), BERKAS, BUANG.
func whole() Entry {
	return Entry{
		ID: "e", Source: "s", OriginalID: "tag:1", Title: "Jembatan JUDUL", Language: "id", Revision: 1, Advertorial: true,
		Published: time.Date(2026, 6, 1, 0, 0, 0, 0, time.UTC),
		Content: sources.Text{Type: "html", Value: `<p>TEKS satu</p><figure><img src="https://a.id/FOTO.jpg" srcset="https://a.id/GAMBARKECIL.jpg 1x"/><figcaption>TEKSFOTO</figcaption></figure>` +
			`<figure class="wp"><picture><source srcset="https://a.id/GAMBAR.webp"/><img src="https://a.id/GAMBAR.jpg"/></picture><figcaption>TEKSGAMBAR</figcaption></figure>` +
			`<p><a href="https://a.id/x"><img src="https://a.id/GAMBAR2.jpg"/></a>TEKS dua</p><figure><table><tbody><tr><td>TEKS tabel</td></tr></tbody></table></figure><video src="https://a.id/BERKAS.mp4"></video>`},
		Summary:    sources.Text{Type: "html", Value: `<p>RINGKAS <img src="https://a.id/GAMBAR3.jpg"/></p>`},
		Excerpt:    "KUTIP satu dua tiga empat lima enam tujuh delapan",
		Image:      &sources.Image{URL: "https://a.id/FOTO.jpg", Credit: "Rina/Warta"},
		Media:      []sources.Image{{URL: "https://a.id/GAMBAR.jpg"}, {URL: "https://a.id/FOTO.jpg", Credit: "Rina"}, {URL: "https://a.id/GAMBAR9.jpg", Credit: "X", Deny: "sharing: "}},
		Enclosures: []sources.Enclosure{{URL: "https://a.id/BERKAS.mp3", Type: "audio/mpeg"}, {URL: "https://a.id/GAMBAR5.jpg", Type: "image/jpeg"}, {URL: "https://a.id/FOTO.jpg", Type: "image/jpeg"}},
		Attribution: Attribution{
			Authors: []sources.Person{{Name: "Rina"}}, Contributors: []sources.Person{{Name: "Budi", Role: "editor"}}, Credit: "(rin/bud)",
			Agency: "ANTARA", Dateline: "PASER", URL: "https://a.id/1", GUID: "tag:1", Source: Outlet{Title: "Warta A", Rights: "© A"},
			Statements: []sources.Statement{{Text: "© A"}}, Licenses: []string{"https://creativecommons.org/licenses/by/4.0/"}, Holder: "A",
			Origin: &sources.Origin{Title: "B"}, Provenance: []sources.Provenance{{Outlet: "B"}}, Via: []Hop{{URL: "https://b.id/"}},
		},
		Evidence: []sources.Evidence{{Kind: sources.NoCopy, Text: "Dilarang"}},
		Removed:  []sources.Removal{{Text: "BUANG"}},
	}
}

func jsonOf(t interface{ Fatal(...any) }, v Entry) string {
	b, err := json.Marshal(v)
	if err != nil {
		t.Fatal(err)
	}
	return string(b)
}

func TestWithhold(t *testing.T) {
	withdrawal := func(e *Entry) { e.Notice = &Notice{Kind: Withdrawal, Reason: "Dicabut redaksi"} }
	correction := func(e *Entry) { e.Notice = &Notice{Kind: Correction, Reason: "Ralat nama"} }
	tests := []struct {
		name     string
		change   func(*Entry)
		decision Decision
		shown    bool
		has, not string // words
	}{
		{"the zero decision", nil, Decision{}, false, "", "JUDUL"},
		{"none, whatever else it says", nil, Decision{Use: None, Images: true, Enclosures: true}, false, "", "JUDUL FOTO BERKAS"},
		{"headline", nil, Decision{Use: Headline}, true, "JUDUL PASER", "TEKS RINGKAS KUTIP GAMBAR FOTO BERKAS BUANG"},
		{"headline with images", nil, Decision{Use: Headline, Images: true}, true, "JUDUL FOTO", "TEKS RINGKAS KUTIP GAMBAR BERKAS BUANG"},
		{"headline with files", nil, Decision{Use: Headline, Enclosures: true}, true, "JUDUL BERKAS.mp3", "TEKS RINGKAS KUTIP GAMBAR FOTO"},
		{"excerpt", nil, Decision{Use: Excerpt}, true, "JUDUL KUTIP delapan", "TEKS RINGKAS GAMBAR FOTO BERKAS BUANG"},
		{"excerpt of 20 characters", nil, Decision{Use: Excerpt, MaxChars: 20}, true, "KUTIP …", "delapan lima RINGKAS"},
		{"excerpt out of the summary", func(e *Entry) { e.Excerpt = "" }, Decision{Use: Excerpt}, true, "RINGKAS", "TEKS GAMBAR"},
		{"excerpt of what may not be cut", nil, Decision{Use: Excerpt, Whole: true}, true, "JUDUL", "TEKS RINGKAS KUTIP"},
		{"full", nil, Decision{Use: Full}, true, "TEKS RINGKAS KUTIP tabel", "GAMBAR FOTO BERKAS BUANG"},
		{"full with images", nil, Decision{Use: Full, Images: true}, true, "TEKS FOTO TEKSFOTO", "GAMBAR BERKAS TEKSGAMBAR srcset"},
		{"full with files", nil, Decision{Use: Full, Enclosures: true}, true, "TEKS BERKAS.mp3 BERKAS.mp4", "GAMBAR FOTO.jpg"},
		{"full, unabridged only", nil, Decision{Use: Full, Whole: true}, true, "TEKS RINGKAS tabel", "KUTIP"},
		{"a withdrawal", withdrawal, Decision{}, true, "Dicabut PASER", "JUDUL TEKS RINGKAS KUTIP GAMBAR FOTO BERKAS"},
		{"a withdrawal with a stale decision", withdrawal, Decision{Use: Full, Images: true, Enclosures: true}, true, "Dicabut", "JUDUL TEKS RINGKAS KUTIP GAMBAR FOTO BERKAS"},
		{"a correction is no reason to show", correction, Decision{}, false, "", "JUDUL"},
		{"a correction stays with the headline", correction, Decision{Use: Headline}, true, "JUDUL Ralat", "TEKS"},
	}
	for _, test := range tests {
		e := whole()
		if test.change != nil {
			test.change(&e)
		}
		before := jsonOf(t, e)
		got, shown := Withhold(e, test.decision)
		if shown != test.shown {
			t.Errorf("%s: shown %v", test.name, shown)
		}
		text := jsonOf(t, got)
		for _, word := range strings.Fields(test.has) {
			if !strings.Contains(text, word) {
				t.Errorf("%s: %s is missing in %s", test.name, word, text)
			}
		}
		for _, word := range strings.Fields(test.not) {
			if strings.Contains(text, word) {
				t.Errorf("%s: %s is in %s", test.name, word, text)
			}
		}
		if shown && !reflect.DeepEqual(got.Attribution, e.Attribution) {
			t.Errorf("%s: attribution changed", test.name)
		}
		if shown && (!got.Advertorial || got.ID != e.ID || got.OriginalID != e.OriginalID) {
			t.Errorf("%s: the mark of paid content or the identity is gone", test.name)
		}
		if jsonOf(t, e) != before {
			t.Errorf("%s: the entry itself was changed", test.name)
		}
	}
}

// Nothing beyond the use survives, whatever the decision says otherwise.
func TestWithholdNeverMore(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		d := Decision{
			Use: Use(rapid.IntRange(-1, 4).Draw(t, "use")), MaxChars: rapid.IntRange(-1, 60).Draw(t, "chars"),
			Whole: rapid.Bool().Draw(t, "whole"), Images: rapid.Bool().Draw(t, "images"), Enclosures: rapid.Bool().Draw(t, "enclosures"),
		}
		e := whole()
		got, shown := Withhold(e, d)
		text := jsonOf(t, got)
		has := func(word string) bool { return strings.Contains(text, word) }
		switch {
		case (d.Use <= None || d.Use > Full) && (shown || has("JUDUL")):
			t.Fatal("shown although nothing may be")
		case d.Use < Full && has("TEKS"):
			t.Fatal("text")
		case (d.Use < Excerpt || d.Use < Full && d.Whole) && (has("KUTIP") || has("RINGKAS")):
			t.Fatal("excerpt")
		case d.Whole && has("KUTIP"):
			t.Fatal("a cut text")
		case d.Use == Excerpt && d.MaxChars > 0 && utf8.RuneCountInString(got.Excerpt) > d.MaxChars:
			t.Fatalf("%d characters, at most %d: %s", utf8.RuneCountInString(got.Excerpt), d.MaxChars, got.Excerpt)
		case has("GAMBAR") || !d.Images && has("FOTO.jpg"):
			t.Fatal("an image")
		case !d.Enclosures && has("BERKAS"):
			t.Fatal("a file")
		case has("BUANG"):
			t.Fatal("removed words")
		}
	})
}

func TestUsualExcerpt(t *testing.T) {
	e := Entry{Summary: sources.Text{Type: "html", Value: "<p>" + strings.Repeat("kata demi kata ", 500) + "</p>"}}
	got, _ := Withhold(e, Decision{Use: Excerpt})
	if n := utf8.RuneCountInString(got.Excerpt); n > usualExcerpt || n < usualExcerpt/2 || !strings.HasSuffix(got.Excerpt, "kata…") && !strings.HasSuffix(got.Excerpt, "demi…") {
		t.Errorf("%d characters: %q", n, got.Excerpt)
	}
}

func TestCut(t *testing.T) {
	for _, test := range []struct {
		text string
		n    int
		want string
	}{
		{"pendek", 10, "pendek"}, {"satu dua tiga", 9, "satu dua…"}, {"satu dua tiga", 10, "satu dua…"},
		{"katayangsangatpanjang", 10, "katayangs…"}, {"満員電車に乗る", 4, "満員電…"}, {"ab", 1, "…"}, {"satu, dua", 6, "satu…"},
	} {
		if got := cut(test.text, test.n); got != test.want {
			t.Errorf("cut(%q, %d) = %q, want %q", test.text, test.n, got, test.want)
		}
	}
}

// Ways to show a picture that are no img.
func TestHiddenImages(t *testing.T) {
	for _, markup := range []string{
		`<svg><image href="https://a.id/GAMBAR"/></svg>`, `<p style="background:URL(https://a.id/GAMBAR)">x</p>`, `<table background="https://a.id/GAMBAR"><tr><td>x</td></tr></table>`,
		`<IMG SRC="https://a.id/GAMBAR">`, `<image src="https://a.id/GAMBAR">`, `<object data="https://a.id/GAMBAR"></object>`, `<input type="image" src="https://a.id/GAMBAR">`,
		`<video poster="https://a.id/GAMBAR"></video>`, `<picture><source srcset="https://a.id/GAMBAR"></picture>`, `<embed src="https://a.id/GAMBAR">`, `<p>x<img src="https://a.id/GAMBAR"`,
		`<iframe src="https://a.id/GAMBAR"></iframe>`, `<style>p{background:url(https://a.id/GAMBAR)}</style>`, `<figure><img src="https://a.id/GAMBAR"><figcaption>GAMBAR`,
	} {
		e := Entry{Content: sources.Text{Type: "html", Value: markup}}
		for _, d := range []Decision{{Use: Full}, {Use: Full, Images: true}} {
			if got, _ := Withhold(e, d); strings.Contains(got.Content.Value, "GAMBAR") {
				t.Errorf("%s leaves %s", markup, got.Content.Value)
			}
		}
	}
}

// What is left holds no picture to any reader of HTML.
func FuzzWithhold(f *testing.F) {
	f.Add(whole().Content.Value)
	f.Add(`<p><img src=x`)
	f.Add(`<noscript><img src=x></noscript>`)
	f.Add(`<a/<img/src=x>`)
	f.Fuzz(func(t *testing.T, markup string) {
		got, _ := Withhold(Entry{Content: sources.Text{Type: "html", Value: markup}}, Decision{Use: Full})
		z := html.NewTokenizer(strings.NewReader(got.Content.Value))
		for {
			kind := z.Next()
			if kind == html.ErrorToken {
				return
			}
			if kind != html.StartTagToken && kind != html.SelfClosingTagToken {
				continue
			}
			if name, _ := z.TagName(); string(name) == "img" || string(name) == "svg" || string(name) == "video" {
				t.Fatalf("%q leaves %q", markup, got.Content.Value)
			}
		}
	})
}

func BenchmarkWithhold(b *testing.B) {
	e := whole()
	e.Content.Value = strings.Repeat("<p>Pemerintah kabupaten memperbaiki jembatan gantung di Muara Samu.</p>", 35)
	for b.Loop() {
		Withhold(e, Decision{Use: Full})
	}
}

// An image's own licence goes before the story's; only a permission is leave
// where that licence is none for everybody. A file that is forbidden stays back.
func TestWithholdImagesByTheirOwnLicence(t *testing.T) {
	const by, nc = "https://creativecommons.org/licenses/by/4.0/", "https://creativecommons.org/licenses/by-nc/4.0/"
	for _, tt := range []struct {
		licence string
		d       Decision
		want    bool
	}{
		{"", Decision{License: by}, true}, {by, Decision{License: by}, true}, {"http://creativecommons.org/licenses/by-nd/3.0/deed.id", Decision{License: by}, true},
		{"https://foto.example/ketentuan", Decision{License: by}, false}, {"https://foto.example/ketentuan", Decision{Permission: "p"}, true},
		{nc, Decision{License: by}, false}, {nc, Decision{License: nc}, true}, {nc, Decision{Permission: "p"}, true},
	} {
		tt.d.Use, tt.d.Images, tt.d.Enclosures = Full, true, true
		e := Entry{Image: &sources.Image{URL: "https://a.example/a.jpg", Credit: "Budi", License: tt.licence},
			Enclosures: []sources.Enclosure{{URL: "https://a.example/a.mp4", Type: "video/mp4", Deny: "sharing:"}, {URL: "https://a.example/b.mp4", Type: "video/mp4"}}}
		got, _ := Withhold(e, tt.d)
		if (got.Image != nil) != tt.want || len(got.Enclosures) != 1 || got.Enclosures[0].URL != "https://a.example/b.mp4" {
			t.Errorf("%q with %+v: %+v %+v", tt.licence, tt.d, got.Image, got.Enclosures)
		}
	}
}
