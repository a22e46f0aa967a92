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

// viewKey names an entry under a grant.
type viewKey struct {
	id    string
	grant int
}

// view is what may be seen of one version of an entry under a grant. The
// rendered bytes are in the fragment cache.
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

// look decides on an entry under every grant of its source, unless that was
// done before, and renders what everybody may see of it.
func (p *Publisher) look(e *feed.Entry, now time.Time) {
	public := p.views[viewKey{e.ID, publicGrant}]
	for _, g := range p.plan.grantsOf(e.Source) {
		key := viewKey{e.ID, g.id}
		if p.views[key].current(e.Seq, now) {
			continue
		}
		v := p.viewOf(e, g, now)
		p.views[key] = v
		if g.id == publicGrant {
			public = v
		} else if v.shown && public.refused != nil {
			v.shown = false // what loses its attribution for one loses it for all
		}
	}
}

// viewOf decides on an entry under a grant. It is rendered at once for
// everybody; for partners only where nothing that everybody sees has shown
// that its attribution survives, as most of their documents are never asked
// for.
func (p *Publisher) viewOf(e *feed.Entry, g *grant, now time.Time) *view {
	d := p.plan.decide(e, g, now)
	if g.id == publicGrant {
		p.hearOwner(e)
		p.note(e, d)
	}
	v := &view{
		seq: e.Seq, revision: e.Revision, use: d.Use, permission: d.Permission, decision: digestDecision(d), until: d.Until,
		changed: e.Changed, updated: e.LastChange(),
	}
	if !v.until.IsZero() && !v.until.After(now) {
		v.until = now.Add(time.Minute) // never ask at once for ever
	}
	held, ok := feed.Withhold(*e, d)
	if !ok {
		return v
	}
	if lost := feed.Lost(e, &held); lost != "" {
		p.leaveOut(v, &held, fmt.Errorf("what is left of entry %s has lost its %s", e.ID, lost))
		return v
	}
	v.shown, v.wishes, v.knownBy = true, render.WishesOf(&held, &d), p.plan.identify(e)
	if g.id == publicGrant {
		v.news = p.newsOf(&held, d, now)
	}
	if len(p.plan.members) > 0 {
		v.words, v.images = feed.Measure(&held)
	}
	formats := render.Formats
	if g.id != publicGrant {
		public := p.views[viewKey{e.ID, publicGrant}]
		if public != nil && public.seq == e.Seq && public.shown {
			return v
		}
		formats = formats[:1]
	}
	for _, format := range formats {
		if _, err := p.fragment(fragmentKey{p.plan, e.ID, e.Seq, v.decision, format}, feed.Shown{Entry: held, Decision: d}); err != nil {
			p.leaveOut(v, &held, err)
			break
		}
	}
	return v
}

// leaveOut leaves an entry out and says so loudly; the rest is published.
func (p *Publisher) leaveOut(v *view, e *feed.Entry, err error) {
	v.shown = false
	v.refused = &Refusal{Entry: e.ID, Source: e.Source, Reason: err.Error()}
	p.log.Error("an entry was left out: its attribution would be lost",
		"entry", e.ID, "source", e.Source, "title", e.Title, "url", e.Attribution.URL, "reason", err)
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
func (p *Publisher) lookAgain(ctx context.Context, it item, g *grant, now time.Time) (*view, error) {
	key := viewKey{it.id, g.id}
	if v := p.views[key]; v.current(it.seq, now) {
		return v, nil
	}
	e, err := p.store.Entry(ctx, it.id)
	if errors.Is(err, feed.ErrNotFound) {
		v := &view{seq: it.seq}
		p.views[key] = v
		return v, nil
	}
	if err != nil {
		return nil, fmt.Errorf("reading entry %s: %w", it.id, err)
	}
	p.look(&e, now)
	if p.views[key] == nil { // its source is none of the plan's
		p.views[key] = p.viewOf(&e, g, now)
	}
	return p.views[key], nil
}

// bytesOf returns an entry's public fragment, rendering it again where the
// cache lost it. It returns nil where the entry changed meanwhile: the next
// Update shows the new version.
func (p *Publisher) bytesOf(ctx context.Context, id string, format render.Format, now time.Time) ([]byte, error) {
	v := p.views[viewKey{id, publicGrant}]
	if b, ok := p.fragments.get(fragmentKey{p.plan, id, v.seq, v.decision, format}); ok {
		return b, nil
	}
	e, err := p.store.Entry(ctx, id)
	if err != nil {
		return nil, fmt.Errorf("reading entry %s: %w", id, err)
	}
	delete(p.views, viewKey{id, publicGrant})
	p.look(&e, now)
	v = p.views[viewKey{id, publicGrant}]
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
		for _, it := range c.known() {
			live += len(p.plan.grantsOf(it.source))
		}
	}
	if len(p.views) <= 2*live+1000 {
		return
	}
	kept := make(map[viewKey]*view, live)
	for _, c := range p.channels {
		for _, it := range c.known() {
			for _, g := range p.plan.grantsOf(it.source) {
				key := viewKey{it.id, g.id}
				if v := p.views[key]; v != nil {
					kept[key] = v
				}
			}
		}
	}
	p.views = kept
}
