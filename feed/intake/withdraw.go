package intake

import (
	"context"
	"errors"
	"fmt"
	"slices"

	"warta/feed"
	"warta/sources"
)

// byOrigin says in a Notice that the source itself did it.
const byOrigin = "origin"

// withdraw turns the document's tombstones (RFC 6721) into withdrawals of the
// entries they name. The text stays stored; that it may no longer be shown
// follows from the evidence. Only what the same source published can be
// withdrawn by it.
func (b *batch) withdraw(ctx context.Context, saver Saver) error {
	for i := range b.doc.Tombstones {
		t := &b.doc.Tombstones[i]
		known := b.index.byID[t.Ref]
		if known == nil || t.Ref == "" {
			continue
		}
		e, err := b.stored(ctx, saver, known)
		if err != nil {
			return err
		}
		e.Notice = e.OwnNotice() // what the desk said stands by itself
		// An entry brought back after its tombstone lives (section 3).
		claim := b.index.claims[known.ID]
		if claim != nil && t.When.Known() && claim.LastChange().After(t.When.Time) && claim.Updated.After(t.When.Time) {
			continue
		}
		if e.Notice == nil || e.Notice.Kind != feed.Withdrawal {
			bury(&e, t, b)
		}
		d := &feed.Draft{Entry: e, Digest: b.h.digest(&e), URLKey: known.URLKey, Home: domain(first(b.src.Feed, b.src.URL))}
		if claim == nil {
			b.order = append(b.order, known.ID)
		}
		b.index.claims[known.ID] = d
		if known.Revision > 0 {
			b.known[known.ID] = known
			d.Revision = known.Revision + 1
		}
	}
	return nil
}

// stored is the entry as it was before it was withdrawn: as this document
// still has it, else as it is kept.
func (b *batch) stored(ctx context.Context, saver Saver, known *feed.Known) (feed.Entry, error) {
	if known.Revision == 0 {
		return b.index.claims[known.ID].Entry, nil
	}
	e, err := saver.Entry(ctx, known.ID)
	if errors.Is(err, feed.ErrNotFound) {
		return b.index.claims[known.ID].Entry, nil
	}
	if err != nil {
		return e, fmt.Errorf("withdrawing entry %s: %w", known.ID, err)
	}
	return e, nil
}

func bury(e *feed.Entry, t *sources.Tombstone, b *batch) {
	when := firstTime(t.When.Time, b.at)
	e.Notice = &feed.Notice{Kind: feed.Withdrawal, When: when, Reason: t.Comment, By: byOrigin, URL: e.Attribution.URL}
	e.Evidence = append(slices.Clip(e.Evidence), sources.Evidence{Kind: sources.Withdrawn, Text: first(t.Comment, t.Ref), Where: "feed at:deleted-entry"})
	e.Changed = b.at
}
