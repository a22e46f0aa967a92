package store_test

import (
	"context"
	"testing"
	"time"

	"warta/feed"
	"warta/feed/store"
	"warta/feed/store/storetest"
)

// What happens to a story later stands beside it: no later fetch takes it away,
// and it reaches the story that it concerns in the same transaction.
func TestLaterLife(t *testing.T) {
	engines(t, func(t *testing.T, s *store.Store) {
		ctx := context.Background()
		old, fix := storetest.Draft("satu", 1), storetest.Draft("satu", 2)
		oldID, fixID := feed.EntryID("satu", old.OriginalID), feed.EntryID("satu", fix.OriginalID)
		fix.Amends = []feed.Amendment{
			{Entry: oldID, Notice: feed.Notice{Kind: feed.Correction, When: storetest.Noon, Reason: "Ralat", By: "origin", URL: fix.Attribution.URL, Entry: fixID}},
			{Entry: "nosuch", Notice: feed.Notice{Kind: feed.Correction}},
		}
		save(t, s, fix, old) // in whatever order they come
		save(t, s, fix, old)
		e, err := s.Entry(ctx, oldID)
		if err != nil || len(e.Later) != 1 || e.Notice == nil || e.Notice.Reason != "Ralat" || e.Revision != 2 || e.OwnNotice() != nil {
			t.Fatalf("%+v %+v revision %d: %v", e.Later, e.Notice, e.Revision, err)
		}
		if last, err := s.LastSeq(ctx); err != nil || e.Seq != last || last != 3 {
			t.Errorf("numbered %d of %d: %v", e.Seq, last, err)
		}

		// Of updates the newest is told.
		for i := range 2 {
			old.Digest, old.Title = "digest"+string(rune('a'+i)), "Judul lain"
			old.Happened = []feed.Notice{{Kind: feed.Update, When: storetest.Noon.Add(time.Duration(i) * time.Hour), Reason: "Judul diubah"}}
			save(t, s, old)
		}
		e, err = s.Entry(ctx, oldID)
		if err != nil || len(e.Later) != 2 || e.Later[1].When != storetest.Noon.Add(time.Hour) || e.Notice.Kind != feed.Correction {
			t.Errorf("%+v %+v: %v", e.Later, e.Notice, err)
		}

		// A withdrawal stays when the feed brings the story again without it,
		// and tells the story by its address.
		old.Digest, old.Happened = "gone", nil
		old.Notice = &feed.Notice{Kind: feed.Withdrawal, When: storetest.Noon, Reason: "Dicabut", By: "origin"}
		save(t, s, old)
		old.Digest, old.Notice = "back", nil
		save(t, s, old)
		e, err = s.Entry(ctx, oldID)
		if err != nil || e.Notice == nil || e.Notice.Kind != feed.Withdrawal || e.Notice.Reason != "Dicabut" {
			t.Errorf("%+v: %v", e.Notice, err)
		}
		known, err := s.Known(ctx, "satu", nil, []string{old.URLKey})
		if err != nil || len(known) != 1 || !known[0].Withdrawn {
			t.Errorf("%+v: %v", known, err)
		}
		titles, err := s.KnownTitles(ctx, "satu", []string{"Judul lain", "Tidak ada"})
		if err != nil || len(titles) != 1 || titles[0].ID != oldID {
			t.Errorf("%+v: %v", titles, err)
		}

		// The operator may lift it.
		if err := s.Restore(ctx, oldID, "Dimuat lagi", "rina"); err != nil {
			t.Fatal(err)
		}
		e, err = s.Entry(ctx, oldID)
		if err != nil || e.Notice == nil || e.Notice.Kind != feed.Correction || len(e.Later) != 2 {
			t.Errorf("%+v %+v: %v", e.Notice, e.Later, err)
		}
		if known, err = s.Known(ctx, "satu", nil, []string{old.URLKey}); err != nil || known[0].Withdrawn {
			t.Errorf("%+v: %v", known, err)
		}
	})
}
