package api

import (
	"fmt"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"testing"
	"time"

	"warta/feed"
	"warta/feed/proof"
	"warta/feed/publish"
	"warta/feed/report"
	"warta/feed/store"
)

// What a partner reads here is on record like what it reads as documents: each
// state of an entry under the permission it was shown by, for the partner, for
// the owner of the story, and beside the correction that it was told of.
func TestAnswersAreRecorded(t *testing.T) {
	b := newBench(t)
	recorder := proof.New(b.store, func() *time.Location { return time.UTC }, slog.New(slog.DiscardHandler))
	var err error
	b.p, err = publish.New(b.store, settings(), publish.Options{Now: func() time.Time { return b.clock }, Tokens: b.store, Witness: recorder})
	if err != nil {
		t.Fatal(err)
	}
	b.handler = New(Options{Publisher: b.p, Store: b.store, Record: b.store, Version: "1"}).Before(b.p)
	one, two := b.save("pemkab", 1, 1, nil), b.save("kabar", 2, 1, nil)
	b.update()
	for _, path := range []string{"/w/api/entries", "/w/api/entries", "/w/api/entries?channel=gudang", "/w/api/entries/" + one, "/w/api/entries?limit=1&text=versi+1", "/w/api/entries?text=tiada"} {
		if status := b.get("portal", path, nil); status != http.StatusOK {
			t.Fatalf("%s: %d", path, status)
		}
	}
	// Nobody's, a request for the headers alone, and what was refused are not.
	b.get("", "/w/api/entries", nil)
	b.get("portal", "/w/api/entries/xxxxxxxxxxxxxxxx", nil)
	head := httptest.NewRequest(http.MethodHead, "/w/api/entries/"+two, nil)
	head.Header.Set("Authorization", "Bearer "+b.secrets["portal"])
	b.handler.ServeHTTP(httptest.NewRecorder(), head)
	if err := recorder.Flush(t.Context()); err != nil {
		t.Fatal(err)
	}
	first := b.clock
	b.clock = b.clock.Add(time.Hour)
	b.save("pemkab", 1, 2, func(e *feed.Entry) {
		e.Notice = &feed.Notice{Kind: feed.Correction, When: b.clock, Reason: "Angka keliru", By: "origin"}
	})
	b.update()
	b.get("portal", "/w/api/entries?after=0", nil)
	if status := b.get("portal", fmt.Sprintf("/w/api/entries/%s/revisions/1", one), nil); status != http.StatusOK {
		t.Fatal(status)
	}
	if err := recorder.Flush(t.Context()); err != nil {
		t.Fatal(err)
	}

	facts := report.Facts{Zone: time.UTC, States: map[string][]feed.Entry{}}
	for _, id := range []string{one, two} {
		if facts.States[id], err = b.store.Revisions(t.Context(), id); err != nil {
			t.Fatal(err)
		}
	}
	for _, w := range []store.Wanted{{Partner: "portal", Month: "2026-03"}, {Source: "pemkab", Month: "2026-03"}} {
		proofs, err := b.store.Proofs(t.Context(), w)
		if err != nil {
			t.Fatal(err)
		}
		r := report.Build("2026-03", w.Partner, w.Source, proofs, proofs, facts)
		want := report.Sums{Stories: 2, States: 3, Full: 1, Excerpt: 1, Words: r.Sums.Words, Fetched: 10}
		if w.Source != "" {
			want = report.Sums{Stories: 1, States: 2, Full: 1, Words: r.Sums.Words, Fetched: 5}
		}
		if r.Sums != want || r.Sums.Words == 0 {
			t.Errorf("%+v: %+v, want %+v", w, r.Sums, want)
		}
		if len(r.Permissions) != 1 || r.Permissions[0].ID != "pemkab-portal" {
			t.Errorf("permissions: %+v", r.Permissions)
		}
		if len(r.Notices) != 1 || len(r.Notices[0].Partners) != 1 || r.Notices[0].Partners[0].LastHad.Before(first) || !r.Notices[0].Partners[0].Fetched.Equal(b.clock) {
			t.Errorf("notices: %+v", r.Notices)
		}
	}
	var usage struct{ Served Served }
	if b.get("portal", "/w/api/usage", &usage); usage.Served.Total.Pulled != 10 || usage.Served.Total.Revisions != 3 {
		t.Errorf("usage: %+v", usage.Served)
	}
}
