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
	"warta/sources"
)

// The list of pages is made late and in bulk: what is new waits there for an
// hour in any case, and a refresh that brings nothing pays nothing.
const (
	enrolBatch = 5000
	// longestWait is how long a page can be of interest after its story was
	// first read.
	longestWait = 31 * 24 * time.Hour
)

const enrolPages = `insert into pages (entry, source, due, visited, suspect, state)
	select id, source, first_seen + $3 + (seq % 64) * 10000, 0, 0, '' from entries
	where seq > $1 and seq <= $2 and first_seen >= $4 on conflict (entry) do nothing`

// EnrolPages puts the pages of entries that are new since the last call on the
// list of those to be visited, each with a first visit some time after it was
// first seen and a little that differs from one to the next. While the oldest
// such entry has not waited for a while it does nothing yet.
func (s *Store) EnrolPages(ctx context.Context, now time.Time, wait, first time.Duration) error {
	var oldest sql.NullInt64
	err := s.reader.queryRow(ctx, []any{&oldest}, `select (select e.changed from entries e
		where e.seq > (select c.value from counters c where c.name = 'pages') order by e.seq limit 1)`)
	if err != nil {
		return s.fail(err, "looking for pages to visit")
	}
	// What changed in the future was written before the clock went back.
	if !oldest.Valid || oldest.Int64 > now.Add(-wait).UnixMilli() && oldest.Int64 <= now.Add(time.Hour).UnixMilli() {
		return nil
	}
	err = s.write(ctx, func(t *tx) error {
		for {
			var from, last int64
			if err := t.QueryRowContext(ctx, "update counters set value = value where name = 'pages' returning value").Scan(&from); err != nil {
				return err
			}
			if err := t.QueryRowContext(ctx, "select value from counters where name = 'seq'").Scan(&last); err != nil {
				return err
			}
			to := min(last, from+enrolBatch)
			if _, err := t.exec(ctx, enrolPages, from, to, first.Milliseconds(), now.Add(-longestWait).UnixMilli()); err != nil {
				return err
			}
			if _, err := t.exec(ctx, "update counters set value = $1 where name = 'pages'", to); err != nil {
				return err
			}
			if to == last {
				return nil
			}
		}
	})
	if err != nil {
		return s.fail(err, "listing pages to visit")
	}
	return nil
}

// DuePageSources tells which sources have a page that is due.
func (s *Store) DuePageSources(ctx context.Context, now time.Time) (map[string]bool, error) {
	due := make(map[string]bool)
	err := s.each(ctx, func(rows *sql.Rows) error {
		var id string
		if err := rows.Scan(&id); err != nil {
			return err
		}
		due[id] = true
		return nil
	}, "select distinct source from pages where due <= $1", now.UnixMilli())
	if err != nil {
		return nil, s.fail(err, "looking for pages that are due")
	}
	return due, nil
}

// DuePages returns pages of some sources that are due, those that wait longest
// first: each with its key, its source and its state.
func (s *Store) DuePages(ctx context.Context, ids []string, now time.Time, limit int) ([]sources.Page, error) {
	if len(ids) == 0 {
		return nil, nil
	}
	args := make([]any, 0, len(ids)+8)
	for _, id := range ids {
		args = append(args, id)
	}
	args = append(fillUp(args), now.UnixMilli(), limit)
	n := len(args)
	var list []sources.Page
	err := s.each(ctx, func(rows *sql.Rows) error {
		var (
			p     sources.Page
			state sql.RawBytes
		)
		if err := rows.Scan(&p.Key, &p.Source, &state); err != nil {
			return err
		}
		if len(state) > 0 {
			if err := json.Unmarshal(state, &p.State); err != nil {
				return errors.Join(err, corruptError("the state of a page is not what we wrote"))
			}
		}
		list = append(list, p)
		return nil
	}, fmt.Sprintf("select entry, source, state from pages where source in (%s) and due <= $%d order by due, entry limit $%d", placeholders(1, n-2), n-1, n), args...)
	if err != nil {
		return nil, s.fail(err, "reading the pages that are due")
	}
	return list, nil
}

// NextPage is when the first page of some sources is due; zero: none is.
func (s *Store) NextPage(ctx context.Context, ids []string) (time.Time, error) {
	if len(ids) == 0 {
		return time.Time{}, nil
	}
	args := make([]any, 0, len(ids)+8)
	for _, id := range ids {
		args = append(args, id)
	}
	args = fillUp(args)
	var due sql.NullInt64
	err := s.reader.queryRow(ctx, []any{&due}, "select min(due) from pages where source in ("+placeholders(1, len(args))+")", args...)
	if err != nil {
		return time.Time{}, s.fail(err, "reading when a page is due")
	}
	if !due.Valid {
		return time.Time{}, nil
	}
	return fromMilli(due.Int64), nil
}

// SuspectPages counts the pages of a source that answered since a time, and
// those of them that look withdrawn.
func (s *Store) SuspectPages(ctx context.Context, source string, since time.Time) (answered, suspect int, err error) {
	err = s.reader.queryRow(ctx, []any{&answered, &suspect},
		"select count(*), coalesce(sum(suspect), 0) from pages where source = $1 and visited >= $2", source, max(since.UnixMilli(), 1))
	if err != nil {
		return 0, 0, s.fail(err, "counting the pages of %s", source)
	}
	return answered, suspect, nil
}

const savePage = `insert into pages (entry, source, due, visited, suspect, state) values ($1, $2, $3, $4, $5, $6)
	on conflict (entry) do update set due = excluded.due, visited = excluded.visited, suspect = excluded.suspect, state = excluded.state`

// A withdrawal is a revision of the entry; other evidence is none.
const (
	keepPresent = `insert into revisions (entry, revision, changed, digest, title, meta, summary, content)
	select id, revision, changed, digest, title, meta, summary, content from entries where id = $1 and page <> $2`
	withdrawEntry = "update entries set page = $2, seq = $3, revision = revision + 1, changed = $4 where id = $1"
	foundOnPage   = "update entries set page = $2, seq = $3 where id = $1 and page <> $2"
)

// SavePages stores what visits to pages brought: all of it or nothing. An
// entry of whose page something new was found is numbered as changed, so that
// what may be shown of it is decided again.
func (s *Store) SavePages(ctx context.Context, changes []feed.PageChange) error {
	if len(changes) == 0 {
		return nil
	}
	states, found := make([]string, len(changes)), make([]string, len(changes))
	for i := range changes {
		c := &changes[i]
		b, err := json.Marshal(&c.Page.State)
		if err == nil && c.Found != nil && (len(c.Found.Evidence) > 0 || c.Found.Notice != nil) {
			var f []byte
			f, err = json.Marshal(c.Found)
			found[i] = clean(string(f))
		}
		if err != nil {
			return fmt.Errorf("remembering the page of entry %s: encoding it: %w", c.Page.Key, err)
		}
		states[i] = clean(string(b))
	}
	withdrew := false
	err := s.write(ctx, func(t *tx) error {
		defer func() { withdrew = t.withdrew }()
		var last int64
		if err := t.QueryRowContext(ctx, "update counters set value = value where name = 'seq' returning value").Scan(&last); err != nil {
			return err
		}
		seq := last
		var records []ledger.Record
		for i := range changes {
			changed, err := t.savePage(ctx, &changes[i], states[i], found[i], seq+1)
			if err != nil {
				return err
			}
			if changed {
				seq++
				records = append(records, pageRecord(&changes[i], ledger.Time(s.now())))
			}
			more, err := t.pageTells(ctx, &changes[i], seq, s.now())
			if err != nil {
				return err
			}
			seq += int64(len(more))
			records = append(records, more...)
		}
		if seq == last {
			return nil
		}
		if err := t.record(ctx, records); err != nil {
			return err
		}
		_, err := t.exec(ctx, "update counters set value = $1 where name = 'seq'", seq)
		return err
	})
	if err != nil {
		return s.fail(err, "remembering %d pages", len(changes))
	}
	return s.holdCopies(ctx, withdrew)
}

// pageTells stores what a page says of the later life of its story, and what
// the story does to others.
func (t *tx) pageTells(ctx context.Context, c *feed.PageChange, seq int64, now time.Time) ([]ledger.Record, error) {
	if len(c.Happened)+len(c.Amends) == 0 && c.Awaits == nil {
		return nil, nil
	}
	var records []ledger.Record
	for i := range c.Happened {
		e, err := t.entry(ctx, c.Page.Key)
		if errors.Is(err, feed.ErrNotFound) {
			return nil, nil
		}
		if err != nil {
			return nil, err
		}
		rec, err := t.notice(ctx, &e, &c.Happened[i], "", seq+int64(len(records))+1, now)
		if err != nil {
			return nil, err
		}
		if rec != nil {
			records = append(records, *rec)
		}
	}
	more, err := t.amendEach(ctx, c.Amends, "", seq+int64(len(records)), now)
	if err != nil {
		return nil, err
	}
	return append(records, more...), t.await(ctx, c.Page.Source, c.Awaits, c.Page.Key, now)
}

// savePage reports whether the entry changed.
func (t *tx) savePage(ctx context.Context, c *feed.PageChange, state, found string, seq int64) (bool, error) {
	st := &c.Page.State
	due := sql.NullInt64{Int64: st.Next.UnixMilli(), Valid: !st.Next.IsZero()}
	suspect := 0
	if st.Suspicion != sources.Unsuspected {
		suspect = 1
	}
	if _, err := t.exec(ctx, savePage, c.Page.Key, clean(c.Page.Source), due, toMilli(st.Answered), suspect, state); err != nil || c.Found == nil {
		return false, err
	}
	if c.Found.Notice == nil {
		n, err := t.exec(ctx, foundOnPage, c.Page.Key, found, seq)
		return n > 0, err
	}
	if n, err := t.exec(ctx, keepPresent, c.Page.Key, found); err != nil || n == 0 {
		return false, err
	}
	if _, err := t.exec(ctx, withdrawEntry, c.Page.Key, found, seq, c.Found.Notice.When.UnixMilli()); err != nil {
		return false, err
	}
	err := t.markWithdrawn(ctx, c.Page.Key, anyHome)
	return err == nil, err
}

// visitAgain puts the page of a story that is shown again back on the list, as
// one that is new to readers. What the page was suspected of is pardoned: it
// was overruled, and shall not withdraw the story again.
func (t *tx) visitAgain(ctx context.Context, id string, now time.Time) error {
	st, err := t.stmt(ctx, "select state from pages where entry = $1")
	if err != nil {
		return err
	}
	var (
		state string
		page  sources.PageState
	)
	switch err := st.QueryRowContext(ctx, id).Scan(&state); {
	case errors.Is(err, sql.ErrNoRows):
		return nil
	case err != nil:
		return err
	}
	if state != "" {
		if err := json.Unmarshal([]byte(state), &page); err != nil {
			return errors.Join(err, corruptError("the state of a page is not what we wrote"))
		}
	}
	page.Pardoned, page.Restored, page.Next = page.Suspicion, now, now.Add(soonAgain)
	page.Suspicion, page.Times, page.Since, page.Failures = sources.Unsuspected, 0, time.Time{}, 0
	b, err := encoded(&page)
	if err != nil {
		return err
	}
	_, err = t.exec(ctx, "update pages set due = $2, suspect = 0, state = $3 where entry = $1", id, page.Next.UnixMilli(), b)
	return err
}

// soonAgain is how long after a story is shown again its page is visited.
const soonAgain = time.Hour

// mergePage adds to an entry what its article page said. A withdrawal found
// there stays, whatever the feed brings later.
func mergePage(b []byte, e *feed.Entry) error {
	if len(b) == 0 {
		return nil
	}
	var f feed.PageFinding
	if err := json.Unmarshal(b, &f); err != nil {
		return err
	}
	for _, ev := range f.Evidence {
		ev.OfPage = true
		e.Evidence = append(e.Evidence, ev)
	}
	if f.Notice != nil && (e.Notice == nil || e.Notice.Kind != feed.Withdrawal) {
		e.Notice = f.Notice
	}
	return nil
}

// HostFile is what a host said under an address agreed on for it, and when it
// was asked; the zero time: never.
func (s *Store) HostFile(ctx context.Context, host string) (body string, fetched time.Time, err error) {
	var ms int64
	err = s.reader.queryRow(ctx, []any{&body, &ms}, "select body, fetched from host_files where host = $1", host)
	switch {
	case errors.Is(err, sql.ErrNoRows):
		return "", time.Time{}, nil
	case err != nil:
		return "", time.Time{}, s.fail(err, "reading what %s said", host)
	}
	return body, fromMilli(ms), nil
}

// KeepHostFile stores what a host said.
func (s *Store) KeepHostFile(ctx context.Context, host, body string, fetched time.Time) error {
	err := s.write(ctx, func(t *tx) error {
		_, err := t.exec(ctx, `insert into host_files (host, fetched, body) values ($1, $2, $3)
			on conflict (host) do update set fetched = excluded.fetched, body = excluded.body`, clean(host), fetched.UnixMilli(), clean(body))
		return err
	})
	if err != nil {
		return s.fail(err, "remembering what %s said", host)
	}
	return nil
}
