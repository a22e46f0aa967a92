package intake_test

import (
	"context"
	"fmt"
	"slices"
	"testing"
	"time"

	"pgregory.net/rapid"

	"warta/feed/intake"
	"warta/feed/store/storetest"
	"warta/sources"
)

// habit is what a feed does with its ids.
type habit func(story, place, poll int) (guid, link string)

var habits = map[string]habit{
	"steady guids": func(story, _, _ int) (string, string) {
		return fmt.Sprint("tag:x,", story), fmt.Sprint(site, "b/", story)
	},
	"places in a list": func(story, place, _ int) (string, string) {
		return fmt.Sprint(place + 1), fmt.Sprint(site, "b/", story)
	},
	"no guids": func(story, _, _ int) (string, string) { return "", fmt.Sprint(site, "b/", story) },
	"http and https": func(story, _, poll int) (string, string) {
		link := fmt.Sprint([]string{"http", "https"}[poll%2], "://pemkab.example.id/b/", story, []string{"", "/"}[(poll/2)%2])
		return link, link
	},
	"numbers and permalinks": func(story, _, poll int) (string, string) {
		link := fmt.Sprint(site, "b/", story)
		return []string{link, fmt.Sprint(site, "?p=", story)}[poll%2], link
	},
	"one guid for all": func(story, _, _ int) (string, string) { return site, fmt.Sprint(site, "b/", story) },
}

// Whatever a feed does with its ids, however its window moves, empties and
// comes back in another order: each story is stored once and none is lost.
func TestEveryStoryOnce(t *testing.T) {
	storetest.FewChecks(t)
	for name, ids := range habits {
		t.Run(name, func(t *testing.T) {
			s := storetest.Open(t, storetest.SQLite(t))
			in := intake.New(s, intake.Options{})
			round := 0
			rapid.Check(t, func(rt *rapid.T) {
				round++
				src := sources.Source{ID: fmt.Sprint("s", round), Feed: site + "feed/", URL: site}
				seen := map[string]int{} // edits of each story
				at := noon
				var newest int
				for poll := range rapid.IntRange(1, 6).Draw(rt, "polls") {
					newest += rapid.IntRange(0, 4).Draw(rt, "new")
					size := rapid.IntRange(0, 6).Draw(rt, "window")
					var window []int
					for story := newest; story > max(0, newest-size); story-- {
						window = append(window, story)
					}
					if rapid.Bool().Draw(rt, "shuffled") {
						window = rapid.Permutation(window).Draw(rt, "order")
					}
					var items []sources.Item
					for place, story := range window {
						guid, link := ids(story, place, poll)
						title := fmt.Sprint("Berita nomor ", story)
						it := item(guid, link, title, noon.Add(time.Duration(story)*7*time.Minute))
						if rapid.IntRange(0, 4).Draw(rt, "edit") == 0 {
							seen[title]++
						} else if _, ok := seen[title]; !ok {
							seen[title] = 0
						}
						it.Content.Value = fmt.Sprint(title, " suntingan ", seen[title])
						if guid == site && place > 0 {
							it.ID, it.IDFrom = it.Link, sources.IDFromLink // as parse does
						}
						items = append(items, it)
					}
					at = at.Add(time.Hour)
					if _, err := in.Accept(context.Background(), []sources.Visit{{Source: src, At: at, Document: document(items...)}}); err != nil {
						rt.Fatal(err)
					}
				}
				var got, want []string
				list, err := s.SourceEntries(context.Background(), src.ID, 1000)
				if err != nil {
					rt.Fatal(err)
				}
				for i := range list {
					got = append(got, list[i].Content.Value)
				}
				for title, edit := range seen {
					want = append(want, fmt.Sprint(title, " suntingan ", edit))
				}
				slices.Sort(got)
				slices.Sort(want)
				if !slices.Equal(got, want) {
					rt.Fatalf("stored %q\nwant   %q", got, want)
				}
			})
		})
	}
}

func BenchmarkAccept(b *testing.B) {
	src := sources.Source{ID: "s", Feed: site + "feed/", URL: site}
	var items []sources.Item
	for n := range 20 {
		d := storetest.Draft("s", n)
		it := item(d.OriginalID, d.OriginalID, d.Title, d.Published)
		it.Content, it.Evidence = d.Content, d.Evidence
		items = append(items, it)
	}
	doc := document(items...)
	for _, known := range []bool{false, true} {
		b.Run(map[bool]string{false: "new", true: "unchanged"}[known], func(b *testing.B) {
			s := storetest.Open(b, storetest.SQLite(b))
			in := intake.New(s, intake.Options{})
			b.ReportAllocs()
			n := 0
			for b.Loop() {
				if !known {
					n++
					src.ID = fmt.Sprint("s", n)
				}
				if _, err := in.Accept(context.Background(), []sources.Visit{{Source: src, At: noon, Document: doc}}); err != nil {
					b.Fatal(err)
				}
			}
			b.ReportMetric(float64(b.Elapsed().Nanoseconds())/float64(b.N)/20/1000, "µs/entry")
		})
	}
}
