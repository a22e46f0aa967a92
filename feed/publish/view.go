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

// view is what everybody may see of one version of an entry, decided and
// rendered. The bytes are in the fragment cache.
type view struct {
	seq      int64
	decision uint64    // digest of the Decision
	until    time.Time // when the clock alone changes the Decision; zero: never
	changed  time.Time // when we last stored a revision: for Last-Modified
	updated  time.Time // what documents state
	shown    bool
	brief    *feed.Shown // for the front door, if it stands there
	refused  *Refusal    // rendering would have lost its attribution
	source   string
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

// look decides on an entry and renders it, unless that was done before.
func (p *Publisher) look(e *feed.Entry, now time.Time) *view {
	if v := p.views[e.ID]; v.current(e.Seq, now) {
		return v
	}
	p.hearOwner(e)
	d := p.plan.decide(e, now)
	p.note(e, d)
	v := &view{
		seq: e.Seq, decision: digestDecision(d), until: d.Until,
		changed: e.Changed, updated: e.LastChange(), source: e.Source,
	}
	if !v.until.IsZero() && !v.until.After(now) {
		v.until = now.Add(time.Minute) // never ask at once for ever
	}
	p.views[e.ID] = v
	held, ok := feed.Withhold(*e, d)
	if !ok {
		return v
	}
	v.shown = true
	for _, format := range render.Formats {
		if err := p.fragment(e.ID, v, format, feed.Shown{Entry: held, Decision: d}); err != nil {
			v.shown = false
			v.refused = &Refusal{Entry: e.ID, Source: e.Source, Reason: err.Error()}
			p.log.Error("an entry was left out: its attribution would be lost",
				"entry", e.ID, "source", e.Source, "title", held.Title, "url", held.Attribution.URL, "reason", err)
			break
		}
	}
	return v
}

// fragment renders an entry in one format into the cache.
func (p *Publisher) fragment(id string, v *view, format render.Format, shown feed.Shown) error {
	key := fragmentKey{id, v.seq, v.decision, format}
	if _, ok := p.fragments.get(key); ok {
		return nil
	}
	one := render.Fragment
	if n := shown.Entry.Notice; n != nil && n.Kind == feed.Withdrawal {
		one = render.Tombstone
	}
	b, err := one(format, shown, p.plan.settings.Site)
	if err != nil {
		return err
	}
	p.fragments.put(key, b)
	return nil
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

// bytesOf returns an entry's fragment, rendering it again where the cache lost
// it. It returns nil where the entry changed meanwhile: the next Update shows
// the new version.
func (p *Publisher) bytesOf(ctx context.Context, id string, format render.Format, now time.Time) ([]byte, error) {
	v := p.views[id]
	key := fragmentKey{id, v.seq, v.decision, format}
	if b, ok := p.fragments.get(key); ok {
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
	b, _ := p.fragments.get(fragmentKey{id, v.seq, v.decision, format})
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
		live += len(c.window)
	}
	if len(p.views) <= 2*live+1000 {
		return
	}
	kept := make(map[string]*view, live)
	for _, c := range p.channels {
		for _, it := range c.window {
			if v := p.views[it.id]; v != nil {
				kept[it.id] = v
			}
		}
	}
	p.views = kept
}
