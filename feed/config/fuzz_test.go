package config

import (
	"errors"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"warta/sources"
)

// FuzzLoad gives Load any bytes. Whatever it makes of them, it says so: with a
// place that exists, and without taking long; what it accepts can be added to.
func FuzzLoad(f *testing.F) {
	files, _ := filepath.Glob("testdata/*.yaml")
	for _, path := range files {
		b, err := os.ReadFile(path)
		if err != nil {
			f.Fatal(err)
		}
		f.Add(b)
	}
	f.Add([]byte(contract))
	f.Add(Starter())
	f.Fuzz(func(t *testing.T, b []byte) {
		if strings.Contains(string(b), "include") || len(b) > 1<<16 {
			t.Skip("reads no other files")
		}
		l := newLoader("warta.yaml", testOptions)
		l.instead = map[string][]byte{"warta.yaml": b}
		cfg, err := l.load()
		if err != nil {
			checkProblems(t, err, strings.Count(string(b), "\n")+2)
			return
		}
		src := sources.Source{ID: "fuzz-of-our-own", Feed: "https://fuzz.example.id/feed"}
		next, err := insertSource(b, src)
		if err != nil {
			return // by hand
		}
		if len(next) <= len(b) {
			t.Fatalf("nothing was put in")
		}
		l = newLoader("warta.yaml", testOptions)
		l.instead = map[string][]byte{"warta.yaml": next}
		if after, err := l.load(); err == nil && len(after.Sources) > len(cfg.Sources)+1 {
			t.Errorf("more than one source was added by\n%s", next)
		}
	})
}

func checkProblems(t *testing.T, err error, lines int) {
	t.Helper()
	var ps Problems
	if !errors.As(err, &ps) || len(ps) == 0 {
		t.Fatalf("the error is %T: %v", err, err)
	}
	for _, p := range ps {
		if p.File != "warta.yaml" || p.Message == "" || p.Line < 0 || p.Line > lines || p.Line > 0 && p.Column < 1 {
			t.Errorf("a problem without its place: %+v", p)
		}
		if strings.Contains(p.String(), "geheim") && p.cause == nil {
			t.Logf("the fuzzer found the word: %s", p)
		}
	}
}

// TestBounded reads documents made to cost a parser time or memory.
func TestBounded(t *testing.T) {
	const n = 1 << 20
	for name, content := range map[string]string{
		"brackets":        strings.Repeat("[", n),
		"brackets, lines": strings.Repeat("[\n", n),
		"dashes":          strings.Repeat("- ", n),
		"wide dashes":     strings.Repeat("-  ", 5000),
		"question marks":  strings.Repeat("? ", n),
		"mappings":        strings.Repeat("{a: ", n),
		"one key again":   strings.Repeat("a: b\n", n),
		"keys on a line":  "{" + strings.Repeat("a: b, ", 2500) + "}",
		"steps": func() string {
			var b strings.Builder
			for i := range 1000 {
				b.WriteString(strings.Repeat(" ", i) + "a:\n")
			}
			return b.String()
		}(),
		"empty lines":   "a: |\n" + strings.Repeat("\n", n),
		"anchors":       strings.Repeat("- &a\n", n/10),
		"aliases":       "a: &a [x]\nsources:\n" + strings.Repeat("- *a\n", n/20),
		"documents":     strings.Repeat("---\n", n/10),
		"tags":          "a: " + strings.Repeat("!!str ", 2000),
		"comments":      strings.Repeat("# x\n", n/4),
		"percent signs": strings.Repeat("%YAML 1.2\n", n/20),
		"merges":        "sources:\n  - &a {id: a, feed: \"https://a.example/\"}\n" + strings.Repeat("  - {<<: [*a, *a, *a, *a, *a, *a, *a, *a]}\n", 5000),
		"bomb of lists": "a: &a [1,1,1,1,1,1,1,1,1,1]\nb: &b [*a,*a,*a,*a,*a,*a,*a,*a,*a,*a]\nc: &c [*b,*b,*b,*b,*b,*b,*b,*b,*b,*b]\nsources:\n" + strings.Repeat("  - {id: x, feed: x, region: *c}\n", 5000),
		"null bytes":    strings.Repeat("\x00", n),
		"a long line":   "site: {title: \"" + strings.Repeat("x", n) + "\"}",
	} {
		t.Run(name, func(t *testing.T) {
			l := newLoader("warta.yaml", testOptions)
			l.instead = map[string][]byte{"warta.yaml": []byte(content)}
			began := time.Now()
			_, err := l.load()
			if took := time.Since(began); took > 10*time.Second {
				t.Errorf("took %v for %d bytes", took, len(content))
			}
			if err == nil {
				t.Fatal("nothing was found wrong")
			}
			if n := len(err.Error()); n > 1<<20 {
				t.Errorf("the error is %d bytes long", n)
			}
		})
	}
}
