// Package report makes of the proofs of what partners were served a report for
// the partner, or for the owner of the stories: as a table, CSV (RFC 4180),
// JSON (RFC 8259) or a page that can be sent (HTML with charts as inline SVG).
//
// It is pure: values in, bytes out, the same bytes for the same values.
package report

import (
	"cmp"
	"slices"
	"strings"
	"time"

	"warta/feed"
)

// Report is what was served in a month: to one partner, of one source, or both.
type Report struct {
	Site     string    `json:"site"`
	Partner  *Party    `json:"partner,omitempty"` // nil: to any
	Source   *Party    `json:"source,omitempty"`  // nil: of any
	Month    string    `json:"month"`             // 2026-11, in Zone
	Zone     string    `json:"zone"`
	Made     time.Time `json:"made"`
	Language string    `json:"-"` // of people's forms: "id" or "en"
	Contact  string    `json:"contact,omitempty"`

	Sums        Sums         `json:"sums"`
	Sources     []Share      `json:"sources"`
	Partners    []Share      `json:"partners"`
	Permissions []Permission `json:"permissions"`
	Days        []Day        `json:"days"`
	Stories     []Story      `json:"stories"`
	Notices     []Notice     `json:"notices"`

	zone *time.Location
}

// Party is a partner or source by its id and the name people know.
type Party struct {
	ID    string `json:"id"`
	Title string `json:"title"`
}

// Sums count what was served. A story counts once, its words and images as they
// stood in the last of its states that was served.
type Sums struct {
	Stories  int `json:"stories"`
	States   int `json:"states"` // revisions of them, as they were shown
	Full     int `json:"full"`
	Excerpt  int `json:"excerpt"`
	Headline int `json:"headline"`
	Words    int `json:"words"`
	Images   int `json:"images"`
	Fetched  int `json:"fetched"` // times a story stood in a document that was fetched
	Pushed   int `json:"pushed"`  // deliveries of a story
}

// Share is what one source or partner has in the sums.
type Share struct {
	Party
	Sums
	Permissions []string `json:"permissions"`
}

// Permission is one that stories were shown under.
type Permission struct {
	ID        string `json:"id"`
	Source    string `json:"source"`
	GrantedBy string `json:"granted_by,omitempty"`
	Basis     string `json:"basis,omitempty"`
	Document  string `json:"document,omitempty"`
	From      string `json:"from,omitempty"`  // first day
	Until     string `json:"until,omitempty"` // last day
	Stories   int    `json:"stories"`
	Known     bool   `json:"in_configuration"`
}

// Day is how many stories were served for the first time on a day.
type Day struct {
	Day     string `json:"day"`
	Stories int    `json:"stories"`
}

// Story is one state of an entry as one partner was shown it.
type Story struct {
	Partner    Party     `json:"partner"`
	Entry      string    `json:"entry"`
	Revision   int       `json:"revision"`
	Title      string    `json:"title"`
	URL        string    `json:"url"`
	Source     Party     `json:"source"`
	Owner      string    `json:"owner"` // who holds the rights
	Byline     string    `json:"byline,omitempty"`
	Channels   []string  `json:"channels"`
	Use        feed.Use  `json:"use"`
	Permission string    `json:"permission,omitempty"`
	Words      int       `json:"words"`
	Images     int       `json:"images"`
	First      time.Time `json:"first"`
	Last       time.Time `json:"last"`
	Fetched    int       `json:"fetched"`
	Pushed     int       `json:"pushed"`
}

// Facts are what a report needs to know beside the proofs.
type Facts struct {
	Site        feed.Site
	Zone        *time.Location
	Made        time.Time
	Language    string
	Sources     map[string]string // names, by id
	Partners    map[string]string
	Permissions []feed.Permission
	States      map[string][]feed.Entry // every state of an entry, the present one last
}

// Build makes a report of proofs of one month. History are the proofs of all
// months about the entries that bear a notice.
func Build(month string, partner, source string, proofs, history []feed.Proof, f Facts) Report {
	r := Report{Site: f.Site.Title, Contact: f.Site.Contact, Month: month, Zone: f.Zone.String(), Made: f.Made, Language: f.Language, zone: f.Zone}
	if partner != "" {
		r.Partner = &Party{partner, cmp.Or(f.Partners[partner], partner)}
	}
	if source != "" {
		r.Source = &Party{source, cmp.Or(f.Sources[source], source)}
	}
	r.Stories = f.stories(proofs)
	all := make(map[string]*tally)
	sources, partners := make(map[string]*tally), make(map[string]*tally)
	for i := range r.Stories {
		s := &r.Stories[i]
		for _, add := range []struct {
			to  map[string]*tally
			key string
		}{{all, ""}, {sources, s.Source.ID}, {partners, s.Partner.ID}} {
			if add.to[add.key] == nil {
				add.to[add.key] = &tally{last: make(map[string]*Story)}
			}
			add.to[add.key].add(s)
		}
	}
	if t := all[""]; t != nil {
		r.Sums = t.sums()
	}
	r.Sources, r.Partners = shares(sources, f.Sources), shares(partners, f.Partners)
	r.Permissions = f.permissions(r.Stories)
	r.Days = f.days(month, r.Stories)
	r.Notices = f.notices(history)
	return r
}

// stories joins what was fetched and what was pushed of one state.
func (f *Facts) stories(proofs []feed.Proof) []Story {
	type key struct {
		partner, entry, permission string
		revision                   int
		use                        feed.Use
	}
	at := make(map[key]int)
	list := []Story{}
	for i := range proofs {
		p := &proofs[i]
		k := key{p.Partner, p.Entry, p.Permission, p.Revision, p.Use}
		n, ok := at[k]
		if !ok {
			n = len(list)
			at[k] = n
			list = append(list, f.story(p))
		}
		s := &list[n]
		if !slices.Contains(s.Channels, p.Channel) {
			s.Channels = append(s.Channels, p.Channel)
		}
		if p.Pushed {
			s.Pushed += p.Count
		} else {
			s.Fetched += p.Count
		}
		s.Words, s.Images = max(s.Words, p.Words), max(s.Images, p.Images)
		if p.First.Before(s.First) {
			s.First = p.First
		}
		if p.Last.After(s.Last) {
			s.Last = p.Last
		}
	}
	slices.SortStableFunc(list, func(a, b Story) int {
		return cmp.Or(a.First.Compare(b.First), cmp.Compare(a.Entry, b.Entry), cmp.Compare(a.Revision, b.Revision), cmp.Compare(a.Partner.ID, b.Partner.ID))
	})
	return list
}

func (f *Facts) story(p *feed.Proof) Story {
	s := Story{
		Partner: Party{p.Partner, cmp.Or(f.Partners[p.Partner], p.Partner)}, Entry: p.Entry, Revision: p.Revision,
		Use: p.Use, Permission: p.Permission, First: p.First.In(f.Zone), Last: p.Last.In(f.Zone), Channels: []string{},
	}
	states := f.States[p.Entry]
	if len(states) == 0 {
		return s // it is gone from the database; the proof stays
	}
	e := &states[len(states)-1]
	for i := range states {
		if states[i].Revision == p.Revision {
			e = &states[i]
		}
	}
	a := &e.Attribution
	s.Title, s.URL, s.Source = e.Title, a.URL, Party{e.Source, cmp.Or(f.Sources[e.Source], a.Source.Title, e.Source)}
	s.Owner = cmp.Or(a.Holder, a.Agency, s.Source.Title)
	var names []string
	for _, p := range a.Authors {
		names = append(names, p.Name)
	}
	s.Byline = strings.Join(names, ", ")
	return s
}

// tally counts stories once each.
type tally struct {
	n    Sums
	last map[string]*Story // by entry and partner
	perm []string
}

func (t *tally) add(s *Story) {
	t.n.States++
	t.n.Fetched += s.Fetched
	t.n.Pushed += s.Pushed
	key := s.Entry + " " + s.Partner.ID
	if before := t.last[key]; before == nil || s.Revision > before.Revision || s.Revision == before.Revision && !s.Last.Before(before.Last) {
		t.last[key] = s
	}
	if s.Permission != "" && !slices.Contains(t.perm, s.Permission) {
		t.perm = append(t.perm, s.Permission)
	}
}

func (t *tally) sums() Sums {
	n := t.n
	seen := make(map[string]bool)
	for _, s := range t.last {
		n.Words += s.Words
		n.Images += s.Images
		switch s.Use {
		case feed.Full:
			n.Full++
		case feed.Excerpt:
			n.Excerpt++
		case feed.Headline:
			n.Headline++
		}
		seen[s.Entry] = true
	}
	n.Stories = len(seen)
	return n
}

func shares(by map[string]*tally, names map[string]string) []Share {
	list := []Share{}
	for id, t := range by {
		s := Share{Party: Party{id, cmp.Or(names[id], id)}, Sums: t.sums(), Permissions: append([]string{}, t.perm...)}
		slices.Sort(s.Permissions)
		list = append(list, s)
	}
	slices.SortFunc(list, func(a, b Share) int { return cmp.Or(cmp.Compare(b.Stories, a.Stories), cmp.Compare(a.ID, b.ID)) })
	return list
}

// permissions are those behind the stories, with what is on record of them.
func (f *Facts) permissions(stories []Story) []Permission {
	entries := make(map[string]map[string]bool)
	source := make(map[string]string)
	for i := range stories {
		s := &stories[i]
		if s.Permission == "" {
			continue
		}
		if entries[s.Permission] == nil {
			entries[s.Permission] = make(map[string]bool)
		}
		entries[s.Permission][s.Entry] = true
		source[s.Permission] = s.Source.ID
	}
	list := []Permission{}
	for id, of := range entries {
		p := Permission{ID: id, Source: source[id], Stories: len(of)}
		for _, known := range f.Permissions {
			if known.ID == id {
				p.Known, p.Source, p.GrantedBy, p.Basis, p.Document = true, known.Source, known.GrantedBy, string(known.Basis), known.Document
				p.From, p.Until = day(known.From, 0, f.Zone), day(known.Until, -1, f.Zone)
			}
		}
		list = append(list, p)
	}
	slices.SortFunc(list, func(a, b Permission) int { return cmp.Or(cmp.Compare(b.Stories, a.Stories), cmp.Compare(a.ID, b.ID)) })
	return list
}

func day(t time.Time, later int, zone *time.Location) string {
	if t.IsZero() {
		return ""
	}
	return t.In(zone).AddDate(0, 0, later).Format(time.DateOnly)
}

// days lists every day of the month.
func (f *Facts) days(month string, stories []Story) []Day {
	begin, err := time.ParseInLocation("2006-01", month, f.Zone)
	if err != nil {
		return []Day{}
	}
	count := make(map[string]int)
	seen := make(map[string]bool)
	for i := range stories { // the oldest first
		if s := &stories[i]; !seen[s.Entry] {
			seen[s.Entry] = true
			count[s.First.Format(time.DateOnly)]++
		}
	}
	list := []Day{}
	for d := begin; d.Month() == begin.Month(); d = d.AddDate(0, 0, 1) {
		list = append(list, Day{d.Format(time.DateOnly), count[d.Format(time.DateOnly)]})
	}
	return list
}
