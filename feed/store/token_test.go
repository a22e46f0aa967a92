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

func TestTokens(t *testing.T) {
	engines(t, func(t *testing.T, s *store.Store) {
		ctx := context.Background()
		secret, digest := feed.NewSecret()
		if d, ok := feed.SecretDigest(secret); !ok || d != digest {
			t.Fatalf("%s has the digest %s, %v", secret, d, ok)
		}
		first := feed.Token{ID: "satu", Partner: "portal", Label: "server utama", Created: storetest.Noon}
		if err := s.AddToken(ctx, first, digest); err != nil {
			t.Fatal(err)
		}
		_, other := feed.NewSecret()
		if err := s.AddToken(ctx, feed.Token{ID: "dua", Partner: "lain", Created: storetest.Noon.Add(time.Hour)}, other); err != nil {
			t.Fatal(err)
		}
		if err := s.AddToken(ctx, feed.Token{ID: "tiga", Partner: "lain", Created: storetest.Noon}, digest); err == nil {
			t.Error("one secret serves two partners")
		}
		if got, err := s.TokenOf(ctx, digest); err != nil || got != first {
			t.Errorf("got %+v, %v", got, err)
		}
		if _, err := s.TokenOf(ctx, digest[:10]); !errors.Is(err, feed.ErrNotFound) {
			t.Errorf("a part of the digest: %v", err)
		}
		used := storetest.Noon.Add(time.Minute)
		if err := s.TouchTokens(ctx, map[string]time.Time{"satu": used, "tiada": used}); err != nil {
			t.Fatal(err)
		}
		if err := s.TouchTokens(ctx, map[string]time.Time{"satu": used.Add(-time.Second)}); err != nil {
			t.Fatal(err)
		}
		if list, err := s.Tokens(ctx, "portal"); err != nil || len(list) != 1 || !list[0].LastUsed.Equal(used) {
			t.Errorf("got %+v, %v", list, err)
		}
		at := storetest.Noon.Add(2 * time.Hour)
		for _, when := range []time.Time{at, at.Add(time.Hour)} { // the first time counts
			if got, err := s.RevokeToken(ctx, "satu", when); err != nil || !got.Revoked.Equal(at) {
				t.Errorf("revoked: %+v, %v", got, err)
			}
		}
		if _, err := s.TokenOf(ctx, digest); !errors.Is(err, feed.ErrNotFound) {
			t.Errorf("a revoked token: %v", err)
		}
		if _, err := s.RevokeToken(ctx, "tiada", at); !errors.Is(err, feed.ErrNotFound) {
			t.Errorf("revoking what isn't there: %v", err)
		}
		if list, err := s.Tokens(ctx, ""); err != nil || len(list) != 2 || list[0].ID != "dua" || list[1].ID != "satu" {
			t.Errorf("all: %+v, %v", list, err)
		}
	})
}
