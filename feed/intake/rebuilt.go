package intake

import (
	"context"
	"errors"
	"fmt"
	"strings"
	"time"

	"warta/feed"
	"warta/sources"
	"warta/sources/normalize"
)

// A site that is built anew gives its stories new addresses and new ids at
// once. They are the stories of before, recognised by headline and date, or
// the feed would bring all of them a second time.
const (
	// rebuiltLeast items, and half of the document, must be unknown: a site
	// that goes on as it was is not asked about.
	rebuiltLeast = 3
	// aZone is how far a date may be off, in whole hours, as the new site has
	// another idea of the zone.
	aZone = 14 * time.Hour
)

// rebuilt finds the stored stories that unknown items are.
func (b *batch) rebuilt(ctx context.Context, saver Saver, drafts []*feed.Draft, items []*sources.Item) error {
	if !b.seen {
		return nil
	}
	taken := make(map[string]bool, 2*len(items)) // what the document has under its own name
	var unknown []*feed.Draft
	titles := make(map[string]int)
	for i, d := range drafts {
		known := false
		for _, id := range wanted(items[i], &d.Entry) {
			taken[id] = true
			known = known || b.index.byID[id] != nil
		}
		if d.URLKey != "" && !b.index.isHome(d.URLKey) {
			taken[d.URLKey] = true
			known = known || len(b.index.byKey[d.URLKey]) > 0
		}
		titles[sources.Letters(d.Title)]++
		if !known && sources.Letters(d.Title) != "" {
			unknown = append(unknown, d)
		}
	}
	if len(unknown) < rebuiltLeast || 2*len(unknown) < max(b.doc.Entries, len(items)) {
		return nil
	}
	for _, d := range unknown {
		if titles[sources.Letters(d.Title)] > 1 {
			continue // several stories of one headline
		}
		list, err := saver.KnownTitles(ctx, b.src.ID, []string{d.Title})
		if err != nil {
			return err
		}
		if len(list) != 1 || taken[list[0].OriginalID] || taken[list[0].URLKey] {
			continue
		}
		same, err := b.sameStory(ctx, saver, &list[0], d)
		if err != nil {
			return err
		}
		if same {
			if b.index.moved == nil {
				b.index.moved = make(map[*feed.Draft]*feed.Known)
			}
			b.index.moved[d] = &list[0]
		}
	}
	return nil
}

// sameStory reports whether a story of the same headline is the same: its date
// is, or it is undated or off by a zone and the text is.
func (b *batch) sameStory(ctx context.Context, saver Saver, known *feed.Known, d *feed.Draft) (bool, error) {
	if !known.Published.IsZero() && !d.Published.IsZero() {
		off := known.Published.Sub(d.Published).Abs()
		if off < time.Minute {
			return true, nil
		}
		if rest := (off + time.Minute) % time.Hour; off > aZone || rest > 2*time.Minute {
			return false, nil
		}
	}
	was, err := saver.Entry(ctx, known.ID)
	if errors.Is(err, feed.ErrNotFound) {
		return false, nil
	}
	if err != nil {
		return false, fmt.Errorf("comparing entry %s with one of its headline: %w", known.ID, err)
	}
	return !differ(textWords(&was), textWords(&d.Entry), fewWords), nil
}

func textWords(e *feed.Entry) []string {
	s := e.Content.Value
	if strings.TrimSpace(s) == "" {
		s = e.Summary.Value
	}
	return words(normalize.PlainText(s))
}
