package main

import (
	"errors"
	"fmt"
	"slices"
	"strings"
	"time"

	"warta/feed"
	"warta/feed/config"
	"warta/feed/rights"
	"warta/feed/store"
)

type reviewCmd struct {
	List    reviewListCmd    `cmd:"" default:"withargs" help:"List what waits, with why."`
	Release reviewReleaseCmd `cmd:"" help:"It was looked at: show what evidence and permissions allow."`
	Hold    reviewHoldCmd    `cmd:"" help:"Show nothing of it until it is released."`
	Drop    reviewDropCmd    `cmd:"" help:"Show nothing of it, for good."`
}

func (reviewCmd) Help() string {
	return `Where evidence about rights is unclear or contradicts itself, an entry is shown as tightly as any of it says and waits here for a person. A verdict is kept with its author, time and note, and stands whatever the source sends later; only a release ends when other words about rights appear, since nobody has looked at those. A verdict never shows more than evidence and permissions allow: to show more, record a permission.

A source that suddenly is on another host, says it is somebody else's, writes in another language or of other things, or floods its feed, is in quarantine: its last good state stays published and what it brings waits here, until it is released (it is right so) or dropped (what waited is discarded, and the source is held again if it is still strange). Single stories that advertise gambling wait by themselves while the rest of their source is published. One of the stories that wait can be released or dropped by its id, too.

Examples:
  warta review
  warta review release pemkab --note "Pindah domain, dikonfirmasi lewat telepon"
  warta review release k3xq2mzu7yb5w4ha --note "Hanya catatan kaki situs" --by Rina
  warta review release k3xq2m 7fzq4d https://pemkab.example.id/berita/2 --note "Sudah dicek"
  warta review drop https://pemkab.example.id/berita/1 --note "Bukan berita"`
}

type reviewListCmd struct {
	JSON     bool   `name:"json" help:"Print the list as JSON."`
	Language string `placeholder:"id|en" help:"Language of the reasons (default: the site's)."`
}

func (reviewListCmd) Help() string {
	return "Lists the entries that wait for an editor, newest first, each with the words that are in doubt; those on hold too, with who holds them.\n\nExample:\n  warta review list --json"
}

// waiting is an entry that a person must look at.
type waiting struct {
	Entry   string       `json:"entry"`
	Source  string       `json:"source"`
	Title   string       `json:"title"`
	URL     string       `json:"url"`
	Since   time.Time    `json:"since"`
	Shown   feed.Use     `json:"shown"`
	Verdict feed.Verdict `json:"verdict,omitempty"`
	By      string       `json:"by,omitempty"`
	Note    string       `json:"note,omitempty"`
	Why     []string     `json:"why"`
}

func (c *reviewListCmd) Run(a *app) error {
	cfg, st, err := a.openDesk(true)
	if err != nil {
		return err
	}
	defer st.Close()
	language := speech(c.Language, cfg)
	held, err := heldSources(a, st, language)
	if err != nil {
		return err
	}
	if err := withStories(a, st, held); err != nil {
		return err
	}
	changed, err := changedSources(a, cfg, st, language)
	if err != nil {
		return err
	}
	list := []waiting{}
	err = st.Terms(a.ctx, "", func(e *feed.Entry) error {
		d := decide(cfg, e, a.now())
		held := e.Desk != nil && e.Desk.Verdict == feed.Held
		if !d.Hold && !held || d.Use == feed.None && !held && !waits(&d) {
			return nil // nothing to decide: it is not shown in any case
		}
		w := waiting{Entry: e.ID, Source: e.Source, Title: e.Title, URL: e.Attribution.URL, Since: e.Changed, Shown: d.Use, Why: rights.Doubts(d, language)}
		if held {
			w.Verdict, w.By, w.Note, w.Since = e.Desk.Verdict, e.Desk.By, e.Desk.Note, e.Desk.At
		}
		list = append(list, w)
		return nil
	})
	if err != nil {
		return err
	}
	if c.JSON {
		return a.printJSON(reviewJSON{Sources: held, Changed: changed, Permissions: soonOver(cfg, a.now()), Entries: list})
	}
	if err := printHeld(a, held, cfg.TimeZone); err != nil {
		return err
	}
	if err := printChanged(a, cfg, changed); err != nil {
		return err
	}
	calls := ending(cfg, a.now())
	for _, line := range calls {
		fmt.Fprintln(a.out, line)
	}
	return printWaiting(a, list, len(held)+len(calls), cfg.TimeZone)
}

// reviewJSON is all that waits.
type reviewJSON struct {
	Sources     []heldSource     `json:"sources"`
	Changed     []changedSource  `json:"changed"`     // that go on under another name or at another host
	Permissions []permissionView `json:"permissions"` // that end soon
	Entries     []waiting        `json:"entries"`
}

// waits reports whether an entry that is not shown waits for somebody: its
// embargo can't be read, or it is dated in the future.
func waits(d *feed.Decision) bool {
	return slices.ContainsFunc(d.Reasons, func(r feed.Reason) bool { return r.Rule == "embargo-unclear" || r.Rule == "date-ahead" })
}

// printWaiting lists entries, after so many other things that were listed.
func printWaiting(a *app, list []waiting, others int, zone *time.Location) error {
	if len(list) == 0 {
		if others > 0 {
			return nil
		}
		_, err := fmt.Fprintln(a.out, "nothing waits")
		return err
	}
	var b strings.Builder
	for _, w := range list {
		fmt.Fprintf(&b, "%s  %s  %s  shown: %s, since %s\n", w.Entry, w.Source, shorten(w.Title, 50), w.Shown, w.Since.In(zone).Format("2006-01-02 15:04"))
		if w.Verdict != "" {
			fmt.Fprintf(&b, "  held by %s: %s\n", w.By, w.Note)
		}
		if w.URL != "" {
			fmt.Fprintf(&b, "  %s\n", w.URL)
		}
		for _, why := range w.Why {
			fmt.Fprintf(&b, "  – %s\n", why)
		}
	}
	wait := "waits"
	if len(list) > 1 {
		wait = "wait"
	}
	fmt.Fprintf(&b, "%s %s; shown meanwhile is what each line says. Decide with: warta review release|hold|drop ENTRY… --note TEXT\n", entries(len(list)), wait)
	_, err := fmt.Fprint(a.out, b.String())
	return err
}

// verdictFlags are what every verdict takes.
type verdictFlags struct {
	Entries []string `arg:"" name:"entry|url|source" sep:"none" help:"The entry, or several: its id or how it begins, the address of its page, or the id its feed gave it; a source in quarantine, or a story that waits in one."`
	Note    string   `placeholder:"TEXT" help:"Why; for editors, not shown to readers."`
	By      string   `placeholder:"NAME" help:"Who decided it (default: the user of this machine)."`
}

type (
	reviewReleaseCmd struct{ verdictFlags }
	reviewHoldCmd    struct{ verdictFlags }
	reviewDropCmd    struct{ verdictFlags }
)

func (reviewReleaseCmd) Help() string {
	return "Ends the wait, or an earlier hold or drop. What is shown is what evidence and permissions allow, no more.\n\nExample:\n  warta review release k3xq2mzu7yb5w4ha --note \"Hanya catatan kaki situs\"\n  warta review release pemkab --note \"Pindah domain\""
}

func (reviewHoldCmd) Help() string {
	return "Takes the entry out of every feed and page until it is released.\n\nExample:\n  warta review hold k3xq2mzu7yb5w4ha --note \"Menunggu jawaban redaksi asal\""
}

func (reviewDropCmd) Help() string {
	return "Takes the entry out of every feed and page. Its record stays; release brings it back. To tell readers that a story they were served is taken back, use warta withdraw.\n\nExample:\n  warta review drop k3xq2mzu7yb5w4ha --note \"Bukan berita\""
}

func (c *reviewReleaseCmd) Run(a *app) error { return c.judge(a, feed.Released) }
func (c *reviewHoldCmd) Run(a *app) error    { return c.judge(a, feed.Held) }
func (c *reviewDropCmd) Run(a *app) error    { return c.judge(a, feed.Dropped) }

func (c *verdictFlags) judge(a *app, verdict feed.Verdict) error {
	note := strings.TrimSpace(c.Note)
	if note == "" {
		return usageError{errors.New("a verdict needs a note for those who ask later; add --note TEXT")}
	}
	cfg, st, err := a.openDesk(false)
	if err != nil {
		return err
	}
	defer st.Close()
	var failed []error
	for _, what := range c.Entries {
		if err := judgeOne(a, cfg, st, what, verdict, note, a.editor(c.By)); err != nil {
			failed = append(failed, err)
		}
	}
	if n := len(failed); n > 0 && n < len(c.Entries) {
		return partialError{fmt.Errorf("%d of %d were not decided:\n%w", n, len(c.Entries), errors.Join(failed...))}
	}
	return errors.Join(failed...)
}

// judgeOne gives the verdict on one entry, source in quarantine, or story that
// waits in one.
func judgeOne(a *app, cfg *config.Config, st *store.Store, what string, verdict feed.Verdict, note, by string) error {
	if done, err := judgeSource(a, st, what, verdict, note, by); done || err != nil {
		return err
	}
	e, err := entryNamed(a.ctx, cfg, st, what)
	if _, is := cfg.Source(what); is && errors.Is(err, feed.ErrNotFound) {
		return fmt.Errorf("the source %s is not in quarantine, nothing of it waits; to keep all of it from being shown set rights: none at it: %w", what, feed.ErrNotFound)
	}
	if err != nil {
		return err
	}
	before := decide(cfg, &e, a.now())
	waited := before.Hold || e.Desk.Closes()
	if err := st.Judge(a.ctx, e.ID, verdict, note, by); err != nil {
		return err
	}
	if e, err = st.Entry(a.ctx, e.ID); err != nil {
		return err
	}
	words := map[feed.Verdict]string{feed.Released: "released", feed.Held: "on hold", feed.Dropped: "dropped"}
	note = ""
	if verdict == feed.Released && !waited {
		note = " (it did not wait)"
	}
	_, err = fmt.Fprintf(a.out, "%s %q of %s is %s; shown: %s%s\n", e.ID, shorten(e.Title, 60), e.Source, words[verdict], decide(cfg, &e, a.now()).Use, note)
	return err
}
