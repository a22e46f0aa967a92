package publish

import (
	"context"
	"errors"
	"io/fs"
	"net/http"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
	"time"

	"warta/feed"
)

func (b *bench) export(dir string) Exported {
	b.t.Helper()
	done, err := b.p.Export(context.Background(), dir)
	if err != nil {
		b.t.Fatal(err)
	}
	return done
}

// tree lists the files below dir with their sizes and times.
func tree(t *testing.T, dir string) map[string]string {
	t.Helper()
	files := map[string]string{}
	err := filepath.WalkDir(dir, func(path string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() {
			return err
		}
		data, err := os.ReadFile(path)
		name, _ := filepath.Rel(dir, path)
		files[filepath.ToSlash(name)] = string(data)
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return files
}

func TestExport(t *testing.T) {
	b := newBench(t, testSettings())
	b.save(draft("pemkab", 1, nil), draft("kabar", 2, func(e *feed.Entry) { e.Regions = nil }))
	dir := filepath.Join(t.TempDir(), "site")
	first := b.export(dir)
	if first.Written < 15 || first.Unchanged+first.Removed != 0 {
		t.Errorf("first: %+v", first)
	}
	files := tree(t, dir)
	id := feed.EntryID("pemkab", "https://pemkab.example/1")
	for name, path := range map[string]string{
		"paser.atom": "/paser.atom", "paser.rss": "/paser.rss", "semua.json": "/semua.json", "index.html": "/", "en/index.html": "/en/",
		"paser/index.html": "/paser/", "paser/en/index.html": "/paser/en/", "channels.opml": "/channels.opml", "robots.txt": "/robots.txt",
		"entries/" + id + "/index.html": "/entries/" + id,
	} {
		if files[name] != b.body(path) {
			t.Errorf("%s is not what is served at %s", name, path)
		}
		if got := unzip(t, strings.NewReader(files[name+".gz"])); got != files[name] {
			t.Errorf("%s.gz is not %s", name, name)
		}
		info, err := os.Stat(filepath.Join(dir, filepath.FromSlash(name)))
		if err != nil {
			t.Fatal(err)
		}
		if want := b.get(path).Header.Get("Last-Modified"); want != "" && info.ModTime().UTC().Format(http.TimeFormat) != want {
			t.Errorf("%s is of %v, want %s", name, info.ModTime(), want)
		}
	}

	b.clock = morning.Add(time.Hour)
	if again := b.export(dir); again.Written != 0 || again.Removed != 0 || again.Unchanged != first.Written {
		t.Errorf("again: %+v", again)
	}
	b.restart(testSettings())
	if again := b.export(dir); again.Written != 0 || again.Removed != 0 {
		t.Errorf("after a restart: %+v", again)
	}

	b.save(draft("kabar", 3, func(e *feed.Entry) { e.Regions = nil }))
	// semua in four formats and two pages, the front door twice, the entry and its source twice.
	if third := b.export(dir); third.Written != 12 || third.Removed != 0 {
		t.Errorf("with a new entry: %+v", third)
	}
}

func TestExportRemovesOnlyItsOwn(t *testing.T) {
	b := newBench(t, testSettings())
	b.save(draft("pemkab", 1, nil))
	dir := t.TempDir()
	write := func(name string) {
		if err := os.MkdirAll(filepath.Dir(filepath.Join(dir, name)), 0o755); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(filepath.Join(dir, name), []byte("x"), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	write("favicon.ico")
	write("entries/aaaaaaaaaaaaaaaa/index.html")
	b.export(dir)
	s := testSettings()
	s.Channels = s.Channels[:1]
	s.Sources = s.Sources[1:]
	if err := b.p.Configure(context.Background(), s); err != nil {
		t.Fatal(err)
	}
	done := b.export(dir)
	files := tree(t, dir)
	if files["favicon.ico"] != "x" || files["entries/aaaaaaaaaaaaaaaa/index.html"] != "x" {
		t.Error("a stranger's file was removed")
	}
	for name := range files {
		if strings.HasPrefix(name, "semua") || strings.Contains(name, feed.EntryID("pemkab", "https://pemkab.example/1")) {
			t.Errorf("%s is still there", name)
		}
	}
	if done.Removed != 12 {
		t.Errorf("%+v", done)
	}
	if _, err := os.Stat(filepath.Join(dir, "semua")); !errors.Is(err, fs.ErrNotExist) {
		t.Error("an empty folder is still there")
	}
}

func TestExportAfterCrash(t *testing.T) {
	b := newBench(t, testSettings())
	b.save(draft("pemkab", 1, nil))
	dir := t.TempDir()
	// A folder where a file must go stops the export half-way.
	if err := os.MkdirAll(filepath.Join(dir, "semua.rss", "x"), 0o755); err != nil {
		t.Fatal(err)
	}
	if _, err := b.p.Export(context.Background(), dir); err == nil || !strings.Contains(err.Error(), "semua.rss") {
		t.Fatalf("got %v", err)
	}
	for name, body := range tree(t, dir) {
		if name == manifestName || strings.HasSuffix(name, ".gz") {
			continue
		}
		if path := "/" + strings.TrimSuffix(name, "index.html"); !strings.HasPrefix(path, "/entries/") && body != b.body(path) {
			t.Errorf("%s is not whole", name)
		}
	}
	if err := os.RemoveAll(filepath.Join(dir, "semua.rss")); err != nil {
		t.Fatal(err)
	}
	// Meanwhile the channel goes: what was written of it is still ours.
	s := testSettings()
	s.Channels = s.Channels[:1]
	if err := b.p.Configure(context.Background(), s); err != nil {
		t.Fatal(err)
	}
	b.export(dir)
	for name := range tree(t, dir) {
		if strings.HasPrefix(name, "semua") || strings.HasSuffix(name, ".tmp") {
			t.Errorf("%s was left behind", name)
		}
	}
	if again := b.export(dir); again.Written != 0 {
		t.Errorf("again: %+v", again)
	}
}

func TestExportMendsItsFiles(t *testing.T) {
	b := newBench(t, testSettings())
	b.save(draft("pemkab", 1, nil))
	dir := t.TempDir()
	b.export(dir)
	if err := os.Remove(filepath.Join(dir, "paser.atom.gz")); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(filepath.Join(dir, "paser.rss"), nil, 0o644); err != nil {
		t.Fatal(err)
	}
	if done := b.export(dir); done.Written != 2 {
		t.Errorf("%+v", done)
	}
	if err := os.WriteFile(filepath.Join(dir, manifestName), []byte("{"), 0o644); err != nil {
		t.Fatal(err)
	}
	if _, err := b.p.Export(context.Background(), dir); err == nil || !strings.Contains(err.Error(), manifestName) {
		t.Errorf("a broken manifest: %v", err)
	}
}

func TestExportStaysInItsFolder(t *testing.T) {
	b := newBench(t, testSettings())
	b.save(draft("pemkab", 1, nil))
	outside, dir := t.TempDir(), t.TempDir()
	if err := os.Symlink(outside, filepath.Join(dir, "paser")); err != nil {
		t.Skip("no symbolic links here")
	}
	if _, err := b.p.Export(context.Background(), dir); err == nil {
		t.Error("a link out of the folder was followed")
	}
	if files := tree(t, outside); len(files) != 0 {
		t.Errorf("written outside: %v", files)
	}
}

// TestExportArchives: archives are files too, with the pages about what is in
// them, and every link in them leads to a file.
func TestExportArchives(t *testing.T) {
	b := newBench(t, testSettings())
	for n := range 14 {
		b.save(b.story(n, time.Duration(n)*20*day))
	}
	dir := t.TempDir()
	b.export(dir)
	files := tree(t, dir)
	for _, path := range b.chain("/paser.atom") {
		for _, f := range []string{".atom", ".rss", ".json"} {
			name := strings.TrimSuffix(path, ".atom") + f
			if files[name[1:]] == "" || files[name[1:]] != b.body(name) {
				t.Errorf("%s is not in the export, or another", name)
			}
		}
	}
	links := regexp.MustCompile(`href="https://warta\.example/([^"]*)"`)
	for name, content := range files {
		if strings.HasSuffix(name, ".gz") || strings.HasPrefix(name, ".") {
			continue
		}
		for _, m := range links.FindAllStringSubmatch(content, -1) {
			target, _, _ := strings.Cut(m[1], "#")
			if files[fileName(target)] == "" {
				t.Errorf("%s leads to %s, which is not there", name, m[1])
			}
		}
	}
}
