package normalize

import (
	_ "embed"
	"strings"
	"sync"
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
		if startsStory(rest) && !(sep == '-' && isRoute(place, rest)) {
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

// isRoute tells a way or a match between two places, "Samarinda - Balikpapan
// ditempuh dua jam", from a place and a story that begins with another.
func isRoute(place, rest string) bool {
	if shouted(strings.ReplaceAll(place, " ", "")) || !strings.Contains(rest, " ") {
		return false
	}
	if len(rest) > 80 {
		rest = rest[:80]
	}
	rest = strings.TrimLeft(rest, " -")
	names := 0
	other := false
	for w := range strings.FieldsSeq(rest) {
		if names < 3 && capitalised(w) {
			names++
			other = other || isPlace(w)
			continue
		}
		switch strings.Trim(w, ".,") {
		case "ditempuh", "bermain", "imbang", "berbagi", "terbakar", "putus", "lumpuh", "rusak", "macet", "dibuka", "ditutup", "beroperasi",
			"pp", "via", "lewat", "terhubung", "tersambung", "terputus", "normal", "lancar", "berjarak", "bertanding", "berimbang", "dibatalkan":
			return other
		}
		return false
	}
	return false
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

// leadingPlace gives how many bytes of s its longest known place takes, where a
// capital follows.
func leadingPlace(s string) (best int) {
	for i, words := 1, 0; i < len(s) && words < 3; i++ {
		if s[i] != ' ' || s[i-1] == ' ' {
			continue
		}
		words++
		if isPlace(s[:i]) && i+1 < len(s) && capitalised(s[i+1:]) {
			best = i
		}
	}
	return best
}

// withoutDash reads "BEKASI (Pos Kota) Pasar …", where the dash was forgotten:
// only with an outlet or agency in brackets after a place.
func withoutDash(head, text string) string {
	if first, rest, ok := strings.Cut(head, ","); ok && isDomain(strings.TrimRight(first, " ")) {
		if n := leadingPlace(rest); n > 0 && startsStory(rest[n:]) {
			return strings.TrimRight(head[:len(first)+1+n], " ")
		}
	}
	shut := strings.IndexByte(head, ')')
	open := strings.IndexByte(head, '(')
	if open < 3 || shut < open || open > 40 || shut+1 >= len(text) || !startsStory(text[shut+1:]) {
		return ""
	}
	place, inner := strings.TrimSpace(head[:open]), strings.TrimSpace(head[open+1:shut])
	if (isPlace(place) || allWords(place, shouted)) && (agencyOf(inner) != "" || isOutletPart(inner, "")) && !notPlaces()[strings.ToLower(place)] {
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
			case tight(s[:i], s[i+n:]):
				return i, n, '‐'
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

// tight reports whether a hyphen without spaces can end a dateline, as in
// "PENAJAM.CONTOH.ID-Wakil Bupati": capitals before, a word after.
func tight(before, after string) bool {
	r, n := utf8.DecodeRuneInString(after)
	next, _ := utf8.DecodeRuneInString(after[n:])
	return unicode.IsUpper(r) && unicode.IsLower(next) && len(before) > 3 && allWords(before[strings.LastIndexByte(before, ' ')+1:], shouted)
}

// startsStory reports whether what follows a dateline can begin a sentence.
func startsStory(rest string) bool {
	rest = strings.TrimLeft(rest, " -–—|»~:/\u00a0\"'“‘«(*[")
	r, _ := utf8.DecodeRuneInString(rest)
	return unicode.IsUpper(r) || unicode.IsDigit(r) || unicode.IsLetter(r) && !unicode.IsLower(r)
}

//go:embed notplaces.txt
var notPlacesFile string

// notPlaces begin stories as datelines do, but name no place: rubrics, kinds
// of article, offices by their letters.
var notPlaces = sync.OnceValue(func() map[string]bool {
	all := make(map[string]bool, 400)
	for w := range strings.Lines(notPlacesFile) {
		all[strings.TrimRight(w, "\n")] = true
	}
	return all
})

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
		case notPlaces()[low] || words > 5:
			return ""
		case isOutletPart(part, outlet):
			seen.outlet++
		case isPlace(part):
			seen.place++
		case allWords(part, shouted):
			if strings.ContainsAny(part, "0123456789") || notPlaces()[firstField(low)] {
				return ""
			}
			if letters := strings.Trim(part, " .'"); len(letters) > 4 && strings.ContainsAny(letters, "AEIOU") {
				seen.shout++ // shorter ones are offices and the like, unless known as places
			} else {
				seen.title++
			}
		case isDatePart(low):
			seen.title++
		case allWords(part, capitalised):
			seen.title++
			if placeWithin(part, words) {
				seen.place++
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
	case !known, sep == '‐' && seen.place+seen.outlet == 0:
		return ""
	case sep == '-' && seen.outlet == 0 && seen.place == 0 && seen.words > 4:
		return ""
	}
	return keep
}

// placeWithin reports whether a name that is not known is a place by one of its
// words: "Desa Paser", "Kalimatan Timur", "Paser Mayang".
func placeWithin(part string, words int) bool {
	first := firstField(strings.ToLower(part))
	switch first {
	case "desa", "kecamatan", "kelurahan", "kampung", "dusun", "nagari", "gampong", "distrik", "provinsi", "pulau", "kota", "kabupaten",
		"tanjung", "teluk", "muara", "long", "loa", "sungai", "batu", "kuala", "tanah", "pantai", "bukit", "gunung", "lembah", "kalimatan",
		"kalimantan", "sulawesi", "sumatera", "sumatra", "jawa", "papua", "maluku", "new", "san", "santa", "saint", "st.", "port", "los", "fort":
		return words <= 3
	}
	return words <= 3 && isPlace(first)
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
		case "di", "de", "of", "the", "ke", "el", "la", "&":
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
	free := false // a number that is no part of a word, as in "k9"
	for w := range strings.FieldsFuncSeq(low, func(r rune) bool { return !unicode.IsLetter(r) && !unicode.IsDigit(r) }) {
		free = free || w[0] >= '0' && w[0] <= '9'
	}
	if !free {
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
