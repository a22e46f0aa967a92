package deliver

import "sync"

const (
	perHost = 4 // requests to one host at a time
	// perClass is how many requests at a time go to receivers that failed last
	// time, and as many to callbacks of which nothing is known yet. Those who
	// hang never take the place of those who don't.
	perClass = 8
	// Workers is how many requests may run at a time: enough for both and as
	// many again for those that are well.
	Workers = 4 * perClass
)

// class is what is known of a receiver.
type class int

const (
	well class = iota
	ailing
	unknown
)

// lanes keep one receiver's slowness from costing another anything.
type lanes struct {
	mu      sync.Mutex
	hosts   map[string]int
	inside  map[string]bool // by subscription: one delivery at a time keeps their order
	classes [3]int
}

func newLanes() *lanes { return &lanes{hosts: make(map[string]int), inside: make(map[string]bool)} }

// enter reports whether there is room, and takes it.
func (l *lanes) enter(id, host string, c class) bool {
	l.mu.Lock()
	defer l.mu.Unlock()
	if l.inside[id] || l.hosts[host] >= perHost || c != well && l.classes[c] >= perClass {
		return false
	}
	l.inside[id] = true
	l.hosts[host]++
	l.classes[c]++
	return true
}

// leave gives the room back.
func (l *lanes) leave(id, host string, c class) {
	l.mu.Lock()
	defer l.mu.Unlock()
	delete(l.inside, id)
	if l.hosts[host]--; l.hosts[host] <= 0 {
		delete(l.hosts, host)
	}
	l.classes[c]--
}
