package intake_test

import (
	"context"
	"fmt"
	"path/filepath"
	"slices"
	"testing"
	"time"

	"warta/feed/intake"
	"warta/feed/store/storetest"
	"warta/sources"
)

// Most sites bring a story or two a visit: that is no alarm at any real feed.
func TestRealFeedsByDrops(t *testing.T) {
	files := captured(t, 8)
	s := storetest.Open(t, storetest.SQLite(t))
	in := intake.New(s, intake.Options{})
	alarms, visits := 0, 0
	for i, file := range files {
		if i%3 != 0 || testing.Short() && i%30 != 0 {
			continue
		}
		src := sources.Source{ID: fmt.Sprint("s", i), Feed: "https://example.id/feed"}
		doc := tryParse(file)
		for k, from := 0, len(doc.Items)/2; from >= 0; k, from = k+1, from-1-k%2 {
			d := *doc
			d.Items = doc.Items[from:]
			if why := heldFor(t, in, src, &d, k); why != "" {
				t.Logf("%s: %s", filepath.Base(file), why)
				alarms++
				break
			}
			visits++
		}
	}
	t.Logf("%d visits, %d alarms", visits, alarms)
	if alarms > 1 {
		t.Errorf("%d ordinary feeds are held", alarms)
	}
}

// A stranger who adds a story a visit among the old ones, under the old name, is
// found out within eight, and after three on average.
func TestStrangersByDrops(t *testing.T) {
	files := captured(t, 8)
	s := storetest.Open(t, storetest.SQLite(t))
	in := intake.New(s, intake.Options{})
	held, all, sum := 0, 0, 0
	for i, file := range files {
		if i%3 != 0 || testing.Short() && i%30 != 0 {
			continue
		}
		src := sources.Source{ID: fmt.Sprint("s", i), Feed: "https://example.id/feed"}
		doc, other := tryParse(file), tryParse(files[(i+len(files)/3)%len(files)])
		if slices.Equal(nameOf(doc), nameOf(other)) {
			continue
		}
		all++
		heldFor(t, in, src, doc, 0)
		for k := 1; k <= 8; k++ {
			d := *doc
			d.Items = append(slices.Clone(other.Items[len(other.Items)-k:]), doc.Items[:len(doc.Items)-min(k, len(doc.Items)-1)]...)
			if heldFor(t, in, src, &d, k) != "" {
				held++
				sum += k
				break
			}
		}
	}
	t.Logf("%d of %d are held, after %.1f stories", held, all, float64(sum)/float64(max(held, 1)))
	if held*100 < 95*all || sum > 4*held {
		t.Errorf("only %d of %d strangers are held, after %.1f stories", held, all, float64(sum)/float64(max(held, 1)))
	}
}

// heldFor takes in a document at an hour, and returns why it is held.
func heldFor(t *testing.T, in *intake.Intake, src sources.Source, d *sources.Document, hour int) string {
	t.Helper()
	d.Entries = len(d.Items)
	got, err := in.Accept(context.Background(), []sources.Visit{{Source: src, At: noon.Add(time.Duration(hour) * time.Hour), Document: d}})
	if err != nil {
		t.Fatal(err)
	}
	return got[0].Why
}
