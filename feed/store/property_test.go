package store_test

import (
	"context"
	"fmt"
	"maps"
	"reflect"
	"slices"
	"strings"
	"testing"
	"time"

	"pgregory.net/rapid"

	"warta/feed"
	"warta/feed/store"
	"warta/feed/store/storetest"
	"warta/sources"
)

// fill sets every field of a value, however deep, to something that is not
// its zero, so that a field added to the nouns and forgotten here is found.
func fill(v reflect.Value, n *int) {
	*n++
	if v.Type() == reflect.TypeFor[time.Time]() {
		// With a zone and fractions: both are the publisher's own words.
		v.Set(reflect.ValueOf(storetest.Noon.Add(time.Duration(*n)*time.Minute + time.Duration(*n)*time.Millisecond).In(time.FixedZone("", 8*3600))))
		return
	}
	switch v.Kind() {
	case reflect.Pointer:
		v.Set(reflect.New(v.Type().Elem()))
		fill(v.Elem(), n)
	case reflect.Slice:
		v.Set(reflect.MakeSlice(v.Type(), 2, 2))
		fill(v.Index(0), n)
		fill(v.Index(1), n)
	case reflect.Struct:
		for i := range v.NumField() {
			fill(v.Field(i), n)
		}
	case reflect.String:
		v.SetString(fmt.Sprintf("<b>“é&%d”</b>\u2028", *n))
	case reflect.Bool:
		v.SetBool(true)
	case reflect.Float64:
		v.SetFloat(-1.9 - float64(*n))
	case reflect.Int, reflect.Int64:
		v.SetInt(int64(*n))
	case reflect.Uint64:
		v.SetUint(1<<63 + uint64(*n))
	default:
		panic("no value for " + v.Type().String())
	}
}

func TestEveryFieldOfAnEntryIsKept(t *testing.T) {
	engines(t, func(t *testing.T, s *store.Store) {
		var d feed.Draft
		n := 0
		fill(reflect.ValueOf(&d).Elem(), &n)
		d.Later, d.Happened, d.Amends, d.Drop = nil, nil, nil, nil // stand beside the entry; see later_test.go
		d.Desk = nil                                               // stands beside the entry; see desk_test.go
		d.KnownAs = ""                                             // the store finds it out; see apart.go
		for i := range d.Evidence {
			d.Evidence[i].OfPage = false // kept apart; see page_test.go
		}
		save(t, s, d)
		got, err := s.Entry(context.Background(), feed.EntryID(d.Source, d.OriginalID))
		if err != nil {
			t.Fatal(err)
		}
		want := d.Entry
		want.ID, want.Revision, want.Seq, want.DayPlace = feed.EntryID(d.Source, d.OriginalID), 1, 1, 1 // the store numbers
		want.FirstSeen, want.Changed = want.FirstSeen.UTC(), want.Changed.UTC()
		sameEntry(t, got, want)
	})
}

func TestEveryFieldOfAStateIsKept(t *testing.T) {
	engines(t, func(t *testing.T, s *store.Store) {
		ctx := context.Background()
		var st sources.State
		n := 0
		fill(reflect.ValueOf(&st).Elem(), &n)
		bare := sources.State{Source: "bare"}
		if err := s.Remember(ctx, []sources.State{st, bare}); err != nil {
			t.Fatal(err)
		}
		got, err := s.Recall(ctx, []string{st.Source, "bare", "never visited"})
		if err != nil {
			t.Fatal(err)
		}
		if len(got) != 2 {
			t.Errorf("recalled %d states", len(got))
		}
		equal(t, fmt.Sprint(flat(reflect.ValueOf(got[st.Source]))), fmt.Sprint(flat(reflect.ValueOf(st))))
		equal(t, got["bare"], bare)

		list, err := s.States(ctx)
		if err != nil || len(list) != 2 {
			t.Fatalf("%d states: %v", len(list), err)
		}
		st.Fingerprints = nil
		for _, one := range list {
			if one.Source == st.Source {
				equal(t, fmt.Sprint(flat(reflect.ValueOf(one))), fmt.Sprint(flat(reflect.ValueOf(st))))
			}
		}
		next, err := s.NextVisits(ctx)
		if err != nil || !next[st.Source].Equal(st.NextVisit.Truncate(time.Millisecond)) || next["bare"].Year() != 1970 {
			t.Errorf("next visits %v, %v", next, err)
		}
		titles, err := s.FeedTitles(ctx)
		if err != nil || titles[st.Source] != st.Title {
			t.Errorf("titles %v, %v", titles, err)
		}
	})
}

// model is what a store should hold: the states of every entry, and the order
// of changes.
type model struct {
	states  map[string][]feed.Draft
	changes []string
}

func (m *model) save(d feed.Draft) {
	list := m.states[d.ID]
	if len(list) > 0 && list[len(list)-1].Digest == d.Digest {
		return
	}
	m.states[d.ID] = append(list, d)
	m.changes = slices.DeleteFunc(m.changes, func(id string) bool { return id == d.ID })
	m.changes = append(m.changes, d.ID)
}

// Whatever is saved in whatever order, the store agrees with the model.
func TestStoreAgreesWithItsModel(t *testing.T) {
	storetest.Each(t, func(t *testing.T, database string) {
		s := storetest.Open(t, database)
		round := 0
		rapid.Check(t, func(rt *rapid.T) {
			round++
			source := fmt.Sprint("s", round) // a store of its own would cost more than the test
			seen, err := s.LastSeq(context.Background())
			if err != nil {
				rt.Fatal(err)
			}
			m := &model{states: map[string][]feed.Draft{}}
			for range rapid.IntRange(1, 6).Draw(rt, "batches") {
				var batch []feed.Draft
				for range rapid.IntRange(0, 5).Draw(rt, "size") {
					d := storetest.Draft(source, rapid.IntRange(0, 4).Draw(rt, "story"))
					d.Title = rapid.SampledFrom([]string{"a", "b", "c"}).Draw(rt, "title")
					d.Digest = storetest.Digest(d.Title)
					batch = append(batch, d)
					m.save(d)
				}
				if err := s.Save(context.Background(), batch); err != nil {
					rt.Fatal(err)
				}
			}
			agrees(rt, s, m, seen)
		})
	})
}

func agrees(t *rapid.T, s *store.Store, m *model, seen int64) {
	ctx := context.Background()
	changed, err := s.ChangedSince(ctx, seen, 1000)
	if err != nil {
		t.Fatal(err)
	}
	var order []string
	for _, e := range changed {
		order = append(order, e.ID)
	}
	if !slices.Equal(order, m.changes) {
		t.Fatalf("changes in the order %v; want %v", order, m.changes)
	}
	for id, want := range m.states {
		got, err := s.Revisions(ctx, id)
		if err != nil {
			t.Fatal(err)
		}
		var a, b []string
		for i := range got {
			a = append(a, fmt.Sprint(got[i].Revision, got[i].Title))
		}
		for i := range want {
			b = append(b, fmt.Sprint(i+1, want[i].Title))
		}
		if !slices.Equal(a, b) {
			t.Fatalf("%s went through %v; want %v", id, a, b)
		}
	}
}

// The same for channels: membership, order, and what stays after a reset.
func TestChannelAgreesWithItsModel(t *testing.T) {
	storetest.Each(t, func(t *testing.T, database string) {
		ctx := context.Background()
		s := storetest.Open(t, database)
		var ids []string
		for n := range 8 {
			d := storetest.Draft("pemkab", n)
			save(t, s, d)
			ids = append(ids, d.ID)
		}
		round := 0
		rapid.Check(t, func(rt *rapid.T) {
			round++
			channel := fmt.Sprint("c", round)
			members := map[string]time.Time{}
			for step := range rapid.IntRange(1, 5).Draw(rt, "steps") {
				reset := rapid.Bool().Draw(rt, "reset")
				if reset {
					clear(members)
				}
				in := []feed.Membership{}
				for _, i := range rapid.SliceOfN(rapid.IntRange(0, 7), 0, 5).Draw(rt, "in") {
					at := storetest.Noon.Add(time.Duration(rapid.IntRange(0, 3).Draw(rt, "time")) * time.Hour)
					in = append(in, feed.Membership{EntryID: ids[i], Time: at})
					members[ids[i]] = at
				}
				out := []string{}
				for _, i := range rapid.SliceOfN(rapid.IntRange(0, 7), 0, 3).Draw(rt, "out") {
					out = append(out, ids[i])
					delete(members, ids[i])
				}
				mark := feed.Mark{Channel: channel, Rule: fmt.Sprint("r", step), Seq: int64(step)}
				if err := s.UpdateChannel(ctx, mark, reset, in, out); err != nil {
					rt.Fatal(err)
				}
				marks, err := s.Marks(ctx)
				if err != nil || marks[channel] != mark {
					rt.Fatalf("mark %+v, %v", marks[channel], err)
				}
			}
			want := slices.SortedFunc(maps.Keys(members), func(a, b string) int {
				if c := members[b].Compare(members[a]); c != 0 {
					return c
				}
				return strings.Compare(a, b)
			})
			limit := rapid.IntRange(1, 9).Draw(rt, "limit")
			list, err := s.ChannelEntries(ctx, channel, limit)
			if err != nil {
				rt.Fatal(err)
			}
			var got []string
			for _, e := range list {
				got = append(got, e.ID)
			}
			if want = want[:min(limit, len(want))]; !slices.Equal(got, want) {
				rt.Fatalf("the channel has %v; want %v", got, want)
			}
			if err := s.DropChannel(ctx, channel); err != nil {
				rt.Fatal(err)
			}
			if list, err = s.ChannelEntries(ctx, channel, 10); err != nil || len(list) > 0 {
				rt.Fatalf("a dropped channel has %d entries, %v", len(list), err)
			}
		})
	})
}

func TestDocuments(t *testing.T) {
	engines(t, func(t *testing.T, s *store.Store) {
		ctx := context.Background()
		a := feed.Published{Path: "/paser.atom", ETag: `"1"`, Modified: storetest.Noon, Entries: 3}
		b := feed.Published{Path: "/paser.rss", ETag: `"1"`, Modified: storetest.Noon, Entries: 3}
		if err := s.RememberDocuments(ctx, []feed.Published{a, b}); err != nil {
			t.Fatal(err)
		}
		a.ETag, a.Modified, a.Entries = `"2"`, a.Modified.Add(time.Minute), 4
		if err := s.RememberDocuments(ctx, []feed.Published{a}); err != nil {
			t.Fatal(err)
		}
		got, err := s.Documents(ctx)
		if err != nil {
			t.Fatal(err)
		}
		equal(t, got, map[string]feed.Published{a.Path: a, b.Path: b})
	})
}

// Many goroutines save to one store while others read it: no number is given
// twice, and what a reader has read up to is complete.
func TestConcurrentSaving(t *testing.T) {
	storetest.Each(t, func(t *testing.T, database string) {
		ctx := context.Background()
		const writers, batches = 6, 8
		done := make(chan error, writers)
		for w := range writers {
			s := storetest.Open(t, database) // as another process would
			go func() {
				for i := range batches {
					if err := s.Save(ctx, []feed.Draft{storetest.Draft(fmt.Sprint("s", w), i), storetest.Draft("shared", i)}); err != nil {
						done <- err
						return
					}
				}
				done <- nil
			}()
		}
		s := storetest.Open(t, database)
		var at int64
		read := map[string]bool{}
		for finished := 0; finished < writers; {
			select {
			case err := <-done:
				if err != nil {
					t.Fatal(err)
				}
				finished++
			default:
			}
			at = readOn(t, s, at, read)
		}
		readOn(t, s, at, read)
		if len(read) != writers*batches+batches {
			t.Errorf("a reader following the changes saw %d entries of %d", len(read), writers*batches+batches)
		}
	})
}

func readOn(t *testing.T, s *store.Store, at int64, read map[string]bool) int64 {
	t.Helper()
	list, err := s.ChangedSince(context.Background(), at, 7)
	if err != nil {
		t.Fatal(err)
	}
	for i := range list {
		at = list[i].Seq
		read[list[i].ID] = true
	}
	if len(list) == 7 {
		return readOn(t, s, at, read)
	}
	return at
}
