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

// A story waits for those that it corrects for this long: what is older than
// that in an outlet's archive is not read for the first time any more.
const awaitFor = 90 * 24 * time.Hour

// maxAwaited bounds what is kept of one source.
const maxAwaited = 2000

// await keeps what a story says of others that are not stored yet.
func (t *tx) await(ctx context.Context, source string, a *feed.Awaiting, id string, now time.Time) error {
	if a == nil {
		return nil
	}
	if _, err := t.exec(ctx, "delete from awaiting where made < $1", now.Add(-awaitFor).UnixMilli()); err != nil {
		return err
	}
	n, err := t.count(ctx, "select count(*) from awaiting where source = $1", source)
	if err != nil || n >= maxAwaited {
		return err
	}
	notice := a.Notice
	notice.Reason, notice.URL, notice.Quote = clean(notice.Reason), clean(notice.URL), clean(notice.Quote)
	state, err := json.Marshal(&notice)
	if err != nil {
		return fmt.Errorf("encoding what entry %s says of others: %w", id, err)
	}
	for _, key := range a.Keys {
		_, err := t.exec(ctx, `insert into awaiting (source, key, entry, notice, made) values ($1, $2, $3, $4, $5)
			on conflict (source, key, entry) do update set notice = excluded.notice, made = excluded.made`, source, clean(key), id, string(state), now.UnixMilli())
		if err != nil {
			return err
		}
	}
	return nil
}

// Awaited returns, by key, what stories of a source said of one that was not
// stored then.
func (s *Store) Awaited(ctx context.Context, source string, keys []string) (map[string][]feed.Notice, error) {
	found := map[string][]feed.Notice{}
	for len(keys) > 0 {
		args := make([]any, 0, knownBatch)
		for _, k := range keys[:min(len(keys), knownBatch)] {
			args = append(args, clean(k))
		}
		keys = keys[len(args):]
		args = fillUp(args)
		query := "select key, notice from awaiting where key in (" + placeholders(1, len(args)) + ") and source = " + placeholders(len(args)+1, 1) + " order by key, entry"
		err := s.each(ctx, func(rows *sql.Rows) error {
			var (
				key   string
				state sql.RawBytes
				n     feed.Notice
			)
			if err := rows.Scan(&key, &state); err != nil {
				return err
			}
			if err := json.Unmarshal(state, &n); err != nil {
				return errors.Join(err, corruptError("what a story says of others is not what we wrote"))
			}
			found[key] = append(found[key], n)
			return nil
		}, query, append(args, source)...)
		if err != nil {
			return nil, s.fail(err, "looking for what was said of stories of %s before they came", source)
		}
	}
	return found, nil
}

// reply links a story that is stored to the one that it concerns and that came
// later, as a new revision. nil: it is linked already, or gone.
func (t *tx) reply(ctx context.Context, id string, to sources.Reply, seq int64, now time.Time) (*ledger.Record, error) {
	e, err := t.entry(ctx, id)
	if errors.Is(err, feed.ErrNotFound) {
		return nil, nil
	}
	if err != nil {
		return nil, err
	}
	for _, r := range e.InReplyTo {
		if r.Ref == to.Ref || r.Href != "" && r.Href == to.Href && to.Ref == "" {
			return nil, nil
		}
	}
	if _, err := t.exec(ctx, "delete from awaiting where entry = $1 and source = $2", id, e.Source); err != nil {
		return nil, err
	}
	if _, err := t.exec(ctx, keepState, id); err != nil {
		return nil, err
	}
	own := e
	own.InReplyTo = append(e.InReplyTo[:len(e.InReplyTo):len(e.InReplyTo)], to)
	own.Evidence, own.Notice = feed.OfFeed(e.Evidence), e.OwnNotice()
	meta, err := encodeMeta(&own)
	if err != nil {
		return nil, err
	}
	if _, err := t.exec(ctx, "update entries set revision = revision + 1, changed = $2, seq = $3, meta = $4 where id = $1", id, now.UnixMilli(), seq, string(meta)); err != nil {
		return nil, err
	}
	st, err := t.stmt(ctx, "select title, summary, content from entries where id = $1")
	if err != nil {
		return nil, err
	}
	r := row{id: id, source: e.Source, meta: meta}
	if err := st.QueryRowContext(ctx, id).Scan(&r.title, &r.summary, &r.content); err != nil {
		return nil, err
	}
	rec := revisionRecord(&own, &r, e.Revision+1, ledger.Time(now))
	return &rec, nil
}
