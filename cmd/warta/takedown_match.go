package main

import (
	"errors"
	"fmt"
	"net/url"
	"strings"

	"warta/feed"
	"warta/feed/config"
	"warta/feed/store"
)

// matchOf is what a request reaches: as the operator says, else the addresses
// that were asked for.
func matchOf(a *app, cfg *config.Config, st *store.Store, t *feed.Takedown, c takedownAcceptCmd) (feed.Match, error) {
	switch {
	case c.Source != "":
		if _, ok := cfg.Source(c.Source); !ok {
			return feed.Match{}, usageError{fmt.Errorf("the configuration %s has no source %q", cfg.Path, c.Source)}
		}
		return feed.Match{Source: c.Source}, nil
	case len(c.Entry) > 0:
		var m feed.Match
		for _, what := range c.Entry {
			e, err := entryNamed(a.ctx, cfg, st, what)
			if err != nil {
				return feed.Match{}, err
			}
			m.Entries = append(m.Entries, e.ID)
		}
		return single(m), nil
	case len(c.Address) > 0:
		for _, address := range c.Address {
			u, err := url.Parse(address)
			if err != nil || u.Host == "" || strings.Trim(u.Host, "*.") == "" {
				return feed.Match{}, usageError{fmt.Errorf("%q is no address; give it with its host, as https://pemkab.example.id/berita/*", address)}
			}
		}
		return single(feed.Match{Addresses: c.Address}), nil
	case !t.Match.IsZero():
		return t.Match, nil
	}
	return askedFor(a, cfg, st, t.What)
}

// askedFor is what the owner named: addresses of stories, one on each line, here
// or at their home.
func askedFor(a *app, cfg *config.Config, st *store.Store, what string) (feed.Match, error) {
	var m feed.Match
	for line := range strings.Lines(what) {
		line = strings.TrimSpace(line)
		if line == "" {
			continue
		}
		u, err := url.Parse(line)
		if err != nil || u.Host == "" || strings.Trim(u.Path, "/")+u.RawQuery == "" || strings.ContainsAny(line, " *") {
			return feed.Match{}, usageError{fmt.Errorf("what was asked for is not addresses of stories alone (%q); say what is reached with --source, --entry or --address", shorten(line, 60))}
		}
		if e, err := entryNamed(a.ctx, cfg, st, line); err == nil {
			m.Entries = append(m.Entries, e.ID)
		} else if strings.HasPrefix(line, cfg.Site.URL) {
			return feed.Match{}, usageError{fmt.Errorf("%s is no story here; say what is reached with --source, --entry or --address", line)}
		} else {
			m.Addresses = append(m.Addresses, line)
		}
	}
	if m.IsZero() {
		return m, usageError{errors.New("nothing was asked for; say what is reached with --source, --entry or --address")}
	}
	return single(m), nil
}

// single writes a match of one thing as such.
func single(m feed.Match) feed.Match {
	switch {
	case len(m.Entries) == 1 && len(m.Addresses) == 0:
		return feed.Match{Entry: m.Entries[0]}
	case len(m.Addresses) == 1 && len(m.Entries) == 0:
		return feed.Match{Address: m.Addresses[0]}
	}
	return m
}

// reach is what of the stored entries a request reaches.
type reach struct {
	ids     []string
	titles  []string       // of the first of them, for people
	of, all map[string]int // reached, and stored, by source
}

// mostTitles is how many of the stories that are reached are named.
const mostTitles = 10

func reachedBy(a *app, st *store.Store, m feed.Match) (reach, error) {
	r := reach{of: make(map[string]int), all: make(map[string]int)}
	err := st.Terms(a.ctx, m.Source, func(e *feed.Entry) error {
		r.all[e.Source]++
		if !m.Reaches(e.Source, e.ID, e.Attribution.URL) {
			return nil
		}
		r.of[e.Source]++
		r.ids = append(r.ids, e.ID)
		if len(r.titles) < mostTitles {
			r.titles = append(r.titles, fmt.Sprintf("%s  %s  %s", e.ID, e.Source, shorten(e.Title, 60)))
		}
		return nil
	})
	return r, err
}

// few is up to how many stories nobody is asked whether they are sure.
const few = 3

// wide says that more is reached than one who asks for a story means; "": it
// isn't.
func (r *reach) wide() string {
	if len(r.ids) <= few {
		return ""
	}
	if len(r.of) > 1 {
		return fmt.Sprintf("in %s", count(len(r.of), "source"))
	}
	for id, n := range r.of {
		if n == r.all[id] {
			return "all there are of " + id
		}
	}
	return ""
}
