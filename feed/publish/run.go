package publish

import (
	"context"
	"time"
)

const (
	// poll is how often the store is asked whether another process changed
	// something, which must be published within a second.
	poll = 250 * time.Millisecond
	// maxPause bounds how long Run rests after an Update that took long, so
	// that a stream of new entries leaves the processor to others.
	maxPause = 300 * time.Millisecond
	// maxBackoff bounds the time between attempts while they fail.
	maxBackoff = 30 * time.Second
)

// Run keeps the documents up to date until ctx ends: it updates when wake is
// signalled, when another process changed the store, when settings changed and
// when the clock begins or ends a permission. Failures are logged and tried
// again; meanwhile the documents stay as they were.
func (p *Publisher) Run(ctx context.Context, wake <-chan struct{}) error {
	timer := time.NewTimer(0)
	defer timer.Stop()
	failures := 0
	defer func() {
		end, cancel := context.WithTimeout(context.WithoutCancel(ctx), 5*time.Second)
		defer cancel()
		p.noteTokens(end)
		p.keepLineages(end, true)
	}()
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
		if asked || p.stale(ctx) {
			took, ok := p.updateLogged(ctx)
			if failures++; ok {
				failures = 0
			}
			if !sleep(ctx, min(took, maxPause)) {
				return nil
			}
		}
		p.noteTokens(ctx)
		p.keepLineages(ctx, false)
		timer.Reset(p.wait(failures))
	}
}

// noteTokens keeps in the database which tokens were used. It is told to a
// person some day: a failure is no more than logged.
func (p *Publisher) noteTokens(ctx context.Context) {
	if err := p.access.note(ctx); err != nil && ctx.Err() == nil {
		p.log.Warn("can't note the use of partners' tokens", "error", err)
	}
}

// keepLineages keeps in the database which versions the documents had. Without
// it readers are sent whole documents: a failure is no more than logged.
func (p *Publisher) keepLineages(ctx context.Context, ending bool) {
	if err := p.lineages.keep(ctx, p.now(), ending); err != nil && ctx.Err() == nil {
		p.log.Warn("can't keep the versions of documents; trying again", "error", err)
	}
}

// stale reports whether there may be something to do without having been asked.
func (p *Publisher) stale(ctx context.Context) bool {
	p.mu.Lock()
	seq, next := p.seq, p.next
	p.mu.Unlock()
	if p.edition.Load() == nil || p.failing.Load() {
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

// updateLogged updates, and returns how long that took and whether it went
// well.
func (p *Publisher) updateLogged(ctx context.Context) (time.Duration, bool) {
	begun := p.now()
	report, err := p.Update(ctx)
	took := max(p.now().Sub(begun), 0)
	switch {
	case ctx.Err() != nil:
	case err != nil:
		p.log.Error("the documents are not up to date; trying again", "error", err)
	case len(report.Changed) > 0:
		p.log.Info("published", "documents", len(report.Changed), "refused", len(report.Refused), "ms", took.Milliseconds())
	}
	return took, err == nil
}

// wait is how long until there may be something to do.
func (p *Publisher) wait(failures int) time.Duration {
	p.mu.Lock()
	next := p.next
	p.mu.Unlock()
	d := poll
	if failures > 0 {
		d = min(time.Second<<min(failures-1, 10), maxBackoff)
	}
	until := next.Sub(p.now())
	switch {
	case next.IsZero():
		return d
	case until > 0:
		return min(until, d)
	case failures > 0:
		return d
	}
	return 0
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
