package main

import (
	"log/slog"
	"time"

	"warta/feed"
	"warta/feed/config"
	"warta/feed/rights"
	"warta/feed/store"
)

// remind logs, for who runs warta from cron, which permissions end soon and
// which ended in the last day: each once a day, by the site's clock, however
// often and by however many commands it is asked.
func (a *app) remind(cfg *config.Config, st *store.Store) error {
	now := a.now()
	const day = 24 * time.Hour
	soon, over := rights.Ending(cfg.Permissions, now), rights.Ended(cfg.Permissions, now, day)
	ids := make([]string, 0, len(soon)+len(over))
	for i := range soon {
		ids = append(ids, "soon "+soon[i].ID)
	}
	for i := range over {
		ids = append(ids, "over "+over[i].ID)
	}
	due, err := st.Remind(a.ctx, now.In(cfg.TimeZone).Format(time.DateOnly), ids)
	if err != nil {
		return err
	}
	say := make(map[string]bool, len(due))
	for _, id := range due {
		say[id] = true
	}
	for _, p := range soon {
		if say["soon "+p.ID] {
			a.tellEnding(p)
		}
	}
	for _, p := range over {
		if say["over "+p.ID] {
			a.log.Warn("permission ended; less may be shown than before", of(p)...)
		}
	}
	return nil
}

// tellEnding logs that a permission ends soon.
func (a *app) tellEnding(p feed.Permission) {
	a.log.Warn("permission ends soon; renew it, or less is shown from then on", of(p)...)
}

// of names a permission in a log line.
func of(p feed.Permission) []any {
	return []any{slog.String("permission", p.ID), slog.String("source", p.Source), slog.String("audience", string(p.Audience)),
		slog.String("until", p.Until.UTC().Format(time.RFC3339))}
}
