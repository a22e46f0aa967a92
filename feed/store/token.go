package store

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"time"

	"warta/feed"
)

const tokenColumns = "id, partner, label, created, last_used, revoked"

// AddToken keeps a partner's credential: its digest, not the secret.
func (s *Store) AddToken(ctx context.Context, t feed.Token, digest string) error {
	err := s.write(ctx, func(tx *tx) error {
		_, err := tx.exec(ctx, "insert into partner_tokens (id, partner, label, digest, created) values ($1, $2, $3, $4, $5)",
			t.ID, t.Partner, t.Label, digest, toMilli(t.Created))
		return err
	})
	if err != nil {
		return s.fail(err, "keeping a token of partner %s", t.Partner)
	}
	return nil
}

// TokenOf finds the good credential with a digest; feed.ErrNotFound where there
// is none or it was revoked.
func (s *Store) TokenOf(ctx context.Context, digest string) (feed.Token, error) {
	list, err := s.tokens(ctx, "select "+tokenColumns+" from partner_tokens where digest = $1 and revoked is null", digest)
	if err != nil {
		return feed.Token{}, s.fail(err, "looking up a token")
	}
	if len(list) == 0 {
		return feed.Token{}, fmt.Errorf("looking up a token: %w", feed.ErrNotFound)
	}
	return list[0], nil
}

// Tokens lists credentials, of one partner or, where that is empty, of all,
// the oldest first.
func (s *Store) Tokens(ctx context.Context, partner string) ([]feed.Token, error) {
	list, err := s.tokens(ctx, "select "+tokenColumns+" from partner_tokens where $1 = '' or partner = $1 order by partner, created, id", partner)
	if err != nil {
		return nil, s.fail(err, "listing tokens")
	}
	return list, nil
}

// RevokeToken makes a credential good for nothing from now on, and returns it.
// One that was revoked before stays as it is.
func (s *Store) RevokeToken(ctx context.Context, id string, at time.Time) (feed.Token, error) {
	err := s.write(ctx, func(tx *tx) error {
		n, err := tx.exec(ctx, "update partner_tokens set revoked = coalesce(revoked, $1) where id = $2", toMilli(at), id)
		if err == nil && n == 0 {
			err = feed.ErrNotFound
		}
		return err
	})
	if errors.Is(err, feed.ErrNotFound) {
		return feed.Token{}, fmt.Errorf("there is no token %q: %w; warta partner token list names them", id, feed.ErrNotFound)
	}
	if err != nil {
		return feed.Token{}, s.fail(err, "revoking token %s", id)
	}
	list, err := s.tokens(ctx, "select "+tokenColumns+" from partner_tokens where id = $1", id)
	if err != nil || len(list) == 0 {
		return feed.Token{}, s.fail(errors.Join(err, feed.ErrNotFound), "reading token %s", id)
	}
	return list[0], nil
}

// TouchTokens notes when credentials were last used.
func (s *Store) TouchTokens(ctx context.Context, used map[string]time.Time) error {
	err := s.write(ctx, func(tx *tx) error {
		for id, at := range used {
			if _, err := tx.exec(ctx, "update partner_tokens set last_used = $1 where id = $2 and (last_used is null or last_used < $1)", toMilli(at), id); err != nil {
				return err
			}
		}
		return nil
	})
	if err != nil {
		return s.fail(err, "noting the use of %d tokens", len(used))
	}
	return nil
}

func (s *Store) tokens(ctx context.Context, query string, args ...any) ([]feed.Token, error) {
	var list []feed.Token
	err := s.each(ctx, func(rows *sql.Rows) error {
		var t feed.Token
		var created int64
		var used, revoked sql.NullInt64
		if err := rows.Scan(&t.ID, &t.Partner, &t.Label, &created, &used, &revoked); err != nil {
			return err
		}
		t.Created = fromMilli(created)
		if used.Valid {
			t.LastUsed = fromMilli(used.Int64)
		}
		if revoked.Valid {
			t.Revoked = fromMilli(revoked.Int64)
		}
		list = append(list, t)
		return nil
	}, query, args...)
	return list, err
}
