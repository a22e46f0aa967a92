package refresh

import (
	"context"
	"sync"
	"sync/atomic"
	"time"
)

// Pace lets one document at a time be read or stored, and rests after each for
// as long as the machine shows that others wait for it: a daemon that answers
// readers puts them first. A nil Pace holds nothing up.
type Pace struct {
	turn  chan struct{}
	asked atomic.Int64

	mu    sync.Mutex
	rest  float64 // how long to rest, in times of what the last work took
	seen  int64   // asked, when it was last looked at
	since time.Time
}

// The bounds of a rest. A wake-up that comes later than tardy says that the
// processors had other things to do; from manyAsk requests a second on, rests
// are never shorter than servingRest times the work.
const (
	shortRest = time.Millisecond
	longRest  = 100 * time.Millisecond
	mostRest  = 10.0
	tardy     = 2 * time.Millisecond

	manyAsk     = 100
	servingRest = 2.0
)

// NewPace returns a Pace for all that is read in a process.
func NewPace() *Pace { return &Pace{turn: make(chan struct{}, 1)} }

// Asked notes that somebody asked for something.
func (p *Pace) Asked() { p.asked.Add(1) }

// batch is how many visits are stored at a time: few while others wait.
func (p *Pace) batch() int {
	if p == nil {
		return batch
	}
	p.mu.Lock()
	defer p.mu.Unlock()
	if p.rest > 0.5 {
		return 1
	}
	return batch
}

// do works in turn, and rests.
func (p *Pace) do(ctx context.Context, work func() error) error {
	if p == nil {
		return work()
	}
	select {
	case p.turn <- struct{}{}:
	case <-ctx.Done():
		return ctx.Err()
	}
	defer func() { <-p.turn }()
	begun := time.Now()
	err := work()
	p.wait(ctx, time.Since(begun))
	return err
}

// wait rests after work that took a while, and learns from how late it is woken.
func (p *Pace) wait(ctx context.Context, took time.Duration) {
	d := p.after(took, time.Now())
	begun := time.Now()
	t := time.NewTimer(d)
	defer t.Stop()
	select {
	case <-t.C:
	case <-ctx.Done():
		return
	}
	p.learn(time.Since(begun) - d)
}

// after is how long to rest after work that took a while.
func (p *Pace) after(took time.Duration, now time.Time) time.Duration {
	p.mu.Lock()
	defer p.mu.Unlock()
	asked := p.asked.Load()
	if float64(asked-p.seen) > manyAsk*now.Sub(p.since).Seconds() {
		p.rest = max(p.rest, servingRest)
	}
	p.seen, p.since = asked, now
	return max(shortRest, min(time.Duration(p.rest*float64(took)), longRest))
}

// learn takes in how late a rest ended.
func (p *Pace) learn(late time.Duration) {
	p.mu.Lock()
	defer p.mu.Unlock()
	if late > tardy {
		p.rest = min(p.rest*2+0.5, mostRest)
	} else {
		p.rest *= 0.9
	}
}
