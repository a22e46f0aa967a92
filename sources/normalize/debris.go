package normalize

import (
	"strings"

	"golang.org/x/net/html/atom"

	"warta/sources"
)

// emptyLink stands for a link that has no words.
var emptyLink = &rule{ID: "empty-link", how: "line"}

// linked reports whether a link stands in a line.
func (l *lines) linked(e *line) bool {
	return e.flags&allLink != 0 || len((body{lines: l}).hrefs(e)) > 0
}

// maxRemovals bounds the list of what went from one text; a text with more
// furniture than that is none of ours to mend.
const maxRemovals = 500

// clean takes ad debris and reader furniture out of the lines: only whole
// lines that a rule matches, elements of a known class, and known literals
// glued to the start of a line. Quotations, captions and preformatted text
// are left alone. It lists what went.
func (l *lines) clean(rules *Rules) []sources.Removal {
	var out []sources.Removal
	for _, x := range l.tree.lost[:min(len(l.tree.lost), maxRemovals)] {
		out = append(out, sources.Removal{Text: x.text, Why: x.why})
	}
	out = l.cleanClasses(out)
	went := false // the line before this one went
	for i := 0; i < len(l.all) && len(out) < maxRemovals; i++ {
		e := &l.all[i]
		if e.gone || e.text == "" {
			went = went || e.gone
			continue
		}
		e.after, went = went, false
		if e.flags&(inCaption|inPre) != 0 {
			continue
		}
		out = l.cleanStart(i, rules, out)
		if e.flags&inQuote != 0 && e.flags&tailLink == 0 || e.flags&inTable != 0 && e.flags&tailLink == 0 {
			continue
		}
		if e.flags&tailLink != 0 {
			e.outside = func() string { return l.outside(e) }
		}
		r := rules.debris(e)
		if r == nil && e.flags&inQuote == 0 && blankNames(e.text) && strings.ContainsAny(e.text, "…»→>.") && l.linked(e) {
			r = emptyLink // "[…]", which leads to the rest of a story
		}
		if r == nil || e.flags&hasImage != 0 || !r.among(e) || e.flags&tailLink != 0 && r.how != "class" && l.offersFile(e) {
			continue
		}
		out = append(out, sources.Removal{Text: e.text, Why: r.ID})
		l.remove(i)
		went = true
		if r.how == "label" {
			out = l.cleanAfter(i, r, out)
		}
	}
	return out
}

// offersFile reports whether a line links to a document to download: what a
// notice of an office is about, however the link is introduced.
func (l *lines) offersFile(e *line) bool {
	for _, u := range (body{lines: l}).hrefs(e) {
		u, _, _ = strings.Cut(lower(u), "?")
		for _, end := range [...]string{".pdf", ".doc", ".docx", ".xls", ".xlsx", ".zip", ".rar", ".ppt", ".pptx"} {
			if strings.HasSuffix(u, end) {
				return true
			}
		}
	}
	return false
}

// outside gives the words of a line that stand before its links, if none
// stand between or after them but signs and what joins a list.
func (l *lines) outside(e *line) string {
	var before strings.Builder
	linked := false
	for _, leaf := range l.leaves[e.from:e.to] {
		n := &l.tree.nodes[leaf]
		if n.tag != 0 {
			continue
		}
		inLink := false
		for i := n.parent; i > 0 && !inLink; i = l.tree.nodes[i].parent {
			inLink = l.tree.nodes[i].tag == atom.A
		}
		switch {
		case inLink:
			linked = true
		case !linked:
			before.WriteString(n.text)
		case !blankNames(n.text):
			return ""
		}
	}
	return fold(before.String())
}

// among reports whether a rule may take a line of a quotation or a list: there
// only labels with a link go, and what stands right after something that went.
func (r *rule) among(e *line) bool {
	switch {
	case e.flags&inQuote != 0 && e.flags&allLink == 0:
		return r.how == "teaser" || r.how == "linked"
	case e.flags&inList != 0 && e.flags&tailLink == 0:
		return e.after || r.ID == "configured"
	}
	return true
}

// fits reports whether a line has the shape that the rule's way asks for.
func (r *rule) fits(e *line) bool {
	switch r.how {
	case "teaser":
		return e.teaser()
	case "linked":
		return e.flags&tailLink != 0
	case "headline":
		return e.headline()
	case "after":
		return e.after
	}
	return true
}

// headline reports whether a line is written as a headline: most words with a
// capital, no full stop at the end.
func (e *line) headline() bool {
	if strings.HasSuffix(e.text, ".") || len(e.text) > 160 {
		return false
	}
	words, capitals := 0, 0
	for w := range strings.FieldsSeq(e.text) {
		words++
		if capitalised(strings.TrimLeft(w, "\"'“‘(")) || w[0] >= '0' && w[0] <= '9' {
			capitals++
		}
	}
	return words >= 5 && capitals*3 >= words*2
}

// teaser reports whether a line can be a label and the headline of another
// story: it ends in a link, or is as short as a headline and no sentence
// follows in it. The story's own words may have been glued to it.
func (e *line) teaser() bool {
	if e.flags&tailLink != 0 {
		return true
	}
	if len(e.text) > 160 || strings.Count(e.text, " ") > 17 {
		return false // the story's next sentence is glued to the headline
	}
	if s := strings.TrimSuffix(e.text, "."); len(s) < len(e.text) && !strings.HasSuffix(s, ".") && strings.Count(s, " ") > 5 {
		bare := *e
		if bare.text = s; !bare.headline() {
			return false // headlines have no full stop
		}
	}
	if _, after, ok := strings.Cut(e.text, ": "); ok && strings.HasSuffix(e.text, ".") && !upperFirst(strings.TrimLeft(after, " \"'“‘")) {
		return false // a sentence that begins like a label
	}
	for i := 0; i < len(e.text)-1; i++ {
		if e.text[i] == ' ' && endsSentence(e.text[:i], e.text[i+1:]) && e.text[i-1] == '.' {
			return false
		}
	}
	return true
}

// cleanClasses removes the lines within elements whose class a rule names.
func (l *lines) cleanClasses(out []sources.Removal) []sources.Removal {
	t := l.tree
	var marked []bool
	for i := range t.nodes {
		n := &t.nodes[i]
		own := n.rule != nil && n.rule.how == "class"
		if marked == nil {
			if !own {
				continue
			}
			marked = make([]bool, len(t.nodes))
		}
		marked[i] = own || i > 0 && marked[n.parent]
	}
	if marked == nil {
		return out
	}
	for i := range l.all {
		e := &l.all[i]
		within := e.from < e.to
		for _, leaf := range l.leaves[e.from:e.to] {
			within = within && marked[leaf]
		}
		if within {
			out = append(out, sources.Removal{Text: e.text, Why: l.classAbove(l.leaves[e.from])})
			l.remove(i)
		}
	}
	return out
}

func (l *lines) classAbove(i int32) string {
	for ; i > 0; i = l.tree.nodes[i].parent {
		if r := l.tree.nodes[i].rule; r != nil && r.how == "class" {
			return r.ID
		}
	}
	return ""
}

// cleanStart takes literals such as "spot_img" off the beginning of a line.
func (l *lines) cleanStart(i int, rules *Rules, out []sources.Removal) []sources.Removal {
	e := &l.all[i]
	for again := true; again && len(out) < maxRemovals; {
		again = false
		for _, r := range rules.start {
			rest, ok := strings.CutPrefix(e.text, r.text)
			if !ok {
				continue
			}
			if !l.cut(e, r.text) {
				return out
			}
			out = append(out, sources.Removal{Text: r.text, Why: r.ID})
			e.text = strings.TrimLeft(rest, " ")
			again = true
			break
		}
	}
	if e.text == "" && e.flags&hasImage == 0 {
		e.gone = true
	}
	return out
}

// cut takes the literal off the first leaf of text.
func (l *lines) cut(e *line, literal string) bool {
	for _, leaf := range l.leaves[e.from:e.to] {
		n := &l.tree.nodes[leaf]
		if n.tag != 0 || blank(n.text) {
			continue
		}
		text := n.text
		for text != "" && spaceAt(text) > 0 {
			text = text[spaceAt(text):]
		}
		rest, ok := strings.CutPrefix(text, literal)
		if ok {
			n.text, l.changed = rest, true
		}
		return ok
	}
	return false
}

// cleanAfter removes what a label such as "Baca juga" announces: the rest of
// its own block, or the links that follow it.
func (l *lines) cleanAfter(i int, r *rule, out []sources.Removal) []sources.Removal {
	block := l.all[i].block
	sameBlock := false
	for k := i + 1; k < len(l.all) && k < i+12; k++ {
		e := &l.all[k]
		if e.gone {
			continue
		}
		switch {
		case e.text == "" && e.flags&hasImage != 0 && (k+1 < len(l.all) && l.all[k+1].flags&allLink != 0):
		case e.flags&allLink != 0 && e.flags&(inCaption|inQuote) == 0:
		case e.block == block && block != 0 && !e.first && len(e.text) < 200 && !sentence(e.text):
			sameBlock = true
		default:
			return out
		}
		out = append(out, sources.Removal{Text: e.text, Why: r.ID})
		l.remove(k)
		if sameBlock && k+1 < len(l.all) && l.all[k+1].first {
			return out
		}
	}
	return out
}

// sentence reports whether a text ends as sentences do, which headlines don't.
func sentence(s string) bool {
	s = strings.TrimRight(s, `"'”’) `)
	return strings.HasSuffix(s, ".") || strings.HasSuffix(s, "!") || strings.HasSuffix(s, ",") || strings.HasSuffix(s, ":")
}
