package intake

import (
	"fmt"
	"time"

	"warta/feed"
	"warta/sources"
)

const (
	// asked is how near to the time of asking a date is no date but a clock.
	asked = 2 * time.Minute
	// crowd is how many entries must change together, and together how near,
	// for their new dates to be the generator's.
	crowd     = 3
	crowdSpan = time.Minute
)

// restless finds the changes that are dates only and no news: generators that
// date everything with the time of asking, or all entries alike with that of
// their last run. A revision of each at every visit would bring old stories up
// again and again. changed are the entries of one document that differ from
// what is stored in their dates alone; the result says which to leave.
func restless(changed []*feed.Draft, at time.Time) (leave map[*feed.Draft]bool, warnings []sources.Warning) {
	together := len(changed) >= crowd
	for _, d := range changed {
		if spread(stated(d), stated(changed[0])) > crowdSpan {
			together = false
		}
	}
	for _, d := range changed {
		if together || spread(stated(d), at) <= asked {
			if leave == nil {
				leave = make(map[*feed.Draft]bool)
			}
			leave[d] = true
		}
	}
	if len(leave) > 0 {
		warnings = []sources.Warning{{Code: "restless-dates", Offset: -1, Message: fmt.Sprintf(
			"%d entries have a new date and nothing else new, dated by the feed's generator; their first dates stay", len(leave))}}
	}
	return leave, warnings
}

// stated is the date that moved most likely.
func stated(d *feed.Draft) time.Time { return firstTime(d.Updated, d.Published) }

func spread(a, b time.Time) time.Duration { return a.Sub(b).Abs() }
