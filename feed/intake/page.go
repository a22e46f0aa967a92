package intake

import (
	"context"
	"errors"
	"fmt"
	"net/url"
	"sync"
	"time"

	"warta/feed"
	"warta/feed/rights"
	"warta/sources"
	"warta/sources/recheck"
)

// PageSaver is what Pages asks of the database.
type PageSaver interface {
	finder
	EnrolPages(ctx context.Context, now time.Time, wait, first time.Duration) error
	DuePageSources(ctx context.Context, now time.Time) (map[string]bool, error)
	DuePages(ctx context.Context, sources []string, now time.Time, limit int) ([]sources.Page, error)
	// SavePages stores all changes or none, and numbers the entries of which
	// something new was found as changed.
	SavePages(ctx context.Context, changes []feed.PageChange) error

	NextPage(ctx context.Context, sources []string) (time.Time, error)
	SuspectPages(ctx context.Context, source string, since time.Time) (answered, suspect int, err error)
	HostFile(ctx context.Context, host string) (body string, fetched time.Time, err error)
	KeepHostFile(ctx context.Context, host, body string, fetched time.Time) error
}

// PageOptions are what Pages works with.
type PageOptions struct {
	Policy      feed.Policy
	Permissions []feed.Permission
	Now         func() time.Time // nil: time.Now
}

// Pages chooses the article pages that are worth a visit, those of entries that
// anybody is shown more of than a headline, and takes in what they say:
// evidence beside the feed's, never text. It is safe for concurrent use.
type Pages struct {
	saver PageSaver
	opt   PageOptions

	mu       sync.Mutex
	enrolled time.Time
}

var _ recheck.Keeper = (*Pages)(nil)

// NewPages returns Pages.
func NewPages(saver PageSaver, opt PageOptions) *Pages {
	if opt.Now == nil {
		opt.Now = time.Now
	}
	return &Pages{saver: saver, opt: opt}
}

// New entries come onto the list when the oldest of them has waited a while,
// and no more often than enrolEvery.
const (
	enrolAfter = 30 * time.Minute
	enrolEvery = time.Minute
)

func (ps *Pages) enrol(ctx context.Context, now time.Time) error {
	ps.mu.Lock()
	since := now.Sub(ps.enrolled)
	due := since >= enrolEvery || since < 0
	if due {
		ps.enrolled = now
	}
	ps.mu.Unlock()
	if !due {
		return nil
	}
	return ps.saver.EnrolPages(ctx, now, enrolAfter, recheck.First)
}

// DueSources tells which sources may have pages that are due.
func (ps *Pages) DueSources(ctx context.Context, now time.Time) (map[string]bool, error) {
	if err := ps.enrol(ctx, now); err != nil {
		return nil, err
	}
	return ps.saver.DuePageSources(ctx, now)
}

// The most that one call looks through for pages worth a visit.
const (
	lookAt     = 100
	lookRounds = 10
)

// DuePages returns pages of some sources that are due and worth a visit. The
// others are put off to their next day.
func (ps *Pages) DuePages(ctx context.Context, ids []string, now time.Time, limit int) ([]sources.Page, error) {
	if err := ps.enrol(ctx, now); err != nil {
		return nil, err
	}
	var found []sources.Page
	for range lookRounds {
		list, err := ps.saver.DuePages(ctx, ids, now, lookAt)
		if err != nil {
			return nil, err
		}
		var putOff []feed.PageChange
		found = found[:0]
		for _, p := range list {
			if len(found) == limit {
				break
			}
			worth, err := ps.fill(ctx, &p, now)
			if err != nil {
				return nil, err
			}
			if worth {
				found = append(found, p)
			} else {
				putOff = append(putOff, feed.PageChange{Page: p})
			}
		}
		if err := ps.saver.SavePages(ctx, putOff); err != nil {
			return nil, err
		}
		if len(found) == limit || len(list) < lookAt {
			break
		}
	}
	return found, nil
}

// fill completes a page with what its entry says, and reports whether it is
// worth a visit; where not, its next day is set.
func (ps *Pages) fill(ctx context.Context, p *sources.Page, now time.Time) (bool, error) {
	e, err := ps.saver.Entry(ctx, p.Key)
	if errors.Is(err, feed.ErrNotFound) {
		p.State.Next = time.Time{}
		return false, nil
	}
	if err != nil {
		return false, fmt.Errorf("looking at the page of entry %s: %w", p.Key, err)
	}
	p.URL, p.Title, p.Published, p.Seen = e.Attribution.URL, e.Title, e.Published, e.FirstSeen
	for _, ev := range e.Evidence {
		if ev.OfPage {
			ev.OfPage = false
			p.Evidence = append(p.Evidence, ev)
		}
	}
	p.Shown = shownSince(&e, now)
	if e.Notice != nil && e.Notice.Kind == feed.Withdrawal || !isWeb(p.URL) {
		p.State.Next = time.Time{}
		return false, nil
	}
	v := ps.view(&e, now)
	if !v.beyond {
		p.State.Next = v.next(p, now)
	}
	return v.beyond, nil
}

// shownSince is when a story was let out that was read before: its date was
// ahead, it was under embargo, or an editor released it; zero: it wasn't held.
func shownSince(e *feed.Entry, now time.Time) time.Time {
	since := e.FirstSeen
	later := func(t time.Time) {
		if t.After(since) && !t.After(now) {
			since = t
		}
	}
	later(e.Published)
	for i := range e.Evidence {
		if ev := &e.Evidence[i]; ev.Kind == sources.Embargo {
			if end, err := time.Parse(time.RFC3339, ev.Value); err == nil {
				later(end)
			}
		}
	}
	if e.Desk != nil && e.Desk.Verdict == feed.Released {
		later(e.Desk.At)
	}
	if since.Equal(e.FirstSeen) {
		return time.Time{}
	}
	return since
}

func isWeb(address string) bool {
	u, err := url.Parse(address)
	return err == nil && u.Host != "" && (u.Scheme == "http" || u.Scheme == "https")
}

// view is how much anybody is shown of an entry, or would be if its page
// allowed it.
type view struct {
	beyond bool      // more than its headline
	held   bool      // it waits for a person
	until  time.Time // when the clock alone changes that; zero: never
}

func (ps *Pages) view(e *feed.Entry, now time.Time) (v view) {
	bare := *e
	bare.Evidence = feed.OfFeed(e.Evidence)
	look := func(audience feed.Audience) {
		d := rights.Decide(&bare, ps.opt.Policy, ps.opt.Permissions, audience, now)
		v.beyond, v.held = v.beyond || d.Use > feed.Headline, v.held || d.Hold || e.Desk.Closes()
		if d.Until.After(now) && (v.until.IsZero() || d.Until.Before(v.until)) {
			v.until = d.Until
		}
	}
	look(feed.Public)
	for i := range ps.opt.Permissions {
		if p := &ps.opt.Permissions[i]; p.Source == e.Source && p.Audience != feed.Public && !v.beyond {
			for _, audience := range p.Audience.Each() {
				look(audience)
			}
		}
	}
	return v
}

// lookAgain is how often a story that waits for a person is looked at, to visit
// its page once it was released.
const lookAgain = 7 * 24 * time.Hour

// next is when to look again whether a page is worth a visit: as the clock lets
// its story out, and no later than it would be visited.
func (v view) next(p *sources.Page, now time.Time) time.Time {
	next := recheck.NextVisit(p, now)
	if next.IsZero() && v.held {
		next = now.Add(lookAgain)
	}
	if !v.until.IsZero() && (next.IsZero() || v.until.Before(next)) {
		next = v.until
	}
	return next
}

// KeepPages stores what visits brought: the evidence beside the feed's, in
// place of what the page said before, and withdrawals with their notice.
func (ps *Pages) KeepPages(ctx context.Context, visits []sources.PageVisit) error {
	changes := make([]feed.PageChange, len(visits))
	for i := range visits {
		v := &visits[i]
		changes[i].Page = v.Page
		switch {
		case v.Withdrawn != sources.Unsuspected, len(v.Corrections) > 0, v.Amendment != nil:
			if err := ps.told(ctx, v, &changes[i]); err != nil {
				return err
			}
		case v.Changed:
			changes[i].Found = &feed.PageFinding{Evidence: v.Page.Evidence}
		}
	}
	return ps.saver.SavePages(ctx, changes)
}

// told takes in what a page says of the later life of its story.
func (ps *Pages) told(ctx context.Context, v *sources.PageVisit, c *feed.PageChange) error {
	e, err := ps.saver.Entry(ctx, v.Page.Key)
	if errors.Is(err, feed.ErrNotFound) {
		return nil
	}
	if err != nil {
		return fmt.Errorf("taking in what the page of entry %s says happened to it: %w", v.Page.Key, err)
	}
	if v.Withdrawn != sources.Unsuspected {
		c.Found = removed(&e, v)
		return nil
	}
	if v.Changed {
		c.Found = &feed.PageFinding{Evidence: v.Page.Evidence}
	}
	c.Happened = corrections(&e, v)
	if v.Amendment == nil {
		return nil
	}
	return ps.amendsByPage(ctx, &e, v, c)
}

// removed is what it means that a story's page is gone.
func removed(e *feed.Entry, v *sources.PageVisit) *feed.PageFinding {
	words := removals[v.Withdrawn]
	return &feed.PageFinding{
		Evidence: append(append([]sources.Evidence{}, v.Page.Evidence...), sources.Evidence{
			Kind: sources.Withdrawn, Text: words.said,
			Where: fmt.Sprintf("page %s, %d times since %s", e.Attribution.URL, v.Page.State.Times, v.Page.State.Since.UTC().Format(time.RFC3339)),
		}),
		Notice: &feed.Notice{
			Kind: feed.Withdrawal, When: v.At.UTC().Truncate(time.Millisecond), Reason: words.reason.In(e.Language), By: byOrigin, URL: e.Attribution.URL,
		},
	}
}

// removals are the words for readers and for the record.
var removals = map[sources.Suspicion]struct {
	said   string
	reason feed.Bilingual
}{
	sources.PageGone: {"410 Gone", feed.Bilingual{
		ID: "Halaman artikel telah dihapus oleh media asalnya.", EN: "The article's page was removed by its outlet."}},
	sources.PageMissing: {"404 Not Found", feed.Bilingual{
		ID: "Halaman artikel tidak ada lagi di situs asalnya.", EN: "The article's page is no longer on its outlet's site."}},
	sources.PageHome: {"redirected to the home page", feed.Bilingual{
		ID: "Halaman artikel tidak ada lagi: situs asalnya mengalihkannya ke halaman depan.", EN: "The article's page is no longer there: its outlet redirects it to the home page."}},
	sources.PageMarked: {"marked as withdrawn on the page", feed.Bilingual{
		ID: "Artikel ditandai dicabut oleh media asalnya.", EN: "The article was marked as withdrawn by its outlet."}},
}

// NextPage is when the first page of some sources is due; zero: none is.
func (ps *Pages) NextPage(ctx context.Context, ids []string) (time.Time, error) {
	return ps.saver.NextPage(ctx, ids)
}

// SuspectPages counts a source's pages that answered since a time, and those
// of them that look withdrawn.
func (ps *Pages) SuspectPages(ctx context.Context, source string, since time.Time) (answered, suspect int, err error) {
	return ps.saver.SuspectPages(ctx, source, since)
}

// HostFile is what a host said for all its pages, and when it was asked.
func (ps *Pages) HostFile(ctx context.Context, host string) (body string, fetched time.Time, err error) {
	return ps.saver.HostFile(ctx, host)
}

// KeepHostFile remembers what a host said for all its pages.
func (ps *Pages) KeepHostFile(ctx context.Context, host, body string, fetched time.Time) error {
	return ps.saver.KeepHostFile(ctx, host, body, fetched)
}
