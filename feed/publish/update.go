package publish

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"maps"
	"runtime"
	"slices"
	"sync"
	"time"

	"golang.org/x/sync/errgroup"

	"warta/feed"
)

// Report says what an Update did.
type Report struct {
	Changed []string  // paths of the documents with new bytes
	Refused []Refusal // entries that stand in a channel and are left out at present
	Next    time.Time // when the clock alone will change something; zero: never
}

// Update brings memberships and documents up to date with the store, the
// settings and the clock. Only channels that were touched are rendered, and
// only bytes that differ are published. It is safe to call at any time; after
// an error the documents are those from before, and the next call makes up for
// it.
func (p *Publisher) Update(ctx context.Context) (Report, error) {
	p.mu.Lock()
	defer p.mu.Unlock()
	report, err := p.update(ctx)
	if err != nil {
		reason := "the documents are not up to date: " + err.Error()
		p.health.Store(&reason)
		return report, fmt.Errorf("bringing the documents up to date: %w", err)
	}
	p.health.Store(nil)
	return report, nil
}

func (p *Publisher) update(ctx context.Context) (Report, error) {
	if err := p.recall(ctx); err != nil {
		return Report{}, err
	}
	now := p.now()
	p.checkClock(now)
	// A database that can't be written must not keep a permission alive that
	// ended: what can be decided from what is there is decided.
	unmatched := p.match(ctx)
	if unmatched != nil {
		p.marked = false
		for _, c := range p.channels {
			c.loaded, c.dirty, c.out = false, true, nil
		}
	}
	if ctx.Err() != nil {
		return Report{}, ctx.Err()
	}
	made, err := p.renderAll(ctx, now)
	if err != nil {
		return Report{}, errors.Join(unmatched, err)
	}
	var report Report
	if made != nil {
		report.Changed = p.publish(made)
	}
	for _, c := range p.channels {
		c.dirty = false
	}
	p.forget()
	p.next = p.nextChange()
	report.Next, report.Refused = p.next, p.refusals()
	return report, errors.Join(unmatched, p.remember(ctx))
}

// checkClock decides everything again when the clock was set back: what had
// ended may be in force again.
func (p *Publisher) checkClock(now time.Time) {
	if now.Before(p.last.Add(-time.Second)) {
		p.views = make(map[string]*view)
		for _, c := range p.channels {
			c.dirty = true
		}
	}
	p.last = now
}

// recall reads, once, what was published before we started.
func (p *Publisher) recall(ctx context.Context) error {
	if p.remembered != nil {
		return nil
	}
	list, err := p.store.Documents(ctx)
	if err != nil {
		return fmt.Errorf("reading the list of documents: %w", err)
	}
	p.remembered = list
	return nil
}

// atOnce is how many documents are rendered in one go: more would hold too
// many entries in memory.
const atOnce = 100

// renderAll renders every channel that was touched, and what lists channels.
// It returns nil where there is nothing to do.
func (p *Publisher) renderAll(ctx context.Context, now time.Time) (map[string]rendered, error) {
	clockMoved := !p.next.IsZero() && !now.Before(p.next)
	made := make(map[string]rendered)
	var jobs []job
	for _, c := range p.channels {
		if !c.dirty && !(clockMoved && p.expired(c, now)) {
			continue
		}
		c.dirty = true // stays so when something fails
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
	if len(jobs)+len(made) == 0 && p.site == p.plan {
		return nil, nil
	}
	site, err := p.siteJobs(ctx, now)
	if err != nil {
		return nil, err
	}
	if err := p.run(ctx, append(jobs, site...), now, made); err != nil {
		return nil, err
	}
	p.site = p.plan
	return made, nil
}

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
	write   func(*bytes.Buffer) error
}

// run does the jobs on all processors: packing takes most of the time, and the
// entries are rendered by now.
func (p *Publisher) run(ctx context.Context, jobs []job, now time.Time, made map[string]rendered) error {
	results := make([]rendered, len(jobs))
	g, ctx := errgroup.WithContext(ctx)
	g.SetLimit(max(1, runtime.GOMAXPROCS(0)))
	for i := range jobs {
		g.Go(func() error {
			if err := ctx.Err(); err != nil {
				return err
			}
			r, err := p.render(&jobs[i], now)
			results[i] = r
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
	if old != nil && old.digest == digest && old.common == j.headers {
		return rendered{document: old}, nil
	}
	before, ok := p.remembered[j.path]
	if old != nil {
		before, ok = feed.Published{ETag: quote(old.digest), Modified: old.modified}, true
	}
	modified := lastModified(before, ok, quote(digest), j.newest, now)
	d, err := newDocument(j.path, b.Bytes(), digest, modified, j.entries, j.headers)
	return rendered{document: d, touched: true}, err
}

// lastModified is the newest entry's change. It never moves back, and where
// bytes changed without a newer entry, as when a permission ended, it is now:
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
	// Within one second, or after the clock was set back.
	return before.Modified.Add(time.Second)
}

func quote(digest string) string { return `"` + digest + `"` }

// publish puts the new documents in the place of the old, all at once, and
// takes away those of channels that are gone.
func (p *Publisher) publish(made map[string]rendered) []string {
	documents := maps.Clone(p.documents)
	var changed []string
	for path, r := range made {
		documents[path] = r.document
		if r.touched {
			changed = append(changed, path)
		}
	}
	current := p.paths()
	for path := range documents {
		if !current[path] {
			delete(documents, path)
		}
	}
	slices.Sort(changed)
	p.documents = documents
	p.edition.Store(p.newEdition(documents))
	return changed
}

// remember keeps ETag and Last-Modified of what changed, so that a restart
// changes neither.
func (p *Publisher) remember(ctx context.Context) error {
	var list []feed.Published
	for path, d := range p.documents {
		if before, ok := p.remembered[path]; ok && before.ETag == quote(d.digest) && before.Modified.Equal(d.modified) {
			continue
		}
		list = append(list, feed.Published{Path: path, ETag: quote(d.digest), Modified: d.modified, Entries: d.entries})
	}
	if len(list) == 0 {
		return nil
	}
	if err := p.store.RememberDocuments(ctx, list); err != nil {
		return fmt.Errorf("remembering the documents: %w", err)
	}
	for _, d := range list {
		p.remembered[d.Path] = d
	}
	return nil
}

// expired reports whether the clock changed a decision in the channel.
func (p *Publisher) expired(c *channel, now time.Time) bool {
	return slices.ContainsFunc(c.window, func(it item) bool {
		v := p.views[it.id]
		return v == nil || !v.current(it.seq, now)
	})
}

// nextChange is when the clock alone will change a decision.
func (p *Publisher) nextChange() time.Time {
	var next time.Time
	for _, c := range p.channels {
		for _, it := range c.window {
			v := p.views[it.id]
			if v != nil && !v.until.IsZero() && (next.IsZero() || v.until.Before(next)) {
				next = v.until
			}
		}
	}
	return next
}

// refusals lists the entries left out at present.
func (p *Publisher) refusals() []Refusal {
	var list []Refusal
	seen := make(map[string]bool)
	for _, c := range p.channels {
		for _, it := range c.window {
			if v := p.views[it.id]; v != nil && v.refused != nil && !seen[it.id] {
				seen[it.id] = true
				list = append(list, *v.refused)
			}
		}
	}
	slices.SortFunc(list, func(a, b Refusal) int { return bytes.Compare([]byte(a.Entry), []byte(b.Entry)) })
	return list
}
