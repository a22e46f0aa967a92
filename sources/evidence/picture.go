package evidence

import (
	"strings"

	"warta/sources/prose"
)

// pictures reports whether words that forbid or allow something are about
// pictures alone: pictures are named, and neither what is read nor a site, but
// as the place where they are: “Dilarang memakai foto di laman ini.”
func (l *lexicon) pictures(text string, words []token) bool {
	found := false
	for i := range words {
		switch is := words[i].is; {
		case is.has(&l.is.picture):
			found = true
		case l.inName(text, words, i): // "Kabar Muara"
		case is.has(&l.is.text) && !l.kindOfPicture(text, words, i) && !l.holds(words[:i]):
			return false
		case is.has(&l.is.place) && !l.located(words[:i]) && !(words[0].is.has(&l.is.picture) && !words[i-1].is.has(&l.is.inside)):
			return false
		}
	}
	return found
}

// inName reports whether word i is part of a name, as its capital and that of a
// neighbour say where not all is in capitals.
func (l *lexicon) inName(text string, words []token, i int) bool {
	at := words[i].at
	return words[i].capital && !prose.Shouts(text[at:at+wordEnd(prose.Lower(text[at:]))]) &&
		(i > 0 && words[i-1].capital || i+1 < len(words) && words[i+1].capital)
}

// located reports whether words end in "di", "on this" or the like.
func (l *lexicon) located(words []token) bool {
	for _, t := range words[max(0, len(words)-2):] {
		if t.is.has(&l.is.at) {
			return true
		}
	}
	return false
}

// holds reports whether words end in "foto dalam" or the like.
func (l *lexicon) holds(words []token) bool {
	for n := len(words) - 1; n >= max(1, len(words)-2); n-- {
		if words[n].is.has(&l.is.at) {
			return words[n-1].is.has(&l.is.picture)
		}
	}
	return false
}

// kindOfPicture reports whether word i only says what kind of picture is meant:
// "foto berita", "karya foto", "konten video".
func (l *lexicon) kindOfPicture(text string, words []token, i int) bool {
	beside := func(a, b int) bool {
		if a < 0 || b >= len(words) {
			return false
		}
		gap := text[words[a].at:words[b].at]
		return strings.HasSuffix(gap, " ") && isWord(gap[:len(gap)-1])
	}
	return i > 0 && words[i-1].is.has(&l.is.picture) && beside(i-1, i) ||
		i+1 < len(words) && words[i+1].is.has(&l.is.picture) && beside(i, i+1)
}

// isWord reports whether s is one word with nothing behind it.
func isWord(s string) bool { return s != "" && wordEnd(prose.Lower(s)) == len(s) }
