package store

import (
	"context"
	"database/sql"
	"errors"
	"strings"

	"warta/feed"
	"warta/feed/ledger"
	"warta/sources"
)

// ledgerRows are the numbers of records that one statement appends: few, so
// that there are few statements to prepare.
var ledgerRows = [...]int{16, 4, 1}

// record appends to the ledger, as part of a transaction. Whoever appends
// holds the row of the last number until the transaction ends, so the chain has
// one end.
func (t *tx) record(ctx context.Context, list []ledger.Record) error {
	if len(list) == 0 {
		return nil
	}
	last, seal, err := t.ledgerEnd(ctx, len(list))
	if err != nil {
		return err
	}
	args := make([]any, 0, 4*len(list))
	for i := range list {
		r := &list[i]
		r.N = last + 1 + int64(i)
		b, err := ledger.Encode(r)
		if err != nil {
			return err
		}
		seal = seal.Next(b)
		args = append(args, r.N, r.Entry, string(b), seal.String())
	}
	for _, n := range ledgerRows {
		for ; len(args) >= 4*n; args = args[4*n:] {
			if _, err := t.exec(ctx, insertLedger(n), args[:4*n]...); err != nil {
				return err
			}
		}
	}
	return nil
}

// ledgerEnd reserves room for n records and returns the end of the chain
// before them. Where the last record was taken out, the chain begins anew:
// that is found when it is verified, and must not stop the work.
func (t *tx) ledgerEnd(ctx context.Context, n int) (last int64, seal ledger.Seal, err error) {
	st, err := t.stmt(ctx, "update counters set value = value + $1 where name = 'ledger' returning value")
	if err != nil {
		return 0, seal, err
	}
	if err := st.QueryRowContext(ctx, n).Scan(&last); err != nil {
		return 0, seal, err
	}
	if last -= int64(n); last == 0 {
		return last, seal, nil
	}
	if st, err = t.stmt(ctx, "select seal from ledger where n = $1"); err != nil {
		return 0, seal, err
	}
	var text string
	err = st.QueryRowContext(ctx, last).Scan(&text)
	if err != nil && !errors.Is(err, sql.ErrNoRows) {
		return 0, seal, err
	}
	if seal, err = ledger.ParseSeal(text); err != nil {
		return last, ledger.Seal{}, nil
	}
	return last, seal, nil
}

func insertLedger(n int) string {
	var b strings.Builder
	b.WriteString("insert into ledger (n, entry, record, seal) values ")
	for i := range n {
		if i > 0 {
			b.WriteByte(',')
		}
		b.WriteString("(" + placeholders(4*i+1, 4) + ")")
	}
	return b.String()
}

// revisionRecord tells of a state of an entry that was stored.
func revisionRecord(e *feed.Entry, r *row, revision int, at string) ledger.Record {
	rec := ledger.Record{
		At: at, Kind: ledger.Revision, Entry: r.id, Source: ledger.Words(r.source), Revision: revision,
		Digest: ledger.Digest(r.title, r.meta, r.summary, r.content), Notice: noticeRecord(e.OwnNotice()),
	}
	if revision == 1 {
		rec.OriginalID = ledger.Words(r.originalID)
	}
	rec.Evidence = evidenceRecord(e.Evidence)
	return rec
}

// pageRecord tells of what was found on an entry's article page.
func pageRecord(c *feed.PageChange, at string) ledger.Record {
	return ledger.Record{At: at, Kind: ledger.Page, Entry: c.Page.Key, Source: ledger.Words(c.Page.Source),
		Evidence: evidenceRecord(c.Found.Evidence), Notice: noticeRecord(c.Found.Notice)}
}

func evidenceRecord(list []sources.Evidence) []ledger.Evidence {
	if len(list) == 0 {
		return nil
	}
	out := make([]ledger.Evidence, len(list))
	for i := range list {
		ev := &list[i]
		out[i] = ledger.Evidence{Hash: ledger.HashWords(ev.Text), Kind: ledger.Words(string(ev.Kind)), Value: ledger.Words(ev.Value), Where: ledger.Words(ev.Where)}
	}
	return out
}

func noticeRecord(n *feed.Notice) *ledger.Notice {
	if n == nil {
		return nil
	}
	return &ledger.Notice{By: ledger.Words(n.By), Kind: string(n.Kind), Reason: ledger.Words(n.Reason), When: ledger.Time(n.When)}
}

// Ledger calls each for the records after number n, of all or of one entry,
// in their order, until it returns an error.
func (s *Store) Ledger(ctx context.Context, n int64, entry string, each func(ledger.Line) error) error {
	query, args := "select n, entry, record, seal from ledger where n > $1 order by n", []any{n}
	if entry != "" {
		query, args = "select n, entry, record, seal from ledger where n > $1 and entry = $2 order by n", []any{n, entry}
	}
	var failed error
	err := s.each(ctx, func(rows *sql.Rows) error {
		var l ledger.Line
		if err := rows.Scan(&l.N, &l.Entry, &l.Record, &l.Seal); err != nil {
			return err
		}
		failed = each(l)
		return failed
	}, query, args...)
	if err != nil && failed == nil {
		return s.fail(err, "reading the ledger after record %d", n)
	}
	return err
}

// LedgerLength is the number of the last record, as the database remembers it
// apart from the records themselves; 0 before the first.
func (s *Store) LedgerLength(ctx context.Context) (int64, error) {
	var n int64
	if err := s.reader.queryRow(ctx, []any{&n}, "select value from counters where name = 'ledger'"); err != nil {
		return 0, s.fail(err, "reading the length of the ledger")
	}
	return n, nil
}

// LedgerEnd is the last record there is: its number and seal; 0: there is none.
func (s *Store) LedgerEnd(ctx context.Context) (n int64, seal ledger.Seal, err error) {
	var text string
	err = s.reader.queryRow(ctx, []any{&n, &text}, "select n, seal from ledger order by n desc limit 1")
	if errors.Is(err, sql.ErrNoRows) {
		return 0, seal, nil
	}
	if err == nil {
		seal, err = ledger.ParseSeal(text)
	}
	if err != nil {
		return 0, seal, s.fail(err, "reading the end of the ledger")
	}
	return n, seal, nil
}

// Settle makes what was committed outlast a failure of power, which the last
// commits to SQLite may not.
func (s *Store) Settle(ctx context.Context) error {
	if s.dialect.name != "sqlite" {
		return nil
	}
	if _, err := s.writer.db.ExecContext(ctx, "pragma wal_checkpoint(passive)"); err != nil {
		return s.fail(err, "writing the database to disk")
	}
	return nil
}

// Digests calls each with the digest of every stored state of every entry, as
// it stands now, to be compared with the ledger.
func (s *Store) Digests(ctx context.Context, each func(entry string, revision int, digest string) error) error {
	var failed error
	err := s.each(ctx, func(rows *sql.Rows) error {
		var id, title, meta, summary, content string
		var revision int
		if err := rows.Scan(&id, &revision, &title, &meta, &summary, &content); err != nil {
			return err
		}
		failed = each(id, revision, ledger.Digest(title, meta, summary, content))
		return failed
	}, `select entry, revision, title, meta, summary, content from revisions
		union all select id, revision, title, meta, summary, content from entries`)
	if err != nil && failed == nil {
		return s.fail(err, "reading the stored states of the entries")
	}
	return err
}

// told tells what the ledger said last of some things of a kind.
func (t *tx) told(ctx context.Context, kind string, ids []string) (map[string]string, error) {
	found := make(map[string]string, len(ids))
	for len(ids) > 0 {
		args := make([]any, 0, knownBatch)
		for _, id := range ids[:min(len(ids), knownBatch)] {
			args = append(args, id)
		}
		ids = ids[len(args):]
		args = append([]any{kind}, fillUp(args)...)
		st, err := t.stmt(ctx, "select id, state from told where kind = $1 and id in ("+placeholders(2, len(args)-1)+")")
		if err != nil {
			return nil, err
		}
		rows, err := st.QueryContext(ctx, args...)
		if err != nil {
			return nil, err
		}
		for rows.Next() {
			var id, state string
			if err = rows.Scan(&id, &state); err != nil {
				break
			}
			found[id] = state
		}
		if err = errors.Join(err, rows.Err(), rows.Close()); err != nil {
			return nil, err
		}
	}
	return found, nil
}

// tell remembers what the ledger said last of a thing.
func (t *tx) tell(ctx context.Context, kind, id, state string) error {
	_, err := t.exec(ctx, `insert into told (kind, id, state) values ($1, $2, $3)
		on conflict (kind, id) do update set state = excluded.state`, kind, id, state)
	return err
}
