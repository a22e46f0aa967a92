package page

import (
	"compress/gzip"
	"encoding/json"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"
)

func TestFeeds(t *testing.T) {
	for _, c := range []struct {
		name, base, page string
		want             []string // addresses, comments marked by "c "
	}{
		{"WordPress, front page", "https://kabar.example.id/", `<html><head>
			<link rel="alternate" type="application/rss+xml" title="Kabar Paser &raquo; Feed" href="https://kabar.example.id/feed/" />
			<link rel="alternate" type="application/rss+xml" title="Kabar Paser &raquo; Umpan Komentar" href="https://kabar.example.id/comments/feed/" />
			<link rel="alternate" type="application/json" href="https://kabar.example.id/wp-json/wp/v2/pages/2" />
			<link rel="alternate" type="application/json+oembed" href="https://kabar.example.id/wp-json/oembed/1.0/embed?url=x" />
			<link rel="alternate" hreflang="en" href="https://kabar.example.id/en/" />`,
			[]string{"https://kabar.example.id/feed/", "c https://kabar.example.id/comments/feed/"}},
		{"WordPress, a story: its own feed holds comments", "https://kabar.example.id/2025/06/banjir-surut/", `
			<link rel=alternate type=application/rss+xml title="Banjir surut" href=/2025/06/banjir-surut/feed/>
			<link rel=alternate type=application/rss+xml href=/feed/>`,
			[]string{"https://kabar.example.id/feed/", "c https://kabar.example.id/2025/06/banjir-surut/feed/"}},
		{"WordPress, a section: its feed is the page's", "https://kabar.example.id/category/paser/", `
			<link rel=alternate type=application/rss+xml href=/feed/>
			<link rel=alternate type=application/rss+xml href=/category/paser/feed/>
			<link rel=alternate type=application/rss+xml href=/category/olahraga/feed/>`,
			[]string{"https://kabar.example.id/feed/", "https://kabar.example.id/category/paser/feed/", "https://kabar.example.id/category/olahraga/feed/"}},
		{"Blogger", "https://paser.blogspot.com/", `
			<link rel="alternate" type="application/atom+xml" title="Paser - Atom" href="https://paser.blogspot.com/feeds/posts/default" />
			<link rel="service.post" type="application/atom+xml" href="https://www.blogger.com/feeds/1/posts/default" />`,
			[]string{"https://paser.blogspot.com/feeds/posts/default"}},
		{"only links in the text", "https://pemkab.example.id/berita", `<p>across <a href="/anatomi">anatomi</a> <a href="/feedback">x</a>
			<a href="/rss.xml"> RSS  kami </a><a href="https://feedly.com/i/subscription/feed/https://pemkab.example.id/rss.xml">x</a>
			<a href="rss">x</a><a href="mailto:rss@example.id">x</a><a href="javascript:rss()">x</a>`,
			[]string{"https://pemkab.example.id/rss.xml", "https://pemkab.example.id/rss"}},
		{"Joomla", "https://dinas.example.go.id/index.php", `
			<link href="/index.php?format=feed&amp;type=rss" rel="alternate" type="application/rss+xml" title="RSS 2.0" />
			<link href="/index.php?format=feed&amp;type=atom" rel="alternate" type="application/atom+xml" title="Atom 1.0" />`,
			[]string{"https://dinas.example.go.id/index.php?format=feed&type=rss", "https://dinas.example.go.id/index.php?format=feed&type=atom"}},
		{"JSON Feed, rel=feed, upper case, parameters, base", "https://example.id/x/", `<BASE HREF="https://cdn.example.id/y/"><base href="https://evil.example/">
			<LINK REL="Home Alternate" TYPE="Application/Feed+JSON; charset=utf-8" HREF="feed.json#top">
			<link rel=feed href=feed><link rel=feed type=text/html href=hfeed>`,
			[]string{"https://cdn.example.id/y/feed.json", "https://cdn.example.id/y/feed"}},
		{"the scheme feed:", "https://example.id/", `<a href="feed://example.id/rss">a</a><a href="feed:https://example.id/atom.xml">b</a>`,
			[]string{"http://example.id/rss", "https://example.id/atom.xml"}},
		{"named twice", "https://example.id/", `<a href="/feed/">RSS</a><link rel=alternate type="application/rss+xml" title="Utama" href="https://example.id/feed/#x">`,
			[]string{"https://example.id/feed/"}},
		{"within comments, scripts and text areas nothing counts", "https://example.id/", `<!-- <link rel=alternate type=application/rss+xml href=/a> -->
			<script>"<link rel=alternate type=application/rss+xml href=/b>"</script><textarea><a href="/rss"></a></textarea>`, nil},
		{"another site's feed comes later", "https://example.id/", `<link rel=alternate type=application/rss+xml href="https://other.example/feed"><link rel=alternate type=application/rss+xml href="https://www.example.id/feed">`,
			[]string{"https://www.example.id/feed", "https://other.example/feed"}},
		{"no address to start from", "", `<link rel=alternate type=application/rss+xml href="/feed"><link rel=alternate type=application/rss+xml href="//example.id/feed"><link rel=alternate type=application/rss+xml href="https://example.id/feed">`,
			[]string{"https://example.id/feed"}},
		{"user names are not taken along", "https://u:p@example.id/", `<link rel=alternate type=application/rss+xml href="feed">`, []string{"https://example.id/feed"}},
		{"nothing", "https://example.id/", "", nil},
		{"no HTML", "https://example.id/", "\x00\xff<<<>>>&&&<link", nil},
	} {
		t.Run(c.name, func(t *testing.T) {
			var got []string
			for _, l := range Feeds([]byte(c.page), c.base) {
				s := l.URL
				if l.Comments {
					s = "c " + s
				}
				got = append(got, s)
			}
			if !slices.Equal(got, c.want) {
				t.Errorf("got\n%s\nwant\n%s", strings.Join(got, "\n"), strings.Join(c.want, "\n"))
			}
		})
	}
}

func TestTitles(t *testing.T) {
	got := Feeds([]byte(`<link rel=alternate type="application/rss+xml; charset=x" title=" Kabar
		&amp; Warta " href=/feed><a href=/rss> <b>RSS</b> kami</a><a href=/x>y</a>`), "https://example.id/")
	if len(got) != 2 || got[0].Title != "Kabar & Warta" || got[0].Type != "application/rss+xml" || got[1].Title != "RSS" {
		t.Errorf("got %+v", got)
	}
}

func TestGuesses(t *testing.T) {
	for _, c := range []struct{ site, first, among string }{
		{"https://kabar.example.id", "https://kabar.example.id/feed/", "https://kabar.example.id/?feed=rss2"},
		{"https://kabar.example.id/blog/index.html", "https://kabar.example.id/blog/feed/", "https://kabar.example.id/feed.json"},
		{"https://kabar.example.id/blog?x=1#y", "https://kabar.example.id/blog/feed/", "https://kabar.example.id/?format=feed&type=rss"},
		{"https://paser.blogspot.com/2025/06/banjir.html", "https://paser.blogspot.com/feeds/posts/default", "https://paser.blogspot.com/feed/"},
		{"https://medium.com/@paser/x", "https://medium.com/feed/@paser", "https://medium.com/rss"},
		{"https://kaltim.antaranews.com/", "https://kaltim.antaranews.com/rss/terkini.xml", "https://kaltim.antaranews.com/atom.xml"},
	} {
		got := Guesses(c.site)
		if len(got) == 0 || got[0] != c.first || !slices.Contains(got, c.among) {
			t.Errorf("%s: got %q", c.site, got)
		}
		slices.Sort(got)
		if len(slices.Compact(slices.Clone(got))) != len(got) {
			t.Errorf("%s: one of these comes twice: %q", c.site, got)
		}
	}
	for _, bad := range []string{"", "example.id", "ftp://example.id/", "https://", "http://[::1"} {
		if got := Guesses(bad); got != nil {
			t.Errorf("%q: got %q", bad, got)
		}
	}
}

// TestBounded doubles hostile pages: time must not grow with the square.
func TestBounded(t *testing.T) {
	for name, unit := range map[string]string{
		"links":      `<link rel=alternate type=application/rss+xml href=/feed%d>`,
		"same links": `<link rel=alternate type=application/rss+xml href=/feed>`,
		"anchors":    `<a href="/a/b/c/rs/fee/ato">x`,
		"open tags":  `<a<b<link `,
		"attributes": ` href=x`,
		"quotes":     `<a href="`,
		"comments":   `<!--`,
		"dashes":     `<a href=r-f-a-r-f-a-rs-fee>`,
	} {
		page := strings.Repeat(unit, (4<<20)/len(unit))
		began := time.Now()
		if got := Feeds([]byte(page), "https://example.id/"); len(got) > maxLinks {
			t.Errorf("%s: %d links", name, len(got))
		}
		if took := time.Since(began); took > 10*time.Second {
			t.Errorf("%s: %v for 4 MiB", name, took)
		}
	}
}

// TestRealPages compares with the feeds an lxml reading of real pages' heads
// found.
func TestRealPages(t *testing.T) {
	folder := data(t, "open", "pages")
	files, _ := filepath.Glob(filepath.Join(folder, "*.html.gz"))
	pages, named, found := 0, 0, 0
	for _, path := range files {
		var expect struct {
			URL  string
			Meta struct {
				Feeds []struct{ Href string } `json:"feeds"`
			}
		}
		b, err := os.ReadFile(path + ".expect.json")
		if err != nil {
			continue
		}
		if err := json.Unmarshal(b, &expect); err != nil {
			t.Fatal(err)
		}
		pages++
		if expect.URL == "" { // not known of some
			expect.URL = "https://example.org/"
		}
		links := Feeds(unzipped(t, path), expect.URL)
		for _, f := range expect.Meta.Feeds {
			named++
			if slices.ContainsFunc(links, func(l Link) bool { return l.URL == f.Href || strings.HasSuffix(l.URL, strings.TrimPrefix(f.Href, ".")) }) {
				found++
			} else {
				t.Logf("%s: %s not among %v", filepath.Base(path), f.Href, links)
			}
		}
	}
	t.Logf("%d pages name %d feeds, %d found", pages, named, found)
	if found != named {
		t.Errorf("%d of %d feeds were not found", named-found, named)
	}
}

func unzipped(t *testing.T, path string) []byte {
	t.Helper()
	f, err := os.Open(path)
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	z, err := gzip.NewReader(f)
	if err != nil {
		t.Fatal(err)
	}
	b, err := io.ReadAll(z)
	if err != nil {
		t.Fatal(err)
	}
	return b
}

// data is a folder of the test data that lie beside the checkout.
func data(t *testing.T, parts ...string) string {
	t.Helper()
	dir, err := os.Getwd()
	if err != nil {
		t.Fatal(err)
	}
	for {
		if _, err := os.Stat(filepath.Join(dir, "go.mod")); err == nil {
			break
		}
		up := filepath.Dir(dir)
		if up == dir {
			t.Skip("no go.mod above")
		}
		dir = up
	}
	path := filepath.Join(append([]string{dir, "..", "shared", "data"}, parts...)...)
	if _, err := os.Stat(path); err != nil {
		t.Skip("the shared test data are not here: ", path)
	}
	return path
}

func FuzzFeeds(f *testing.F) {
	f.Add(`<base href=/x><link rel=alternate type=application/rss+xml href=feed><a href="feed:x">RSS</a>`, "https://example.id/")
	f.Add(`<a href=//rss><a href="?feed=rss2">`, "")
	f.Fuzz(func(t *testing.T, page, base string) {
		for _, l := range Feeds([]byte(page), base) {
			if !strings.HasPrefix(l.URL, "http") || strings.Contains(l.URL, "#") {
				t.Errorf("%q", l.URL)
			}
		}
		if n := len(Guesses(base)); n > 31 {
			t.Errorf("%d guesses", n)
		}
	})
}

func BenchmarkFeeds(b *testing.B) {
	var s strings.Builder
	s.WriteString(`<link rel=alternate type="application/rss+xml" href=/feed/>`)
	for i := range 400 {
		fmt.Fprintf(&s, `<li><a class="menu" href="https://kabar.example.id/2025/06/%d/berita-daerah-paser/">Berita daerah</a><p>teks</p></li>`, i)
	}
	b.SetBytes(int64(s.Len()))
	for b.Loop() {
		Feeds([]byte(s.String()), "https://kabar.example.id/")
	}
}
