// Package deliver sends what becomes new in a channel to those who asked for
// it: as a WebSub hub (W3C Recommendation, 23 January 2018) and as webhooks
// signed in the manner of Standard Webhooks.
//
// Nothing is queued for anybody. Every channel has, for each audience, a
// stream of numbered releases (feed.Release), and every subscription the
// number up to which its receiver confirmed them. What it lacks is everything
// after that, in its present state: an hour or three days of silence cost a
// number, not a pile, and nothing is dropped. Deliveries are in order for each
// receiver and arrive at least once; one sent again bears the same name.
//
// The package knows no job engine: Advance says who lacks something, Deliver,
// Verify and Ping each make one attempt and say when to come again.
package deliver

import (
	"context"
	"io"
	"log/slog"
	"net/http"
	"sync"
	"time"

	"warta/feed"
	"warta/feed/publish"
	"warta/sources/fetch"
)

// Topics is what delivering asks of publishing.
type Topics interface {
	// Topic finds what an address stands for to whoever makes a request,
	// TopicFor what a stored subscription is of, TopicOf what a stream says.
	// They fail with feed.ErrNotFound where there is no such thing, or not for
	// them.
	Topic(r *http.Request, address string) (*publish.Topic, error)
	TopicFor(ctx context.Context, u *feed.Subscription) (*publish.Topic, error)
	TopicOf(stream string) (*publish.Topic, error)
	// Version is another value whenever other settings are in force.
	Version() any
}

// Releases is what delivering asks of the database about streams.
type Releases interface {
	LastSeq(ctx context.Context) (int64, error)
	ChangedSince(ctx context.Context, seq int64, limit int) ([]feed.Entry, error)
	Entry(ctx context.Context, id string) (feed.Entry, error)
	ChannelEntries(ctx context.Context, channel string, limit int) ([]feed.Entry, error)

	Streams(ctx context.Context) (map[string]feed.Stream, error)
	Release(ctx context.Context, from, to feed.Stream, list []feed.Release) (feed.Stream, error)
	Stream(ctx context.Context, id string) (feed.Stream, error)
	BringStreams(ctx context.Context, from, to []feed.Stream) error
	Releases(ctx context.Context, stream string, after, upTo int64, limit int) ([]feed.Release, error)
	Released(ctx context.Context, stream, entry string) (feed.Release, error)
	ReleasesOf(ctx context.Context, entry string) (map[string]feed.Release, error)
	DropStreams(ctx context.Context) error
}

// Subscriptions is what delivering asks of the database about receivers.
type Subscriptions interface {
	Subscriptions(ctx context.Context) ([]feed.Subscription, error)
	Subscription(ctx context.Context, id string) (feed.Subscription, error)
	CountSubscriptions(ctx context.Context, host, topic string) (toHost, ofTopic int, err error)
	Subscribe(ctx context.Context, u feed.Subscription) error
	MoveSubscription(ctx context.Context, id, stream string, cursor int64) error
	Unsubscribe(ctx context.Context, id string) error
	Sending(ctx context.Context, id string, upTo int64) error
	Received(ctx context.Context, id string, upTo int64, at time.Time, said string) error
	Failed(ctx context.Context, u feed.Subscription) error
	Lacking(ctx context.Context, now time.Time) ([]string, error)

	KeepIntent(ctx context.Context, i feed.Intent) error
	Intent(ctx context.Context, id string) (feed.Intent, error)
	Intents(ctx context.Context) ([]string, error)
	DropIntent(ctx context.Context, id string) error
	WebhookSecret(ctx context.Context, partner, proposed string, fresh bool) (string, error)
}

// Store is both; *store.Store satisfies it.
type Store interface {
	Releases
	Subscriptions
}

// Witness keeps what partners were sent. It has kept it when it returns.
type Witness interface {
	Pushed(ctx context.Context, s feed.Serving) error
}

// Options are what a Deliverer gets from the program it runs in.
type Options struct {
	UserAgent    string
	AllowPrivate bool          // callbacks may be on loopback and private networks
	Timeout      time.Duration // for one delivery in whole; 0: 10 seconds
	Now          func() time.Time
	Log          *slog.Logger

	Witness Witness // told what partners were sent; nil: nobody is

	// Asked is called when the hub kept a wish that must be verified.
	Asked func(id string)
}

// Deliverer makes deliveries. It is safe for concurrent use.
type Deliverer struct {
	store  Store
	topics Topics
	opt    Options
	client *http.Client
	lanes  *lanes
	bodies *bodies
	gate   *gate

	settling  settling
	advancing sync.Mutex // held by whoever brings streams on
}

// New returns a Deliverer.
func New(s Store, t Topics, opt Options) *Deliverer {
	if opt.Timeout <= 0 {
		opt.Timeout = 10 * time.Second
	}
	if opt.Now == nil {
		opt.Now = time.Now
	}
	if opt.Log == nil {
		opt.Log = slog.New(slog.DiscardHandler)
	}
	if opt.Asked == nil {
		opt.Asked = func(string) {}
	}
	if opt.UserAgent == "" {
		opt.UserAgent = fetch.UserAgent("0", "", "")
	}
	return &Deliverer{
		store: s, topics: t, opt: opt, lanes: newLanes(), bodies: new(bodies), gate: newGate(),
		client: &http.Client{
			// A receiver that wants to move asks for a new subscription
			// (WebSub sections 5.3 and 7).
			CheckRedirect: func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse },
			Timeout:       opt.Timeout,
			Transport: &http.Transport{
				Proxy:                  nil, // a proxy would resolve names where the guard can't see
				DialContext:            fetch.Dialer(opt.AllowPrivate, opt.Timeout/2).DialContext,
				TLSHandshakeTimeout:    opt.Timeout / 2,
				MaxResponseHeaderBytes: 32 << 10,
				MaxIdleConnsPerHost:    perHost,
				MaxIdleConns:           64,
				IdleConnTimeout:        30 * time.Second,
				DisableCompression:     true,
				ForceAttemptHTTP2:      true,
			},
		},
	}
}

// Close ends the connections that are kept open.
func (d *Deliverer) Close() { d.client.CloseIdleConnections() }

// maxAnswer is how much of an answer is read: nothing of it matters but the
// challenge.
const maxAnswer = 4 << 10

// do makes one request, and returns the status with the start of the body.
func (d *Deliverer) do(req *http.Request) (status int, header http.Header, body []byte, err error) {
	req.Header.Set("User-Agent", d.opt.UserAgent)
	resp, err := d.client.Do(req)
	if err != nil {
		return 0, nil, nil, err
	}
	defer resp.Body.Close()
	body, err = io.ReadAll(io.LimitReader(resp.Body, maxAnswer))
	if err != nil && resp.StatusCode/100 == 2 && req.Method == http.MethodPost {
		err = nil // it was received: the rest of the answer says nothing
	}
	return resp.StatusCode, resp.Header, body, err
}
