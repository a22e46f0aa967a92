package store_test

import (
	"context"
	"errors"
	"testing"
	"time"

	"warta/feed"
	"warta/feed/store"
	"warta/feed/store/storetest"
)

func entry(t *testing.T, s *store.Store, id string) feed.Entry {
	t.Helper()
	e, err := s.Entry(context.Background(), id)
	if err != nil {
		t.Fatal(err)
	}
	return e
}

func TestWithdrawnEntryStaysWithdrawnUntilRestored(t *testing.T) {
	engines(t, func(t *testing.T, s *store.Store) {
		ctx := context.Background()
		d := storetest.Draft("pemkab", 1)
		save(t, s, d, storetest.Draft("pemkab", 2))
		if err := s.Withdraw(ctx, d.ID, "nama\x00 korban", "Rina"); err != nil {
			t.Fatal(err)
		}
		e := entry(t, s, d.ID)
		if e.Notice == nil || e.Notice.Kind != feed.Withdrawal || e.Notice.By != "operator" || e.Revision != 2 || e.Seq != 3 || e.Desk.WithdrawnBy != "Rina" {
			t.Fatalf("withdrawn: %+v %+v", e.Notice, e)
		}
		if err := s.Withdraw(ctx, d.ID, "again", ""); !errors.Is(err, feed.ErrConflict) {
			t.Errorf("twice: %v", err)
		}
		changed, err := s.ChangedSince(ctx, 2, 10)
		if err != nil || len(changed) != 1 || changed[0].Notice == nil {
			t.Errorf("changed: %v, %v", changed, err)
		}

		// The same text again changes nothing; another text does, and stays
		// withdrawn. A draft made from the withdrawn entry carries the notice
		// of the desk, which must not become the story's own.
		save(t, s, d)
		if e := entry(t, s, d.ID); e.Revision != 2 {
			t.Errorf("the same text made revision %d", e.Revision)
		}
		d2 := d
		d2.Notice, d2.Desk = e.Notice, e.Desk
		d2.Title, d2.Digest, d2.Changed = "Baru", storetest.Digest("new"), storetest.Noon.Add(time.Hour)
		save(t, s, d2)
		if e := entry(t, s, d.ID); e.Notice == nil || e.Notice.Kind != feed.Withdrawal || e.Revision != 3 || e.Title != "Baru" {
			t.Errorf("after a new text: %+v", e)
		}

		if err := s.Restore(ctx, d.ID, "keliru", "Rina"); err != nil {
			t.Fatal(err)
		}
		if e := entry(t, s, d.ID); e.Notice != nil || e.Title != "Baru" || e.Content.Value != d.Content.Value || e.Revision != 4 || e.Desk.Withdrawn != nil {
			t.Errorf("restored: %+v", e)
		}
		if err := s.Restore(ctx, d.ID, "", ""); !errors.Is(err, feed.ErrConflict) {
			t.Errorf("restored twice: %v", err)
		}
		if list, err := s.Revisions(ctx, d.ID); err != nil || len(list) != 4 {
			t.Errorf("%d revisions, %v", len(list), err)
		}
		if err := s.Withdraw(ctx, "nosuch", "x", ""); !errors.Is(err, feed.ErrNotFound) {
			t.Errorf("an unknown entry: %v", err)
		}
	})
}

func TestVerdictStandsBesideTheEntry(t *testing.T) {
	engines(t, func(t *testing.T, s *store.Store) {
		ctx := context.Background()
		d := storetest.Draft("pemkab", 1)
		save(t, s, d)
		if err := s.Judge(ctx, d.ID, feed.Released, "diperiksa", "Budi"); err != nil {
			t.Fatal(err)
		}
		e := entry(t, s, d.ID)
		if !e.Desk.Releases(e.Evidence) || e.Desk.By != "Budi" || e.Desk.At.IsZero() || e.Revision != 1 || e.Seq != 2 {
			t.Fatalf("released: %+v %+v", e.Desk, e)
		}
		if err := s.Judge(ctx, d.ID, feed.Dropped, "salah", "Budi"); err != nil {
			t.Fatal(err)
		}
		d.Digest, d.Title = storetest.Digest("x"), "x"
		save(t, s, d)
		if e := entry(t, s, d.ID); !e.Desk.Closes() || e.Desk.Over != "" || e.Revision != 2 {
			t.Errorf("dropped, then changed: %+v", e.Desk)
		}
		for _, what := range []string{d.ID, d.OriginalID, d.Attribution.URL + "/"} {
			if ids, err := s.Find(ctx, what); err != nil || len(ids) != 1 || ids[0] != d.ID {
				t.Errorf("Find(%s) = %v, %v", what, ids, err)
			}
		}
		if ids, err := s.Find(ctx, "https://pemkab.example.id/nosuch"); err != nil || len(ids) != 0 {
			t.Errorf("found %v, %v", ids, err)
		}
	})
}
