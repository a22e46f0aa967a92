package parse

import (
	"context"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// TestOpenFeeds reads 950 feeds as sites published them and compares field by
// field with another reader's reading.
func TestOpenFeeds(t *testing.T) {
	dir := sharedData(t, "open/feeds")
	files, err := filepath.Glob(filepath.Join(dir, "*"))
	if err != nil {
		t.Fatal(err)
	}
	c := newTally()
	n, refused := 0, 0
	for _, file := range files {
		name := filepath.Base(file)
		if strings.HasSuffix(name, ".expect.json") || name == "MANIFEST.tsv" {
			continue
		}
		n++
		body, err := os.ReadFile(file)
		if err != nil {
			t.Fatal(err)
		}
		want := readExpectation(t, file)
		doc, err := Parse(context.Background(), Input{Body: body})
		var ours plainReading
		if err != nil {
			refused++
		} else {
			ours = ourReading(doc)
		}
		other, otherErr := gofeedReading(body)
		c.compare(name, want, ours, err, other, otherErr)
	}
	share := c.print(t, "open feeds")
	t.Logf("%d feeds, %d refused", n, refused)
	if share < 90 {
		t.Errorf("%.1f %% of the fields agree", share)
	}
}
