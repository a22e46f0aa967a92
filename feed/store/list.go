package store

import (
	"context"
	"fmt"
	"strings"

	"warta/feed"
)

// conditions collects what a query asks for, with its values.
type conditions struct {
	parts []string
	args  []any
}

// value takes a value in and returns the name it has in the query.
func (c *conditions) value(v any) string {
	c.args = append(c.args, v)
	return fmt.Sprintf("$%d", len(c.args))
}

func (c *conditions) and(part string) { c.parts = append(c.parts, part) }

// list asks for entries. The text of the query depends on what is asked, so it
// is not kept prepared.
func (s *Store) list(ctx context.Context, what string, c *conditions, order string, limit int) ([]feed.Entry, error) {
	query := "select " + what + " from entries e" + withDesk + "where " + strings.Join(c.parts, " and ") + " order by " + order + " limit " + c.value(limit)
	rows, err := s.reader.db.QueryContext(ctx, query, c.args...)
	if err != nil {
		return nil, err
	}
	return scanEntries(rows, limit)
}

// NewestEntries returns entries by their places, the newest first.
func (s *Store) NewestEntries(ctx context.Context, q feed.Newest) ([]feed.Entry, error) {
	c := &conditions{parts: []string{"1 = 1"}}
	if !q.Before.Time.IsZero() {
		place := c.value(q.Before.Time.UnixMilli())
		c.and("(e.place < " + place + " or e.place = " + place + " and e.id < " + c.value(q.Before.ID) + ")")
	}
	if !q.Since.IsZero() {
		c.and("e.place >= " + c.value(q.Since.UnixMilli()))
	}
	if q.Source != "" {
		c.and("e.source = " + c.value(q.Source))
	}
	if q.Channel != "" {
		c.and("exists (select 1 from channel_entries m where m.entry = e.id and m.channel = " + c.value(q.Channel) + ")")
	}
	list, err := s.list(ctx, columns, c, "e.place desc, e.id desc", q.Limit)
	if err != nil {
		return nil, s.fail(err, "listing the newest entries")
	}
	return list, nil
}

// TurnedEntries returns those of the entries for which the clock may have
// changed something, whose newest change is after one number and up to another,
// in the order of their changes.
func (s *Store) TurnedEntries(ctx context.Context, t feed.Turns, after, upTo int64, limit int) ([]feed.Entry, error) {
	if t.None() {
		return nil, nil
	}
	c := &conditions{}
	c.and("e.seq > " + c.value(after))
	c.and("e.seq <= " + c.value(upTo))
	var any []string
	if len(t.Sources) > 0 {
		any = append(any, "e.source in ("+c.values(t.Sources)+")")
	}
	if len(t.Entries) > 0 {
		any = append(any, "e.id in ("+c.values(t.Entries)+")")
	}
	for _, p := range t.Places {
		any = append(any, "e.place > "+c.value(p[0].UnixMilli())+" and e.place <= "+c.value(p[1].UnixMilli()))
	}
	c.and("(" + strings.Join(any, " or ") + ")")
	list, err := s.list(ctx, columns, c, "e.seq", limit)
	if err != nil {
		return nil, s.fail(err, "listing entries that the clock changed")
	}
	return list, nil
}

// values takes a list in.
func (c *conditions) values(list []string) string {
	names := make([]string, len(list))
	for i, v := range list {
		names[i] = c.value(v)
	}
	return strings.Join(names, ", ")
}

// TermsSince returns entries that changed after the change numbered seq, in the
// order of their changes, without their texts.
func (s *Store) TermsSince(ctx context.Context, seq int64, limit int) ([]feed.Entry, error) {
	c := &conditions{}
	c.and("e.seq > " + c.value(seq))
	list, err := s.list(ctx, terms, c, "e.seq", limit)
	if err != nil {
		return nil, s.fail(err, "reading what is said of entries changed since %d", seq)
	}
	return list, nil
}
