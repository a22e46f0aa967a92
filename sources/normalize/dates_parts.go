package normalize

import (
	"strconv"
	"time"
	"unicode"
	"unicode/utf8"
)

// dateParts collects what a date's words and numbers say.
type dateParts struct {
	year, month, day int // 0: not said
	hour, min, sec   int
	nano             int
	timed            bool  // a time of day was said
	half             uint8 // of the day
	thai             bool  // a Thai month: years of the Buddhist era
	zone             *time.Location
	numeric          bool // day and month were numbers that could be swapped
	iso              bool // year first
	yesterday, today bool
	indonesian       bool
	malay            bool // a month as Malaysia writes it
	ist              bool
	loose            [4]int // numbers that are not yet anything, in order
	digits           [4]int
	nloose           int
	unix             int64 // a number of seconds
	weekday          int   // 1: Sunday; 0: not said
	bad              bool
}

// token is a number, a word or one sign.
type dateToken struct {
	num    int // -1: no number
	digits int
	text   string
	glued  bool // nothing stands between it and the token before
}

const maxDateTokens = 40

// tokens splits a lower-case date.
func dateTokens(s string, out []dateToken) []dateToken {
	glued := false
	for i := 0; i < len(s) && len(out) < maxDateTokens; {
		c := s[i]
		switch {
		case c == ' ':
			glued = false
			i++
			continue
		case c >= '0' && c <= '9':
			j, n := i, 0
			for j < len(s) && s[j] >= '0' && s[j] <= '9' {
				if j-i < 9 {
					n = n*10 + int(s[j]-'0')
				}
				j++
			}
			out = append(out, dateToken{num: n, digits: j - i, text: s[i:j], glued: glued})
			i = j
		default:
			j := i
			for j < len(s) {
				r, size := utf8.DecodeRuneInString(s[j:])
				if !unicode.IsLetter(r) && !unicode.IsMark(r) && !(j > i && (r == '\'' || r == '’') && j+size < len(s) && s[j+size] >= 'a') {
					break
				}
				j += size
				if unicode.In(r, unicode.Han, unicode.Hangul) && !hangulWord(s[i:j]) {
					break
				}
			}
			if j == i {
				_, size := utf8.DecodeRuneInString(s[i:])
				j = i + size
			}
			out = append(out, dateToken{num: -1, text: s[i:j], glued: glued})
			i = j
		}
		glued = true
	}
	return out
}

func hangulWord(s string) bool { return s == "오" || s == "下" || s == "上" || s == "午" }

// read goes through the tokens once.
func (p *dateParts) read(s string) {
	var buf [maxDateTokens]dateToken
	t := dateTokens(s, buf[:0])
	for i := 0; i < len(t); {
		if t[i].num >= 0 {
			i += p.number(t, i)
		} else {
			i += p.word(t, i)
		}
	}
	p.settle()
}

// at gives the token's text if it stands at i, else "".
func at(t []dateToken, i int) string {
	if i < 0 || i >= len(t) {
		return ""
	}
	return t[i].text
}

func numAt(t []dateToken, i int) (n, digits int) {
	if i < 0 || i >= len(t) || t[i].num < 0 {
		return -1, 0
	}
	return t[i].num, t[i].digits
}

// number reads what begins with a number and says how many tokens it took.
func (p *dateParts) number(t []dateToken, i int) int {
	a, da := t[i].num, t[i].digits
	if n := p.clock(t, i); n > 0 {
		return n
	}
	if da == 8 && p.year == 0 && a > 18000000 && a < 22001232 { // 20250616
		p.setISO(a/10000, a/100%100, a%100)
		return 1
	}
	if (da == 14 || da == 12) && p.year == 0 { // 20250616140500
		d := atoi(t[i].text[:8])
		p.setISO(d/10000, d/100%100, d%100)
		p.timed, p.hour, p.min = true, atoi(t[i].text[8:10]), atoi(t[i].text[10:12])
		if da == 14 {
			p.sec = atoi(t[i].text[12:])
		}
		return 1
	}
	sep := at(t, i+1)
	b, db := numAt(t, i+2)
	if da == 4 && sep == "-" && at(t, i+2) == "w" && p.year == 0 {
		if took := p.isoWeek(t, i); took > 0 {
			return took
		}
	}
	if sep == "年" || sep == "년" {
		p.year = a
		return 2
	}
	if sep == "月" || sep == "월" {
		p.month = a
		return 2
	}
	if sep == "日" || sep == "일" {
		p.day = a
		return 2
	}
	if (sep == "/" || sep == "-" || sep == "." || sep == "–") && b >= 0 && p.month == 0 && p.day == 0 {
		c, dc := numAt(t, i+4)
		if c >= 0 && (at(t, i+3) == sep || at(t, i+3) == "/" || at(t, i+3) == "-") && p.year == 0 {
			return p.triple(a, da, b, db, c, dc)
		}
		if da == 4 && db == 2 && sep == "-" && i == 0 && len(t) == 3 { // 2025-06 (W3CDTF)
			p.setISO(a, b, 1)
			return 3
		}
		if da == 4 && db == 3 && sep == "-" && b >= 1 && b <= 366 && i == 0 { // 2025-167 (ISO 8601 ordinal)
			d := time.Date(a, 1, b, 0, 0, 0, 0, time.UTC)
			p.setISO(d.Year(), int(d.Month()), d.Day())
			p.numeric = false
			return 3
		}
		if sep == "/" && da <= 2 && db <= 2 && a >= 1 && b >= 1 && (a <= 31 && b <= 12 || a <= 12 && b <= 31) {
			p.day, p.month, p.numeric = a, b, true
			if b > 12 {
				p.day, p.month = b, a
			}
			return 3
		}
	}
	if (da == 10 || da == 13) && len(t) == 1 {
		if n, err := strconv.ParseInt(t[i].text[:10], 10, 64); err == nil && n > 5e8 && n < 4e9 {
			p.unix = n // seconds since 1970
			return 1
		}
	}
	if p.nloose < len(p.loose) {
		p.loose[p.nloose], p.digits[p.nloose] = a, da
		if at(t, i-1) == "'" && da == 2 { // '19
			p.digits[p.nloose] = 4
			p.loose[p.nloose] = century(a)
		}
		p.nloose++
	}
	return 1
}

// isoWeek reads 2026-W10-2 (ISO 8601 week date) at token i.
func (p *dateParts) isoWeek(t []dateToken, i int) int {
	week, dw := numAt(t, i+3)
	day, dd := numAt(t, i+5)
	if dw != 2 || week < 1 || week > 53 || at(t, i+4) != "-" || dd != 1 || day < 1 || day > 7 {
		return 0
	}
	fourth := time.Date(t[i].num, 1, 4, 0, 0, 0, 0, time.UTC) // always in the first week
	d := fourth.AddDate(0, 0, (week-1)*7+day-1-(int(fourth.Weekday())+6)%7)
	p.setISO(d.Year(), int(d.Month()), d.Day())
	p.numeric = false
	return 6
}

// triple reads three numbers with the same sign between them.
func (p *dateParts) triple(a, da, b, db, c, dc int) int {
	switch {
	case da == 4 && db <= 2 && dc <= 2:
		p.setISO(a, b, c)
	case dc == 4 || dc == 2:
		if dc == 2 {
			c = century(c)
		}
		p.year, p.month, p.day, p.numeric = c, b, a, true
		if b > 12 && a <= 12 {
			p.month, p.day, p.numeric = a, b, false
		}
	default:
		p.bad = true
	}
	return 5
}

func (p *dateParts) setISO(y, m, d int) {
	p.year, p.month, p.day, p.numeric, p.iso = y, m, d, true, true
	if m > 12 && d <= 12 && d > 0 {
		p.month, p.day, p.numeric = d, m, false
	}
}
