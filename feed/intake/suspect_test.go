package intake

import (
	"fmt"
	"strings"
	"testing"

	"warta/feed"
)

// stories are n new ones at a host, in a language.
func stories(n int, host, language string) []feed.Trait {
	list := make([]feed.Trait, n)
	for i := range list {
		list[i] = feed.Trait{Host: host, Language: language}
	}
	return list
}

func advertising(n int) []feed.Trait {
	list := stories(n, "", "")
	for i := range list {
		list[i].Promotes = true
	}
	return list
}

// What is an alarm and what is none, for a source with a habit.
func TestSigns(t *testing.T) {
	usual := func() *feed.Profile {
		return &feed.Profile{
			Visits: 10, Stories: 120, Largest: 20, Title: "Pemkab Paser", ID: "https://pemkab.go.id/feed/", SteadyID: 9, Holder: "© 2026 Diskominfo Paser",
			Hosts: map[string]int{"pemkab.go.id": 118, "youtube.com": 2}, Languages: map[string]int{"id": 110, "en": 5}, Age: 5, Most: 12, Day: "2026-06-01", Today: 4, WordsCount: 300,
		}
	}
	young := func() *feed.Profile {
		return &feed.Profile{Visits: 1, Stories: 4, Largest: 4, Title: "Pemkab", SteadyID: 1, Hosts: map[string]int{"pemkab.go.id": 4}, Languages: map[string]int{"id": 4}, Age: 1, Day: "2026-06-01", Today: 4}
	}
	mixed := func() *feed.Profile {
		p := usual()
		p.Hosts = map[string]int{"a.id": 40, "b.id": 40, "c.id": 40}
		p.Languages = map[string]int{"id": 60, "en": 55}
		return p
	}
	for _, c := range []struct {
		name string
		past *feed.Profile
		now  brought
		want string
	}{
		{"nothing known yet", nil, brought{Entries: 500, New: 500, Fresh: stories(500, "judi.com", "zh")}, ""},
		{"an ordinary visit", usual(), brought{Entries: 20, New: 3, Fresh: stories(3, "pemkab.go.id", "id")}, ""},
		{"a whole new window", usual(), brought{Entries: 20, New: 20, Fresh: stories(20, "pemkab.go.id", "id")}, ""},
		{"one story elsewhere", usual(), brought{Entries: 20, New: 1, Fresh: stories(1, "detik.com", "id")}, ""},
		{"two stories elsewhere", usual(), brought{Entries: 20, New: 2, Fresh: stories(2, "judi.com", "id")}, "host"},
		{"elsewhere where it was before", usual(), brought{Entries: 20, New: 3, Fresh: stories(3, "youtube.com", "id")}, ""},
		{"half of them elsewhere", usual(), brought{Entries: 20, New: 8, Fresh: append(stories(4, "judi.com", "id"), stories(4, "pemkab.go.id", "id")...)}, ""},
		{"many hosts are its habit", mixed(), brought{Entries: 20, New: 9, Fresh: stories(9, "d.id", "fr")}, ""},
		{"another title, a word in common", usual(), brought{Title: "Pemerintah Kabupaten Paser", Entries: 20}, ""},
		{"another title, written together", usual(), brought{Title: "pemkabpaser", Entries: 20}, ""},
		{"another title altogether", usual(), brought{Title: "Bola Gacor Indonesia", Entries: 20}, "owner"},
		{"no title any more", usual(), brought{Entries: 20}, ""},
		{"another holder", usual(), brought{Holder: "Copyright 2026 PT Sumber Rejeki", Entries: 20}, "owner"},
		{"the same holder, another year", usual(), brought{Holder: "Hak cipta 2027 Diskominfo Kabupaten Paser", Entries: 20}, ""},
		{"another id on the same site", usual(), brought{ID: "http://www.pemkab.go.id/?feed=rss2", Entries: 20}, ""},
		{"the id of another site", usual(), brought{ID: "tag:judi.com,2026:feed", Entries: 20}, "owner"},
		{"another language", usual(), brought{Entries: 20, New: 5, Fresh: stories(5, "pemkab.go.id", "zh")}, "language"},
		{"two stories in another language", usual(), brought{Entries: 20, New: 2, Fresh: stories(2, "pemkab.go.id", "zh")}, ""},
		{"another language, half of them", usual(), brought{Entries: 20, New: 6, Fresh: append(stories(3, "pemkab.go.id", "en"), stories(3, "pemkab.go.id", "id")...)}, ""},
		{"two languages are its habit", mixed(), brought{Entries: 20, New: 6, Fresh: stories(6, "a.id", "en")}, ""},
		{"gambling", usual(), brought{Entries: 20, New: 4, Fresh: append(advertising(3), stories(1, "", "")...)}, "subject"},
		{"one advert", usual(), brought{Entries: 20, New: 4, Fresh: append(advertising(1), stories(3, "", "")...)}, ""},
		{"words it never used", usual(), brought{Entries: 20, New: 10, Words: 1, Fresh: stories(10, "pemkab.go.id", "id")}, "subject"},
		{"words it seldom used", usual(), brought{Entries: 20, New: 10, Words: 12, Fresh: stories(10, "pemkab.go.id", "id")}, ""},
		{"a flood", usual(), brought{Entries: 200, New: 195, Fresh: stories(195, "pemkab.go.id", "id")}, "flood"},
		{"an election night", usual(), brought{Entries: 100, New: 95, Fresh: stories(95, "pemkab.go.id", "id")}, ""},
		{"a larger window", usual(), brought{Entries: 80, New: 60, Fresh: stories(60, "pemkab.go.id", "id")}, ""},
		{"a flood in a day", usual(), brought{Entries: 20, New: 20, Day: "2026-06-01", Fresh: stories(20, "pemkab.go.id", "id")}, ""},
		{"a young source grows", young(), brought{Entries: 30, New: 26, Fresh: stories(26, "pemkab.go.id", "id")}, ""},
		{"a young source is flooded", young(), brought{Entries: 300, New: 300, Fresh: stories(300, "pemkab.go.id", "id")}, "flood"},
		{"a young source is hijacked", young(), brought{Title: "Slot Gacor", Entries: 5, New: 5, Fresh: stories(5, "judi.com", "id")}, "host owner"},
		{"emptied", usual(), brought{Title: "Sedang Perbaikan"}, "emptied"},
	} {
		c.now.Words = max(c.now.Words, 0)
		if c.now.Words == 0 {
			c.now.Words = -1
		}
		var got []string
		for _, s := range signs(c.past, &c.now) {
			got = append(got, string(s.Kind))
			if s.Text.ID == "" || s.Text.EN == "" || strings.Contains(s.Text.ID+s.Text.EN, "%!") {
				t.Errorf("%s: words %+v", c.name, s.Text)
			}
		}
		if strings.Join(got, " ") != c.want {
			t.Errorf("%s: %q; want %q", c.name, strings.Join(got, " "), c.want)
		}
	}
	busy := usual()
	busy.Today = 150
	if s := signs(busy, &brought{Entries: 20, New: 20, Day: "2026-06-01", Words: -1}); len(s) != 1 || s[0].Kind != feed.SignFlood {
		t.Errorf("170 stories in a day where 12 were the most: %+v", s)
	}
}

// What comes a story at a time is told from the last few; a batch of an
// agency's texts is none.
func TestSignsOfOneAtATime(t *testing.T) {
	usual := func(recent ...feed.Trait) *feed.Profile {
		p := &feed.Profile{Visits: 30, Stories: 100, Largest: 20, Title: "Pemkab", Hosts: map[string]int{"pemkab.go.id": 100}, Languages: map[string]int{"id": 100}}
		for _, r := range recent {
			p.Hosts, p.Languages = count(p.Hosts, r.Host), count(p.Languages, r.Language)
		}
		p.Recent = recent
		return p
	}
	own, ad, other := feed.Trait{Host: "pemkab.go.id", Language: "id"}, feed.Trait{Promotes: true}, feed.Trait{Host: "judi.com", Language: "id"}
	en, zh := feed.Trait{Host: "pemkab.go.id", Language: "en"}, feed.Trait{Host: "pemkab.go.id", Language: "zh"}
	for _, c := range []struct {
		name  string
		past  *feed.Profile
		fresh []feed.Trait
		want  string
	}{
		{"the second elsewhere", usual(own, own, other), []feed.Trait{other}, ""},
		{"the third elsewhere", usual(own, other, other), []feed.Trait{other}, "host"},
		{"every other one elsewhere", usual(other, own, other), []feed.Trait{own}, ""},
		{"the third advert", usual(own, ad, ad), []feed.Trait{ad}, "subject"},
		{"adverts, then a story", usual(ad, ad, ad), []feed.Trait{own}, ""},
		{"the fifth in Chinese", usual(zh, zh, zh, zh), []feed.Trait{zh}, ""},
		{"the sixth in Chinese", usual(zh, zh, zh, zh, zh), []feed.Trait{zh}, "language"},
		{"four of an agency", usual(own), []feed.Trait{en, en, en, en}, ""},
		{"six of an agency", usual(own), []feed.Trait{en, en, en, en, en, en}, "language"},
		{"six of an agency, not the first", usual(en, own, own, own, own, en, own, own, own, own, own, own, own, own, own, own), []feed.Trait{en, en, en, en, en, en}, "language"},
	} {
		var got []string
		for _, s := range signs(c.past, &brought{Entries: 20, New: len(c.fresh), Fresh: c.fresh, Words: -1}) {
			got = append(got, string(s.Kind))
		}
		if strings.Join(got, " ") != c.want {
			t.Errorf("%s: %q; want %q", c.name, strings.Join(got, " "), c.want)
		}
	}
}

// A filter that filled up goes on knowing its last words.
func TestWordsFade(t *testing.T) {
	p := new(feed.Profile)
	for i := range 2 * filterWords {
		put(p, fmt.Sprint("kata", i))
	}
	if !has(p.Words, fmt.Sprint("kata", 2*filterWords-1)) || !has(p.Before, fmt.Sprint("kata", filterWords/2)) {
		t.Error("words are forgotten too soon")
	}
	strange := 0
	for i := range 1000 {
		if w := fmt.Sprint("asing", i); has(p.Words, w) {
			strange++
		}
	}
	if strange > 150 {
		t.Errorf("%d of 1000 strange words are known", strange)
	}
}
