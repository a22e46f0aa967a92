package publish

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"hash/fnv"
	"time"

	"warta/feed"
	"warta/feed/render"
)

// view is what may be seen of one version of an entry, by everybody or under a
// grant. The rendered bytes are in the fragment cache.
type view struct {
	seq        int64
	revision   int
	use        feed.Use
	words      int // of what is shown
	images     int
	permission string    // behind the decision; a neutral id where it is a partner's
	decision   uint64    // digest of the Decision
	until      time.Time // when the clock alone changes the Decision; zero: never
	changed    time.Time // when we last stored a revision: for Last-Modified
	updated    time.Time // what documents state
	shown      bool
	brief      *feed.Shown // for the front door, if it stands there
	news       *render.NewsStory
	knownBy
	refused *Refusal      // rendering would have lost its attribution
	wishes  render.Wishes // what its owner asks of machines
}

// Refusal is an entry that was left out of the documents because its
// attribution would not have survived.
type Refusal struct {
	Entry, Source, Reason string
}

// current reports whether the view still holds for a version at a time.
func (v *view) current(seq int64, now time.Time) bool {
	return v != nil && v.seq == seq && (v.until.IsZero() || now.Before(v.until))
}

// look decides on an entry for everybody, unless that was done before, and
// renders what everybody may see of it.
func (p *Publisher) look(e *feed.Entry, now time.Time) *view {
	v := p.views[e.ID]
	if !v.current(e.Seq, now) {
		v = p.viewOf(e, now)
		p.views[e.ID] = v
	}
	return v
}

// viewOf decides on an entry for everybody.
func (p *Publisher) viewOf(e *feed.Entry, now time.Time) *view {
	p.hearOwner(e)
	v, held, d := p.plan.viewUnder(e, p.plan.public.rest, now)
	p.note(e, d)
	if v.refused != nil {
		p.leaveOut(v, &held, v.refused.Reason)
		return v
	}
	if !v.shown {
		return v
	}
	v.news = p.newsOf(&held, d, now)
	for _, format := range render.Formats {
		if _, err := p.fragment(fragmentKey{p.plan, e.ID, e.Seq, v.decision, format}, feed.Shown{Entry: held, Decision: d}); err != nil {
			p.leaveOut(v, &held, err.Error())
			break
		}
	}
	return v
}

// viewUnder decides on an entry under a grant, and withholds what may not be
// shown. A view that says it is refused has lost part of its attribution.
func (p *plan) viewUnder(e *feed.Entry, g *grant, now time.Time) (*view, feed.Entry, feed.Decision) {
	d := p.decide(e, g, now)
	v := &view{
		seq: e.Seq, revision: e.Revision, use: d.Use, permission: d.Permission, decision: digestDecision(d), until: d.Until,
		changed: e.Changed, updated: e.LastChange(),
	}
	if !v.until.IsZero() && !v.until.After(now) {
		v.until = now.Add(time.Minute) // never ask at once for ever
	}
	held, ok := feed.Withhold(*e, d)
	if !ok {
		return v, held, d
	}
	if lost := feed.Lost(e, &held); lost != "" {
		v.refused = &Refusal{Entry: e.ID, Source: e.Source, Reason: fmt.Sprintf("what is left of entry %s has lost its %s", e.ID, lost)}
		return v, held, d
	}
	v.shown, v.knownBy, v.wishes = true, p.identify(e), render.WishesOf(&held, &d)
	if len(p.members) > 0 {
		v.words, v.images = feed.Measure(&held)
	}
	return v, held, d
}

// leaveOut leaves an entry out and says so loudly; the rest is published.
func (p *Publisher) leaveOut(v *view, e *feed.Entry, reason string) {
	v.shown = false
	v.refused = &Refusal{Entry: e.ID, Source: e.Source, Reason: reason}
	p.log.Error("an entry was left out: its attribution would be lost",
		"entry", e.ID, "source", e.Source, "title", e.Title, "url", e.Attribution.URL, "reason", reason)
}

// fragment returns an entry rendered in one format, from the cache or into it.
func (p *Publisher) fragment(key fragmentKey, shown feed.Shown) ([]byte, error) {
	if b, ok := p.fragments.get(key); ok {
		return b, nil
	}
	p.rendered.Add(1)
	b, err := renderOne(key.format, shown, key.plan.settings.Site)
	if err != nil {
		return nil, err
	}
	p.fragments.put(key, b)
	return b, nil
}

// renderOne renders an entry or the notice in the place of one.
func renderOne(f render.Format, shown feed.Shown, site feed.Site) ([]byte, error) {
	if n := shown.Entry.Notice; n != nil && n.Kind == feed.Withdrawal {
		return render.Tombstone(f, shown, site)
	}
	return render.Fragment(f, shown, site)
}

// lookAgain is look for an entry that is not at hand. An entry that is gone
// from the store is shown no more.
func (p *Publisher) lookAgain(ctx context.Context, it item, now time.Time) (*view, error) {
	if v := p.views[it.id]; v.current(it.seq, now) {
		return v, nil
	}
	e, err := p.store.Entry(ctx, it.id)
	if errors.Is(err, feed.ErrNotFound) {
		v := &view{seq: it.seq}
		p.views[it.id] = v
		return v, nil
	}
	if err != nil {
		return nil, fmt.Errorf("reading entry %s: %w", it.id, err)
	}
	return p.look(&e, now), nil
}

// bytesOf returns an entry's public fragment, rendering it again where the
// cache lost it. It returns nil where the entry changed meanwhile: the next
// Update shows the new version.
func (p *Publisher) bytesOf(ctx context.Context, id string, format render.Format, now time.Time) ([]byte, error) {
	v := p.views[id]
	if b, ok := p.fragments.get(fragmentKey{p.plan, id, v.seq, v.decision, format}); ok {
		return b, nil
	}
	e, err := p.store.Entry(ctx, id)
	if err != nil {
		return nil, fmt.Errorf("reading entry %s: %w", id, err)
	}
	delete(p.views, id)
	v = p.look(&e, now)
	if !v.shown {
		return nil, nil
	}
	b, _ := p.fragments.get(fragmentKey{p.plan, id, v.seq, v.decision, format})
	return b, nil
}

// digestDecision tells decisions apart, for the cache.
func digestDecision(d feed.Decision) uint64 {
	h := fnv.New64a()
	json.NewEncoder(h).Encode(d) // plain values: it can't fail
	return h.Sum64()
}

// forget drops the views that no window needs any more.
func (p *Publisher) forget() {
	live := 0
	for _, c := range p.channels {
		live += len(c.window) + len(c.history.older)
	}
	if len(p.views) <= 2*live+1000 {
		return
	}
	kept := make(map[string]*view, live)
	for _, c := range p.channels {
		for _, it := range c.known() {
			if v := p.views[it.id]; v != nil {
				kept[it.id] = v
			}
		}
	}
	p.views = kept
}
