package proof

import (
	"context"
	"errors"
	"log/slog"
	"testing"
	"time"

	"warta/feed"
)

type memory struct {
	list []feed.Shipment
	err  error
}

func (m *memory) KeepShipments(_ context.Context, list []feed.Shipment) error {
	if m.err != nil {
		return m.err
	}
	m.list = append(m.list, list...)
	return nil
}

// A partner that asks every second is one row for each version, however often
// it asked; what can't be written is written later, with its times.
func TestGathered(t *testing.T) {
	var m memory
	wita := time.FixedZone("WITA", 8*3600)
	r := New(&m, func() *time.Location { return wita }, slog.New(slog.DiscardHandler))
	at := time.Date(2026, 10, 31, 15, 59, 0, 0, time.UTC) // a minute before November begins here
	asked := 0
	serve := func(partner, version string, at time.Time) {
		r.Served(t.Context(), feed.Serving{Partner: partner, Channel: "paser", Class: "k", Version: version, Status: 200, At: at,
			Name: func(id string) string { return map[string]string{"grant-1": "izin-" + partner}[id] },
			Entries: func() []feed.Served {
				asked++
				return []feed.Served{{Entry: "e", Revision: 1, Use: feed.Full, Permission: "grant-1"}}
			}})
	}
	for i := range 120 {
		serve("portal", "v1", at.Add(time.Duration(i)*time.Second))
	}
	serve("lain", "v1", at)
	m.err = errors.New("full")
	if err := r.Flush(t.Context()); err == nil {
		t.Fatal("it was not written, and nobody says so")
	}
	m.err = nil
	serve("portal", "v1", at.Add(3*time.Minute))
	if err := r.Flush(t.Context()); err != nil {
		t.Fatal(err)
	}
	if len(m.list) != 3 || asked > 4 {
		t.Fatalf("%d rows, the entries asked for %d times: %+v", len(m.list), asked, m.list)
	}
	for _, sh := range m.list {
		switch {
		case sh.Partner == "lain":
			if sh.Count != 1 || sh.Month != "2026-10" || sh.Names["grant-1"] != "izin-lain" {
				t.Errorf("%+v", sh)
			}
		case sh.Month == "2026-10":
			if sh.Count != 60 || !sh.First.Equal(at) || !sh.Last.Equal(at.Add(59*time.Second)) {
				t.Errorf("%+v", sh)
			}
		case sh.Count != 61 || !sh.First.Equal(at.Add(time.Minute)) || sh.Month != "2026-11" || sh.Names["grant-1"] != "izin-portal":
			t.Errorf("%+v", sh)
		}
	}
	if m.list[0].Digest != m.list[1].Digest || m.list[0].Digest == "" {
		t.Error("equal lists have different names")
	}
	if err := r.Flush(t.Context()); err != nil || len(m.list) != 3 {
		t.Errorf("written twice: %d rows, %v", len(m.list), err)
	}
}
