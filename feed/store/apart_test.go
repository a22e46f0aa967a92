package store_test

import (
	"context"
	"testing"

	"warta/feed"
	"warta/feed/store"
	"warta/feed/store/storetest"
)

// Sources that number their stories each have a 77. Readers know every one by
// an id of its own, the first by its own number, and one story that two feeds
// of a host carry by one.
func TestToldApart(t *testing.T) {
	engines(t, func(t *testing.T, s *store.Store) {
		plain := func(source, host, id, key string, n int) feed.Draft {
			d := storetest.Draft(source, n)
			d.OriginalID, d.ID, d.URLKey = id, feed.EntryID(source, id), key
			d.Attribution.Source.FeedURL, d.Attribution.URL = "https://"+host+"/feed/"+source, "https://"+key
			return d
		}
		tag := func(host, what string) string { return feed.TagURI(host, what) }
		cases := []struct {
			draft feed.Draft
			want  string
		}{
			{plain("politik", "a.example", "77", "a.example/p/77", 1), ""},
			{plain("lain", "b.example", "77", "b.example/77", 2), tag("b.example", "77")},
			{plain("ekonomi", "www.a.example", "77", "a.example/e/77", 3), tag("a.example", "ekonomi\x0077")},
			{plain("terkini", "a.example", "77", "a.example/p/77", 1), ""},
			{plain("terbaru", "a.example", "77", "a.example/e/77", 3), tag("a.example", "ekonomi\x0077")},
			{plain("depan", "c.example", "77", "c.example", 4), tag("c.example", "77")},
			{plain("muka", "c.example", "77", "c.example", 5), tag("c.example", "muka\x0077")},
			{plain("awal", "c.example", "77", "c.example", 4), tag("c.example", "77")},
			{plain("lain", "b.example", "post:5", "b.example/5", 6), ""},
			{plain("politik", "a.example", "post:5", "a.example/5", 7), tag("a.example", "post:5")},
			{plain("lain", "b.example", "tag:b.example,2026:1", "b.example/1", 8), ""},
			{plain("politik", "a.example", "tag:b.example,2026:1", "a.example/1", 9), ""},
		}
		ids := make(map[string]string)
		check := func() {
			t.Helper()
			for _, c := range cases {
				e, err := s.Entry(context.Background(), c.draft.ID)
				if err != nil || e.KnownAs != c.want {
					t.Errorf("%s of %s is known as %q, want %q: %v", c.draft.OriginalID, c.draft.Source, e.KnownAs, c.want, err)
				}
				ids[e.AtomID("")] += " " + e.Source
			}
		}
		for _, c := range cases {
			save(t, s, c.draft)
		}
		check()
		if len(ids) != 8 {
			t.Errorf("%d ids: %v", len(ids), ids)
		}
		for i := range cases { // another revision changes no id
			d := cases[i].draft
			d.Title, d.Digest = d.Title+" lagi", storetest.Digest("lagi"+d.ID)
			save(t, s, d)
		}
		check()
	})
}
