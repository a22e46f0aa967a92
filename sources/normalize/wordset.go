package normalize

import (
	"regexp/syntax"
	"strings"
	"unicode"
)

// wordSet finds whether any of some strings stands in a text, in one pass over
// it whatever their number (the automaton of Aho and Corasick).
type wordSet struct {
	class   [256]uint8 // bytes that occur in no word are all alike: 0
	width   int        // how many classes there are
	longest int        // bytes of the longest word
	next    []int32    // by state and class, where a state's row begins; found: a word is complete
}

const found = -1

// newFoldedSet is a wordSet that takes capitals of ASCII in a text for the
// small letters of its words.
func newFoldedSet(words ...string) *wordSet {
	s := newWordSet(words...)
	for c := 'a'; c <= 'z'; c++ {
		s.class[c-'a'+'A'] = s.class[c]
	}
	return s
}

// literalOf gives the longest piece of text, in small letters, that whatever an
// expression matches must hold up to the case of ASCII; empty if there is none.
func literalOf(expr string) (longest string) {
	tree, err := syntax.Parse(expr, syntax.Perl)
	if err != nil {
		return ""
	}
	parts := []*syntax.Regexp{tree}
	for len(parts) > 0 {
		re := parts[0]
		parts = parts[1:]
		switch re.Op {
		case syntax.OpConcat, syntax.OpCapture:
			parts = append(parts, re.Sub...)
		case syntax.OpLiteral:
			// Letters with a third form (K, ſ), or beyond ASCII, part the pieces.
			for piece := range strings.FieldsFuncSeq(strings.ToLower(string(re.Rune)), func(r rune) bool {
				return r == 'k' || r == 's' || (r < 'a' || r > 'z') && unicode.SimpleFold(r) != r
			}) {
				if len(piece) > len(longest) {
					longest = piece
				}
			}
		}
	}
	return longest
}

// newWordSet builds the automaton of words of a few hundred bytes in all.
func newWordSet(words ...string) *wordSet {
	s := &wordSet{width: 1, longest: 1}
	for _, w := range words {
		s.longest = max(s.longest, len(w))
		for i := range len(w) {
			if s.class[w[i]] == 0 {
				s.class[w[i]] = uint8(s.width)
				s.width++
			}
		}
	}
	// First a tree of the words, in which 0 means that there is no edge.
	s.next = make([]int32, s.width)
	whole := []bool{false}
	for _, w := range words {
		at := 0
		for i := range len(w) {
			edge := at*s.width + int(s.class[w[i]])
			if s.next[edge] == 0 {
				s.next[edge] = int32(len(whole))
				whole = append(whole, false)
				s.next = append(s.next, make([]int32, s.width)...)
			}
			at = int(s.next[edge])
		}
		whole[at] = true
	}
	// Then, breadth first, every missing edge goes where the longest end of
	// what was read that begins a word leads.
	fail := make([]int, len(whole))
	queue := []int{0}
	for len(queue) > 0 {
		at := queue[0]
		queue = queue[1:]
		for c := range s.width {
			edge, back := at*s.width+c, fail[at]*s.width+c
			child := int(s.next[edge])
			switch {
			case child == 0 && at != 0:
				s.next[edge] = s.next[back]
			case child != 0:
				if at != 0 {
					fail[child] = max(0, int(s.next[back]))
					whole[child] = whole[child] || s.next[back] == found || whole[fail[child]]
				}
				queue = append(queue, child)
			}
		}
		for c := range s.width {
			if to := s.next[at*s.width+c]; to > 0 && whole[to] {
				s.next[at*s.width+c] = found
			}
		}
	}
	for i, to := range s.next {
		if to > 0 {
			s.next[i] = to * int32(s.width)
		}
	}
	return s
}

// in reports whether any of the words stands in text; of no words none does.
// It goes through both halves of a text side by side: a step waits for the one
// before it, but not for that in the other half.
func (s *wordSet) in(text string) bool {
	if s == nil {
		return false
	}
	half := len(text) / 2
	one, two := text[:min(half+s.longest-1, len(text))], text[half:]
	a, b := int32(0), int32(0)
	n := min(len(one), len(two))
	for i := range n {
		a, b = s.next[a+int32(s.class[one[i]])], s.next[b+int32(s.class[two[i]])]
		if a|b < 0 {
			return true
		}
	}
	return s.from(a, one[n:]) || s.from(b, two[n:])
}

// from goes on from a state.
func (s *wordSet) from(at int32, text string) bool {
	for i := range len(text) {
		if at = s.next[at+int32(s.class[text[i]])]; at < 0 {
			return true
		}
	}
	return false
}
