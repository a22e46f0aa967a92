package fetch

import (
	"net/http"
	"strings"
	"testing"
	"time"
)

func header(lines ...string) http.Header {
	h := http.Header{}
	for _, l := range lines {
		name, value, _ := strings.Cut(l, ":")
		h.Add(name, strings.TrimSpace(value))
	}
	return h
}

func TestFresh(t *testing.T) {
	for _, c := range []struct {
		header string // lines parted by |
		want   time.Duration
	}{
		{"", 0},
		{"Cache-Control: max-age=600", 10 * time.Minute},
		{`Cache-Control: public , MAX-AGE = "600"`, 10 * time.Minute},
		{"Cache-Control: max-age=600|Age: 60", 9 * time.Minute},
		{"Cache-Control: max-age=600|Age: 6000", 0},
		{"Cache-Control: max-age=0", 0},
		{"Cache-Control: max-age=-5", 0},
		{"Cache-Control: max-age=1.5", 0},
		{"Cache-Control: max-age=600, max-age=60", 10 * time.Minute},
		{"Cache-Control: public|Cache-Control: max-age=60", time.Minute},
		{"Cache-Control: s-maxage=60", time.Minute},
		{"Cache-Control: s-maxage=31536000, max-age=60", time.Minute}, // for the site's own CDN
		{"Cache-Control: no-store, max-age=60", 0},
		{"Cache-Control: no-cache, max-age=60", 0},
		{`Cache-Control: no-cache="set-cookie", max-age=60`, time.Minute},
		{"Cache-Control: max-age=60|Expires: Mon, 02 Mar 2026 13:00:00 GMT", time.Minute},
		{"Cache-Control: max-age=99999999999999999999", longestFresh},
		{"Cache-Control: max-age=4294967296", longestFresh},
		{"Date: Mon, 02 Mar 2026 12:00:00 GMT|Expires: Mon, 02 Mar 2026 13:00:00 GMT", time.Hour},
		{"Date: Mon, 01 Jan 2001 12:00:00 GMT|Expires: Mon, 01 Jan 2001 13:00:00 GMT", time.Hour}, // its clock is wrong
		{"Date: Mon, 02 Mar 2026 12:00:00 GMT|Expires: Mon, 02 Mar 2026 11:00:00 GMT", 0},
		{"Date: Mon, 02 Mar 2026 12:00:00 GMT|Expires: Thu, 31 Dec 2037 23:55:55 GMT", longestFresh},
		{"Date: Mon, 02 Mar 2026 12:00:00 GMT|Expires: 0", 0},
		{"Expires: Mon, 02 Mar 2026 13:00:00 GMT", 0}, // by which clock?
	} {
		var want time.Time
		if c.want != 0 {
			want = noon.Add(c.want)
		}
		if got := fresh(header(strings.Split(c.header, "|")...), noon); !got.Equal(want) {
			t.Errorf("%s: %s, want %s", c.header, got, want)
		}
	}
}

func TestRetryAfter(t *testing.T) {
	for _, c := range []struct {
		header string
		want   time.Duration
	}{
		{"", 0},
		{"Retry-After: 120", 2 * time.Minute},
		{"Retry-After: 0", 0},
		{"Retry-After: -5", 0},
		{"Retry-After: 1.5", 0},
		{"Retry-After: soon", 0},
		{"Retry-After: 99999999999999999999", longestRetry},
		{"Retry-After: Mon, 02 Mar 2026 13:00:00 GMT", time.Hour},
		{"Retry-After: Monday, 02-Mar-26 13:00:00 GMT", time.Hour},
		{"Retry-After: Mon Mar  2 13:00:00 2026", time.Hour},
		{"Retry-After: Mon, 02 Mar 2026 11:00:00 GMT", 0},
		{"Retry-After: Mon, 02 Mar 2099 11:00:00 GMT", longestRetry},
		{"Date: Mon, 01 Jan 2001 12:00:00 GMT|Retry-After: Mon, 01 Jan 2001 12:05:00 GMT", 5 * time.Minute},
	} {
		var want time.Time
		if c.want != 0 {
			want = noon.Add(c.want)
		}
		if got := retryAfter(header(strings.Split(c.header, "|")...), noon); !got.Equal(want) {
			t.Errorf("%s: %s, want %s", c.header, got, want)
		}
	}
}

// FuzzTimes holds whatever a server says about times within what is believed.
func FuzzTimes(f *testing.F) {
	f.Add("max-age=600, s-maxage=5", "10", "Mon, 02 Mar 2026 13:00:00 GMT", "Mon, 02 Mar 2026 12:00:00 GMT", "120")
	f.Add(`no-cache="x", max-age="60"`, "", "0", "", "Monday, 02-Mar-26 13:00:00 GMT")
	f.Add("max-age=99999999999999999999,=,,", "99999999999999999999", "", "x", "99999999999999999999")
	f.Fuzz(func(t *testing.T, cc, age, expires, date, retry string) {
		h := http.Header{"Cache-Control": {cc}, "Age": {age}, "Expires": {expires}, "Date": {date}, "Retry-After": {retry}}
		if at := fresh(h, noon); !at.IsZero() && (!at.After(noon) || at.After(noon.Add(longestFresh))) {
			t.Errorf("fresh until %s", at)
		}
		if at := retryAfter(h, noon); !at.IsZero() && (!at.After(noon) || at.After(noon.Add(longestRetry))) {
			t.Errorf("retry after %s", at)
		}
	})
}
