package publish

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"time"

	"warta/feed"
	"warta/feed/curate"
)

// stock is what a channel has for partners: what each class of them sees is
// chosen of it when one of them asks. So a new entry costs an update nothing
// more, however many different grants there are. It never changes.
type stock struct {
	channel feed.Channel
	rule    *curate.Rule
	open    *content // what everybody sees; nil: nobody else may know of the channel
	limit   int

	items    []item          // the newest first
	more     bool            // the store may have older ones
	older    []item          // those that have yet to be told
	unfiled  map[string]bool // in no archive yet
	last     *feed.Volume    // the newest archive
	complete bool
}

// stock notes what a channel has, if it has readers among partners.
func (p *Publisher) stock(ctx context.Context, c *channel, open *content, now time.Time) error {
	if c.stock = nil; len(p.plan.readers[c.ID]) == 0 {
		return nil
	}
	if err := p.loadWindow(ctx, c, now); err != nil {
		return err
	}
	if err := p.findOlder(ctx, c, now); err != nil {
		return err
	}
	if open == nil {
		c.looked = min(len(c.window), c.limit())
	}
	c.stock = &stock{
		channel: c.Channel, rule: c.rule, open: open, limit: c.limit(),
		items: slices.Clone(c.window), more: c.more, older: c.untold(len(c.window)), unfiled: c.history.unfiled,
		last: c.history.last, complete: c.whole(),
	}
	return nil
}

// shelf is what a channel shows to partners of one class. It never changes.
type shelf struct {
	*content
	channel feed.Channel
	class   *class
	open    bool // it is what everybody sees

	stock *stock
	views map[string]*view // of all that was looked at, by entry
	made  time.Time
	next  time.Time // when the clock alone changes what is shown; zero: never
}

type shelfKey struct {
	channel string
	class   *class
}

// holds reports whether an entry stands there.
func (s *shelf) holds(id string) bool {
	return slices.ContainsFunc(s.list, func(it shownItem) bool { return it.id == id })
}

// current reports whether the shelf is still what its class sees.
func (s *shelf) current(of *stock, now time.Time) bool {
	return s.stock == of && (s.next.IsZero() || now.Before(s.next)) && !now.Before(s.made.Add(-time.Second))
}

func (s *shelf) size() int { return 200 + 400*len(s.views) }

// shelfOf returns what a channel shows to a class; nil: nothing, as it is none
// of the class's.
func (p *Publisher) shelfOf(ctx context.Context, e *edition, channel string, cl *class) (*shelf, error) {
	st, now := e.stocks[channel], p.now()
	if st == nil {
		return nil, nil
	}
	if cl == e.plan.public && st.open != nil {
		return &shelf{content: st.open, channel: st.channel, class: cl, open: true, stock: st}, nil
	}
	key := shelfKey{channel, cl}
	before, _ := p.archive.shelves.get(key)
	if before != nil && before.current(st, now) {
		return before, nil
	}
	made, err, _ := p.archive.making.Do(fmt.Sprintf("%p %s", st, cl.key), func() (any, error) {
		// Others may wait for it too: it is made though the first one left.
		s, err := p.fillShelf(context.WithoutCancel(ctx), e.plan, st, cl, before, now)
		if err == nil {
			p.archive.shelves.put(key, s)
		}
		return s, err
	})
	if err != nil {
		return nil, err
	}
	return made.(*shelf), nil
}

// fillShelf chooses what a class sees of a channel: as selection does for
// everybody. What was seen before and is the same is not decided again.
func (p *Publisher) fillShelf(ctx context.Context, plan *plan, st *stock, cl *class, before *shelf, now time.Time) (*shelf, error) {
	s := &shelf{channel: st.channel, class: cl, stock: st, made: now, views: make(map[string]*view, len(st.items))}
	known := make(map[string]*view)
	if before != nil && !now.Before(before.made.Add(-time.Second)) {
		known = before.views
	}
	list := newDistinct()
	take := func(it item) error {
		if until := embargoed(&st.channel, it, now); !until.IsZero() {
			s.next = soonest(s.next, until)
			return nil
		}
		v := known[it.id]
		if !v.current(it.seq, now) {
			e, err := p.entryOf(ctx, it.id, it.seq)
			switch {
			case errors.Is(err, feed.ErrNotFound):
				v = &view{seq: it.seq}
			case err != nil:
				return err
			default:
				v, _, _ = plan.viewUnder(e, cl.grant(e.Source), now)
			}
		}
		s.views[it.id] = v
		s.next = soonest(s.next, v.until)
		if v.shown {
			list.add(shownItem{it.id, v})
		}
		return nil
	}
	items, more, reach := st.items, st.more, len(st.items)
	looked := 0
	for {
		for ; looked < len(items) && len(list.list) < st.limit; looked++ {
			if err := take(items[looked]); err != nil {
				return nil, err
			}
		}
		if len(list.list) == st.limit || !more || reach >= maxReach*st.limit {
			break
		}
		reach *= 2
		wider, err := p.reachFurther(ctx, st, items, reach)
		if err != nil {
			return nil, err
		}
		more, items = len(wider) > len(items), wider
	}
	for _, it := range append(slices.Clone(items[looked:]), st.older...) {
		if st.unfiled[it.id] && s.views[it.id] == nil {
			if err := take(it); err != nil {
				return nil, err
			}
		}
	}
	s.content = newContent(list.list, st.last, st.complete)
	if st.open != nil && st.open.key == s.key {
		s.content, s.open = st.open, true
	}
	return s, nil
}

// reachFurther reads more of a channel than its window held: those that follow
// what is known.
func (p *Publisher) reachFurther(ctx context.Context, st *stock, items []item, reach int) ([]item, error) {
	entries, err := p.store.ChannelEntries(ctx, st.channel.ID, reach)
	if err != nil {
		return nil, fmt.Errorf("reading the entries of channel %s: %w", st.channel.ID, err)
	}
	wider := slices.Clone(items)
	for i := range entries {
		it := itemOf(&entries[i])
		// The rule is asked again: the store may learn later of who left.
		if ok, err := st.rule.Select(curate.NewSubject(&entries[i])); !ok || err != nil || len(wider) > 0 && newer(it, wider[len(wider)-1]) <= 0 {
			continue
		}
		p.archive.entries.put(it.id, &entries[i])
		wider = append(wider, it)
	}
	return wider, nil
}

// entryOf returns an entry in a version or a newer one. It must not be changed.
func (p *Publisher) entryOf(ctx context.Context, id string, seq int64) (*feed.Entry, error) {
	if e, ok := p.archive.entries.get(id); ok && e.Seq >= seq {
		return e, nil
	}
	e, err := p.store.Entry(ctx, id)
	if err != nil {
		return nil, fmt.Errorf("reading entry %s: %w", id, err)
	}
	p.archive.entries.put(id, &e)
	return &e, nil
}

// sizeOf is about what an entry takes in memory.
func sizeOf(e *feed.Entry) int {
	n := 2000 + len(e.Content.Value) + len(e.Summary.Value) + len(e.Excerpt)
	for i := range e.Evidence {
		n += 100 + len(e.Evidence[i].Text)
	}
	return n
}
