package rights

import (
	"reflect"
	"testing"
	"time"

	"pgregory.net/rapid"

	"warta/feed"
	"warta/sources"
)

var licences = []string{
	"https://creativecommons.org/licenses/by/4.0/", "https://creativecommons.org/licenses/by-sa/3.0/id/",
	"https://creativecommons.org/licenses/by-nc/4.0/", "https://creativecommons.org/licenses/by-nd/4.0/",
	"https://creativecommons.org/licenses/by-nc-nd/2.0/", "https://creativecommons.org/publicdomain/zero/1.0/",
	"https://example.id/ketentuan", "",
}

var drawEvidence = rapid.Custom(func(t *rapid.T) sources.Evidence {
	kind := rapid.SampledFrom([]sources.EvidenceKind{
		sources.Copyright, sources.NoCopy, sources.QuoteWithSource, sources.Licence, sources.Licence, sources.LicenceNone,
		sources.AccessDenied, sources.SharingDenied, sources.RSLProhibits, sources.RSLTerms, sources.NoSnippet, sources.MaxSnippet,
		sources.NoIndex, sources.NoArchive, sources.NoImage, sources.Paywall, sources.TDMReserved, sources.UnavailableAfter,
		sources.Withdrawn, sources.OperatorUse, sources.Unclear, "unheard-of",
	}).Draw(t, "kind")
	values := map[sources.EvidenceKind][]string{
		sources.Licence: licences, sources.Copyright: {"", "reserved"}, sources.MaxSnippet: {"0", "-1", "50", "300", "x"},
		sources.OperatorUse: {"none", "headline", "excerpt", "full", "?"}, sources.TDMReserved: {"0", "1"},
		sources.UnavailableAfter: {"2026-05-01T00:00:00Z", "2026-06-10T00:00:00Z", "?"},
	}[kind]
	value := ""
	if len(values) > 0 {
		value = rapid.SampledFrom(values).Draw(t, "value")
	}
	return ev(kind, value)
})

var drawPolicy = rapid.Custom(func(t *rapid.T) feed.Policy {
	p := feed.Policy{Default: feed.Use(rapid.IntRange(0, 3).Draw(t, "default")), Commercial: rapid.Bool().Draw(t, "commercial")}
	if r := rapid.IntRange(-1, 3).Draw(t, "rights"); r >= 0 {
		use := feed.Use(r)
		p.Sources = map[string]feed.SourcePolicy{"s": {Rights: &use}}
	}
	return p
})

var drawPermission = rapid.Custom(func(t *rapid.T) feed.Permission {
	hours := func(name string) time.Time {
		if h := rapid.IntRange(-50, 50).Draw(t, name); h != 0 {
			return now.Add(time.Duration(h) * time.Hour)
		}
		return time.Time{}
	}
	return feed.Permission{
		ID: rapid.StringMatching(`p[0-9]`).Draw(t, "id"), Source: rapid.SampledFrom([]string{"s", "s", "t"}).Draw(t, "source"),
		Use:    feed.Use(rapid.IntRange(0, 3).Draw(t, "use")),
		Images: rapid.Bool().Draw(t, "images"), Enclosures: rapid.Bool().Draw(t, "enclosures"),
		Audience: rapid.SampledFrom([]feed.Audience{feed.Public, "partner:a", "partner:b"}).Draw(t, "audience"),
		Basis:    rapid.SampledFrom(feed.Bases).Draw(t, "basis"), From: hours("from"), Until: hours("until"),
	}
})

func decide(list []sources.Evidence, p feed.Policy, perms []feed.Permission, a feed.Audience, at time.Time) feed.Decision {
	return Decide(&feed.Entry{Source: "s", Evidence: list}, p, perms, a, at)
}

// looser says in what way b shows more than a, "" if in none.
func looser(a, b feed.Decision) string {
	switch {
	case b.Use > a.Use:
		return "use"
	case b.Images && !a.Images:
		return "images"
	case b.Enclosures && !a.Enclosures:
		return "enclosures"
	case a.Use == feed.Excerpt && b.Use == feed.Excerpt && a.MaxChars > 0 && (b.MaxChars == 0 || b.MaxChars > a.MaxChars):
		return "characters"
	case b.Use == feed.Full && a.Use == feed.Full && a.Whole && !b.Whole:
		return "abridging"
	case a.NoIndex && !b.NoIndex && b.Use == a.Use:
		return "indexing"
	}
	return ""
}

func isLeave(e sources.Evidence) bool {
	return e.Kind == sources.QuoteWithSource || e.Kind == sources.Licence && licenceOf(e.Value).known
}

// More evidence never shows more, unless it is the first leave that is given.
func TestEvidenceNeverLoosens(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		list := rapid.SliceOfN(drawEvidence, 0, 5).Draw(t, "evidence")
		more := drawEvidence.Draw(t, "more")
		policy := drawPolicy.Draw(t, "policy")
		perms := rapid.SliceOfN(drawPermission, 0, 2).Draw(t, "permissions")
		given, licensed := false, false
		for _, e := range list {
			given = given || isLeave(e)
			licensed = licensed || isLeave(e) && e.Kind == sources.Licence
		}
		if isLeave(more) && !given {
			return
		}
		a := decide(list, policy, perms, feed.Public, now)
		b := decide(append(append([]sources.Evidence{}, list...), more), policy, perms, feed.Public, now)
		how := looser(a, b)
		if (how == "images" || how == "enclosures") && !licensed && isLeave(more) {
			return // leave to quote covers no images; the first licence does
		}
		if how != "" {
			t.Fatalf("%v loosens %s: %+v\nthen %+v", more, how, a, b)
		}
	})
}

// The order in which things were said does not matter.
func TestOrderOfEvidence(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		list := rapid.SliceOfN(drawEvidence, 2, 5).Draw(t, "evidence")
		other := rapid.Permutation(list).Draw(t, "other")
		policy := drawPolicy.Draw(t, "policy")
		a, b := decide(list, policy, nil, feed.Public, now), decide(other, policy, nil, feed.Public, now)
		a.Reasons, b.Reasons, a.License, b.License = nil, nil, "", ""
		if !reflect.DeepEqual(a, b) {
			t.Fatalf("%+v\nthen %+v", a, b)
		}
	})
}

// A permission for another audience, another source or another time changes
// nothing.
func TestNoPermissionLeaks(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		list := rapid.SliceOfN(drawEvidence, 0, 4).Draw(t, "evidence")
		policy := drawPolicy.Draw(t, "policy")
		perms := rapid.SliceOfN(drawPermission, 0, 5).Draw(t, "permissions")
		audience := rapid.SampledFrom([]feed.Audience{feed.Public, "partner:a"}).Draw(t, "audience")
		var mine []feed.Permission
		for _, p := range perms {
			if p.Source == "s" && p.InForce(audience, now) {
				mine = append(mine, p)
			}
		}
		a, b := decide(list, policy, perms, audience, now), decide(list, policy, mine, audience, now)
		a.Until, b.Until = time.Time{}, time.Time{}
		if !reflect.DeepEqual(a, b) {
			t.Fatalf("%+v\nthen %+v", a, b)
		}
		if len(mine) == 0 && a.Permission != "" {
			t.Fatalf("permission %s out of nothing", a.Permission)
		}
	})
}

// Until the decision says so, the clock alone changes nothing.
func TestUntil(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		list := rapid.SliceOfN(drawEvidence, 0, 3).Draw(t, "evidence")
		policy := drawPolicy.Draw(t, "policy")
		perms := rapid.SliceOfN(drawPermission, 0, 4).Draw(t, "permissions")
		later := now.Add(time.Duration(rapid.Int64Range(1, int64(400*time.Hour)).Draw(t, "later")))
		a := decide(list, policy, perms, feed.Public, now)
		if !a.Until.IsZero() && !a.Until.After(now) {
			t.Fatalf("until %s is past", a.Until)
		}
		if !a.Until.IsZero() && !later.Before(a.Until) {
			return
		}
		if b := decide(list, policy, perms, feed.Public, later); !reflect.DeepEqual(a, b) {
			t.Fatalf("at %s %+v\nthen at %s %+v", now, a, later, b)
		}
	})
}
