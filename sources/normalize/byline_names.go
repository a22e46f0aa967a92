package normalize

import (
	"strings"
	"time"
	"unicode"

	"warta/sources"
)

// segment reads the names after a label.
func (by *byline) segment(s string, l label, outlet string) {
	s = fold(s)
	raw := s
	s = fold(decodeAgain(s))
	if i := copyrightAt(s); i >= 0 {
		by.agency = firstOf(by.agency, agencyOf(copyrightHolder(s[i:])))
		s = s[:i]
	}
	s = trimNames(s)
	if s == "" || l.role == "desk" || l.role == "photographer" && smallWords(s) > 2 {
		return // a caption that begins with "Foto:"
	}
	if l.role == "source" {
		by.source(s, raw)
		return
	}
	if before, after, ok := cutSource(s); ok { // "Editor Brury MP sumber bisnis.com"
		by.source(after, raw)
		s = before
	}
	if i := datedFrom(s); i > 0 {
		s = s[:i]
	}
	s = withoutBrackets(s)
	for i := 0; i+1 < len(s); i++ { // "Siti Rahma. Dosen Universitas Contoh."
		if s[i] == ' ' && i > 4 && strings.LastIndexByte(s[:i], ' ') < i-4 && endsSentence(s[:i], s[i+1:]) && strings.Contains(s[:i], " ") && !isDegree(lastPart(s[:i])) {
			s = s[:i-1]
			break
		}
	}
	parts := splitNames(s)
	var people, desks []sources.Person
	for i, part := range parts {
		name, ok := cleanName(withoutOutletName(withoutPlace(part)))
		if !ok && len(parts) == 1 && l.weak {
			name, ok = smallName(part)
		}
		if !ok || i > 0 && isDatePart(lower(part)) || len(parts) > 1 && isPlace(name) && (i > 0 || upperFirst(parts[1])) || i > 0 && isOffice(name) {
			continue
		}
		if stop := name + "."; i == len(parts)-1 && strings.HasSuffix(raw, ".") && strings.Contains(lastPart(name), ".") && isDegree(lastPart(name)) ||
			initialLast(name) && strings.Contains(raw, stop) {
			name = stop // the full stop is the degree's, or an initial's
		}
		p := sources.Person{Name: name, Role: l.role, Raw: raw}
		if l.role == "photographer" && (isPlaceholder(name) || strings.HasPrefix(name, "www.")) {
			continue
		}
		if isDesk(name, outlet) {
			if a := agencyOf(name); a != "" && l.role != "photographer" {
				by.agency = firstOf(by.agency, a)
			}
			p.Organization = true
			desks = append(desks, p)
			continue
		}
		people = append(people, p)
	}
	if len(people) == 0 {
		people = desks // an outlet beside a name is where the person works
	}
	role, more, _ := strings.Cut(l.role, "+")
	for _, p := range people {
		p.Role = role
		by.persons = append(by.persons, p)
	}
	for _, p := range people {
		if p.Role = more; more != "" {
			by.persons = append(by.persons, p)
		}
	}
}

// withoutPlace takes where somebody wrote from off a name: "Siti Rahma in Paser".
func withoutPlace(s string) string {
	for _, in := range [...]string{" in ", " di ", " dari "} {
		if i := strings.Index(s, in); i > 0 && isPlace(s[i+len(in):]) {
			return s[:i]
		}
	}
	return s
}

// smallWords counts the words without a capital.
func smallWords(s string) (n int) {
	for w := range strings.FieldsSeq(s) {
		if !capitalised(strings.Trim(w, "()[]/.,;:\"'")) {
			n++
		}
	}
	return n
}

// marked reads the name that an element of a line holds which is marked to
// hold an author's. More than a name and a word or two is no byline.
func (by *byline) marked(name, text, outlet string) {
	if first, rest, _ := strings.Cut(name, " "); labels()[lower(first)].role == "author" {
		name = rest
	}
	if name == "" || !nameList(name) || len(text) > len(name)+40 {
		return
	}
	by.segment(name, label{role: "author"}, outlet)
	by.whole = len(by.persons) > 0
}

// copyrightAt finds the copyright line that some sites put after the names.
func copyrightAt(s string) int {
	low := lower(s)
	for _, w := range [...]string{"copyright", "©", "hak cipta"} {
		if i := strings.Index(low, w); i >= 0 {
			return i
		}
	}
	return -1
}

// isCopyright reports whether a line begins as copyright lines do.
func isCopyright(s string) bool {
	return strings.HasPrefix(s, "©") || len(s) > 9 && strings.EqualFold(s[:9], "copyright") || strings.HasPrefix(s, "(c) ") || strings.HasPrefix(s, "(C) ")
}

// copyrightHolder gives the name in "Copyright © ANTARA 2025".
func copyrightHolder(s string) string {
	if i := strings.LastIndex(s, "©"); i >= 0 {
		s = s[i+len("©"):]
	}
	if i := strings.IndexAny(s, ".\n"); i > 0 {
		s = s[:i]
	}
	return strings.TrimFunc(s, func(r rune) bool { return !unicode.IsLetter(r) })
}

// source keeps where a text says it was taken from.
func (by *byline) source(s, raw string) {
	s = strings.Trim(s, " .()[]*|-–")
	if s == "" || strings.Contains(s, "diolah") || len(s) > 80 && !isWeb(s) || strings.Count(s, " ") > 7 || !isWeb(s) && !sourceNames(s) {
		return
	}
	for part := range strings.FieldsFuncSeq(s, func(r rune) bool { return r == '/' || r == ',' }) {
		by.agency = firstOf(by.agency, agencyOf(part))
	}
	p := sources.Provenance{Text: raw, Outlet: s}
	if isWeb(s) {
		p.URL, p.Outlet = s, ""
		p.Outlet, _ = hostOf(s)
	}
	by.provenance = append(by.provenance, p)
}

// sourceNames reports whether a text names sources and tells no story: "polisi
// menyebut pelaku dua orang" does.
func sourceNames(s string) bool {
	small, first := 0, true
	for w := range strings.FieldsSeq(s) {
		w = strings.Trim(w, ".,()/&")
		switch {
		case w == "", capitalised(w), w[0] >= '0' && w[0] <= '9', isDomain(w), agencyOf(w) != "", outletNames[w]:
		case first, w != "dan" && w != "dari" && w != "di" && w != "via" && w != "and" && w != "of" && w != "the" && w != "berbagai" && w != "sumber" && w != "de":
			small++
		}
		first = false
	}
	return small == 0 || small == 1 && strings.Count(s, " ") < 3
}

// cutSource parts names from a "sumber X" that follows them without a colon.
func cutSource(s string) (before, after string, ok bool) {
	low := strings.ToLower(s)
	if len(low) != len(s) {
		return s, "", false
	}
	if i := strings.Index(low, " sumber "); i > 0 {
		return strings.TrimSpace(s[:i]), s[i+len(" sumber "):], true
	}
	return s, "", false
}

// contributors reads "Rani Wijaya berkontribusi dalam penulisan artikel ini."
func (by *byline) contributors(s string) {
	for _, verb := range [...]string{" turut berkontribusi ", " ikut berkontribusi ", " berkontribusi ", " contributed "} {
		i := strings.Index(s, verb)
		if i < 0 {
			continue
		}
		rest := lower(s[i+len(verb):])
		if i > 120 || !strings.Contains(rest, " ini") && !strings.Contains(rest, "this ") && !strings.Contains(rest, "reporting") ||
			!strings.Contains(rest, "artikel") && !strings.Contains(rest, "berita") && !strings.Contains(rest, "laporan") &&
				!strings.Contains(rest, "report") && !strings.Contains(rest, "article") && !strings.Contains(rest, "story") ||
			len(rest) > 80 || !nameList(strings.ReplaceAll(s[:i], ",", " ")) {
			return
		}
		by.segment(s[:i], label{role: "contributor"}, "")
		by.whole = len(by.persons) > 0
		return
	}
}

// unlabelled reads lines without a label: a name and a date, or a name alone
// at the end or the beginning.
func (by *byline) unlabelled(s, next, outlet string, edge bool) {
	if edge && next != "" && beginsDate(next) && by.named(s, s, outlet) {
		return // a name above the date
	}
	if edge && next == "" && by.signed(s, outlet) {
		return
	}
	name, rest, ok := strings.Cut(s, "|")
	if !ok {
		name, rest, ok = strings.Cut(s, " - ")
	}
	if l, known := labels()[lower(strings.TrimSpace(rest))]; ok && known && l.role != "source" && l.role != "desk" && nameList(name) && strings.Contains(strings.TrimSpace(name), " ") {
		by.segment(name, l, outlet) // "Siti Rahma - Kontributor"
		by.whole = len(by.persons) > 0
		return
	}
	if ok && edge && isOutletPart(strings.TrimSpace(rest), outlet) && strings.Count(rest, " ") < 4 {
		by.named(strings.TrimSpace(name), s, outlet) // "Siti Rahma - detikKalimantan"
		return
	}
	if by.whereFrom(s, outlet, edge) || ok && !beginsDate(rest) {
		return
	}
	if !ok && edge && by.preposition(s, outlet) || strings.ContainsAny(name, "/()[]") {
		return
	}
	if ok && !strings.ContainsAny(rest, "0123456789") || !ok && strings.ContainsAny(s, ".,:;!?\"") {
		return
	}
	name = trimNames(fold(name))
	n := strings.Count(name, " ") + 1
	if n < 2 || n > 4 {
		return
	}
	clean, valid := cleanName(name)
	if !valid || isPlace(name) || !allWords(name, capitalised) {
		return
	}
	if ok {
		if _, dated := Date(rest, DateHints{Now: bylineYear}); !dated {
			return
		}
	} else if !edge || !givenName(firstField(name)) || shouted(strings.ReplaceAll(name, " ", "")) {
		return
	}
	by.persons = append(by.persons, sources.Person{Name: clean, Role: "author", Raw: s, Organization: isDesk(clean, outlet)})
	by.whole = true
}

// strong reads a strong line at the edge of a story as a name, if no word of it
// is an everyday one: a heading has some.
func (by *byline) strong(s, outlet string) {
	for w := range strings.FieldsSeq(s) {
		if len(tongues().words[strings.ToLower(w)]) > 0 {
			return
		}
	}
	before := len(by.persons)
	if shouted(strings.ReplaceAll(s, " ", "")) { // "SITI RAHMA"
		if n := strings.Count(s, " ") + 1; n < 2 || n > 4 || isPlace(s) || isDesk(s, outlet) || !nameList(s) || strings.ContainsAny(s, ".,:;/()0123456789") || !vowels(s) {
			return
		}
		by.segment(s, label{role: "author"}, outlet)
	} else if !by.named(s, s, outlet) {
		return
	}
	by.whole = len(by.persons) > before
}

// vowels reports whether every word has one: initials of offices have none.
func vowels(s string) bool {
	for w := range strings.FieldsSeq(s) {
		if len(w) < 4 || !strings.ContainsAny(w, "AEIOUY") {
			return false
		}
	}
	return true
}

// signed reads what only the last line can be: "*Siti Rahma", "— Siti Rahma",
// "Siti Rahma/Joko Susilo".
func (by *byline) signed(s, outlet string) bool {
	name := strings.TrimLeft(s, "*-–—~ ")
	if a := agencyOf(name); a != "" && len(name) < len(s) {
		by.agency, by.whole = a, true
		return true
	}
	if strings.Contains(name, "/") && !strings.ContainsAny(name, "0123456789.,:;\"()") {
		for part := range strings.SplitSeq(name, "/") {
			if !by.named(strings.TrimSpace(part), s, outlet) {
				by.persons, by.whole = nil, false
				return false
			}
		}
		return true
	}
	return len(name) < len(s) && by.named(name, s, outlet)
}

// named takes a full name, of two to four words, that is no place's.
func (by *byline) named(name, raw, outlet string) bool {
	n := strings.Count(name, " ") + 1
	clean, ok := cleanName(name)
	if !ok || n < 2 || n > 4 || isPlace(name) || !allWords(name, capitalised) || strings.ContainsAny(name, "/()[],!?\"") || isDesk(clean, outlet) || strings.HasSuffix(name, ".") && !initialLast(strings.TrimRight(name, ".")) || shouted(strings.ReplaceAll(name, " ", "")) {
		return false
	}
	by.persons = append(by.persons, sources.Person{Name: clean, Role: "author", Raw: raw})
	by.whole = true
	return true
}

// whereFrom reads "Kontributor Samarinda, Siti Rahma" and, at an edge, "Siti
// Rahma, Samarinda".
func (by *byline) whereFrom(s, outlet string, edge bool) bool {
	before, after, ok := strings.Cut(s, ", ")
	if !ok || strings.ContainsAny(after, ".:;!?\"") || strings.ContainsAny(before, ":;!?\"") {
		return false
	}
	first, place, _ := strings.Cut(before, " ")
	l := labels()[lower(first)]
	switch {
	case l.role == "author" && capitalised(first) && isPlace(withoutOutletPart(place)) && strings.Contains(after, " ") && nameList(after):
		by.segment(after, label{role: "author"}, outlet)
	case edge && isPlace(after) && givenName(first) && !isPlace(before) && nameList(before) && strings.Count(before, " ") < 3 && place != "":
		by.segment(before, label{role: "author"}, outlet)
	}
	by.whole = len(by.persons) > 0
	return by.whole
}

// preposition reads "Par Jeanne Morel": the word alone says little, so that a
// full name and nothing else must follow.
func (by *byline) preposition(s, outlet string) bool {
	word, names, _ := strings.Cut(s, " ")
	n := strings.Count(names, " ") + 1
	if l := labels()[lowerLabel(word)]; !l.edge || !capitalised(word) || n < 2 || n > 5 || !nameList(names) || strings.HasSuffix(names, ".") || isPlace(names) {
		return false
	}
	by.segment(names, label{role: "author"}, outlet)
	by.whole = len(by.persons) > 0
	return by.whole
}

// beginsDate reports whether a text begins with a date and is little more.
func beginsDate(s string) bool {
	s = strings.TrimSpace(s)
	if s == "" || len(s) > 50 {
		return false
	}
	first := strings.ToLower(strings.TrimRight(firstField(s), ",."))
	month, _ := monthOf(first)
	return s[0] >= '0' && s[0] <= '9' || indonesianDay(first) || month > 0
}

// bylineYear stands for any time after the date beside a name: only whether
// it is a date matters.
var bylineYear = time.Date(2200, 1, 1, 0, 0, 0, 0, time.UTC)
