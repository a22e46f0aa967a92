package evidence

import (
	"regexp"
	"strconv"
	"strings"
	"time"

	"warta/sources"
	"warta/sources/normalize"
	"warta/sources/prose"
)

// When an embargo ends is written in any order: “00.01 HRS WIB THURSDAY 12 JUNE
// 2025”, “9 a.m. Singapore time (SGT), 23 April 2025”. So day, time of day and
// zone are looked for one after another, and what was found is taken out.
var (
	dayWords   = prose.Pattern(`\d{4}-\d{2}-\d{2}|\b\d{1,2}(?:st|nd|rd|th)?\s+(?:of\s+)?[a-z]{3,9}\.?,?\s+\d{4}\b|\b[a-z]{3,9}\.?\s+\d{1,2}(?:st|nd|rd|th)?,?\s+\d{4}\b|\b\d{1,2}[/.-]\d{1,2}[/.-]\d{4}\b`)
	clockWords = prose.Pattern(`\b(?:(?:pukul|jam|pkl)\.?\s*)?(\d{1,2})[.:](\d{2})(?:[.:]\d{2})?(?:\s*(a\.?m\b|p\.?m\b))?|\b(\d{1,2})\s*(a\.?m\b|p\.?m\b)|\b(?:pukul|jam|pkl)\.?\s*(\d{1,2})\b|\b(\d{2})(\d{2})\s*(?:hrs|hours|h\b|gmt|utc|wib|wita|wit)\b`)
	partOfDay  = prose.Pattern(`\b(pagi|siang|sore|petang|malam|noon|midnight|tengah\s*hari|tengah\s*malam)\b`)
)

// placeZones are the names of time zones, longer ones first, with their offset from
// UTC in minutes, and by which rule summer time is kept there.
var placeZones = []struct {
	words  func() *regexp.Regexp
	offset int
	summer summerRule
}{
	{prose.Pattern(`\b(?:us\s+)?eastern(?:\s+(?:standard|daylight))?\s+time\b|\bnew\s+york(?:\s+time)?\b|\bet\b`), -300, american},
	{prose.Pattern(`\b(?:us\s+)?central(?:\s+(?:standard|daylight))?\s+time\b|\bct\b`), -360, american},
	{prose.Pattern(`\b(?:us\s+)?pacific(?:\s+(?:standard|daylight))?\s+time\b|\bpt\b`), -480, american},
	{prose.Pattern(`\blondon\s+time\b|\b(?:uk|british)\s+(?:summer\s+)?time\b`), 0, european},
	{prose.Pattern(`\b(?:cet|cest)\b|\bcentral\s+european\s+(?:summer\s+)?time\b|\b(?:geneva|paris|berlin|brussels|amsterdam)\s+time\b`), 60, european},
	{prose.Pattern(`\bbst\b`), 60, never}, {prose.Pattern(`\bedt\b`), -240, never}, {prose.Pattern(`\best\b`), -300, never}, {prose.Pattern(`\bcdt\b`), -300, never},
	{prose.Pattern(`\bcst\b`), -360, never}, {prose.Pattern(`\bpdt\b`), -420, never}, {prose.Pattern(`\bpst\b`), -480, never},
	{prose.Pattern(`\baedt\b`), 660, never}, {prose.Pattern(`\b(?:aest|(?:papua\s+new\s+guinea|port\s+moresby|brisbane)\s+time)\b`), 600, never},
	{prose.Pattern(`\bacst\b`), 570, never}, {prose.Pattern(`\bawst\b|\bperth\s+time\b`), 480, never},
	{prose.Pattern(`\bjst\b|\b(?:tokyo|japan)\s+time\b|\bkst\b|\bwit\b|\bwaktu\s+indonesia\s+(?:bagian\s+)?timur\b`), 540, never},
	{prose.Pattern(`\b(?:sgt|myt|hkt|pht|wita|bnt)\b|\b(?:singapore|malaysian?|hong\s+kong|manila|beijing|brunei|kuala\s+lumpur)\s+time\b|\bwaktu\s+(?:malaysia|singapura|brunei|kuala\s+lumpur|makassar|bali)\b|\bwaktu\s+indonesia\s+(?:bagian\s+)?tengah\b`), 480, never},
	{prose.Pattern(`\b(?:wib|ict)\b|\b(?:jakarta|bangkok|western\s+indonesian?)\s+time\b|\bwaktu\s+(?:jakarta|indonesia\s+(?:bagian\s+)?barat)\b`), 420, never},
	{prose.Pattern(`\b(?:gmt|utc)\b`), 0, never},
}

// numericZone is a zone as a number.
var numericZone = prose.Pattern(`(?:\b(?:gmt|utc)\s*|:\d{2})([+-])(\d{1,2})(?::?(\d{2}))?\b|\d(z)\b`)

// summerRule says between which days summer time holds.
type summerRule int

const (
	never summerRule = iota
	american
	european
)

// inSummer reports whether summer time holds at noon of a day.
func (r summerRule) inSummer(y int, m time.Month, d int) bool {
	day := time.Date(y, m, d, 12, 0, 0, 0, time.UTC)
	switch r {
	case american: // second Sunday of March to first of November
		return !day.Before(sunday(y, time.March, 8)) && day.Before(sunday(y, time.November, 1))
	case european: // last Sunday of March to last of October
		return !day.Before(sunday(y, time.March, 25)) && day.Before(sunday(y, time.October, 25))
	}
	return false
}

// sunday is the first Sunday from a day on.
func sunday(y int, m time.Month, d int) time.Time {
	t := time.Date(y, m, d, 0, 0, 0, 0, time.UTC)
	return t.AddDate(0, 0, (7-int(t.Weekday()))%7)
}

// moment reads a full date with whatever stands around it. A day without a
// time of day counts in full: it ends with that day.
func moment(when string, it *sources.Item) (time.Time, bool) {
	s := prose.Lower(when)
	at := dayWords().FindStringIndex(s)
	if at == nil || len(dayWords().FindAllStringIndex(s, 3)) > 1 {
		return time.Time{}, false
	}
	day, ok := normalize.Date(strings.TrimSpace(s[at[0]:at[1]]), normalize.DateHints{Language: it.Language})
	if !ok {
		return time.Time{}, false
	}
	after, _, _ := strings.Cut(s[at[1]:], ": ") // a headline may follow
	rest := s[:at[0]] + " " + strings.TrimLeft(after, "t")
	hour, minute, timed := clock(rest)
	if !onlyTime(rest) {
		return time.Time{}, false
	}
	y, m, d := day.UTC().Date()
	zone := zoneOf(rest, y, m, d)
	if !timed {
		return time.Date(y, m, d+1, 0, 0, 0, 0, zone), true
	}
	return time.Date(y, m, d, hour, minute, 0, 0, zone), true
}

// aroundTime are words that stand with a date; what says more is a sentence.
var aroundTime = prose.Pattern(`^(?:senin|selasa|rabu|kamis|jum.?at|sabtu|minggu|ahad|isnin|khamis|\w+day|mon|tues?|wed|thurs?|fri|sat|sun|pada|hari|tanggal|tgl|pukul|jam|pkl|tepat|waktu|setempat|indonesia|bagian|barat|tengah|timur|malaysia|singapura|at|on|the|local|time|standard|daylight|summer|hrs|hours?|of|and|dan|us|uk|am|pm|a|p|m|embargo(?:ed)?|tidak|jangan|di(?:siarkan|publikasikan|terbitkan|muat|tayangkan|sebarkan)|sampai|hingga|dengan|until|not|for|release|publication|publish(?:ed)?|broadcast|or|use|before|untuk|publikasi|sebelum)$`)

// onlyTime reports whether what stands beside a date is but a time of day, a
// zone and such words.
func onlyTime(rest string) bool {
	for i := range placeZones {
		rest = placeZones[i].words().ReplaceAllString(rest, " ")
	}
	rest = numericZone().ReplaceAllString(rest, " ")
	rest = clockWords().ReplaceAllString(partOfDay().ReplaceAllString(rest, " "), " ")
	others := 0
	for _, w := range strings.FieldsFunc(rest, prose.IsNoLetter) {
		if !aroundTime().MatchString(w) {
			others++
		}
	}
	return others <= 1
}

// clock reads a time of day.
func clock(s string) (hour, minute int, ok bool) {
	part := partOfDay().FindString(s)
	m := clockWords().FindStringSubmatch(s)
	if m == nil {
		switch {
		case part == "noon", strings.HasPrefix(part, "tengah") && strings.HasSuffix(part, "hari"):
			return 12, 0, true
		case part == "midnight":
			return 24, 0, true
		}
		if strings.HasPrefix(part, "tengah") {
			return 24, 0, true
		}
		return 0, 0, false
	}
	hour, _ = strconv.Atoi(m[1] + m[4] + m[6] + m[7]) // of which one is there
	minute, _ = strconv.Atoi(m[2] + m[8])
	switch half := strings.ReplaceAll(first(m[3], m[5]), ".", ""); {
	case half == "am" && hour == 12:
		hour = 0
	case half == "pm" && hour < 12:
		hour += 12
	case half == "" && hour < 12 && (part == "malam" || part == "sore" || part == "petang"),
		half == "" && part == "siang" && hour < 7:
		hour += 12
	}
	return hour, minute, hour <= 24 && minute < 60
}

// zoneOf reads in which zone a time is stated: what names none is in the last
// of Indonesia's.
func zoneOf(s string, y int, m time.Month, d int) *time.Location {
	if n := numericZone().FindStringSubmatch(s); n != nil {
		if n[4] != "" {
			return time.UTC
		}
		hours, _ := strconv.Atoi(n[2])
		minutes, _ := strconv.Atoi(first(n[3], "0"))
		if hours <= 14 && minutes < 60 {
			offset := (hours*60 + minutes) * 60
			if n[1] == "-" {
				offset = -offset
			}
			return time.FixedZone("", offset)
		}
	}
	for i := range placeZones {
		if z := &placeZones[i]; z.words().MatchString(s) {
			offset := z.offset
			if z.summer.inSummer(y, m, d) {
				offset += 60
			}
			return time.FixedZone("", offset*60)
		}
	}
	return lateZone
}
