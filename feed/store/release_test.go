package store_test

import (
	"context"
	"errors"
	"testing"

	"warta/feed"
	"warta/feed/store"
	"warta/feed/store/storetest"
)

// Streams that say nothing new are brought on together, and none of them where
// another process was faster with one.
func TestBringStreams(t *testing.T) {
	engines(t, func(t *testing.T, s *store.Store) {
		ctx := context.Background()
		var from, to []feed.Stream
		for _, id := range []string{"paser k", "paser l"} {
			st, err := s.Release(ctx, feed.Stream{}, feed.Stream{ID: id, Channel: "paser", Seq: 3}, nil)
			if err != nil {
				t.Fatal(err)
			}
			next := st
			next.Seq, next.Until = 9, storetest.Noon
			from, to = append(from, st), append(to, next)
		}
		if err := s.BringStreams(ctx, from, to); err != nil {
			t.Fatal(err)
		}
		if st, err := s.Stream(ctx, "paser l"); err != nil || st.Seq != 9 || !st.Until.Equal(storetest.Noon) || st.Head != from[1].Head {
			t.Errorf("%+v, %v", st, err)
		}
		stale := []feed.Stream{to[0], from[1]}
		if err := s.BringStreams(ctx, stale, []feed.Stream{{ID: "paser k", Seq: 12}, {ID: "paser l", Seq: 12}}); !errors.Is(err, feed.ErrConflict) {
			t.Errorf("a stream that was brought on meanwhile: %v", err)
		}
		if st, err := s.Stream(ctx, "paser k"); err != nil || st.Seq != 9 {
			t.Errorf("half of it was kept: %+v, %v", st, err)
		}
		if _, err := s.Stream(ctx, "tiada"); !errors.Is(err, feed.ErrNotFound) {
			t.Errorf("a stream that there isn't: %v", err)
		}
	})
}
