package config

import (
	"errors"
	"flag"
	"fmt"
	"net/netip"
	"os"
	"path/filepath"
	"reflect"
	"strings"
	"testing"
	"time"

	"github.com/expr-lang/expr"
	exprfile "github.com/expr-lang/expr/file"

	"warta/feed"
	"warta/sources"
)

var update = flag.Bool("update", false, "write the golden files anew")

// testEnv is the environment of all tests.
func testEnv(name string) (string, bool) {
	v, ok := map[string]string{
		"DSN": "postgres://warta:geheim@db/warta", "EMPTY": "", "WORKERS": "8", "YES": "true",
		"HOST": "example.id", "BAD": "not an address with geheim in it", "NESTED": "${HOST}",
	}[name]
	return v, ok
}

// testSelect knows a few of the words that curate knows, and says where an
// expression is wrong as curate does.
func testSelect(s string) error {
	env := map[string]any{"source": "", "regions": []string{}, "title": ""}
	_, err := expr.Compile(s, expr.Env(env), expr.AsBool())
	var at *exprfile.Error
	if errors.As(err, &at) {
		return fmt.Errorf("%d:%d: %s", at.Line, at.Column+1, at.Message)
	}
	return err
}

var testOptions = Options{Env: testEnv, CheckSelect: testSelect}

// write puts files, as in "name: content" pairs, into a new folder.
func write(t testing.TB, files map[string]string) string {
	t.Helper()
	dir := t.TempDir()
	for name, content := range files {
		path := filepath.Join(dir, name)
		if err := os.MkdirAll(filepath.Dir(path), 0o755); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(path, []byte(content), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	return dir
}

// contract is every key of the contract, as an operator would write it.
const contract = `site: {title: Warta Paser, url: "https://warta.example.id/paser", listen: "127.0.0.1:9090", contact: redaksi@example.id, language: id, commercial: false}
database: warta.db
fetch: {allow_private: true, every: {min: 15m, max: 24h}, timeout: 30s, max_body: 10MiB, workers: 16}
rights: {default: headline}
sources:
  - {id: pemkab, title: Pemkab Paser, url: "https://pemkab.example.id/", feed: "https://pemkab.example.id/feed/", region: "64.01", language: id, rights: excerpt}
  - {id: kabar, feed: "http://127.0.0.1:9/rss", region: ["64.01", "64.02"], every: {min: 1h}}
permissions:
  - {id: pemkab-2026, source: pemkab, use: full, images: true, audience: public, basis: written_permission, granted_by: "Dinas Kominfo", document: "surat-123.pdf", from: 2026-01-01, until: 2026-12-31}
channels:
  - {id: paser, title: Paser, description: Kabar Paser, select: 'source == "pemkab" || "64.01" in regions', limit: 50}
  - {id: semua, public: false}
partners:
  - {id: portal, title: Portal Uji, channels: [paser, semua], use: excerpt, formats: [atom, json], limit: 600/h, until: 2027-01-01, commercial: false, addresses: [192.0.2.7, "2001:db8::/32"], contact: redaksi@portal.example.id, webhook: "https://portal.example.id/warta"}
`

func TestContract(t *testing.T) {
	dir := write(t, map[string]string{"warta.yaml": contract})
	path := filepath.Join(dir, "warta.yaml")
	got, err := Load(path, testOptions)
	if err != nil {
		t.Fatal(err)
	}
	excerpt := feed.Excerpt
	wita := time.FixedZone("", 8*3600)
	want := &Config{
		Site:     feed.Site{Title: "Warta Paser", URL: "https://warta.example.id/paser/", Contact: "redaksi@example.id", Language: "id"},
		TimeZone: got.TimeZone,
		Listen:   "127.0.0.1:9090",
		Database: filepath.Join(dir, "warta.db"),
		OwnHub:   true,
		Fetch:    Fetch{AllowPrivate: true, Every: sources.Rhythm{Min: 15 * time.Minute, Max: 24 * time.Hour}, Timeout: 30 * time.Second, MaxBody: 10 << 20, Workers: 16, Pages: true},
		Policy:   feed.Policy{Default: feed.Headline, Language: "id", Sources: map[string]feed.SourcePolicy{"pemkab": {Rights: &excerpt}}},
		Sources: []sources.Source{
			{ID: "pemkab", Title: "Pemkab Paser", URL: "https://pemkab.example.id/", Feed: "https://pemkab.example.id/feed/", Regions: []string{"64.01"}, Language: "id"},
			{ID: "kabar", Feed: "http://127.0.0.1:9/rss", Regions: []string{"64.01", "64.02"}, Every: sources.Rhythm{Min: time.Hour}},
		},
		Permissions: []feed.Permission{{
			ID: "pemkab-2026", Source: "pemkab", Use: feed.Full, Images: true, Audience: feed.Public, Basis: feed.WrittenPermission,
			GrantedBy: "Dinas Kominfo", Document: "surat-123.pdf", Notify: usualNotify,
			From:  got.Permissions[0].From,
			Until: got.Permissions[0].Until,
		}},
		Channels: []feed.Channel{
			{ID: "paser", Title: "Paser", Description: "Kabar Paser", Language: "id", Select: `source == "pemkab" || "64.01" in regions`, Limit: 50},
			{ID: "semua", Title: "semua", Language: "id", Limit: 100, Private: true},
		},
		Partners: []feed.Partner{{
			ID: "portal", Title: "Portal Uji", Channels: []string{"paser", "semua"}, Use: feed.Excerpt, Formats: []string{"atom", "json"},
			Limit: feed.Limit{Requests: 600, Per: time.Hour}, Noncommercial: true, Until: time.Date(2027, 1, 2, 0, 0, 0, 0, got.TimeZone),
			Addresses: []netip.Prefix{netip.MustParsePrefix("192.0.2.7/32"), netip.MustParsePrefix("2001:db8::/32")},
			Contact:   "redaksi@portal.example.id", Webhook: "https://portal.example.id/warta",
		}},
		Path:  path,
		Files: []string{path},
	}
	if !reflect.DeepEqual(got, want) {
		t.Errorf("got  %+v\nwant %+v", got, want)
	}
	p := got.Permissions[0]
	if !p.From.Equal(time.Date(2026, 1, 1, 0, 0, 0, 0, wita)) || !p.Until.Equal(time.Date(2027, 1, 1, 0, 0, 0, 0, wita)) {
		t.Errorf("in force from %s until %s", p.From, p.Until)
	}
	if !p.InForce(feed.Public, time.Date(2026, 12, 31, 23, 59, 59, 0, wita)) {
		t.Error("the last day is not within the permission")
	}
}

func TestDefaults(t *testing.T) {
	dir := write(t, map[string]string{"warta.yaml": "sources: []\n"})
	got, err := Load(filepath.Join(dir, "warta.yaml"), testOptions)
	if err != nil {
		t.Fatal(err)
	}
	if got.Site.URL != "http://127.0.0.1:8080/" || got.Listen != "127.0.0.1:8080" || got.Site.Language != "id" ||
		got.Database != filepath.Join(dir, "warta.db") || got.Policy.Default != feed.Excerpt || got.TimeZone.String() != "Asia/Makassar" {
		t.Errorf("got %+v", got)
	}
	if !got.Site.Commercial || !got.Policy.Commercial {
		t.Error("a site that says nothing counts as commercial")
	}
	if got.Fetch != (Fetch{Every: sources.Rhythm{Min: 15 * time.Minute, Max: 24 * time.Hour}, Timeout: 30 * time.Second, MaxBody: 10 << 20, Workers: 16, Pages: true}) {
		t.Errorf("fetch is %+v", got.Fetch)
	}
}

// TestGolden reads each testdata/*.yaml, and the warta.yaml of each folder
// there, and compares what is said about it with the .txt beside it.
func TestGolden(t *testing.T) {
	t.Chdir("testdata")
	files, _ := filepath.Glob("*.yaml")
	folders, _ := filepath.Glob("*/warta.yaml")
	for _, path := range append(files, folders...) {
		t.Run(filepath.ToSlash(path), func(t *testing.T) {
			got := "no problem\n"
			if _, err := Load(path, testOptions); err != nil {
				var ps Problems
				if !errors.As(err, &ps) || !errors.Is(err, feed.ErrInvalid) {
					t.Errorf("the error is a %T", err)
				}
				got = filepath.ToSlash(err.Error()) + "\n"
			}
			if strings.Contains(got, "geheim") {
				t.Errorf("a secret is shown:\n%s", got)
			}
			golden := strings.TrimSuffix(path, ".yaml") + ".txt"
			if *update {
				if err := os.WriteFile(golden, []byte(got), 0o644); err != nil {
					t.Fatal(err)
				}
			}
			want, err := os.ReadFile(golden)
			if err != nil {
				t.Fatal(err)
			}
			if got != string(want) {
				t.Errorf("got\n%swant\n%s", got, want)
			}
		})
	}
}
