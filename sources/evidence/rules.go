package evidence

import (
	_ "embed"
	"fmt"
	"regexp"
	"strings"
	"sync"

	"warta/sources"
	"warta/sources/prose"
)

// notices is the rules as data, so that an editor can read and extend them.
//
//go:embed notices.txt
var notices string

// rule finds one kind of notice in one language.
type rule struct {
	name, language string
	kind           sources.EvidenceKind
	value          string
	needs          []prose.Group // each group must have one of its stems
	start          bool          // only where a sentence begins
	with           string        // "", "self", "here", "this" or "ours"
	pattern        func() *regexp.Regexp
	unless         func() *regexp.Regexp // nil: nothing
	also           []func() *regexp.Regexp
	yes, no        []string
}

// ruleSet is all rules with the sieve over their stems.
type ruleSet struct {
	rules   []*rule
	licence *rule // of these, the one that says where words.go should look
	sieve   *prose.Sieve
	words   *lexicon
	broken  bool                             // the rules can't be read: then no text is clear
	speaks  map[string]func() *regexp.Regexp // self, here and this
}

// rules reads the embedded rules once. A mistake in them is found by the
// tests, which read them through parseRules.
var rules = sync.OnceValue(func() *ruleSet {
	set, err := parseRules(notices, lexiconText)
	if err != nil {
		return &ruleSet{broken: true, licence: &rule{needs: []prose.Group{{}}}, sieve: prose.NewSieve(prose.NewStemList()), words: &lexicon{}}
	}
	return set
})

// reader is the state of reading the rules file.
type reader struct {
	set     *ruleSet
	defines map[string]string
	stems   *prose.StemList
}

func parseRules(text, lexiconText string) (*ruleSet, error) {
	r := &reader{set: &ruleSet{}, defines: map[string]string{}, stems: prose.NewStemList()}
	var current *rule
	for n, line := range strings.Split(text, "\n") {
		line = strings.TrimSpace(line)
		if line == "" || line[0] == '#' {
			continue
		}
		key, value, _ := strings.Cut(line, " ")
		var err error
		switch {
		case key == "define":
			name, pattern, _ := strings.Cut(value, " ")
			r.defines[name] = r.expand(pattern)
		case key == "rule":
			current = &rule{name: value}
			r.set.rules = append(r.set.rules, current)
		case current == nil:
			err = fmt.Errorf("%q before the first rule", key)
		default:
			err = r.field(current, key, value)
		}
		if err != nil {
			return nil, fmt.Errorf("notices line %d: %w", n+1, err)
		}
	}
	var err error
	if r.set.words, err = parseLexicon(lexiconText, r.stems); err != nil {
		return nil, err
	}
	for _, u := range r.set.rules {
		if u.kind == sources.Licence && u.value == "" {
			r.set.licence = u
		}
	}
	if r.set.licence == nil {
		return nil, fmt.Errorf("notices: no rule of kind licence")
	}
	r.set.sieve = prose.NewSieve(r.stems)
	r.set.speaks = map[string]func() *regexp.Regexp{}
	for _, name := range [...]string{"self", "here", "this", "ours"} {
		r.set.speaks[name] = prose.Pattern(r.defines[name])
	}
	return r.set, nil
}

func (r *reader) field(u *rule, key, value string) (err error) {
	switch key {
	case "kind":
		u.kind = sources.EvidenceKind(value)
	case "value":
		u.value = value
	case "language":
		u.language = value
	case "needs":
		u.needs, err = r.stems.Groups(value)
	case "at":
		u.start = value == "start"
	case "with":
		u.with = value
	case "pattern":
		u.pattern = prose.Pattern(r.expand(value))
		if u.start {
			u.pattern = prose.Pattern(`\A(?:` + r.expand(value) + `)`)
		}
	case "unless":
		u.unless = prose.Pattern(r.expand(value))
	case "also":
		u.also = append(u.also, prose.Pattern(r.expand(value)))
	case "yes":
		u.yes = append(u.yes, value)
	case "no":
		u.no = append(u.no, value)
	default:
		err = fmt.Errorf("rule %s: unknown word %q", u.name, key)
	}
	return err
}

// expand puts the definitions into a pattern.
func (r *reader) expand(pattern string) string {
	for name, text := range r.defines {
		pattern = strings.ReplaceAll(pattern, "{"+name+"}", text)
	}
	return pattern
}

// wanted reports whether the stems found are enough to try the rule.
func (u *rule) wanted(found *prose.Stems) bool { return met(u.needs, found) }

// met reports whether each group has one of its stems.
func met(needs []prose.Group, found *prose.Stems) bool {
	for i := range needs {
		if !needs[i].Meets(found) {
			return false
		}
	}
	return true
}
