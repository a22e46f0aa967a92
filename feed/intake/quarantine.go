package intake

import (
	"context"
	"fmt"
	"slices"
	"strings"
	"time"

	"warta/feed"
	"warta/sources"
)

// Guarder keeps what is known of sources, and the stories of those that do not
// look like themselves.
type Guarder interface {
	Guards(ctx context.Context, sources []string) (map[string]feed.Guard, error)
	// SaveGuards stores guards with the drafts that wait in their quarantine,
	// all of it or nothing.
	SaveGuards(ctx context.Context, guards []feed.Guard, waiting []feed.Draft) error
	// Waiting are the stories of a source that wait in its quarantine.
	Waiting(ctx context.Context, source string) ([]feed.Draft, error)
}

// watch is the guard over one batch of visits.
type watch struct {
	guards  map[string]feed.Guard
	changed []feed.Guard
	waiting []feed.Draft
}

func newWatch(ctx context.Context, saver Saver, visits []sources.Visit) (*watch, error) {
	ids := make([]string, 0, len(visits))
	for i := range visits {
		ids = append(ids, visits[i].Source.ID)
	}
	guards, err := saver.Guards(ctx, distinct(ids))
	if err != nil {
		return nil, err
	}
	return &watch{guards: guards}, nil
}

// pass lets through what a visit may change, and keeps the rest apart.
func (w *watch) pass(b *batch, drafts []feed.Draft) []feed.Draft {
	g := w.guards[b.src.ID]
	g.Source = b.src.ID
	if g.Profile != nil && g.Profile.Feed != b.src.Feed {
		// The operator says that the source is elsewhere now.
		g.Profile, g.Quarantine = nil, nil
	}
	s := survey(g.Profile, b, drafts)
	found := signs(g.Profile, s)
	if sign, ok := onProbation(g.Profile, s); ok && len(found) == 0 {
		found = append(found, sign)
	}
	if g.Quarantine != nil {
		w.retract(b, &g)
	}
	switch {
	case len(found) > 0 && found[0].Kind == feed.SignEmptied && !g.Quarantine.Whole():
		if g.Quarantine != nil && g.Quarantine.Some {
			w.put(g)
		} else {
			w.hold(b, g, found, nil)
		}
		return drafts // of tombstones, if any
	case g.Quarantine.Whole(), len(found) > 0:
		if through, ok := w.letThrough(b, &g, s, found, drafts); ok {
			return through
		}
		// What the owner takes back is taken back, whoever the owner is now.
		through, apart := part(drafts, func(i int) bool { return b.known[drafts[i].ID] == nil || !withdraws(&drafts[i]) })
		w.hold(b, g, found, apart)
		return through
	}
	adverts := adverts(g.Profile, s)
	through, apart := drafts, []feed.Draft(nil)
	if adverts > 0 {
		through, apart = part(drafts, func(i int) bool { return s.Fresh[i].Promotes && !withdraws(&drafts[i]) })
		w.holdSome(b, &g, apart)
	} else if (g.Quarantine == nil || g.Quarantine.Some) && len(g.Retracted) == 0 && quiet(g.Profile, s) {
		return drafts // nothing to learn
	}
	if g.Quarantine != nil && g.Quarantine.Passing { // it came back as it was
		g.Quarantine = nil
	}
	if g.Profile == nil {
		g.Profile = &feed.Profile{Feed: b.src.Feed}
	}
	if s.Entries > 0 {
		learn(g.Profile, s, drafts, adverts > 0)
	}
	w.put(g)
	return through
}

// letThrough takes in what a visit brought, with what waited, where all that is
// strange of its source is plain; see moved.go. Where it may become plain it
// says what to ask.
func (w *watch) letThrough(b *batch, g *feed.Guard, s *brought, found []feed.Sign, drafts []feed.Draft) ([]feed.Draft, bool) {
	if len(found) == 0 || g.Profile == nil || !mayBePlain(found) || g.Quarantine.Whole() && !mayBePlain(g.Quarantine.Signs) {
		return nil, false
	}
	b.accepted.Again = true
	c := b.carry(g.Profile, s, drafts)
	changes, ask := plainly(g.Profile, s, c, found, b.answers)
	host, _, _ := otherHost(g.Profile, s)
	for i := range b.waiting {
		d := &b.waiting[i]
		if is := domain(d.Attribution.URL); promotes(d.Title, d.Excerpt) || is != "" && is != host && g.Profile.Hosts[is] == 0 {
			return nil, false
		}
	}
	if len(ask) > 0 && (g.Quarantine == nil || b.at.Sub(g.Quarantine.Asked).Abs() >= askAgain) {
		b.ask = ask
		return nil, false
	}
	if len(changes) == 0 {
		return nil, false
	}
	for i := range changes {
		changes[i].At = b.at
	}
	g.Changed = changes
	through := drafts
	for _, d := range b.waiting {
		if !slices.ContainsFunc(drafts, func(o feed.Draft) bool { return o.ID == d.ID }) && !slices.Contains(g.Retracted, d.ID) {
			through = append(through, d)
			b.accepted.New++
		}
	}
	g.Quarantine = nil
	learn(g.Profile, s, drafts, false)
	settle(g.Profile, changes, host)
	w.put(*g)
	words := make([]string, len(changes))
	for i := range changes {
		words[i] = changes[i].Text.EN
	}
	b.accepted.Changed, b.accepted.Again = strings.Join(words, "; "), false
	b.warn("source-changed", -1, fmt.Sprintf("%s; its stories go on, so nothing is held", b.accepted.Changed))
	return through, true
}

// askAgain is how often an old host is asked whether its stories moved.
const askAgain = 20 * time.Hour

// mayBePlain reports whether signs are of those that a rename or a move has.
func mayBePlain(list []feed.Sign) bool {
	return len(list) > 0 && !slices.ContainsFunc(list, func(s feed.Sign) bool { return s.Kind != feed.SignHost && s.Kind != feed.SignOwner })
}

// part divides drafts: apart are those of which it says so.
func part(drafts []feed.Draft, away func(int) bool) (through, apart []feed.Draft) {
	for i := range drafts {
		if away(i) {
			apart = append(apart, drafts[i])
		} else {
			through = append(through, drafts[i])
		}
	}
	return through, apart
}

func withdraws(d *feed.Draft) bool { return d.Notice != nil && d.Notice.Kind == feed.Withdrawal }

// adverts counts the new stories that are to be kept apart by themselves, as
// they sell gambling and the source never did. One that did from the first is
// the operator's choice.
func adverts(p *feed.Profile, s *brought) (n int) {
	for i := range s.Fresh {
		if s.Fresh[i].Promotes {
			n++
		}
	}
	if p == nil && 100*n >= promotingShare*len(s.Fresh) || p != nil && 100*p.Promoting > promotingHabit*p.Stories {
		return 0
	}
	return n
}

// retract takes what the source itself took back out of what waits.
func (w *watch) retract(b *batch, g *feed.Guard) {
	for i := range b.doc.Tombstones {
		g.Retracted = append(g.Retracted, feed.EntryID(b.src.ID, b.doc.Tombstones[i].Ref))
	}
}

// quiet reports whether a visit says nothing about its source that is not
// known.
func quiet(p *feed.Profile, s *brought) bool {
	return p != nil && len(s.Fresh) == 0 && s.Entries <= p.Largest && (s.Title == "" || s.Title == p.Title) && (s.Holder == "" || s.Holder == p.Holder) && s.ID == p.ID && p.SteadyID > 1 ||
		p == nil && s.Entries == 0
}

// hold keeps what a visit brought apart, with why.
func (w *watch) hold(b *batch, g feed.Guard, found []feed.Sign, drafts []feed.Draft) {
	q := feed.Quarantine{Source: b.src.ID, Since: b.at}
	if g.Quarantine != nil {
		q = *g.Quarantine
		q.Signs = append([]feed.Sign{}, q.Signs...)
	}
	if q.Passing || q.Some {
		q.Signs, q.Some = nil, false
	}
	q.Last = b.at
	if len(b.ask) > 0 {
		q.Asked = b.at
	}
	for _, s := range found {
		if !hasSign(q.Signs, s.Kind) {
			q.Signs = append(q.Signs, s)
		}
	}
	q.Passing = len(q.Signs) == 1 && q.Signs[0].Kind == feed.SignEmptied
	g.Quarantine = &q
	w.put(g)
	b.accepted.Why = strings.Join(q.Reasons("en"), "; ")
	if q.Passing {
		return
	}
	b.accepted.Held = len(drafts)
	b.uncount(drafts)
	b.warn("quarantine", -1, fmt.Sprintf("the source does not look like itself: %s; what it brings waits (warta review)", b.accepted.Why))
	w.waiting = append(w.waiting, drafts...)
}

// holdSome keeps single stories apart, and nothing else of their source.
func (w *watch) holdSome(b *batch, g *feed.Guard, drafts []feed.Draft) {
	q := feed.Quarantine{Source: b.src.ID, Since: b.at, Some: true}
	if g.Quarantine != nil && g.Quarantine.Some {
		q.Since = g.Quarantine.Since
	}
	q.Last = b.at
	q.Signs = []feed.Sign{{Kind: feed.SignSubject, Text: feed.Bilingual{
		ID: "beritanya ada yang mempromosikan judi atau sejenisnya", EN: "some of its stories advertise gambling or the like",
	}}}
	g.Quarantine = &q
	b.accepted.Held, b.accepted.Some = len(drafts), true
	b.accepted.Why = strings.Join(q.Reasons("en"), "; ")
	b.uncount(drafts)
	b.warn("quarantine", -1, fmt.Sprintf("%d stories advertise gambling or the like and wait (warta review); the rest is published", len(drafts)))
	w.waiting = append(w.waiting, drafts...)
}

// uncount takes stories that are kept apart out of what was accepted.
func (b *batch) uncount(drafts []feed.Draft) {
	for i := range drafts {
		if b.known[drafts[i].ID] == nil {
			b.accepted.New--
		} else {
			b.accepted.Updated--
		}
	}
}

func hasSign(list []feed.Sign, kind feed.SignKind) bool {
	for _, s := range list {
		if s.Kind == kind {
			return true
		}
	}
	return false
}

func (w *watch) put(g feed.Guard) {
	w.guards[g.Source] = g
	for i := range w.changed {
		if w.changed[i].Source == g.Source {
			w.changed[i] = g
			return
		}
	}
	w.changed = append(w.changed, g)
}

// save stores what changed.
func (w *watch) save(ctx context.Context, saver Saver) error {
	if len(w.changed) == 0 {
		return nil
	}
	return saver.SaveGuards(ctx, w.changed, w.waiting)
}
