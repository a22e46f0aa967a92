package fetch

import (
	"net/http"
	"strconv"
	"strings"
	"time"
)

// Longest times that are believed; beyond lies a mistake.
const (
	longestFresh = 366 * 24 * time.Hour
	longestRetry = 30 * 24 * time.Hour
)

// fresh is until when a response says that it stays as it is (RFC 9111
// section 4.2), zero where it does not say.
//
// A private max-age goes before s-maxage: the latter is mostly meant for the
// site's own CDN, which is told of news in other ways than we are.
func fresh(h http.Header, now time.Time) time.Time {
	life, known := cacheControl(h["Cache-Control"])
	if !known {
		life, known = expires(h)
	}
	if !known {
		return time.Time{}
	}
	if age, ok := seconds(h.Get("Age")); ok {
		life -= age
	}
	if life <= 0 {
		return time.Time{}
	}
	return now.Add(min(life, longestFresh))
}

// cacheControl reads the directives of RFC 9111 section 5.2.2 that tell how
// long a response is fresh. known is also true where it is never.
func cacheControl(values []string) (life time.Duration, known bool) {
	var shared time.Duration
	var hasMax, hasShared bool
	for _, v := range values {
		for part := range strings.SplitSeq(v, ",") {
			name, arg, _ := strings.Cut(strings.TrimSpace(part), "=")
			arg = strings.Trim(strings.TrimSpace(arg), `"`)
			switch strings.ToLower(strings.TrimSpace(name)) {
			case "no-store":
				return 0, true
			case "no-cache":
				if arg == "" { // with an argument it is about single fields
					return 0, true
				}
			case "max-age":
				if d, ok := seconds(arg); ok && !hasMax {
					life, hasMax = d, true
				}
			case "s-maxage":
				if d, ok := seconds(arg); ok && !hasShared {
					shared, hasShared = d, true
				}
			}
		}
	}
	if !hasMax && hasShared {
		return shared, true
	}
	return life, hasMax
}

// expires is the lifetime that Expires states, by the server's own clock
// (RFC 9111 section 5.3). What is no date, such as "0", is in the past.
func expires(h http.Header) (time.Duration, bool) {
	v := h.Get("Expires")
	if v == "" {
		return 0, false
	}
	until, err := http.ParseTime(v)
	if err != nil {
		return 0, true
	}
	date, err := http.ParseTime(h.Get("Date"))
	if err != nil {
		return 0, false
	}
	return until.Sub(date), true
}

// retryAfter is when a server says that we may come back: a number of seconds
// or a date (RFC 9110 section 10.2.3). The date is measured by the server's
// own clock where it tells it.
func retryAfter(h http.Header, now time.Time) time.Time {
	v := strings.TrimSpace(h.Get("Retry-After"))
	if v == "" {
		return time.Time{}
	}
	wait, ok := seconds(v)
	if !ok {
		at, err := http.ParseTime(v)
		if err != nil {
			return time.Time{}
		}
		wait = at.Sub(now)
		if date, err := http.ParseTime(h.Get("Date")); err == nil {
			wait = at.Sub(date)
		}
	}
	if wait <= 0 {
		return time.Time{}
	}
	return now.Add(min(wait, longestRetry))
}

// seconds reads delta-seconds (RFC 9111 section 1.2.2): digits only; more
// than can be counted means very long.
func seconds(s string) (time.Duration, bool) {
	s = strings.TrimSpace(s)
	if s == "" {
		return 0, false
	}
	for i := range len(s) {
		if s[i] < '0' || s[i] > '9' {
			return 0, false
		}
	}
	n, err := strconv.ParseInt(s, 10, 32)
	if err != nil {
		n = 1<<31 - 1
	}
	return time.Duration(n) * time.Second, true
}
