package publish

import (
	"bytes"
	"context"
	"fmt"
	"net/http"
	"time"

	"warta/feed/render"
)

// opmlExtension ends the list of a channel's sources: /paser.opml.
const opmlExtension = ".opml"

// opmlAge is how long a channel's list of sources may be as it was: to make it
// all members are looked through.
const opmlAge = 10 * time.Minute

// opmlOf finds the channel that a path below the site's address lists the
// sources of.
func (e *edition) opmlOf(path string) (standing, bool) {
	for _, s := range e.channels {
		if s.channel.ID+opmlExtension == path {
			return s, true
		}
	}
	return standing{}, false
}

// serveChannelOPML answers with the sources of a channel, as a list for
// readers.
func (p *Publisher) serveChannelOPML(e *edition, w http.ResponseWriter, r *http.Request, s standing) {
	d, err := p.channelOPML(r.Context(), e, s)
	if err != nil {
		p.failed(w, r, "the sources of a channel", s.channel.ID, err)
		return
	}
	d.serve(w, r, p.now())
}

// serveMemberOPML answers a partner with the sources of a channel that is its
// own, and reports whether there is one.
func (p *Publisher) serveMemberOPML(e *edition, w http.ResponseWriter, r *http.Request, channel string) bool {
	i, ok := e.plan.channels[channel]
	if !ok {
		return false
	}
	d, err := p.channelOPML(r.Context(), e, standing{channel: e.plan.settings.Channels[i]})
	if err != nil {
		p.failed(w, r, "the sources of a channel", channel, err)
		return true
	}
	d.serveAs(w, r, p.now(), privateHeaders(d.common))
	return true
}

func (p *Publisher) channelOPML(ctx context.Context, e *edition, s standing) (*document, error) {
	path, now := s.channel.ID+opmlExtension, p.now()
	key := opmlKey{e.plan, s.channel.ID}
	if got, ok := p.lists.get(key); ok && now.Before(got.until) {
		return got.document, nil
	}
	made, err, _ := p.listing.Do(path, func() (any, error) {
		ctx := context.WithoutCancel(ctx) // others may wait for it too
		ids, err := p.store.ChannelSources(ctx, s.channel.ID)
		if err != nil {
			return nil, err
		}
		titles, err := p.store.FeedTitles(ctx)
		if err != nil {
			return nil, err
		}
		has := make(map[string]bool, len(ids))
		for _, id := range ids {
			has[id] = true
		}
		var list []render.Subscription
		for _, source := range e.plan.settings.Sources {
			if has[source.ID] {
				list = append(list, render.Subscription{Source: source, Title: titles[source.ID]})
			}
		}
		var b bytes.Buffer
		if err := render.OPML(&b, e.plan.settings.Site, s.channel.Title, list); err != nil {
			return nil, err
		}
		d, err := newDocument(path, b.Bytes(), digestOf(b.Bytes()), time.Time{}, len(list), opmlHeaders)
		if err != nil {
			return nil, err
		}
		p.lists.put(key, dated{d, now.Add(opmlAge)})
		return d, nil
	})
	if err != nil {
		return nil, fmt.Errorf("listing the sources of channel %s: %w", s.channel.ID, err)
	}
	return made.(*document), nil
}

type opmlKey struct {
	plan    *plan
	channel string
}
