package main

import (
	"fmt"
	"io"
	"net/url"
	"os"
	"slices"
	"strings"

	"warta/feed"
	"warta/feed/config"
	"warta/feed/intake"
	"warta/feed/rights"
	"warta/sources"
	"warta/sources/evidence"
	"warta/sources/fetch"
	"warta/sources/page"
	"warta/sources/parse"
	"warta/sources/refresh"
)

type inspectCmd struct {
	Target       string `arg:"" name:"file|url|-" help:"A file, an address, or - for standard input."`
	JSON         bool   `name:"json" help:"Print everything as JSON (docs/inspect.schema.json)."`
	Base         string `placeholder:"URL" help:"Address that relative links in a file are relative to."`
	ContentType  string `placeholder:"TYPE" help:"Content-Type that the file would have come with."`
	Source       string `placeholder:"ID" help:"Read it as this source of the configuration: its name, language, region, debris and rights."`
	Page         bool   `help:"Read an article page instead of a feed."`
	AllowPrivate bool   `help:"Fetch from loopback and private addresses too."`
}

func (inspectCmd) Help() string {
	return `Reads one document as refresh would and shows what was understood: its entries with byline, dateline, dates, rights and the evidence for them, what may be shown and why, what was repaired and what was removed. Nothing is stored. The rights are those of a configuration that says nothing about the source, unless --source names one.

Examples:
  warta inspect https://pemkab.example.id/feed/
  warta inspect --json feed.xml | jq '.entries[].rights'
  curl -s https://pemkab.example.id/berita/1 | warta inspect --page --base https://pemkab.example.id/berita/1 -`
}

// maxInspect bounds what inspect reads from a file or standard input.
const maxInspect = 64 << 20

func (c *inspectCmd) Run(a *app) error {
	if u, err := url.Parse(c.Base); c.Base != "" && (err != nil || u.Host == "") {
		return usageError{fmt.Errorf("--base %q is not a web address such as https://pemkab.example.id/feed/", c.Base)}
	}
	as, err := c.as(a)
	if err != nil {
		return err
	}
	in, said, err := c.open(a)
	if err != nil {
		return err
	}
	doc, err := c.read(a, in, as.source)
	if err != nil {
		return err
	}
	doc.Evidence = append(doc.Evidence, said...)
	rep := report(doc, a, as)
	if c.JSON {
		return a.printJSON(rep)
	}
	return rep.print(a.out)
}

// inspected is as what a document is read: a source, and what is said of it.
type inspected struct {
	source      sources.Source
	policy      feed.Policy
	permissions []feed.Permission
}

// as finds the source that --source names; without it the document is
// anybody's.
func (c *inspectCmd) as(a *app) (inspected, error) {
	if c.Source == "" {
		return inspected{policy: feed.Policy{Default: feed.Excerpt, Commercial: true}}, nil // nobody declared anything
	}
	cfg, err := config.Load(a.config, config.Options{Env: a.env})
	if err != nil {
		return inspected{}, err
	}
	i := slices.IndexFunc(cfg.Sources, func(s sources.Source) bool { return s.ID == c.Source })
	if i < 0 {
		return inspected{}, usageError{fmt.Errorf("there is no source %q in %s; warta check lists those there are", c.Source, a.config)}
	}
	return inspected{cfg.Sources[i], cfg.Policy, cfg.Permissions}, nil
}

// open brings the bytes to be read, from wherever they are, and what the
// response that carried them says of rights.
func (c *inspectCmd) open(a *app) (parse.Input, []sources.Evidence, error) {
	in := parse.Input{URL: c.Base, ContentType: c.ContentType}
	if strings.HasPrefix(c.Target, "http://") || strings.HasPrefix(c.Target, "https://") {
		client := fetch.New(fetch.Options{UserAgent: fetch.UserAgent(version, "", ""), AllowPrivate: c.AllowPrivate || c.privateByConfig(a), Now: a.now})
		defer client.Close()
		resp, err := client.Get(a.ctx, fetch.Request{URL: c.Target, Robots: c.Page})
		if err != nil {
			return in, nil, err
		}
		in.Body, in.ContentLocation, in.ContentLanguage = resp.Body, resp.ContentLocation, resp.Header.Get("Content-Language")
		if in.ContentType == "" {
			in.ContentType = resp.ContentType
		}
		if in.URL == "" {
			in.URL = resp.URL
		}
		return in, evidence.Header(resp.Header, resp.URL), nil
	}
	r, name := a.in, "standard input"
	if c.Target != "-" {
		f, err := os.Open(c.Target)
		if err != nil {
			return in, nil, fmt.Errorf("reading the document: %w", err)
		}
		defer f.Close()
		r, name = f, c.Target
	}
	body, err := io.ReadAll(io.LimitReader(r, maxInspect+1))
	if err != nil {
		return in, nil, fmt.Errorf("reading %s: %w", name, err)
	}
	if len(body) > maxInspect {
		return in, nil, fmt.Errorf("%s is larger than %d MiB, the most that is read", name, maxInspect>>20)
	}
	in.Body = body
	return in, nil, nil
}

// privateByConfig heeds fetch.allow_private where there is a configuration.
func (c *inspectCmd) privateByConfig(a *app) bool {
	cfg, err := config.Load(a.config, config.Options{Env: a.env})
	return err == nil && cfg.Fetch.AllowPrivate
}

func (c *inspectCmd) read(a *app, in parse.Input, src sources.Source) (*sources.Document, error) {
	if c.Page {
		doc, err := page.Article(a.ctx, in.Body, in.ContentType, in.URL)
		if err != nil {
			return nil, fmt.Errorf("%s: %w", c.Target, err)
		}
		refresh.Tidy(doc, src, a.now())
		for i := range doc.Items {
			doc.Items[i].Evidence = append(doc.Items[i].Evidence, evidence.Page(page.UTF8(in.Body, in.ContentType), in.URL)...)
		}
		return doc, nil
	}
	doc, err := parse.Parse(a.ctx, in)
	if err != nil {
		return nil, fmt.Errorf("%s: %w", c.Target, err)
	}
	refresh.Tidy(doc, src, a.now())
	return doc, nil
}

// report is what inspect --json prints.
func report(doc *sources.Document, a *app, as inspected) inspection {
	if as.source.ID == "" {
		as.source = sources.Source{ID: "inspected", Feed: doc.FeedURL}
	}
	rep := inspection{Feed: headOf(doc), Warnings: doc.Warnings, Entries: []entryView{}}
	if rep.Warnings == nil {
		rep.Warnings = []sources.Warning{}
	}
	view := func(it *sources.Item) entryView {
		e := intake.Entry(as.source, doc, it, a.now())
		return viewOf(it, &e, rights.Decide(&e, as.policy, as.permissions, feed.Public, a.now()), as.policy)
	}
	for i := range doc.Items {
		rep.Entries = append(rep.Entries, view(&doc.Items[i]))
	}
	if doc.Partial != nil {
		v := view(doc.Partial)
		v.Truncated, v.Rights.Use, v.Rights.Why = true, feed.None, "the document ends within this entry: it is taken over once it comes whole"
		rep.Entries = append(rep.Entries, v)
	}
	return rep
}
