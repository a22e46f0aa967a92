package curate

import (
	"net/url"
	"strings"

	"github.com/expr-lang/expr/vm"

	"warta/feed"
	"warta/sources"
)

// Subject is one entry as rules see it. It belongs to one goroutine.
type Subject struct {
	entry *feed.Entry
	env   map[string]any
	vm    vm.VM
}

// NewSubject prepares an entry for any number of rules. Nothing is worked out
// before a rule asks for it.
func NewSubject(e *feed.Entry) *Subject {
	return &Subject{entry: e, env: make(map[string]any, 8)}
}

// field is a name that rules may use.
type field struct {
	name  string
	about string // for the documentation
	value func(*Subject) any
}

// fields are the words of the rule language, besides the operators and
// functions of expr.
var fields = []field{
	{"source", "id of the source", func(s *Subject) any { return s.entry.Source }},
	{"outlet", "title of the source", func(s *Subject) any { return s.entry.Attribution.Source.Title }},
	{"title", "headline as printed", func(s *Subject) any { return s.entry.Title }},
	{"text", "headline, excerpt and text in lower case, without markup", func(s *Subject) any { return words(s.entry) }},
	{"regions", "codes of its regions, such as 64.01", func(s *Subject) any { return bounded(s.entry.Regions) }},
	{"language", "BCP 47", func(s *Subject) any { return s.entry.Language }},
	{"categories", "tags, by term and by label", func(s *Subject) any { return categories(s.entry) }},
	{"authors", "names of authors and contributors", func(s *Subject) any { return authors(s.entry) }},
	{"agency", "the wire agency it came from", func(s *Subject) any { return s.entry.Attribution.Agency }},
	{"dateline", "place as printed", func(s *Subject) any { return s.entry.Attribution.Dateline }},
	{"advertorial", "marked as paid content", func(s *Subject) any { return s.entry.Advertorial }},
	{"url", "address of the story", func(s *Subject) any { return s.entry.Attribution.URL }},
	{"host", "host of the story's address, without www", func(s *Subject) any { return host(s.entry.Attribution.URL) }},
	{"published", "when it was published, else updated, else first seen", func(s *Subject) any { return s.entry.Time() }},
	{"rights", "statements about rights, verbatim", func(s *Subject) any { return rights(s.entry) }},
	{"licenses", "addresses of licences in force", func(s *Subject) any { return bounded(s.entry.Attribution.Licenses) }},
	{"holder", "copyright holder, where stated", func(s *Subject) any { return s.entry.Attribution.Holder }},
	{"image", "has an image", func(s *Subject) any { return s.entry.Image != nil }},
	{"within", "within(\"64\"): in that region or one inside it", func(s *Subject) any { return s.within }},
	{"mentions", "mentions(\"banjir\"): headline or text has these words", func(s *Subject) any { return s.mentions }},
}

// Word is a name of the rule language with what it means, for manuals.
type Word struct{ Name, About string }

// Words lists the names of the rule language: what an entry has, then the
// functions of expr that rules may use.
func Words() []Word {
	list := make([]Word, 0, len(fields)+len(functions))
	for _, f := range fields {
		list = append(list, Word{f.name, f.about})
	}
	for _, name := range functions {
		list = append(list, Word{name, "a function of expr"})
	}
	return list
}

// specimen is an environment that holds every name, from which expr learns
// their types.
func specimen() map[string]any {
	s := NewSubject(&feed.Entry{})
	for _, f := range fields {
		s.env[f.name] = f.value(s)
	}
	return s.env
}

// maxList bounds the lists a rule can walk: what a feed sends is not bounded
// by what makes sense.
const maxList = 256

func bounded(list []string) []string {
	if len(list) > maxList {
		return list[:maxList]
	}
	if list == nil {
		return []string{}
	}
	return list
}

func categories(e *feed.Entry) []string {
	list := make([]string, 0, len(e.Categories))
	for _, c := range e.Categories {
		list = append(list, c.Term)
		if c.Label != "" && c.Label != c.Term {
			list = append(list, c.Label)
		}
	}
	return bounded(list)
}

func authors(e *feed.Entry) []string {
	a := &e.Attribution
	list := make([]string, 0, len(a.Authors)+len(a.Contributors))
	for _, persons := range [][]sources.Person{a.Authors, a.Contributors} {
		for _, p := range persons {
			list = append(list, p.Name)
		}
	}
	return bounded(list)
}

func rights(e *feed.Entry) string {
	a := &e.Attribution
	list := make([]string, 0, len(a.Statements)+1)
	for _, s := range a.Statements {
		list = append(list, s.Text)
	}
	if a.Source.Rights != "" {
		list = append(list, a.Source.Rights)
	}
	return strings.Join(list, "\n")
}

func host(address string) string {
	u, err := url.Parse(address)
	if err != nil {
		return ""
	}
	return strings.TrimPrefix(strings.ToLower(u.Hostname()), "www.")
}

// within reports whether the entry is of the region or of one inside it:
// 64.01 is within 64, 640 is not.
func (s *Subject) within(region string) bool {
	for _, r := range s.entry.Regions {
		if rest, ok := strings.CutPrefix(r, region); ok && (rest == "" || rest[0] == '.') {
			return true
		}
	}
	return false
}

// mentions reports whether the phrase stands in the text as whole words,
// whatever the case.
func (s *Subject) mentions(phrase string) bool {
	text, ok := s.env["text"].(string)
	if !ok {
		text = words(s.entry)
		s.env["text"] = text
	}
	return hasPhrase(text, strings.ToLower(phrase))
}
