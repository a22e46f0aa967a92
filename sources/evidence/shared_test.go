package evidence

import (
	"bufio"
	"encoding/json"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"warta/sources"
)

// shared is the folder of test data beside the checkout.
func shared(t testing.TB) string {
	t.Helper()
	dir, err := os.Getwd()
	if err != nil {
		t.Fatal(err)
	}
	for {
		if _, err := os.Stat(filepath.Join(dir, "go.mod")); err == nil {
			break
		}
		if filepath.Dir(dir) == dir {
			t.Skip("no go.mod above the test")
		}
		dir = filepath.Dir(dir)
	}
	data := filepath.Join(filepath.Dir(dir), "shared", "data")
	if _, err := os.Stat(data); err != nil {
		t.Skip("no shared/data beside the checkout")
	}
	return data
}

func readLines(t testing.TB, path string) []string {
	t.Helper()
	file, err := os.Open(path)
	if err != nil {
		t.Skip(err)
	}
	defer file.Close()
	var list []string
	s := bufio.NewScanner(file)
	s.Buffer(nil, 8<<20)
	for s.Scan() {
		list = append(list, s.Text())
	}
	return list
}

// Recall on the notices that were seen on sites, and no ban found in any other
// line.
func TestBoilerplate(t *testing.T) {
	found, all := map[string]int{}, map[string]int{}
	for i, line := range readLines(t, filepath.Join(shared(t), "boilerplate.tsv")) {
		part := strings.SplitN(line, "\t", 3)
		if i == 0 || len(part) < 3 {
			continue
		}
		kind := part[0]
		got := kinds(Text(part[2], "text"))
		all[kind]++
		hit := false
		switch kind {
		case "nocopy":
			hit = got[sources.NoCopy]
		case "permit":
			hit = got[sources.QuoteWithSource] || got[sources.Licence]
		case "copyright":
			hit = got[sources.Copyright] && !got[sources.NoCopy]
		default:
			hit = len(got) > 0
		}
		if hit {
			found[kind]++
		}
		if wanted := kind == "nocopy" || kind == "permit" || kind == "copyright"; wanted != hit {
			t.Logf("%s: %v: %s", kind, got, part[2])
		}
	}
	for _, kind := range []string{"nocopy", "permit", "copyright"} {
		recall := float64(found[kind]) / float64(max(1, all[kind]))
		t.Logf("%s: %d of %d (%.3f)", kind, found[kind], all[kind], recall)
		if recall < 0.97 {
			t.Errorf("%s: recall %.3f, want .97", kind, recall)
		}
	}
	for kind, n := range found {
		if kind != "nocopy" && kind != "permit" && kind != "copyright" && kind != "correction" {
			t.Errorf("%s: %d false alarms", kind, n)
		}
	}
}

// story is one article text with its paragraphs as lines.
type story struct{ id, text string }

func stories(t testing.TB) []story {
	dir := filepath.Join(shared(t), "open")
	var list []story
	for _, l := range readLines(t, filepath.Join(dir, "articles", "indosum.jsonl")) {
		var a struct {
			ID         string
			Paragraphs []string
		}
		if json.Unmarshal([]byte(l), &a) == nil {
			list = append(list, story{a.ID, strings.Join(a.Paragraphs, "\n")})
		}
	}
	for _, l := range readLines(t, filepath.Join(dir, "articles", "region", "region.jsonl")) {
		var a struct{ ID, Body, Summary string }
		if json.Unmarshal([]byte(l), &a) == nil {
			list = append(list, story{a.ID, a.Body}, story{a.ID + " summary", a.Summary})
		}
	}
	for _, l := range readLines(t, filepath.Join(dir, "articles", "clusters", "id_near_duplicates.jsonl")) {
		var a struct{ A, B struct{ Title, Text string } }
		if json.Unmarshal([]byte(l), &a) == nil {
			list = append(list, story{"near " + a.A.Title, a.A.Text}, story{"near " + a.B.Title, a.B.Text})
		}
	}
	for _, l := range readLines(t, filepath.Join(dir, "articles", "clusters", "en_ecbplus.jsonl")) {
		var a struct{ ID, Text string }
		if json.Unmarshal([]byte(l), &a) == nil {
			list = append(list, story{a.ID, a.Text})
		}
	}
	for _, l := range readLines(t, filepath.Join(dir, "articles", "clusters", "id_headlines.jsonl")) {
		var a struct{ ID, Title, Summary string }
		if json.Unmarshal([]byte(l), &a) == nil {
			list = append(list, story{a.ID, a.Title + "\n" + a.Summary})
		}
	}
	pages, _ := filepath.Glob(filepath.Join(dir, "pages", "*.expect.json"))
	for _, p := range pages {
		b, err := os.ReadFile(p)
		var a struct{ Gold struct{ Text string } }
		if err == nil && json.Unmarshal(b, &a) == nil && a.Gold.Text != "" {
			list = append(list, story{filepath.Base(p), a.Gold.Text})
		}
	}
	return list
}

// No ban, leave, licence or withdrawal is found in a story that has none: a
// story counts as having one where its last thousand bytes hold the formula
// that ANTARA prints.
func TestStories(t *testing.T) {
	all, withNotice, caught, alarms := 0, 0, 0, 0
	for _, s := range stories(t) {
		all++
		got := Text(s.text, "text")
		tail := s.text[max(0, len(s.text)-1000):]
		if has := strings.Contains(tail, "Dilarang keras mengambil konten"); has {
			withNotice++
			if kinds(got)[sources.NoCopy] {
				caught++
			}
			continue
		}
		for _, e := range got {
			t.Logf("%s: %s (%s) %q", s.id, e.Kind, e.Where, e.Text)
			if e.Kind != sources.Copyright {
				alarms++
			}
		}
	}
	t.Logf("%d texts, %d with ANTARA's notice of which %d found, %d alarms in the others", all, withNotice, caught, alarms)
	if all < 300 {
		t.Skip("too few texts to judge")
	}
	if caught < withNotice {
		t.Errorf("missed %d notices", withNotice-caught)
	}
	if alarms > 0 {
		t.Errorf("%d false alarms", alarms)
	}
}
