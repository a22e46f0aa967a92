package publish

import (
	"bytes"
	"context"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"fmt"
	"slices"
	"time"

	"warta/feed"
	"warta/sources"
)

// Terms are the settings that decide what anybody is shown, as they were at
// some time. They are kept so that whoever was served under them can be told
// what others change.
type Terms struct{ plan *plan }

// Terms returns the settings in force in a form that can be kept, and a name
// for them that is the same for the same settings.
func (r *Reader) Terms() (digest string, settings []byte) {
	return r.edition.plan.terms()
}

// writeTerms leaves out secrets, and what says nothing about what is shown.
func (p *plan) writeTerms() (string, []byte) {
	s := p.settings
	s.Site.Zone, s.Site.Contact, s.Site.Hub, s.OwnHub = nil, "", "", false
	s.Partners = slices.Clone(s.Partners)
	for i := range s.Partners {
		from := &s.Partners[i]
		s.Partners[i] = feed.Partner{ID: from.ID, Channels: from.Channels, Use: from.Use, Noncommercial: from.Noncommercial, From: from.From, Until: from.Until}
	}
	s.Sources = slices.Clone(s.Sources)
	for i := range s.Sources {
		from := &s.Sources[i]
		s.Sources[i] = sources.Source{ID: from.ID, Title: from.Title, URL: from.URL, Regions: from.Regions, Language: from.Language}
	}
	s.Channels = slices.Clone(s.Channels)
	for i := range s.Channels {
		from := &s.Channels[i]
		s.Channels[i] = feed.Channel{ID: from.ID, Language: from.Language, Select: from.Select, Private: from.Private, Embargo: from.Embargo}
	}
	b, err := json.Marshal(s)
	if err != nil {
		panic(err) // plain values
	}
	sum := sha256.Sum256(b)
	return hex.EncodeToString(sum[:12]), b
}

// ParseTerms reads settings that were kept. Times are worded in the zone of
// today.
func (r *Reader) ParseTerms(settings []byte) (*Terms, error) {
	var s Settings
	if err := json.Unmarshal(settings, &s); err != nil {
		return nil, fmt.Errorf("reading settings that were in force: %w", err)
	}
	s.Site.Zone = r.Site().Zone
	p, err := newPlan(s)
	if err != nil {
		return nil, fmt.Errorf("reading settings that were in force: %w", err)
	}
	return &Terms{p}, nil
}

// Then is the caller as it was at a time, under the terms of that time; nil:
// those in force.
func (r *Reader) Then(t *Terms, at time.Time) *Reader {
	then := *r
	then.Now = at
	if t == nil {
		return &then
	}
	then.edition = &edition{plan: t.plan}
	if r.caller.member != nil {
		then.caller.member = t.plan.members[r.caller.ID]
	}
	return &then
}

// Same reports whether two sights of an entry show the same.
func (s *Sight) Same(other *Sight) bool {
	return bytes.Equal(s.Item, other.Item) && slices.Equal(s.Channels, other.Channels)
}

// Stands reports whether the entry stands in a channel; "": in any that the
// caller may know of.
func (s *Sight) Stands(channel string) bool {
	return len(s.Channels) > 0 && (channel == "" || slices.Contains(s.Channels, channel))
}

// Stood reports whether the caller, as it is or was, may have seen an earlier
// state of an entry; in one channel, where an id is given.
func (r *Reader) Stood(ctx context.Context, e *feed.Entry, channel string, as ...*Reader) (bool, error) {
	if e.Revision < 2 {
		return false, nil
	}
	states, err := r.publisher.store.Revisions(ctx, e.ID)
	if err != nil {
		return false, err
	}
	for i := range states {
		for _, reader := range as {
			if sight, _ := reader.Look(&states[i]); sight.Stands(channel) {
				return true, nil
			}
		}
	}
	return false, nil
}
