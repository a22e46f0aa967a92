package normalize

import (
	"bufio"
	"encoding/json"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"warta/sources"
)

// fetched is when all test documents were read.
var fetched = time.Date(2026, 11, 24, 4, 0, 0, 0, time.UTC)

// shared gives the path of a file of the data beside the checkout, or skips.
func shared(t testing.TB, name string) string {
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
	path := filepath.Join(filepath.Dir(dir), "shared", "data", filepath.FromSlash(name))
	if _, err := os.Stat(path); err != nil {
		t.Skipf("shared data absent: %v", err)
	}
	return path
}

// sharedLines reads a file of JSON lines.
func sharedLines[T any](t *testing.T, name string) []T {
	t.Helper()
	f, err := os.Open(shared(t, name))
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	var out []T
	sc := bufio.NewScanner(f)
	sc.Buffer(nil, 1<<24)
	for sc.Scan() {
		var v T
		if err := json.Unmarshal(sc.Bytes(), &v); err != nil {
			t.Fatal(err)
		}
		out = append(out, v)
	}
	return out
}

// story normalizes one item with this content, from an outlet called Contoh.
func story(content string) sources.Item {
	it := sources.Item{
		Link:     "https://contoh.example/berita/1",
		Content:  sources.Text{Value: content, Type: "html"},
		Language: "id",
	}
	doc := &sources.Document{URL: "https://contoh.example/feed/"}
	Item(&it, doc, Options{Now: fetched, Source: sources.Source{ID: "contoh", Title: "Contoh"}})
	return it
}

// people writes persons as "role: name", organizations with a star.
func people(it sources.Item) string {
	var out []string
	for _, p := range append(append([]sources.Person{}, it.Authors...), it.Contributors...) {
		s := p.Role + ": " + p.Name
		if p.Organization {
			s += "*"
		}
		out = append(out, s)
	}
	return strings.Join(out, "; ")
}
