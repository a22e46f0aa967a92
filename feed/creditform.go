package feed

import (
	"cmp"
	"fmt"
	"maps"
	"slices"
	"strings"
)

// CreditForms are wordings of the credit line by language ("id", "en"), or
// under "" the one for every language.
type CreditForms map[string]string

// For returns the wording for readers of the first language that is known, ""
// if there is none.
func (f CreditForms) For(languages ...string) string {
	if s, ok := f[Tongue(languages...)]; ok {
		return s
	}
	return f[""]
}

// Any is For, or where that has nothing the wording for others: for what an
// owner demands, in whatever language.
func (f CreditForms) Any(languages ...string) string {
	return cmp.Or(f.For(languages...), f["id"], f["en"])
}

// String is the wordings in one line.
func (f CreditForms) String() string {
	var list []string
	for _, language := range slices.Sorted(maps.Keys(f)) {
		if language == "" {
			list = append(list, f[language])
		} else {
			list = append(list, language+": "+f[language])
		}
	}
	return strings.Join(list, "; ")
}

// CreditFields are the names that may stand in braces in a credit line.
var CreditFields = []string{"byline", "credit", "outlet", "via", "agency", "dateline", "photo", "date", "title", "link", "terms"}

// creditAlways are the fields that no wording of the operator may leave out:
// without them a reader can't see whose the story is, where its home is and on
// what terms it stands. A byline is shown in any case.
var creditAlways = []string{"outlet", "link", "terms"}

// creditMayLack are the fields that a story may not have.
var creditMayLack = []string{"byline", "credit", "via", "agency", "dateline", "photo", "date", "title"}

// CreditPart is a piece of a credit line's wording: plain words, a field, or
// several pieces that stand together or not at all.
type CreditPart struct {
	Words string
	Field string
	Group []CreditPart
}

// ParseCredit reads a wording: words, {fields}, and [groups] that are left out
// where a field in them is empty.
func ParseCredit(s string) ([]CreditPart, error) {
	parts, rest, err := creditParts(s, false)
	if err == nil && rest != "" {
		err = fmt.Errorf("there is a ] without a [")
	}
	return parts, err
}

func creditParts(s string, inside bool) (parts []CreditPart, rest string, err error) {
	for s != "" {
		i := strings.IndexAny(s, "{}[]")
		if i < 0 {
			parts, s = append(parts, CreditPart{Words: s}), ""
			break
		}
		if i > 0 {
			parts = append(parts, CreditPart{Words: s[:i]})
		}
		sign := s[i]
		s = s[i+1:]
		switch sign {
		case '{':
			name, after, ok := strings.Cut(s, "}")
			if !ok {
				return nil, "", fmt.Errorf("a { is not closed")
			}
			if !slices.Contains(CreditFields, name) {
				return nil, "", fmt.Errorf("there is no field {%s}; the fields are {%s}", name, strings.Join(CreditFields, "}, {"))
			}
			parts, s = append(parts, CreditPart{Field: name}), after
		case '}':
			return nil, "", fmt.Errorf("there is a } without a {")
		case '[':
			if inside {
				return nil, "", fmt.Errorf("a [ stands inside another")
			}
			group, after, err := creditParts(s, true)
			if err != nil {
				return nil, "", err
			}
			parts, s = append(parts, CreditPart{Group: group}), after
		case ']':
			if !inside {
				return nil, "", fmt.Errorf("there is a ] without a [")
			}
			return parts, s, nil
		}
	}
	if inside {
		return nil, "", fmt.Errorf("a [ is not closed")
	}
	return parts, "", nil
}

// CheckCredit says what is wrong with the operator's wording of credit lines.
func CheckCredit(s string) error {
	parts, err := ParseCredit(s)
	if err != nil {
		return err
	}
	var open []string
	for _, p := range parts {
		if p.Field != "" {
			open = append(open, p.Field)
		}
	}
	for _, name := range creditAlways {
		if !slices.Contains(open, name) {
			return fmt.Errorf("it lacks {%s}, which every story must show, outside of [ ]", name)
		}
	}
	for _, name := range open {
		if slices.Contains(creditMayLack, name) {
			return fmt.Errorf("{%s} may be empty: put it and the words around it into [ ]", name)
		}
	}
	return nil
}
