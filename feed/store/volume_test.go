package store_test

import (
	"context"
	"errors"
	"fmt"
	"math"
	"testing"
	"time"

	"pgregory.net/rapid"

	"warta/feed"
	"warta/feed/store"
	"warta/feed/store/storetest"
)

// filed reads a channel's volumes: which entry is in which, and none twice.
func filed(t interface {
	Fatal(...any)
	Fatalf(string, ...any)
}, s *store.Store, channel string) map[string]feed.Volume {
	ctx := context.Background()
	volumes, err := s.Volumes(ctx, channel, 1, math.MaxInt64)
	if err != nil {
		t.Fatal(err)
	}
	in := make(map[string]feed.Volume)
	for i, v := range volumes {
		if v.Number != int64(i+1) {
			t.Fatalf("volume %d has the number %d", i+1, v.Number)
		}
		if found, err := s.Volume(ctx, channel, v.Month, v.Part); err != nil || found != v {
			t.Fatalf("%s: found %+v, %v", v.Name(), found, err)
		}
		list, err := s.VolumeEntries(ctx, v)
		if err != nil {
			t.Fatal(err)
		}
		n, _, err := s.VolumeVersion(ctx, v)
		if err != nil || n != int64(len(list)) {
			t.Fatalf("%s has %d entries, its version says %d, %v", v.Name(), len(list), n, err)
		}
		for _, e := range list {
			if other, ok := in[e.ID]; ok {
				t.Fatalf("%s is in %s and in %s", e.ID, other.Name(), v.Name())
			}
			in[e.ID] = v
		}
	}
	return in
}

func TestFilingByMonth(t *testing.T) {
	engines(t, func(t *testing.T, s *store.Store) {
		ctx := context.Background()
		var in []feed.Membership
		place := func(n int, at time.Time) {
			d := storetest.Draft("pemkab", n)
			save(t, s, d)
			in = append(in, feed.Membership{EntryID: d.ID, Time: at, Told: at})
		}
		month := func(m time.Month, day int) time.Time { return time.Date(2026, m, day, 12, 0, 0, 0, time.UTC) }
		for n := range 3 {
			place(n, month(9, n+1))
		}
		place(3, month(10, 31))
		place(4, month(11, 1))
		now := month(11, 20)
		mark := feed.Mark{Channel: "paser", Rule: "r", Seq: 1}
		put := func(list ...feed.Membership) {
			if err := s.UpdateChannel(ctx, mark, false, list, nil); err != nil {
				t.Fatal(err)
			}
		}
		file := func(keep int, last time.Time) int {
			made, err := s.File(ctx, "paser", keep, last, now)
			if err != nil {
				t.Fatal(err)
			}
			return made
		}
		put(in...)
		equal(t, file(5, now), 0) // all of it has room
		if _, err := s.LastVolume(ctx, "paser"); !errors.Is(err, feed.ErrNotFound) {
			t.Errorf("a volume where there is none: %v", err)
		}
		equal(t, file(2, month(10, 1)), 2) // October is kept back
		equal(t, file(2, now), 0)          // now there is room again
		equal(t, file(1, now), 2)          // October, and of November a full one
		last, err := s.LastVolume(ctx, "paser")
		if err != nil {
			t.Fatal(err)
		}
		equal(t, last, feed.Volume{Channel: "paser", Number: 4, Month: "2026-11", Part: 1})
		where := filed(t, s, "paser")
		equal(t, []string{where[in[0].EntryID].Name(), where[in[1].EntryID].Name(), where[in[2].EntryID].Name(), where[in[3].EntryID].Name()},
			[]string{"2026-09", "2026-09", "2026-09-2", "2026-10"})

		// What is told anew leaves, and lands in a volume of its month.
		in[0].Told = now
		put(in...)
		if v, ok := filed(t, s, "paser")[in[0].EntryID]; ok {
			t.Errorf("it is still in %s", v.Name())
		}
		equal(t, file(1, now), 0) // alone it has room in the subscription document
		place(5, month(11, 2))
		put(in...)
		equal(t, file(1, now), 2)
		equal(t, filed(t, s, "paser")[in[0].EntryID].Name(), "2026-09-3")

		// A new rule keeps what it selects where it was.
		if err := s.UpdateChannel(ctx, feed.Mark{Channel: "paser", Rule: "r2", Seq: 2}, true, in[1:3], nil); err != nil {
			t.Fatal(err)
		}
		where = filed(t, s, "paser")
		equal(t, where[in[1].EntryID].Name()+" "+where[in[2].EntryID].Name(), "2026-09 2026-09-2")
		equal(t, len(where), 2)
		open, err := s.Unfiled(ctx, "paser", 10)
		if err != nil || len(open) != 0 {
			t.Errorf("unfiled %+v, %v", open, err)
		}
	})
}

// Whatever happens, an entry is in one place; a volume never gains one; and
// what is told anew stands outside.
func TestFilingAgreesWithItsModel(t *testing.T) {
	storetest.Each(t, func(t *testing.T, database string) {
		ctx := context.Background()
		s := storetest.Open(t, database)
		var ids []string
		for n := range 12 {
			d := storetest.Draft("pemkab", n)
			save(t, s, d)
			ids = append(ids, d.ID)
		}
		round := 0
		rapid.Check(t, func(rt *rapid.T) {
			round++
			channel := fmt.Sprint("f", round)
			members := make(map[string]feed.Membership)
			before := make(map[string]feed.Volume)
			now := storetest.Noon
			keep := rapid.IntRange(1, 4).Draw(rt, "keep")
			for step := range rapid.IntRange(1, 8).Draw(rt, "steps") {
				told := make(map[string]bool)
				var in []feed.Membership
				for _, i := range rapid.SliceOfNDistinct(rapid.IntRange(0, 11), 0, 6, rapid.ID).Draw(rt, "in") {
					m, ok := members[ids[i]]
					if !ok {
						m = feed.Membership{EntryID: ids[i], Time: now.AddDate(0, -rapid.IntRange(0, 3).Draw(rt, "month"), 0), Told: now}
					} else if rapid.Bool().Draw(rt, "revised") {
						m.Told = m.Told.Add(time.Duration(step+1) * time.Minute)
						told[m.EntryID] = true
					}
					members[m.EntryID] = m
					in = append(in, m)
				}
				var out []string
				for _, i := range rapid.SliceOfN(rapid.IntRange(0, 11), 0, 2).Draw(rt, "out") {
					out = append(out, ids[i])
					delete(members, ids[i])
					told[ids[i]] = true
				}
				if err := s.UpdateChannel(ctx, feed.Mark{Channel: channel}, false, in, out); err != nil {
					rt.Fatal(err)
				}
				for id, v := range filed(rt, s, channel) {
					if before[id] != v {
						rt.Fatalf("%s came into %s", id, v.Name())
					}
					if told[id] {
						rt.Fatalf("%s was told anew and is still in %s", id, v.Name())
					}
				}
				if _, err := s.File(ctx, channel, keep, now, now); err != nil {
					rt.Fatal(err)
				}
				before = filed(rt, s, channel)
				open, err := s.Unfiled(ctx, channel, 100)
				if err != nil {
					rt.Fatal(err)
				}
				if len(open) > keep {
					rt.Fatalf("%d are unfiled, at most %d may be", len(open), keep)
				}
				if len(open)+len(before) != len(members) {
					rt.Fatalf("%d unfiled and %d filed of %d members", len(open), len(before), len(members))
				}
				for id, v := range before {
					if v.Month != feed.VolumeMonth(members[id].Time) {
						rt.Fatalf("%s is of %s and filed in %s", id, members[id].Time, v.Name())
					}
				}
			}
			if err := s.DropChannel(ctx, channel); err != nil {
				rt.Fatal(err)
			}
			if left := filed(rt, s, channel); len(left) > 0 {
				rt.Fatalf("a dropped channel has volumes: %v", left)
			}
		})
	})
}
