package normalize

import (
	"strings"
	"unicode"
	"unicode/utf8"
)

// excerptRunes is about how long an excerpt gets.
const excerptRunes = 280

// excerpt gives the publisher's own summary, else the first sentences of the
// text, as plain text cut at a sentence. What feeds put at the end of a summary
// ("[…]", "Baca selengkapnya") is no part of it.
func excerpt(story, summary body, rules *Rules) string {
	if s := summary.firstWords(); s != "" {
		if s = rules.withoutEnd(s); s != "" {
			return cutAtSentence(s, excerptRunes)
		}
	}
	if s := story.firstWords(); s != "" {
		return cutAtSentence(s, excerptRunes)
	}
	return ""
}

// withoutEnd takes what a rule for the end of summaries matches off s. A
// summary that broke off in a sentence ends at the one before, if there is
// enough of it, or says that it breaks off.
func (r *Rules) withoutEnd(s string) string {
	broken := false
	for again := true; again; {
		again = false
		// The words at the end are few; a longer text is not looked through.
		from := max(0, len(s)-maxEnd)
		for from > 0 && !utf8.RuneStart(s[from]) {
			from--
		}
		low := strings.ToLower(s[from:])
		if !r.endWords.in(low) {
			break
		}
		for _, one := range r.ends {
			if !one.mayEnd(low) {
				continue
			}
			if at := one.expr().FindStringIndex(s[from:]); at != nil {
				at := from + at[0]
				broken = broken || strings.ContainsAny(s[at:], "…[") || strings.Contains(s[at:], "...")
				s = strings.TrimRight(s[:at], " \u00a0")
				again = s != ""
				break
			}
		}
	}
	if !broken || s == "" || endsSentence(s, "A") {
		return s
	}
	for i := len(s) - 1; i > len(s)/2; i-- {
		if s[i] == ' ' && endsSentence(s[:i], s[i+1:]) {
			return s[:i]
		}
	}
	return strings.TrimRight(s, " ,;:-–—(") + "…"
}

// maxEnd is how many bytes at the end of a summary can be none of it.
const maxEnd = 320

// mayEnd reports whether a text holds what the rule needs.
func (r *rule) mayEnd(low string) bool {
	for w := range strings.FieldsSeq(r.text) {
		if strings.Contains(low, w) {
			return true
		}
	}
	return false
}

// firstWords joins the story's lines up to what an excerpt can need; captions,
// headings, tables and bare links are left out unless there is nothing else.
func (b body) firstWords() string {
	if b.lines == nil {
		return ""
	}
	var out strings.Builder
	for i := range b.all {
		e := &b.all[i]
		if e.gone || e.text == "" || e.flags&(inCaption|inHeading|inTable|inPre|unquoted) != 0 || e.about || isWeb(e.text) {
			continue
		}
		if out.Len() > 0 {
			out.WriteByte(' ')
		}
		out.WriteString(e.text)
		if out.Len() > excerptRunes*4 {
			break
		}
	}
	if out.Len() == 0 && b.quiet() {
		return b.unmarked()
	}
	if out.Len() == 0 {
		return fold(strings.ReplaceAll(b.plain, "\n", " "))
	}
	return out.String()
}

// quiet reports whether the owner wants no snippet of some of the words
// (data-nosnippet, Google's robots meta documentation). A paragraph that holds
// such words is left out whole: what remains of it might say something else.
func (b body) quiet() bool {
	if b.lines == nil {
		return false
	}
	for i := range b.all {
		if e := &b.all[i]; e.flags&unquoted != 0 && !e.gone {
			return true
		}
	}
	return false
}

// unmarked joins the lines, of whatever kind, that may be quoted.
func (b body) unmarked() string {
	var list []string
	for i := range b.all {
		if e := &b.all[i]; e.flags&unquoted == 0 && !e.gone && !e.about && e.text != "" {
			list = append(list, e.text)
		}
	}
	return fold(strings.Join(list, " "))
}

// cutAtSentence shortens s to about most runes: at the end of a sentence if
// one ends in the second half, else at a word, with an ellipsis.
func cutAtSentence(s string, most int) string {
	if len(s) <= most || utf8.RuneCountInString(s) <= most {
		return s
	}
	n, limit, sentenceEnd, wordEnd := 0, len(s), 0, 0
	for i, r := range s {
		if n == most {
			limit = i
			break
		}
		n++
		switch {
		case r == ' ':
			wordEnd = i
			if endsSentence(s[:i], s[i+1:]) {
				sentenceEnd = i
			}
		case r == '。' || r == '！' || r == '？':
			sentenceEnd = i + utf8.RuneLen(r)
			wordEnd = sentenceEnd
		}
	}
	if s[limit] == ' ' {
		wordEnd = limit
		if endsSentence(s[:limit], s[limit+1:]) {
			sentenceEnd = limit
		}
	}
	if sentenceEnd > limit/3 {
		return strings.TrimRight(s[:sentenceEnd], " ")
	}
	if wordEnd == 0 {
		wordEnd = limit // one long word, or a script without spaces
	}
	return strings.TrimRight(s[:wordEnd], " ,;:-–—(") + "…"
}

// endsSentence reports whether a sentence ends with head, before a space and
// rest. Titles, initials and numbers do not end one.
func endsSentence(head, rest string) bool {
	head = strings.TrimRight(head, `"'”’»)`)
	if head == "" || rest == "" {
		return false
	}
	switch head[len(head)-1] {
	case '!', '?':
		return true
	case '.':
	default:
		return strings.HasSuffix(head, "…")
	}
	word := head[strings.LastIndexAny(head, " (“\"")+1 : len(head)-1]
	if abbreviation(word) {
		return false
	}
	r, _ := utf8.DecodeRuneInString(strings.TrimLeft(rest, `"'“‘«(`))
	return !unicode.IsLower(r)
}

// abbreviation reports whether a word before a full stop is one: Indonesian
// and English titles and degrees, initials, initials of companies.
func abbreviation(w string) bool {
	if utf8.RuneCountInString(w) <= 1 || strings.IndexByte(w, '.') >= 0 && len(w) <= 5 {
		return true
	}
	switch lower(w) {
	case "dr", "drs", "dra", "ir", "prof", "kh", "hj", "tgk", "st", "sdr", "bpk", "jl", "jln", "no", "kel",
		"kec", "kab", "rp", "gg", "pt", "cv", "tbk", "yth", "dkk", "dll", "dst", "dsb", "hlm", "rt", "rw",
		"moh", "muh", "muhd", "abd", "sh", "mh", "mm", "ak", "ny", "tn", "kol", "letkol", "brigjen",
		"irjen", "akp", "kompol", "akbp", "kombes", "serka", "ph", "mr", "mrs", "ms", "sr", "jr", "vs",
		"etc", "inc", "ltd", "co", "corp", "gen", "sen", "rep", "gov", "rev", "ust":
		return true
	}
	return false
}
