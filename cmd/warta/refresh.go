package main

import (
	"encoding/json"
	"errors"
	"fmt"
	"log/slog"
	"os"
	"runtime/debug"
	"time"

	"warta/feed/store"
	"warta/sources/refresh"
)

type refreshCmd struct {
	Sources []string `arg:"" optional:"" placeholder:"SOURCE" help:"Ids of sources; all where none is named."`
	Force   bool     `help:"Visit them even if they are not due; still conditionally."`
	Wait    bool     `help:"Wait for another refresh to end instead of leaving at once."`
	Quiet   bool     `short:"q" help:"Print nothing when all is well."`
	JSON    bool     `name:"json" help:"Print the summary as JSON."`
}

func (refreshCmd) Help() string {
	return `Visits the sources that are due, one after another on each host and many hosts side by side, stores what is new, and prints one line. Documents are asked for conditionally; a source that fails is retried later, for ever. A permission that ends soon (notify) is logged as a warning, once a day.

Exit status: 0 all well; 1 nothing could be done; 2 the command line or the configuration is wrong; 3 some sources failed, the rest is done.

Examples:
  warta refresh
  */15 * * * *  warta --config /etc/warta/warta.yaml refresh --quiet; warta --config /etc/warta/warta.yaml export --quiet /var/www/feeds
  warta refresh --force pemkab`
}

// softMemory is where the collector of a refresh begins to work harder instead
// of taking more memory, in bytes; GOMEMLIMIT says otherwise.
const softMemory = 72 << 20

func (c *refreshCmd) Run(a *app) error {
	cfg, err := a.load()
	if err != nil {
		return err
	}
	if os.Getenv("GOMEMLIMIT") == "" {
		debug.SetMemoryLimit(softMemory)
	}
	list, err := named(cfg, c.Sources)
	if err != nil {
		return err
	}
	if len(cfg.Sources) == 0 && !c.Quiet {
		fmt.Fprintf(a.err, "warta: %s has no sources yet; add one with: warta add URL\n", cfg.Path)
	}
	lock, err := store.Lock(a.ctx, cfg.Database, "refresh", c.Wait)
	if err != nil {
		return err
	}
	defer lock.Unlock()
	st, err := a.openStore(a.ctx, cfg)
	if err != nil {
		return err
	}
	defer st.Close()
	defer a.noteSeal(a.ctx, cfg, st)
	if err := a.remind(cfg, st); err != nil {
		return err
	}

	began := a.now()
	bar := newProgress(a.err, len(list), c.Quiet || c.JSON)
	client := a.client(cfg)
	defer client.Close()
	sum, err := a.refresher(cfg, st, client, nil, bar.done).Run(a.ctx, list, c.Force)
	bar.clear()
	if c.Quiet {
		a.log = slog.New(leastLevel{a.log.Handler(), slog.LevelWarn})
	}
	if pages := a.rechecker(cfg, st, client); err == nil && pages != nil {
		err = pages.Run(a.ctx, list)
	}
	if err := c.print(a, sum, a.now().Sub(began)); err != nil {
		return err
	}
	if err != nil {
		return err
	}
	return verdict(sum)
}

// verdict is the error that a refresh's exit status stands for.
func verdict(sum refresh.Summary) error {
	switch {
	case sum.Failed == 0:
		return nil
	case sum.Failed == sum.Sources:
		return quietError{errors.New("every source failed")}
	}
	return quietError{partialError{errors.New("some sources failed")}}
}

type summaryJSON struct {
	Sources     int           `json:"sources"`
	NotModified int           `json:"not_modified"`
	Changed     int           `json:"changed"`
	Failed      int           `json:"failed"`
	New         int           `json:"entries_new"`
	Updated     int           `json:"entries_updated"`
	Seconds     float64       `json:"seconds"`
	Failures    []failureJSON `json:"failures"`
	Strange     []strangeJSON `json:"strange"`
	Renamed     []changedJSON `json:"changed_sources"`
}

type failureJSON struct {
	Source string `json:"source"`
	URL    string `json:"url"`
	Error  string `json:"error"`
}

// strangeJSON is a source that does not look like itself.
type strangeJSON struct {
	Source string `json:"source"`
	Held   int    `json:"held"`
	Why    string `json:"why"`
}

// changedJSON is a source that goes on under another name or at another host.
type changedJSON struct {
	Source string `json:"source"`
	What   string `json:"what"`
}

func (c *refreshCmd) print(a *app, sum refresh.Summary, took time.Duration) error {
	if c.JSON {
		out := summaryJSON{Sources: sum.Sources, NotModified: sum.NotModified, Changed: sum.Changed, Failed: sum.Failed,
			New: sum.New, Updated: sum.Updated, Seconds: took.Seconds(), Failures: []failureJSON{}, Strange: []strangeJSON{}, Renamed: []changedJSON{}}
		for _, r := range sum.Renamed {
			out.Renamed = append(out.Renamed, changedJSON{r.Source, r.Accepted.Changed})
		}
		for _, r := range sum.Strange {
			out.Strange = append(out.Strange, strangeJSON{r.Source, r.Accepted.Held, r.Accepted.Why})
		}
		for _, f := range sum.Failures {
			out.Failures = append(out.Failures, failureJSON{f.Source, f.URL, f.Err.Error()})
		}
		b, err := json.Marshal(out)
		if err != nil {
			return err
		}
		_, err = fmt.Fprintln(a.out, escaped(string(b)))
		return err
	}
	for _, f := range sum.Failures {
		next := "not tried again until its address in the configuration changes"
		if !f.Next.IsZero() {
			next = "next try " + f.Next.Local().Format("2006-01-02 15:04 MST")
		}
		fmt.Fprintf(a.err, "warta: source %s: %v; %s\n", f.Source, f.Err, next)
	}
	for _, r := range sum.Renamed {
		fmt.Fprintf(a.err, "warta: source %s: %s; its stories go on, so nothing is held, see: warta review\n", r.Source, r.Accepted.Changed)
	}
	for _, r := range sum.Strange {
		if r.Accepted.Some {
			fmt.Fprintf(a.err, "warta: source %s in part in quarantine: %s; %s kept apart, the rest is published, see: warta review\n", r.Source, r.Accepted.Why, stories(r.Accepted.Held))
		} else if r.Accepted.Held > 0 {
			fmt.Fprintf(a.err, "warta: source %s in quarantine: %s; %s kept apart, see: warta review\n", r.Source, r.Accepted.Why, stories(r.Accepted.Held))
		} else if !c.Quiet {
			fmt.Fprintf(a.err, "warta: source %s: %s; what it had stays published\n", r.Source, r.Accepted.Why)
		}
	}
	if c.Quiet && sum.Failed == 0 {
		return nil
	}
	_, err := fmt.Fprintf(a.out, "%s visited: %d changed, %d not modified, %d failed; %d new entries, %d updated; %.1f s\n",
		count(sum.Sources, "source"), sum.Changed, sum.NotModified, sum.Failed, sum.New, sum.Updated, took.Seconds())
	return err
}

// count writes a number with its noun.
func count(n int, noun string) string {
	if n == 1 {
		return "1 " + noun
	}
	return fmt.Sprintf("%d %ss", n, noun)
}
