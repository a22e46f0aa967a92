package intake_test

import (
	"reflect"
	"testing"
	"time"

	"warta/feed"
	"warta/feed/intake"
	"warta/sources"
)

func persons(names ...string) []sources.Person {
	var list []sources.Person
	for _, n := range names {
		list = append(list, sources.Person{Name: n, Role: "author"})
	}
	return list
}

// RFC 4287 section 4.2.1: the entry's authors, else those of its source, else
// the feed's.
func TestAuthorsAreExplicit(t *testing.T) {
	for _, c := range []struct{ entry, origin, feed, want []sources.Person }{
		{persons("Siti"), persons("Budi"), persons("Redaksi"), persons("Siti")},
		{nil, persons("Budi"), persons("Redaksi"), persons("Budi")},
		{nil, nil, persons("Redaksi"), persons("Redaksi")},
		{nil, nil, nil, nil},
	} {
		doc := document(item("g", site+"a", "A", noon))
		doc.Authors = c.feed
		it := &doc.Items[0]
		it.Authors = c.entry
		it.Origin = &sources.Origin{Authors: c.origin}
		e := intake.Entry(sources.Source{ID: "s"}, doc, it, noon)
		if !reflect.DeepEqual(e.Attribution.Authors, c.want) {
			t.Errorf("authors %v; want %v", e.Attribution.Authors, c.want)
		}
	}
}

// RFC 4946 section 2.4; #unspecified is a statement like any other.
func TestLicencesAreInherited(t *testing.T) {
	const by, nc, none = "https://creativecommons.org/licenses/by/4.0/", "https://creativecommons.org/licenses/by-nc/4.0/", "http://purl.org/atompub/license#unspecified"
	for _, c := range []struct {
		entry, origin, feed []string
		want                string
	}{
		{[]string{none}, []string{by}, []string{nc}, none},
		{nil, []string{by}, []string{nc}, by},
		{nil, nil, []string{nc}, nc},
	} {
		doc := document(item("g", site+"a", "A", noon))
		doc.Licenses = c.feed
		it := &doc.Items[0]
		it.Licenses = c.entry
		it.Origin = &sources.Origin{Licenses: c.origin}
		e := intake.Entry(sources.Source{ID: "s"}, doc, it, noon)
		if len(e.Attribution.Licenses) != 1 || e.Attribution.Licenses[0] != c.want {
			t.Errorf("licences %v; want %v", e.Attribution.Licenses, c.want)
		}
	}
}

// RFC 4287 section 4.2.10: the nearest statement stands.
func TestTheNearestStatementStands(t *testing.T) {
	own := []sources.Statement{{Text: "© Siti", Where: "entry dc:rights", Type: "text"}}
	shared := []sources.Statement{{Text: "© Pemkab", Where: "feed copyright"}, {Text: "© Siti", Where: "feed dc:rights"}}
	for _, c := range []struct {
		own    []sources.Statement
		origin string
		want   []sources.Statement
	}{
		{own, "© Kaltim Post", own},
		{nil, "© Kaltim Post", []sources.Statement{{Text: "© Kaltim Post", Where: "entry source rights"}}},
		{nil, "", shared},
	} {
		doc := document(item("g", site+"a", "A", noon))
		doc.Rights = shared
		it := &doc.Items[0]
		it.Rights = c.own
		it.Origin = &sources.Origin{Rights: c.origin}
		e := intake.Entry(sources.Source{ID: "s"}, doc, it, noon)
		if !reflect.DeepEqual(e.Attribution.Statements, c.want) {
			t.Errorf("statements %+v; want %+v", e.Attribution.Statements, c.want)
		}
		if e.Attribution.Source.Rights != "© Pemkab\n© Siti" {
			t.Errorf("the outlet's rights %q", e.Attribution.Source.Rights)
		}
	}
}

func TestOutlet(t *testing.T) {
	doc := document(item("g", site+"a", "A", noon))
	doc.Language, doc.Updated.Time = "id", noon
	src := sources.Source{ID: "s", Feed: site + "feed/", Regions: []string{"64.01"}, Language: "en"}
	e := intake.Entry(src, doc, &doc.Items[0], noon)
	want := feed.Outlet{ID: site + "feed/", Title: "Pemkab", URL: site, FeedURL: site + "feed/", Language: "id", Updated: noon}
	if !reflect.DeepEqual(e.Attribution.Source, want) {
		t.Errorf("outlet %+v", e.Attribution.Source)
	}
	if e.Language != "id" || !reflect.DeepEqual(e.Regions, src.Regions) {
		t.Errorf("language %q, regions %v", e.Language, e.Regions)
	}
	doc.ID, doc.FeedURL = "tag:pemkab.example.id,2026:feed", site+"rss.xml"
	src.Title, src.URL = "Pemerintah Kabupaten", "https://www.pemkab.example.id/"
	e = intake.Entry(src, doc, &doc.Items[0], noon)
	want = feed.Outlet{ID: doc.ID, Title: src.Title, URL: src.URL, FeedURL: doc.FeedURL, Language: "id", Updated: noon}
	if !reflect.DeepEqual(e.Attribution.Source, want) {
		t.Errorf("outlet %+v", e.Attribution.Source)
	}
}

func TestEvidenceIsTheEntrysThenTheDocuments(t *testing.T) {
	own := sources.Evidence{Kind: sources.NoCopy, Text: "Dilarang mengutip", Where: "text, last paragraph"}
	shared := sources.Evidence{Kind: sources.Copyright, Text: "© Pemkab", Where: "feed copyright"}
	doc := document(item("g", site+"a", "A", noon))
	doc.Evidence = []sources.Evidence{shared, own}
	it := &doc.Items[0]
	it.Evidence = append(make([]sources.Evidence, 0, 8), own)
	e := intake.Entry(sources.Source{ID: "s"}, doc, it, noon)
	for i := range e.Evidence {
		if !e.Evidence[i].At.Equal(noon) {
			t.Errorf("evidence is dated %v", e.Evidence[i].At)
		}
		e.Evidence[i].At = time.Time{}
	}
	if !reflect.DeepEqual(e.Evidence, []sources.Evidence{own, shared}) {
		t.Errorf("evidence %+v", e.Evidence)
	}
	if len(it.Evidence) != 1 || len(it.Evidence[:2]) == 2 && it.Evidence[:2][1] == shared {
		t.Error("the item's own evidence was written over")
	}
}

func TestMapping(t *testing.T) {
	doc := document(item("g", site+"a", "A", noon))
	it := &doc.Items[0]
	it.URL, it.Link = site+"a", "/a?utm_source=rss"
	it.Links = []sources.Link{{Rel: "via", Href: "https://kaltim.example/x", Title: "Kaltim"}, {Rel: "alternate", Href: site + "a"}}
	it.Updated.Time, it.Edited.Time = noon.Add(time.Minute), noon.Add(time.Hour)
	it.IsPermaLink, it.Credit, it.Agency, it.Dateline, it.Holder = true, "(hnh/kri)", "ANTARA", "PASER", "Pemkab"
	it.Provenance = []sources.Provenance{{Outlet: "Kaltim Post"}}
	at := noon.Add(1234567 * time.Nanosecond)
	e := intake.Entry(sources.Source{ID: "s"}, doc, it, at.In(time.FixedZone("", 7*3600)))
	a := e.Attribution
	if a.URL != site+"a" || a.GUID != "g" || !a.IsPermaLink || a.IDFrom != sources.IDFromFeed || len(a.Via) != 1 || a.Via[0] != (feed.Hop{URL: "https://kaltim.example/x", Title: "Kaltim"}) ||
		a.Credit != it.Credit || a.Agency != it.Agency || a.Dateline != it.Dateline || a.Holder != it.Holder || len(a.Provenance) != 1 {
		t.Errorf("attribution %+v", a)
	}
	if e.ID != feed.EntryID("s", "g") || e.OriginalID != "g" || e.Revision != 1 || !e.FirstSeen.Equal(noon.Add(time.Millisecond)) || e.FirstSeen.Location() != time.UTC {
		t.Errorf("entry %s %s revision %d first seen %v", e.ID, e.OriginalID, e.Revision, e.FirstSeen)
	}
}

// What the text itself says of its withdrawal is shown as a notice.
func TestWithdrawnInWords(t *testing.T) {
	doc := document(item("g", site+"a", "[DICABUT] A", noon))
	it := &doc.Items[0]
	it.Evidence = []sources.Evidence{{Kind: sources.Withdrawn, Text: "[DICABUT]", Where: "title"}}
	e := intake.Entry(sources.Source{ID: "s"}, doc, it, noon)
	if e.Notice == nil || e.Notice.Kind != feed.Withdrawal || e.Notice.Reason != "The article was marked as withdrawn by its outlet." || !e.Notice.When.Equal(noon) {
		t.Errorf("notice %+v", e.Notice)
	}
}
