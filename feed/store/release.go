package store

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"time"

	"warta/feed"
)

const streamColumns = "id, channel, basis, seq, head, until"

// Streams are all streams of releases there are.
func (s *Store) Streams(ctx context.Context) (map[string]feed.Stream, error) {
	found := make(map[string]feed.Stream)
	err := s.each(ctx, func(rows *sql.Rows) error {
		st, err := scanStream(rows)
		found[st.ID] = st
		return err
	}, "select "+streamColumns+" from streams")
	if err != nil {
		return nil, s.fail(err, "reading the streams")
	}
	return found, nil
}

// Stream is one of them; feed.ErrNotFound where there is none.
func (s *Store) Stream(ctx context.Context, id string) (feed.Stream, error) {
	var found []feed.Stream
	err := s.each(ctx, func(rows *sql.Rows) error {
		st, err := scanStream(rows)
		found = append(found, st)
		return err
	}, "select "+streamColumns+" from streams where id = $1", id)
	switch {
	case err != nil:
		return feed.Stream{}, s.fail(err, "reading stream %s", id)
	case len(found) == 0:
		return feed.Stream{}, fmt.Errorf("reading stream %s: %w", id, feed.ErrNotFound)
	}
	return found[0], nil
}

func scanStream(rows interface{ Scan(...any) error }) (st feed.Stream, err error) {
	var until sql.NullInt64
	err = rows.Scan(&st.ID, &st.Channel, &st.Basis, &st.Seq, &st.Head, &until)
	st.Until = fromNull(until)
	return st, err
}

// Release numbers what a stream newly says of entries, in the order given, and
// keeps how far the stream was brought, in one transaction. It returns the
// stream with its new head. feed.ErrConflict: another process brought the
// stream on meanwhile; read it again.
func (s *Store) Release(ctx context.Context, from, to feed.Stream, list []feed.Release) (feed.Stream, error) {
	err := s.write(ctx, func(t *tx) error {
		if from.ID == "" {
			n, err := t.exec(ctx, `insert into streams (id, channel, basis, seq, head, until) values ($1, $2, '', 0, 0, null)
				on conflict (id) do nothing`, to.ID, to.Channel)
			if err != nil {
				return err
			}
			if n == 0 {
				return feed.ErrConflict
			}
		}
		to.Head = from.Head + int64(len(list))
		n, err := t.exec(ctx, "update streams set basis = $2, seq = $3, head = $4, until = $5 where id = $1 and seq = $6 and head = $7",
			to.ID, to.Basis, to.Seq, to.Head, nullMilli(to.Until), from.Seq, from.Head)
		if err != nil {
			return err
		}
		if n == 0 {
			return feed.ErrConflict
		}
		for i, r := range list {
			if _, err := t.exec(ctx, `insert into releases (stream, entry, n, digest, gone) values ($1, $2, $3, $4, $5)
				on conflict (stream, entry) do update set n = excluded.n, digest = excluded.digest, gone = excluded.gone`,
				to.ID, r.Entry, from.Head+1+int64(i), r.Digest, number(r.Gone)); err != nil {
				return err
			}
		}
		return nil
	})
	if err != nil {
		return to, s.fail(err, "releasing %d entries in %s", len(list), to.ID)
	}
	return to, nil
}

// BringStreams keeps how far streams were brought that say nothing new, in one
// transaction. feed.ErrConflict: another process brought one of them on
// meanwhile; read them again.
func (s *Store) BringStreams(ctx context.Context, from, to []feed.Stream) error {
	err := s.write(ctx, func(t *tx) error {
		for i := range from {
			n, err := t.exec(ctx, "update streams set seq = $2, until = $3 where id = $1 and seq = $4 and head = $5",
				from[i].ID, to[i].Seq, nullMilli(to[i].Until), from[i].Seq, from[i].Head)
			if err != nil {
				return err
			}
			if n == 0 {
				return feed.ErrConflict
			}
		}
		return nil
	})
	if err != nil {
		return s.fail(err, "bringing %d streams on", len(from))
	}
	return nil
}

// Releases are what a stream said last, after one release and up to another,
// in order; a limit bounds how many.
func (s *Store) Releases(ctx context.Context, stream string, after, upTo int64, limit int) ([]feed.Release, error) {
	var list []feed.Release
	err := s.each(ctx, func(rows *sql.Rows) error {
		var r feed.Release
		var gone int
		if err := rows.Scan(&r.Entry, &r.N, &r.Digest, &gone); err != nil {
			return err
		}
		r.Gone = gone != 0
		list = append(list, r)
		return nil
	}, "select entry, n, digest, gone from releases where stream = $1 and n > $2 and n <= $3 order by n limit $4", stream, after, upTo, limit)
	if err != nil {
		return nil, s.fail(err, "reading the releases of %s", stream)
	}
	return list, nil
}

// Released is what a stream said last of one entry; feed.ErrNotFound: nothing.
func (s *Store) Released(ctx context.Context, stream, entry string) (feed.Release, error) {
	r := feed.Release{Entry: entry}
	var gone int
	err := s.reader.queryRow(ctx, []any{&r.N, &r.Digest, &gone}, "select n, digest, gone from releases where stream = $1 and entry = $2", stream, entry)
	r.Gone = gone != 0
	switch {
	case errors.Is(err, sql.ErrNoRows):
		return r, fmt.Errorf("reading what %s said of entry %s: %w", stream, entry, feed.ErrNotFound)
	case err != nil:
		return r, s.fail(err, "reading what %s said of entry %s", stream, entry)
	}
	return r, nil
}

// ReleasesOf is what every stream said last of one entry, by stream.
func (s *Store) ReleasesOf(ctx context.Context, entry string) (map[string]feed.Release, error) {
	found := make(map[string]feed.Release)
	err := s.each(ctx, func(rows *sql.Rows) error {
		r := feed.Release{Entry: entry}
		var stream string
		var gone int
		if err := rows.Scan(&stream, &r.N, &r.Digest, &gone); err != nil {
			return err
		}
		r.Gone = gone != 0
		found[stream] = r
		return nil
	}, "select stream, n, digest, gone from releases where entry = $1", entry)
	if err != nil {
		return nil, s.fail(err, "reading what was said of entry %s", entry)
	}
	return found, nil
}

// DropStreams forgets the streams that no subscription counts in.
func (s *Store) DropStreams(ctx context.Context) error {
	err := s.write(ctx, func(t *tx) error {
		_, err := t.exec(ctx, "delete from streams where id not in (select stream from subscriptions)")
		return err
	})
	if err != nil {
		return s.fail(err, "dropping streams that nobody reads")
	}
	return nil
}

func fromNull(ms sql.NullInt64) time.Time {
	if !ms.Valid {
		return time.Time{}
	}
	return fromMilli(ms.Int64)
}

func nullMilli(t time.Time) sql.NullInt64 {
	return sql.NullInt64{Int64: t.UnixMilli(), Valid: !t.IsZero()}
}

func number(b bool) int {
	if b {
		return 1
	}
	return 0
}
