package fetch

import (
	"fmt"
	"strings"
	"testing"
	"time"

	"warta/sources/sourcestest"
)

// TestRules is RFC 9309 section 2.2 by example. Each path is followed by
// whether warta may ask for it.
func TestRules(t *testing.T) {
	for _, c := range []struct{ txt, allowed, forbidden string }{
		{"", "/ /x", ""},
		{"User-agent: *\nDisallow: /", "", "/ /x /x?y"},
		{"User-agent: *\nDisallow:", "/ /x", ""},
		{"User-agent: *\nDisallow: /a\n", "/ /b /A", "/a /ab /a/b /a?x"},
		{"User-agent: *\nDisallow: /\nAllow: /berita/\n", "/berita/ /berita/1", "/ /berita"},
		{"User-agent: *\nAllow: /p\nDisallow: /p\n", "/p", ""},                    // a tie allows
		{"User-agent: *\nDisallow: /p/\nAllow: /p/a\n", "/p/a /p/ab", "/p/ /p/b"}, // the longest decides
		{"user-AGENT: Warta\nDISALLOW : /a # no\n", "/b", "/a"},
		{"User-agent: warta/2.0\nDisallow: /a\n", "/b", "/a"},
		{"User-agent: wartabot\nDisallow: /\n\nUser-agent: wart\nDisallow: /", "/a", ""},
		{"User-agent: *\nDisallow: /\n\nUser-agent: warta\nDisallow:", "/z", ""},
		{"User-agent: warta\nDisallow: /a\nUser-agent: *\nDisallow: /b\nUser-agent: warta\nDisallow: /c", "/b", "/a /c"}, // groups merged
		{"User-agent: other\nUser-agent: warta\nDisallow: /a", "/b", "/a"},
		{"User-agent: warta\nSitemap: https://x/\nCrawl-delay: ten\nUser-agent: other\nDisallow: /a", "/b", "/a"}, // other records end no group
		{"Disallow: /x\nUser-agent: *\nDisallow: /y\n", "/x", "/y"},
		{"junk\n:::\nUser-agent: *\n???: x\nDisallow: /y\n", "/x", "/y"},
		{"\ufeffUser-agent: *\r\nDisallow: /y\r\n", "/x", "/y"},
		{"User-agent: *\rDisallow: /y\r", "/x", "/y"},
		{"User-agent: *\nDisallow: /*.pdf$\n", "/a.pdf?x /a.pdfx /pdf", "/a.pdf /b/c.pdf"},
		{"User-agent: *\nDisallow: /a*b\n", "/x/a/b /a", "/ab /axxb /a/b/c"},
		{"User-agent: *\nDisallow: /a*b*c$\n", "/abcd /acb", "/abc /abcbc /a1b2c"},
		{"User-agent: *\nDisallow: /foo$\n", "/foobar /bar/foo", "/foo"},
		{"User-agent: *\nDisallow: *?s=\n", "/x", "/?s=a /x?s=b"},
		{"User-agent: *\nDisallow: /%7Ea\nDisallow: /b%2fc\nDisallow: /ü\n", "/b/c /u", "/~a /%7ea /b%2Fc /%C3%BC /%c3%bc"},
		{"User-agent: *\nDisallow: /wp-admin/\nAllow: /wp-admin/admin-ajax.php\n", "/wp-admin/admin-ajax.php /2026/03/berita/", "/wp-admin/ /wp-admin/x"},
	} {
		rs := parseRules([]byte(c.txt), "warta")
		check := func(paths string, want bool) {
			for path := range strings.FieldsSeq(paths) {
				p, q, _ := strings.Cut(path, "?")
				if got := rs.allow(p, q); got != want {
					t.Errorf("%q %s: allowed %v", c.txt, path, got)
				}
			}
		}
		check(c.allowed, true)
		check(c.forbidden, false)
	}
}

func TestRulesAreLinear(t *testing.T) {
	txt := "User-agent: *\n" + strings.Repeat("Disallow: /"+strings.Repeat("*a", 100)+"b\n", 2500)
	rs := parseRules([]byte(txt), "warta")
	if len(rs) != 2500 || !rs.allow("/"+strings.Repeat("a", 8000), "") {
		t.Error(len(rs))
	}
}

func TestRobots(t *testing.T) {
	clock := noon
	o := site(t)
	c := client(t, Options{Now: func() time.Time { return clock }})
	page := func(path string) error {
		_, err := c.Get(t.Context(), Request{URL: o.URL() + path, Robots: true})
		return err
	}
	o.Set("/a", sourcestest.Document{Body: []byte("a")})
	o.Set("/b", sourcestest.Document{Body: []byte("b")})
	o.Behave("/to-a", sourcestest.Behaviour{Redirect: "/a"})
	later := func() { clock = clock.Add(25 * time.Hour) }

	if err := page("/a"); err != nil { // 404: nothing is forbidden
		t.Error(err)
	}
	o.Set("/robots.txt", sourcestest.Document{Body: []byte("User-agent: *\nDisallow: /a\n")})
	if err := page("/a"); err != nil {
		t.Error("kept for less than a day:", err)
	}
	later()
	before := o.Seen("/a").Requests
	fails(t, "forbidden", page("/a"), Robots, "/robots.txt forbids it")
	fails(t, "forbidden after a redirect", page("/to-a"), Robots, "/robots.txt forbids it")
	if err := page("/b"); err != nil {
		t.Error(err)
	}
	if err := page("/robots.txt"); err != nil {
		t.Error(err)
	}
	if o.Seen("/a").Requests != before {
		t.Error("a forbidden page was asked for")
	}
	if _, err := c.Get(t.Context(), Request{URL: o.URL() + "/a"}); err != nil {
		t.Error("robots.txt is not for feeds:", err)
	}
	if n := o.Seen("/robots.txt").Requests; n != 3 { // twice for us, once as a page
		t.Errorf("robots.txt was asked for %d times", n)
	}
	for status, kind := range map[int]Kind{500: Robots, 503: Robots, 429: Robots, 403: "", 401: "", 410: ""} {
		later()
		o.Behave("/robots.txt", sourcestest.RetryAfter(status, "7200"))
		err := page("/a")
		if kind == "" && err != nil || kind != "" && !IsKind(err, kind) {
			t.Errorf("%d: %v", status, err)
		}
	}
	later()
	o.Behave("/robots.txt", sourcestest.Behaviour{Status: 500})
	fails(t, "unreadable", page("/b"), Robots, "while robots.txt can't be read")
	o.Behave("/robots.txt", sourcestest.Behaviour{})
	if err := page("/b"); !IsKind(err, Robots) {
		t.Error("asked again at once:", err)
	}
	clock = clock.Add(robotsRetry)
	if err := page("/b"); err != nil {
		t.Error(err)
	}
	clock = clock.Add(-time.Hour) // the clock goes back: the file is asked for anew
	if err := page("/b"); err != nil {
		t.Error(err)
	}
}

func TestRobotsBounds(t *testing.T) {
	o := site(t)
	// The rule within the first 500 KiB counts, though the file goes on.
	o.Set("/robots.txt", sourcestest.Document{Body: []byte(strings.Repeat("# filler\n", 55_000) + "User-agent: *\nDisallow: /a\n" + strings.Repeat("# filler\n", 900_000))})
	c := client(t, Options{})
	_, err := c.Get(t.Context(), Request{URL: o.URL() + "/a", Robots: true})
	fails(t, "large", err, Robots, "forbids it")

	for i := range 6 {
		o.Behave(fmt.Sprintf("/r%d", i), sourcestest.Behaviour{Redirect: fmt.Sprintf("/r%d", i+1)})
	}
	o.Set("/a", sourcestest.Document{Body: []byte("a")})
	o.Set("/r5", sourcestest.Document{Body: []byte("User-agent: *\nDisallow: /a\n")})
	for from, forbidden := range map[string]bool{"/r1": true, "/r0": false} { // five hops are followed, not six
		o.Behave("/robots.txt", sourcestest.Behaviour{Redirect: from})
		o.Behave("/r5", sourcestest.Behaviour{})
		_, err := client(t, Options{}).Get(t.Context(), Request{URL: o.URL() + "/a", Robots: true})
		if IsKind(err, Robots) != forbidden {
			t.Errorf("%s: %v", from, err)
		}
	}

	r := newRobots("warta/1", func() time.Time { return noon })
	big := rules{{pattern: strings.Repeat("x", 100_000)}}
	for i := range 500 {
		r.remember(fmt.Sprint("http://", i), verdict{rules: big, until: noon.Add(time.Hour)})
		r.remember("http://same", verdict{until: noon.Add(time.Hour)})
	}
	if r.bytes > robotsMemory || len(r.hosts) > 45 || len(r.hosts) < 30 {
		t.Errorf("%d bytes of %d hosts", r.bytes, len(r.hosts))
	}
}

// FuzzRobots holds that any robots.txt is read, and that the file itself may
// decide only about paths.
func FuzzRobots(f *testing.F) {
	f.Add("User-agent: *\nDisallow: /*a*$\nAllow: /%7E\n", "/a?b=%zz")
	f.Add("\ufeffuser-agent: warta\r\nuser-agent: x\rdisallow: *\n", "/")
	f.Fuzz(func(t *testing.T, txt, path string) {
		rs := parseRules([]byte(txt), "warta")
		rs.allow(path, "")
		if n := normalize(path); normalize(n) != n {
			t.Errorf("normalizing %q twice gives %q", path, normalize(n))
		}
	})
}
