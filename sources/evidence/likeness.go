package evidence

import (
	_ "embed"
	"fmt"
	"math/bits"
	"strconv"
	"strings"
	"sync"

	"warta/sources"
	"warta/sources/prose"
)

// What neither a rule nor the lexicon understands may still be a notice. A
// paragraph is held against the notices and stories that we collected: its
// words, each two that stand together, and what the lexicon calls them, count
// for or against it. What is much like a ban is unclear: it is shown tighter
// and waits for a person. It never counts as leave.

// likenessText is what each feature counts, in hundredths; written by
// TestLikenessLearned with -update from the sets in testdata and real stories.
//
//go:embed likeness.txt
var likenessText string

// likeEnough is the least likeness that counts: 1 to e³ that a paragraph is a
// ban, as far as the sets are like the world.
const likeEnough = 3.0

// likeness reads the embedded features once.
var likeness = sync.OnceValue(func() map[string]float32 {
	of := make(map[string]float32, strings.Count(likenessText, "\n"))
	for line := range strings.Lines(likenessText) {
		feature, count, ok := strings.Cut(strings.TrimSuffix(line, "\n"), "\t")
		if n, err := strconv.Atoi(count); ok && err == nil {
			of[feature] = float32(n) / 100
		}
	}
	return of
})

// like adds a paragraph that is much like a ban and was not understood, or
// only as somebody's copyright.
func (f *finder) like(set *ruleSet, b *prose.Block, before int, where string) {
	for i := range f.list[before:] {
		if f.list[before+i].Kind != sources.Copyright {
			return
		}
	}
	text := unit(b.Text)
	low := prose.Lower(text)
	words := set.words.tokens(nil, text, low, 0, len(text))
	if set.words.lastTold(words) >= 0 || strings.HasSuffix(text, "?") || spoken().MatchString(low) || strings.ContainsAny(text, "\"“”„«»") {
		return
	}
	if set.words.likeness(text, low, words, likeness()) >= likeEnough {
		f.add(sources.Unclear, text, b.Place(where), "")
	}
}

// unit is what of a paragraph is looked at: all of a short one, of a long one
// the last sentence.
func unit(text string) string {
	if len(text) <= maxNear {
		return text
	}
	last := 0
	for at := 0; at < len(text); {
		last, at = at, at+sentenceEnd(text[at:])
	}
	if len(text)-last > maxNear {
		return ""
	}
	return strings.TrimSpace(text[last:])
}

// likeness sums up what the features of these words count.
func (l *lexicon) likeness(text, low string, words []token, counts map[string]float32) float32 {
	sum := counts[""]
	for _, feature := range l.features(text, low, words) {
		sum += counts[feature]
	}
	return sum
}

// features are what a paragraph is compared by, each once: words and pairs of
// them, classes of the lexicon and pairs of those, and how much the lexicon
// does not know. Names are all alike.
func (l *lexicon) features(text, low string, words []token) []string {
	if len(words) == 0 {
		return nil
	}
	seen := map[string]bool{}
	var list []string
	add := func(s string) {
		if !seen[s] {
			seen[s] = true
			list = append(list, s)
		}
	}
	has := l.phrased(words)
	before, others := "^", 0
	for i := range words {
		w := low[words[i].at : words[i].at+wordEnd(low[words[i].at:])]
		switch {
		case words[i].is.has(&l.is.number):
			w = "0"
		case words[i].name && words[i].other || words[i].is.has(&l.is.proper):
			w = "N"
		}
		if words[i].other {
			others++
		}
		add(w)
		add(before + " " + w)
		before = w
	}
	add(before + " $")
	var classes []int
	for i, w := range has {
		for ; w != 0; w &= w - 1 {
			classes = append(classes, i*64+bits.TrailingZeros64(w))
		}
	}
	for i, a := range classes {
		add("<" + l.names[a] + ">")
		for _, b := range classes[i+1:] {
			add("<" + l.names[a] + " " + l.names[b] + ">")
		}
	}
	add(fmt.Sprintf("<other %d>", min(5, 10*others/len(words))))
	add(fmt.Sprintf("<long %d>", min(6, len(words)/6)))
	return list
}
