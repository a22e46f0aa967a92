package main

import (
	"context"
	"fmt"
	"strings"
	"time"

	"warta/feed"
	"warta/feed/config"
	"warta/feed/rights"
	"warta/feed/store"
)

// openDesk reads the configuration and opens its database for a command of
// the desk; readOnly where nothing is changed.
func (a *app) openDesk(readOnly bool) (*config.Config, *store.Store, error) {
	cfg, err := a.load()
	if err != nil {
		return nil, nil, err
	}
	st, err := store.Open(a.ctx, cfg.Database, store.Options{Now: a.now, Zone: cfg.TimeZone, ReadOnly: readOnly})
	return cfg, st, err
}

// entryNamed finds the entry that a person means: by our id, by the address of
// its page or of ours, or by the id its source gave it.
func entryNamed(ctx context.Context, cfg *config.Config, st *store.Store, what string) (feed.Entry, error) {
	if rest, ok := strings.CutPrefix(what, cfg.Site.URL+"entries/"); ok {
		what, _, _ = strings.Cut(rest, "/")
	}
	ids, err := st.Find(ctx, what)
	if err != nil {
		return feed.Entry{}, err
	}
	switch len(ids) {
	case 0:
		return feed.Entry{}, fmt.Errorf("no entry has the id or address %q; give the id in /entries/ID, the address of the story's page, or the id its feed gave it: %w", what, feed.ErrNotFound)
	case 1:
		return st.Entry(ctx, ids[0])
	}
	var list []string
	for _, id := range ids {
		e, err := st.Entry(ctx, id)
		if err != nil {
			return feed.Entry{}, err
		}
		list = append(list, id+" ("+e.Source+")")
	}
	return feed.Entry{}, usageError{fmt.Errorf("%q is %d entries; name one of %s", what, len(ids), strings.Join(list, ", "))}
}

// decide says what everybody may see of an entry, as publishing does.
func decide(cfg *config.Config, e *feed.Entry, now time.Time) feed.Decision {
	if _, ok := cfg.Source(e.Source); !ok {
		return feed.Decision{Use: feed.None, Reasons: []feed.Reason{{Rule: "source-not-configured", Text: feed.Bilingual{
			ID: "Sumber ini tidak lagi dikelola di sini.", EN: "This source is no longer configured here."}}}}
	}
	return rights.Decide(e, cfg.Policy, cfg.Permissions, feed.Public, now)
}

// decideFor says what a partner may see of an entry in the channels of its
// contract; nil is everybody, as is a partner whose contract does not run.
func decideFor(cfg *config.Config, e *feed.Entry, p *feed.Partner, now time.Time) feed.Decision {
	if _, ok := cfg.Source(e.Source); !ok || p == nil || !p.InForce(now) {
		return decide(cfg, e, now)
	}
	policy := cfg.Policy
	policy.Commercial = policy.Commercial || !p.Noncommercial
	return rights.Limit(rights.Decide(e, policy, cfg.Permissions, p.Audience(), now), p.Use)
}

// editor is who acts: as said, else the user of this machine.
func (a *app) editor(by string) string {
	if by != "" {
		return by
	}
	if name, ok := a.env("USER"); ok && name != "" {
		return name
	}
	return "operator"
}

// speech is the language a command explains in.
func speech(flag string, cfg *config.Config) string {
	if flag == "" {
		flag = cfg.Site.Language
	}
	if base, _, _ := strings.Cut(flag, "-"); strings.EqualFold(base, "id") {
		return "id"
	}
	return "en"
}

// shorten cuts a title to fit a column.
func shorten(s string, n int) string {
	r := []rune(strings.Join(strings.Fields(visible(s)), " "))
	if len(r) <= n {
		return string(r)
	}
	return string(r[:n-1]) + "…"
}
