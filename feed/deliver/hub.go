package deliver

import (
	"context"
	"errors"
	"fmt"
	"net/http"
	"net/url"
	"strconv"
	"strings"
	"time"

	"warta/feed"
)

// The bounds of what a stranger may ask of the hub.
const (
	maxForm     = 16 << 10
	maxCallback = 2048
	maxSecret   = 200 // bytes; less than that (WebSub section 5.1)

	usualLease = 10 * 24 * time.Hour
	minLease   = 5 * time.Minute
	maxLease   = 30 * 24 * time.Hour

	maxToHost  = 500
	maxOfTopic = 10_000
	maxIntents = 2_000
)

// refusal is an answer to a request that can't be met.
type refusal struct {
	status int
	text   string
}

func (r *refusal) Error() string { return r.text }

func refuse(status int, format string, args ...any) error {
	return &refusal{status, fmt.Sprintf(format, args...)}
}

// ServeHTTP is the hub (WebSub section 5): it takes requests to subscribe and to
// unsubscribe, and does nothing before the callback confirmed them.
func (d *Deliverer) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	h := w.Header()
	h.Set("Content-Type", "text/plain; charset=utf-8")
	h.Set("Cache-Control", "no-store")
	h.Set("X-Content-Type-Options", "nosniff")
	if r.Method != http.MethodPost {
		h.Set("Allow", http.MethodPost)
		w.WriteHeader(http.StatusMethodNotAllowed)
		fmt.Fprintln(w, "This is a WebSub hub. POST hub.mode, hub.topic and hub.callback here to subscribe to a channel's feed.")
		return
	}
	err := d.asked(w, r)
	var no *refusal
	switch {
	case err == nil:
		w.WriteHeader(http.StatusAccepted)
	case errors.As(err, &no):
		if no.status == http.StatusTooManyRequests {
			h.Set("Retry-After", "60")
		}
		w.WriteHeader(no.status)
		fmt.Fprintln(w, no.text)
	default:
		if r.Context().Err() == nil {
			d.opt.Log.Error("the hub can't take a request", "error", err)
		}
		w.WriteHeader(http.StatusInternalServerError)
		fmt.Fprintln(w, "Something went wrong on our side. Try again later.")
	}
}

// asked reads a request and keeps it until its callback is asked.
func (d *Deliverer) asked(w http.ResponseWriter, r *http.Request) error {
	r.Body = http.MaxBytesReader(w, r.Body, maxForm)
	if kind, _, _ := strings.Cut(r.Header.Get("Content-Type"), ";"); !strings.EqualFold(strings.TrimSpace(kind), "application/x-www-form-urlencoded") {
		return refuse(http.StatusUnsupportedMediaType, "The request must be of type application/x-www-form-urlencoded.")
	}
	if err := r.ParseForm(); err != nil {
		return refuse(http.StatusBadRequest, "The form can't be read, or is longer than %d bytes.", maxForm)
	}
	switch mode := r.PostForm.Get("hub.mode"); mode {
	case "subscribe", "unsubscribe":
	case "publish":
		return nil // we know what we publish; nothing is done
	case "":
		return refuse(http.StatusBadRequest, "hub.mode is missing: it is subscribe or unsubscribe.")
	default:
		return refuse(http.StatusBadRequest, "hub.mode must be subscribe or unsubscribe.")
	}
	in, err := d.intent(r)
	if err != nil {
		return err
	}
	if err := d.store.KeepIntent(r.Context(), in); err != nil {
		return err
	}
	d.opt.Asked(in.ID)
	return nil
}

// intent checks what a form asks for, against the bounds.
func (d *Deliverer) intent(r *http.Request) (feed.Intent, error) {
	ctx, form := r.Context(), r.PostForm
	in := feed.Intent{Subscribe: form.Get("hub.mode") == "subscribe"}
	callback, topic, secret := form.Get("hub.callback"), form.Get("hub.topic"), form.Get("hub.secret")
	if err := checkCallback(callback); err != nil {
		return in, err
	}
	if len(secret) >= maxSecret {
		return in, refuse(http.StatusBadRequest, "hub.secret must be shorter than %d bytes.", maxSecret)
	}
	var err error
	if in.Lease, err = lease(form.Get("hub.lease_seconds")); err != nil {
		return in, err
	}
	in.Subscription = feed.Subscription{
		ID: feed.SubscriptionID(feed.WebSub, callback, topic), Kind: feed.WebSub, Callback: callback, Topic: topic, Secret: secret,
	}
	now := d.opt.Now()
	if !d.gate.pass(hostOf(callback), now) {
		return in, refuse(http.StatusTooManyRequests, "Too many requests. Try again in a minute.")
	}
	if !in.Subscribe {
		// Whether there is such a subscription is between us and its callback.
		return in, d.room(ctx)
	}
	t, err := d.topics.Topic(r, topic)
	if errors.Is(err, feed.ErrNotFound) {
		return in, refuse(http.StatusNotFound, "There is no such topic here. Subscribe to the address of a feed as its rel=self has it.")
	}
	if err != nil {
		return in, err
	}
	toHost, ofTopic, err := d.store.CountSubscriptions(ctx, hostOf(callback), topic)
	if err != nil {
		return in, err
	}
	if _, err := d.store.Subscription(ctx, in.ID); errors.Is(err, feed.ErrNotFound) && (toHost >= maxToHost || ofTopic >= maxOfTopic) {
		return in, refuse(http.StatusTooManyRequests, "There are too many subscriptions of this topic or to this host.")
	}
	in.Channel, in.Audience, in.Token, in.Format = t.Channel.ID, t.Audience, t.Token, string(t.Format)
	in.Stream, in.Created = t.Stream(), now
	if in.Seq, err = d.store.LastSeq(ctx); err != nil {
		return in, err
	}
	// From here on nothing may be missed, however long the callback takes to
	// confirm.
	streams, err := d.store.Streams(ctx)
	if err != nil {
		return in, err
	}
	in.Cursor = -1
	if st, ok := streams[in.Stream]; ok {
		in.Cursor = st.Head
	}
	return in, d.room(ctx)
}

// room refuses when too much waits to be confirmed.
func (d *Deliverer) room(ctx context.Context) error {
	waiting, err := d.store.Intents(ctx)
	if err != nil {
		return err
	}
	if len(waiting) >= maxIntents {
		return refuse(http.StatusServiceUnavailable, "Too many requests wait to be confirmed. Try again later.")
	}
	return nil
}

// checkCallback refuses what no delivery could go to.
func checkCallback(s string) error {
	switch u, err := url.Parse(s); {
	case s == "":
		return refuse(http.StatusBadRequest, "hub.callback is missing.")
	case len(s) > maxCallback:
		return refuse(http.StatusBadRequest, "hub.callback must not be longer than %d bytes.", maxCallback)
	case err != nil, u.Scheme != "http" && u.Scheme != "https", u.Hostname() == "":
		return refuse(http.StatusBadRequest, "hub.callback must be an absolute http or https address.")
	case u.User != nil, u.Fragment != "", strings.ContainsAny(s, "\r\n"):
		return refuse(http.StatusBadRequest, "hub.callback can't have a login or a # part.")
	}
	return nil
}

// lease is how long a subscription lasts: as asked for, within bounds.
func lease(s string) (time.Duration, error) {
	if s == "" {
		return usualLease, nil
	}
	n, err := strconv.ParseUint(s, 10, 31)
	if err != nil {
		return 0, refuse(http.StatusBadRequest, "hub.lease_seconds must be a whole number of seconds.")
	}
	if n == 0 {
		return usualLease, nil // there is no perpetual one
	}
	return min(max(time.Duration(n)*time.Second, minLease), maxLease), nil
}
