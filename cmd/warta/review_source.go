package main

import (
	"errors"
	"fmt"
	"strings"
	"time"

	"warta/feed"
	"warta/feed/store"
)

// heldSource is a source that does not look like itself.
type heldSource struct {
	Source  string    `json:"source"`
	Since   time.Time `json:"since"`
	Waiting int       `json:"waiting"`
	Unkept  int       `json:"unkept,omitempty"` // beyond what is kept; read again once released
	Passing bool      `json:"passing,omitempty"`
	Why     []string  `json:"why"`
}

func heldSources(a *app, st *store.Store, language string) ([]heldSource, error) {
	list, err := st.Quarantines(a.ctx)
	if err != nil {
		return nil, err
	}
	out := []heldSource{}
	for i := range list {
		q := &list[i]
		out = append(out, heldSource{q.Source, q.Since, q.Waiting, q.Unkept, q.Passing, q.Reasons(language)})
	}
	return out, nil
}

// text says on one line why and since when.
func (h *heldSource) text(zone *time.Location) string {
	what := stories(h.Waiting) + " kept apart; decide with: warta review release|drop " + h.Source
	if h.Unkept > 0 {
		what = fmt.Sprintf("%d more came than are kept, and are read again from the feed once it is released; ", h.Unkept) + what
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

func printHeld(a *app, list []heldSource, zone *time.Location) error {
	for i := range list {
		if _, err := fmt.Fprintf(a.out, "source %s in quarantine, %s\n", list[i].Source, list[i].text(zone)); err != nil {
			return err
		}
	}
	return nil
}

// judgeSource ends the quarantine of a source, and reports whether what was
// named is one.
func judgeSource(a *app, st *store.Store, source string, verdict feed.Verdict, note, by string) (bool, error) {
	list, err := st.Quarantines(a.ctx)
	if err != nil {
		return false, err
	}
	for i := range list {
		if list[i].Source != source {
			continue
		}
		var n int
		what := "released"
		switch verdict {
		case feed.Released:
			n, err = st.ReleaseSource(a.ctx, source, note, by)
		case feed.Dropped:
			what = "dropped, and the source is read anew"
			n, err = st.DropSource(a.ctx, source, note, by)
		default:
			return true, usageError{errors.New("a source in quarantine is held already; release or drop it")}
		}
		if err != nil {
			return true, err
		}
		_, err = fmt.Fprintf(a.out, "%s is no longer in quarantine; %s %s\n", source, stories(n), what)
		return true, err
	}
	return false, nil
}
