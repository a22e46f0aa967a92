package normalize

import (
	"strings"
	"sync"
	"time"
)

// word reads what begins with a word or a sign: month, zone, half of the day.
func (p *dateParts) word(t []dateToken, i int) int {
	w := t[i].text
	if w == "+" || w == "-" || w == "−" {
		return p.numericZone(t, i)
	}
	if len(w) < 2 {
		if (w == "p" || w == "a") && at(t, i+1) == "." && at(t, i+2) == "m" && p.timed {
			p.pm, p.am = w == "p", w == "a"
			return 3
		}
		if w == "z" && p.timed && p.zone == nil {
			p.zone = time.UTC
		}
		return 1
	}
	switch w {
	case "pm", "오후", "下午":
		p.pm = true
		return 1
	case "am", "오전", "上午":
		p.am = true
		return 1
	case "kemarin", "yesterday":
		p.yesterday = true
		p.indonesian = p.indonesian || w == "kemarin"
		return 1
	case "today":
		p.today = true
		return 1
	case "hari":
		if at(t, i+1) == "ini" {
			p.today, p.indonesian = true, true
			return 2
		}
		return 1
	case "wib", "wita", "wit":
		p.indonesian = true
		if p.zone == nil {
			p.zone = map[string]*time.Location{"wib": wib, "wita": wita, "wit": wit}[w]
		}
		return 1
	case "ist":
		if p.zone == nil {
			p.ist = true
		}
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
	if m, id := monthOf(w); m > 0 {
		// "mar. 3 juin": the second month word is the month.
		if p.month == 0 || !p.numeric && p.nloose > 0 && i > 0 && t[i-1].num >= 0 {
			p.month, p.numeric = m, false
		}
		p.indonesian = p.indonesian || id
		return 1
	}
	if indonesianDay(w) {
		p.indonesian = true
	}
	if d, ok := weekdays[w]; ok {
		p.weekday = int(d) + 1
		return 1
	}
	if off, ok := zoneOffset(w); ok && p.timed && p.zone == nil {
		p.zone = time.FixedZone(strings.ToUpper(w), off)
	}
	return 1
}

// numericZone reads +0700, +07:00, +07, -330; only after a time of day.
func (p *dateParts) numericZone(t []dateToken, i int) int {
	n, d := numAt(t, i+1)
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

func indonesianDay(w string) bool {
	switch w {
	case "senin", "selasa", "rabu", "kamis", "jumat", "jum'at", "jum’at", "sabtu", "minggu", "ahad", "pukul", "pkl":
		return true
	}
	return false
}

// weekdays decide between day and month where both are numbers.
var weekdays = map[string]time.Weekday{
	"mon": time.Monday, "monday": time.Monday, "senin": time.Monday, "tue": time.Tuesday, "tuesday": time.Tuesday,
	"selasa": time.Tuesday, "wed": time.Wednesday, "wednesday": time.Wednesday, "rabu": time.Wednesday,
	"thu": time.Thursday, "thursday": time.Thursday, "kamis": time.Thursday, "fri": time.Friday, "friday": time.Friday,
	"jumat": time.Friday, "jum'at": time.Friday, "jum’at": time.Friday, "sat": time.Saturday, "saturday": time.Saturday,
	"sabtu": time.Saturday, "sun": time.Sunday, "sunday": time.Sunday, "minggu": time.Sunday, "ahad": time.Sunday,
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
	case "eest", "msk", "eat", "trt", "ast":
		if w == "ast" {
			return -4 * hour, true
		}
		return 3 * hour, true
	case "gst", "msd":
		return 4 * hour, true
	case "pkt", "uzt":
		return 5 * hour, true
	case "ict":
		return 7 * hour, true
	case "sgt", "myt", "hkt", "pht", "awst", "sst":
		return 8 * hour, true
	case "jst", "kst":
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

// monthOf reads a month's name or abbreviation, and tells whether only
// Indonesian or Malay spells it so.
func monthOf(w string) (int, bool) {
	m, ok := months()[strings.TrimRight(w, ".")]
	if !ok {
		return 0, false
	}
	return int(m & 15), m&16 != 0
}

// months holds the names in the languages that feeds use most; those in the
// first row of each month are Indonesian alone.
var months = sync.OnceValue(func() map[string]uint8 {
	all := make(map[string]uint8, 400)
	for i, row := range [12][2]string{
		{"", "january jan januari janvier janv enero ene janeiro gennaio gen januar jänner jän stycznia styczeń sty leden ledna led tammikuu tammikuuta január ianuarie ian ocak oca января янв январь січня січ ιανουαρίου ιαν ιανουάριος يناير كانون"},
		{"pebruari peb", "february feb febr februari février févr fevrier fevr febrero fevereiro fev febbraio februar lutego luty lut únor února úno helmikuu helmikuuta február februarie şubat şub февраля фев февраль лютого лют φεβρουαρίου φεβ فبراير شباط"},
		{"maret", "march mar maart mrt mars marzo março março märz mär mrz marca marzec březen března bře maaliskuu maaliskuuta március márc martie mart марта мар март березня бер μαρτίου μάρ مارس آذار"},
		{"", "april apr avril avr abril abr aprile kwietnia kwiecień kwi duben dubna dub huhtikuu huhtikuuta április ápr aprilie nisan nis апреля апр апрель квітня кві απριλίου απρ أبريل نيسان"},
		{"", "may mei mai mayo maio maggio mag maja maj květen května kvě toukokuu toukokuuta május máj mayıs мая май травня тра μαΐου μαΐ μάιος مايو أيار"},
		{"", "june jun juni juin junio junho giugno giu czerwca czerwiec cze červen června čvn kesäkuu kesäkuuta június jún iunie iun haziran haz июня июн июнь червня чер ιουνίου ιούν ιουν يونيو حزيران"},
		{"", "july jul juli juillet juil julio julho luglio lug lipca lipiec lip červenec července čvc heinäkuu heinäkuuta július júl iulie iul temmuz tem июля июл июль липня лип ιουλίου ιούλ ιουλ يوليو تموز"},
		{"agustus agu agt ags agust agusutus", "august aug augustus août aout agosto ago sierpnia sierpień sie srpen srpna srp elokuu elokuuta augusztus ağustos ağu августа авг август серпня сер αυγούστου αύγ αυγ أغسطس آب augusti"},
		{"", "september sept sep septembre septiembre setembro set settembre września wrzesień wrz září zář syyskuu syyskuuta szeptember szept septembrie eylül eyl сентября сен сент сентябрь вересня вер σεπτεμβρίου σεπ سبتمبر أيلول"},
		{"", "october oct oktober okt octobre octubre outubro out ottobre ott października październik paź říjen října říj lokakuu lokakuuta október octombrie ekim eki октября окт октябрь жовтня жов οκτωβρίου οκτ أكتوبر"},
		{"nopember nop", "november nov novembre noviembre novembro listopada listopad lis listopadu marraskuu marraskuuta noiembrie noi kasım kas ноября ноя ноябрь листопада νοεμβρίου νοέ نوفمبر"},
		{"", "december dec desember des dezember dez décembre déc decembre diciembre dic dezembro dicembre grudnia grudzień gru prosinec prosince pro joulukuu joulukuuta decembrie aralık ara декабря дек декабрь грудня гру δεκεμβρίου δεκ ديسمبر"},
	} {
		for w := range strings.FieldsSeq(row[1]) {
			all[w] = uint8(i + 1)
		}
		for w := range strings.FieldsSeq(row[0]) {
			all[w] = uint8(i+1) | 16
		}
	}
	delete(all, "pro") // too common a word
	delete(all, "out")
	delete(all, "set")
	return all
})
