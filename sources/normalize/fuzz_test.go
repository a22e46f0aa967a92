package normalize

import (
	"reflect"
	"strings"
	"testing"
	"time"
	"unicode/utf8"

	"warta/sources"
)

// FuzzHTML: whatever comes in, what goes out is strict, safe, valid and the
// same when it is read again.
func FuzzHTML(f *testing.F) {
	for _, s := range []string{typical(), "<p>a<br>b", "<table><tr><td>x<script>y</script>", "<img src=x onerror=y>", "<!--more>a<b>",
		"<noscript><p title=\"</noscript><img src=x onerror=alert(1)>\">", "<svg><style><img src=x>", "<pre>\n\n a</pre>", "<a href=\"java\nscript:x\">",
		"spot_imgspot_imgPASER – x", "<math><mtext><table><mglyph><style><!--</style><img title=\"--&gt;&lt;img src=1 onerror=alert(1)&gt;\">",
		"<xhtml:p>a<xhtml:br/></xhtml:p>", "<![CDATA[x]]>", "&#0;&#x80;&amp;lt;", "<iframe src=//x>", "a < b <3 <<p>c</ d><", "<textarea><p>a</textarea>b<title>c < d", strings.Repeat("<div>", 100), "<p class=wp-caption-text>x"} {
		f.Add(s, false)
		f.Add(s, true)
	}
	f.Fuzz(func(t *testing.T, s string, xhtml bool) {
		kind := "html"
		if xhtml {
			kind = "xhtml"
		}
		it := normalized(sources.Item{Content: sources.Text{Value: s, Type: kind}, Title: sources.Text{Value: s, Type: kind}})
		out := it.Content.Value
		if !strictForm(out) || !utf8.ValidString(out) {
			t.Fatalf("not strict: %q", out)
		}
		if bad := unsafe(out); len(bad) > 0 {
			t.Fatalf("%v in %q", bad, out)
		}
		again := normalized(it)
		if again.Content.Value != out {
			t.Fatalf("read again\n%q\nbecame\n%q", out, again.Content.Value)
		}
		PlainText(s)
	})
}

// FuzzDate: no panic, no time outside what a date can say, and the same
// answer in another case of letters.
func FuzzDate(f *testing.F) {
	for _, s := range []string{"Mon, 16 Jun 2025 14:05:00 +0700", "2025-06-16T14:05:00Z", "Senin (16/6/2025)", "Jum'at, 13 Juni 2025 - 14.05 WIB",
		"10 menit lalu", "20250616T140500Z", "2025年6月16日", "16 Agt '25", "31/12/99 24:00", "kemarin (1/1)", "1518478934", "99999999999999999999"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		got, ok := Date(s, DateHints{Now: fetched, Language: "id"})
		if ok && (got.Year() < 0 || got.Year() > 10000) {
			t.Fatalf("Date(%q) = %v", s, got)
		}
		d := sources.Date{Raw: s}
		date(&d, Options{Now: fetched}, "id")
		if d.Known() && (d.Time.Year() < 1900 || d.Time.Year() > 2200) {
			t.Fatalf("%q became %v", s, d.Time)
		}
		if d.Known() {
			if back, ok := Date(d.Time.Format(time.RFC3339), DateHints{}); !ok || !back.Equal(d.Time.Truncate(time.Second)) {
				t.Fatalf("%q became %v, which is read as %v", s, d.Time, back)
			}
		}
	})
}

// FuzzByline: every name stands in the text, and reading a line twice gives
// the same.
func FuzzByline(f *testing.F) {
	for _, s := range []string{"Pewarta: Siti Rahma dan Joko | Editor: Bambang, S.Pd.", "(hnh/kri)", "SavitriEditor: X", "Laporan Wartawan Tribun, Siti",
		"PASER – Bupati", "Jakarta (ANTARA) - x", "Artikel ini telah tayang di X dengan judul Y, https://z", "Sumber: x.go.id", "【编辑:张三】", "Penulis:",
		"Siti Rahma | 22 Oktober 2025", "Foto: A/B © C", "(Adv)", "Penulis: Penulis: Penulis:"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		if !utf8.ValidString(s) || strings.ContainsAny(s, "<>&") {
			return
		}
		s = fold(cleanText(s))
		by := bylineIn(s, "", "Contoh", true)
		for _, p := range by.persons {
			first := strings.TrimRight(firstField(p.Name), ".,")
			if p.Name == "" || !strings.Contains(s, first) {
				t.Fatalf("%q names %q", s, p.Name)
			}
		}
		if !reflect.DeepEqual(by, bylineIn(s, "", "Contoh", true)) {
			t.Fatalf("%q is read differently twice", s)
		}
		if d := dateline(s, "", "Contoh", true); d != "" && !strings.Contains(s, strings.TrimRight(d, " ")) {
			t.Fatalf("%q has the dateline %q", s, d)
		}
		if c := photoCredit(s); c != "" && !strings.Contains(s, c) {
			t.Fatalf("%q has the credit %q", s, c)
		}
	})
}
