package intake

import (
	"hash/fnv"
	"net/netip"
	"net/url"
	"strings"
	"unicode"

	"golang.org/x/net/publicsuffix"

	"warta/feed"
	"warta/sources"
	"warta/sources/normalize"
)

// survey is what a visit tells of its source. fresh are the stories that are
// new or changed, isNew those that are not stored yet.
func survey(p *feed.Profile, b *batch, fresh []feed.Draft) *brought {
	s := &brought{
		Title: b.doc.Title.Value, ID: b.doc.ID, Holder: holderOf(b.doc), Entries: b.doc.Entries,
		Day: b.at.Format("2006-01-02"), Words: -1,
	}
	if s.Entries == 0 {
		s.Entries = len(b.doc.Items)
	}
	known, all := 0, 0
	most := detectMost
	if p != nil {
		most = detectLater
	}
	every := max(1, (len(fresh)+most-1)/most) // the stories in another language may stand together
	home := domain(b.src.URL)
	for i := range fresh {
		d := &fresh[i]
		if b.known[d.ID] == nil {
			s.New++
		}
		if withdraws(d) {
			s.Fresh = append(s.Fresh, feed.Trait{}) // no news of what the source is like
			continue
		}
		t := feed.Trait{Host: domain(d.Attribution.URL), Promotes: promotes(d.Title, d.Excerpt)}
		if !t.Promotes {
			own := func(at string) bool { return at == t.Host || at == home || p != nil && p.Hosts[at] > 0 }
			t.Promotes = advertises(d.Content.Value, own) || advertises(d.Summary.Value, own)
		}
		s.Blank = s.Blank + blank(d)
		if isComment(b.doc, d) {
			s.Comments++
		}
		if i%every == 0 {
			t.Language = group(normalize.DetectLanguage(d.Title + ". " + normalize.PlainText(firstText(d))))
		}
		s.Fresh = append(s.Fresh, t)
		for _, w := range titleWords(d.Title) {
			if all++; p != nil && (has(p.Words, w) || has(p.Before, w)) {
				known++
			}
		}
	}
	if all >= 3*vocabularyFresh {
		s.Words = 100 * float64(known) / float64(all)
	}
	return s
}

// detectMost bounds how many texts of the first visit are looked at for their
// language, detectLater those of any other.
const detectMost, detectLater = 5, 12

func firstText(d *feed.Draft) string {
	t := d.Content.Value
	if t == "" {
		t = d.Summary.Value
	}
	if len(t) > 600 {
		t = strings.ToValidUTF8(t[:600], "")
	}
	return t
}

// learn takes a visit that looked like its source into what is known of it;
// of adverts that are kept apart only that they came.
func learn(p *feed.Profile, s *brought, fresh []feed.Draft, apart bool) {
	first := p.Visits == 0
	p.Visits++
	if s.Entries > p.Largest {
		p.Largest = s.Entries
	}
	if s.Title != "" {
		p.Title = s.Title
	}
	if s.Holder != "" {
		p.Holder = s.Holder
	}
	if s.ID != p.ID {
		p.ID, p.SteadyID = s.ID, 0
	}
	p.SteadyID++
	if s.Day != p.Day {
		p.Most = max(p.Most, p.Today)
		p.Day, p.Today = s.Day, 0
		p.Age++
	}
	p.Today += s.New
	for i, t := range s.Fresh {
		if apart && t.Promotes {
			p.Recent = append(p.Recent, feed.Trait{Promotes: true})
			continue
		}
		if !first {
			p.Recent = append(p.Recent, t)
		}
		p.Stories++
		if i < s.Comments {
			p.Comments++
		}
		for _, n := range bylines(&fresh[i]) {
			p.Bylines = count(p.Bylines, n)
		}
		p.Probation = max(0, p.Probation-1)
		p.Hosts = count(p.Hosts, t.Host)
		p.Languages = count(p.Languages, t.Language)
		if t.Promotes {
			p.Promoting++
		}
		for _, w := range titleWords(fresh[i].Title) {
			put(p, w)
		}
	}
	p.Recent = p.Recent[max(0, len(p.Recent)-recentMost):]
}

// The bounds of a profile: what is older than so many stories fades.
const (
	recentMost  = 16
	maxCounted  = 1000
	maxCounters = 20
)

func count(m map[string]int, key string) map[string]int {
	if key == "" {
		return m
	}
	if m == nil {
		m = make(map[string]int)
	}
	m[key]++
	if _, _, all := most(m); all > maxCounted || len(m) > maxCounters {
		for k := range m {
			if m[k] /= 2; m[k] == 0 {
				delete(m, k)
			}
		}
	}
	return m
}

// todayWith is how many new stories there are that day with those of a visit.
func todayWith(p *feed.Profile, b *brought) int {
	if p.Day != b.Day {
		return b.New
	}
	return p.Today + b.New
}

// holderOf is who claims copyright in the head of the feed.
func holderOf(doc *sources.Document) string {
	for _, s := range doc.Rights {
		if len(nameWords(s.Text)) > 0 && len(s.Text) <= 200 {
			return s.Text
		}
	}
	return ""
}

// domain is the registrable domain of an address: all of a publisher's
// hosts under it are one.
func domain(address string) string {
	u, err := url.Parse(address)
	if err != nil || u.Host == "" {
		return ""
	}
	host := strings.ToLower(strings.TrimSuffix(u.Hostname(), "."))
	if _, err := netip.ParseAddr(host); err == nil {
		return host
	}
	if d, err := publicsuffix.EffectiveTLDPlusOne(host); err == nil {
		return d
	}
	return host
}

// authority is whose an id is: the domain of an address or tag: URI, else the
// id itself.
func authority(id string) string {
	if rest, ok := strings.CutPrefix(strings.ToLower(id), "tag:"); ok {
		name, _, _ := strings.Cut(rest, ",")
		return domain("http://" + name)
	}
	if d := domain(id); d != "" {
		return d
	}
	return id
}

// group takes languages that a detector mixes up for one.
func group(tag string) string {
	switch base, _, _ := strings.Cut(tag, "-"); base {
	case "id", "ms", "jv", "su", "bjn", "min", "ban", "mad", "bug", "ace":
		return "id"
	default:
		return base
	}
}

// nameWords are the words by which an owner is known.
func nameWords(s string) []string {
	var out []string
	for _, w := range strings.FieldsFunc(strings.ToLower(s), func(r rune) bool { return !unicode.IsLetter(r) }) {
		if len(w) >= 3 && !ofEverybody[w] {
			out = append(out, w)
		}
	}
	return out
}

// ofEverybody are words that any feed may have in its title or claim.
var ofEverybody = map[string]bool{
	"berita": true, "kabar": true, "news": true, "warta": true, "media": true, "portal": true, "online": true, "terkini": true, "terbaru": true, "hari": true, "ini": true,
	"situs": true, "resmi": true, "website": true, "official": true, "indonesia": true,
	"rss": true, "feed": true, "feeds": true, "atom": true, "www": true, "com": true, "net": true, "org": true, "http": true, "https": true,
	"the": true, "and": true, "dan": true, "dari": true, "untuk": true, "copyright": true, "hak": true, "cipta": true, "all": true,
	"rights": true, "reserved": true, "semua": true, "dilindungi": true, "undang": true, "comments": true, "komentar": true,
	"posts": true, "latest": true, "untitled": true, "home": true, "beranda": true,
}

// titleWords are the words of a headline that say what it is about.
func titleWords(s string) []string {
	var out []string
	for _, w := range strings.FieldsFunc(strings.ToLower(s), func(r rune) bool { return !unicode.IsLetter(r) }) {
		if len(w) >= 4 {
			out = append(out, w)
		}
	}
	return out
}

// A filter of 4096 bits, two for each word: with 600 words in it a strange one
// passes once in fifteen.
const (
	filterBytes = 512
	filterWords = 600
)

func bits(w string) (a, b uint32) {
	h := fnv.New64a()
	h.Write([]byte(w))
	s := h.Sum64()
	return uint32(s) % (filterBytes * 8), uint32(s>>32) % (filterBytes * 8)
}

func has(filter []byte, w string) bool {
	if len(filter) != filterBytes {
		return false
	}
	a, b := bits(w)
	return filter[a/8]&(1<<(a%8)) != 0 && filter[b/8]&(1<<(b%8)) != 0
}

func put(p *feed.Profile, w string) {
	if has(p.Words, w) {
		return
	}
	if len(p.Words) != filterBytes || p.WordsCount >= filterWords {
		if p.WordsCount >= filterWords {
			p.Before = p.Words
		}
		p.Words, p.WordsCount = make([]byte, filterBytes), 0
	}
	a, b := bits(w)
	p.Words[a/8] |= 1 << (a % 8)
	p.Words[b/8] |= 1 << (b % 8)
	p.WordsCount++
}
