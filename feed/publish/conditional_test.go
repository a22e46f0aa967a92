package publish

import (
	"net/http"
	"testing"
	"time"
)

func TestEvaluate(t *testing.T) {
	modified := time.Date(2026, 3, 1, 8, 0, 0, 0, time.UTC)
	stated := modified.Format(http.TimeFormat)
	later := modified.Add(time.Hour).Format(http.TimeFormat)
	between := modified.Add(time.Minute).Format(http.TimeFormat)
	future := modified.Add(3 * time.Hour).Format(http.TimeFormat)
	earlier := modified.Add(-time.Second).Format(http.TimeFormat)
	for _, c := range []struct {
		name string
		h    http.Header
		want condition
	}{
		{"none", http.Header{}, proceed},
		{"same tag", http.Header{"If-None-Match": {`"abc-gz"`}}, notModified},
		{"weak tag", http.Header{"If-None-Match": {`W/"abc-gz"`}}, notModified},
		{"other coding", http.Header{"If-None-Match": {`"abc"`}}, proceed},
		{"in a list", http.Header{"If-None-Match": {`"x", "a,b" ,W/"abc-gz"`}}, notModified},
		{"several lines", http.Header{"If-None-Match": {`"x"`, `"abc-gz"`}}, notModified},
		{"star", http.Header{"If-None-Match": {"*"}}, notModified},
		{"no quotes", http.Header{"If-None-Match": {"abc-gz"}}, proceed},
		{"broken", http.Header{"If-None-Match": {`"abc-gz`}}, proceed},
		{"empty", http.Header{"If-None-Match": {""}}, proceed},
		{"tag beats date", http.Header{"If-None-Match": {`"x"`}, "If-Modified-Since": {later}}, proceed},
		{"same date", http.Header{"If-Modified-Since": {stated}}, notModified},
		{"later date", http.Header{"If-Modified-Since": {later}}, notModified},
		{"date of an answer with the bytes before", http.Header{"If-Modified-Since": {between}}, proceed},
		{"date in the future", http.Header{"If-Modified-Since": {future}}, proceed},
		{"earlier date", http.Header{"If-Modified-Since": {earlier}}, proceed},
		{"not a date", http.Header{"If-Modified-Since": {"yesterday"}}, proceed},
		{"old form", http.Header{"If-Modified-Since": {modified.Format(time.RFC850)}}, notModified},
		{"match", http.Header{"If-Match": {`"abc-gz"`}}, proceed},
		{"match star", http.Header{"If-Match": {"*"}}, proceed},
		{"match is strong", http.Header{"If-Match": {`W/"abc-gz"`}}, failed},
		{"match other", http.Header{"If-Match": {`"x"`}}, failed},
		{"unmodified", http.Header{"If-Unmodified-Since": {stated}}, proceed},
		{"modified", http.Header{"If-Unmodified-Since": {earlier}}, failed},
	} {
		if got := evaluate(c.h, `"abc-gz"`, dates{stated, modified, modified.Add(time.Hour), modified.Add(2 * time.Hour)}); got != c.want {
			t.Errorf("%s: got %v, want %v", c.name, got, c.want)
		}
	}
}

// TestSameSecond changes a document many times a second: no date lies ahead of
// the clock, and whoever asks by a date it was told, or by the date of an
// answer, gets the new bytes.
func TestSameSecond(t *testing.T) {
	b := newBench(t, testSettings())
	type held struct{ date, body string }
	var kept []held
	for n := range 12 {
		b.clock = morning.Add(time.Duration(n) * 300 * time.Millisecond)
		b.save(draft("pemkab", n, nil))
		b.update()
		for range 2 {
			body := b.body("/paser.atom")
			r := b.get("/paser.atom")
			if d, err := http.ParseTime(r.Header.Get("Last-Modified")); err == nil {
				if d.After(b.clock) {
					t.Errorf("at %v Last-Modified is %v", b.clock, d)
				}
				kept = append(kept, held{r.Header.Get("Last-Modified"), body})
			}
			kept = append(kept, held{b.clock.Format(http.TimeFormat), body})
			for _, h := range kept {
				if b.get("/paser.atom", "If-Modified-Since", h.date).StatusCode == http.StatusNotModified && h.body != body {
					t.Errorf("at %v who asks with %s keeps old bytes", b.clock, h.date)
				}
			}
			b.clock = b.clock.Add(40 * time.Millisecond)
		}
	}
	b.clock = morning.Add(time.Minute)
	r := b.get("/paser.atom")
	for _, date := range []string{r.Header.Get("Last-Modified"), b.clock.Format(http.TimeFormat)} {
		if got := b.get("/paser.atom", "If-Modified-Since", date).StatusCode; got != http.StatusNotModified {
			t.Errorf("a minute later, asked with %q: %d", date, got)
		}
	}
}

func FuzzListed(f *testing.F) {
	f.Add(`"x", W/"abc"`)
	f.Fuzz(func(t *testing.T, s string) {
		listed([]string{s}, `"abc"`, true)
		if !listed([]string{s, `"abc"`}, `"abc"`, false) {
			t.Error("a tag on its own line was missed")
		}
	})
}
