package main

import (
	"context"
	"errors"
	"fmt"
	"net/url"
	"strings"
	"time"

	"warta/feed/config"
	"warta/sources"
	"warta/sources/fetch"
	"warta/sources/page"
	"warta/sources/parse"
	"warta/sources/refresh"
)

type addCmd struct {
	URLs   []string `arg:"" name:"url" placeholder:"URL" help:"Addresses of sites or of their feeds."`
	ID     string   `placeholder:"ID" help:"Id for the source; made from the host by default. Only with one URL."`
	Region string   `placeholder:"CODE" help:"Code of the region it covers, such as 64.01."`
}

func (addCmd) Help() string {
	return `Finds the feed of each site, reads it once to be sure, and appends the source to the configuration, whose comments and order stay as they are.

Examples:
  warta add https://pemkab.example.id/
  warta add --id kabar --region 64.01 https://kabar.example.id/feed/`
}

func (c *addCmd) Run(a *app) error {
	cfg, err := a.load()
	if err != nil {
		return err
	}
	if c.ID != "" && len(c.URLs) > 1 {
		return usageError{errors.New("--id names one source; give one URL with it")}
	}
	if err := config.CheckSource(c.ID, c.Region); err != nil {
		return usageError{err}
	}
	for _, address := range c.URLs {
		if _, err := siteURL(address); err != nil {
			return err
		}
	}
	client := a.client(cfg)
	defer client.Close()
	failed := 0
	for _, address := range c.URLs {
		if cfg, err = c.add(a, client, cfg, address); err != nil {
			failed++
			fmt.Fprintf(a.err, "warta: %s was not added: %s\n", address, sentence(err))
			if cfg, err = a.load(); err != nil {
				return err
			}
		}
	}
	switch {
	case failed == 0:
		return nil
	case failed < len(c.URLs):
		return quietError{partialError{errors.New("some sites were not added")}}
	}
	return quietError{errors.New("no site was added")}
}

// add finds one site's feed and appends it; it returns the configuration as
// it stands then.
func (c *addCmd) add(a *app, client *fetch.Client, cfg *config.Config, address string) (*config.Config, error) {
	site, err := siteURL(address)
	if err != nil {
		return cfg, err
	}
	feedURL, doc, err := find(a.ctx, client, site, a.now())
	if err != nil {
		return cfg, err
	}
	for _, s := range cfg.Sources {
		if s.Feed == feedURL {
			return cfg, fmt.Errorf("its feed %s is there already, as source %q", feedURL, s.ID)
		}
	}
	src := sources.Source{ID: c.ID, Title: doc.Title.Value, URL: doc.Link, Feed: feedURL, Language: doc.Language}
	if src.ID == "" {
		src.ID = freeID(cfg, feedURL)
	}
	if c.Region != "" {
		src.Regions = []string{c.Region}
	}
	if src.URL == "" {
		src.URL = site
	}
	if err := config.AddSource(a.config, src); err != nil {
		return cfg, err
	}
	fmt.Fprintf(a.out, "added %s: %s, %s, %s\n", src.ID, src.Name(""), feedURL, entries(doc.Entries))
	return a.load()
}

// siteURL completes what people type, such as pemkab.example.id.
func siteURL(s string) (string, error) {
	if !strings.Contains(s, "://") {
		s = "https://" + s
	}
	u, err := url.Parse(s)
	if err != nil || u.Host == "" || u.Scheme != "http" && u.Scheme != "https" {
		return "", usageError{fmt.Errorf("%q is not a web address such as https://pemkab.example.id/", s)}
	}
	return u.String(), nil
}

// find returns the feed at an address, or that the page there names, or that
// stands where feeds usually stand.
func find(ctx context.Context, get refresh.Getter, address string, now time.Time) (string, *sources.Document, error) {
	resp, doc, err := readFeed(ctx, get, address, now)
	if err == nil || resp == nil {
		return address, doc, err
	}
	for _, link := range page.Feeds(resp.Body, resp.URL) {
		if _, doc, err := readFeed(ctx, get, link.URL, now); err == nil {
			return link.URL, doc, nil
		}
	}
	for _, guess := range page.Guesses(resp.URL) {
		_, doc, err := readFeed(ctx, get, guess, now)
		if err == nil {
			return guess, doc, nil
		}
		if fetch.IsKind(err, fetch.Throttled, fetch.Server, fetch.Timeout) || ctx.Err() != nil {
			return "", nil, fmt.Errorf("the page names no feed, and looking for one at the usual addresses was stopped: %w", err)
		}
	}
	return "", nil, fmt.Errorf("no feed was found: the page names none, and none stands at the usual addresses; if you know the feed's address, add that")
}

// readFeed fetches and reads one feed. The response is nil where nothing
// could be fetched.
func readFeed(ctx context.Context, get refresh.Getter, address string, now time.Time) (*fetch.Response, *sources.Document, error) {
	resp, err := get.Get(ctx, fetch.Request{URL: address})
	if err != nil {
		return nil, nil, err
	}
	doc, err := parse.Parse(ctx, parse.Input{Body: resp.Body, ContentType: resp.ContentType, URL: resp.URL, ContentLocation: resp.ContentLocation})
	if err != nil {
		return resp, nil, err
	}
	refresh.Tidy(doc, sources.Source{}, now)
	return resp, doc, nil
}

// freeID makes an id from a host: "www.kabar-paser.example.id" gives
// "kabar-paser", and "kabar-paser-2" where that is taken.
func freeID(cfg *config.Config, feedURL string) string {
	base := "source"
	if u, err := url.Parse(feedURL); err == nil {
		name, _, _ := strings.Cut(strings.TrimPrefix(strings.ToLower(u.Hostname()), "www."), ".")
		name = strings.Trim(strings.Map(func(r rune) rune {
			if r >= 'a' && r <= 'z' || r >= '0' && r <= '9' || r == '-' {
				return r
			}
			return -1
		}, name), "-")
		if name != "" {
			base = name
		}
	}
	taken := make(map[string]bool)
	for _, s := range cfg.Sources {
		taken[s.ID] = true
	}
	id := base
	for n := 2; taken[id]; n++ {
		id = fmt.Sprintf("%s-%d", base, n)
	}
	return id
}

func entries(n int) string {
	if n == 1 {
		return "1 entry"
	}
	return fmt.Sprintf("%d entries", n)
}
