package deliver

import (
	"context"
	"net/http"
	"net/url"
	"strings"
	"time"
)

const (
	firstPing = 10 * time.Second
	lastPing  = 3 * 24 * time.Hour
)

// Ping tells a hub elsewhere that a topic changed, in the form that hubs
// understand (WebSub leaves it open, section 6). It returns when to tell it
// again; zero: never. since is when it should have been told first.
func (d *Deliverer) Ping(ctx context.Context, hub, topic string, since time.Time) (again time.Time, err error) {
	form := url.Values{"hub.mode": {"publish"}, "hub.url": {topic}, "hub.topic": {topic}}
	req, err := http.NewRequestWithContext(ctx, http.MethodPost, hub, strings.NewReader(form.Encode()))
	if err != nil {
		return time.Time{}, err
	}
	req.Header.Set("Content-Type", "application/x-www-form-urlencoded")
	status, header, _, err := d.do(req)
	now := d.opt.Now()
	age := now.Sub(since)
	switch {
	case ctx.Err() != nil:
		return time.Time{}, ctx.Err()
	case err == nil && status/100 == 2:
		return time.Time{}, nil
	case age > lastPing:
		d.opt.Log.Warn("a hub was not told of a change", "hub", hub, "topic", topic, "since", since.Format(time.RFC3339))
		return time.Time{}, nil
	}
	reason := "status"
	if err != nil {
		reason = short(err)
	}
	d.opt.Log.Debug("a hub can't be told of a change; trying again", "hub", hub, "topic", topic, "status", status, "reason", reason)
	pause := min(max(age, firstPing), longestPause)
	return now.Add(max(pause, retryAfter(status, header, now))), nil
}

// Waiting are the subscriptions that wait to be verified.
func (d *Deliverer) Waiting(ctx context.Context) ([]string, error) { return d.store.Intents(ctx) }
