package store

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"slices"
	"strings"

	"warta/feed"
)

// KeepShipments records what partners were served, in one transaction. Each
// list of entries is kept as what differs from the one before it.
func (s *Store) KeepShipments(ctx context.Context, list []feed.Shipment) error {
	if len(list) == 0 {
		return nil
	}
	err := s.write(ctx, func(t *tx) error {
		for i := range list {
			sh := &list[i]
			v, err := t.listing(ctx, sh)
			if err != nil {
				return err
			}
			if _, err := t.exec(ctx, `insert into shipments (partner, stream, v, month, channel, pushed, first, last, count)
				values ($1, $2, $3, $4, $5, $6, $7, $8, $9) on conflict (partner, month, stream, v) do update set
				first = case when excluded.first < shipments.first then excluded.first else shipments.first end,
				last = case when excluded.last > shipments.last then excluded.last else shipments.last end,
				count = shipments.count + excluded.count`,
				sh.Partner, sh.Stream, v, sh.Month, sh.Channel, number(sh.Pushed), sh.First.UnixMilli(), sh.Last.UnixMilli(), sh.Count); err != nil {
				return err
			}
			for shared, name := range sh.Names {
				if _, err := t.exec(ctx, `insert into shipment_names (partner, shared, permission) values ($1, $2, $3)
					on conflict (partner, shared) do update set permission = excluded.permission where shipment_names.permission <> excluded.permission`,
					sh.Partner, shared, name); err != nil {
					return err
				}
			}
		}
		return nil
	})
	if err != nil {
		return s.fail(err, "recording what partners were served")
	}
	return nil
}

// listing finds the version of a list, or makes it.
func (t *tx) listing(ctx context.Context, sh *feed.Shipment) (v int64, err error) {
	st, err := t.stmt(ctx, "select v from listings where stream = $1 and digest = $2 order by v desc limit 1")
	if err != nil {
		return 0, err
	}
	err = st.QueryRowContext(ctx, sh.Stream, sh.Digest).Scan(&v)
	if !errors.Is(err, sql.ErrNoRows) {
		return v, err
	}
	if sh.List == nil {
		return 0, fmt.Errorf("a version of %s without its entries: %w", sh.Stream, feed.ErrInvalid)
	}
	if st, err = t.stmt(ctx, "select coalesce(max(v), 0) + 1 from listings where stream = $1"); err != nil {
		return 0, err
	}
	if err = st.QueryRowContext(ctx, sh.Stream).Scan(&v); err != nil {
		return 0, err
	}
	if _, err = t.exec(ctx, "insert into listings (stream, v, digest) values ($1, $2, $3)", sh.Stream, v, sh.Digest); err != nil {
		return 0, err
	}
	return v, t.relist(ctx, sh, v)
}

// relist closes what no longer stands in the newest version and adds what does.
func (t *tx) relist(ctx context.Context, sh *feed.Shipment, v int64) error {
	st, err := t.stmt(ctx, "select entry, revision, use, permission, words, images from listed where stream = $1 and until is null")
	if err != nil {
		return err
	}
	rows, err := st.QueryContext(ctx, sh.Stream)
	if err != nil {
		return err
	}
	defer rows.Close()
	standing := make(map[string]feed.Served)
	for rows.Next() {
		var e feed.Served
		var use string
		if err := rows.Scan(&e.Entry, &e.Revision, &use, &e.Permission, &e.Words, &e.Images); err != nil {
			return err
		}
		if e.Use, err = feed.ParseUse(use); err != nil {
			return errors.Join(err, corruptError("a use is not what we wrote"))
		}
		standing[e.Entry] = e
	}
	if err := rows.Err(); err != nil {
		return err
	}
	for _, e := range sh.List {
		if standing[e.Entry] == e {
			delete(standing, e.Entry)
			continue
		}
		if _, err := t.exec(ctx, "update listed set until = $3 where stream = $1 and entry = $2 and until is null", sh.Stream, e.Entry, v); err != nil {
			return err
		}
		delete(standing, e.Entry)
		if _, err := t.exec(ctx, `insert into listed (stream, entry, revision, use, permission, words, images, since, until)
			values ($1, $2, $3, $4, $5, $6, $7, $8, null) on conflict (stream, entry, since) do nothing`,
			sh.Stream, e.Entry, e.Revision, e.Use.String(), e.Permission, e.Words, e.Images, v); err != nil {
			return err
		}
	}
	for id := range standing {
		if _, err := t.exec(ctx, "update listed set until = $3 where stream = $1 and entry = $2 and until is null", sh.Stream, id, v); err != nil {
			return err
		}
	}
	return nil
}

// Wanted says of which shipments Proofs tells; an empty field means all.
type Wanted struct {
	Partner, Source, Month string
	Entries                []string
}

// Proofs tells what partners were served: every state of an entry, and whether
// it was fetched or sent, with the first and last time.
func (s *Store) Proofs(ctx context.Context, w Wanted) ([]feed.Proof, error) {
	var where []string
	var args []any
	add := func(condition string, value string) {
		if value != "" {
			args = append(args, value)
			where = append(where, fmt.Sprintf(condition, len(args)))
		}
	}
	add("p.partner = $%d", w.Partner)
	add("p.month = $%d", w.Month)
	add("e.source = $%d", w.Source)
	if len(w.Entries) > 0 {
		where = append(where, "l.entry in ("+placeholders(len(args)+1, len(w.Entries))+")")
		for _, id := range w.Entries {
			args = append(args, id)
		}
	}
	if len(where) == 0 {
		where = []string{"1 = 1"}
	}
	var list []feed.Proof
	err := s.each(ctx, func(rows *sql.Rows) error {
		var p feed.Proof
		var pushed int
		var first, last int64
		var use string
		if err := rows.Scan(&p.Partner, &p.Channel, &pushed, &p.Month, &p.Entry, &p.Revision, &use, &p.Permission, &p.Words, &p.Images, &first, &last, &p.Count); err != nil {
			return err
		}
		p.Pushed, p.First, p.Last = pushed != 0, fromMilli(first), fromMilli(last)
		var err error
		p.Use, err = feed.ParseUse(use)
		list = append(list, p)
		return err
	}, `select p.partner, p.channel, p.pushed, p.month, l.entry, l.revision, l.use, coalesce(n.permission, l.permission), max(l.words), max(l.images),
			min(p.first), max(p.last), sum(p.count)
		from shipments p
		join listed l on l.stream = p.stream and l.since <= p.v and (l.until is null or l.until > p.v)
		left join shipment_names n on n.partner = p.partner and n.shared = l.permission
		left join entries e on e.id = l.entry
		where `+strings.Join(where, " and ")+`
		group by p.partner, p.channel, p.pushed, p.month, l.entry, l.revision, l.use, coalesce(n.permission, l.permission)
		order by p.partner, min(p.first), l.entry, l.revision, p.pushed`, args...)
	if err != nil {
		return nil, s.fail(err, "reading what partners were served")
	}
	return slices.Clip(list), nil
}

// ServedTo is Proofs of one partner in one month.
func (s *Store) ServedTo(ctx context.Context, partner, month string) ([]feed.Proof, error) {
	return s.Proofs(ctx, Wanted{Partner: partner, Month: month})
}

// NoticesOf are the entries that partners were served and that bear a notice:
// a correction, a right of reply or a withdrawal.
func (s *Store) NoticesOf(ctx context.Context, partner string) ([]feed.Entry, error) {
	list, err := s.entries(ctx, 50, "select "+columns+" from entries e"+withDesk+`where e.id in (
			select distinct l.entry from listed l join shipments p on p.stream = l.stream where $1 = '' or p.partner = $1)
		and (e.meta like '%"notice":%' or e.page like '%otice%' or d.state is not null) order by e.place desc, e.id`, partner)
	if err != nil {
		return nil, s.fail(err, "reading the notices of what partners were served")
	}
	return slices.DeleteFunc(list, func(e feed.Entry) bool { return e.Notice == nil }), nil
}
