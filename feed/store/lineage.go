package store

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"time"

	"warta/feed"
)

// Lineage returns what is kept of a document's versions; feed.ErrNotFound where
// nothing is.
func (s *Store) Lineage(ctx context.Context, path, class string) (feed.Lineage, error) {
	l := feed.Lineage{Path: path, Class: class}
	var kept int64
	err := s.reader.queryRow(ctx, []any{&l.State, &kept}, "select state, kept from lineages where path = $1 and class = $2", path, class)
	switch {
	case errors.Is(err, sql.ErrNoRows):
		return l, fmt.Errorf("reading the versions of %s: %w", path, feed.ErrNotFound)
	case err != nil:
		return l, s.fail(err, "reading the versions of %s", path)
	}
	l.Kept = fromMilli(kept)
	return l, nil
}

// KeepLineages keeps what is known of documents' versions, and forgets what was
// kept before a time and never since, in one transaction.
func (s *Store) KeepLineages(ctx context.Context, list []feed.Lineage, forget time.Time) error {
	err := s.write(ctx, func(t *tx) error {
		for _, l := range list {
			if _, err := t.exec(ctx, `insert into lineages (path, class, state, kept) values ($1, $2, $3, $4)
				on conflict (path, class) do update set state = excluded.state, kept = excluded.kept`,
				l.Path, l.Class, l.State, l.Kept.UnixMilli()); err != nil {
				return err
			}
		}
		_, err := t.exec(ctx, "delete from lineages where kept < $1", forget.UnixMilli())
		return err
	})
	if err != nil {
		return s.fail(err, "keeping the versions of %d documents", len(list))
	}
	return nil
}
