package render

import (
	"bytes"
	"context"
	"fmt"
	"reflect"
	"strings"
	"testing"

	"warta/feed"
	"warta/feed/intake"
	"warta/sources"
	"warta/sources/normalize"
	"warta/sources/parse"
)

// A story that three wartas took from each other, in whatever format, is whose
// it was: with roles, terms and pictures, without a word of theirs in its text.
func TestThreeHops(t *testing.T) {
	type facts struct {
		Authors, Contributors []sources.Person
		Credit, Agency        string
		Dateline, Holder      string
		ID, Link              string
		Source                feed.Outlet
		Rights                string
		Licences, First       []string
		Photo                 string
		Text, Short           string
	}
	of := func(e *feed.Entry) facts {
		a := &e.Attribution
		o, _ := source(a)
		o.Updated, o.Language = o.Updated.UTC(), "" // which an atom:source in RSS loses
		f := facts{a.Authors, a.Contributors, a.Credit, a.Agency, a.Dateline, a.Holder, e.OriginalID, a.URL, o, rightsText(e, o.Rights), a.Licenses, nil, "",
			plain(e.Content.Value), plain(e.Summary.Value)}
		for _, p := range a.Provenance {
			f.First = append(f.First, p.Outlet)
		}
		if e.Image != nil {
			f.Photo = fmt.Sprint(e.Image.Credit, e.Image.License, e.Image.Caption)
		}
		for _, list := range [...][]sources.Person{f.Authors, f.Contributors} {
			for i := range list {
				list[i].Raw = ""
			}
		}
		return f
	}
	for _, f := range []Format{Atom, RSS, JSON} {
		shown := samples()[0]
		want := of(&shown.Entry)
		for hop := 1; hop <= 3; hop++ {
			fragment, err := Fragment(f, shown, testSite)
			if err != nil {
				t.Fatal(err)
			}
			var b bytes.Buffer
			if err := Document(&b, f, testHead.as(f), [][]byte{fragment}); err != nil {
				t.Fatal(err)
			}
			src := sources.Source{ID: "hop", Feed: fmt.Sprintf("https://hop%d.example/x%s", hop, f.Extension())}
			doc, err := parse.Parse(context.Background(), parse.Input{Body: b.Bytes(), URL: src.Feed})
			if err != nil || len(doc.Items) != 1 {
				t.Fatalf("%s, hop %d: %v", f, hop, err)
			}
			normalize.Document(doc, normalize.Options{Source: src, Now: day(20, 0)})
			shown.Entry = intake.Entry(src, doc, &doc.Items[0], day(20, 0))
			if got := of(&shown.Entry); !reflect.DeepEqual(got, want) {
				t.Errorf("%s, hop %d:\n%+v\nwant\n%+v", f, hop, got, want)
			}
			if text := shown.Entry.Content.Value + shown.Entry.Summary.Value; strings.Contains(text, "warta-") || strings.Contains(text, "Koreksi") {
				t.Errorf("%s, hop %d: our own words are in the text: %s", f, hop, text)
			}
		}
	}
}
