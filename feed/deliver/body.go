package deliver

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"slices"
	"sync"
	"time"

	"warta/feed"
	"warta/feed/publish"
	"warta/feed/render"
)

const (
	maxEntries = 50      // of one delivery
	maxBytes   = 1 << 20 // of one delivery, unless a single entry is longer
)

// body is what is sent to everybody who lacks the same.
type body struct {
	bytes   []byte
	upTo    int64 // the last release in it
	entries int   // 0: there is nothing to be said
	served  []feed.Served
}

// want names a body: a range of releases, and who sees them in which form.
type want struct {
	stream, address, basis string
	webhook                feed.Audience // it is named in the body
	format                 render.Format
	after, upTo            int64
	moved                  bool // see feed.Subscription
}

// bodies keeps those made a moment ago, and what they are made of, so that five
// hundred subscribers cost one rendering: a webhook's body names its partner,
// but the entries in it are the same for all who are shown the same.
type bodies struct {
	whole fresh[body]
	lists fresh[pieces] // of wants without address and partner
}

// pieces are what a range of releases comes to.
type pieces struct {
	list   []piece
	upTo   int64
	served []feed.Served
}

// get returns the body that is wanted, made by whoever asked first.
func (b *bodies) get(w want, now time.Time, write func(*body) error) (*body, error) {
	return b.whole.get(w, now, write)
}

// pieces returns what a body is made of, found by whoever asked first.
func (b *bodies) pieces(w want, now time.Time, find func(*pieces) error) (*pieces, error) {
	w.address, w.webhook = "", ""
	return b.lists.get(w, now, find)
}

const (
	bodyAge   = 2 * time.Second
	maxBodies = 64
)

// fresh keeps what was made a moment ago for what is wanted.
type fresh[T any] struct {
	mu   sync.Mutex
	made map[want]*once[T]
}

// once is made by whoever asks first, while the others wait.
type once[T any] struct {
	value T
	made  time.Time
	once  sync.Once
	err   error
}

// get returns what is wanted; what failed is made again for the next.
func (f *fresh[T]) get(w want, now time.Time, fill func(*T) error) (*T, error) {
	f.mu.Lock()
	got := f.made[w]
	if got == nil || now.Sub(got.made) > bodyAge || now.Before(got.made) {
		if f.made == nil || len(f.made) >= maxBodies {
			f.made = make(map[want]*once[T])
		}
		got = &once[T]{made: now}
		f.made[w] = got
	}
	f.mu.Unlock()
	got.once.Do(func() { got.err = fill(&got.value) })
	if got.err != nil {
		f.mu.Lock()
		delete(f.made, w)
		f.mu.Unlock()
	}
	return &got.value, got.err
}

// piece is one release on its way out.
type piece struct {
	entry    string
	shown    feed.Shown
	fragment []byte       // nil: nothing may be seen of it
	gone     *render.Gone // what is said of it then; nil: nothing
}

// compose makes the body of what a stream said after one release and up to
// another. What may be seen is decided anew, at this moment: what was released
// an hour ago and may not be shown now is not sent.
func (d *Deliverer) compose(ctx context.Context, u *feed.Subscription, t *publish.Topic, w want, b *body) error {
	found, err := d.bodies.pieces(w, d.opt.Now(), func(b *pieces) error { return d.gather(ctx, u, t, w.upTo, b) })
	if err != nil {
		return err
	}
	b.upTo, b.served = found.upTo, found.served
	if u.Kind == feed.Webhook {
		return webhookBody(b, u, t, found.list)
	}
	return delta(b, t, found.list)
}

// gather finds the pieces of a body.
func (d *Deliverer) gather(ctx context.Context, u *feed.Subscription, t *publish.Topic, upTo int64, b *pieces) error {
	list, err := d.store.Releases(ctx, u.Stream, u.Cursor, upTo, maxEntries)
	if err != nil {
		return err
	}
	b.upTo = upTo
	size := 0
	for i, r := range list {
		p := piece{entry: r.Entry}
		e, err := d.store.Entry(ctx, r.Entry)
		if err != nil && !errors.Is(err, feed.ErrNotFound) {
			return err
		}
		if err == nil && !r.Gone && t.Holds(&e) {
			p.shown, p.fragment, _ = t.Show(&e, d.opt.Now())
		}
		if err == nil && p.fragment == nil && (r.Digest != "" || u.Moved) {
			g := render.GoneOf(&e, d.opt.Now())
			p.gone = &g
		}
		if size += len(p.fragment); size > maxBytes && len(b.list) > 0 {
			b.upTo = list[i-1].N
			break
		}
		b.list = append(b.list, p)
		if p.fragment != nil {
			held := &p.shown.Entry
			words, images := feed.Measure(held)
			b.served = append(b.served, feed.Served{Entry: held.ID, Revision: held.Revision, Use: p.shown.Decision.Use,
				Permission: p.shown.Decision.Permission, Words: words, Images: images})
		}
		if i == maxEntries-1 {
			b.upTo = r.N
		}
	}
	return nil
}

// delta is a document of the topic with what is new, the newest first. Of what
// may no longer be seen it has the id and nothing else; and that only where
// the receiver may know it.
func delta(b *body, t *publish.Topic, pieces []piece) error {
	var updated time.Time
	var fragments [][]byte
	var gone []render.Gone
	for _, p := range slices.Backward(pieces) {
		if p.fragment == nil {
			if p.gone != nil {
				gone = append(gone, *p.gone)
				updated = feed.Later(updated, p.gone.When)
			}
			continue
		}
		fragments = append(fragments, p.fragment)
		updated = feed.Later(updated, p.shown.Entry.LastChange())
		if n := p.shown.Entry.Notice; n != nil {
			updated = feed.Later(updated, n.When)
		}
	}
	if b.entries = len(fragments) + len(gone); b.entries == 0 {
		return nil
	}
	var out bytes.Buffer
	if err := t.Write(&out, updated, fragments, gone); err != nil {
		return fmt.Errorf("writing what is new in %s: %w", t.Channel.ID, err)
	}
	b.bytes = out.Bytes()
	return nil
}

// message is the body of a webhook; docs/push.md describes it.
type message struct {
	Type    string         `json:"type"`
	Partner string         `json:"partner"`
	Channel messageChannel `json:"channel"`
	Entries []messageEntry `json:"entries"`
}

type messageChannel struct {
	ID    string `json:"id"`
	Title string `json:"title"`
	Feed  string `json:"feed"`
}

type messageEntry struct {
	Action     string          `json:"action"`
	Entry      string          `json:"entry"`
	Revision   int             `json:"revision,omitempty"`
	Use        string          `json:"use,omitempty"`
	Permission string          `json:"permission,omitempty"`
	Item       json.RawMessage `json:"item,omitempty"`
}

// What a receiver is to do with an entry.
const (
	actionPut      = "put"      // keep this state of it, in place of any other
	actionWithdraw = "withdraw" // take the story down and show the notice
	actionRemove   = "remove"   // take it down: it may no longer be shown
)

// webhookBody tells a program what to do, in the order in which it happened.
func webhookBody(b *body, u *feed.Subscription, t *publish.Topic, pieces []piece) error {
	m := message{
		Type: "entries", Partner: partnerOf(u.Audience),
		Channel: messageChannel{t.Channel.ID, t.Channel.Title, t.Address},
	}
	for _, p := range pieces {
		e := messageEntry{Action: actionRemove, Entry: p.entry}
		if p.fragment != nil {
			s := &p.shown
			e = messageEntry{
				Action: actionPut, Entry: p.entry, Revision: s.Entry.Revision, Use: s.Decision.Use.String(),
				Permission: t.Permission(s.Decision.Permission), Item: p.fragment,
			}
			if n := s.Entry.Notice; n != nil && n.Kind == feed.Withdrawal {
				e.Action = actionWithdraw
			}
		}
		m.Entries = append(m.Entries, e)
	}
	if b.entries = len(m.Entries); b.entries == 0 {
		return nil
	}
	var out bytes.Buffer
	enc := json.NewEncoder(&out)
	enc.SetEscapeHTML(false)
	if err := enc.Encode(m); err != nil {
		return fmt.Errorf("writing what is new in %s for %s: %w", t.Channel.ID, u.Audience, err)
	}
	b.bytes = out.Bytes()
	return nil
}
