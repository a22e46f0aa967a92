package api

import (
	"context"

	"warta/feed/render"
)

// Channel is a channel that the caller may read.
type Channel struct {
	ID          string            `json:"id"`
	Title       string            `json:"title"`
	Description string            `json:"description,omitempty"`
	Language    string            `json:"language,omitempty"`
	Own         bool              `json:"own,omitempty" doc:"You read it by the terms of your contract; else you see what everybody sees."`
	Public      bool              `json:"public" doc:"Everybody may read it."`
	Page        string            `json:"page"`
	Feeds       map[string]string `json:"feeds" doc:"The addresses of its documents, by format."`
}

type channelsOutput struct {
	Body struct {
		Channels []Channel `json:"channels"`
	}
}

// channels answers with the channels that the caller may know of.
func (a *API) channels(ctx context.Context, _ *struct{}) (*channelsOutput, error) {
	out := &channelsOutput{}
	out.Body.Channels = []Channel{}
	reader := readerOf(ctx)
	for _, ch := range reader.Channels() {
		one := Channel{ID: ch.ID, Title: ch.Title, Description: ch.Description, Language: ch.Language, Own: ch.Own, Public: !ch.Private, Page: ch.Page, Feeds: map[string]string{}}
		for format, address := range ch.Feeds {
			if p := reader.Partner(); p == nil || !ch.Own || p.Takes(string(format)) {
				one.Feeds[string(format)] = address
			}
		}
		delete(one.Feeds, string(render.HTML))
		out.Body.Channels = append(out.Body.Channels, one)
	}
	return out, nil
}
