package deliver

import (
	"context"
	"crypto/rand"
	"crypto/subtle"
	"errors"
	"fmt"
	"net/http"
	"net/url"
	"strconv"
	"strings"
	"time"

	"warta/feed"
)

// verifyTries is how often a callback that can't be reached is asked.
const verifyTries = 4

// Verify asks a callback whether it wants what was asked in its name (WebSub
// section 5.3), and then does it. It returns when to ask again; zero: never.
func (d *Deliverer) Verify(ctx context.Context, id string) (again time.Time, err error) {
	in, err := d.store.Intent(ctx, id)
	if errors.Is(err, feed.ErrNotFound) {
		return time.Time{}, nil
	}
	if err != nil {
		return time.Time{}, err
	}
	host := hostOf(in.Callback)
	if !d.lanes.enter("verify "+id, host, unknown) {
		return d.opt.Now().Add(busy), nil
	}
	defer d.lanes.leave("verify "+id, host, unknown)

	switch err := d.confirm(ctx, &in); {
	case ctx.Err() != nil:
		return time.Time{}, ctx.Err()
	case errors.Is(err, errAway):
		if in.Tries++; in.Tries < verifyTries {
			return d.opt.Now().Add(backoff(id, in.Tries)), d.store.KeepIntent(ctx, in)
		}
		d.opt.Log.Info("a subscription was not confirmed", "to", host, "reason", err)
	case err != nil:
		d.opt.Log.Info("a subscription was not confirmed", "to", host, "reason", err)
	case in.Subscribe:
		if err := d.begin(ctx, &in); err != nil {
			return time.Time{}, err
		}
	default:
		if err := d.store.Unsubscribe(ctx, in.ID); err != nil {
			return time.Time{}, err
		}
	}
	return time.Time{}, d.store.DropIntent(ctx, id)
}

// errAway says that a callback did not answer, which says nothing of its will.
var errAway = errors.New("the callback did not answer")

// confirm sends a challenge that nobody can guess. Only a 2xx with the
// challenge as its body confirms.
func (d *Deliverer) confirm(ctx context.Context, in *feed.Intent) error {
	challenge := rand.Text() + rand.Text()
	mode := "unsubscribe"
	q := url.Values{"hub.topic": {in.Topic}, "hub.challenge": {challenge}}
	if in.Subscribe {
		mode = "subscribe"
		q.Set("hub.lease_seconds", strconv.Itoa(int(in.Lease/time.Second)))
	}
	q.Set("hub.mode", mode)
	status, body, err := d.ask(ctx, in.Callback, q)
	switch {
	case err != nil:
		return fmt.Errorf("%w: %s", errAway, short(err))
	case status == http.StatusTooManyRequests || status == http.StatusServiceUnavailable:
		return fmt.Errorf("%w: status %d", errAway, status)
	case status/100 != 2:
		return fmt.Errorf("it answered with status %d", status)
	case subtle.ConstantTimeCompare([]byte(strings.TrimSpace(body)), []byte(challenge)) != 1:
		return errors.New("it did not send the challenge back")
	}
	return nil
}

// begin keeps a confirmed subscription.
func (d *Deliverer) begin(ctx context.Context, in *feed.Intent) error {
	t, err := d.topics.TopicFor(ctx, &in.Subscription)
	if errors.Is(err, feed.ErrNotFound) {
		return d.deny(ctx, &in.Subscription)
	}
	if err != nil {
		return err
	}
	st, err := d.stream(ctx, t, in.Seq)
	if err != nil {
		return err
	}
	u := in.Subscription
	if u.Stream = st.ID; u.Cursor < 0 {
		u.Cursor = st.Head // the stream begins as the topic was when it was asked for
	}
	u.Until = d.opt.Now().Add(in.Lease)
	d.opt.Log.Info("subscribed", "to", hostOf(u.Callback), "channel", u.Channel, "format", u.Format, "until", u.Until.Format(time.RFC3339))
	return d.store.Subscribe(ctx, u)
}

// deny tells a subscriber that it gets nothing any more (section 5.2), once,
// and ends the subscription.
func (d *Deliverer) deny(ctx context.Context, u *feed.Subscription) error {
	if u.Kind == feed.WebSub {
		q := url.Values{"hub.mode": {"denied"}, "hub.topic": {u.Topic}, "hub.reason": {"The topic is not available to this subscriber."}}
		if _, _, err := d.ask(ctx, u.Callback, q); err != nil && ctx.Err() != nil {
			return ctx.Err()
		}
	}
	d.opt.Log.Info("a subscription ended: its topic is not there any more", "to", hostOf(u.Callback), "channel", u.Channel)
	return d.store.Unsubscribe(ctx, u.ID)
}

// ask puts a question to a callback, whose own query stays.
func (d *Deliverer) ask(ctx context.Context, callback string, q url.Values) (int, string, error) {
	u, err := url.Parse(callback)
	if err != nil {
		return 0, "", err
	}
	if u.RawQuery != "" {
		u.RawQuery += "&"
	}
	u.RawQuery += q.Encode()
	req, err := http.NewRequestWithContext(ctx, http.MethodGet, u.String(), nil)
	if err != nil {
		return 0, "", err
	}
	status, _, body, err := d.do(req)
	return status, string(body), err
}
