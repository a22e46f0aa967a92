package api

import (
	"context"

	"warta/feed"
	"warta/feed/publish"
)

// changes collects what the caller doesn't know yet, and returns how far it
// came: first what the clock or the operator changed of the entries it knows,
// then what is new.
func (p *page) changes(ctx context.Context, c cursor, now stretch) (cursor, error) {
	served, terms := []*publish.Reader{p.reader}, cursor(nil)
	for ; len(c) > 0; c = c[1:] {
		list, then, err := p.suspects(ctx, now, c[0])
		if err != nil {
			return nil, err
		}
		if served = append(served, then); c[0].Terms != now.Terms {
			terms = append(terms, c[0])
		}
		upto, err := p.turned(list, then, now, c[0])
		if err != nil {
			return nil, err
		}
		if now.Upto = upto; upto < c[0].Upto {
			p.more = true
			return reached(now, c, terms), nil
		}
	}
	for {
		entries, err := p.api.Store.ChangedSince(ctx, now.Upto, batch)
		if err != nil {
			return nil, err
		}
		for i := range entries {
			if p.full() {
				p.more = true
				return reached(now, nil, terms), nil
			}
			now.Upto = entries[i].Seq
			if err := p.tell(ctx, &entries[i], served); err != nil {
				return nil, err
			}
		}
		if len(entries) < batch {
			return cursor{now}, nil
		}
	}
}

// turned collects the entries of a stretch, from where another ended, that are
// others for the caller than when they were known, though nothing was stored of
// them since, and returns the change up to which they are now known.
func (p *page) turned(list lister, then *publish.Reader, from, s stretch) (int64, error) {
	for from.Upto < s.Upto {
		entries, err := list(from.Upto)
		if err != nil {
			return from.Upto, err
		}
		for i := range entries {
			if entries[i].Seq > s.Upto {
				return s.Upto, nil
			}
			if p.full() {
				return from.Upto, nil
			}
			e := &entries[i]
			from.Upto = e.Seq
			if p.scanned++; !p.asks(e) {
				continue
			}
			was, _ := then.Look(e)
			if is, _ := p.reader.Look(e); !is.Same(&was) {
				p.put(e, &is, was.Stands(p.in.Channel))
			}
		}
		if len(entries) < batch {
			break
		}
	}
	return s.Upto, nil
}

// lister lists entries after a change, in the order of their changes.
type lister func(after int64) ([]feed.Entry, error)

// suspects lists entries of a stretch that may have turned, and gives the
// caller as it was when it knew them. Under the same terms those are few; where
// the operator changed the terms, or very many turned, it may be any.
func (p *page) suspects(ctx context.Context, now, s stretch) (list lister, then *publish.Reader, err error) {
	all := func(after int64) ([]feed.Entry, error) { return p.api.Store.ChangedSince(ctx, after, batch) }
	if s.Terms != now.Terms {
		terms, err := p.api.eras.past(ctx, p.api.Store, p.reader, s.Terms)
		if err != nil {
			return nil, nil, err
		}
		return all, p.reader.Then(terms, s.At), nil
	}
	turns := p.reader.Turns(s.At, now.At)
	few, err := p.api.clock.between(ctx, p.api.Store, p.reader, &turns, s.At, now.At)
	if err != nil {
		return nil, nil, err
	}
	then = p.reader.Then(nil, s.At)
	if !few {
		return all, then, nil
	}
	return func(after int64) ([]feed.Entry, error) {
		return p.api.Store.TurnedEntries(ctx, turns, after, s.Upto, batch)
	}, then, nil
}

// tell takes an entry that changed. The caller, as it was served before, may
// know it by an earlier state, even where it now has left all that the caller
// may know of.
func (p *page) tell(ctx context.Context, e *feed.Entry, served []*publish.Reader) error {
	if p.scanned++; !p.asks(e) {
		return nil
	}
	known := e.Revision > 1 || e.Desk != nil
	sight, _ := p.reader.Look(e)
	if known && !sight.Stands(p.in.Channel) {
		stood, err := p.reader.Stood(ctx, e, p.in.Channel, served...)
		if err != nil {
			return err
		}
		known = stood
	}
	p.put(e, &sight, known)
	return nil
}
