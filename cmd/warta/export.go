package main

import (
	"fmt"

	"warta/feed/publish"
)

type exportCmd struct {
	Dir   string `arg:"" placeholder:"DIR" help:"Folder to write to; made if it is not there."`
	Quiet bool   `short:"q" help:"Print nothing when all is well."`
}

func (exportCmd) Help() string {
	return `Writes the very bytes that serve would send as files under the same paths: DIR/paser.atom, DIR/paser.rss, DIR/paser.json, DIR/paser/index.html, DIR/index.html, DIR/channels.opml and DIR/entries/…, each with a .gz beside it for nginx's gzip_static. Only files that changed are rewritten, each at one stroke, so a web server may read them meanwhile. What permissions grant is decided at the moment of the export; of one that ends soon a warning is logged, once a day. Where no serve runs, set site.hub to none: documents name serve as their WebSub hub else.

Example:
  warta refresh --quiet; warta export /var/www/feeds`
}

func (c *exportCmd) Run(a *app) error {
	cfg, err := a.load()
	if err != nil {
		return err
	}
	st, err := a.openStore(a.ctx, cfg)
	if err != nil {
		return err
	}
	defer st.Close()
	defer a.noteSeal(a.ctx, cfg, st)
	if err := a.remind(cfg, st); err != nil {
		return err
	}
	p, err := publish.New(st, settings(cfg), publish.Options{Now: a.now, Log: a.log, Ledger: st})
	if err != nil {
		return err
	}
	rep, err := p.Export(a.ctx, c.Dir)
	if err != nil {
		return err
	}
	if c.Quiet {
		return nil
	}
	_, err = fmt.Fprintf(a.out, "%s written to %s, %d unchanged, %d removed\n", count(rep.Written, "file"), c.Dir, rep.Unchanged, rep.Removed)
	return err
}
