package intake

import (
	"fmt"
	"testing"

	"warta/feed"
	"warta/sources"
)

// What goes on under another name or at another host, and what only says so.
// The past is a source with a habit; the visit brings half of its stories again.
func TestPlainly(t *testing.T) {
	past := func() *feed.Profile {
		return &feed.Profile{Feed: "https://muara.example/feed", Visits: 9, Stories: 100, Largest: 20, Title: "Kabar Muara", Holder: "© Kabar Muara",
			Hosts: map[string]int{"muara.example": 100}, Languages: map[string]int{"id": 100}}
	}
	renamed := func() brought {
		return brought{Title: "Radar Pesisir", Holder: "© Radar Pesisir", Entries: 20, New: 3, Fresh: stories(3, "muara.example", "id"), Words: -1}
	}
	moved := func() brought {
		return brought{Title: "Kabar Muara", Entries: 20, New: 3, Fresh: stories(20, "baru.example", "id"), Words: -1}
	}
	at := map[string]string{"a": "baru.example/1", "b": "baru.example/2", "c": "baru.example/3", "d": "baru.example/4", "e": "baru.example/5",
		"f": "baru.example/6", "g": "baru.example/7", "h": "baru.example/8", "i": "baru.example/9", "j": "baru.example/10"}
	said := func(to ...string) (list []sources.Answer) {
		for i, key := range []string{"a", "b", "c"}[:len(to)] {
			list = append(list, sources.Answer{Key: key, To: to[i], Moved: to[i] != ""})
		}
		return list
	}
	same := said("https://baru.example/1", "https://baru.example/2", "https://baru.example/3")
	for _, c := range []struct {
		name    string
		now     brought
		carried carried
		answers []sources.Answer
		want    string // changes and questions
		but     func(p *feed.Profile, b *brought, c *carried)
	}{
		{"renamed", renamed(), carried{Stories: 17}, nil, "1 0", nil},
		{"renamed, few stories go on", renamed(), carried{Stories: 9}, nil, "0 0", nil},
		{"renamed, all stories new, by the same persons", renamed(), carried{Bylines: 90}, nil, "1 0", func(_ *feed.Profile, b *brought, _ *carried) { b.Words = 30 }},
		{"renamed, all stories new, by others", renamed(), carried{Bylines: 20}, nil, "0 0", func(_ *feed.Profile, b *brought, _ *carried) { b.Words = 30 }},
		{"another holder", renamed(), carried{Stories: 17}, nil, "0 0", func(_ *feed.Profile, b *brought, _ *carried) { b.Holder = "© PT Sumber Rejeki" }},
		{"a name of gambling", renamed(), carried{Stories: 17}, nil, "0 0", func(_ *feed.Profile, b *brought, _ *carried) { b.Title = "Juara Togel" }},
		{"with an advert", renamed(), carried{Stories: 17}, nil, "0 0", func(_ *feed.Profile, b *brought, _ *carried) { b.Fresh[0].Promotes = true }},
		{"with the id of another site", renamed(), carried{Stories: 17}, nil, "0 0", func(p *feed.Profile, b *brought, _ *carried) {
			p.ID, b.ID = "https://muara.example/", "https://lain.example/"
		}},
		{"half in another language", renamed(), carried{Stories: 17}, nil, "0 0", func(_ *feed.Profile, b *brought, _ *carried) { b.Fresh = stories(3, "muara.example", "en") }},
		{"again, soon after", renamed(), carried{Stories: 17}, nil, "0 0", func(p *feed.Profile, _ *brought, _ *carried) { p.Probation = 3 }},
		{"read from another host", renamed(), carried{Stories: 17}, nil, "0 0", func(_ *feed.Profile, _ *brought, c *carried) { c.Read = "lain.example" }},

		{"moved: the old host is asked", moved(), carried{Stories: 17, Moved: at}, nil, "0 3", nil},
		{"moved: it sends to the same stories", moved(), carried{Stories: 17, Moved: at}, same, "1 0", nil},
		{"moved: one could not be asked", moved(), carried{Stories: 17, Moved: at}, said("https://baru.example/1", "", "https://baru.example/3"), "1 0", nil},
		{"moved: two could not", moved(), carried{Stories: 17, Moved: at}, said("https://baru.example/1", "", ""), "0 0", nil},
		{"moved: one leads to another story", moved(), carried{Stories: 17, Moved: at}, said("https://baru.example/1", "https://baru.example/2", "https://baru.example/"), "0 0", nil},
		{"moved: by redirects for now", moved(), carried{Stories: 17, Moved: at}, []sources.Answer{{Key: "a", To: "https://baru.example/1"}, {Key: "b", To: "https://baru.example/2"}}, "0 0", nil},
		{"moved: the feed by a redirect for now", moved(), carried{Stories: 17, Moved: at, Lent: true}, same, "0 0", nil},
		{"moved: none of the old stories", moved(), carried{Stories: 0}, same, "0 0", nil},
		{"moved to another owner", moved(), carried{Stories: 17, Moved: at}, same, "0 0", func(_ *feed.Profile, b *brought, _ *carried) { b.Holder = "© PT Sumber Rejeki" }},
	} {
		p := past()
		if c.carried.Read == "" {
			c.carried.Read = "muara.example"
		}
		if c.but != nil {
			c.but(p, &c.now, &c.carried)
		}
		found := signs(p, &c.now)
		if len(found) == 0 {
			t.Errorf("%s: no sign at all", c.name)
		}
		changes, ask := plainly(p, &c.now, &c.carried, found, c.answers)
		if got := fmt.Sprint(len(changes), len(ask)); got != c.want {
			t.Errorf("%s: %s; want %s", c.name, got, c.want)
		}
	}
}

// For some stories after a change a single strange one ends it.
func TestProbation(t *testing.T) {
	p := &feed.Profile{Visits: 9, Hosts: map[string]int{"muara.example": 100}, Probation: 2, Changes: []feed.SourceChange{{Kind: feed.SignOwner, Text: feed.Bilingual{ID: "a", EN: "b"}}}}
	if _, ok := onProbation(p, &brought{Fresh: stories(3, "muara.example", "id")}); ok {
		t.Error("ordinary stories end it")
	}
	for _, strange := range [][]feed.Trait{stories(1, "lain.example", "id"), advertising(1)} {
		if s, ok := onProbation(p, &brought{Fresh: strange}); !ok || s.Kind != feed.SignOwner {
			t.Errorf("%+v is ordinary", strange)
		}
	}
	p.Probation = 0
	if _, ok := onProbation(p, &brought{Fresh: advertising(1)}); ok {
		t.Error("it never ends")
	}
}
