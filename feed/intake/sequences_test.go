package intake_test

import (
	"context"
	"encoding/json"
	"os"
	"path/filepath"
	"slices"
	"testing"
	"time"

	"warta/feed"
	"warta/feed/intake"
	"warta/feed/store/storetest"
	"warta/sources"
	"warta/sources/normalize"
	"warta/sources/parse"
)

// sequence is a feed as it was polled several times.
type sequence struct {
	Steps []struct {
		File     string    `json:"file"`
		PolledAt time.Time `json:"polled_at"`
		Entries  int       `json:"entries"`
	} `json:"steps"`
}

// sharedFeeds is where real feeds are kept beside the checkout.
func sharedFeeds(t *testing.T) string {
	t.Helper()
	dir, err := os.Getwd()
	if err != nil {
		t.Fatal(err)
	}
	for ; dir != filepath.Dir(dir); dir = filepath.Dir(dir) {
		if _, err := os.Stat(filepath.Join(dir, "go.mod")); err == nil {
			break
		}
	}
	dir = filepath.Join(dir, "..", "shared", "data", "open", "feeds")
	if _, err := os.Stat(dir); err != nil {
		t.Skipf("the real feeds are not here: %v", err)
	}
	return dir
}

// Real feeds, polled again and again: every story is stored once, none is
// lost, and none goes when the feed empties. A story is known by its link.
func TestSequences(t *testing.T) {
	dir := sharedFeeds(t)
	b, err := os.ReadFile(filepath.Join(dir, "sequences.expect.json"))
	if err != nil {
		t.Fatal(err)
	}
	var sequences map[string]sequence
	if err := json.Unmarshal(b, &sequences); err != nil {
		t.Fatal(err)
	}
	for name, seq := range sequences {
		t.Run(name, func(t *testing.T) { replay(t, dir, name, seq) })
	}
}

func replay(t *testing.T, dir, name string, seq sequence) {
	d := newDesk(t)
	d.src = sources.Source{ID: name, Feed: "https://" + name + ".example.id/feed"}
	links := map[string]string{} // every link ever seen, with the title seen last
	first := map[string]string{} // id of the entry that a link became
	var known func(sources.Fingerprint) bool
	for i, step := range seq.Steps {
		// Once as a reader that knows the bytes of the last poll, then once
		// more from scratch: that must change nothing.
		doc := parseFile(t, filepath.Join(dir, step.File), d.src, known, step.PolledAt)
		got := accept(t, d, doc, step.PolledAt)
		all := parseFile(t, filepath.Join(dir, step.File), d.src, nil, step.PolledAt)
		again := accept(t, d, all, step.PolledAt)
		// Disway gives a new story in full and as a stub, later the stub alone.
		if again.New > 0 || again.Updated > 0 && name != "disway-rss" {
			t.Errorf("%s taken in again: %d new, %d updated", step.File, again.New, again.Updated)
		}
		fresh := 0
		here := map[string]bool{}
		for j := range all.Items {
			key := normalize.Key(all.Items[j].URL)
			here[key] = true
			if _, ok := links[key]; !ok {
				fresh++
			}
			links[key] = all.Items[j].Title.Value
		}
		if len(here) != step.Entries {
			t.Errorf("%s: %d stories, want %d", step.File, len(here), step.Entries)
		}
		if got.New != fresh {
			t.Errorf("%s: %d new entries, want %d", step.File, got.New, fresh)
		}
		stored := d.all()
		if len(stored) != len(links) {
			t.Errorf("%s: %d entries are stored of %d stories", step.File, len(stored), len(links))
		}
		for j := range stored {
			e := &stored[j]
			key := normalize.Key(e.Attribution.URL)
			if links[key] != e.Title {
				t.Errorf("%s: %s has the title %q, its link's is %q", step.File, key, e.Title, links[key])
			}
			if was, ok := first[key]; ok && was != e.ID {
				t.Errorf("%s: %s changed its entry from %s to %s", step.File, key, was, e.ID)
			}
			first[key] = e.ID
		}
		t.Logf("poll %d: %d new, %d updated, %d unchanged; %d stored", i+1, got.New, got.Updated, got.Unchanged, len(stored))
		known = knows(doc.Fingerprints)
	}
	count := len(d.all())
	accept(t, d, &sources.Document{URL: d.src.Feed}, noon)
	if len(d.all()) != count {
		t.Errorf("an emptied feed left %d of %d entries", len(d.all()), count)
	}
}

func knows(list []sources.Fingerprint) func(sources.Fingerprint) bool {
	return func(f sources.Fingerprint) bool { return slices.Contains(list, f) }
}

func parseFile(t *testing.T, path string, src sources.Source, known func(sources.Fingerprint) bool, at time.Time) *sources.Document {
	t.Helper()
	b, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	doc, err := parse.Parse(context.Background(), parse.Input{Body: b, URL: src.Feed, Known: known})
	if err != nil {
		t.Fatal(err)
	}
	normalize.Document(doc, normalize.Options{Source: src, Now: at})
	return doc
}

func accept(t *testing.T, d *desk, doc *sources.Document, at time.Time) sources.Accepted {
	t.Helper()
	got, err := d.in.Accept(context.Background(), []sources.Visit{{Source: d.src, At: at, Document: doc}})
	if err != nil {
		t.Fatal(err)
	}
	return got[0]
}

// Every real feed, one source each, taken in twice: the second time changes
// nothing, and as many entries are stored as were counted.
func TestRealFeedsAreTakenInOnce(t *testing.T) {
	dir := sharedFeeds(t)
	files, err := filepath.Glob(filepath.Join(dir, "*"))
	if err != nil {
		t.Fatal(err)
	}
	s := storetest.Open(t, storetest.SQLite(t))
	in := intake.New(s, intake.Options{})
	feeds, entries, warned := 0, 0, 0
	for i, file := range files {
		if filepath.Ext(file) == ".tsv" || len(file) > 12 && file[len(file)-12:] == ".expect.json" {
			continue
		}
		if storetest.Passes(i) {
			continue
		}
		b, err := os.ReadFile(file)
		if err != nil {
			t.Fatal(err)
		}
		src := sources.Source{ID: filepath.Base(file), Feed: "https://example.id/feed"}
		doc, err := parse.Parse(context.Background(), parse.Input{Body: b, URL: src.Feed})
		if err != nil {
			continue // parse's own tests say why
		}
		normalize.Document(doc, normalize.Options{Source: src, Now: noon})
		visit := []sources.Visit{{Source: src, At: noon, Document: doc}}
		got, err := in.Accept(context.Background(), visit)
		if err != nil {
			t.Fatalf("%s: %v", src.ID, err)
		}
		again, err := in.Accept(context.Background(), visit)
		if err != nil {
			t.Fatalf("%s: %v", src.ID, err)
		}
		if again[0].New+again[0].Updated > 0 {
			t.Errorf("%s: the second time gave %d new and %d updated", src.ID, again[0].New, again[0].Updated)
		}
		stored, err := s.SourceEntries(context.Background(), src.ID, 1<<20)
		if err != nil || len(stored) != got[0].New {
			t.Errorf("%s: %d entries are stored of %d: %v", src.ID, len(stored), got[0].New, err)
		}
		if got[0].New != len(doc.Items) {
			t.Logf("%s: %d items, %d entries", src.ID, len(doc.Items), got[0].New)
		}
		feeds++
		entries += got[0].New
		warned += len(got[0].Warnings)
		for k := range stored {
			if stored[k].ID != feed.EntryID(stored[k].Source, stored[k].OriginalID) {
				t.Errorf("%s: entry %s is not the digest of its identity", src.ID, stored[k].ID)
			}
		}
	}
	t.Logf("%d feeds, %d entries, %d warnings", feeds, entries, warned)
}
