package store

import (
	"context"
	"strings"
)

// toldReminder is the kind under which told keeps of what the operator was
// reminded on which day; the ledger knows nothing of it.
const toldReminder = "reminder"

// Remind returns those of some things of which nobody was reminded yet on a
// day, and keeps that somebody is now: of two programs that ask, one is told.
func (s *Store) Remind(ctx context.Context, day string, ids []string) ([]string, error) {
	if len(ids) == 0 {
		return nil, nil
	}
	var due []string
	err := s.write(ctx, func(t *tx) error {
		due = nil
		// First of all a write, which waits for whoever is at it.
		if _, err := t.exec(ctx, "delete from told where kind = $1 and state <> $2", toldReminder, day); err != nil {
			return err
		}
		before, err := t.told(ctx, toldReminder, ids)
		if err != nil {
			return err
		}
		for _, id := range ids {
			if _, known := before[id]; known {
				continue
			}
			before[id] = day
			due = append(due, id)
			if err := t.tell(ctx, toldReminder, id, day); err != nil {
				return err
			}
		}
		return nil
	})
	if err != nil {
		return nil, s.fail(err, "keeping what was reminded of: %s", strings.Join(ids, ", "))
	}
	return due, nil
}
