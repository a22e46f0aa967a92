package main

import (
	"bufio"
	"encoding/json"
	"errors"
	"fmt"
	"strconv"
	"time"

	"warta/feed"
	"warta/feed/config"
	"warta/feed/ledger"
)

type auditCmd struct {
	Verify auditVerifyCmd `cmd:"" help:"Walk the whole record and say whether anything was altered."`
	Show   auditShowCmd   `cmd:"" help:"Tell the history of one entry."`
	Export auditExportCmd `cmd:"" help:"Print the record as JSON Lines."`
}

func (auditCmd) Help() string {
	return `warta keeps a record of what it read, decided and did: every state of every entry by digest, the evidence found, verdicts, withdrawals, decisions and permissions. Each line is sealed over the one before it, so that none can be changed or taken out unnoticed. docs/ledger.md describes the form.

Examples:
  warta audit verify
  warta audit show https://pemkab.example.id/berita/1
  warta audit export --since 2026-06-01 >ledger.jsonl`
}

type auditVerifyCmd struct {
	Expect string `placeholder:"N:SEAL" help:"A seal noted earlier: record N must still have it."`
}

func (auditVerifyCmd) Help() string {
	return `Walks the chain from its first record and compares every stored text with the digest recorded when it was stored. The first record that is not as it was written is named; exit status 1. The seals that serve, refresh and export note outside the database, in the file that docs/ledger.md names, must be in the chain too, so that its end is not cut off unnoticed. It prints the last seal: noted on another machine, it later shows with --expect that nothing up to it was written anew, whoever did it.

Example:
  warta audit verify --expect 1204:9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08`
}

func (c *auditVerifyCmd) Run(a *app) error {
	cfg, st, err := a.openDesk(true)
	if err != nil {
		return err
	}
	defer st.Close()
	heads, err := c.expected(a, cfg)
	if err != nil {
		return err
	}
	// The length first: what is appended meanwhile is no gap.
	length, err := st.LedgerLength(a.ctx)
	if err != nil {
		return err
	}
	var v ledger.Verifier
	seen := newRecorded()
	err = st.Ledger(a.ctx, 0, "", func(l ledger.Line) error {
		r, err := v.Check(l)
		if err == nil {
			err = heads.check(&v)
		}
		seen.add(&r)
		return err
	})
	if err == nil {
		err = heads.missing(&v, length)
	}
	if err != nil {
		return err
	}
	found, err := seen.compare(a, st)
	for try := 1; err != nil && try < compareTries; try++ {
		// What was stored meanwhile is on record by now, if it is.
		n := v.N
		if more := st.Ledger(a.ctx, v.N, "", func(l ledger.Line) error {
			r, err := v.Check(l)
			seen.add(&r)
			return err
		}); more != nil || v.N == n {
			return errors.Join(more, err)
		}
		found, err = seen.compare(a, st)
	}
	if err != nil {
		return err
	}
	fmt.Fprintf(a.out, "whole: %s, %s as recorded\n", count(int(v.N), "record"), count(found.states, "stored state"))
	if found.older > 0 {
		fmt.Fprintf(a.out, "%s stored before the record began\n", count(found.older, "state"))
	}
	if found.gone > 0 {
		fmt.Fprintf(a.out, "note: of %s on record nothing is stored any more; warta deletes none\n", entries(found.gone))
	}
	if len(heads.file) > 0 {
		fmt.Fprintf(a.out, "as noted on %s in %s\n", count(len(heads.file), "day"), heads.path)
	}
	_, err = fmt.Fprintf(a.out, "last seal: %d:%s\n", v.N, v.Seal)
	return err
}

// heads are the seals that the record is held against.
type heads struct {
	path  string
	file  []noted // as noted by ourselves, in order
	n     int64   // as the caller noted
	seal  string
	after int // of file: how many were met
}

// expected reads what was noted of the record's end.
func (c *auditVerifyCmd) expected(a *app, cfg *config.Config) (h heads, err error) {
	if c.Expect != "" {
		if h.n, h.seal, err = parseHead(c.Expect); err != nil {
			return h, usageError{fmt.Errorf("--expect takes the number and seal that verify printed, as 1204:9f86…, not %q", c.Expect)}
		}
	}
	h.path = sealsFile(a, cfg)
	h.file, err = readSeals(h.path)
	return h, err
}

// check holds the record that was reached against what was noted of it.
func (h *heads) check(v *ledger.Verifier) error {
	if v.N == h.n && v.Seal.String() != h.seal {
		return &ledger.Break{N: v.N, Why: "is another than the one whose seal was noted; it or one before it was written anew"}
	}
	for ; h.after < len(h.file) && h.file[h.after].n <= v.N; h.after++ {
		if s := h.file[h.after]; s.n == v.N && s.seal != v.Seal.String() {
			return &ledger.Break{N: v.N, Why: fmt.Sprintf("is another than the one whose seal was noted on %s in %s; it or one before it was written anew", s.day, h.path)}
		}
	}
	return nil
}

// missing says what should follow the last record and doesn't.
func (h *heads) missing(v *ledger.Verifier, length int64) error {
	if v.N < max(length, h.n) {
		return &ledger.Break{N: v.N + 1, Why: fmt.Sprintf("is missing: there should be %d", max(length, h.n))}
	}
	if h.after < len(h.file) {
		last := h.file[len(h.file)-1]
		return &ledger.Break{N: v.N + 1, Why: fmt.Sprintf("is missing: on %s there were %d, as noted in %s; if an older database was put back on purpose, move that file away", last.day, last.n, h.path)}
	}
	return nil
}

type auditShowCmd struct {
	Entry string `arg:"" name:"entry|url" help:"The entry: its id, the address of its page, or the id its feed gave it."`
	JSON  bool   `name:"json" help:"Print the records as JSON Lines."`

	Language string `placeholder:"id|en" help:"Language of the sentences (default: the site's)."`
}

func (auditShowCmd) Help() string {
	return "Tells what was read, decided and done about one entry, in the order in which it happened.\n\nExample:\n  warta audit show https://pemkab.example.id/berita/1"
}

func (c *auditShowCmd) Run(a *app) error {
	cfg, st, err := a.openDesk(true)
	if err != nil {
		return err
	}
	defer st.Close()
	id := c.Entry
	e, err := entryNamed(a.ctx, cfg, st, c.Entry)
	switch {
	case err == nil:
		id = e.ID
		if !c.JSON {
			fmt.Fprintf(a.out, "%s  %s  %s\n", e.ID, e.Source, e.Title)
		}
	case !errors.Is(err, feed.ErrNotFound):
		return err
	}
	none := err // an entry may be gone while its record stays
	n, tell := 0, teller{speech(c.Language, cfg), cfg.TimeZone}
	err = st.Ledger(a.ctx, 0, id, func(l ledger.Line) error {
		n++
		if c.JSON {
			_, err := fmt.Fprintln(a.out, escaped(string(l.Record)))
			return err
		}
		var r ledger.Record
		if err := json.Unmarshal(l.Record, &r); err != nil {
			return fmt.Errorf("record %d of the ledger can't be read (%w); run warta audit verify", l.N, err)
		}
		_, err := fmt.Fprintln(a.out, tell.line(&r))
		return err
	})
	if err == nil && n == 0 && none != nil {
		return none
	}
	return err
}

type auditExportCmd struct {
	Since string `placeholder:"DAY|N" help:"Only what was recorded since that day or time, or after that record."`
}

func (auditExportCmd) Help() string {
	return `Prints one line of JSON for each record: {"prev": seal before it, "record": …, "seal": its own}. The bytes of "record" are the ones that are sealed; docs/ledger.md shows how to verify them with other tools.

Example:
  warta audit export --since 2026-06-01 | jq -c 'select(.record.kind == "withdrawn")'`
}

func (c *auditExportCmd) Run(a *app) error {
	cfg, st, err := a.openDesk(true)
	if err != nil {
		return err
	}
	defer st.Close()
	after, since, err := parseSince(c.Since, cfg.TimeZone)
	if err != nil {
		return err
	}
	w := bufio.NewWriter(a.raw)
	prev := ledger.Seal{}.String()
	err = st.Ledger(a.ctx, max(after-1, 0), "", func(l ledger.Line) error {
		defer func() { prev = l.Seal }()
		if l.N <= after || since != "" && recordedAt(l.Record) < since {
			return nil
		}
		_, err := fmt.Fprintf(w, `{"prev":"%s","record":%s,"seal":"%s"}`+"\n", prev, l.Record, l.Seal)
		return err
	})
	return errors.Join(err, w.Flush())
}

// parseSince reads the number of a record, a day or a time.
func parseSince(s string, zone *time.Location) (after int64, since string, err error) {
	if s == "" {
		return 0, "", nil
	}
	if n, err := strconv.ParseInt(s, 10, 64); err == nil && n >= 0 {
		return n, "", nil
	}
	t, err := time.ParseInLocation(time.DateOnly, s, zone)
	if err != nil {
		if t, err = time.Parse(time.RFC3339, s); err != nil {
			return 0, "", usageError{fmt.Errorf("--since takes a day such as 2026-06-01, a time such as 2026-06-01T08:00:00+08:00 or the number of a record, not %q", s)}
		}
	}
	return 0, ledger.Time(t), nil
}

// recordedAt is when a record was written. Records that can't be read are
// printed too: verifying says what is wrong with them.
func recordedAt(b []byte) string {
	var r struct {
		At string `json:"at"`
	}
	if json.Unmarshal(b, &r) != nil || r.At == "" {
		return "9999"
	}
	return r.At
}
