package recheck

import (
	"hash/fnv"
	"time"

	"warta/sources"
)

// First is how long after a story was first read its page is visited first.
// The feed brought the story and most of what is to be known of its rights.
const First = time.Hour

// steps are the ages, counted from first publication or from when the story was
// first shown, at which a page is
// visited; after the last it is left alone. Most corrections and withdrawals are
// made while a story is new. As each step is about twice the one before, what
// happens to a story is known before it is much more than twice as old.
var steps = [...]time.Duration{
	time.Hour, 3 * time.Hour, 6 * time.Hour, 12 * time.Hour, day, 2 * day, 4 * day, 8 * day, 16 * day, 30 * day,
}

const day = 24 * time.Hour

// The bounds of trying again.
const (
	shortestRetry = time.Hour
	longestRetry  = 7 * 24 * time.Hour
	mostFailures  = 12 // a page that answered nothing for weeks is left alone
)

// NextVisit is when a page is to be visited after a visit now that went well,
// or was not needed; zero: never. A step that lies too near is passed over.
func NextVisit(p *sources.Page, now time.Time) time.Time {
	begin := p.Seen
	if !p.Published.IsZero() && p.Published.Before(begin) {
		begin = p.Published
	}
	if p.Shown.After(begin) {
		begin = p.Shown // what nobody could read is new to readers
	}
	if p.State.Restored.After(begin) {
		begin = p.State.Restored
	}
	for _, step := range steps {
		at := begin.Add(step)
		if at.Sub(now) >= step/4 {
			return now.Add(jitter(p.Key, now, at.Sub(now)))
		}
	}
	return time.Time{}
}

// retry is when a page is visited after it said nothing: doubling from an hour
// to a week, and in the end never.
func retry(p *sources.Page, now, after time.Time) time.Time {
	if p.State.Failures >= mostFailures {
		return time.Time{}
	}
	wait := min(shortestRetry<<min(max(p.State.Failures-1, 0), 8), longestRetry)
	t := now.Add(jitter(p.Key, now, wait))
	if limit := now.Add(longestRetry); after.After(limit) {
		after = limit
	}
	if after.After(t) {
		return after
	}
	return t
}

// jitter lengthens an interval by up to a tenth. It never shortens it.
func jitter(key string, now time.Time, d time.Duration) time.Duration {
	h := fnv.New32a()
	h.Write([]byte(key))
	h.Write([]byte(now.Format(time.RFC3339)))
	return d + time.Duration(int64(d)/10*int64(h.Sum32()%1000)/1000)
}
