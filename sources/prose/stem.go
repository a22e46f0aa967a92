package prose

import (
	"fmt"
	"strings"
)

// The prefilter: one pass over the bytes that says which stems occur. A rule is
// tried only where its stems do, so that an ordinary story costs this pass and
// nothing else.

// Stems is a set of stems, by their number.
type Stems [maxStems / 64]uint64

const maxStems = 512

func (s *Stems) add(n int)      { s[n/64] |= 1 << (n % 64) }
func (s *Stems) has(n int) bool { return s[n/64]&(1<<(n%64)) != 0 }

// Group is stems of which one must occur, and which of the words hold them.
type Group struct {
	Stems
	from, to int
}

// GroupOf is a group of these stems.
func GroupOf(s Stems) Group {
	g := Group{Stems: s}
	for i, bits := range s {
		if bits != 0 && g.to == 0 {
			g.from = i
		}
		if bits != 0 {
			g.to = i + 1
		}
	}
	return g
}

// Meets reports whether a stem of the group is among those found.
func (g *Group) Meets(found *Stems) bool {
	for i := g.from; i < g.to; i++ {
		if g.Stems[i]&found[i] != 0 {
			return true
		}
	}
	return false
}

// StemList numbers the stems that rules ask for. Stems of which any will do
// may share a number.
type StemList struct {
	numbers map[string]int
	list    []string // what to look for
	number  []int    // under which number list[i] is found
	next    int
}

// NewStemList is an empty list.
func NewStemList() *StemList { return &StemList{numbers: map[string]int{}} }

// Groups reads "a|b; c": one of a and b, and c.
func (l *StemList) Groups(value string) ([]Group, error) {
	var groups []Group
	for _, group := range strings.Split(value, ";") {
		var set Stems
		for _, stem := range strings.Split(group, "|") {
			n, ok := l.numbers[stem]
			if !ok {
				n = l.next
				if err := l.Add(stem, n); err != nil {
					return nil, err
				}
				l.numbers[stem] = n
				l.next++
			}
			set.add(n)
		}
		groups = append(groups, GroupOf(set))
	}
	return groups, nil
}

// One numbers all these stems alike.
func (l *StemList) One(list []string) (Stems, error) {
	var set Stems
	for _, stem := range list {
		if err := l.Add(stem, l.next); err != nil {
			return set, err
		}
	}
	set.add(l.next)
	l.next++
	return set, nil
}

// Add has a stem found under a number.
func (l *StemList) Add(stem string, n int) error {
	stem = strings.ToLower(strings.TrimLeft(stem, " "))
	if len(stem) < 4 && stem != copyrightSign {
		return fmt.Errorf("stem %q is shorter than four bytes", stem)
	}
	if n >= maxStems {
		return fmt.Errorf("more than %d stems", maxStems)
	}
	l.list, l.number = append(l.list, stem), append(l.number, n)
	return nil
}

// copyrightSign is the one stem shorter than four bytes.
const copyrightSign = "©"

// Sieve finds stems in bytes. A window of the last four bytes, in lower case,
// is looked up in a small bit set; only a hit is compared in full.
type Sieve struct {
	seen  [sieveBits / 64]uint64
	heads map[uint32][]int // first four bytes of a stem to its place in stems
	stems []string         // in lower case, four bytes at least
	found []int            // the number of each
	sign  int              // number of the copyright sign, -1 if it is no stem
}

const sieveBits = 1 << 16

// NewSieve is a sieve for the stems of a list.
func NewSieve(l *StemList) *Sieve {
	s := &Sieve{heads: map[uint32][]int{}, stems: l.list, found: l.number, sign: -1}
	for n, stem := range l.list {
		if stem == copyrightSign {
			s.sign = l.number[n]
			continue
		}
		w := uint32(stem[0])<<24 | uint32(stem[1])<<16 | uint32(stem[2])<<8 | uint32(stem[3])
		s.heads[w] = append(s.heads[w], n)
		h := sieveHash(w)
		s.seen[h/64] |= 1 << (h % 64)
	}
	return s
}

func sieveHash(w uint32) uint32 { return (w * 2654435761) >> (32 - 16) }

// Scan says which stems occur in text.
func (s *Sieve) Scan(text string) (found Stems) {
	var w uint32
	for i := 0; i < len(text); i++ {
		w = w<<8 | uint32(lower[text[i]])
		if w&0xffff == 0xc2a9 && s.sign >= 0 {
			found.add(s.sign)
		}
		h := sieveHash(w)
		if s.seen[h/64]&(1<<(h%64)) == 0 || i < 3 {
			continue
		}
		for _, n := range s.heads[w] {
			if number := s.found[n]; !found.has(number) && hasStem(text[i-3:], s.stems[n]) {
				found.add(number)
			}
		}
	}
	return found
}

func hasStem(text, stem string) bool {
	if len(text) < len(stem) {
		return false
	}
	for i := 4; i < len(stem); i++ {
		if lower[text[i]] != stem[i] {
			return false
		}
	}
	return true
}
