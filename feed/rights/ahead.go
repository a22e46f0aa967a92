package rights

import (
	"time"

	"warta/feed"
	"warta/sources"
)

// slack is how far ahead a date may be by a wrong clock or zone alone.
const slack = 24 * time.Hour

// ahead holds an entry whose own date was still to come when it was first
// seen, unless the operator keeps such entries or an editor released it. The
// clock ends it.
func (c *hearing) ahead(e *feed.Entry, future sources.Future) {
	at := e.Published
	if at.IsZero() {
		at = e.Updated
	}
	if future == sources.FutureKeep || future == sources.FutureIgnore || !at.After(c.now) || !at.After(e.FirstSeen.Add(slack)) || e.Desk.Releases(e.Evidence) {
		return
	}
	if c.d.Until.IsZero() || at.Before(c.d.Until) {
		c.d.Until = at
	}
	c.final, c.d.Hold = rows["date-ahead"], true
	c.reason(c.final, feed.None, nil)
}
