package config

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"pgregory.net/rapid"

	"warta/feed"
	"warta/sources"
)

func TestNearest(t *testing.T) {
	keys := sourceSection.names()
	for name, want := range map[string]string{
		"feeed": "feed", "fede": "feed", "FEED": "feed", "titel": "title", "langauge": "language", "regions": "region", "": "", "xyz": "", strings.Repeat("f", 100): "",
	} {
		if got := nearest(name, keys); got != want {
			t.Errorf("%q: got %q, want %q", name, got, want)
		}
	}
}

func TestDistance(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		words := rapid.StringMatching(`[a-c]{0,6}`)
		a, b := words.Draw(t, "a"), words.Draw(t, "b")
		d := distance(a, b)
		if d != distance(b, a) || (d == 0) != (a == b) || d > max(len(a), len(b)) || d < len(a)-len(b) {
			t.Errorf("%q to %q is %d", a, b, d)
		}
	})
}

func TestParseDuration(t *testing.T) {
	for s, want := range map[string]time.Duration{
		"30s": 30 * time.Second, "15m": 15 * time.Minute, "24h": 24 * time.Hour, "7d": 168 * time.Hour, "1d12h": 36 * time.Hour,
		"1h30m": 90 * time.Minute, "100ms": 100 * time.Millisecond,
	} {
		if got, err := parseDuration(s); err != nil || got != want {
			t.Errorf("%s: got %v, %v", s, got, err)
		}
		if got, err := parseDuration(formatDuration(want)); err != nil || got != want {
			t.Errorf("%s is written as %s", want, formatDuration(want))
		}
	}
	for _, s := range []string{"", "d", "-1d", "1.5d", "15", "15 m", "1w", "1d1d", "99999999d", "65535d9999999h", "soon"} {
		if got, err := parseDuration(s); err == nil && got < 0 || err == nil && s != "65535d9999999h" {
			t.Errorf("%q: got %v", s, got)
		}
	}
}

func TestParseSize(t *testing.T) {
	for s, want := range map[string]int64{"10MiB": 10 << 20, "10 MiB": 10 << 20, "512KiB": 512 << 10, "1GiB": 1 << 30, "5MB": 5e6, "2kB": 2000, "7": 7, "7B": 7} {
		if got, ok := parseSize(s); !ok || got != want {
			t.Errorf("%s: got %d, %t", s, got, ok)
		}
	}
	for _, s := range []string{"", "MiB", "-1", "1.5MiB", "9223372036854775807KiB", "10mib", "ten"} {
		if got, ok := parseSize(s); ok {
			t.Errorf("%q: got %d", s, got)
		}
	}
}

func TestExpand(t *testing.T) {
	for s, want := range map[string]string{
		"plain $5 {x}": "plain $5 {x}", "${HOST}": "example.id", "a${HOST}b${HOST}": "aexample.idbexample.id",
		"${UNSET:-x}": "x", "${EMPTY:-x}": "x", "${EMPTY}": "", "${HOST:-x}": "example.id", "${UNSET:-}": "",
		"$${HOST}": "${HOST}", "$$${HOST}": "$${HOST}", "${NESTED}": "${HOST}", "${UNSET:-a:-b}": "a:-b",
	} {
		if got, _, err := expand(s, testEnv); err != nil || got != want {
			t.Errorf("%s: got %q, %v", s, got, err)
		}
	}
	for _, s := range []string{"${", "${}", "${1A}", "${a b}", "${UNSET}", "${HOST", "${:-x}"} {
		if got, _, err := expand(s, testEnv); err == nil {
			t.Errorf("%s: got %q", s, got)
		}
	}
}

// TestEnvironment: variables stand for values of every type, and a secret
// reaches the database's address only.
func TestEnvironment(t *testing.T) {
	dir := write(t, map[string]string{"warta.yaml": `
site: {url: "https://${HOST}", commercial: "${NOPE:-false}"}
database: ${DSN}
fetch: {workers: "${WORKERS}", allow_private: "${YES}", timeout: "${T:-5s}"}
channels:
  - {id: a, limit: "${LIMIT:-7}", title: "$${HOST}"}
`})
	cfg, err := Load(filepath.Join(dir, "warta.yaml"), testOptions)
	if err != nil {
		t.Fatal(err)
	}
	if cfg.Site.URL != "https://example.id/" || cfg.Database != "postgres://warta:geheim@db/warta" || cfg.Fetch.Workers != 8 ||
		!cfg.Fetch.AllowPrivate || cfg.Fetch.Timeout != 5*time.Second || cfg.Channels[0].Limit != 7 || cfg.Channels[0].Title != "${HOST}" {
		t.Errorf("got %+v", cfg)
	}
}

// TestInclude: lists are joined, sections may stand in any file once, and a
// zone that only a later file names holds for all permissions.
func TestInclude(t *testing.T) {
	dir := write(t, map[string]string{
		"warta.yaml": `
include: [sources/*.yaml, none/*.yaml, zone.yaml, "*.yaml"]
permissions:
  - {id: p, source: b, use: full, basis: own_content, from: 2026-03-01, until: 2026-03-01}
`,
		"sources/b.yaml":    `sources: [{id: b, feed: "https://b.example/"}]`,
		"sources/a.yaml":    `sources: [{id: a, feed: "https://a.example/", region: 64.10}]`,
		"sources/.#a.yaml":  "not: read",
		"sources/x.yaml/.x": "a folder is passed over",
		"zone.yaml":         "site: {timezone: Asia/Jayapura, language: en, url: 'https://x.example'}\ndatabase: sub/x.db\nchannels: [{id: k}]\n",
	})
	cfg, err := Load(filepath.Join(dir, "warta.yaml"), testOptions)
	if err != nil {
		t.Fatal(err)
	}
	if len(cfg.Sources) != 2 || cfg.Sources[0].ID != "a" || cfg.Sources[0].Regions[0] != "64.10" {
		t.Errorf("sources are %+v", cfg.Sources)
	}
	wit := time.FixedZone("", 9*3600)
	p := cfg.Permissions[0]
	if !p.From.Equal(time.Date(2026, 3, 1, 0, 0, 0, 0, wit)) || !p.Until.Equal(time.Date(2026, 3, 2, 0, 0, 0, 0, wit)) {
		t.Errorf("the permission runs from %v until %v", p.From, p.Until)
	}
	if cfg.Database != filepath.Join(dir, "sub", "x.db") || cfg.Channels[0].Language != "en" {
		t.Errorf("got %+v", cfg)
	}
	if len(cfg.Files) != 4 || len(cfg.Patterns) != 3 || len(cfg.Watched()) != 7 {
		t.Errorf("files are %q, patterns %q", cfg.Files, cfg.Patterns)
	}
}

// TestEvery: a source's one bound wins over the general other.
func TestEvery(t *testing.T) {
	dir := write(t, map[string]string{"warta.yaml": `
sources:
  - {id: a, feed: "https://a.example/", every: {min: 2d}}
  - {id: b, feed: "https://b.example/", every: {max: 5m}}
  - {id: c, feed: "https://c.example/", every: {max: 2h}}
fetch: {every: {min: 1h}}
`})
	cfg, err := Load(filepath.Join(dir, "warta.yaml"), testOptions)
	if err != nil {
		t.Fatal(err)
	}
	for i, want := range []sources.Rhythm{{Min: 48 * time.Hour, Max: 48 * time.Hour}, {Min: 5 * time.Minute, Max: 5 * time.Minute}, {Max: 2 * time.Hour}} {
		if got := cfg.Sources[i].Every; got != want {
			t.Errorf("source %s: got %v, want %v", cfg.Sources[i].ID, got, want)
		}
	}
}

// TestDaylight: a day may have 23 or 25 hours, midnight may not exist.
func TestDaylight(t *testing.T) {
	zone, err := time.LoadLocation("Europe/Amsterdam")
	if err != nil {
		t.Fatal(err)
	}
	d := day{2026, time.March, 29}
	if got := d.midnight(1, zone).Sub(d.midnight(0, zone)); got != 23*time.Hour {
		t.Errorf("the day has %v", got)
	}
	if got := (day{2026, time.December, 31}).midnight(1, zone); got.Year() != 2027 || got.Day() != 1 {
		t.Errorf("after the year's last day comes %v", got)
	}
}

func TestFilesThatCantBeRead(t *testing.T) {
	dir := t.TempDir()
	_, err := Load(filepath.Join(dir, "none.yaml"), testOptions)
	if !errors.Is(err, fs.ErrNotExist) || !errors.Is(err, feed.ErrInvalid) || !strings.Contains(err.Error(), "warta init") {
		t.Errorf("a missing file: %v", err)
	}
	cfg, err := Load(dir, testOptions)
	if err == nil || !strings.Contains(err.Error(), "directory") {
		t.Errorf("a directory: %v", err)
	}
	if cfg == nil || cfg.Path != dir || len(cfg.Files) != 1 || cfg.Database != "" {
		t.Errorf("the rest of a wrong configuration is %+v", cfg)
	}
	big := filepath.Join(dir, "big.yaml")
	if err := os.Truncate(write1(t, big), maxFile+1); err != nil {
		t.Fatal(err)
	}
	if _, err := Load(big, testOptions); err == nil || !strings.Contains(err.Error(), "larger than 8 MiB") {
		t.Errorf("a large file: %v", err)
	}
	main := filepath.Join(dir, "main.yaml")
	put(t, main, "include: none.yaml\n")
	if _, err := Load(main, testOptions); err == nil || errors.Is(err, fs.ErrNotExist) {
		t.Errorf("a missing include is not a missing configuration: %v", err)
	}
}

func write1(t *testing.T, path string) string {
	t.Helper()
	put(t, path, "site: {title: x}\n")
	return path
}

// TestAllAtOnce: a file that is wrong throughout still ends, in order.
func TestAllAtOnce(t *testing.T) {
	var b strings.Builder
	b.WriteString("sources:\n")
	for i := range 2000 {
		fmt.Fprintf(&b, "  - {id: s%d, feed: x}\n", i)
	}
	_, err := Load(filepath.Join(write(t, map[string]string{"warta.yaml": b.String()}), "warta.yaml"), testOptions)
	var ps Problems
	if !errors.As(err, &ps) || len(ps) != maxProblems+1 {
		t.Fatalf("%d problems", len(ps))
	}
	for i, p := range ps[:maxProblems] {
		if p.Line != i+2 {
			t.Fatalf("problem %d is at line %d", i, p.Line)
		}
	}
}

// TestSplit: a list read in parts is the list, with the same places.
func TestSplit(t *testing.T) {
	items := many(1000)
	content := "# top\nsite: {title: x}\n" + items + "  # last\n\nchannels:\n  - {id: k}\n"
	if parts := split([]byte(content)); len(parts) != 6 {
		t.Fatalf("%d parts", len(parts))
	}
	dir := write(t, map[string]string{"warta.yaml": content})
	cfg, err := Load(filepath.Join(dir, "warta.yaml"), testOptions)
	if err != nil || len(cfg.Sources) != 1000 || len(cfg.Channels) != 1 {
		t.Fatalf("%d sources, %v", len(cfg.Sources), err)
	}
	for i, s := range cfg.Sources {
		if s.ID != fmt.Sprintf("s%d", i) {
			t.Fatalf("source %d is %s", i, s.ID)
		}
	}
	wrong := strings.Replace(content, "  - {id: s0,", "  # first\n\n  - id: s0\n    titel: x\n    title: |\n      - x\n  - {id: sx,", 1)
	for _, id := range []string{"s199,", "s200,", "s201,", "s999,"} {
		wrong = strings.Replace(wrong, "id: "+id, "idd: "+id, 1)
	}
	wrong = strings.Replace(wrong, "{id: k}", "{idd: k}", 1)
	_, err = Load(filepath.Join(write(t, map[string]string{"warta.yaml": wrong}), "warta.yaml"), testOptions)
	var ps Problems
	errors.As(err, &ps)
	lines := strings.Split(wrong, "\n")
	found := 0
	for _, p := range ps {
		if !strings.Contains(p.Message, "unknown key") {
			continue
		}
		found++
		if at := lines[p.Line-1][p.Column-1:]; !strings.HasPrefix(at, "idd:") && !strings.HasPrefix(at, "titel:") {
			t.Errorf("%s points at %q", p, at)
		}
	}
	if found != 6 {
		t.Errorf("%d keys found:\n%v", found, err)
	}
	broken := strings.Replace(content, "{id: s500,", "{id: s500", 1)
	_, err = Load(filepath.Join(write(t, map[string]string{"warta.yaml": broken}), "warta.yaml"), testOptions)
	if err == nil || !strings.Contains(err.Error(), "warta.yaml:504:") {
		t.Errorf("a syntax error in a part: %v", err)
	}
}

func TestHasAnchor(t *testing.T) {
	for s, want := range map[string]bool{
		"a: &x b": true, "- *x": true, "*x": true, "[*x]": true, "<<: *x": true, "a:\n&x": true,
		"a: \"https://x/?a=1&b=2\"": false, "title: A & B": false, "include: [sources/*.yaml]": false, "": false, "&": false, "a *": false,
	} {
		if got := hasAnchor([]byte(s)); got != want {
			t.Errorf("%q: got %t", s, got)
		}
	}
}

// many is a configuration of n sources.
func many(n int) string {
	var b strings.Builder
	b.WriteString("sources:\n")
	for i := range n {
		fmt.Fprintf(&b, "  - {id: s%d, title: \"Kabar %d\", url: \"https://s%d.example.id/\", feed: \"https://s%d.example.id/feed/\", region: \"64.01\", language: id, rights: excerpt}\n", i, i, i, i)
	}
	return b.String()
}

func BenchmarkLoad10000(b *testing.B) {
	path := filepath.Join(write(b, map[string]string{"warta.yaml": many(10000)}), "warta.yaml")
	b.ReportAllocs()
	for b.Loop() {
		if _, err := Load(path, testOptions); err != nil {
			b.Fatal(err)
		}
	}
}
