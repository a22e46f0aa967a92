package normalize

import (
	"strings"
	"time"
)

// time puts the parts together.
func (p *dateParts) time(hint DateHints) (time.Time, bool) {
	none := time.Time{}
	if p.bad {
		return none, false
	}
	if p.unix > 0 {
		return time.Unix(p.unix, 0).UTC(), true
	}
	now := hint.Now
	if (p.yesterday || p.today) && p.month == 0 && p.day == 0 {
		if now.IsZero() {
			return none, false
		}
		d := now.In(p.location(hint))
		if p.yesterday {
			d = d.AddDate(0, 0, -1)
		}
		p.year, p.month, p.day, p.numeric = d.Year(), int(d.Month()), d.Day(), false
	}
	if p.day == 0 || p.month == 0 {
		return none, false
	}
	if p.year == 0 {
		if now.IsZero() {
			return none, false
		}
		// The last such day that is not in the future.
		p.year = now.Year()
		if t, ok := p.build(hint); ok && inFuture(t, now) {
			p.year--
		}
	}
	t, ok := p.build(hint)
	if ok && p.numeric && p.weekday > 0 && int(t.Weekday())+1 != p.weekday {
		q := *p
		q.day, q.month = p.month, p.day
		if u, ok := q.build(hint); ok && int(u.Weekday())+1 == p.weekday {
			return u, true
		}
	}
	if !ok || !p.numeric || now.IsZero() || !t.After(now.Add(48*time.Hour)) {
		return t, ok
	}
	// Day and month may be swapped: if the date as written is still to come
	// and the other reading is of these weeks, that is what was meant.
	q := *p
	q.day, q.month = p.month, p.day
	if u, ok := q.build(hint); ok && u.Before(now.Add(24*time.Hour)) && u.After(now.AddDate(0, 0, -45)) {
		return u, true
	}
	return t, ok
}

// build makes the time, refusing days that don't exist.
func (p *dateParts) build(hint DateHints) (time.Time, bool) {
	if p.year < 1 || p.year > 9999 || p.month < 1 || p.month > 12 || p.day < 1 || p.day > daysIn(p.year, p.month) {
		return time.Time{}, false
	}
	if !p.timed {
		return time.Date(p.year, time.Month(p.month), p.day, 0, 0, 0, 0, time.UTC), true
	}
	h := p.hour
	switch {
	case p.half == halfPM && h < 12, p.half == halfNoon && h < 7, p.half == halfNight && h >= 6 && h < 12:
		h += 12
	case p.half == halfAM && h == 12:
		h = 0
	}
	if h > 24 || h == 24 && (p.min > 0 || p.sec > 0) || p.min > 59 || p.sec > 60 {
		return time.Time{}, false
	}
	return time.Date(p.year, time.Month(p.month), p.day, h, p.min, min(p.sec, 59), p.nano, p.location(hint)), true
}

func daysIn(year, month int) int {
	return time.Date(year, time.Month(month)+1, 0, 0, 0, 0, 0, time.UTC).Day()
}

// location is the zone that was said, else the likeliest.
func (p *dateParts) location(hint DateHints) *time.Location {
	switch {
	case p.ist:
		return istZone(hint.Language)
	case p.zone != nil:
		return p.zone
	case hint.Zone != nil && (p.indonesian || !p.iso):
		return hint.Zone
	case p.malay:
		return wita // Malaysia's clock is the same
	case p.indonesian, !p.iso && strings.HasPrefix(hint.Language, "id"):
		return wib
	}
	return time.UTC
}

var (
	wib  = time.FixedZone("WIB", 7*3600)
	wita = time.FixedZone("WITA", 8*3600)
	wit  = time.FixedZone("WIT", 9*3600)
)

// zoneOfRegions gives the zone of the first region, by the ministry's code of
// its province; nil if there is none.
func zoneOfRegions(regions []string) *time.Location {
	if len(regions) == 0 || len(regions[0]) < 2 {
		return nil
	}
	switch code := regions[0][:2]; {
	case code >= "11" && code <= "36", code == "61", code == "62":
		return wib
	case code >= "51" && code <= "53", code >= "63" && code <= "65", code >= "71" && code <= "76":
		return wita
	case code >= "81" && code <= "96":
		return wit
	}
	return nil
}

// istZone decides between India, Ireland and Israel.
func istZone(lang string) *time.Location {
	switch {
	case lang == "en-IE" || lang == "ga":
		return time.FixedZone("IST", 3600)
	case lang == "he" || lang == "he-IL" || lang == "ar-IL" || lang == "en-IL":
		return time.FixedZone("IST", 2*3600)
	}
	return time.FixedZone("IST", 5*3600+1800)
}
