package main

import (
	"bytes"
	"cmp"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"time"

	"warta/feed"
	"warta/feed/config"
	reports "warta/feed/report"
	"warta/feed/store"
)

type partnerReportCmd struct {
	Partner  string `arg:"" optional:"" help:"The partner's id; without it, all partners (name --source)."`
	Source   string `placeholder:"ID" help:"Only stories of this source: a report for their owner."`
	Month    string `placeholder:"YYYY-MM" help:"The month (default: the present one)."`
	Format   string `enum:",table,csv,json,html" default:"" placeholder:"FORMAT" help:"table, csv, json or html (default: as the name of --out ends, else table)."`
	Out      string `placeholder:"FILE" help:"Write to this file instead of the terminal."`
	Language string `enum:",id,en" default:"" placeholder:"id|en" help:"Language of the page (default: the site's)."`
}

func (partnerReportCmd) Help() string {
	return `Says what a partner was served in a month: every state of every story, in which use and under which permission, with its words and images, when and how often it was fetched and when it was sent; and which corrections and withdrawals reached it. With --source it is the other way round: which partners showed the stories of one owner. The page (--format html) can be sent as it is.

Examples:
  warta partner report portal --month 2026-11
  warta partner report portal --out portal-2026-11.html --language en
  warta partner report --source pemkab --format csv`
}

func (c *partnerReportCmd) Run(a *app) error {
	if c.Partner == "" && c.Source == "" {
		return usageError{errors.New("name a partner, or a source with --source; warta partner lists the partners")}
	}
	cfg, st, err := a.openDesk(true)
	if err != nil {
		return err
	}
	defer st.Close()
	if err := c.check(cfg); err != nil {
		return err
	}
	month := cmp.Or(c.Month, a.now().In(cfg.TimeZone).Format("2006-01"))
	proofs, err := st.Proofs(a.ctx, store.Wanted{Partner: c.Partner, Source: c.Source, Month: month})
	if err != nil {
		return err
	}
	history, err := noticeHistory(a, st, c.Partner, c.Source, month, cfg.TimeZone)
	if err != nil {
		return err
	}
	facts, err := reportFacts(a, cfg, st, speech(c.Language, cfg), proofs, history)
	if err != nil {
		return err
	}
	r := reports.Build(month, c.Partner, c.Source, proofs, history, facts)
	return c.write(a, &r)
}

// check says early what can't be reported about. Partners and sources that are
// no longer configured were served, or shown, all the same.
func (c *partnerReportCmd) check(cfg *config.Config) error {
	if _, err := time.Parse("2006-01", c.Month); c.Month != "" && err != nil {
		return usageError{fmt.Errorf("the month %q is none; write --month 2026-11", c.Month)}
	}
	return nil
}

func (c *partnerReportCmd) write(a *app, r *reports.Report) error {
	format := reports.Format(c.Format)
	if format == "" {
		switch ext := strings.ToLower(filepath.Ext(c.Out)); ext {
		case ".csv", ".json", ".html":
			format = reports.Format(ext[1:])
		case ".htm":
			format = reports.HTML
		default:
			format = reports.Table
		}
	}
	if c.Out == "" && format == reports.JSON {
		return a.printJSON(r)
	}
	if c.Out == "" {
		return reports.Write(a.out, format, r)
	}
	var b bytes.Buffer
	if err := reports.Write(&b, format, r); err != nil {
		return err
	}
	if err := os.WriteFile(c.Out, b.Bytes(), 0o640); err != nil {
		return fmt.Errorf("writing the report: %w", err)
	}
	_, err := fmt.Fprintf(a.out, "%s: %d stories, %s\n", c.Out, r.Sums.Stories, format)
	return err
}

// noticeHistory are the proofs of all months about entries whose notice came in
// a month; of any month where month is empty.
func noticeHistory(a *app, st *store.Store, partner, source, month string, zone *time.Location) ([]feed.Proof, error) {
	entries, err := st.NoticesOf(a.ctx, partner)
	if err != nil {
		return nil, err
	}
	var ids []string
	for i := range entries {
		e := &entries[i]
		if (source == "" || e.Source == source) && (month == "" || e.Notice.When.In(zone).Format("2006-01") == month) {
			ids = append(ids, e.ID)
		}
	}
	var history []feed.Proof
	for len(ids) > 0 {
		some := ids[:min(len(ids), 100)]
		ids = ids[len(some):]
		list, err := st.Proofs(a.ctx, store.Wanted{Partner: partner, Entries: some})
		if err != nil {
			return nil, err
		}
		history = append(history, list...)
	}
	return history, nil
}

// reportFacts reads what a report says beside the proofs.
func reportFacts(a *app, cfg *config.Config, st *store.Store, language string, lists ...[]feed.Proof) (reports.Facts, error) {
	f := reports.Facts{
		Site: cfg.Site, Zone: cfg.TimeZone, Made: a.now().In(cfg.TimeZone).Truncate(time.Second), Language: language,
		Sources: make(map[string]string), Partners: make(map[string]string), Permissions: cfg.Permissions, States: make(map[string][]feed.Entry),
	}
	titles, err := st.FeedTitles(a.ctx)
	if err != nil {
		return f, err
	}
	for _, s := range cfg.Sources {
		f.Sources[s.ID] = cmp.Or(s.Title, titles[s.ID])
	}
	for _, p := range cfg.Partners {
		f.Partners[p.ID] = p.Title
	}
	for _, list := range lists {
		for i := range list {
			id := list[i].Entry
			if _, ok := f.States[id]; ok {
				continue
			}
			states, err := st.Revisions(a.ctx, id)
			if err != nil && !errors.Is(err, feed.ErrNotFound) {
				return f, err
			}
			for k := range states { // their texts are not reported
				states[k].Content.Value, states[k].Summary.Value = "", ""
			}
			f.States[id] = states
		}
	}
	return f, nil
}

type partnerNoticesCmd struct {
	Partner string `arg:"" optional:"" help:"The partner's id; without it, all partners."`
	JSON    bool   `name:"json" help:"Print the list as JSON."`
}

func (partnerNoticesCmd) Help() string {
	return `Lists corrections, rights of reply and withdrawals of stories that partners were served before: which earlier revisions each had, when the notice was sent to it, and when it fetched a document with it. Where both are missing, the partner does not know yet: call.

Examples:
  warta partner notices
  warta partner notices portal --json`
}

func (c *partnerNoticesCmd) Run(a *app) error {
	cfg, st, err := a.openDesk(true)
	if err != nil {
		return err
	}
	defer st.Close()
	history, err := noticeHistory(a, st, c.Partner, "", "", cfg.TimeZone)
	if err != nil {
		return err
	}
	facts, err := reportFacts(a, cfg, st, speech("", cfg), history)
	if err != nil {
		return err
	}
	list := reports.Notices(history, facts)
	if c.JSON {
		return a.printJSON(list)
	}
	if len(list) == 0 {
		_, err := fmt.Fprintln(a.out, "No partner was served a story that was corrected or withdrawn afterwards.")
		return err
	}
	return reports.WriteNotices(a.out, list)
}
