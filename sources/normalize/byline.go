package normalize

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"warta/sources"
)

// byline is what one line says about who made the story.
type byline struct {
	persons    []sources.Person
	agency     string
	credit     string
	provenance []sources.Provenance
	whole      bool // the line is a byline and nothing else
	tookNext   bool // the names stood on the next line
}

// mark is a label found in a line.
type mark struct {
	label
	from, to int // the label and its colon
	colon    bool
}

// bylineIn reads a line. next is the line after it; edge says that the line is
// the first or the last, where a name may stand alone.
func bylineIn(text, next, outlet string, edge bool) byline {
	var by byline
	if len(text) > 1500 {
		return by
	}
	if strings.Contains(text, "kontribusi") || strings.Contains(text, "contributed") {
		by.contributors(text)
	}
	if by.wire(text, outlet) || by.written(text, outlet) {
		return by
	}
	marks := marksIn(text)
	if len(marks) == 0 {
		if len(text) <= 120 && !by.alone(text, next, outlet) {
			by.unlabelled(text, next, outlet, edge)
		}
		return by
	}
	start := leadIn(text, marks[0])
	if start == notByline {
		return by
	}
	by.whole = start == atStart && len(text) < 300
	if start == afterName {
		by.segment(text[:marks[0].from], label{role: "author"}, outlet)
	}
	for k, m := range marks {
		end := len(text)
		if k+1 < len(marks) {
			end = marks[k+1].from
		}
		part := text[m.to:end]
		if blankNames(part) && k == len(marks)-1 && m.colon && next != "" && len(next) < 120 && len(marksIn(next)) == 0 {
			n := len(by.persons)
			by.segment(next, m.label, outlet)
			by.tookNext = len(by.persons) > n
			continue
		}
		by.segment(part, m.label, outlet)
	}
	if len(by.persons) == 0 && by.agency == "" && len(by.provenance) == 0 {
		by.whole = false
	}
	return by
}

// alone reads a label that stands by itself, with the name on the next line.
func (by *byline) alone(text, next, outlet string) bool {
	if len(text) > longestLabel || next == "" || len(next) > 60 || !capitalised(text) {
		return false
	}
	l, ok := labels()[lowerLabel(strings.Trim(text, " :"))]
	if !ok || !l.weak || !nameList(next) || strings.HasSuffix(next, ".") || !strings.Contains(next, " ") {
		return false
	}
	by.segment(next, l, outlet)
	by.whole, by.tookNext = len(by.persons) > 0, len(by.persons) > 0
	return by.whole
}

// wire reads "(Reporting by A and B; Editing by C)".
func (by *byline) wire(s, outlet string) bool {
	i := strings.Index(s, "Reporting by ")
	if i < 0 && strings.Contains(s, "Editing by ") {
		i = strings.Index(s, "Writing by ")
	}
	if i < 0 || len(s)-i > 300 {
		return false
	}
	for part := range strings.SplitSeq(strings.Trim(s[i:], "()[]. "), ";") {
		part = strings.TrimSpace(part)
		verb, names, ok := strings.Cut(part, " by ")
		if !ok {
			continue
		}
		role := "contributor"
		switch lower(verb) {
		case "reporting", "writing", "reporting and writing", "written", "compiled":
			role = "author"
		case "editing":
			role = "editor"
		}
		by.segment(names, label{role: role}, outlet)
	}
	by.whole = i < 2 && len(by.persons) > 0
	return len(by.persons) > 0
}

// written reads "Artikel ini ditulis oleh Siti Rahma, peserta magang di
// Contoh.com." and "This article was written by Jane Doe."
func (by *byline) written(s, outlet string) bool {
	for _, verb := range [...]string{" ini ditulis oleh ", " ini dibuat oleh ", " was written by "} {
		if len(s) > 200 {
			return false
		}
		i := strings.Index(s[:min(len(s), 20+len(verb))], verb) // near the beginning
		if i < 0 {
			continue
		}
		names := strings.TrimRight(s[i+len(verb):], " .)")
		if end := strings.Index(names, ", "); end > 0 && !capitalised(names[end+2:]) {
			names = names[:end]
		}
		if nameList(names) {
			by.segment(names, label{role: "author"}, outlet)
			by.whole = len(by.persons) > 0
		}
		return by.whole
	}
	return false
}

// marksIn finds the labels of a line: all with a colon; without, only one that
// begins the line.
func marksIn(s string) []mark {
	var out []mark
	wide := strings.Contains(s, "：")
	for i := 0; i < len(s); {
		c, size := strings.IndexByte(s[i:], ':'), 1
		if wide {
			if w := strings.Index(s[i:], "："); w >= 0 && (c < 0 || w < c) {
				c, size = w, len("：")
			}
		}
		if c < 0 {
			break
		}
		c += i
		head := strings.TrimRight(s[i:c], " \u00a0")
		if from, l, ok := labelBefore(s, i, head); ok {
			out = append(out, mark{label: l, from: from, to: c + size, colon: true})
		} else if l, ok := labels()[lowerLabel(firstField(head))]; ok && i == 0 && l.role == "author" && len(head) < 40 && allWords(head, capitalised) {
			out = append(out, mark{label: l, from: 0, to: c + size, colon: true}) // "Kontributor Paser: …"
		}
		i = c + size
	}
	if len(out) == 0 || !blankNames(s[:out[0].from]) {
		if m, ok := weakLabel(s); ok {
			out = append(moreBy(s, m), out...)
		}
	}
	return out
}

// moreBy adds the labels after a first one without a colon: "Words by A,
// photos by B".
func moreBy(s string, first mark) []mark {
	out := []mark{first}
	for i := first.to; i < len(s); i++ { // "Reporter A | Editor B"
		if s[i] != '|' && s[i] != '/' && s[i] != ';' && s[i] != ',' && s[i] != '-' {
			continue
		}
		from := i + 1 + len(s[i+1:]) - len(strings.TrimLeft(s[i+1:], " "))
		word := firstField(s[from:])
		if l, ok := labels()[lowerLabel(word)]; ok && l.weak && capitalised(word) && from+len(word) < len(s) {
			out = append(out, mark{label: l, from: from, to: from + len(word)})
		}
	}
	for at := first.to; ; {
		i := strings.Index(s[at:], " by ")
		if i < 0 {
			return out
		}
		at += i + len(" by")
		if from, l, ok := labelBefore(s, 0, s[:at]); ok && from > first.to && l.weak && strings.Contains(s[from:at], " ") {
			out = append(out, mark{label: l, from: from, to: at})
		}
	}
}

// labelBefore finds the label that head, which begins at base, ends with; the
// longest wins. It must begin a word, or a capital must tell it from a name
// it is glued to: "SavitriEditor:".
func labelBefore(s string, base int, head string) (int, label, bool) {
	// Lowered once; a letter whose lower case has another length is no label's.
	tail := head[max(0, len(head)-longestLabel):]
	low := lowerLabel(tail)
	if len(low) != len(tail) {
		low = lower(tail)
	}
	for n := min(len(head), longestLabel); n >= 2; n-- {
		at := len(head) - n
		if !utf8.RuneStart(head[at]) {
			continue
		}
		l, ok := labels()[low[len(low)-n:]]
		if !ok {
			continue
		}
		if at > 0 {
			before, _ := utf8.DecodeLastRuneInString(head[:at])
			first, _ := utf8.DecodeRuneInString(head[at:])
			glued := unicode.IsLower(before) && unicode.IsUpper(first)
			if (unicode.IsLetter(before) || unicode.IsDigit(before)) && !glued && unicode.IsUpper(first) == unicode.IsUpper(before) && first < 0x2E80 {
				continue
			}
			if unicode.IsLetter(before) && !glued && first < 0x2E80 {
				continue
			}
			if before == '\'' || before == '-' && !unicode.IsUpper(first) {
				continue
			}
		}
		return base + at, l, true
	}
	return 0, label{}, false
}

// weakLabel finds a label without a colon at the beginning of a short line.
func weakLabel(s string) (mark, bool) {
	if len(s) > 120 {
		return mark{}, false
	}
	from := len(s) - len(strings.TrimLeft(s, " (*[-–—•"))
	rest := s[from:]
	if rest == "" || !capitalised(rest) {
		return mark{}, false
	}
	for n, spaces := 0, 0; n <= len(rest) && spaces < 4; n++ {
		if n < len(rest) && rest[n] != ' ' {
			continue
		}
		spaces++
		l, ok := labels()[lowerLabel(rest[:n])]
		if !ok || !l.weak || n == len(rest) {
			continue
		}
		// A longer label may begin with this one.
		if m := strings.IndexByte(rest[n+1:], ' '); m > 0 {
			if l2, ok := labels()[lowerLabel(rest[:n+1+m])]; ok && l2.weak {
				l, n = l2, n+1+m
			}
		}
		names := rest[n:]
		if i := strings.IndexAny(names, ",;|"); i > 0 && strings.Contains(names[i:], " by ") {
			names = names[:i]
		}
		if i := datedFrom(names); i > 0 {
			names = names[:i]
		}
		if strings.HasSuffix(names, ".") || !nameList(names) {
			return mark{}, false
		}
		return mark{label: l, from: from, to: from + n}, true
	}
	return mark{}, false
}

// nameList reports whether a text is nothing but names, "sumber" and what
// joins them.
func nameList(s string) bool {
	words, names := 0, 0
	for w := range strings.FieldsSeq(s) {
		w = strings.Trim(w, "()[]|/,;*-–.")
		if w == "" {
			continue
		}
		words++
		switch lower(w) {
		case "dan", "and", "in", "dari", "sumber", "bin", "binti", "al", "van", "de", "von", "&":
			continue
		}
		if isDomain(w) {
			continue
		}
		if !capitalised(w) || strings.ContainsAny(w, ":\"“”?!") {
			return false
		}
		names++
	}
	return names > 0 && words <= 9
}

type lead int

const (
	notByline lead = iota
	atStart        // the label begins the line, or what stands before is no part of it
	afterName      // a name stands before the label
	atEnd          // the label stands in brackets or after the story's last words
)

// leadIn judges what stands before the first label.
func leadIn(s string, m mark) lead {
	before := strings.TrimRight(s[:m.from], " \u00a0")
	if blankNames(before) || strings.HasPrefix(m.role, "desk") {
		return atStart
	}
	last, _ := utf8.DecodeLastRuneInString(before)
	switch {
	case last == '(' || last == '[' || last == '【' || last == '|':
		return atEnd
	case m.role == "photographer" || m.role == "source" || m.role == "contributor":
		return notByline // "…, foto: …" is too common within sentences
	case last == '.' || last == '”' || last == '"' || last == ')' || last == '*' || last == '/' || last == '…' || last == '\'':
		return atEnd
	case strings.Contains(before, "://") && !strings.Contains(before[strings.LastIndex(before, "://"):], " "):
		return atEnd // after the address of the first publication
	case common(s[m.from:m.to]) || !upperFirst(s[m.from:]):
		return notByline
	case len(before) <= 40 && strings.Count(before, " ") < 5 && allWords(before, capitalised) && !strings.ContainsAny(before, "\"“?!"):
		return afterName
	}
	// Glued to the end of the text: "… katanya.SavitriEditor: …" is rare; a
	// label with a capital in a line that ends after a few names is not.
	first, _ := utf8.DecodeRuneInString(s[m.from:])
	if unicode.IsUpper(first) && len(s)-m.to < 60 && nameList(s[m.to:]) && m.label.weak {
		return atEnd
	}
	return notByline
}

// common reports whether a label is an everyday word: nothing may stand before
// it.
func common(s string) bool {
	switch lower(strings.TrimRight(s, " :：")) {
	case "by", "oleh", "text", "teks", "video", "red", "rep", "laporan", "naskah", "author", "source", "sumber":
		return true
	}
	return false
}

// blankNames reports whether a text holds nothing but punctuation.
func blankNames(s string) bool {
	for _, r := range s {
		if unicode.IsLetter(r) || unicode.IsDigit(r) {
			return false
		}
	}
	return true
}
