package main

import (
	"errors"
	"fmt"
	"strings"
	"time"

	"warta/feed"
	"warta/feed/store"
)

type takedownCmd struct {
	List   takedownListCmd   `cmd:"" default:"withargs" help:"List the requests."`
	Show   takedownShowCmd   `cmd:"" help:"Show one request, and what it would reach."`
	Accept takedownAcceptCmd `cmd:"" help:"It was verified: withdraw what it reaches, for good."`
	Reject takedownRejectCmd `cmd:"" help:"It was looked at and is not followed."`
	Undo   takedownUndoCmd   `cmd:"" help:"Accepting it was a mistake: bring back what it took down."`
}

func (takedownCmd) Help() string {
	return `Owners ask at /takedown/ that something not be shown. Nothing happens by their asking alone: verify that the request is theirs (an answer from the address in their imprint, a call to the number there), then accept or reject it. Accepting withdraws what it reaches and keeps from being shown whatever comes later and is reached too.

Examples:
  warta takedown
  warta takedown accept T-20260601-K3XQ2MZU --note "Dikonfirmasi lewat telepon redaksi" --address "https://pemkab.example.id/berita/1"
  warta takedown reject T-20260601-K3XQ2MZU --note "Pengirim bukan pemilik"`
}

type takedownListCmd struct {
	All  bool `help:"Those too that were decided."`
	JSON bool `name:"json" help:"Print the list as JSON."`
}

func (takedownListCmd) Help() string {
	return "Lists the requests that wait, newest first; with --all those too that were decided.\n\nExample:\n  warta takedown list --all"
}

func (c *takedownListCmd) Run(a *app) error {
	cfg, st, err := a.openDesk(true)
	if err != nil {
		return err
	}
	defer st.Close()
	status := feed.TakedownOpen
	if c.All {
		status = ""
	}
	list, err := st.Takedowns(a.ctx, status)
	if err != nil {
		return err
	}
	if c.JSON {
		return a.printJSON(append([]feed.Takedown{}, list...))
	}
	if len(list) == 0 {
		_, err := fmt.Fprintln(a.out, "no request waits")
		return err
	}
	for i := range list {
		t := &list[i]
		if _, err := fmt.Fprintf(a.out, "%s  %s  %-8s  %s  %s\n", t.ID, t.At.In(cfg.TimeZone).Format("2006-01-02 15:04"), t.Status, shorten(t.Contact, 30), shorten(t.What, 60)); err != nil {
			return err
		}
	}
	return nil
}

type takedownShowCmd struct {
	ID string `arg:"" help:"The reference number."`
}

func (takedownShowCmd) Help() string {
	return "Shows what was asked, word for word, and what was decided.\n\nExample:\n  warta takedown show T-20260601-K3XQ2MZU"
}

func (c *takedownShowCmd) Run(a *app) error {
	cfg, st, err := a.openDesk(true)
	if err != nil {
		return err
	}
	defer st.Close()
	t, err := takedownNamed(a, st, c.ID)
	if err != nil {
		return err
	}
	at := func(t time.Time) string { return t.In(cfg.TimeZone).Format("2006-01-02 15:04") }
	var b strings.Builder
	fmt.Fprintf(&b, "%s  %s  %s\nfrom: %s, %s\nwhat: %s\nreason: %s\n", t.ID, at(t.At), t.Status, strings.TrimSpace(t.Name+" <"+t.Contact+">"), t.Standing, indented(t.What), indented(t.Reason))
	if t.Status != feed.TakedownOpen {
		fmt.Fprintf(&b, "%s on %s by %s: %s\n", t.Status, at(t.Decided), t.By, t.Note)
	}
	m := t.Match
	if t.Status == feed.TakedownOpen {
		m, err = matchOf(a, cfg, st, &t, takedownAcceptCmd{})
	}
	if err != nil {
		fmt.Fprintf(&b, "reaches: %s\n", sentence(err))
	} else {
		r, err := reachedBy(a, st, m)
		if err != nil {
			return err
		}
		fmt.Fprintf(&b, "reaches %s: %s\n", m, entries(len(r.ids)))
		for _, line := range r.titles {
			fmt.Fprintf(&b, "  %s\n", line)
		}
	}
	_, err = fmt.Fprint(a.out, b.String())
	return err
}

func indented(s string) string { return strings.ReplaceAll(s, "\n", "\n  ") }

type takedownAcceptCmd struct {
	ID      string   `arg:"" help:"The reference number."`
	Note    string   `placeholder:"TEXT" help:"How it was verified; kept in the record."`
	Reason  string   `placeholder:"TEXT" help:"What readers are told (default: at the owner's request)."`
	By      string   `placeholder:"NAME" help:"Who decided it (default: the user of this machine)."`
	Source  string   `xor:"what" placeholder:"ID" help:"It reaches every story of this source."`
	Entry   []string `xor:"what" placeholder:"ENTRY|URL" help:"It reaches this entry; may be repeated."`
	Address []string `xor:"what" placeholder:"PATTERN" sep:"none" help:"It reaches whatever is at this address; * stands for anything; may be repeated."`
	Sure    bool     `help:"It may reach every story of a source, or stories of several."`
}

func (takedownAcceptCmd) Help() string {
	return `Withdraws what the request reaches, with a notice for those who were served, and shows nothing of it ever again, nor of what comes later and is reached too. Say what that is with --source, --entry or --address; without, it is the addresses that were asked for, one on each line. A pattern that reaches every story of a source, or stories of several, is taken only with --sure. It may be given again after an interruption.

Examples:
  warta takedown accept T-20260601-K3XQ2MZU --note "Dikonfirmasi lewat telepon redaksi"
  warta takedown accept T-20260601-K3XQ2MZU --note "Surat 12/2026" --source pemkab
  warta takedown accept T-20260601-K3XQ2MZU --note "Surat 12/2026" --address "https://pemkab.example.id/foto/*"`
}

func (c *takedownAcceptCmd) Run(a *app) error {
	note := strings.TrimSpace(c.Note)
	if note == "" {
		return usageError{errors.New("a takedown is accepted once it was verified; say how with --note TEXT")}
	}
	cfg, st, err := a.openDesk(false)
	if err != nil {
		return err
	}
	defer st.Close()
	t, err := takedownNamed(a, st, c.ID)
	if err != nil {
		return err
	}
	if t.Match, err = matchOf(a, cfg, st, &t, *c); err != nil {
		return err
	}
	r, err := reachedBy(a, st, t.Match)
	if err != nil {
		return err
	}
	if wide := r.wide(); wide != "" && c.Source == "" && !c.Sure {
		return usageError{fmt.Errorf("%s: %s reaches %s, %s; add --sure if all of that is meant, or name a source with --source; nothing was done", t.ID, t.Match, entries(len(r.ids)), wide)}
	}
	t.Status, t.Note, t.By, t.Decided, t.Public = feed.TakedownAccepted, note, a.editor(c.By), a.now().UTC().Truncate(time.Millisecond), strings.TrimSpace(c.Reason)
	// First what comes, then what is there: nothing slips through between.
	if err := st.DecideTakedown(a.ctx, t); err != nil {
		return err
	}
	if r, err = reachedBy(a, st, t.Match); err != nil {
		return err
	}
	n := 0
	for _, id := range r.ids {
		e, err := st.Entry(a.ctx, id)
		if err != nil {
			return err
		}
		reason := t.Public
		if reason == "" {
			reason = atRequest.In(e.Language)
		}
		switch err := st.Withdraw(a.ctx, id, reason, t.By+", "+takedownMark(t.ID)); {
		case errors.Is(err, feed.ErrConflict): // withdrawn before
		case err != nil:
			return err
		default:
			n++
		}
	}
	_, err = fmt.Fprintf(a.out, "%s is accepted: it reaches %s; %s withdrawn, and nothing that comes later is shown\n", t.ID, t.Match, entries(n))
	return err
}

// takedownMark says in the record that a request was the reason.
func takedownMark(id string) string { return "takedown " + id }

var atRequest = feed.Bilingual{
	ID: "Diturunkan atas permintaan pemilik hak atau pihak yang berkepentingan.",
	EN: "Taken down at the request of its owner or of a person concerned.",
}

type takedownRejectCmd struct {
	ID   string `arg:"" help:"The reference number."`
	Note string `placeholder:"TEXT" help:"Why; kept in the record."`
	By   string `placeholder:"NAME" help:"Who decided it (default: the user of this machine)."`
}

func (takedownRejectCmd) Help() string {
	return "Keeps the request and why it is not followed. Nothing else changes.\n\nExample:\n  warta takedown reject T-20260601-K3XQ2MZU --note \"Pengirim bukan pemilik\""
}

func (c *takedownRejectCmd) Run(a *app) error {
	note := strings.TrimSpace(c.Note)
	if note == "" {
		return usageError{errors.New("a rejection needs a note for those who ask later; add --note TEXT")}
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
	t.Status, t.Note, t.By, t.Decided = feed.TakedownRejected, note, a.editor(c.By), a.now().UTC().Truncate(time.Millisecond)
	if err := st.DecideTakedown(a.ctx, t); err != nil {
		return err
	}
	_, err = fmt.Fprintf(a.out, "%s is rejected\n", t.ID)
	return err
}

func takedownNamed(a *app, st *store.Store, id string) (feed.Takedown, error) {
	list, err := st.Takedowns(a.ctx, "")
	if err != nil {
		return feed.Takedown{}, err
	}
	for _, t := range list {
		if strings.EqualFold(t.ID, id) {
			return t, nil
		}
	}
	return feed.Takedown{}, fmt.Errorf("no request has the reference number %q; warta takedown list --all lists them: %w", id, feed.ErrNotFound)
}
