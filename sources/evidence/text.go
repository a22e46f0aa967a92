package evidence

import (
	"strings"

	"warta/sources"
	"warta/sources/prose"
)

// Text finds notices about rights in plain words: paragraphs are its lines.
// where says what the words are, such as "text" or "page, footer".
func Text(plain string, where string) []sources.Evidence {
	var f finder
	f.words(plain, where)
	return f.list
}

// words reads plain text as a story with its notices at the edges.
func (f *finder) words(plain, where string) {
	set := rules()
	plain = unmasked(plain)
	if found := set.sieve.Scan(plain); set.any(&found) {
		f.blocks(set, prose.Lines(plain), where)
	}
}

// html reads sanitized HTML in the same way. Text without a single stem, nearly
// every story, costs one pass.
func (f *finder) html(markup, where string) {
	set := rules()
	markup = unmasked(markup)
	if found := set.sieve.Scan(markup); set.any(&found) {
		f.blocks(set, prose.Blocks(markup), where)
	}
}

// any reports whether some rule could match a text with these stems.
func (set *ruleSet) any(found *prose.Stems) bool {
	if set.broken {
		return true
	}
	for _, u := range set.rules {
		if u.wanted(found) {
			return true
		}
	}
	return set.words.wanted(found)
}

// The edges of a story, where notices stand (counted in paragraphs), and how
// much else a paragraph may hold before and after a notice, in bytes: a notice
// glued to the end of the last sentence is one, a sentence amid a paragraph is
// the story's own.
const (
	edge        = prose.Edge
	maxLead     = 300
	maxTail     = 900
	maxBlock    = 20 << 10
	maxSentence = 1500 // what goes on for longer is taken in parts
	maxParts    = 4    // sentences of which a notice may be made
	maxNear     = 400  // a paragraph no longer than this speaks as a whole
)

// blocks looks for notices in the paragraphs at both ends of a story.
func (f *finder) blocks(set *ruleSet, list []prose.Block, where string) {
	if set.broken {
		f.add(sources.Unclear, "", where, "")
	}
	list = prose.Joined(list)
	for i := range list {
		b := &list[i]
		if len(b.Text) > maxBlock {
			continue
		}
		if b.Image {
			f.caption(set, list, i, where)
			continue
		}
		if b.Index >= edge && b.Index < b.Of-edge {
			continue
		}
		if found := set.sieve.Scan(b.Text); set.any(&found) {
			before := len(f.list)
			f.sentences(set, list, i, where)
			if set.licence.wanted(&found) {
				f.licenceWords(b, where)
			}
			if !f.strict {
				f.like(set, b, before, where)
			}
		}
	}
}

// caption reads what stands beneath a picture: a ban there is the picture's.
func (f *finder) caption(set *ruleSet, list []prose.Block, i int, where string) {
	if found := set.sieve.Scan(list[i].Text); !set.any(&found) {
		return
	}
	var c finder
	c.sentences(set, list, i, where)
	for _, e := range c.list {
		if e.Kind == sources.NoCopy || e.Kind == sources.NoImage {
			f.add(sources.NoImage, e.Text, where+", caption", "")
		}
	}
}

// sentences tries the rules on each sentence of list[i]. Of one that goes on
// without end, as lists glued together do, the beginning and the end are tried.
func (f *finder) sentences(set *ruleSet, list []prose.Block, i int, where string) {
	s := sentence{set: set, list: list, i: i, text: list[i].Text}
	s.low = prose.Lower(s.text)
	where = list[i].Place(where)
	s.asked = -1
	before, parts := len(f.list), 0
	for at := 0; at < len(s.text); parts++ {
		end := at + sentenceEnd(s.text[at:])
		if end-at <= maxSentence {
			f.sentence(&s, at, end, where)
		} else {
			f.sentence(&s, at, at+wordBefore(s.text[at:], maxSentence), where)
			f.sentence(&s, at+wordBefore(s.text[at:], end-at-maxSentence), end, where)
		}
		if s.asked = -1; strings.HasSuffix(strings.TrimSpace(s.text[at:end]), "?") {
			s.asked = at
		}
		at = end
	}
	if len(f.list) == before && 1 < parts && parts <= maxParts && len(s.text) <= maxNear { // what one sentence alone does not say
		s.at, s.end, s.starts, s.kinds, s.spoke, s.asked = 0, len(s.text), nil, s.kinds[:0], nil, -1
		s.several = true
		found := set.sieve.Scan(s.text)
		f.meaning(&s, &found, where)
	}
}

// sentence tries the rules on text[at:end] of s.
func (f *finder) sentence(s *sentence, at, end int, where string) {
	if !placed(&s.list[s.i], at, end) {
		return
	}
	s.at, s.end, s.starts, s.kinds, s.spoke = at, end, nil, s.kinds[:0], nil
	found := s.set.sieve.Scan(s.text[at:end])
	for _, u := range s.set.rules {
		if u == s.set.licence || !u.wanted(&found) || s.known(u.kind, u.value) {
			continue
		}
		if begin, ok := s.find(u); ok {
			from := begin
			if !u.start { // what is before the match may name the picture
				from = at
			}
			f.tokens = s.set.words.tokens(f.tokens[:0], s.text, s.low, from, end)
			f.found(s, f.tokens, s.set.words.phrased(f.tokens), u.kind, u.value, begin, where)
		}
	}
	f.meaning(s, &found, where)
}

// wordBefore is the last beginning of a word in text that is not past n.
func wordBefore(text string, n int) int {
	if i := strings.LastIndexByte(text[:n], ' '); i >= 0 {
		return i + 1
	}
	for n > 0 && text[n]&0xC0 == 0x80 {
		n--
	}
	return n
}

// placed reports whether a sentence stands where a notice would: near the
// beginning of its paragraph, or at the very end of the text.
func placed(b *prose.Block, at, end int) bool {
	return at <= maxLead || b.Index >= b.Of-2 && len(b.Text)-end <= maxTail
}

// quoted is the notice as evidence: from where it begins to the end of its
// paragraph, or of its sentence where the paragraph goes on for long. What
// stands before it is the story's and not quoted.
func quoted(text string, begin, end int) string {
	if len(text)-begin <= 500 {
		return text[begin:]
	}
	return text[begin:end]
}
