package parse

import (
	"strings"

	"warta/sources"
)

// personFrom reads an author string as RSS feeds write them: "a@b (Name)",
// "Name (a@b)", "Name <a@b>", "a@b", "Name". What fits no form is a name as it
// stands: nobody is lost for an unusual spelling.
func personFrom(raw, role string) sources.Person {
	raw = strings.Join(strings.Fields(raw), " ")
	p := sources.Person{Raw: raw, Role: role}
	if raw == "" {
		return p
	}
	if name, in, ok := parenthesis(raw, '<', '>'); ok && isEmail(in) {
		p.Name, p.Email = strings.Trim(name, ` "`), bareEmail(in)
		return p
	}
	if before, in, ok := parenthesis(raw, '(', ')'); ok {
		switch {
		case isEmail(before) && isEmail(in):
			p.Email = bareEmail(before)
			return p
		case isEmail(before):
			p.Name, p.Email = in, bareEmail(before)
			return p
		case isEmail(in):
			p.Name, p.Email = before, bareEmail(in)
			return p
		}
	}
	if isEmail(raw) {
		p.Email = bareEmail(raw)
		return p
	}
	if first, rest, ok := strings.Cut(raw, " "); ok && isEmail(first) {
		p.Name, p.Email = strings.Trim(rest, "()- "), bareEmail(first)
		return p
	}
	if i := strings.LastIndexByte(raw, ' '); i > 0 && isEmail(raw[i+1:]) {
		p.Name, p.Email = strings.Trim(raw[:i], "()-, "), bareEmail(raw[i+1:])
		return p
	}
	p.Name = raw
	return p
}

// parenthesis parts "before (in)" where the last bracket ends the string.
func parenthesis(s string, open, shut byte) (before, in string, ok bool) {
	if s[len(s)-1] != shut {
		return "", "", false
	}
	depth := 0
	for i := len(s) - 1; i >= 0; i-- {
		switch s[i] {
		case shut:
			depth++
		case open:
			if depth--; depth == 0 {
				return strings.TrimSpace(s[:i]), strings.TrimSpace(s[i+1 : len(s)-1]), true
			}
		}
	}
	return "", "", false
}

func bareEmail(s string) string { return strings.TrimPrefix(s, "mailto:") }

// isEmail tells an address from a "@handle".
func isEmail(s string) bool {
	s = bareEmail(s)
	at := strings.IndexByte(s, '@')
	return at > 0 && at < len(s)-1 && strings.LastIndexByte(s, '@') == at && !strings.ContainsAny(s, " ()<>,;\"/")
}

// addPerson adds a person who isn't there already; one who was known by name
// or address alone is completed.
func addPerson(list []sources.Person, p sources.Person) []sources.Person {
	if p.Name == "" && p.Email == "" && p.URL == "" {
		return list
	}
	for i, q := range list {
		if p.Name != "" && q.Name == "" && q.Email != "" && q.Email == p.Email { // known by address only
			list[i].Name, list[i].Raw = p.Name, p.Raw
			return list
		}
		if q.Name != p.Name || q.Role != p.Role || p.Name == "" && (q.Email != p.Email || q.URL != p.URL) {
			continue
		}
		if q.Email == "" || p.Email == "" || q.Email == p.Email {
			if list[i].Email == "" {
				list[i].Email = p.Email
			}
			if list[i].URL == "" {
				list[i].URL = p.URL
			}
			return list
		}
	}
	return append(list, p)
}
