package parse

import (
	"context"
	"fmt"
	"maps"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"
)

var (
	expectLine = regexp.MustCompile(`(?m)^\s*Expect:\s*(.*)$`)
	headerLine = regexp.MustCompile(`(?m)^\s*Header:\s*([\w-]+):\s*(.*)$`)
)

// floors are the shares of files that must agree, by folder, in per cent.
var floors = map[string]float64{
	"encoding": 96, "entities": 98, "illformed": 100, "illformed_chardet": 100, "illformed_geo": 100, "json": 100,
	"wellformed_amp": 100, "wellformed_atom": 100, "wellformed_atom10": 98, "wellformed_base": 100, "wellformed_cdf": 100,
	"wellformed_geo": 100, "wellformed_http": 100, "wellformed_itunes": 100, "wellformed_lang": 100, "wellformed_media-rss": 100,
	"wellformed_namespace": 100, "wellformed_psc": 100, "wellformed_rdf": 100, "wellformed_rss": 98, "wellformed_sanitize": 100, "wellformed_xml": 100,
}

// TestFeedparserSuite reads feedparser's own suite. A file agrees where every
// field we carry is as feedparser reads it and every clause of its Expect line
// over such fields holds. Values that the Expect line wants resolved or
// normalized may stand as the file has them; that is normalize's work.
func TestFeedparserSuite(t *testing.T) {
	dir := sharedData(t, "feedparser-tests")
	files, err := filepath.Glob(filepath.Join(dir, "*", "*"))
	if err != nil {
		t.Fatal(err)
	}
	type row struct{ files, ours, gofeed int }
	rows := map[string]*row{}
	c := newTally()
	for _, file := range files {
		if strings.HasSuffix(file, ".expect.json") {
			continue
		}
		folder := filepath.Base(filepath.Dir(file))
		if rows[folder] == nil {
			rows[folder] = &row{}
		}
		rows[folder].files++
		body, err := os.ReadFile(file)
		if err != nil {
			t.Fatal(err)
		}
		want := readExpectation(t, file)
		ok, other := suiteFile(c, folder+"/"+filepath.Base(file), string(body), want)
		if ok {
			rows[folder].ours++
		}
		if other {
			rows[folder].gofeed++
		}
	}
	var b strings.Builder
	fmt.Fprintf(&b, "feedparser's suite: files that agree\n%-28s %6s %8s %8s\n", "folder", "files", "warta", "gofeed")
	for _, f := range slices.Sorted(maps.Keys(rows)) {
		r := rows[f]
		fmt.Fprintf(&b, "%-28s %6d %7.1f%% %7.1f%%\n", f, r.files, pct(r.ours, r.files), pct(r.gofeed, r.files))
		if pct(r.ours, r.files) < floors[f] {
			t.Errorf("%s: %.1f %% agree, floor %.1f", f, pct(r.ours, r.files), floors[f])
		}
	}
	t.Log(b.String())
	c.print(t, "feedparser's suite: fields")
}

// suiteFile reads one file and reports whether we, and gofeed alone, agree.
func suiteFile(c *tally, name, body string, want expectation) (ok, other bool) {
	in := Input{Body: []byte(body), URL: "http://127.0.0.1:8097/" + name}
	for _, h := range headerLine.FindAllStringSubmatch(body, -1) {
		switch strings.ToLower(h[1]) {
		case "content-type":
			in.ContentType = strings.TrimSpace(h[2])
		case "content-location":
			in.ContentLocation = strings.TrimSpace(h[2])
		case "content-language":
			in.ContentLanguage = strings.TrimSpace(h[2])
		}
	}
	doc, err := Parse(context.Background(), in)
	var ours plainReading
	if err == nil {
		ours = ourReading(doc)
	}
	if want.N == 0 && len(want.Feed) == 0 && err != nil {
		ours, err = plainReading{}, nil // nothing was to be read
	}
	theirs, theirErr := gofeedReading([]byte(body))
	quiet := newTally()
	other = quiet.compare(name, want, theirs, theirErr, theirs, theirErr)
	missed := len(c.missed)
	ok = c.compare(name, want, ours, err, theirs, theirErr)
	if doc == nil {
		return ok, other
	}
	if strings.HasPrefix(name, "wellformed_sanitize/") {
		return ok, other // what is safe is for normalize to say
	}
	for _, m := range expectLine.FindAllStringSubmatch(body, -1) {
		excused := map[string]bool{}
		for _, cl := range evaluate(m[1], shaped(doc)) {
			key := fieldOf(cl.path)
			switch {
			case cl.ok:
				excused[key] = true
				c.missed = slices.DeleteFunc(c.missed, func(s string) bool {
					return strings.HasPrefix(s, name+" ") && strings.Contains(s, "."+key+" want")
				})
			case strings.Contains(cl.path, "detail") || strings.Contains(cl.path, "language") || strings.Contains(cl.path, "base") || !inReading(want, key):
				c.missed = append(c.missed, fmt.Sprintf("%s %s want %s err %v", name, key, cl.text, cl.err))
			}
		}
	}
	return len(c.missed) <= missed, other
}

// fieldOf is the field a path asks for: entries[0]['title_detail']['type'] is
// title_detail.
func fieldOf(path string) string {
	f := regexp.MustCompile(`^(?:len\()?(?:feed|channel|entries\[\d+\]|items\[\d+\])[\[.]['"]?(\w+)`).FindStringSubmatch(path)
	if f == nil {
		return path
	}
	return f[1]
}

func inReading(want expectation, field string) bool {
	if _, ok := want.Feed[field]; ok {
		return true
	}
	for _, e := range want.Entries {
		if v, ok := e[field]; ok && v != nil {
			return true
		}
	}
	return false
}
