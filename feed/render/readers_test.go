package render

import (
	"bytes"
	"encoding/json"
	"os"
	"os/exec"
	"path/filepath"
	"reflect"
	"slices"
	"strings"
	"testing"
	"time"
)

// read is what a stranger's reader makes of an entry.
type read struct {
	ID, Title, Link, Author        string
	Authors, Emails, Contributors  []string
	Source, SourceLink, SourceFeed string
	Rights                         string
	Licenses, Via                  []string
	Published, Updated             []int
	Date                           int64
	Text, Short                    string
	guid, modified                 string // in RSS and JSON, where they differ from Atom
	credit                         string
}

// wanted is what every reader must find of the samples, written out by hand.
var wanted = []read{
	{
		ID: "https://pemkab.example/?p=12", Title: "Bupati resmikan jembatan <baru> & jalan", Link: "https://pemkab.example/jembatan/?a=1&b=2",
		Authors: []string{"Siti Aminah", "Budi"}, Contributors: []string{"Brury MP", "ANTARA"},
		Source: "Pemkab Paser", SourceLink: "https://pemkab.example/", SourceFeed: "https://pemkab.example/feed/",
		Rights: "© 2025 Pemkab Paser", Licenses: []string{"https://creativecommons.org/licenses/by/4.0/"},
		Via:       []string{"https://wire.example/1", "https://x.example/1"},
		Published: []int{2025, 6, 16, 3, 30, 0}, Updated: []int{2025, 6, 17, 5, 30, 0}, modified: "known",
		credit: "— Oleh: Siti Aminah, Budi · Editor: Brury MP · (hnh/kri) · Sumber: Pemkab Paser · Asal: Kabar X · Kantor berita: ANTARA · PASER · Foto: Dok. Pemkab · Berita asli: https://pemkab.example/jembatan/?a=1&b=2 · Lisensi: CC BY 4.0 · © 2025 Pemkab Paser",
	},
	{
		ID: "tag:kabar.example,2026:m45gx2stz76swoektrouukil", guid: "kabar 77", Title: "Harga naik 5%", Link: "https://kabar.example/77",
		Authors: []string{"ANTARA Kaltim"}, Source: "ANTARA Kaltim", SourceLink: "https://antara.example/", SourceFeed: "https://antara.example/rss",
		Rights: "© ANTARA 2025", Licenses: []string{Unspecified}, Via: []string{"https://kabar.example/rss"},
		Published: []int{2025, 6, 15, 1, 30, 0}, Updated: []int{2025, 6, 15, 1, 30, 0},
		credit: "— Sumber: ANTARA Kaltim · melalui Kabar Grogot · Berita asli: https://kabar.example/77 · © ANTARA 2025",
	},
	{
		ID: "https://portal.example/c", Title: "Flood hits Tanah Grogot", Link: "https://portal.example/c",
		Authors: []string{"Jane “J” O’Neil"}, Source: "Portal", SourceLink: "https://portal.example/", SourceFeed: "https://portal.example/feed",
		Rights: "Dilarang mengutip tanpa izin tertulis redaksi.", Licenses: []string{Unspecified}, Updated: []int{2025, 6, 14, 1, 30, 0},
		credit: "— Advertorial · By Jane “J” O’Neil · Source: Portal · Original story: https://portal.example/c · Dilarang mengutip tanpa izin tertulis redaksi.",
	},
	{
		ID: "tag:desa.example,2026:ksjlx5z6nyyjqw6podm2nh6r", Title: "Tanpa judul, dengan karakter � aneh ]]> dan </p> penutup.", Link: "http://desa.example/%C3%A4%20b",
		Authors: []string{"desa.example"}, Source: "desa.example", SourceLink: "http://www.desa.example/", SourceFeed: "http://www.desa.example/feed",
		Licenses: []string{Unspecified}, Updated: []int{2025, 6, 13, 1, 30, 0},
		credit: "— Sumber: Desa Uji, desa.example · Berita asli: http://desa.example/%C3%A4%20b · Hak cipta pada desa.example · dimuat dengan izin pemiliknya",
	},
	{
		ID: "https://pemkab.example/?p=9", Title: "Berita dicabut: Berita lama", Link: "https://pemkab.example/jembatan/?a=1&b=2",
		Authors: []string{"Siti Aminah", "Budi"}, Contributors: []string{"Brury MP", "ANTARA"},
		Source: "Pemkab Paser", SourceLink: "https://pemkab.example/", SourceFeed: "https://pemkab.example/feed/",
		Rights: "© 2025 Pemkab Paser", Licenses: []string{"https://creativecommons.org/licenses/by/4.0/"},
		Via:       []string{"https://wire.example/1", "https://x.example/1"},
		Published: []int{2025, 6, 16, 3, 30, 0}, Updated: []int{2025, 6, 18, 2, 30, 0}, modified: "known",
		credit: "— Oleh: Siti Aminah, Budi · Editor: Brury MP · (hnh/kri) · Sumber: Pemkab Paser · Asal: Kabar X · Kantor berita: ANTARA · Berita asli: https://pemkab.example/jembatan/?a=1&b=2 · Lisensi: CC BY 4.0 · © 2025 Pemkab Paser",
	},
}

// in is what is wanted of a format: RSS and JSON keep ids that are no IRI, and
// say nothing of a change that nobody stated.
func (r read) in(f Format) read {
	if f != Atom {
		if r.guid != "" {
			r.ID = r.guid
		}
		if r.modified == "" {
			r.Updated = nil
		}
	}
	return r
}

// tool finds a program, or skips the test where it is not installed.
func tool(t *testing.T, name string) string {
	t.Helper()
	path, err := exec.LookPath(name)
	if err != nil {
		missing(t, name+" is not installed")
	}
	return path
}

func missing(t *testing.T, what string) {
	t.Helper()
	if os.Getenv("CI") == "true" {
		t.Fatal(what)
	}
	t.Skip(what)
}

// run runs a program and returns what it printed.
func run(t *testing.T, name string, args ...string) []byte {
	t.Helper()
	var stdout, stderr bytes.Buffer
	cmd := exec.Command(name, args...)
	cmd.Stdout, cmd.Stderr = &stdout, &stderr
	if err := cmd.Run(); err != nil {
		t.Fatalf("%s %s: %v\n%s%s", name, strings.Join(args, " "), err, stdout.Bytes(), stderr.Bytes())
	}
	return stdout.Bytes()
}

// python is Debian's, whose packages are what we test with.
func python(t *testing.T) string {
	t.Helper()
	const debian = "/usr/bin/python3"
	if _, err := os.Stat(debian); err != nil {
		return tool(t, "python3")
	}
	return debian
}

func dump(t *testing.T, f Format) string {
	t.Helper()
	path := filepath.Join(t.TempDir(), "channel"+f.Extension())
	if err := os.WriteFile(path, document(t, f), 0o644); err != nil {
		t.Fatal(err)
	}
	return path
}

func TestFeedparserReads(t *testing.T) {
	py := python(t)
	if exec.Command(py, "-c", "import feedparser").Run() != nil {
		missing(t, "python3-feedparser is not installed")
	}
	for _, f := range []Format{Atom, RSS} {
		var got []read
		if err := json.Unmarshal(run(t, py, "testdata/readers.py", "feedparser", dump(t, f)), &got); err != nil {
			t.Fatal(err)
		}
		if len(got) != len(wanted) {
			t.Fatalf("%s: %d entries, want %d", f, len(got), len(wanted))
		}
		for i, g := range got {
			w := wanted[i].in(f)
			if i == 0 && f == Atom && g.Emails[1] != "" {
				t.Errorf("the second author has got an e-mail: %q", g.Emails)
			}
			if !strings.HasSuffix(g.Text, w.credit) {
				t.Errorf("%s: %s: the text %q does not end in the credit line", f, w.ID, g.Text)
			}
			if !strings.HasSuffix(g.Short, w.credit) {
				t.Errorf("%s: %s: the short text %q does not end in the credit line", f, w.ID, g.Short)
			}
			g.Text, g.Short, g.Emails, w.credit, w.guid, w.modified = "", "", nil, "", "", ""
			for _, s := range []*[]string{&g.Authors, &g.Contributors, &g.Licenses, &g.Via} {
				*s = slices.Clip(*s)
				if len(*s) == 0 {
					*s = nil
				}
			}
			if !reflect.DeepEqual(g, w) {
				t.Errorf("%s: read\n%+v\nwant\n%+v", f, g, w)
			}
		}
	}
}

// TestNewsboatReads: of several dc:creators newsboat keeps the last, so there
// it is the credit line that names them all.
func TestNewsboatReads(t *testing.T) {
	nb, py := tool(t, "newsboat"), python(t)
	for _, f := range []Format{Atom, RSS} {
		path := dump(t, f)
		dir := filepath.Dir(path)
		urls := filepath.Join(dir, "urls")
		if err := os.WriteFile(urls, []byte("file://"+path+"\n"), 0o644); err != nil {
			t.Fatal(err)
		}
		run(t, nb, "-u", urls, "-c", filepath.Join(dir, "cache.db"), "-C", os.DevNull, "-x", "reload")
		var got []read
		if err := json.Unmarshal(run(t, py, "testdata/readers.py", "newsboat", dir), &got); err != nil {
			t.Fatal(err)
		}
		byID := make(map[string]read)
		for _, g := range got {
			byID[g.ID] = g
		}
		for _, w := range wanted {
			w = w.in(f)
			g, ok := byID[w.ID]
			if !ok || g.Title != w.Title {
				t.Errorf("%s: %s: read %+v", f, w.ID, g)
			}
			if !strings.HasSuffix(g.Text, w.credit) {
				t.Errorf("%s: %s: the text %q does not end in the credit line", f, w.ID, g.Text)
			}
			if want := strings.Join(w.Authors, ", "); f == Atom && g.Author != want || f == RSS && g.Author != w.Authors[len(w.Authors)-1] {
				t.Errorf("%s: %s: author %q, want %q", f, w.ID, g.Author, want)
			}
			if p := w.Published; p != nil && g.Date != time.Date(p[0], time.Month(p[1]), p[2], p[3], p[4], p[5], 0, time.UTC).Unix() {
				t.Errorf("%s: %s: date %d", f, w.ID, g.Date)
			}
			if w.Link != g.Link {
				t.Errorf("%s: %s: link %q", f, w.ID, g.Link)
			}
		}
	}
}

// TestGrammar checks Atom against the RELAX NG of RFC 4287, and XML at all.
func TestGrammar(t *testing.T) {
	schema := testData(t, "atom-rfc4287.rnc")
	run(t, tool(t, "jing"), "-c", schema, dump(t, Atom))
	var b bytes.Buffer
	if err := Document(&b, Atom, Head{Site: testSite, Channel: testHead.Channel, Page: testHead.Page}, nil); err != nil {
		t.Fatal(err)
	}
	empty := filepath.Join(t.TempDir(), "empty.atom")
	if err := os.WriteFile(empty, b.Bytes(), 0o644); err != nil {
		t.Fatal(err)
	}
	run(t, tool(t, "jing"), "-c", schema, empty)
	for _, f := range []Format{Atom, RSS} {
		run(t, tool(t, "xmllint"), "--noout", "--nonet", dump(t, f))
	}
}

// TestNinjsSchema checks ninjs against its schema, formats of values included.
func TestNinjsSchema(t *testing.T) {
	schemas := testData(t, "schemas/ninjs")
	py := python(t)
	if exec.Command(py, "-c", "import jsonschema").Run() != nil {
		missing(t, "python3-jsonschema is not installed")
	}
	empty := filepath.Join(t.TempDir(), "empty.ninjs.json")
	var b bytes.Buffer
	if err := Document(&b, Ninjs, Head{Site: testSite, Channel: testHead.Channel, Page: testHead.Page}, nil); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(empty, b.Bytes(), 0o644); err != nil {
		t.Fatal(err)
	}
	run(t, py, "testdata/readers.py", "ninjs", schemas, dump(t, Ninjs), empty)
	// What the schema's own suite says must fail does: the check can.
	bad := filepath.Join(schemas, "test_suite_3.1", "should_fail", "001_bad_digital_source.json")
	if err := exec.Command(py, "testdata/readers.py", "ninjs", schemas, bad).Run(); err == nil {
		t.Error("a document that is not valid passed")
	}
}

// testData finds a file of the test data that lies beside the checkout.
func testData(t *testing.T, name string) string {
	t.Helper()
	dir, err := os.Getwd()
	if err != nil {
		t.Fatal(err)
	}
	for ; dir != filepath.Dir(dir); dir = filepath.Dir(dir) {
		if _, err := os.Stat(filepath.Join(dir, "go.mod")); err == nil {
			path := filepath.Join(filepath.Dir(dir), "shared", "data", name)
			if _, err := os.Stat(path); err == nil {
				return path
			}
			break
		}
	}
	t.Skipf("no %s beside the checkout", name)
	return ""
}
