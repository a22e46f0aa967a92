package main

import (
	"errors"
	"fmt"
	"strings"

	"warta/feed"
)

type takedownUndoCmd struct {
	ID   string `arg:"" help:"The reference number."`
	Note string `placeholder:"TEXT" help:"Why; kept in the record."`
	By   string `placeholder:"NAME" help:"Who decided it (default: the user of this machine)."`
}

func (takedownUndoCmd) Help() string {
	return `Takes back that a request was accepted: what it took down stands again as its source sent it last, and what came later and was kept from being shown is shown as evidence and permissions allow. What was withdrawn for another reason stays withdrawn. It may be given again after an interruption.

Example:
  warta takedown undo T-20260601-K3XQ2MZU --note "Pengirim ternyata bukan pemilik"`
}

func (c *takedownUndoCmd) Run(a *app) error {
	note := strings.TrimSpace(c.Note)
	if note == "" {
		return usageError{errors.New("undoing a takedown needs a note for those who ask later; add --note TEXT")}
	}
	_, st, err := a.openDesk(false)
	if err != nil {
		return err
	}
	defer st.Close()
	t, err := takedownNamed(a, st, c.ID)
	if err != nil {
		return err
	}
	if err := st.UndoTakedown(a.ctx, t.ID, note, a.editor(c.By)); err != nil {
		return err
	}
	r, err := reachedBy(a, st, t.Match)
	if err != nil {
		return err
	}
	mark, n := takedownMark(t.ID), 0
	for _, id := range r.ids {
		e, err := st.Entry(a.ctx, id)
		if err != nil {
			return err
		}
		switch d := e.Desk; {
		case d == nil:
		case d.Withdrawn != nil && strings.HasSuffix(d.WithdrawnBy, mark):
			err = st.Restore(a.ctx, id, note, a.editor(c.By)+", "+mark)
			n++
		case d.Verdict == feed.Dropped && d.By == mark:
			err = st.Judge(a.ctx, id, feed.Released, note, a.editor(c.By)+", "+mark)
			n++
		}
		if err != nil {
			return err
		}
	}
	_, err = fmt.Fprintf(a.out, "%s is undone: %s again as evidence and permissions allow\n", t.ID, shownAgain(n))
	return err
}

func shownAgain(n int) string {
	if n == 1 {
		return "1 entry is shown"
	}
	return fmt.Sprintf("%d entries are shown", n)
}
