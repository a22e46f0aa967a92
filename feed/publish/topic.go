package publish

import (
	"bytes"
	"context"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"net/http"
	"slices"
	"strings"
	"time"

	"warta/feed"
	"warta/feed/curate"
	"warta/feed/render"
)

// Topic is a channel's document in one format as one audience sees it: what
// may be subscribed to. It is a view of the settings in force when it was
// asked for, and safe for concurrent use.
type Topic struct {
	Address  string // of the document: rel=self
	Channel  feed.Channel
	Format   render.Format
	Audience feed.Audience
	Token    string // digest of the credential that it was asked for with; empty: none
	Hub      string // whom to ask for deliveries of it; empty: nobody

	secret string // the credential, where the address holds it
	plan   *plan
	rule   *curate.Rule
	class  *class
	member *member // nil: everybody
}

// Topic finds what an address stands for, for whoever makes a request: for a
// partner its own document, by a token in the address or in the request, else
// the one that everybody may have. Its error is feed.ErrNotFound for what is
// not there for them.
func (p *Publisher) Topic(r *http.Request, address string) (*Topic, error) {
	e := p.edition.Load()
	if e == nil {
		return nil, errStarting
	}
	path, ok := strings.CutPrefix(address, e.plan.settings.Site.URL)
	if !ok {
		return nil, fmt.Errorf("topic: %w", feed.ErrNotFound)
	}
	secret, inAddress := secretOf(r), false
	if rest, ok := strings.CutPrefix(path, secretPath); ok {
		secret, path, inAddress = "", "", true
		secret, path, _ = strings.Cut(rest, "/")
	}
	c := caller{}
	if secret != "" {
		var err error
		if c, err = p.access.identify(r, secret, e.plan, p.now()); err != nil {
			return nil, err
		}
	}
	if c.member != nil {
		if ref, ok := c.reads(e, path); ok && ref.format != render.HTML && ref.volume == "" {
			t := e.plan.topic(ref.channel, ref.format, c.class, c.member)
			t.Token, _ = feed.SecretDigest(secret)
			if inAddress {
				t.Address, t.secret = address, secret
			}
			return t, nil
		}
	}
	if inAddress {
		return nil, fmt.Errorf("topic: %w", feed.ErrNotFound)
	}
	return p.PublicTopic(address)
}

// PublicTopic is Topic for anybody.
func (p *Publisher) PublicTopic(address string) (*Topic, error) {
	e := p.edition.Load()
	if e == nil {
		return nil, errStarting
	}
	path, ok := strings.CutPrefix(address, e.plan.settings.Site.URL)
	ref, known := e.plan.refs[path]
	if !ok || !known || ref.format == render.HTML || e.plan.settings.Channels[e.plan.channels[ref.channel]].Private {
		return nil, fmt.Errorf("topic: %w", feed.ErrNotFound)
	}
	return e.plan.topic(ref.channel, ref.format, e.plan.public, nil), nil
}

// TopicFor is what a subscription is of, as things stand; feed.ErrNotFound
// where its audience may not have it any more.
func (p *Publisher) TopicFor(ctx context.Context, u *feed.Subscription) (*Topic, error) {
	e := p.edition.Load()
	if e == nil {
		return nil, errStarting
	}
	gone := fmt.Errorf("channel %s for %s: %w", u.Channel, u.Audience, feed.ErrNotFound)
	i, ok := e.plan.channels[u.Channel]
	if !ok {
		return nil, gone
	}
	if u.Audience == feed.Public {
		if e.plan.settings.Channels[i].Private {
			return nil, gone
		}
		return e.plan.topic(u.Channel, render.Format(u.Format), e.plan.public, nil), nil
	}
	m := e.plan.members[strings.TrimPrefix(string(u.Audience), "partner:")]
	if m == nil || !m.InForce(p.now()) || !m.channels[u.Channel] || u.Kind != feed.Webhook && !m.Takes(u.Format) {
		return nil, gone
	}
	t := e.plan.topic(u.Channel, render.Format(u.Format), m.class, m)
	if u.Token == "" {
		return t, nil // the configuration asks for it
	}
	if p.access.tokens == nil {
		return nil, gone
	}
	token, err := p.access.tokens.TokenOf(ctx, u.Token)
	if errors.Is(err, feed.ErrNotFound) || err == nil && token.Partner != m.ID {
		return nil, gone
	}
	if rest, ok := strings.CutPrefix(u.Topic, e.plan.settings.Site.URL+secretPath); ok {
		t.Address = u.Topic
		t.secret, _, _ = strings.Cut(rest, "/")
	}
	return t, err
}

// TopicOf is what a stream says, whoever counts in it; feed.ErrNotFound where
// nobody may hear it any more.
func (p *Publisher) TopicOf(stream string) (*Topic, error) {
	e := p.edition.Load()
	if e == nil {
		return nil, errStarting
	}
	channel, key, _ := strings.Cut(stream, " ")
	_, known := e.plan.channels[channel]
	if c := e.plan.classes[key]; known && c != nil && (c == e.plan.public || slices.Contains(e.plan.readers[channel], c)) {
		return e.plan.topic(channel, render.Atom, c, nil), nil
	}
	return nil, fmt.Errorf("stream %s: %w", stream, feed.ErrNotFound)
}

func (p *plan) topic(channel string, format render.Format, c *class, m *member) *Topic {
	i := p.channels[channel]
	ch := p.settings.Channels[i]
	t := &Topic{
		Address: p.settings.Site.URL + ch.ID + format.Extension(), Channel: ch, Format: format, Audience: feed.Public,
		Hub: p.hub(&ch), plan: p, rule: p.rules[i], class: c, member: m,
	}
	if m != nil {
		t.Audience, t.Hub = m.Audience(), p.privateHub()
	}
	return t
}

// Version is another value whenever other settings are in force.
func (p *Publisher) Version() any {
	if e := p.edition.Load(); e != nil {
		return e.plan
	}
	return nil
}

// OwnHub reports whether we are the topic's hub.
func (t *Topic) OwnHub() bool { return t.plan.ownHub && t.Hub == t.plan.privateHub() }

// Stream names what topics have in common that say the same of every entry:
// in whatever format, to all partners with equal grants.
func (t *Topic) Stream() string { return t.Channel.ID + " " + t.class.key }

// Basis is a digest of all that decides, beside the entries and the clock,
// what the topic says of them.
func (t *Topic) Basis() string {
	sum := sha256.Sum256([]byte(t.rule.Hash() + "\x00" + t.Channel.Embargo.String() + "\x00" + t.class.key + "\x00" + t.plan.digest()))
	return hex.EncodeToString(sum[:12])
}

// digestSettings names what everybody's decisions rest on. What a class has
// beyond that is in its key.
func (p *plan) digestSettings() string {
	h := sha256.New()
	json.NewEncoder(h).Encode([]any{p.settings.Site, p.settings.Policy, p.permissions, p.settings.Sources}) // plain values: it can't fail
	return hex.EncodeToString(h.Sum(nil)[:12])
}

// Holds reports whether an entry belongs to the channel.
func (t *Topic) Holds(e *feed.Entry) bool {
	ok, err := t.rule.Select(curate.NewSubject(e))
	return ok && err == nil
}

// Show is what the audience may see of an entry at a time, in the topic's
// format; nil where that is nothing. until is when the clock alone changes
// that; zero: never.
func (t *Topic) Show(e *feed.Entry, now time.Time) (shown feed.Shown, fragment []byte, until time.Time) {
	if at := e.Time().Add(t.Channel.Embargo); now.Before(at) && !withdrawnNotice(e) {
		return shown, nil, at
	}
	d := t.plan.decide(e, t.class.grant(e.Source), now)
	held, ok := feed.Withhold(*e, d)
	if !ok {
		return shown, nil, d.Until
	}
	shown = feed.Shown{Entry: held, Decision: d}
	one := render.Fragment
	if withdrawnNotice(&held) {
		one = render.Tombstone
	}
	fragment, err := one(t.Format, shown, t.plan.settings.Site)
	if err != nil {
		return shown, nil, d.Until // its attribution would be lost
	}
	return shown, fragment, d.Until
}

// Permission is what the audience's own permission is called that stands
// behind a decision.
func (t *Topic) Permission(id string) string {
	if t.member == nil {
		return id
	}
	return t.member.permission(id)
}

// Class names what the audience may see: all partners with equal grants have
// one.
func (t *Topic) Class() string { return t.class.key }

// Write puts fragments of the topic's format into a document that says of
// itself what the topic's document says.
func (t *Topic) Write(w io.Writer, updated time.Time, fragments [][]byte, gone []render.Gone) error {
	head := t.plan.heads(&t.Channel, t.Format)[0]
	head.Updated, head.Gone = updated, gone
	if head.Hubs = nil; t.Hub != "" {
		head.Hubs = []string{t.Hub}
	}
	if t.secret == "" {
		return render.Document(w, t.Format, head, fragments)
	}
	var b bytes.Buffer
	if err := render.Document(&b, t.Format, head, fragments); err != nil {
		return err
	}
	_, err := w.Write(withSecret(b.Bytes(), t.plan.settings.Site.URL, t.secret))
	return err
}

// Stamp sets the headers that whoever is sent the topic's content gets with it
// (WebSub section 7).
func (t *Topic) Stamp(h http.Header) {
	h["Content-Type"] = headersOf(t.Format).contentType
	h["Link"] = discovery(t.Hub, t.Address)
}

// discovery is what a channel's document says in its header of where it is
// subscribed to. Pages can't be.
func (p *plan) discovery(ch *feed.Channel, format render.Format, self string) []string {
	if format == render.HTML {
		return nil
	}
	return discovery(p.hub(ch), self)
}

// discovery is where a document is subscribed to, as WebSub section 4 wants it
// in the header; nil where nowhere.
func discovery(hub, self string) []string {
	if hub == "" {
		return nil
	}
	return []string{`<` + hub + `>; rel="hub"`, `<` + self + `>; rel="self"`}
}

// hubPath is where our own hub listens, below the site's address.
const hubPath = "hub"

// hub is whom to ask for deliveries of what everybody may read in a channel:
// the channel's own choice, else the site's, else us where we are one.
func (p *plan) hub(ch *feed.Channel) string {
	switch {
	case ch.Private:
		return p.privateHub()
	case ch.Hub != "":
		return ch.Hub
	case p.settings.Site.Hub != "":
		return p.settings.Site.Hub
	}
	return p.privateHub()
}

// privateHub is whom partners ask: nobody but us knows what they may have.
func (p *plan) privateHub() string {
	if !p.ownHub {
		return ""
	}
	return p.settings.Site.URL + hubPath
}
