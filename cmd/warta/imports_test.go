package main

import (
	"go/parser"
	"go/token"
	"io/fs"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"testing"
)

// ban is an arrow that must not be drawn, and why. From and to are paths from
// the module's root; a "/..." at the end means all below too. A file path in
// except may do it all the same.
type ban struct {
	from, to, why string
	except        []string
}

var bans = []ban{
	{from: "sources/...", to: "warta/feed/...", why: "sources are read before anything is published"},
	{from: "sources/...", to: "warta/cmd/...", why: "the rooms know no commands"},
	{from: "feed/...", to: "warta/cmd/...", why: "the rooms know no commands"},
	{from: "sources", to: "golang.org/...", why: "the words of the first room need only the standard library"},
	{from: "sources", to: "github.com/...", why: "the words of the first room need only the standard library"},
	{from: "feed", to: "github.com/...", why: "the words of the second room need only the standard library and an HTML parser"},

	{from: "feed/rights", to: "os", why: "deciding is pure: the same facts always give the same decision"},
	{from: "feed/rights", to: "net/http", why: "deciding is pure"},
	{from: "feed/rights", to: "database/sql", why: "deciding is pure"},
	{from: "feed/render", to: "os", why: "rendering is pure: values in, bytes out"},
	{from: "feed/render", to: "net/http", why: "rendering is pure"},
	{from: "feed/render", to: "database/sql", why: "rendering is pure"},
	{from: "feed/curate", to: "os", why: "a rule sees an entry and nothing else"},
	{from: "feed/curate", to: "database/sql", why: "a rule sees an entry and nothing else"},
	{from: "sources/parse", to: "os", why: "parsing is pure: bytes in, a document out"},
	{from: "sources/parse", to: "net/http", why: "parsing is pure; it also never follows a link"},
	{from: "sources/normalize", to: "os", why: "normalizing is pure"},
	{from: "sources/normalize", to: "net/http", why: "normalizing is pure"},
	{from: "sources/evidence", to: "os", why: "finding is pure"},
	{from: "sources/amend", to: "os", why: "finding is pure"},
	{from: "sources/amend", to: "net/http", why: "finding is pure"},

	{from: "feed/render", to: "warta/sources/fetch", why: "publishing must not reach back to reading"},
	{from: "feed/publish", to: "warta/sources/fetch", why: "publishing must not reach back to reading"},
	{from: "feed/publish", to: "warta/sources/parse", why: "publishing must not reach back to reading"},
	{from: "feed/publish", to: "warta/feed/store", why: "publishing asks through an interface of its own"},
	{from: "feed/report", to: "os", why: "a report is pure: values in, bytes out"},
	{from: "feed/report", to: "database/sql", why: "a report is pure"},
	{from: "feed/report", to: "net/http", why: "a report is pure"},
	{from: "feed/proof", to: "warta/feed/store", why: "recording asks through an interface of its own"},
	{from: "feed/publish", to: "warta/feed/deliver", why: "what is published does not depend on who is told"},
	{from: "feed/deliver", to: "warta/feed/store", why: "delivering asks through interfaces of its own"},
	{from: "feed/api", to: "warta/feed/store", why: "the API asks through an interface of its own"},
	{from: "feed/api", to: "warta/feed/rights", why: "what a caller may see is decided in one place, publish.Reader"},
	{from: "feed/intake", to: "warta/feed/store", why: "intake asks through an interface of its own"},
	{from: "sources/evidence", to: "warta/sources/fetch", why: "finding works on what was fetched"},
	{from: "sources/amend", to: "warta/sources/fetch", why: "finding works on what was fetched"},
	{from: "sources/amend", to: "warta/sources/evidence", why: "what became of a story is found apart from what its owner allows"},
	{from: "sources/evidence", to: "warta/sources/amend", why: "what an owner allows is found apart from what became of a story"},
	{from: "sources/prose", to: "warta/...", why: "words are searched without knowing for what"},
	{from: "sources/schemaorg", to: "warta/...", why: "a page's data are read without knowing for what"},

	{from: "...", to: "modernc.org/sqlite/...", why: "databases are opened in one place", except: []string{"feed/store"}},
	{from: "...", to: "github.com/jackc/pgx/...", why: "databases are opened in one place", except: []string{"feed/store"}},
	{from: "...", to: "github.com/riverqueue/...", why: "the rooms offer plain functions and know no job engine", except: []string{"cmd/warta/jobs.go", "cmd/warta/jobs_deliver.go"}},
	{from: "...", to: "github.com/caddyserver/...", why: "certificates are the affair of who listens", except: []string{"cmd/warta/tls.go"}},
	{from: "...", to: "github.com/mmcdole/gofeed/...", why: "feeds are parsed in one place", except: []string{"sources/parse"}},
	{from: "...", to: "github.com/gorilla/feeds/...", why: "feeds are written in one place", except: []string{"feed/render"}},
	{from: "...", to: "github.com/danielgtaylor/huma/...", why: "the API is described in one place", except: []string{"feed/api"}},
	{from: "...", to: "math/rand/...", why: "what is published must be the same on every run"},
}

// TestArrows holds every import of the product's code against the bans. (Tests
// may import what they like.)
func TestArrows(t *testing.T) {
	root := "../.."
	seen := 0
	err := filepath.WalkDir(root, func(path string, d fs.DirEntry, err error) error {
		if err != nil {
			return err
		}
		if d.IsDir() {
			if n := d.Name(); n == "testdata" || n == "node_modules" || strings.HasPrefix(n, ".") && path != root {
				return filepath.SkipDir
			}
			return nil
		}
		if !strings.HasSuffix(path, ".go") || strings.HasSuffix(path, "_test.go") {
			return nil
		}
		seen++
		file, _ := filepath.Rel(root, path)
		return checkFile(t, path, filepath.ToSlash(file))
	})
	if err != nil {
		t.Fatal(err)
	}
	if seen < 100 {
		t.Fatalf("only %d files were looked at", seen)
	}
}

func checkFile(t *testing.T, path, file string) error {
	src, err := os.ReadFile(path)
	if err != nil {
		return err
	}
	f, err := parser.ParseFile(token.NewFileSet(), path, src, parser.ImportsOnly)
	if err != nil {
		return err
	}
	dir := filepath.ToSlash(filepath.Dir(file))
	for _, imp := range f.Imports {
		to, err := strconv.Unquote(imp.Path.Value)
		if err != nil {
			return err
		}
		for _, b := range bans {
			if within(dir, b.from) && within(to, b.to) && !excepted(b, dir, file) {
				t.Errorf("%s imports %s: %s", file, to, b.why)
			}
		}
	}
	return nil
}

func within(path, pattern string) bool {
	base, all := strings.CutSuffix(pattern, "...")
	base = strings.TrimSuffix(base, "/")
	return path == base || all && (base == "" || strings.HasPrefix(path, base+"/"))
}

func excepted(b ban, dir, file string) bool {
	for _, e := range b.except {
		if e == file || dir == e || strings.HasPrefix(dir, e+"/") {
			return true
		}
	}
	return false
}
