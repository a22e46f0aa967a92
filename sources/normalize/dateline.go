package normalize

import (
	"strings"
	"unicode"
	"unicode/utf8"
)

// maxDateline is how far into a text a dateline may reach, in bytes.
const maxDateline = 100

// dateline reads the place and outlet a story begins with, such as "PASER" or
// "SAMARINDA, KOMPAS.com", and says where they end. next is what follows on
// the next line.
func dateline(text, next, outlet string, local bool) string {
	head := text
	if len(head) > maxDateline {
		head = head[:maxDateline]
	}
	for from := 0; from < len(head); {
		at, size, sep := separator(head[from:])
		if at < 0 {
			break
		}
		at += from
		from = at + size
		rest := text[min(from, len(text)):]
		if strings.TrimSpace(rest) == "" {
			rest = next
		}
		place := strings.Trim(head[:at], " ,.-–—|»~:[]*\u00a0")
		if place == "" {
			return ""
		}
		if startsStory(rest) {
			if d := placeAndOutlet(place, sep, outlet, local); d != "" {
				if sep == '|' {
					return longer(head, from, d, outlet, local)
				}
				return d
			}
		}
		if sep == '.' || sep == ':' {
			continue
		}
	}
	return withoutDash(head, text)
}

// longer looks whether a bar only divides the outlet from the place:
// "SURYA.co.id | SURABAYA – …".
func longer(head string, from int, d, outlet string, local bool) string {
	at, _, sep := separator(head[from:])
	if at < 0 || sep == '.' || sep == ':' {
		return d
	}
	rest := strings.Trim(head[from:from+at], " ,")
	if isPlace(rest) || allWords(rest, shouted) && placeAndOutlet(rest, sep, outlet, local) != "" {
		return strings.TrimRight(head[:from+at], " ,")
	}
	return d
}

// withoutDash reads "BEKASI (Pos Kota) Pasar …", where the dash was forgotten:
// only with an outlet or agency in brackets after a place.
func withoutDash(head, text string) string {
	shut := strings.IndexByte(head, ')')
	open := strings.IndexByte(head, '(')
	if open < 3 || shut < open || open > 40 || shut+1 >= len(text) || !startsStory(text[shut+1:]) {
		return ""
	}
	place, inner := strings.TrimSpace(head[:open]), strings.TrimSpace(head[open+1:shut])
	if (isPlace(place) || allWords(place, shouted)) && (agencyOf(inner) != "" || isOutletPart(inner, "")) && !notPlaces[strings.ToLower(place)] {
		return head[:shut+1]
	}
	return ""
}

// separator finds the next sign that can end a dateline: a dash with white
// space beside it, two hyphens, a bar, a colon or a full stop.
func separator(s string) (at, size int, sep rune) {
	for i := 0; i < len(s); {
		r, n := utf8.DecodeRuneInString(s[i:])
		spaced := i > 0 && s[i-1] == ' '
		after := i+n >= len(s) || s[i+n] == ' '
		switch r {
		case '–', '—', '―', '−':
			return i, n, '–'
		case '-':
			switch {
			case strings.HasPrefix(s[i:], "--"):
				for n < len(s)-i && s[i+n] == '-' {
					n++
				}
				return i, n, '–'
			case spaced || after:
				return i, n, '-'
			}
		case 'â': // a dash that was read in the wrong encoding
			if strings.HasPrefix(s[i:], "â€“") || strings.HasPrefix(s[i:], "â€”") {
				return i, len("â€“"), '–'
			}
		case '|', '»':
			return i, n, '|'
		case '~':
			if spaced && after {
				return i, n, '|'
			}
		case '/':
			if spaced && after || strings.HasPrefix(s[i:], "//") && i > 0 && s[i-1] != ':' {
				for n < len(s)-i && s[i+n] == '/' {
					n++
				}
				return i, n, '|'
			}
		case ':', '.':
			if after && i+n < len(s) {
				return i, n, r
			}
		}
		i += n
	}
	return -1, 0, 0
}

// startsStory reports whether what follows a dateline can begin a sentence.
func startsStory(rest string) bool {
	rest = strings.TrimLeft(rest, " -–—|»~:/\u00a0\"'“‘«(*[")
	r, _ := utf8.DecodeRuneInString(rest)
	return unicode.IsUpper(r) || unicode.IsDigit(r) || unicode.IsLetter(r) && !unicode.IsLower(r)
}

// notPlaces begin stories as datelines do, but name no place.
var notPlaces = map[string]bool{
	"breaking news": true, "video": true, "foto": true, "opini": true, "adv": true, "infografis": true, "live": true,
	"update": true, "hoaks": true, "hoax": true, "cek fakta": true, "editorial": true, "kolom": true, "info": true,
	"pt": true, "cv": true, "uu": true, "ruu": true, "kuhp": true, "kpk": true, "covid": true, "portrait": true, "videos": true, "photos": true, "analysis": true, "opinion": true, "interview": true, "tajuk": true, "analisis": true, "pengantar": true, "kisah": true, "wawancara": true, "tips": true, "kronologi": true, "tajuk rencana": true, "advertorial": true, "pariwara": true, "headline": true, "news": true,
	"ralat": true, "koreksi": true, "fakta": true, "profil": true, "resensi": true, "cerpen": true, "puisi": true,
	"flash news": true, "populer": true, "nb": true, "ps": true, "catatan": true, "eksklusif": true, "exclusive": true,
	"viral": true, "heboh": true, "full": true, "klik": true, "baca": true, "tonton": true, "saksikan": true,
}

// placeAndOutlet judges what stands before the separator.
func placeAndOutlet(s string, sep rune, outlet string, local bool) string {
	if len(s) > 80 || strings.ContainsAny(s, "\"“”?!;。，、") {
		return ""
	}
	inner := ""
	body := s
	if strings.HasSuffix(s, ")") {
		i := strings.LastIndexByte(s, '(')
		if i < 1 {
			return ""
		}
		inner, body = strings.TrimSpace(s[i+1:len(s)-1]), strings.Trim(s[:i], " ,")
	}
	var seen struct{ place, outlet, shout, title, other, words int }
	keep := s
	for part := range strings.SplitSeq(body, ",") {
		part = strings.Trim(part, " .*[]")
		if part == "" {
			continue
		}
		low := strings.ToLower(part)
		words := strings.Count(part, " ") + 1
		seen.words += words
		switch {
		case low == "advertorial" || low == "adv" || low == "pariwara":
			keep = strings.TrimLeft(strings.TrimPrefix(keep, part), " ,")
		case notPlaces[low] || words > 5:
			return ""
		case isOutletPart(part, outlet):
			seen.outlet++
		case isPlace(part):
			seen.place++
		case allWords(part, shouted):
			if strings.ContainsAny(part, "0123456789") || notPlaces[firstField(low)] {
				return ""
			}
			seen.shout++
		case isDatePart(low):
			seen.title++
		case allWords(part, capitalised):
			seen.title++
			for w := range strings.FieldsSeq(part) {
				if isPlace(w) && words <= 3 {
					seen.place++
					break
				}
			}
		default:
			seen.other++
		}
	}
	known := seen.place+seen.outlet+seen.shout > 0
	switch {
	case seen.other > 0 || seen.words == 0 || seen.words > 8:
		return ""
	case inner != "":
		if agencyOf(inner) == "" && !isOutletPart(inner, outlet) && !known {
			return ""
		}
		if agencyOf(inner) == "" && !isOutletPart(inner, outlet) && isDatePart(strings.ToLower(inner)) && seen.place == 0 && seen.outlet == 0 {
			return ""
		}
	case sep == '.' || sep == ':':
		// A full stop or a colon ends many things: the place must be one.
		if seen.place == 0 || seen.words > 3 || seen.title+seen.shout > 0 && sep == '.' || ambiguousPlace(s) {
			return ""
		}
	case !known:
		if !local || sep != '–' || seen.words > 2 || seen.title == 0 || commonStart(s) {
			return ""
		}
	case sep == '-' && seen.outlet == 0 && seen.place == 0 && seen.words > 4:
		return ""
	}
	return keep
}

// isOutletPart reports whether a part names an outlet: by its address, by
// what we know, or because it is this source.
func isOutletPart(s, outlet string) bool {
	low := strings.ToLower(s)
	if isDomain(s) || outletNames[low] || agencyNames[low] != "" {
		return true
	}
	if outlet != "" && sameName(s, outlet) {
		return true
	}
	if first, _, ok := strings.Cut(low, " "); ok {
		if isDomain(first) || outletWord(first) || first == "tribun" {
			return true
		}
		// "PROKAL.COTANA PASER": an address glued to the place.
		for _, end := range [...]string{".co", ".com", ".id", ".net"} {
			if i := strings.Index(s, strings.ToUpper(end)); i > 1 && !strings.Contains(s[:i], " ") {
				return true
			}
		}
	}
	return outletWord(low)
}

// sameName compares names by their letters and digits.
func sameName(a, b string) bool {
	letters := func(s string) string {
		return strings.Map(func(r rune) rune {
			if unicode.IsLetter(r) || unicode.IsDigit(r) {
				return unicode.ToLower(r)
			}
			return -1
		}, s)
	}
	x := letters(a)
	return x != "" && x == letters(b)
}

func allWords(s string, test func(string) bool) bool {
	for w := range strings.FieldsSeq(s) {
		w = strings.Trim(w, ".()'’`/")
		if w == "" || test(w) {
			continue
		}
		switch w {
		case "di", "de", "of", "the", "ke", "el", "la":
			continue
		}
		return false
	}
	return true
}

// isDatePart reports whether a part of a dateline is its date.
func isDatePart(low string) bool {
	if indonesianDay(strings.Trim(low, " .")) {
		return true
	}
	if low == "" || !strings.ContainsAny(low, "0123456789") || len(low) > 40 {
		return false
	}
	var p dateParts
	p.read(strings.Trim(low, "()"))
	return p.day > 0 && p.month > 0
}

// ambiguousPlace lists places whose name is an everyday word.
func ambiguousPlace(s string) bool {
	switch strings.ToLower(s) {
	case "sumber", "negara", "batu", "metro", "rantau", "serang", "batang", "raha", "malang", "tegal", "bima", "kudus",
		"banjar", "nusantara", "tanjung", "raya", "perth", "paris":
		return true
	}
	return false
}

// commonStart reports whether a capitalised beginning is an everyday word.
func commonStart(s string) bool {
	first, _, _ := strings.Cut(strings.ToLower(s), " ")
	switch first {
	case "pada", "dalam", "untuk", "setelah", "sejak", "saat", "ketika", "hari", "para", "bupati", "gubernur", "wali",
		"presiden", "menteri", "ketua", "kepala", "dan", "ini", "itu", "kami", "kita", "dia", "warga", "polisi", "tim",
		"pemerintah", "sebuah", "seorang", "banyak", "tidak", "akhir", "awal", "the", "a", "in", "at", "on", "pemain",
		"pelatih", "klub", "duel", "laga", "partai", "anggota", "mantan", "wakil", "selain", "namun", "tetapi", "dari":
		return true
	}
	return false
}
