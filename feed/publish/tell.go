package publish

import (
	"context"
	"fmt"
	"slices"

	"warta/feed"
)

// Tell records that the caller, a partner, was answered with an entry, or with
// an earlier state of it, as documents are recorded that partners are served.
// channel is the one that it asked for; empty: none by name. channels are those
// that the entry stands in, the partner's own first.
func (r *Reader) Tell(ctx context.Context, s feed.Shown, channel string, channels []string) {
	m, w := r.caller.member, r.publisher.witness
	if m == nil || w == nil || !r.reading || len(channels) == 0 {
		return
	}
	if !slices.Contains(channels, channel) {
		channel = channels[0]
	}
	class := m.class.key
	if !slices.ContainsFunc(channels, func(id string) bool { return m.channels[id] }) {
		class = r.edition.plan.public.key
	}
	words, images := feed.Measure(&s.Entry)
	one := feed.Served{
		Entry: s.Entry.ID, Revision: s.Entry.Revision, Use: s.Decision.Use, Permission: m.neutral(s.Decision.Permission), Words: words, Images: images,
	}
	w.Served(ctx, feed.Serving{
		Partner: m.ID, Token: r.caller.token, Channel: channel, Class: class, Single: one.Entry, Name: m.permission,
		Version: fmt.Sprintf("%d %s %s %d %d", one.Revision, one.Use, one.Permission, one.Words, one.Images),
		Status:  200, At: r.Now, Entries: func() []feed.Served { return []feed.Served{one} },
	})
}

// neutral is the reverse of permission.
func (m *member) neutral(permission string) string {
	for neutral, own := range m.names {
		if own == permission {
			return neutral
		}
	}
	return permission
}
