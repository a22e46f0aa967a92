package evidence

import (
	"os"
	"strings"
	"testing"

	"warta/sources"
)

// Sentences written in the manner of real sites: every notice is found as what
// it is, and a story that writes about copying, bans and licences is silent.
func TestWords(t *testing.T) {
	data, err := os.ReadFile("testdata/words.tsv")
	if err != nil {
		t.Fatal(err)
	}
	found, all := map[string]int{}, map[string]int{}
	for _, line := range strings.Split(string(data), "\n") {
		kind, text, ok := strings.Cut(line, "\t")
		if !ok || line[0] == '#' {
			continue
		}
		list := Text(text, "text")
		got := kinds(list)
		all[kind]++
		right := len(list) == 0
		if kind != "none" {
			right = got[sources.EvidenceKind(kind)] && (kind == string(sources.NoCopy) || !got[sources.NoCopy])
		}
		if right {
			found[kind]++
		} else {
			t.Errorf("want %s, got %v: %s", kind, list, text)
		}
	}
	for kind, n := range all {
		t.Logf("%s: %d of %d", kind, found[kind], n)
	}
}
