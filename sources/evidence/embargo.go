package evidence

import (
	"slices"
	"strings"
	"time"

	"warta/sources"
	"warta/sources/normalize"
	"warta/sources/prose"
)

// An embargo asks that a story not be shown before a time. It is read from the
// fields of news exchange formats and from a line of its own at the edges of a
// text or before its headline: “EMBARGO sampai 17 Agustus 2026 pukul 10.00
// WIB”. A story about a trade embargo has no such line.
var (
	// embargoLine finds the line, with its time behind it. What may stand before
	// is who asks, and what the embargo lies on.
	embargoLine = prose.Pattern(`(?:^|[.!?:]\s)\W{0,4}(?:strictly\s+|under\s+|mohon\s+|di\s?bawah\s+|(?:(?:transmission\s+of\s+)?(?:the\s+)?(?:material|information|contents?|data|report|figures|text)\s+)?(?:(?:in|of)\s+)?(?:this|the)\s+(?:press\s+|news\s+)?(?:release|report|material|document|statement|information|story|text|speech)\s+(?:is|are|remains?)\s+(?:strictly\s+|under\s+)?|(?:naskah|bahan|berita|rilis|siaran\s+pers|materi|informasi|dokumen|data|isi|teks)(?:\s+\S+){0,3}?\s+ini\s+(?:(?:masih|bersifat|berada|dalam|di\s?bawah|terkena)\s+){0,3}|(?:media|news|press)\s+)?(?:di-?)?embargo(?:ed)?\s*(?:berita|rilis|naskah|pers|media)?\s*(?:(?:time|date|ends?|expires?|lifts?|lifted|is\s+lifted)\b\s*)?(?:for\s+(?:release|publication|broadcast)\s*)?((?:[:\-–—]\s*)?(?:berlaku\s+|berakhir\s+|baru\s+tayang\s+|tayang\s+)?(?:pada\b|mulai\b|sampai|hingga|sehingga|s\.?d\.?|s/d|until|till|to|after|setelah|:|-|–|—)?)(?:\s*dengan\b)?\s*(.*)$`)
	// beforeLine says the same in other words.
	beforeLine = prose.Pattern(`^\W{0,4}(?:tidak\s+untuk|jangan|dilarang|mohon\s+tidak)\s+(?:di)?(?:siarkan|publikasikan|terbitkan|muat|sebarkan|tayangkan|mempublikasikan|menyiarkan|memuat|menerbitkan)\s+(?:sebelum|until|sampai|hingga|sehingga)(?:\s+dengan)?\s+(.*)$|^\W{0,4}(?:not|do\s+not)\s+(?:for\s+|to\s+be\s+)?(?:publi\w+|releas\w*|broadcast)(?:\s*(?:,|or|and|/)\s*\w+){0,2}\s+(?:before|until|prior\s+to)\s+(.*)$|^\W{0,4}(?:untuk\s+(?:dipublikasikan|disiarkan|diterbitkan|dimuat|publikasi)|for\s+(?:release|publication))\s+(?:setelah|sesudah|mulai|after|from|at)?\s*(.*\(?embargo(?:ed)?\)?\W*)$`)
	// timeOfDay tells a moment from a day.
	timeOfDay = prose.Pattern(`\b(?:pukul|jam|pkl|at)\b|\b\d{1,2}[.:]\d{2}\b|\b\d{1,2}\s*[ap]\.?m\b|t\d{2}:?\d{2}|\bnoon\b|\bmidnight\b`)
	fullDate  = prose.Pattern(`\d{4}-\d{2}-\d{2}|\d{1,2}\W+(?:[a-z]+|\d{1,2})\W+\d{4}|[a-z]+\s+\d{1,2}(?:st|nd|rd|th)?,?\s+\d{4}|\d{1,2}\s+(?:jan|feb|mar|apr|mei|may|jun|jul|agu|aug|ags|sep|okt|oct|nov|des|dec)`)
)

// maxEmbargoLine bounds a line that can be one, in bytes: what is longer is
// the story's own.
const maxEmbargoLine = 200

// embargo looks for embargoes in an item: its title and the edges of its texts.
// Those in fields come as signals.
func (f *finder) embargo(it *sources.Item) {
	for i := range it.Signals {
		if s := &it.Signals[i]; s.Name == "embargoed" || s.Name == "json:embargoed" {
			f.embargoUntil(s.Value, s.Markup, s.Where+" "+s.Name, it)
		}
	}
	f.embargoTitle(it.Title.Value, it)
	for _, text := range [...]struct{ markup, where string }{{it.Content.Value, "text"}, {it.Summary.Value, "summary"}} {
		if !mayHoldEmbargo(text.markup) {
			continue
		}
		for _, b := range prose.Blocks(text.markup) {
			if (b.Index < edge || b.Index >= b.Of-edge) && !b.Image && len(b.Text) <= maxEmbargoLine {
				f.embargoWords(b.Text, b.Place(text.where), it)
			}
		}
	}
}

// mayHoldEmbargo is a quick look: nearly no story speaks of it.
func mayHoldEmbargo(s string) bool {
	for _, part := range [...]string{"mbargo", "MBARGO", "idak untuk ", "IDAK UNTUK ", "angan di", "ANGAN DI", "ohon tidak", "ilarang m", "ot for ", "OT FOR ", "o not ", "ot to be ",
		"ni boleh", "NI BOLEH", "aru boleh", "ARU BOLEH", "anya boleh", "ANYA BOLEH", "ni dapat di", "ni bisa di", "aru dapat di", "aru bisa di", "or release", "OR RELEASE", "or publication", "OR PUBLICATION", "old until", "OLD UNTIL", "old for", "OLD FOR"} {
		if strings.Contains(s, part) {
			return true
		}
	}
	return mayBound(s)
}

// mayBound looks for a year in a short line with a verb of publishing near it.
func mayBound(s string) bool {
	const near = 150
	for at := 0; ; {
		i := strings.Index(s[at:], "202")
		if i < 0 {
			return false
		}
		at += i
		around := s[max(0, at-near):min(len(s), at+near)]
		if begin := strings.LastIndexAny(s[max(0, at-maxEmbargoLine):at], ">\n"); at > maxEmbargoLine && begin < 0 {
			at += 3
			continue // amid a long paragraph
		}
		for _, part := range [...]string{"iarkan", "IARKAN", "iarluas", "ubli", "UBLI", "ayang", "AYANG", "imuat", "IMUAT", "emuat", "EMUAT", "erbit", "ERBIT", "roadcast", "ROADCAST", "elease", "ELEASE", "or use", "OR USE", "utip", "UTIP", "mbargo", "MBARGO", "oleh naik", "nfidential", "NFIDENTIAL"} {
			if strings.Contains(around, part) {
				return true
			}
		}
		at += 3
	}
}

// embargoTitle reads a mark before the headline: in brackets, or with a time.
func (f *finder) embargoTitle(title string, it *sources.Item) {
	if !mayHoldEmbargo(title) || len(title) > maxEmbargoLine*2 {
		return
	}
	mark := strings.TrimSpace(title)
	bracketed := false
	if open := strings.IndexAny(mark, "[("); open == 0 {
		if end := strings.IndexAny(mark, "])"); end > 0 {
			mark, bracketed = mark[1:end], true
		}
	}
	m := embargoLine().FindStringSubmatch(prose.Lower(mark))
	switch {
	case m == nil:
	case bracketed:
		f.embargoUntil(m[2], mark, "title", it)
	case fullDate().MatchString(m[2]) && timeOfDay().MatchString(m[2]):
		f.embargoUntil(m[2], mark, "title", it)
	case strings.HasPrefix(mark, "EMBARGO") && m[1] != "" && strings.ToUpper(mark) != mark:
		// A day alone: the mark shouts, and the headline behind it does not.
		if when, headline, ok := strings.Cut(m[2], ": "); ok && headline != "" && fullDate().MatchString(when) {
			f.embargoUntil(when, mark, "title", it)
		}
	}
}

// embargoWords reads one line of a text. Where the time can't be read, it is
// an embargo still if the line is written as a mark and not as a sentence.
func (f *finder) embargoWords(line, where string, it *sources.Item) {
	low := prose.Lower(line)
	if m := beforeLine().FindStringSubmatch(low); m != nil {
		f.unmark()
		f.embargoUntil(m[1]+m[2]+m[3], line, where, it)
		return
	}
	if when, ok := releaseTime(low, it); ok {
		f.embargoUntil(when, line, where, it)
		return
	}
	if !strings.Contains(low, "embargo") {
		return
	}
	m := embargoLine().FindStringSubmatch(low)
	if m == nil {
		return
	}
	_, readable := untilOf(m[2], it)
	lead, _, _ := strings.Cut(m[0], "embargo") // on what it lies, or that it is asked for
	lead = sources.Letters(lead)
	marked := strings.Contains(line, "EMBARGO") || lead != "" || strings.HasPrefix(low, "embargoed") ||
		strings.Contains(m[1], ":") && (timeOfDay().MatchString(m[2]) || untilEvent().MatchString(m[2]))
	when := m[2]
	switch {
	case (m[1] != "" || strings.Contains(line, "EMBARGO")) && readable && fullDate().MatchString(m[2]):
	case marked && (m[1] != "" || when == ""):
	case m[1] != "" && untilSpoken().MatchString(when):
	case marked && strings.ContainsAny(when[:1], ".!,;"): // EMBARGO! and what is meant
		when = fromTime(when)
	default:
		return
	}
	if bare := m[1] == "" && m[2] == ""; bare && f.has(sources.Embargo) {
		return // the line that says until when was read
	}
	f.unmark()
	f.embargoUntil(when, line, where, it)
}

// untilEvent is an end that no clock tells.
var untilEvent = prose.Pattern(`^\W*(?:sampai|hingga|until|after|setelah|menunggu|pending)\b|\bselesai\b`)

// unmark drops a bare “EMBARGO” over the line that says until when.
func (f *finder) unmark() {
	f.list = slices.DeleteFunc(f.list, func(ev sources.Evidence) bool {
		return ev.Kind == sources.Embargo && ev.Value == "" && bareEmbargo().MatchString(prose.Lower(ev.Text))
	})
}

var bareEmbargo = prose.Pattern(`^\W*embargo(?:ed)?\W*$`)

// embargoUntil adds an embargo with its time, as far as it can be read.
func (f *finder) embargoUntil(when, text, where string, it *sources.Item) {
	value := ""
	if t, ok := untilOf(when, it); ok {
		value = t.UTC().Format(time.RFC3339)
	}
	f.add(sources.Embargo, first(text, "embargoed"), where, value)
}

// lateZone is the last of Indonesia's zones to reach a time of day: what names
// none is over everywhere by then.
var lateZone = time.FixedZone("WIB", 7*3600)

// untilOf reads when an embargo ends. A day without a time of day counts in
// full: it ends with that day in Indonesia's last zone.
func untilOf(when string, it *sources.Item) (time.Time, bool) {
	when = strings.Trim(when, " \t.,;:!*[]()|–—-")
	for _, lead := range [...]string{"hari ", "tanggal ", "tgl ", "tgl. ", "on "} {
		when = strings.TrimPrefix(when, lead)
	}
	if when == "" {
		return time.Time{}, false
	}
	if dayWords().MatchString(prose.Lower(when)) {
		return moment(when, it)
	}
	hint := normalize.DateHints{Now: it.Published.Time, Zone: lateZone, Language: it.Language}
	if hint.Now.IsZero() {
		hint.Now = it.Updated.Time
	}
	timed := timeOfDay().MatchString(strings.ToLower(when))
	switch when {
	case "besok", "kemarin", "tomorrow", "nanti":
		return time.Time{}, false
	}
	t, ok := normalize.Date(when, hint)
	if !ok {
		return time.Time{}, false
	}
	if !timed {
		y, m, d := t.UTC().Date()
		t = time.Date(y, m, d+1, 0, 0, 0, 0, lateZone)
	}
	return t, true
}
