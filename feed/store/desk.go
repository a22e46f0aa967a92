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
	"warta/sources/normalize"
)

// byOperator says in a Notice that the editors here did it.
const byOperator = "operator"

// keepState keeps what an entry is before the desk changes it.
const keepState = `insert into revisions (entry, revision, changed, digest, title, meta, summary, content)
	select id, revision, changed, digest, title, meta, summary, content from entries where id = $1`

// Withdraw withdraws an entry in the operator's name: from now on it carries a
// Notice with the reason, as a new revision, whatever its source sends later.
// feed.ErrConflict: it is withdrawn already; feed.ErrNotFound: there is none.
func (s *Store) Withdraw(ctx context.Context, id, reason, by string) error {
	err := s.desk(ctx, id, "withdrawing", true, func(t *tx, d *feed.Desk, _ *feed.Entry, now time.Time) (ledger.Record, error) {
		if d.Withdrawn != nil {
			return ledger.Record{}, fmt.Errorf("it was withdrawn on %s already: %w", d.Withdrawn.When.Format(time.DateOnly), feed.ErrConflict)
		}
		d.Withdrawn = &feed.Notice{Kind: feed.Withdrawal, When: now, Reason: clean(reason), By: byOperator}
		d.WithdrawnBy = clean(by)
		if err := t.markWithdrawn(ctx, id, anyHome); err != nil {
			return ledger.Record{}, err
		}
		return ledger.Record{Kind: ledger.Withdrawn, By: ledger.Words(by), Notice: noticeRecord(d.Withdrawn)}, nil
	})
	if err != nil {
		return err
	}
	return s.holdCopies(ctx, true)
}

// Restore undoes Withdraw: the entry stands again as its source sent it last.
// Where the source itself withdrew it, that is lifted, on the operator's word.
// feed.ErrConflict: it is not withdrawn.
func (s *Store) Restore(ctx context.Context, id, reason, by string) error {
	return s.desk(ctx, id, "restoring", true, func(t *tx, d *feed.Desk, e *feed.Entry, now time.Time) (ledger.Record, error) {
		rec := ledger.Record{Kind: ledger.Restored, By: ledger.Words(by), Note: ledger.Words(reason)}
		if d.Withdrawn != nil {
			beneath := e.Desk.Beneath
			d.Withdrawn, d.WithdrawnBy = nil, ""
			if beneath != nil && beneath.Kind == feed.Withdrawal {
				return rec, nil
			}
			if _, err := t.exec(ctx, "delete from withdrawals where entry = $1", id); err != nil {
				return rec, err
			}
			return rec, errors.Join(t.visitAgain(ctx, id, now), t.freeCopies(ctx, id, now))
		}
		if e.Notice == nil || e.Notice.Kind != feed.Withdrawal {
			return rec, fmt.Errorf("it is not withdrawn: %w", feed.ErrConflict)
		}
		digest, err := t.lift(ctx, e)
		if err != nil {
			return rec, err
		}
		rec.Digest = digest
		return rec, errors.Join(t.visitAgain(ctx, id, now), t.freeCopies(ctx, id, now))
	})
}

// Judge keeps an editor's verdict about an entry, in place of an earlier one.
// A release holds for the evidence that the entry has now.
func (s *Store) Judge(ctx context.Context, id string, verdict feed.Verdict, note, by string) error {
	return s.desk(ctx, id, "judging", false, func(_ *tx, d *feed.Desk, e *feed.Entry, now time.Time) (ledger.Record, error) {
		d.Verdict, d.Note, d.By, d.At, d.Over = verdict, clean(note), clean(by), now, ""
		if verdict == feed.Released {
			d.Over = feed.EvidenceDigest(e.Evidence)
		}
		return ledger.Record{Kind: ledger.Desk, By: ledger.Words(by), Note: ledger.Words(note), Verdict: string(verdict), Over: d.Over}, nil
	})
}

// desk changes what the desk says of an entry, numbers the change so that what
// is published follows, and records it, in one transaction. What readers see
// of the story's later life, a withdrawal or its end, is a new revision.
func (s *Store) desk(ctx context.Context, id, doing string, revise bool, change func(*tx, *feed.Desk, *feed.Entry, time.Time) (ledger.Record, error)) error {
	err := s.write(ctx, func(t *tx) error {
		seq, err := t.nextSeq(ctx)
		if err != nil {
			return err
		}
		e, err := t.entry(ctx, id)
		if err != nil {
			return err
		}
		d := feed.Desk{}
		if e.Desk != nil {
			d = *e.Desk
		}
		now := s.now().UTC().Truncate(time.Millisecond)
		rec, err := change(t, &d, &e, now)
		if err != nil {
			return err
		}
		state, err := json.Marshal(d)
		if err != nil {
			return fmt.Errorf("encoding the desk's words: %w", err)
		}
		if _, err := t.exec(ctx, "insert into desk (entry, state) values ($1, $2) on conflict (entry) do update set state = excluded.state", id, string(state)); err != nil {
			return err
		}
		rec.At, rec.Entry, rec.Source, rec.Revision = ledger.Time(now), id, ledger.Words(e.Source), e.Revision
		if revise {
			rec.Revision++
			if _, err := t.exec(ctx, keepState, id); err != nil {
				return err
			}
			if _, err := t.exec(ctx, "update entries set revision = revision + 1, changed = $2 where id = $1", id, now.UnixMilli()); err != nil {
				return err
			}
		}
		if _, err := t.exec(ctx, "update entries set seq = $2 where id = $1", id, seq); err != nil {
			return err
		}
		return t.record(ctx, []ledger.Record{rec})
	})
	if err != nil {
		return s.fail(err, "%s entry %s", doing, id)
	}
	return nil
}

// nextSeq numbers a change. It locks the number until the transaction ends.
func (t *tx) nextSeq(ctx context.Context) (seq int64, err error) {
	st, err := t.stmt(ctx, "update counters set value = value + 1 where name = 'seq' returning value")
	if err != nil {
		return 0, err
	}
	err = st.QueryRowContext(ctx).Scan(&seq)
	return seq, err
}

// entry reads an entry as the transaction sees it.
func (t *tx) entry(ctx context.Context, id string) (feed.Entry, error) {
	st, err := t.stmt(ctx, "select "+columns+" from entries e"+withDesk+"where e.id = $1")
	if err != nil {
		return feed.Entry{}, err
	}
	rows, err := st.QueryContext(ctx, id)
	if err != nil {
		return feed.Entry{}, err
	}
	list, err := scanEntries(rows, 1)
	if err != nil {
		return feed.Entry{}, err
	}
	if len(list) == 0 {
		return feed.Entry{}, feed.ErrNotFound
	}
	return list[0], nil
}

// overlay puts what the desk said onto an entry that was read.
func overlay(e *feed.Entry, state []byte) error {
	if len(state) == 0 {
		return nil
	}
	e.Desk = new(feed.Desk)
	if err := json.Unmarshal(state, e.Desk); err != nil {
		return err
	}
	if e.Desk.Withdrawn != nil {
		e.Desk.Beneath, e.Notice = e.Notice, e.Desk.Withdrawn
	}
	return nil
}

// Find returns the ids of the entries that something may name: our id or how it
// begins, the id its source gave it, or the address of its page.
func (s *Store) Find(ctx context.Context, what string) ([]string, error) {
	if _, err := s.Entry(ctx, what); err == nil {
		return []string{what}, nil
	}
	list, err := s.entrySources(ctx)
	if err != nil {
		return nil, err
	}
	var ids []string
	for _, source := range list {
		known, err := s.Known(ctx, source, []string{what}, []string{normalize.Key(what)})
		if err != nil {
			return nil, err
		}
		for i := range known {
			ids = append(ids, known[i].ID)
		}
	}
	if len(ids) == 0 && feed.BeginsID(what) {
		return s.beginning(ctx, what)
	}
	return ids, nil
}

// mostBeginning is how many ids that begin alike are told of.
const mostBeginning = 5

// beginning lists the entries whose ids begin as said.
func (s *Store) beginning(ctx context.Context, what string) ([]string, error) {
	var ids []string
	err := s.each(ctx, func(rows *sql.Rows) error {
		var id string
		if err := rows.Scan(&id); err != nil {
			return err
		}
		ids = append(ids, id)
		return nil
	}, "select id from entries where substr(id, 1, $1) = $2 order by id limit $3", len(what), what, mostBeginning)
	if err != nil {
		return nil, s.fail(err, "looking for entries whose id begins with %s", what)
	}
	return ids, nil
}

// entrySources lists the sources that have entries, those too that are no
// longer configured, by skipping through the index.
func (s *Store) entrySources(ctx context.Context) ([]string, error) {
	var list []string
	err := s.each(ctx, func(rows *sql.Rows) error {
		var id string
		if err := rows.Scan(&id); err != nil {
			return err
		}
		list = append(list, id)
		return nil
	}, `with recursive s (id) as (select min(source) from entries
		union all select (select min(e.source) from entries e where e.source > s.id) from s where s.id is not null)
		select id from s where id is not null`)
	if err != nil {
		return nil, s.fail(err, "listing the sources that have entries")
	}
	return list, nil
}

// Terms calls each for the entries of a source, or of all where source is
// empty, newest first, without their texts: what deciding about them needs.
func (s *Store) Terms(ctx context.Context, source string, each func(*feed.Entry) error) error {
	query, args := "select "+terms+" from entries e"+withDesk+"order by e.place desc, e.id", []any(nil)
	if source != "" {
		query, args = "select "+terms+" from entries e"+withDesk+"where e.source = $1 order by e.place desc, e.id", []any{source}
	}
	rows, err := s.reader.query(ctx, query, args...)
	if err != nil {
		return s.fail(err, "reading what is said of the entries")
	}
	defer rows.Close()
	var r entryRow
	for rows.Next() {
		var e feed.Entry
		if err := r.scan(rows, &e); err != nil {
			return s.fail(err, "reading what is said of the entries")
		}
		if err := each(&e); err != nil {
			return err
		}
	}
	if err := rows.Err(); err != nil {
		return s.fail(err, "reading what is said of the entries")
	}
	return nil
}

// terms are columns without the texts.
const terms = "e.id, e.source, e.original_id, e.revision, e.seq, e.first_seen, e.changed, e.title, e.meta, '', '', e.page, e.later, e.day_place, e.known_as, d.state"
