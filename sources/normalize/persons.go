package normalize

import (
	"slices"
	"strings"

	"warta/sources"
)

// persons settles who made the item: those the feed's elements name, then
// those the text names. Nobody is taken out.
func persons(it *sources.Item, f facts, outlet string) {
	elements := append(tidyPersons(it.Authors, "author", outlet), tidyPersons(it.Contributors, "contributor", outlet)...)
	it.Authors, it.Contributors = nil, nil
	for _, p := range append(elements, f.persons...) {
		if p.Role == "author" || p.Role == "" {
			it.Authors = addPerson(it.Authors, p)
		} else {
			it.Contributors = addPerson(it.Contributors, p)
		}
	}
	accountsLast(it.Authors)
	it.Credit = firstOf(it.Credit, f.credit)
	it.Agency = firstOf(it.Agency, f.agency)
	it.Dateline = firstOf(it.Dateline, f.dateline)
	for _, p := range f.provenance {
		it.Provenance = addProvenance(it.Provenance, p)
	}
	for _, p := range it.Authors {
		if it.Agency == "" {
			it.Agency = agencyOf(p.Name)
		}
	}
	if it.Origin != nil {
		it.Origin.Authors = tidyPersons(it.Origin.Authors, "author", it.Origin.Title)
	}
}

// accountsLast puts people before the login that posted their story. The login
// stays: it may be all that somebody goes by.
func accountsLast(list []sources.Person) {
	slices.SortStableFunc(list, func(a, b sources.Person) int { return last(a) - last(b) })
}

func last(p sources.Person) int {
	if p.Login() {
		return 1
	}
	return 0
}

// tidyPersons cleans the names of an author element, which may hold several,
// and labels as in the text.
func tidyPersons(in []sources.Person, role, outlet string) []sources.Person {
	var out []sources.Person
	for _, p := range in {
		if p.Role == "" {
			p.Role = role
		}
		if p.Raw == "" {
			p.Raw = p.Name
		}
		p.Name = fold(decodeAgain(p.Name))
		if p.Name == "Unknown" && strings.HasPrefix(p.Email, "noreply@") {
			p.Name = "" // what Blogger writes for nobody
		}
		if p.Name == "" && p.Email == "" && p.URL == "" {
			continue
		}
		for _, q := range elementNames(p, outlet) {
			q.Organization = q.Organization || q.Name != "" && isDesk(q.Name, outlet)
			out = addPerson(out, q)
		}
	}
	return out
}

// elementNames parts one element into the persons it names.
func elementNames(p sources.Person, outlet string) []sources.Person {
	if p.Name == "" || len(p.Name) > 400 {
		return []sources.Person{p}
	}
	if marks := marksIn(p.Name); len(marks) > 0 && (marks[0].colon || marks[0].from == 0) {
		if by := bylineIn(p.Name, "", outlet, false); len(by.persons) > 0 {
			return withContact(by.persons, p)
		}
	}
	if word, rest, ok := strings.Cut(p.Name, " "); ok && labels()[lowerLabel(word)].edge && strings.Contains(rest, " ") && nameList(rest) {
		p.Name = rest // "Von Jana Weber"
	}
	if names := several(p.Name); len(names) > 1 {
		var list []sources.Person
		for _, n := range names {
			list = append(list, sources.Person{Name: n, Role: p.Role})
		}
		return withContact(list, p)
	}
	return []sources.Person{p}
}

// withContact gives the string they came from to all, and the address, which
// can only be one's, to the first.
func withContact(list []sources.Person, p sources.Person) []sources.Person {
	for i := range list {
		list[i].Raw = p.Raw
	}
	list[0].Email, list[0].URL = p.Email, p.URL
	return list
}

// several parts a name that is plainly a list: every part must be a full name
// of two words, for "Doe, John" is one person.
func several(s string) []string {
	if !strings.ContainsAny(s, ",/;&|") && !strings.Contains(s, " dan ") && !strings.Contains(s, " and ") {
		return nil
	}
	names := splitNames(s)
	if len(names) < 2 {
		return nil
	}
	for i, n := range names {
		clean, ok := cleanName(n)
		if !ok || strings.Count(firstOf(strings.Split(clean, ",")...), " ") == 0 || isDesk(clean, "") {
			return nil
		}
		names[i] = clean
	}
	return names
}

// addPerson adds a person who is not there in that role; who is there is
// completed.
func addPerson(list []sources.Person, p sources.Person) []sources.Person {
	for i := range list {
		q := &list[i]
		if q.Role != p.Role || !strings.EqualFold(q.Name, p.Name) {
			continue
		}
		if p.Name == "" && q.Email != p.Email {
			continue
		}
		if q.Email != "" && p.Email != "" && q.Email != p.Email {
			continue // two of the same name
		}
		q.Email, q.URL = firstOf(q.Email, p.Email), firstOf(q.URL, p.URL)
		return list
	}
	return append(list, p)
}
