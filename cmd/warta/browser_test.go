package main

import (
	"context"
	"encoding/json"
	"fmt"
	"html"
	"io"
	"net/http"
	"net/http/httptest"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"warta/sources"
	"warta/sources/parse"
	"warta/sources/refresh"
)

// TestHostileEntriesInABrowser puts hostile entries before a real browser,
// which is told that the whole internet is our loopback server. First as what
// normalizing leaves of them, with a policy that reports every script and frame
// that tries; then without any policy, so that whatever can run runs and tells.
// No script may try, and nothing but pictures may be asked for.
func TestHostileEntriesInABrowser(t *testing.T) {
	entries := hostileEntries(t)
	var body strings.Builder
	for _, e := range entries {
		fmt.Fprintf(&body, "<article><h2>%s</h2>\n%s\n%s</article>\n", html.EscapeString(e.Title.Value), e.Summary.Value, e.Content.Value)
	}
	const policy = "default-src 'none'; img-src * data:; report-uri /report"
	b := newBrowser(t)
	b.page("/strict", policy, "<!doctype html><meta charset=utf-8><title>warta</title>"+body.String())
	b.page("/open", "", "<!doctype html><meta charset=utf-8><title>warta</title>"+sentinel+body.String()+inspector)

	asked := b.visit("/strict")
	if got := asked.except("/strict", "/favicon.ico", ".image"); len(got) > 0 {
		t.Errorf("something tried to run or load:\n%s", strings.Join(got, "\n"))
	}
	asked = b.visit("/open")
	if got := asked.except("/open", "/favicon.ico", ".image", "/inspected"); len(got) > 0 {
		t.Errorf("something ran or loaded:\n%s", strings.Join(got, "\n"))
	}
	if !asked.has("/inspected") {
		t.Error("the page was not read to its end: its own script did not run")
	}
	t.Logf("%d hostile entries", len(entries))
}

// TestABrowserWouldTell is the other side: the same page with what sources sent
// does run scripts and load things, and the test above would see it.
func TestABrowserWouldTell(t *testing.T) {
	b := newBrowser(t)
	b.page("/strict", "default-src 'none'; img-src * data:; report-uri /report", "<!doctype html>"+strings.Join(ownVectors, "\n"))
	b.page("/open", "", "<!doctype html>"+sentinel+"<article>"+strings.Join(ownVectors[:3], "\n")+"</article>"+inspector)
	if asked := b.visit("/strict"); !asked.has("/report") {
		t.Errorf("no script was reported: %q", asked.list)
	}
	if asked := b.visit("/open"); !asked.has("/ran") || !asked.has("/found") {
		t.Errorf("no script was seen to run: %q", asked.list)
	}
}

// sentinel makes everything that scripts call to show that they run, tell us.
const sentinel = `<script>
for (const f of ["alert","confirm","prompt","print","open"]) window[f] = function(){ navigator.sendBeacon("/ran?" + f) };
</script>`

// inspector looks at what stands in the page once it is read.
const inspector = `<script>
const bad = [];
for (const e of document.querySelectorAll("article *")) {
  if (e.namespaceURI !== "http://www.w3.org/1999/xhtml" || /^(script|style|iframe|object|embed|form|input|button|select|textarea|link|meta|base|template|video|audio|frame|portal|dialog)$/i.test(e.localName)) bad.push(e.localName);
  for (const a of e.attributes) {
    if (/^on|^style$|^srcdoc$|action$/i.test(a.name)) bad.push(e.localName + " " + a.name);
  }
  if (e.protocol && !/^(https?|mailto|tel|):$/.test(e.protocol)) bad.push(e.localName + " " + e.protocol);
  e.dispatchEvent(new MouseEvent("mouseover", {bubbles: true}));
  if (!e.closest("a")) e.click();
}
for (const b of bad) navigator.sendBeacon("/found?" + encodeURIComponent(b));
fetch("/inspected", {method: "POST"});
</script>`

// ownVectors are the ways in which markup runs and loads things; others are read
// from the shared data.
var ownVectors = []string{
	`<script>alert(1)</script>`,
	`<img src=x onerror=alert(1)>`,
	`<iframe src="https://luar.example/bingkai"></iframe>`,
	`<svg onload=alert(1)><script>alert(1)</script></svg>`,
	`<math><mtext><table><mglyph><style><!--</style><img title="--&gt;&lt;img src=1 onerror=alert(1)&gt;">`,
	`<a href="javascript:alert(1)">klik</a>`,
	`<a href="java&#9;script:alert(1)">klik</a>`,
	`<a href=" &#14; javascript:alert(1)">klik</a>`,
	`<a href="data:text/html,<script>alert(1)</script>">klik</a>`,
	`<a href="vbscript:msgbox(1)">klik</a>`,
	`<meta http-equiv=refresh content="0;url=https://luar.example/pindah">`,
	`<base href="https://luar.example/">`,
	`<link rel=stylesheet href="https://luar.example/gaya.css">`,
	`<link rel=preload as=script href="https://luar.example/kode.js"><link rel=dns-prefetch href="//luar.example">`,
	`<style>@import url(https://luar.example/gaya.css);body{background:url(https://luar.example/latar)}</style>`,
	`<p style="background:url(https://luar.example/latar)">gaya</p>`,
	`<body onload=alert(1) background="https://luar.example/latar">`,
	`<table background="https://luar.example/latar"><td background="https://luar.example/latar">sel</table>`,
	`<object data="https://luar.example/benda"></object><embed src="https://luar.example/sisip">`,
	`<video src="https://luar.example/v.mp4" poster="https://luar.example/p" autoplay onplay=alert(1)></video>`,
	`<audio src="https://luar.example/a.mp3" autoplay onerror=alert(1)></audio>`,
	`<form action="https://luar.example/kirim" onsubmit=alert(1)><input autofocus onfocus=alert(1) type=image src="https://luar.example/tombol"></form>`,
	`<button formaction="javascript:alert(1)">tombol</button>`,
	`<details open ontoggle=alert(1)><summary>rinci</summary>isi</details>`,
	`<marquee onstart=alert(1)>jalan</marquee>`,
	`<noscript><p title="</noscript><img src=x onerror=alert(1)>"></noscript>`,
	`<textarea><img title="</textarea><img src=x onerror=alert(1)>"></textarea>`,
	`<title><img title="</title><img src=x onerror=alert(1)>"></title>`,
	`<xmp><img title="</xmp><img src=x onerror=alert(1)>"></xmp>`,
	`<!--><img src=x onerror=alert(1)>-->`,
	`<![CDATA[><img src=x onerror=alert(1)>]]>`,
	`<?xml-stylesheet href="javascript:alert(1)"?>`,
	`<template><script>alert(1)</script></template><div><template shadowrootmode=open><script>alert(1)</script></template></div>`,
	`<img src="https://luar.example/pixel.gif" width=1 height=1 srcset="https://luar.example/pixel2.gif 2x" onload=alert(1)>`,
	`<a href="https://luar.example/" ping="https://luar.example/ping" target=_blank onclick=alert(1)>tautan</a>`,
	`<isindex type=image src=1 onerror=alert(1)>`,
	`<iframe srcdoc="<script>parent.alert(1)</script>"></iframe>`,
	"<img src=`x` onerror=alert(1)>",
	`<img/src="x"/onerror=alert(1)//`,
	`<x contenteditable onblur=alert(1) onmouseover=alert(1)>kena</x>`,
	`<portal src="https://luar.example/"></portal><fencedframe src="https://luar.example/"></fencedframe>`,
	`<script src="https://luar.example/kode.js"></script><script type=module>import "https://luar.example/m.js"</script>`,
	`<input type=hidden accesskey=X onclick=alert(1)><select autofocus onfocus=alert(1)></select>`,
	`&lt;script&gt;alert(1)&lt;/script&gt;&lt;img src=x onerror=alert(1)&gt;`,
	"\x00<scr\x00ipt>alert(1)</scr\x00ipt>",
}

// hostileEntries reads feeds full of such markup, in every type of text.
func hostileEntries(t *testing.T) (out []sources.Item) {
	t.Helper()
	vectors := slices.Clone(ownVectors)
	if b, err := os.ReadFile("../../../shared/data/xss-vectors.json"); err == nil {
		var list []struct{ Payload string }
		if err := json.Unmarshal(b, &list); err != nil {
			t.Fatal(err)
		}
		for _, v := range list {
			vectors = append(vectors, v.Payload)
		}
	} else {
		t.Log("only our own vectors: ../shared/data/xss-vectors.json is not present")
	}
	var rss, atom strings.Builder
	rss.WriteString(`<rss version="2.0" xmlns:content="http://purl.org/rss/1.0/modules/content/"><channel><title>Jahat</title>`)
	atom.WriteString(`<feed xmlns="http://www.w3.org/2005/Atom"><title>Jahat</title><id>jahat</id>`)
	for i, v := range vectors {
		e, c := html.EscapeString(v), strings.ReplaceAll(v, "]]>", "]]&gt;")
		fmt.Fprintf(&rss, `<item><guid>%d</guid><title>%s</title><description>%s</description><content:encoded><![CDATA[<p>%s</p>]]></content:encoded></item>`, i, e, e, c)
		fmt.Fprintf(&atom, `<entry><id>%d</id><title type="html">%s</title><summary type="text">%s</summary><content type="html">%s</content></entry>`, i, e, e, e)
		fmt.Fprintf(&atom, `<entry><id>x%d</id><title>%s</title><content type="xhtml"><div xmlns="http://www.w3.org/1999/xhtml">%s</div></content></entry>`, i, e, v)
	}
	feeds := []string{rss.String() + `</channel></rss>`, atom.String() + `</feed>`}
	files, _ := filepath.Glob("../../../shared/data/feedparser-tests/wellformed_sanitize/*.xml")
	for _, f := range files {
		b, err := os.ReadFile(f)
		if err != nil {
			t.Fatal(err)
		}
		feeds = append(feeds, string(b))
	}
	for _, f := range feeds {
		doc, err := parse.Parse(context.Background(), parse.Input{Body: []byte(f), URL: "http://jahat.example/feed"})
		if err != nil {
			t.Fatal(err)
		}
		refresh.Tidy(doc, sources.Source{ID: "jahat"}, time.Now())
		out = append(out, doc.Items...)
		out = append(out, sources.Item{Title: doc.Title, Summary: sources.Text{Value: html.EscapeString(doc.Subtitle.Value)}})
	}
	return out
}

// browser is headless Chromium and all that it can reach.
type browser struct {
	t          *testing.T
	path       string
	plain, tls *httptest.Server
	mu         sync.Mutex
	pages      map[string][2]string
	list       []string
}

// requests are what a visit asked for.
type requests struct{ list []string }

func newBrowser(t *testing.T) *browser {
	t.Helper()
	path, err := exec.LookPath("chromium")
	if err != nil {
		if os.Getenv("CI") == "true" {
			t.Fatal("chromium is not installed")
		}
		t.Skip("chromium is not installed")
	}
	b := &browser{t: t, path: path, pages: map[string][2]string{}}
	b.plain = httptest.NewServer(b)
	b.tls = httptest.NewUnstartedServer(b)
	b.tls.StartTLS()
	t.Cleanup(b.plain.Close)
	t.Cleanup(b.tls.Close)
	return b
}

func (b *browser) page(path, policy, body string) { b.pages[path] = [2]string{policy, body} }

// ServeHTTP is the whole internet.
func (b *browser) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	line := r.Method + " " + r.Host + r.URL.String()
	if r.Method == http.MethodPost {
		body, _ := io.ReadAll(io.LimitReader(r.Body, 4096))
		line += " " + string(body)
	}
	if strings.HasPrefix(r.Header.Get("Accept"), "image/") && r.Method == http.MethodGet {
		line += " .image"
	}
	b.mu.Lock()
	b.list = append(b.list, line)
	b.mu.Unlock()
	p, ok := b.pages[r.URL.Path]
	if !ok {
		http.NotFound(w, r)
		return
	}
	if p[0] != "" {
		w.Header().Set("Content-Security-Policy", p[0])
	}
	w.Header().Set("Content-Type", "text/html; charset=utf-8")
	io.WriteString(w, p[1])
}

// visit opens a page and returns what was asked for until nothing more was
// going on.
func (b *browser) visit(path string) requests {
	b.t.Helper()
	b.mu.Lock()
	b.list = nil
	b.mu.Unlock()
	ctx, cancel := context.WithTimeout(context.Background(), 2*time.Minute)
	defer cancel()
	port := func(s *httptest.Server) string { return s.Listener.Addr().String() }
	cmd := exec.CommandContext(ctx, b.path, "--headless", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run",
		"--disable-background-networking", "--disable-component-update", "--disable-sync", "--disable-default-apps", "--ignore-certificate-errors",
		"--user-data-dir="+b.t.TempDir(), "--host-resolver-rules=MAP *:443 "+port(b.tls)+",MAP * "+port(b.plain),
		"--virtual-time-budget=5000", "--dump-dom", "http://warta.test"+path)
	out, err := cmd.CombinedOutput()
	if err != nil {
		b.t.Fatalf("chromium: %v\n%.2000s", err, out)
	}
	b.mu.Lock()
	defer b.mu.Unlock()
	r := requests{slices.Clone(b.list)}
	if !r.has(path) {
		b.t.Fatalf("chromium did not ask for the page: %q\n%.2000s", r.list, out)
	}
	return r
}

func (r requests) has(part string) bool {
	return slices.ContainsFunc(r.list, func(s string) bool { return strings.Contains(s, part) })
}

// known is what Chromium asks for by itself.
var known = regexp.MustCompile(`clients2\.google|accounts\.google|update\.googleapis|optimizationguide|content-autofill|safebrowsing`)

// except are the requests that have none of these in them.
func (r requests) except(parts ...string) (out []string) {
	for _, s := range r.list {
		if !slices.ContainsFunc(parts, func(p string) bool { return strings.Contains(s, p) }) && !known.MatchString(s) {
			out = append(out, s)
		}
	}
	return out
}
