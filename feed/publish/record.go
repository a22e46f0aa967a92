package publish

import (
	"context"
	"fmt"
	"time"

	"warta/feed"
	"warta/feed/rights"
)

// Ledger keeps the record of what was decided for everybody, and of the
// permissions behind it. It heeds only what is other than it was told before.
type Ledger interface {
	Tell(ctx context.Context, at time.Time, decided []feed.Decided, permissions []feed.Permission) error
}

// telling is what the ledger has yet to be told.
type telling struct {
	decided map[string]feed.Decided
	plan    *plan     // whose permissions it was told
	until   time.Time // when one of them begins or ends
}

// note keeps a decision for the ledger.
func (p *Publisher) note(e *feed.Entry, d feed.Decision) {
	if p.ledger != nil {
		p.telling.decided[e.ID] = feed.Decided{Entry: e.ID, Source: e.Source, Decision: d}
	}
}

// tell brings the ledger up to date. What it can't be told now it is told with
// the next update.
func (p *Publisher) tell(ctx context.Context, now time.Time) error {
	t := &p.telling
	moved := !t.until.IsZero() && !now.Before(t.until)
	if p.ledger == nil || len(t.decided) == 0 && t.plan == p.plan && !moved {
		return nil
	}
	list := make([]feed.Decided, 0, len(t.decided))
	for _, c := range p.channels { // in an order that is the same on every run
		for _, it := range c.window {
			if d, ok := t.decided[it.id]; ok {
				list = append(list, d)
				delete(t.decided, it.id)
			}
		}
	}
	clear(t.decided) // what stands in no channel was shown to nobody
	permissions := p.plan.settings.Permissions
	if err := p.ledger.Tell(ctx, now, list, permissions); err != nil {
		for _, d := range list {
			t.decided[d.Entry] = d
		}
		return fmt.Errorf("recording what was decided: %w", err)
	}
	t.plan, t.until = p.plan, nextOf(permissions, now)
	return nil
}

// warn calls out the permissions that end soon, each end once.
func (p *Publisher) warn(now time.Time) {
	if p.ending == nil {
		return
	}
	for _, perm := range rights.Ending(p.plan.settings.Permissions, now) {
		if !p.warned[perm.ID].Equal(perm.Until) {
			p.warned[perm.ID] = perm.Until
			p.ending(perm)
		}
	}
}

// nextOf is when the first of some permissions begins, is to be called out or
// ends; zero: never.
func nextOf(permissions []feed.Permission, now time.Time) time.Time {
	var next time.Time
	for i := range permissions {
		for _, t := range [...]time.Time{permissions[i].From, permissions[i].NoticeFrom(), permissions[i].Until} {
			if t.After(now) && (next.IsZero() || t.Before(next)) {
				next = t
			}
		}
	}
	return next
}
