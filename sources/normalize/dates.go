package normalize

import (
	"strings"
	"time"
	"unicode"

	"warta/sources"
)

// dates understands the item's dates. Raw stays as it was; a Time is set only
// where the words say one.
func dates(it *sources.Item, opt Options) {
	lang := it.Language
	date(&it.Published, opt, lang)
	date(&it.Updated, opt, lang)
	date(&it.Edited, opt, lang)
	if it.Gone != nil {
		date(&it.Gone.When, opt, lang)
	}
	for i := range it.Told {
		date(&it.Told[i].When, opt, lang)
	}
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
	if opt.Source.Future == sources.FutureIgnore && inFuture(d.Time, opt.Now) {
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
// What software writes when it knows no date is none.
func Date(raw string, hint DateHints) (time.Time, bool) {
	t, ok := understood(raw, hint)
	if !ok || !plausible(t) {
		return time.Time{}, false
	}
	return t, true
}

func understood(raw string, hint DateHints) (time.Time, bool) {
	if t, ok := plainDate(raw); ok {
		return t, true
	}
	if len(raw) > 200 {
		return time.Time{}, false
	}
	s := asciiDigits(strings.ToLower(fold(raw)))
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

// asciiDigits writes the digits of Arabic, Persian, Devanagari and other
// scripts as ours, and takes out marks of direction.
func asciiDigits(s string) string {
	for i := 0; i < len(s); i++ {
		if s[i] >= 0x80 {
			if strings.ContainsRune(s, '.') && strings.ContainsFunc(s, func(r rune) bool { return unicode.Is(unicode.Thai, r) }) {
				s = strings.ReplaceAll(s, ".", "") // "ก.ค."
			}
			return strings.Map(digit, s)
		}
	}
	return s
}

func digit(r rune) rune {
	switch {
	case r < 0x80:
		return r
	case unicode.Is(unicode.Cf, r):
		return -1 // marks of direction
	case !unicode.IsDigit(r):
		return r
	}
	for zero := r; ; zero-- { // digits stand together, nought first
		if r-zero > 9 || !unicode.IsDigit(zero-1) || r-zero == 9 {
			return '0' + r - zero
		}
	}
}
