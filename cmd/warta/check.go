package main

import (
	"context"
	"errors"
	"fmt"
	"os"
	"strings"
	"sync"

	"golang.org/x/sync/errgroup"

	"warta/feed/config"
	"warta/sources"
	"warta/sources/fetch"
	"warta/sources/refresh"
)

type checkCmd struct {
	Live bool `help:"Visit each source, once, and say what is found. Nothing is stored."`
}

func (checkCmd) Help() string {
	return `Reads the configuration and says all that is wrong with it, each with file, line and column; exit status 2. With --live every source is visited too; exit status 3 if some, 1 if all of them fail.

Examples:
  warta check
  warta check --live`
}

func (c *checkCmd) Run(a *app) error {
	cfg, err := a.load()
	if err != nil {
		return err
	}
	fmt.Fprintf(a.out, "%s is well formed: %s, %s, %s\n", a.config, count(len(cfg.Sources), "source"), count(len(cfg.Channels), "channel"), count(len(cfg.Permissions), "permission"))
	if len(cfg.Channels) == 0 {
		fmt.Fprintln(a.out, "note: there are no channels, so nothing is published; add one under channels")
	}
	if err := c.quarantines(a, cfg); err != nil {
		return err
	}
	for _, line := range append(ending(cfg, a.now()), permissionNotes(cfg, a.now())...) {
		fmt.Fprintln(a.out, "note: "+line)
	}
	if !c.Live {
		return nil
	}
	return c.visit(a, cfg)
}

// quarantines says which sources do not look like themselves, as far as there
// is a database already.
func (c *checkCmd) quarantines(a *app, cfg *config.Config) error {
	if _, err := os.Stat(cfg.Database); err != nil && !strings.Contains(cfg.Database, "://") {
		return nil
	}
	_, st, err := a.openDesk(true)
	if err != nil {
		return err
	}
	defer st.Close()
	changed, err := changedSources(a, cfg, st, "en")
	if err != nil {
		return err
	}
	if err := printChanged(a, cfg, changed); err != nil {
		return err
	}
	held, err := heldSources(a, st, "en")
	if err != nil {
		return err
	}
	for _, h := range held {
		word := "HELD   "
		if h.Passing {
			word = "EMPTY  "
		} else if h.Some {
			word = "PARTLY "
		}
		fmt.Fprintf(a.out, "%-20s %s %s\n", h.Source, word, h.text(cfg.TimeZone))
	}
	return nil
}

// visit calls on every source, host by host, and prints a line each.
func (c *checkCmd) visit(a *app, cfg *config.Config) error {
	client := a.client(cfg)
	defer client.Close()
	var (
		mu     sync.Mutex
		failed int
	)
	var g errgroup.Group
	g.SetLimit(cfg.Fetch.Workers)
	for _, host := range refresh.ByHost(cfg.Sources) {
		g.Go(func() error {
			for _, src := range host.Sources {
				line, err := examine(a.ctx, client, src, a)
				mu.Lock()
				if err != nil {
					failed++
				}
				fmt.Fprintln(a.out, line)
				mu.Unlock()
			}
			return a.ctx.Err()
		})
	}
	if err := g.Wait(); err != nil {
		return err
	}
	switch {
	case failed == 0:
		return nil
	case failed < len(cfg.Sources):
		return quietError{partialError{errors.New("some sources failed")}}
	}
	return quietError{errors.New("every source failed")}
}

// examine says in one line how a source is.
func examine(ctx context.Context, client *fetch.Client, src sources.Source, a *app) (string, error) {
	_, doc, err := readFeed(ctx, client, src.Feed, a.now())
	if err != nil {
		return fmt.Sprintf("%-20s FAILED  %s", src.ID, sentence(err)), err
	}
	line := fmt.Sprintf("%-20s ok      %s, %s, %q", src.ID, doc.Format, entries(doc.Entries), doc.Title.Value)
	for _, w := range doc.Warnings {
		line += fmt.Sprintf("\n%-20s warning %s", "", w)
	}
	return line, nil
}
