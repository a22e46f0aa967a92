package store

import (
	"context"
	"database/sql"
	"errors"
	"fmt"

	"warta/feed"
)

// KeepTerms keeps the settings that decide what is shown and returns their
// number: the same for the same digest.
func (s *Store) KeepTerms(ctx context.Context, digest string, settings []byte) (id int64, err error) {
	err = s.write(ctx, func(t *tx) error {
		err := t.QueryRowContext(ctx, "select id from terms where digest = $1", digest).Scan(&id)
		if !errors.Is(err, sql.ErrNoRows) {
			return err
		}
		if err := t.QueryRowContext(ctx, "select coalesce(max(id), 0) + 1 from terms").Scan(&id); err != nil {
			return err
		}
		_, err = t.exec(ctx, "insert into terms (id, digest, settings) values ($1, $2, $3)", id, digest, string(settings))
		return err
	})
	if err != nil {
		return 0, s.fail(err, "keeping the settings in force")
	}
	return id, nil
}

// KeptTerms returns settings by their number; feed.ErrNotFound where it was never
// given.
func (s *Store) KeptTerms(ctx context.Context, id int64) ([]byte, error) {
	var settings []byte
	err := s.each(ctx, func(rows *sql.Rows) error {
		var text string
		if err := rows.Scan(&text); err != nil {
			return err
		}
		settings = []byte(text)
		return nil
	}, "select settings from terms where id = $1", id)
	if err != nil {
		return nil, s.fail(err, "reading settings %d", id)
	}
	if settings == nil {
		return nil, fmt.Errorf("reading settings %d: %w", id, feed.ErrNotFound)
	}
	return settings, nil
}
