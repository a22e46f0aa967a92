package publish

import (
	"io"
	"net/http"
	"strings"
	"testing"

	"warta/feed"
)

// What a browser, a reader of feeds and a program send as Accept.
func TestPrefersPage(t *testing.T) {
	for accept, want := range map[string]bool{
		"text/html,application/xhtml+xml,application/xml;q=0.9,image/avif,image/webp,*/*;q=0.8": true, // Firefox
		"text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8":                       true, // Safari
		"TEXT/HTML": true,
		"":          false,
		"*/*":       false,
		"text/*":    false,
		"application/atom+xml,application/rss+xml;q=0.9,text/html;q=0.7,*/*;q=0.1": false, // readers
		"application/rss+xml, application/xml, text/html":                          false,
		"text/html, application/atom+xml":                                          false,
		"application/json":                                                         false,
		"text/html;q=0":                                                            false,
		"text/html;q=0.9, application/feed+json;q=0.8":                             true,
		"application/xml;q=1.0, text/html; q=1.0":                                  false,
		",,;q=,text/html;q=x,":                                                     false,
		strings.Repeat("text/html,", 500):                                          false, // too long to be honest
	} {
		if got := prefersPage([]string{accept}); got != want {
			t.Errorf("%q: %v", accept, got)
		}
	}
	if prefersPage(nil) || !prefersPage([]string{"application/xml;q=0.5", "text/html"}) {
		t.Error("several headers are one list")
	}
}

const browser = "text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8"

// A browser that opens a feed's address reads what it is; everybody else gets
// the feed, and caches keep them apart.
func TestFeedPage(t *testing.T) {
	b := newBench(t, testSettings())
	b.save(draft("pemkab", 1, nil), draft("kabar", 2, nil))
	b.update()
	for _, path := range []string{"/paser.atom", "/paser.rss", "/paser.json", "/paser.ninjs.json"} {
		page, plain := b.get(path, "Accept", browser), b.get(path)
		if got := page.Header.Get("Content-Type"); got != "text/html; charset=utf-8" || page.StatusCode != http.StatusOK {
			t.Fatalf("%s in a browser is %d %s", path, page.StatusCode, got)
		}
		for _, r := range []*http.Response{page, plain} {
			if got := r.Header.Get("Vary"); !strings.Contains(got, "Accept, ") {
				t.Errorf("%s: Vary is %q", path, got)
			}
		}
		if page.Header.Get("ETag") == plain.Header.Get("ETag") || page.Header.Get("Content-Security-Policy") == "" || page.Header.Get("X-Robots-Tag") != "noindex" {
			t.Errorf("%s: the page's headers are %v", path, page.Header)
		}
		body, err := io.ReadAll(page.Body)
		if err != nil {
			t.Fatal(err)
		}
		for _, want := range []string{"https://warta.example" + path, "Berita 1 dari pemkab", "Berita 2 dari kabar", `href="https://warta.example/paser/"`, `lang="en"`} {
			if !strings.Contains(string(body), want) {
				t.Errorf("%s: the page has no %s", path, want)
			}
		}
		again := b.get(path, "Accept", browser, "If-None-Match", page.Header.Get("ETag"))
		if again.StatusCode != http.StatusNotModified {
			t.Errorf("%s: the page again is %d", path, again.StatusCode)
		}
		if r := b.get(path, "Accept", browser, "If-None-Match", plain.Header.Get("ETag")); r.StatusCode != http.StatusOK {
			t.Errorf("%s: the page for who has the feed is %d", path, r.StatusCode)
		}
	}
	for _, path := range []string{"/channels.opml", "/robots.txt", "/paser.sitemap.xml"} {
		if got := b.get(path, "Accept", browser).Header.Get("Content-Type"); strings.HasPrefix(got, "text/html") {
			t.Errorf("%s is no feed, but a page: %s", path, got)
		}
	}
	// What is withdrawn leaves the headlines.
	b.save(draft("kabar", 2, func(e *feed.Entry) { e.Regions = nil }))
	b.update()
	body, _ := io.ReadAll(b.get("/paser.atom", "Accept", browser).Body)
	if strings.Contains(string(body), "Berita 2 dari kabar") {
		t.Error("a story that left the channel is still on the page of its feed")
	}
}
