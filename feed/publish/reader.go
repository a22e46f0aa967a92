package publish

import (
	"context"
	"errors"
	"fmt"
	"net/http"
	"slices"
	"time"

	"warta/feed"
	"warta/feed/render"
)

// Reader is what whoever sent a request may read, as things stood then: a
// partner by its token, or everybody. It serves those who answer in other
// forms than documents.
type Reader struct {
	Now time.Time

	publisher *Publisher
	edition   *edition
	caller    caller
	reading   bool // it asks for more than headers
}

// The reasons why a request has no Reader.
var (
	// ErrToken is a token that is wrong, revoked, of a contract that doesn't
	// run, or used from elsewhere than agreed; which of these is not told.
	ErrToken = errors.New("the token opens nothing here")
	// ErrStarting is a publisher whose first documents are being prepared.
	ErrStarting = errStarting
)

// TooMany reports how long a partner must wait that asked too often.
func TooMany(err error) (time.Duration, bool) {
	var many errTooMany
	ok := errors.As(err, &many)
	return many.wait, ok
}

// Reader finds who sent a request. What is sent as Authorization and can't be
// one of our tokens is not meant for us.
func (p *Publisher) Reader(r *http.Request) (*Reader, error) {
	e := p.edition.Load()
	if e == nil {
		return nil, ErrStarting
	}
	now := p.now()
	secret := secretOf(r)
	c, err := p.access.identify(r, secret, e.plan, now)
	if err != nil {
		return nil, err
	}
	if _, ours := feed.SecretDigest(secret); ours && c.member == nil {
		return nil, ErrToken
	}
	return &Reader{Now: now, publisher: p, edition: e, caller: c, reading: r.Method == http.MethodGet}, nil
}

// Base is the path below which everything is served, "" before the first
// documents are there.
func (p *Publisher) Base() string {
	if e := p.edition.Load(); e != nil {
		return e.plan.base
	}
	return ""
}

// Site is what the operator says of the whole.
func (r *Reader) Site() feed.Site { return r.edition.plan.settings.Site }

// Partner is who asks; nil: anybody.
func (r *Reader) Partner() *feed.Partner {
	if r.caller.member == nil {
		return nil
	}
	return &r.caller.Partner
}

// ReadableChannel is a channel with the addresses of its documents.
type ReadableChannel struct {
	feed.Channel
	Own   bool // read by the partner's own terms
	Page  string
	Feeds map[render.Format]string
}

// Channels are those that the caller may know of.
func (r *Reader) Channels() []ReadableChannel {
	var list []ReadableChannel
	for i := range r.edition.plan.settings.Channels {
		ch := &r.edition.plan.settings.Channels[i]
		own := r.caller.member != nil && r.caller.channels[ch.ID]
		if ch.Private && !own {
			continue
		}
		head := r.edition.plan.heads(ch, render.HTML)[0]
		list = append(list, ReadableChannel{*ch, own, head.Page, head.Alternates})
	}
	return list
}

// Permissions are those in force now that reach the partner and not everybody.
func (r *Reader) Permissions() []feed.Permission {
	var list []feed.Permission
	for _, perm := range r.edition.plan.settings.Permissions {
		if m := r.caller.member; m != nil && perm.Audience != feed.Public && perm.InForce(m.Audience(), r.Now) {
			list = append(list, perm)
		}
	}
	return list
}

// Sight is an entry as the caller may see it.
type Sight struct {
	feed.Shown
	Channels []string // of those it may know of
	Item     []byte   // the entry as an item of JSON Feed; nil: nothing of it may be shown
}

// Look shows an entry of the store to the caller. It is false for what stands
// in no channel that the caller may know of. An entry that does, but of which
// nothing may be shown, has no Item.
func (r *Reader) Look(e *feed.Entry) (Sight, bool) {
	plan := r.edition.plan
	open := plan.standing(e, nil, r.Now)
	channels, g, m := open, plan.public.rest, (*member)(nil)
	if r.caller.member != nil {
		if own := plan.standing(e, r.caller.member, r.Now); len(own) > 0 {
			m, g = r.caller.member, r.caller.class.grant(e.Source)
			channels = append(own, slices.DeleteFunc(open, func(id string) bool { return slices.Contains(own, id) })...)
		}
	}
	if len(channels) == 0 {
		return Sight{}, false
	}
	s := Sight{Channels: channels}
	s.Decision = plan.decide(e, g, r.Now)
	held, ok := feed.Withhold(*e, s.Decision)
	if ok {
		s.Entry = held
		key := fragmentKey{plan, e.ID, e.Seq, digestDecision(s.Decision), render.JSON}
		b, err := r.publisher.fragment(key, s.Shown)
		if err != nil {
			r.publisher.log.Error("an entry was left out: its attribution would be lost", "entry", e.ID, "source", e.Source, "reason", err)
		} else {
			s.Item = b
		}
	}
	if s.Item == nil {
		s.Entry = feed.Entry{ID: e.ID, Seq: e.Seq, Revision: e.Revision}
		s.Decision = feed.Decision{Until: s.Decision.Until}
	}
	if m != nil {
		s.Decision.Permission = m.permission(s.Decision.Permission)
	}
	return s, true
}

// Entry shows an entry and the states it was in, the first first, as far as
// the caller may see them; feed.ErrNotFound for what it may not know of. What
// is said of the entry now, by its owner and by editors here, is heeded for
// all of its past; of a withdrawn story nothing is shown of any state.
func (r *Reader) Entry(ctx context.Context, id string) (Sight, []feed.Shown, error) {
	if !isID(id) {
		return Sight{}, nil, fmt.Errorf("entry %q: %w", id, feed.ErrNotFound)
	}
	states, err := r.publisher.store.Revisions(ctx, id)
	if err != nil {
		return Sight{}, nil, err
	}
	if len(states) == 0 {
		return Sight{}, nil, fmt.Errorf("entry %s: %w", id, feed.ErrNotFound)
	}
	now := &states[len(states)-1]
	sight, ok := r.Look(now)
	if !ok || sight.Item == nil {
		return Sight{}, nil, fmt.Errorf("entry %s: %w", id, feed.ErrNotFound)
	}
	past := make([]feed.Shown, len(states))
	for i := range states {
		past[i] = r.state(&states[i], now)
	}
	return sight, past, nil
}

// state shows what an entry was, by what is known of it now.
func (r *Reader) state(was, now *feed.Entry) feed.Shown {
	e := *was
	e.Desk, e.DayPlace = now.Desk, now.DayPlace
	if feed.EvidenceDigest(was.Evidence) != feed.EvidenceDigest(now.Evidence) {
		e.Evidence = slices.Concat(now.Evidence, was.Evidence)
	}
	if withdrawnNotice(now) {
		e.Notice = now.Notice
	}
	g := r.edition.plan.public.rest
	if m := r.caller.member; m != nil && len(r.edition.plan.standing(now, m, r.Now)) > 0 {
		g = m.class.grant(e.Source)
	}
	d := r.edition.plan.decide(&e, g, r.Now)
	held, _ := feed.Withhold(e, d) // the zero Entry where nothing may be shown
	held.Revision, held.Changed = was.Revision, was.Changed
	if m := r.caller.member; m != nil {
		d.Permission = m.permission(d.Permission)
	}
	return feed.Shown{Entry: held, Decision: d}
}

// Item writes a state that an entry was in as an item of JSON Feed, with what
// readers were told of the story since; nil where nothing of it may be shown.
func (r *Reader) Item(was feed.Shown, now *Sight) []byte {
	if was.Entry.ID == "" {
		return nil
	}
	before := was.Entry.Notices()
	for _, n := range now.Entry.Notices() {
		if !slices.Contains(before, n) {
			was.Entry.Later = append(slices.Clip(was.Entry.Later), n)
		}
	}
	b, err := renderOne(render.JSON, was, r.edition.plan.settings.Site)
	if err != nil {
		r.publisher.log.Error("a state of an entry was left out: its attribution would be lost", "entry", was.Entry.ID, "source", was.Entry.Source, "reason", err)
		return nil
	}
	return b
}

// Turns tells what the clock alone changed for the caller after one moment and
// up to another, apart from what single entries' evidence says of time.
func (r *Reader) Turns(after, upTo time.Time) feed.Turns {
	within := func(t time.Time) bool { return t.After(after) && !t.After(upTo) }
	var turns feed.Turns
	for _, perm := range r.edition.plan.settings.Permissions {
		if perm.Audience != feed.Public && (r.caller.member == nil || !perm.Audience.Includes(r.caller.Audience())) {
			continue
		}
		if (within(perm.From) || within(perm.Until)) && !slices.Contains(turns.Sources, perm.Source) {
			turns.Sources = append(turns.Sources, perm.Source)
		}
	}
	for _, ch := range r.Channels() {
		if ch.Embargo > 0 {
			turns.Places = append(turns.Places, [2]time.Time{after.Add(-ch.Embargo), upTo.Add(-ch.Embargo)})
		}
	}
	return turns
}

// Clocked lists the moments at which an entry's own evidence changes what may
// be shown of it, whatever was granted.
func (r *Reader) Clocked(e *feed.Entry) []time.Time {
	const most = 8
	var list []time.Time
	t := time.Time{}
	for len(list) < most {
		bare := *e
		bare.Desk, bare.Notice = nil, nil
		until := r.edition.plan.evidenceUntil(&bare, t)
		if until.IsZero() || !until.After(t) {
			break
		}
		list, t = append(list, until), until
	}
	return list
}
