package parse

import (
	"context"
	"errors"
	"slices"
	"strings"
	"testing"

	"warta/sources"
)

func mustParse(t *testing.T, in Input) *sources.Document {
	t.Helper()
	doc, err := Parse(context.Background(), in)
	if err != nil {
		t.Fatalf("Parse: %v", err)
	}
	return doc
}

// TestRefused looks at what is said of documents that can't be read.
func TestRefused(t *testing.T) {
	page := `<!doctype html><html><head><title>Kabar</title><link rel="alternate" type="application/rss+xml" href="/feed/?a=1&amp;b=2"><link rel="alternate" type="application/atom+xml" href="/atom"></head><body><p>Isi</p></body></html>`
	tests := []struct {
		name, body, code string
		feeds            []string
	}{
		{"nothing", "", CodeEmpty, nil},
		{"white space", " \n\t", CodeEmpty, nil},
		{"page that names feeds", page, CodeHTMLPage, []string{"/feed/?a=1&b=2", "/atom"}},
		{"page that names none", "<html><body>Halo <rss></body></html>", CodeHTMLPage, nil},
		{"text", "Not Found", CodeNotAFeed, nil},
		{"other XML", `<?xml version="1.0"?><urlset><url><loc>x</loc></url></urlset>`, CodeNotAFeed, nil},
		{"other JSON", `{"status":"error"}`, CodeNotAFeed, nil},
		{"binary", "\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR", CodeNotAFeed, nil},
		{"broken gzip", "\x1f\x8b\x08\x00aaaaaaaaaaaaaaaaaaaaaaaa", CodeUnreadable, nil},
		{"deep", "<rss><channel><item>" + strings.Repeat("<a>", 200), CodeTooDeep, nil},
		{"many entries", "<rss><channel>" + strings.Repeat("<item/>", 5001), CodeManyEntries, nil},
		{"many attributes", "<rss><channel><item " + strings.Repeat(`a="" `, 300) + "/>", CodeManyAttributes, nil},
		{"many namespaces", "<rss><channel " + strings.Repeat(`xmlns:a="b" `, 200) + "><item/></channel></rss>", CodeManyNamespaces, nil},
		{"bases within bases", "<rss><channel><item>" + strings.Repeat(`<media:group xml:base="a/">`, 8) + "</item>", CodeManyBases, nil},
		{"many elements", "<rss><channel><item>" + strings.Repeat(`<category>a</category>`, 2100) + "</item>", CodeManyElements, nil},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			_, err := Parse(context.Background(), Input{Body: []byte(tt.body), Limits: Limits{Bases: 4}})
			var e *Error
			if !errors.As(err, &e) || e.Code != tt.code {
				t.Fatalf("got %v, want code %s", err, tt.code)
			}
			if !slices.Equal(e.Feeds, tt.feeds) {
				t.Errorf("feeds %q, want %q", e.Feeds, tt.feeds)
			}
			if strings.HasPrefix(tt.code, "too-") && e.Offset <= 0 {
				t.Errorf("%v: no offset", err)
			}
		})
	}
}

func TestLargeDocumentIsRefused(t *testing.T) {
	_, err := Parse(context.Background(), Input{Body: []byte("<rss>" + strings.Repeat("x", 2000)), Limits: Limits{Body: 1000}})
	var e *Error
	if !errors.As(err, &e) || e.Code != CodeTooLarge {
		t.Fatal(err)
	}
}

func TestCancelled(t *testing.T) {
	ctx, cancel := context.WithCancel(context.Background())
	cancel()
	if _, err := Parse(ctx, Input{Body: benchRSS(2)}); !errors.Is(err, context.Canceled) {
		t.Fatal(err)
	}
}

// TestKnown reads a document again in which some entries are unchanged.
func TestKnown(t *testing.T) {
	for name, make := range map[string]func(int) []byte{"rss": benchRSS, "atom": benchAtom, "json": benchJSON} {
		t.Run(name, func(t *testing.T) {
			first := mustParse(t, Input{Body: make(20)})
			seen := map[sources.Fingerprint]bool{}
			for _, f := range first.Fingerprints {
				seen[f] = true
			}
			known := func(f sources.Fingerprint) bool { return seen[f] }
			if again := mustParse(t, Input{Body: make(20), Known: known}); len(again.Items) != 0 || again.Entries != 20 || len(again.Fingerprints) != 20 {
				t.Errorf("unchanged: %d items of %d", len(again.Items), again.Entries)
			}
			more := mustParse(t, Input{Body: make(21), Known: known})
			if len(more.Items) != 1 || more.Entries != 21 || !strings.HasSuffix(more.Items[0].Title.Value, "20") {
				t.Errorf("one new: %d items of %d", len(more.Items), more.Entries)
			}
			if more.Title.Value != "Kabar" {
				t.Errorf("the head is not read: %q", more.Title.Value)
			}
		})
	}
}

// TestInheritedParts changes the head: what entries inherit makes them new,
// what they don't leaves them be.
func TestInheritedParts(t *testing.T) {
	feed := func(head string) string {
		return `<rss version="2.0" xmlns:access="http://www.bloglines.com/about/specs/fac-1.0"><channel>` + head + `<item><guid>1</guid></item></channel></rss>`
	}
	base := mustParse(t, Input{Body: []byte(feed("<title>A</title>"))}).Fingerprints[0]
	for head, same := range map[string]bool{
		"<title>B</title><lastBuildDate>Mon, 16 Jun 2025 10:00:00 +0700</lastBuildDate>": true,
		"<title>A</title><copyright>© Kabar</copyright>":                                 false,
		"<title>A</title><language>id</language>":                                        false,
		`<title>A</title><access:restriction relationship="deny"/>`:                      false,
		"<title>A</title><managingEditor>Ani</managingEditor>":                           false,
	} {
		if got := mustParse(t, Input{Body: []byte(feed(head))}).Fingerprints[0] == base; got != same {
			t.Errorf("%s: same fingerprint %v, want %v", head, got, same)
		}
	}
}

// TestFingerprintIsForEver holds the value, for it is stored.
func TestFingerprintIsForEver(t *testing.T) {
	const want = 0x78912992fc84735d
	if f := fingerprint([]byte("<item><guid>1</guid></item>"), 7); f != want {
		t.Errorf("fingerprint %#x, want %#x: stored ones are worthless now; if that must be, raise Version", uint64(f), uint64(want))
	}
}

// TestUnchangedEntryKeepsItsID has a new story under the id of an unchanged one.
func TestUnchangedEntryKeepsItsID(t *testing.T) {
	old := `<item><guid isPermaLink="false">1</guid><title>Lama</title><link>https://kabar.example/lama?a=1&amp;b=2</link></item>`
	item := `<item><guid isPermaLink="false">1</guid><title>Baru</title><link>https://kabar.example/baru</link></item>`
	edited := `<item><guid isPermaLink="false">1</guid><title>Lama, diralat</title><link>https://kabar.example/lama?a=1&amp;b=2</link></item>`
	feed := func(items string) []byte {
		return []byte(`<rss version="2.0"><channel>` + items + `</channel></rss>`)
	}
	fp := mustParse(t, Input{Body: feed(old)}).Fingerprints[0]
	known := func(f sources.Fingerprint) bool { return f == fp }
	doc := mustParse(t, Input{Body: feed(item + old), Known: known})
	if len(doc.Items) != 1 || doc.Items[0].ID != "https://kabar.example/baru" || doc.Items[0].IDFrom != sources.IDFromLink {
		t.Errorf("the new story is %+v", doc.Items)
	}
	doc = mustParse(t, Input{Body: feed(edited + old), Known: known})
	if len(doc.Items) != 1 || doc.Items[0].ID != "1" {
		t.Errorf("the same story edited is %+v", doc.Items)
	}
}

func TestPersonFrom(t *testing.T) {
	for raw, want := range map[string][2]string{
		"ani@kabar.example (Ani Lestari)":     {"Ani Lestari", "ani@kabar.example"},
		"Ani Lestari (ani@kabar.example)":     {"Ani Lestari", "ani@kabar.example"},
		"Ani Lestari <ani@kabar.example>":     {"Ani Lestari", "ani@kabar.example"},
		`"Lestari, Ani" <ani@kabar.example>`:  {"Lestari, Ani", "ani@kabar.example"},
		"mailto:ani@kabar.example":            {"", "ani@kabar.example"},
		"ani@kabar.example":                   {"", "ani@kabar.example"},
		"ani@kabar.example Ani":               {"Ani", "ani@kabar.example"},
		"Ani ani@kabar.example":               {"Ani", "ani@kabar.example"},
		"John (Johnny) Doe":                   {"John (Johnny) Doe", ""},
		"Jane Roe, BBC (London)":              {"Jane Roe, BBC (London)", ""},
		"@handle":                             {"@handle", ""},
		"Ani (Budi (Citra))":                  {"Ani (Budi (Citra))", ""},
		"a@b.example (Budi (Citra))":          {"Budi (Citra)", "a@b.example"},
		"a@b.example (c@d.example)":           {"", "a@b.example"},
		"  Ani \n Lestari ":                   {"Ani Lestari", ""},
		"ANTARA/Ani":                          {"ANTARA/Ani", ""},
		"noreply@blogger.com (Kabar (Paser))": {"Kabar (Paser)", "noreply@blogger.com"},
	} {
		p := personFrom(raw, "author")
		if p.Name != want[0] || p.Email != want[1] {
			t.Errorf("%q: %q %q, want %q", raw, p.Name, p.Email, want)
		}
		if p.Raw == "" {
			t.Errorf("%q: its own words are lost", raw)
		}
	}
}

// TestBase applies RFC 3986 to what lies around a link.
func TestBase(t *testing.T) {
	doc := mustParse(t, Input{URL: "https://kabar.example/a/feed.xml", ContentLocation: "/b/c.xml",
		Body: []byte(`<feed xmlns="http://www.w3.org/2005/Atom" xml:base="d/"><entry xml:base="../e/f.html"><id>1</id><content type="html" xml:base="javascript:alert(1)">x</content></entry></feed>`)})
	if doc.Base != "https://kabar.example/b/d/" || doc.Items[0].Base != "https://kabar.example/b/e/f.html" || doc.Items[0].Content.Base != "https://kabar.example/b/e/f.html" {
		t.Errorf("bases %q, %q, %q", doc.Base, doc.Items[0].Base, doc.Items[0].Content.Base)
	}
}

// TestPartial reads documents that end within an entry: what of it was whole is
// kept apart, and what the document ends within is no part of it.
func TestPartial(t *testing.T) {
	const head = `<rss version="2.0"><channel><title>Kabar</title><item><guid>1</guid><link>https://kabar.example/1</link></item>`
	const list = `{"version":"https://jsonfeed.org/version/1.1","title":"Kabar","items":[{"id":"1","url":"https://kabar.example/1"},`
	for body, want := range map[string]sources.Item{
		head + `<item><title>Dua</title><link>https://kabar.example/2</link><guid>https://kabar.exa`:         {ID: "https://kabar.example/2", Title: sources.Text{Value: "Dua"}},
		head + `<item><guid isPermaLink="false">2</guid><title>Dua</title><description><![CDATA[<p>Dilarang`: {ID: "2", Title: sources.Text{Value: "Dua"}},
		head + `<item><guid>2</guid><title><![CD`:                                                            {ID: "2"},
		list + `{"id":"2","title":"Dua","url":"https://k`:                                                    {ID: "2", Title: sources.Text{Value: "Dua"}},
		list + `{"title":"Dua","id":2`:                                                                       {IDFrom: sources.IDFromDerived, Title: sources.Text{Value: "Dua"}},
		list + `{"id":"2","title":"Dua","authors":[{"na`:                                                     {ID: "2", Title: sources.Text{Value: "Dua"}},
	} {
		doc := mustParse(t, Input{Body: []byte(body)})
		if len(doc.Items) != 1 || doc.Entries != 1 || len(doc.Fingerprints) != 1 || doc.Items[0].GUID != "1" {
			t.Fatalf("%s: %d entries, %d fingerprints, %+v", body, doc.Entries, len(doc.Fingerprints), doc.Items)
		}
		it := doc.Partial
		if it == nil || it.Title.Value != want.Title.Value || want.ID != "" && it.ID != want.ID || want.IDFrom != "" && it.IDFrom != want.IDFrom || it.Summary.Value != "" || len(it.Authors) > 0 {
			t.Errorf("%s: %+v", body, it)
		}
		if last := doc.Warnings[0]; last.Code != "truncated-entry" {
			t.Errorf("%s: %v", body, doc.Warnings)
		}
		known := mustParse(t, Input{Body: []byte(body), Known: func(sources.Fingerprint) bool { return true }})
		if len(known.Items) != 0 || known.Partial == nil {
			t.Errorf("%s, with all known: %+v", body, known)
		}
	}
	if doc := mustParse(t, Input{Body: benchRSS(2)}); doc.Partial != nil {
		t.Errorf("a whole document ends within %+v", doc.Partial)
	}
}

// TestBaseOfDiv: the div that carries XHTML may set a base of its own.
func TestBaseOfDiv(t *testing.T) {
	doc := mustParse(t, Input{URL: "https://kabar.example/",
		Body: []byte(`<feed xmlns="http://www.w3.org/2005/Atom"><entry><id>1</id><content type="xhtml" xml:base="a/"><div xmlns="http://www.w3.org/1999/xhtml" xml:base="b/"><a href="c">x</a></div></content></entry></feed>`)})
	if got := doc.Items[0].Content.Base; got != "https://kabar.example/a/b/" {
		t.Errorf("base %q", got)
	}
}

// TestManyEntries goes through several batches.
func TestManyEntries(t *testing.T) {
	doc := mustParse(t, Input{Body: benchRSS(900)})
	if len(doc.Items) != 900 || doc.Items[899].Title.Value != "Berita ke-899" || doc.Items[500].GUID != "https://example.id/?p=500" {
		t.Errorf("%d items", len(doc.Items))
	}
}
