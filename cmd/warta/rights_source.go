package main

import (
	"time"

	"warta/feed"
	"warta/feed/config"
	"warta/feed/store"
	"warta/sources"
)

// sourceRights is what rights --json prints of a source.
type sourceRights struct {
	Source      string           `json:"source"`
	Title       string           `json:"title"`
	Feed        string           `json:"feed"`
	Limit       *feed.Use        `json:"limit"` // rights of the source; null: nothing is set
	Default     feed.Use         `json:"default"`
	Commercial  bool             `json:"commercial"`
	Audience    feed.Audience    `json:"audience"` // of the uses
	Permissions []permissionView `json:"permissions"`
	Entries     int              `json:"entries"`
	Waiting     int              `json:"waiting"`
	Uses        []useView        `json:"uses"`
}

type permissionView struct {
	ID        string        `json:"permission"`
	Use       feed.Use      `json:"use"`
	Audience  feed.Audience `json:"audience"`
	Basis     feed.Basis    `json:"basis"`
	GrantedBy string        `json:"granted_by,omitempty"`
	Document  string        `json:"document,omitempty"`
	From      *time.Time    `json:"from"`
	Until     *time.Time    `json:"until"` // exclusive
	InForce   bool          `json:"in_force"`
	Soon      bool          `json:"ends_soon"`

	grant *feed.Permission
	state feed.Bilingual
}

// useView counts the entries that one reason gave one use.
type useView struct {
	Use     feed.Use `json:"use"`
	Rule    string   `json:"rule"`
	Entries int      `json:"entries"`
	ID      string   `json:"id"`
	EN      string   `json:"en"`
}

func sourceReport(a *app, cfg *config.Config, st *store.Store, src sources.Source, partner *feed.Partner) (*sourceRights, error) {
	now := a.now()
	r := &sourceRights{Source: src.ID, Title: src.Title, Feed: src.Feed, Limit: cfg.Policy.Sources[src.ID].Rights, Default: cfg.Policy.Default,
		Commercial: cfg.Policy.Commercial, Audience: audienceOf(partner), Permissions: []permissionView{}, Uses: []useView{}}
	for i := range cfg.Permissions {
		if p := &cfg.Permissions[i]; p.Source == src.ID {
			r.Permissions = append(r.Permissions, permissionReport(cfg, p, now))
		}
	}
	place := map[string]int{}
	err := st.Terms(a.ctx, src.ID, func(e *feed.Entry) error {
		d := decideFor(cfg, e, partner, now)
		r.Entries++
		if d.Hold && d.Use > feed.None {
			r.Waiting++
		}
		var why feed.Reason
		if len(d.Reasons) > 0 {
			why = d.Reasons[0]
		}
		key := d.Use.String() + " " + why.Rule
		i, ok := place[key]
		if !ok {
			i = len(r.Uses)
			place[key] = i
			r.Uses = append(r.Uses, useView{Use: d.Use, Rule: why.Rule, ID: why.Text.ID, EN: why.Text.EN})
		}
		r.Uses[i].Entries++
		return nil
	})
	return r, err
}
