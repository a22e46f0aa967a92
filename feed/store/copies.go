package store

import (
	"context"
	"database/sql"
	"encoding/json"
	"strings"
	"time"

	"warta/feed"
	"warta/feed/ledger"
)

// A copy of a withdrawn story is one of another source that names the very page
// of that story as its home. Whoever was served it should be told as well, but
// no source may silence another: so a copy counts only where the story was
// withdrawn by a source of the page's own domain, by the page itself or by the
// operator, and is held for a person to look at, not withdrawn.

// anyHome is the word of those who speak for any story: its page, the operator.
const anyHome = "*"

// speaksFor reports whether the word of a domain counts for a page.
func speaksFor(home, urlKey string) bool {
	host, path, _ := strings.Cut(urlKey, "/")
	if path == "" || home == "" {
		return false // a site's home page is the home of many stories
	}
	if i := strings.LastIndexByte(host, ':'); i > strings.LastIndexByte(host, ']') {
		host = host[:i]
	}
	return home == anyHome || host == home || strings.HasSuffix(host, "."+home)
}

// withdrawal is a story that was withdrawn.
type withdrawal struct{ source, entry, urlKey, home string }

// copyMark says in whose name a copy is held.
func (w *withdrawal) copyMark() string { return copyMark(w.entry) }

func copyMark(entry string) string { return "copy of " + entry }

func (w *withdrawal) hold(now time.Time) feed.Desk {
	return feed.Desk{
		Verdict: feed.Held, By: w.copyMark(), At: now.UTC().Truncate(time.Millisecond),
		Note: "its home is the page of entry " + w.entry + " of " + w.source + ", which was withdrawn",
	}
}

// withdrawals reads those that a condition chooses.
func (t *tx) withdrawals(ctx context.Context, where string, args ...any) ([]withdrawal, error) {
	var list []withdrawal
	err := t.rows(ctx, func(rows *sql.Rows) error {
		var w withdrawal
		err := rows.Scan(&w.source, &w.entry, &w.urlKey, &w.home)
		if err == nil && speaksFor(w.home, w.urlKey) {
			list = append(list, w)
		}
		return err
	}, "select source, entry, url_key, home from withdrawals where "+where, args...)
	return list, err
}

// copied holds the drafts that are copies of withdrawn stories, before anybody
// is shown them.
func (t *tx) copied(ctx context.Context, drafts []feed.Draft, now time.Time) error {
	const atOnce = 64
	for len(drafts) > 0 {
		some := drafts[:min(len(drafts), atOnce)]
		drafts = drafts[len(some):]
		args := make([]any, 0, atOnce)
		for i := range some {
			if k := clean(some[i].URLKey); k != "" {
				args = append(args, k)
			}
		}
		if len(args) == 0 {
			continue
		}
		args = fillUp(args)
		list, err := t.withdrawals(ctx, "url_key in ("+placeholders(1, len(args))+")", args...)
		if err != nil {
			return err
		}
		for _, w := range list {
			for i := range some {
				if d := &some[i]; d.Drop == nil && d.Source != w.source && d.URLKey == w.urlKey {
					held := w.hold(now)
					d.Drop = &held
				}
			}
		}
	}
	return nil
}

// holdCopies holds the copies that are stored of stories withdrawn since it was
// called last, also where that was interrupted. What an editor decided about
// one stands.
func (s *Store) holdCopies(ctx context.Context, withdrew bool) error {
	if !withdrew {
		return nil
	}
	err := s.write(ctx, func(t *tx) error {
		list, err := t.withdrawals(ctx, "looked = 0")
		if err != nil {
			return err
		}
		if _, err := t.exec(ctx, "update withdrawals set looked = 1 where looked = 0"); err != nil || len(list) == 0 {
			return err
		}
		of := make(map[string]*withdrawal, len(list))
		for i := range list {
			of[list[i].urlKey] = &list[i]
		}
		copies, err := t.copiesOf(ctx, of)
		if err != nil {
			return err
		}
		now := s.now()
		for id, w := range copies {
			if err := t.holdCopy(ctx, id, w, now); err != nil {
				return err
			}
		}
		return nil
	})
	if err != nil {
		return s.fail(err, "holding the copies of what was withdrawn")
	}
	return nil
}

// copiesOf finds the entries of other sources at some pages, in one pass over
// an index.
func (t *tx) copiesOf(ctx context.Context, of map[string]*withdrawal) (map[string]*withdrawal, error) {
	type place struct{ source, urlKey string }
	var places []place
	err := t.rows(ctx, func(rows *sql.Rows) error {
		var p place
		if err := rows.Scan(&p.source, &p.urlKey); err != nil {
			return err
		}
		if w := of[p.urlKey]; w != nil && w.source != p.source {
			places = append(places, p)
		}
		return nil
	}, "select source, url_key from entries")
	if err != nil {
		return nil, err
	}
	found := make(map[string]*withdrawal)
	for _, p := range places {
		err := t.rows(ctx, func(rows *sql.Rows) error {
			var id string
			err := rows.Scan(&id)
			found[id] = of[p.urlKey]
			return err
		}, `select e.id from entries e left join desk d on d.entry = e.id where e.source = $1 and e.url_key = $2 and d.entry is null`, p.source, p.urlKey)
		if err != nil {
			return nil, err
		}
	}
	return found, nil
}

func (t *tx) holdCopy(ctx context.Context, id string, w *withdrawal, now time.Time) error {
	held := w.hold(now)
	state, err := json.Marshal(&held)
	if err != nil {
		return err
	}
	seq, err := t.nextSeq(ctx)
	if err != nil {
		return err
	}
	if _, err := t.exec(ctx, "insert into desk (entry, state) values ($1, $2) on conflict (entry) do nothing", id, string(state)); err != nil {
		return err
	}
	return t.deskMoves(ctx, id, seq, held.Note, held.By, feed.Held, now)
}

// deskMoves numbers an entry whose verdict changed, and records it.
func (t *tx) deskMoves(ctx context.Context, id string, seq int64, note, by string, verdict feed.Verdict, now time.Time) error {
	e, err := t.entry(ctx, id)
	if err != nil {
		return err
	}
	if _, err := t.exec(ctx, "update entries set seq = $2 where id = $1", id, seq); err != nil {
		return err
	}
	return t.record(ctx, []ledger.Record{{At: ledger.Time(now), Kind: ledger.Desk, Entry: id, Source: ledger.Words(e.Source), Revision: e.Revision,
		By: ledger.Words(by), Note: ledger.Words(note), Verdict: string(verdict)}})
}

// freeCopies lets out the copies that were held with a story that is shown
// again.
func (t *tx) freeCopies(ctx context.Context, id string, now time.Time) error {
	var held []string
	err := t.rows(ctx, func(rows *sql.Rows) error {
		var entry, state string
		var d feed.Desk
		if err := rows.Scan(&entry, &state); err != nil {
			return err
		}
		if json.Unmarshal([]byte(state), &d) == nil && d.Verdict == feed.Held && d.By == copyMark(id) && d.Withdrawn == nil {
			held = append(held, entry)
		}
		return nil
	}, "select entry, state from desk where state like $1", `%"`+copyMark(id)+`"%`)
	if err != nil {
		return err
	}
	for _, entry := range held {
		seq, err := t.nextSeq(ctx)
		if err != nil {
			return err
		}
		if _, err := t.exec(ctx, "delete from desk where entry = $1", entry); err != nil {
			return err
		}
		if err := t.deskMoves(ctx, entry, seq, "the story it is a copy of is shown again", copyMark(id), "", now); err != nil {
			return err
		}
	}
	return nil
}
