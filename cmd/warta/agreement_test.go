package main

import (
	"cmp"
	"encoding/json"
	"fmt"
	"html"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"
	"time"

	"warta/sources/normalize"
)

// reading is feedparser's reading of one captured feed, as far as it is
// compared.
type reading struct {
	Entries []struct {
		Title      string
		Link       string
		ID         string
		Author     string
		Authors    []string
		Published  string
		Updated    string
		Raw        string `json:"published_raw"`
		RawUpdated string `json:"updated_raw"`
		Rights     string
		Tags       []string
		Enclosures []struct{ Href string }
		Source     struct{ Title, Href string }
	}
}

// score counts how often two readings of a field agree.
type score struct {
	checks, agree int
	examples      []string
}

type scores map[string]*score

func (s scores) check(field, file string, ok bool, got, want string) {
	c := s[field]
	if c == nil {
		c = &score{}
		s[field] = c
	}
	c.checks++
	if ok {
		c.agree++
	} else if len(c.examples) < 4 {
		c.examples = append(c.examples, fmt.Sprintf("%s: %.90q, feedparser has %.90q", file, got, want))
	}
}

// TestAgreementWithFeedparser compares what inspect prints for every captured
// feed, read and normalized, with feedparser's reading of the same bytes, and
// prints a table. Differences that are ours on purpose are in docs/quirks.md.
func TestAgreementWithFeedparser(t *testing.T) {
	names, _ := filepath.Glob("../../../shared/data/open/feeds/*.expect.json")
	if len(names) == 0 {
		t.Skip("captured feeds are not here: ../shared/data is not present")
	}
	s := make(scores)
	for _, name := range names {
		file := strings.TrimSuffix(name, ".expect.json")
		var want reading
		b, err := os.ReadFile(name)
		if err != nil {
			t.Fatal(err)
		}
		if json.Unmarshal(b, &want) != nil || len(want.Entries) == 0 {
			continue
		}
		out, err := inspectFile(t, file)
		if err != nil {
			continue
		}
		var got inspection
		if err := json.Unmarshal(out, &got); err != nil {
			t.Fatalf("%s: %v", file, err)
		}
		compare(s, filepath.Base(file), got, want)
	}
	var b strings.Builder
	fields := make([]string, 0, len(s))
	for f := range s {
		fields = append(fields, f)
	}
	slices.Sort(fields)
	for _, f := range fields {
		c := s[f]
		share := 100 * float64(c.agree) / float64(c.checks)
		fmt.Fprintf(&b, "%-12s %6d checks %6.1f %%\n", f, c.checks, share)
		for _, e := range c.examples {
			fmt.Fprintf(&b, "             %s\n", e)
		}
		if share < cmp.Or(floors[f], 97) {
			t.Errorf("%s agrees in %.1f %% only", f, share)
		}
	}
	t.Logf("inspect beside feedparser:\n%s", b.String())
}

// floors are the least shares of agreement where 97 % is not it.
var floors = map[string]float64{}

func compare(s scores, file string, got inspection, want reading) {
	if len(got.Entries) != len(want.Entries) {
		s.check("entries", file, false, fmt.Sprint(len(got.Entries)), fmt.Sprint(len(want.Entries)))
		return
	}
	s.check("entries", file, true, "", "")
	for i, w := range want.Entries {
		g := got.Entries[i]
		if w.Title != "" {
			s.check("title", file, words(g.Title) == words(w.Title) || strings.HasPrefix(words(w.Title), words(g.Title)) && g.Title != "", g.Title, w.Title)
		}
		if w.Link != "" {
			s.check("link", file, sameLink(g.URL, w.Link), g.URL, w.Link)
		}
		if w.ID != "" {
			s.check("id", file, g.ID == w.ID || g.IDFrom != "feed", g.ID, w.ID)
		}
		authors := w.Authors
		if len(authors) == 0 && w.Author != "" {
			authors = []string{w.Author}
		}
		for _, a := range authors {
			s.check("author", file, mentions(g, a), names(g.Authors), a)
		}
		compareDates(s, "published", file, g.Published, w.Published, w.Raw)
		updated := g.Updated
		if updated == nil {
			updated = g.Published // feedparser takes dc:date for updated; for us it is when a story came out
		}
		compareDates(s, "updated", file, updated, w.Updated, w.RawUpdated)
		if w.Rights != "" {
			all := ""
			for _, st := range g.Rights.Statements {
				all += words(st.Text) + " "
			}
			s.check("rights", file, strings.Contains(all, words(w.Rights)), all, w.Rights)
		}
		if w.Source.Title != "" {
			ok := g.Source != nil && words(g.Source.Title) == words(w.Source.Title)
			title := ""
			if g.Source != nil {
				title = g.Source.Title
			}
			s.check("source", file, ok, title, w.Source.Title)
		}
		for _, tag := range w.Tags {
			s.check("category", file, slices.ContainsFunc(g.Categories, func(c string) bool { return words(c) == words(tag) }), strings.Join(g.Categories, ", "), tag)
		}
		for _, e := range w.Enclosures {
			ok := false
			for _, x := range g.Enclosures {
				ok = ok || sameLink(x.URL, e.Href)
			}
			s.check("enclosure", file, ok || e.Href == "", "", e.Href)
		}
	}
}

// compareDates compares instants; one that the document left without a zone, or that
// feedparser could not read, proves nothing.
func compareDates(s scores, field, file string, got *time.Time, want, raw string) {
	if want == "" || !zoned.MatchString(raw) {
		return
	}
	w, err := time.Parse(time.RFC3339, want)
	if err != nil {
		return
	}
	s.check(field, file, got != nil && got.Truncate(time.Second).Equal(w), fmt.Sprint(got), want+" from "+raw)
}

var zoned = regexp.MustCompile(`(?i)(Z|[+-]\d\d:?\d\d|GMT|UTC|UT|[ECMP][SD]T)\s*$`)

// words are a text's letters and digits, markup and entities aside.
func words(s string) string {
	s = html.UnescapeString(html.UnescapeString(tags.ReplaceAllString(html.UnescapeString(s), " ")))
	return strings.Join(strings.Fields(strings.Map(func(r rune) rune {
		if r == '\u00a0' || r < ' ' {
			return ' '
		}
		return r
	}, tags.ReplaceAllString(s, " "))), " ")
}

var tags = regexp.MustCompile(`</?[a-zA-Z!][^>]*>`)

func sameLink(a, b string) bool {
	return a == b || normalize.Key(a) == normalize.Key(b) || strings.HasSuffix(a, b)
}

// mentions reports whether an entry names a person.
func mentions(e entryView, name string) bool {
	for _, p := range append(slices.Clone(e.Authors), e.Contributors...) {
		if n := words(p.Name); n != "" && strings.Contains(words(name), n) || p.Email != "" && strings.Contains(name, p.Email) || strings.Contains(words(p.Name), words(name)) {
			return true
		}
	}
	return false
}
