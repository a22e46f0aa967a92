package deliver

import (
	"bytes"
	"context"
	"encoding/json"
	"encoding/xml"
	"slices"
	"strings"
	"testing"
	"time"

	"warta/feed"
)

func link(n int) string { return "https://pemkab.example/" + string(rune('0'+n)) }

// Whoever keeps a copy ends with what it is entitled to, also where a story left
// the channel though its source did not touch it: by another rule, another
// region, an editor's hand or the end of a permission. It is told the id and
// nothing else.
func TestGoneIsTold(t *testing.T) {
	for _, c := range []struct {
		name  string
		leave func(b *bench)
		gone  []string
	}{
		{"another rule", func(b *bench) {
			s := testSettings()
			s.Channels[0].Select = `"64.01" in regions && !(title startsWith "Berita 2")`
			b.restart(s)
		}, []string{link(2)}},
		{"another region", func(b *bench) {
			b.save(draft(2, 1, func(e *feed.Entry) { e.Regions = []string{"64.02"} }))
		}, []string{link(2)}},
		{"held by an editor", func(b *bench) {
			if err := b.store.Judge(context.Background(), feed.EntryID("pemkab", link(2)), feed.Held, "diperiksa", "Rina"); err != nil {
				b.t.Fatal(err)
			}
		}, []string{link(2)}},
		{"nothing may be shown of the source", func(b *bench) {
			s := testSettings()
			none := feed.None
			s.Policy.Sources = map[string]feed.SourcePolicy{"pemkab": {Rights: &none}}
			b.restart(s)
		}, []string{link(1), link(2), link(3)}},
	} {
		t.Run(c.name, func(t *testing.T) {
			b, r, late := newBench(t), newReceiver(t), newReceiver(t)
			readers := map[string]*receiver{}
			for _, format := range []string{"rss", "json", "ninjs.json"} {
				readers[format] = newReceiver(t)
				b.subscribe(readers[format], "https://warta.example/paser."+format)
			}
			b.subscribe(r, "https://warta.example/paser.atom")
			b.save(draft(1, 1, nil), draft(2, 1, nil), draft(3, 1, nil))
			b.work()
			if len(r.entries) != 3 {
				t.Fatalf("it has %d stories", len(r.entries))
			}
			b.pass(time.Minute)
			c.leave(b)
			b.work()
			want := b.entitled("paser", 0)
			if len(want) != 3-len(c.gone) {
				t.Fatalf("entitled to %v", want)
			}
			want["nothing"], r.entries["nothing"] = "", "" // where all are gone there is something to compare
			sameEntries(t, r.entries, want)
			if slices.Sort(r.gone); !slices.Equal(r.gone, c.gone) {
				t.Errorf("it was told that %v are gone", r.gone)
			}
			for format, reader := range readers {
				body := reader.last().body
				if got := goneIn(t, format, body); !slices.Equal(got, c.gone) {
					t.Errorf("%s: %v are gone: %s", format, got, body)
				}
				if contains(string(body), "Berita 2 (") || contains(string(body), "Ringkasan 2") {
					t.Errorf("%s: more is said of what is gone: %s", format, body)
				}
			}
			// Who comes later is not told of what it never had.
			b.subscribe(late, "https://warta.example/paser.atom")
			b.save(draft(4, 1, nil))
			b.work()
			if len(late.gone) != 0 {
				t.Errorf("who came later was told that %v are gone", late.gone)
			}
		})
	}
}

// goneIn finds the ids that a body says are gone.
func goneIn(t *testing.T, format string, body []byte) (ids []string) {
	t.Helper()
	var doc struct {
		Channel struct {
			Deleted []struct {
				Ref string `xml:"ref,attr"`
			} `xml:"http://purl.org/atompub/tombstones/1.0 deleted-entry"`
		} `xml:"channel" json:"-"`
		Warta struct {
			Gone []struct {
				ID   string
				When time.Time
			}
		} `xml:"-" json:"_warta"`
		Associations []struct {
			URI, PubStatus string
		} `xml:"-"`
	}
	var err error
	if format == "rss" {
		err = xml.NewDecoder(bytes.NewReader(body)).Decode(&doc)
	} else {
		err = json.Unmarshal(body, &doc)
	}
	if err != nil {
		t.Fatalf("%v in %s", err, body)
	}
	for _, d := range doc.Channel.Deleted {
		ids = append(ids, d.Ref)
	}
	for _, g := range doc.Warta.Gone {
		ids = append(ids, g.ID)
	}
	for _, a := range doc.Associations {
		if a.PubStatus == "withheld" {
			ids = append(ids, a.URI)
		}
	}
	slices.Sort(ids)
	return ids
}

// What a partner may no longer be shown, because its own permission was taken
// away, it is told; partners who never could be shown it are told nothing of
// it.
func TestGoneIsToldToThoseWhoHadIt(t *testing.T) {
	b, portal, other := newBench(t), newReceiver(t), newReceiver(t)
	s := partnerSettings()
	s.Policy.Default = feed.None  // where nothing is granted, nothing is shown
	s.Partners[1].Use = feed.Full // the same terms, but nothing was granted to it
	b.restart(s)
	mine := "https://warta.example/p/" + b.token("portal") + "/mitra.atom"
	b.subscribe(portal, mine)
	b.subscribe(other, "https://warta.example/p/"+b.token("lain")+"/mitra.atom")
	b.save(draft(1, 1, nil), draft(2, 1, nil))
	b.work()
	if len(portal.entries) != 2 || other.count() != 0 {
		t.Fatalf("the portal has %d stories, the other partner %d deliveries", len(portal.entries), other.count())
	}
	s.Permissions = nil
	b.restart(s)
	b.work()
	if slices.Sort(portal.gone); len(portal.entries) != 0 || strings.Join(portal.gone, " ") != link(1)+" "+link(2) {
		t.Errorf("the portal has %v and was told that %v are gone", portal.entries, portal.gone)
	}
	if other.count() != 0 {
		t.Errorf("a partner was told of what it never could see: %s", other.last().body)
	}
}
