package evidence

import (
	"fmt"
	"strings"
	"unicode"
	"unicode/utf8"

	"warta/sources/prose"
)

// Words may be written so that people read them and programs do not: with soft
// hyphens in them, with letters of another alphabet that look the same, in
// letters set apart, without the spaces between them, or misspelt. A notice is
// one all the same.

// unmasked is the text as people read it. Nearly every text is so already.
func unmasked(s string) string {
	if !masked(s) {
		return s
	}
	return together(unveiled(s))
}

// veils are the invisible characters, and the first bytes of those that may look
// like a Latin letter or mark.
var (
	veils   = [...]string{"\u00ad", "\u200b", "\u200c", "\u200d", "\u200e", "\u200f", "\u2060", "\ufeff"}
	foreign = [...]byte{0xCE, 0xCF, 0xD0, 0xD1, 0xD2, 0xD4, 0xEF, 0xF0}
)

// masked reports whether there may be something to read otherwise.
func masked(s string) bool {
	for _, v := range veils {
		if strings.Contains(s, v) {
			return true
		}
	}
	for _, b := range foreign {
		if i := strings.IndexByte(s, b); i >= 0 && strings.IndexFunc(s[i:], func(r rune) bool { return lookalike(r) != r }) >= 0 {
			return true
		}
	}
	return apart(s)
}

// minApart is how long letters set apart are at least, with the marks between
// them: five.
const minApart = 9

// apart reports whether there are letters set apart, as in "d i l a r a n g".
func apart(s string) bool {
	for i := 3; i+1 < len(s); i += minApart - 4 { // a mark that two others stand around is among these, or next to one
		for j := i - 1; j <= i; j++ {
			if m := s[j]; isMark(m) && s[j-2] == m && letter(s[j-1]) && letter(s[j+1]) {
				return true
			}
		}
	}
	return false
}

func isMark(b byte) bool { return b == ' ' || b == '.' || b == '-' || b == '_' || b == '*' }

func letter(b byte) bool { return 'a' <= b|0x20 && b|0x20 <= 'z' }

// unveiled leaves invisible characters out, and writes what looks like a Latin
// letter as one in words that hold Latin letters.
func unveiled(s string) string {
	var b strings.Builder
	b.Grow(len(s))
	for s != "" {
		end := strings.IndexFunc(s, func(r rune) bool { return !unicode.IsLetter(r) && !unicode.IsDigit(r) && !prose.IsInvisible(r) })
		switch {
		case end < 0:
			end = len(s)
		case end == 0:
			r, n := utf8.DecodeRuneInString(s)
			b.WriteRune(lookalike(r))
			s = s[n:]
			continue
		}
		latin := strings.IndexFunc(s[:end], isLatin) >= 0
		for _, r := range s[:end] {
			switch {
			case prose.IsInvisible(r):
			case latin || r >= 0xFF00:
				b.WriteRune(lookalike(r))
			default:
				b.WriteRune(r)
			}
		}
		s = s[end:]
	}
	return b.String()
}

func isLatin(r rune) bool { return 'a' <= r && r <= 'z' || 'A' <= r && r <= 'Z' }

// alike are letters of other alphabets, and the Latin ones that they look like.
var alike = [...]string{"абвгекмнорстухісԁԛѕјһԝАВЕКМНОРСТУХІЅЈԌԚԜ", "abbrekmhopctyxicdqsjhwABEKMHOPCTYXISJGQW", "αεικνορτυχΑΒΕΖΗΙΚΜΝΟΡΤΥΧ", "aeiknoptuxABEZHIKMNOPTYX"}

// lookalike is the Latin letter or ASCII mark that a character looks like, else
// the character itself.
func lookalike(r rune) rune {
	switch {
	case r < 0x370, r > 0x52F && r < 0xFF01:
		return r
	case 0xFF01 <= r && r <= 0xFF5E: // full width
		return r - 0xFF00 + ' '
	case 0x1D400 <= r && r <= 0x1D6A3: // bold, italic and the like, each A–Z and a–z
		n := (r - 0x1D400) % 52
		if n < 26 {
			return 'A' + n
		}
		return 'a' + n - 26
	}
	for i := 0; i < len(alike); i += 2 {
		n := 0
		for _, c := range alike[i] {
			if c == r {
				return rune(alike[i+1][n])
			}
			n++
		}
	}
	return r
}

// together joins letters that are set apart by the same mark, and
// parts the words that they make where these are known.
func together(s string) string {
	if !apart(s) {
		return s
	}
	var b strings.Builder
	for i := 0; i < len(s); {
		n := lettersApart(s[i:])
		if n < minApart || i > 0 && letter(s[i-1]) {
			b.WriteByte(s[i])
			i++
			continue
		}
		joined := make([]byte, 0, n/2+1)
		for j := i; j < i+n; j += 2 {
			joined = append(joined, s[j])
		}
		b.WriteString(rules().words.parted(string(joined)))
		i += n
	}
	return b.String()
}

// lettersApart is how long the letters set apart are that s begins with.
func lettersApart(s string) int {
	n := 1
	for n+1 < len(s) && letter(s[n-1]) && isMark(s[n]) && s[n] == s[1] && letter(s[n+1]) {
		n += 2
	}
	if n < len(s) && letter(s[n]) { // the last one begins a word
		n -= 2
	}
	return n
}

// parted puts spaces between the known words that are written as one, the longest
// first.
func (l *lexicon) parted(word string) string {
	low, out := prose.Lower(word), ""
	for at := 0; at < len(low); {
		n := len(low) - at
		for n > 2 && l.words[low[at:at+n]] == (classes{}) {
			n--
		}
		if n <= 2 {
			return word
		}
		out += " " + word[at:at+n]
		at += n
	}
	return strings.TrimSpace(out)
}

// glue is how long a word must be to be taken for two, and each of those.
const (
	glued2 = 11
	part2  = 4
)

// compound is what a word means that is two known ones without a space.
func (l *lexicon) compound(low string) classes {
	for i := part2; i <= len(low)-part2 && len(low) >= glued2; i++ {
		if a, b := l.words[low[:i]], l.words[low[i:]]; !a.empty() && !b.empty() {
			return a.with(b)
		}
	}
	return classes{}
}

// minTypo is how long a word is at least in which one slip is forgiven, maxTypo how
// long at most.
const (
	minTypo = 7
	maxTypo = 20
)

// forgive lets one slip pass in a word: a letter, not the first two, that is
// missing, too many, wrong or in its neighbour's place.
func (l *lexicon) forgive(word string) error {
	is := l.words[word]
	if is.empty() || len(word) < minTypo {
		return fmt.Errorf("slips: %q is no word above it, or shorter than %d letters", word, minTypo)
	}
	l.slips[word], l.slipped[word[:2]] = is, true
	for i := 2; i < len(word); i++ {
		l.slips[word[:i]+word[i+1:]] = is
	}
	return nil
}

// misspelt is what a word means that has one slip.
func (l *lexicon) misspelt(low string) classes {
	if len(low) < minTypo-1 || len(low) > maxTypo || !l.slipped[low[:2]] {
		return classes{}
	}
	if is := l.slips[low]; !is.empty() {
		return is
	}
	var buf [maxTypo]byte
	for i := 2; i < len(low); i++ {
		without := append(append(buf[:0], low[:i]...), low[i+1:]...)
		if is := l.slips[string(without)]; !is.empty() {
			return is
		}
	}
	return classes{}
}
