package evidence

import (
	"strings"
	"testing"

	"warta/sources"
	"warta/sources/prose"
)

func kinds(list []sources.Evidence) map[sources.EvidenceKind]bool {
	m := map[sources.EvidenceKind]bool{}
	for _, e := range list {
		m[e.Kind] = true
	}
	return m
}

// Every rule carries its examples, and they hold.
func TestRules(t *testing.T) {
	set, err := parseRules(notices, lexiconText)
	if err != nil {
		t.Fatal(err)
	}
	t.Logf("%d rules", len(set.rules))
	names := map[string]bool{}
	for _, u := range set.rules {
		if names[u.name] {
			t.Errorf("rule %s: twice", u.name)
		}
		names[u.name] = true
		for _, also := range u.also {
			if also() == nil {
				t.Fatalf("rule %s: bad pattern", u.name)
			}
		}
		if u.pattern() == nil || u.unless != nil && u.unless() == nil {
			t.Fatalf("rule %s: bad pattern", u.name)
		}
		if len(u.needs) == 0 || len(u.yes) == 0 || u.language == "" || u.kind == "" {
			t.Errorf("rule %s: incomplete", u.name)
		}
		for _, s := range u.yes {
			if !kinds(Text(s, "text"))[u.kind] {
				t.Errorf("rule %s misses: %s", u.name, s)
			}
		}
		for _, s := range u.no {
			if kinds(Text(s, "text"))[u.kind] {
				t.Errorf("rule %s: false alarm: %s", u.name, s)
			}
		}
	}
	for _, w := range set.words.senses {
		if len(w.needs) == 0 || len(w.all) == 0 || len(w.yes) == 0 || w.kind == "" {
			t.Errorf("sense %s: incomplete", w.name)
		}
		for _, s := range w.yes {
			if !kinds(Text(s, "text"))[w.kind] {
				t.Errorf("sense %s misses: %s", w.name, s)
			}
		}
		for _, s := range w.no {
			if kinds(Text(s, "text"))[w.kind] {
				t.Errorf("sense %s: false alarm: %s", w.name, s)
			}
		}
	}
	for name, pattern := range set.speaks {
		if pattern() == nil {
			t.Fatalf("bad definition of %s", name)
		}
	}
}

func TestParseRulesErrors(t *testing.T) {
	for _, bad := range []string{"pattern x", "rule a\nnonsense x", "rule a\nneeds ab"} {
		if _, err := parseRules(bad, lexiconText); err == nil {
			t.Errorf("%q: no error", bad)
		}
	}
}

func TestParseLexiconErrors(t *testing.T) {
	for bad, want := range map[string]string{
		"class a\nwords x\nphrase b a 2":        "phrase",
		"class a\nphrase b a 2 c":               "no class",
		"class a\nphrase b a far a":             "no number",
		"kind no-copy":                          "before the first sense",
		"class a\nsense s\nall b":               "no class",
		"class a\nsense s\nneeds b":             "no stems",
		"class a\nstems s abc":                  "shorter than four",
		"class a\nwords x\nsense s\nnonsense a": "unknown word",
	} {
		if _, err := parseLexicon(bad, prose.NewStemList()); err == nil || !strings.Contains(err.Error(), want) || !strings.Contains(err.Error(), "line") {
			t.Errorf("%q: %v, want a line and %q", bad, err, want)
		}
	}
}

// Of Indonesian roots all forms are known, in the spellings of people who do not
// know the rules.
func TestForms(t *testing.T) {
	l := rules().words
	taking := l.of("copy").with(l.of("use"))
	for _, w := range []string{"mengutip", "dikutip", "pengutipan", "kutiplah", "mengcopy", "meng-copy", "mencopy", "dicopas", "menyalin", "penyalinan", "menjiplak", "memplagiat", "memuat", "pemuatan", "menayangkan", "republishing", "reproduced", "copied"} {
		if c := l.class(w); !c.has(&taking) {
			t.Errorf("%s is unknown", w)
		}
	}
	for _, w := range []string{"guna", "banyak", "ganda", "bagi", "hakim", "sungai"} {
		if c := l.class(w); c.has(&taking) {
			t.Errorf("%s is taken for copying", w)
		}
	}
}
