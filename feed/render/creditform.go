package render

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"warta/feed"
)

// worded fills a wording of the credit line, the owner's or the operator's:
// the pieces, what they say as text, and which fields stand in them. A group
// in which a field is empty is left out. A wording that can't be read is taken
// for plain words.
func worded(form string, e *feed.Entry, d *feed.Decision, w *words, p *parties, most int) (segs []segment, said string, used map[string]bool) {
	parts, err := feed.ParseCredit(form)
	if err != nil {
		parts = []feed.CreditPart{{Words: form}}
	}
	f := filler{e: e, d: d, w: w, p: p, most: most, used: map[string]bool{}}
	for _, part := range parts {
		if part.Group == nil {
			f.put(part)
			continue
		}
		before, had := len(f.segs), f.used
		f.used, f.empty = map[string]bool{}, false
		for _, inner := range part.Group {
			f.put(inner)
		}
		if f.empty {
			f.segs, f.used = f.segs[:before], had
			continue
		}
		for name := range had {
			f.used[name] = true
		}
	}
	var b strings.Builder
	for i := range f.segs {
		f.segs[i].joined = i > 0
		b.WriteString(f.segs[i].label + f.segs[i].text)
	}
	return f.segs, b.String(), f.used
}

// says reports whether a text stands in what is said, as words of its own: an
// Ani is not named by Anita.
func says(said, text string) bool {
	word := func(r rune) bool { return unicode.IsLetter(r) || unicode.IsDigit(r) || unicode.IsMark(r) }
	for from := 0; ; {
		i := strings.Index(said[from:], text)
		if i < 0 {
			return false
		}
		start, end := from+i, from+i+len(text)
		before, _ := utf8.DecodeLastRuneInString(said[:start])
		after, size := utf8.DecodeRuneInString(said[end:])
		if !(start > 0 && word(before)) && !(size > 0 && word(after)) {
			return true
		}
		from = end
	}
}

// filler puts an entry's facts into a wording.
type filler struct {
	e     *feed.Entry
	d     *feed.Decision
	w     *words
	p     *parties
	most  int
	segs  []segment
	used  map[string]bool
	empty bool // a field had nothing to say
}

func (f *filler) put(part feed.CreditPart) {
	if part.Field == "" {
		f.segs = append(f.segs, segment{text: part.Words})
		return
	}
	if part.Field == "terms" {
		f.terms()
		return
	}
	s := f.field(part.Field)
	if s.text == "" {
		f.empty = true
		return
	}
	f.used[part.Field] = true
	f.segs = append(f.segs, s)
}

func (f *filler) field(name string) segment {
	a := &f.e.Attribution
	switch name {
	case "byline":
		return segment{text: names(f.p.byline)}
	case "credit":
		return segment{text: oneLine(a.Credit)}
	case "outlet":
		return segment{text: f.p.source.Title, href: f.p.source.URL}
	case "via":
		if s := oneLine(a.Source.Title); a.Origin != nil && s != f.p.source.Title {
			return segment{text: s, href: href(a.Source.URL)}
		}
	case "agency":
		return segment{text: oneLine(a.Agency)}
	case "dateline":
		return segment{text: oneLine(a.Dateline)}
	case "photo":
		if m := f.e.Image; m != nil {
			return segment{text: first(oneLine(m.Credit), oneLine(m.Copyright))}
		}
	case "date":
		if statable(f.e.Published) {
			return segment{text: f.w.moment(f.e.Published, nil)}
		}
	case "title":
		return segment{text: oneLine(f.e.Title)}
	case "link":
		return segment{text: shortAddress(f.p.link), href: f.p.link}
	}
	return segment{}
}

// terms puts the terms one after another.
func (f *filler) terms() {
	f.used["terms"] = true
	for i, s := range termSegments(nil, f.e, f.d, f.w, f.p, f.most) {
		if i > 0 {
			s.label = " · " + s.label
		}
		f.segs = append(f.segs, s)
	}
}
