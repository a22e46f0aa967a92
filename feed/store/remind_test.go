package store_test

import (
	"context"
	"slices"
	"testing"

	"warta/feed/store/storetest"
)

// TestRemindOnceADay: of each thing somebody is reminded once a day, whoever asks.
func TestRemindOnceADay(t *testing.T) {
	storetest.Each(t, func(t *testing.T, database string) {
		ctx := context.Background()
		one, two := storetest.Open(t, database), storetest.Open(t, database)
		for i, tt := range []struct {
			day       string
			ids, want []string
		}{
			{"2026-03-01", nil, nil},
			{"2026-03-01", []string{"a", "b", "a"}, []string{"a", "b"}},
			{"2026-03-01", []string{"b", "c", "a"}, []string{"c"}},
			{"2026-03-02", []string{"c", "a"}, []string{"c", "a"}},
			{"2026-03-02", []string{"a"}, nil},
			{"2026-03-01", []string{"a"}, []string{"a"}}, // the clock was set back
		} {
			s := one
			if i%2 == 1 {
				s = two
			}
			if got, err := s.Remind(ctx, tt.day, tt.ids); err != nil || !slices.Equal(got, tt.want) {
				t.Errorf("%d: %v, %v; want %v", i, got, err, tt.want)
			}
		}
	})
}
