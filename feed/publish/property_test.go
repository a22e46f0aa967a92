package publish

import (
	"context"
	"fmt"
	"path/filepath"
	"testing"
	"time"

	"pgregory.net/rapid"

	"warta/feed"
	"warta/feed/store"
	"warta/feed/store/storetest"
)

// TestStepByStepEqualsAtOnce saves, changes and withdraws at random, with
// updates, restarts, new settings and a moving clock between, and compares
// everything published with what a new publisher makes of a new database at
// the end.
func TestStepByStepEqualsAtOnce(t *testing.T) {
	if testing.Short() {
		t.Skip("opens many databases")
	}
	storetest.FewChecks(t)
	folder := t.TempDir()
	databases := 0
	open := func(settings Settings, clock time.Time) *bench {
		databases++
		b := &bench{t: t, clock: clock, store: openStore(t, filepath.Join(folder, fmt.Sprintf("%d.db", databases)))}
		b.restart(settings)
		b.p.store = unfiling{b.store}
		return b
	}
	rapid.Check(t, func(rt *rapid.T) {
		settings := randomSettings(rt)
		b := open(settings, morning)
		defer b.store.Close()
		var saved []feed.Draft
		for range rapid.IntRange(1, 25).Draw(rt, "steps") {
			switch rapid.SampledFrom([]string{"save", "save", "save", "update", "update", "clock", "restart", "settings"}).Draw(rt, "step") {
			case "save":
				for range rapid.IntRange(1, 15).Draw(rt, "entries") {
					d := randomDraft(rt, b.clock)
					saved = append(saved, d)
					b.save(d)
				}
			case "update":
				b.update()
			case "clock":
				b.clock = b.clock.Add(time.Duration(rapid.IntRange(1, 90).Draw(rt, "minutes")) * time.Minute)
			case "restart":
				b.restart(settings)
				b.p.store = unfiling{b.store}
			case "settings":
				settings = randomSettings(rt)
				if err := b.p.Configure(context.Background(), settings); err != nil {
					rt.Fatal(err)
				}
			}
		}
		b.update()

		fresh := open(settings, b.clock)
		defer fresh.store.Close()
		fresh.save(saved...)
		fresh.update()
		got, want := b.p.edition.Load().documents, fresh.p.edition.Load().documents
		if len(got) != len(want) {
			rt.Errorf("%d documents, want %d", len(got), len(want))
		}
		for path, d := range want {
			if got[path] == nil || got[path].digest != d.digest {
				rt.Errorf("%s differs:\n%s\nwant:\n%s", path, b.body(path), fresh.body(path))
			}
		}
	})
}

// unfiling is a store that files nothing: what stands in archives, and in the
// feed because it doesn't, depends on what happened and not only on what is.
type unfiling struct{ *store.Store }

func (unfiling) File(context.Context, string, int, time.Time, time.Time) (int, error) { return 0, nil }

func (unfiling) Unfiled(context.Context, string, int) ([]feed.Unfiled, error) { return nil, nil }

func randomSettings(t *rapid.T) Settings {
	s := testSettings()
	s.Channels[0].Limit = rapid.IntRange(1, 4).Draw(t, "limit")
	s.Channels[0].Select = rapid.SampledFrom([]string{`"64.01" in regions`, `source == "kabar"`, `mentions("berita 3")`, ""}).Draw(t, "select")
	s.Channels = s.Channels[:rapid.IntRange(1, 2).Draw(t, "channels")]
	if rapid.Bool().Draw(t, "permission") {
		from := morning.Add(time.Duration(rapid.IntRange(-60, 120).Draw(t, "from")) * time.Minute)
		s.Permissions = []feed.Permission{{ID: "p", Source: "pemkab", Use: feed.Full, Audience: feed.Public, Basis: feed.WrittenPermission, From: from, Until: from.Add(time.Hour)}}
	}
	if rapid.Bool().Draw(t, "hide") {
		none := feed.None
		s.Policy.Sources = map[string]feed.SourcePolicy{"kabar": {Rights: &none}}
	}
	return s
}

func randomDraft(t *rapid.T, now time.Time) feed.Draft {
	source := rapid.SampledFrom([]string{"pemkab", "kabar"}).Draw(t, "source")
	return draft(source, rapid.IntRange(0, 59).Draw(t, "n"), func(e *feed.Entry) {
		e.Changed = now
		e.Title += rapid.SampledFrom([]string{"", " (2)", " (3)"}).Draw(t, "title")
		if rapid.Bool().Draw(t, "elsewhere") {
			e.Regions = nil
		}
		e.Published = e.Published.Add(time.Duration(rapid.IntRange(-30, 30).Draw(t, "shift")) * time.Minute)
		switch rapid.IntRange(0, 9).Draw(t, "kind") {
		case 0:
			e.Notice = &feed.Notice{Kind: feed.Withdrawal, When: now, Reason: "Salah.", By: "origin"}
		case 1:
			e.Attribution = feed.Attribution{} // will be refused
		}
	})
}
