package refresh

import (
	"testing"
	"time"

	"pgregory.net/rapid"

	"warta/sources"
)

var (
	noon  = time.Date(2026, 11, 24, 12, 0, 0, 0, time.UTC)
	every = sources.Rhythm{Min: 15 * time.Minute, Max: 24 * time.Hour}
)

func TestNextVisitIsTheLatestOfAllWishes(t *testing.T) {
	in := func(d time.Duration) time.Time { return noon.Add(d) }
	for _, c := range []struct {
		name     string
		interval time.Duration
		s        signs
		min, max time.Duration // after noon
	}{
		{"our own rhythm, lengthened by at most a tenth", time.Hour, signs{}, time.Hour, 66 * time.Minute},
		{"Cache-Control asks for longer", 15 * time.Minute, signs{fresh: in(3 * time.Hour)}, 3 * time.Hour, 3 * time.Hour},
		{"Cache-Control of a year is cut to the operator's longest", 15 * time.Minute, signs{fresh: in(8760 * time.Hour)}, 24 * time.Hour, 24 * time.Hour},
		{"RSS ttl", 15 * time.Minute, signs{schedule: sources.Schedule{TTL: 120}}, 2 * time.Hour, 2 * time.Hour},
		{"sy: twice daily", 15 * time.Minute, signs{schedule: sources.Schedule{Period: "daily", Frequency: 2}}, 12 * time.Hour, 12 * time.Hour},
		{"Retry-After beyond the operator's longest is heeded", 15 * time.Minute, signs{retryAfter: in(48 * time.Hour)}, 48 * time.Hour, 48 * time.Hour},
		{"Retry-After of a year is not believed", 15 * time.Minute, signs{retryAfter: in(8760 * time.Hour)}, longestRetry, longestRetry},
		{"skipHours moves to the end of the hour", 15 * time.Minute, signs{schedule: sources.Schedule{SkipHours: []int{12, 13}}}, 2 * time.Hour, 2 * time.Hour},
		{"skipDays moves to the next day", 15 * time.Minute, signs{schedule: sources.Schedule{SkipDays: []string{"Tuesday"}}}, 12 * time.Hour, 12 * time.Hour},
		{"a feed that skips every hour is not believed", time.Hour, signs{schedule: sources.Schedule{SkipHours: allHours()}}, time.Hour, 66 * time.Minute},
	} {
		got := next(noon, sources.State{Source: "a", Interval: c.interval}, every, c.s).Sub(noon)
		if got < c.min || got > c.max {
			t.Errorf("%s: next visit after %v, want %v to %v", c.name, got, c.min, c.max)
		}
	}
}

func allHours() (h []int) {
	for i := range 24 {
		h = append(h, i)
	}
	return h
}

func TestBackoffDoublesUpToADayAndNeverEnds(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		n := rapid.IntRange(1, 1_000_000).Draw(t, "failures")
		d := backoff(noon, sources.State{Source: "a", Failures: n}, every, time.Time{}).Sub(noon)
		if d < every.Min || d > 27*time.Hour {
			t.Fatalf("after %d failures the next try is in %v", n, d)
		}
	})
}

func TestDue(t *testing.T) {
	for _, c := range []struct {
		name string
		st   sources.State
		want bool
	}{
		{"never visited", sources.State{}, true},
		{"its time has come", sources.State{NextVisit: noon}, true},
		{"not yet", sources.State{NextVisit: noon.Add(time.Minute)}, false},
		{"gone", sources.State{Health: sources.Gone}, false},
		{"failing, and due", sources.State{Health: sources.Failing, NextVisit: noon.Add(-time.Hour)}, true},
		{"the clock went back a year", sources.State{LastVisit: noon.AddDate(1, 0, 0), NextVisit: noon.AddDate(1, 0, 1)}, true},
	} {
		if got := Due(c.st, noon); got != c.want {
			t.Errorf("%s: due is %v, want %v", c.name, got, c.want)
		}
	}
}

func TestRhythmFollowsTheSource(t *testing.T) {
	doc := func(gap time.Duration) *sources.Document {
		d := &sources.Document{}
		for i := range 10 {
			d.Items = append(d.Items, sources.Item{Published: sources.Date{Time: noon.Add(-time.Duration(i) * gap)}})
		}
		return d
	}
	for _, c := range []struct {
		name string
		old  time.Duration
		doc  *sources.Document
		want time.Duration
	}{
		{"a story every four hours is looked for every two", 0, doc(4 * time.Hour), 2 * time.Hour},
		{"a story a minute meets the operator's shortest", 0, doc(time.Minute), every.Min},
		{"a story a month meets the operator's longest", 0, doc(700 * time.Hour), every.Max},
		{"the first visit that says nothing", 0, nil, every.Min},
		{"silence lengthens", time.Hour, nil, 75 * time.Minute},
		{"one change in two hours moves it a quarter of the way to one", 2 * time.Hour, &sources.Document{Items: make([]sources.Item, 1)}, 105 * time.Minute},
	} {
		st := sources.State{Interval: c.old, LastChange: noon.Add(-2 * time.Hour)}
		if got := rhythm(st, c.doc, noon, every); got != c.want {
			t.Errorf("%s: %v, want %v", c.name, got, c.want)
		}
	}
}
