package api

import (
	"context"
	"net/http"
	"time"

	"github.com/danielgtaylor/huma/v2"
)

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

type usageOutput struct {
	Body struct {
		Contract    Contract     `json:"contract"`
		Permissions []Permission `json:"permissions" doc:"In force now and for you alone."`
	}
}

// usage answers a partner with its own contract.
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
	return out, nil
}
