package publish

import "warta/feed/render"

// fragmentKey names a rendered entry: its version, and what was decided.
type fragmentKey struct {
	id       string
	seq      int64
	decision uint64
	format   render.Format
}

// fragmentCache keeps rendered entries within a bound: in two generations,
// where what was not asked for while the younger filled up goes with the
// older. It is not safe for concurrent use.
type fragmentCache struct {
	limit        int // of each generation, in bytes
	size         int // of young
	young, older map[fragmentKey][]byte
}

const defaultCacheBytes = 32 << 20

func newFragmentCache(bytes int) *fragmentCache {
	if bytes <= 0 {
		bytes = defaultCacheBytes
	}
	c := &fragmentCache{limit: bytes / 2}
	c.clear()
	return c
}

func (c *fragmentCache) clear() {
	c.young, c.older, c.size = make(map[fragmentKey][]byte), nil, 0
}

func (c *fragmentCache) get(k fragmentKey) ([]byte, bool) {
	if b, ok := c.young[k]; ok {
		return b, true
	}
	b, ok := c.older[k]
	if ok {
		c.put(k, b)
	}
	return b, ok
}

func (c *fragmentCache) put(k fragmentKey, b []byte) {
	const overhead = 100 // of key and map
	if c.size += len(b) + overhead; c.size > c.limit {
		c.older, c.young, c.size = c.young, make(map[fragmentKey][]byte), len(b)+overhead
	}
	c.young[k] = b
}
