package publish

import (
	"context"
	"errors"
	"fmt"
	"net/http"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"warta/feed"
)

func TestChannelShowsNewestMembers(t *testing.T) {
	b := newBench(t, testSettings())
	for n := range 8 {
		b.save(draft("pemkab", n, nil))
	}
	b.save(draft("kabar", 50, func(e *feed.Entry) { e.Regions = []string{"64.02"} }))
	b.update()
	if got := titles(b.body("/paser.atom"), "pemkab"); got != "7 6 5 4 3" {
		t.Errorf("paser.atom shows %s", got)
	}
	if got := titles(b.body("/paser.atom"), "kabar"); got != "" {
		t.Errorf("paser.atom shows %s of another region", got)
	}
	if got := titles(b.body("/semua.json"), "kabar"); got != "50" {
		t.Errorf("semua.json shows %s", got)
	}
	for _, path := range []string{"/", "/en/", "/paser/", "/paser/en/", "/paser.rss", "/channels.opml", "/sources.opml", "/robots.txt"} {
		b.body(path)
	}
}

func TestUpdateTouchesOnlyWhatChanged(t *testing.T) {
	b := newBench(t, testSettings())
	b.save(draft("pemkab", 1, nil))
	b.update()
	if r := b.update(); len(r.Changed) != 0 {
		t.Errorf("an update without a change made %v", r.Changed)
	}
	paser := b.get("/paser.atom").Header.Get("ETag")
	b.save(draft("kabar", 2, func(e *feed.Entry) { e.Regions = nil }))
	r := b.update()
	want := []string{"", "en/", "semua.atom", "semua.json", "semua.ninjs.json", "semua.rss", "semua/", "semua/en/"}
	if !slices.Equal(r.Changed, want) {
		t.Errorf("got %q, want %q", r.Changed, want)
	}
	if got := b.get("/paser.atom").Header.Get("ETag"); got != paser {
		t.Error("an untouched channel has another ETag")
	}
}

func TestEntryUpdateLeavesAndReturns(t *testing.T) {
	b := newBench(t, testSettings())
	b.save(draft("pemkab", 1, nil), draft("pemkab", 2, nil))
	b.update()
	away := draft("pemkab", 1, func(e *feed.Entry) {
		e.Regions, e.Title, e.Changed = nil, "Berita 1 dari pemkab (diralat)", morning
	})
	b.save(away)
	b.update()
	if got := titles(b.body("/paser.atom"), "pemkab"); got != "2" {
		t.Errorf("after leaving the region: %s", got)
	}
	if body := b.body("/semua.rss"); !strings.Contains(body, "(diralat)") {
		t.Error("the new title is missing")
	}
	b.restart(testSettings())
	b.update()
	if got := titles(b.body("/paser.atom"), "pemkab"); got != "2" {
		t.Errorf("after a restart: %s", got)
	}
	b.save(draft("pemkab", 1, func(e *feed.Entry) { e.Changed = morning.Add(time.Second) }))
	b.update()
	if got := titles(b.body("/paser.atom"), "pemkab"); got != "2 1" {
		t.Errorf("after returning: %s", got)
	}
}

func TestWindowRefillsFromStore(t *testing.T) {
	b := newBench(t, testSettings())
	for n := range 60 {
		b.save(draft("pemkab", n, nil))
	}
	b.update()
	for n := 59; n >= 20; n-- {
		b.save(draft("pemkab", n, func(e *feed.Entry) { e.Regions = nil }))
		b.update()
		want := fmt.Sprintf("%d %d %d %d %d", n-1, n-2, n-3, n-4, n-5)
		if got := titles(b.body("/paser.json"), "pemkab"); got != want {
			t.Fatalf("without %d: got %s, want %s", n, got, want)
		}
	}
}

func TestLateOldEntryStaysBehind(t *testing.T) {
	b := newBench(t, testSettings())
	for n := 20; n < 40; n++ {
		b.save(draft("pemkab", n, nil))
	}
	b.update()
	gone := func(from, to int) {
		for n := from; n <= to; n++ {
			b.save(draft("pemkab", n, func(e *feed.Entry) { e.Regions = nil }))
		}
	}
	gone(37, 39)
	b.update()
	b.save(draft("pemkab", 1, nil)) // back-dated, older than what the store has beyond the window
	b.update()
	gone(36, 36)
	b.update()
	if got := titles(b.body("/paser/"), "pemkab"); got != "35 34 33 32 31" {
		t.Errorf("got %s", got)
	}
	// The feed tells of it all the same: it is in no archive yet.
	if got := titles(b.body("/paser.atom"), "pemkab"); got != "35 34 33 32 31 1" {
		t.Errorf("the feed has %s", got)
	}
}

func TestHiddenEntriesDontTakePlaces(t *testing.T) {
	s := testSettings()
	none := feed.None
	s.Policy.Sources = map[string]feed.SourcePolicy{"kabar": {Rights: &none}}
	b := newBench(t, s)
	for n := range 6 {
		b.save(draft("pemkab", n, nil))
	}
	for n := 10; n < 70; n++ {
		b.save(draft("kabar", n, nil))
	}
	b.update()
	if got := titles(b.body("/paser.atom"), "pemkab"); got != "5 4 3 2 1" {
		t.Errorf("got %s", got)
	}
	if got := titles(b.body("/paser.atom"), "kabar"); got != "" {
		t.Errorf("a source of which nothing is shown shows %s", got)
	}
}

func TestRuleChange(t *testing.T) {
	b := newBench(t, testSettings())
	for n := range 3 {
		b.save(draft("pemkab", n, nil), draft("kabar", n, nil))
	}
	b.update()
	s := testSettings()
	s.Channels[0].Select = `source == "kabar"`
	s.Channels = s.Channels[:1]
	if err := b.p.Configure(context.Background(), s); err != nil {
		t.Fatal(err)
	}
	b.update()
	if p, k := titles(b.body("/paser.atom"), "pemkab"), titles(b.body("/paser.atom"), "kabar"); p != "" || k != "2 1 0" {
		t.Errorf("got %q and %q", p, k)
	}
	if got := b.get("/semua.atom").StatusCode; got != http.StatusNotFound {
		t.Errorf("a channel that is gone answers %d", got)
	}
	marks, err := b.store.Marks(context.Background())
	if err != nil || len(marks) != 1 {
		t.Errorf("marks %v, %v", marks, err)
	}
}

func TestConfigureRefusesBadSettings(t *testing.T) {
	b := newBench(t, testSettings())
	b.save(draft("pemkab", 1, nil))
	b.update()
	s := testSettings()
	s.Channels[0].Select = `regionz == 1`
	s.Channels = append(s.Channels, feed.Channel{ID: "semua"}, feed.Channel{ID: "../x"}, feed.Channel{ID: "entries"})
	s.Site.URL = "warta.example"
	err := b.p.Configure(context.Background(), s)
	if !errors.Is(err, feed.ErrInvalid) {
		t.Fatal(err)
	}
	for _, want := range []string{`did you mean "regions"`, "two of this id", `"../x"`, `"entries"`, "ends in a slash"} {
		if !strings.Contains(err.Error(), want) {
			t.Errorf("%v doesn't say %s", err, want)
		}
	}
	if r := b.update(); len(r.Changed) != 0 {
		t.Errorf("refused settings changed %v", r.Changed)
	}
}

func TestPermissionBeginsAndEnds(t *testing.T) {
	s := testSettings()
	s.Permissions = []feed.Permission{{
		ID: "surat", Source: "pemkab", Use: feed.Full, Audience: feed.Public, Basis: feed.WrittenPermission,
		From: morning.Add(time.Hour), Until: morning.Add(2 * time.Hour),
	}}
	b := newBench(t, s)
	b.save(draft("pemkab", 1, nil), draft("kabar", 2, nil))
	r := b.update()
	full := func() bool { return strings.Contains(b.body("/paser.atom"), "Isi lengkap 1") }
	if full() || !r.Next.Equal(morning.Add(time.Hour)) {
		t.Fatalf("before the permission: full %v, next %v", full(), r.Next)
	}
	first := b.get("/paser.atom")
	b.clock = morning.Add(time.Hour)
	r = b.update()
	if !full() || !r.Next.Equal(morning.Add(2*time.Hour)) {
		t.Fatalf("during the permission: full %v, next %v", full(), r.Next)
	}
	if got := b.get("/paser.atom", "If-Modified-Since", first.Header.Get("Last-Modified")).StatusCode; got != http.StatusOK {
		t.Errorf("who asks by date got %d", got)
	}
	if strings.Contains(b.body("/semua.atom"), "Isi lengkap 2") {
		t.Error("a permission reached another source")
	}
	second := b.get("/paser.atom")
	b.clock = morning.Add(2 * time.Hour)
	r = b.update()
	if full() || !r.Next.IsZero() {
		t.Fatalf("after the permission: full %v, next %v", full(), r.Next)
	}
	third := b.get("/paser.atom")
	if third.Header.Get("ETag") != first.Header.Get("ETag") {
		t.Error("the same bytes have another ETag")
	}
	if d := third.Header.Get("Last-Modified"); d == first.Header.Get("Last-Modified") || d == second.Header.Get("Last-Modified") {
		t.Errorf("Last-Modified moved back to %s", d)
	}
}

func TestClockRestsAfterPermissionEnds(t *testing.T) {
	s := testSettings()
	s.Permissions = []feed.Permission{{
		ID: "surat", Source: "pemkab", Use: feed.Full, Audience: feed.Public, Basis: feed.WrittenPermission, Until: morning.Add(time.Hour),
	}}
	b := newBench(t, s)
	for n := range 60 {
		b.save(draft("pemkab", n, nil))
	}
	b.update()
	b.clock = morning.Add(time.Hour)
	if r := b.update(); !r.Next.IsZero() || len(r.Changed) == 0 {
		t.Errorf("when it ended: %+v", r)
	}
	if r := b.update(); !r.Next.IsZero() || len(r.Changed) != 0 {
		t.Errorf("once more: %+v", r)
	}
	for n := 59; n > 50; n-- { // those behind come forward
		b.save(draft("pemkab", n, func(e *feed.Entry) { e.Regions = nil; e.Changed = b.clock }))
	}
	b.update()
	if strings.Contains(b.body("/paser.atom"), "Isi lengkap") {
		t.Error("an entry that came forward is shown as the ended permission said")
	}
}

func TestSourceNoLongerConfigured(t *testing.T) {
	b := newBench(t, testSettings())
	b.save(draft("pemkab", 1, nil), draft("kabar", 2, nil))
	b.update()
	s := testSettings()
	s.Sources = s.Sources[1:]
	if err := b.p.Configure(context.Background(), s); err != nil {
		t.Fatal(err)
	}
	b.update()
	if got := titles(b.body("/semua.atom"), "pemkab"); got != "" {
		t.Errorf("still shown: %s", got)
	}
	if got := b.get("/entries/" + feed.EntryID("pemkab", "https://pemkab.example/1")).StatusCode; got != http.StatusNotFound {
		t.Errorf("its page answers %d", got)
	}
}

func TestRestartKeepsValidators(t *testing.T) {
	b := newBench(t, testSettings())
	for n := range 7 {
		b.save(draft("pemkab", n, nil))
	}
	b.update()
	b.clock = morning.Add(time.Hour)
	b.save(draft("pemkab", 6, func(e *feed.Entry) { e.Regions = nil })) // bytes change without a newer entry
	b.update()
	type seen struct{ etag, modified, body string }
	look := func() map[string]seen {
		all := map[string]seen{}
		for path := range b.p.edition.Load().documents {
			r := b.get(path)
			all[path] = seen{r.Header.Get("ETag"), r.Header.Get("Last-Modified"), b.body(path)}
		}
		return all
	}
	before := look()
	b.clock = morning.Add(5 * time.Hour)
	b.restart(testSettings())
	b.update()
	after := look()
	if len(before) != len(after) || len(before) < 15 {
		t.Fatalf("%d documents before, %d after", len(before), len(after))
	}
	for path, was := range before {
		if after[path] != was {
			t.Errorf("%s: %s %s became %s %s", path, was.etag, was.modified, after[path].etag, after[path].modified)
		}
	}
}

func TestRefusedEntryIsLeftOutLoudly(t *testing.T) {
	b := newBench(t, testSettings())
	b.save(draft("pemkab", 1, nil), draft("pemkab", 2, func(e *feed.Entry) {
		e.Attribution = feed.Attribution{}
		e.OriginalID = "x"
	}))
	r := b.update()
	if len(r.Refused) != 1 || r.Refused[0].Source != "pemkab" || r.Refused[0].Reason == "" {
		t.Errorf("refused %+v", r.Refused)
	}
	if got := titles(b.body("/paser.atom"), "pemkab"); got != "1" {
		t.Errorf("published %s", got)
	}
	if !strings.Contains(b.log.String(), "level=ERROR") || !strings.Contains(b.log.String(), r.Refused[0].Entry) {
		t.Errorf("the log says %s", b.log.String())
	}
}

func TestReadersDuringUpdates(t *testing.T) {
	b := newBench(t, testSettings())
	b.save(draft("pemkab", 0, nil))
	b.update()
	ctx, cancel := context.WithCancel(context.Background())
	var readers sync.WaitGroup
	for _, coding := range []string{"", "gzip", "br", "zstd"} {
		readers.Go(func() {
			for ctx.Err() == nil {
				for _, path := range []string{"/paser.atom", "/", "/paser/", "/entries/" + feed.EntryID("pemkab", "https://pemkab.example/0")} {
					if r := b.get(path, "Accept-Encoding", coding); r.StatusCode != http.StatusOK {
						t.Errorf("%s: %d", path, r.StatusCode)
					}
				}
			}
		})
	}
	for n := 1; n < 30; n++ {
		b.save(draft("pemkab", n, nil))
		b.update()
		if n%10 == 0 {
			if err := b.p.Configure(ctx, testSettings()); err != nil {
				t.Error(err)
			}
		}
	}
	cancel()
	readers.Wait()
	if got := titles(b.body("/paser.atom"), "pemkab"); got != "29 28 27 26 25" {
		t.Errorf("got %s", got)
	}
}

func TestLargeStoreIsMatchedInBatches(t *testing.T) {
	b := newBench(t, testSettings())
	var drafts []feed.Draft
	for n := range 2*batch + 10 {
		drafts = append(drafts, draft("kabar", n, func(e *feed.Entry) {
			if n%2 == 0 {
				e.Regions = nil
			}
		}))
	}
	b.save(drafts...)
	b.update()
	list, err := b.store.ChannelEntries(context.Background(), "paser", 10000)
	if err != nil || len(list) != batch+5 {
		t.Errorf("%d members, %v", len(list), err)
	}
	list, err = b.store.ChannelEntries(context.Background(), "semua", 10000)
	if err != nil || len(list) != 2*batch+10 {
		t.Errorf("%d members, %v", len(list), err)
	}
}
