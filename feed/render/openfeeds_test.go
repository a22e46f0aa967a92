package render_test

import (
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"warta/feed"
	"warta/feed/intake"
	"warta/feed/render"
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
	Source    string   `json:"source"`
	Rights    string   `json:"rights"`
	Licences  []string `json:"licences"`
	Published string   `json:"published"`
}

// most bounds the entries of one feed, as feedparser is slow.
const most = 15

// Every captured feed, published as Atom, RSS and JSON Feed and read by
// python3-feedparser: each entry keeps its id, link, authors, source, rights or
// licence and date. The table that is printed counts them.
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
	dir := t.TempDir()
	refused, entries, feeds := 0, 0, 0
	for i, file := range files {
		if testing.Short() && i%10 != 0 || filepath.Base(file) == "sequences.expect.json" {
			continue
		}
		n, left := publishFeed(t, strings.TrimSuffix(file, ".expect.json"), filepath.Join(dir, fmt.Sprint(i)))
		entries, refused = entries+n, refused+left
		if n > 0 {
			feeds++
		}
	}
	out, err := exec.Command(python, "testdata/openfeeds.py", dir).CombinedOutput()
	t.Logf("%d feeds, %d entries; %d refused, as they have no link home, no source's name or no time\n%s", feeds, entries, refused, out)
	if err != nil {
		t.Errorf("attribution was lost: %v", err)
	}
	if entries < 1000 && !testing.Short() {
		t.Errorf("only %d entries were published", entries)
	}
}

// publishFeed writes a feed's stories in every format, with what is owed.
func publishFeed(t *testing.T, file, to string) (n, refused int) {
	b, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	now := time.Date(2026, 6, 1, 0, 0, 0, 0, time.UTC)
	src := sources.Source{ID: "s", Feed: "https://origin.example.id/feed"}
	doc, err := parse.Parse(context.Background(), parse.Input{Body: b, URL: src.Feed})
	if err != nil {
		return 0, 0
	}
	normalize.Document(doc, normalize.Options{Source: src, Now: now})
	site := feed.Site{Title: "Uji", URL: "https://warta.example/", Language: "id"}
	fragments := make(map[render.Format][][]byte)
	var truth []owed
	seen := make(map[string]bool)
	for i := range doc.Items {
		it := &doc.Items[i]
		if n == most || it.ID == "" || seen[it.ID] {
			continue
		}
		seen[it.ID] = true
		e := intake.Entry(src, doc, it, now)
		d := rights.Decide(&e, feed.Policy{Default: feed.Excerpt}, nil, feed.Public, now)
		held, ok := feed.Withhold(e, d)
		if !ok {
			continue
		}
		one := make(map[render.Format][]byte)
		for _, f := range []render.Format{render.Atom, render.RSS, render.JSON} {
			if one[f], err = render.Fragment(f, feed.Shown{Entry: held, Decision: d}, site); err != nil {
				refused++
				break
			}
		}
		if err != nil {
			continue
		}
		n++
		for f, b := range one {
			fragments[f] = append(fragments[f], b)
		}
		truth = append(truth, owes(doc, it, &e))
	}
	if n == 0 {
		return 0, refused
	}
	for f, list := range fragments {
		var b bytes.Buffer
		if err := render.Document(&b, f, render.Head{Site: site, Channel: feed.Channel{ID: "semua", Title: "Semua"}, Self: site.URL + "semua", Page: site.URL + "semua/"}, list); err != nil {
			t.Fatal(err)
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
	return n, refused
}

// owes reads from item and document what an entry must keep, by the rules of
// inheritance of RFC 4287 and RFC 4946.
func owes(doc *sources.Document, it *sources.Item, e *feed.Entry) owed {
	o := owed{ID: it.ID, Link: e.Attribution.URL, Source: e.Attribution.Source.Title, Licences: it.Licenses}
	people, rights := it.Authors, it.Rights
	if it.Origin != nil {
		if it.Origin.Title != "" {
			o.Source = it.Origin.Title
		}
		if len(people) == 0 {
			people = it.Origin.Authors
		}
		if len(o.Licences) == 0 {
			o.Licences = it.Origin.Licenses
		}
		if len(rights) == 0 && it.Origin.Rights != "" {
			rights = []sources.Statement{{Text: it.Origin.Rights}}
		}
	}
	if len(people) == 0 {
		people = doc.Authors
	}
	if len(o.Licences) == 0 {
		o.Licences = doc.Licenses
	}
	if len(rights) == 0 {
		rights = doc.Rights
	}
	for _, p := range people {
		if p.Name != "" {
			o.Authors = append(o.Authors, p.Name)
		}
	}
	if len(rights) > 0 && !strings.Contains(rights[0].Text, "<") {
		o.Rights = rights[0].Text
	}
	if y := it.Published.Time.Year(); it.Published.Known() && y > 1970 {
		o.Published = it.Published.Time.UTC().Format("2006-01-02T15:04:05")
	}
	return o
}
