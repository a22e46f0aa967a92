package store_test

import (
	"context"
	"testing"

	"warta/feed"
	"warta/feed/store/storetest"
	"warta/sources"
)

// How 300 feeds of 20 entries come in at a first refresh, each in its own
// transaction.
const (
	benchFeeds = 300
	benchItems = 20
)

func benchDrafts() [][]feed.Draft {
	all := make([][]feed.Draft, benchFeeds)
	for i := range all {
		for n := range benchItems {
			all[i] = append(all[i], storetest.Draft("sumber-"+string(rune('a'+i%26))+string(rune('a'+i/26)), n))
		}
	}
	return all
}

func BenchmarkSaveNew(b *testing.B) {
	ctx := context.Background()
	all := benchDrafts()
	b.ReportAllocs()
	for b.Loop() {
		b.StopTimer()
		s := storetest.Open(b, storetest.SQLite(b))
		b.StartTimer()
		for _, drafts := range all {
			if err := s.Save(ctx, drafts); err != nil {
				b.Fatal(err)
			}
		}
	}
	b.ReportMetric(float64(b.Elapsed().Microseconds())/float64(b.N)/(benchFeeds*benchItems), "µs/entry")
}

func BenchmarkKnown(b *testing.B) {
	ctx := context.Background()
	s := storetest.Open(b, storetest.SQLite(b))
	for _, drafts := range benchDrafts() {
		if err := s.Save(ctx, drafts); err != nil {
			b.Fatal(err)
		}
	}
	drafts := benchDrafts()[7]
	var ids, keys []string
	for i := range drafts {
		ids, keys = append(ids, drafts[i].OriginalID), append(keys, drafts[i].URLKey)
	}
	b.ReportAllocs()
	for b.Loop() {
		if known, err := s.Known(ctx, drafts[0].Source, ids, keys); err != nil || len(known) != benchItems {
			b.Fatal(len(known), err)
		}
	}
}

func BenchmarkRead100(b *testing.B) {
	ctx := context.Background()
	s := storetest.Open(b, storetest.SQLite(b))
	var in []feed.Membership
	for _, drafts := range benchDrafts() {
		if err := s.Save(ctx, drafts); err != nil {
			b.Fatal(err)
		}
		for i := range drafts {
			in = append(in, feed.Membership{EntryID: drafts[i].ID, Time: drafts[i].Published})
		}
	}
	if err := s.UpdateChannel(ctx, feed.Mark{Channel: "paser"}, false, in, nil); err != nil {
		b.Fatal(err)
	}
	b.ReportAllocs()
	for b.Loop() {
		if list, err := s.ChannelEntries(ctx, "paser", 100); err != nil || len(list) != 100 {
			b.Fatal(len(list), err)
		}
	}
}

func BenchmarkRecallAndRemember(b *testing.B) {
	ctx := context.Background()
	s := storetest.Open(b, storetest.SQLite(b))
	st := sources.State{Source: "pemkab", Feed: "https://pemkab.example.id/feed/", URL: "https://pemkab.example.id/feed/", ETag: `"abc"`,
		BodyHash: storetest.Digest("x"), Title: "Pemkab", Entries: 20, Fingerprints: make([]sources.Fingerprint, 20), Health: sources.Healthy}
	b.ReportAllocs()
	for b.Loop() {
		st.LastVisit = st.LastVisit.Add(1e9)
		if err := s.Remember(ctx, []sources.State{st}); err != nil {
			b.Fatal(err)
		}
		if _, err := s.Recall(ctx, []string{"pemkab"}); err != nil {
			b.Fatal(err)
		}
	}
}
