package deliver

import (
	"cmp"
	"context"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"math"
	"slices"
	"time"

	"warta/feed"
	"warta/feed/publish"
)

// batch is how many changed entries are read at a time.
const batch = 200

// Advance brings every stream up to the store's newest change, to the settings
// in force and to the clock, and returns the subscriptions that lack something.
func (d *Deliverer) Advance(ctx context.Context) ([]string, error) {
	settled, err := d.settle(ctx)
	if err != nil {
		return nil, err
	}
	d.advancing.Lock()
	defer d.advancing.Unlock()
	streams, err := d.store.Streams(ctx)
	if err != nil {
		return nil, err
	}
	var list []*course
	for _, st := range streams {
		c, err := d.course(st)
		if errors.Is(err, feed.ErrNotFound) {
			continue // nobody may hear it; see settle
		}
		if err != nil {
			return nil, err
		}
		if err := d.reconsider(ctx, c); err != nil {
			return nil, err
		}
		list = append(list, c)
	}
	if err := d.follow(ctx, list); err != nil {
		return nil, err
	}
	lacking, err := d.store.Lacking(ctx, d.opt.Now())
	for _, id := range settled {
		if !slices.Contains(lacking, id) {
			lacking = append(lacking, id)
		}
	}
	return lacking, err
}

// course is a stream on its way, with the topic that says what belongs to it.
type course struct {
	feed.Stream
	topic *publish.Topic
	said  []feed.Release // not stored yet
	until time.Time
}

func (d *Deliverer) course(st feed.Stream) (*course, error) {
	t, err := d.topics.TopicOf(st.ID)
	if err != nil {
		return nil, err
	}
	return &course{Stream: st, topic: t, until: st.Until}, nil
}

// follow reads what changed in the store, once for all streams.
func (d *Deliverer) follow(ctx context.Context, list []*course) error {
	last, err := d.store.LastSeq(ctx)
	if err != nil {
		return err
	}
	for {
		from := last
		for _, c := range list {
			from = min(from, c.Seq)
		}
		if from >= last {
			return nil
		}
		entries, err := d.store.ChangedSince(ctx, from, batch)
		if err != nil {
			return err
		}
		if len(entries) == 0 {
			return nil
		}
		upTo := entries[len(entries)-1].Seq
		for i := range entries {
			// One question for all streams: there may be a thousand.
			before, err := d.store.ReleasesOf(ctx, entries[i].ID)
			if err != nil {
				return err
			}
			holds := make(map[string]bool) // a channel's rule is asked once for all of its streams
			for _, c := range list {
				if entries[i].Seq <= c.Seq {
					continue
				}
				if _, ok := holds[c.Channel]; !ok {
					holds[c.Channel] = c.topic.Holds(&entries[i])
				}
				r, known := before[c.ID]
				d.weigh(c, &entries[i], holds[c.Channel], r, known)
			}
		}
		if err := d.bring(ctx, list, upTo); err != nil {
			return err
		}
		last = max(last, upTo)
	}
}

// consider adds to a stream what it newly has to say of an entry.
func (d *Deliverer) consider(ctx context.Context, c *course, e *feed.Entry) error {
	before, err := d.store.Released(ctx, c.ID, e.ID)
	if err != nil && !errors.Is(err, feed.ErrNotFound) {
		return err
	}
	d.weigh(c, e, c.topic.Holds(e), before, err == nil)
	return nil
}

// weigh is consider for whoever knows whether the channel holds the entry and
// what the stream said before.
func (d *Deliverer) weigh(c *course, e *feed.Entry, holds bool, before feed.Release, known bool) {
	var digest string
	if holds {
		_, fragment, until := c.topic.Show(e, d.opt.Now())
		if fragment != nil {
			sum := sha256.Sum256(fragment)
			digest = hex.EncodeToString(sum[:12])
		}
		if !until.IsZero() && (c.until.IsZero() || until.Before(c.until)) {
			c.until = until
		}
	}
	switch {
	case digest == "" && known && !before.Gone:
		c.said = append(c.said, feed.Release{Entry: e.ID, Digest: before.Digest, Gone: true})
	case digest != "" && (!known || before.Gone || before.Digest != digest):
		c.said = append(c.said, feed.Release{Entry: e.ID, Digest: digest})
	}
}

// reconsider looks again at everything a stream said, when the settings or the
// clock may have changed it.
func (d *Deliverer) reconsider(ctx context.Context, c *course) error {
	now := d.opt.Now()
	basis := c.topic.Basis()
	if c.Basis == basis && (c.until.IsZero() || now.Before(c.until)) {
		return nil
	}
	c.until = time.Time{}
	seen := make(map[string]bool)
	for after := int64(0); ; {
		list, err := d.store.Releases(ctx, c.ID, after, c.Head, batch)
		if err != nil {
			return err
		}
		for _, r := range list {
			after, seen[r.Entry] = r.N, true
			e, err := d.store.Entry(ctx, r.Entry)
			if errors.Is(err, feed.ErrNotFound) {
				continue
			}
			if err == nil {
				err = d.consider(ctx, c, &e)
			}
			if err != nil {
				return err
			}
		}
		if len(list) < batch {
			break
		}
	}
	// Another rule may hold entries that did not change.
	if err := d.window(ctx, c, seen); err != nil {
		return err
	}
	if !c.until.IsZero() && !c.until.After(now) {
		c.until = now.Add(time.Minute) // never look again at once for ever
	}
	return d.keep(ctx, c, c.Seq, basis)
}

// window considers what the channel's document shows, but what was seen. What
// changed after the stream's last change comes in its turn.
func (d *Deliverer) window(ctx context.Context, c *course, seen map[string]bool) error {
	entries, err := d.store.ChannelEntries(ctx, c.Channel, cmp.Or(max(c.topic.Channel.Limit, 0), 100))
	if err != nil {
		return err
	}
	for i := range entries {
		e := &entries[len(entries)-1-i] // the oldest first
		if seen[e.ID] || e.Seq > c.Seq {
			continue
		}
		if err := d.consider(ctx, c, e); err != nil {
			return err
		}
	}
	return nil
}

// bring keeps what streams newly say, as of a change of the store. Those that
// say nothing new, which are most, go in one transaction.
func (d *Deliverer) bring(ctx context.Context, list []*course, upTo int64) error {
	var still []*course
	var from, to []feed.Stream
	for _, c := range list {
		switch {
		case c.Seq >= upTo:
		case len(c.said) > 0:
			if err := d.keep(ctx, c, upTo, c.Basis); err != nil {
				return err
			}
		default:
			next := c.Stream
			next.Seq, next.Until = upTo, c.until
			still, from, to = append(still, c), append(from, c.Stream), append(to, next)
		}
	}
	if len(still) == 0 {
		return nil
	}
	if err := d.store.BringStreams(ctx, from, to); err != nil {
		return err
	}
	for i, c := range still {
		c.Stream = to[i]
	}
	return nil
}

// keep keeps what a stream newly says and how far it was brought.
func (d *Deliverer) keep(ctx context.Context, c *course, seq int64, basis string) error {
	to := c.Stream
	to.Seq, to.Basis, to.Until = seq, basis, c.until
	stored, err := d.store.Release(ctx, c.Stream, to, c.said)
	if err != nil {
		return err
	}
	c.Stream, c.said = stored, nil
	return nil
}

// stream returns the stream of a topic as it stands. One that is new begins
// with what the channel's document shows, as of a change of the store.
func (d *Deliverer) stream(ctx context.Context, t *publish.Topic, seq int64) (feed.Stream, error) {
	d.advancing.Lock()
	defer d.advancing.Unlock()
	streams, err := d.store.Streams(ctx)
	if err != nil {
		return feed.Stream{}, err
	}
	if st, ok := streams[t.Stream()]; ok {
		return st, nil
	}
	st := feed.Stream{ID: t.Stream(), Channel: t.Channel.ID, Seq: seq}
	if _, err := d.store.Release(ctx, feed.Stream{}, st, nil); err != nil {
		return st, fmt.Errorf("beginning a stream: %w", err)
	}
	c, err := d.course(st)
	if err != nil {
		return st, err
	}
	err = d.reconsider(ctx, c)
	return c.Stream, err
}

// inherit lets a stream speak of everything that another one said: a receiver
// that comes from there must be told what it may not show here.
func (d *Deliverer) inherit(ctx context.Context, from string, st feed.Stream) (feed.Stream, error) {
	d.advancing.Lock()
	defer d.advancing.Unlock()
	c, err := d.course(st)
	if err != nil {
		return st, err
	}
	for after := int64(0); ; {
		list, err := d.store.Releases(ctx, from, after, math.MaxInt64, batch)
		if err != nil {
			return st, err
		}
		for _, r := range list {
			after = r.N
			said := len(c.said)
			e, err := d.store.Entry(ctx, r.Entry)
			if errors.Is(err, feed.ErrNotFound) {
				continue
			}
			if err == nil {
				err = d.consider(ctx, c, &e)
			}
			if err != nil {
				return st, err
			}
			if _, err := d.store.Released(ctx, c.ID, r.Entry); errors.Is(err, feed.ErrNotFound) && len(c.said) == said && !r.Gone {
				c.said = append(c.said, feed.Release{Entry: r.Entry, Gone: true})
			}
		}
		if len(list) < batch {
			break
		}
	}
	if len(c.said) == 0 {
		return c.Stream, nil
	}
	err = d.keep(ctx, c, c.Seq, c.Basis)
	return c.Stream, err
}
