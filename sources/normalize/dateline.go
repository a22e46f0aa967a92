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
				if isDomain(d) { // "Contoh.go.id – Paser. Bupati …"
					if at, _, sep := separator(head[from:]); at > 0 && (sep == '.' || sep == '–' || sep == '-') && isPlace(head[from:from+at]) && startsStory(head[from+at+1:]+next) {
						return strings.TrimRight(head[:from+at], " ,")
					}
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
		case "bisa", "dapat":
			continue
		case "hanya", "cukup", "ditempuh", "bermain", "imbang", "berbagi", "terbakar", "putus", "lumpuh", "rusak", "macet", "dibuka", "ditutup", "beroperasi",
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
	if at < 0 || sep == '.' || sep == ':' && !isDomain(strings.Trim(head[from:from+at], " ,")) {
		return d
	}
	rest := strings.Trim(head[from:from+at], " ,")
	if isPlace(rest) || isDomain(rest) || allWords(rest, shouted) && (placeAndOutlet(rest, sep, outlet, local) != "" || isPlace(d) && !strings.Contains(rest, " ") && !notPlaces()[lower(rest)]) {
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
	last := before[strings.LastIndexByte(before, ' ')+1:]
	return unicode.IsUpper(r) && unicode.IsLower(next) && len(before) > 3 && (isDomain(before) || allWords(last, shouted) || isPlace(last) && isDomain(strings.TrimRight(firstField(before), ",")))
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
