package intake

import (
	"context"
	"fmt"
	"strings"

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
	switch {
	case len(found) > 0 && found[0].Kind == feed.SignEmptied && (g.Quarantine == nil || g.Quarantine.Passing):
		w.hold(b, g, found, nil)
		return drafts // of tombstones, if any
	case g.Quarantine != nil && !g.Quarantine.Passing, len(found) > 0:
		w.hold(b, g, found, drafts)
		return nil
	case g.Quarantine == nil && quiet(g.Profile, s):
		return drafts // nothing to learn
	}
	if g.Quarantine != nil { // it came back as it was
		g.Quarantine = nil
	}
	if g.Profile == nil {
		g.Profile = &feed.Profile{Feed: b.src.Feed}
	}
	if s.Entries > 0 {
		learn(g.Profile, s, drafts)
	}
	w.put(g)
	return drafts
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
	if q.Passing {
		q.Signs = nil
	}
	q.Last = b.at
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
	b.accepted.New, b.accepted.Updated, b.accepted.Held = 0, 0, len(drafts)
	b.warn("quarantine", -1, fmt.Sprintf("the source does not look like itself: %s; what it brings waits (warta review)", b.accepted.Why))
	w.waiting = append(w.waiting, drafts...)
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
