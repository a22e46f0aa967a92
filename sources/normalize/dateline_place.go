package normalize

import (
	"strings"
	"unicode"
)

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
		if sep == '.' && seen.outlet == 1 && seen.words == 1 && shouted(s) && outletNames[strings.ToLower(s)] {
			return keep // "RMOL. …"
		}
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
		"kalimantan", "sulawesi", "sumatera", "sumatra", "jawa", "papua", "maluku":
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
	if innerCapital(s) && len(s) > 5 {
		return true // "IDXChannel"
	}
	if first, rest, ok := strings.Cut(low, " "); ok {
		switch first {
		case "mc", "rri", "pr", "humas", "diskominfo", "kominfo", "infopublik", "radar", "portal", "suara", "warta", "kabar", "pos", "media", "koran", "berita", "lintas", "metro":
			if isPlace(rest) {
				return true // "MC Paser"
			}
		}
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
