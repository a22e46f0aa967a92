// Package refresh visits sources: one host's due sources one after another,
// many hosts side by side, each document through fetch, parse, normalize and
// evidence, and hands what is new to an Accepter.
//
// What was fetched is remembered only after it was accepted: validators kept
// for a document that was never stored would hide it behind 304s for ever.
package refresh

import (
	"context"
	"errors"
	"fmt"
	"net/url"
	"strings"
	"sync"
	"time"

	"golang.org/x/sync/errgroup"
	"golang.org/x/sync/semaphore"

	"warta/sources"
	"warta/sources/fetch"
)

// Getter fetches one document; *fetch.Client is one.
type Getter interface {
	Get(ctx context.Context, req fetch.Request) (*fetch.Response, error)
}

// Memory keeps the states of sources between visits.
type Memory interface {
	// Recall returns the states of the named sources; one never visited is absent.
	Recall(ctx context.Context, ids []string) (map[string]sources.State, error)
	// Remember stores states, all or none of them.
	Remember(ctx context.Context, states []sources.State) error
}

// Accepter takes what visits brought. It stores all of a batch or none of it,
// and taking the same batch twice changes nothing.
type Accepter interface {
	Accept(ctx context.Context, visits []sources.Visit) ([]sources.Accepted, error)
}

// Options are what a Refresher works with.
type Options struct {
	Getter   Getter
	Memory   Memory
	Accepter Accepter
	Every    sources.Rhythm // bounds of the rhythm; zero: 15 minutes to a day
	Workers  int            // hosts side by side; zero: 16
	Pace     *Pace          // nil: as fast as it goes
	Ask      bool           // article pages may be asked for, where the Accepter has a question
	Now      func() time.Time
	Done     func(Result) // told of each source once its visit is kept, from any goroutine; may be nil
}

// Refresher visits sources. It is safe for concurrent use, as long as no two
// calls visit the same host.
type Refresher struct {
	opt     Options
	parsing *semaphore.Weighted
}

// parseBudget bounds the bytes of documents being read at one time, so that
// memory does not grow with the number of hostile hosts.
const parseBudget = 24 << 20

// batch is how many visits of a host are accepted together.
const batch = 16

// New returns a Refresher.
func New(opt Options) *Refresher {
	if opt.Every.Min <= 0 {
		opt.Every.Min = 15 * time.Minute
	}
	if opt.Every.Max < opt.Every.Min {
		opt.Every.Max = max(24*time.Hour, opt.Every.Min)
	}
	if opt.Workers <= 0 {
		opt.Workers = 16
	}
	return &Refresher{opt: opt, parsing: semaphore.NewWeighted(parseBudget)}
}

// Result is what came of one source.
type Result struct {
	Source      string
	URL         string
	NotModified bool // nothing new, told by status, hash or fingerprints
	Err         error
	Accepted    sources.Accepted
	Next        time.Time // zero: never, since it is gone for good
}

// Summary is what came of a whole refresh.
type Summary struct {
	Sources     int // visited
	NotModified int
	Changed     int
	Failed      int
	New         int // entries
	Updated     int // entries
	Failures    []Result
	Strange     []Result // what doesn't look like itself any more
	Renamed     []Result // what goes on under another name or at another host
}

func (s *Summary) add(r Result) {
	s.Sources++
	switch {
	case r.Err != nil:
		s.Failed++
		s.Failures = append(s.Failures, r)
	case r.NotModified:
		s.NotModified++
	default:
		s.Changed++
	}
	if r.Accepted.Why != "" {
		s.Strange = append(s.Strange, r)
	}
	if r.Accepted.Changed != "" {
		s.Renamed = append(s.Renamed, r)
	}
	s.New += r.Accepted.New
	s.Updated += r.Accepted.Updated
}

// Run visits the sources that are due, or all of them if forced, and returns
// when every host is done or ctx ends; what is finished by then is kept. The
// error is of the machinery (storing, cancelling); what a source did wrong is
// in the summary.
func (r *Refresher) Run(ctx context.Context, list []sources.Source, force bool) (Summary, error) {
	var (
		mu  sync.Mutex
		sum Summary
	)
	g, gctx := errgroup.WithContext(ctx)
	g.SetLimit(r.opt.Workers)
	for _, host := range ByHost(list) {
		g.Go(func() error {
			if gctx.Err() != nil {
				return gctx.Err()
			}
			results, err := r.Host(gctx, host.Sources, force)
			mu.Lock()
			defer mu.Unlock()
			for _, res := range results {
				sum.add(res)
			}
			return err
		})
	}
	err := g.Wait()
	if ctx.Err() != nil {
		err = ctx.Err()
	}
	return sum, err
}

// Host is the unit of work: the sources that one host serves.
type Host struct {
	Name    string // host and port, lower case
	Sources []sources.Source
}

// ByHost groups sources by host, in order of first appearance.
func ByHost(list []sources.Source) []Host {
	var hosts []Host
	at := make(map[string]int)
	for _, s := range list {
		name := HostOf(s)
		i, ok := at[name]
		if !ok {
			i = len(hosts)
			at[name] = i
			hosts = append(hosts, Host{Name: name})
		}
		hosts[i].Sources = append(hosts[i].Sources, s)
	}
	return hosts
}

// HostOf is the host and port that serves a source's feed, in lower case.
func HostOf(s sources.Source) string {
	u, err := url.Parse(s.Feed)
	if err != nil || u.Host == "" {
		return s.Feed
	}
	return strings.ToLower(u.Host)
}

// Host visits those of one host's sources that are due, or all if forced, one
// after another.
func (r *Refresher) Host(ctx context.Context, list []sources.Source, force bool) ([]Result, error) {
	var all []Result
	for len(list) > 0 {
		n := min(r.opt.Pace.batch(), len(list))
		results, err := r.visitBatch(ctx, list[:n], force)
		all = append(all, results...)
		if err != nil {
			return all, err
		}
		list = list[n:]
	}
	return all, nil
}

// NextDue is when the first of some sources is due; zero if none ever is.
func (r *Refresher) NextDue(ctx context.Context, list []sources.Source) (time.Time, error) {
	ids := make([]string, len(list))
	for i, s := range list {
		ids[i] = s.ID
	}
	states, err := r.opt.Memory.Recall(ctx, ids)
	if err != nil {
		return time.Time{}, fmt.Errorf("recalling the state of %d sources: %w", len(ids), err)
	}
	var first time.Time
	now := r.opt.Now()
	for _, src := range list {
		st := current(src, states[src.ID])
		switch {
		case st.Health == sources.Gone:
		case Due(st, now):
			return now, nil
		case first.IsZero() || st.NextVisit.Before(first):
			first = st.NextVisit
		}
	}
	return first, nil
}

// visitBatch visits some sources of one host and has what they brought
// accepted, then remembered, in two steps for all of them.
func (r *Refresher) visitBatch(ctx context.Context, list []sources.Source, force bool) ([]Result, error) {
	ids := make([]string, len(list))
	for i, s := range list {
		ids[i] = s.ID
	}
	states, err := r.opt.Memory.Recall(ctx, ids)
	if err != nil {
		return nil, fmt.Errorf("recalling the state of %d sources: %w", len(ids), err)
	}
	var (
		results []Result
		visits  []sources.Visit
		at      []int // results of visits
		keep    []sources.State
	)
	now := r.opt.Now()
	for _, src := range list {
		st := current(src, states[src.ID])
		if !force && !Due(st, now) {
			continue
		}
		v, res := r.visit(ctx, src, st)
		if ctx.Err() != nil {
			break // an interrupted visit says nothing about the source
		}
		if v.Document != nil {
			at = append(at, len(results))
			visits = append(visits, v)
		}
		keep = append(keep, v.State)
		results = append(results, res)
	}
	// What was read is kept even when the rest of the run is interrupted.
	ctx = context.WithoutCancel(ctx)
	if len(visits) > 0 {
		var accepted []sources.Accepted
		err := r.opt.Pace.do(ctx, func() (err error) {
			accepted, err = r.opt.Accepter.Accept(ctx, visits)
			return err
		})
		if err != nil {
			return nil, fmt.Errorf("storing what %s brought: %w", HostOf(list[0]), err)
		}
		for i, a := range accepted {
			if len(a.Ask) > 0 && r.opt.Ask {
				if a, err = r.askAndAccept(ctx, visits[i], a); err != nil {
					return nil, fmt.Errorf("storing what %s brought: %w", HostOf(list[0]), err)
				}
			}
			results[at[i]].Accepted = a
			addWarnings(keep, visits[i].Source.ID, a.Warnings)
			if a.Why != "" && !a.Some {
				keepIdentity(keep, visits[i].Source.ID, states[visits[i].Source.ID], a.Again)
			}
		}
	}
	if len(keep) > 0 {
		if err := r.opt.Memory.Remember(ctx, keep); err != nil {
			return nil, fmt.Errorf("remembering the visit to %s: %w", HostOf(list[0]), err)
		}
	}
	if r.opt.Done != nil {
		for _, res := range results {
			r.opt.Done(res)
		}
	}
	return results, nil
}

// keepIdentity keeps the name by which a source is shown and where it is read,
// where what it brought may be another's: a permanent redirect is not followed
// for good while nobody has looked. again: all of it is wanted at the next visit.
func keepIdentity(states []sources.State, id string, was sources.State, again bool) {
	for i := range states {
		st := &states[i]
		if st.Source != id {
			continue
		}
		if was.Title != "" {
			st.Title = was.Title
		}
		if again {
			st.Fingerprints = nil
		}
		if len(st.Moves) > len(was.Moves) && was.Feed == st.Feed {
			st.URL, st.Moves = was.URL, was.Moves
			st.MoveTo, st.MoveSeen, st.MoveSince = was.MoveTo, was.MoveSeen, was.MoveSince
		}
		if st.MoveTo != "" { // or the same bytes next time would be no reason to hold it
			st.ETag, st.LastModified, st.BodyHash = "", "", ""
		}
	}
}

func addWarnings(states []sources.State, id string, ws []sources.Warning) {
	for i := range states {
		if states[i].Source == id {
			states[i].Warnings = append(states[i].Warnings, ws...)
		}
	}
}

// current is the state to go by: one kept for another feed address is void.
func current(src sources.Source, st sources.State) sources.State {
	if st.Source != src.ID || st.Feed != src.Feed {
		return sources.State{Source: src.ID, Feed: src.Feed, URL: src.Feed}
	}
	return st
}

// errGone is why a source is not asked again.
var errGone = errors.New("gone for good (410): not asked again until its address in the configuration changes")
