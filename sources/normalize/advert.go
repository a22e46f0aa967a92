package normalize

import (
	"strings"
	"unicode"

	"warta/sources"
)

// advertorial marks paid content that says it is. The mark in the text stays
// (Pedoman Pemberitaan Media Siber, 6.b).
func advertorial(it *sources.Item, f facts) {
	if f.advert || isAdvertMark(it.Title.Value) || bracketedAdvert(it.Title.Value) {
		it.Advertorial = true
		return
	}
	for _, c := range it.Categories {
		if advertWord(c.Term) || advertWord(c.Label) {
			it.Advertorial = true
			return
		}
	}
}

// bracketedAdvert finds "[ADV] Title".
func bracketedAdvert(s string) bool {
	if s == "" || s[0] != '[' && s[0] != '(' {
		return false
	}
	i := strings.IndexAny(s, "])")
	return i > 0 && i < 40 && (advertWord(s[1:i]) || strings.EqualFold(strings.TrimSpace(s[1:i]), "iklan"))
}

func advertWord(s string) bool {
	for w := range strings.FieldsFuncSeq(strings.ToLower(s), func(r rune) bool { return !unicode.IsLetter(r) }) {
		if paidWord(w) {
			return true
		}
	}
	return false
}

// advertBeforeDash finds the mark beside the place: "Paser, ADVERTORIAL – …".
func advertBeforeDash(s string) bool {
	head := s[:min(len(s), 60)]
	i := firstDash(head)
	if i < 0 {
		return false
	}
	for part := range strings.FieldsFuncSeq(head[:i], func(r rune) bool { return r == ',' || r == '(' || r == ')' || r == '/' }) {
		if paidWord(lower(strings.TrimSpace(part))) {
			return true
		}
	}
	return false
}

// firstDash finds the first of – — - | in s; -1 if there is none.
func firstDash(s string) int {
	for i := range len(s) {
		switch c := s[i]; {
		case c == '-' || c == '|':
			return i
		case c == 0xE2 && i+2 < len(s) && s[i+1] == 0x80 && (s[i+2] == 0x93 || s[i+2] == 0x94):
			return i
		}
	}
	return -1
}

// paidWord lists the words that say by themselves that a story is paid for.
func paidWord(w string) bool {
	switch w {
	case "adv", "advertorial", "advetorial", "pariwara", "inforial", "infotorial", "sponsored", "advertorials":
		return true
	}
	return false
}
