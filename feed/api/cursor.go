package api

import (
	"errors"
	"fmt"
	"slices"
	"strconv"
	"strings"
	"time"

	"warta/feed"
)

// cursor says what a caller knows: every entry whose newest change has a number
// up to the first stretch's Upto as it stood at that stretch's At under its
// Terms, those from there to the second's Upto as at the second's, and so on.
// One stretch is the rule; there are more while what the clock or the operator
// changed since is being told in more than one answer.
type cursor []stretch

type stretch struct {
	Upto  int64
	At    time.Time
	Terms int64 // number of the settings in force; see feed/publish.Terms
}

// maxStretches bounds a cursor's length. A new stretch begins only when the
// clock or the operator changes entries between the answers that tell what they
// changed before, so more are not met with; those that are known longest then
// become one, and the caller hears again of some that it knows.
const maxStretches = 8

// reached is a cursor whose first entries are known by a stretch that ends now;
// rest is what is known of the others. Those of what comes after may be known
// by earlier states, served under other terms: these stay, as stretches without
// entries, until everything is told.
func reached(now stretch, rest, terms cursor) cursor {
	c := append(cursor{now}, rest...)
	end := c[len(c)-1].Upto
	for _, t := range terms {
		if !slices.ContainsFunc(c, func(s stretch) bool { return s.Terms == t.Terms }) {
			c = append(c, stretch{end, t.At, t.Terms})
		}
	}
	if n := len(c); n > maxStretches {
		c = append(c[:maxStretches-1], stretch{c[n-1].Upto, c[n-1].At, c[n-1].Terms})
	}
	return c
}

func (c cursor) String() string {
	var b strings.Builder
	for i, s := range c {
		if i > 0 {
			b.WriteByte('.')
		}
		fmt.Fprintf(&b, "%d.%d.%d", s.Upto, s.At.UnixMilli(), s.Terms)
	}
	return b.String()
}

var errCursor = errors.New("this is no cursor; begin with 0 and go on with what the last answer gave you")

// parseCursor reads a cursor. A number alone is a change that was reached now.
func parseCursor(s string, now stretch) (cursor, error) {
	parts := strings.Split(s, ".")
	if len(parts) > 3*maxStretches {
		return nil, errCursor
	}
	numbers := make([]int64, len(parts))
	for i, p := range parts {
		n, err := strconv.ParseInt(p, 10, 64)
		if err != nil || n < 0 || p != strconv.FormatInt(n, 10) {
			return nil, errCursor
		}
		numbers[i] = n
	}
	if len(numbers) == 1 {
		now.Upto = numbers[0]
		return cursor{now}, nil
	}
	if len(numbers)%3 != 0 {
		return nil, errCursor
	}
	var c cursor
	for i := 0; i < len(numbers); i += 3 {
		next := stretch{numbers[i], time.UnixMilli(numbers[i+1]), numbers[i+2]}
		if n := len(c); n > 0 && next.Upto < c[n-1].Upto {
			return nil, errCursor
		}
		if next.At.After(now.At) {
			next.At = now.At
		}
		c = append(c, next)
	}
	return c, nil
}

// placeString is a place in the order of the newest, for the next page.
func placeString(p feed.Place) string { return strconv.FormatInt(p.Time.UnixMilli(), 10) + "." + p.ID }

func parsePlace(s string) (feed.Place, error) {
	head, id, ok := strings.Cut(s, ".")
	n, err := strconv.ParseInt(head, 10, 64)
	if !ok || err != nil || len(id) > 64 {
		return feed.Place{}, errors.New("this is no cursor; take the one that the last answer gave you")
	}
	return feed.Place{Time: time.UnixMilli(n), ID: id}, nil
}
