package publish

import (
	"slices"
	"strings"
	"testing"
	"time"

	"warta/feed"
)

// shared is a story that a source carries under an id of another's.
func shared(source, id string, n int, change func(*feed.Entry)) feed.Draft {
	return draft(source, n, func(e *feed.Entry) {
		e.OriginalID, e.ID, e.Attribution.GUID = id, feed.EntryID(source, id), id
		if change != nil {
			change(e)
		}
	})
}

// Two sources carry one id: a document has it once, from where it was given,
// whichever came first; both have a page, and a place where the other is not.
func TestSameID(t *testing.T) {
	const (
		web   = "https://www.pemkab.example/?p=7"
		tag   = "tag:redaksi@pemkab.example,2020:8"
		other = "urn:uuid:60a76c80-d399-11d9-b93c-0003939e0af6"
	)
	settings := testSettings()
	settings.Channels = append(settings.Channels, feed.Channel{ID: "kabar", Title: "Kabar", Language: "id", Select: `source == "kabar"`, Limit: 10})
	// The copy of the web address even links to the origin.
	copied := func(e *feed.Entry) { e.Attribution.URL = "https://pemkab.example/7" }
	later := func(e *feed.Entry) { e.FirstSeen = e.FirstSeen.Add(time.Hour) }
	drafts := []feed.Draft{
		shared("kabar", web, 1, copied), shared("pemkab", web, 11, nil),
		shared("pemkab", tag, 2, nil), shared("kabar", tag, 12, nil),
		shared("kabar", other, 3, nil), shared("pemkab", other, 13, later),
	}
	want := []string{"Berita 11 dari pemkab", "Berita 2 dari pemkab", "Berita 3 dari kabar"}
	lost := []string{"Berita 1 dari kabar<", "Berita 12 dari kabar", "Berita 13 dari pemkab"}
	check := func(b *bench, path string) {
		t.Helper()
		ids := make(map[string]bool)
		for _, e := range b.atom(path).Entries {
			if ids[e.ID] {
				t.Errorf("%s has %s twice", path, e.ID)
			}
			ids[e.ID] = true
		}
		body := b.body(path)
		for _, title := range want {
			if !strings.Contains(body, title) {
				t.Errorf("%s lacks %s", path, title)
			}
		}
		for _, title := range lost {
			if strings.Contains(body, title) {
				t.Errorf("%s has %s", path, title)
			}
		}
	}
	var bodies []string
	for turn := range 2 { // in whatever order they come
		if turn == 1 {
			slices.Reverse(drafts)
		}
		b := newBench(t, settings)
		for _, d := range drafts {
			b.save(d)
			b.update()
		}
		check(b, "/semua.atom")
		if got := b.body("/kabar.atom"); !strings.Contains(got, "Berita 1 dari kabar") || !strings.Contains(got, "Berita 12 dari kabar") {
			t.Errorf("a channel without the origin lacks the copy: %s", got)
		}
		for _, d := range drafts {
			if page := b.body("/entries/" + d.ID); !strings.Contains(page, d.Title) {
				t.Errorf("%s has no page", d.Title)
			}
		}
		bodies = append(bodies, titles(b.body("/semua.atom"), "pemkab"))

		// So it is in archives: filed together they stand there once.
		b.clock = b.clock.Add(60 * day)
		for n := range 12 {
			b.save(draft("pemkab", 50+n, func(e *feed.Entry) { e.Published = b.clock; e.FirstSeen, e.Changed = b.clock, b.clock }))
		}
		b.update()
		chain := b.chain("/semua.atom")
		if len(chain) == 0 {
			t.Fatal("there are no archives")
		}
		check(b, chain[len(chain)-1])
	}
	if bodies[0] != bodies[1] {
		t.Errorf("what is shown depends on the order of arrival: %q", bodies)
	}
}

// An id and an address are of one place whatever they wear; another port, host
// or look-alike is another.
func TestPlaces(t *testing.T) {
	for _, c := range []struct {
		id, address string
		want        bool
	}{
		{"https://satu.example/1", "https://satu.example/feed", true},
		{"http://satu.example/1", "https://www.satu.example/feed/", true},
		{"HTTPS://SATU.Example/1", "https://satu.example", true},
		{"https://satu.example:443/1", "http://satu.example:80/feed", true},
		{"https://satu.example./1", "https://satu.example/feed", true},
		{"https://kébun.example/1", "https://xn--kbun-bpa.example/feed", true},
		{"tag:satu.example,2026:1", "https://satu.example:8443/feed", true},
		{"tag:redaksi@satu.example,2026:1", "https://satu.example/feed", true},
		{"http://127.0.0.1:8001/1", "http://127.0.0.1:8002/feed", false},
		{"https://satu.example:8443/1", "https://satu.example/feed", false},
		{"https://satu.example/1", "https://satu.example.dua.example/feed", false},
		{"https://satu.example/1", "https://dua.example/satu.example", false},
		{"https://satu.example/1", "https://satu.example@dua.example/", false},
		{"tag:satu.example,2026:1", "https://dua.example/feed", false},
		{"urn:uuid:1", "https://satu.example/feed", false},
		{"https://satu.example/1", "", false},
	} {
		if got := originOf(c.id); got != (place{}) && got.holds(c.address) != c.want || got == (place{}) && c.want {
			t.Errorf("%s at %s: %v, want %v", c.id, c.address, !c.want, c.want)
		}
	}
}
