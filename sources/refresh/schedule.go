package refresh

import (
	"hash/fnv"
	"slices"
	"time"

	"warta/sources"
)

// Due reports whether a source is to be visited now.
func Due(st sources.State, now time.Time) bool {
	if st.Health == sources.Gone {
		return false
	}
	// A visit dated in the future means that the clock went back; waiting for
	// it to catch up could take years.
	return !st.NextVisit.After(now) || st.LastVisit.After(now.Add(time.Hour))
}

// signs are the times before which a source asked not to be visited again.
type signs struct {
	fresh      time.Time // Cache-Control or Expires
	retryAfter time.Time
	schedule   sources.Schedule
}

// longestRetry bounds how long a Retry-After is believed.
const longestRetry = 7 * 24 * time.Hour

// next is the time of the next visit to a healthy source: the latest of our
// own rhythm and all that the source asked for, within the operator's bounds.
func next(now time.Time, st sources.State, every sources.Rhythm, s signs) time.Time {
	t := now.Add(jitter(st.Source, now, st.Interval))
	latest := now.Add(every.Max)
	for _, wish := range []time.Time{s.fresh, now.Add(time.Duration(s.schedule.TTL) * time.Minute), now.Add(syPeriod(s.schedule))} {
		if wish.After(latest) {
			wish = latest
		}
		if wish.After(t) {
			t = wish
		}
	}
	t = retry(t, now, s.retryAfter)
	return skip(t, s.schedule)
}

func retry(t, now, after time.Time) time.Time {
	if limit := now.Add(longestRetry); after.After(limit) {
		after = limit
	}
	if after.After(t) {
		return after
	}
	return t
}

// backoff is the time of the next visit to a source that failed n times in a
// row: doubling, at most a day, and never the end.
func backoff(now time.Time, st sources.State, every sources.Rhythm, after time.Time) time.Time {
	wait := every.Min
	for i := 1; i < st.Failures && wait < 24*time.Hour; i++ {
		wait *= 2
	}
	wait = min(wait, max(24*time.Hour, every.Min))
	return retry(now.Add(jitter(st.Source, now, wait)), now, after)
}

// jitter lengthens an interval by up to a tenth, so that sources that were
// added together don't stay together. It never shortens it.
func jitter(id string, now time.Time, d time.Duration) time.Duration {
	h := fnv.New32a()
	h.Write([]byte(id))
	h.Write([]byte(now.Format(time.RFC3339)))
	return d + time.Duration(int64(d)/10*int64(h.Sum32()%1000)/1000)
}

// rhythm learns how often a source publishes and aims at visiting it twice as
// often, within the operator's bounds. A document whose entries tell gives half
// the median time between them; one with few new entries moves the interval a
// quarter of the way to half the time since the last change; silence lengthens.
func rhythm(st sources.State, doc *sources.Document, now time.Time, every sources.Rhythm) time.Duration {
	fresh := 0
	if doc != nil {
		fresh = len(doc.Items)
	}
	d := st.Interval
	gap, dated := medianGap(doc)
	switch {
	case dated:
		d = gap / 2
	case d == 0:
		d = every.Min
	case fresh > 0 && !st.LastChange.IsZero() && st.LastChange.Before(now):
		d = (3*d + now.Sub(st.LastChange)/time.Duration(2*fresh)) / 4
	case fresh == 0:
		d += d / 4
	}
	return min(max(d, every.Min), every.Max)
}

// medianGap is the median time between a document's entries, where at least
// five of them have dates.
func medianGap(doc *sources.Document) (time.Duration, bool) {
	if doc == nil {
		return 0, false
	}
	var times []time.Time
	for i := range doc.Items {
		if t := doc.Items[i].Published.Time; !t.IsZero() {
			times = append(times, t)
		}
	}
	if len(times) < 5 {
		return 0, false
	}
	slices.SortFunc(times, time.Time.Compare)
	gaps := make([]time.Duration, 0, len(times))
	for i := 1; i < len(times); i++ {
		gaps = append(gaps, times[i].Sub(times[i-1]))
	}
	slices.Sort(gaps)
	return gaps[len(gaps)/2], true
}

// syPeriod is the interval that the syndication module states.
func syPeriod(s sources.Schedule) time.Duration {
	unit := map[string]time.Duration{
		"hourly": time.Hour, "daily": 24 * time.Hour, "weekly": 7 * 24 * time.Hour,
		"monthly": 30 * 24 * time.Hour, "yearly": 365 * 24 * time.Hour,
	}[s.Period]
	return unit / time.Duration(max(s.Frequency, 1))
}

// skip moves t to the end of the hours and days in which the feed asks not to
// be visited. A feed that skips all of them is not believed.
func skip(t time.Time, s sources.Schedule) time.Time {
	if len(s.SkipHours) == 0 && len(s.SkipDays) == 0 {
		return t
	}
	at := t
	for range 24 * 8 {
		utc := at.UTC()
		if !slices.Contains(s.SkipHours, utc.Hour()) && !slices.Contains(s.SkipDays, utc.Weekday().String()) {
			return at
		}
		at = utc.Truncate(time.Hour).Add(time.Hour)
	}
	return t
}
