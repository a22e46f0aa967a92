package api

import (
	"context"
	"maps"
	"strings"
	"testing"
	"time"

	"pgregory.net/rapid"

	"warta/feed"
	"warta/feed/publish"
	"warta/feed/store/storetest"
	"warta/sources"
)

// copyOf is a partner's copy of everything, kept by the cursor alone.
type copyOf struct {
	cursor string
	held   map[string]string // items, by id
	more   bool
}

// poll takes one answer in, and complains about what was known before.
func (c *copyOf) poll(t *rapid.T, b *bench, partner string) {
	var a answer
	if status := b.get(partner, "/w/api/entries?limit=3&after="+c.cursor, &a); status != 200 {
		t.Fatalf("status %d", status)
	}
	for _, e := range a.Entries {
		state := stateOf(e)
		before, known := c.held[e.ID]
		if known && before == state {
			t.Errorf("%s comes again as it was: %s", e.ID, state)
		}
		if e.Status == "gone" {
			delete(c.held, e.ID)
			continue
		}
		c.held[e.ID] = state
	}
	if a.After == "" || a.Next != "https://warta.example/w/api/entries?after="+a.After+"&limit=3" {
		t.Fatalf("after %q, next %q", a.After, a.Next)
	}
	c.cursor, c.more = a.After, a.More
}

// stateOf is what a copy holds of an entry.
func stateOf(e Entry) string {
	return e.Status + " in " + strings.Join(e.Channels, ", ") + string(e.Item)
}

// edited are the settings as an operator may have changed them.
func edited(t *rapid.T) publish.Settings {
	s := settings()
	for _, edit := range []func(){
		func() { s.Permissions = nil },
		func() {
			s.Permissions = append(s.Permissions, feed.Permission{ID: "kabar", Source: "kabar", Use: feed.Full, Audience: feed.Public, Basis: feed.WrittenPermission})
		},
		func() { s.Channels[0].Select = `"64.02" in regions` },
		func() { s.Channels[1].Private = false },
		func() { s.Channels[2].Embargo = 0 },
		func() { s.Partners[0].Channels = []string{"gudang", "nanti"} },
		func() { s.Partners[0].Use = feed.Headline },
		func() { s.Policy.Default = feed.Headline },
		func() { s.Sources = s.Sources[1:] },
	} {
		if rapid.IntRange(0, 3).Draw(t, "edit") == 0 {
			edit()
		}
	}
	return s
}

// TestCopyByCursor saves, changes, withdraws and lets time pass at random, and
// edits the settings, while two callers read on by their cursors; in the end each has exactly what
// it may see, and nothing came to it twice.
func TestCopyByCursor(t *testing.T) {
	storetest.FewChecks(t)
	rapid.Check(t, func(rt *rapid.T) {
		b := newBench(t)
		defer b.store.Close()
		if rapid.Bool().Draw(rt, "many turn at once") {
			b.api.clock.most = 0
		}
		story := 0
		copies := map[string]*copyOf{"": {cursor: "0", held: map[string]string{}}, "portal": {cursor: "0", held: map[string]string{}}}
		version := 0
		for range rapid.IntRange(1, 30).Draw(rt, "steps") {
			version++
			switch rapid.SampledFrom([]string{"new", "new", "change", "move", "withdraw", "embargo", "clock", "edit", "poll", "poll"}).Draw(rt, "step") {
			case "new":
				story++
				b.save(rapid.SampledFrom([]string{"pemkab", "kabar", "radio"}).Draw(rt, "source"), story, version, nil)
			case "change":
				b.save("pemkab", rapid.IntRange(0, story).Draw(rt, "which"), version, nil)
			case "move":
				b.save("pemkab", rapid.IntRange(0, story).Draw(rt, "which"), version, func(e *feed.Entry) { e.Regions = []string{"64.02"} })
			case "edit":
				if err := b.p.Configure(context.Background(), edited(rt)); err != nil {
					rt.Fatal(err)
				}
				b.update()
			case "withdraw":
				b.save("pemkab", rapid.IntRange(0, story).Draw(rt, "which"), version, func(e *feed.Entry) {
					e.Notice = &feed.Notice{Kind: feed.Withdrawal, When: b.clock, Reason: "Keliru.", By: "origin"}
				})
			case "embargo":
				story++
				until := b.clock.Add(90 * time.Minute).Format(time.RFC3339)
				b.save("pemkab", story, version, func(e *feed.Entry) {
					e.Evidence = []sources.Evidence{{Kind: sources.Embargo, Text: "Embargo", Where: "text", Value: until}}
				})
			case "clock":
				b.clock = b.clock.Add(time.Duration(rapid.IntRange(1, 200).Draw(rt, "minutes")) * time.Minute)
			case "poll":
				for partner, c := range copies {
					c.poll(rt, b, partner)
				}
			}
			b.clock = b.clock.Add(time.Second)
		}
		for partner, c := range copies {
			for c.poll(rt, b, partner); c.more; {
				c.poll(rt, b, partner)
			}
			want := map[string]string{}
			for path := "/w/api/entries?limit=100"; path != ""; {
				var a answer
				if status := b.get(partner, path, &a); status != 200 {
					rt.Fatalf("status %d", status)
				}
				for _, e := range a.Entries {
					want[e.ID] = stateOf(e)
				}
				path = strings.TrimPrefix(a.Next, "https://warta.example")
			}
			if !maps.Equal(c.held, want) {
				rt.Fatalf("%q holds %d entries, may see %d:\n%v\n%v", partner, len(c.held), len(want), c.held, want)
			}
		}
	})
}
