package render_test

import (
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"maps"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"warta/feed"
	"warta/feed/intake"
	"warta/feed/render"
	"warta/feed/render/rendertest"
	"warta/feed/rights"
	"warta/sources"
	"warta/sources/normalize"
	"warta/sources/parse"
)

// owed is what must arrive of one story, taken from the item as its source
// said it.
type owed struct {
	ID        string   `json:"id"`
	Link      string   `json:"link"`
	Authors   []string `json:"authors"`
	Helpers   []string `json:"helpers"`
	Source    string   `json:"source"`
	Feed      string   `json:"feed"`
	Rights    string   `json:"rights"`
	Licences  []string `json:"licences"`
	Published string   `json:"published"`
	Updated   string   `json:"updated"`
}

// tally counts what becomes of documents and stories.
type tally map[string]int

func (c tally) String() string {
	var b strings.Builder
	for _, what := range slices.Sorted(maps.Keys(c)) {
		fmt.Fprintf(&b, "%6d %s\n", c[what], what)
	}
	return b.String()
}

// Every captured feed, all of it, published as Atom, RSS and JSON Feed and read
// by python3-feedparser: each entry keeps its id, link, every author and helper
// in their order, source, rights, licences and both dates. The tables that are
// printed count them, and what was not published, by kind. With the race
// detector a sample is read.
func TestAttributionOfRealFeeds(t *testing.T) {
	files, _ := filepath.Glob("../../../shared/data/open/feeds/*.expect.json")
	if len(files) == 0 {
		t.Skip("captured feeds are not here: ../shared/data is not present")
	}
	python := "/usr/bin/python3"
	if err := exec.Command(python, "-c", "import feedparser").Run(); err != nil {
		if os.Getenv("CI") == "true" {
			t.Fatal("python3-feedparser is missing; in CI every tool must be there")
		}
		t.Skip("python3-feedparser is not on this machine")
	}
	every, least := 1, 6000
	if raced || testing.Short() {
		every, least = 6, 700
	}
	dir := t.TempDir()
	count := make(tally)
	for i, file := range files {
		if i%every != 0 || filepath.Base(file) == "sequences.expect.json" {
			continue
		}
		publishFeed(t, strings.TrimSuffix(file, ".expect.json"), filepath.Join(dir, fmt.Sprint(i)), count)
	}
	out, err := exec.Command(python, "testdata/openfeeds.py", dir).CombinedOutput()
	t.Logf("\n%s%s", count, out)
	if err != nil {
		t.Errorf("attribution was lost: %v", err)
	}
	for what, n := range count {
		if strings.HasPrefix(what, "entries refused") {
			t.Errorf("%d %s", n, what)
		}
	}
	if count["entries published"] < least {
		t.Errorf("only %d entries were published", count["entries published"])
	}
}

// publishFeed writes a feed's stories in every format, with what is owed.
func publishFeed(t *testing.T, file, to string, count tally) {
	b, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	now := time.Date(2026, 6, 1, 0, 0, 0, 0, time.UTC)
	src := sources.Source{ID: "s", Feed: "https://origin.example.id/feed"}
	doc, err := parse.Parse(context.Background(), parse.Input{Body: b, URL: src.Feed})
	if err != nil {
		count["documents are no feeds"]++
		return
	}
	normalize.Document(doc, normalize.Options{Source: src, Now: now})
	site := feed.Site{Title: "Uji", URL: "https://warta.example/", Language: "id"}
	fragments := make(map[render.Format][][]byte)
	var truth []owed
	seen := make(map[string]bool)
	for i := range doc.Items {
		it := &doc.Items[i]
		if seen[it.ID] {
			count["entries stand twice in their document"]++
			continue
		}
		seen[it.ID] = true
		e := intake.Entry(src, doc, it, now)
		d := rights.Decide(&e, feed.Policy{Default: feed.Excerpt}, nil, feed.Public, now)
		held, ok := feed.Withhold(e, d)
		if !ok {
			count["entries not to be shown: "+d.Reasons[0].Rule]++
			continue
		}
		one, err := fragmentsOf(feed.Shown{Entry: held, Decision: d}, site)
		if err != nil {
			_, why, _ := strings.Cut(err.Error(), feed.ErrInvalid.Error()+": ")
			why, _, _ = strings.Cut(why, ":")
			count["entries refused: "+why]++
			t.Logf("%s: %v", file, err)
			continue
		}
		count["entries published"]++
		if !strings.HasPrefix(strings.ToLower(e.Attribution.URL), "http") {
			count["entries without a page of their own, at home on their outlet's site"]++
		}
		for f, b := range one {
			fragments[f] = append(fragments[f], b)
		}
		truth = append(truth, owes(doc, it, &e))
	}
	if len(truth) == 0 {
		count["documents have nothing to publish"]++
		return
	}
	count["documents published"]++
	for f, list := range fragments {
		var b bytes.Buffer
		if err := render.Document(&b, f, render.Head{Site: site, Channel: feed.Channel{ID: "semua", Title: "Semua"}, Self: site.URL + "semua", Page: site.URL + "semua/"}, list); err != nil {
			t.Fatal(err)
		}
		if f == render.JSON {
			for _, broken := range rendertest.JSONFeed(b.Bytes()) {
				t.Errorf("%s: %s", file, broken)
			}
		}
		if err := os.WriteFile(to+f.Extension(), b.Bytes(), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	j, err := json.Marshal(truth)
	if err == nil {
		err = os.WriteFile(to+".truth", j, 0o644)
	}
	if err != nil {
		t.Fatal(err)
	}
}

// fragmentsOf renders an entry in each format, or in none. A withdrawn one
// leaves its notice.
func fragmentsOf(s feed.Shown, site feed.Site) (map[render.Format][]byte, error) {
	write := render.Fragment
	if s.Entry.Notice != nil && s.Entry.Notice.Kind == feed.Withdrawal {
		write = render.Tombstone
	}
	one := make(map[render.Format][]byte)
	for _, f := range []render.Format{render.Atom, render.RSS, render.JSON} {
		b, err := write(f, s, site)
		if err != nil {
			return nil, err
		}
		one[f] = b
	}
	return one, nil
}

// owes reads from item and document what an entry must keep, by the rules of
// inheritance of RFC 4287 and RFC 4946.
func owes(doc *sources.Document, it *sources.Item, e *feed.Entry) owed {
	a := &e.Attribution
	o := owed{ID: it.ID, Link: a.URL, Source: a.Source.Title, Feed: a.Source.FeedURL, Licences: distinct(it.Licenses)}
	site := a.Source.URL
	people, rights := it.Authors, it.Rights
	if it.Origin != nil {
		if it.Origin.Title != "" || it.Origin.URL != "" || it.Origin.FeedURL != "" {
			o.Source, o.Feed = it.Origin.Title, it.Origin.FeedURL
			site = first(it.Origin.URL, site, it.Origin.FeedURL)
		}
		if len(people) == 0 {
			people = it.Origin.Authors
		}
		if len(o.Licences) == 0 {
			o.Licences = distinct(it.Origin.Licenses)
		}
		if len(rights) == 0 && it.Origin.Rights != "" {
			rights = []sources.Statement{{Text: it.Origin.Rights}}
		}
	}
	if !strings.HasPrefix(strings.ToLower(o.Link), "http") { // no page of its own
		o.Link = first(site, a.Source.FeedURL)
	}
	helpers := it.Contributors
	if len(people) == 0 {
		for _, p := range doc.Authors {
			if p.Role == "editor" { // managingEditor answers for the feed
				helpers = append(slices.Clip(helpers), p)
			} else {
				people = append(people, p)
			}
		}
	}
	if len(o.Licences) == 0 {
		o.Licences = distinct(doc.Licenses)
	}
	if len(rights) == 0 {
		rights = doc.Rights
	}
	o.Authors, o.Helpers = namesOf(people), namesOf(helpers)
	if len(rights) > 0 && !strings.HasPrefix(strings.TrimSpace(rights[0].Text), "<") {
		o.Rights = rights[0].Text
	}
	o.Published, o.Updated = stamped(it.Published), stamped(it.Updated)
	return o
}

func namesOf(people []sources.Person) (names []string) {
	for _, p := range people {
		n := first(strings.TrimSpace(p.Name), strings.TrimSpace(p.Email))
		if n == "" && strings.HasPrefix(p.URL, "http") {
			n = p.URL
		}
		if n != "" {
			names = append(names, n)
		}
	}
	return names
}

// stamped is a date as it must arrive. Python counts years from 1, and those
// before 1000 are nobody's.
func stamped(d sources.Date) string {
	if y := d.Time.UTC().Year(); !d.Known() || y < 1000 || y > 9999 {
		return ""
	}
	return d.Time.UTC().Format("2006-01-02T15:04:05")
}

// distinct are the licences that were stated, each once.
func distinct(list []string) (out []string) {
	for _, l := range list {
		if !slices.Contains(out, l) && l != "" && l != render.Unspecified {
			out = append(out, l)
		}
	}
	return out
}

func first(list ...string) string {
	for _, s := range list {
		if s != "" {
			return s
		}
	}
	return ""
}
