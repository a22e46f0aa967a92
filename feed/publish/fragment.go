package publish

import "warta/feed/render"

// fragmentKey names a rendered entry: its version, and what was decided.
type fragmentKey struct {
	plan     *plan // whose settings say how the site is called
	id       string
	seq      int64
	decision uint64
	format   render.Format
}

const defaultCacheBytes = 32 << 20

func newFragmentCache(bytes int) *cache[fragmentKey, []byte] {
	if bytes <= 0 {
		bytes = defaultCacheBytes
	}
	return newCache[fragmentKey](bytes, func(b []byte) int { return len(b) })
}
