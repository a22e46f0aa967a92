package store

import (
	"context"
	"database/sql"
	"encoding/json"
	"errors"
	"fmt"
	"slices"
	"time"

	"warta/feed"
	"warta/feed/ledger"
	"warta/sources"
)

// mergeLater adds to an entry what happened to it later. A withdrawal among it
// stays, whatever the feed brings.
func mergeLater(b []byte, e *feed.Entry) error {
	if len(b) == 0 {
		return nil
	}
	if err := json.Unmarshal(b, &e.Later); err != nil {
		return err
	}
	if n := feed.Foremost(e.Later); n != nil && (e.Notice == nil || n.Kind == feed.Withdrawal && e.Notice.Kind != feed.Withdrawal) {
		e.Notice = n
	}
	return nil
}

// later keeps what a draft that was stored says of the later life of its own
// story, as part of the same transaction.
func (t *tx) later(ctx context.Context, d *feed.Draft, id string, now time.Time) error {
	happened := d.Happened
	if n := d.Notice; n != nil && n.Kind == feed.Withdrawal && d.OwnNotice() == n {
		happened = append(happened[:len(happened):len(happened)], *n)
	}
	if _, err := t.happened(ctx, id, happened, d.Home); err != nil {
		return err
	}
	if err := t.await(ctx, d.Source, d.Awaits, id, now); err != nil {
		return err
	}
	if d.Drop != nil {
		state, err := json.Marshal(d.Drop)
		if err != nil {
			return err
		}
		if _, err := t.exec(ctx, "insert into desk (entry, state) values ($1, $2) on conflict (entry) do nothing", id, string(state)); err != nil {
			return err
		}
	}
	return nil
}

// amendAll gives entries the notices that the drafts bring to them.
func (t *tx) amendAll(ctx context.Context, drafts []feed.Draft, seq int64, now time.Time) ([]ledger.Record, error) {
	var records []ledger.Record
	for i := range drafts {
		more, err := t.amendEach(ctx, drafts[i].Amends, drafts[i].Home, seq+int64(len(records)), now)
		if err != nil {
			return nil, err
		}
		records = append(records, more...)
	}
	return records, nil
}

// amendEach gives entries the notices that one story brings to them, and the
// story its links to them.
func (t *tx) amendEach(ctx context.Context, list []feed.Amendment, home string, seq int64, now time.Time) ([]ledger.Record, error) {
	var records []ledger.Record
	for i := range list {
		a := &list[i]
		rec, err := t.amend(ctx, a, home, seq+int64(len(records))+1, now)
		if err != nil {
			return nil, err
		}
		if rec != nil {
			records = append(records, *rec)
		}
		if a.Reply == nil {
			continue
		}
		if rec, err = t.reply(ctx, a.Notice.Entry, *a.Reply, seq+int64(len(records))+1, now); err != nil {
			return nil, err
		}
		if rec != nil {
			records = append(records, *rec)
		}
	}
	return records, nil
}

// amend gives an entry a notice that another story brings, as a new revision.
// nil: it has it already, or there is no such entry.
func (t *tx) amend(ctx context.Context, a *feed.Amendment, home string, seq int64, now time.Time) (*ledger.Record, error) {
	e, err := t.entry(ctx, a.Entry)
	if errors.Is(err, feed.ErrNotFound) {
		return nil, nil
	}
	if err != nil {
		return nil, err
	}
	for _, n := range e.Later {
		if n.Kind == a.Notice.Kind && n.Entry == a.Notice.Entry {
			return nil, nil
		}
	}
	return t.notice(ctx, &e, &a.Notice, home, seq, now)
}

// notice gives an entry a notice, as a new revision. nil: it has it already.
func (t *tx) notice(ctx context.Context, e *feed.Entry, n *feed.Notice, home string, seq int64, now time.Time) (*ledger.Record, error) {
	if changed, err := t.happened(ctx, e.ID, []feed.Notice{*n}, home); err != nil || !changed {
		return nil, err
	}
	if _, err := t.exec(ctx, keepState, e.ID); err != nil {
		return nil, err
	}
	if _, err := t.exec(ctx, "update entries set revision = revision + 1, changed = $2, seq = $3 where id = $1", e.ID, now.UnixMilli(), seq); err != nil {
		return nil, err
	}
	return &ledger.Record{At: ledger.Time(now), Kind: ledger.Noticed, Entry: e.ID, Source: ledger.Words(e.Source), Revision: e.Revision + 1, Notice: noticeRecord(n)}, nil
}

// happened adds notices to an entry's later life. Of updates only the newest
// is kept, of withdrawals the first. home is the domain for which whoever says
// it can speak.
func (t *tx) happened(ctx context.Context, id string, notices []feed.Notice, home string) (bool, error) {
	if len(notices) == 0 {
		return false, nil
	}
	st, err := t.stmt(ctx, "select later from entries where id = $1")
	if err != nil {
		return false, err
	}
	var state string
	if err := st.QueryRowContext(ctx, id).Scan(&state); err != nil {
		return false, err
	}
	var list []feed.Notice
	if state != "" {
		if err := json.Unmarshal([]byte(state), &list); err != nil {
			return false, errors.Join(err, corruptError("the later column of an entry is not what we wrote"))
		}
	}
	changed, gone := false, false
	for _, n := range list {
		gone = gone || n.Kind == feed.Withdrawal
	}
	for _, n := range notices {
		n.Reason, n.URL, n.Quote = clean(n.Reason), clean(n.URL), clean(n.Quote)
		switch {
		case n.Kind == feed.Withdrawal && gone, n.Note != "" && slices.ContainsFunc(list, func(l feed.Notice) bool { return l.Kind == n.Kind && l.Note == n.Note }):
			continue
		case n.Kind == feed.Update:
			list = withoutUpdates(list)
		}
		gone = gone || n.Kind == feed.Withdrawal
		list, changed = append(list, n), true
	}
	if !changed {
		return false, nil
	}
	b, err := json.Marshal(list)
	if err != nil {
		return false, fmt.Errorf("encoding what happened to entry %s: %w", id, err)
	}
	if _, err := t.exec(ctx, "update entries set later = $2 where id = $1", id, string(b)); err != nil {
		return false, err
	}
	if gone {
		return true, t.markWithdrawn(ctx, id, home)
	}
	return true, nil
}

func withoutUpdates(list []feed.Notice) []feed.Notice {
	out := list[:0]
	for _, n := range list {
		if n.Kind != feed.Update {
			out = append(out, n)
		}
	}
	return out
}

// markWithdrawn remembers that an entry was withdrawn, for telling that a
// story is it although its id changed, and on whose word, for its copies.
func (t *tx) markWithdrawn(ctx context.Context, id, home string) error {
	t.withdrew = t.withdrew || home != ""
	_, err := t.exec(ctx, `insert into withdrawals (source, entry, url_key, home, looked)
		select source, id, url_key, cast($2 as text), case when cast($2 as text) = '' then 1 else 0 end from entries where id = $1
		on conflict (source, entry) do update set home = excluded.home, looked = excluded.looked where withdrawals.home = ''`, id, home)
	return err
}

// withdrawnOf tells which entries of a source were withdrawn.
func (s *Store) withdrawnOf(ctx context.Context, source string) (map[string]bool, error) {
	var found map[string]bool
	err := s.each(ctx, func(rows *sql.Rows) error {
		var id string
		if err := rows.Scan(&id); err != nil {
			return err
		}
		if found == nil {
			found = make(map[string]bool)
		}
		found[id] = true
		return nil
	}, "select entry from withdrawals where source = $1", source)
	return found, err
}

// KnownTitles returns the entries of a source that have one of some headlines,
// letter by letter.
func (s *Store) KnownTitles(ctx context.Context, source string, titles []string) ([]feed.Known, error) {
	var found []feed.Known
	for _, title := range titles {
		err := s.each(ctx, func(rows *sql.Rows) error {
			var k feed.Known
			var published sql.NullInt64
			err := rows.Scan(&k.ID, &k.OriginalID, &k.URLKey, &k.Title, &k.Digest, &k.Revision, &published)
			if published.Valid {
				k.Published = fromMilli(published.Int64)
			}
			found = append(found, k)
			return err
		}, "select id, original_id, url_key, title, digest, revision, published from entries where source = $1 and title = $2 order by id limit 3", source, clean(title))
		if err != nil {
			return nil, s.fail(err, "looking for a headline of %s", source)
		}
	}
	return found, nil
}

// lift takes back that the source withdrew an entry, on the operator's word,
// and returns the digest of its state if that had to change.
func (t *tx) lift(ctx context.Context, e *feed.Entry) (digest string, err error) {
	kept := make([]feed.Notice, 0, len(e.Later))
	for _, n := range e.Later {
		if n.Kind != feed.Withdrawal {
			kept = append(kept, n)
		}
	}
	var found feed.PageFinding
	own := e.Evidence[:0:0]
	said := false
	for _, ev := range e.Evidence {
		switch {
		case ev.Kind == sources.Withdrawn:
			said = said || !ev.OfPage
		case ev.OfPage:
			ev.OfPage = false
			found.Evidence = append(found.Evidence, ev)
		default:
			own = append(own, ev)
		}
	}
	later, page := "", ""
	if len(kept) > 0 {
		if later, err = encoded(kept); err != nil {
			return "", err
		}
	}
	if len(found.Evidence) > 0 {
		if page, err = encoded(&found); err != nil {
			return "", err
		}
	}
	if _, err := t.exec(ctx, "update entries set later = $2, page = $3 where id = $1", e.ID, later, page); err != nil {
		return "", err
	}
	if _, err := t.exec(ctx, "delete from withdrawals where entry = $1", e.ID); err != nil {
		return "", err
	}
	if n := e.OwnNotice(); !said && (n == nil || n.Kind != feed.Withdrawal) {
		return "", nil
	}
	bare := *e
	bare.Evidence, bare.Notice, bare.Later, bare.Desk = own, nil, nil, nil
	meta, err := encodeMeta(&bare)
	if err != nil {
		return "", err
	}
	_, err = t.exec(ctx, "update entries set meta = $2 where id = $1", e.ID, meta)
	return ledger.Digest(e.Title, meta, e.Summary.Value, e.Content.Value), err
}

func encoded(v any) (string, error) {
	b, err := json.Marshal(v)
	return clean(string(b)), err
}
