package main

import (
	"os"
	"regexp"
	"strings"
	"testing"
)

// TestDependenciesAreJustified wants a line in docs/dependencies.md for each
// direct dependency, and no line for one that is gone.
func TestDependenciesAreJustified(t *testing.T) {
	mod, err := os.ReadFile("../../go.mod")
	if err != nil {
		t.Fatal(err)
	}
	doc, err := os.ReadFile("../../docs/dependencies.md")
	if err != nil {
		t.Fatal(err)
	}
	direct := make(map[string]bool)
	for _, line := range strings.Split(string(mod), "\n") {
		f := strings.Fields(strings.TrimPrefix(line, "require "))
		if len(f) == 2 && strings.Contains(f[0], "/") && strings.HasPrefix(f[1], "v") {
			direct[f[0]] = true
			if !strings.Contains(string(doc), f[0]) && !strings.HasPrefix(f[0], "github.com/riverqueue/") {
				t.Errorf("%s has no line in docs/dependencies.md", f[0])
			}
		}
	}
	for _, m := range regexp.MustCompile(`(?m)^\| ([^ ,|]+\.[^ ,|]+/[^ ,|]+)`).FindAllStringSubmatch(string(doc), -1) {
		if !direct[m[1]] && !strings.Contains(string(mod), "tool "+m[1]) && !strings.Contains(string(mod), m[1]+" ") {
			t.Errorf("docs/dependencies.md speaks of %s, which is not in go.mod", m[1])
		}
	}
	if len(direct) < 10 {
		t.Fatalf("only %d dependencies were found in go.mod", len(direct))
	}
}
