package evidence

import (
	_ "embed"
	"fmt"
	"regexp"
	"strings"
	"sync"

	"warta/sources"
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
	needs          []group // each group must have one of its stems
	start          bool    // only where a sentence begins
	with           string  // "", "self", "here", "this" or "ours"
	pattern        func() *regexp.Regexp
	unless         func() *regexp.Regexp // nil: nothing
	also           []func() *regexp.Regexp
	yes, no        []string
}

// ruleSet is all rules with the sieve over their stems.
type ruleSet struct {
	rules   []*rule
	licence *rule // of these, the one that says where words.go should look
	sieve   *sieve
	words   *lexicon
	broken  bool                             // the rules can't be read: then no text is clear
	speaks  map[string]func() *regexp.Regexp // self, here and this
}

// rules reads the embedded rules once. A mistake in them is found by the
// tests, which read them through parseRules.
var rules = sync.OnceValue(func() *ruleSet {
	set, err := parseRules(notices, lexiconText)
	if err != nil {
		return &ruleSet{broken: true, licence: &rule{needs: []group{{}}}, sieve: newSieve(newStemList()), words: &lexicon{}}
	}
	return set
})

// reader is the state of reading the rules file.
type reader struct {
	set     *ruleSet
	defines map[string]string
	stems   *stemList
}

func parseRules(text, lexiconText string) (*ruleSet, error) {
	r := &reader{set: &ruleSet{}, defines: map[string]string{}, stems: newStemList()}
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
	r.set.sieve = newSieve(r.stems)
	r.set.speaks = map[string]func() *regexp.Regexp{}
	for _, name := range [...]string{"self", "here", "this", "ours"} {
		r.set.speaks[name] = lazy(r.defines[name])
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
		u.needs, err = r.stems.groups(value)
	case "at":
		u.start = value == "start"
	case "with":
		u.with = value
	case "pattern":
		u.pattern = lazy(r.expand(value))
		if u.start {
			u.pattern = lazy(`\A(?:` + r.expand(value) + `)`)
		}
	case "unless":
		u.unless = lazy(r.expand(value))
	case "also":
		u.also = append(u.also, lazy(r.expand(value)))
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

// lazy compiles a pattern when it is first needed: most runs need few. Patterns
// are in small letters and meet text made so by toLower, which costs less than
// ignoring case in every comparison.
func lazy(pattern string) func() *regexp.Regexp {
	return sync.OnceValue(func() *regexp.Regexp {
		re, err := regexp.Compile(pattern)
		if err != nil { // seen by the test that compiles them all
			return nil
		}
		return re
	})
}

// wanted reports whether the stems found are enough to try the rule.
func (u *rule) wanted(found *stems) bool { return met(u.needs, found) }

// met reports whether each group has one of its stems.
func met(needs []group, found *stems) bool {
	for i := range needs {
		if !needs[i].meets(found) {
			return false
		}
	}
	return true
}
