package store

import (
	"context"
	"database/sql"
	"strings"

	"warta/feed"
	"warta/sources"
)

// maxPlain is the longest id that is told apart from its like: a longer one is
// nobody else's by chance.
const maxPlain = 200

// tellApart settles by which id readers know an entry that is new, where its
// original one, "77", is another source's too. That one keeps what readers know
// already; two feeds of one host that carry one story under one id stay one.
// Whoever saves holds the number of the last change, so of two that come at one
// moment the second sees the first.
func (t *tx) tellApart(ctx context.Context, r *row, e *feed.Entry) error {
	if feed.Worldwide(r.originalID) || len(r.originalID) > maxPlain {
		return nil
	}
	others, err := t.namesakes(ctx, r.originalID)
	if err != nil {
		return err
	}
	if _, err := t.exec(ctx, "insert into plain_ids (id, entry) values ($1, $2) on conflict do nothing", r.originalID, r.id); err != nil {
		return err
	}
	taken := make(map[string]bool, len(others))
	for i := range others {
		o := &others[i]
		if o.ID == r.id {
			return nil
		}
		if e.Neighbour(&o.Entry) && sameStory(r, o) {
			return t.knownAs(ctx, r.id, o.KnownAs)
		}
		taken[o.AtomID(o.Attribution.URL)] = true
	}
	if len(others) == 0 {
		return nil
	}
	ids := e.Apart()
	if taken[ids[0]] {
		return t.knownAs(ctx, r.id, ids[1])
	}
	return t.knownAs(ctx, r.id, ids[0])
}

// namesakes are the entries of an id, with what tells whose they are.
func (t *tx) namesakes(ctx context.Context, id string) (list []feed.Draft, err error) {
	err = t.rows(ctx, func(rows *sql.Rows) error {
		var d feed.Draft
		var meta []byte
		if err := rows.Scan(&d.ID, &d.Source, &d.OriginalID, &d.KnownAs, &d.URLKey, &d.Title, &meta); err != nil {
			return err
		}
		list = append(list, d)
		return decodeMeta(meta, &list[len(list)-1].Entry)
	}, `select e.id, e.source, e.original_id, e.known_as, e.url_key, e.title, e.meta
		from plain_ids p join entries e on e.id = p.entry where p.id = $1`, id)
	return list, err
}

func (t *tx) knownAs(ctx context.Context, entry, id string) error {
	if id == "" {
		return nil
	}
	_, err := t.exec(ctx, "update entries set known_as = $1 where id = $2", id, entry)
	return err
}

// sameStory reports whether two entries of one id tell one story: they lead to
// one page that is no site's front, else they have one headline.
func sameStory(r *row, o *feed.Draft) bool {
	if r.urlKey == o.URLKey && strings.ContainsAny(r.urlKey, "/?#") {
		return true
	}
	letters := sources.Letters(r.title)
	return letters != "" && letters == sources.Letters(o.Title) && (r.urlKey == o.URLKey || r.urlKey == "" || o.URLKey == "")
}
