package evidence

import (
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"warta/sources"
	"warta/sources/prose"
)

// sentence is one sentence on trial: text[at:end] of paragraph list[i]. low is
// the paragraph in small letters, byte for byte as long.
type sentence struct {
	set       *ruleSet
	list      []prose.Block
	i         int
	text, low string
	at, end   int
	several   bool  // of the paragraph's sentences, all
	asked     int   // where the question before the sentence begins, -1 without one
	starts    []int // where in text a notice could begin; filled when needed
	kinds     []meaning
	words     []token

	spoke   map[string]bool // what selfSpoken found
	claimed *bool           // what besideClaim found
}

// meaning is what a sentence was found to be.
type meaning struct {
	kind  sources.EvidenceKind
	value string
}

// known reports whether the sentence was found to be that already.
func (s *sentence) known(kind sources.EvidenceKind, value string) bool {
	return slices.Contains(s.kinds, meaning{kind, value})
}

// find tries one rule and says where in the paragraph the notice begins.
func (s *sentence) find(u *rule) (int, bool) {
	re := u.pattern()
	if re == nil {
		return 0, false
	}
	if !u.start {
		m := re.FindStringIndex(s.low[s.at:s.end])
		return s.accept(u, m, s.at)
	}
	if s.starts == nil {
		s.starts = starts(s.text, s.at, s.end)
	}
	for _, from := range s.starts {
		if begin, ok := s.accept(u, re.FindStringIndex(s.low[from:s.end]), from); ok {
			return begin, true
		}
	}
	return 0, false
}

// glued reports whether two words stand together without a space, as in
// "RinaDilarang".
func glued(a, b byte) bool { return 'a' <= a && a <= 'z' && 'A' <= b && b <= 'Z' }

// accept decides whether a match, counted from byte from, is a notice.
func (s *sentence) accept(u *rule, m []int, from int) (int, bool) {
	if m == nil {
		return 0, false
	}
	begin := from + m[0] + leading(s.low[from+m[0]:from+m[1]])
	words := s.low[s.at:s.end]
	if (!u.start || u.kind == sources.QuoteWithSource) && (u.kind != sources.Copyright || begin > s.at) && s.set.words.tells(s, s.at, s.end) || begin > s.at && strings.HasSuffix(strings.TrimSpace(s.text[s.at:begin]), ":") && s.set.words.tells(s, s.at, begin) {
		return 0, false
	}
	switch { // the cheap questions first
	case !s.selfSpoken(u.with), !u.all(words), inQuotes(s.text, begin):
	case u.unless != nil && u.unless().MatchString(words):
	case isSpoken(s.low[begin:s.end]):
	default:
		return begin, true
	}
	return 0, false
}

// all reports whether everything else that the rule asks for is there.
func (u *rule) all(words string) bool {
	for _, p := range u.also {
		if !p().MatchString(words) {
			return false
		}
	}
	return true
}

// maxStarts bounds how many beginnings are tried in one sentence. Of more, the
// first is kept and the last, because a notice glued to a list stands at its
// end.
const maxStarts = 24

// starts are the places in text[at:end] where a sentence begins.
func starts(text string, at, end int) []int {
	list := []int{at}
	for i := at + 1; i < end; i++ {
		if text[i]&0xC0 == 0x80 || text[i] == ' ' {
			continue // amid a character, or not yet a word
		}
		if c := text[i-1]; c != ' ' && !strings.ContainsRune(".!?:;|()[]>*", rune(c)) && !glued(c, text[i]) {
			continue // amid a word
		}
		if begins(text[at:i], text[i:end]) {
			list = append(list, i)
		}
	}
	if len(list) > maxStarts {
		return append(list[:1], list[len(list)-maxStarts+1:]...)
	}
	return list
}

// selfSpoken reports whether the words speak of the publication itself, where
// the rule asks for that. The answer is remembered for the sentence.
func (s *sentence) selfSpoken(with string) bool {
	if with == "" {
		return true
	}
	answer, known := s.spoke[with]
	if !known {
		words := s.low[s.at:s.end]
		if len(s.text) <= maxNear {
			words = s.low
		}
		pattern := s.set.speaks[with]
		strict := with == "this" || with == "ours"
		answer = !strict && holdsAny(words, sure[:]) || pattern != nil && pattern().MatchString(words) || !strict && s.besideClaim()
		if s.spoke == nil {
			s.spoke = map[string]bool{}
		}
		s.spoke[with] = answer
	}
	return answer
}

// besideClaim reports whether this paragraph, or one beside it, is or ends
// with a copyright line.
func (s *sentence) besideClaim() bool {
	if s.claimed != nil {
		return *s.claimed
	}
	found := false
	for j := max(0, s.i-1); j <= min(len(s.list)-1, s.i+1) && !found; j++ {
		text := s.list[j].Text
		if len(text) > 2*maxSentence {
			text = text[len(text)-2*maxSentence:]
		}
		found = claims().MatchString(prose.Lower(text))
	}
	s.claimed = &found
	return found
}

func holdsAny(text string, words []string) bool {
	for _, w := range words {
		if strings.Contains(text, w) {
			return true
		}
	}
	return false
}

// sure are words by which a sentence speaks of a publication in any case,
// looked for first because that is cheap.
var sure = [...]string{"redaksi", "hak cipta", "copyright", "©", "kantor berita"}

// claims finds a copyright line, beside which a formula is a notice.
var claims = prose.Pattern(`copyright\s*(?:©|\(c\)|\d{4})|(?:^|\s)©|hak\s+cipta\s+(?:di)?lindungi|rights?\s+reserved`)

// spoken finds that somebody says the words: then they are the story's.
var spoken = prose.Pattern(`[,"”’'»]\s*(?:(?:demikian|begitu)\s+)?(?:kata|ujar|ucap|tutur|tegas|jelas|ungkap|imbau|papar|sebut|lanjut|terang|tulis\s+(?:dia|akun|media)|cetus|tandas|imbuh|pungkas|beber|demikian|bunyi|urai|katanya|bantah|dalih|kilah|sanggah|keluh|sindir|protes|klaim|kritik)(?:nya)?\b|[,"”’]\s*(?:(?:he|she|they|it|the\s+\w+)\s+)?(?:said|says|told|warned|added|wrote|reads|ruled|ordered|argued)\b|\baccording\s+to\s+(?:the\s+)?(?:police|minist|court)`)

// isSpoken reports whether somebody says the words; not “Ambil seperlunya, sebut
// sumbernya.”
func isSpoken(low string) bool {
	for {
		at := spoken().FindStringIndex(low)
		if at == nil {
			return false
		}
		if low = low[at[1]:]; !named().MatchString(low) {
			return true
		}
	}
}

// named finds what is to be named, behind "sebut".
var named = prose.Pattern(`^\s+(?:sumber|nama|asal|penulis|media|kami|link|tautan|dari\s+mana)`)

// begins reports whether a notice that starts after before starts a sentence:
// after an end mark, a list mark, a copyright line or nothing; or, glued to
// other text, with a capital of its own.
func begins(before, rest string) bool {
	before = strings.TrimRightFunc(before, unicode.IsSpace)
	if before == "" {
		return true
	}
	last, _ := utf8.DecodeLastRuneInString(before)
	word, after, _ := strings.Cut(rest, " ")
	sentence := capital(word) && !capital(after)
	if last == ':' { // "Perhatian: dilarang …", but not a headline that quotes
		return sentence || prose.Shouts(word) || label().MatchString(prose.Lower(before))
	}
	if last == ',' { // "Hak cipta milik Warta, dilarang mengutip …"
		return ours().MatchString(prose.Lower(before))
	}
	if strings.ContainsRune("([.!?…;|©®)]}>*•·-–—。！？」】%/", last) || unicode.IsDigit(last) || last >= 0x2600 {
		return true
	}
	return sentence || prose.Shouts(word) && !prose.Shouts(before[strings.LastIndexByte(before, ' ')+1:])
}

// ours finds that the words before a comma claim the text.
var ours = prose.Pattern(`hak\s+cipta|dilindungi|\bmilik\b|copyright|©|^\W*\(c\)|eksklusif`)

// label finds the words that newsrooms put before a notice.
var label = prose.Pattern(`(?:\b(?:ket|nb|n\.b|info|ps|p\.s)\.?|keterangan|pengumuman|(?:h|)imbauan|perhatian|peringatan|catatan(?:\s+redaksi)?|penting|disclaimer|note|notice|warning|copyright|hak\s+cipta|ketentuan|larangan|redaksi|konten(?:\s+\S+)?|lisensi)\s*:$`)

// capital reports whether words begin with a capital.
func capital(s string) bool {
	r, _ := utf8.DecodeRuneInString(s)
	return unicode.IsUpper(r)
}

// leading is how many bytes of spaces and marks a match begins with.
func leading(s string) int {
	return len(s) - len(strings.TrimLeftFunc(s, func(r rune) bool { return unicode.IsSpace(r) || r == '.' }))
}

// inQuotes reports whether position at lies inside a quotation: its paragraph
// has an opening mark before it and a closing one after. A mark that is
// missing makes no quotation.
func inQuotes(text string, at int) bool {
	before, after := text[:at], text[at:]
	for _, pair := range [...][2]string{{"“", "”"}, {"「", "」"}, {"『", "』"}, {"«", "»"}, {"„", "“"}} {
		if strings.LastIndex(before, pair[0]) > strings.LastIndex(before, pair[1]) && strings.Contains(after, pair[1]) {
			return true
		}
	}
	i := strings.LastIndexByte(before, '"')
	if i < 0 || !strings.Contains(after, `"`) {
		return false
	}
	opening := (i == 0 || before[i-1] == ' ' || before[i-1] == '(') && (i+1 == len(before) || before[i+1] != ' ')
	return opening
}

// short are words that end in a point and no sentence.
var short = map[string]bool{
	"pt": true, "cv": true, "tbk": true, "no": true, "co": true, "inc": true, "ltd": true, "jl": true, "dr": true,
	"drs": true, "ir": true, "hj": true, "st": true, "mr": true, "mrs": true, "ms": true, "ps": true, "art": true,
	"vol": true, "hal": true, "fa": true, "ud": true, "dll": true, "dsb": true, "dkk": true, "a.n": true,
}

// abbreviated reports whether the point after before ends a short word or an
// initial.
func abbreviated(before string) bool {
	word := before[max(0, len(before)-5):]
	word = strings.ToLower(word[strings.LastIndexAny(word, " (")+1:])
	return len(word) == 1 && word[0] >= 'a' || short[word]
}

// sentenceEnd is the length of the first sentence of text, with the space
// after it.
func sentenceEnd(text string) int {
	for i, r := range text {
		switch r {
		case '。', '！', '？':
			return i + utf8.RuneLen(r)
		case '.', '!', '?':
			next := i + 1
			if next >= len(text) {
				return next
			}
			if text[next] != ' ' || r == '.' && abbreviated(text[:i]) {
				continue
			}
			if after, _ := utf8.DecodeRuneInString(text[next+1:]); unicode.IsLower(after) {
				continue
			}
			return next + 1
		}
	}
	return len(text)
}
