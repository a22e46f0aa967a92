package intake_test

import (
	"context"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"warta/feed/intake"
	"warta/feed/store/storetest"
	"warta/sources"
	"warta/sources/normalize"
	"warta/sources/parse"
)

// captured are the real feeds with at least so many entries, read anew at each
// call; a part of them under the race detector and with -short.
func captured(t *testing.T, least int) []string {
	t.Helper()
	files, err := filepath.Glob(filepath.Join(sharedFeeds(t), "*.expect.json"))
	if err != nil {
		t.Fatal(err)
	}
	var list []string
	for i, f := range files {
		if storetest.Passes(i) {
			continue
		}
		f = strings.TrimSuffix(f, ".expect.json")
		if doc := tryParse(f); doc != nil && len(doc.Items) >= least && strings.Contains(doc.Items[0].URL, "://") {
			list = append(list, f)
		}
	}
	return list
}

func tryParse(path string) *sources.Document {
	b, err := os.ReadFile(path)
	if err != nil {
		return nil
	}
	doc, err := parse.Parse(context.Background(), parse.Input{Body: b, URL: "https://example.id/feed"})
	if err != nil {
		return nil
	}
	normalize.Document(doc, normalize.Options{Now: noon})
	return doc
}

// A real feed whose older half came first is no alarm when the newer half
// comes; at most in one of a hundred, where short texts are taken for another
// language.
func TestRealFeedsRaiseNoAlarm(t *testing.T) {
	files := captured(t, 8)
	s := storetest.Open(t, storetest.SQLite(t))
	in := intake.New(s, intake.Options{})
	alarms := 0
	for i, file := range files {
		src := sources.Source{ID: fmt.Sprint("s", i), Feed: "https://example.id/feed"}
		doc := tryParse(file)
		held := ""
		for k, from := range []int{len(doc.Items) / 2, len(doc.Items) / 4, 0} {
			d := *doc
			d.Items = doc.Items[from:]
			d.Entries = len(d.Items)
			got, err := in.Accept(context.Background(), []sources.Visit{{Source: src, At: noon.Add(time.Duration(k) * time.Hour), Document: &d}})
			if err != nil {
				t.Fatal(err)
			}
			if held == "" {
				held = got[0].Why
			}
		}
		if held != "" {
			alarms++
			t.Logf("%s: %s", filepath.Base(file), held)
		}
	}
	t.Logf("%d feeds, %d alarms", len(files), alarms)
	if alarms > max(1, len(files)/100) {
		t.Errorf("%d of %d ordinary feeds are held", alarms, len(files))
	}
}

// A feed in whose place another site's is served is held nearly always.
func TestAnotherFeedIsHeld(t *testing.T) {
	files := captured(t, 8)
	s := storetest.Open(t, storetest.SQLite(t))
	in := intake.New(s, intake.Options{})
	held, all := 0, 0
	for i, file := range files {
		src := sources.Source{ID: fmt.Sprint("s", i), Feed: "https://example.id/feed"}
		doc, other := tryParse(file), tryParse(files[(i+len(files)/3)%len(files)])
		if slices.Equal(nameOf(doc), nameOf(other)) {
			continue // two feeds of one site
		}
		all++
		for k, d := range []*sources.Document{doc, other} {
			got, err := in.Accept(context.Background(), []sources.Visit{{Source: src, At: noon.Add(time.Duration(k) * time.Hour), Document: d}})
			if err != nil {
				t.Fatal(err)
			}
			if k == 1 {
				if got[0].Held > 0 {
					held++
				} else {
					t.Logf("%s is not told from %s", filepath.Base(files[(i+len(files)/3)%len(files)]), filepath.Base(file))
				}
			}
		}
	}
	t.Logf("%d of %d are held", held, all)
	if held*100 < 95*all {
		t.Errorf("only %d of %d feeds of another site are held", held, all)
	}
}

// nameOf is the host that a feed's stories are at home on.
func nameOf(doc *sources.Document) []string {
	parts := strings.SplitN(doc.Items[0].URL, "/", 4)
	host := strings.Split(parts[2], ".")
	return host[max(0, len(host)-2):]
}
