package store

import (
	"context"
	"errors"
	"path/filepath"
	"testing"
	"time"

	"warta/feed"
	"warta/sources"
)

func waitingDraftOf(id string) feed.Draft {
	d := feed.Draft{Digest: id + "-"}
	d.OriginalID, d.Source, d.Title, d.FirstSeen, d.Changed = id, "satu", "Judul "+id, time.Unix(1e9, 0), time.Unix(1e9, 0)
	d.ID = feed.EntryID("satu", id)
	return d
}

// What an editor decides while a visit is being taken in stands: the visit is
// refused, and taken in anew over the decision.
func TestDecisionDuringAVisitStands(t *testing.T) {
	ctx := context.Background()
	s, err := Open(ctx, filepath.Join(t.TempDir(), "w.db"), Options{})
	if err != nil {
		t.Fatal(err)
	}
	defer s.Close()
	q := &feed.Quarantine{Source: "satu", Since: time.Unix(1e9, 0).UTC(), Signs: []feed.Sign{{Kind: feed.SignHost}}}
	if err := s.SaveGuards(ctx, []feed.Guard{{Source: "satu", Profile: &feed.Profile{}, Quarantine: q}}, []feed.Draft{waitingDraftOf("a")}); err != nil {
		t.Fatal(err)
	}
	guards, err := s.Guards(ctx, []string{"satu"})
	if err != nil {
		t.Fatal(err)
	}
	if n, err := s.ReleaseSource(ctx, "satu", "benar", "rina"); err != nil || n != 1 {
		t.Fatalf("released %d: %v", n, err)
	}
	g := guards["satu"]
	if err := s.SaveGuards(ctx, []feed.Guard{g}, []feed.Draft{waitingDraftOf("b")}); !errors.Is(err, feed.ErrConflict) {
		t.Fatalf("a guard that was overtaken is saved: %v", err)
	}
	if list, err := s.Waiting(ctx, "satu"); err != nil || len(list) != 0 {
		t.Errorf("%d stories wait of a source that is not held: %v", len(list), err)
	}
}

// What a story does to others is not lost while it waits, and one of those that
// wait is decided by itself.
func TestDecideWaiting(t *testing.T) {
	ctx := context.Background()
	s, err := Open(ctx, filepath.Join(t.TempDir(), "w.db"), Options{})
	if err != nil {
		t.Fatal(err)
	}
	defer s.Close()
	old := waitingDraftOf("lama")
	if err := s.Save(ctx, []feed.Draft{old}); err != nil {
		t.Fatal(err)
	}
	change := old
	change.Title, change.Digest = "Iklan", "x-"
	fix := waitingDraftOf("ralat")
	fix.Amends = []feed.Amendment{{Entry: old.ID, Notice: feed.Notice{Kind: feed.NoticeKind(sources.Corrects), Entry: fix.ID, Reason: "Ralat"}}}
	q := &feed.Quarantine{Source: "satu", Some: true, Signs: []feed.Sign{{Kind: feed.SignSubject}}}
	if err := s.SaveGuards(ctx, []feed.Guard{{Source: "satu", Quarantine: q}}, []feed.Draft{change, fix, waitingDraftOf("iklan"), waitingDraftOf("dicabut")}); err != nil {
		t.Fatal(err)
	}
	if _, err := s.DecideWaiting(ctx, "satu", fix.ID, feed.Released, "benar", "rina"); err != nil {
		t.Fatal(err)
	}
	if e, err := s.Entry(ctx, old.ID); err != nil || len(e.Later) != 1 || e.Title != "Judul lama" {
		t.Errorf("the story that was corrected: %+v, %v", e, err)
	}
	for _, d := range []feed.Draft{change, waitingDraftOf("iklan")} {
		if _, err := s.DecideWaiting(ctx, "satu", d.ID, feed.Dropped, "iklan", "rina"); err != nil {
			t.Fatal(err)
		}
	}
	if e, err := s.Entry(ctx, old.ID); err != nil || e.Title != "Judul lama" || e.Desk != nil {
		t.Errorf("a change that was dropped changed its story: %+v, %v", e, err)
	}
	if e, err := s.Entry(ctx, feed.EntryID("satu", "iklan")); err != nil || !e.Desk.Closes() {
		t.Errorf("what was dropped is not remembered: %+v, %v", e.Desk, err)
	}
	if _, err := s.DecideWaiting(ctx, "satu", fix.ID, feed.Released, "lagi", "rina"); !errors.Is(err, feed.ErrNotFound) {
		t.Errorf("deciding twice: %v", err)
	}
	// The last one is taken back by its source, and the quarantine ends.
	guards, err := s.Guards(ctx, []string{"satu"})
	if err != nil {
		t.Fatal(err)
	}
	g := guards["satu"]
	g.Retracted = []string{feed.EntryID("satu", "dicabut")}
	if err := s.SaveGuards(ctx, []feed.Guard{g}, nil); err != nil {
		t.Fatal(err)
	}
	if list, err := s.Quarantines(ctx); err != nil || len(list) != 0 {
		t.Errorf("%+v: %v", list, err)
	}
}
