package api

import (
	"context"
	"fmt"
	"sync"
	"time"

	"warta/feed"
	"warta/feed/publish"
)

// clock remembers of which entries the clock alone changes what may be shown,
// by their own evidence (an embargo, an end that the owner set), and when. They
// are few. It catches up with the store when it is asked.
type clock struct {
	mu    sync.Mutex
	seq   int64
	turns map[string][]time.Time
	most  int // entries that are named in one query
}

const (
	clockBatch = 1000
	mostTurned = 10_000
)

// between adds the entries that turned after one moment and up to another, and
// reports whether they are few enough to be named in a query.
func (c *clock) between(ctx context.Context, s Store, r *publish.Reader, turns *feed.Turns, after, upTo time.Time) (few bool, err error) {
	c.mu.Lock()
	defer c.mu.Unlock()
	if c.turns == nil {
		c.turns = make(map[string][]time.Time)
	}
	for {
		entries, err := s.TermsSince(ctx, c.seq, clockBatch)
		if err != nil {
			return false, fmt.Errorf("looking for entries that time changes: %w", err)
		}
		for i := range entries {
			e := &entries[i]
			if moments := r.Clocked(e); len(moments) > 0 {
				c.turns[e.ID] = moments
			} else {
				delete(c.turns, e.ID)
			}
			c.seq = max(c.seq, e.Seq)
		}
		if len(entries) < clockBatch {
			break
		}
	}
	for id, moments := range c.turns {
		for _, t := range moments {
			if t.After(after) && !t.After(upTo) {
				turns.Entries = append(turns.Entries, id)
				break
			}
		}
		if len(turns.Entries) > c.most {
			return false, nil
		}
	}
	return true, nil
}
