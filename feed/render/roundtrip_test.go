package render

import (
	"bytes"
	"encoding/json"
	"encoding/xml"
	"errors"
	"io"
	"net/url"
	"reflect"
	"slices"
	"strings"
	"testing"
	"time"
	"unicode/utf8"

	"github.com/mmcdole/gofeed/atom"
	gofeedjson "github.com/mmcdole/gofeed/json"
	"github.com/mmcdole/gofeed/rss"
	"pgregory.net/rapid"

	"warta/feed"
	"warta/feed/render/rendertest"
	"warta/sources"
)

// heard is the attribution that a reader gets out of a document.
type heard struct {
	Title, Link, Source, SourceLink, SourceFeed, Rights string
	Authors, Helpers, Licences                          []string
	Published                                           int64
	Credit                                              bool // the text ends in the credit line
}

// expected says what must arrive, from the entry alone.
func expected(s feed.Shown) heard {
	e, a := &s.Entry, &s.Entry.Attribution
	h := heard{Title: seen(e.Title), Link: href(a.URL), Source: seen(a.Source.Title), SourceLink: a.Source.URL, SourceFeed: a.Source.FeedURL, Credit: true}
	if h.Title == "" {
		h.Title = indonesian.untitled
	}
	for _, p := range a.Authors {
		if n := seen(p.Name); n != "" {
			h.Authors = append(h.Authors, n)
		}
	}
	if len(h.Authors) == 0 {
		h.Authors = []string{h.Source}
	}
	for _, p := range a.Contributors {
		if n := seen(p.Name); n != "" {
			h.Helpers = append(h.Helpers, n)
		}
	}
	if len(a.Statements) > 0 {
		h.Rights = seen(a.Statements[0].Text)
	}
	if h.Licences = a.Licenses; len(h.Licences) == 0 {
		h.Licences = []string{Unspecified}
	}
	if !e.Published.IsZero() {
		h.Published = e.Published.Unix()
	}
	return h
}

// seen is what a reader can see of a string: valid UTF-8, characters that XML
// has, single spaces.
func seen(s string) string {
	s = strings.ReplaceAll(strings.ToValidUTF8(s, "\uFFFD"), "\u202e", "") // nobody closes it
	s = strings.Join(strings.Fields(s), " ")
	return strings.Map(func(r rune) rune {
		if r < ' ' || r == '\uFFFE' || r == '\uFFFF' {
			return '\uFFFD'
		}
		return r
	}, s)
}

var nasty = rapid.Custom(func(t *rapid.T) string {
	parts := rapid.SliceOfN(rapid.SampledFrom([]string{
		"a", "Budi", " ", "  ", "\t", "\n", "\r\n", "<", ">", "&", "&amp;", "&#0;", "&lt;b&gt;", "]]>", "<![CDATA[", "<!--", "-->", "\"", "'", `\`, "\\u0000",
		"\x00", "\x01", "\x0b", "\x1f", "\x7f", "\u0085", "\u00a0", "\u2028", "\u202e", "\ufeff", "\ufffe", "\uffff", "\xff", "\xed\xa0\x80", "é", "日本", "😀", "</p>", "<script>", "—", "·",
	}), 0, 6).Draw(t, "parts")
	return strings.Join(parts, "")
})

var moments = rapid.Custom(func(t *rapid.T) time.Time {
	return time.Unix(rapid.Int64Range(0, 4_000_000_000).Draw(t, "seconds"), 0).UTC()
})

func persons(roles ...string) *rapid.Generator[[]sources.Person] {
	return rapid.SliceOfN(rapid.Custom(func(t *rapid.T) sources.Person {
		return sources.Person{Name: nasty.Draw(t, "name"), Role: rapid.SampledFrom(roles).Draw(t, "role")}
	}), 0, 3)
}

var entries = rapid.Custom(func(t *rapid.T) feed.Shown {
	e := feed.Entry{
		ID: "aaaaaaaaaaaaaaaa", Source: "s", OriginalID: "x" + nasty.Draw(t, "id"), Title: nasty.Draw(t, "title"), Language: "id",
		FirstSeen: moments.Draw(t, "first seen"), Revision: 1,
		Attribution: feed.Attribution{
			Authors: persons("author").Draw(t, "authors"), Contributors: persons("editor", "photographer", "").Draw(t, "contributors"),
			Credit: nasty.Draw(t, "credit"), Dateline: nasty.Draw(t, "dateline"),
			URL:    "https://s.example/" + nasty.Draw(t, "path"),
			Source: feed.Outlet{ID: "https://s.example/feed", Title: "S" + nasty.Draw(t, "outlet"), URL: "https://s.example/", FeedURL: "https://s.example/feed"},
			IDFrom: rapid.SampledFrom([]sources.IDFrom{sources.IDFromFeed, sources.IDFromLink, sources.IDFromDerived}).Draw(t, "id from"),
		},
	}
	e.Changed = e.FirstSeen
	if rapid.Bool().Draw(t, "dated") {
		e.Published = moments.Draw(t, "published")
	}
	if w := nasty.Draw(t, "statement"); rapid.Bool().Draw(t, "stated") && seen(w) != "" && seen(w)[0] != '<' {
		e.Attribution.Statements = []sources.Statement{{Text: w, Where: "feed copyright"}}
	}
	if rapid.Bool().Draw(t, "licensed") {
		e.Attribution.Licenses = []string{"https://creativecommons.org/licenses/by/4.0/"}
	}
	d := feed.Decision{Use: rapid.SampledFrom([]feed.Use{feed.Headline, feed.Excerpt, feed.Full}).Draw(t, "use")}
	if d.Use >= feed.Excerpt && e.Title != "" {
		e.Excerpt = nasty.Draw(t, "excerpt")
	}
	if d.Use == feed.Full {
		e.Content.Value = "<p>Isi</p>" + nasty.Draw(t, "content")
	}
	if seen(e.Title) == "" {
		e.Excerpt = ""
	}
	return feed.Shown{Entry: e, Decision: d}
})

// TestRoundTrip renders what nobody sane would send and reads it back with
// gofeed: the attribution must be what it was.
func TestRoundTrip(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		s := entries.Draw(t, "entry")
		want := expected(s)
		credit, _ := CreditLine(&s.Entry, s.Decision, "id")
		credit = string(escape(nil, credit, table("\r", "\r")))
		for f, hear := range map[Format]func(*rapid.T, []byte, string) heard{Atom: hearAtom, RSS: hearRSS, JSON: hearJSON, Ninjs: hearNinjs} {
			b, err := Fragment(f, s, testSite)
			if err != nil {
				t.Fatal(err)
			}
			again, _ := Fragment(f, s, testSite)
			if !bytes.Equal(b, again) {
				t.Fatalf("%s: other bytes the second time", f)
			}
			var w bytes.Buffer
			if err := Document(&w, f, testHead.as(f), [][]byte{b}); err != nil {
				t.Fatal(err)
			}
			if !utf8.Valid(w.Bytes()) {
				t.Fatalf("%s is no UTF-8", f)
			}
			if f != JSON && f != Ninjs {
				wellFormed(t, w.Bytes())
			}
			if broken := rendertest.JSONFeed(w.Bytes()); f == JSON && len(broken) > 0 {
				t.Fatalf("%q in %s", broken, w.Bytes())
			}
			got := hear(t, w.Bytes(), credit)
			got.Link, want.Link = parsed(got.Link), parsed(want.Link)
			if !reflect.DeepEqual(got, want) {
				t.Fatalf("%s: heard\n%+v\nwant\n%+v\n%s", f, got, want, b)
			}
		}
	})
}

// parsed is an address as gofeed gives it out: through net/url.
func parsed(s string) string {
	u, err := url.Parse(s)
	if err != nil {
		return s
	}
	return u.String()
}

// wellFormed reads as strictly as encoding/xml can.
func wellFormed(t *rapid.T, doc []byte) {
	d := xml.NewDecoder(bytes.NewReader(doc))
	for {
		if _, err := d.Token(); errors.Is(err, io.EOF) {
			return
		} else if err != nil {
			t.Fatalf("not well-formed: %v\n%s", err, doc)
		}
	}
}

func hearAtom(t *rapid.T, doc []byte, credit string) heard {
	fd, err := (&atom.Parser{}).Parse(bytes.NewReader(doc))
	if err != nil || len(fd.Entries) != 1 {
		t.Fatalf("gofeed: %v\n%s", err, doc)
	}
	return heardAtom(fd.Entries[0], credit)
}

func heardAtom(e *atom.Entry, credit string) heard {
	text := e.Summary
	if e.Content != nil {
		text = e.Content.Value
	}
	h := heard{Title: e.Title, Source: e.Source.Title, Rights: e.Rights, Credit: strings.HasSuffix(text, credit)}
	for _, a := range e.Authors {
		h.Authors = append(h.Authors, a.Name)
	}
	for _, c := range e.Contributors {
		h.Helpers = append(h.Helpers, c.Name)
	}
	for _, l := range e.Links {
		switch l.Rel {
		case "alternate":
			h.Link = l.Href
		case "license":
			h.Licences = append(h.Licences, l.Href)
		}
	}
	for _, l := range e.Source.Links {
		switch l.Rel {
		case "alternate":
			h.SourceLink = l.Href
		case "self":
			h.SourceFeed = l.Href
		}
	}
	if e.PublishedParsed != nil {
		h.Published = e.PublishedParsed.Unix()
	}
	return h
}

func hearRSS(t *rapid.T, doc []byte, credit string) heard {
	fd, err := (&rss.Parser{}).Parse(bytes.NewReader(doc))
	if err != nil || len(fd.Items) != 1 {
		t.Fatalf("gofeed: %v\n%s", err, doc)
	}
	return heardRSS(fd.Items[0], credit)
}

func heardRSS(i *rss.Item, credit string) heard {
	dc := i.DublinCoreExt
	h := heard{Title: i.Title, Link: i.Link, Authors: dc.Creator, Helpers: dc.Contributor, Source: i.Source.Title, SourceFeed: i.Source.URL}
	h.Rights = strings.Join(dc.Rights, "|")
	for _, l := range i.Extensions["atom"]["link"] {
		if l.Attrs["rel"] == "license" {
			h.Licences = append(h.Licences, l.Attrs["href"])
		}
	}
	for _, o := range i.Extensions["warta"]["origin"] {
		for _, l := range o.Children["source"][0].Children["link"] {
			if l.Attrs["rel"] == "alternate" {
				h.SourceLink = l.Attrs["href"]
			}
		}
	}
	text := i.Description
	if i.Content != "" {
		text = i.Content
	}
	h.Credit = strings.HasSuffix(text, credit)
	if i.PubDateParsed != nil {
		h.Published = i.PubDateParsed.Unix()
	}
	return h
}

func hearJSON(t *rapid.T, doc []byte, credit string) heard {
	fd, err := (&gofeedjson.Parser{}).Parse(bytes.NewReader(doc))
	if err != nil || len(fd.Items) != 1 {
		t.Fatalf("gofeed: %v\n%s", err, doc)
	}
	var own struct {
		Items []struct {
			Warta struct {
				Source struct {
					Title, URL string
					FeedURL    string `json:"feed_url"`
				}
				Rights       string
				Licenses     []string
				Contributors []struct{ Name string }
			} `json:"_warta"`
		}
	}
	if err := json.Unmarshal(doc, &own); err != nil {
		t.Fatal(err)
	}
	i, w := fd.Items[0], own.Items[0].Warta
	h := heard{
		Title: i.Title, Link: i.URL, Source: w.Source.Title, SourceLink: w.Source.URL, SourceFeed: w.Source.FeedURL,
		Rights: w.Rights, Licences: w.Licenses, Credit: strings.HasSuffix(i.ContentHTML, credit),
	}
	for _, a := range i.Authors {
		h.Authors = append(h.Authors, a.Name)
	}
	for _, c := range w.Contributors {
		h.Helpers = append(h.Helpers, c.Name)
	}
	if d, err := time.Parse(time.RFC3339, i.DatePublished); err == nil {
		h.Published = d.Unix()
	}
	return h
}

func hearNinjs(t *rapid.T, doc []byte, credit string) heard {
	var own struct {
		Associations []ninjsHeard
	}
	if err := json.Unmarshal(doc, &own); err != nil || len(own.Associations) != 1 {
		t.Fatalf("%v\n%s", err, doc)
	}
	n := own.Associations[0]
	h := heard{
		Title: n.Headlines[0].Value, Link: n.Renditions[0].Href, Rights: n.CopyrightNotice,
		Licences: []string{n.RightsInfo.LinkedRights}, Credit: strings.HasSuffix(n.Bodies[0].Value, credit),
		Source: n.InfoSources[0].Name, SourceLink: n.InfoSources[0].URI, SourceFeed: n.InfoSources[0].Literal,
	}
	for _, p := range append(n.People, n.Organisations...) {
		if p.Rel == "author" {
			h.Authors = append(h.Authors, p.Name)
		} else {
			h.Helpers = append(h.Helpers, p.Name)
		}
	}
	if d, err := time.Parse(time.RFC3339, n.FirstCreated); err == nil {
		h.Published = d.Unix()
	}
	return h
}

// ninjsHeard is what a reader of ninjs looks at.
type ninjsHeard struct {
	URI, CopyrightNotice, FirstCreated string
	Headlines, Bodies, AltIDs          []struct{ Value string }
	People, Organisations              []struct{ Name, Rel string }
	InfoSources                        []struct{ Name, URI, Literal string }
	Renditions                         []struct{ Href string }
	RightsInfo                         struct{ LinkedRights string }
}

// TestSamples reads the sample channel with gofeed: every format has every
// entry, and ids are what they were.
func TestSamples(t *testing.T) {
	ids := func(f Format) (out []string) {
		switch doc := bytes.NewReader(document(t, f)); f {
		case Atom:
			fd, err := (&atom.Parser{}).Parse(doc)
			if err != nil {
				t.Fatal(err)
			}
			for _, e := range fd.Entries {
				out = append(out, e.ID)
			}
			if n := len(fd.Extensions["at"]["deleted-entry"]); n != 1 {
				t.Errorf("%d tombstones, want 1", n)
			}
		case RSS:
			fd, err := (&rss.Parser{}).Parse(doc)
			if err != nil {
				t.Fatal(err)
			}
			for _, i := range fd.Items {
				out = append(out, i.GUID.Value)
			}
		case JSON:
			fd, err := (&gofeedjson.Parser{}).Parse(doc)
			if err != nil {
				t.Fatal(err)
			}
			for _, i := range fd.Items {
				out = append(out, i.ID)
			}
		case Ninjs:
			var own struct{ Associations []ninjsHeard }
			if err := json.NewDecoder(doc).Decode(&own); err != nil {
				t.Fatal(err)
			}
			for _, n := range own.Associations {
				out = append(out, n.AltIDs[0].Value)
			}
		}
		return out
	}
	const tag = "tag:desa.example,2026:ksjlx5z6nyyjqw6podm2nh6r"
	for f, want := range map[Format][]string{
		Atom: {"https://pemkab.example/?p=12", "tag:kabar.example,2026:m45gx2stz76swoektrouukil", "https://portal.example/c", tag, "https://pemkab.example/?p=9"},
		RSS:  {"https://pemkab.example/?p=12", "kabar 77", "https://portal.example/c", tag, "https://pemkab.example/?p=9"},
		JSON: {"https://pemkab.example/?p=12", "kabar 77", "https://portal.example/c", "sha-xyz\x01\ufffe", "https://pemkab.example/?p=9"},

		Ninjs: {"https://pemkab.example/?p=12", "kabar 77", "https://portal.example/c", "sha-xyz\x01\ufffe", "https://pemkab.example/?p=9"},
	} {
		if got := ids(f); !slices.Equal(got, want) {
			t.Errorf("%s: ids %q, want %q", f, got, want)
		}
	}
}
