package config

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"warta/feed"
)

// TestManual: docs/configuration.md names every key, basis and reserved id,
// and its examples hold.
func TestManual(t *testing.T) {
	b, err := os.ReadFile(filepath.Join("..", "..", "docs", "configuration.md"))
	if err != nil {
		t.Fatal(err)
	}
	manual := string(b)
	named := func(what, word string) {
		if !strings.Contains(manual, "`"+word+"`") && !strings.Contains(manual, "`"+word+":") {
			t.Errorf("%s %s is not explained", what, word)
		}
	}
	for _, s := range sections {
		for _, k := range s.keys {
			named("key of "+s.name, k.name)
		}
	}
	for _, basis := range feed.Bases {
		named("basis", string(basis))
	}
	for _, id := range reserved {
		named("reserved id", id)
	}
	for _, block := range strings.Split(manual, "```yaml\n")[1:] {
		block, _, _ = strings.Cut(block, "```")
		dir := write(t, map[string]string{"warta.yaml": block, "sources/a.yaml": "sources: []\n"})
		if _, err := Load(filepath.Join(dir, "warta.yaml"), Options{}); err != nil {
			t.Errorf("the example\n%s\n%v", block, err)
		}
	}
}
