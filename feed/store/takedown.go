package store

import (
	"context"
	"database/sql"
	"encoding/json"
	"errors"
	"fmt"
	"time"

	"warta/feed"
	"warta/feed/ledger"
)

// The most requests that wait, and that come in a day: what floods the list
// hides what stands in it.
const (
	mostOpen   = 500
	mostPerDay = 200
)

// FileTakedown keeps an owner's request. feed.ErrUnavailable: too many came.
func (s *Store) FileTakedown(ctx context.Context, t feed.Takedown) error {
	for _, v := range [...]*string{&t.Name, &t.Contact, &t.Standing, &t.What, &t.Reason} {
		*v = clean(*v)
	}
	b, err := json.Marshal(&t)
	if err != nil {
		return fmt.Errorf("encoding a request: %w", err)
	}
	err = s.write(ctx, func(x *tx) error {
		var open, lately int
		if err := x.QueryRowContext(ctx, "select count(*) from takedowns where status = 'open'").Scan(&open); err != nil {
			return err
		}
		st, err := x.stmt(ctx, "select count(*) from takedowns where created > $1")
		if err != nil {
			return err
		}
		if err := st.QueryRowContext(ctx, t.At.Add(-24*time.Hour).UnixMilli()).Scan(&lately); err != nil {
			return err
		}
		if open >= mostOpen || lately >= mostPerDay {
			return feed.ErrUnavailable
		}
		if _, err := x.exec(ctx, "insert into takedowns (id, created, status, state) values ($1, $2, $3, $4)", t.ID, t.At.UnixMilli(), string(t.Status), string(b)); err != nil {
			return err
		}
		// Who asked stands in the request alone, which may be deleted one day.
		return x.record(ctx, []ledger.Record{{At: ledger.Time(s.now()), Kind: ledger.Takedown, State: "filed", Note: ledger.Words(t.ID)}})
	})
	if err != nil {
		return s.fail(err, "keeping a request for a takedown")
	}
	return nil
}

// Takedowns lists the requests, newest first; of one status, or all where that
// is empty.
func (s *Store) Takedowns(ctx context.Context, status feed.TakedownStatus) ([]feed.Takedown, error) {
	query, args := "select state from takedowns order by created desc, id", []any(nil)
	if status != "" {
		query, args = "select state from takedowns where status = $1 order by created desc, id", []any{string(status)}
	}
	var list []feed.Takedown
	err := s.each(ctx, func(rows *sql.Rows) error {
		var state sql.RawBytes
		if err := rows.Scan(&state); err != nil {
			return err
		}
		var t feed.Takedown
		if err := json.Unmarshal(state, &t); err != nil {
			return errors.Join(err, corruptError("a request for a takedown is not what we wrote"))
		}
		list = append(list, t)
		return nil
	}, query, args...)
	if err != nil {
		return nil, s.fail(err, "reading the requests for takedowns")
	}
	return list, nil
}

// DecideTakedown keeps what was decided about a request. From then on, nothing
// new that an accepted one reaches is shown; what is published already is for
// the caller to withdraw. feed.ErrConflict: it was decided otherwise.
func (s *Store) DecideTakedown(ctx context.Context, t feed.Takedown) error {
	b, err := json.Marshal(&t)
	if err != nil {
		return fmt.Errorf("encoding a request: %w", err)
	}
	err = s.write(ctx, func(x *tx) error {
		n, err := x.exec(ctx, "update takedowns set status = $2, state = $3 where id = $1 and (status = 'open' or status = $2)", t.ID, string(t.Status), clean(string(b)))
		if err == nil && n == 0 {
			err = fmt.Errorf("it was decided already: %w", feed.ErrConflict)
		}
		if err != nil {
			return err
		}
		note := t.ID + ": " + t.Note
		if t.Status == feed.TakedownAccepted {
			note = t.ID + ", " + t.Match.String() + ": " + t.Note
		}
		return x.record(ctx, []ledger.Record{{At: ledger.Time(s.now()), Kind: ledger.Takedown, State: string(t.Status), Source: ledger.Words(t.Match.Source), Note: ledger.Words(note), By: ledger.Words(t.By)}})
	})
	if err != nil {
		return s.fail(err, "deciding about %s", t.ID)
	}
	return nil
}

// UndoTakedown takes back that a request was accepted; what it reached is for
// the caller to bring back. Twice is once. feed.ErrConflict: it was not accepted.
func (s *Store) UndoTakedown(ctx context.Context, id, note, by string) error {
	err := s.write(ctx, func(x *tx) error {
		st, err := x.stmt(ctx, "select state from takedowns where id = $1")
		if err != nil {
			return err
		}
		var state string
		if err := st.QueryRowContext(ctx, id).Scan(&state); err != nil {
			return err
		}
		var t feed.Takedown
		if err := json.Unmarshal([]byte(state), &t); err != nil {
			return errors.Join(err, corruptError("a request for a takedown is not what we wrote"))
		}
		switch t.Status {
		case feed.TakedownUndone:
			return nil
		case feed.TakedownAccepted:
		default:
			return fmt.Errorf("it was not accepted, it is %s: %w", t.Status, feed.ErrConflict)
		}
		t.Status, t.Note, t.By, t.Decided = feed.TakedownUndone, clean(note), clean(by), s.now().UTC().Truncate(time.Millisecond)
		b, err := json.Marshal(&t)
		if err != nil {
			return fmt.Errorf("encoding a request: %w", err)
		}
		if _, err := x.exec(ctx, "update takedowns set status = $2, state = $3 where id = $1", id, string(t.Status), clean(string(b))); err != nil {
			return err
		}
		return x.record(ctx, []ledger.Record{{At: ledger.Time(s.now()), Kind: ledger.Takedown, State: string(t.Status), Source: ledger.Words(t.Match.Source), Note: ledger.Words(t.ID + ": " + note), By: ledger.Words(by)}})
	})
	if err != nil {
		return s.fail(err, "undoing %s", id)
	}
	return nil
}

// reached marks the drafts that an accepted request reaches: nothing of them is
// ever shown.
func (x *tx) reached(ctx context.Context, drafts []feed.Draft, now time.Time) error {
	st, err := x.stmt(ctx, "select state from takedowns where status = 'accepted' order by created")
	if err != nil {
		return err
	}
	rows, err := st.QueryContext(ctx)
	if err != nil {
		return err
	}
	defer rows.Close()
	for rows.Next() {
		var state string
		var t feed.Takedown
		if err := rows.Scan(&state); err != nil {
			return err
		}
		if err := json.Unmarshal([]byte(state), &t); err != nil {
			return errors.Join(err, corruptError("a request for a takedown is not what we wrote"))
		}
		for i := range drafts {
			d := &drafts[i]
			if d.Drop == nil && t.Match.Reaches(d.Source, feed.EntryID(d.Source, d.OriginalID), d.Attribution.URL) {
				by := "takedown " + t.ID
				d.Drop = &feed.Desk{Verdict: feed.Dropped, Note: by, By: by, At: now.UTC().Truncate(time.Millisecond)}
			}
		}
	}
	return rows.Err()
}
