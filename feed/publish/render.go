package publish

import (
	"bytes"
	"context"
	"fmt"
	"runtime"
	"slices"
	"sync"
	"time"

	"golang.org/x/sync/errgroup"

	"warta/feed"
)

// atOnce is how many documents are rendered in one go: more would hold too
// many entries in memory.
const atOnce = 100

// renderAll renders every channel that was touched, and what lists channels.
// It returns nil where there is nothing to do.
func (p *Publisher) renderAll(ctx context.Context, now time.Time) (map[string]rendered, error) {
	clockMoved := !p.next.IsZero() && !now.Before(p.next)
	made := make(map[string]rendered)
	var jobs []job
	touched := false
	for _, c := range p.channels {
		if !c.dirty && !(clockMoved && p.expired(c, now)) {
			continue
		}
		c.dirty, touched = true, true // stays so when something fails
		more, err := p.channelJobs(ctx, c, now)
		if err != nil {
			return nil, err
		}
		if jobs = append(jobs, more...); len(jobs) >= atOnce {
			if err := p.run(ctx, jobs, now, made); err != nil {
				return nil, err
			}
			jobs = jobs[:0]
		}
	}
	lapsed := due(p.permitted, now) || due(p.newsUntil, now)
	if !touched && p.site == p.plan && !lapsed {
		return nil, nil
	}
	site, err := p.siteJobs(ctx, now)
	if err != nil {
		return nil, err
	}
	if err := p.run(ctx, append(jobs, site...), now, made); err != nil {
		return nil, err
	}
	p.site, p.permitted = p.plan, p.plan.nextPermission(now)
	return made, nil
}

// due reports whether a time that is known has come.
func due(t, now time.Time) bool { return !t.IsZero() && !now.Before(t) }

// rendered is a document, and whether it is another than before.
type rendered struct {
	document *document
	touched  bool
}

// job renders one document.
type job struct {
	path    string
	headers *headers
	newest  time.Time // the newest change in it
	entries int
	links   []string // the Link header
	write   func(*bytes.Buffer) error
	trace   func(*document) error // for deltas; nil: none are made
}

// longestRest bounds the rest after a document is made aside of serving.
const longestRest = 10 * time.Millisecond

// run does as many jobs side by side as may run: packing takes most of the
// time, and the entries are rendered by now. Aside of serving it keeps to half
// of that, and rests after each document as long as that took: readers who ask meanwhile
// wait for no more than one.
func (p *Publisher) run(ctx context.Context, jobs []job, now time.Time, made map[string]rendered) error {
	results := make([]rendered, len(jobs))
	g, ctx := errgroup.WithContext(ctx)
	workers, aside := runtime.GOMAXPROCS(0), p.aside && p.edition.Load() != nil
	if aside {
		workers /= 2
	}
	g.SetLimit(max(1, workers))
	for i := range jobs {
		g.Go(func() error {
			if err := ctx.Err(); err != nil {
				return err
			}
			begun := time.Now()
			r, err := p.render(&jobs[i], now)
			results[i] = r
			if aside && err == nil && r.touched {
				sleep(ctx, min(time.Since(begun), longestRest))
			}
			return err
		})
	}
	if err := g.Wait(); err != nil {
		return err
	}
	for i := range jobs {
		made[jobs[i].path] = results[i]
	}
	return nil
}

// buffers take documents before they are packed.
var buffers sync.Pool

// render makes a document, or keeps the one there is when the bytes are the
// same.
func (p *Publisher) render(j *job, now time.Time) (rendered, error) {
	b, ok := buffers.Get().(*bytes.Buffer)
	if !ok {
		b = new(bytes.Buffer)
	}
	defer buffers.Put(b)
	b.Reset()
	if err := j.write(b); err != nil {
		return rendered{}, fmt.Errorf("rendering %s: %w", j.path, err)
	}
	old := p.documents[j.path]
	digest := digestOf(b.Bytes())
	if old != nil && old.digest == digest && old.common == j.headers && slices.Equal(old.links, j.links) {
		return rendered{document: old}, nil
	}
	before, ok := p.remembered[j.path]
	if old != nil {
		before, ok = feed.Published{ETag: quote(old.digest), Modified: old.modified}, true
	}
	modified := lastModified(before, ok, quote(digest), j.newest, now)
	d, err := newDocument(j.path, b.Bytes(), digest, modified, j.entries, j.headers)
	if err == nil && j.trace != nil {
		err = j.trace(d)
	}
	if err == nil {
		d.links = j.links
	}
	return rendered{document: d, touched: true}, err
}

// lastModified is the newest entry's change. It never moves back nor stays when
// the bytes change, and where bytes changed without a newer entry, as when a permission ended, it is now:
// else who asks by date alone would keep what may no longer be shown.
func lastModified(before feed.Published, known bool, etag string, newest, now time.Time) time.Time {
	newest, now = newest.Truncate(time.Second), now.Truncate(time.Second)
	if newest.IsZero() || newest.After(now) {
		newest = now // never later than the answer's Date (RFC 9110 section 8.8.2.1)
	}
	switch {
	case !known:
		return newest
	case before.ETag == etag:
		return before.Modified
	case newest.After(before.Modified):
		return newest
	case now.After(before.Modified):
		return now
	}
	// Within one second, or after the clock was set back: see document.stamp.
	return before.Modified.Add(time.Second)
}

func quote(digest string) string { return `"` + digest + `"` }
