package normalize

import (
	"strings"
	"time"
)

// word reads what begins with a word or a sign: month, zone, half of the day. It
// says how many tokens it took.
func (p *dateParts) word(t []dateToken, i int) int {
	w := t[i].text
	if w == "+" || w == "-" || w == "−" {
		return p.numericZone(t, i)
	}
	if len(w) < 2 {
		return p.letter(t, i)
	}
	if o := dateWords().others[w]; o > 0 {
		p.other(o)
		p.indonesian = p.indonesian || w == "kemarin" || w == "kemaren"
		return 1
	}
	if took := p.wordedZone(t, i); took > 0 {
		return took
	}
	if took := p.monthName(t, i); took > 0 {
		return took
	}
	if took := p.dayName(t, i); took > 0 {
		return took
	}
	if took := p.phrase(t, i); took > 0 {
		return took
	}
	if off, ok := zoneOffset(w); ok && p.timed && p.zone == nil {
		p.zone = time.FixedZone(strings.ToUpper(w), off)
	}
	return 1
}

// letter reads "p.m.", "a.m." and the Z of UTC.
func (p *dateParts) letter(t []dateToken, i int) int {
	w := t[i].text
	if (w == "p" || w == "a") && at(t, i+1) == "." && at(t, i+2) == "m" && p.timed {
		p.half = halfAM
		if w == "p" {
			p.half = halfPM
		}
		return 3
	}
	if w == "z" && p.timed && p.zone == nil {
		p.zone = time.UTC
	}
	return 1
}

// wordedZone reads the zones that are one whatever stands around them.
func (p *dateParts) wordedZone(t []dateToken, i int) int {
	switch w := t[i].text; w {
	case "wib", "wita", "wit":
		p.indonesian = true
		if p.zone == nil {
			p.zone = map[string]*time.Location{"wib": wib, "wita": wita, "wit": wit}[w]
		}
		return 1
	case "ist":
		p.ist = p.ist || p.zone == nil
		return 1
	case "utc", "gmt", "ut":
		if n, _ := numAt(t, i+2); n >= 0 && (at(t, i+1) == "+" || at(t, i+1) == "-") && t[i+1].glued {
			return 1 + p.numericZone(t, i+1)
		}
		if p.zone == nil {
			p.zone = time.UTC
		}
		return 1
	}
	return 0
}

// monthName reads a month that is no everyday word here.
func (p *dateParts) monthName(t []dateToken, i int) int {
	w := t[i].text
	m, id := monthOf(w)
	if m == 0 || commonWord(w) && !besideNumber(t, i) {
		return 0
	}
	p.thai = p.thai || w[0] == 0xE0 && w[1] >= 0xB8 // the Buddhist era is near
	// "mar. 3 juin": the second month word is the month.
	if p.month == 0 || !p.numeric && p.nloose > 0 && i > 0 && t[i-1].num >= 0 {
		p.month, p.numeric = m, false
	}
	p.indonesian = p.indonesian || id
	p.malay = p.malay || w == "julai" || w == "ogos" || w == "disember" || w == "mac"
	return 1
}

// dayName reads a weekday.
func (p *dateParts) dayName(t []dateToken, i int) int {
	w := t[i].text
	if indonesianDay(w) {
		p.indonesian = true
		p.malay = p.malay || w == "isnin" || w == "khamis" || w == "jumaat"
	}
	d, ok := dateWords().weekdays[w]
	if !ok {
		return 0
	}
	p.weekday = int(d&15) + 1
	return 1
}

// phrase reads "hari ini", "tháng 6" and "jam 2 siang".
func (p *dateParts) phrase(t []dateToken, i int) int {
	n, d := numAt(t, i+1)
	switch t[i].text {
	case "hari":
		if at(t, i+1) == "ini" {
			p.today, p.indonesian = true, true
			return 2
		}
	case "tháng", "thg": // Vietnamese
		if n >= 1 && n <= 12 && p.month == 0 {
			p.month = n
			return 2
		}
	case "jam", "pukul", "pkl":
		if n >= 1 && n <= 24 && d <= 2 && !p.timed && len(at(t, i+2)) > 1 && t[i+2].num < 0 {
			p.timed, p.hour, p.indonesian = true, n, true
			return 2
		}
	}
	return 0
}

// other heeds the half of the day, today and yesterday.
func (p *dateParts) other(o uint8) {
	switch o {
	case dayToday:
		p.today = true
	case dayYesterday:
		p.yesterday = true
	default:
		p.half = o
	}
}

// numericZone reads +0700, +07:00, +07, -330; only after a time of day.
func (p *dateParts) numericZone(t []dateToken, i int) int {
	n, d := numAt(t, i+1)
	if d == 4 && n < 100 && !p.timed && p.month > 0 && t[i+1].glued && !t[i].glued {
		p.bad = true // "30 Nov -0001", which databases make of no date
	}
	if n < 0 || !p.timed || !t[i+1].glued || d > 4 {
		return 1
	}
	took := 2
	h, m := n, 0
	if d > 2 {
		h, m = n/100, n%100
	} else if mm, dm := numAt(t, i+3); at(t, i+2) == ":" && dm == 2 {
		m, took = mm, 4
	}
	if h > 15 || m > 59 {
		return took
	}
	off := h*3600 + m*60
	if t[i].text != "+" {
		off = -off
	}
	if off == 0 {
		p.zone = time.UTC
	} else {
		p.zone = time.FixedZone("", off)
	}
	p.ist = false
	return took
}

// indonesianDay reports whether a word is an Indonesian weekday, or says that a
// time of day follows.
func indonesianDay(w string) bool {
	return dateWords().weekdays[w]&localWord != 0 || w == "pukul" || w == "pkl"
}

func zoneNamed(w string) bool {
	switch w {
	case "wib", "wita", "wit", "gmt", "utc":
		return true
	}
	return false
}

// zoneOffset gives the seconds east of Greenwich of a zone's name (RFC 822
// section 5.1, and those that feeds use besides).
func zoneOffset(w string) (int, bool) {
	const hour = 3600
	switch w {
	case "wet":
		return 0, true
	case "bst", "cet", "west", "mez", "wat":
		return 1 * hour, true
	case "cest", "eet", "mesz", "cat", "sast":
		return 2 * hour, true
	case "eest", "msk", "мск", "eat", "trt", "ast":
		if w == "ast" {
			return -4 * hour, true
		}
		return 3 * hour, true
	case "gst", "msd":
		return 4 * hour, true
	case "pkt", "uzt":
		return 5 * hour, true
	case "ict", "jakarta", "pontianak": // Asia/Jakarta
		return 7 * hour, true
	case "sgt", "myt", "hkt", "pht", "awst", "sst", "makassar", "singapore", "kuala_lumpur":
		return 8 * hour, true
	case "jst", "kst", "jayapura":
		return 9 * hour, true
	case "acst":
		return 9*hour + hour/2, true
	case "aest":
		return 10 * hour, true
	case "acdt":
		return 10*hour + hour/2, true
	case "aedt":
		return 11 * hour, true
	case "nzst":
		return 12 * hour, true
	case "nzdt":
		return 13 * hour, true
	case "nst":
		return -3*hour - hour/2, true
	case "ndt":
		return -2*hour - hour/2, true
	case "adt", "brt", "art":
		return -3 * hour, true
	case "edt", "clt":
		return -4 * hour, true
	case "est", "et", "cdt":
		return -5 * hour, true
	case "cst", "ct", "mdt":
		return -6 * hour, true
	case "mst", "mt", "pdt":
		return -7 * hour, true
	case "pst", "pt", "akdt":
		return -8 * hour, true
	case "akst":
		return -9 * hour, true
	case "hst":
		return -10 * hour, true
	}
	return 0, false
}

// commonWord lists months whose short name is an everyday word.
func commonWord(w string) bool {
	return w == "set" || w == "out" || w == "pro" || w == "mac" || w == "dis"
}

// besideNumber reports whether a number stands right before or after token i.
func besideNumber(t []dateToken, i int) bool {
	b, _ := numAt(t, i-1)
	a, _ := numAt(t, i+1)
	return a >= 0 || b >= 0 || at(t, i-1) == "de" || at(t, i-1) == "-" || at(t, i-1) == "/"
}

// monthOf reads a month's name or abbreviation, and tells whether only
// Indonesian or Malay spells it so.
func monthOf(w string) (int, bool) {
	w = strings.TrimRight(w, ".")
	m, ok := dateWords().months[w]
	if !ok && strings.Contains(w, "oe") { // as Indonesian was spelt until 1947
		m, ok = dateWords().months[strings.ReplaceAll(w, "oe", "u")]
		m |= localWord
	}
	if !ok {
		// Hebrew writes "in June" as one word.
		if in, cut := strings.CutPrefix(w, "ב"); cut {
			m = dateWords().months[in]
		}
	}
	return int(m & 15), m&localWord != 0
}
