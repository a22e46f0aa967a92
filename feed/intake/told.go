package intake

import (
	"time"

	"warta/feed"
	"warta/sources"
)

// told are the notices that another warta, from which a story was read, passes
// on: what its outlet corrected, or who answered it. They concern this story
// alone, so a feed can say by them nothing of others. Kind, time and reason are
// the first outlet's, and each is told once, whichever way it came.
func told(it *sources.Item, e *feed.Entry, at time.Time) (list []feed.Notice) {
	if e.Notice != nil && e.Notice.Kind == feed.Withdrawal {
		return nil
	}
	for i := range it.Told {
		t := &it.Told[i]
		n := feed.Notice{
			Kind: feed.NoticeKind(t.Kind), When: at, Reason: first(t.Words, announced[t.Kind].In(e.Language)), By: byOrigin,
			URL: first(t.URL, e.Attribution.URL), Quote: t.Quote, Note: feed.NoteKey(t.Words + " " + t.When.Raw + " " + t.URL),
		}
		if t.Quote != "" {
			n.Note = feed.NoteKey(t.Quote)
		}
		if w := t.When.Time; t.When.Known() && !w.After(at) {
			n.When = w.UTC()
		}
		list = append(list, n)
	}
	return list
}
