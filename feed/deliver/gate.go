package deliver

import (
	"sync"
	"time"
)

// A hub asks whatever address it is told to: so it is told so much a minute,
// in all and of any one host.
const (
	minute        = time.Minute
	asksOfHost    = 60
	asksInAll     = 1200
	maxGateMemory = 5000 // hosts
)

// gate counts requests by minute.
type gate struct {
	mu    sync.Mutex
	until time.Time
	all   int
	hosts map[string]int
}

func newGate() *gate { return &gate{hosts: make(map[string]int)} }

// pass reports whether one more request may be heeded.
func (g *gate) pass(host string, now time.Time) bool {
	g.mu.Lock()
	defer g.mu.Unlock()
	if !now.Before(g.until) || now.Before(g.until.Add(-minute)) || len(g.hosts) > maxGateMemory {
		g.until, g.all = now.Add(minute), 0
		clear(g.hosts)
	}
	if g.all >= asksInAll || g.hosts[host] >= asksOfHost {
		return false
	}
	g.all++
	g.hosts[host]++
	return true
}
