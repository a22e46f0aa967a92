package normalize

import (
	"strings"
	"time"

	"warta/sources"
)

// dates understands the item's dates. Raw stays as it was; a Time is set only
// where the words say one.
func dates(it *sources.Item, opt Options) {
	lang := it.Language
	date(&it.Published, opt, lang)
	date(&it.Updated, opt, lang)
	date(&it.Edited, opt, lang)
	if it.Origin != nil {
		date(&it.Origin.Updated, opt, lang)
	}
}

// date reads d.Raw. A time that parse set without words of its own is judged
// the same way.
func date(d *sources.Date, opt Options, lang string) {
	if d.Raw != "" {
		t, ok := Date(d.Raw, DateHints{Now: opt.Now, Zone: zoneOfRegions(opt.Source.Regions), Language: lang})
		if !ok {
			t = time.Time{}
		}
		d.Time = t
	}
	if !plausible(d.Time) {
		d.Time = time.Time{}
	}
	if opt.Future == "ignore" && inFuture(d.Time, opt.Now) {
		d.Time = time.Time{}
	}
}

// inFuture allows for clocks and zones that are wrong by less than a day.
func inFuture(t, now time.Time) bool {
	return !now.IsZero() && t.After(now.Add(24*time.Hour))
}

// plausible refuses what software writes when it knows no date: the epochs of
// Unix, Go, Windows and spreadsheets, and years no feed can speak of.
func plausible(t time.Time) bool {
	if t.IsZero() {
		return false
	}
	u := t.UTC()
	if u.Year() < 1900 || u.Year() > 2200 {
		return false
	}
	// Within a zone's width of the epoch it is the epoch.
	if s := u.Unix(); s > -15*3600 && s < 15*3600 {
		return false
	}
	return !(u.Year() == 1900 && u.YearDay() <= 2)
}

// DateHints is what helps to understand a date that leaves something out.
type DateHints struct {
	Now      time.Time      // when it was read: for "kemarin", a missing year, day and month swapped
	Zone     *time.Location // for a time of day without a zone; nil: WIB after Indonesian words, else UTC
	Language string         // of the text it stands in; decides what IST means
}

// Date understands a date as feeds and pages write them: RFC 822, 1123, 2822,
// 3339, ISO 8601, and in words of many languages. Numbers are read day before
// month unless that can't be. It reports whether there is a date; a date
// without a time of day is midnight UTC, so that it is the same day for most
// of the world.
func Date(raw string, hint DateHints) (time.Time, bool) {
	if t, ok := plainDate(raw); ok {
		return t, true
	}
	if len(raw) > 200 {
		return time.Time{}, false
	}
	s := strings.ToLower(fold(raw))
	if s == "" {
		return time.Time{}, false
	}
	if t, ok := relativeDate(s, hint.Now); ok {
		return t, true
	}
	var p dateParts
	p.read(s)
	return p.time(hint)
}

// plainDate is the way of nearly all feeds: RFC 1123 with a numeric zone or
// GMT, and RFC 3339.
func plainDate(s string) (time.Time, bool) {
	if len(s) >= 20 && len(s) <= 35 {
		switch {
		case s[4] == '-' && s[10] == 'T':
			t, err := time.Parse(time.RFC3339, s)
			return t, err == nil
		case s[3] == ',' && s[4] == ' ':
			if strings.HasSuffix(s, " GMT") {
				t, err := time.Parse("Mon, 02 Jan 2006 15:04:05 GMT", s)
				return t, err == nil
			}
			t, err := time.Parse("Mon, 02 Jan 2006 15:04:05 -0700", s)
			if err == nil {
				if _, off := t.Zone(); off == 0 {
					t = t.UTC()
				}
			}
			return t, err == nil && abs(offset(t)) <= 15*3600
		}
	}
	return time.Time{}, false
}

func offset(t time.Time) int { _, off := t.Zone(); return off }

func abs(n int) int {
	if n < 0 {
		return -n
	}
	return n
}

// relativeDate understands "10 menit lalu", "kemarin", "2 hours ago".
func relativeDate(s string, now time.Time) (time.Time, bool) {
	if now.IsZero() {
		return time.Time{}, false
	}
	switch s {
	case "baru saja", "barusan", "just now", "now":
		return now, true
	}
	rest, ago := s, false
	for _, end := range [...]string{" yang lalu", " lalu", " ago", " silam"} {
		if rest, ago = strings.CutSuffix(s, end); ago {
			break
		}
	}
	if !ago {
		return time.Time{}, false
	}
	n, unit := 0, ""
	for f := range strings.FieldsSeq(rest) {
		switch {
		case f == "an" || f == "a" || f == "satu" || f == "about" || f == "sekitar":
			if f != "about" && f != "sekitar" {
				n = 1
			}
		case strings.HasPrefix(f, "se") && (f == "sejam" || f == "semenit" || f == "sehari" || f == "seminggu" || f == "setahun"):
			n, unit = 1, strings.TrimPrefix(f, "se")
		case f[0] >= '0' && f[0] <= '9' && isNumber([]byte(f), 4):
			n = atoi(f)
		case unit == "":
			unit = f
		default:
			return time.Time{}, false
		}
	}
	switch unit {
	case "detik", "second", "seconds", "secs", "sec":
		return now.Add(-time.Duration(n) * time.Second), true
	case "menit", "minute", "minutes", "mins", "min":
		return now.Add(-time.Duration(n) * time.Minute), true
	case "jam", "hour", "hours", "hrs", "hr":
		return now.Add(-time.Duration(n) * time.Hour), true
	case "hari", "day", "days":
		return now.AddDate(0, 0, -n), n > 0
	case "minggu", "pekan", "week", "weeks":
		return now.AddDate(0, 0, -7*n), n > 0
	case "bulan", "month", "months":
		return now.AddDate(0, -n, 0), n > 0
	case "tahun", "year", "years":
		return now.AddDate(-n, 0, 0), n > 0
	}
	return time.Time{}, false
}
