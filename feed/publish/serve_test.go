package publish

import (
	"fmt"
	"io"
	"net/http"
	"strings"
	"testing"

	"github.com/andybalholm/brotli"
	"github.com/klauspost/compress/zstd"

	"warta/feed"
)

func TestHeaders(t *testing.T) {
	b := newBench(t, testSettings())
	b.save(draft("pemkab", 1, nil))
	b.update()
	const coding = "Accept-Encoding, Authorization"
	for _, c := range []struct{ path, contentType, cors, vary string }{
		{"/paser.atom", "application/atom+xml; charset=utf-8", "*", "Accept, " + coding},
		{"/paser.rss", "application/rss+xml; charset=utf-8", "*", "Accept, " + coding},
		{"/paser.json", "application/feed+json", "*", "Accept, " + coding},
		{"/paser.ninjs.json", "application/json", "*", "Accept, " + coding},
		{"/channels.opml", "text/x-opml; charset=utf-8", "*", coding},
		{"/paser.opml", "text/x-opml; charset=utf-8", "*", coding},
		{"/paser.sitemap.xml", "application/xml; charset=utf-8", "", coding},
		{"/news-sitemap.xml", "application/xml; charset=utf-8", "", coding},
		{"/paser/", "text/html; charset=utf-8", "", coding},
		{"/sources/pemkab/", "text/html; charset=utf-8", "", coding},
		{"/", "text/html; charset=utf-8", "", coding},
		{"/robots.txt", "text/plain; charset=utf-8", "", coding},
	} {
		r := b.get(c.path, "Accept-Encoding", "gzip")
		for name, want := range map[string]string{
			"Content-Type": c.contentType, "Access-Control-Allow-Origin": c.cors, "Vary": c.vary,
			"Content-Encoding": "gzip", "X-Content-Type-Options": "nosniff", "Cache-Control": freshness,
		} {
			if got := r.Header.Get(name); got != want {
				t.Errorf("%s: %s is %q, want %q", c.path, name, got, want)
			}
		}
		if page := strings.HasPrefix(c.contentType, "text/html"); (r.Header.Get("Content-Security-Policy") != "") != page {
			t.Errorf("%s: Content-Security-Policy %q", c.path, r.Header.Get("Content-Security-Policy"))
		}
		if got, want := unzip(t, r.Body), b.body(c.path); got != want {
			t.Errorf("%s: gzip and identity differ", c.path)
		}
	}
}

func TestCodings(t *testing.T) {
	b := newBench(t, testSettings())
	b.save(draft("pemkab", 1, nil))
	b.update()
	plain := b.body("/paser.atom")
	seen := map[string]bool{}
	for _, name := range []string{"", "gzip", "br", "zstd"} {
		r := b.get("/paser.atom", "Accept-Encoding", name)
		if got := r.Header.Get("Content-Encoding"); got != name {
			t.Errorf("%q: Content-Encoding %q", name, got)
		}
		etag := r.Header.Get("ETag")
		if seen[etag] || strings.HasPrefix(etag, "W/") {
			t.Errorf("%q: ETag %s", name, etag)
		}
		seen[etag] = true
		body, err := io.ReadAll(r.Body)
		if err != nil || r.Header.Get("Content-Length") != fmt.Sprint(len(body)) {
			t.Errorf("%q: %d bytes, Content-Length %s, %v", name, len(body), r.Header.Get("Content-Length"), err)
		}
		if got := decode(t, name, body); got != plain {
			t.Errorf("%q: %d bytes, want %d", name, len(got), len(plain))
		}
		not := b.get("/paser.atom", "Accept-Encoding", name, "If-None-Match", etag)
		if not.StatusCode != http.StatusNotModified {
			t.Errorf("%q: status %d", name, not.StatusCode)
		}
		for _, h := range []string{"ETag", "Last-Modified", "Vary", "Cache-Control", "Access-Control-Allow-Origin"} {
			if not.Header.Get(h) != r.Header.Get(h) || not.Header.Get(h) == "" {
				t.Errorf("%q: 304 has %s %q, 200 has %q", name, h, not.Header.Get(h), r.Header.Get(h))
			}
		}
		if n, _ := io.Copy(io.Discard, not.Body); n != 0 || not.Header.Get("Content-Type") != "" {
			t.Errorf("%q: 304 with %d bytes", name, n)
		}
		head := request(b.p, http.MethodHead, "/paser.atom", "Accept-Encoding", name)
		if n, _ := io.Copy(io.Discard, head.Body); n != 0 || fmt.Sprint(head.Header) != fmt.Sprint(r.Header) {
			t.Errorf("%q: HEAD has %d bytes and %v, GET %v", name, n, head.Header, r.Header)
		}
	}
	if r := b.get("/paser.atom", "Accept-Encoding", "identity;q=0"); r.StatusCode != http.StatusNotAcceptable {
		t.Errorf("nothing acceptable: %d", r.StatusCode)
	}
	if r := b.get("/paser.atom", "If-Match", `"x"`); r.StatusCode != http.StatusPreconditionFailed {
		t.Errorf("If-Match: %d", r.StatusCode)
	}
}

func decode(t *testing.T, coding string, body []byte) string {
	t.Helper()
	var r io.Reader = strings.NewReader(string(body))
	switch coding {
	case "gzip":
		return unzip(t, r)
	case "br":
		r = brotli.NewReader(r)
	case "zstd":
		z, err := zstd.NewReader(r)
		if err != nil {
			t.Fatal(err)
		}
		defer z.Close()
		r = z
	}
	plain, err := io.ReadAll(r)
	if err != nil {
		t.Fatal(err)
	}
	return string(plain)
}

func TestPaths(t *testing.T) {
	s := testSettings()
	s.Site.URL = "https://portal.example/warta/"
	b := newBench(t, s)
	b.save(draft("pemkab", 1, nil))
	if r := b.get("/warta/paser.atom"); r.StatusCode != http.StatusServiceUnavailable || r.Header.Get("Retry-After") == "" {
		t.Errorf("before the first update: %d", r.StatusCode)
	}
	if r := b.get("/readyz"); r.StatusCode != http.StatusServiceUnavailable {
		t.Errorf("readyz before the first update: %d", r.StatusCode)
	}
	b.update()
	id := feed.EntryID("pemkab", "https://pemkab.example/1")
	for _, c := range []struct {
		method, path string
		status       int
		location     string
	}{
		{"GET", "/warta/", 200, ""},
		{"GET", "/warta", 308, "/warta/"},
		{"GET", "/", 404, ""},
		{"GET", "/paser.atom", 404, ""},
		{"GET", "/warta/paser.atom", 200, ""},
		{"GET", "/warta/paser", 308, "/warta/paser/"},
		{"GET", "/warta/paser/", 200, ""},
		{"GET", "/warta/paser//", 404, ""},
		{"GET", "/warta//paser/", 404, ""},
		{"GET", "/warta/./paser/", 404, ""},
		{"GET", "/warta/x/../paser/", 404, ""},
		{"GET", "/warta/%2e%2e/paser/", 404, ""},
		{"GET", "//evil.example/", 404, ""},
		{"GET", "//evil.example", 404, ""},
		{"GET", "/warta/paser.atom/", 404, ""},
		{"GET", "/warta/paser.atom%00", 404, ""},
		{"GET", "/warta/paser.atom?x=1", 200, ""},
		{"GET", "/warta/entries/" + id, 200, ""},
		{"GET", "/warta/entries/" + id + "/", 308, "/warta/entries/" + id},
		{"GET", "/warta/entries/" + id + "/en/", 200, ""},
		{"GET", "/warta/entries/" + id + "/id/", 404, ""},
		{"GET", "/warta/entries/aaaaaaaaaaaaaaaa", 404, ""},
		{"GET", "/warta/entries/'or'1'='1'----", 404, ""},
		{"GET", "/warta/entries/", 404, ""},
		{"GET", "/warta/entries", 404, ""},
		{"GET", "/healthz", 200, ""},
		{"GET", "/warta/readyz", 200, ""},
		{"POST", "/warta/paser.atom", 405, ""},
		{"DELETE", "/warta/nothing", 405, ""},
		{"OPTIONS", "/warta/paser.atom", 204, ""},
	} {
		r := request(b.p, c.method, c.path)
		if r.StatusCode != c.status || r.Header.Get("Location") != c.location {
			t.Errorf("%s %s: %d %q, want %d %q", c.method, c.path, r.StatusCode, r.Header.Get("Location"), c.status, c.location)
		}
		if r.StatusCode == http.StatusMethodNotAllowed && r.Header.Get("Allow") != "GET, HEAD, OPTIONS" {
			t.Errorf("Allow: %q", r.Header.Get("Allow"))
		}
	}
	r := b.get("/warta/nothing", "Accept", "application/json")
	if body, _ := io.ReadAll(r.Body); r.Header.Get("Content-Type") != "application/problem+json" || !strings.Contains(string(body), `"status":404`) {
		t.Errorf("problem: %s %s", r.Header.Get("Content-Type"), body)
	}
	if body := b.body("/warta/paser.atom"); !strings.Contains(body, `https://portal.example/warta/paser.atom`) {
		t.Error("the feed doesn't know its own address")
	}
}

func TestEntryPage(t *testing.T) {
	b := newBench(t, testSettings())
	b.save(draft("pemkab", 1, nil))
	b.update()
	path := "/entries/" + feed.EntryID("pemkab", "https://pemkab.example/1")
	r := b.get(path)
	body := b.body(path)
	for _, want := range []string{"Berita 1 dari pemkab", "Siti Aminah", `<link rel="canonical" href="https://pemkab.example/1">`, `lang="id"`, "https://warta.example/paser/"} {
		if !strings.Contains(body, want) {
			t.Errorf("the page doesn't hold %s", want)
		}
	}
	if strings.Contains(body, "Isi lengkap") {
		t.Error("the page shows the text of an entry of which an excerpt is allowed")
	}
	if r.Header.Get("X-Robots-Tag") != "noindex" {
		t.Error("the page may be indexed")
	}
	if !strings.Contains(b.body(path+"/en/"), `lang="en"`) {
		t.Error("no English page")
	}
	if got := b.get(path, "If-None-Match", r.Header.Get("ETag")).StatusCode; got != http.StatusNotModified {
		t.Errorf("asked again: %d", got)
	}
	b.save(draft("pemkab", 1, func(e *feed.Entry) { e.Title, e.Changed = "Judul baru", morning }))
	if got := b.body(path); !strings.Contains(got, "Judul baru") || !strings.Contains(got, "Berita 1 dari pemkab") {
		t.Error("the page doesn't show the new title and the old one in its history")
	}
}

func TestWithdrawnEntry(t *testing.T) {
	b := newBench(t, testSettings())
	b.save(draft("pemkab", 1, nil), draft("pemkab", 2, nil))
	b.update()
	b.save(draft("pemkab", 1, func(e *feed.Entry) {
		e.Changed = morning
		e.Notice = &feed.Notice{Kind: feed.Withdrawal, When: morning, Reason: "Melanggar privasi.", By: "origin"}
	}))
	b.update()
	path := "/entries/" + feed.EntryID("pemkab", "https://pemkab.example/1")
	r := b.get(path)
	body, _ := io.ReadAll(r.Body)
	if r.StatusCode != http.StatusGone || !strings.Contains(string(body), "Melanggar privasi.") {
		t.Errorf("status %d: %s", r.StatusCode, body)
	}
	if again := b.get(path, "If-None-Match", r.Header.Get("ETag")); again.StatusCode != http.StatusGone {
		t.Errorf("asked again: %d", again.StatusCode)
	}
	for _, path := range []string{"/paser.atom", "/paser.rss", "/paser.json", "/paser/"} {
		body := b.body(path)
		if !strings.Contains(body, "Melanggar privasi.") || strings.Contains(body, "Ringkasan 1.") {
			t.Errorf("%s: notice %v, text %v", path, strings.Contains(body, "Melanggar privasi."), strings.Contains(body, "Ringkasan 1."))
		}
	}
	if !strings.Contains(b.body("/paser.atom"), "deleted-entry") {
		t.Error("Atom has no tombstone")
	}
}

func TestPreflight(t *testing.T) {
	b := newBench(t, testSettings())
	b.update()
	r := request(b.p, http.MethodOptions, "/paser.json", "Origin", "https://x.example", "Access-Control-Request-Headers", "if-none-match")
	if r.Header.Get("Access-Control-Allow-Origin") != "*" || !strings.Contains(r.Header.Get("Access-Control-Allow-Headers"), "If-None-Match") {
		t.Errorf("%v", r.Header)
	}
	if r := request(b.p, http.MethodOptions, "/paser/"); r.Header.Get("Access-Control-Allow-Origin") != "" {
		t.Error("pages are open to scripts of other sites")
	}
}
