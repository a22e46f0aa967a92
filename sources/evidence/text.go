package evidence

import (
	"fmt"
	"regexp"
	"strings"
	"unicode"
	"unicode/utf8"

	"warta/sources"
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
	if found := set.sieve.scan(plain); set.any(&found) {
		f.blocks(set, lines(plain), where)
		f.licenceWords(lines(plain), where)
	}
}

// html reads sanitized HTML in the same way. Text without a single stem, nearly
// every story, costs one pass.
func (f *finder) html(markup, where string) {
	set := rules()
	if found := set.sieve.scan(markup); set.any(&found) {
		list := blocks(markup)
		f.blocks(set, list, where)
		f.licenceWords(list, where)
	}
}

// any reports whether some rule could match a text with these stems.
func (set *ruleSet) any(found *stems) bool {
	for _, u := range set.rules {
		if u.wanted(found) {
			return true
		}
	}
	return false
}

// The edges of a story, where notices stand (counted in paragraphs), and how
// much else a paragraph may hold before and after a notice, in bytes: a notice
// glued to the end of the last sentence is one, a sentence amid a paragraph is
// the story's own.
const (
	edge     = 5
	maxLead  = 300
	maxTail  = 900
	maxBlock = 20 << 10
)

// blocks looks for notices in the paragraphs at both ends of a story.
func (f *finder) blocks(set *ruleSet, list []block, where string) {
	for i := range list {
		b := &list[i]
		if b.index >= edge && b.index < b.of-edge || b.image || len(b.text) > maxBlock {
			continue
		}
		f.sentences(set, list, i, b.place(where))
	}
}

// place says where the block stands, in words.
func (b *block) place(where string) string {
	switch {
	case b.of == 1:
		return where
	case b.index == b.of-1:
		return where + ", last paragraph"
	case b.index == 0:
		return where + ", first paragraph"
	}
	return fmt.Sprintf("%s, paragraph %d of %d", where, b.index+1, b.of)
}

// sentences tries the rules on each sentence of list[i].
func (f *finder) sentences(set *ruleSet, list []block, i int, where string) {
	text := list[i].text
	for at := 0; at < len(text); {
		end := at + sentenceEnd(text[at:])
		sentence := text[at:end]
		if placed(&list[i], at, end) {
			found := set.sieve.scan(sentence)
			for _, u := range set.rules {
				if u.kind == sources.Licence || !u.wanted(&found) {
					continue // licenceWords reads the licences
				}
				if from, ok := u.find(set, list, i, at, sentence); ok {
					f.add(u.kind, quoted(text, at, from, end), where, u.value)
				}
			}
		}
		at = end
	}
}

// placed reports whether a sentence stands where a notice would: near the
// beginning of its paragraph, or at the very end of the text.
func placed(b *block, at, end int) bool {
	return at <= maxLead || b.index >= b.of-2 && len(b.text)-end <= maxTail
}

// quoted is the notice as evidence: the paragraph where it is short, else from
// where the notice begins to the end of its sentence.
func quoted(text string, at, from, end int) string {
	if len(text) <= 500 {
		return text
	}
	return text[at+from : end]
}

// find tries one rule on the sentence that begins at text[at] and says where
// in it the notice begins.
func (u *rule) find(set *ruleSet, list []block, i, at int, sentence string) (int, bool) {
	re := u.pattern()
	if re == nil {
		return 0, false
	}
	for _, m := range re.FindAllStringIndex(sentence, 3) {
		from := m[0] + leading(sentence[m[0]:m[1]])
		switch {
		case u.start && !begins(list[i].text[:at+from], sentence[from:m[1]]):
		case inQuotes(list[i].text, at+from), spoken().MatchString(sentence[from:]):
		case u.unless != nil && u.unless().MatchString(sentence):
		case !u.selfSpoken(set, list, i, sentence):
		default:
			return from, true
		}
	}
	return 0, false
}

// selfSpoken reports whether the words speak of the publication itself, where
// the rule asks for that.
func (u *rule) selfSpoken(set *ruleSet, list []block, i int, sentence string) bool {
	if u.with == "" {
		return true
	}
	re := set.here()
	if u.with == "self" {
		re = set.self()
	}
	if re.MatchString(sentence) {
		return true
	}
	for _, j := range [...]int{i - 1, i, i + 1} {
		if j >= 0 && j < len(list) && claims().MatchString(list[j].text) {
			return true
		}
	}
	return false
}

// claims finds a copyright line, beside which a formula is a notice.
var claims = lazy(`copyright\s*(?:©|\(c\)|\d{4})|(?:^|\s)©|hak\s+cipta\s+(?:di)?lindungi|rights?\s+reserved`)

// spoken finds that somebody says the words: then they are the story's.
var spoken = lazy(`[,"”’'»]\s*(?:(?:demikian|begitu)\s+)?(?:kata|ujar|ucap|tutur|tegas|jelas|ungkap|imbau|papar|sebut|lanjut|terang|tulis|cetus|tandas|imbuh|pungkas|beber|demikian|bunyi|urai|katanya)(?:nya)?\b|\bmenurut\s+(?:\w+\s+)?[A-Z]|[,"”’]\s*(?:(?:he|she|they|it|the\s+\w+)\s+)?(?:said|says|told|warned|added|wrote|reads)\b|\baccording\s+to\s+(?:the\s+)?(?:police|minist|court)`)

// begins reports whether a notice that starts after before starts a sentence:
// after an end mark, a list mark, a copyright line or nothing; or, glued to
// other text, with a capital of its own.
func begins(before, match string) bool {
	before = strings.TrimRightFunc(before, unicode.IsSpace)
	if before == "" {
		return true
	}
	last, _ := utf8.DecodeLastRuneInString(before)
	if strings.ContainsRune(".!?…:;|©®)]}>*•·-–—。！？」】%/", last) || unicode.IsDigit(last) || last >= 0x2600 {
		return true
	}
	return capital(match) && !capital(lastWord(before)) || shouts(match) && !shouts(lastWord(before))
}

// capital reports whether a phrase has one capital at its beginning and none
// at its second word, as a sentence has and a headline has not.
func capital(s string) bool {
	r, n := utf8.DecodeRuneInString(s)
	if !unicode.IsUpper(r) {
		return false
	}
	_, second, _ := strings.Cut(s[n:], " ")
	r, _ = utf8.DecodeRuneInString(second)
	return !unicode.IsUpper(r)
}

func shouts(s string) bool {
	return len(s) > 1 && strings.ToUpper(s) == s && strings.ToLower(s) != s
}

func lastWord(s string) string { return s[strings.LastIndexByte(s, ' ')+1:] }

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
var short = regexp.MustCompile(`(?i)(?:^|[\s(])(?:pt|cv|tbk|no|co|inc|ltd|jl|dr|drs|ir|hj|h|st|mr|mrs|ms|ps|art|vol|hal|fa|ud|dll|dsb|dkk|s|m|a\.?n|[a-z])\.$`)

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
			if text[next] != ' ' || r == '.' && short.MatchString(text[max(0, i-6):next]) {
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
