package store

import (
	"database/sql"
	"strings"
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

func (r *row) fill(d *feed.Draft) error {
	meta, err := encodeMeta(&d.Entry)
	if err != nil {
		return err
	}
	*r = row{
		id: feed.EntryID(d.Source, d.OriginalID), source: clean(d.Source), originalID: clean(d.OriginalID),
		urlKey: clean(d.URLKey), digest: d.Digest,
		published: sql.NullInt64{Int64: d.Published.UnixMilli(), Valid: !d.Published.IsZero()},
		firstSeen: d.FirstSeen.UnixMilli(), changed: d.Changed.UnixMilli(), place: d.Time().UnixMilli(),
		title: clean(d.Title), meta: meta, summary: clean(d.Summary.Value), content: clean(d.Content.Value),
	}
	return nil
}

// clean makes any string fit for a text column: PostgreSQL refuses NUL and
// what is no UTF-8, and one hostile item must not cost the whole batch.
func clean(s string) string {
	if strings.IndexByte(s, 0) < 0 && utf8.ValidString(s) {
		return s
	}
	return strings.ToValidUTF8(strings.ReplaceAll(s, "\x00", "\uFFFD"), "\uFFFD")
}
