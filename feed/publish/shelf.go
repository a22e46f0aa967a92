package publish

import (
	"bytes"
	"context"
	"crypto/sha256"
	"encoding/binary"
	"errors"
	"fmt"
	"runtime"
	"time"

	"golang.org/x/sync/singleflight"

	"warta/feed"
	"warta/feed/render"
)

// content is what a document shows, chosen and decided but not yet written.
type content struct {
	key     string // the same for the same entries, versions and decisions
	list    []shownItem
	updated time.Time // what documents state
	newest  time.Time // the newest change in it
	until   time.Time // when the clock alone changes a decision in it; zero: never

	last     *feed.Volume // the newest of the channel's archives; nil: there is none
	complete bool         // there is nothing more of the channel than this
}

func newContent(list []shownItem, last *feed.Volume, complete bool) *content {
	c := &content{list: list, last: last, complete: complete}
	h := sha256.New()
	var b [16]byte
	if c.last != nil {
		binary.BigEndian.PutUint64(b[:8], uint64(c.last.Number))
	} else if c.complete {
		b[15] = 1
	}
	h.Write(b[:])
	for _, s := range list {
		binary.BigEndian.PutUint64(b[:8], uint64(s.seq))
		binary.BigEndian.PutUint64(b[8:], s.decision)
		h.Write([]byte(s.id))
		h.Write(b[:])
		if s.changed.After(c.newest) {
			c.newest = s.changed
		}
		if s.updated.After(c.updated) {
			c.updated = s.updated
		}
		if !s.until.IsZero() && (c.until.IsZero() || s.until.Before(c.until)) {
			c.until = s.until
		}
	}
	c.key = string(h.Sum(nil))
	return c
}

func (c *content) ids() []string {
	ids := make([]string, len(c.list))
	for i, s := range c.list {
		ids[i] = s.id
	}
	return ids
}

// ref is a channel's document: which format, and for pages in which language.
type ref struct {
	channel string
	path    string // below the site's address
	format  render.Format
	head    int    // of plan.heads
	volume  string // name of the archive document; empty: the channel's own
}

// documentRefs lists every channel's documents by their paths.
func (p *plan) documentRefs() map[string]ref {
	refs := make(map[string]ref)
	for i := range p.settings.Channels {
		ch := &p.settings.Channels[i]
		for _, format := range render.Formats {
			for k, head := range p.heads(ch, format) {
				path := head.Self[len(p.settings.Site.URL):]
				refs[path] = ref{channel: ch.ID, path: path, format: format, head: k}
			}
		}
	}
	return refs
}

// archive keeps partners' documents that were asked for: they are too many to
// be made before.
type archive struct {
	ready   *cache[archiveKey, *document]
	shelves *cache[shelfKey, *shelf]
	recent  *cache[recentKey, *document] // the last made of each
	entries *cache[string, *feed.Entry]  // that shelves are chosen from and rendered of
	making  singleflight.Group
	room    chan struct{} // bounds how many are made at a time
}

// archiveKey names a partner's document by what is in it.
type archiveKey struct {
	plan    *plan
	path    string
	content string
}

// What is kept for partners is bounded: their packed documents, what they were
// chosen to show, and the entries that both are made of. What is asked for
// again beyond that is made again.
const (
	archiveBytes = 64 << 20
	recentBytes  = 64 << 20 // mostly of the same documents
	shelfBytes   = 48 << 20
	entryBytes   = 32 << 20
)

func newArchive() *archive {
	return &archive{
		ready:   newCache[archiveKey](archiveBytes, func(d *document) int { return len(d.gz) + 50*len(d.contained) }),
		recent:  newCache[recentKey](recentBytes, func(d *document) int { return len(d.gz) + 50*len(d.contained) }),
		shelves: newCache[shelfKey](shelfBytes, (*shelf).size),
		entries: newCache[string](entryBytes, sizeOf),
		room:    make(chan struct{}, max(1, runtime.GOMAXPROCS(0))),
	}
}

// clear forgets what was made under other settings.
func (a *archive) clear() {
	a.ready.clear()
	a.recent.clear()
	a.shelves.clear()
}

// shelfDocument returns a document of what a shelf shows, rendering it when it
// is asked for the first time. secret: it goes to an address that holds a
// token, which a hub elsewhere must not be told of.
func (p *Publisher) shelfDocument(ctx context.Context, e *edition, s *shelf, r ref, secret bool) (*document, error) {
	now := p.now()
	exact := s.until.IsZero() || now.Before(s.until)
	shared := s.open && (!secret || e.plan.hub(&s.channel) == e.plan.privateHub())
	if d := e.documents[e.plan.base+r.path]; shared && exact && d != nil {
		return d, nil
	}
	key := archiveKey{e.plan, r.path, s.key}
	if exact {
		if d, ok := p.archive.ready.get(key); ok {
			return d, nil
		}
	}
	made, err, _ := p.archive.making.Do(fmt.Sprintf("%s %d %x", r.path, s.class.id, s.key), func() (any, error) {
		p.archive.room <- struct{}{}
		defer func() { <-p.archive.room }()
		// Others may wait for it too: it is made though the first one left.
		d, same, err := p.writeShelf(context.WithoutCancel(ctx), e, s, r, now)
		if err == nil && same && exact {
			p.archive.ready.put(key, d)
		}
		return d, err
	})
	if err != nil {
		return nil, err
	}
	return made.(*document), nil
}

// writeShelf renders a document, and reports whether it is what the shelf has:
// an entry that changed since, or the clock, is heeded at once.
func (p *Publisher) writeShelf(ctx context.Context, e *edition, s *shelf, r ref, now time.Time) (*document, bool, error) {
	same := true
	fragments := make([][]byte, 0, len(s.list))
	contained := make([]shownItem, 0, len(s.list))
	recent := recentKey{r.path, s.class}
	old := &remnants{format: r.format}
	old.of, _ = p.archive.recent.get(recent)
	for _, it := range s.list {
		b, got, err := p.shelfFragment(ctx, e, s, it, r.format, old, now)
		if err != nil {
			return nil, false, err
		}
		if got.view != it.view {
			same = false
		}
		if b != nil {
			fragments, contained = append(fragments, b), append(contained, got)
		}
	}
	if same {
		contained = s.list
	}
	head := e.plan.heads(&s.channel, r.format)[r.head]
	head.Updated = s.updated
	s.historyHead(&head, e.plan.settings.Site.URL, r.format)
	hub := e.plan.privateHub()
	if head.Hubs = nil; hub != "" && r.format != render.HTML {
		head.Hubs = []string{hub}
	}
	var b bytes.Buffer
	if err := render.Document(&b, r.format, head, fragments); err != nil {
		return nil, false, fmt.Errorf("rendering %s: %w", r.path, err)
	}
	// No Last-Modified: what a partner may see changes with permissions as
	// well as with entries, and who asks by date alone would keep what it may
	// no longer be shown.
	d, err := newDocument(r.path, b.Bytes(), digestOf(b.Bytes()), time.Time{}, len(fragments), wishing(headersOf(r.format), wishesOn(contained)))
	if err != nil {
		return nil, false, err
	}
	d.contained = contained
	if err := p.trace(ctx, d, "partner "+s.class.key, head, r.format, fragments); err != nil {
		return nil, false, err
	}
	if hasDeltas(r.format) {
		p.archive.recent.put(recent, d)
	}
	if len(head.Hubs) > 0 {
		d.links = discovery(hub, head.Self)
	}
	return d, same, nil
}

// shelfFragment returns an entry's bytes for a shelf, with the view they are
// of: the shelf's own unless entry or clock moved on; nil bytes where nothing
// may be shown any more.
func (p *Publisher) shelfFragment(ctx context.Context, e *edition, s *shelf, it shownItem, format render.Format, old *remnants, now time.Time) ([]byte, shownItem, error) {
	if it.until.IsZero() || now.Before(it.until) {
		if b, ok := p.fragments.get(fragmentKey{e.plan, it.id, it.seq, it.decision, format}); ok {
			return b, it, nil
		}
		if b := old.find(it); b != nil {
			return b, it, nil
		}
	}
	gone := shownItem{it.id, nil}
	entry, err := p.entryOf(ctx, it.id, it.seq)
	if errors.Is(err, feed.ErrNotFound) {
		return nil, gone, nil
	}
	if err != nil {
		return nil, gone, err
	}
	d := e.plan.decide(entry, s.class.grant(entry.Source), now)
	held, ok := feed.Withhold(*entry, d)
	if !ok {
		return nil, gone, nil
	}
	digest := digestDecision(d)
	if entry.Seq != it.seq || digest != it.decision {
		it.view = &view{seq: entry.Seq, revision: entry.Revision, use: d.Use, permission: d.Permission, decision: digest, shown: true, wishes: render.WishesOf(&held, &d)}
		it.words, it.images = feed.Measure(&held)
	}
	b, err := p.fragment(fragmentKey{e.plan, it.id, entry.Seq, digest, format}, feed.Shown{Entry: held, Decision: d})
	if err != nil {
		p.log.Error("an entry was left out: its attribution would be lost", "entry", it.id, "source", entry.Source, "reason", err)
		return nil, gone, nil
	}
	return b, it, nil
}
