package main

import (
	"errors"
	"fmt"
	"strings"

	"warta/feed"
)

type withdrawCmd struct {
	Entry  string `arg:"" name:"entry|url" help:"The entry: its id, the address of its page, or the id its feed gave it."`
	Reason string `placeholder:"TEXT" help:"Why; shown to the public."`
	By     string `placeholder:"NAME" help:"Who decided it; kept in the record, not shown (default: the user of this machine)."`
	Undo   bool   `help:"Show the entry again, as its source sent it last."`
}

func (withdrawCmd) Help() string {
	return `Takes a story back from everybody it was served to: Atom carries a tombstone (at:deleted-entry), RSS and JSON a notice with reason and time under the same id, and its page answers 410 with the notice. Nothing of the text is shown, whatever permission there is. It stays so whatever its source sends later, until --undo shows it again as it was sent last. --undo also lifts a withdrawal by the source itself (a tombstone, a page that is gone, a mark, another story of its), which no later fetch ever does. A running serve follows within a second; run export again for static files.

Examples:
  warta withdraw https://pemkab.example.id/berita/1 --reason "Memuat nama korban anak" --by Rina
  warta withdraw k3xq2mzu7yb5w4ha --undo --reason "Dicabut karena keliru"`
}

func (c *withdrawCmd) Run(a *app) error {
	reason := strings.TrimSpace(c.Reason)
	if reason == "" && !c.Undo {
		return usageError{errors.New("a withdrawal needs the reason that readers are told; add --reason TEXT")}
	}
	cfg, st, err := a.openDesk(false)
	if err != nil {
		return err
	}
	defer st.Close()
	e, err := entryNamed(a.ctx, cfg, st, c.Entry)
	if err != nil {
		return err
	}
	if c.Undo {
		if err := st.Restore(a.ctx, e.ID, reason, a.editor(c.By)); err != nil {
			return err
		}
		if e, err = st.Entry(a.ctx, e.ID); err != nil {
			return err
		}
		d := decide(cfg, &e, a.now())
		word := "shown as: " + d.Use.String()
		if e.Notice != nil && e.Notice.Kind == feed.Withdrawal {
			word = "still withdrawn by its source"
		}
		_, err = fmt.Fprintf(a.out, "%s %q of %s is no longer withdrawn by you; %s\n", e.ID, shorten(e.Title, 60), e.Source, word)
		return err
	}
	if err := st.Withdraw(a.ctx, e.ID, reason, a.editor(c.By)); err != nil {
		return err
	}
	_, err = fmt.Fprintf(a.out, "%s %q of %s is withdrawn: %s\n", e.ID, shorten(e.Title, 60), e.Source, reason)
	return err
}
