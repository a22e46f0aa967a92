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

// What is kept of a document's versions is there for those who see it so, until
// it was not kept again for long.
func TestLineages(t *testing.T) {
	engines(t, func(t *testing.T, s *store.Store) {
		ctx := context.Background()
		at := storetest.Noon
		keep := func(forget time.Time, list ...feed.Lineage) {
			t.Helper()
			if err := s.KeepLineages(ctx, list, forget); err != nil {
				t.Fatal(err)
			}
		}
		keep(at.Add(-time.Hour), feed.Lineage{Path: "paser.atom", Class: "public", State: "one", Kept: at},
			feed.Lineage{Path: "paser.atom", Class: "k", State: "other", Kept: at})
		keep(at.Add(-time.Hour), feed.Lineage{Path: "paser.atom", Class: "public", State: "two", Kept: at.Add(time.Minute)})
		for class, want := range map[string]string{"public": "two", "k": "other"} {
			if l, err := s.Lineage(ctx, "paser.atom", class); err != nil || l.State != want {
				t.Errorf("%s: %+v, %v", class, l, err)
			}
		}
		keep(at.Add(time.Second))
		if l, err := s.Lineage(ctx, "paser.atom", "k"); !errors.Is(err, feed.ErrNotFound) {
			t.Errorf("what is old was kept: %+v, %v", l, err)
		}
		if _, err := s.Lineage(ctx, "paser.atom", "public"); err != nil {
			t.Error(err)
		}
	})
}
