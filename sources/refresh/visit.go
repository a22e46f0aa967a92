package refresh

import (
	"context"
	"errors"
	"fmt"
	"hash/fnv"
	"net/url"
	"time"

	"warta/sources"
	"warta/sources/amend"
	"warta/sources/evidence"
	"warta/sources/fetch"
	"warta/sources/normalize"
	"warta/sources/parse"
)

// reader is the version of our reading, with what the operator says of the
// source. A state kept by another one is read again even where the source has
// nothing new.
func reader(src sources.Source) string {
	h := fnv.New32a()
	fmt.Fprintf(h, "%q %q %q %q", src.Title, src.URL, src.Regions, src.Language)
	if src.Future != "" || len(src.Debris) > 0 {
		fmt.Fprintf(h, " %q %q", src.Future, src.Debris)
	}
	return fmt.Sprintf("%s.%s.%08x", parse.Version, normalize.Version, h.Sum32())
}

// once is how often a source is asked unconditionally, in case its 304s lie.
const once = 24 * time.Hour

// visit calls on one source. The visit's state is to be remembered; its
// document is nil where nothing new was read.
func (r *Refresher) visit(ctx context.Context, src sources.Source, st sources.State) (sources.Visit, Result) {
	now := r.opt.Now()
	st.LastVisit = now
	v := sources.Visit{Source: src, At: now}
	res := Result{Source: src.ID, URL: st.URL}
	every := bounds(src.Every, r.opt.Every)

	if version := reader(src); st.Reader != version {
		v.Reread = st.Reader != ""
		st.Reader, st.ETag, st.LastModified, st.BodyHash, st.Fingerprints = version, "", "", "", nil
	}
	unconditional := now.Sub(st.LastUnconditional) >= once || st.LastUnconditional.After(now)
	resp, err := r.opt.Getter.Get(ctx, request(st, unconditional))
	if err == nil {
		followMove(&st, resp, now)
		var doc *sources.Document
		doc, err = r.read(ctx, src, &st, resp)
		if err == nil {
			err = ctx.Err()
		}
		if err == nil {
			st.Interval = rhythm(st, doc, now, every)
			succeed(&st, doc, resp, now, unconditional)
			settleMove(&st, now)
			st.NextVisit = next(now, st, every, signs{fresh: resp.Fresh, retryAfter: resp.RetryAfter, schedule: st.Schedule})
			v.Document = doc
			res.NotModified = doc == nil || len(doc.Items) == 0 && len(doc.Tombstones) == 0
		}
	}
	if err != nil {
		fail(&st, err, now, every)
		res.Err = err
	}
	v.State = st
	if st.Health != sources.Gone {
		res.Next = st.NextVisit
	}
	return v, res
}

// bounds are the source's own rhythm where it has one.
func bounds(own, general sources.Rhythm) sources.Rhythm {
	if own.Min > 0 {
		general.Min = own.Min
	}
	if own.Max > 0 {
		general.Max = own.Max
	}
	general.Max = max(general.Max, general.Min)
	return general
}

func request(st sources.State, unconditional bool) fetch.Request {
	req := fetch.Request{URL: st.URL, Accept: accept, BodyHash: st.BodyHash}
	if !unconditional {
		req.ETag, req.LastModified = st.ETag, st.LastModified
	}
	return req
}

const accept = "application/atom+xml, application/rss+xml, application/feed+json, application/rdf+xml;q=0.9, application/xml;q=0.8, text/xml;q=0.8, application/json;q=0.7, */*;q=0.1"

// read turns a response into a document: nil where its bytes are known.
func (r *Refresher) read(ctx context.Context, src sources.Source, st *sources.State, resp *fetch.Response) (*sources.Document, error) {
	if resp.NotModified || resp.Unchanged {
		return nil, nil
	}
	weight := min(int64(len(resp.Body))+1, parseBudget)
	if err := r.parsing.Acquire(ctx, weight); err != nil {
		return nil, err
	}
	defer r.parsing.Release(weight)
	var doc *sources.Document
	err := r.opt.Pace.do(ctx, func() (err error) {
		doc, err = parse.Parse(ctx, parse.Input{
			Body: resp.Body, ContentType: resp.ContentType, URL: resp.URL,
			ContentLocation: resp.ContentLocation, ContentLanguage: resp.Header.Get("Content-Language"), Known: known(*st),
		})
		if err != nil {
			return fmt.Errorf("reading %s: %w", resp.URL, err)
		}
		guard(doc, *st)
		Tidy(doc, src, r.opt.Now())
		return nil
	})
	if err != nil {
		return nil, err
	}
	doc.Evidence = append(doc.Evidence, evidence.Header(resp.Header, resp.URL)...)
	return doc, nil
}

// Tidy takes a parsed document through normalizing and the search for evidence
// and for what became of its stories.
func Tidy(doc *sources.Document, src sources.Source, now time.Time) {
	normalize.Document(doc, normalize.Options{Source: src, Now: now})
	evidence.Document(doc)
	for i := range doc.Items {
		evidence.Item(&doc.Items[i], doc)
		amend.Item(&doc.Items[i])
	}
	if doc.Partial != nil {
		evidence.Item(doc.Partial, doc)
		amend.Item(doc.Partial)
	}
}

// known tells the entries whose bytes were read before.
func known(st sources.State) func(sources.Fingerprint) bool {
	if len(st.Fingerprints) == 0 {
		return nil
	}
	seen := make(map[sources.Fingerprint]bool, len(st.Fingerprints))
	for _, f := range st.Fingerprints {
		seen[f] = true
	}
	return func(f sources.Fingerprint) bool { return seen[f] }
}

// guard warns of a document that holds far less than the last one. Nothing is
// ever deleted for it.
func guard(doc *sources.Document, st sources.State) {
	switch {
	case st.Entries == 0 || doc.Complete:
	case doc.Entries == 0:
		doc.Warnings = append(doc.Warnings, sources.Warning{Code: "emptied", Offset: -1,
			Message: fmt.Sprintf("the feed has no entries; the last time it had %d, which are kept", st.Entries)})
	case st.Entries >= 8 && doc.Entries*4 <= st.Entries:
		doc.Warnings = append(doc.Warnings, sources.Warning{Code: "shrunk", Offset: -1,
			Message: fmt.Sprintf("the feed has %d entries; the last time it had %d, which are kept", doc.Entries, st.Entries)})
	}
}

// succeed brings the state up to date after a visit that went well.
func succeed(st *sources.State, doc *sources.Document, resp *fetch.Response, now time.Time, unconditional bool) {
	st.Health, st.Failures, st.FailingSince, st.LastError = sources.Healthy, 0, time.Time{}, ""
	if unconditional && !resp.NotModified {
		st.LastUnconditional = now
	}
	if resp.NotModified {
		return
	}
	st.ETag, st.LastModified, st.BodyHash = resp.ETag, resp.LastModified, resp.Hash
	if len(resp.Redirects) > 0 && resp.URL != st.URL {
		st.ETag, st.LastModified = "", "" // they belong to another address
	}
	if doc == nil {
		return
	}
	if Damaged(doc) {
		// The rest may be there next time under the same validators.
		st.ETag, st.LastModified, st.BodyHash = "", "", ""
	}
	st.Format, st.Schedule, st.Warnings = doc.Format, doc.Schedule, limit(doc.Warnings, 50)
	if doc.Title.Value != "" {
		st.Title = doc.Title.Value
	}
	st.Fingerprints = remembered(st.Fingerprints, doc)
	if doc.Entries > 0 {
		st.Entries = doc.Entries
	}
	if len(doc.Items) > 0 {
		st.LastChange = now
	}
}

// remembered keeps the fingerprints of a document; those of the one before
// stay while the new one is empty or damaged, so that its entries are not read
// anew when they come back.
func remembered(old []sources.Fingerprint, doc *sources.Document) []sources.Fingerprint {
	if doc.Entries > 0 && !Damaged(doc) {
		return doc.Fingerprints
	}
	return limit(append(append([]sources.Fingerprint{}, doc.Fingerprints...), old...), 5000)
}

func limit[T any](s []T, n int) []T { return s[:min(len(s), n)] }

// Damaged reports whether a document lacks part of what its source sent.
func Damaged(doc *sources.Document) bool {
	for _, w := range doc.Warnings {
		if w.Code == "truncated" {
			return true
		}
	}
	return false
}

func fail(st *sources.State, err error, now time.Time, every sources.Rhythm) {
	st.Failures++
	st.LastError = err.Error()
	if st.FailingSince.IsZero() {
		st.FailingSince = now
	}
	st.Health = sources.Failing
	var fe *fetch.Error
	var after time.Time
	if errors.As(err, &fe) {
		after = fe.RetryAfter
		if fe.Kind == fetch.Gone {
			st.Health = sources.Gone
			st.LastError = errGone.Error()
		}
	}
	st.NextVisit = backoff(now, *st, every, after)
}

// believe is how often, and over how long, a permanent redirect must be seen
// before the address is given up for its target.
const (
	believeTimes = 3
	believeOver  = 24 * time.Hour
)

// followMove counts how often a 301 or 308 led to the same target.
func followMove(st *sources.State, resp *fetch.Response, now time.Time) {
	target := ""
	for _, hop := range resp.Redirects {
		if !hop.Permanent() {
			target = ""
			break
		}
		target = hop.To
	}
	if target == "" {
		st.MoveTo, st.MoveSeen, st.MoveSince = "", 0, time.Time{}
		return
	}
	if target != st.MoveTo {
		st.MoveTo, st.MoveSeen, st.MoveSince = target, 0, now
	}
	st.MoveSeen++
}

// settleMove gives up the old address for one that was believed and has just
// been read as a feed.
func settleMove(st *sources.State, now time.Time) {
	if st.MoveTo == "" || st.MoveSeen < believeTimes || now.Sub(st.MoveSince) < believeOver {
		return
	}
	st.Moves = append(st.Moves, sources.Move{From: st.Feed, To: st.MoveTo, At: now})
	st.URL = withLogin(st.URL, st.MoveTo)
	st.MoveTo, st.MoveSeen, st.MoveSince = "", 0, time.Time{}
}

// withLogin gives a new address on the same host the login of the old one,
// which redirects never show.
func withLogin(old, new string) string {
	o, err := url.Parse(old)
	if err != nil || o.User == nil {
		return new
	}
	n, err := url.Parse(new)
	if err != nil || n.Host != o.Host {
		return new
	}
	n.User = o.User
	return n.String()
}
