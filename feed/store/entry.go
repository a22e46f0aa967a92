package store

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"time"

	"warta/feed"
	"warta/feed/ledger"
)

const insertEntry = `insert into entries
	(id, source, original_id, url_key, digest, revision, seq, published, first_seen, changed, place, title, meta, summary, content, day_place)
	values ($1, $2, $3, $4, $5, 1, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15)
	on conflict (id) do nothing`

const keepRevision = `insert into revisions (entry, revision, changed, digest, title, meta, summary, content)
	select id, revision, changed, digest, title, meta, summary, content from entries where id = $1 and digest <> $2`

const updateEntry = `update entries set url_key = $2, digest = $3, revision = revision + 1, seq = $4, published = $5,
	changed = $6, place = $7, title = $8, meta = $9, summary = $10, content = $11 where id = $1 returning revision`

// Save stores new and changed entries in one transaction, each with what it
// was before as a revision, and numbers the changes in the order given. A
// draft whose digest is the stored one changes nothing, so saving the same
// twice is harmless.
func (s *Store) Save(ctx context.Context, drafts []feed.Draft) error {
	if len(drafts) == 0 {
		return nil
	}
	rows := make([]row, len(drafts))
	for i := range drafts {
		if err := rows[i].fill(&drafts[i], s.now); err != nil {
			return fmt.Errorf("storing entry %q of %s: %w", drafts[i].OriginalID, drafts[i].Source, err)
		}
	}
	withdrew := false
	err := s.write(ctx, func(t *tx) error {
		defer func() { withdrew = t.withdrew }()
		var last int64
		// Locks the row, so that another process numbers after us.
		if err := t.QueryRowContext(ctx, "update counters set value = value where name = 'seq' returning value").Scan(&last); err != nil {
			return err
		}
		seq := last
		records := make([]ledger.Record, 0, len(rows))
		at := ledger.Time(s.now())
		if err := t.reached(ctx, drafts, s.now()); err != nil {
			return err
		}
		if err := t.copied(ctx, drafts, s.now()); err != nil {
			return err
		}
		days := dayCounts{zone: s.zone}
		for i := range rows {
			nth, err := days.next(ctx, t, &rows[i])
			if err != nil {
				return err
			}
			revision, err := t.saveEntry(ctx, &rows[i], seq+1, nth)
			if err != nil {
				return err
			}
			if revision == 1 {
				days.took(&rows[i])
				if err := t.tellApart(ctx, &rows[i], &drafts[i].Entry); err != nil {
					return err
				}
			}
			if revision > 0 {
				seq++
				records = append(records, revisionRecord(&drafts[i].Entry, &rows[i], revision, at))
				if err := t.later(ctx, &drafts[i], rows[i].id, s.now()); err != nil {
					return err
				}
			}
		}
		amended, err := t.amendAll(ctx, drafts, seq, s.now())
		if err != nil {
			return err
		}
		seq += int64(len(amended))
		records = append(records, amended...)
		if seq == last {
			return nil
		}
		if err := days.keep(ctx, t); err != nil {
			return err
		}
		if err := t.record(ctx, records); err != nil {
			return err
		}
		_, err = t.exec(ctx, "update counters set value = $1 where name = 'seq'", seq)
		return err
	})
	if err != nil {
		return s.fail(err, "storing %d entries", len(drafts))
	}
	return s.holdCopies(ctx, withdrew)
}

// saveEntry returns the number of the revision that it stored; 0: the entry is
// unchanged.
func (t *tx) saveEntry(ctx context.Context, r *row, seq, dayPlace int64) (revision int, err error) {
	n, err := t.exec(ctx, insertEntry, r.id, r.source, r.originalID, r.urlKey, r.digest, seq, r.published, r.firstSeen,
		r.changed, r.place, r.title, r.meta, r.summary, r.content, dayPlace)
	if err != nil || n > 0 {
		return int(n), err
	}
	if n, err = t.exec(ctx, keepRevision, r.id, r.digest); err != nil || n == 0 {
		return 0, err
	}
	st, err := t.stmt(ctx, updateEntry)
	if err != nil {
		return 0, err
	}
	err = st.QueryRowContext(ctx, r.id, r.urlKey, r.digest, seq, r.published, r.changed, r.place, r.title, r.meta, r.summary, r.content).Scan(&revision)
	return revision, err
}

const columns = "e.id, e.source, e.original_id, e.revision, e.seq, e.first_seen, e.changed, e.title, e.meta, e.summary, e.content, e.page, e.later, e.day_place, e.known_as, d.state"

// withDesk joins to the entries what the desk said of them.
const withDesk = " left join desk d on d.entry = e.id "

// Entry returns an entry as it stands; feed.ErrNotFound if there is none.
func (s *Store) Entry(ctx context.Context, id string) (feed.Entry, error) {
	list, err := s.entries(ctx, 1, "select "+columns+" from entries e"+withDesk+"where e.id = $1", id)
	if err != nil {
		return feed.Entry{}, s.fail(err, "reading entry %s", id)
	}
	if len(list) == 0 {
		return feed.Entry{}, fmt.Errorf("reading entry %s: %w", id, feed.ErrNotFound)
	}
	return list[0], nil
}

// ChangedSince returns entries that changed after the change numbered seq, in
// the order of their changes.
func (s *Store) ChangedSince(ctx context.Context, seq int64, limit int) ([]feed.Entry, error) {
	list, err := s.entries(ctx, limit, "select "+columns+" from entries e"+withDesk+"where e.seq > $1 order by e.seq limit $2", seq, limit)
	if err != nil {
		return nil, s.fail(err, "reading what changed since %d", seq)
	}
	return list, nil
}

// SourceEntries returns the newest entries of one source, newest first.
func (s *Store) SourceEntries(ctx context.Context, source string, limit int) ([]feed.Entry, error) {
	list, err := s.entries(ctx, limit, `select `+columns+` from
		(select id from entries where source = $1 order by place desc, id limit $2) newest join entries e on newest.id = e.id`+withDesk+`
		order by e.place desc, e.id`, source, limit)
	if err != nil {
		return nil, s.fail(err, "reading the entries of %s", source)
	}
	return list, nil
}

// LastSeq is the number of the newest change; 0 before the first.
func (s *Store) LastSeq(ctx context.Context) (int64, error) {
	var seq int64
	err := s.reader.queryRow(ctx, []any{&seq}, "select value from counters where name = 'seq'")
	if err != nil {
		return 0, s.fail(err, "reading the number of the last change")
	}
	return seq, nil
}

// Revisions returns every state an entry was in, the first one first and the
// present one last; feed.ErrNotFound if there is no such entry.
func (s *Store) Revisions(ctx context.Context, id string) ([]feed.Entry, error) {
	now, err := s.Entry(ctx, id)
	if err != nil {
		return nil, err
	}
	list, err := s.entries(ctx, now.Revision, `select e.id, e.source, e.original_id, r.revision, e.seq, e.first_seen, r.changed, r.title, r.meta,
		r.summary, r.content, '', '', e.day_place, e.known_as, null from revisions r join entries e on e.id = r.entry where r.entry = $1 and r.revision < $2 order by r.revision`, id, now.Revision)
	if err != nil {
		return nil, s.fail(err, "reading the revisions of entry %s", id)
	}
	return append(list, now), nil
}

// entries runs a query for columns.
func (s *Store) entries(ctx context.Context, sizeHint int, query string, args ...any) ([]feed.Entry, error) {
	rows, err := s.reader.query(ctx, query, args...)
	if err != nil {
		return nil, err
	}
	return scanEntries(rows, sizeHint)
}

// scanEntries reads columns to the end and closes the rows.
func scanEntries(rows *sql.Rows, sizeHint int) ([]feed.Entry, error) {
	defer rows.Close()
	list := make([]feed.Entry, 0, min(max(sizeHint, 0), 512))
	var r entryRow
	for rows.Next() {
		list = append(list, feed.Entry{})
		if err := r.scan(rows, &list[len(list)-1]); err != nil {
			return nil, err
		}
	}
	return list, rows.Err()
}

// entryRow reads one row of columns after another.
type entryRow struct{ meta, page, later, desk sql.RawBytes }

func (r *entryRow) scan(rows *sql.Rows, e *feed.Entry) error {
	var firstSeen, changed int64
	if err := rows.Scan(&e.ID, &e.Source, &e.OriginalID, &e.Revision, &e.Seq, &firstSeen, &changed, &e.Title, &r.meta,
		&e.Summary.Value, &e.Content.Value, &r.page, &r.later, &e.DayPlace, &e.KnownAs, &r.desk); err != nil {
		return err
	}
	e.FirstSeen, e.Changed = fromMilli(firstSeen), fromMilli(changed)
	err := decodeMeta(r.meta, e)
	if err == nil {
		err = mergePage(r.page, e)
	}
	if err == nil {
		err = mergeLater(r.later, e)
	}
	if err == nil {
		err = overlay(e, r.desk)
	}
	if err != nil {
		return fmt.Errorf("entry %s is not readable: %w", e.ID, errors.Join(err, corruptError("its meta, page, later or desk column is not what we wrote")))
	}
	return nil
}

func fromMilli(ms int64) time.Time { return time.UnixMilli(ms).UTC() }
