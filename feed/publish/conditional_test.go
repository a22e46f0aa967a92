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
		if got := evaluate(c.h, `"abc-gz"`, stated, modified); got != c.want {
			t.Errorf("%s: got %v, want %v", c.name, got, c.want)
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
