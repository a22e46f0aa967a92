package publish

import (
	"context"
	"errors"
	"fmt"
	"time"

	"warta/feed"
	"warta/feed/render"
	"warta/sources"
)

// History is what publishing asks of the database about archive documents.
type History interface {
	// File puts entries into volumes once more than keep are in none.
	File(ctx context.Context, channel string, keep int, last, now time.Time) (int, error)
	// Unfiled returns the entries that are in no volume, newest first.
	Unfiled(ctx context.Context, channel string, limit int) ([]feed.Unfiled, error)

	// LastVolume and Volume fail with feed.ErrNotFound where there is none.
	LastVolume(ctx context.Context, channel string) (feed.Volume, error)
	Volume(ctx context.Context, channel, month string, part int) (feed.Volume, error)
	Volumes(ctx context.Context, channel string, from, to int64) ([]feed.Volume, error)
	// VolumeVersion changes whenever one of the volume's entries does or leaves.
	VolumeVersion(ctx context.Context, v feed.Volume) (entries, changes int64, err error)
	VolumeEntries(ctx context.Context, v feed.Volume) ([]feed.Entry, error)
}

// history is what of a channel stands in archive documents (RFC 5005 section
// 4) and what has yet to be told. Who reads the subscription document and the
// chain behind it finds every entry: what is in no volume stands in the
// subscription document, be it old, revised or withdrawn.
type history struct {
	known   bool            // it was read
	stale   bool            // something older than the window changed
	last    *feed.Volume    // the newest; nil: there is none
	unfiled map[string]bool // in none yet
	older   []item          // of these, those that the window did not hold
	read    bool            // older is as the store has it
}

// fileAway files what the channels have too much of, and finds out which of
// them must tell of entries older than their windows.
func (p *Publisher) fileAway(ctx context.Context, now time.Time) error {
	for _, c := range p.channels {
		if !c.dirty && !c.history.stale && c.history.known {
			continue
		}
		h, err := p.readHistory(ctx, c, now)
		if err != nil {
			c.history.known = false
			return fmt.Errorf("filing the entries of channel %s: %w", c.ID, err)
		}
		if !c.history.same(&h) {
			c.dirty = true
		}
		c.history = h
	}
	return nil
}

func (p *Publisher) readHistory(ctx context.Context, c *channel, now time.Time) (history, error) {
	h := history{known: true, unfiled: make(map[string]bool)}
	if _, err := p.store.File(ctx, c.ID, c.limit(), now.Add(-c.Embargo), now); err != nil {
		return h, err
	}
	last, err := p.store.LastVolume(ctx, c.ID)
	switch {
	case err == nil:
		h.last = &last
	case !errors.Is(err, feed.ErrNotFound):
		return h, err
	}
	list, err := p.store.Unfiled(ctx, c.ID, maxReach*c.limit())
	if err != nil {
		return h, err
	}
	for _, u := range list {
		h.unfiled[u.EntryID] = true
	}
	for _, id := range c.out {
		delete(h.unfiled, id) // it left; the store learns of it later
	}
	return h, nil
}

// same reports whether readers would be told the same.
func (h *history) same(other *history) bool {
	if !h.known || len(h.unfiled) != len(other.unfiled) || (h.last == nil) != (other.last == nil) || h.last != nil && *h.last != *other.last {
		return false
	}
	for id := range h.unfiled {
		if !other.unfiled[id] {
			return false
		}
	}
	return true
}

// findOlder reads the entries that have yet to be told and that the window,
// which is loaded, does not hold.
func (p *Publisher) findOlder(ctx context.Context, c *channel, now time.Time) error {
	if c.history.read {
		return nil
	}
	c.history.older, c.history.read = nil, true
	held := make(map[string]bool, len(c.window))
	for _, it := range c.window {
		held[it.id] = true
	}
	for id := range c.history.unfiled {
		if held[id] {
			continue
		}
		e, err := p.store.Entry(ctx, id)
		if errors.Is(err, feed.ErrNotFound) {
			continue
		}
		if err != nil {
			return fmt.Errorf("reading entry %s: %w", id, err)
		}
		c.history.older = append(c.history.older, itemOf(&e))
		p.look(&e, now)
	}
	sortItems(c.history.older)
	return nil
}

// untold lists the members beyond those that a channel shows anyway, the first
// so many of its window, that its documents must tell of.
func (c *channel) untold(looked int) []item {
	var list []item
	for _, it := range c.window[min(looked, len(c.window)):] {
		if c.history.unfiled[it.id] {
			list = append(list, it)
		}
	}
	for _, it := range c.history.older {
		if !c.holds(it.id) {
			list = append(list, it)
		}
	}
	return list
}

// whole reports whether there is nothing of the channel beyond its window.
func (c *channel) whole() bool {
	return c.history.known && c.history.last == nil && !c.more && len(c.window) <= c.limit()
}

// hasVolumes are the formats that archive documents have.
func hasVolumes(f render.Format) bool { return f == render.Atom || f == render.RSS || f == render.JSON }

// historyHead puts into the head of a subscription document how to go on into
// the past: a link to the newest archive, or that there is nothing more. JSON
// Feed has next_url for it.
func (c *content) historyHead(head *render.Head, site string, f render.Format) {
	if !hasVolumes(f) {
		return
	}
	head.Complete = c.complete
	if c.last != nil {
		head.Links = append(head.Links, olderLink(site, *c.last, f))
	}
}

// olderLink leads from a document to the volume before it.
func olderLink(site string, v feed.Volume, f render.Format) sources.Link {
	rel := "prev-archive"
	if f == render.JSON {
		rel = "next"
	}
	return sources.Link{Rel: rel, Type: f.MediaType(), Href: volumeURL(site, v, f)}
}

func volumeURL(site string, v feed.Volume, f render.Format) string { return site + volumePath(v, f) }

// volumePath is where a volume is, below the site's address.
func volumePath(v feed.Volume, f render.Format) string {
	return v.Channel + "/" + v.Name() + f.Extension()
}
