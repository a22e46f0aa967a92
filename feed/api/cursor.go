package api

import (
	"errors"
	"strconv"
	"strings"
	"time"

	"warta/feed"
)

// cursor says up to where a caller has read on: it knows every entry whose
// newest change has a number up to Seq, as that entry stood at a moment. What
// the clock changed since comes first; where that is more than one answer
// holds, Upto is the end of the time being caught up with and Turned the change
// up to which that is done.
type cursor struct {
	Seq    int64
	At     time.Time
	Upto   time.Time // zero: nothing is being caught up with
	Turned int64
}

func (c cursor) String() string {
	s := strconv.FormatInt(c.Seq, 10) + "." + strconv.FormatInt(c.At.UnixMilli(), 10)
	if !c.Upto.IsZero() {
		s += "." + strconv.FormatInt(c.Upto.UnixMilli(), 10) + "." + strconv.FormatInt(c.Turned, 10)
	}
	return s
}

var errCursor = errors.New("this is no cursor; begin with 0 and go on with what the last answer gave you")

// parseCursor reads a cursor. A number alone is a Seq that was reached now.
func parseCursor(s string, now time.Time) (cursor, error) {
	parts := strings.Split(s, ".")
	numbers := make([]int64, len(parts))
	for i, p := range parts {
		n, err := strconv.ParseInt(p, 10, 64)
		if err != nil || n < 0 || p != strconv.FormatInt(n, 10) {
			return cursor{}, errCursor
		}
		numbers[i] = n
	}
	switch len(numbers) {
	case 1:
		return cursor{Seq: numbers[0], At: now}, nil
	case 2, 4:
		c := cursor{Seq: numbers[0], At: time.UnixMilli(numbers[1])}
		if c.At.After(now) {
			c.At = now
		}
		if len(numbers) == 4 {
			c.Upto, c.Turned = time.UnixMilli(numbers[2]), numbers[3]
			if c.Upto.Before(c.At) || c.Upto.After(now) {
				c.Upto = now
			}
		}
		return c, nil
	}
	return cursor{}, errCursor
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
