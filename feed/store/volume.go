package store

import (
	"context"
	"database/sql"
	"fmt"
	"time"

	"warta/feed"
)

// volumeSize bounds a volume, which is rendered whole.
const volumeSize = 500

// File puts a channel's entries into volumes once more than keep of them are
// in none: those of past months whole, month by month, those of the present
// month in full volumes only. What is placed after last stays out. It returns
// how many volumes it made.
func (s *Store) File(ctx context.Context, channel string, keep int, last, now time.Time) (made int, err error) {
	waiting, err := s.Unfiled(ctx, channel, keep+1)
	if err != nil || len(waiting) <= keep {
		return 0, err
	}
	err = s.write(ctx, func(t *tx) error {
		made = 0
		// One of several processes files: the others wait here.
		if _, err := t.exec(ctx, "update channels set seq = seq where id = $1", channel); err != nil {
			return err
		}
		list, err := unfiledPlaces(ctx, t, channel, last)
		if err != nil {
			return err
		}
		for _, v := range volumesOf(list, min(keep, volumeSize), feed.VolumeMonth(now)) {
			if err := fileOne(ctx, t, channel, v); err != nil {
				return err
			}
			made++
		}
		return nil
	})
	if err != nil {
		return 0, s.fail(err, "filing the entries of channel %s", channel)
	}
	return made, nil
}

// spot is where an entry stands in its channel's order.
type spot struct {
	place int64
	entry string
}

// newVolume holds what stands up to its last spot and is in none before it.
type newVolume struct {
	month string
	last  spot
}

// volumesOf divides entries, the oldest first.
func volumesOf(list []spot, size int, present string) []newVolume {
	var out []newVolume
	for len(list) > 0 {
		month := monthOf(list[0])
		n := 1
		for n < len(list) && n < max(size, 1) && monthOf(list[n]) == month {
			n++
		}
		if month >= present && n < size {
			break
		}
		out = append(out, newVolume{month, list[n-1]})
		list = list[n:]
	}
	return out
}

func monthOf(s spot) string { return feed.VolumeMonth(time.UnixMilli(s.place)) }

func unfiledPlaces(ctx context.Context, t *tx, channel string, last time.Time) ([]spot, error) {
	rows, err := t.QueryContext(ctx, `select place, entry from channel_entries
		where channel = $1 and volume = 0 and place <= $2 order by place, entry`, channel, last.UnixMilli())
	if err != nil {
		return nil, err
	}
	defer rows.Close()
	var list []spot
	for rows.Next() {
		var one spot
		if err := rows.Scan(&one.place, &one.entry); err != nil {
			return nil, err
		}
		list = append(list, one)
	}
	return list, rows.Err()
}

// fileOne makes a volume.
func fileOne(ctx context.Context, t *tx, channel string, v newVolume) error {
	var number, part int64
	if err := t.QueryRowContext(ctx, `select coalesce(max(number), 0) + 1, coalesce(max(case when month = $2 then part end), 0) + 1
		from volumes where channel = $1`, channel, v.month).Scan(&number, &part); err != nil {
		return err
	}
	if _, err := t.exec(ctx, "insert into volumes (channel, number, month, part) values ($1, $2, $3, $4)", channel, number, v.month, part); err != nil {
		return err
	}
	_, err := t.exec(ctx, `update channel_entries set volume = $2
		where channel = $1 and volume = 0 and (place < $3 or (place = $3 and entry <= $4))`, channel, number, v.last.place, v.last.entry)
	return err
}

// Unfiled returns a channel's entries that are in no volume, newest first.
func (s *Store) Unfiled(ctx context.Context, channel string, limit int) ([]feed.Unfiled, error) {
	var list []feed.Unfiled
	err := s.each(ctx, func(rows *sql.Rows) error {
		var u feed.Unfiled
		var place int64
		if err := rows.Scan(&u.EntryID, &place); err != nil {
			return err
		}
		u.Time = time.UnixMilli(place).UTC()
		list = append(list, u)
		return nil
	}, "select entry, place from channel_entries where channel = $1 and volume = 0 order by place desc, entry limit $2", channel, limit)
	if err != nil {
		return nil, s.fail(err, "reading what channel %s has in no archive", channel)
	}
	return list, nil
}

// Volumes returns a channel's volumes whose numbers lie in a range, in their
// order.
func (s *Store) Volumes(ctx context.Context, channel string, from, to int64) ([]feed.Volume, error) {
	return s.volumes(ctx, "where channel = $1 and number >= $2 and number <= $3 order by number", channel, from, to)
}

// LastVolume is a channel's newest volume; feed.ErrNotFound if it has none.
func (s *Store) LastVolume(ctx context.Context, channel string) (feed.Volume, error) {
	return s.volume(ctx, channel, "where channel = $1 order by number desc limit 1", channel)
}

// Volume finds a volume by its name; feed.ErrNotFound if there is none.
func (s *Store) Volume(ctx context.Context, channel, month string, part int) (feed.Volume, error) {
	return s.volume(ctx, channel, "where channel = $1 and month = $2 and part = $3", channel, month, part)
}

func (s *Store) volume(ctx context.Context, channel, where string, args ...any) (feed.Volume, error) {
	list, err := s.volumes(ctx, where, args...)
	if err == nil && len(list) == 0 {
		err = fmt.Errorf("finding an archive of channel %s: %w", channel, feed.ErrNotFound)
	}
	if err != nil {
		return feed.Volume{}, err
	}
	return list[0], nil
}

func (s *Store) volumes(ctx context.Context, where string, args ...any) ([]feed.Volume, error) {
	var list []feed.Volume
	err := s.each(ctx, func(rows *sql.Rows) error {
		var v feed.Volume
		if err := rows.Scan(&v.Channel, &v.Number, &v.Month, &v.Part); err != nil {
			return err
		}
		list = append(list, v)
		return nil
	}, "select channel, number, month, part from volumes "+where, args...)
	if err != nil {
		return nil, s.fail(err, "reading the archives of a channel")
	}
	return list, nil
}

// VolumeVersion tells one state of a volume from another: how many entries it
// has, and what their changes add up to. Entries only leave it or change.
func (s *Store) VolumeVersion(ctx context.Context, v feed.Volume) (entries, changes int64, err error) {
	err = s.reader.queryRow(ctx, []any{&entries, &changes}, `select count(*), coalesce(sum(e.seq), 0) from channel_entries c
		join entries e on e.id = c.entry where c.channel = $1 and c.volume = $2 and c.volume <> 0`, v.Channel, v.Number)
	if err != nil {
		return 0, 0, s.fail(err, "reading archive %s of channel %s", v.Name(), v.Channel)
	}
	return entries, changes, nil
}

// VolumeEntries returns the entries of a volume, newest first.
func (s *Store) VolumeEntries(ctx context.Context, v feed.Volume) ([]feed.Entry, error) {
	list, err := s.entries(ctx, volumeSize, `select `+columns+` from channel_entries c join entries e on e.id = c.entry`+withDesk+`
		where c.channel = $1 and c.volume = $2 and c.volume <> 0 order by c.place desc, e.id`, v.Channel, v.Number)
	if err != nil {
		return nil, s.fail(err, "reading archive %s of channel %s", v.Name(), v.Channel)
	}
	return list, nil
}
