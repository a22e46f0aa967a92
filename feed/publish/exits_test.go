package publish

import (
	"fmt"
	"net/http"
	"strings"
	"testing"
	"time"

	"warta/feed"
	"warta/sources"
)

// TestEmbargoReachesArchives: an embargo that the operator gives a channel
// keeps back what already stands in its archives, from everybody and from
// partners, until the clock ends it; withdrawals are told all the same.
func TestEmbargoReachesArchives(t *testing.T) {
	s := testSettings()
	s.Channels = s.Channels[:1]
	s.Partners = []feed.Partner{{ID: "mitra", Channels: []string{"paser"}, Use: feed.Full}}
	b := newBench(t, s)
	var drafts []feed.Draft
	for n := range 12 {
		d := b.story(n, time.Duration(n)*10*day)
		if n == 6 {
			d.Notice = &feed.Notice{Kind: feed.Withdrawal, When: b.clock, Reason: "Keliru", By: "origin"}
		}
		drafts = append(drafts, d)
	}
	b.save(drafts...)
	b.update()
	chain := b.chain("/paser.atom")
	secret := b.token("mitra")
	whole := func(header ...string) (out string) {
		for _, path := range append([]string{"/paser.atom"}, chain...) {
			for _, f := range []string{"atom", "rss", "json"} {
				if r := b.get(strings.TrimSuffix(path, "atom")+f, header...); r.StatusCode == http.StatusOK {
					out += text(t, r)
				}
			}
		}
		return out
	}
	if got := whole(); !strings.Contains(got, "Berita 7 dari pemkab") || !strings.Contains(got, "Berita 1 dari pemkab") {
		t.Fatalf("the archives are %q with %s", chain, titles(got, "pemkab"))
	}
	// Stories younger than 75 days: 0 to 7. Those from 8 on stay.
	s.Channels[0].Embargo = 75 * day
	b.restart(s)
	b.update()
	for name, header := range map[string][]string{"everybody": nil, "a partner": bearer(secret)} {
		got := whole(header...)
		for n := range 8 {
			if strings.Contains(got, fmt.Sprintf("Berita %d dari", n)) || strings.Contains(got, fmt.Sprintf("Ringkasan %d.", n)) {
				t.Errorf("%s reads story %d, which is under embargo", name, n)
			}
			path := "/entries/" + drafts[n].ID
			if status := b.get(path, header...).StatusCode; n != 6 && status != http.StatusNotFound {
				t.Errorf("%s: %s of story %d gives %d", name, path, n, status)
			}
		}
		for n := 8; n < 12; n++ {
			if !strings.Contains(got, fmt.Sprintf("Berita %d dari", n)) {
				t.Errorf("%s lacks story %d, which is not under embargo", name, n)
			}
		}
		if !strings.Contains(got, "Keliru") {
			t.Errorf("%s is not told of the withdrawal", name)
		}
	}
	for _, path := range []string{"/", "/paser/", "/sources/pemkab/", "/news-sitemap.xml", "/paser.sitemap.xml"} {
		if got := titles(b.body(path), "pemkab"); strings.ContainsAny(got, "01234567") && !strings.ContainsAny(got, "89") {
			t.Errorf("%s shows %s", path, got)
		}
	}
	b.clock = b.clock.Add(6 * day) // ends that of story 7, without an update of the archives
	b.update()
	if got := whole(bearer(secret)...); !strings.Contains(got, "Berita 7 dari") || strings.Contains(got, "Berita 5 dari") {
		t.Errorf("after six days the partner reads %s", titles(got, "pemkab"))
	}
}

// TestWishesOnEveryDocument: what an owner asks of machines stands in the
// header of every document that holds the entry: of feeds, archives and what
// partners read; and of none that doesn't.
func TestWishesOnEveryDocument(t *testing.T) {
	s := testSettings()
	s.Channels = []feed.Channel{{ID: "paser", Title: "Paser", Limit: 2}, {ID: "dalam", Title: "Dalam", Limit: 2, Private: true}, {ID: "lain", Title: "Lain", Select: `source == "kabar"`}}
	s.Partners = []feed.Partner{{ID: "mitra", Channels: []string{"paser", "dalam", "lain"}, Use: feed.Full}}
	b := newBench(t, s)
	var entry string
	for n := range 6 {
		d := b.story(n, time.Duration(n)*40*day)
		if n == 0 || n == 3 {
			d.Evidence = []sources.Evidence{
				{Kind: sources.TDMReserved, Value: "1", Text: "tdm-reservation: 1", Where: "page header"}, {Kind: sources.NoIndex, Text: "noindex", Where: "page header"},
				{Kind: sources.ODRLPolicy, Value: "https://pemkab.example/tdm", Text: "tdm-policy", Where: "page header"},
			}
		}
		if n == 0 {
			entry = d.ID
		}
		b.save(d)
	}
	b.save(draft("kabar", 1, nil))
	b.update()
	// A page about one entry names its owner's policy besides.
	for path, policy := range map[string]string{"/entries/" + entry: "https://pemkab.example/tdm", "/paser.atom": ""} {
		if h := b.get(path).Header; h.Get("Tdm-Policy") != policy || h.Get("Tdm-Reservation") != "1" {
			t.Errorf("%s: tdm-policy %q, want %q", path, h.Get("Tdm-Policy"), policy)
		}
	}
	secret := b.token("mitra")
	type want struct {
		path         string
		mining, keep bool
	}
	wants := []want{{"/paser.atom", true, true}, {"/paser.json", true, true}, {"/paser.ninjs.json", true, true}, {"/lain.atom", false, false}}
	marked := 0
	for _, path := range b.chain("/paser.atom") {
		body := b.body(path)
		has := strings.Contains(body, "Berita 3 dari") || strings.Contains(body, "Berita 0 dari")
		if strings.Contains(body, "Berita 3 dari") {
			marked++
		}
		for _, f := range []string{"atom", "rss", "json"} {
			wants = append(wants, want{strings.TrimSuffix(path, "atom") + f, has, has})
		}
	}
	if marked != 1 || len(wants) < 4+6 {
		t.Fatalf("the archives don't hold what is looked for: %+v", wants)
	}
	for _, w := range wants {
		r := b.get(w.path)
		if got := r.Header.Get("Tdm-Reservation") == "1"; got != w.mining {
			t.Errorf("%s: tdm-reservation %v, want %v", w.path, got, w.mining)
		}
		if got := r.Header.Get("X-Robots-Tag") == "noindex"; got != w.keep {
			t.Errorf("%s: noindex %v, want %v", w.path, got, w.keep)
		}
		for _, partner := range []*http.Response{b.get(w.path, bearer(secret)...), b.get("/p/" + secret + w.path)} {
			if got := partner.Header.Get("Tdm-Reservation") == "1"; got != w.mining || partner.StatusCode != http.StatusOK || partner.Header.Get("X-Robots-Tag") != "noindex" {
				t.Errorf("%s for a partner: %d, %v", w.path, partner.StatusCode, partner.Header)
			}
		}
	}
	if r := b.get("/dalam.atom", bearer(secret)...); r.Header.Get("Tdm-Reservation") != "1" {
		t.Errorf("a channel for partners alone: %v", r.Header)
	}
	page := b.get("/entries/" + feed.EntryID("pemkab", "https://pemkab.example/0"))
	if body := text(t, page); page.Header.Get("Tdm-Reservation") != "1" || page.Header.Get("X-Robots-Tag") != "noindex" || !strings.Contains(body, `<meta name="tdm-policy" content="https://pemkab.example/tdm">`) {
		t.Errorf("its page: %v\n%s", page.Header, body)
	}
}
