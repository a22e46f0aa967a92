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

// Waiting are the stories of a source that wait, in their order.
func (s *Store) Waiting(ctx context.Context, source string) ([]feed.Draft, error) {
	var list []feed.Draft
	err := s.each(ctx, func(rows *sql.Rows) error {
		var firstSeen int64
		var state sql.RawBytes
		if err := rows.Scan(&firstSeen, &state); err != nil {
			return err
		}
		var w waitingDraft
		if err := json.Unmarshal(state, &w); err != nil {
			return errors.Join(err, corruptError("a story that waits is not what we wrote"))
		}
		d := feed.Draft{URLKey: w.URLKey, Digest: w.Digest, Happened: w.Happened, Amends: w.Amends, Awaits: w.Awaits}
		d.ID, d.Source, d.OriginalID, d.Title = feed.EntryID(source, w.OriginalID), source, w.OriginalID, w.Title
		d.FirstSeen, d.Changed = fromMilli(firstSeen), w.Changed
		if err := decodeMeta(w.Meta, &d.Entry); err != nil {
			return err
		}
		d.Summary.Value, d.Content.Value = w.Summary, w.Content
		list = append(list, d)
		return nil
	}, "select first_seen, draft from waiting where source = $1 order by n", source)
	if err != nil {
		return nil, s.fail(err, "reading what waits of %s", source)
	}
	return list, nil
}

// ReleaseSource ends a quarantine: what waited is published as evidence and
// permissions allow, and what the source is like now is learned anew, unless
// only some of its stories waited. It returns how many did. feed.ErrNotFound: there is none.
func (s *Store) ReleaseSource(ctx context.Context, source, note, by string) (int, error) {
	list, err := s.Waiting(ctx, source)
	if err != nil {
		return 0, err
	}
	if err := s.Save(ctx, list); err != nil {
		return 0, err
	}
	guards, err := s.Guards(ctx, []string{source})
	if err != nil {
		return 0, err
	}
	q := guards[source].Quarantine
	if q != nil && q.Unkept > 0 {
		if err := s.readAnew(ctx, source); err != nil {
			return 0, err
		}
	}
	return len(list), s.endQuarantine(ctx, source, "released", note, by, q != nil && !q.Some)
}

// DecideWaiting releases or drops one of the stories that wait of a source,
// and leaves the others waiting. Where it was the last of those that alone were
// kept apart, the quarantine ends. feed.ErrNotFound: it doesn't wait.
func (s *Store) DecideWaiting(ctx context.Context, source, entry string, verdict feed.Verdict, note, by string) (feed.Draft, error) {
	list, err := s.Waiting(ctx, source)
	if err != nil {
		return feed.Draft{}, err
	}
	i := slices.IndexFunc(list, func(d feed.Draft) bool { return d.ID == entry })
	if i < 0 {
		return feed.Draft{}, fmt.Errorf("entry %s does not wait: %w", entry, feed.ErrNotFound)
	}
	state := "released"
	if verdict == feed.Released {
		err = s.Save(ctx, list[i:i+1])
	} else {
		state = "dropped"
		err = s.drop(ctx, list[i:i+1], note, by)
	}
	if err != nil {
		return feed.Draft{}, err
	}
	err = s.write(ctx, func(t *tx) error {
		if _, err := t.exec(ctx, "delete from waiting where source = $1 and entry = $2", source, entry); err != nil {
			return err
		}
		n, err := t.count(ctx, "select count(*) from waiting where source = $1", source)
		if err != nil {
			return err
		}
		q, err := t.quarantine(ctx, source)
		if err != nil {
			return err
		}
		if n == 0 && q != nil && q.Some {
			if _, err := t.exec(ctx, "update guards set quarantine = '' where source = $1", source); err != nil {
				return err
			}
		}
		return t.record(ctx, []ledger.Record{{At: ledger.Time(s.now()), Kind: ledger.Quarantine, Entry: entry, Source: ledger.Words(source), State: state, Note: ledger.Words(note), By: ledger.Words(by)}})
	})
	if err != nil {
		return feed.Draft{}, s.fail(err, "deciding about entry %s, which waits", entry)
	}
	return list[i], nil
}

// drop keeps stories that waited so that nothing of them is ever shown. One
// that is stored already stays as it is: what waited was a change of it.
func (s *Store) drop(ctx context.Context, list []feed.Draft, note, by string) error {
	var dropped []feed.Draft
	for _, d := range list {
		switch _, err := s.Entry(ctx, d.ID); {
		case errors.Is(err, feed.ErrNotFound):
			d.Drop = &feed.Desk{Verdict: feed.Dropped, Note: clean(note), By: clean(by), At: s.now().UTC().Truncate(time.Millisecond)}
			d.Amends, d.Awaits, d.Happened = nil, nil, nil
			dropped = append(dropped, d)
		case err != nil:
			return err
		}
	}
	return s.Save(ctx, dropped)
}

// readAnew forgets what a source's document was like, so that its next visit
// reads all of it.
func (s *Store) readAnew(ctx context.Context, source string) error {
	states, err := s.Recall(ctx, []string{source})
	if err != nil {
		return err
	}
	st, ok := states[source]
	if !ok {
		return nil
	}
	st.Reader, st.ETag, st.LastModified, st.BodyHash, st.Fingerprints = "", "", "", "", nil
	return s.Remember(ctx, []sources.State{st})
}

// DropSource ends a quarantine and discards what waited. The source is read
// anew at its next visit, and held again if it still does not look like
// itself. Where only some of its stories waited, those are remembered as
// dropped instead.
func (s *Store) DropSource(ctx context.Context, source, note, by string) (int, error) {
	list, err := s.Waiting(ctx, source)
	if err != nil {
		return 0, err
	}
	guards, err := s.Guards(ctx, []string{source})
	if err != nil {
		return 0, err
	}
	if q := guards[source].Quarantine; q != nil && q.Some {
		err = s.drop(ctx, list, note, by)
	} else {
		err = s.readAnew(ctx, source)
	}
	if err != nil {
		return 0, err
	}
	return len(list), s.endQuarantine(ctx, source, "dropped", note, by, false)
}

func (s *Store) endQuarantine(ctx context.Context, source, state, note, by string, forget bool) error {
	err := s.write(ctx, func(t *tx) error {
		set := "update guards set quarantine = '' where source = $1 and quarantine <> ''"
		if forget {
			set = "update guards set quarantine = '', profile = '' where source = $1 and quarantine <> ''"
		}
		n, err := t.exec(ctx, set, source)
		if err != nil {
			return err
		}
		if n == 0 {
			return feed.ErrNotFound
		}
		if _, err := t.exec(ctx, "delete from waiting where source = $1", source); err != nil {
			return err
		}
		return t.record(ctx, []ledger.Record{{At: ledger.Time(s.now()), Kind: ledger.Quarantine, Source: ledger.Words(source), State: state, Note: ledger.Words(note), By: ledger.Words(by)}})
	})
	if err != nil {
		return s.fail(err, "ending the quarantine of %s", source)
	}
	return nil
}
