package main

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"strings"
	"time"

	"warta/feed/config"
	"warta/feed/curate"
	"warta/feed/deliver"
	"warta/feed/intake"
	"warta/feed/publish"
	"warta/feed/store"
	"warta/sources"
	"warta/sources/fetch"
	"warta/sources/recheck"
	"warta/sources/refresh"
)

// load reads the configuration that --config names.
func (a *app) load() (*config.Config, error) {
	cfg, err := config.Load(a.config, config.Options{Env: a.env, CheckSelect: curate.CheckSelect})
	if errors.Is(err, fs.ErrNotExist) {
		return nil, usageError{fmt.Errorf("there is no configuration %s; write one with: warta init", a.config)}
	}
	return cfg, err
}

// client returns a fetcher as the configuration wants it.
func (a *app) client(cfg *config.Config) *fetch.Client {
	return fetch.New(fetch.Options{
		UserAgent:    fetch.UserAgent(version, cfg.Site.URL, cfg.Site.Contact),
		AllowPrivate: cfg.Fetch.AllowPrivate,
		Timeout:      cfg.Fetch.Timeout,
		MaxBody:      cfg.Fetch.MaxBody,
		Now:          a.now,
	})
}

// openStore opens the database that the configuration names.
func (a *app) openStore(ctx context.Context, cfg *config.Config) (*store.Store, error) {
	return store.Open(ctx, cfg.Database, store.Options{Now: a.now, Zone: cfg.TimeZone})
}

// refresher joins fetcher, store and intake.
func (a *app) refresher(cfg *config.Config, st *store.Store, get refresh.Getter, pace *refresh.Pace, done func(refresh.Result)) *refresh.Refresher {
	return refresh.New(refresh.Options{
		Getter: get, Memory: st, Accepter: intake.New(st, intake.Options{Now: a.now}),
		Every: cfg.Fetch.Every, Workers: cfg.Fetch.Workers, Pace: pace, Ask: cfg.Fetch.Pages, Now: a.now, Done: done,
	})
}

// rechecker visits article pages again; nil where the operator wants none.
func (a *app) rechecker(cfg *config.Config, st *store.Store, get recheck.Getter) *recheck.Checker {
	if !cfg.Fetch.Pages {
		return nil
	}
	pause := pagePause
	if cfg.Fetch.AllowPrivate {
		pause = 0 // tests and intranets
	}
	return recheck.New(recheck.Options{
		Getter: get, Keeper: intake.NewPages(st, intake.PageOptions{Policy: cfg.Policy, Permissions: cfg.Permissions, Now: a.now}),
		Pause: pause, Workers: cfg.Fetch.Workers, Now: a.now, Done: a.tellPage,
	})
}

// pagePause is the time between two requests for pages of one host.
const pagePause = time.Second

// tellPage logs what came of a visit to an article page.
func (a *app) tellPage(r recheck.Result) {
	log := a.log.With("source", r.Source, "url", r.URL)
	switch {
	case r.Withdrawn:
		log.Info("story withdrawn by its outlet", "reason", r.Suspicion, "seen", r.Times)
	case r.Held != "":
		log.Info("article page looks withdrawn; not believed", "reason", r.Suspicion, "seen", r.Times, "because", r.Held, "next", r.Next.Format(time.RFC3339))
	case r.Suspicion != "":
		log.Info("article page looks withdrawn; it waits to be confirmed", "reason", r.Suspicion, "seen", r.Times, "next", r.Next.Format(time.RFC3339))
	case r.Err != nil:
		log.Debug("article page failed", "error", r.Err, "next", r.Next.Format(time.RFC3339))
	case r.Corrected:
		log.Info("article page says that its story was corrected", "rights", r.Changed)
	case r.Changed:
		log.Info("article page says something new about rights")
	default:
		log.Debug("article page read")
	}
}

// settings is the part of the configuration that publishing needs.
func settings(cfg *config.Config) publish.Settings {
	site := cfg.Site
	site.Zone = cfg.TimeZone
	return publish.Settings{
		Site: site, Policy: cfg.Policy, Permissions: cfg.Permissions,
		Channels: cfg.Channels, Partners: cfg.Partners, Sources: cfg.Sources,
		OwnHub: cfg.OwnHub,
	}
}

// hooks are the webhooks that the configuration asks for.
func hooks(cfg *config.Config) []deliver.Hook {
	var list []deliver.Hook
	for _, p := range cfg.Partners {
		if p.Webhook == "" {
			continue
		}
		for _, ch := range p.Channels {
			list = append(list, deliver.Hook{Partner: p.ID, Channel: ch, Callback: p.Webhook, Secret: p.WebhookSecret})
		}
	}
	return list
}

// named returns the sources that ids name, in the configuration's order; all
// of them where ids is empty.
func named(cfg *config.Config, ids []string) ([]sources.Source, error) {
	if len(ids) == 0 {
		return cfg.Sources, nil
	}
	want := make(map[string]bool, len(ids))
	for _, id := range ids {
		want[id] = true
	}
	var list []sources.Source
	for _, s := range cfg.Sources {
		if want[s.ID] {
			list = append(list, s)
			delete(want, s.ID)
		}
	}
	for _, id := range ids {
		if want[id] {
			return nil, usageError{fmt.Errorf("the configuration %s has no source %q%s", cfg.Path, id, similar(cfg, id))}
		}
	}
	return list, nil
}

// similar says which source was probably meant.
func similar(cfg *config.Config, id string) string {
	ids := make([]string, len(cfg.Sources))
	for i, s := range cfg.Sources {
		ids[i] = s.ID
	}
	switch near := config.Nearest(id, ids); {
	case near != "":
		return fmt.Sprintf("; did you mean %q?", near)
	case len(ids) == 0:
		return ", nor any other; add one with: warta add URL"
	case len(ids) <= 12:
		return "; it has " + strings.Join(ids, ", ")
	}
	return ""
}
