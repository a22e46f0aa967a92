package publish

import (
	"time"

	"warta/feed"
)

// waitingItem is a member of a channel that the channel's own embargo keeps
// back for now.
type waitingItem struct {
	id    string
	until time.Time
}

// embargoed reports until when a channel keeps an entry back: so long after its
// place in time as the operator says. The zero time: not at all.
func embargoed(ch *feed.Channel, it item, now time.Time) time.Time {
	if ch.Embargo <= 0 {
		return time.Time{}
	}
	if until := time.UnixMilli(it.place).Add(ch.Embargo); now.Before(until) {
		return until
	}
	return time.Time{}
}

// keptBack reports until when a channel's embargo keeps an entry back; zero:
// not at all. Of a withdrawn one there is nothing to keep back.
func keptBack(ch *feed.Channel, e *feed.Entry, now time.Time) time.Time {
	if ch.Embargo <= 0 || withdrawnNotice(e) {
		return time.Time{}
	}
	if until := time.UnixMilli(e.Time().UnixMilli()).Add(ch.Embargo); now.Before(until) {
		return until
	}
	return time.Time{}
}

// released is when the clock will bring the first of those kept back into the
// channel; zero: none is.
func (c *channel) released() time.Time {
	var first time.Time
	for _, w := range c.waiting {
		if first.IsZero() || w.until.Before(first) {
			first = w.until
		}
	}
	return first
}

// withdrawnNotice reports whether an entry is shown as a notice alone.
func withdrawnNotice(e *feed.Entry) bool {
	return e.Notice != nil && e.Notice.Kind == feed.Withdrawal
}
