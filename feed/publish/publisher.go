// Package publish keeps every channel's documents ready and answers HTTP
// (RFC 9110, RFC 9111) with them: Atom, RSS, JSON Feed, pages and OPML; and
// writes the same bytes as static files.
//
// A document is rendered when something changes, not when somebody asks: an
// entry, a rule, a permission, or the clock that begins and ends permissions.
// Answering is a look-up and one write. Documents are built from what
// feed.Withhold leaves of an entry and from nothing else.
package publish

import (
	"context"
	"errors"
	"log/slog"
	"net/http"
	"net/netip"
	"sync"
	"sync/atomic"
	"time"

	"golang.org/x/sync/singleflight"

	"warta/feed"
	"warta/feed/render"
	"warta/sources"
)

// Store is what publishing asks of the database. All of it may be called while
// other processes write.
type Store interface {
	// LastSeq is the Seq of the newest change.
	LastSeq(ctx context.Context) (int64, error)
	// ChangedSince returns the entries whose Seq is above seq, lowest first.
	ChangedSince(ctx context.Context, seq int64, limit int) ([]feed.Entry, error)
	// Entry fails with feed.ErrNotFound where there is none.
	Entry(ctx context.Context, id string) (feed.Entry, error)
	// Revisions are all states an entry was in, the present one last; it fails
	// as Entry does.
	Revisions(ctx context.Context, id string) ([]feed.Entry, error)

	// Marks says up to which Seq, and by which rule, each channel's
	// memberships are known.
	Marks(ctx context.Context) (map[string]feed.Mark, error)
	UpdateChannel(ctx context.Context, mark feed.Mark, reset bool, in []feed.Membership, out []string) error
	// ChannelEntries returns the newest members by Membership.Time.
	ChannelEntries(ctx context.Context, channel string, limit int) ([]feed.Entry, error)

	DropChannel(ctx context.Context, channel string) error

	// Documents tells ETag and Last-Modified from before a restart, by path.
	Documents(ctx context.Context) (map[string]feed.Published, error)
	RememberDocuments(ctx context.Context, documents []feed.Published) error
	// FeedTitles is what feeds call themselves, by source.
	FeedTitles(ctx context.Context) (map[string]string, error)
	// SourceEntries returns the newest entries of a source.
	SourceEntries(ctx context.Context, source string, limit int) ([]feed.Entry, error)
	// Guards tells which of some sources are held, and why.
	Guards(ctx context.Context, sources []string) (map[string]feed.Guard, error)
	// ChannelSources are the sources that a channel has entries of.
	ChannelSources(ctx context.Context, channel string) ([]string, error)

	History
	Lineages
}

// Settings are what the configuration says of publishing. They are swapped as
// a whole.
type Settings struct {
	Site        feed.Site
	Policy      feed.Policy
	Permissions []feed.Permission
	Channels    []feed.Channel
	Partners    []feed.Partner
	Sources     []sources.Source
	OwnHub      bool // documents name us as their hub (WebSub), where no other is configured
}

// Options are what a Publisher gets from the program it runs in.
type Options struct {
	Now func() time.Time // nil: time.Now
	Log *slog.Logger     // nil: nothing is logged

	// Ready reports what keeps the program from doing its work, for /readyz;
	// nil: nothing but the publisher's own state counts.
	Ready func(context.Context) error

	// Hub answers below the site's address at hub; nil: nothing is there.
	Hub http.Handler

	// Updated is called after every Update that did not fail, with the
	// addresses of the documents that have new bytes. It must not wait for
	// anything.
	Updated func(changed []string)

	// Ledger records what is decided; nil: nobody does.
	Ledger Ledger

	// Ending is called once for each permission, as the time begins in which
	// the operator wants to be told of its end. It must not wait.
	Ending func(feed.Permission)

	Takedowns Takedowns // keeps what owners ask below takedown; nil: nothing is there

	Tokens     Tokens                         // partners' credentials; nil: there are none
	ClientAddr func(*http.Request) netip.Addr // who asks; nil: the other end of the connection
	Witness    Witness                        // told what partners were served; nil: nobody is

	// Aside makes documents leave the processors to those who are served
	// meanwhile.
	Aside bool

	// CacheBytes bounds the rendered entries that are kept, so that a document
	// with one new entry costs one entry; 0: 32 MiB.
	CacheBytes int
}

// Publisher holds the published documents. Its methods may be called from many
// goroutines; serving never waits for rendering.
type Publisher struct {
	store       Store
	now         func() time.Time
	log         *slog.Logger
	ready       func(context.Context) error
	hub         http.Handler
	tellUpdated func([]string)

	ledger  Ledger
	telling telling // guarded by mu
	ending  func(feed.Permission)
	warned  map[string]time.Time // by permission, of which end; guarded by mu

	takedowns Takedowns
	askers    askers

	edition atomic.Pointer[edition] // what is served
	failing atomic.Bool             // the last Update failed
	left    atomic.Int64            // how many entries are refused
	again   chan struct{}           // wakes Run after Configure
	pages   *pageCache
	archive *archive
	volumes *cache[volumeKey, dated]
	lists   *cache[opmlKey, dated] // sources of channels
	listing singleflight.Group
	access  *access
	witness Witness
	aside   bool

	lineages *lineages // of the documents, for deltas

	rendered atomic.Int64 // fragments, for measuring

	mu         sync.Mutex // held through Update and Configure
	plan       *plan
	site       *plan // the one that the front door was made with
	channels   []*channel
	views      map[string]*view  // what everybody sees of entries, by id
	owners     map[string]stated // by source
	fragments  *cache[fragmentKey, []byte]
	documents  map[string]*document      // by path below the site's address
	remembered map[string]feed.Published // nil: not read yet
	seq        int64                     // every channel knows the changes up to here
	marked     bool                      // the store's marks were read
	refused    []Refusal                 // what is left out at present
	names      []render.Subscription     // the sources, where they are many
	namesUntil time.Time                 // when they are read again
	last       time.Time                 // when we last looked at the clock
	permitted  time.Time                 // when the permissions in force change; zero: never
	newsUntil  time.Time                 // when a story leaves the news sitemaps; zero: never
	next       time.Time                 // when the clock alone changes something
}

// New prepares a Publisher. Nothing is published before the first Update.
func New(s Store, settings Settings, options Options) (*Publisher, error) {
	plan, err := newPlan(settings)
	if err != nil {
		return nil, err
	}
	p := &Publisher{
		store: s, now: options.Now, log: options.Log, ready: options.Ready, hub: options.Hub, tellUpdated: options.Updated,
		again: make(chan struct{}, 1), plan: plan,
		documents: make(map[string]*document),
		owners:    make(map[string]stated),
		fragments: newFragmentCache(options.CacheBytes),
		pages:     newPageCache(),
		lineages:  newLineages(s),
		archive:   newArchive(),
		volumes:   newDated[volumeKey](volumeBytes),
		lists:     newDated[opmlKey](8 << 20),
		ledger:    options.Ledger,
		ending:    options.Ending,
		warned:    make(map[string]time.Time),
		takedowns: options.Takedowns,
		access:    newAccess(options.Tokens, options.ClientAddr),
		witness:   options.Witness,
		aside:     options.Aside,
		telling:   telling{decided: make(map[string]feed.Decided)},
	}
	if p.now == nil {
		p.now = time.Now
	}
	if p.log == nil {
		p.log = slog.New(slog.DiscardHandler)
	}
	p.adopt(plan)
	return p, nil
}

// Configure puts new settings in force with the next Update, which Run does at
// once. An error leaves the old ones in force.
func (p *Publisher) Configure(ctx context.Context, settings Settings) error {
	plan, err := newPlan(settings)
	if err != nil {
		return err
	}
	p.mu.Lock()
	defer p.mu.Unlock()
	p.adopt(plan)
	select {
	case p.again <- struct{}{}:
	default:
	}
	return ctx.Err()
}

// adopt begins anew with a plan: every decision, fragment and window is made
// again, since any of them may rest on what changed. Bytes that come out the
// same keep their ETag.
func (p *Publisher) adopt(plan *plan) {
	p.plan = plan
	plan.settings.Site.Takedowns = p.takedowns != nil
	p.views = make(map[string]*view)
	p.fragments.clear()
	p.archive.clear()
	p.volumes.clear()
	p.channels = p.channels[:0:0]
	for i, ch := range plan.settings.Channels {
		p.channels = append(p.channels, &channel{Channel: ch, rule: plan.rules[i], dirty: true})
	}
	p.marked = false
	p.next, p.namesUntil = time.Time{}, time.Time{}
}

// Refused is how many entries are left out at present, as rendering would have
// lost whose they are.
func (p *Publisher) Refused() int { return int(p.left.Load()) }

// What /readyz says. It is read by strangers: the reasons are in the log.
var (
	errStarting = errors.New("the documents are being prepared")
	errStale    = errors.New("the documents are not up to date; the log says why")
)

// Ready reports why the publisher can't do its work at present, nil when it can.
func (p *Publisher) Ready(ctx context.Context) error {
	if p.edition.Load() == nil {
		return errStarting
	}
	if p.failing.Load() {
		return errStale
	}
	if p.ready != nil {
		return p.ready(ctx)
	}
	return nil
}
