package publish

import (
	"encoding/xml"
	"net/http"
	"slices"
	"strings"
	"testing"
	"time"

	"warta/feed"
	"warta/sources"
)

// TestSourcePage: a source's page says what is read, what its owner says, which
// permissions are in force, and shows what everybody may see of its stories.
func TestSourcePage(t *testing.T) {
	s := testSettings()
	s.Permissions = []feed.Permission{
		{ID: "surat", Source: "pemkab", Use: feed.Full, Audience: feed.Public, Basis: feed.WrittenPermission, GrantedBy: "PRIVATE", Until: morning.Add(time.Hour)},
		{ID: "rahasia", Source: "pemkab", Use: feed.Full, Audience: "partner:portal", Basis: feed.WrittenPermission},
	}
	s.Channels = append(s.Channels, feed.Channel{ID: "dalam", Title: "Dalam", Private: true})
	s.Channels[1].Select = `source == "kabar"`
	b := newBench(t, s)
	owned := func(e *feed.Entry) {
		e.Evidence = []sources.Evidence{{Kind: sources.Copyright, Text: "© Pemkab Paser", Where: "feed rights"}}
		e.Attribution.Source.Rights = "© Pemkab Paser"
	}
	b.save(draft("pemkab", 1, owned), draft("pemkab", 2, func(e *feed.Entry) {
		owned(e)
		e.Regions = nil // it stands in the private channel alone
	}))
	b.update()
	page := b.body("/sources/pemkab/")
	for _, want := range []string{"Pemkab Paser", "https://pemkab.example/feed/", "© Pemkab Paser", "pernyataan hak cipta · pernyataan hak umpan", "surat", "Teks lengkap", "Berita 1 dari pemkab", "https://warta.example/paser/"} {
		if !strings.Contains(page, want) {
			t.Errorf("the page has no %q", want)
		}
	}
	for _, not := range []string{"PRIVATE", "rahasia", "Berita 2 dari pemkab", "dalam"} {
		if strings.Contains(page, not) {
			t.Errorf("the page has %q", not)
		}
	}
	if english := b.body("/sources/pemkab/en/"); !strings.Contains(english, `<html lang="en">`) || !strings.Contains(english, "The full text is shown.") {
		t.Error("no page in English")
	}
	b.clock = morning.Add(2 * time.Hour) // the permission ended
	b.update()
	if page := b.body("/sources/pemkab/"); strings.Contains(page, "surat") || strings.Contains(page, "Teks lengkap") {
		t.Error("the page stands by a permission that ended")
	}
	for path, want := range map[string]int{
		"/sources/pemkab": http.StatusPermanentRedirect, "/sources/": http.StatusNotFound, "/sources/lain/": http.StatusNotFound,
		"/sources/pemkab/id/": http.StatusNotFound, "/sources/pemkab//": http.StatusNotFound, "/sources/../paser/": http.StatusNotFound,
		"/sources/kabar/": http.StatusOK,
	} {
		if got := b.get(path).StatusCode; got != want {
			t.Errorf("%s: %d, want %d", path, got, want)
		}
	}
}

// TestChannelOPML lists the sources that a channel has stories of, and no
// channel that is not public.
func TestChannelOPML(t *testing.T) {
	s := testSettings()
	s.Channels = append(s.Channels, feed.Channel{ID: "dalam", Title: "Dalam", Private: true})
	b := newBench(t, s)
	b.save(draft("pemkab", 1, nil), draft("kabar", 2, func(e *feed.Entry) { e.Regions = nil }))
	b.update()
	if list := b.body("/paser.opml"); !strings.Contains(list, "https://pemkab.example/feed/") || strings.Contains(list, "kabar") || !strings.Contains(list, "<title>Paser</title>") {
		t.Errorf("paser.opml: %s", list)
	}
	if list := b.body("/semua.opml"); strings.Count(list, "<outline") != 2 {
		t.Errorf("semua.opml: %s", list)
	}
	if got := b.get("/dalam.opml").StatusCode; got != http.StatusNotFound {
		t.Errorf("dalam.opml: %d", got)
	}
	if !strings.Contains(b.body("/paser/"), `<link rel="outline" type="text/x-opml" title="OPML" href="https://warta.example/paser.opml">`) {
		t.Error("the channel's page doesn't lead to its sources")
	}
}

// TestNewsSitemaps: what is shown whole and may be indexed, for two days; what
// the clock takes away goes without anything else happening.
func TestNewsSitemaps(t *testing.T) {
	s := testSettings()
	s.Permissions = []feed.Permission{{ID: "surat", Source: "pemkab", Use: feed.Full, Audience: feed.Public, Basis: feed.WrittenPermission, Indexing: true}}
	b := newBench(t, s)
	late := func(hours int) func(*feed.Entry) {
		return func(e *feed.Entry) {
			e.Published = morning.Add(-time.Duration(hours) * time.Hour)
			e.FirstSeen, e.Changed = e.Published, e.Published
		}
	}
	b.save(
		draft("pemkab", 1, late(1)), draft("pemkab", 2, late(30)), draft("pemkab", 3, late(50)), // the last is too old
		draft("kabar", 4, late(1)), // an excerpt
		draft("kabar", 5, func(e *feed.Entry) { // whole, but by a licence that says nothing of indexes
			late(2)(e)
			e.Attribution.Licenses = []string{"https://creativecommons.org/licenses/by/4.0/"}
			e.Evidence = []sources.Evidence{{Kind: sources.Licence, Text: "CC BY", Value: "https://creativecommons.org/licenses/by/4.0/", Where: "entry link"}}
		}),
	)
	b.update()
	listed := func(path string) []string {
		var doc struct {
			URLs []struct {
				Title string `xml:"news>title"`
				Name  string `xml:"news>publication>name"`
			} `xml:"url"`
		}
		if err := xml.Unmarshal([]byte(b.body(path)), &doc); err != nil {
			t.Fatal(err)
		}
		var out []string
		for _, u := range doc.URLs {
			out = append(out, u.Title+" ("+u.Name+")")
		}
		return out
	}
	want := []string{"Berita 1 dari pemkab (pemkab)", "Berita 2 dari pemkab (pemkab)"}
	for _, path := range []string{"/news-sitemap.xml", "/paser.sitemap.xml", "/semua.sitemap.xml"} {
		if got := listed(path); !slices.Equal(got, want) {
			t.Errorf("%s: %q, want %q", path, got, want)
		}
	}
	if !strings.Contains(b.body("/robots.txt"), "Sitemap: https://warta.example/news-sitemap.xml") {
		t.Error("robots.txt names no sitemap")
	}
	id := feed.EntryID("pemkab", "https://pemkab.example/1")
	if r := b.get("/entries/" + id); r.Header.Get("X-Robots-Tag") != "" {
		t.Errorf("a page in the sitemap says %q", r.Header.Get("X-Robots-Tag"))
	}
	next := b.update().Next
	if !next.After(b.clock) || next.After(morning.Add(20*time.Hour)) {
		t.Errorf("the next change is at %v", next)
	}
	b.clock = next
	b.update()
	for _, path := range []string{"/news-sitemap.xml", "/paser.sitemap.xml"} {
		if got := listed(path); !slices.Equal(got, want[:1]) {
			t.Errorf("a day later %s has %q", path, got)
		}
	}
	b.clock = morning.Add(72 * time.Hour)
	if b.update(); len(listed("/news-sitemap.xml")) != 0 {
		t.Error("old news")
	}
	if r := b.update(); len(r.Changed) != 0 {
		t.Errorf("nothing happened and %v changed", r.Changed)
	}
}
