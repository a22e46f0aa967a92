package render

import (
	"strings"
	"testing"

	"warta/feed"
	"warta/sources"
)

func TestCreditLine(t *testing.T) {
	base := func() feed.Entry {
		return feed.Entry{Attribution: feed.Attribution{
			URL: "https://a.example/1", Source: feed.Outlet{Title: "Kabar A", URL: "https://a.example/"},
			Authors: []sources.Person{{Name: "Siti", Role: "author"}}, Contributors: []sources.Person{{Name: "Brury", Role: "editor"}, {Name: "Ana", Role: "editor"}, {Name: "Tono", Role: "photographer"}},
		}}
	}
	tests := []struct {
		name, language string
		change         func(*feed.Entry, *feed.Decision)
		want           string
	}{
		{"Indonesian", "id-ID", func(*feed.Entry, *feed.Decision) {}, "— Oleh: Siti · Editor: Brury, Ana · Foto: Tono · Sumber: Kabar A · Berita asli: https://a.example/1 · Hak cipta pada Kabar A"},
		{"English", "en", func(*feed.Entry, *feed.Decision) {}, "— By Siti · Editor: Brury, Ana · Photo: Tono · Source: Kabar A · Original story: https://a.example/1 · Rights remain with Kabar A"},
		{"no byline", "jv", func(e *feed.Entry, _ *feed.Decision) { e.Attribution.Authors, e.Attribution.Contributors = nil, nil }, "— Sumber: Kabar A · Berita asli: https://a.example/1 · Hak cipta pada Kabar A"},
		{"the owner's wording", "id", func(e *feed.Entry, d *feed.Decision) {
			e.Attribution.Contributors = nil
			d.CreditLine, d.Permission = "Kabar A / Siti (dengan izin)", "a-2025"
		}, "— Kabar A / Siti (dengan izin) · Berita asli: https://a.example/1 · Hak cipta pada Kabar A · dimuat dengan izin pemiliknya"},
		{"an owner's wording in which names are parts of others", "id", func(e *feed.Entry, d *feed.Decision) {
			e.Attribution.Authors = []sources.Person{{Name: "Ani", Role: "author"}}
			e.Attribution.Contributors = nil
			d.CreditLine = "Kabar Ankara, foto Anita dan Mbak Ani2"
		}, "— Kabar Ankara, foto Anita dan Mbak Ani2 · Oleh: Ani · Sumber: Kabar A · Berita asli: https://a.example/1 · Hak cipta pada Kabar A"},
		{"the strictest notice first", "id", func(e *feed.Entry, _ *feed.Decision) {
			e.Attribution.Authors, e.Attribution.Contributors = nil, nil
			e.Attribution.Statements = []sources.Statement{{Text: "© Kabar A"}}
			e.Evidence = []sources.Evidence{{Kind: sources.NoCopy, Text: "Dilarang menyalin."}}
		}, "— Sumber: Kabar A · Berita asli: https://a.example/1 · Dilarang menyalin."},
		{"a licence nobody knows", "en", func(e *feed.Entry, _ *feed.Decision) {
			e.Attribution.Authors, e.Attribution.Contributors = nil, nil
			e.Attribution.Licenses = []string{"https://l.example/x", "https://creativecommons.org/publicdomain/zero/1.0/"}
		}, "— Source: Kabar A · Original story: https://a.example/1 · Licence: https://l.example/x · Licence: CC0"},
	}
	for _, tt := range tests {
		e, d := base(), feed.Decision{}
		tt.change(&e, &d)
		html, text := CreditLine(&e, d, tt.language)
		if text != tt.want {
			t.Errorf("%s:\n%s\nwant\n%s", tt.name, text, tt.want)
		}
		if got := plain(html); got != tt.want {
			t.Errorf("%s: HTML reads\n%s\nwant\n%s", tt.name, got, tt.want)
		}
	}
	e := base()
	e.Attribution.URL = "https://a.example/" + strings.Repeat("x", 200)
	if _, text := CreditLine(&e, feed.Decision{}, "id"); !strings.Contains(text, "Berita asli: https://a.example/… ·") {
		t.Errorf("a long address: %s", text)
	}
}

func TestLicenceName(t *testing.T) {
	for in, want := range map[string]string{
		"https://creativecommons.org/licenses/by-nc-sa/4.0/":     "CC BY-NC-SA 4.0",
		"http://creativecommons.org/licenses/by/3.0/id/":         "CC BY 3.0",
		"https://creativecommons.org/publicdomain/zero/1.0/":     "CC0",
		"https://creativecommons.org/publicdomain/mark/1.0/":     "Public Domain",
		"https://creativecommons.org/":                           "",
		"https://a.example/licence":                              "",
		"https://creativecommons.org/licenses/by-nd/4.0/deed.id": "CC BY-ND 4.0",
	} {
		if got := licenceName(in); got != want {
			t.Errorf("licenceName(%q) = %q, want %q", in, got, want)
		}
	}
}
