package publish

import (
	"context"
	"errors"
	"fmt"
	"maps"
	"slices"
	"strings"
	"time"

	"warta/feed"
)

// Report says what an Update did.
type Report struct {
	Changed []string  // paths of the documents with new bytes
	Refused []Refusal // entries that stand in a channel and are left out at present
	Next    time.Time // when the clock alone will change something; zero: never
}

// Update brings memberships and documents up to date with the store, the
// settings and the clock. Only channels that were touched are rendered, and
// only bytes that differ are published. It is safe to call at any time; after
// an error the documents are those from before, and the next call makes up for
// it.
func (p *Publisher) Update(ctx context.Context) (Report, error) {
	p.mu.Lock()
	defer p.mu.Unlock()
	report, err := p.update(ctx)
	if err != nil {
		p.failing.Store(true)
		return report, fmt.Errorf("bringing the documents up to date: %w", err)
	}
	p.failing.Store(false)
	if p.tellUpdated != nil {
		addresses := make([]string, len(report.Changed))
		for i, path := range report.Changed {
			addresses[i] = p.plan.settings.Site.URL + path
		}
		p.tellUpdated(addresses)
	}
	return report, nil
}

func (p *Publisher) update(ctx context.Context) (Report, error) {
	if err := p.recall(ctx); err != nil {
		return Report{}, err
	}
	now := p.now()
	p.checkClock(now)
	// A database that can't be written must not keep a permission alive that
	// ended: what can be decided from what is there is decided.
	unmatched := p.match(ctx)
	if unmatched == nil {
		unmatched = p.fileAway(ctx, now)
	}
	if unmatched != nil {
		p.marked = false
		for _, c := range p.channels {
			c.loaded, c.dirty, c.out = false, true, nil
		}
	}
	if ctx.Err() != nil {
		return Report{}, ctx.Err()
	}
	made, err := p.renderAll(ctx, now)
	if err != nil {
		return Report{}, errors.Join(unmatched, err)
	}
	var changed []string
	if made != nil {
		changed = p.publish(made)
		for _, c := range p.channels {
			c.dirty = false
		}
		p.forget()
		p.refused = p.refusals()
		p.left.Store(int64(len(p.refused)))
	}
	if made != nil || !now.Before(p.next) {
		p.next = p.nextChange()
		if p.ledger != nil || p.ending != nil {
			p.next = soonest(p.next, nextOf(p.plan.settings.Permissions, now))
		}
	}
	err = errors.Join(unmatched, p.remember(ctx), p.tell(ctx, now))
	p.warn(now) // what is called out is on record
	return Report{Changed: changed, Refused: p.refused, Next: p.next}, err
}

// checkClock decides everything again when the clock was set back: what had
// ended may be in force again.
func (p *Publisher) checkClock(now time.Time) {
	if now.Before(p.last.Add(-time.Second)) {
		p.views = make(map[string]*view)
		for _, c := range p.channels {
			c.dirty = true
		}
		p.site = nil
	}
	p.last = now
}

// recall reads, once, what was published before we started.
func (p *Publisher) recall(ctx context.Context) error {
	if p.remembered != nil {
		return nil
	}
	list, err := p.store.Documents(ctx)
	if err != nil {
		return fmt.Errorf("reading the list of documents: %w", err)
	}
	p.remembered = list
	return nil
}

// publish puts the new documents in the place of the old, all at once, and
// takes away those of channels that are gone.
func (p *Publisher) publish(made map[string]rendered) []string {
	documents := maps.Clone(p.documents)
	var changed []string
	// Answers that began with the old version may still be on their way.
	since := p.now().Truncate(time.Second).Add(2 * time.Second)
	for path, r := range made {
		documents[path] = r.document
		if r.touched {
			r.document.since = since
			changed = append(changed, path)
		}
	}
	current := p.paths()
	for path := range documents {
		if !current[path] {
			delete(documents, path)
		}
	}
	slices.Sort(changed)
	p.documents = documents
	p.edition.Store(p.newEdition(documents))
	return changed
}

// remember keeps ETag and Last-Modified of what changed, so that a restart
// changes neither.
func (p *Publisher) remember(ctx context.Context) error {
	var list []feed.Published
	for path, d := range p.documents {
		if before, ok := p.remembered[path]; ok && before.ETag == quote(d.digest) && before.Modified.Equal(d.modified) {
			continue
		}
		list = append(list, feed.Published{Path: path, ETag: quote(d.digest), Modified: d.modified, Entries: d.entries})
	}
	if len(list) == 0 {
		return nil
	}
	if err := p.store.RememberDocuments(ctx, list); err != nil {
		return fmt.Errorf("remembering the documents: %w", err)
	}
	for _, d := range list {
		p.remembered[d.Path] = d
	}
	return nil
}

// expired reports whether the clock changed a decision in the channel.
func (p *Publisher) expired(c *channel, now time.Time) bool {
	if t := c.released(); !t.IsZero() && !now.Before(t) {
		return true
	}
	return slices.ContainsFunc(c.deciding(), func(it item) bool { return !p.views[it.id].current(it.seq, now) })
}

// nextChange is when the clock alone will change a decision.
func (p *Publisher) nextChange() time.Time {
	next := soonest(p.permitted, p.newsUntil)
	for _, c := range p.channels {
		if t := c.released(); !t.IsZero() && (next.IsZero() || t.Before(next)) {
			next = t
		}
		for _, it := range c.deciding() {
			if v := p.views[it.id]; v != nil {
				next = soonest(next, v.until)
			}
		}
	}
	return next
}

// refusals lists the entries left out at present.
func (p *Publisher) refusals() []Refusal {
	var list []Refusal
	seen := make(map[string]bool)
	for _, c := range p.channels {
		for _, it := range c.deciding() {
			if v := p.views[it.id]; v != nil && v.refused != nil && !seen[it.id] {
				seen[it.id] = true
				list = append(list, *v.refused)
			}
		}
	}
	slices.SortFunc(list, func(a, b Refusal) int { return strings.Compare(a.Entry, b.Entry) })
	return list
}
