package store

import (
	"context"
	"database/sql"
	"encoding/json"
	"errors"
	"fmt"
	"strings"
	"time"

	"warta/feed"
	"warta/feed/ledger"
)

// Guards returns what is known of some sources; one that is not known is
// absent.
func (s *Store) Guards(ctx context.Context, ids []string) (map[string]feed.Guard, error) {
	found := make(map[string]feed.Guard, len(ids))
	for len(ids) > 0 {
		args := make([]any, 0, knownBatch)
		for _, id := range ids[:min(len(ids), knownBatch)] {
			args = append(args, id)
		}
		ids = ids[len(args):]
		args = fillUp(args)
		err := s.each(ctx, func(rows *sql.Rows) error {
			g, err := scanGuard(rows)
			found[g.Source] = g
			return err
		}, "select source, profile, quarantine from guards where source in ("+placeholders(1, len(args))+")", args...)
		if err != nil {
			return nil, s.fail(err, "recalling what sources are like")
		}
	}
	return found, nil
}

func scanGuard(rows *sql.Rows) (g feed.Guard, err error) {
	var profile, quarantine sql.RawBytes
	if err := rows.Scan(&g.Source, &profile, &quarantine); err != nil {
		return g, err
	}
	if len(profile) > 0 {
		g.Profile = new(feed.Profile)
		err = json.Unmarshal(profile, g.Profile)
	}
	if len(quarantine) > 0 {
		g.Quarantine = new(feed.Quarantine)
		err = errors.Join(err, json.Unmarshal(quarantine, g.Quarantine))
		g.Read = string(quarantine)
	}
	if err != nil {
		return g, errors.Join(err, corruptError("what is known of a source is not what we wrote"))
	}
	return g, nil
}

// Quarantines lists the sources that do not look like themselves, with how
// many stories of each wait.
func (s *Store) Quarantines(ctx context.Context) ([]feed.Quarantine, error) {
	var list []feed.Quarantine
	err := s.each(ctx, func(rows *sql.Rows) error {
		g, err := scanGuard(rows)
		if err != nil {
			return err
		}
		list = append(list, *g.Quarantine)
		return nil
	}, "select source, '', quarantine from guards where quarantine <> '' order by source")
	if err != nil {
		return nil, s.fail(err, "listing the sources in quarantine")
	}
	for i := range list {
		if err := s.reader.queryRow(ctx, []any{&list[i].Waiting}, "select count(*) from waiting where source = $1", list[i].Source); err != nil {
			return nil, s.fail(err, "counting what waits of %s", list[i].Source)
		}
	}
	return list, nil
}

const saveGuard = `insert into guards (source, profile, quarantine) values ($1, $2, $3)
	on conflict (source) do update set profile = excluded.profile, quarantine = excluded.quarantine`

// A story that waits already keeps its place and when it was first seen.
const saveWaiting = `insert into waiting (source, entry, n, first_seen, draft)
	values ($1, $2, (select coalesce(max(n), 0) + 1 from waiting where source = $1), $3, $4)
	on conflict (source, entry) do update set draft = excluded.draft`

// maxWaiting bounds what is kept of one source; a flood is told by less. What
// comes beyond is counted and read again from the feed after a release.
const maxWaiting = 20000

// waitingDraft is a draft as it waits.
type waitingDraft struct {
	OriginalID, URLKey, Digest, Title, Summary, Content string
	Changed                                             time.Time
	Meta                                                json.RawMessage

	Happened []feed.Notice    `json:",omitempty"`
	Amends   []feed.Amendment `json:",omitempty"`
	Awaits   *feed.Awaiting   `json:",omitempty"`
}

// SaveGuards stores what is known of sources, with what waits in their
// quarantine, and records where one begins or ends. feed.ErrConflict: an editor
// decided about one since its guard was read.
func (s *Store) SaveGuards(ctx context.Context, guards []feed.Guard, waiting []feed.Draft) error {
	drafts := make([]string, len(waiting))
	for i := range waiting {
		b, err := encodeWaiting(&waiting[i])
		if err != nil {
			return fmt.Errorf("keeping entry %q of %s apart: %w", waiting[i].OriginalID, waiting[i].Source, err)
		}
		drafts[i] = b
	}
	err := s.write(ctx, func(t *tx) error {
		for i := range guards {
			if err := t.retract(ctx, &guards[i]); err != nil {
				return err
			}
		}
		unkept, err := t.keepApart(ctx, waiting, drafts, maxWaiting)
		if err != nil {
			return err
		}
		var records []ledger.Record
		for i := range guards {
			g := guards[i]
			if n := unkept[g.Source]; n > 0 && g.Quarantine != nil {
				q := *g.Quarantine
				q.Unkept += n
				g.Quarantine = &q
			}
			rec, err := t.saveGuard(ctx, &g)
			if err != nil {
				return err
			}
			records = append(records, rec...)
		}
		for i := range records {
			records[i].At = ledger.Time(s.now())
		}
		return t.record(ctx, records)
	})
	if err != nil {
		return s.fail(err, "keeping what %d sources are like", len(guards))
	}
	return nil
}

// keepApart stores the drafts that wait, and counts by source those that are
// too many, more than most. One that waits already is always brought up to date.
func (t *tx) keepApart(ctx context.Context, waiting []feed.Draft, drafts []string, most int) (unkept map[string]int, err error) {
	unkept = map[string]int{}
	kept := map[string]int{}
	for i := range waiting {
		d := &waiting[i]
		if _, known := kept[d.Source]; !known {
			if kept[d.Source], err = t.count(ctx, "select count(*) from waiting where source = $1", d.Source); err != nil {
				return nil, err
			}
		}
		if kept[d.Source] >= most {
			n, err := t.count(ctx, "select count(*) from waiting where source = $1 and entry = $2", d.Source, d.ID)
			if err != nil {
				return nil, err
			}
			if n == 0 {
				unkept[d.Source]++
				continue
			}
		}
		if _, err := t.exec(ctx, saveWaiting, clean(d.Source), d.ID, d.FirstSeen.UnixMilli(), drafts[i]); err != nil {
			return nil, err
		}
		kept[d.Source]++ // at most: one that waited already is counted twice
	}
	return unkept, nil
}

// retract refuses a guard that was overtaken, and takes out of what waits of
// its source what was taken back.
func (t *tx) retract(ctx context.Context, g *feed.Guard) error {
	st, err := t.stmt(ctx, "select quarantine from guards where source = $1")
	if err != nil {
		return err
	}
	var state string
	if err := st.QueryRowContext(ctx, g.Source).Scan(&state); err != nil && !errors.Is(err, sql.ErrNoRows) {
		return err
	}
	if state != g.Read {
		return fmt.Errorf("an editor has decided about %s meanwhile: %w", g.Source, feed.ErrConflict)
	}
	for _, id := range g.Retracted {
		if _, err := t.exec(ctx, "delete from waiting where source = $1 and entry = $2", g.Source, id); err != nil {
			return err
		}
	}
	return nil
}

func (t *tx) count(ctx context.Context, query string, args ...any) (n int, err error) {
	st, err := t.stmt(ctx, query)
	if err != nil {
		return 0, err
	}
	err = st.QueryRowContext(ctx, args...).Scan(&n)
	return n, err
}

// saveGuard stores one guard and returns what is to be recorded of it.
func (t *tx) saveGuard(ctx context.Context, g *feed.Guard) ([]ledger.Record, error) {
	before, err := t.quarantine(ctx, g.Source)
	if err != nil {
		return nil, err
	}
	if q := g.Quarantine; q != nil && q.Some {
		// Where all was taken back there is nothing left to decide.
		if n, err := t.count(ctx, "select count(*) from waiting where source = $1", g.Source); err != nil {
			return nil, err
		} else if n == 0 {
			g.Quarantine = nil
		}
	}
	var profile, quarantine string
	for _, v := range []struct {
		to    *string
		value any
		is    bool
	}{{&profile, g.Profile, g.Profile != nil}, {&quarantine, g.Quarantine, g.Quarantine != nil}} {
		if v.is {
			b, err := json.Marshal(v.value)
			if err != nil {
				return nil, fmt.Errorf("encoding what %s is like: %w", g.Source, err)
			}
			*v.to = clean(string(b))
		}
	}
	if _, err := t.exec(ctx, saveGuard, g.Source, profile, quarantine); err != nil {
		return nil, err
	}
	rec := ledger.Record{Kind: ledger.Quarantine, Source: ledger.Words(g.Source)}
	switch {
	case len(g.Changed) > 0:
		var list []ledger.Record
		for _, c := range g.Changed {
			rec.State, rec.Note = "renamed", ledger.Words(c.Text.EN)
			if c.Kind == feed.SignHost {
				rec.State = "moved"
			}
			list = append(list, rec)
		}
		// What waited was saved with what the visit brought.
		_, err = t.exec(ctx, "delete from waiting where source = $1", g.Source)
		return list, err
	case g.Quarantine != nil && (before == nil || len(before.Signs) != len(g.Quarantine.Signs) || before.Passing != g.Quarantine.Passing || before.Some != g.Quarantine.Some):
		rec.State, rec.Note = "held", ledger.Words(strings.Join(g.Quarantine.Reasons("en"), "; "))
		if g.Quarantine.Passing {
			rec.State = "empty"
		} else if g.Quarantine.Some {
			rec.State = "held in part"
		}
		return []ledger.Record{rec}, nil
	case g.Quarantine == nil && before != nil:
		rec.State = "ended"
		if !before.Passing { // the operator gave it another address
			_, err = t.exec(ctx, "delete from waiting where source = $1", g.Source)
		}
		return []ledger.Record{rec}, err
	}
	return nil, nil
}

func (t *tx) quarantine(ctx context.Context, source string) (*feed.Quarantine, error) {
	st, err := t.stmt(ctx, "select quarantine from guards where source = $1")
	if err != nil {
		return nil, err
	}
	var state string
	err = st.QueryRowContext(ctx, source).Scan(&state)
	if errors.Is(err, sql.ErrNoRows) || err == nil && state == "" {
		return nil, nil
	}
	if err != nil {
		return nil, err
	}
	q := new(feed.Quarantine)
	return q, json.Unmarshal([]byte(state), q)
}

func encodeWaiting(d *feed.Draft) (string, error) {
	meta, err := encodeMeta(&d.Entry)
	if err != nil {
		return "", err
	}
	b, err := json.Marshal(&waitingDraft{clean(d.OriginalID), clean(d.URLKey), d.Digest, clean(d.Title), clean(d.Summary.Value), clean(d.Content.Value), d.Changed, json.RawMessage(meta), d.Happened, d.Amends, d.Awaits})
	return string(b), err
}
