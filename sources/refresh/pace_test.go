package refresh

import (
	"context"
	"errors"
	"sync"
	"testing"
	"testing/synctest"
	"time"
)

// Documents are read one at a time, and each is followed by a rest in which
// others have the processor.
func TestPaceTakesTurns(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		p, begun := NewPace(), time.Now()
		var g sync.WaitGroup
		busy, most := 0, 0
		for range 4 {
			g.Go(func() {
				if err := p.do(t.Context(), func() error {
					busy++
					most = max(most, busy)
					time.Sleep(10 * time.Millisecond)
					busy--
					return nil
				}); err != nil {
					t.Error(err)
				}
			})
		}
		g.Wait()
		if took := time.Since(begun); most != 1 || took != 4*(10*time.Millisecond+shortRest) {
			t.Errorf("%d at a time, in %v", most, took)
		}
	})
}

// Who is woken late learns that the processors are wanted: rests grow, what is
// stored at a time becomes less, and both come back when it is calm.
func TestPaceGivesWay(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		p := NewPace()
		for range 20 {
			p.learn(5 * time.Millisecond)
		}
		if p.rest != mostRest || p.batch() != 1 {
			t.Errorf("under load: rests %v times the work, stores %d visits at a time", p.rest, p.batch())
		}
		begun := time.Now()
		if err := p.do(t.Context(), func() error { time.Sleep(time.Second); return nil }); err != nil {
			t.Fatal(err)
		}
		if took := time.Since(begun); took != time.Second+longRest {
			t.Errorf("worked and rested %v", took)
		}
		for range 50 {
			p.learn(0)
		}
		if p.rest > 0.1 || p.batch() != batch {
			t.Errorf("calm again: rests %v times the work, stores %d visits at a time", p.rest, p.batch())
		}
	})
}

// While many ask, rests are longer than the work from the first on.
func TestPaceWhileManyAsk(t *testing.T) {
	p, now := NewPace(), time.Date(2026, 3, 2, 6, 0, 0, 0, time.UTC)
	for _, step := range []struct {
		asked int
		want  time.Duration
	}{{0, shortRest}, {1, shortRest}, {50, 20 * time.Millisecond}, {0, 20 * time.Millisecond}} {
		for range step.asked {
			p.Asked()
		}
		now = now.Add(100 * time.Millisecond)
		if d := p.after(10*time.Millisecond, now); d != step.want {
			t.Errorf("%d asked within 100 ms: rests %v, want %v", step.asked, d, step.want)
		}
	}
	for range 50 {
		p.learn(0)
	}
	if d := p.after(10*time.Millisecond, now.Add(time.Second)); d != shortRest {
		t.Errorf("calm again: rests %v", d)
	}
}

// A refresh that ends while others have their turn does not wait for them.
func TestPaceEnds(t *testing.T) {
	p := NewPace()
	ctx, cancel := context.WithCancel(context.Background())
	err := p.do(ctx, func() error {
		cancel()
		return p.do(ctx, func() error { t.Error("worked out of turn"); return nil })
	})
	if !errors.Is(err, context.Canceled) {
		t.Errorf("error %v", err)
	}
}
