package normalize

import (
	"strings"
	"testing"

	"pgregory.net/rapid"
)

func TestResolver(t *testing.T) {
	for _, c := range []struct{ base, in, link, web string }{
		{"https://a.example/x/y", "/b", "https://a.example/b", "https://a.example/b"},
		{"https://a.example/x/y", "b?c=d", "https://a.example/x/b?c=d", "https://a.example/x/b?c=d"},
		{"https://a.example/x/y", "?c", "https://a.example/x/y?c", "https://a.example/x/y?c"},
		{"https://a.example/x/y", "../b", "https://a.example/b", "https://a.example/b"},
		{"https://a.example/", "//b.example/c", "https://b.example/c", "https://b.example/c"},
		{"https://a.example/", " \n https://b.example/ c\t ", "https://b.example/%20c", "https://b.example/%20c"},
		{"https://a.example/", "HTTPS://B.example/c", "https://B.example/c", "https://B.example/c"},
		{"https://a.example/", "https:\\\\b.example\\c", "https://b.example/c", "https://b.example/c"},
		{"https://a.example/", "100%", "https://a.example/100%25", "https://a.example/100%25"},
		{"https://a.example/", "mailto:a@b.example", "mailto:a@b.example", ""},
		{"https://a.example/", "tel:+62541", "tel:+62541", ""},
		{"https://a.example/", "javascript:alert(1)", "", ""},
		{"https://a.example/", "java\nscript:alert(1)", "", ""},
		{"https://a.example/", "\x01javascript:alert(1)", "", ""},
		{"https://a.example/", "JaVaScRiPt:alert(1)", "", ""},
		{"https://a.example/", "vbscript:x", "", ""},
		{"https://a.example/", "data:text/html,x", "", ""},
		{"https://a.example/", "http:///x", "", ""},
		{"https://a.example/", "https:", "", ""},
		{"", "/b", "", ""},
		{"https://a.example/", "", "", ""},
	} {
		r := &resolver{chain: [4]string{c.base}}
		if got := r.link(c.in); got != c.link {
			t.Errorf("link(%q) = %q, want %q", c.in, got, c.link)
		}
		if got := r.web(c.in); got != c.web {
			t.Errorf("web(%q) = %q, want %q", c.in, got, c.web)
		}
	}
	inner := &resolver{chain: [4]string{"c/", "/b/", "https://a.example/x"}}
	if got := inner.web("d"); got != "https://a.example/b/c/d" {
		t.Errorf("a chain of bases gave %q", got)
	}
}

func TestUntrack(t *testing.T) {
	for in, want := range map[string]string{
		"https://a.example/b":                                     "https://a.example/b",
		"https://a.example/b?utm_source=rss&utm_medium=rss":       "https://a.example/b",
		"https://a.example/b?id=7&utm_source=rss":                 "https://a.example/b?id=7",
		"https://a.example/b?utm_source=rss&id=7#x":               "https://a.example/b?id=7#x",
		"https://a.example/b?id=7&amp;utm_source=rss&amp;p=2":     "https://a.example/b?id=7&p=2",
		"https://a.example/b?fbclid=abc":                          "https://a.example/b",
		"https://a.example/b?FBCLID=abc":                          "https://a.example/b",
		"https://a.example/b?from=rss":                            "https://a.example/b",
		"https://a.example/b?from=2&to=3":                         "https://a.example/b?from=2&to=3",
		"https://a.example/b?source=berita":                       "https://a.example/b?source=berita",
		"https://a.example/b#xtor=RSS-1":                          "https://a.example/b",
		"https://a.example/b#komentar":                            "https://a.example/b#komentar",
		"https://a.example/?p=123":                                "https://a.example/?p=123",
		"https://a.example/b?x=%20+y&gclid=1":                     "https://a.example/b?x=%20+y",
		"https://a.example/b?at_medium=RSS&at_campaign=KARANGA&q": "https://a.example/b?q",
	} {
		if got := untrack(in); got != want {
			t.Errorf("untrack(%q) = %q, want %q", in, got, want)
		}
	}
}

func TestUnwrap(t *testing.T) {
	const want = "https://contoh.example/b?c=d"
	for _, in := range []string{
		want,
		"https://www.google.com/url?q=https%3A%2F%2Fcontoh.example%2Fb%3Fc%3Dd&sa=D",
		"https://www.google.co.id/url?rct=j&sa=t&url=https://contoh.example/b?c%3Dd&ct=ga",
		"https://l.facebook.com/l.php?u=https%3A%2F%2Fcontoh.example%2Fb%3Fc%3Dd&h=AT0",
		"https://out.reddit.com/t3_x?url=https%3A%2F%2Fcontoh.example%2Fb%3Fc%3Dd",
		"https://www.youtube.com/redirect?event=x&q=https%3A%2F%2Fcontoh.example%2Fb%3Fc%3Dd",
		"https://contoh-example.cdn.ampproject.org/c/s/contoh.example/b?c=d",
		"https://www.google.com/amp/s/contoh.example/b?c=d",
		"https://eur01.safelinks.protection.outlook.com/?url=https%3A%2F%2Fcontoh.example%2Fb%3Fc%3Dd&data=1",
		"https://href.li/?https://contoh.example/b?c=d",
		"https://www.google.com/url?q=https%3A%2F%2Fl.facebook.com%2Fl.php%3Fu%3Dhttps%253A%252F%252Fcontoh.example%252Fb%253Fc%253Dd",
	} {
		if got := unwrap(in); got != want {
			t.Errorf("unwrap(%q) = %q", in, got)
		}
	}
	for _, same := range []string{
		"https://www.google.com/url?q=javascript:alert(1)",
		"https://www.google.com/search?q=https://a.example",
		"https://contoh.example/go?url=https://a.example/",
	} {
		if got := unwrap(same); got != same {
			t.Errorf("unwrap(%q) = %q", same, got)
		}
	}
}

func TestKey(t *testing.T) {
	const want = "contoh.example/berita/jalan-rusak"
	for _, in := range []string{
		"https://contoh.example/berita/jalan-rusak",
		"http://www.contoh.example/berita/jalan-rusak/",
		"https://m.contoh.example/berita/jalan-rusak?utm_source=rss",
		"https://amp.contoh.example/berita/jalan-rusak",
		"https://contoh.example/berita/jalan-rusak/amp/",
		"https://contoh.example/amp/berita/jalan-rusak",
		"https://contoh.example/berita/jalan-rusak?amp=1",
		"https://contoh.example/berita/jalan-rusak?page=all",
		"https://contoh.example/berita/jalan-rusak#komentar",
		"HTTPS://Contoh.example:443/berita/jalan%2Drusak",
		"//contoh.example/berita/jalan-rusak",
		"https://www.google.com/url?q=https://contoh.example/berita/jalan-rusak",
	} {
		if got := Key(in); got != want {
			t.Errorf("Key(%q) = %q", in, got)
		}
	}
	for _, c := range [][2]string{
		{"https://contoh.example/?p=1", "https://contoh.example/?p=2"},
		{"https://contoh.example/a", "https://contoh.example/A"},
		{"https://contoh.example/a", "https://lain.example/a"},
		{"https://contoh.example:8080/a", "https://contoh.example:8081/a"},
		{"https://contoh.example/a%2Fb", "https://contoh.example/a/b"},
		{"https://contoh.example/#!/a", "https://contoh.example/#!/b"},
		{"urn:uuid:1", "urn:uuid:2"},
	} {
		if Key(c[0]) == Key(c[1]) {
			t.Errorf("Key takes %q and %q for one", c[0], c[1])
		}
	}
	if Key("https://contoh.example/?b=2&a=1") != Key("https://contoh.example?a=1&b=2") {
		t.Error("the order of parameters makes a difference")
	}
	if got := Key("tag:contoh.example,2025:1"); got != "tag:contoh.example,2025:1" {
		t.Errorf("what is no web address must be its own key, got %q", got)
	}
}

func TestKeyTwins(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		path := rapid.StringMatching(`/[a-z0-9]{1,8}(/[a-z0-9-]{1,12}){0,3}`).Draw(t, "path")
		a := "https://contoh.example" + path
		b := rapid.SampledFrom([]string{"http://", "https://"}).Draw(t, "scheme") +
			rapid.SampledFrom([]string{"", "www.", "m.", "amp."}).Draw(t, "host") + "contoh.example" + path +
			rapid.SampledFrom([]string{"", "/", "/amp", "?utm_medium=x", "#a"}).Draw(t, "end")
		if Key(a) != Key(b) {
			t.Fatalf("%q and %q have keys %q and %q", a, b, Key(a), Key(b))
		}
	})
}

func TestStoryHome(t *testing.T) {
	it := story("x")
	if it.URL != "https://contoh.example/berita/1" {
		t.Errorf("URL = %q", it.URL)
	}
	if strings.Contains(it.URL, "utm_") {
		t.Error("tracked")
	}
}
