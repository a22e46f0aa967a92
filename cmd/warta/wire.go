package main

import (
	"context"
	"errors"
	"fmt"
	"io/fs"

	"warta/feed/config"
	"warta/feed/curate"
	"warta/feed/intake"
	"warta/feed/publish"
	"warta/feed/store"
	"warta/sources"
	"warta/sources/fetch"
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
	return store.Open(ctx, cfg.Database, store.Options{Now: a.now})
}

// refresher joins fetcher, store and intake.
func (a *app) refresher(cfg *config.Config, st *store.Store, get refresh.Getter, done func(refresh.Result)) *refresh.Refresher {
	return refresh.New(refresh.Options{
		Getter: get, Memory: st, Accepter: intake.New(st, intake.Options{Now: a.now}),
		Every: cfg.Fetch.Every, Workers: cfg.Fetch.Workers, Now: a.now, Done: done,
	})
}

// settings is the part of the configuration that publishing needs.
func settings(cfg *config.Config) publish.Settings {
	site := cfg.Site
	site.Zone = cfg.TimeZone
	return publish.Settings{
		Site: site, Policy: cfg.Policy, Permissions: cfg.Permissions,
		Channels: cfg.Channels, Sources: cfg.Sources,
	}
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
			return nil, usageError{fmt.Errorf("the configuration %s has no source %q; warta check lists its sources", cfg.Path, id)}
		}
	}
	return list, nil
}
