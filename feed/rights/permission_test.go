package rights

import (
	"slices"
	"testing"
	"time"

	"warta/feed"
	"warta/sources"
)

func decideWith(e *feed.Entry, policy feed.Policy, perms ...feed.Permission) feed.Decision {
	return Decide(e, policy, perms, feed.Public, now)
}

func hasRule(d feed.Decision, rule string) bool {
	return slices.ContainsFunc(d.Reasons, func(r feed.Reason) bool { return r.Rule == rule })
}

// grantOf is a permission for everybody that shows the whole text.
func grantOf(change func(*feed.Permission)) feed.Permission {
	p := feed.Permission{ID: "izin", Source: "pemkab", Use: feed.Full, Audience: feed.Public, Basis: feed.WrittenPermission}
	if change != nil {
		change(&p)
	}
	return p
}

// TestPerDay: a permission for so many stories a day reaches the first ones of
// the day, and the rest are shown as the owner's public terms say.
func TestPerDay(t *testing.T) {
	p := grantOf(func(p *feed.Permission) { p.PerDay = 2 })
	for place, want := range map[int]feed.Use{0: feed.Headline, 1: feed.Full, 2: feed.Full, 3: feed.Headline} {
		e := feed.Entry{Source: "pemkab", DayPlace: place, Evidence: []sources.Evidence{ev(sources.NoCopy, "")}}
		d := decideWith(&e, feed.Policy{Default: feed.Excerpt}, p)
		if d.Use != want {
			t.Errorf("place %d: %v, want %v", place, d.Use, want)
		}
		if hasRule(d, "permission-per-day") != (want == feed.Headline) || (d.Permission != "") != (want == feed.Full) {
			t.Errorf("place %d: reasons %v", place, d.Reasons)
		}
	}
	// Another permission may still speak of it.
	e := feed.Entry{Source: "pemkab", DayPlace: 9}
	all := grantOf(func(p *feed.Permission) { p.ID, p.Use, p.Abridging = "semua", feed.Excerpt, feed.Yes })
	if d := decideWith(&e, feed.Policy{Default: feed.None}, p, all); d.Use != feed.Excerpt || d.Permission != "semua" {
		t.Errorf("with another permission: %+v", d)
	}
}

// TestCommerce: a permission that excludes commerce rests on a commercial site.
func TestCommerce(t *testing.T) {
	e := feed.Entry{Source: "pemkab"}
	for _, tt := range []struct {
		said       feed.Answer
		commercial bool
		want       feed.Use
	}{
		{feed.Unsaid, true, feed.Full}, {feed.Yes, true, feed.Full}, {feed.No, true, feed.Excerpt},
		{feed.Unsaid, false, feed.Full}, {feed.No, false, feed.Full},
	} {
		p := grantOf(func(p *feed.Permission) { p.Commerce = tt.said })
		d := decideWith(&e, feed.Policy{Default: feed.Excerpt, Commercial: tt.commercial}, p)
		if d.Use != tt.want || hasRule(d, "permission-commerce") != (tt.want == feed.Excerpt) {
			t.Errorf("commerce %q on a site that is commercial=%v: %v, %v", tt.said, tt.commercial, d.Use, d.Reasons)
		}
	}
}

// TestAbridging: leave to print a text is none to cut it, unless the
// permission or the public terms say so.
func TestAbridging(t *testing.T) {
	nd := cc("by-nd")
	for _, tt := range []struct {
		name     string
		evidence []sources.Evidence
		said     feed.Answer
		whole    bool
	}{
		{"nothing said anywhere", nil, feed.Unsaid, false},
		{"a ban on copying", []sources.Evidence{ev(sources.NoCopy, "")}, feed.Unsaid, true},
		{"NoDerivatives", []sources.Evidence{nd}, feed.Unsaid, true},
		{"forbidden", nil, feed.No, true},
		{"granted", []sources.Evidence{ev(sources.NoCopy, ""), nd}, feed.Yes, false},
	} {
		e := feed.Entry{Source: "pemkab", Evidence: tt.evidence}
		d := decideWith(&e, feed.Policy{Default: feed.Excerpt}, grantOf(func(p *feed.Permission) { p.Abridging = tt.said }))
		if d.Use != feed.Full || d.Whole != tt.whole || hasRule(d, "permission-whole") != tt.whole {
			t.Errorf("%s: %v, whole %v; want full, whole %v", tt.name, d.Use, d.Whole, tt.whole)
		}
	}
}

// TestIndexing: full copies ask not to be indexed unless the permission, or
// owning them, says otherwise; then not even the page's own wish stands.
func TestIndexing(t *testing.T) {
	e := feed.Entry{Source: "pemkab", Evidence: []sources.Evidence{ev(sources.NoIndex, "")}}
	for _, tt := range []struct {
		p    feed.Permission
		want bool
	}{
		{grantOf(nil), true},
		{grantOf(func(p *feed.Permission) { p.Indexing = true }), false},
		{grantOf(func(p *feed.Permission) { p.Basis = feed.OwnContent }), false},
	} {
		if d := decideWith(&e, feed.Policy{Default: feed.Excerpt}, tt.p); d.NoIndex != tt.want {
			t.Errorf("%+v: noindex %v", tt.p, d.NoIndex)
		}
	}
}

// TestPeriod: a permission begins and ends at the instant it says, and the
// decision says when the clock will change it.
func TestPeriod(t *testing.T) {
	wita := time.FixedZone("WITA", 8*3600)
	from, until := time.Date(2026, 6, 2, 0, 0, 0, 0, wita), time.Date(2026, 6, 4, 0, 0, 0, 0, wita)
	p := grantOf(func(p *feed.Permission) { p.From, p.Until, p.Notify = from, until, 24*time.Hour })
	e := feed.Entry{Source: "pemkab"}
	for _, tt := range []struct {
		at     time.Time
		use    feed.Use
		next   time.Time
		ending bool
	}{
		{from.Add(-time.Nanosecond), feed.Excerpt, from, false},
		{from, feed.Full, until, false},
		{until.Add(-24 * time.Hour), feed.Full, until, true},
		{until.Add(-time.Nanosecond), feed.Full, until, true},
		{until, feed.Excerpt, time.Time{}, false},
	} {
		d := Decide(&e, feed.Policy{Default: feed.Excerpt}, []feed.Permission{p}, feed.Public, tt.at)
		if d.Use != tt.use || !d.Until.Equal(tt.next) || p.Ending(tt.at) != tt.ending {
			t.Errorf("at %v: %v until %v, ending %v", tt.at, d.Use, d.Until, p.Ending(tt.at))
		}
	}
}

// TestNoticeFrom: an end is called out so long before, a short permission as it
// begins, and none of which nothing is to be said or that never is in force.
func TestNoticeFrom(t *testing.T) {
	at := time.Date(2026, 6, 2, 0, 0, 0, 0, time.UTC)
	day := 24 * time.Hour
	for _, tt := range []struct {
		name        string
		from, until time.Time
		notify      time.Duration
		want        time.Time
	}{
		{"usual", at, at.Add(100 * day), 30 * day, at.Add(70 * day)},
		{"open beginning", time.Time{}, at, day, at.Add(-day)},
		{"short", at, at.Add(day), 30 * day, at},
		{"endless", at, time.Time{}, 30 * day, time.Time{}},
		{"not at all", at, at.Add(day), 0, time.Time{}},
		{"over before it begins", at, at.Add(-day), day, time.Time{}},
	} {
		p := feed.Permission{From: tt.from, Until: tt.until, Notify: tt.notify}
		if got := p.NoticeFrom(); !got.Equal(tt.want) {
			t.Errorf("%s: %v, want %v", tt.name, got, tt.want)
		}
	}
}

// TestCreditForm: a source's own wording goes before the general one, by the
// entry's language.
func TestCreditForm(t *testing.T) {
	policy := feed.Policy{Credit: feed.CreditForms{"id": "umum", "en": "general"}, Language: "id",
		Sources: map[string]feed.SourcePolicy{"pemkab": {Credit: feed.CreditForms{"id": "khusus"}}}}
	for _, tt := range []struct{ source, language, want string }{
		{"pemkab", "id", "khusus"}, {"pemkab", "en-GB", "general"}, {"radio", "id-ID", "umum"}, {"radio", "", "umum"}, {"radio", "jv", "umum"}, {"radio", "fr", "general"}, {"pemkab", "fr", "general"},
	} {
		e := feed.Entry{Source: tt.source, Language: tt.language}
		if d := Decide(&e, policy, nil, feed.Public, now); d.CreditForm != tt.want {
			t.Errorf("%s in %q: %q, want %q", tt.source, tt.language, d.CreditForm, tt.want)
		}
	}
}
