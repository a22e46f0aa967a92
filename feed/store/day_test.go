package store_test

import (
	"context"
	"testing"
	"time"

	"warta/feed"
	"warta/feed/store"
	"warta/feed/store/storetest"
)

// TestDayPlace: entries are numbered within their source and the day they were
// first seen, by the site's midnights, and keep their number.
func TestDayPlace(t *testing.T) {
	storetest.Each(t, func(t *testing.T, database string) {
		ctx := context.Background()
		s, err := store.Open(ctx, database, store.Options{Zone: time.FixedZone("WITA", 8*3600)})
		if err != nil {
			t.Fatal(err)
		}
		defer s.Close()
		// 16:00 UTC is midnight in WITA.
		before := time.Date(2026, 3, 1, 15, 59, 59, 0, time.UTC)
		draft := func(source string, n int, seen time.Time) feed.Draft {
			d := storetest.Draft(source, n)
			d.FirstSeen, d.Changed = seen, seen
			return d
		}
		a, b, c := draft("pemkab", 1, before), draft("pemkab", 2, before), draft("pemkab", 3, before.Add(time.Second))
		other := draft("radio", 1, before)
		save(t, s, a, other, b)
		a2 := a
		a2.Title, a2.Digest = "Lain", storetest.Digest("lain")
		save(t, s, c, a2)
		d := draft("pemkab", 4, before)
		save(t, s, d, b)
		for _, tt := range []struct {
			draft feed.Draft
			want  int
		}{{a, 1}, {b, 2}, {c, 1}, {other, 1}, {d, 3}} {
			e, err := s.Entry(ctx, tt.draft.ID)
			if err != nil || e.DayPlace != tt.want {
				t.Errorf("%s of %s has place %d, %v; want %d", tt.draft.OriginalID, tt.draft.Source, e.DayPlace, err, tt.want)
			}
		}
	})
}
