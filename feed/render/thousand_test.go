package render

import (
	"bytes"
	"encoding/json"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"reflect"
	"strings"
	"testing"

	"github.com/mmcdole/gofeed/atom"
	"github.com/mmcdole/gofeed/rss"

	"warta/feed"
	"warta/feed/render/rendertest"
	"warta/sources"
)

// mixed is the entry n of a channel as it comes in practice: every use,
// language, kind of byline, licence, outlet and id, and withdrawals.
func mixed(n int) feed.Shown {
	s := typical(n)
	e, a := &s.Entry, &s.Entry.Attribution
	e.Title = fmt.Sprintf("%s %d", []string{
		"Harga beras naik 5% & warga mengeluh", "“Ini untuk warga,” kata Bupati <Paser>", "Flood hits Grogot: O’Neil's report", "Ekspor ke 日本 dan منطقة lain", "Nelayan \\ laut: \"tinggi\"",
	}[n%5], n)
	e.Language = []string{"id", "id-ID", "en", ""}[n%4]
	a.Authors, a.Contributors = nil, nil
	for i := range n % 4 {
		a.Authors = append(a.Authors, sources.Person{Name: fmt.Sprintf("Penulis %d-%d", n, i), Role: "author", Email: []string{"", "p@pemkab.example"}[i%2]})
	}
	if n%3 == 0 {
		a.Contributors = []sources.Person{{Name: fmt.Sprintf("Penyunting %d", n), Role: "editor"}}
	}
	if n%6 == 0 {
		a.Agency = "ANTARA"
	}
	if n%7 == 0 {
		e.OriginalID = fmt.Sprintf("berita nomor %d", n)
	}
	if n%5 == 0 {
		a.Licenses = []string{"https://creativecommons.org/licenses/by/4.0/"}
		e.Content, e.Excerpt, s.Decision.Use = sources.Text{Type: "html", Value: fmt.Sprintf("<p>Teks lengkap &amp; utuh nomor %d.</p><p>Alinea kedua.</p>", n)}, "", feed.Full
	}
	if n%8 == 0 {
		e.Excerpt, e.Content, s.Decision.Use = "", sources.Text{}, feed.Headline
		e.Evidence = []sources.Evidence{{Kind: sources.NoCopy, Text: "Dilarang mengutip tanpa izin.", Where: "text"}}
	}
	if n%9 == 0 {
		a.Origin = &sources.Origin{ID: "urn:antara", Title: "ANTARA Kaltim", URL: "https://antara.example/", FeedURL: "https://antara.example/rss"}
		a.Statements = []sources.Statement{{Text: "© ANTARA", Where: "source rights"}}
	}
	if n%50 == 49 {
		e.Content, e.Excerpt, s.Decision.Use = sources.Text{}, "", feed.None
		e.Notice = &feed.Notice{Kind: feed.Withdrawal, When: day(18, 2), Reason: "Keliru.", By: "origin"}
	}
	return s
}

// attributed is what of an entry every reader must find alike.
type attributed struct {
	Title, Link string
	Authors     string
	Credit      bool // the text ends in the credit line
}

// TestThousandEntries: feedparser, newsboat, sfeed and gofeed read a channel of
// a thousand entries alike, in every format that they know.
func TestThousandEntries(t *testing.T) {
	const many = 1000
	want := make(map[string]attributed, many)
	credits := make(map[string]string, many)
	fragments := make(map[Format][][]byte)
	for n := range many {
		s := mixed(n)
		one := Fragment
		x, err := factsOf(s, &testSite)
		if err != nil {
			t.Fatal(err)
		}
		if s.Entry.Notice != nil {
			one = Tombstone
		}
		for _, f := range []Format{Atom, RSS, JSON, Ninjs} {
			b, err := one(f, s, testSite)
			if err != nil {
				t.Fatal(err)
			}
			fragments[f] = append(fragments[f], b)
		}
		a := &s.Entry.Attribution
		var names []string
		for _, p := range a.Authors {
			names = append(names, p.Name)
		}
		switch {
		case len(names) > 0:
		case a.Origin != nil:
			names = []string{a.Origin.Title}
		default:
			names = []string{a.Source.Title}
		}
		title := s.Entry.Title
		if s.Entry.Notice != nil {
			title = x.words.withdrawn + ": " + title
		}
		want[a.URL] = attributed{title, a.URL, strings.Join(names, ", "), true}
		credits[a.URL] = x.creditText
	}
	folder := t.TempDir()
	path := func(f Format) string { return filepath.Join(folder, "paser"+f.Extension()) }
	docs := make(map[Format][]byte)
	for f, list := range fragments {
		var w bytes.Buffer
		if err := Document(&w, f, testHead.as(f), list); err != nil {
			t.Fatal(err)
		}
		docs[f] = w.Bytes()
		if err := os.WriteFile(path(f), w.Bytes(), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	// only says which of several authors a reader keeps.
	check := func(reader string, f Format, got []attributed, only func([]string) string) {
		t.Helper()
		if len(got) != many {
			t.Errorf("%s reads %d entries of %s", reader, len(got), f)
		}
		wrong := 0
		for _, g := range got {
			w := want[g.Link]
			w.Authors = only(strings.Split(w.Authors, ", "))
			if !reflect.DeepEqual(g, w) {
				if wrong++; wrong <= 3 {
					t.Errorf("%s, %s: read %+v, want %+v", reader, f, g, w)
				}
			}
		}
		if wrong > 0 {
			t.Errorf("%s, %s: %d of %d differ", reader, f, wrong, many)
		}
	}
	all := func(names []string) string { return strings.Join(names, ", ") }
	first := func(names []string) string { return names[0] }
	last := func(names []string) string { return names[len(names)-1] }

	t.Run("gofeed", func(t *testing.T) {
		var got []attributed
		keep := func(h heard) {
			got = append(got, attributed{h.Title, h.Link, strings.Join(h.Authors, ", "), h.Credit})
		}
		af, err := (&atom.Parser{}).Parse(bytes.NewReader(docs[Atom]))
		if err != nil {
			t.Fatal(err)
		}
		for _, e := range af.Entries {
			keep(heardAtom(e, "</small></p>"))
		}
		check("gofeed", Atom, got, all)
		got = nil
		rf, err := (&rss.Parser{}).Parse(bytes.NewReader(docs[RSS]))
		if err != nil {
			t.Fatal(err)
		}
		for _, i := range rf.Items {
			keep(heardRSS(i, "</small></p>"))
		}
		check("gofeed", RSS, got, all)
	})
	t.Run("JSON", func(t *testing.T) {
		for _, broken := range rendertest.JSONFeed(docs[JSON]) {
			t.Error(broken)
		}
		var doc struct {
			Items []struct {
				Title, URL string
				Authors    []struct{ Name string }
				Warta      struct {
					CreditLine string `json:"credit_line"`
				} `json:"_warta"`
			}
		}
		if err := json.Unmarshal(docs[JSON], &doc); err != nil {
			t.Fatal(err)
		}
		var got []attributed
		for _, i := range doc.Items {
			var names []string
			for _, a := range i.Authors {
				names = append(names, a.Name)
			}
			got = append(got, attributed{i.Title, i.URL, strings.Join(names, ", "), i.Warta.CreditLine == credits[i.URL]})
		}
		check("JSON", JSON, got, all)
		if run := exec.Command("/usr/bin/python3", "-c", "import jsonschema"); run.Run() == nil {
			run := exec.Command("/usr/bin/python3", "testdata/readers.py", "ninjs", testData(t, "schemas/ninjs"), path(Ninjs))
			if out, err := run.CombinedOutput(); err != nil {
				t.Errorf("ninjs: %v\n%s", err, out)
			}
		}
	})
	foreign := func(t *testing.T, reader string, f Format, only func([]string) string, source string) {
		var list []read
		if err := json.Unmarshal(run(t, python(t), "testdata/readers.py", reader, source), &list); err != nil {
			t.Fatal(err)
		}
		var got []attributed
		for _, r := range list {
			author := r.Author
			if reader == "feedparser" {
				author = strings.Join(r.Authors, ", ")
			}
			got = append(got, attributed{r.Title, r.Link, author, strings.HasSuffix(strings.TrimSpace(r.Text), credits[r.Link])})
		}
		check(reader, f, got, only)
	}
	t.Run("feedparser", func(t *testing.T) {
		if exec.Command(python(t), "-c", "import feedparser").Run() != nil {
			missing(t, "python3-feedparser is not installed")
		}
		foreign(t, "feedparser", Atom, all, path(Atom))
		foreign(t, "feedparser", RSS, all, path(RSS))
	})
	t.Run("sfeed", func(t *testing.T) {
		tool(t, "sfeed")
		foreign(t, "sfeed", Atom, first, path(Atom))
		foreign(t, "sfeed", RSS, first, path(RSS))
	})
	t.Run("newsboat", func(t *testing.T) {
		nb := tool(t, "newsboat")
		for _, f := range []Format{Atom, RSS} {
			dir := t.TempDir()
			urls := filepath.Join(dir, "urls")
			if err := os.WriteFile(urls, []byte("file://"+path(f)+"\n"), 0o644); err != nil {
				t.Fatal(err)
			}
			run(t, nb, "-u", urls, "-c", filepath.Join(dir, "cache.db"), "-C", os.DevNull, "-x", "reload")
			foreign(t, "newsboat", f, map[Format]func([]string) string{Atom: all, RSS: last}[f], dir)
		}
	})
	t.Run("jing", func(t *testing.T) {
		run(t, tool(t, "jing"), "-c", testData(t, "atom-rfc4287.rnc"), path(Atom))
	})
}
