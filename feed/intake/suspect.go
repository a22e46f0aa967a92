package intake

import (
	"fmt"
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

	// Languages are detected on texts, which errs on short ones: so more of them.
	languageKnown, languageFresh = 4, 3

	// promotingShare of the new stories advertise gambling or the like where at
	// most promotingHabit of the past did. A newspaper that reports on online
	// gambling does not name slots, odds and sites in a third of its headlines.
	promotingShare, promotingHabit, promotingFresh = 50, 10, 3

	// Words of headlines come again: in the captured feeds 15 to 70 of a hundred
	// stood in the feed's own earlier headlines, among unrelated feeds of one
	// language 5 to 35. Far below the one, the subject changed; it takes many
	// headlines to tell, and language tells most of it sooner.
	vocabularyKnown, vocabularyFresh, vocabularyLeast = 60, 8, 3

	// A document with more than floodTimes the largest so far, and no less than
	// floodLeast new stories; or a day with more than floodDay times the most of
	// any day, and no less than floodDayLeast, once a few days are known. Kontan
	// changes its whole window of 20 at every visit, which is its habit.
	floodTimes, floodLeast                 = 4, 40
	floodDay, floodDayLeast, floodDayKnown = 6, 150, 3
)

// brought is what one visit brought, as far as it tells whether the source is
// still itself.
type brought struct {
	Title, ID, Holder string // of the feed
	Entries           int    // in the document
	New               int    // stories not stored yet
	Fresh             []freshStory
	Day               string  // of the visit, UTC
	Words             float64 // share of the new headlines' words that are known, in hundredths; -1: too few
}

// freshStory is a story that is new or has another text.
type freshStory struct {
	Host, Language string // "" where unknown
	Promotes       bool
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
	if host, usual, ok := otherHost(p, b); ok {
		add(feed.SignHost, "berita barunya berada di %s; sebelumnya di %s", "its new stories are at home at %s; before, at %s", host, usual)
	}
	if was, is, ok := otherOwner(p, b); ok {
		add(feed.SignOwner, "umpannya kini menyebut diri %q; sebelumnya %q", "its feed now calls itself %q; before, %q", is, was)
	}
	if was, is, ok := otherLanguage(p, b); ok {
		add(feed.SignLanguage, "berita barunya berbahasa %s; sebelumnya %s", "its new stories are in %s; before, in %s", is, was)
	}
	if n := promoting(b); len(b.Fresh) >= promotingFresh && 100*n >= promotingShare*len(b.Fresh) && 100*p.Promoting <= promotingHabit*p.Stories {
		add(feed.SignSubject, "%d dari %d berita barunya mempromosikan judi atau sejenisnya", "%d of its %d new stories advertise gambling or the like", n, len(b.Fresh))
	} else if p.Stories >= vocabularyKnown && len(b.Fresh) >= vocabularyFresh && b.Words >= 0 && b.Words < vocabularyLeast {
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
	usual, share, all := most(p.Hosts)
	if all < knownLeast || 100*share < habit*all {
		return "", "", false
	}
	n, foreign := 0, make(map[string]int)
	for _, f := range b.Fresh {
		if f.Host == "" {
			continue
		}
		if n++; p.Hosts[f.Host] == 0 {
			foreign[f.Host]++
		}
	}
	host, _, strangers := most(foreign)
	return host, usual, strangers >= freshLeast && 100*strangers >= strange*n
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
	was, share, all := most(p.Languages)
	if all < languageKnown || 100*share < habit*all {
		return "", "", false
	}
	n, others := 0, make(map[string]int)
	for _, f := range b.Fresh {
		if f.Language == "" {
			continue
		}
		if n++; f.Language != was && 100*p.Languages[f.Language] < (100-habit)*all {
			others[f.Language]++
		}
	}
	is, _, strangers := most(others)
	return was, is, strangers >= languageFresh && 100*strangers >= strange*n
}

func promoting(b *brought) (n int) {
	for _, f := range b.Fresh {
		if f.Promotes {
			n++
		}
	}
	return n
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
