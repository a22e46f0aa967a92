package config

import (
	"testing"
	"time"
)

// TestMidnight: a day begins at midnight in the site's zone, or, where clocks
// skip it, when they do.
func TestMidnight(t *testing.T) {
	for _, tt := range []struct {
		zone  string
		day   day
		later int
		want  string
	}{
		{"Asia/Jakarta", day{2026, 3, 1}, 0, "2026-02-28T17:00:00Z"},
		{"Asia/Makassar", day{2026, 3, 1}, 0, "2026-02-28T16:00:00Z"},
		{"Asia/Jayapura", day{2026, 3, 1}, 0, "2026-02-28T15:00:00Z"},
		{"Asia/Makassar", day{2026, 12, 31}, 1, "2026-12-31T16:00:00Z"},
		{"Asia/Makassar", day{2028, 2, 28}, 1, "2028-02-28T16:00:00Z"},
		{"UTC", day{2026, 3, 1}, 0, "2026-03-01T00:00:00Z"},
		{"Europe/Berlin", day{2026, 3, 28}, 1, "2026-03-28T23:00:00Z"},
		{"Europe/Berlin", day{2026, 3, 29}, 1, "2026-03-29T22:00:00Z"},
		{"Europe/Berlin", day{2026, 10, 25}, 1, "2026-10-25T23:00:00Z"},
		{"America/Havana", day{2026, 3, 8}, 0, "2026-03-08T05:00:00Z"}, // 00:00 does not exist
		{"America/Havana", day{2026, 3, 7}, 1, "2026-03-08T05:00:00Z"},
		{"America/Havana", day{2026, 11, 1}, 0, "2026-11-01T04:00:00Z"}, // and here there are two: the first
		{"Africa/Cairo", day{2026, 4, 24}, 0, "2026-04-23T22:00:00Z"},
		{"Asia/Beirut", day{2026, 3, 28}, 1, "2026-03-28T22:00:00Z"},
	} {
		zone, err := time.LoadLocation(tt.zone)
		if err != nil {
			t.Fatal(err)
		}
		if got := tt.day.midnight(tt.later, zone).UTC().Format(time.RFC3339); got != tt.want {
			t.Errorf("%s %v+%d: %s, want %s", tt.zone, tt.day, tt.later, got, tt.want)
		}
	}
}
