package store_test

import (
	"context"
	"errors"
	"testing"

	"warta/feed"
	"warta/feed/store"
)

// Settings keep their number, on whatever day they are in force again.
func TestTerms(t *testing.T) {
	engines(t, func(t *testing.T, s *store.Store) {
		ctx := context.Background()
		for i, want := range []int64{1, 2, 1} {
			digest := []string{"a", "b", "a"}[i]
			if n, err := s.KeepTerms(ctx, digest, []byte(`{"of":"`+digest+`"}`)); err != nil || n != want {
				t.Errorf("%s: number %d, %v; want %d", digest, n, err, want)
			}
		}
		if b, err := s.KeptTerms(ctx, 2); err != nil || string(b) != `{"of":"b"}` {
			t.Errorf("got %s, %v", b, err)
		}
		if _, err := s.KeptTerms(ctx, 3); !errors.Is(err, feed.ErrNotFound) {
			t.Errorf("a number that was never given: %v", err)
		}
	})
}
