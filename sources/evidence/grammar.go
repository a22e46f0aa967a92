package evidence

import (
	"strings"

	"warta/sources"
	"warta/sources/prose"
)

// A notice in words that no rule knows. What the sentence is made of is held
// against the lexicon: a notice says what is done with the publication and
// whether that is forbidden, allowed or bound to something, and little else. A
// story that writes about copying names people, places and things besides, and
// these are the words that the lexicon lacks.

// meaning tries the senses on the sentence, from each place where a notice
// could begin.
func (f *finder) meaning(s *sentence, found *prose.Stems, where string) {
	l := s.set.words
	at, from := s.at, s.starts
	if s.asked >= 0 { // "Ingin memuat ulang? Hubungi redaksi."
		both := s.set.sieve.Scan(s.text[s.asked:s.end])
		found, at = &both, s.asked
	}
	if !l.wanted(found) {
		return
	}
	f.tokens = l.tokens(f.tokens[:0], s.text, s.low, at, s.end)
	s.words = f.tokens
	last := l.lastTold(s.words) // a notice begins behind what a story says
	if !l.possible(s.words[last+1:]) {
		return
	}
	if from == nil {
		from = starts(s.text, s.at, s.end)
		s.starts = from
	}
	if at < s.at {
		from = append([]int{at}, from...)
	}
	for _, begin := range from {
		n := 0
		for n < len(s.words) && s.words[n].at < begin {
			n++
		}
		if n <= last || n == len(s.words) || !l.opens(s, n) {
			continue
		}
		has, ok := l.speaks(s, s.words[n:])
		if !ok || s.several && !has.has(&l.is.ours) {
			continue
		}
		if begin = s.words[n].at; inQuotes(s.text, begin) || isSpoken(s.low[begin:s.end]) {
			continue
		}
		f.senses(s, s.words[n:], has, found, where)
	}
}

// senses adds what a sentence made of these words means.
func (f *finder) senses(s *sentence, words []token, has classes, found *prose.Stems, where string) {
	begin := words[0].at
	for _, w := range s.set.words.senses {
		if w.holds(&has) && met(w.needs, found) && !(s.several && w.kind == sources.NoCopy) {
			f.found(s, words, has, w.kind, w.value, begin, where)
		}
	}
}

// found adds what a sentence was found to mean, once. A ban on pictures alone
// limits the pictures, and leave for them says nothing of the text. has is the
// classes of the words.
func (f *finder) found(s *sentence, words []token, has classes, kind sources.EvidenceKind, value string, begin int, where string) {
	l := s.set.words
	if begin > s.at && !has.has(&l.is.thing) { // "Foto milik kami; dilarang menyalin."
		words = l.tokens(nil, s.text, s.low, s.at, s.end)
		has = l.phrased(words)
	}
	if has.has(&l.is.foreign) || kind == sources.QuoteWithSource && has.has(&l.is.theirs) {
		return // it is about what others made
	}
	if (kind == sources.NoCopy || kind == sources.QuoteWithSource) && l.pictures(s.text, words) {
		if kind == sources.QuoteWithSource {
			return
		}
		kind = sources.NoImage
	}
	if kind == sources.NoCopy && l.forMachines(words) {
		kind, value = sources.TDMReserved, "1"
	}
	if f.whole {
		begin = 0
	}
	f.once(s, kind, value, begin, where)
	if kind == sources.NoCopy && l.scraped(words) { // what forbids machines to come forbids them to learn
		f.once(s, sources.TDMReserved, "1", begin, where)
	}
}

// once adds what a sentence was found to mean, if that is new.
func (f *finder) once(s *sentence, kind sources.EvidenceKind, value string, begin int, where string) {
	if !s.known(kind, value) {
		f.add(kind, quoted(s.text, begin, s.end), where, value)
		s.kinds = append(s.kinds, meaning{kind, value})
	}
}

// wanted reports whether some sense could be in a text with these stems.
func (l *lexicon) wanted(found *prose.Stems) bool {
	for _, needs := range l.quick {
		if met(needs, found) {
			return true
		}
	}
	return false
}

// possible reports whether these words could have a sense in some order: a quick
// look, before their order is looked at.
func (l *lexicon) possible(words []token) bool {
	var has classes
	for i := range words {
		has = has.with(words[i].is)
	}
	for before := (classes{1}); has != before; {
		before = has
		for i := range l.phrases {
			if p := &l.phrases[i]; has.meet(p.parts) {
				has = has.with(p.is)
			}
		}
	}
	for _, w := range l.senses {
		if has.meet(w.all) {
			return true
		}
	}
	return false
}

// meet reports whether there is one of each group.
func (c *classes) meet(groups []classes) bool {
	for i := range groups {
		if !c.has(&groups[i]) {
			return false
		}
	}
	return true
}

// holds reports whether what a sentence says has the sense.
func (w *sense) holds(has *classes) bool {
	for i := range w.none {
		if has.has(&w.none[i]) {
			return false
		}
	}
	return has.meet(w.all)
}

// phrased is every class that the words have, and every phrase they make.
func (l *lexicon) phrased(words []token) classes {
	var has classes
	for i := range words {
		has = has.with(words[i].is)
	}
	for range 3 { // a phrase may be part of another
		before := has
		for i := range l.phrases {
			p := &l.phrases[i]
			if !has.meet(p.parts) {
				continue
			}
			for j := range words {
				if !words[j].is.has(&p.is) && p.stands(words[j:]) {
					words[j].is = words[j].is.with(p.is)
					has = has.with(p.is)
				}
			}
		}
		if has == before {
			break
		}
	}
	return has
}

// stands reports whether the phrase begins with the first of these words.
func (p *phrase) stands(words []token) bool {
	if !words[0].is.has(&p.parts[0]) {
		return false
	}
	at := 0
	for n, part := range p.parts[1:] {
		last := min(at+1+p.within[n], len(words)-1)
		next := at + 1
		for next <= last && !words[next].is.has(&part) {
			next++
		}
		if next > last {
			return false
		}
		at = next
	}
	return true
}

// opens reports whether a notice can begin with word n: at the sentence's
// beginning or behind a mark, or, glued to other words, where these tell no
// story.
func (l *lexicon) opens(s *sentence, n int) bool {
	word := s.words[n]
	if n == 0 || word.at < 2 || !alphanumeric(s.low[word.at-2]) {
		return true
	}
	for i := range s.words[:n] {
		if s.words[i].is.has(&l.is.story) {
			return false
		}
	}
	return word.is.has(&l.is.opens)
}

// speaks reports whether the words are a notice's: nothing of a story is among
// them, and few that the lexicon lacks; none where they do not say what they
// are about.
func (l *lexicon) speaks(s *sentence, words []token) (has classes, ok bool) {
	first := words[0].is
	if begun := words[0].at > s.at; begun && first.empty() || first.has(&l.is.inside) && (begun || !first.has(&l.is.yang)) || strings.HasSuffix(strings.TrimSpace(s.text[:s.end]), "?") {
		return has, false
	}
	others, names, law := 0, 0, false
	for i := range words {
		t := &words[i]
		if t.is.has(&l.is.quotable) && inQuotes(s.text, t.at) {
			return has, false
		}
		if t.other {
			others++
		} else if t.name && (i == 0 || !words[i-1].name && !words[i-1].capital) {
			names++ // of one or more words
		}
		law = law || i < 4 && t.is.has(&l.is.statute) // then they explain it
	}
	if others > max(1, len(words)/6) {
		return has, false
	}
	has = l.phrased(words)
	switch {
	case has.has(&l.is.law), (has.has(&l.is.shown) || has.has(&l.is.barred)) && !has.has(&l.is.forbid), has.has(&l.is.misuse):
		return has, false
	case has.has(&l.is.ours):
		return has, !first.empty() || others <= 1
	case first.empty():
		return has, false
	case law:
		return has, false
	case has.has(&l.is.thing):
		return has, others <= len(words)/8
	}
	if len(words) <= 3 && l.tells(s, s.end, len(s.text)) {
		return has, false // "Dilarang Jiplak! Kampus Wajibkan Uji Skripsi"
	}
	return has, others == 0 && names <= 1
}
