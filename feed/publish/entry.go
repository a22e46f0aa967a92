package publish

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"iter"
	"maps"
	"net/http"
	"runtime"
	"slices"
	"strings"
	"sync"
	"time"

	"golang.org/x/sync/errgroup"

	"warta/feed"
	"warta/feed/render"
)

// idLength is the length of every feed.EntryID.
const idLength = 16

// pageCache keeps the pages about entries that were asked for last. They are
// too many to be kept ready, and few of them are ever read.
type pageCache struct {
	mu    sync.Mutex
	pages map[string]cachedPage
	size  int // of the packed pages, in bytes
}

// cachedPage is a page with what it rests on.
type cachedPage struct {
	document *document
	edition  *edition
	seq      int64 // the store's newest change when the page was made
	until    time.Time
}

// The bounds of the cache.
const (
	maxPages     = 2000
	maxPageBytes = 8 << 20
)

func newPageCache() *pageCache { return &pageCache{pages: make(map[string]cachedPage)} }

func (c *pageCache) get(id string, e *edition, seq int64, now time.Time) *document {
	c.mu.Lock()
	defer c.mu.Unlock()
	got, ok := c.pages[id]
	if !ok || got.edition != e || got.seq != seq || (!got.until.IsZero() && !now.Before(got.until)) {
		return nil
	}
	return got.document
}

func (c *pageCache) put(id string, page cachedPage) {
	c.mu.Lock()
	defer c.mu.Unlock()
	if len(c.pages) >= maxPages || c.size >= maxPageBytes {
		clear(c.pages)
		c.size = 0
	}
	c.pages[id] = page
	c.size += len(page.document.gz)
}

// serveEntry answers with the page about an entry: 404 where there is none, or
// where nothing of it may be shown; 410 with the notice where it was withdrawn.
func (p *Publisher) serveEntry(e *edition, w http.ResponseWriter, r *http.Request, id string) {
	id, rest, slash := strings.Cut(id, "/")
	other := slash && rest == e.plan.otherLanguage()+"/"
	switch {
	case !isID(id), slash && rest != "" && !other:
		problem(w, r, http.StatusNotFound)
		return
	case slash && rest == "": // where a static server has the page
		w.Header().Set("Location", e.entries+id)
		w.WriteHeader(http.StatusPermanentRedirect)
		return
	}
	d, err := p.entryPage(r.Context(), e, id, other)
	switch {
	case errors.Is(err, feed.ErrNotFound):
		problem(w, r, http.StatusNotFound)
	case err != nil:
		if r.Context().Err() == nil {
			p.log.Error("can't show an entry", "entry", id, "error", err)
		}
		problem(w, r, http.StatusInternalServerError)
	default:
		d.serve(w, r, p.now())
	}
}

// isID reports whether id has the form of feed.EntryID, so that nothing else
// reaches the database.
func isID(id string) bool {
	if len(id) != idLength {
		return false
	}
	for _, c := range []byte(id) {
		if (c < 'a' || c > 'z') && (c < '2' || c > '7') {
			return false
		}
	}
	return true
}

// entryPage returns the page about an entry, from the cache if nothing
// changed since it was made.
func (p *Publisher) entryPage(ctx context.Context, e *edition, id string, other bool) (*document, error) {
	now := p.now()
	seq, err := p.store.LastSeq(ctx)
	if err != nil {
		return nil, err
	}
	path := entriesPath + id
	if other {
		path += "/" + e.plan.otherLanguage() + "/"
	}
	if d := p.pages.get(path, e, seq, now); d != nil {
		return d, nil
	}
	shown, states, err := p.see(ctx, e, nil, id, now)
	if err != nil {
		return nil, err
	}
	d, err := makeEntryPage(e, path, shown, states, e.showing(id), other)
	if err != nil {
		return nil, err
	}
	p.pages.put(path, cachedPage{document: d, edition: e, seq: seq, until: shown.Decision.Until})
	return d, nil
}

// entryPages makes the pages about entries in both languages, in the order of
// the entries, without the cache, whose pages it would drive out.
func (p *Publisher) entryPages(ctx context.Context, e *edition, ids []string) ([]*document, error) {
	pages := make([]*document, 2*len(ids))
	now := p.now()
	g, ctx := errgroup.WithContext(ctx)
	g.SetLimit(runtime.GOMAXPROCS(0))
	for i, id := range ids {
		g.Go(func() error {
			shown, states, err := p.see(ctx, e, nil, id, now)
			if errors.Is(err, feed.ErrNotFound) {
				return nil // withdrawn this very moment
			}
			path, channels := entriesPath+id, e.showing(id)
			if err == nil {
				pages[2*i], err = makeEntryPage(e, path, shown, states, channels, false)
			}
			if err == nil {
				pages[2*i+1], err = makeEntryPage(e, path+"/"+e.plan.otherLanguage()+"/", shown, states, channels, true)
			}
			if err != nil {
				return fmt.Errorf("rendering the page of entry %s: %w", id, err)
			}
			return nil
		})
	}
	err := g.Wait()
	return slices.DeleteFunc(pages, func(d *document) bool { return d == nil }), err
}

// showing lists the channels whose documents show an entry.
func (e *edition) showing(id string) []feed.Channel {
	var list []feed.Channel
	for _, s := range e.channels {
		if slices.Contains(s.shown, id) {
			list = append(list, s.channel)
		}
	}
	return list
}

// makeEntryPage renders the page about an entry from what may be shown of it.
func makeEntryPage(e *edition, path string, shown feed.Shown, states []feed.Entry, channels []feed.Channel, other bool) (*document, error) {
	site := e.plan.settings.Site
	id := shown.Entry.ID
	v := render.EntryView{Site: site, Shown: shown, Switch: site.URL + entriesPath + id + "/" + e.plan.otherLanguage() + "/"}
	if other {
		v.Site.Language, v.Switch = e.plan.otherLanguage(), site.URL+entriesPath+id
	}
	withdrawn := shown.Entry.Notice != nil && shown.Entry.Notice.Kind == feed.Withdrawal
	for _, r := range states {
		one := render.Revision{Number: r.Revision, When: r.Changed}
		if !withdrawn {
			one.Title = r.Title
		}
		v.Revisions = append(v.Revisions, one)
	}
	for i := range channels {
		v.Channels = append(v.Channels, e.plan.heads(&channels[i], render.HTML)[0])
	}
	var b bytes.Buffer
	if err := render.EntryPage(&b, v); err != nil {
		return nil, err
	}
	// No Last-Modified: the page may change with a permission as well as with
	// the entry, and who asks by date alone would keep what may no longer be
	// shown.
	common := entryHeaders
	if render.Indexable(shown) {
		common = headersOf(render.HTML)
	}
	w := render.WishesOf(&shown.Entry, &shown.Decision)
	common = wishing(common, render.Wishes{Mining: w.Mining})
	if w.Policy != "" {
		own := *common
		own.terms = []string{w.Policy}
		common = &own
	}
	d, err := newDocument(path, b.Bytes(), digestOf(b.Bytes()), time.Time{}, 1, common)
	if err != nil {
		return nil, err
	}
	if withdrawn {
		d.status = http.StatusGone
	}
	return d, nil
}

// entryHeaders: the story's home is elsewhere, and should be found there, unless
// we may show it whole.
var entryHeaders = func() *headers {
	h := pageHeaders()
	h.robots = []string{"noindex"}
	return h
}()

// everything yields all that is published, for export: the documents and the
// pages about every entry they show.
func (p *Publisher) everything(ctx context.Context) iter.Seq2[*document, error] {
	e := p.edition.Load()
	return func(yield func(*document, error) bool) {
		ids := make(map[string]bool)
		for _, s := range e.channels {
			for _, id := range s.shown {
				ids[id] = true
			}
		}
		for _, d := range e.documents {
			if !yield(d, nil) {
				return
			}
		}
		for _, s := range e.channels {
			d, err := p.channelOPML(ctx, e, s)
			if !yield(d, err) {
				return
			}
			for d, err := range p.allVolumes(ctx, e, s.channel.ID) {
				if !yield(d, err) {
					return
				}
				if err == nil {
					for _, it := range d.contained {
						ids[it.id] = true
					}
				}
			}
		}
		for _, id := range slices.Sorted(maps.Keys(e.plan.sources)) {
			for _, other := range []bool{false, true} {
				d, err := p.sourcePage(ctx, e, id, other)
				if !yield(d, err) {
					return
				}
			}
		}
		for some := range slices.Chunk(slices.Sorted(maps.Keys(ids)), 100) {
			pages, err := p.entryPages(ctx, e, some)
			for _, d := range pages {
				if !yield(d, nil) {
					return
				}
			}
			if err != nil && !yield(nil, err) {
				return
			}
		}
	}
}
