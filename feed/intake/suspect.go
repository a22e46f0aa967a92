package intake

import (
	"fmt"
	"maps"
	"strings"

	"warta/feed"
)

// The thresholds, with their reasons. All of them compare a source with its own
// past, so that none is an alarm at a source that was always so.
const (
	// knownLeast stories must be known before host, language or subject can be
	// said to be a habit; a source added an hour ago has as many.
	knownLeast = 2
	// freshLeast new stories must agree in being strange. One is a mistake of a
	// newsroom, a link to a video, a story in another language.
	freshLeast = 2
	// habit is the share, in hundredths, of its past that makes one: a source
	// in two languages or on many hosts has none, and raises no alarm.
	habit = 80
	// strange is the share of the new stories that must break the habit.
	strange = 80
	// A source that brings a story at a time changes a story at a time: then as
	// many of the last ones count.
	dripWindow, dripLeast = 4, 3

	// Languages are detected on texts, which errs on short ones: so more of them.
	// It takes twice as many that came one by one, or in the language of agencies
	// while the stories of before still stand in the document; and again where
	// some were in that language before.
	languageKnown, languageFresh = 4, 3
	agencies                     = "en"

	// promotingShare of the new stories advertise gambling or the like where at
	// most promotingHabit of the past did. A newspaper that reports on online
	// gambling does not name slots, odds and sites in a third of its headlines.
	// Fewer of them are kept apart by themselves.
	promotingShare, promotingHabit, promotingFresh = 50, 10, 3

	// A site that was set up anew has one post, a domain for sale one or two.
	blankMost = 3

	// Words of headlines come again: in the captured feeds 15 to 70 of a hundred
	// stood in the feed's own earlier headlines, among unrelated feeds of one
	// language 5 to 35. Far below the one, the subject changed; it takes many
	// headlines to tell, and language tells most of it sooner.
	// A source that draws on few words tells little by them.
	vocabularyKnown, vocabularyFresh, vocabularyLeast, vocabularyWords = 60, 8, 3, 200

	// A document with more than floodTimes the largest so far, and no less than
	// floodLeast new stories, which an election night or a feed that was set to
	// a hundred entries has not; or a day with more than floodDay times the most of
	// any day, and no less than floodDayLeast, once a few days are known. Kontan
	// changes its whole window of 20 at every visit, which is its habit.
	floodTimes, floodLeast                 = 4, 100
	floodDay, floodDayLeast, floodDayKnown = 6, 150, 3
)

// brought is what one visit brought, as far as it tells whether the source is
// still itself.
type brought struct {
	Title, ID, Holder string       // of the feed
	Entries           int          // in the document
	New               int          // stories not stored yet
	Fresh             []feed.Trait // of the stories that are new or have another text
	Day               string       // of the visit, UTC
	Blank, Comments   int          // stories of Fresh that are none: what a site without content has; readers' comments
	Words             float64      // share of the new headlines' words that are known, in hundredths; -1: too few
}

// signs tells in what a source does not look like itself. It is pure: the same
// past and the same visit always give the same answer.
func signs(p *feed.Profile, b *brought) []feed.Sign {
	if p == nil || p.Visits == 0 {
		return nil
	}
	var list []feed.Sign
	add := func(kind feed.SignKind, id, en string, args ...any) {
		list = append(list, feed.Sign{Kind: kind, Text: feed.Bilingual{ID: fmt.Sprintf(id, args...), EN: fmt.Sprintf(en, args...)}})
	}
	if b.Entries == 0 && p.Largest > 0 {
		add(feed.SignEmptied, "umpannya kosong; sebelumnya sampai %d berita", "its feed is empty; it had up to %d entries", p.Largest)
		return list
	}
	if n := len(b.Fresh); n > 0 && b.Blank == n && b.Entries <= blankMost && p.Largest > blankMost {
		add(feed.SignSubject, "umpannya hanya berisi apa yang dimiliki situs kosong, seperti “Hello world!” atau domain yang dijual", "its feed has only what a site without content has, such as “Hello world!” or a domain for sale")
	}
	if n := len(b.Fresh); n > 0 && 100*b.Comments >= strange*n && p.Comments == 0 {
		add(feed.SignSubject, "umpannya berisi komentar pembaca, bukan berita", "its feed brings readers' comments, not articles")
	}
	if host, usual, ok := otherHost(p, b); ok {
		add(feed.SignHost, "berita barunya berada di %s; sebelumnya di %s", "its new stories are at home at %s; before, at %s", host, usual)
	}
	if was, is, ok := otherOwner(p, b); ok {
		add(feed.SignOwner, "umpannya kini menyebut diri %q; sebelumnya %q", "its feed now calls itself %q; before, %q", is, was)
	}
	if was, is, ok := otherLanguage(p, b); ok {
		add(feed.SignLanguage, "berita barunya berbahasa %s; sebelumnya %s", "its new stories are in %s; before, in %s", is, was)
	}
	if n, of, ok := promoting(p, b); ok {
		add(feed.SignSubject, "%d dari %d berita terakhirnya mempromosikan judi atau sejenisnya", "%d of its %d latest stories advertise gambling or the like", n, of)
	} else if p.Stories >= vocabularyKnown && (p.WordsCount >= vocabularyWords || len(p.Before) > 0) && len(b.Fresh) >= vocabularyFresh && b.Words >= 0 && b.Words < vocabularyLeast {
		add(feed.SignSubject, "kata-kata judul barunya nyaris tidak pernah dipakainya (%.0f%%)", "the words of its new headlines are ones it hardly ever used (%.0f%%)", b.Words)
	}
	if today := todayWith(p, b); b.New >= floodLeast && b.Entries > floodTimes*p.Largest ||
		p.Age >= floodDayKnown && today >= floodDayLeast && today > floodDay*p.Most {
		add(feed.SignFlood, "membawa %d berita baru sekaligus; sebelumnya paling banyak %d", "it brought %d new stories at once; before, %d at most", b.New, max(p.Largest, p.Most))
	}
	return list
}

// otherHost finds that new stories are on another site than ever.
func otherHost(p *feed.Profile, b *brought) (host, usual string, ok bool) {
	hostOf := func(t *feed.Trait) string { return t.Host }
	usual, share, all := most(p.Hosts)
	if all < knownLeast || 100*share < habit*all {
		return "", "", false
	}
	fresh := having(b.Fresh, hostOf)
	foreign := tally(fresh, hostOf, func(h string) bool { return p.Hosts[h] == 0 })
	host, _, strangers := most(foreign)
	if strangers >= freshLeast && 100*strangers >= strange*len(fresh) {
		return host, usual, true
	}
	// A story at a time: what came lately is no habit yet.
	before := without(p.Hosts, p.Recent, hostOf)
	if usual, _, all = most(before); all < knownLeast || len(fresh) == 0 || len(fresh) >= dripWindow {
		return "", "", false
	}
	host, _, strangers = most(tally(window(p, fresh, dripWindow, hostOf), hostOf, func(h string) bool { return before[h] == 0 }))
	return host, usual, strangers >= dripLeast
}

// otherOwner finds that the feed says it is somebody else's: a title or a
// copyright holder with no word of the old one, or an id of another authority.
func otherOwner(p *feed.Profile, b *brought) (was, is string, ok bool) {
	switch {
	case unlike(p.Title, b.Title):
		return p.Title, b.Title, true
	case unlike(p.Holder, b.Holder):
		return p.Holder, b.Holder, true
	case p.SteadyID >= 2 && p.ID != "" && b.ID != "" && authority(p.ID) != authority(b.ID):
		return p.ID, b.ID, true
	}
	return "", "", false
}

// otherLanguage finds that new stories are in another language than ever.
func otherLanguage(p *feed.Profile, b *brought) (was, is string, ok bool) {
	languageOf := func(t *feed.Trait) string { return t.Language }
	before := without(p.Languages, p.Recent, languageOf)
	if _, _, all := most(before); all < languageKnown {
		before = p.Languages
	}
	was, share, all := most(before)
	if all < languageKnown || 100*share < habit*all {
		return "", "", false
	}
	fresh := having(b.Fresh, languageOf)
	if len(fresh) == 0 {
		return "", "", false
	}
	foreign := func(l string) bool { return l != was && 100*before[l] < (100-habit)*all }
	for _, list := range [...][]feed.Trait{fresh, window(p, fresh, 2*languageFresh, languageOf), window(p, fresh, 4*languageFresh, languageOf)} {
		is, n, strangers := most(tally(list, languageOf, foreign))
		need := languageFresh
		if is == agencies && 2*(b.Entries-b.New) >= b.Entries || len(list) > len(fresh) {
			need *= 2
		}
		if p.Languages[is] >= 2 && before[is] >= 2 {
			need *= 2
		}
		if n > 0 && strangers >= need && 100*strangers >= strange*len(list) {
			return was, is, true
		}
	}
	return "", "", false
}

// promoting counts the new stories that advertise gambling; ok: so many that it
// is what the source is about now.
func promoting(p *feed.Profile, b *brought) (n, of int, ok bool) {
	if 100*p.Promoting > promotingHabit*p.Stories {
		return 0, 0, false
	}
	fresh := 0
	for i := range b.Fresh {
		if b.Fresh[i].Promotes {
			fresh++
		}
	}
	if n, of = fresh, len(b.Fresh); of >= promotingFresh && n >= promotingFresh-1 && 100*n >= promotingShare*of {
		return n, of, true
	}
	list := window(p, b.Fresh, dripWindow, func(*feed.Trait) string { return "any" })
	n = 0
	for i := range list {
		if list[i].Promotes {
			n++
		}
	}
	return n, len(list), fresh > 0 && len(b.Fresh) < dripWindow && n >= dripLeast
}

// having are the stories of which something is known.
func having(list []feed.Trait, what func(*feed.Trait) string) []feed.Trait {
	out := make([]feed.Trait, 0, len(list))
	for i := range list {
		if what(&list[i]) != "" {
			out = append(out, list[i])
		}
	}
	return out
}

// window are the new stories, and with them so many of the last ones as make n.
func window(p *feed.Profile, fresh []feed.Trait, n int, what func(*feed.Trait) string) []feed.Trait {
	recent := having(p.Recent, what)
	recent = recent[max(0, len(recent)-max(0, n-len(fresh))):]
	return append(recent, fresh...)
}

// tally counts what the stories are like, as far as it is asked for.
func tally(list []feed.Trait, what func(*feed.Trait) string, asked func(string) bool) map[string]int {
	counts := make(map[string]int)
	for i := range list {
		if v := what(&list[i]); asked(v) {
			counts[v]++
		}
	}
	return counts
}

// without are some counts without what came last.
func without(counts map[string]int, recent []feed.Trait, what func(*feed.Trait) string) map[string]int {
	out := maps.Clone(counts)
	for i := range recent {
		if v := what(&recent[i]); out[v] > 0 {
			out[v]--
		}
	}
	return out
}

// unlike reports whether two names have no word in common. A name without
// words tells nothing.
func unlike(was, is string) bool {
	a, b := nameWords(was), nameWords(is)
	if len(a) == 0 || len(b) == 0 {
		return false
	}
	// Written together or apart: "Kabar Muara", "kabarmuara.id".
	x, y := strings.Join(a, ""), strings.Join(b, "")
	if strings.Contains(x, y) || strings.Contains(y, x) {
		return false
	}
	for _, w := range a {
		for _, v := range b {
			if w == v || len(w) > 4 && strings.Contains(y, w) || len(v) > 4 && strings.Contains(x, v) {
				return false
			}
		}
	}
	return true
}

// most is the largest of some counts, the first by name among equals, and the
// sum of all.
func most(counts map[string]int) (name string, n, all int) {
	for k, c := range counts {
		all += c
		if c > n || c == n && k < name {
			name, n = k, c
		}
	}
	return name, n, all
}
