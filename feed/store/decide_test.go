package store_test

import (
	"context"
	"errors"
	"slices"
	"testing"
	"time"

	"warta/feed"
	"warta/feed/store/storetest"
)

// What people decide goes alike in both engines: entries named by how their ids
// begin, stories that wait, and a takedown that is taken back.
func TestDeciding(t *testing.T) {
	storetest.Each(t, func(t *testing.T, database string) {
		ctx := context.Background()
		s := storetest.Open(t, database)
		draft := func(id string) feed.Draft {
			d := feed.Draft{Digest: id + "-"}
			d.OriginalID, d.Source, d.Title, d.FirstSeen, d.Changed = id, "satu", "Judul "+id, time.Unix(1e9, 0), time.Unix(1e9, 0)
			d.ID = feed.EntryID("satu", id)
			return d
		}
		a := draft("a")
		if err := s.Save(ctx, []feed.Draft{a}); err != nil {
			t.Fatal(err)
		}
		if ids, err := s.Find(ctx, a.ID[:7]); err != nil || !slices.Equal(ids, []string{a.ID}) {
			t.Errorf("%s… is %v: %v", a.ID[:7], ids, err)
		}
		q := &feed.Quarantine{Source: "satu", Some: true, Signs: []feed.Sign{{Kind: feed.SignSubject}}}
		if err := s.SaveGuards(ctx, []feed.Guard{{Source: "satu", Quarantine: q}}, []feed.Draft{draft("b"), draft("c")}); err != nil {
			t.Fatal(err)
		}
		for id, verdict := range map[string]feed.Verdict{"b": feed.Dropped, "c": feed.Released} {
			if _, err := s.DecideWaiting(ctx, "satu", draft(id).ID, verdict, "dilihat", "rina"); err != nil {
				t.Fatal(err)
			}
		}
		if list, err := s.Quarantines(ctx); err != nil || len(list) != 0 {
			t.Errorf("%+v: %v", list, err)
		}

		td := feed.Takedown{ID: "T-1", At: time.Unix(1e9, 0), Status: feed.TakedownOpen, Contact: "ani", What: "a", Reason: "keliru"}
		if err := s.FileTakedown(ctx, td); err != nil {
			t.Fatal(err)
		}
		if err := s.UndoTakedown(ctx, "T-1", "belum", "rina"); !errors.Is(err, feed.ErrConflict) {
			t.Errorf("undoing what was not accepted: %v", err)
		}
		td.Status, td.Match = feed.TakedownAccepted, feed.Match{Addresses: []string{"https://satu.example/d"}}
		if err := s.DecideTakedown(ctx, td); err != nil {
			t.Fatal(err)
		}
		d := draft("d")
		d.Attribution.URL = "https://satu.example/d"
		if err := s.Save(ctx, []feed.Draft{d}); err != nil {
			t.Fatal(err)
		}
		if e, err := s.Entry(ctx, d.ID); err != nil || !e.Desk.Closes() {
			t.Errorf("a story that a takedown reaches is open: %+v, %v", e.Desk, err)
		}
		for range 2 { // twice is once
			if err := s.UndoTakedown(ctx, "T-1", "pengirim bukan pemilik", "rina"); err != nil {
				t.Fatal(err)
			}
		}
		e := draft("e")
		e.Attribution.URL = "https://satu.example/d"
		if err := s.Save(ctx, []feed.Draft{e}); err != nil {
			t.Fatal(err)
		}
		if got, err := s.Entry(ctx, e.ID); err != nil || got.Desk.Closes() {
			t.Errorf("a takedown that was undone still reaches: %+v, %v", got.Desk, err)
		}
	})
}
