package store

import (
	"context"
	"path/filepath"
	"strconv"
	"testing"
	"time"

	"warta/feed"
	"warta/sources"
)

// More stories than are kept of a source in quarantine are counted, those that
// wait are brought up to date all the same, and after a release the feed is read
// anew, so that nothing is lost.
func TestQuarantineFull(t *testing.T) {
	ctx := context.Background()
	s, err := Open(ctx, filepath.Join(t.TempDir(), "w.db"), Options{})
	if err != nil {
		t.Fatal(err)
	}
	defer s.Close()
	draft := func(n int, title string) feed.Draft {
		d := feed.Draft{Digest: title}
		d.OriginalID, d.Source, d.Title, d.FirstSeen = "id-"+strconv.Itoa(n), "satu", title, time.Unix(1e9, 0)
		d.ID = feed.EntryID("satu", d.OriginalID)
		return d
	}
	keep := func(most int, list ...feed.Draft) map[string]int {
		t.Helper()
		var unkept map[string]int
		encoded := make([]string, len(list))
		for i := range list {
			if encoded[i], err = encodeWaiting(&list[i]); err != nil {
				t.Fatal(err)
			}
		}
		if err := s.write(ctx, func(t *tx) (err error) {
			unkept, err = t.keepApart(ctx, list, encoded, most)
			return err
		}); err != nil {
			t.Fatal(err)
		}
		return unkept
	}
	if n := keep(2, draft(1, "satu"), draft(2, "dua"), draft(3, "tiga")); n["satu"] != 1 {
		t.Errorf("%v were too many, want 1", n)
	}
	if n := keep(2, draft(1, "satu, diperbarui"), draft(4, "empat")); n["satu"] != 1 {
		t.Errorf("%v were too many, want 1", n)
	}
	list, err := s.Waiting(ctx, "satu")
	if err != nil || len(list) != 2 || list[0].Title != "satu, diperbarui" {
		t.Fatalf("%+v: %v", list, err)
	}

	state := sources.State{Source: "satu", Feed: "https://satu.example/feed", URL: "https://satu.example/feed", ETag: "x", BodyHash: "y"}
	if err := s.Remember(ctx, []sources.State{state}); err != nil {
		t.Fatal(err)
	}
	guard := feed.Guard{Source: "satu", Quarantine: &feed.Quarantine{Source: "satu", Unkept: 2, Signs: []feed.Sign{{Kind: feed.SignFlood}}}}
	if err := s.SaveGuards(ctx, []feed.Guard{guard}, nil); err != nil {
		t.Fatal(err)
	}
	if q, err := s.Quarantines(ctx); err != nil || len(q) != 1 || q[0].Unkept != 2 || q[0].Waiting != 2 {
		t.Errorf("%+v: %v", q, err)
	}
	if n, err := s.ReleaseSource(ctx, "satu", "benar", "rina"); err != nil || n != 2 {
		t.Errorf("released %d: %v", n, err)
	}
	states, err := s.Recall(ctx, []string{"satu"})
	if err != nil || states["satu"].ETag != "" || states["satu"].BodyHash != "" {
		t.Errorf("%+v: %v", states["satu"], err)
	}
}
