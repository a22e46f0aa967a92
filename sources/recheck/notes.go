package recheck

import (
	"slices"
	"strings"
	"time"

	"warta/sources"
)

// The bounds on what is remembered of a page's notes. A page that has told as
// many corrections is not followed further: its notes change by themselves.
const (
	maxNotes  = 12
	maxLetter = 400 // of each, in bytes
)

// remember adds a page's notes of correction to those it was seen to carry, and
// returns those that weren't there: a note that was shortened, moved or set
// otherwise is none, one that says more is.
func remember(st *sources.PageState, notes []sources.Correction, now time.Time) (fresh []sources.Correction) {
	for _, n := range notes {
		key := letters(n.Text)
		if len(st.Notes) >= maxNotes || key == "" || slices.ContainsFunc(st.Notes, func(k string) bool { return strings.Contains(k, key) }) {
			continue
		}
		st.Notes = append(st.Notes[:len(st.Notes):len(st.Notes)], key)
		n.When = within(n.When, st.Read, now)
		fresh = append(fresh, n)
	}
	return fresh
}

// within brings the time of a note into the bounds of what was seen: no later
// than now, and where the page was read before without it, no earlier than
// that. What is not stated is now.
func within(t, read, now time.Time) time.Time {
	switch {
	case t.IsZero() || t.After(now):
		return now
	case t.Before(read):
		return read
	}
	return t
}

func letters(s string) string {
	s = sources.Letters(s)
	for len(s) > maxLetter {
		s = strings.ToValidUTF8(s[:maxLetter], "")
	}
	return s
}
