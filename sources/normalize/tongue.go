package normalize

import (
	_ "embed"
	"slices"
	"strings"
	"sync"
	"unicode"
	"unicode/utf8"
)

//go:embed languages.tsv
var languagesFile string

// tongue is what one word says for a language.
type tongue struct {
	lang   uint8 // index in tongues.names
	weight uint8
}

type tongueWords struct {
	names []string
	words map[string][]tongue

	letters map[rune]uint8 // letters of one language: its index in names
}

var tongues = sync.OnceValue(func() *tongueWords {
	t := &tongueWords{words: make(map[string][]tongue, 2000), letters: map[rune]uint8{}}
	for row := range strings.Lines(languagesFile) {
		f := strings.Split(strings.TrimRight(row, "\n"), "\t")
		if len(f) != 3 || row[0] == '#' {
			continue
		}
		if !slices.Contains(t.names, f[0]) {
			t.names = append(t.names, f[0])
		}
		for w := range strings.FieldsSeq(f[2]) {
			if f[1] == "letters" {
				r, _ := utf8.DecodeRuneInString(w)
				t.letters[r] = uint8(t.index(f[0]))
				continue
			}
			t.words[w] = append(t.words[w], tongue{uint8(t.index(f[0])), uint8(atoi(f[1]))})
		}
	}
	return t
})

// mostTongueWords bounds how far a text is read.
const mostTongueWords = 150

// byWords tells a text's language by its commonest words: one must lead, and
// by enough for the length of the text.
func byWords(text string) string {
	t := tongues()
	var score, strong [32]int // strong: from words hardly any other language has
	words, na := 0, 0
	var buf [64]byte
	for i := 0; i < len(text) && words < mostTongueWords; {
		w, next := nextWord(text, i, buf[:0])
		i = next
		if len(w) == 0 {
			continue
		}
		words++
		for _, one := range t.words[string(w)] {
			score[one.lang] += int(one.weight)
			if one.weight > 1 {
				strong[one.lang]++
			}
		}
		if hasWide(w) {
			for _, r := range string(w) {
				if l, ok := t.letters[r]; ok {
					score[l] += 2
					break
				}
			}
		}
		if n := len(w); n > 5 && string(w[n-4:]) == "keun" {
			score[t.index("su")] += 2 // -keun is in every other Sundanese verb
		}
		if n := len(w); n > 4 && string(w[n-2:]) == "na" && len(t.words[string(w)]) == 0 {
			score[t.index("su")]++ // as -nya is in Indonesian
			if na++; na == 2 {
				strong[t.index("su")] += 2
			}
		}
	}
	best, second := 0, 0
	for l := 1; l < len(t.names); l++ {
		if score[l] > score[best] {
			best = l
		}
	}
	if t.names[best] == "id" {
		// Its neighbours share most of its words, not it theirs.
		for l, name := range t.names {
			if l != best && isLocal(name) && strong[l] > strong[best] && strong[l] > 1 && score[l]*3 > score[best] {
				return name
			}
		}
	}
	for l := range t.names {
		if l != best && score[l] > second {
			second = score[l]
		}
	}
	if score[best] < 2 || score[best] <= second || score[best]*10 < words*3 {
		return ""
	}
	return t.names[best]
}

func hasWide(w []byte) bool {
	for _, c := range w {
		if c >= utf8.RuneSelf {
			return true
		}
	}
	return false
}

func (t *tongueWords) index(lang string) int {
	for i, n := range t.names {
		if n == lang {
			return i
		}
	}
	return 0
}

// nextWord puts the word at or after i into buf in lower case, and says where
// it ends.
func nextWord(s string, i int, buf []byte) ([]byte, int) {
	for i < len(s) {
		r, n := rune(s[i]), 1
		if r >= utf8.RuneSelf {
			r, n = utf8.DecodeRuneInString(s[i:])
		}
		if !unicode.IsLetter(r) && !(r == '\'' && len(buf) > 0) {
			if len(buf) > 0 {
				break
			}
			i += n
			continue
		}
		if len(buf)+utf8.UTFMax <= cap(buf) {
			buf = utf8.AppendRune(buf, unicode.ToLower(r))
		}
		i += n
	}
	return buf, i
}

// byScript tells the languages that have a script to themselves, or nearly.
func byScript(text string) string {
	var latin, han, kana, hangul, cyrillic, other int
	lang, hard := "", false
	for _, r := range text {
		switch {
		case r < 0x250:
			if unicode.IsLetter(r) {
				latin++
			}
		case unicode.Is(unicode.Han, r):
			han++
		case unicode.In(r, unicode.Hiragana, unicode.Katakana):
			kana++
		case unicode.Is(unicode.Hangul, r):
			hangul++
		case unicode.Is(unicode.Cyrillic, r):
			cyrillic++
			switch unicode.ToLower(r) {
			case 'ы', 'э', 'ё':
				lang = "ru"
			case 'і', 'ї', 'є', 'ґ':
				lang = "uk"
			case 'ъ':
				hard = true
			case 'ј', 'љ', 'њ', 'ћ', 'ђ', 'џ':
				lang = "sr"
			}
		case !unicode.IsLetter(r):
		default:
			other++
			for _, s := range scripts {
				if unicode.Is(s.table, r) {
					lang = s.lang
				}
			}
		}
	}
	switch {
	case kana > 0 && kana+han > latin:
		return "ja"
	case hangul > latin:
		return "ko"
	case han > latin/2 && han > 2:
		return "zh"
	case cyrillic > latin && cyrillic > 5:
		if lang == "" && hard {
			lang = "bg" // Russian hardly writes ъ
		}
		if lang == "" && cyrillic > 24 {
			lang = "ru" // no letter of its neighbours in so long a text
		}
		return lang
	case other > latin && other > 2:
		return lang
	}
	return ""
}

// scripts belong to one language, as far as news goes; Arabic's and
// Devanagari's are shared, and left to the trigrams.
var scripts = [...]struct {
	table *unicode.RangeTable
	lang  string
}{
	{unicode.Thai, "th"}, {unicode.Lao, "lo"}, {unicode.Khmer, "km"}, {unicode.Myanmar, "my"}, {unicode.Hebrew, "he"}, {unicode.Greek, "el"},
	{unicode.Tamil, "ta"}, {unicode.Telugu, "te"}, {unicode.Malayalam, "ml"}, {unicode.Kannada, "kn"}, {unicode.Gujarati, "gu"},
	{unicode.Gurmukhi, "pa"}, {unicode.Bengali, "bn"}, {unicode.Sinhala, "si"}, {unicode.Georgian, "ka"}, {unicode.Armenian, "hy"},
	{unicode.Ethiopic, "am"}, {unicode.Javanese, "jv"}, {unicode.Sundanese, "su"}, {unicode.Balinese, "ban"},
}
