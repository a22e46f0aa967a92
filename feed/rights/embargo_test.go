package rights

import (
	"testing"
	"time"

	"warta/feed"
	"warta/sources"
)

// An embargo shows nothing to anybody, whatever permission there is, until the
// clock ends it; one that can't be read waits for an editor.
func TestEmbargo(t *testing.T) {
	now := time.Date(2026, 8, 17, 1, 0, 0, 0, time.UTC)
	at := func(h int) string { return now.Add(time.Duration(h) * time.Hour).Format(time.RFC3339) }
	perms := []feed.Permission{{ID: "p", Source: "s", Use: feed.Full, Audience: feed.Public, Basis: feed.OwnContent}}
	for _, c := range []struct {
		name   string
		values []string
		when   time.Time
		use    feed.Use
		until  string
		hold   bool
	}{
		{"ahead", []string{at(2)}, now, feed.None, at(2), false},
		{"over", []string{at(2)}, now.Add(2 * time.Hour), feed.Full, "", false},
		{"two, the later counts", []string{at(1), at(3)}, now.Add(90 * time.Minute), feed.None, at(3), false},
		{"two, the clock looks at the first", []string{at(1), at(3)}, now, feed.None, at(1), false},
		{"unreadable", []string{""}, now, feed.None, "", true},
		{"unreadable beside one that is over", []string{"", at(-1)}, now, feed.None, "", true},
	} {
		e := feed.Entry{Source: "s"}
		for _, v := range c.values {
			e.Evidence = append(e.Evidence, sources.Evidence{Kind: sources.Embargo, Text: "EMBARGO", Value: v})
		}
		for _, audience := range []feed.Audience{feed.Public, "partner:x"} {
			d := Decide(&e, feed.Policy{Default: feed.Excerpt}, perms, audience, c.when)
			until := ""
			if !d.Until.IsZero() {
				until = d.Until.Format(time.RFC3339)
			}
			if d.Use != c.use || until != c.until || d.Hold != c.hold {
				t.Errorf("%s, %s: use %v until %q hold %v", c.name, audience, d.Use, until, d.Hold)
			}
		}
		// An editor who looked at it opens what can't be read, not what can.
		e.Desk = &feed.Desk{Verdict: feed.Released, Over: feed.EvidenceDigest(e.Evidence)}
		if d := Decide(&e, feed.Policy{}, perms, feed.Public, c.when); c.hold && d.Use != feed.Full || !c.hold && d.Use != c.use {
			t.Errorf("%s, released: use %v", c.name, d.Use)
		}
	}
}
