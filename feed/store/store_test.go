package store_test

import (
	"context"
	"errors"
	"fmt"
	"reflect"
	"testing"
	"time"

	"warta/feed"
	"warta/feed/store"
	"warta/feed/store/storetest"
)

// engines runs a test on an empty store of every engine.
func engines(t *testing.T, test func(t *testing.T, s *store.Store)) {
	storetest.Each(t, func(t *testing.T, database string) { test(t, storetest.Open(t, database)) })
}

func save(t *testing.T, s *store.Store, drafts ...feed.Draft) {
	t.Helper()
	if err := s.Save(context.Background(), drafts); err != nil {
		t.Fatal(err)
	}
}

func equal[T any](t *testing.T, got, want T) {
	t.Helper()
	if !reflect.DeepEqual(got, want) {
		t.Errorf("got  %+v\nwant %+v", got, want)
	}
}

func TestSavedEntryIsReadBack(t *testing.T) {
	engines(t, func(t *testing.T, s *store.Store) {
		d := storetest.Draft("pemkab", 1)
		save(t, s, d)
		got, err := s.Entry(context.Background(), d.ID)
		if err != nil {
			t.Fatal(err)
		}
		want := d.Entry
		want.Seq, want.DayPlace = 1, 1
		sameEntry(t, got, want)
		if _, err := s.Entry(context.Background(), "nosuch"); !errors.Is(err, feed.ErrNotFound) {
			t.Errorf("an unknown entry gave %v", err)
		}
	})
}

func TestSavingTheSameTwiceChangesNothing(t *testing.T) {
	engines(t, func(t *testing.T, s *store.Store) {
		ctx := context.Background()
		a, b := storetest.Draft("pemkab", 1), storetest.Draft("pemkab", 2)
		save(t, s, a, b)
		save(t, s, b, a)
		seq, err := s.LastSeq(ctx)
		if err != nil || seq != 2 {
			t.Errorf("last change is %d, %v; want 2", seq, err)
		}
		list, err := s.Revisions(ctx, a.ID)
		if err != nil || len(list) != 1 {
			t.Errorf("%d revisions, %v; want 1", len(list), err)
		}
	})
}

func TestChangeMakesARevisionAndKeepsTheOldOne(t *testing.T) {
	engines(t, func(t *testing.T, s *store.Store) {
		ctx := context.Background()
		first := storetest.Draft("pemkab", 1)
		save(t, s, first, storetest.Draft("pemkab", 2))
		second := first
		second.Title, second.Digest, second.URLKey = "Jalan dua desa diperbaiki", storetest.Digest("2"), "elsewhere"
		second.Changed = storetest.Noon.Add(time.Hour)
		second.FirstSeen = second.Changed // the store knows better
		save(t, s, second)

		got, err := s.Entry(ctx, first.ID)
		if err != nil {
			t.Fatal(err)
		}
		want := second.Entry
		want.FirstSeen, want.Revision, want.Seq, want.DayPlace = storetest.Noon, 2, 3, 1
		sameEntry(t, got, want)

		list, err := s.Revisions(ctx, first.ID)
		if err != nil || len(list) != 2 {
			t.Fatalf("%d revisions, %v; want 2", len(list), err)
		}
		old := first.Entry
		old.Seq, old.DayPlace = 3, 1
		sameEntry(t, list[0], old)
		sameEntry(t, list[1], want)

		changed, err := s.ChangedSince(ctx, 1, 10)
		if err != nil || len(changed) != 2 || changed[0].Seq != 2 || changed[1].ID != first.ID {
			t.Errorf("changed since 1: %v, %v", changed, err)
		}
	})
}

func TestKnown(t *testing.T) {
	engines(t, func(t *testing.T, s *store.Store) {
		ctx := context.Background()
		var drafts []feed.Draft
		for i := range 300 {
			drafts = append(drafts, storetest.Draft("pemkab", i))
		}
		undated := storetest.Draft("other", 1)
		undated.Published = time.Time{}
		save(t, s, append(drafts, undated)...)
		var ids, keys []string
		for i := range drafts {
			ids = append(ids, drafts[i].OriginalID)
			keys = append(keys, drafts[i].URLKey, "")
		}
		got, err := s.Known(ctx, "pemkab", ids[:200], keys[300:])
		if err != nil || len(got) != 300 {
			t.Fatalf("knows %d of 300: %v", len(got), err)
		}
		d := &drafts[7]
		got, err = s.Known(ctx, "pemkab", []string{d.OriginalID, "never seen"}, nil)
		if err != nil {
			t.Fatal(err)
		}
		equal(t, got, []feed.Known{{ID: d.ID, OriginalID: d.OriginalID, URLKey: d.URLKey, Title: d.Title, Digest: d.Digest, Revision: 1,
			FirstSeen: storetest.Noon, Published: d.Published.UTC()}})
		if got, err = s.Known(ctx, "other", nil, []string{undated.URLKey}); err != nil || len(got) != 1 || !got[0].Published.IsZero() {
			t.Errorf("by address: %+v, %v", got, err)
		}
		if got, err = s.Known(ctx, "other", []string{d.OriginalID}, []string{d.URLKey}); err != nil || len(got) != 0 {
			t.Errorf("one source knows another's entries: %+v, %v", got, err)
		}
		if got, err = s.Known(ctx, "pemkab", nil, []string{""}); err != nil || len(got) != 0 {
			t.Errorf("no address is an address: %+v, %v", got, err)
		}
	})
}

func TestSourceEntriesAreNewestFirst(t *testing.T) {
	engines(t, func(t *testing.T, s *store.Store) {
		for i := range 5 {
			save(t, s, storetest.Draft("pemkab", i), storetest.Draft("other", i))
		}
		list, err := s.SourceEntries(context.Background(), "pemkab", 3)
		if err != nil {
			t.Fatal(err)
		}
		var got []string
		for _, e := range list {
			got = append(got, e.OriginalID)
		}
		var want []string
		for i := range 3 {
			want = append(want, storetest.Draft("pemkab", i).OriginalID)
		}
		equal(t, got, want)
	})
}

// A hostile item must not cost the batch it came with.
func TestTextThatNoDatabaseTakes(t *testing.T) {
	engines(t, func(t *testing.T, s *store.Store) {
		bad := storetest.Draft("pemkab", 1)
		bad.OriginalID, bad.Title = "a\x00b", "x\xffy\x00"
		bad.Content.Value, bad.Excerpt, bad.URLKey = "\x00<p>\xed\xa0\x80</p>", "\x00\xff", "k\x00"
		save(t, s, bad, storetest.Draft("pemkab", 2))
		known, err := s.Known(context.Background(), "pemkab", []string{bad.OriginalID}, []string{bad.URLKey})
		if err != nil || len(known) != 1 {
			t.Fatalf("known: %+v, %v", known, err)
		}
		if _, err := s.Entry(context.Background(), known[0].ID); err != nil {
			t.Error(err)
		}
	})
}

// sameEntry compares entries, times by instant and offset.
func sameEntry(t *testing.T, got, want feed.Entry) {
	t.Helper()
	sameFields(t, "", flat(reflect.ValueOf(got)), flat(reflect.ValueOf(want)))
}

// sameFields names the fields that differ.
func sameFields(t *testing.T, path string, got, want any) {
	t.Helper()
	g, ok := got.(map[string]any)
	w, ok2 := want.(map[string]any)
	if !ok || !ok2 {
		if a, b := fmt.Sprintf("%+v", got), fmt.Sprintf("%+v", want); a != b {
			t.Errorf("%s\ngot  %s\nwant %s", path, a, b)
		}
		return
	}
	for name := range w {
		sameFields(t, path+"."+name, g[name], w[name])
	}
}

// flat replaces pointers by what they point to and times by their text, so
// that two values can be compared by how they print.
func flat(v reflect.Value) any {
	if t, ok := v.Interface().(time.Time); ok {
		return t.Format(time.RFC3339Nano)
	}
	switch v.Kind() {
	case reflect.Pointer:
		if v.IsNil() {
			return nil
		}
		return flat(v.Elem())
	case reflect.Slice:
		list := []any{}
		for i := range v.Len() {
			list = append(list, flat(v.Index(i)))
		}
		return list
	case reflect.Struct:
		fields := map[string]any{}
		for i := range v.NumField() {
			fields[v.Type().Field(i).Name] = flat(v.Field(i))
		}
		return fields
	}
	return v.Interface()
}
