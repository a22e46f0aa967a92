package api

import (
	"context"
	"log/slog"
	"testing"
	"time"

	"warta/feed"
	"warta/feed/proof"
)

// A partner reads what it was served this month, of its own and nobody else's:
// an entry in two channels once in all, another state of it as one more.
func TestUsageServed(t *testing.T) {
	b := newBench(t)
	serve := func(partner, channel, version string, pushed bool, at time.Time, list ...feed.Served) {
		t.Helper()
		s := feed.Serving{Partner: partner, Channel: channel, Class: "k", Version: version, Status: 200, At: at, Entries: func() []feed.Served { return list }}
		r := proof.New(b.store, func() *time.Location { return time.UTC }, slog.New(slog.DiscardHandler))
		if pushed {
			if err := r.Pushed(t.Context(), s); err != nil {
				t.Fatal(err)
			}
			return
		}
		r.Served(t.Context(), s)
		if err := r.Flush(context.Background()); err != nil {
			t.Fatal(err)
		}
	}
	one := feed.Served{Entry: "satu", Revision: 1, Use: feed.Full, Permission: "izin", Words: 100, Images: 1}
	two := one
	two.Revision, two.Words = 2, 120
	other := feed.Served{Entry: "dua", Revision: 1, Use: feed.Headline}
	serve("portal", "paser", "v1", false, b.clock, one)
	serve("portal", "paser", "v1", false, b.clock.Add(time.Minute), one)
	serve("portal", "paser", "v2", false, b.clock.Add(2*time.Minute), two, other)
	serve("portal", "gudang", "v1", true, b.clock, two)
	serve("portal", "paser", "v0", false, b.clock.AddDate(0, -1, 0), one) // another month
	serve("lain", "paser", "v1", false, b.clock, one, other)              // another partner

	var got struct{ Served Served }
	if status := b.get("portal", "/w/api/usage", &got); status != 200 {
		t.Fatalf("status %d", status)
	}
	total := Count{Entries: 2, Revisions: 3, Full: 1, Headline: 1, Words: 120, Images: 1, Pulled: 4, Pushed: 1}
	paser := ChannelServed{"paser", Count{Entries: 2, Revisions: 3, Full: 1, Headline: 1, Words: 120, Images: 1, Pulled: 4}}
	gudang := ChannelServed{"gudang", Count{Entries: 1, Revisions: 1, Full: 1, Words: 120, Images: 1, Pushed: 1}}
	s := got.Served
	if s.Month != "2026-03" || s.Zone != "UTC" || s.Total != total || len(s.Channels) != 2 || s.Channels[0] != gudang || s.Channels[1] != paser {
		t.Errorf("served: %+v", s)
	}
	var none struct{ Served Served }
	b.clock = b.clock.AddDate(0, 1, 0)
	if status := b.get("portal", "/w/api/usage", &none); status != 200 || none.Served.Month != "2026-04" || none.Served.Total != (Count{}) || none.Served.Channels == nil {
		t.Errorf("a month later: %d %+v", status, none.Served)
	}
}
