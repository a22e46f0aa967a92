package publish

import (
	"context"
	"fmt"
	"time"

	"warta/feed"
	"warta/feed/curate"
	"warta/feed/rights"
)

// see returns an entry as a partner may see it, or, where m is nil, everybody,
// with all its states, which are not withheld. What stands in no channel of
// theirs is not there for them: feed.ErrNotFound, as for what doesn't exist.
func (p *Publisher) see(ctx context.Context, e *edition, m *member, id string, now time.Time) (feed.Shown, []feed.Entry, error) {
	states, err := p.store.Revisions(ctx, id)
	if err != nil {
		return feed.Shown{}, nil, err
	}
	if len(states) == 0 {
		return feed.Shown{}, nil, fmt.Errorf("entry %s: %w", id, feed.ErrNotFound)
	}
	entry := &states[len(states)-1]
	if len(e.plan.standing(entry, m, now)) == 0 {
		return feed.Shown{}, nil, fmt.Errorf("entry %s: %w: it stands in no channel", id, feed.ErrNotFound)
	}
	shown, ok := e.plan.show(entry, m, now)
	if !ok {
		return feed.Shown{}, nil, fmt.Errorf("entry %s: %w: nothing of it may be shown", id, feed.ErrNotFound)
	}
	return shown, states, nil
}

// standing lists the channels that hold an entry: a partner's own, or, where m
// is nil, those that everybody may know of. Embargoes are heeded. A channel's
// rule is asked, not the store, which may learn later of who left.
func (p *plan) standing(e *feed.Entry, m *member, now time.Time) []string {
	var list []string
	subject := curate.NewSubject(e)
	for i := range p.settings.Channels {
		ch := &p.settings.Channels[i]
		if m == nil && ch.Private || m != nil && !m.channels[ch.ID] {
			continue
		}
		if !keptBack(ch, e, now).IsZero() {
			continue
		}
		if ok, err := p.rules[i].Select(subject); ok && err == nil {
			list = append(list, ch.ID)
		}
	}
	return list
}

// show withholds what a partner, or everybody where m is nil, may not see of
// an entry.
func (p *plan) show(e *feed.Entry, m *member, now time.Time) (feed.Shown, bool) {
	g := p.public.rest
	if m != nil {
		g = m.class.grant(e.Source)
	}
	d := p.decide(e, g, now)
	if m != nil {
		d.Permission = m.permission(d.Permission)
	}
	held, ok := feed.Withhold(*e, d)
	return feed.Shown{Entry: held, Decision: d}, ok
}

// evidenceUntil is when the evidence about an entry means something else than
// at a time, permissions apart; zero: never.
func (p *plan) evidenceUntil(e *feed.Entry, at time.Time) time.Time {
	return rights.Decide(e, p.settings.Policy, nil, feed.Public, at).Until
}
