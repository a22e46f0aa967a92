package normalize

import (
	"strings"

	"golang.org/x/net/html/atom"

	"warta/sources"
)

// facts is what a story's own lines say about it. The lines stay as they are.
type facts struct {
	persons    []sources.Person
	credit     string
	agency     string
	dateline   string
	provenance []sources.Provenance
	advert     bool
}

// How far from the beginning and the end of a text such lines are looked for.
const (
	nearTop    = 4
	nearBottom = 12
)

// facts reads the lines at both ends of a text. local says that it is, or may
// be, Indonesian: some customs are believed only there.
func (b body) facts(outlet string, local bool) facts {
	var f facts
	if b.lines == nil {
		return f
	}
	var own []int
	for i := range b.all {
		e := &b.all[i]
		if !e.gone && e.text != "" && e.flags&(inCaption|inPre|inTable) == 0 {
			own = append(own, i)
		}
	}
	tells, elsewhere := tellsAnything(b.plain)
	for k, i := range own {
		e := &b.all[i]
		top, bottom := k < nearTop, k >= len(own)-nearBottom
		if tells || elsewhere && bottom && tellsElsewhere(e.text) {
			if p, ok := provenance(e.text, func() []string { return b.hrefs(e) }); ok {
				f.provenance = append(f.provenance, p)
				e.about = true
			}
		}
		if !top && !bottom && len(e.text) > 120 || e.flags&inQuote != 0 {
			continue
		}
		if e.flags&(inList|allLink) == 0 && (isAdvertMark(e.text) || b.tree.rules.isPaid(e.text)) {
			f.advert = true
			e.about = e.about || strings.Count(e.text, " ") < 3 && !strings.Contains(e.text, ",")
		}
		if bottom && len(e.text) < 200 && isCopyright(e.text) {
			f.agency = firstOf(f.agency, agencyOf(copyrightHolder(e.text)))
			e.about = true
		}
		var next string
		if k+1 < len(own) {
			next = b.all[own[k+1]].text
		}
		edge := (k == 0 || k == len(own)-1) && e.flags&(inList|allLink|inHeading) == 0
		by := bylineIn(e.text, next, outlet, edge)
		if len(by.persons) == 0 && b.tree.authors && len(e.text) <= 120 {
			by.marked(b.markedAuthor(e), e.text, outlet)
		}
		if edge && !by.whole && len(e.text) <= 60 && b.emphasized(e) && (k > 0 || len(next) > 80) {
			by.strong(e.text, outlet)
		}
		if by.whole {
			e.about = true
			if by.tookNext {
				b.all[own[k+1]].about = true
			}
		}
		if len(by.provenance) == 1 && by.provenance[0].URL == "" {
			if all := b.hrefs(e); len(all) == 1 { // "Sumber: Harian Contoh", linked
				by.provenance[0].URL = all[0]
			}
		}
		f.add(by)
		if top && f.dateline == "" && !e.about && e.flags&(inHeading|inQuote) == 0 {
			if d := dateline(e.text, next, outlet, local); d != "" {
				f.dateline = d
				f.agency = firstOf(f.agency, agencyInDateline(d))
			}
		}
	}
	b.endCredit(&f, own, outlet, local)
	return f
}

// emphasized reports whether all words of a line are strong.
func (b body) emphasized(e *line) bool {
	for _, leaf := range b.leaves[e.from:e.to] {
		i := b.tree.nodes[leaf].parent
		for ; i > 0 && b.tree.nodes[i].tag != atom.Strong && b.tree.nodes[i].tag != atom.B; i = b.tree.nodes[i].parent {
		}
		if i <= 0 && !blank(b.tree.nodes[leaf].text) {
			return false
		}
	}
	return true
}

// markedAuthor gives the words of a line that stand in an element marked to
// hold an author's name.
func (b body) markedAuthor(e *line) string {
	var name strings.Builder
	for _, leaf := range b.leaves[e.from:e.to] {
		for i := leaf; i > 0; i = b.tree.nodes[i].parent {
			if r := b.tree.nodes[i].rule; r != nil && r.how == "author" {
				name.WriteString(b.tree.nodes[leaf].text)
				name.WriteByte(' ')
				break
			}
		}
	}
	return fold(name.String())
}

// add takes over what a line said.
func (f *facts) add(by byline) {
	for _, p := range by.persons {
		f.persons = addPerson(f.persons, p)
	}
	f.agency = firstOf(f.agency, by.agency)
	f.provenance = append(f.provenance, by.provenance...)
	f.credit = firstOf(f.credit, by.credit)
}

// merge adds what another text of the same item says.
func (f *facts) merge(g facts) {
	for _, p := range g.persons {
		f.persons = addPerson(f.persons, p)
	}
	f.agency = firstOf(f.agency, g.agency)
	f.dateline = firstOf(f.dateline, g.dateline)
	f.credit = firstOf(f.credit, g.credit)
	f.advert = f.advert || g.advert
	for _, p := range g.provenance {
		f.provenance = addProvenance(f.provenance, p)
	}
}

// hrefs lists the addresses of the links in a line.
func (b body) hrefs(e *line) []string {
	var out []string
	for _, leaf := range b.leaves[e.from:e.to] {
		for i := b.tree.nodes[leaf].parent; i > 0; i = b.tree.nodes[i].parent {
			for _, a := range b.tree.nodes[i].attrs {
				if a.key == "href" && (len(out) == 0 || out[len(out)-1] != a.val) {
					out = append(out, a.val)
				}
			}
		}
	}
	return out
}

// agencyInDateline finds the agency in "Jakarta (ANTARA)".
func agencyInDateline(d string) string {
	if i := strings.LastIndexByte(d, '('); i >= 0 {
		inner := strings.Trim(d[i+1:], ") ")
		for part := range strings.FieldsFuncSeq(inner, func(r rune) bool { return r == '/' || r == ',' || r == '-' }) {
			if a := firstOf(agencyOf(part), agencyOf(firstField(part))); a != "" {
				return a
			}
		}
	}
	for part := range strings.SplitSeq(d, ",") {
		if a := agencyOf(part); a != "" {
			return a
		}
	}
	return ""
}

// endCredit reads the brackets a story ends with: "(hnh/kri)", "[Antara]",
// "(Adv)".
func (b body) endCredit(f *facts, own []int, outlet string, local bool) {
	for k := len(own) - 1; k >= 0 && k >= len(own)-6; k-- {
		e := &b.all[own[k]]
		if e.flags&inQuote != 0 {
			continue
		}
		c, alone := lastBracket(e.text)
		if bare := strings.Trim(e.text, "-– "); len(bare) <= 40 && (bare == "ANT" || strings.HasPrefix(bare, "ANT/") || strings.HasPrefix(bare, "ANTARA/")) {
			c, alone = e.text, true
		}
		if c == "" && local && k == len(own)-1 {
			c = lastSign(e.text)
		}
		if c == "" {
			continue
		}
		got, ok := readCredit(c, outlet, local)
		if !ok {
			continue
		}
		if e.about && !alone {
			got.persons = nil // "Oleh: Siti Rahma, M.H. (Advokat)"
		}
		e.about = e.about || alone
		f.credit = firstOf(f.credit, c)
		f.agency = firstOf(f.agency, got.agency)
		f.advert = f.advert || got.advert
		for _, p := range got.persons {
			f.persons = addPerson(f.persons, p)
		}
		return
	}
}
