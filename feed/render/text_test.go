package render

import (
	"testing"
	"unicode/utf8"

	"warta/feed"
)

func TestHref(t *testing.T) {
	for in, want := range map[string]string{
		"https://a.example/x?y=1&z=2#f": "https://a.example/x?y=1&z=2#f",
		" HTTP://a.example ":            "HTTP://a.example",
		"https://a.example/ä b":         "https://a.example/%C3%A4%20b",
		"https://bücher.example:8080/ü": "https://xn--bcher-kva.example:8080/%C3%BC",
		"https://a.example/\"><script>": "https://a.example/%22%3E%3Cscript%3E",
		"https://a.example/\x00\xff":    "https://a.example/%00%FF",
		"https://a.example/100%":        "https://a.example/100%",
		"https://":                      "",
		"https:///path":                 "",
		"http://?x":                     "",
		"javascript:alert(1)":           "",
		"data:text/html,x":              "",
		"//a.example/":                  "",
		"/a":                            "",
		"":                              "",
	} {
		if got := href(in); got != want {
			t.Errorf("href(%q) = %q, want %q", in, got, want)
		}
	}
}

func TestAbsoluteIRI(t *testing.T) {
	for in, want := range map[string]bool{
		"https://a.example/?p=1": true, "tag:a.example,2020:1": true, "urn:uuid:1": true, "HTTP://Ex.org/Ä#": true, "post:12": true,
		"12": false, "kabar 77": false, "a b:c": false, "https://a.example/a b": false, "C:file": false, ":x": false, "x:": false,
		"1x:y": false, "tag:\x01": false, "tag:\ufffe": false, "tag:\xff": false, "Berita: judul": false, "": false,
	} {
		if got := feed.IsIRI(in); got != want {
			t.Errorf("feed.IsIRI(%q) = %v", in, got)
		}
	}
}

func TestLangTag(t *testing.T) {
	for in, want := range map[string]string{
		"id": "id", "id-ID": "id-ID", "zh-Hant-TW": "zh-Hant-TW", "x-klingon": "x-klingon",
		"": "", "id_ID": "", "-id": "", "id-": "", "indonesian": "", "1d": "", "i\"d": "",
	} {
		if got := langTag(in); got != want {
			t.Errorf("langTag(%q) = %q, want %q", in, got, want)
		}
	}
}

func TestCut(t *testing.T) {
	for _, tt := range []struct {
		in   string
		n    int
		want string
	}{
		{"satu dua tiga", 20, "satu dua tiga"},
		{"satu dua tiga", 10, "satu dua…"},
		{"satu dua, tiga", 11, "satu dua…"},
		{"日本語日本語", 4, "日本語…"},
		{"satuduatiga", 5, "satu…"},
		{"", 5, ""},
	} {
		if got := cut(tt.in, tt.n); got != tt.want {
			t.Errorf("cut(%q, %d) = %q, want %q", tt.in, tt.n, got, tt.want)
		}
	}
}

func TestPlain(t *testing.T) {
	for in, want := range map[string]string{
		"<p>Satu.</p><p>Dua &amp; <b>ti</b>ga</p>": "Satu. Dua & tiga",
		"a<br/>b": "a b", "tanpa tag": "tanpa tag", "<p": "<p", "<>x": "x", "": "",
	} {
		if got := plain(in); got != want {
			t.Errorf("plain(%q) = %q, want %q", in, got, want)
		}
	}
}

func TestBalanced(t *testing.T) {
	for in, want := range map[string]string{
		"</div></article><p>a":        "<p>a</p>",
		"<b>a":                        "<b>a</b>",
		"tanpa tag":                   "tanpa tag",
		"<p>a</p><p>b</p>":            "<p>a</p><p>b</p>",
		"<!-- --> <p>a</main></body>": "<!-- --> <p>a</p>",
	} {
		got, err := balanced(in)
		if err != nil || got != want {
			t.Errorf("balanced(%q) = %q, %v, want %q", in, got, err, want)
		}
	}
}

// FuzzEscape: whatever goes in, legal UTF-8 without markup comes out.
func FuzzEscape(f *testing.F) {
	for _, s := range []string{"", "a<b>&\"'", "\x00\x1f\ufffe\uffff\xff\xef", "\xef\xbf", "]]>", "\r\n"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		for _, e := range []*escapes{textEscapes, attrEscapes, htmlEscapes, rssEscapes, jsonEscapes} {
			got := string(escape(nil, s, e))
			if !utf8.ValidString(got) || !legal(got) {
				t.Errorf("escape(%q) = %q", s, got)
			}
			for _, c := range []byte(got) {
				if c == '\r' || c == '<' && e != jsonEscapes {
					t.Errorf("escape(%q) = %q", s, got)
				}
			}
		}
		if u := href(s); u != "" && (href(u) != u || !legal(u)) {
			t.Errorf("href(%q) = %q", s, u)
		}
		_, _, _ = plain(s), cut(s, 10), langTag(s)
	})
}

// TestDirections: a name can't turn round what stands behind it.
func TestDirections(t *testing.T) {
	for in, want := range map[string]string{
		"\u202eAni":                    "Ani",
		"\u202eمحمد علي\u202c":         "\u202eمحمد علي\u202c",
		"\u2067محمد\u2069 dan Ani":     "\u2067محمد\u2069 dan Ani",
		"Ani\u202c \u202e":             "Ani",
		"\u2066\u202eAni\u2069":        "Ani",
		"محمد\u200f (Ani)":             "محمد\u200f (Ani)",
		"  Ani \u00a0 Wijaya\u2069 \n": "Ani Wijaya",
	} {
		if got := oneLine(in); got != want {
			t.Errorf("%q: %q, want %q", in, got, want)
		}
	}
}
