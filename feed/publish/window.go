package publish

import (
	"cmp"
	"slices"
	"strings"
	"time"

	"warta/feed"
	"warta/feed/curate"
)

// channel is a channel with the newest of its entries, so that one new entry
// doesn't cost reading the other ninety-nine.
type channel struct {
	feed.Channel
	rule  *curate.Rule
	mark  feed.Mark // may be ahead of the stored one, see settle
	saved int64     // Seq of the stored mark
	reset bool      // memberships must be computed from the start
	fresh int64     // the newest change when that began: what is older is no member yet
	out   []string  // no longer members, not yet written

	window []item // newest first
	reach  int    // how many the window should hold
	looked int    // how many of them decide what is shown
	more   bool   // the store may have members older than the window
	loaded bool
	dirty  bool // must be rendered

	waiting []waitingItem // kept back by the channel's embargo; replaced, never changed
	shown   []string      // what the documents show, newest first; replaced, never changed
	updated time.Time     // what they state as updated
	history history
	stock   *stock // what it has for partners; replaced, never changed
}

// item is a member's place in a window.
type item struct {
	id     string
	source string
	place  int64 // milliseconds of feed.Entry.Time, as the store orders
	seq    int64
}

func itemOf(e *feed.Entry) item { return item{e.ID, e.Source, e.Time().UnixMilli(), e.Seq} }

// limit is how many entries the documents have.
func (c *channel) limit() int {
	if c.Limit <= 0 {
		return 100
	}
	return c.Limit
}

// minReach leaves some room beyond the limit for members of which nothing may
// be shown, and for those that leave.
func (c *channel) minReach() int { return c.limit() + max(c.limit()/4, 3) }

// load takes the newest members as the store gave them.
func (c *channel) load(entries []feed.Entry) {
	c.window = c.window[:0]
	for i := range entries {
		c.window = append(c.window, itemOf(&entries[i]))
	}
	sortItems(c.window)
	c.more = len(entries) >= c.reach
	c.loaded = true
}

// newer orders as the store does: by time, the newest first; by id where that
// is equal.
func newer(a, b item) int {
	if d := cmp.Compare(b.place, a.place); d != 0 {
		return d
	}
	return strings.Compare(a.id, b.id)
}

func sortItems(list []item) { slices.SortFunc(list, newer) }

// put gives an entry its place, and reports whether the window changed.
func (c *channel) put(it item) bool {
	removed := c.drop(it.id)
	if !c.loaded {
		return true
	}
	at, _ := slices.BinarySearchFunc(c.window, it, newer)
	if at == len(c.window) && c.more {
		return removed // older than the window; the store has it
	}
	c.window = slices.Insert(c.window, at, it)
	if len(c.window) > c.reach {
		c.window = c.window[:c.reach]
		c.more = true
	}
	return true
}

// drop takes an entry out, and reports whether it was there.
func (c *channel) drop(id string) bool {
	at := slices.IndexFunc(c.window, func(it item) bool { return it.id == id })
	if at < 0 {
		return false
	}
	c.window = slices.Delete(c.window, at, at+1)
	if c.more && len(c.window) < c.limit() {
		c.loaded = false
	}
	return true
}

// holds reports whether an entry stands in the window.
func (c *channel) holds(id string) bool {
	return slices.ContainsFunc(c.window, func(it item) bool { return it.id == id })
}

// known are the members that are at hand.
func (c *channel) known() []item {
	return append(c.window[:len(c.window):len(c.window)], c.history.older...)
}

// deciding are the members that decide what is shown: those shown, those before
// them of which nothing may be, and those that have yet to be told.
func (c *channel) deciding() []item {
	shown := c.window[:min(c.looked, len(c.window))]
	return append(shown[:len(shown):len(shown)], c.untold(c.looked)...)
}
