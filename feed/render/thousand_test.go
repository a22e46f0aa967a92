package render

import (
	"bytes"
	"encoding/json"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"reflect"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/mmcdole/gofeed/atom"
	gofeedjson "github.com/mmcdole/gofeed/json"
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

// attributed is what of an entry every reader must find alike, as far as it
// keeps it.
type attributed struct {
	ID, Title, Link                string
	Authors, Helpers               string
	Source, SourceLink, SourceFeed string
	Rights, Licences               string
	Published                      int64
	Credit                         bool // the text ends in the credit line
}

// little is what readers keep that know one author and nothing of the source.
func (a attributed) little() attributed {
	return attributed{ID: a.ID, Title: a.Title, Link: a.Link, Authors: a.Authors, Published: a.Published, Credit: a.Credit}
}

// stated is what an owner says of its rights, notices in the text among it.
func stated(e *feed.Entry) (list []string) {
	for _, s := range e.Attribution.Statements {
		list = append(list, s.Text)
	}
	for _, v := range e.Evidence {
		list = append(list, v.Text)
	}
	return list
}

func joined(names []string) string { return strings.Join(names, ", ") }

// sorted is for what has no order.
func sorted(list []string) string { return joined(slices.Sorted(slices.Values(list))) }

func attributedTo(id string, h heard) attributed {
	return attributed{
		ID: id, Title: h.Title, Link: h.Link, Authors: joined(h.Authors), Helpers: joined(h.Helpers), Source: h.Source, SourceLink: h.SourceLink,
		SourceFeed: h.SourceFeed, Rights: h.Rights, Licences: sorted(h.Licences), Published: h.Published, Credit: h.Credit,
	}
}

// TestThousandEntries: feedparser, newsboat, sfeed and gofeed read a channel of
// a thousand entries alike, in every format that they know.
func TestThousandEntries(t *testing.T) {
	const many = 1000
	want := make(map[string]attributed, many)
	credits, atomIDs := make(map[string]string, many), make(map[string]string, many)
	fragments := make(map[Format][][]byte)
	for n := range many {
		s := mixed(n)
		one := Fragment
		x, err := factsOf(s, &testSite)
		if s.Entry.Notice != nil {
			one = Tombstone
			x, err = withdrawn(&s.Entry, &testSite)
		}
		if err != nil {
			t.Fatal(err)
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
		title, helpers := s.Entry.Title, []string{}
		if s.Entry.Notice != nil {
			title = x.words.withdrawn + ": " + title
		}
		for _, p := range a.Contributors {
			helpers = append(helpers, p.Name)
		}
		if a.Agency != "" {
			helpers = append(helpers, a.Agency)
		}
		w := attributed{
			ID: s.Entry.OriginalID, Title: title, Link: a.URL, Authors: joined(names), Helpers: joined(helpers), Source: a.Source.Title, SourceLink: a.Source.URL,
			SourceFeed: a.Source.FeedURL, Rights: strings.Join(stated(&s.Entry), "\n"), Licences: Unspecified, Published: s.Entry.Published.Unix(), Credit: true,
		}
		if o := a.Origin; o != nil {
			w.Source, w.SourceLink, w.SourceFeed = o.Title, o.URL, o.FeedURL
		}
		if len(a.Licenses) > 0 {
			w.Licences = sorted(a.Licenses)
		}
		want[a.URL] = w
		atomIDs[a.URL] = AtomID(&s.Entry)
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
	check := func(reader string, f Format, got []attributed, only func([]string) string, kept func(attributed) attributed) {
		t.Helper()
		if len(got) != many {
			t.Errorf("%s reads %d entries of %s", reader, len(got), f)
		}
		wrong := 0
		for _, g := range got {
			w := want[g.Link]
			if f == Atom {
				w.ID = atomIDs[g.Link]
			}
			w.Authors = only(strings.Split(w.Authors, ", "))
			w = kept(w)
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
	whole := func(a attributed) attributed { return a }
	first := func(names []string) string { return names[0] }
	last := func(names []string) string { return names[len(names)-1] }

	t.Run("gofeed", func(t *testing.T) {
		var got []attributed
		af, err := (&atom.Parser{}).Parse(bytes.NewReader(docs[Atom]))
		if err != nil {
			t.Fatal(err)
		}
		for _, e := range af.Entries {
			got = append(got, attributedTo(e.ID, heardAtom(e, "</small></p>")))
		}
		check("gofeed", Atom, got, joined, whole)
		got = nil
		rf, err := (&rss.Parser{}).Parse(bytes.NewReader(docs[RSS]))
		if err != nil {
			t.Fatal(err)
		}
		for _, i := range rf.Items {
			got = append(got, attributedTo(i.GUID.Value, heardRSS(i, "</small></p>")))
		}
		check("gofeed", RSS, got, joined, whole)
		got = nil
		jf, err := (&gofeedjson.Parser{}).Parse(bytes.NewReader(docs[JSON]))
		if err != nil {
			t.Fatal(err)
		}
		for _, i := range jf.Items { // it knows nothing of what we add
			a := attributed{ID: i.ID, Title: i.Title, Link: i.URL, Credit: strings.HasSuffix(i.ContentHTML, "</small></p>")}
			for _, p := range i.Authors {
				a.Authors = strings.TrimPrefix(a.Authors+", "+p.Name, ", ")
			}
			if at, err := time.Parse(time.RFC3339, i.DatePublished); err == nil {
				a.Published = at.Unix()
			}
			got = append(got, a)
		}
		check("gofeed", JSON, got, joined, attributed.little)
	})
	t.Run("JSON", func(t *testing.T) {
		for _, broken := range rendertest.JSONFeed(docs[JSON]) {
			t.Error(broken)
		}
		var doc struct {
			Items []struct {
				ID, Title, URL string
				Published      time.Time `json:"date_published"`
				Authors        []struct{ Name string }
				Warta          struct {
					CreditLine   string `json:"credit_line"`
					Contributors []struct{ Name string }
					Source       struct {
						Title, URL string
						FeedURL    string `json:"feed_url"`
					}
					Rights   string
					Licenses []string
				} `json:"_warta"`
			}
		}
		if err := json.Unmarshal(docs[JSON], &doc); err != nil {
			t.Fatal(err)
		}
		var got []attributed
		for _, i := range doc.Items {
			w := i.Warta
			h := heard{Title: i.Title, Link: i.URL, Source: w.Source.Title, SourceLink: w.Source.URL, SourceFeed: w.Source.FeedURL, Rights: w.Rights,
				Licences: w.Licenses, Published: i.Published.Unix(), Credit: w.CreditLine == credits[i.URL]}
			for _, a := range i.Authors {
				h.Authors = append(h.Authors, a.Name)
			}
			for _, a := range w.Contributors {
				h.Helpers = append(h.Helpers, a.Name)
			}
			got = append(got, attributedTo(i.ID, h))
		}
		check("JSON", JSON, got, joined, whole)
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
		kept := attributed.little
		var got []attributed
		for _, r := range list {
			a := attributed{ID: r.ID, Title: r.Title, Link: r.Link, Authors: r.Author, Published: r.Date, Credit: strings.HasSuffix(strings.TrimSpace(r.Text), credits[r.Link])}
			if reader == "feedparser" {
				kept = whole
				a.Authors, a.Helpers, a.Licences, a.Rights = joined(r.Authors), joined(r.Contributors), sorted(r.Licenses), r.Rights
				a.Source, a.SourceLink, a.SourceFeed = r.Source, r.SourceLink, r.SourceFeed
				if p := r.Published; len(p) == 6 {
					a.Published = time.Date(p[0], time.Month(p[1]), p[2], p[3], p[4], p[5], 0, time.UTC).Unix()
				}
			}
			got = append(got, a)
		}
		check(reader, f, got, only, kept)
	}
	t.Run("feedparser", func(t *testing.T) {
		if exec.Command(python(t), "-c", "import feedparser").Run() != nil {
			missing(t, "python3-feedparser is not installed")
		}
		foreign(t, "feedparser", Atom, joined, path(Atom))
		foreign(t, "feedparser", RSS, joined, path(RSS))
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
			foreign(t, "newsboat", f, map[Format]func([]string) string{Atom: joined, RSS: last}[f], dir)
		}
	})
	t.Run("jing", func(t *testing.T) {
		run(t, tool(t, "jing"), "-c", testData(t, "atom-rfc4287.rnc"), path(Atom))
	})
}
