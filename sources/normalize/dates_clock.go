package normalize

import "time"

// century reads a year of two digits as RFC 2822 section 4.3 does, but the
// fifties and sixties as ours: no feed is that old.
func century(y int) int {
	if y < 70 {
		return 2000 + y
	}
	return 1900 + y
}

// clock reads a time of day: 14:05, 14:05:00.123, 14.05 where a date can't be
// meant, 1405 after the T of ISO 8601.
func (p *dateParts) clock(t []dateToken, i int) int {
	if p.timed {
		return p.bareZone(t, i)
	}
	h, dh := t[i].num, t[i].digits
	sep := at(t, i+1)
	m, dm := numAt(t, i+2)
	if dh > 2 {
		if at(t, i-1) == "t" && t[i].glued && (dh == 4 || dh == 6) {
			p.timed, p.hour, p.min = true, atoi(t[i].text[:2]), atoi(t[i].text[2:4])
			if dh == 6 {
				p.sec = atoi(t[i].text[4:])
			}
			return 1
		}
		return 0
	}
	switch {
	case sep == ":" && m >= 0 && dm <= 2 && h <= 24:
	case sep == "h" && dm == 2 && h <= 24 && m < 60: // "8 h 05"
	case sep == "." && dm == 2 && h <= 24 && m < 60 && t[i+1].glued && t[i+2].glued && p.dotClock(t, i):
	default:
		if sep == "時" || sep == "时" || sep == "点" || sep == "點" || sep == "시" {
			p.timed, p.hour = true, h
			if unit := at(t, i+3); m >= 0 && (unit == "分" || unit == "분") {
				p.min = m
				return 4
			}
			return 2
		}
		if (at(t, i+1) == "am" || at(t, i+1) == "pm") && h >= 1 && h <= 12 {
			p.timed, p.hour = true, h
			return 1
		}
		return 0
	}
	p.timed, p.hour, p.min = true, h, m
	n := 3
	if s, ds := numAt(t, i+4); (at(t, i+3) == ":" || at(t, i+3) == sep) && s >= 0 && ds <= 2 && t[i+4].glued {
		p.sec, n = s, 5
		if f, df := numAt(t, i+6); (at(t, i+5) == "." || at(t, i+5) == ",") && f >= 0 && t[i+6].glued && df > 0 {
			for k := 0; k < 9; k++ {
				p.nano *= 10
				if k < df {
					p.nano += int(t[i+6].text[k] - '0')
				}
			}
			n = 7
		}
	}
	return n
}

// bareZone reads a zone whose plus sign was lost on the way, as an address
// decoded once too often loses it: "2026-03-03T21:47:00 07:00".
func (p *dateParts) bareZone(t []dateToken, i int) int {
	m, dm := numAt(t, i+2)
	if !p.iso || p.zone != nil || i+3 != len(t) || t[i].glued || t[i].digits != 2 || at(t, i+1) != ":" || dm != 2 || t[i].num > 14 || m%15 != 0 {
		return 0
	}
	p.zone = time.FixedZone("", t[i].num*3600+m*60)
	return 3
}

// dotClock tells 14.05 the time from 14.05 the fourteenth of May.
func (p *dateParts) dotClock(t []dateToken, i int) bool {
	switch at(t, i-1) {
	case "pukul", "jam", "pkl", "at", "kl", "um":
		return true
	}
	if at(t, i+3) == "." {
		n, d := numAt(t, i+4)
		if n < 0 || d != 2 || p.day == 0 && p.nloose == 0 {
			return false
		}
	}
	if p.yesterday || p.today || p.day > 0 && p.month > 0 || p.month > 0 && p.nloose > 0 {
		return true
	}
	return zoneNamed(at(t, i+3))
}

// settle gives the loose numbers their places: a day, a year.
func (p *dateParts) settle() {
	for k := 0; k < p.nloose; k++ {
		n, d := p.loose[k], p.digits[k]
		switch {
		case d == 4 && p.year == 0 && n >= 1800 && n <= 2200:
			p.year = n
		case d == 4 && p.year == 0 && p.thai && n >= 2400 && n <= 2700:
			p.year = n - 543
		case d <= 2 && p.day == 0 && n >= 1 && n <= 31 && p.month > 0:
			p.day = n
		case d == 2 && p.year == 0 && p.day > 0 && p.month > 0:
			p.year = century(n)
		}
	}
	if p.year > 0 && p.month == 0 && p.day == 0 && !p.timed && p.nloose == 1 && p.digits[0] == 4 {
		// A bare year is a W3CDTF date, but too little to order by.
		p.bad = true
	}
}
