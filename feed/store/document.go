package store

import (
	"context"
	"database/sql"

	"warta/feed"
)

// Documents tells what was last published, by path.
func (s *Store) Documents(ctx context.Context) (map[string]feed.Published, error) {
	docs := make(map[string]feed.Published)
	err := s.each(ctx, func(rows *sql.Rows) error {
		var d feed.Published
		var modified int64
		if err := rows.Scan(&d.Path, &d.ETag, &modified, &d.Entries); err != nil {
			return err
		}
		d.Modified = fromMilli(modified)
		docs[d.Path] = d
		return nil
	}, "select path, etag, modified, entries from documents")
	if err != nil {
		return nil, s.fail(err, "reading what was published")
	}
	return docs, nil
}

// RememberDocuments stores what was published, in one transaction.
func (s *Store) RememberDocuments(ctx context.Context, docs []feed.Published) error {
	if len(docs) == 0 {
		return nil
	}
	err := s.write(ctx, func(t *tx) error {
		for _, d := range docs {
			if _, err := t.exec(ctx, `insert into documents (path, etag, modified, entries) values ($1, $2, $3, $4)
				on conflict (path) do update set etag = excluded.etag, modified = excluded.modified, entries = excluded.entries
				where documents.etag <> excluded.etag or documents.modified <> excluded.modified`,
				d.Path, d.ETag, toMilli(d.Modified), d.Entries); err != nil {
				return err
			}
		}
		return nil
	})
	if err != nil {
		return s.fail(err, "remembering %d published documents", len(docs))
	}
	return nil
}
