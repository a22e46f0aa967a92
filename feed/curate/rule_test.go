package curate

import (
	"errors"
	"strings"
	"testing"
	"time"

	"warta/feed"
	"warta/sources"
)

func sample() *feed.Entry {
	return &feed.Entry{
		ID: "e1", Source: "pemkab", Title: "Banjir Rob di Tanah Grogot",
		Excerpt:   "Air laut masuk ke permukiman.",
		Content:   sources.Text{Type: "html", Value: "<p>Warga <b>Pas</b>er Belengkong</p><p>mengungsi &amp; menunggu bantuan.</p>"},
		Language:  "id",
		Published: time.Date(2026, 3, 1, 8, 0, 0, 0, time.UTC),
		FirstSeen: time.Date(2026, 3, 1, 9, 0, 0, 0, time.UTC),
		Regions:   []string{"64.01", "64.09"},
		Categories: []sources.Category{
			{Term: "bencana", Label: "Bencana Alam"},
		},
		Attribution: feed.Attribution{
			URL:        "https://www.pemkab.example/berita/1",
			Authors:    []sources.Person{{Name: "Siti Aminah"}},
			Agency:     "ANTARA",
			Dateline:   "PASER",
			Statements: []sources.Statement{{Text: "© Pemkab"}},
			Licenses:   []string{"https://creativecommons.org/licenses/by/4.0/"},
			Source:     feed.Outlet{Title: "Pemkab Paser"},
		},
	}
}

func TestMatch(t *testing.T) {
	for _, c := range []struct {
		rule string
		want bool
	}{
		{"", true},
		{"  \n", true},
		{"true", true},
		{`source == "pemkab" || "64.01" in regions`, true},
		{`source in ["a", "pemkab"]`, true},
		{`source != "pemkab"`, false},
		{`"64.02" in regions`, false},
		{`within("64")`, true},
		{`within("64.09")`, true},
		{`within("6")`, false},
		{`text contains "paser belengkong"`, true},
		{`text contains "Paser Belengkong"`, true},
		{`text contains "belengkong mengungsi & menunggu"`, true},
		{`text matches "Ban.ir"`, true},
		{`text matches "ban.ir rob"`, true},
		{`title contains "banjir"`, false},
		{`lower(title) contains "banjir"`, true},
		{`mentions("Air Laut")`, true},
		{`mentions("air lau")`, false},
		{`mentions("")`, false},
		{`"bencana" in categories && "Bencana Alam" in categories`, true},
		{`any(categories, # startsWith "ben")`, true},
		{`count(regions, # startsWith "64") == 2`, true},
		{`len(filter(authors, # == "Siti Aminah")) == 1`, true},
		{`agency == "ANTARA" and dateline == "PASER"`, true},
		{`not advertorial`, true},
		{`image`, false},
		{`host == "pemkab.example"`, true},
		{`published > date("2026-02-28")`, true},
		{`published.Year() == 2026`, true},
		{`rights contains "Pemkab"`, true},
		{`any(licenses, # contains "/by/")`, true},
		{`outlet == "Pemkab Paser" && language == "id"`, true},
	} {
		r, err := Compile(feed.Channel{ID: "c", Select: c.rule})
		if err != nil {
			t.Errorf("%s: %v", c.rule, err)
			continue
		}
		got, err := r.Match(sample())
		if err != nil || got != c.want {
			t.Errorf("%s: got %v, %v; want %v", c.rule, got, err, c.want)
		}
	}
}

func TestCheckSelect(t *testing.T) {
	for _, c := range []struct{ rule, want string }{
		{`"64.01" in regionz`, `1:12: unknown name "regionz"; did you mean "regions"?`},
		{"true &&\n  titel == \"x\"", `2:3: unknown name "titel"; did you mean "title"?`},
		{`zzzzzzzz`, `1:1: unknown name "zzzzzzzz"; a rule may use source, outlet`},
		{`title`, "expected bool"},
		{`source == 5`, "mismatched types string and int"},
		{`source == "a`, "literal not terminated"},
		{`now().Year() == 2026`, `unknown name "now"`},
		{`repeat("a", 100000000) == ""`, `unknown name "repeat"`},
		{`all(1..1000, # > 0)`, "a range of numbers is not available"},
		{`let x = title + title; x == ""`, "let is not available"},
		{`any(regions, any(categories, true))`, "a predicate inside a predicate"},
		{`text matches title`, "matches needs a pattern in quotes"},
		{`text matches "("`, "missing closing"},
		{strings.Repeat("(", 5000) + "true" + strings.Repeat(")", 5000), "at most 8192"},
		{"true" + strings.Repeat("&&true", 1200), "exceeds maximum allowed nodes"},
	} {
		err := CheckSelect(c.rule)
		if err == nil || !strings.Contains(err.Error(), c.want) {
			t.Errorf("%.60s: got %v, want %s", c.rule, err, c.want)
		}
		var at *SelectError
		if err != nil && !errors.As(err, &at) {
			t.Errorf("%.60s: %T is no SelectError", c.rule, err)
		}
	}
}

func TestHash(t *testing.T) {
	hash := func(s string) string {
		r, err := Compile(feed.Channel{Select: s})
		if err != nil {
			t.Fatal(err)
		}
		return r.Hash()
	}
	if hash("image") != hash(" image\n") {
		t.Error("white space around a rule changes its hash")
	}
	if hash("image") == hash("not image") {
		t.Error("two rules with one hash")
	}
}

func TestSources(t *testing.T) {
	r, err := Compile(feed.Channel{Select: `source == "a" || "b" == source || source in ["c", "d"] || outlet == "e"`})
	if err != nil {
		t.Fatal(err)
	}
	if got := strings.Join(r.Sources(), " "); got != "a b c d" {
		t.Errorf("got %s", got)
	}
}

func TestSubjectShared(t *testing.T) {
	s := NewSubject(sample())
	for _, rule := range []string{`text contains "warga"`, `mentions("warga")`, `image || text contains "rob"`} {
		r, err := Compile(feed.Channel{Select: rule})
		if err != nil {
			t.Fatal(err)
		}
		if ok, err := r.Select(s); !ok || err != nil {
			t.Errorf("%s: %v, %v", rule, ok, err)
		}
	}
}

func FuzzCheckSelect(f *testing.F) {
	f.Add(`source == "pemkab" || "64.01" in regions`)
	f.Add(`any(categories, # startsWith "ben") && text matches "a+"`)
	f.Add(`published > date("2026-02-28") ? image : within("64")`)
	f.Fuzz(func(t *testing.T, rule string) {
		r, err := Compile(feed.Channel{Select: rule})
		if err != nil {
			return
		}
		start := time.Now()
		r.Match(sample())
		if d := time.Since(start); d > time.Second {
			t.Errorf("%q took %v", rule, d)
		}
	})
}

func BenchmarkMatch(b *testing.B) {
	e := sample()
	e.Content.Value = strings.Repeat(e.Content.Value, 25)
	for _, rule := range []string{`source == "pemkab" || "64.01" in regions`, `text contains "tidak ada"`, `mentions("kata")`} {
		r, err := Compile(feed.Channel{Select: rule})
		if err != nil {
			b.Fatal(err)
		}
		b.Run(rule, func(b *testing.B) {
			b.ReportAllocs()
			for b.Loop() {
				r.Match(e)
			}
		})
		b.Run("shared "+rule, func(b *testing.B) {
			b.ReportAllocs()
			s := NewSubject(e)
			for b.Loop() {
				r.Select(s)
			}
		})
	}
}
