package intake

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"
	"unicode"

	"warta/feed"
	"warta/sources"
	"warta/sources/normalize"
)

// An outlet that plainly gave itself another name, or that plainly moved to
// another host, is no hijack and is let through, on record. What makes it plain
// is that its stories go on: a hijacker has the address, and brings others. A
// move must besides be confirmed by the old host, which sends the old addresses
// on to the same stories for good.
const (
	// carriedLeast stories, and half of the document, must be those of before.
	carriedLeast = 3
	// asksMost old addresses are asked for; asksLeast must answer with the story.
	asksMost, asksLeast = 3, 2
	// Where a busy feed has only new stories, so many, and this share of them,
	// must be by persons known from before, with headlines in familiar words.
	bylinesLeast, bylinesShare, familiarWords = 4, 75, 15
	// probation is how many stories must follow that look like those of before;
	// until then a single one that doesn't ends it.
	probation = 5
)

// carried is what of a document goes on from before.
type carried struct {
	Stories int               // entries of the document that are stored
	Moved   map[string]string // stored stories, by entry id, that the document has on another site, to the key of the address
	Read    string            // the domain that the document was read from
	Lent    bool              // it was reached by a redirect that is not for good
	Bylines int               // new stories by somebody who is known, in hundredths; -1: unknown
}

// plainly tells whether signs are those of a source that goes on under another
// name or at another host. Where it takes the old host's word, ask are the
// stories whose addresses to ask for it.
func plainly(p *feed.Profile, b *brought, c *carried, found []feed.Sign, answers []sources.Answer) (changes []feed.SourceChange, ask []string) {
	moved := hasSign(found, feed.SignHost)
	for _, s := range found {
		if s.Kind != feed.SignHost && s.Kind != feed.SignOwner {
			return nil, nil
		}
	}
	if p.Probation > 0 || c.Lent || slices.ContainsFunc(b.Fresh, func(t feed.Trait) bool { return t.Promotes }) || sellsName(b.Title) {
		return nil, nil
	}
	for _, s := range found {
		changes = append(changes, feed.SourceChange{Kind: s.Kind, Text: s.Text})
	}
	if !ofOne(p, b) {
		return nil, nil
	}
	if newLanguages(p, b) {
		return nil, nil
	}
	goesOn := c.Stories >= carriedLeast && 2*c.Stories >= b.Entries
	if !moved {
		if authorityChanged(p, b) || !atHome(p, b) || c.Read != domain(p.Feed) {
			return nil, nil
		}
		if goesOn || c.Bylines >= bylinesShare && b.Words >= familiarWords {
			return changes, nil
		}
		return nil, nil
	}
	if !goesOn || len(c.Moved) < carriedLeast || 2*len(c.Moved) < b.Entries {
		return nil, nil
	}
	if len(answers) == 0 {
		for id := range c.Moved {
			ask = append(ask, id)
		}
		slices.Sort(ask)
		return nil, ask[:min(len(ask), asksMost)]
	}
	good := 0
	for _, a := range answers {
		switch {
		case a.Moved && normalize.Key(a.To) == c.Moved[a.Key]:
			good++
		case a.To != "":
			return nil, nil // the old site is still there, or sends its readers elsewhere
		}
	}
	if good < asksLeast {
		return nil, nil
	}
	return changes, nil
}

// ofOne reports whether who claims the copyright is still who did, or goes by
// the outlet's name, old or new. Another owner may have other terms.
func ofOne(p *feed.Profile, b *brought) bool {
	return !unlike(p.Holder, b.Holder) || !unlike(p.Title, b.Holder) || b.Title != "" && !unlike(b.Title, b.Holder)
}

// newLanguages reports whether half of the new stories are in languages that the
// source never wrote: less than alone makes an alarm.
func newLanguages(p *feed.Profile, b *brought) bool {
	n, other := 0, 0
	for i := range b.Fresh {
		if l := b.Fresh[i].Language; l != "" {
			n++
			if p.Languages[l] == 0 {
				other++
			}
		}
	}
	return other >= 2 && 2*other >= n
}

func authorityChanged(p *feed.Profile, b *brought) bool {
	return p.ID != "" && b.ID != "" && authority(p.ID) != authority(b.ID)
}

// atHome reports whether all new stories are where such stories were.
func atHome(p *feed.Profile, b *brought) bool {
	return !slices.ContainsFunc(b.Fresh, func(t feed.Trait) bool { return t.Host != "" && p.Hosts[t.Host] == 0 })
}

// sellsName reports whether a feed's title is one of those that hijackers use.
func sellsName(title string) bool {
	if promotes(title, "") {
		return true
	}
	for _, w := range strings.FieldsFunc(strings.ToLower(title), func(r rune) bool { return !unicode.IsLetter(r) }) {
		if names(w) && w != "jp" && w != "spin" && w != "olympus" {
			return true
		}
	}
	return false
}

// carry finds what of a document goes on from before.
func (b *batch) carry(p *feed.Profile, s *brought, fresh []feed.Draft) *carried {
	c := &carried{Stories: s.Entries - s.New, Moved: make(map[string]string), Read: domain(b.doc.URL), Bylines: -1}
	if b.doc.URL == "" {
		c.Read = domain(b.src.Feed)
	}
	c.Lent = c.Read != domain(b.src.Feed) && b.moveTo == ""
	named, known := 0, 0
	for i := range fresh {
		d := &fresh[i]
		if k := b.known[d.ID]; k != nil {
			if is := domain(d.Attribution.URL); is != "" && p != nil && p.Hosts[is] == 0 {
				c.Moved[k.ID] = normalize.Key(d.Attribution.URL)
			}
			continue
		}
		if names := bylines(d); len(names) > 0 {
			named++
			if slices.ContainsFunc(names, func(n string) bool { return p != nil && p.Bylines[n] > 0 }) {
				known++
			}
		}
	}
	if named >= bylinesLeast {
		c.Bylines = 100 * known / named
	}
	return c
}

// questions turns the stories that would tell where a source is now into their
// addresses.
func (b *batch) questions(ctx context.Context, saver Saver) error {
	for _, id := range b.ask {
		e, err := saver.Entry(ctx, id)
		if errors.Is(err, feed.ErrNotFound) {
			continue
		}
		if err != nil {
			return fmt.Errorf("asking where the stories of %s are: %w", b.src.ID, err)
		}
		b.accepted.Ask = append(b.accepted.Ask, sources.Question{Key: id, URL: e.Attribution.URL})
	}
	return nil
}

// bylines are the persons who wrote a story, but for names that every newsroom has.
func bylines(d *feed.Draft) (list []string) {
	for _, p := range d.Attribution.Authors {
		switch n := strings.ToLower(strings.TrimSpace(p.Name)); {
		case !strings.Contains(n, " "), strings.Contains(n, "admin"), strings.Contains(n, "redaksi"), strings.Contains(n, "editor"), strings.Contains(n, "tim "), len(n) > 60:
		default:
			list = append(list, n)
		}
	}
	return list
}

// settle takes changes of a source that are plain into what is known of it, at
// the host where its new stories are.
func settle(p *feed.Profile, changes []feed.SourceChange, host string) {
	for _, c := range changes {
		p.Changes = append(p.Changes, c)
		if c.Kind != feed.SignHost || host == "" {
			continue
		}
		all := 0
		for h, n := range p.Hosts {
			all += n
			p.Hosts[h] = 1 // stories of before may still come
		}
		for i := range p.Recent {
			p.Recent[i].Host = host
		}
		p.Hosts[host] = max(1, all)
	}
	p.Changes = p.Changes[max(0, len(p.Changes)-changesMost):]
	p.Probation = probation
}

// changesMost bounds how many changes of one source are remembered.
const changesMost = 5

// onProbation finds, among the stories after a change, one that does not look
// like those of before.
func onProbation(p *feed.Profile, b *brought) (feed.Sign, bool) {
	if p == nil || p.Probation == 0 || len(p.Changes) == 0 {
		return feed.Sign{}, false
	}
	for i := range b.Fresh {
		if t := &b.Fresh[i]; !t.Promotes && (t.Host == "" || p.Hosts[t.Host] > 0) {
			continue
		}
		was := p.Changes[len(p.Changes)-1]
		return feed.Sign{Kind: feed.SignOwner, Text: feed.Bilingual{
			ID: fmt.Sprintf("sejak %s: %s; kini beritanya tidak seperti dulu", was.At.Format("2006-01-02"), was.Text.ID),
			EN: fmt.Sprintf("since %s: %s; and now its stories are not like those of before", was.At.Format("2006-01-02"), was.Text.EN),
		}}, true
	}
	return feed.Sign{}, false
}
