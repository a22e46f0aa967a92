package evidence

import (
	"testing"

	"warta/sources"
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
	set, err := parseRules(notices)
	if err != nil {
		t.Fatal(err)
	}
	t.Logf("%d rules, %d stems", len(set.rules), len(set.sieve.stems))
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
	for name, pattern := range set.speaks {
		if pattern() == nil {
			t.Fatalf("bad definition of %s", name)
		}
	}
}

func TestParseRulesErrors(t *testing.T) {
	for _, bad := range []string{"pattern x", "rule a\nnonsense x", "rule a\nneeds ab"} {
		if _, err := parseRules(bad); err == nil {
			t.Errorf("%q: no error", bad)
		}
	}
}
