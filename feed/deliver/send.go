package deliver

import (
	"bytes"
	"context"
	"crypto/sha256"
	"encoding/base32"
	"errors"
	"fmt"
	"net/http"
	"net/url"
	"strconv"
	"strings"
	"time"

	"warta/feed"
	"warta/feed/publish"
)

const (
	// atOnce is how many deliveries one call makes to a receiver that is
	// behind, before others have their turn.
	atOnce = 10
	// busy is when to come again where there is no room at present.
	busy = 500 * time.Millisecond
)

// Deliver sends a subscription what it lacks. It returns when to come again:
// never (zero) where there is nothing more to send at present. An error is one
// of ours; a receiver's failure is kept with the subscription.
func (d *Deliverer) Deliver(ctx context.Context, id string) (again time.Time, err error) {
	u, err := d.store.Subscription(ctx, id)
	if errors.Is(err, feed.ErrNotFound) {
		return time.Time{}, nil
	}
	if err != nil {
		return time.Time{}, err
	}
	now := d.opt.Now()
	if !u.Until.IsZero() && !now.Before(u.Until) {
		return time.Time{}, nil // it ended; see settle
	}
	if now.Before(u.Next) {
		return u.Next, nil
	}
	host := hostOf(u.Callback)
	health := well
	if u.Failures > 0 {
		health = ailing
	}
	if !d.lanes.enter(u.ID, host, health) {
		return now.Add(busy), nil
	}
	defer d.lanes.leave(u.ID, host, health)
	for range atOnce {
		done, err := d.one(ctx, &u)
		if err != nil || done {
			return u.Next, err
		}
	}
	return d.opt.Now(), nil
}

// one makes one delivery, and reports whether it was the last for now.
func (d *Deliverer) one(ctx context.Context, u *feed.Subscription) (done bool, err error) {
	t, err := d.topics.TopicFor(ctx, u)
	if errors.Is(err, feed.ErrNotFound) {
		return true, d.deny(ctx, u)
	}
	if err != nil {
		return true, err
	}
	upTo, err := d.head(ctx, u, t)
	if err != nil {
		return true, err
	}
	if u.Sending > u.Cursor {
		upTo = u.Sending
	}
	if upTo <= u.Cursor {
		return true, nil
	}
	w := want{stream: u.Stream, address: t.Address, basis: t.Basis(), format: t.Format, after: u.Cursor, upTo: upTo, moved: u.Moved}
	if u.Kind == feed.Webhook {
		w.webhook = u.Audience
	}
	b, err := d.bodies.get(w, d.opt.Now(), func(b *body) error { return d.compose(ctx, u, t, w, b) })
	if err != nil {
		return true, err
	}
	if b.entries == 0 {
		err := d.store.Received(ctx, u.ID, b.upTo, d.opt.Now(), u.Said)
		u.Cursor, u.Sending = b.upTo, 0
		return false, err
	}
	if u.Sending != b.upTo {
		if err := d.store.Sending(ctx, u.ID, b.upTo); err != nil {
			return true, err
		}
		u.Sending = b.upTo
	}
	return d.send(ctx, u, t, b)
}

// head is the newest release of the stream that the subscription counts in. It
// sees to it that this is the one that its audience has at present: in another
// one it begins with all of it, as what it was shown before may be too much
// now.
func (d *Deliverer) head(ctx context.Context, u *feed.Subscription, t *publish.Topic) (int64, error) {
	if u.Stream == t.Stream() {
		st, err := d.store.Stream(ctx, u.Stream)
		if err == nil && u.Cursor <= st.Head {
			return st.Head, nil
		}
		if err != nil && !errors.Is(err, feed.ErrNotFound) {
			return 0, err
		}
	}
	seq, err := d.store.LastSeq(ctx)
	if err != nil {
		return 0, err
	}
	st, err := d.stream(ctx, t, seq)
	if err == nil {
		st, err = d.inherit(ctx, u.Stream, st)
	}
	if err != nil {
		return 0, err
	}
	u.Stream, u.Cursor, u.Sending, u.Moved = st.ID, 0, 0, true
	return st.Head, d.store.MoveSubscription(ctx, u.ID, st.ID, 0)
}

// send makes the request and keeps what came of it.
func (d *Deliverer) send(ctx context.Context, u *feed.Subscription, t *publish.Topic, b *body) (done bool, err error) {
	req, err := d.request(ctx, u, t, b)
	if err != nil {
		return true, err
	}
	status, header, _, err := d.do(req)
	if ctx.Err() != nil {
		return true, ctx.Err() // we are stopping: it says nothing of the receiver
	}
	now := d.opt.Now()
	switch {
	case err == nil && status/100 == 2:
		if u.Failures > 0 {
			d.opt.Log.Info("a receiver is back", "to", hostOf(u.Callback), "channel", u.Channel, "failing_since", u.Failing.Format(time.RFC3339))
		}
		if d.opt.Witness != nil && u.Audience != feed.Public {
			if err := d.opt.Witness.Pushed(ctx, feed.Serving{
				Partner: partnerOf(u.Audience), Channel: u.Channel, Class: t.Class(), Format: u.Format, Version: deliveryName(u),
				Status: status, At: now, Entries: func() []feed.Served { return b.served }, Name: t.Permission,
			}); err != nil {
				return true, err // sent again, it will be recorded
			}
		}
		u.Cursor, u.Sending, u.Failures, u.Next, u.Failing = b.upTo, 0, 0, time.Time{}, time.Time{}
		return false, d.store.Received(ctx, u.ID, b.upTo, now, strconv.Itoa(status))
	case err == nil && status == http.StatusGone && u.Kind == feed.WebSub:
		d.opt.Log.Info("a receiver ended its subscription (410)", "to", hostOf(u.Callback), "channel", u.Channel)
		u.Next = time.Time{}
		return true, d.store.Unsubscribe(ctx, u.ID)
	case err != nil:
		u.Said = short(err)
	default:
		u.Said = fmt.Sprintf("%d %s", status, http.StatusText(status))
	}
	if u.Failures++; u.Failures == 1 {
		u.Failing = now
		d.opt.Log.Warn("a delivery failed; it is tried again until it is received", "to", hostOf(u.Callback), "channel", u.Channel, "reason", u.Said)
	}
	u.Next = now.Add(max(backoff(u.ID, u.Failures), retryAfter(status, header, now)))
	return true, d.store.Failed(ctx, *u)
}

// request is a delivery.
func (d *Deliverer) request(ctx context.Context, u *feed.Subscription, t *publish.Topic, b *body) (*http.Request, error) {
	req, err := http.NewRequestWithContext(ctx, http.MethodPost, u.Callback, bytes.NewReader(b.bytes))
	if err != nil {
		return nil, fmt.Errorf("delivering to subscription %s: %w", u.ID, err)
	}
	name := deliveryName(u)
	if u.Kind == feed.Webhook {
		now := d.opt.Now()
		req.Header.Set("Content-Type", "application/json")
		req.Header.Set("Webhook-Id", name)
		req.Header.Set("Webhook-Timestamp", strconv.FormatInt(now.Unix(), 10))
		req.Header.Set("Webhook-Signature", webhookSignature(u.Secret, name, now, b.bytes))
		return req, nil
	}
	t.Stamp(req.Header)
	req.Header.Set("Warta-Delivery", name)
	if u.Secret != "" {
		req.Header.Set("X-Hub-Signature", hubSignature(u.Secret, b.bytes))
	}
	return req, nil
}

// deliveryName is the same for a delivery that is made again, for receivers to
// know it by.
func deliveryName(u *feed.Subscription) string {
	sum := sha256.Sum256(fmt.Appendf(nil, "%s %s %d %d", u.ID, u.Stream, u.Cursor, u.Sending))
	return "msg_" + strings.ToLower(base32.StdEncoding.WithPadding(base32.NoPadding).EncodeToString(sum[:16]))
}

// short is an error without the address it speaks of, which may hold secrets.
func short(err error) string {
	var u *url.Error
	if errors.As(err, &u) {
		err = u.Err
	}
	s := err.Error()
	return s[:min(len(s), 200)]
}

func hostOf(address string) string {
	u, err := url.Parse(address)
	if err != nil {
		return ""
	}
	return strings.ToLower(u.Hostname())
}

func partnerOf(a feed.Audience) string { return strings.TrimPrefix(string(a), "partner:") }
