package publish

import (
	"context"
	"time"
)

const (
	// poll is how often the store is asked whether another process changed
	// something: the larger part of the second in which it must be published.
	poll = 700 * time.Millisecond
	// maxPause bounds how long Run rests after an Update that took long, so
	// that a stream of new entries leaves the processor to others.
	maxPause = 300 * time.Millisecond
)

// Run keeps the documents up to date until ctx ends: it updates when wake is
// signalled, when another process changed the store, when settings changed and
// when the clock begins or ends a permission. Failures are logged and tried
// again; meanwhile the documents stay as they were.
func (p *Publisher) Run(ctx context.Context, wake <-chan struct{}) error {
	timer := time.NewTimer(0)
	defer timer.Stop()
	for {
		asked := false
		select {
		case <-ctx.Done():
			return nil
		case <-wake:
			asked = true
		case <-p.again:
			asked = true
		case <-timer.C:
		}
		pause := time.Duration(0)
		if asked || p.stale(ctx) {
			pause = p.updateLogged(ctx)
		}
		if pause > 0 && !sleep(ctx, pause) {
			return nil
		}
		timer.Reset(p.wait())
	}
}

// stale reports whether there may be something to do without having been asked.
func (p *Publisher) stale(ctx context.Context) bool {
	p.mu.Lock()
	seq, next := p.seq, p.next
	p.mu.Unlock()
	if p.edition.Load() == nil || p.health.Load() != nil {
		return true
	}
	if !next.IsZero() && !p.now().Before(next) {
		return true
	}
	last, err := p.store.LastSeq(ctx)
	if err != nil {
		if ctx.Err() == nil {
			p.log.Warn("can't ask the database for changes; trying again", "error", err)
		}
		return false
	}
	return last != seq
}

// updateLogged updates and returns how long to rest afterwards.
func (p *Publisher) updateLogged(ctx context.Context) time.Duration {
	begun := p.now()
	report, err := p.Update(ctx)
	took := p.now().Sub(begun)
	switch {
	case ctx.Err() != nil:
	case err != nil:
		p.log.Error("the documents are not up to date; trying again", "error", err)
	case len(report.Changed) > 0:
		p.log.Info("published", "documents", len(report.Changed), "refused", len(report.Refused), "ms", took.Milliseconds())
	}
	return min(max(took, 0), maxPause)
}

// wait is how long until there may be something to do.
func (p *Publisher) wait() time.Duration {
	p.mu.Lock()
	next := p.next
	p.mu.Unlock()
	if next.IsZero() {
		return poll
	}
	return min(max(next.Sub(p.now()), 0), poll)
}

// sleep waits, and reports whether ctx still holds.
func sleep(ctx context.Context, d time.Duration) bool {
	t := time.NewTimer(d)
	defer t.Stop()
	select {
	case <-ctx.Done():
		return false
	case <-t.C:
		return true
	}
}
