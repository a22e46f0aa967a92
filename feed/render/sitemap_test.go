package render

import (
	"bytes"
	"os"
	"path/filepath"
	"testing"

	"warta/feed"
	"warta/sources"
)

// TestNewsSitemap: only what is shown whole and may be indexed is listed, under
// the name of its outlet.
func TestNewsSitemap(t *testing.T) {
	noIndex := samples()[0]
	noIndex.Decision.NoIndex = true
	undated := samples()[0]
	undated.Entry.Published = undated.Entry.Published.AddDate(-3000, 0, 0)
	foreign := samples()[0]
	foreign.Entry.Language, foreign.Entry.Title = "EN-gb", "Bridges & roads"
	foreign.Entry.Attribution.Origin = &sources.Origin{Title: "Wire <1>", URL: "https://wire.example/"}
	nameless := samples()[0]
	nameless.Entry.Language, nameless.Entry.Title = "", ""
	var stories []NewsStory
	for _, s := range append(samples(), noIndex, undated, foreign, nameless, withdrawnSample()) {
		if one, ok := News(s, testSite); ok {
			stories = append(stories, one)
		}
	}
	if len(stories) != 3 {
		t.Errorf("%d stories, want 3: %+v", len(stories), stories)
	}
	var b bytes.Buffer
	if err := NewsSitemap(&b, stories); err != nil {
		t.Fatal(err)
	}
	golden(t, "sitemap.xml", b.Bytes())
	path := filepath.Join(t.TempDir(), "sitemap.xml")
	if err := os.WriteFile(path, b.Bytes(), 0o644); err != nil {
		t.Fatal(err)
	}
	run(t, tool(t, "xmllint"), "--noout", "--nonet", path)
}

// TestEntryPageIndexed: what the sitemap lists does not ask to be left out.
func TestEntryPageIndexed(t *testing.T) {
	for _, s := range append(samples(), withdrawnSample()) {
		var b bytes.Buffer
		if err := EntryPage(&b, EntryView{Site: testSite, Shown: s}); err != nil {
			t.Fatal(err)
		}
		_, listed := News(s, testSite)
		asks := bytes.Contains(b.Bytes(), []byte(`<meta name="robots" content="noindex">`))
		if listed == asks || listed != Indexable(feed.Shown(s)) {
			t.Errorf("%s: listed %v, its page asks not to be indexed %v", s.Entry.ID, listed, asks)
		}
	}
}
