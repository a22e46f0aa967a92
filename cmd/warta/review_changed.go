package main

import (
	"fmt"
	"strings"
	"time"

	"warta/feed/config"
	"warta/feed/store"
)

// changedSource is one that goes on under another name or at another host, and
// was let through by itself.
type changedSource struct {
	Source string    `json:"source"`
	At     time.Time `json:"at"`
	What   string    `json:"what"`
}

// changeTold is for how long editors are told of that.
const changeTold = 30 * 24 * time.Hour

// changedSources lists them, the sources in the order of the configuration.
func changedSources(a *app, cfg *config.Config, st *store.Store, language string) ([]changedSource, error) {
	ids := make([]string, len(cfg.Sources))
	for i := range cfg.Sources {
		ids[i] = cfg.Sources[i].ID
	}
	guards, err := st.Guards(a.ctx, ids)
	if err != nil {
		return nil, err
	}
	list := []changedSource{}
	for _, id := range ids {
		p := guards[id].Profile
		if p == nil {
			continue
		}
		for _, c := range p.Changes {
			if a.now().Sub(c.At) < changeTold {
				list = append(list, changedSource{id, c.At, c.Text.In(language)})
			}
		}
	}
	return list, nil
}

// text says on one line what changed and what to do if that is not right.
func (c *changedSource) text(zone *time.Location, permitted bool) string {
	s := fmt.Sprintf("note: source %s goes on since %s: %s. Its stories and, of a move, the old host's redirects agree, so nothing is held", c.Source, c.At.In(zone).Format("2006-01-02 15:04"), c.What)
	if permitted {
		s += "; its permission still counts, see whether the owner is the same"
	}
	return s + "; if that is wrong, set rights: none at it"
}

// printChanged lists changed sources.
func printChanged(a *app, cfg *config.Config, list []changedSource) error {
	var b strings.Builder
	for i := range list {
		permitted := false
		for k := range cfg.Permissions {
			permitted = permitted || cfg.Permissions[k].Source == list[i].Source
		}
		fmt.Fprintln(&b, list[i].text(cfg.TimeZone, permitted))
	}
	_, err := fmt.Fprint(a.out, b.String())
	return err
}
