package evidence

import (
	_ "embed"
	"errors"
	"fmt"
	"slices"
	"strconv"
	"strings"

	"warta/sources"
	"warta/sources/prose"
)

// lexiconText is the words of notices as data.
//
//go:embed lexicon.txt
var lexiconText string

// classes is a set of classes, by their number.
type classes [maxClasses / 64]uint64

// maxClasses bounds them.
const maxClasses = 192

// empty reports whether there is none.
func (c *classes) empty() bool { return c[0]|c[1]|c[2] == 0 }

// with is both sets together.
func (c classes) with(other classes) classes {
	return classes{c[0] | other[0], c[1] | other[1], c[2] | other[2]}
}

// has reports whether the two sets have a class in common.
func (c *classes) has(other *classes) bool {
	return c[0]&other[0]|c[1]&other[1]|c[2]&other[2] != 0
}

// phrase is a class that stands where other classes stand in an order.
type phrase struct {
	is     classes
	parts  []classes
	within []int // how many words may stand before part n+1
}

// sense is what a sentence means.
type sense struct {
	name      string
	kind      sources.EvidenceKind
	value     string
	all, none []classes // each: one of these
	needs     []prose.Group
	yes, no   []string
}

// lexicon is the words, what they mean, and what sentences made of them mean.
type lexicon struct {
	words   map[string]classes
	roots   map[string]string  // of each form of a verb, what it is a form of
	slips   map[string]classes // words that have one slip
	slipped map[string]bool    // the two letters that those begin with
	numbers map[string]int     // of the classes, by name
	names   []string           // of the classes, by number
	phrases []phrase
	senses  []*sense

	quick [][]prose.Group        // the needs of the senses, each once
	stems map[string]prose.Stems // by name
	heads map[classes][]string   // of each class, what its words begin with
	list  *prose.StemList

	is struct { // the classes that grammar.go asks for itself
		story, inside, opens, thing, ours, picture, law, statute, source, number, that, notThat, above, quotable, text, place, at, shown, forbid, licence, licensing, act, aim, agent, theirs, sorry, polite, proper, barred, misuse, yang, namely, leave, foreign, remark, us, folk, scrape, hak, sign, contact, lacking, this classes
	}
}

// of is the class of a name; empty if there is none such.
func (l *lexicon) of(name string) classes {
	var c classes
	if n, ok := l.numbers[name]; ok {
		c[n/64] = 1 << (n % 64)
	}
	return c
}

func (l *lexicon) define(name string) (classes, error) {
	if c := l.of(name); !c.empty() {
		return c, nil
	}
	if len(l.numbers) == maxClasses {
		return classes{}, fmt.Errorf("more than %d classes", maxClasses)
	}
	l.numbers[name] = len(l.numbers)
	l.names = append(l.names, name)
	return l.of(name), nil
}

// parseLexicon reads the words. What needs stems takes them from the list.
func parseLexicon(text string, list *prose.StemList) (*lexicon, error) {
	l := &lexicon{words: map[string]classes{}, roots: map[string]string{}, slips: map[string]classes{}, slipped: map[string]bool{}, numbers: map[string]int{}, stems: map[string]prose.Stems{}, heads: map[classes][]string{}, list: list}
	var class classes
	var current *sense
	for n, line := range strings.Split(text, "\n") {
		line = strings.TrimSpace(line)
		if line == "" || line[0] == '#' {
			continue
		}
		key, value, _ := strings.Cut(line, " ")
		value = strings.TrimSpace(value)
		var err error
		switch key {
		case "class":
			class, err = l.define(value)
		case "words", "roots", "verbs":
			for _, w := range strings.Fields(value) {
				for _, form := range forms(key, w) {
					l.words[form] = l.words[form].with(class)
					if _, known := l.roots[form]; !known && key != "words" {
						l.roots[form] = strings.TrimPrefix(w, "~")
					}
				}
				l.heads[class] = append(l.heads[class], heads(key, w)...)
			}
		case "slips":
			for _, w := range strings.Fields(value) {
				err = errors.Join(err, l.forgive(w))
			}
		case "stems":
			err = l.look(value)
		case "phrase":
			err = l.phrase(value)
		case "sense":
			current = &sense{name: value}
			l.senses = append(l.senses, current)
		default:
			err = l.field(current, key, value)
		}
		if err != nil {
			return nil, fmt.Errorf("lexicon line %d: %w", n+1, err)
		}
	}
	for _, w := range l.senses {
		if !slices.ContainsFunc(l.quick, func(needs []prose.Group) bool { return slices.Equal(needs, w.needs) }) {
			l.quick = append(l.quick, w.needs)
		}
	}
	return l, l.resolve()
}

// resolve looks up the classes that the code asks for.
func (l *lexicon) resolve() error {
	for _, c := range []struct {
		to    *classes
		names string
	}{
		{&l.is.story, "story"}, {&l.is.inside, "inside"}, {&l.is.thing, "thing|ourpicture|photo"}, {&l.is.ours, "ourthing|protects"}, {&l.is.picture, "photo"},
		{&l.is.opens, "forbid|not|anyone|when|without|must|allow|thing|copy"},
		{&l.is.text, "text"}, {&l.is.place, "place"}, {&l.is.at, "at"}, {&l.is.shown, "shown"}, {&l.is.licence, "lisensi|dealing"}, {&l.is.licensing, "text|lisensi|dealing|copy|use|this|none|anyone|when|except|offered|us"}, {&l.is.act, "copy|use|scrape"}, {&l.is.aim, "foraim"}, {&l.is.agent, "agent"}, {&l.is.theirs, "theirs|yourtext"}, {&l.is.sorry, "sorry"}, {&l.is.polite, "polite"}, {&l.is.proper, "proper"}, {&l.is.barred, "submission"}, {&l.is.misuse, "misuse"}, {&l.is.yang, "yang"}, {&l.is.namely, "namely"}, {&l.is.leave, "leave"}, {&l.is.foreign, "foreign"}, {&l.is.remark, "remark"}, {&l.is.us, "us"}, {&l.is.folk, "folk"}, {&l.is.scrape, "scrape"}, {&l.is.hak, "hak"}, {&l.is.contact, "contact"}, {&l.is.lacking, "lacking"}, {&l.is.this, "this"}, {&l.is.sign, "sign"}, {&l.is.forbid, "forbid"}, {&l.is.law, "lawsays"}, {&l.is.statute, "statute"}, {&l.is.source, "source"}, {&l.is.number, "number"},
		{&l.is.that, "that"}, {&l.is.notThat, "for|including"}, {&l.is.above, "above"}, {&l.is.quotable, "forbid|copy"},
	} {
		groups, err := l.groups(c.names)
		if err != nil {
			return fmt.Errorf("lexicon: %w", err)
		}
		*c.to = groups[0]
	}
	return nil
}

// look reads "NAME a|b" or "NAME of class class | a|b": stems under one number.
func (l *lexicon) look(text string) error {
	name, value, _ := strings.Cut(text, " ")
	list := strings.Split(value, "|")
	if of, ok := strings.CutPrefix(value, "of "); ok {
		list = nil
		of, more, found := strings.Cut(of, " | ")
		for _, class := range strings.Fields(of) {
			heads, ok := l.heads[l.of(class)]
			if !ok {
				return fmt.Errorf("stems %s: no words of a class %q above it", name, class)
			}
			list = append(list, heads...)
		}
		if found {
			list = append(list, strings.Split(more, "|")...)
		}
	}
	set, err := l.list.One(list)
	l.stems[name] = set
	return err
}

// needs reads "a; b": stems of a, and of b.
func (l *lexicon) needs(value string) ([]prose.Group, error) {
	var list []prose.Group
	for _, name := range strings.Split(value, ";") {
		set, ok := l.stems[strings.TrimSpace(name)]
		if !ok {
			return nil, fmt.Errorf("no stems %q above it", strings.TrimSpace(name))
		}
		list = append(list, prose.GroupOf(set))
	}
	return list, nil
}

// phrase reads "NAME a 3 b": a, at most three words, b.
func (l *lexicon) phrase(text string) error {
	fields := strings.Fields(text)
	if len(fields)%2 != 0 {
		return fmt.Errorf("phrase %q: want a name, a class, and then a number and a class as often as you like", text)
	}
	is, err := l.define(fields[0])
	p := phrase{is: is}
	for i, f := range fields[1:] {
		if i%2 == 1 {
			n, wrong := strconv.Atoi(f)
			if wrong != nil || n < 0 || n > 20 {
				return fmt.Errorf("phrase %q: %q is no number of words", text, f)
			}
			p.within = append(p.within, n)
			continue
		}
		c := l.of(f)
		if c.empty() {
			return fmt.Errorf("phrase %q: no class %q above it", text, f)
		}
		p.parts = append(p.parts, c)
	}
	l.phrases = append(l.phrases, p)
	return err
}

func (l *lexicon) field(s *sense, key, value string) (err error) {
	if s == nil {
		return fmt.Errorf("%q before the first sense", key)
	}
	switch key {
	case "kind":
		s.kind = sources.EvidenceKind(value)
	case "value":
		s.value = value
	case "all":
		s.all, err = l.groups(value)
	case "none":
		s.none, err = l.groups(value)
	case "needs":
		s.needs, err = l.needs(value)
	case "yes":
		s.yes = append(s.yes, value)
	case "no":
		s.no = append(s.no, value)
	default:
		err = fmt.Errorf("sense %s: unknown word %q", s.name, key)
	}
	return err
}

// groups reads "a|b; c": one of a and b, and c.
func (l *lexicon) groups(text string) ([]classes, error) {
	var list []classes
	for _, group := range strings.Split(text, ";") {
		var set classes
		for _, name := range strings.Split(group, "|") {
			c := l.of(strings.TrimSpace(name))
			if c.empty() {
				return nil, fmt.Errorf("no class %q above it", strings.TrimSpace(name))
			}
			set = set.with(c)
		}
		list = append(list, set)
	}
	return list, nil
}
