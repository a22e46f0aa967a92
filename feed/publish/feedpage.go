package publish

import (
	"bytes"
	"context"
	"errors"
	"net/http"
	"strings"
	"time"

	"warta/feed"
	"warta/feed/render"
)

// feedPageStories is how many headlines a browser sees that opens a feed.
const feedPageStories = 10

// prefersPage reports whether a request asks for a page rather than for a feed
// (RFC 9110 section 12.5.1). Readers of feeds name the types of feeds, or take
// anything; browsers name text/html before XML. A reader that names both alike
// gets the feed.
func prefersPage(accept []string) bool {
	page, document := 0, 0
	for _, line := range accept {
		if len(line) > 1024 {
			continue // no browser's
		}
		for line != "" {
			var item string
			item, line, _ = strings.Cut(line, ",")
			name, params, _ := strings.Cut(item, ";")
			q := 1000
			if i := strings.LastIndex(params, "q="); i >= 0 {
				q = quality(strings.TrimSpace(params[i+2:]))
			}
			switch name = strings.ToLower(strings.TrimSpace(name)); name {
			case "text/html":
				page = max(page, q)
			case "application/atom+xml", "application/rss+xml", "application/rdf+xml", "application/xml", "text/xml",
				"application/feed+json", "application/json":
				document = max(document, q)
			}
		}
	}
	return page > document
}

// pageOf finds what stands for a feed in a browser: nil where a path is no feed
// or the request is not a browser's.
func (p *Publisher) pageOf(e *edition, r *http.Request, d *document) (ref, bool) {
	if d.common.vary == nil || !prefersPage(r.Header["Accept"]) {
		return ref{}, false
	}
	found, ok := e.plan.refs[d.path]
	return found, ok
}

// serveFeedPage answers a browser that opened the address of a feed.
func (p *Publisher) serveFeedPage(e *edition, w http.ResponseWriter, r *http.Request, of ref) {
	d, err := p.feedPage(r.Context(), e, of)
	if err != nil {
		p.failed(w, r, "what a feed is", of.path, err)
		return
	}
	d.serve(w, r, p.now())
}

// feedPageHeaders: at the same address readers of feeds get the feed.
var feedPageHeaders = func() *headers {
	h := pageHeaders()
	h.robots, h.vary = noindex, varyAccept
	return h
}()

func (p *Publisher) feedPage(ctx context.Context, e *edition, of ref) (*document, error) {
	now := p.now()
	seq, err := p.store.LastSeq(ctx)
	if err != nil {
		return nil, err
	}
	key := "page of " + of.path
	if d := p.pages.get(key, e, seq, now); d != nil {
		return d, nil
	}
	ch := &e.plan.settings.Channels[e.plan.channels[of.channel]]
	v := render.FeedView{Head: e.plan.heads(ch, of.format)[of.head], Format: of.format, Volume: of.volume}
	var until time.Time
	for _, s := range e.channels {
		if s.channel.ID != of.channel || of.volume != "" {
			continue
		}
		for _, id := range s.shown[:min(feedPageStories, len(s.shown))] {
			entry, err := p.store.Entry(ctx, id)
			if errors.Is(err, feed.ErrNotFound) {
				continue
			}
			if err != nil {
				return nil, err
			}
			if shown, ok := e.plan.show(&entry, nil, now); ok {
				v.Latest = append(v.Latest, feed.Shown{Entry: headline(shown.Entry), Decision: shown.Decision})
				until = soonest(until, shown.Decision.Until)
			}
		}
	}
	var b bytes.Buffer
	if err := render.FeedPage(&b, v); err != nil {
		return nil, err
	}
	d, err := newDocument(of.path, b.Bytes(), digestOf(b.Bytes()), time.Time{}, len(v.Latest), feedPageHeaders)
	if err != nil {
		return nil, err
	}
	p.pages.put(key, cachedPage{document: d, edition: e, seq: seq, until: until})
	return d, nil
}
