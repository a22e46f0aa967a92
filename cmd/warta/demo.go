package main

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"text/tabwriter"
	"time"

	"warta/feed"
	"warta/feed/config"
	"warta/feed/rights"
	"warta/sources"
	"warta/sources/refresh"
)

type demoCmd struct {
	Once   bool   `help:"Print what became of each story, and end."`
	Listen string `default:"127.0.0.1:8080" placeholder:"ADDRESS" help:"Where to serve the result (default ${default})."`
	Dir    string `placeholder:"DIR" help:"Keep the demo's configuration and database here."`
}

func (demoCmd) Help() string {
	return `Starts six small sample sites on this machine, reads them, and shows in a table what became of each story and why. Then it serves the result, and a new story, a correction and a withdrawal happen while you watch. No network is needed and nothing is left behind, unless --dir says where.

Examples:
  warta demo
  warta demo --once
  warta demo --once --dir /tmp/demo && warta -c /tmp/demo/warta.yaml export /tmp/demo/www`
}

// demo is a demonstration under way.
type demo struct {
	app    *app
	dir    string
	sites  map[string]*demoSite
	server *server
}

func (c *demoCmd) Run(a *app) (err error) {
	d := &demo{app: a, dir: c.Dir, sites: make(map[string]*demoSite)}
	a.log = slog.New(leastLevel{a.log.Handler(), slog.LevelWarn}) // the demo tells its story itself
	if d.dir == "" {
		if d.dir, err = os.MkdirTemp("", "warta-demo-"); err != nil {
			return fmt.Errorf("making room for the demo: %w", err)
		}
		defer os.RemoveAll(d.dir)
	} else if err := os.MkdirAll(d.dir, 0o755); err != nil {
		return fmt.Errorf("making room for the demo: %w", err)
	}
	defer d.close()
	cfg, err := d.prepare(c.Listen)
	if err != nil {
		return err
	}
	if c.Once {
		return d.once(cfg)
	}
	return d.watch(cfg)
}

func (d *demo) close() {
	for _, s := range d.sites {
		s.close()
	}
}

// prepare starts the sample sites and writes the configuration that reads
// them.
func (d *demo) prepare(listen string) (*config.Config, error) {
	for _, s := range []struct {
		name, file, kind string
		slow             time.Duration
	}{
		{"Kabar", "kabar.xml", "application/rss+xml; charset=UTF-8", 0},
		{"Etam", "etam.xml", "application/atom+xml", 0},
		{"Pemkab", "pemkab.xml", "text/xml", 0},
		{"Radio", "radio.json", "application/feed+json", 1200 * time.Millisecond},
		{"Rusak", "rusak.xml", "text/html", 0},
		{"Planet", "planet.xml", "application/atom+xml", 0},
	} {
		site, err := startSite(s.file, s.kind, s.slow, d.app.now)
		if err != nil {
			return nil, err
		}
		d.sites[s.name] = site
	}
	data := map[string]string{"Listen": listen}
	for name, s := range d.sites {
		data[name] = s.URL
	}
	text, err := fill("demo/warta.yaml", data, d.app.now())
	if err != nil {
		return nil, err
	}
	d.app.config = filepath.Join(d.dir, "warta.yaml")
	if err := os.WriteFile(d.app.config, text, 0o644); err != nil {
		return nil, fmt.Errorf("writing the demo's configuration: %w", err)
	}
	return d.app.load()
}

// once refreshes, prints the table and ends.
func (d *demo) once(cfg *config.Config) error {
	st, err := d.app.openStore(d.app.ctx, cfg)
	if err != nil {
		return err
	}
	defer st.Close()
	client := d.app.client(cfg)
	defer client.Close()
	r := d.app.refresher(cfg, st, client, nil, nil)
	if err := d.refresh(r, cfg); err != nil {
		return err
	}
	return d.table(st, cfg)
}

// refresh visits all sample sites and says how it went.
func (d *demo) refresh(r *refresh.Refresher, cfg *config.Config) error {
	began := d.app.now()
	sum, err := r.Run(d.app.ctx, cfg.Sources, true)
	if err != nil {
		return err
	}
	fmt.Fprintf(d.app.out, "Read %s in %.1f s: %s, %d failed.\n\n", count(sum.Sources, "sample site"), d.app.now().Sub(began).Seconds(), entries(sum.New), sum.Failed)
	for _, f := range sum.Failures {
		fmt.Fprintf(d.app.out, "  %s failed: %v\n", f.Source, f.Err)
	}
	return nil
}

// lister lists what is stored.
type lister interface {
	ChangedSince(ctx context.Context, seq int64, limit int) ([]feed.Entry, error)
	States(ctx context.Context) ([]sources.State, error)
}

// table prints what became of each story and why.
func (d *demo) table(st lister, cfg *config.Config) error {
	list, err := st.ChangedSince(d.app.ctx, 0, 100)
	if err != nil {
		return err
	}
	slices.SortFunc(list, func(a, b feed.Entry) int { return b.Time().Compare(a.Time()) })
	w := tabwriter.NewWriter(d.app.out, 0, 0, 2, ' ', 0)
	fmt.Fprintln(w, "STORY\tSOURCE\tBYLINE\tSHOWN\tWHY")
	for i := range list {
		e := &list[i]
		dec := rights.Decide(e, cfg.Policy, cfg.Permissions, feed.Public, d.app.now())
		var by []string
		for _, p := range e.Attribution.Authors {
			by = append(by, p.Name)
		}
		fmt.Fprintf(w, "%s\t%s\t%s\t%s\t%s\n", clip(e.Title, 34), clip(e.Attribution.Source.Title, 16), clip(strings.Join(by, ", "), 22), dec.Use, clip(why(dec), 56))
	}
	if err := w.Flush(); err != nil {
		return err
	}
	fmt.Fprintln(d.app.out)
	for i := range list {
		for j, r := range list[i].Removed {
			if j > 0 && r == list[i].Removed[j-1] {
				continue // spot_imgspot_imgspot_img
			}
			fmt.Fprintf(d.app.out, "removed from %q: %q (%s)\n", clip(list[i].Title, 30), clip(r.Text, 60), r.Why)
		}
	}
	states, err := st.States(d.app.ctx)
	if err != nil {
		return err
	}
	for _, s := range states {
		for _, w := range s.Warnings {
			fmt.Fprintf(d.app.out, "repaired at %s: %s\n", s.Title, w.Message)
		}
	}
	return nil
}

// why is the reason that decided, in a few words.
func why(d feed.Decision) string {
	if d.Permission != "" {
		return "permission " + d.Permission + " is on record"
	}
	for _, r := range d.Reasons {
		switch {
		case r.Most != d.Use:
		case r.Evidence != nil:
			return string(r.Evidence.Kind) + ": “" + r.Evidence.Text + "”"
		default:
			return "the owner says nothing"
		}
	}
	return ""
}

// clip cuts a text for a column.
func clip(s string, n int) string {
	s = strings.Join(strings.Fields(s), " ")
	if r := []rune(s); len(r) > n {
		return string(r[:n-1]) + "…"
	}
	return s
}

// watch serves the result and lets the story go on.
func (d *demo) watch(cfg *config.Config) error {
	s, err := newServer(d.app, cfg)
	if err != nil {
		return err
	}
	defer s.close()
	d.server = s
	r := d.app.refresher(cfg, s.store, d.app.client(cfg), nil, nil)
	if err := d.refresh(r, cfg); err != nil {
		return err
	}
	if err := d.table(s.store, cfg); err != nil {
		return err
	}
	fmt.Fprintf(d.app.out, `
Now served, in any browser or feed reader:
  %[1]s                  the home page
  %[1]ssemua.atom        all stories; also .rss, .json and the page %[1]ssemua/
Watch: a new story, a correction and a withdrawal follow. Ctrl-C ends.

`, cfg.Site.URL)
	ctx, stop := context.WithCancel(d.app.ctx)
	defer stop()
	story := make(chan error, 1)
	go func() { story <- d.story(ctx, r, cfg) }()
	err = s.run(ctx)
	stop()
	if e := <-story; e != nil && !errors.Is(e, context.Canceled) {
		err = errors.Join(err, e)
	}
	return err
}

// story lets three things happen, a few seconds apart.
func (d *demo) story(ctx context.Context, r *refresh.Refresher, cfg *config.Config) error {
	for _, step := range []struct {
		site, source, what string
		change             func(*demoState)
	}{
		{"Etam", "etam", "Warga Etam publishes a new story: “Jembatan Gantung Desa Selesai Diperbaiki”", func(s *demoState) { s.More = true }},
		{"Pemkab", "kominfo", "Kominfo corrects the date of the vaccination", func(s *demoState) { s.Corrected = true }},
		{"Planet", "delta", "Kumpulan Delta withdraws “Pasar Malam Kembali Digelar di Tepian”", func(s *demoState) { s.Withdrawn = true }},
	} {
		select {
		case <-time.After(6 * time.Second):
		case <-ctx.Done():
			return ctx.Err()
		}
		d.sites[step.site].change(step.change)
		list, err := named(cfg, []string{step.source})
		if err != nil {
			return err
		}
		began := time.Now()
		sum, err := r.Run(ctx, list, true)
		if err != nil {
			return err
		}
		d.server.wakeUp()
		fmt.Fprintf(d.app.out, "%s\n  read in %d ms: %d new, %d updated; see %ssemua/\n", step.what, time.Since(began).Milliseconds(), sum.New, sum.Updated, cfg.Site.URL)
	}
	fmt.Fprintln(d.app.out, "That was all; the result is served until Ctrl-C.")
	return nil
}
