// Package recheck visits the article pages of stories again, on a rhythm that
// decays, to learn what their owner says there about rights (robots meta and
// X-Robots-Tag, TDMRep, rel=license, schema.org, notices), whether the story was
// withdrawn (RFC 9110: 404, 410), and whether its outlet corrected it (notes,
// schema.org correction). No text is ever taken from a page.
//
// It is polite: robots.txt is obeyed (RFC 9309), a host gets one request at a
// time with a pause between, few pages a visit, and is left alone when it is in
// trouble. A story counts as withdrawn only after its page said so more than
// once, over time, while the site around it was well.
package recheck

import (
	"context"
	"fmt"
	"sync"
	"time"

	"golang.org/x/sync/errgroup"

	"warta/sources"
	"warta/sources/fetch"
	"warta/sources/refresh"
)

// Getter fetches one document; *fetch.Client is one.
type Getter interface {
	Get(ctx context.Context, req fetch.Request) (*fetch.Response, error)
}

// Keeper knows the pages and keeps what visits to them bring.
type Keeper interface {
	// DueSources tells which sources may have pages that are due.
	DueSources(ctx context.Context, now time.Time) (map[string]bool, error)
	// DuePages returns pages of some sources that are due, at most limit.
	DuePages(ctx context.Context, sources []string, now time.Time, limit int) ([]sources.Page, error)
	// NextPage is when the first page of some sources is due; zero: none is.
	NextPage(ctx context.Context, sources []string) (time.Time, error)
	// KeepPages stores visits, all of them or none.
	KeepPages(ctx context.Context, visits []sources.PageVisit) error
	// SuspectPages counts a source's pages that answered since a time, and
	// those of them that look withdrawn.
	SuspectPages(ctx context.Context, source string, since time.Time) (answered, suspect int, err error)
	// HostFile and KeepHostFile remember a host's tdmrep.json.
	HostFile(ctx context.Context, host string) (body string, fetched time.Time, err error)
	KeepHostFile(ctx context.Context, host, body string, fetched time.Time) error
}

// Options are what a Checker works with.
type Options struct {
	Getter  Getter
	Keeper  Keeper
	Most    int           // pages of one host's sources at one visit; zero: 20
	Pause   time.Duration // between two requests to a host
	Workers int           // hosts side by side; zero: 16
	Now     func() time.Time
	Done    func(Result) // told of each page once its visit is kept, from any goroutine; may be nil
}

// Checker visits pages. It is safe for concurrent use.
type Checker struct {
	opt  Options
	mu   sync.Mutex
	busy map[string]bool // hosts that are being visited
}

// New returns a Checker.
func New(opt Options) *Checker {
	if opt.Most <= 0 {
		opt.Most = 20
	}
	if opt.Workers <= 0 {
		opt.Workers = 16
	}
	return &Checker{opt: opt, busy: make(map[string]bool)}
}

// Result is what came of a visit to one page.
type Result struct {
	Source    string
	URL       string
	Err       error             // why the page said nothing; the visit is made again
	Changed   bool              // it says something else about rights than before
	Corrected bool              // it says that its story was corrected, which it didn't before
	Suspicion sources.Suspicion // it looks withdrawn
	Times     int               // how often it looked so
	Held      string            // why that isn't counted, or not believed yet
	Withdrawn bool              // it is believed
	Next      time.Time         // zero: it is not visited again
}

// Run visits the pages of some sources that are due, many hosts side by side.
// The error is of the machinery; what a site did wrong is told to Done.
func (c *Checker) Run(ctx context.Context, list []sources.Source) error {
	due, err := c.opt.Keeper.DueSources(ctx, c.opt.Now())
	if err != nil {
		return fmt.Errorf("asking which sources have pages that are due: %w", err)
	}
	if len(due) == 0 {
		return nil
	}
	var waiting []sources.Source
	for _, s := range list {
		if due[s.ID] {
			waiting = append(waiting, s)
		}
	}
	g, gctx := errgroup.WithContext(ctx)
	g.SetLimit(c.opt.Workers)
	for _, host := range refresh.ByHost(waiting) {
		g.Go(func() error {
			if gctx.Err() != nil {
				return gctx.Err()
			}
			_, err := c.Host(gctx, host.Sources)
			return err
		})
	}
	if err := g.Wait(); err != nil {
		return err
	}
	return ctx.Err()
}

// Host visits the pages of one host's sources that are due and returns how
// many changed what is known of a story.
func (c *Checker) Host(ctx context.Context, list []sources.Source) (changed int, err error) {
	ids := make([]string, len(list))
	for i, s := range list {
		ids[i] = s.ID
	}
	pages, err := c.opt.Keeper.DuePages(ctx, ids, c.opt.Now(), c.opt.Most)
	if err != nil {
		return 0, fmt.Errorf("asking which pages of %s are due: %w", refresh.HostOf(list[0]), err)
	}
	for _, site := range byHost(pages) {
		// The pages may be on another host than the feed, which another visit
		// may have reached too. They are due the next time as well.
		if !c.take(site.host) {
			continue
		}
		n, err := c.visitSite(ctx, site)
		c.release(site.host)
		changed += n
		if err != nil {
			return changed, err
		}
	}
	return changed, nil
}

// soonest is how soon after a visit a host is called on again for its pages
// alone.
const soonest = 10 * time.Minute

// Next is when to call on some sources again for their pages; zero: there is
// no need. Fresh says that stories just came in, whose pages may not be listed
// yet.
func (c *Checker) Next(ctx context.Context, list []sources.Source, fresh bool) (time.Time, error) {
	ids := make([]string, len(list))
	for i, s := range list {
		ids[i] = s.ID
	}
	next, err := c.opt.Keeper.NextPage(ctx, ids)
	if err != nil {
		return time.Time{}, fmt.Errorf("asking when a page is due: %w", err)
	}
	now := c.opt.Now()
	if first := now.Add(First + soonest); fresh && (next.IsZero() || first.Before(next)) {
		next = first
	}
	if earliest := now.Add(soonest); !next.IsZero() && next.Before(earliest) {
		next = earliest
	}
	return next, nil
}

func (c *Checker) take(host string) bool {
	c.mu.Lock()
	defer c.mu.Unlock()
	if c.busy[host] {
		return false
	}
	c.busy[host] = true
	return true
}

func (c *Checker) release(host string) {
	c.mu.Lock()
	defer c.mu.Unlock()
	delete(c.busy, host)
}

// pause waits between two requests to a host.
func (c *Checker) pause(ctx context.Context) error {
	if c.opt.Pause <= 0 {
		return ctx.Err()
	}
	t := time.NewTimer(c.opt.Pause)
	defer t.Stop()
	select {
	case <-t.C:
		return nil
	case <-ctx.Done():
		return ctx.Err()
	}
}
