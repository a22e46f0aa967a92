package intake_test

import (
	"context"
	"errors"
	"fmt"
	"os"
	"slices"
	"testing"
	"time"

	"warta/feed"
	"warta/feed/intake"
	"warta/feed/store"
	"warta/feed/store/storetest"
	"warta/sources"
)

func TestMain(m *testing.M) { os.Exit(storetest.Main(m)) }

var noon = storetest.Noon

// desk is an intake with its store and one source, polled again and again.
type desk struct {
	t     *testing.T
	store *store.Store
	in    *intake.Intake
	src   sources.Source
	at    time.Time
}

func newDesk(t *testing.T) *desk {
	s := storetest.Open(t, storetest.SQLite(t))
	return &desk{t: t, store: s, in: intake.New(s, intake.Options{}), at: noon,
		src: sources.Source{ID: "pemkab", Title: "Pemkab", URL: "https://pemkab.example.id/", Feed: "https://pemkab.example.id/feed/", Regions: []string{"64.01"}}}
}

// poll takes in one document, an hour after the one before.
func (d *desk) poll(doc *sources.Document) sources.Accepted {
	d.t.Helper()
	d.at = d.at.Add(time.Hour)
	got, err := d.in.Accept(context.Background(), []sources.Visit{{Source: d.src, At: d.at, Document: doc}})
	if err != nil {
		d.t.Fatal(err)
	}
	return got[0]
}

// want polls and compares the counts.
func (d *desk) want(doc *sources.Document, news, updated, unchanged int) {
	d.t.Helper()
	a := d.poll(doc)
	if a.New != news || a.Updated != updated || a.Unchanged != unchanged {
		d.t.Errorf("new %d, updated %d, unchanged %d; want %d, %d, %d", a.New, a.Updated, a.Unchanged, news, updated, unchanged)
	}
}

func (d *desk) all() []feed.Entry {
	d.t.Helper()
	list, err := d.store.SourceEntries(context.Background(), d.src.ID, 10000)
	if err != nil {
		d.t.Fatal(err)
	}
	return list
}

// titles are those of all stored entries, sorted.
func (d *desk) titles(want ...string) {
	d.t.Helper()
	var got []string
	for _, e := range d.all() {
		got = append(got, e.Title)
	}
	slices.Sort(got)
	if !slices.Equal(got, want) {
		d.t.Errorf("stored %q; want %q", got, want)
	}
}

// item is a story as normalize leaves it.
func item(guid, link, title string, published time.Time) sources.Item {
	it := sources.Item{GUID: guid, ID: guid, IDFrom: sources.IDFromFeed, Link: link, URL: link,
		Title: sources.Text{Value: title, Type: "text"}, Content: sources.Text{Value: "<p>" + title + "</p>", Type: "html"},
		Published: sources.Date{Raw: published.Format(time.RFC1123Z), Time: published}}
	if guid == "" {
		it.ID, it.IDFrom = link, sources.IDFromLink
	}
	return it
}

func document(items ...sources.Item) *sources.Document {
	return &sources.Document{Format: "rss2.0", URL: "https://pemkab.example.id/feed/", Title: sources.Text{Value: "Pemkab"},
		Link: "https://pemkab.example.id/", Items: items, Entries: len(items)}
}

const site = "https://pemkab.example.id/"

func morning(minute int) time.Time { return noon.Add(time.Duration(minute) * time.Minute) }

func TestTheSameDocumentTwice(t *testing.T) {
	d := newDesk(t)
	doc := document(item("g1", site+"a", "A", morning(2)), item("g2", site+"b", "B", morning(1)))
	d.want(doc, 2, 0, 0)
	d.want(doc, 0, 0, 2)
	newest, err := d.store.ChangedSince(context.Background(), 1, 10)
	if err != nil || len(newest) != 1 || newest[0].Title != "A" {
		t.Errorf("the newest entry has not the highest number: %v, %v", newest, err)
	}
}

func TestAChangeIsARevision(t *testing.T) {
	d := newDesk(t)
	d.want(document(item("g1", site+"a", "A", morning(1))), 1, 0, 0)
	changed := item("g1", site+"a", "A", morning(1))
	changed.Content.Value = "<p>Ralat.</p>"
	d.want(document(changed), 0, 1, 0)
	e := d.all()[0]
	if e.Revision != 2 || !e.FirstSeen.Equal(noon.Add(time.Hour)) || !e.Changed.Equal(noon.Add(2*time.Hour)) {
		t.Errorf("revision %d, first seen %v, changed %v", e.Revision, e.FirstSeen, e.Changed)
	}
}

func TestWhatReadersDoNotSeeIsNoRevision(t *testing.T) {
	d := newDesk(t)
	d.want(document(item("g1", site+"a", "A", morning(1))), 1, 0, 0)
	again := item("g1", site+"a", "A", morning(1))
	again.Fingerprint, again.Offset = 77, 1234
	again.Removed = []sources.Removal{{Text: "spot_img", Why: "debris"}}
	doc := document(again)
	doc.Updated.Time = noon
	doc.Generator = "another"
	d.want(doc, 0, 0, 1)
}

func TestWhatReadersSeeIsARevision(t *testing.T) {
	base := func() sources.Item { return item("g1", site+"a", "A", morning(1)) }
	for name, change := range map[string]func(*sources.Item){
		"title":      func(it *sources.Item) { it.Title.Value = "A2" },
		"summary":    func(it *sources.Item) { it.Summary.Value = "S" },
		"author":     func(it *sources.Item) { it.Authors = []sources.Person{{Name: "Siti"}} },
		"editor":     func(it *sources.Item) { it.Contributors = []sources.Person{{Name: "Budi", Role: "editor"}} },
		"published":  func(it *sources.Item) { it.Published.Time = morning(-600) },
		"updated":    func(it *sources.Item) { it.Updated.Time = morning(30) },
		"rights":     func(it *sources.Item) { it.Rights = []sources.Statement{{Text: "© A"}} },
		"licence":    func(it *sources.Item) { it.Licenses = []string{"https://creativecommons.org/licenses/by/4.0/"} },
		"image":      func(it *sources.Item) { it.Image = &sources.Image{URL: site + "a.jpg"} },
		"credit":     func(it *sources.Item) { it.Media = []sources.Image{{URL: site + "a.jpg", Credit: "Antara"}} },
		"enclosure":  func(it *sources.Item) { it.Enclosures = []sources.Enclosure{{URL: site + "a.mp3"}} },
		"category":   func(it *sources.Item) { it.Categories = []sources.Category{{Term: "Daerah"}} },
		"evidence":   func(it *sources.Item) { it.Evidence = []sources.Evidence{{Kind: sources.NoCopy, Text: "Dilarang"}} },
		"paid":       func(it *sources.Item) { it.Advertorial = true },
		"dateline":   func(it *sources.Item) { it.Dateline = "PASER" },
		"agency":     func(it *sources.Item) { it.Agency = "ANTARA" },
		"origin":     func(it *sources.Item) { it.Origin = &sources.Origin{Title: "Kaltim Post"} },
		"provenance": func(it *sources.Item) { it.Provenance = []sources.Provenance{{Outlet: "Kaltim Post"}} },
		"address":    func(it *sources.Item) { it.URL = site + "a-baru" },
	} {
		t.Run(name, func(t *testing.T) {
			d := newDesk(t)
			d.want(document(base()), 1, 0, 0)
			it := base()
			change(&it)
			d.want(document(it), 0, 1, 0)
		})
	}
}

// Tempo's guids are places in a list: 1 is whatever stands first.
func TestAGuidUsedAgainIsNoIdentity(t *testing.T) {
	d := newDesk(t)
	story := func(place int, name string, minute int) sources.Item {
		return item(fmt.Sprint(place), site+name, "Berita "+name, morning(minute))
	}
	d.want(document(story(1, "b", 2), story(2, "a", 1)), 2, 0, 0)
	d.want(document(story(1, "d", 4), story(2, "c", 3), story(3, "b", 2), story(4, "a", 1)), 2, 0, 2)
	d.want(document(story(1, "e", 5), story(2, "d", 4), story(3, "c", 3), story(4, "b", 2)), 1, 0, 3)
	edited := story(3, "d", 4)
	edited.Title.Value, edited.Content.Value = "Berita d, diralat", "<p>Ralat</p>"
	d.want(document(story(1, "f", 6), story(2, "e", 5), edited), 1, 1, 1)
	d.titles("Berita a", "Berita b", "Berita c", "Berita d, diralat", "Berita e", "Berita f")
	for _, e := range d.all() {
		if e.Attribution.GUID != "" && e.Attribution.GUID != e.OriginalID {
			t.Errorf("%s has the guid %q and the id %q", e.Title, e.Attribution.GUID, e.OriginalID)
		}
	}
}

// A slug and a title that are edited together keep their guid and their date.
func TestAGuidIsBelievedWhereTheDateAgrees(t *testing.T) {
	d := newDesk(t)
	d.want(document(item("pemkab-88213", site+"jalan-rusak", "Jalan rusak", morning(1))), 1, 0, 0)
	d.want(document(item("pemkab-88213", site+"jalan-diperbaiki", "Jalan diperbaiki", morning(1))), 0, 1, 0)
	d.want(document(item("pemkab-88213", site+"pasar-baru", "Pasar baru", morning(90))), 1, 0, 0)
	d.titles("Jalan diperbaiki", "Pasar baru")
}

func TestGuidsInOtherClothes(t *testing.T) {
	for _, c := range []struct{ name, guid, link, title, guid2, link2, title2 string }{
		{"https", "http://pemkab.example.id/a/", "http://pemkab.example.id/a/", "A", site + "a/", site + "a/", "A"},
		{"www", site + "a", site + "a", "A", "https://www.pemkab.example.id/a", "https://www.pemkab.example.id/a", "A"},
		{"slash", site + "a", site + "a", "A", site + "a/", site + "a/", "A"},
		{"slash and new title", site + "a", site + "a", "A", site + "a/", site + "a/", "A, diralat"},
		{"permalink", site + "?p=12", site + "a/", "A", site + "a/", site + "a/", "A"},
		{"and back", site + "a/", site + "a/", "A", site + "?p=12", site + "a/", "A"},
		{"no guid, https", "", "http://pemkab.example.id/a", "A", "", site + "a/", "A, diralat"},
		{"guid comes", "", site + "a", "A", "88213", site + "a", "A"},
		{"guid goes", "88213", site + "a", "A", "", site + "a", "A"},
		{"opaque guids", "88213", site + "a", "A", "x-88213", site + "a", "A"},
	} {
		t.Run(c.name, func(t *testing.T) {
			d := newDesk(t)
			d.poll(document(item(c.guid, c.link, c.title, morning(1))))
			before := d.all()[0]
			d.poll(document(item(c.guid2, c.link2, c.title2, morning(1))))
			after := d.all()
			if len(after) != 1 || after[0].ID != before.ID || after[0].OriginalID != before.OriginalID {
				t.Errorf("%d entries, %q became %q", len(after), before.OriginalID, after[0].OriginalID)
			}
			if after[0].Title != c.title2 {
				t.Errorf("title %q, want %q", after[0].Title, c.title2)
			}
		})
	}
}

func TestTwoStoriesAreNotOne(t *testing.T) {
	for name, items := range map[string][2]sources.Item{
		"one page, two ids":               {item("g1", site+"agenda", "Rapat", morning(2)), item("g2", site+"agenda", "Upacara", morning(1))},
		"one page and title, two days":    {item("g1", site+"jadwal", "Jadwal salat", morning(2)), item("g2", site+"jadwal", "Jadwal salat", morning(-1400))},
		"two places of one page":          {item("", site+"langsung#1", "Menit 1", morning(1)), item("", site+"langsung#2", "Menit 2", morning(2))},
		"comments":                        {item(site+"?p=1#c1", site+"a#c1", "By: Andi", morning(1)), item(site+"?p=1#c2", site+"a#c2", "By: Andi", morning(2))},
		"no id, the home page for a link": {item("", site, "Satu", morning(1)), item("", site, "Dua", morning(2))},
		"no id, one page for a link":      {item("", site+"agenda", "Satu", morning(1)), item("", site+"agenda", "Dua", morning(2))},
	} {
		t.Run(name, func(t *testing.T) {
			together := newDesk(t)
			together.want(document(items[0], items[1]), 2, 0, 0)
			together.want(document(items[1], items[0]), 0, 0, 2)
			together.want(document(items[0]), 0, 0, 1)
			together.want(document(items[1]), 0, 0, 1)
			if name == "no id, one page for a link" {
				return // one after another can't be told from a title that was edited
			}
			apart := newDesk(t)
			apart.want(document(items[0]), 1, 0, 0)
			apart.want(document(items[1]), 1, 0, 0)
			apart.want(document(items[0], items[1]), 0, 0, 2)
		})
	}
}

func TestTwinsInOneDocument(t *testing.T) {
	d := newDesk(t)
	old, recent := item("g1", site+"a", "A", morning(1)), item("g1", site+"a", "A baru", morning(1))
	recent.Updated.Time = morning(5)
	d.want(document(old, recent, old), 1, 0, 0)
	d.want(document(recent, old), 0, 0, 1)
	d.titles("A baru")
}

func TestWhatLeavesTheWindowStays(t *testing.T) {
	d := newDesk(t)
	d.want(document(item("g1", site+"a", "A", morning(1)), item("g2", site+"b", "B", morning(2))), 2, 0, 0)
	d.want(document(), 0, 0, 0)
	d.want(document(item("g3", site+"c", "C", morning(3))), 1, 0, 0)
	d.titles("A", "B", "C")
}

func TestALateBackDatedEntryIsStored(t *testing.T) {
	d := newDesk(t)
	d.want(document(item("g1", site+"a", "A", morning(1))), 1, 0, 0)
	d.want(document(item("g1", site+"a", "A", morning(1)), item("g0", site+"0", "Lama", noon.AddDate(0, -2, 0))), 1, 0, 1)
	d.titles("A", "Lama")
}

func TestDatesThatOnlyTellTheTimeOfAsking(t *testing.T) {
	d := newDesk(t)
	now := func() *sources.Document {
		at := d.at.Add(time.Hour)
		return document(item("g1", site+"a", "A", at), item("g2", site+"b", "B", at.Add(-time.Second)))
	}
	d.want(now(), 2, 0, 0)
	d.want(now(), 0, 0, 2)
	run := func(minute int) *sources.Document { // of a generator, 20 minutes ago
		var items []sources.Item
		for i := range 4 {
			items = append(items, item(fmt.Sprint("r", i), site+fmt.Sprint("r", i), fmt.Sprint("R", i), morning(minute)))
		}
		return document(items...)
	}
	d.want(run(100), 4, 0, 0)
	d.want(run(160), 0, 0, 4)
	if w := d.poll(run(220)).Warnings; len(w) != 1 || w[0].Code != "restless-dates" {
		t.Errorf("warnings %v", w)
	}
}

func TestTombstone(t *testing.T) {
	d := newDesk(t)
	ctx := context.Background()
	a, b := item("g1", site+"a", "A", morning(1)), item("g2", site+"b", "B", morning(2))
	d.want(document(a, b), 2, 0, 0)
	gone := document(b)
	gone.Tombstones = []sources.Tombstone{{Ref: "g1", When: sources.Date{Time: morning(30)}, Comment: "Dicabut atas permintaan narasumber"}, {Ref: "never seen"}}
	d.want(gone, 0, 1, 1)
	d.want(gone, 0, 0, 2)
	e, err := d.store.Entry(ctx, feed.EntryID("pemkab", "g1"))
	if err != nil {
		t.Fatal(err)
	}
	if n := e.Notice; n == nil || n.Kind != feed.Withdrawal || !n.When.Equal(morning(30)) || n.Reason == "" {
		t.Errorf("notice %+v", n)
	}
	if !slices.ContainsFunc(e.Evidence, func(ev sources.Evidence) bool { return ev.Kind == sources.Withdrawn }) {
		t.Errorf("evidence %+v", e.Evidence)
	}
	// The item stays in the feed beside its tombstone: it is withdrawn all the same.
	gone.Items = []sources.Item{a, b}
	d.want(gone, 0, 0, 2)
	// Brought back by its feed, even edited, it stays withdrawn, until the
	// operator lifts that.
	a.Updated.Time = morning(60)
	gone.Items = []sources.Item{a}
	d.want(gone, 0, 1, 0)
	if e, err = d.store.Entry(ctx, e.ID); err != nil || e.Notice == nil || e.Revision != 3 {
		t.Errorf("%+v, %v", e.Notice, err)
	}
	if err := d.store.Restore(ctx, e.ID, "Dimuat lagi oleh medianya", "rina"); err != nil {
		t.Fatal(err)
	}
	if e, err = d.store.Entry(ctx, e.ID); err != nil || e.Notice != nil || e.Title != "A" {
		t.Errorf("lifted: %+v, %v", e.Notice, err)
	}
}

func TestStoryNewAndWithdrawnInOneDocument(t *testing.T) {
	d := newDesk(t)
	doc := document(item("g1", site+"a", "A", morning(1)))
	doc.Tombstones = []sources.Tombstone{{Ref: "g1", When: sources.Date{Time: morning(2)}}}
	d.want(doc, 1, 0, 0)
	d.want(doc, 0, 0, 1)
	if e := d.all()[0]; e.Notice == nil {
		t.Error("not withdrawn")
	}
}

func TestAnItemWithNothingIsLeftOut(t *testing.T) {
	d := newDesk(t)
	a := d.poll(document(sources.Item{ID: "urn:x", IDFrom: sources.IDFromDerived}, item("g1", site+"a", "A", morning(1))))
	if a.New != 1 || len(a.Warnings) != 1 || a.Warnings[0].Code != "entry-without-anything" {
		t.Errorf("%+v", a)
	}
}

// failing is a store that can't.
type failing struct{ *store.Store }

var errFull = errors.New("disk full")

func (failing) Save(context.Context, []feed.Draft) error { return errFull }

func TestNothingIsAcceptedWhenSavingFails(t *testing.T) {
	d := newDesk(t)
	in := intake.New(failing{d.store}, intake.Options{})
	got, err := in.Accept(context.Background(), []sources.Visit{{Source: d.src, At: noon, Document: document(item("g1", site+"a", "A", noon))}})
	if !errors.Is(err, errFull) || got != nil {
		t.Errorf("%v, %v", got, err)
	}
}

func TestABatchOfSourcesIsOneTransaction(t *testing.T) {
	d := newDesk(t)
	other := d.src
	other.ID = "other"
	visits := []sources.Visit{
		{Source: d.src, At: noon, Document: document(item("g1", site+"a", "A", noon))},
		{Source: d.src, At: noon}, // nothing new
		{Source: other, At: noon, Document: document(item("g1", site+"a", "A", noon))},
	}
	got, err := d.in.Accept(context.Background(), visits)
	if err != nil || got[0].New != 1 || got[1].New != 0 || got[2].New != 1 {
		t.Errorf("%+v, %v", got, err)
	}
}
