package main

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"time"

	"warta/feed"
	"warta/feed/config"
	"warta/feed/ledger"
	"warta/feed/store"
)

// The end of the ledger is noted in a file outside the database, so that who
// writes that one alone can't cut the record and what counts it unnoticed: a
// line for each day, of the last seal of that day.

// noted is one line.
type noted struct {
	day  string
	n    int64
	seal string
}

// sealsFile is where the seals of a database are noted: beside it, or, of one
// on another machine, where this one keeps its state.
func sealsFile(a *app, cfg *config.Config) string {
	if !store.IsPostgres(cfg.Database) {
		return cfg.Database + ".seals"
	}
	if dir, ok := a.env("STATE_DIRECTORY"); ok && dir != "" {
		return filepath.Join(dir, "warta.seals")
	}
	return filepath.Join(filepath.Dir(cfg.Path), "warta.seals")
}

// readSeals reads a file of seals; where there is none yet, nothing was noted.
func readSeals(path string) ([]noted, error) {
	b, err := os.ReadFile(path)
	if errors.Is(err, fs.ErrNotExist) {
		return nil, nil
	}
	if err != nil {
		return nil, fmt.Errorf("reading the noted seals: %w", err)
	}
	var list []noted
	for i, line := range strings.Split(strings.TrimSpace(string(b)), "\n") {
		day, head, _ := strings.Cut(strings.TrimSpace(line), " ")
		n, seal, err := parseHead(head)
		if _, bad := time.Parse(time.DateOnly, day); err != nil || bad != nil {
			return nil, fmt.Errorf("%s:%d: this is no day and seal, as 2026-06-01 1204:9f86…; put back what stood there, or move the file away to begin anew: %w", path, i+1, feed.ErrInvalid)
		}
		list = append(list, noted{day, n, seal})
	}
	return list, nil
}

// noteSeal notes the end of the ledger, if it grew, and returns it where it is
// the first of its day. What goes wrong is logged: the work itself is done.
func (a *app) noteSeal(ctx context.Context, cfg *config.Config, st *store.Store) (head string) {
	ctx = context.WithoutCancel(ctx) // also as we end
	path := sealsFile(a, cfg)
	list, err := readSeals(path)
	if err != nil {
		a.log.Error("the end of the record is not noted", "error", err)
		return ""
	}
	n, seal, err := st.LedgerEnd(ctx)
	switch {
	case err != nil:
		a.log.Error("the end of the record is not noted", "error", err)
		return ""
	case n == 0 && len(list) == 0:
		return ""
	}
	now := noted{a.now().In(cfg.TimeZone).Format(time.DateOnly), n, seal.String()}
	head = fmt.Sprintf("%d:%s", n, seal)
	if last := len(list) - 1; last >= 0 {
		switch was := list[last]; {
		case n < was.n:
			a.log.Error("the record is shorter than it was: its end was cut off, or another database is in the place of the one whose seals are noted; see warta audit verify",
				"records", n, "noted", was.n, "file", path)
			return ""
		case n == was.n:
			return ""
		case now.day == was.day:
			list, head = list[:last], ""
		}
	}
	if err := st.Settle(ctx); err != nil { // else power that fails would take what is noted
		a.log.Error("the end of the record is not noted", "error", err)
		return ""
	}
	if err := writeSeals(path, append(list, now)); err != nil {
		a.log.Error("the end of the record is not noted", "error", err)
	}
	return head
}

// writeSeals replaces the file at one stroke.
func writeSeals(path string, list []noted) error {
	var b strings.Builder
	for _, s := range list {
		b.WriteString(s.day + " " + strconv.FormatInt(s.n, 10) + ":" + s.seal + "\n")
	}
	f, err := os.CreateTemp(filepath.Dir(path), filepath.Base(path)+".*")
	if err != nil {
		return fmt.Errorf("noting a seal: %w", err)
	}
	_, err = f.WriteString(b.String())
	if err = errors.Join(err, f.Chmod(0o644), f.Close()); err == nil {
		err = os.Rename(f.Name(), path)
	}
	if err != nil {
		os.Remove(f.Name()) // what is left of it
		return fmt.Errorf("noting a seal: %w", err)
	}
	return nil
}

// noteSeals notes the end of the ledger while serve runs, and logs it once a
// day: a log is often kept elsewhere.
func (a *app) noteSeals(ctx context.Context, cfg *config.Config, st *store.Store) error {
	every := time.NewTicker(noteEvery)
	defer every.Stop()
	for {
		if head := a.noteSeal(ctx, cfg, st); head != "" {
			a.log.Info("the record ends with this seal; warta audit verify --expect takes it", "seal", head)
		}
		select {
		case <-ctx.Done():
			a.noteSeal(ctx, cfg, st)
			return nil
		case <-every.C:
		}
	}
}

// noteEvery is how much of a record may be cut off its end unnoticed.
const noteEvery = 5 * time.Minute

// parseHead reads the number and seal of a record: "1204:9f86…".
func parseHead(s string) (int64, string, error) {
	number, seal, _ := strings.Cut(s, ":")
	n, err := strconv.ParseInt(number, 10, 64)
	if _, bad := ledger.ParseSeal(seal); err != nil || bad != nil || n < 1 {
		return 0, "", fmt.Errorf("%q is no number and seal, as 1204:9f86…: %w", s, feed.ErrInvalid)
	}
	return n, strings.ToLower(seal), nil
}
