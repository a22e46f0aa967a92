package store

import (
	"context"
	"database/sql"

	"warta/feed"
)

// Marks tells of each channel under which rule and up to which change its
// entries were chosen.
func (s *Store) Marks(ctx context.Context) (map[string]feed.Mark, error) {
	marks := make(map[string]feed.Mark)
	err := s.each(ctx, func(rows *sql.Rows) error {
		var m feed.Mark
		if err := rows.Scan(&m.Channel, &m.Rule, &m.Seq); err != nil {
			return err
		}
		marks[m.Channel] = m
		return nil
	}, "select id, rule, seq from channels")
	if err != nil {
		return nil, s.fail(err, "reading how far the channels are")
	}
	return marks, nil
}

// empty takes everything out of a channel, and keeps in mind which volumes it
// was filed in.
func empty(ctx context.Context, t *tx, channel string) error {
	if _, err := t.exec(ctx, `insert into filed (channel, entry, told, volume)
		select channel, entry, told, volume from channel_entries where channel = $1 and volume <> 0
		on conflict (channel, entry) do update set told = excluded.told, volume = excluded.volume`, channel); err != nil {
		return err
	}
	_, err := t.exec(ctx, "delete from channel_entries where channel = $1", channel)
	return err
}

// UpdateChannel puts entries into a channel and takes others out, and sets its
// mark, in one transaction. With reset the channel is emptied first.
func (s *Store) UpdateChannel(ctx context.Context, mark feed.Mark, reset bool, in []feed.Membership, out []string) error {
	err := s.write(ctx, func(t *tx) error {
		if _, err := t.exec(ctx, `insert into channels (id, rule, seq) values ($1, $2, $3)
			on conflict (id) do update set rule = excluded.rule, seq = excluded.seq`, mark.Channel, mark.Rule, mark.Seq); err != nil {
			return err
		}
		if reset {
			if err := empty(ctx, t, mark.Channel); err != nil {
				return err
			}
		}
		for _, m := range in {
			// Of what is no longer as it was filed readers are told again.
			if _, err := t.exec(ctx, `insert into channel_entries (channel, entry, place, told, volume)
				values ($1, $2, $3, $4, coalesce((select volume from filed where channel = $1 and entry = $2 and told = $4), 0))
				on conflict (channel, entry) do update set place = excluded.place, told = excluded.told, volume = 0
				where channel_entries.place <> excluded.place or channel_entries.told <> excluded.told`,
				mark.Channel, m.EntryID, m.Time.UnixMilli(), m.Told.UnixMilli()); err != nil {
				return err
			}
		}
		for _, id := range out {
			if _, err := t.exec(ctx, "delete from channel_entries where channel = $1 and entry = $2", mark.Channel, id); err != nil {
				return err
			}
		}
		return nil
	})
	if err != nil {
		return s.fail(err, "updating channel %s", mark.Channel)
	}
	return nil
}

// DropChannel forgets a channel that is no longer configured.
func (s *Store) DropChannel(ctx context.Context, channel string) error {
	err := s.write(ctx, func(t *tx) error {
		_, err := t.exec(ctx, "delete from channels where id = $1", channel)
		return err
	})
	if err != nil {
		return s.fail(err, "dropping channel %s", channel)
	}
	return nil
}

// ChannelEntries returns the newest entries of a channel, newest first; those
// of the same time stand by id, so the order is stable.
func (s *Store) ChannelEntries(ctx context.Context, channel string, limit int) ([]feed.Entry, error) {
	list, err := s.entries(ctx, limit, `select `+columns+` from
		(select entry, place from channel_entries where channel = $1 order by place desc, entry limit $2) c
		join entries e on e.id = c.entry`+withDesk+`order by c.place desc, e.id`, channel, limit)
	if err != nil {
		return nil, s.fail(err, "reading channel %s", channel)
	}
	return list, nil
}

// ChannelSources returns the sources that a channel has entries of.
func (s *Store) ChannelSources(ctx context.Context, channel string) ([]string, error) {
	var list []string
	err := s.each(ctx, func(rows *sql.Rows) error {
		var source string
		if err := rows.Scan(&source); err != nil {
			return err
		}
		list = append(list, source)
		return nil
	}, "select distinct e.source from channel_entries c join entries e on e.id = c.entry where c.channel = $1 order by e.source", channel)
	if err != nil {
		return nil, s.fail(err, "reading the sources of channel %s", channel)
	}
	return list, nil
}
