package main

import (
	"errors"
	"fmt"
	"slices"
	"strings"
	"time"

	"warta/feed"
	"warta/feed/store"
	"warta/sources/normalize"
)

// heldSource is a source that does not look like itself, or some of whose
// stories don't.
type heldSource struct {
	Source  string      `json:"source"`
	Since   time.Time   `json:"since"`
	Waiting int         `json:"waiting"`
	Unkept  int         `json:"unkept,omitempty"` // beyond what is kept; read again once released
	Passing bool        `json:"passing,omitempty"`
	Some    bool        `json:"some,omitempty"` // only those that wait; the rest is published
	Why     []string    `json:"why"`
	Stories []heldStory `json:"stories,omitempty"`
}

// heldStory is one that waits in a quarantine.
type heldStory struct {
	Entry string    `json:"entry"`
	Title string    `json:"title"`
	URL   string    `json:"url"`
	Since time.Time `json:"since"`
}

func heldSources(a *app, st *store.Store, language string) ([]heldSource, error) {
	list, err := st.Quarantines(a.ctx)
	if err != nil {
		return nil, err
	}
	out := []heldSource{}
	for i := range list {
		q := &list[i]
		out = append(out, heldSource{Source: q.Source, Since: q.Since, Waiting: q.Waiting, Unkept: q.Unkept, Passing: q.Passing, Some: q.Some, Why: q.Reasons(language)})
	}
	return out, nil
}

// withStories adds which stories wait, the newest first.
func withStories(a *app, st *store.Store, list []heldSource) error {
	for i := range list {
		drafts, err := st.Waiting(a.ctx, list[i].Source)
		if err != nil {
			return err
		}
		slices.Reverse(drafts)
		for k := range drafts {
			d := &drafts[k]
			list[i].Stories = append(list[i].Stories, heldStory{d.ID, d.Title, d.Attribution.URL, d.FirstSeen})
		}
	}
	return nil
}

// text says on one line why and since when.
func (h *heldSource) text(zone *time.Location) string {
	what := stories(h.Waiting) + " kept apart; decide with: warta review release|drop " + h.Source
	if h.Unkept > 0 {
		what = fmt.Sprintf("%d more came than are kept, and are read again from the feed once it is released; ", h.Unkept) + what
	}
	if h.Some {
		what = "the rest is published; " + what
	}
	if h.Passing {
		what = "what it had stays published; this ends by itself when it comes back"
	}
	return fmt.Sprintf("since %s: %s (%s)", h.Since.In(zone).Format("2006-01-02 15:04"), strings.Join(h.Why, "; "), what)
}

func stories(n int) string {
	if n == 1 {
		return "1 story is"
	}
	return fmt.Sprintf("%d stories are", n)
}

// mostPrinted is how many of a source's stories are listed for people.
const mostPrinted = 10

func printHeld(a *app, list []heldSource, zone *time.Location) error {
	var b strings.Builder
	for i := range list {
		h := &list[i]
		in := "in quarantine"
		if h.Some {
			in = "in part in quarantine"
		}
		fmt.Fprintf(&b, "source %s %s, %s\n", h.Source, in, h.text(zone))
		for _, s := range h.Stories[:min(len(h.Stories), mostPrinted)] {
			fmt.Fprintf(&b, "  %s  %s  %s\n", s.Entry, shorten(s.Title, 60), shorten(s.URL, 60))
		}
		if n := len(h.Stories) - mostPrinted; n > 0 {
			fmt.Fprintf(&b, "  and %d more; see warta review list --json\n", n)
		}
	}
	_, err := fmt.Fprint(a.out, b.String())
	return err
}

// judgeSource ends the quarantine of a source, or decides about one story that
// waits in it, and reports whether what was named is either.
func judgeSource(a *app, st *store.Store, what string, verdict feed.Verdict, note, by string) (bool, error) {
	list, err := st.Quarantines(a.ctx)
	if err != nil {
		return false, err
	}
	for i := range list {
		if list[i].Source == what {
			return true, judgeQuarantine(a, st, &list[i], verdict, note, by)
		}
	}
	for i := range list {
		drafts, err := st.Waiting(a.ctx, list[i].Source)
		if err != nil {
			return false, err
		}
		for k := range drafts {
			d := &drafts[k]
			if d.ID != what && !(feed.BeginsID(what) && strings.HasPrefix(d.ID, what)) && d.OriginalID != what && d.URLKey != normalize.Key(what) {
				continue
			}
			if verdict == feed.Held {
				return false, nil // what is published of it may be meant
			}
			return true, judgeWaiting(a, st, d, verdict, note, by)
		}
	}
	return false, nil
}

func judgeQuarantine(a *app, st *store.Store, q *feed.Quarantine, verdict feed.Verdict, note, by string) (err error) {
	var n int
	what := "released"
	switch {
	case verdict == feed.Held:
		return usageError{errors.New("a source in quarantine is held already; release or drop it")}
	case q.Passing:
		return usageError{fmt.Errorf("nothing of %s waits: its feed is empty, what it had stays published, and this ends by itself when it comes back", q.Source)}
	case verdict == feed.Released:
		n, err = st.ReleaseSource(a.ctx, q.Source, note, by)
	case q.Some:
		what = "dropped"
		n, err = st.DropSource(a.ctx, q.Source, note, by)
	default:
		what = "dropped, and the source is read anew"
		n, err = st.DropSource(a.ctx, q.Source, note, by)
	}
	if err != nil {
		return err
	}
	_, err = fmt.Fprintf(a.out, "%s is no longer in quarantine; %s %s\n", q.Source, stories(n), what)
	return err
}

func judgeWaiting(a *app, st *store.Store, d *feed.Draft, verdict feed.Verdict, note, by string) error {
	if _, err := st.DecideWaiting(a.ctx, d.Source, d.ID, verdict, note, by); err != nil {
		return err
	}
	words := map[feed.Verdict]string{feed.Released: "released from the quarantine of its source", feed.Dropped: "dropped"}
	_, err := fmt.Fprintf(a.out, "%s %q of %s is %s\n", d.ID, shorten(d.Title, 60), d.Source, words[verdict])
	return err
}
