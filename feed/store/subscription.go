package store

import (
	"context"
	"database/sql"
	"encoding/json"
	"errors"
	"fmt"
	"net/url"
	"strings"
	"time"

	"warta/feed"
)

const subscriptionColumns = `id, kind, callback, topic, channel, audience, token, format, secret, stream, cursor, sending,
	created, until, delivered, failures, failing, next, said, moved`

// Subscriptions are all there are, in the order of their making.
func (s *Store) Subscriptions(ctx context.Context) ([]feed.Subscription, error) {
	list, err := s.subscriptions(ctx, "select "+subscriptionColumns+" from subscriptions order by created, id")
	if err != nil {
		return nil, s.fail(err, "reading the subscriptions")
	}
	return list, nil
}

// Subscription is one of them; feed.ErrNotFound where there is none.
func (s *Store) Subscription(ctx context.Context, id string) (feed.Subscription, error) {
	list, err := s.subscriptions(ctx, "select "+subscriptionColumns+" from subscriptions where id = $1", id)
	if err != nil {
		return feed.Subscription{}, s.fail(err, "reading subscription %s", id)
	}
	if len(list) == 0 {
		return feed.Subscription{}, fmt.Errorf("reading subscription %s: %w", id, feed.ErrNotFound)
	}
	return list[0], nil
}

func (s *Store) subscriptions(ctx context.Context, query string, args ...any) ([]feed.Subscription, error) {
	var list []feed.Subscription
	err := s.each(ctx, func(rows *sql.Rows) error {
		var u feed.Subscription
		var created int64
		var moved int
		var until, delivered, failing, next sql.NullInt64
		if err := rows.Scan(&u.ID, &u.Kind, &u.Callback, &u.Topic, &u.Channel, &u.Audience, &u.Token, &u.Format, &u.Secret, &u.Stream, &u.Cursor, &u.Sending,
			&created, &until, &delivered, &u.Failures, &failing, &next, &u.Said, &moved); err != nil {
			return err
		}
		u.Created, u.Until, u.Delivered = fromMilli(created), fromNull(until), fromNull(delivered)
		u.Moved = moved != 0
		u.Failing, u.Next = fromNull(failing), fromNull(next)
		list = append(list, u)
		return nil
	}, query, args...)
	return list, err
}

// CountSubscriptions tells how many go to a host and how many to a topic.
func (s *Store) CountSubscriptions(ctx context.Context, host, topic string) (toHost, ofTopic int, err error) {
	err = s.reader.queryRow(ctx, []any{&toHost, &ofTopic}, `select
		(select count(*) from subscriptions where host = $1) + (select count(*) from intents where host = $1),
		(select count(*) from subscriptions where topic = $2)`, host, topic)
	if err != nil {
		return 0, 0, s.fail(err, "counting the subscriptions")
	}
	return toHost, ofTopic, nil
}

// Subscribe keeps a subscription, or renews it: then what its receiver has is
// not forgotten. What stands in the way of deliveries is: whoever asks again
// is there again.
func (s *Store) Subscribe(ctx context.Context, u feed.Subscription) error {
	err := s.write(ctx, func(t *tx) error {
		_, err := t.exec(ctx, `insert into subscriptions (`+subscriptionColumns+`, host)
			values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, 0, $12, $13, null, 0, null, null, '', 0, $14)
			on conflict (id) do update set audience = excluded.audience, token = excluded.token, format = excluded.format, secret = excluded.secret, until = excluded.until,
				failures = 0, failing = null, next = null`,
			u.ID, string(u.Kind), clean(u.Callback), clean(u.Topic), u.Channel, string(u.Audience), u.Token, u.Format, clean(u.Secret), u.Stream, u.Cursor,
			u.Created.UnixMilli(), nullMilli(u.Until), hostOf(u.Callback))
		return err
	})
	if err != nil {
		return s.fail(err, "keeping subscription %s", u.ID)
	}
	return nil
}

// MoveSubscription lets a subscription count in another stream, from one of
// its releases on.
func (s *Store) MoveSubscription(ctx context.Context, id, stream string, cursor int64) error {
	return s.change(ctx, id, "moving", "update subscriptions set stream = $2, cursor = $3, sending = 0, moved = 1 where id = $1", stream, cursor)
}

// Unsubscribe forgets a subscription; that there is none is no error.
func (s *Store) Unsubscribe(ctx context.Context, id string) error {
	return s.change(ctx, id, "ending", "delete from subscriptions where id = $1")
}

// Sending says, before it goes out, how far the batch reaches that goes out.
func (s *Store) Sending(ctx context.Context, id string, upTo int64) error {
	return s.change(ctx, id, "delivering to", "update subscriptions set sending = $2 where id = $1", upTo)
}

// Received says that everything up to a release was received.
func (s *Store) Received(ctx context.Context, id string, upTo int64, at time.Time, said string) error {
	return s.change(ctx, id, "delivering to", `update subscriptions set cursor = $2, sending = 0, delivered = $3, failures = 0, failing = null,
		next = null, said = $4 where id = $1`, upTo, at.UnixMilli(), clean(said))
}

// Failed says that a delivery failed, and when it is tried again.
func (s *Store) Failed(ctx context.Context, u feed.Subscription) error {
	return s.change(ctx, u.ID, "delivering to", "update subscriptions set failures = $2, failing = $3, next = $4, said = $5 where id = $1",
		u.Failures, nullMilli(u.Failing), nullMilli(u.Next), clean(u.Said))
}

func (s *Store) change(ctx context.Context, id, doing, query string, args ...any) error {
	err := s.write(ctx, func(t *tx) error {
		_, err := t.exec(ctx, query, append([]any{id}, args...)...)
		return err
	})
	if err != nil {
		return s.fail(err, "%s subscription %s", doing, id)
	}
	return nil
}

// Lacking are the subscriptions in force that have not received their stream's newest
// release.
func (s *Store) Lacking(ctx context.Context, now time.Time) ([]string, error) {
	var list []string
	err := s.each(ctx, func(rows *sql.Rows) error {
		var id string
		err := rows.Scan(&id)
		list = append(list, id)
		return err
	}, `select u.id from subscriptions u join streams t on t.id = u.stream
		where t.head > u.cursor and (u.until is null or u.until > $1) order by u.delivered, u.id`, now.UnixMilli())
	if err != nil {
		return nil, s.fail(err, "asking who lacks something")
	}
	return list, nil
}

// KeepIntent keeps a wish until it is confirmed. A newer one for the same
// takes the place of an older.
func (s *Store) KeepIntent(ctx context.Context, i feed.Intent) error {
	state, err := json.Marshal(i)
	if err != nil {
		return fmt.Errorf("encoding a subscription's request: %w", err)
	}
	err = s.write(ctx, func(t *tx) error {
		_, err := t.exec(ctx, "insert into intents (id, host, seq, state) values ($1, $2, $3, $4) on conflict (id) do update set host = excluded.host, seq = excluded.seq, state = excluded.state",
			i.ID, hostOf(i.Callback), i.Seq, clean(string(state)))
		return err
	})
	if err != nil {
		return s.fail(err, "keeping a subscription's request")
	}
	return nil
}

// Intent is a wish that was kept; feed.ErrNotFound where there is none.
func (s *Store) Intent(ctx context.Context, id string) (feed.Intent, error) {
	var i feed.Intent
	var state []byte
	err := s.reader.queryRow(ctx, []any{&state}, "select state from intents where id = $1", id)
	switch {
	case errors.Is(err, sql.ErrNoRows):
		return i, fmt.Errorf("reading a subscription's request: %w", feed.ErrNotFound)
	case err != nil:
		return i, s.fail(err, "reading a subscription's request")
	}
	if err := json.Unmarshal(state, &i); err != nil {
		return i, s.fail(errors.Join(err, corruptError("an intent is not what we wrote")), "reading a subscription's request")
	}
	return i, nil
}

// Intents are the ids of all wishes that wait.
func (s *Store) Intents(ctx context.Context) ([]string, error) {
	var list []string
	err := s.each(ctx, func(rows *sql.Rows) error {
		var id string
		err := rows.Scan(&id)
		list = append(list, id)
		return err
	}, "select id from intents order by id")
	if err != nil {
		return nil, s.fail(err, "reading the requests for subscriptions")
	}
	return list, nil
}

// DropIntent forgets a wish.
func (s *Store) DropIntent(ctx context.Context, id string) error {
	return s.change(ctx, id, "forgetting", "delete from intents where id = $1")
}

// hostOf is what bounds count by.
func hostOf(address string) string {
	u, err := url.Parse(address)
	if err != nil {
		return ""
	}
	return strings.ToLower(u.Hostname())
}

// WebhookSecret is what a partner's webhooks are signed with; it is made when
// first asked for, and anew when fresh is set.
func (s *Store) WebhookSecret(ctx context.Context, partner, proposed string, fresh bool) (secret string, err error) {
	err = s.write(ctx, func(t *tx) error {
		_, err := t.exec(ctx, "insert into webhook_secrets (partner, secret) values ($1, $2) on conflict (partner) do update set secret = case when $3 = 1 then excluded.secret else webhook_secrets.secret end",
			partner, proposed, number(fresh))
		if err != nil {
			return err
		}
		return t.QueryRowContext(ctx, "select secret from webhook_secrets where partner = $1", partner).Scan(&secret)
	})
	if err != nil {
		return "", s.fail(err, "reading the webhook secret of %s", partner)
	}
	return secret, nil
}
