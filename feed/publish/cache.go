package publish

import "sync"

// cache keeps values within a bound of bytes: in two generations, where what
// was not asked for while the younger filled up goes with the older.
type cache[K comparable, V any] struct {
	mu           sync.Mutex
	limit        int // of each generation, in bytes
	size         int // of young
	bytes        func(V) int
	young, older map[K]V
}

func newCache[K comparable, V any](limit int, bytes func(V) int) *cache[K, V] {
	return &cache[K, V]{limit: limit / 2, bytes: bytes, young: make(map[K]V)}
}

func (c *cache[K, V]) clear() {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.young, c.older, c.size = make(map[K]V), nil, 0
}

func (c *cache[K, V]) get(k K) (V, bool) {
	c.mu.Lock()
	defer c.mu.Unlock()
	if v, ok := c.young[k]; ok {
		return v, true
	}
	v, ok := c.older[k]
	if ok {
		c.keep(k, v)
	}
	return v, ok
}

func (c *cache[K, V]) put(k K, v V) {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.keep(k, v)
}

func (c *cache[K, V]) keep(k K, v V) {
	const overhead = 100 // of key and map
	size := c.bytes(v) + overhead
	if c.size += size; c.size > c.limit {
		c.older, c.young, c.size = c.young, make(map[K]V), size
	}
	c.young[k] = v
}
