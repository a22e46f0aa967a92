package publish

import (
	"encoding/xml"
	"fmt"
	"io"
	"math/rand"
	"net/http"
	"slices"
	"strings"
	"testing"
	"time"

	"warta/feed"
	"warta/feed/store/storetest"
	"warta/sources"
)

// atomDoc is what a client of RFC 5005 looks at.
type atomDoc struct {
	Complete *struct{} `xml:"http://purl.org/syndication/history/1.0 complete"`
	Archive  *struct{} `xml:"http://purl.org/syndication/history/1.0 archive"`
	ID       string    `xml:"id"`
	Links    []struct {
		Rel  string `xml:"rel,attr"`
		Href string `xml:"href,attr"`
	} `xml:"link"`
	Deleted []struct {
		Ref string `xml:"ref,attr"`
	} `xml:"deleted-entry"`
	Entries []struct {
		ID      string    `xml:"id"`
		Title   string    `xml:"title"`
		Updated time.Time `xml:"updated"`
	} `xml:"entry"`
}

func (d *atomDoc) link(rel string) string {
	for _, l := range d.Links {
		if l.Rel == rel {
			return strings.TrimPrefix(l.Href, "https://warta.example")
		}
	}
	return ""
}

func (b *bench) atom(path string) *atomDoc {
	b.t.Helper()
	var d atomDoc
	if err := xml.Unmarshal([]byte(b.body(path)), &d); err != nil {
		b.t.Fatal(err)
	}
	return &d
}

// walker is a client that rebuilds a channel as RFC 5005 section 4.2 says: it
// reads the subscription document, then the archives that it has not seen.
type walker struct {
	b       *bench
	seen    map[string]bool
	entries map[string]string // titles by id
	updated map[string]time.Time
}

func newWalker(b *bench) *walker {
	return &walker{b, map[string]bool{}, map[string]string{}, map[string]time.Time{}}
}

func (w *walker) poll(path string) {
	w.b.t.Helper()
	docs := []*atomDoc{w.b.atom(path)}
	for i := 0; ; i++ {
		next := docs[i].link("prev-archive")
		if next == "" || w.seen[next] {
			break
		}
		if len(docs) > 1000 {
			w.b.t.Fatal("the chain of archives has no end")
		}
		w.seen[next] = true
		docs = append(docs, w.b.atom(next))
	}
	for i := len(docs) - 1; i >= 0; i-- { // the oldest first: of equals the later document wins
		for _, e := range docs[i].Entries {
			if !e.Updated.Before(w.updated[e.ID]) {
				w.entries[e.ID], w.updated[e.ID] = e.Title, e.Updated
			}
		}
	}
}

// chain lists the addresses of a channel's archives, the newest first.
func (b *bench) chain(path string) []string {
	b.t.Helper()
	var out []string
	for next := b.atom(path).link("prev-archive"); next != ""; next = b.atom(next).link("prev-archive") {
		if slices.Contains(out, next) || len(out) > 1000 {
			b.t.Fatalf("the chain goes in a circle at %s", next)
		}
		out = append(out, next)
	}
	return out
}

// story is one that was published so long before the clock.
func (b *bench) story(n int, ago time.Duration) feed.Draft {
	return draft("pemkab", n, func(e *feed.Entry) {
		e.Published = b.clock.Add(-ago)
		e.FirstSeen, e.Changed = b.clock, b.clock
	})
}

// revised is the same story with other words.
func (b *bench) revised(d feed.Draft, title string) feed.Draft {
	d.Title, d.Updated, d.Changed = title, b.clock, b.clock
	d.Digest = fmt.Sprintf("%+v", d.Entry)
	return d
}

const day = 24 * time.Hour

func TestArchives(t *testing.T) {
	b := newBench(t, testSettings()) // paser shows five
	var drafts []feed.Draft
	for n := range 4 {
		drafts = append(drafts, b.story(n, time.Duration(n)*20*day))
	}
	b.save(drafts...)
	b.update()
	if d := b.atom("/paser.atom"); d.Complete == nil || d.link("prev-archive") != "" || len(d.Entries) != 4 {
		t.Errorf("all of the channel stands in one document: %+v", d)
	}
	for n := 4; n < 12; n++ {
		drafts = append(drafts, b.story(n, time.Duration(n)*20*day))
	}
	b.save(drafts[4:]...)
	b.update()
	d := b.atom("/paser.atom")
	if d.Complete != nil || d.link("prev-archive") == "" {
		t.Fatalf("no way into the past: %+v", d.Links)
	}
	chain := b.chain("/paser.atom")
	want := []string{"/paser/2026-02.atom", "/paser/2026-01.atom", "/paser/2025-12.atom", "/paser/2025-11.atom", "/paser/2025-10.atom", "/paser/2025-09.atom", "/paser/2025-08.atom", "/paser/2025-07.atom"}
	if !slices.Equal(chain, want) {
		t.Errorf("the archives are %q, want %q", chain, want)
	}
	first := b.atom(chain[0])
	if first.Archive == nil || first.ID != d.ID || first.link("current") != "/paser.atom" || first.link("self") != chain[0] || first.link("next-archive") != "" {
		t.Errorf("%s: %+v", chain[0], first)
	}
	if second := b.atom(chain[1]); second.link("next-archive") != chain[0] {
		t.Errorf("%s: %+v", chain[1], second.Links)
	}
	before := make(map[string]string)
	for _, path := range chain {
		r := b.get(path)
		if r.StatusCode != http.StatusOK || r.Header.Get("Cache-Control") == "" {
			t.Errorf("%s: %d %v", path, r.StatusCode, r.Header)
		}
		if again := b.get(path, "If-None-Match", r.Header.Get("ETag")); again.StatusCode != http.StatusNotModified {
			t.Errorf("%s again: %d", path, again.StatusCode)
		}
		before[path] = r.Header.Get("ETag")
	}

	// A new story, and a late one of long ago, leave the archives as they are.
	b.clock = b.clock.Add(time.Hour)
	b.save(b.story(20, 0), b.story(21, 300*day))
	b.update()
	if got := titles(b.body("/paser.atom"), "pemkab"); !strings.Contains(got, "20") || !strings.Contains(got, "21") {
		t.Errorf("the late story is not told: %s", got)
	}
	if got := titles(b.body("/paser/"), "pemkab"); strings.Contains(got, "21") {
		t.Errorf("the page shows more than its newest: %s", got)
	}
	for path, etag := range before {
		if got := b.get(path).Header.Get("ETag"); got != etag {
			t.Errorf("%s changed without need", path)
		}
	}

	// A correction leaves its archive, and is told again.
	old := chain[3]
	if !strings.Contains(b.body(old), "Berita 5 dari") {
		t.Fatalf("%s has %s", old, titles(b.body(old), "pemkab"))
	}
	b.clock = b.clock.Add(time.Hour)
	b.save(b.revised(drafts[5], "Berita 5 diperbaiki"))
	b.update()
	if strings.Contains(b.body(old), "Berita 5") || !strings.Contains(b.body("/paser.atom"), "Berita 5 diperbaiki") || b.get(old).Header.Get("ETag") == before[old] {
		t.Errorf("after a correction %s has %s", old, titles(b.body(old), "pemkab"))
	}
	// So does a withdrawal, of which a tombstone is left.
	w := drafts[7]
	w.Notice = &feed.Notice{Kind: feed.Withdrawal, When: b.clock, Reason: "Keliru", By: "origin"}
	w.Changed, w.Digest = b.clock, "withdrawn"
	b.save(w)
	b.update()
	for _, path := range append(chain, "/paser.json", "/paser.rss") {
		if strings.Contains(b.body(path), "Isi lengkap 7") || strings.Contains(b.body(path), "Ringkasan 7") {
			t.Errorf("%s has the text of a withdrawn story", path)
		}
	}
	if d := b.atom("/paser.atom"); len(d.Deleted) != 1 || d.Deleted[0].Ref != "https://pemkab.example/7" {
		t.Errorf("no tombstone: %+v", d.Deleted)
	}
	for path, etag := range before {
		if got := b.get(path).Header.Get("ETag"); got != etag && path != old && path != chain[4] {
			t.Errorf("%s changed without need", path)
		}
	}

	// A restart changes none of it.
	etag := b.get(chain[2]).Header.Get("ETag")
	b.restart(testSettings())
	b.update()
	if b.get(chain[2]).Header.Get("ETag") != etag || !slices.Equal(b.chain("/paser.atom"), chain) {
		t.Error("a restart changed the archives")
	}
	for path, want := range map[string]int{
		"/paser/2026-02.rss": 200, "/paser/2026-02.json": 200, "/paser/2026-02.ninjs.json": 404, "/paser/2026-02.html": 404, "/paser/2026-02": 404,
		"/paser/2020-01.atom": 404, "/paser/2026-02-2.atom": 404, "/paser/2026-02-1.atom": 404, "/lain/2026-02.atom": 404, "/paser/2026-2.atom": 404, "/paser//2026-02.atom": 404,
	} {
		if got := b.get(path).StatusCode; got != want {
			t.Errorf("%s: %d, want %d", path, got, want)
		}
	}
	page, _ := io.ReadAll(b.get("/paser/2026-02.atom", "Accept", browser).Body)
	if !strings.Contains(string(page), "Paser 2026-02 (Atom)") || !strings.Contains(string(page), "<!DOCTYPE html>") {
		t.Errorf("an archive in a browser: %s", page)
	}
}

// A client that walks the archives finds every story in its newest state, once
// for all, however seldom it comes: one that begins now, and one that goes on.
func TestWalkersFindEverything(t *testing.T) {
	seeds := int64(8)
	if storetest.Raced {
		seeds = 3
	}
	for seed := range seeds {
		t.Run(fmt.Sprint(seed), func(t *testing.T) {
			t.Parallel()
			random := rand.New(rand.NewSource(seed))
			s := testSettings()
			s.Channels[0].Limit = 2 + random.Intn(5)
			b := newBench(t, s)
			often, seldom := newWalker(b), newWalker(b)
			truth := make(map[string]feed.Draft)
			var all []feed.Draft
			for round := range 40 {
				b.clock = b.clock.Add(time.Duration(1+random.Intn(200)) * time.Hour)
				var changed []feed.Draft
				for range random.Intn(6) {
					n := len(all) + len(changed)
					ago := time.Duration(random.Intn(72)) * time.Hour
					if random.Intn(4) == 0 {
						ago = time.Duration(random.Intn(200)) * day // a late one
					}
					changed = append(changed, b.story(n, ago))
				}
				if len(all) > 0 && random.Intn(2) == 0 {
					i := random.Intn(len(all))
					d := b.revised(all[i], fmt.Sprintf("Berita %d, %d", i, round))
					if random.Intn(4) == 0 {
						d.Notice = &feed.Notice{Kind: feed.Withdrawal, When: b.clock, Reason: "Keliru", By: "origin"}
					}
					all[i] = d
					truth[d.OriginalID] = d
					b.save(d)
				}
				for _, d := range changed {
					all = append(all, d)
					truth[d.OriginalID] = d
				}
				b.save(changed...)
				b.update()
				often.poll("/paser.atom")
				if random.Intn(8) == 0 {
					seldom.poll("/paser.atom")
				}
			}
			seldom.poll("/paser.atom")
			begins := newWalker(b)
			begins.poll("/paser.atom")
			for name, w := range map[string]*walker{"often": often, "seldom": seldom, "now": begins} {
				if len(w.entries) != len(truth) {
					t.Errorf("who comes %s has %d entries of %d", name, len(w.entries), len(truth))
				}
				for id, d := range truth {
					want := d.Title
					if d.Notice != nil {
						want = "Berita dicabut"
					}
					if w.entries[id] != want {
						t.Errorf("who comes %s has %q for %s, want %q", name, w.entries[id], id, want)
					}
				}
			}
			// In the archives every entry stands once.
			found := make(map[string]string)
			for _, path := range b.chain("/paser.atom") {
				for _, e := range b.atom(path).Entries {
					if other, ok := found[e.ID]; ok {
						t.Errorf("%s is in %s and in %s", e.ID, other, path)
					}
					found[e.ID] = path
				}
			}
		})
	}
}

// TestArchivesFailClosed: what may no longer be shown leaves the archives when
// the clock says so; an archive of a channel that is not public is nobody's.
func TestArchivesFailClosed(t *testing.T) {
	s := testSettings()
	s.Permissions = []feed.Permission{{ID: "surat", Source: "pemkab", Use: feed.Full, Audience: feed.Public, Basis: feed.WrittenPermission, Until: morning.Add(time.Hour)}}
	s.Channels = append(s.Channels, feed.Channel{ID: "dalam", Title: "Dalam", Limit: 2, Private: true})
	b := newBench(t, s)
	for n := range 9 {
		b.save(b.story(n, time.Duration(n)*20*day))
	}
	b.save(draft("pemkab", 50, func(e *feed.Entry) {
		e.Published = b.clock.Add(-100 * day)
		e.Evidence = []sources.Evidence{{Kind: sources.NoCopy, Text: "Dilarang mengutip", Where: "text"}}
	}))
	b.update()
	chain := b.chain("/paser.atom")
	if len(chain) < 3 || !strings.Contains(b.body(chain[0]), "Isi lengkap") {
		t.Fatalf("%q: %s", chain, b.body(chain[0]))
	}
	b.clock = morning.Add(2 * time.Hour) // and no update yet
	for _, path := range chain {
		if strings.Contains(b.body(path), "Isi lengkap") {
			t.Errorf("%s shows the text after its permission ended", path)
		}
	}
	if last, err := b.store.LastVolume(t.Context(), "dalam"); err != nil || b.get("/"+volumePath(last, "atom")).StatusCode != http.StatusNotFound {
		t.Errorf("an archive of a private channel: %v, %v", last, err)
	}
}
