package sourcestest

import (
	"os"
	"strings"
	"testing"

	"warta/sources"
)

// Story is a story with some text, whose lines are "\n".
func Story(headline, text string) *sources.Item {
	text = strings.ReplaceAll(text, `\n`, "\n")
	if !strings.Contains(text, "</") {
		text = "<p>" + strings.ReplaceAll(text, "\n", "</p><p>") + "</p>"
	}
	return &sources.Item{Title: sources.Text{Value: headline}, Content: sources.Text{Value: text}, URL: "https://a.example/ini"}
}

// Measure reads lines of kind, headline and text and compares the kind with
// what is found: it fails where fewer are found than at least that share, or
// anything where there is none. The file is in the package's testdata.
func Measure(t *testing.T, file string, least float64, find func(kind, headline, text string) string) {
	t.Helper()
	data, err := os.ReadFile("testdata/" + file)
	if err != nil {
		t.Fatal(err)
	}
	found, all, alarms, none := map[string]int{}, map[string]int{}, 0, 0
	for _, line := range strings.Split(string(data), "\n") {
		cells := strings.SplitN(line, "\t", 3)
		if len(cells) < 3 || line[0] == '#' {
			continue
		}
		kind, got := cells[0], find(cells[0], cells[1], cells[2])
		switch {
		case kind == "none":
			if none++; got != "none" {
				alarms++
				t.Logf("false alarm, %s: %s | %s", got, cells[1], cells[2])
			}
			continue
		case got == kind:
			found[kind]++
		default:
			t.Logf("want %s, got %s: %s | %s", kind, got, cells[1], cells[2])
		}
		all[kind]++
	}
	hit, of := 0, 0
	for kind, n := range all {
		t.Logf("%s: %s: %d of %d (%.3f)", file, kind, found[kind], n, float64(found[kind])/float64(n))
		hit, of = hit+found[kind], of+n
	}
	t.Logf("%s: %d false alarms in %d", file, alarms, none)
	if recall := float64(hit) / float64(of); recall < least || alarms > 0 {
		t.Errorf("%s: recall %.3f, was %.3f; %d false alarms", file, recall, least, alarms)
	}
}
