package main

import (
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
)

var (
	placeName  = regexp.MustCompile("`([a-z_/0-9]+\\.go):([A-Za-z0-9]+)`")
	testName   = regexp.MustCompile("`(Test[A-Za-z0-9]+)`")
	scriptName = regexp.MustCompile("`([a-z0-9-]+\\.txtar)`")
)

// TestStandardsAreWhereTheDocsSay holds docs/standards.md to the code: every
// clause names a function that is there and a test that is there, or says that
// it is not done, and why.
func TestStandardsAreWhereTheDocsSay(t *testing.T) {
	doc, err := os.ReadFile("../../docs/standards.md")
	if err != nil {
		t.Fatal(err)
	}
	tests := testNames(t)
	sources := make(map[string]string)
	rows := 0
	for n, line := range strings.Split(string(doc), "\n") {
		cells := strings.Split(line, "|")
		if len(cells) != 6 || strings.HasPrefix(line, "|---") || strings.HasSuffix(strings.TrimSpace(cells[4]), "test") {
			if strings.HasPrefix(line, "|") && len(cells) != 6 {
				t.Errorf("line %d has %d cells", n+1, len(cells)-2)
			}
			continue
		}
		rows++
		asks, where, proof := cells[2], cells[3], cells[4]
		places := placeName.FindAllStringSubmatch(where, -1)
		proofs := testName.FindAllStringSubmatch(proof, -1)
		scripts := scriptName.FindAllStringSubmatch(proof, -1)
		switch {
		case len(places) == 0 && !strings.Contains(asks, "not done"):
			t.Errorf("line %d names no function: %s", n+1, line)
		case len(places) > 0 && len(proofs)+len(scripts) == 0:
			t.Errorf("line %d names no test: %s", n+1, line)
		}
		for _, p := range places {
			if _, ok := sources[p[1]]; !ok {
				b, err := os.ReadFile(filepath.Join("../..", filepath.FromSlash(p[1])))
				if err != nil {
					t.Errorf("line %d: %v", n+1, err)
				}
				sources[p[1]] = string(b)
			}
			if !regexp.MustCompile(`(?m)^func (\([^)]*\) )?` + p[2] + `[\[(]`).MatchString(sources[p[1]]) {
				t.Errorf("line %d: %s has no function %s", n+1, p[1], p[2])
			}
		}
		for _, p := range proofs {
			if !tests[p[1]] {
				t.Errorf("line %d: there is no test %s", n+1, p[1])
			}
		}
		for _, p := range scripts {
			if _, err := os.Stat(filepath.Join("testdata/script", p[1])); err != nil {
				t.Errorf("line %d: %v", n+1, err)
			}
		}
	}
	if rows < 100 {
		t.Errorf("only %d clauses were found", rows)
	}
}

// testNames are all tests of the project.
func testNames(t *testing.T) map[string]bool {
	names := make(map[string]bool)
	for _, pattern := range []string{"*_test.go", "../../*/*_test.go", "../../*/*/*_test.go"} {
		files, err := filepath.Glob(pattern)
		if err != nil {
			t.Fatal(err)
		}
		for _, file := range files {
			b, err := os.ReadFile(file)
			if err != nil {
				t.Fatal(err)
			}
			for _, m := range regexp.MustCompile(`(?m)^func (Test[A-Za-z0-9]+)\(`).FindAllStringSubmatch(string(b), -1) {
				names[m[1]] = true
			}
		}
	}
	return names
}
