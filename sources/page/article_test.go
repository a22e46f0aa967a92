package page

import (
	"encoding/json"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"
	"unicode"

	"github.com/klauspost/compress/gzip"

	"warta/sources"
	"warta/sources/normalize"
)

const storyPage = `<!doctype html><html lang="id"><head><title>Panen Madu - Lensa Hulu</title>
<meta property="og:title" content="Panen Madu Hutan Meningkat"><meta property="og:site_name" content="Lensa Hulu">
<meta property="article:published_time" content="2026-03-01T08:00:00+08:00"><meta name="author" content="Tono Wijaya">
<link rel="canonical" href="/berita/madu"><link rel="license" href="https://creativecommons.org/licenses/by/4.0/">
<script type="application/ld+json">{"@context":"https://schema.org","@graph":[{"@type":"WebSite","name":"Lensa"},{"@type":["NewsArticle"],"headline":"Panen Madu Hutan Meningkat &amp; Rotan","datePublished":"2026-03-01T08:00:00+08:00",
"author":[{"@type":"Person","name":"Tono Wijaya"},{"@type":"Person","name":"Sri Rahayu","url":"https://lensa.example/sri"}],
"image":{"@type":"ImageObject","url":"/foto.jpg","creditText":"Lensa/Tono"},"copyrightHolder":{"@type":"Organization","name":"PT Lensa"}}]}</script></head>
<body><nav><a href="/">Beranda</a></nav><article><h1>Panen Madu Hutan Meningkat</h1>
<p>HULU – Panen madu hutan tahun ini naik hampir dua kali lipat, kata ketua kelompok tani setempat kepada wartawan kemarin sore.</p>
<p>Harga di tingkat petani bertahan di atas seratus ribu rupiah per liter, jauh lebih baik daripada tahun lalu ketika panen gagal.</p>
<p>Dinas kehutanan berjanji membantu pengemasan dan pemasaran ke kota-kota besar di pulau ini sampai akhir tahun depan.</p></article></body></html>`

func TestArticleTakesTheHeadsWordBeforeTheTexts(t *testing.T) {
	doc, err := Article(t.Context(), []byte(storyPage), "text/html", "https://lensa.example/berita/madu?utm_source=x")
	if err != nil {
		t.Fatal(err)
	}
	it := doc.Items[0]
	for _, c := range []struct{ what, got, want string }{
		{"title", it.Title.Value, "Panen Madu Hutan Meningkat & Rotan"},
		{"link", it.Link, "https://lensa.example/berita/madu"},
		{"published", it.Published.Raw, "2026-03-01T08:00:00+08:00"},
		{"site", doc.Title.Value, "Lensa Hulu"},
		{"language", it.Language, "id"},
		{"holder", it.Holder, "PT Lensa"},
		{"image", it.Image.URL + " " + it.Image.Credit, "https://lensa.example/foto.jpg Lensa/Tono"},
		{"licence", strings.Join(it.Licenses, " "), "https://creativecommons.org/licenses/by/4.0/"},
	} {
		if c.got != c.want {
			t.Errorf("%s is %q, want %q", c.what, c.got, c.want)
		}
	}
	if len(it.Authors) != 2 || it.Authors[1].Name != "Sri Rahayu" || it.Authors[1].URL != "https://lensa.example/sri" {
		t.Errorf("authors: %+v", it.Authors)
	}
	if !strings.Contains(it.Content.Value, "Harga di tingkat petani") || strings.Contains(it.Content.Value, "Beranda") {
		t.Errorf("text: %s", it.Content.Value)
	}
}

func TestArticleSaysWhyThereIsNone(t *testing.T) {
	for _, body := range []string{"", "   ", "<html><body></body></html>"} {
		if doc, err := Article(t.Context(), []byte(body), "", "https://x.example/"); err == nil {
			t.Errorf("%q gave %+v", body, doc.Items[0])
		}
	}
}

// TestArticleOnRealPages prints how much of what people found in real pages we
// find too.
func TestArticleOnRealPages(t *testing.T) {
	dir := "../../../shared/data/open/pages"
	names, _ := filepath.Glob(filepath.Join(dir, "*.expect.json"))
	if len(names) == 0 {
		t.Skip("no real pages here: ../shared/data is not present")
	}
	var pages, titles, titled, texts, textShare, authors, authored, dates, dated float64
	for _, name := range names {
		var want struct {
			URL  string
			Gold struct {
				Title   string
				Text    string
				Date    string `json:"published"`
				Authors []string
			}
		}
		b, err := os.ReadFile(name)
		if err != nil {
			t.Fatal(err)
		}
		if json.Unmarshal(b, &want) != nil {
			continue
		}
		f, err := os.Open(strings.TrimSuffix(name, ".expect.json"))
		if err != nil {
			continue
		}
		z, err := gzip.NewReader(f)
		if err != nil {
			f.Close()
			continue
		}
		var page strings.Builder
		buf := make([]byte, 1<<16)
		for {
			n, err := z.Read(buf)
			page.Write(buf[:n])
			if err != nil {
				break
			}
		}
		f.Close()
		pages++
		doc, err := Article(t.Context(), []byte(page.String()), "text/html", want.URL)
		if err != nil {
			t.Logf("%s: %v", filepath.Base(name), err)
			continue
		}
		normalize.Document(doc, normalize.Options{Source: sources.Source{ID: "page"}})
		it := doc.Items[0]
		if want.Gold.Title != "" {
			titles++
			if squash(it.Title.Value) == squash(want.Gold.Title) {
				titled++
			} else {
				t.Logf("%s: title %q, want %q", filepath.Base(name), it.Title.Value, want.Gold.Title)
			}
		}
		if want.Gold.Text != "" {
			texts++
			textShare += share(it.Content.Value, want.Gold.Text)
		}
		if len(want.Gold.Authors) > 0 {
			authors++
			all := ""
			for _, p := range append(it.Authors, it.Contributors...) {
				all += squash(p.Name) + " "
			}
			found := true
			for _, name := range want.Gold.Authors {
				found = found && strings.Contains(all, squash(name))
			}
			if found {
				authored++
			} else {
				t.Logf("%s: persons %q, want %q", filepath.Base(name), all, want.Gold.Authors)
			}
		}
		if want.Gold.Date != "" {
			dates++
			at, _ := normalize.Date(want.Gold.Date, normalize.DateHints{})
			if d := it.Published.Time.Sub(at).Abs(); it.Published.Known() && (d < time.Minute || d < 26*time.Hour && it.Published.Time.Format("15:04:05") == "00:00:00") {
				dated++
			} else {
				t.Logf("%s: published %q %v, want %q", filepath.Base(name), it.Published.Raw, it.Published.Time, want.Gold.Date)
			}
		}
	}
	t.Logf("%.0f pages: title %.0f/%.0f, all authors %.0f/%.0f, date %.0f/%.0f, words of the text found %.2f", pages, titled, titles, authored, authors, dated, dates, textShare/max(texts, 1))
	if titles > 0 && titled/titles < 0.8 {
		t.Errorf("only %.0f of %.0f titles", titled, titles)
	}
	if dates > 0 && dated/dates < 0.85 {
		t.Errorf("only %.0f of %.0f dates", dated, dates)
	}
	if texts > 0 && textShare/texts < 0.9 {
		t.Errorf("only %.2f of the words", textShare/texts)
	}
}

func squash(s string) string {
	return strings.Map(func(r rune) rune {
		if unicode.IsLetter(r) || unicode.IsDigit(r) {
			return unicode.ToLower(r)
		}
		return -1
	}, s)
}

// share is how many of the words wanted are found.
func share(got, want string) float64 {
	have := make(map[string]bool)
	for _, w := range strings.Fields(strings.NewReplacer("<", " <", ">", "> ").Replace(got)) {
		have[squash(w)] = true
	}
	n, all := 0.0, 0.0
	for _, w := range strings.Fields(want) {
		if w = squash(w); w == "" {
			continue
		}
		all++
		if have[w] {
			n++
		}
	}
	return n / max(all, 1)
}

// A page is read in whatever it is written, by its header, its mark or its own word.
func TestUTF8(t *testing.T) {
	for _, tt := range []struct{ name, body, contentType, want string }{
		{"UTF-8", "© Kabar", "text/html", "© Kabar"},
		{"windows-1252 by header", "\xa9 Caf\xe9", "text/html; charset=windows-1252", "© Café"},
		{"by its own word", "<meta charset=iso-8859-1>\xa9 Kabar", "text/html", "<meta charset=iso-8859-1>© Kabar"},
		{"UTF-16 by header", "r\x00o\x00b\x00o\x00t\x00s\x00", "text/html; charset=utf-16le", "robots"},
		{"UTF-16 by its mark", "\xff\xfe\xa9\x00", "text/html", "\ufeff©"},
		{"by no known name", "\xa9", "text/html; charset=x-tidak-ada", "©"},
	} {
		if got := string(UTF8([]byte(tt.body), tt.contentType)); got != tt.want {
			t.Errorf("%s: %q, want %q", tt.name, got, tt.want)
		}
	}
}
