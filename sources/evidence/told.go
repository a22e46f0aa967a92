package evidence

import "slices"

// lastTold is the last of the words that is a story's, -1 without one.
func (l *lexicon) lastTold(words []token) int {
	i := len(words) - 1
	for i >= 0 && !l.told(words, i) {
		i--
	}
	return i
}

// tells reports whether the words of text[at:end] are a story's.
func (l *lexicon) tells(s *sentence, at, end int) bool {
	words := l.tokens(nil, s.text, s.low, at, end)
	for i := range words {
		if words[i].is.has(&l.is.source) {
			return false // what follows is the source's name
		}
		if l.told(words, i) {
			return true
		}
	}
	return false
}

// told reports whether word i is a story's: somebody says, does or did it, or
// it is about "that site".
func (l *lexicon) told(words []token, i int) bool {
	var before, twice classes
	if i > 0 {
		before = words[i-1].is
	}
	if i > 1 {
		twice = words[i-2].is
	}
	switch is := words[i].is; {
	case is.has(&l.is.sorry): // not "Maaf, …" and "Mohon maaf, …"
		return i > 0 && !before.has(&l.is.polite)
	case is.has(&l.is.namely) && words[i].capital && (i > 0 && words[i-1].capital || i+1 < len(words) && words[i+1].capital):
		return false // part of a name: "Rumah Warta"
	case is.has(&l.is.story) && before.has(&l.is.lacking):
		return false // "tanpa biaya"
	case is.has(&l.is.story) && (before.has(&l.is.leave) || twice.has(&l.is.leave)) && (holds(words, &l.is.text) || is.has(&l.is.folk) && holds(words, &l.is.picture)):
		return false // whose leave is needed: "tanpa seizin lurah"
	case is.has(&l.is.story) && before.has(&l.is.place):
		return false // whose site it is: "situs pemerintah ini"
	case is.has(&l.is.story) && before.has(&l.is.remark):
		return false // "dengan keterangan bahwa …"
	case is.has(&l.is.story) && i+1 < len(words) && words[i+1].is.has(&l.is.us) && holds(words, &l.is.source):
		return false // "mengakui kami sebagai sumbernya"
	case is.has(&l.is.folk) && (words[0].is.has(&l.is.picture) || l.isOurs(words[:min(4, len(words))])):
		return false // who is in the picture, or whom our text is for
	case is.has(&l.is.story):
		return !before.has(&l.is.number) // "kata" is a word, and "said"
	case is.has(&l.is.that): // not "for that", nor "that above", which is this
		return !before.empty() && !before.has(&l.is.notThat) && !l.above(words[i+1:])
	}
	return false
}

// isOurs reports whether words begin with "bahan ini" or the like.
func (l *lexicon) isOurs(words []token) bool {
	if !words[0].is.has(&l.is.text) {
		return false
	}
	return holds(words[1:], &l.is.this)
}

// holds reports whether one of the words is of a class.
func holds(words []token, class *classes) bool {
	return slices.ContainsFunc(words, func(t token) bool { return t.is.has(class) })
}

// above reports whether "di atas" follows.
func (l *lexicon) above(words []token) bool {
	for _, t := range words[:min(2, len(words))] {
		if t.is.has(&l.is.above) {
			return true
		}
	}
	return false
}
