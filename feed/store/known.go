package store

import (
	"context"
	"database/sql"
	"slices"
	"strconv"
	"strings"

	"warta/feed"
)

// knownBatch is the most keys that one query asks for.
const knownBatch = 128

// Known tells which of a source's stories are stored, by their original ids
// and by their addresses, without reading their text. An entry found both
// ways stands in the result once.
func (s *Store) Known(ctx context.Context, source string, originalIDs, urlKeys []string) ([]feed.Known, error) {
	var found []feed.Known
	gone, err := s.withdrawnOf(ctx, source)
	if err != nil {
		return nil, s.fail(err, "looking up what was withdrawn of %s", source)
	}
	for len(originalIDs)+len(urlKeys) > 0 {
		ids := make([]any, 0, min(len(originalIDs), knownBatch))
		for _, id := range originalIDs[:cap(ids)] {
			ids = append(ids, feed.EntryID(source, id))
		}
		originalIDs = originalIDs[len(ids):]
		keys := make([]any, 0, min(len(urlKeys), knownBatch))
		for _, key := range urlKeys[:cap(keys)] {
			if key != "" {
				keys = append(keys, clean(key))
			}
		}
		urlKeys = urlKeys[cap(keys):]
		if found, err = s.known(ctx, found, gone, source, ids, keys); err != nil {
			return nil, s.fail(err, "looking up what is known of %s", source)
		}
	}
	slices.SortFunc(found, func(a, b feed.Known) int { return strings.Compare(a.ID, b.ID) })
	return slices.CompactFunc(found, func(a, b feed.Known) bool { return a.ID == b.ID }), nil
}

func (s *Store) known(ctx context.Context, found []feed.Known, gone map[string]bool, source string, ids, keys []any) ([]feed.Known, error) {
	if len(ids)+len(keys) == 0 {
		return found, nil
	}
	ids, keys = fillUp(ids), fillUp(keys)
	args := append(append([]any{source}, ids...), keys...)
	rows, err := s.reader.query(ctx, knownQuery(len(ids), len(keys)), args...)
	if err != nil {
		return nil, err
	}
	defer rows.Close()
	for rows.Next() {
		var (
			k         feed.Known
			published sql.NullInt64
			firstSeen int64
		)
		if err := rows.Scan(&k.ID, &k.OriginalID, &k.URLKey, &k.Title, &k.Digest, &k.Revision, &firstSeen, &published); err != nil {
			return nil, err
		}
		k.FirstSeen, k.Withdrawn = fromMilli(firstSeen), gone[k.ID]
		if published.Valid {
			k.Published = fromMilli(published.Int64)
		}
		found = append(found, k)
	}
	return found, rows.Err()
}

// fillUp repeats the last argument up to a round number, so that there are
// few different statements to prepare.
func fillUp(args []any) []any {
	n := 4
	for n < len(args) {
		n += max(4, n/3)
	}
	for len(args) < n {
		if len(args) == 0 {
			args = append(args, "")
			continue
		}
		args = append(args, args[len(args)-1])
	}
	return args
}

func knownQuery(ids, keys int) string {
	const fields = "select id, original_id, url_key, title, digest, revision, first_seen, published from entries where source = $1 and "
	return fields + "id in (" + placeholders(2, ids) + ") union all " + fields + "url_key in (" + placeholders(2+ids, keys) + ")"
}

func placeholders(first, n int) string {
	var b strings.Builder
	for i := range n {
		if i > 0 {
			b.WriteByte(',')
		}
		b.WriteByte('$')
		b.WriteString(strconv.Itoa(first + i))
	}
	return b.String()
}
