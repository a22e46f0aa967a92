package normalize

import (
	"embed"
	"fmt"
	"regexp"
	"strings"
	"sync"
	"unicode"
	"unicode/utf8"
)

//go:embed rules/*.tsv
var builtinFiles embed.FS

// Rules say what in a page is no part of the story. They are data: the files
// in rules/ and what an operator adds. A Rules is not changed once in use.
type Rules struct {
	lines   map[string][]*rule // by the first word, in lower case
	any     []*rule            // no first word to find them by
	start   []*rule
	ends    []*rule // of summaries
	own     []*rule // the operator's for one source
	classes map[string]*rule
	hosts   []*rule

	// What a text must hold for one of any, or of ends, to match it; nil: that
	// is not known.
	anyWords, endWords *wordSet
}

// rule is one line of a rule file.
type rule struct {
	ID   string
	how  string // line, words, names, link-words, link-label, teaser, linked, headline, label, after, paid, end, start, class, host
	text string // start, class, host: the literal
	expr func() *regexp.Regexp

	groups []map[string]bool // words: one of each must be there
	others map[string]bool   // words: and no other word
	names  bool              // words: but names after "with", "by" and their like
}

// Builtin gives the rules that come with warta.
var Builtin = sync.OnceValue(func() *Rules {
	r := &Rules{}
	files, err := builtinFiles.ReadDir("rules")
	if err != nil {
		return r
	}
	for _, f := range files {
		data, err := builtinFiles.ReadFile("rules/" + f.Name())
		if err == nil {
			// A test reads every file; an unreadable rule is left out.
			_ = r.add(string(data), f.Name())
		}
	}
	r.index()
	return r
})

// With gives these rules and those in text, which has the form of the rule
// files: id, how, where it begins, pattern; separated by tabs, one a line.
// name is what errors call the text.
func (r *Rules) With(text, name string) (*Rules, error) {
	more := &Rules{
		lines:   make(map[string][]*rule, len(r.lines)),
		any:     r.any[:len(r.any):len(r.any)],
		start:   r.start[:len(r.start):len(r.start)],
		hosts:   r.hosts[:len(r.hosts):len(r.hosts)],
		ends:    r.ends[:len(r.ends):len(r.ends)],
		own:     r.own[:len(r.own):len(r.own)],
		classes: make(map[string]*rule, len(r.classes)),
	}
	for k, v := range r.lines {
		more.lines[k] = v[:len(v):len(v)]
	}
	for k, v := range r.classes {
		more.classes[k] = v
	}
	if err := more.add(text, name); err != nil {
		return nil, err
	}
	more.index()
	return more, nil
}

// WithPatterns gives these rules and an operator's: each a pattern for whole
// lines, or "class:" and the class of elements. A pattern that can't be read,
// which the configuration refuses, is left out.
func (r *Rules) WithPatterns(list []string) *Rules {
	more, err := r.With("", "")
	if err != nil {
		return r
	}
	for _, p := range list {
		if class, ok := strings.CutPrefix(p, "class:"); ok {
			more.classes[class] = &rule{ID: "configured", how: "class", text: class}
			continue
		}
		if expr, err := regexp.Compile(`(?is)^(?:` + p + `)$`); err == nil {
			more.own = append(more.own, &rule{ID: "configured", how: "line", expr: func() *regexp.Regexp { return expr }})
		}
	}
	return more
}

// index notes what texts must hold to be looked at for rules that no first word
// finds.
func (r *Rules) index() {
	var any, ends []string
	known := true
	for _, one := range r.any {
		piece := literalOf(one.expr().String())
		any, known = append(any, piece), known && piece != ""
	}
	if r.anyWords = nil; known {
		r.anyWords = newFoldedSet(any...)
	}
	for _, one := range r.ends {
		ends = append(ends, strings.Fields(one.text)...)
	}
	r.endWords = newWordSet(ends...)
}

func (r *Rules) add(text, name string) error {
	n := 0
	for row := range strings.Lines(text) {
		n++
		row = strings.TrimRight(row, "\r\n")
		if row == "" || row[0] == '#' {
			continue
		}
		f := strings.Split(row, "\t")
		if len(f) < 3 {
			return fmt.Errorf("%s:%d: a rule has three or four columns (id, how, words, pattern) with tabs between them", name, n)
		}
		pattern := ""
		if len(f) > 3 {
			pattern = f[3]
		}
		if err := r.addRule(f[0], f[1], f[2], pattern); err != nil {
			return fmt.Errorf("%s:%d: %w", name, n, err)
		}
	}
	return nil
}

func (r *Rules) addRule(id, how, words, pattern string) error {
	one := &rule{ID: id, how: how, text: words}
	switch how {
	case "class", "author":
		if r.classes == nil {
			r.classes = map[string]*rule{}
		}
		for w := range strings.FieldsSeq(words) {
			r.classes[w] = one
		}
	case "host":
		for w := range strings.FieldsSeq(words) {
			r.hosts = append(r.hosts, &rule{ID: id, how: how, text: w})
		}
	case "start":
		for w := range strings.SplitSeq(words, "|") {
			r.start = append(r.start, &rule{ID: id, how: how, text: w})
		}
	case "end":
		expr := `(?is)\s*(?:` + pattern + `)\s*$`
		if _, err := regexp.Compile(expr); err != nil {
			return fmt.Errorf("rule %s: %w", id, err)
		}
		one.expr = sync.OnceValue(func() *regexp.Regexp { return regexp.MustCompile(expr) })
		r.ends = append(r.ends, one)
	case "words", "names", "paid-words", "link-words", "link-label":
		one.names = how == "paid-words" || how == "names"
		if how == "paid-words" {
			one.how = "paid"
		}
		r.addWords(one, words, pattern)
	case "line", "label", "teaser", "linked", "headline", "after", "paid":
		expr := `(?is)^(?:` + pattern + `)$`
		if _, err := regexp.Compile(expr); err != nil {
			return fmt.Errorf("rule %s: %w", id, err)
		}
		one.expr = sync.OnceValue(func() *regexp.Regexp { return regexp.MustCompile(expr) })
		if words == "*" {
			r.any = append(r.any, one)
			break
		}
		if r.lines == nil {
			r.lines = map[string][]*rule{}
		}
		for w := range strings.FieldsSeq(strings.ToLower(words)) {
			r.lines[w] = append(r.lines[w], one)
		}
	default:
		return fmt.Errorf("rule %s: %q is not a way to match; choose line, words, names, link-words, link-label, teaser, linked, headline, label, after, paid, paid-words, end, start, class, author or host", id, how)
	}
	return nil
}

// addWords adds a rule that knows a line by its words: one of each group (the
// groups have semicolons between them), and nothing but these and the others.
func (r *Rules) addWords(one *rule, groups, others string) {
	one.others = map[string]bool{}
	for w := range strings.FieldsSeq(strings.ToLower(others)) {
		one.others[w] = true
	}
	for group := range strings.SplitSeq(strings.ToLower(groups), ";") {
		set := map[string]bool{}
		for w := range strings.FieldsSeq(group) {
			set[w], one.others[w] = true, true
		}
		one.groups = append(one.groups, set)
	}
	if r.lines == nil {
		r.lines = map[string][]*rule{}
	}
	for w := range one.others {
		r.lines[w] = append(r.lines[w], one)
	}
}

// captionClass stands for the classes that mark a caption without figcaption.
var captionClass = &rule{ID: "caption"}

// authorElement stands for rel=author and itemprop=author.
var authorElement = &rule{ID: "author", how: "author"}

// classRule finds the rule for one of an element's classes.
func (r *Rules) classRule(class []byte) *rule {
	for i := 0; i < len(class); {
		if isSpace(class[i]) {
			i++
			continue
		}
		j := i
		for j < len(class) && !isSpace(class[j]) {
			j++
		}
		w := class[i:j]
		if r != nil {
			if one := r.classes[string(w)]; one != nil {
				return one
			}
		}
		switch string(w) {
		case "wp-caption-text", "wp-element-caption", "caption", "photo-caption", "gallery-caption", "image-caption":
			return captionClass
		}
		i = j
	}
	return nil
}

// beacon finds the rule for an address that only counts readers.
func (r *Rules) beacon(u string) *rule {
	if r == nil || u == "" {
		return nil
	}
	_, rest, ok := strings.Cut(u, "://")
	if !ok {
		return nil
	}
	for _, one := range r.hosts {
		if at := strings.Index(rest, one.text); at >= 0 && (at == 0 || rest[at-1] == '.') && (at < 64) {
			return one
		}
	}
	return nil
}

// maxDebris is the longest line, in bytes, that can be furniture.
const maxDebris = 400

// debris finds the rule that a line's text matches as a whole.
func (r *Rules) debris(e *line) *rule {
	text := e.text
	if len(text) > maxDebris {
		return nil
	}
	for _, one := range r.own {
		if one.expr().MatchString(text) && !r.isPaid(text) && !isAdvertMark(text) {
			return one
		}
	}
	var word [32]byte
	if w := firstWord(text, word[:0]); len(w) > 0 {
		if w[0] >= '0' && w[0] <= '9' {
			w = w[:1] // rules for numbers are kept by their first figure
		}
		for _, one := range r.lines[string(w)] {
			if one.fits(e) && one.how != "link-words" && one.how != "link-label" && one.matches(text) {
				if one.how == "paid" || e.flags&tailLink == 0 && attributed(text) {
					return nil // a mark of paid content never goes, nor what somebody says
				}
				return one
			}
		}
		if e.flags&(tailLink|allLink) == tailLink && e.outside != nil {
			if before := e.outside(); before != "" {
				for _, one := range r.lines[string(w)] {
					if (one.how == "link-words" || one.how == "link-label" && introduces(before)) && one.matches(before) {
						return one
					}
				}
			}
		}
	}
	if len(text) <= 160 && (r.anyWords == nil || r.anyWords.in(text)) {
		for _, one := range r.any {
			if one.fits(e) && one.expr().MatchString(text) {
				return one
			}
		}
	}
	return nil
}

// matches reports whether a whole text is what the rule describes.
func (r *rule) matches(text string) bool {
	if r.groups == nil {
		return r.expr().MatchString(text)
	}
	if len(text) > 240 {
		return false
	}
	var buf [48]byte
	var seen uint64
	named := false
	for i := 0; i < len(text); {
		named = named || r.names && text[i] == ':'
		w, next := nextWord(text, i, buf[:0])
		from := i
		i = next
		if len(w) == 0 {
			continue
		}
		if !r.others[string(w)] {
			if from > 0 && strings.HasSuffix(strings.TrimRightFunc(text[from:next], unicode.IsLetter), "@") {
				continue // somebody's account
			}
			if !named || !capitalised(strings.TrimLeftFunc(text[from:next], notLetter)) {
				return false
			}
			continue
		}
		named = named || r.names && beforeName(string(w))
		for k, g := range r.groups {
			if g[string(w)] {
				seen |= 1 << k
			}
		}
	}
	return seen == 1<<len(r.groups)-1 && !strings.ContainsAny(text, "\"“”?")
}

// introduces reports whether a text ends in a sign that something follows.
func introduces(s string) bool {
	r, _ := utf8.DecodeLastRuneInString(s)
	return strings.ContainsRune(":：>»›►▶→|≫-–—", r)
}

func notLetter(r rune) bool { return !unicode.IsLetter(r) }

// beforeName reports whether the name of somebody who pays can follow a word.
func beforeName(w string) bool {
	switch w {
	case "dengan", "oleh", "dari", "bersama", "untuk", "with", "by", "from", "for", "adv", "advertorial", "pariwara", "inforial", "di", "via", "on", "at", "hanya", "tiktok", "instagram", "facebook", "youtube", "twitter", "telegram", "whatsapp", "news", "channel", "saluran", "kanal", "akun", "grup", "fanpage":
		return true
	}
	return false
}

// attributed reports whether a line says who said it, as stories do:
// "…, kata Bupati".
func attributed(s string) bool {
	for rest := s; ; {
		i := strings.Index(rest, ", ")
		if i < 0 {
			return false
		}
		rest = rest[i+2:]
		switch lower(firstField(rest)) {
		case "kata", "ujar", "tutur", "pesan", "seru", "imbau", "ungkap", "jelas", "ucap", "papar", "tulis", "sebut", "begitu", "demikian",
			"katanya", "ujarnya", "tuturnya", "said", "says", "told", "urged", "wrote", "sagte", "dit-il", "dijo", "disse":
			return true
		}
	}
}

// isPaid reports whether a line as a whole says that its story is paid for.
func (r *Rules) isPaid(text string) bool {
	if r == nil || len(text) > maxDebris {
		return false
	}
	var word [32]byte
	for _, one := range r.lines[string(firstWord(text, word[:0]))] {
		if one.how == "paid" && one.matches(text) {
			return true
		}
	}
	return false
}

// firstWord puts the first word of s, in lower case and without what stands
// before it, into buf.
func firstWord(s string, buf []byte) []byte {
	i := 0
	for i < len(s) && !letter(s[i]) {
		i++
	}
	for i < len(s) && s[i] >= 0x80 { // an arrow or a bullet, but no quotation mark
		r, n := utf8.DecodeRuneInString(s[i:])
		if unicode.IsLetter(r) || strings.ContainsRune("“‘«„‚‹「『《", r) {
			break
		}
		for i += n; i < len(s) && s[i] == ' '; i++ {
		}
	}
	for i < len(s) && letter(s[i]) && len(buf)+utf8.UTFMax <= cap(buf) {
		r, n := rune(s[i]), 1
		if r >= utf8.RuneSelf {
			r, n = utf8.DecodeRuneInString(s[i:])
			if !unicode.IsLetter(r) && !unicode.IsMark(r) {
				break
			}
		}
		buf = utf8.AppendRune(buf, unicode.ToLower(r))
		i += n
	}
	return buf
}

func letter(c byte) bool {
	return c|0x20 >= 'a' && c|0x20 <= 'z' || c >= 0x80 || c >= '0' && c <= '9'
}
