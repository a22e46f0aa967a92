package deliver

import (
	"context"
	"crypto/rand"
	"encoding/base64"
	"errors"
	"fmt"
	"sync"
	"time"

	"warta/feed"
	"warta/feed/render"
)

// keptAfter is how long a subscription that ended is remembered: a receiver
// whose lease ran out while it was down asks again and goes on where it was.
const keptAfter = 30 * 24 * time.Hour

// settleEvery is how soon it is noticed that a contract began or ended.
const settleEvery = 5 * time.Minute

// settling says what has to be settled anew.
type settling struct {
	mu      sync.Mutex
	hooks   []Hook
	changed bool // the hooks
	version any  // of the settings
	at      time.Time
}

// Hook is a webhook that the configuration asks for.
type Hook struct {
	Partner, Channel, Callback string
	Secret                     string // empty: the one made for the partner
}

// Adopt makes the webhooks those of the configuration, with the next Advance:
// new ones begin with what their channel shows, those no longer named end.
func (d *Deliverer) Adopt(hooks []Hook) {
	d.settling.mu.Lock()
	defer d.settling.mu.Unlock()
	d.settling.hooks, d.settling.changed = hooks, true
}

// settle sees to it, when the settings are others than last time and now and
// then, that subscriptions are those that may be and count in the streams of
// their audiences. It returns those that need a delivery for it.
func (d *Deliverer) settle(ctx context.Context) ([]string, error) {
	s := &d.settling
	s.mu.Lock()
	defer s.mu.Unlock()
	now, version := d.opt.Now(), d.topics.Version()
	if !s.changed && s.version == version && now.Sub(s.at).Abs() < settleEvery {
		return nil, nil
	}
	if err := d.adoptAll(ctx, s.hooks); err != nil {
		return nil, err
	}
	list, err := d.store.Subscriptions(ctx)
	if err != nil {
		return nil, err
	}
	streams, err := d.store.Streams(ctx)
	if err != nil {
		return nil, err
	}
	var ids []string
	for i := range list {
		u := &list[i]
		if !u.Until.IsZero() && now.After(u.Until.Add(keptAfter)) {
			if err := d.store.Unsubscribe(ctx, u.ID); err != nil {
				return nil, err
			}
			continue
		}
		t, err := d.topics.TopicFor(ctx, u)
		switch {
		case errors.Is(err, feed.ErrNotFound):
			ids = append(ids, u.ID) // it is denied when it is its turn
		case err != nil:
			return nil, err
		case streams[u.Stream].ID != t.Stream():
			if _, err := d.head(ctx, u, t); err != nil {
				return nil, err
			}
		}
	}
	s.changed, s.version, s.at = false, version, now
	d.advancing.Lock() // a stream that is being begun has no subscription yet
	defer d.advancing.Unlock()
	return ids, d.store.DropStreams(ctx)
}

// adoptAll compares the webhooks there are with those that should be.
func (d *Deliverer) adoptAll(ctx context.Context, hooks []Hook) error {
	list, err := d.store.Subscriptions(ctx)
	if err != nil {
		return err
	}
	before := make(map[string]feed.Subscription)
	for _, u := range list {
		if u.Kind == feed.Webhook {
			before[u.ID] = u
		}
	}
	streams, err := d.store.Streams(ctx)
	if err != nil {
		return err
	}
	for _, h := range hooks {
		id, err := d.adopt(ctx, h, before, streams)
		if err != nil {
			return fmt.Errorf("the webhook of %s for channel %s: %w", h.Partner, h.Channel, err)
		}
		delete(before, id)
	}
	for id := range before {
		if err := d.store.Unsubscribe(ctx, id); err != nil {
			return err
		}
	}
	return nil
}

func (d *Deliverer) adopt(ctx context.Context, h Hook, before map[string]feed.Subscription, streams map[string]feed.Stream) (id string, err error) {
	audience := feed.PartnerAudience(h.Partner)
	id = feed.SubscriptionID(feed.Webhook, h.Callback, string(audience)+" "+h.Channel)
	secret := h.Secret
	if secret == "" {
		if secret, err = Secret(ctx, d.store, h.Partner, false); err != nil {
			return id, err
		}
	}
	if u, ok := before[id]; ok && u.Secret == secret {
		return id, nil
	}
	u := feed.Subscription{
		ID: id, Kind: feed.Webhook, Callback: h.Callback, Channel: h.Channel, Audience: audience,
		Format: string(render.JSON), Secret: secret, Created: d.opt.Now(),
	}
	t, err := d.topics.TopicFor(ctx, &u)
	if errors.Is(err, feed.ErrNotFound) {
		return id, nil // the contract has not begun, or is over
	}
	if err != nil {
		return id, err
	}
	st, known := streams[t.Stream()]
	if !known {
		seq, err := d.store.LastSeq(ctx)
		if err != nil {
			return id, err
		}
		if st, err = d.stream(ctx, t, seq); err != nil {
			return id, err
		}
		streams[st.ID] = st
	}
	u.Topic, u.Stream = t.Address, st.ID
	return id, d.store.Subscribe(ctx, u)
}

// secrets keeps what webhooks are signed with.
type secrets interface {
	WebhookSecret(ctx context.Context, partner, proposed string, fresh bool) (string, error)
}

// Secret is what a partner's webhooks are signed with where the configuration
// names nothing; fresh makes another one.
func Secret(ctx context.Context, s secrets, partner string, fresh bool) (string, error) {
	key := make([]byte, 32)
	rand.Read(key) // never fails
	return s.WebhookSecret(ctx, partner, secretPrefix+base64.StdEncoding.EncodeToString(key), fresh)
}
