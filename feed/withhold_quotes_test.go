package feed

import (
	"strings"
	"testing"

	"warta/sources"
)

// The outlet's words in a notice are an excerpt of it: shown where one may be,
// no longer than it may be, and not twice. That there was a correction, when and
// where, is always said.
func TestQuotesAreExcerpts(t *testing.T) {
	const note = "Catatan redaksi: sebelumnya tertulis empat desa, seharusnya tiga."
	for _, c := range []struct {
		name    string
		d       Decision
		content string
		want    string
	}{
		{"excerpt", Decision{Use: Excerpt}, "", note},
		{"full", Decision{Use: Full}, "<p>Air surut.</p>", note},
		{"full, which says it", Decision{Use: Full}, "<p>Air surut.</p><p><em>Catatan Redaksi</em>: sebelumnya tertulis empat desa, seharusnya tiga</p>", ""},
		{"headline", Decision{Use: Headline}, "", ""},
		{"nothing abridged", Decision{Use: Headline, Whole: true}, "", ""},
		{"a bound it fits", Decision{Use: Excerpt, MaxChars: 80}, "", note},
		{"a bound it does not", Decision{Use: Excerpt, MaxChars: 70}, "", ""},
	} {
		e := Entry{
			Title: "Air Surut", Excerpt: "Air surut.", Content: sources.Text{Value: c.content},
			Later: []Notice{{Kind: Correction, Reason: "Ada ralat.", Quote: note}},
		}
		e.Notice = &e.Later[0]
		got, ok := Withhold(e, c.d)
		list := got.Notices()
		if !ok || len(list) != 1 || list[0].Quote != c.want || list[0].Reason == "" || Lost(&e, &got) != "" {
			t.Errorf("%s: %+v, lost %q", c.name, list, Lost(&e, &got))
		}
		if e.Later[0].Quote != note {
			t.Errorf("%s: the entry given was changed", c.name)
		}
	}
	long := Entry{Notice: &Notice{Kind: Correction, Quote: strings.Repeat("kata ", 200)}}
	if got, _ := Withhold(long, Decision{Use: Excerpt}); len(got.Notice.Quote) > 310 {
		t.Errorf("%d characters are quoted", len(got.Notice.Quote))
	}
}
