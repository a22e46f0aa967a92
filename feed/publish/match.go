package publish

import (
	"context"
	"fmt"
	"slices"

	"warta/feed"
	"warta/feed/curate"
)

const (
	// batch is how many changed entries are read at a time.
	batch = 500
	// maxLag is how far a channel's stored mark may stay behind what is known
	// in memory while nothing of the channel changes: after a restart so many
	// changes at most are matched again, to no effect.
	maxLag = 5000
	// maxOut is how many entries that don't match are kept in mind before it
	// is written that they are no members.
	maxOut = 500
)

// match brings every channel's memberships up to the store's newest change.
// Channels that stand at different points go through it together: each change
// is read once.
func (p *Publisher) match(ctx context.Context) error {
	last, err := p.store.LastSeq(ctx)
	if err != nil {
		return fmt.Errorf("asking for the newest change: %w", err)
	}
	if err := p.readMarks(ctx, last); err != nil {
		return err
	}
	for {
		from, found := p.seq, false
		for _, c := range p.channels {
			if c.mark.Seq < from || !found {
				from, found = c.mark.Seq, true
			}
		}
		entries, err := p.store.ChangedSince(ctx, from, batch)
		if err != nil {
			return fmt.Errorf("reading entries changed since %d: %w", from, err)
		}
		if len(entries) > 0 {
			if err := p.assign(ctx, entries); err != nil {
				return err
			}
			last = max(last, entries[len(entries)-1].Seq)
		}
		if len(entries) < batch {
			break
		}
	}
	p.seq = last
	// A changed rule is a fact even where no entry matches it.
	for _, c := range p.channels {
		if c.reset {
			if err := p.settle(ctx, c, nil, nil); err != nil {
				return err
			}
		}
	}
	return nil
}

// readMarks finds out, once after a start or new settings, up to where each
// channel's memberships are known.
func (p *Publisher) readMarks(ctx context.Context, last int64) error {
	if p.marked {
		return nil
	}
	marks, err := p.store.Marks(ctx)
	if err != nil {
		return fmt.Errorf("reading the channels' marks: %w", err)
	}
	configured := make(map[string]bool, len(p.channels))
	for _, c := range p.channels {
		configured[c.ID] = true
		m, ok := marks[c.ID]
		c.reset = !ok || m.Rule != c.rule.Hash()
		if c.reset {
			m = feed.Mark{Channel: c.ID, Rule: c.rule.Hash()}
			c.fresh = last
		}
		c.mark, c.saved = m, m.Seq
	}
	for id := range marks {
		if !configured[id] {
			if err := p.store.DropChannel(ctx, id); err != nil {
				return fmt.Errorf("dropping channel %s, which is no longer configured: %w", id, err)
			}
		}
	}
	p.marked = true
	return nil
}

// change is what a batch of entries means to one channel.
type change struct {
	in  []feed.Membership
	out []string
}

// assign matches a batch against every channel that doesn't know it yet.
func (p *Publisher) assign(ctx context.Context, entries []feed.Entry) error {
	changes := make([]change, len(p.channels))
	for i := range entries {
		e := &entries[i]
		subject := curate.NewSubject(e)
		for k, c := range p.channels {
			if e.Seq <= c.mark.Seq {
				continue
			}
			match, err := c.rule.Select(subject)
			if err != nil {
				p.log.Error("a channel's rule failed; the entry is left out of it",
					"channel", c.ID, "entry", e.ID, "source", e.Source, "reason", err)
			}
			if match {
				changes[k].in = append(changes[k].in, feed.Membership{EntryID: e.ID, Time: e.Time(), Told: e.Told()})
			} else if e.Seq > c.fresh {
				changes[k].out = append(changes[k].out, e.ID)
			}
		}
	}
	last := entries[len(entries)-1].Seq
	for k, c := range p.channels {
		if last <= c.mark.Seq {
			continue
		}
		c.mark.Seq = last
		if err := p.settle(ctx, c, changes[k].in, changes[k].out); err != nil {
			return err
		}
	}
	p.place(entries, changes)
	return nil
}

// settle writes a channel's new memberships. As long as nothing of what it
// shows changed it waits: two hundred channels would make two hundred
// transactions of each entry that stands in none of them. The stored mark
// stays behind meanwhile, so that after a crash the same is found again.
func (p *Publisher) settle(ctx context.Context, c *channel, in []feed.Membership, out []string) error {
	for _, id := range out {
		if !slices.Contains(c.out, id) {
			c.out = append(c.out, id)
		}
	}
	for _, m := range in {
		if at := slices.Index(c.out, m.EntryID); at >= 0 {
			c.out = slices.Delete(c.out, at, at+1)
		}
	}
	if !c.reset && len(in) == 0 && c.mark.Seq-c.saved < maxLag && len(c.out) < maxOut && !slices.ContainsFunc(out, c.holds) {
		return nil
	}
	return p.write(ctx, c, in)
}

// write stores a channel's mark with what changed.
func (p *Publisher) write(ctx context.Context, c *channel, in []feed.Membership) error {
	if err := p.store.UpdateChannel(ctx, c.mark, c.reset, in, c.out); err != nil {
		return fmt.Errorf("updating the entries of channel %s: %w", c.ID, err)
	}
	if c.reset {
		c.loaded, c.dirty = false, true
	}
	c.saved, c.reset, c.out = c.mark.Seq, false, nil
	return nil
}

// place moves the entries within the windows.
func (p *Publisher) place(entries []feed.Entry, changes []change) {
	byID := make(map[string]*feed.Entry, len(entries))
	for i := range entries {
		byID[entries[i].ID] = &entries[i]
	}
	now := p.now()
	for k, c := range p.channels {
		if !c.loaded {
			c.dirty = c.dirty || len(changes[k].in) > 0
			continue
		}
		for _, m := range changes[k].in {
			e := byID[m.EntryID]
			switch {
			case c.put(itemOf(e)), c.history.unfiled[e.ID]:
				c.dirty = true
				p.look(e, now)
			default:
				c.history.stale = true // it may have to be told of again
			}
		}
		for _, id := range changes[k].out {
			if c.drop(id) || c.history.unfiled[id] {
				c.dirty = true
			}
		}
	}
}
