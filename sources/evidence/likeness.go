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
// for or against each kind of notice. What is found so never shows more than
// silence would: what is much like a ban is unclear, and waits for a person;
// what is much like leave or a licence is recorded as likely, which is no leave.

// likenessText is what each feature counts for each kind, in hundredths; written
// by TestLikenessLearned with -update from the sets in testdata and real stories.
//
//go:embed likeness.txt
var likenessText string

// Likely is the value of leave and licences that are only much like one.
const Likely = "likely"

// likeKinds are the kinds of notices that are told apart, in the order of the
// columns of likeness.txt; what is recorded where a paragraph is much like one;
// and the least likeness that counts: 1 to e³ that it is one, as far as the sets
// are like the world.
var likeKinds = [...]struct {
	kind, as sources.EvidenceKind
	value    string
	enough   float32
}{
	{sources.NoCopy, sources.Unclear, "", 0},
	{sources.QuoteWithSource, sources.QuoteWithSource, Likely, 0.5},
	{sources.Licence, sources.Licence, Likely, 0.5},
	{sources.Copyright, sources.Copyright, "", -1},
	{sources.TDMReserved, sources.TDMReserved, "1", -1},
	{sources.NoImage, sources.NoImage, "", 0.5},
}

// tooLike is the likeness by which even what tells something is held for a notice.
const tooLike = 6

// looks is how much something is like each of the kinds.
type looks [len(likeKinds)]float32

// likeness reads the embedded features once.
var likeness = sync.OnceValue(func() map[string]looks {
	of := make(map[string]looks, strings.Count(likenessText, "\n"))
	for line := range strings.Lines(likenessText) {
		feature, counts, _ := strings.Cut(strings.TrimSuffix(line, "\n"), "\t")
		var c looks
		for i, count := range strings.Split(counts, "\t") {
			if n, err := strconv.Atoi(count); err == nil && i < len(c) {
				c[i] = float32(n) / 100
			}
		}
		of[feature] = c
	}
	return of
})

// like adds what a paragraph is much like that was not understood, or only as
// somebody's copyright.
func (f *finder) like(set *ruleSet, b *prose.Block, before int, where string) {
	claimed := false
	for i := range f.list[before:] {
		if f.list[before+i].Kind != sources.Copyright {
			return
		}
		claimed = true
	}
	text := unit(b.Text)
	if strings.HasSuffix(text, "?") || strings.ContainsAny(text, "\"“”„«»") {
		return
	}
	low := prose.Lower(text)
	f.tokens = set.words.tokens(f.tokens[:0], text, low, 0, len(text))
	words := f.tokens
	told := set.words.lastTold(words) >= 0
	if strange(words, told) {
		return
	}
	l := set.words.likeness(text, low, words, likeness())
	n := l.most()
	if n < 0 || told && l[n] < tooLike || isSpoken(low) {
		return
	}
	kind, last := likeKinds[n].kind, b.Index >= b.Of-edge
	is := &set.words.is
	switch {
	case kind == sources.NoCopy && !holds(words, &is.act) && !holds(words, &is.leave):
	case kind == sources.Copyright && (claimed || !words[0].is.has(&is.sign) && !holds(words, &is.hak)):
	case kind == sources.Licence && (!last || !holds(words, &is.thing)):
	case kind == sources.NoImage && !words[0].is.has(&is.picture) && !holds(words, &is.ours):
	case kind == sources.QuoteWithSource && (!last || set.words.pictures(text, words)):
	default:
		f.add(likeKinds[n].as, text, b.Place(where), likeKinds[n].value)
	}
}

// strange reports whether the lexicon lacks too many of the words for a notice,
// or too many are names; told, whether some tell a story.
func strange(words []token, told bool) bool {
	others, names := 0, 0
	for i := range words {
		if words[i].other {
			others++
		}
		if words[i].name || words[i].capital {
			names++
		}
	}
	if told && 6*others > len(words) {
		return true
	}
	return 5*others >= 2*len(words) || len(words) > 12 && 2*names > len(words)
}

// most is the kind that something is most like, -1 where it is not much like
// any. What could as well be a ban is held for one.
func (l *looks) most() int {
	best := -1
	for i := range l {
		if l[i] >= likeKinds[i].enough && (best < 0 || l[i] > l[best]) {
			best = i
		}
	}
	if best > 0 && l[0] >= 0 && likeKinds[best].kind != sources.NoImage && likeKinds[best].kind != sources.TDMReserved {
		return 0
	}
	return best
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
func (l *lexicon) likeness(text, low string, words []token, counts map[string]looks) looks {
	sum := counts[""]
	for _, feature := range l.features(text, low, words) {
		c := counts[feature]
		for i := range sum {
			sum[i] += c[i]
		}
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
		if root := l.roots[w]; root != "" && root != w {
			add("~" + root)
			w = "~" + root
		}
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
