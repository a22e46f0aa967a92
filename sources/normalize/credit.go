package normalize

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"warta/sources"
)

// lastBracket gives the bracketed words a line ends with, brackets included,
// where they stand alone or after the end of a sentence.
func lastBracket(s string) (text string, alone bool) {
	t := strings.TrimRight(s, " .\u00a0")
	if t == "" {
		return "", false
	}
	var open byte
	switch t[len(t)-1] {
	case ')':
		open = '('
	case ']':
		open = '['
	case '*': // "***" at the end
		if strings.Trim(t, "* ") == "" && len(t) <= 5 {
			return t, true
		}
		if before := strings.TrimRight(t, "*"); len(t)-len(before) > 1 && endsStop(strings.TrimRight(before, " \u00a0")) {
			return t[len(before):], false
		}
		return "", false
	default:
		return bareCredit(t)
	}
	i := strings.LastIndexByte(t, open)
	if i < 0 || len(t)-i > 60 {
		return "", false
	}
	before := strings.TrimRight(t[:i], " *\u00a0")
	if before == "" {
		return t, true
	}
	if endsStop(before) {
		return t[i:], false
	}
	return "", false
}

// endsStop reports whether a text ends as a sentence does, quotations included.
func endsStop(s string) bool {
	switch r, _ := utf8.DecodeLastRuneInString(s); r {
	case '.', '"', '”', '!', '?', '\'', '’', ')', ']', '…':
		return true
	}
	return false
}

// bareCredit gives a sign without brackets: "… katanya. *sar/jon", "#ADV", and
// the agency in "… katanya. - Bernama".
func bareCredit(t string) (text string, alone bool) {
	const longest = 30
	from := max(0, len(t)-longest)
	tail := t[from:]
	if strings.IndexByte(tail, 0xE2) < 0 && strings.IndexByte(tail, '*') < 0 && strings.IndexByte(tail, '#') < 0 && strings.IndexByte(tail, '-') < 0 {
		return "", false
	}
	i := strings.LastIndexAny(tail, "*#–—-") + from
	if i < from {
		return "", false
	}
	_, size := utf8.DecodeRuneInString(t[i:])
	word := strings.TrimSpace(t[i+size:])
	before := strings.TrimRight(t[:i], " *#–—-\u00a0")
	if before == "" || word == "" || agencyOf(word) == "" && (t[i] == '-' || size > 1 || strings.Contains(word, " ")) {
		return "", false
	}
	switch r, _ := utf8.DecodeLastRuneInString(before); r {
	case '.', '"', '”', '!', '?', '\'', '’', ')':
		return t[i:], false
	}
	return "", false
}

// lastSign gives a reporter's sign in brackets after the very last word, where
// the full stop was forgotten: "… menyelidiki (sar)".
func lastSign(s string) string {
	t := strings.TrimRight(s, " .\u00a0")
	i := strings.LastIndex(t, " (")
	if i < 0 || !strings.HasSuffix(t, ")") || strings.HasSuffix(s, ".") {
		return ""
	}
	in := t[i+2 : len(t)-1]
	if len(in) < 3 || len(in) > 12 || strings.ToLower(in) != in {
		return ""
	}
	switch in {
	case "kiri", "kanan", "tengah", "kg", "km", "km2", "gram", "ton", "liter", "ha", "m2", "foto", "lihat", "dua", "tiga", "satu", "persen":
		return ""
	}
	for part := range strings.SplitSeq(in, "/") {
		if !isInitials(part) || len(part) > 4 {
			return ""
		}
	}
	return t[i+1:]
}

// credit is what a bracket at the end of a story says.
type credit struct {
	persons []sources.Person
	agency  string
	advert  bool
}

// readCredit judges the inside of such a bracket. Names in it are believed only
// where that is the custom: in Indonesian, which local says.
func readCredit(c, outlet string, local bool) (credit, bool) {
	var out credit
	in := strings.TrimSpace(strings.Trim(c, "()[]*.#–—- "))
	if blankNames(in) {
		return out, strings.Contains(c, "*")
	}
	if strings.ContainsAny(in, ":;\"“”?!=%") || isDatePart(strings.ToLower(in)) || strings.Count(in, " ") > 6 {
		return out, false
	}
	low := strings.ToLower(in)
	switch low {
	case "selesai", "habis", "bersambung", "tamat", "ist", "istimewa", "foto", "dok", "net", "sic", "red.", "lihat foto", "video":
		return out, false
	}
	if isAdvertMark(c) {
		out.advert = true
		return out, true
	}
	known, initials, names := 0, 0, 0
	var people []sources.Person
	parts := strings.FieldsFunc(in, func(r rune) bool { return r == '/' || r == '|' || r == ',' || r == '*' || r == '-' || r == '\\' })
	for _, part := range parts {
		part = fold(part)
		switch a := agencyOf(part); {
		case part == "":
		case a != "":
			out.agency = firstOf(out.agency, a)
			known++
		case strings.EqualFold(part, "red") || strings.EqualFold(part, "adv") || strings.EqualFold(part, "rls") || strings.EqualFold(part, "humas"):
			known++
		case isDesk(part, outlet) && !labelled(part), len(parts) > 1 && innerCapital(part):
			known++
		case onlyDigits(part) && len(parts) > 1 && len(part) <= 4:
		case isInitials(part), len(part) <= 3 && shouted(part), known > 0 && strings.ToLower(part) == part && len(part) <= 20:
			initials++
		default:
			role := "author"
			if labelled(part) {
				word, rest, _ := strings.Cut(part, " ")
				role, part = labels()[lower(word)].role, rest
			}
			name, ok := cleanName(part)
			if !ok || isOffice(name) || !local || !upperFirst(name) || isPlace(part) || !allWords(part, capitalised) || utf8.RuneCountInString(name) < 4 || strings.Count(name, " ") > 3 || shouted(name) && !strings.Contains(name, " ") {
				return out, false
			}
			names++
			people = append(people, sources.Person{Name: name, Role: role, Raw: c})
		}
	}
	if known+initials+names == 0 {
		return out, false
	}
	if hasDeskCode(parts) {
		people = nil // "(Uu.SYS/G003/M016)": signs of ANTARA's desks
	}
	// One everyday word in small letters is not a credit unless it is short.
	if known+names == 0 && len(parts) == 1 && !local {
		return out, false
	}
	if known+names == 0 && len(parts) == 1 && !strings.Contains(c, "*") && len(in) > 8 {
		return out, false
	}
	out.persons = people
	return out, true
}

// labelled reports whether a name in brackets says what it did: "(Laporan Siti
// Rahma, editor Joko Susilo)".
func labelled(s string) bool {
	word, rest, ok := strings.Cut(s, " ")
	l, known := labels()[lower(word)]
	return ok && known && l.role != "source" && l.role != "desk" && !strings.Contains(l.role, "+") && capitalised(rest) && !isDesk(rest, "")
}

func onlyDigits(s string) bool { return strings.Trim(s, "0123456789") == "" }

func upperFirst(s string) bool {
	r, _ := utf8.DecodeRuneInString(s)
	return unicode.IsUpper(r)
}

// hasDeskCode finds a sign such as "R010" among the parts.
func hasDeskCode(parts []string) bool {
	for _, p := range parts {
		for w := range strings.FieldsSeq(p) {
			if len(w) >= 4 && len(w) <= 6 && isNumber([]byte(w[len(w)-3:]), 3) && capitalised(w) {
				return true
			}
		}
	}
	return false
}

// isInitials reports whether a part is a reporter's sign: a few letters,
// perhaps with digits, such as "kri", "k9", "dc1217", "T.I025".
func isInitials(s string) bool {
	if len(s) > 10 || strings.Contains(s, " ") {
		return false
	}
	letters, capitals := 0, 0
	for _, r := range s {
		switch {
		case unicode.IsLetter(r):
			letters++
			if unicode.IsUpper(r) {
				capitals++
			}
		case unicode.IsDigit(r) || r == '.':
		default:
			return false
		}
	}
	if letters == 0 {
		return false
	}
	if capitals == 0 {
		return true
	}
	// "Tri" and "Fit" are signs; "BMKG" explains a name in the sentence.
	return strings.ContainsAny(s, "0123456789") || letters <= 3 && capitals == 1
}

// afterMark finds the first of , : - | – — “ ” ‘ ’ in s; -1 if there is none.
func afterMark(s string) int {
	for i := range len(s) {
		switch c := s[i]; {
		case c == ',' || c == ':' || c == '-' || c == '|':
			return i
		case c == 0xE2 && i+2 < len(s) && s[i+1] == 0x80: // of General Punctuation
			switch s[i+2] {
			case 0x93, 0x94, 0x98, 0x99, 0x9C, 0x9D:
				return i
			}
		}
	}
	return -1
}

// startsShouted finds the mark in capitals before a slash: "ADV", "ADV/Kominfo".
func startsShouted(s string) bool {
	s, _, _ = strings.Cut(s, "/")
	return shouted(s) && paidWord(lower(s))
}

// isAdvertMark reports whether a line or a bracket marks paid content.
func isAdvertMark(s string) bool {
	s = strings.TrimRight(strings.TrimSpace(s), "* ")
	if len(s) > 1 && (s[0] == '(' || s[0] == '[') || strings.HasSuffix(s, ")") || strings.ContainsAny(s[max(0, len(s)-20):], "*#") {
		if c, _ := lastBracket(s); c != "" {
			for part := range strings.FieldsFuncSeq(strings.ToLower(c), func(r rune) bool { return !unicode.IsLetter(r) }) {
				if paidWord(part) || part == "ads" {
					return true
				}
			}
			if strings.EqualFold(strings.Trim(c, "()[] "), "iklan") {
				return true
			}
		}
	}
	if bracketedAdvert(s) || advertBeforeDash(s) {
		return true
	}
	if open := strings.LastIndexByte(s, '('); open > 0 && strings.HasSuffix(s, ")") && len(s)-open < 40 && paidWord(lower(strings.Trim(s[open:], "(). "))) {
		return true // "… warga (Adv)", without a full stop
	}
	if last := s[strings.LastIndexByte(s, ' ')+1:]; len(last) < len(s) && startsShouted(last) && endsStop(strings.TrimRight(s[:len(s)-len(last)], " -–—#*|\u00a0")) {
		return true // "… katanya. ADV"
	}
	if last := s[strings.LastIndexByte(s, ' ')+1:]; len(last) >= 4 && len(last) < len(s) && !unicode.IsLetter(rune(last[0])) &&
		paidWord(lower(strings.Trim(last, "-–—*#[]()/. "))) && endsStop(strings.TrimRight(s[:len(s)-len(last)], " \u00a0")) {
		return true // "… katanya. -ADV-"
	}
	if len(s) > 40 {
		// A longer line can only begin with the mark: "Advertorial, PASER – …".
		i := afterMark(s[:27])
		if i < 0 || i >= 24 || !advertWord(s[:i]) {
			return false
		}
	}
	if advertWord(firstField(s)) && strings.Count(s, " ") < 6 && !strings.HasSuffix(s, ".") && allWords(s, capitalised) {
		return true // "Advertorial Diskominfo Paser"
	}
	if strings.HasPrefix(s, "ADV ") || strings.HasPrefix(s, "ADVERTORIAL ") {
		return true
	}
	first := strings.ToLower(strings.Trim(s, "()[]*#-–—:. "))
	switch first {
	case "adv", "advertorial", "advetorial", "pariwara", "iklan advertorial", "konten bersponsor", "sponsored", "sponsored content",
		"sponsored post", "paid content", "paid post", "anzeige/advertorial", "publireportaje", "inforial":
		return true
	}
	for _, p := range [...]string{"advertorial", "advetorial", "pariwara"} {
		if rest, ok := strings.CutPrefix(first, p); ok && len(rest) > 0 && (rest[0] == ',' || rest[0] == ':' || strings.HasPrefix(rest, " -") || strings.HasPrefix(rest, " –") || strings.HasPrefix(rest, " |")) {
			return true
		}
	}
	return false
}
