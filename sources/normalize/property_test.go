package normalize

import (
	"reflect"
	"strings"
	"testing"
	"unicode/utf8"

	"pgregory.net/rapid"

	"warta/sources"
)

// pieces are what documents for properties are made of.
var pieces = []string{
	"<p>", "</p>", "<br>", "<div>", "</div>", "<b>", "</b>", "<i>", "</a>", `<a href="/x?utm_source=y">`, `<a href="javascript:x">`,
	"<ul>", "<li>", "</ul>", "<table>", "<tr>", "<td>", "</table>", "<pre>", "</pre>", "\n", "\n\n", " ", "&nbsp;", "&amp;", "&lt;b&gt;",
	"<img src=/a.jpg width=1 height=1>", "<img src=/b.jpg alt='x'>", "<figure>", "<figcaption>", "</figure>", "<blockquote>", "</blockquote>",
	"Baca juga: Jembatan Lama", "Baca juga", "Penulis: Siti Rahma", "Editor: ", "(hnh/kri)", "PASER – ", "Jakarta (ANTARA) - ", "spot_img",
	"Bupati datang.", "warga ", "Artikel ini telah tayang di Contoh.com dengan judul Jembatan, https://contoh.example/a", "ADVERTISEMENT",
	"Foto: Budi/Contoh", "(Adv)", "<script>x</script>", "<style>", "</style>", "<noscript>", "<iframe src=//v.example/x>", "<video src=/v>", "</video>",
	"<h2>", "</h2>", "Siti Rahma | 22 Oktober 2025", "<!-- x -->", "<span class='sharedaddy'>", `<div class="sharedaddy">`, "<p class=wp-caption-text>",
	"<svg>", "<math>", "</svg>", "<title>", "\u00a0", "\u200b", "é", "<o:p>", "</o:p>", "<summary>", "<center>", "- Advertisement -", "https://contoh.example/x",
}

func anyHTML(t *rapid.T, name string) string {
	return strings.Join(rapid.SliceOfN(rapid.SampledFrom(pieces), 0, 25).Draw(t, name), "")
}

func anyItem(t *rapid.T) sources.Item {
	it := sources.Item{
		ID:      "1",
		Link:    rapid.SampledFrom([]string{"", "/a?utm_source=x", "https://www.google.com/url?q=https://a.example/b", "https://a.example/ b"}).Draw(t, "link"),
		Title:   sources.Text{Value: anyHTML(t, "title"), Type: rapid.SampledFrom([]string{"html", "text", "xhtml"}).Draw(t, "type")},
		Content: sources.Text{Value: anyHTML(t, "content"), Type: rapid.SampledFrom([]string{"html", "text", "xhtml", ""}).Draw(t, "ctype")},
		Summary: sources.Text{Value: anyHTML(t, "summary"), Type: "html"},
		Published: sources.Date{Raw: rapid.SampledFrom([]string{"", "Senin (16/6)", "Mon, 16 Jun 2025 10:00:00 +0700",
			"10 menit lalu", "besok", "2030-01-01"}).Draw(t, "date")},
	}
	for _, n := range rapid.SliceOfN(rapid.SampledFrom([]string{"Siti Rahma", "Redaksi", "A B, C D dan E F", "Penulis: Siti Rahma", "admin", "@siti", "&amp;amp; x"}), 0, 3).Draw(t, "authors") {
		it.Authors = append(it.Authors, sources.Person{Name: n})
	}
	return it
}

func normalized(it sources.Item) sources.Item {
	doc := &sources.Document{URL: "https://contoh.example/feed/", Title: sources.Text{Value: "Contoh"}}
	Item(&it, doc, Options{Now: fetched, Source: sources.Source{ID: "contoh", Title: "Contoh"}})
	return it
}

// Normalizing what is normalized changes nothing.
func TestIdempotence(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		once := normalized(anyItem(t))
		in := once
		in.Authors = append([]sources.Person(nil), once.Authors...)
		in.Contributors = append([]sources.Person(nil), once.Contributors...)
		in.Removed = append([]sources.Removal(nil), once.Removed...)
		twice := normalized(in)
		if !reflect.DeepEqual(once, twice) {
			a, b := reflect.ValueOf(once), reflect.ValueOf(twice)
			for i := range a.NumField() {
				if x, y := a.Field(i).Interface(), b.Field(i).Interface(); !reflect.DeepEqual(x, y) {
					t.Errorf("%s\nonce  %+v\ntwice %+v", a.Type().Field(i).Name, x, y)
				}
			}
		}
	})
}

// Whatever comes in, what goes out is in the strict form, valid UTF-8, and
// bluemonday finds nothing to take out of it.
func TestSafety(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		it := normalized(anyItem(t))
		for _, s := range []string{it.Content.Value, it.Summary.Value} {
			if !strictForm(s) || !utf8.ValidString(s) {
				t.Fatalf("not strict: %q", s)
			}
			if got, want := policy().Sanitize(s), s; plainQuotes(got) != plainQuotes(want) {
				t.Fatalf("bluemonday changes\n%s\nto\n%s", want, got)
			}
		}
	})
}

// plainQuotes evens out how quotes are escaped.
func plainQuotes(s string) string {
	return strings.NewReplacer("&#39;", "'", "&#34;", `"`, "&amp;", "&", "&gt;", ">").Replace(s)
}

// The words that are left, and those that were removed, are the words that
// came.
func TestNoWordLost(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		words := rapid.SliceOfN(rapid.StringMatching(`[a-zA-Z]{2,9}[.,:]?`), 1, 40).Draw(t, "words")
		var b strings.Builder
		for _, w := range words {
			b.WriteString(rapid.SampledFrom([]string{"", "<p>", "<b>", "</b>", "<div>", "</p>", "<br>", "<blockquote>", "<li>", "<h3>"}).Draw(t, "tag"))
			b.WriteString(w)
			b.WriteString(" ")
		}
		it := story(b.String())
		left := len(strings.Fields(PlainText(it.Content.Value)))
		for _, r := range it.Removed {
			left += len(strings.Fields(r.Text))
		}
		if left != len(words) {
			t.Fatalf("%d words became %d: %s", len(words), left, it.Content.Value)
		}
	})
}
