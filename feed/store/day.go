package store

import (
	"cmp"
	"context"
	"database/sql"
	"errors"
	"slices"
	"time"
)

// dayCounts numbers the new entries of one transaction within their source and
// day, going on from what is stored.
type dayCounts struct {
	zone *time.Location
	days map[sourceDay]*dayCount
}

type sourceDay struct {
	source string
	day    int64
}

type dayCount struct{ before, entries int64 }

// dayOf is the number of a day since 1970 in a zone.
func dayOf(t time.Time, zone *time.Location) int64 {
	t = t.In(zone)
	return time.Date(t.Year(), t.Month(), t.Day(), 0, 0, 0, 0, time.UTC).Unix() / (24 * 60 * 60)
}

func (c *dayCounts) of(r *row) sourceDay {
	return sourceDay{r.source, dayOf(fromMilli(r.firstSeen), c.zone)}
}

// next is the place that a row has if it is new.
func (c *dayCounts) next(ctx context.Context, t *tx, r *row) (int64, error) {
	key := c.of(r)
	if n := c.days[key]; n != nil {
		return n.entries + 1, nil
	}
	st, err := t.stmt(ctx, "select entries from source_days where source = $1 and day = $2")
	if err != nil {
		return 0, err
	}
	n := new(dayCount)
	if err := st.QueryRowContext(ctx, key.source, key.day).Scan(&n.before); err != nil && !errors.Is(err, sql.ErrNoRows) {
		return 0, err
	}
	if n.entries = n.before; c.days == nil {
		c.days = map[sourceDay]*dayCount{}
	}
	c.days[key] = n
	return n.entries + 1, nil
}

// took says that the row was new.
func (c *dayCounts) took(r *row) { c.days[c.of(r)].entries++ }

// keep stores the counts, in one order for every process.
func (c *dayCounts) keep(ctx context.Context, t *tx) error {
	keys := make([]sourceDay, 0, len(c.days))
	for k, n := range c.days {
		if n.entries > n.before {
			keys = append(keys, k)
		}
	}
	slices.SortFunc(keys, func(a, b sourceDay) int {
		return cmp.Or(cmp.Compare(a.source, b.source), cmp.Compare(a.day, b.day))
	})
	for _, k := range keys {
		if _, err := t.exec(ctx, `insert into source_days (source, day, entries) values ($1, $2, $3)
			on conflict (source, day) do update set entries = excluded.entries`, k.source, k.day, c.days[k].entries); err != nil {
			return err
		}
	}
	return nil
}
