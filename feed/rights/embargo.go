package rights

import (
	"time"

	"warta/feed"
	"warta/sources"
)

// embargo takes in an embargo: nothing is shown until it ends, which the clock
// alone brings about. One whose time can't be read waits for an editor, whose
// release says that it was looked at.
func (c *hearing) embargo(ev *sources.Evidence, desk *feed.Desk, all []sources.Evidence) {
	row := rows["embargo"]
	end, err := time.Parse(time.RFC3339, ev.Value)
	switch {
	case err != nil && desk.Releases(all):
		return
	case err != nil:
		row, c.d.Hold = rows["embargo-unclear"], true
	case !c.now.Before(end):
		return // over
	case c.d.Until.IsZero() || end.Before(c.d.Until):
		c.d.Until = end
	}
	c.final = row
	c.reason(row, feed.None, ev)
}
