package api

import (
	"context"
	"maps"
	"net/http"
	"slices"
	"time"

	"github.com/danielgtaylor/huma/v2"

	"warta/feed"
	"warta/feed/report"
)

// Record tells what partners were served; *store.Store satisfies it.
type Record interface {
	ServedTo(ctx context.Context, partner, month string) ([]feed.Proof, error)
}

// Contract is what a partner agreed on with the operator.
type Contract struct {
	Partner  string    `json:"partner"`
	Title    string    `json:"title"`
	Channels []string  `json:"channels"`
	Use      string    `json:"use" enum:"none,headline,excerpt,full" doc:"The most you are shown of any entry."`
	Formats  []string  `json:"formats,omitempty" doc:"Absent: all."`
	From     time.Time `json:"from,omitzero"`
	Until    time.Time `json:"until,omitzero" doc:"The moment it ends."`
	Limit    *Limit    `json:"limit,omitempty" doc:"Absent: none."`
}

// Limit is how often a partner may ask.
type Limit struct {
	Requests int `json:"requests"`
	Seconds  int `json:"seconds"`
}

// Permission is what an owner granted to the partner.
type Permission struct {
	ID     string    `json:"id"`
	Source string    `json:"source"`
	Use    string    `json:"use" enum:"none,headline,excerpt,full"`
	Images bool      `json:"images"`
	Basis  string    `json:"basis"`
	Until  time.Time `json:"until,omitzero" doc:"The moment it ends."`
}

// Served is what a partner was served in a month, counted as the operator's
// report counts it.
type Served struct {
	Month    string          `json:"month" doc:"2026-11, by the operator's clock."`
	Zone     string          `json:"zone" doc:"Of that clock."`
	Total    Count           `json:"total" doc:"An entry in two channels counts once."`
	Channels []ChannelServed `json:"channels"`
}

// Count says how much was served.
type Count struct {
	Entries   int `json:"entries"`
	Revisions int `json:"revisions" doc:"States of these entries, each as it was shown."`
	Full      int `json:"full" doc:"Entries last served in full."`
	Excerpt   int `json:"excerpt"`
	Headline  int `json:"headline"`
	Words     int `json:"words"`
	Images    int `json:"images"`
	Pulled    int `json:"pulled" doc:"Times an entry stood in a document that you fetched, or in an answer of this API."`
	Pushed    int `json:"pushed" doc:"Deliveries of an entry to you."`
}

// ChannelServed is what was served of one channel.
type ChannelServed struct {
	ID string `json:"id"`
	Count
}

type usageOutput struct {
	Body struct {
		Contract    Contract     `json:"contract"`
		Permissions []Permission `json:"permissions" doc:"In force now, granted to you or to all partners; without what is granted to everybody."`
		Served      *Served      `json:"served,omitempty" doc:"In the present month, up to a few seconds ago."`
	}
}

// usage answers a partner with its own contract and what it was served.
func (a *API) usage(ctx context.Context, _ *struct{}) (*usageOutput, error) {
	reader := readerOf(ctx)
	p := reader.Partner()
	if p == nil {
		return nil, huma.ErrorWithHeaders(huma.Error401Unauthorized("Send a partner's token as Bearer, or as the password of Basic."),
			http.Header{"Www-Authenticate": {`Bearer realm="warta"`}})
	}
	out := &usageOutput{}
	out.Body.Contract = Contract{
		Partner: p.ID, Title: p.Title, Channels: p.Channels, Use: p.Use.String(), Formats: p.Formats, From: utc(p.From), Until: utc(p.Until),
	}
	if p.Limit.Requests > 0 {
		out.Body.Contract.Limit = &Limit{p.Limit.Requests, int(p.Limit.Per.Seconds())}
	}
	out.Body.Permissions = []Permission{}
	for _, perm := range reader.Permissions() {
		out.Body.Permissions = append(out.Body.Permissions, Permission{
			ID: perm.ID, Source: perm.Source, Use: perm.Use.String(), Images: perm.Images, Basis: string(perm.Basis), Until: utc(perm.Until),
		})
	}
	if a.Record == nil {
		return out, nil
	}
	zone := reader.Site().Zone
	if zone == nil {
		zone = time.UTC
	}
	month := reader.Now.In(zone).Format("2006-01")
	proofs, err := a.Record.ServedTo(ctx, p.ID, month)
	if err != nil {
		return nil, a.internal(ctx, err)
	}
	out.Body.Served = served(month, zone, proofs)
	return out, nil
}

// served counts proofs of one partner and month: as a report does, so that both
// say the same.
func served(month string, zone *time.Location, proofs []feed.Proof) *Served {
	count := func(proofs []feed.Proof) Count {
		n := report.Build(month, "", "", proofs, nil, report.Facts{Zone: zone}).Sums
		return Count{
			Entries: n.Stories, Revisions: n.States, Full: n.Full, Excerpt: n.Excerpt, Headline: n.Headline,
			Words: n.Words, Images: n.Images, Pulled: n.Fetched, Pushed: n.Pushed,
		}
	}
	s := &Served{Month: month, Zone: zone.String(), Total: count(proofs), Channels: []ChannelServed{}}
	by := make(map[string][]feed.Proof)
	for i := range proofs {
		by[proofs[i].Channel] = append(by[proofs[i].Channel], proofs[i])
	}
	for _, id := range slices.Sorted(maps.Keys(by)) {
		s.Channels = append(s.Channels, ChannelServed{id, count(by[id])})
	}
	return s
}
