package store

import (
	"database/sql"
	"strings"
	"time"
	"unicode/utf8"

	"warta/feed"
)

// row is an entry as its columns hold it.
type row struct {
	id, source, originalID, urlKey, digest string
	published                              sql.NullInt64
	firstSeen, changed, place              int64
	title, meta, summary, content          string
}

// fill encodes a draft; now dates it if it does not say when it changed.
func (r *row) fill(d *feed.Draft, now func() time.Time) error {
	changed, firstSeen := d.Changed, d.FirstSeen
	if changed.IsZero() {
		changed = now()
	}
	if firstSeen.IsZero() {
		firstSeen = changed
	}
	meta, err := encodeMeta(&d.Entry)
	if err != nil {
		return err
	}
	*r = row{
		id: feed.EntryID(d.Source, d.OriginalID), source: clean(d.Source), originalID: clean(d.OriginalID),
		urlKey: clean(d.URLKey), digest: d.Digest,
		published: sql.NullInt64{Int64: d.Published.UnixMilli(), Valid: !d.Published.IsZero()},
		firstSeen: firstSeen.UnixMilli(), changed: changed.UnixMilli(), place: place(&d.Entry, firstSeen).UnixMilli(),
		title: clean(d.Title), meta: meta, summary: clean(d.Summary.Value), content: clean(d.Content.Value),
	}
	return nil
}

// place is the entry's place in order; see feed.Entry.Time.
func place(e *feed.Entry, firstSeen time.Time) time.Time {
	dated := feed.Entry{Published: e.Published, Updated: e.Updated, FirstSeen: firstSeen}
	return dated.Time()
}

// clean makes any string fit for a text column: PostgreSQL refuses NUL and
// what is no UTF-8, and one hostile item must not cost the whole batch.
func clean(s string) string {
	if strings.IndexByte(s, 0) < 0 && utf8.ValidString(s) {
		return s
	}
	return strings.ToValidUTF8(strings.ReplaceAll(s, "\x00", "\uFFFD"), "\uFFFD")
}
