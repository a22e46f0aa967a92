package store_test

import (
	"context"
	"testing"
	"time"

	"warta/feed"
	"warta/feed/store"
	"warta/feed/store/storetest"
)

// What two partners with equal grants were served is kept once; a report finds
// each state of an entry with the times it was served, under the name that the
// partner's own permission has.
func TestProofs(t *testing.T) {
	engines(t, func(t *testing.T, s *store.Store) {
		ctx := context.Background()
		a, b := storetest.Draft("pemkab", 1), storetest.Draft("kabar", 2)
		save(t, s, a, b)
		at := func(minute int) time.Time { return storetest.Noon.Add(time.Duration(minute) * time.Minute) }
		state := func(d feed.Draft, revision int, use feed.Use, permission string) feed.Served {
			return feed.Served{Entry: d.ID, Revision: revision, Use: use, Permission: permission, Words: 10 * revision, Images: 1}
		}
		ship := func(partner, digest string, minute, count int, list ...feed.Served) feed.Shipment {
			sh := feed.Shipment{Partner: partner, Channel: "paser", Stream: "paser k", Month: "2026-08", First: at(minute), Last: at(minute + count - 1), Count: count, Digest: digest, List: list}
			if partner == "portal" {
				sh.Names = map[string]string{"grant-1": "izin-portal"}
			} else {
				sh.Names = map[string]string{"grant-1": "izin-lain"}
			}
			return sh
		}
		v1 := []feed.Served{state(a, 1, feed.Full, "grant-1"), state(b, 1, feed.Excerpt, "")}
		v2 := []feed.Served{state(a, 2, feed.Full, "grant-1")} // a corrected, b gone
		for _, list := range [][]feed.Shipment{
			{ship("portal", "d1", 0, 3, v1...), ship("lain", "d1", 1, 1, v1...)},
			{ship("portal", "d2", 10, 2, v2...)},
			{ship("portal", "d1", 20, 1, v1...)}, // an old version once more
			{{Partner: "portal", Channel: "paser", Stream: "push paser k", Pushed: true, Month: "2026-09", First: at(40), Last: at(40), Count: 1, Digest: "p1", List: v2, Names: map[string]string{"grant-1": "izin-portal"}}},
		} {
			if err := s.KeepShipments(ctx, list); err != nil {
				t.Fatal(err)
			}
		}
		got, err := s.Proofs(ctx, store.Wanted{Partner: "portal", Month: "2026-08"})
		if err != nil {
			t.Fatal(err)
		}
		byState := map[string]feed.Proof{}
		for _, p := range got {
			byState[p.Entry+string(rune('0'+p.Revision))] = p
		}
		if len(got) != 3 {
			t.Errorf("%d states: %+v", len(got), got)
		}
		first := feed.Proof{Partner: "portal", Channel: "paser", Month: "2026-08", Entry: a.ID, Revision: 1, Use: feed.Full, Permission: "izin-portal", Words: 10, Images: 1, First: at(0), Last: at(20), Count: 4}
		equal(t, byState[a.ID+"1"], first)
		if p := byState[a.ID+"2"]; p.Count != 2 || !p.First.Equal(at(10)) || p.Words != 20 {
			t.Errorf("the second state: %+v", p)
		}
		if p := byState[b.ID+"1"]; p.Count != 4 || p.Permission != "" || p.Use != feed.Excerpt {
			t.Errorf("the other story: %+v", p)
		}
		got, err = s.Proofs(ctx, store.Wanted{Source: "kabar"})
		if err != nil || len(got) != 2 {
			t.Errorf("of one source: %+v, %v", got, err)
		}
		got, err = s.Proofs(ctx, store.Wanted{Month: "2026-09"})
		if err != nil || len(got) != 1 || !got[0].Pushed || got[0].Revision != 2 {
			t.Errorf("pushed: %+v, %v", got, err)
		}
		if got, err := s.Proofs(ctx, store.Wanted{Partner: "lain"}); err != nil || len(got) != 2 || got[0].Permission != "izin-lain" && got[1].Permission != "izin-lain" {
			t.Errorf("the other partner: %+v, %v", got, err)
		}
	})
}

// A correction or withdrawal names the entries whose readers have to be told.
func TestNoticesOfWhatWasServed(t *testing.T) {
	engines(t, func(t *testing.T, s *store.Store) {
		ctx := context.Background()
		a, b := storetest.Draft("pemkab", 1), storetest.Draft("pemkab", 2)
		save(t, s, a, b)
		if err := s.KeepShipments(ctx, []feed.Shipment{{Partner: "portal", Channel: "paser", Stream: "paser k", Month: "2026-08", First: storetest.Noon, Last: storetest.Noon, Count: 1,
			Digest: "d", List: []feed.Served{{Entry: a.ID, Revision: 1, Use: feed.Full}, {Entry: b.ID, Revision: 1, Use: feed.Full}}}}); err != nil {
			t.Fatal(err)
		}
		if err := s.Withdraw(ctx, b.ID, "Salah", "Rina"); err != nil {
			t.Fatal(err)
		}
		list, err := s.NoticesOf(ctx, "portal")
		if err != nil || len(list) != 1 || list[0].ID != b.ID {
			t.Errorf("%d entries, %v", len(list), err)
		}
		if list, err := s.NoticesOf(ctx, "lain"); err != nil || len(list) != 0 {
			t.Errorf("of a partner that was served nothing: %d, %v", len(list), err)
		}
	})
}
