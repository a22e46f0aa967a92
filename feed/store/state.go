package store

import (
	"context"
	"database/sql"
	"encoding/binary"
	"encoding/json"
	"errors"
	"fmt"
	"time"

	"warta/sources"
)

const saveState = `insert into sources (id, next_visit, title, state, fingerprints) values ($1, $2, $3, $4, $5)
	on conflict (id) do update set next_visit = excluded.next_visit, title = excluded.title, state = excluded.state, fingerprints = excluded.fingerprints
	where sources.state <> excluded.state or sources.fingerprints is distinct from excluded.fingerprints`

// Remember stores what is known of sources after a visit: all of them or
// none. What did not change is not written.
func (s *Store) Remember(ctx context.Context, states []sources.State) error {
	if len(states) == 0 {
		return nil
	}
	encoded := make([]string, len(states))
	for i := range states {
		b, err := json.Marshal(withoutFingerprints(&states[i]))
		if err != nil {
			return fmt.Errorf("remembering source %s: encoding its state: %w", states[i].Source, err)
		}
		encoded[i] = string(b)
	}
	err := s.write(ctx, func(t *tx) error {
		for i := range states {
			st := &states[i]
			if _, err := t.exec(ctx, saveState, st.Source, toMilli(st.NextVisit), clean(st.Title), encoded[i], packFingerprints(st.Fingerprints)); err != nil {
				return err
			}
		}
		return nil
	})
	if err != nil {
		return s.fail(err, "remembering %d sources", len(states))
	}
	return nil
}

// Recall returns what is known of some sources; one never visited is absent.
func (s *Store) Recall(ctx context.Context, ids []string) (map[string]sources.State, error) {
	found := make(map[string]sources.State, len(ids))
	for len(ids) > 0 {
		args := make([]any, 0, knownBatch)
		for _, id := range ids[:min(len(ids), knownBatch)] {
			args = append(args, id)
		}
		ids = ids[len(args):]
		args = fillUp(args)
		list, err := s.states(ctx, "select state, fingerprints from sources where id in ("+placeholders(1, len(args))+")", args...)
		if err != nil {
			return nil, s.fail(err, "recalling %d sources", len(args))
		}
		for _, st := range list {
			found[st.Source] = st
		}
	}
	return found, nil
}

// States returns what is known of every source ever visited, by id, without
// fingerprints.
func (s *Store) States(ctx context.Context) ([]sources.State, error) {
	list, err := s.states(ctx, "select state, null from sources order by id")
	if err != nil {
		return nil, s.fail(err, "reading the states of the sources")
	}
	return list, nil
}

// NextVisits tells when every source ever visited is to be visited next, for
// choosing the ones that are due without reading their states.
func (s *Store) NextVisits(ctx context.Context) (map[string]time.Time, error) {
	next := make(map[string]time.Time)
	err := s.each(ctx, func(rows *sql.Rows) error {
		var id string
		var ms int64
		if err := rows.Scan(&id, &ms); err != nil {
			return err
		}
		next[id] = fromMilli(ms)
		return nil
	}, "select id, next_visit from sources")
	if err != nil {
		return nil, s.fail(err, "reading when sources are due")
	}
	return next, nil
}

// FeedTitles returns the title that each source's feed gives itself.
func (s *Store) FeedTitles(ctx context.Context) (map[string]string, error) {
	titles := make(map[string]string)
	err := s.each(ctx, func(rows *sql.Rows) error {
		var id, title string
		if err := rows.Scan(&id, &title); err != nil {
			return err
		}
		titles[id] = title
		return nil
	}, "select id, title from sources")
	if err != nil {
		return nil, s.fail(err, "reading the titles of the feeds")
	}
	return titles, nil
}

func (s *Store) states(ctx context.Context, query string, args ...any) ([]sources.State, error) {
	var list []sources.State
	err := s.each(ctx, func(rows *sql.Rows) error {
		var state, fingerprints sql.RawBytes
		if err := rows.Scan(&state, &fingerprints); err != nil {
			return err
		}
		var st sources.State
		if err := json.Unmarshal(state, &st); err != nil {
			return errors.Join(err, corruptError("the state of a source is not what we wrote"))
		}
		st.Fingerprints = unpackFingerprints(fingerprints)
		list = append(list, st)
		return nil
	}, query, args...)
	return list, err
}

func withoutFingerprints(st *sources.State) *sources.State {
	c := *st
	c.Fingerprints = nil
	return &c
}

func packFingerprints(list []sources.Fingerprint) []byte {
	if len(list) == 0 {
		return nil
	}
	b := make([]byte, 0, 8*len(list))
	for _, f := range list {
		b = binary.BigEndian.AppendUint64(b, uint64(f))
	}
	return b
}

func unpackFingerprints(b []byte) []sources.Fingerprint {
	if len(b) < 8 {
		return nil
	}
	list := make([]sources.Fingerprint, 0, len(b)/8)
	for ; len(b) >= 8; b = b[8:] {
		list = append(list, sources.Fingerprint(binary.BigEndian.Uint64(b)))
	}
	return list
}

// toMilli keeps a zero time zero: long ago, which is before any other.
func toMilli(t time.Time) int64 {
	if t.IsZero() {
		return 0
	}
	return t.UnixMilli()
}
