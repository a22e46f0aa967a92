package config

import (
	"errors"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"warta/feed"
	"warta/sources"
)

var newSource = sources.Source{
	ID: "kabar", Title: `Kabar "Paser": ${HOME} é`, URL: "https://kabar.example.id/", Feed: "https://kabar.example.id/feed/?a=1&b=2",
	Regions: []string{"64.01"}, Language: "id",
}

const newLine = `{id: kabar, title: "Kabar \"Paser\": $${HOME} é", url: "https://kabar.example.id/", feed: "https://kabar.example.id/feed/?a=1&b=2", region: "64.01", language: id}`

const newBlock = `- id: kabar
  title: "Kabar \"Paser\": $${HOME} é"
  url: "https://kabar.example.id/"
  feed: "https://kabar.example.id/feed/?a=1&b=2"
  region: "64.01"
  language: id
`

// In each case § marks where the new source must come to stand; @ in the text
// put there stands for the source in braces.
var addCases = []struct{ name, file, put string }{
	{"after the last of a list", "# top\nsources:\n  # first\n  - {id: a, feed: \"https://a.example/\"} # why\n§\nchannels: # c\n  - {id: k}\n", "  - @\n"},
	{"without end of line", "sources:\n- {id: a, feed: \"https://a.example/\"}§", "\n- @"},
	{"block items", "sources:\n  - id: a\n    feed: \"https://a.example/\"\n    # rights: full\n§\n  # about channels\nchannels:\n  - {id: k}\n", indented("  ", newBlock)},
	{"block items at the margin", "sources:\n- id: a\n  feed: \"https://a.example/\"\n§channels:\n  - {id: k}\n", newBlock},
	{"text of several lines", "sources:\n  - id: a\n    feed: \"https://a.example/\"\n    title: |\n      Kabar\n\n      # Paser\n§# end\n", indented("  ", newBlock)},
	{"nothing yet", "site: {title: x}\nsources: # none\n§\nchannels:\n  - {id: k}\n", "  - @\n"},
	{"nothing yet, commented", "sources:\n§  # - {id: a, feed: \"https://a.example/\"}\nchannels:\n", "  - @\n"},
	{"no list", "site: {title: x}\n§", "sources:\n  - @\n"},
	{"no list, no end of line", "site: {title: x}§", "\nsources:\n  - @"},
	{"empty brackets", "sources: [§]  # x\nsite: {title: x}\n", "@"},
	{"brackets", "sources: [{id: a, feed: \"https://a.example/\"}§]\n", ", @"},
	{"brackets with a last comma", "sources: [{id: a, feed: \"https://a.example/\"},§]\n", " @"},
	{"brackets over lines, last comma", "sources: [\n  {id: a, feed: \"https://a.example/\"},\n§]\n", "  @,\n"},
	{"JSON", "{\"site\": {\"title\": \"x\"},\n \"sources\": [{\"id\": \"a\", \"feed\": \"https://a.example/\"}§]}\n", ", @"},
	{"byte order mark and CRLF", "\ufeffsources:\r\n  - {id: a, feed: \"https://a.example/\"}\r\n§channels:\r\n  - {id: é}\r\n", "  - @\r\n"},
	{"letters beyond ASCII", "site: {title: \"é\"}\nsources: [{id: a, title: \"éé\", feed: \"https://a.example/\"}§] # é\n", ", @"},
}

func indented(margin, s string) string {
	var b strings.Builder
	for line := range strings.Lines(s) {
		b.WriteString(margin + line)
	}
	return b.String()
}

func TestAddSource(t *testing.T) {
	for _, c := range addCases {
		t.Run(c.name, func(t *testing.T) {
			file := strings.ReplaceAll(c.file, "id: é", "id: e")
			put := strings.ReplaceAll(c.put, "@", newLine)
			path := filepath.Join(write(t, map[string]string{"warta.yaml": strings.Replace(file, "§", "", 1)}), "warta.yaml")
			if err := os.Chmod(path, 0o640); err != nil {
				t.Fatal(err)
			}
			if err := AddSource(path, newSource); err != nil {
				t.Fatal(err)
			}
			got, _ := os.ReadFile(path)
			if want := strings.Replace(file, "§", put, 1); string(got) != want {
				t.Errorf("got\n%s\nwant\n%s", got, want)
			}
			if info, _ := os.Stat(path); info.Mode().Perm() != 0o640 {
				t.Errorf("the mode is %v", info.Mode())
			}
			if left, _ := filepath.Glob(filepath.Join(filepath.Dir(path), ".warta*")); len(left) > 0 {
				t.Errorf("left behind: %v", left)
			}
			second := newSource
			second.ID, second.Feed = "no", "https://second.example.id/feed"
			if err := AddSource(path, second); err != nil {
				t.Errorf("adding a second: %v", err)
			}
		})
	}
}

func TestAddSourceToBracketsOverLines(t *testing.T) {
	path := filepath.Join(write(t, map[string]string{"warta.yaml": "sources: [\n  {id: a, feed: \"https://a.example/\"} # why\n]\n"}), "warta.yaml")
	if err := AddSource(path, newSource); err != nil {
		t.Fatal(err)
	}
	got, _ := os.ReadFile(path)
	if want := "sources: [\n  {id: a, feed: \"https://a.example/\"}, # why\n  " + newLine + "\n]\n"; string(got) != want {
		t.Errorf("got\n%s", got)
	}
}

func TestAddSourceToStarter(t *testing.T) {
	path := filepath.Join(write(t, map[string]string{"warta.yaml": string(Starter())}), "warta.yaml")
	full := newSource
	full.Regions, full.Every = []string{"64.01", "64.02"}, sources.Rhythm{Min: time.Hour, Max: 36 * time.Hour}
	if err := AddSource(path, full); err != nil {
		t.Fatal(err)
	}
	got, _ := os.ReadFile(path)
	at := strings.Index(string(got), "  - {id: kabar,")
	if at < 0 {
		t.Fatalf("not added:\n%s", got)
	}
	line, _, _ := strings.Cut(string(got[at:]), "\n")
	if rest := strings.Replace(string(got), line+"\n", "", 1); rest != string(Starter()) {
		t.Errorf("more than a line was changed:\n%s", got)
	}
}

func TestAddSourceRefuses(t *testing.T) {
	const good = "sources:\n  - {id: a, feed: \"https://a.example/\"}\n"
	for _, c := range []struct {
		name, file string
		src        sources.Source
		want       string
	}{
		{"a taken id", good, sources.Source{ID: "a", Feed: "https://b.example/"}, `there is a source "a" already`},
		{"a known feed", good, sources.Source{ID: "b", Feed: "https://a.example/"}, `as source "a"`},
		{"a bad id", good, sources.Source{ID: "A b", Feed: "https://b.example/"}, "can't be an id"},
		{"a bad address", good, sources.Source{ID: "b", Feed: "b.example"}, "no web address"},
		{"a wrong file", "sorces: []\n", newSource, "must be mended first"},
		{"an unusual form", "x: y\n", newSource, "must be mended first"},
		{"one mapping in braces", "{site: {title: x}}\n", newSource, "by hand: {id: kabar"},
		{"an alias", "permissions: &x []\nsources: *x\n", newSource, "by hand"},
		{"null in words", "sources: null\n", newSource, "by hand"},
	} {
		t.Run(c.name, func(t *testing.T) {
			path := filepath.Join(write(t, map[string]string{"warta.yaml": c.file}), "warta.yaml")
			err := AddSource(path, c.src)
			if err == nil || !strings.Contains(err.Error(), c.want) || !errors.Is(err, feed.ErrInvalid) {
				t.Errorf("got %v", err)
			}
			if got, _ := os.ReadFile(path); string(got) != c.file {
				t.Errorf("the file was changed:\n%s", got)
			}
		})
	}
}

func TestAddSourceKeepsLink(t *testing.T) {
	dir := write(t, map[string]string{"real.yaml": "sources:\n"})
	link := filepath.Join(dir, "warta.yaml")
	if err := os.Symlink("real.yaml", link); err != nil {
		t.Skip("no symbolic links here")
	}
	if err := AddSource(link, newSource); err != nil {
		t.Fatal(err)
	}
	if info, _ := os.Lstat(link); info.Mode()&os.ModeSymlink == 0 {
		t.Error("the link was replaced by a file")
	}
	if b, _ := os.ReadFile(filepath.Join(dir, "real.yaml")); !strings.Contains(string(b), "id: kabar") {
		t.Errorf("the file behind the link holds\n%s", b)
	}
}

func TestReplaceFileThatChanged(t *testing.T) {
	path := filepath.Join(write(t, map[string]string{"warta.yaml": "new"}), "warta.yaml")
	err := replaceFile(path, []byte("old"), []byte("next"))
	if b, _ := os.ReadFile(path); !errors.Is(err, feed.ErrConflict) || string(b) != "new" {
		t.Errorf("got %v, the file holds %q", err, b)
	}
}

func TestStarter(t *testing.T) {
	path := filepath.Join(write(t, map[string]string{"warta.yaml": string(Starter())}), "warta.yaml")
	cfg, err := Load(path, testOptions)
	if err != nil {
		t.Fatal(err)
	}
	if len(cfg.Channels) != 1 || !cfg.Site.Commercial {
		t.Errorf("got %+v", cfg)
	}
	// Every example in its comments must hold as well.
	var b strings.Builder
	for line := range strings.Lines(string(Starter())) {
		for _, mark := range []string{"#   - {", "  # contact:", "  # commercial:"} {
			if strings.HasPrefix(line, mark) {
				line = "  " + strings.TrimLeft(line, "# ")
			}
		}
		b.WriteString(line)
	}
	if _, err := Load(filepath.Join(write(t, map[string]string{"warta.yaml": moved(b.String())}), "warta.yaml"), testOptions); err != nil {
		t.Errorf("with its examples: %v", err)
	}
}

// moved puts the examples, which stand above the key of their list, below it.
func moved(s string) string {
	var out, held strings.Builder
	for line := range strings.Lines(s) {
		if strings.HasPrefix(line, "  - {") && !strings.Contains(line, "{id: berita") {
			held.WriteString(line)
			continue
		}
		out.WriteString(line)
		if line == "sources:\n" || line == "permissions:\n" || line == "channels:\n" || line == "partners:\n" {
			out.WriteString(held.String())
			held.Reset()
		}
	}
	return out.String()
}
