package api

import (
	"errors"
	"strconv"
	"strings"
	"time"

	"warta/feed"
)

// cursor says what a caller knows: every entry whose newest change has a number
// up to the first stretch's Upto as it stood at that stretch's At, those from
// there to the second's Upto as at the second's At, and so on. One stretch is
// the rule; there are more while what the clock changed since is being told in
// more than one answer.
type cursor []stretch

type stretch struct {
	Upto int64
	At   time.Time
}

// maxStretches bounds a cursor's length. A new stretch begins only when the
// clock changes entries between the answers that tell what it changed before,
// so more are not met with; the two that are known longest then become one, and
// the caller hears again of some that it knows.
const maxStretches = 8

// reached is a cursor whose first entries, up to a change, are known as now;
// rest is what is known of the others.
func reached(upto int64, now time.Time, rest cursor) cursor {
	c := append(cursor{{upto, now}}, rest...)
	if n := len(c); n > maxStretches {
		c = append(c[:n-2], c[n-1])
	}
	return c
}

func (c cursor) String() string {
	var b strings.Builder
	for i, s := range c {
		if i > 0 {
			b.WriteByte('.')
		}
		b.WriteString(strconv.FormatInt(s.Upto, 10) + "." + strconv.FormatInt(s.At.UnixMilli(), 10))
	}
	return b.String()
}

var errCursor = errors.New("this is no cursor; begin with 0 and go on with what the last answer gave you")

// parseCursor reads a cursor. A number alone is a change that was reached now.
func parseCursor(s string, now time.Time) (cursor, error) {
	parts := strings.Split(s, ".")
	if len(parts) > 2*maxStretches {
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
		return cursor{{numbers[0], now}}, nil
	}
	if len(numbers)%2 != 0 {
		return nil, errCursor
	}
	var c cursor
	for i := 0; i < len(numbers); i += 2 {
		next := stretch{numbers[i], time.UnixMilli(numbers[i+1])}
		if n := len(c); n > 0 && next.Upto < c[n-1].Upto {
			return nil, errCursor
		}
		if next.At.After(now) {
			next.At = now
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
