package rights

import (
	"strings"
	"testing"
	"time"

	"warta/feed"
	"warta/sources"
	"warta/sources/evidence"
)

var (
	now      = time.Date(2026, 6, 1, 12, 0, 0, 0, time.UTC)
	full     = feed.Full
	excerpt  = feed.Excerpt
	headline = feed.Headline
	none     = feed.None
)

func ev(kind sources.EvidenceKind, value string) sources.Evidence {
	return sources.Evidence{Kind: kind, Value: value, Text: "kata " + string(kind), Where: "entry"}
}

func cc(kind string) sources.Evidence {
	return ev(sources.Licence, "https://creativecommons.org/licenses/"+kind+"/4.0/")
}

// TestUses is the table of uses (DESIGN): what each evidence by itself, and
// together with others, allows a stranger to be shown.
func TestUses(t *testing.T) {
	noncommercial := feed.Policy{Default: feed.Excerpt}
	commercial := feed.Policy{Default: feed.Excerpt, Commercial: true}
	tests := []struct {
		name     string
		evidence []sources.Evidence
		policy   feed.Policy
		use      feed.Use
		check    func(feed.Decision) bool
	}{
		{"nothing said", nil, noncommercial, feed.Excerpt, nil},
		{"nothing said, careful operator", nil, feed.Policy{Default: feed.Headline}, feed.Headline, nil},
		{"nothing said, no policy", nil, feed.Policy{}, feed.None, nil},
		{"nothing said, a default of full is no leave", nil, feed.Policy{Default: feed.Full}, feed.Excerpt, nil},
		{"a bare claim", []sources.Evidence{ev(sources.Copyright, "")}, noncommercial, feed.Excerpt, nil},
		{"all rights reserved", []sources.Evidence{ev(sources.Copyright, "reserved")}, noncommercial, feed.Excerpt, nil},
		{"a claim, careful operator", []sources.Evidence{ev(sources.Copyright, "")}, feed.Policy{Default: feed.Headline}, feed.Headline, nil},
		{"no licence stated", []sources.Evidence{ev(sources.LicenceNone, "")}, noncommercial, feed.Excerpt, nil},
		{"own terms", []sources.Evidence{ev(sources.Licence, "https://example.id/terms")}, noncommercial, feed.Excerpt, nil},
		{"no copying", []sources.Evidence{ev(sources.NoCopy, "")}, noncommercial, feed.Headline, nil},
		{"nosnippet", []sources.Evidence{ev(sources.NoSnippet, "")}, noncommercial, feed.Headline, nil},
		{"closed to aggregators", []sources.Evidence{ev(sources.AccessDenied, "")}, noncommercial, feed.Headline, nil},
		{"not to be shared", []sources.Evidence{ev(sources.SharingDenied, "")}, noncommercial, feed.Headline, nil},
		{"RSL prohibits all", []sources.Evidence{ev(sources.RSLProhibits, "")}, noncommercial, feed.Headline, nil},
		{"paywall", []sources.Evidence{ev(sources.Paywall, "")}, noncommercial, feed.Headline, nil},
		{"RSL terms for machines", []sources.Evidence{ev(sources.RSLTerms, "")}, noncommercial, feed.Excerpt, nil},
		{"TDM not reserved is no leave", []sources.Evidence{ev(sources.TDMReserved, "0")}, noncommercial, feed.Excerpt, nil},
		{"unclear", []sources.Evidence{ev(sources.Unclear, "")}, noncommercial, feed.Headline, func(d feed.Decision) bool { return d.Hold }},
		{"an unknown kind is unclear", []sources.Evidence{ev("something-new", "")}, noncommercial, feed.Headline, func(d feed.Decision) bool { return d.Hold }},
		{"max-snippet", []sources.Evidence{ev(sources.MaxSnippet, "120"), ev(sources.MaxSnippet, "80")}, noncommercial, feed.Excerpt, func(d feed.Decision) bool { return d.MaxChars == 80 }},
		{"max-snippet beats a licence", []sources.Evidence{cc("by"), ev(sources.MaxSnippet, "120")}, noncommercial, feed.Excerpt, func(d feed.Decision) bool { return d.MaxChars == 120 && !d.Images }},
		{"max-snippet unreadable", []sources.Evidence{ev(sources.MaxSnippet, "many")}, noncommercial, feed.Headline, nil},
		{"max-snippet without limit", []sources.Evidence{ev(sources.MaxSnippet, "-1")}, noncommercial, feed.Excerpt, func(d feed.Decision) bool { return d.MaxChars == 0 }},
		{"noarchive", []sources.Evidence{cc("by"), ev(sources.NoArchive, "")}, noncommercial, feed.Excerpt, nil},
		{"noindex is passed on", []sources.Evidence{ev(sources.NoIndex, "")}, noncommercial, feed.Excerpt, func(d feed.Decision) bool { return d.NoIndex }},
		{"quoting with the source named", []sources.Evidence{ev(sources.QuoteWithSource, "")}, noncommercial, feed.Excerpt, nil},
		{"quoting allowed, careful operator", []sources.Evidence{ev(sources.QuoteWithSource, "")}, feed.Policy{Default: feed.Headline}, feed.Excerpt, nil},
		{"likely leave, careful operator", []sources.Evidence{ev(sources.QuoteWithSource, evidence.Likely)}, feed.Policy{Default: feed.Headline}, feed.Headline, nil},
		{"a likely licence", []sources.Evidence{ev(sources.Licence, evidence.Likely)}, noncommercial, feed.Excerpt, func(d feed.Decision) bool { return d.Hold && d.License == "" }},
		{"quoting and no copying", []sources.Evidence{ev(sources.QuoteWithSource, ""), ev(sources.NoCopy, "")}, noncommercial, feed.Headline, func(d feed.Decision) bool { return d.Hold }},
		{"CC BY", []sources.Evidence{cc("by")}, commercial, feed.Full, func(d feed.Decision) bool {
			return d.License == "https://creativecommons.org/licenses/by/4.0/" && d.Images && d.NoIndex && !d.Whole
		}},
		{"CC0", []sources.Evidence{ev(sources.Licence, "https://creativecommons.org/publicdomain/zero/1.0/")}, commercial, feed.Full, nil},
		{"public domain mark", []sources.Evidence{ev(sources.Licence, "http://creativecommons.org/publicdomain/mark/1.0/deed.id")}, commercial, feed.Full, nil},
		{"open government", []sources.Evidence{ev(sources.Licence, "https://www.nationalarchives.gov.uk/doc/open-government-licence/version/3/")}, commercial, feed.Full, nil},
		{"CC BY-SA and a bare ©", []sources.Evidence{cc("by-sa"), ev(sources.Copyright, "")}, commercial, feed.Full, nil},
		{"CC BY and all rights reserved", []sources.Evidence{cc("by"), ev(sources.Copyright, "reserved")}, commercial, feed.Excerpt, func(d feed.Decision) bool { return d.Hold && d.License == "" }},
		{"CC BY and no copying", []sources.Evidence{ev(sources.NoCopy, ""), cc("by")}, noncommercial, feed.Headline, func(d feed.Decision) bool { return d.Hold }},
		{"CC BY-NC, not commercial", []sources.Evidence{cc("by-nc")}, noncommercial, feed.Full, nil},
		{"CC BY-NC, commercial", []sources.Evidence{cc("by-nc")}, commercial, feed.Excerpt, func(d feed.Decision) bool { return !d.Images }},
		{"CC BY-ND", []sources.Evidence{cc("by-nd")}, commercial, feed.Full, func(d feed.Decision) bool { return d.Whole }},
		{"CC BY-ND and noarchive", []sources.Evidence{cc("by-nd"), ev(sources.NoArchive, "")}, commercial, feed.Headline, nil},
		{"CC BY-NC-ND, commercial", []sources.Evidence{cc("by-nc-nd")}, commercial, feed.Headline, nil},
		{"CC BY-NC-ND, not commercial", []sources.Evidence{cc("by-nc-nd")}, noncommercial, feed.Full, func(d feed.Decision) bool { return d.Whole }},
		{"two licences: the tighter", []sources.Evidence{cc("by"), cc("by-nc")}, commercial, feed.Excerpt, nil},
		{"no images", []sources.Evidence{cc("by"), ev(sources.NoImage, "")}, commercial, feed.Full, func(d feed.Decision) bool { return !d.Images }},
		{"withdrawn", []sources.Evidence{cc("by"), ev(sources.Withdrawn, "")}, noncommercial, feed.None, nil},
		{"operator of the entry: none", []sources.Evidence{cc("by"), ev(sources.OperatorUse, "none")}, noncommercial, feed.None, nil},
		{"operator of the entry: headline", []sources.Evidence{cc("by"), ev(sources.OperatorUse, "headline")}, noncommercial, feed.Headline, nil},
		{"operator of the entry: nonsense", []sources.Evidence{cc("by"), ev(sources.OperatorUse, "everything")}, noncommercial, feed.None, nil},
		{"to be taken down yesterday", []sources.Evidence{ev(sources.UnavailableAfter, "2026-05-31T00:00:00Z")}, noncommercial, feed.None, nil},
		{"to be taken down tomorrow", []sources.Evidence{ev(sources.UnavailableAfter, "2026-06-02T00:00:00Z")}, noncommercial, feed.Excerpt, func(d feed.Decision) bool { return d.Until.Day() == 2 }},
		{"to be taken down at no time", []sources.Evidence{ev(sources.UnavailableAfter, "later")}, noncommercial, feed.None, nil},
	}
	for _, test := range tests {
		d := Decide(&feed.Entry{Source: "s", Evidence: test.evidence}, test.policy, nil, feed.Public, now)
		if d.Use != test.use || test.check != nil && !test.check(d) {
			t.Errorf("%s: %+v, want use %s", test.name, d, test.use)
		}
		if len(d.Reasons) == 0 {
			t.Errorf("%s: no reason", test.name)
		}
		if d.Permission != "" || d.Use < feed.Full && d.Whole || d.Use == feed.None && (d.Images || d.Enclosures) {
			t.Errorf("%s: %+v", test.name, d)
		}
	}
}

// TestOperator is what the operator's limit for a source does.
func TestOperator(t *testing.T) {
	grant := []feed.Permission{{ID: "p", Source: "s", Use: feed.Full, Audience: feed.Public, Basis: feed.WrittenPermission}}
	tests := []struct {
		name     string
		rights   *feed.Use
		evidence []sources.Evidence
		perms    []feed.Permission
		use      feed.Use
	}{
		{"none beats a licence", &none, []sources.Evidence{cc("by")}, nil, feed.None},
		{"none beats a permission", &none, nil, grant, feed.None},
		{"headline bounds a licence", &headline, []sources.Evidence{cc("by")}, nil, feed.Headline},
		{"excerpt bounds a licence", &excerpt, []sources.Evidence{cc("by")}, nil, feed.Excerpt},
		{"excerpt yields to a permission", &excerpt, nil, grant, feed.Full},
		{"full is no leave", &full, nil, nil, feed.Excerpt},
		{"full opens quoting", &full, []sources.Evidence{ev(sources.QuoteWithSource, "")}, nil, feed.Full},
		{"full does not open likely leave", &full, []sources.Evidence{ev(sources.QuoteWithSource, evidence.Likely)}, nil, feed.Excerpt},
		{"full does not open a ban", &full, []sources.Evidence{ev(sources.QuoteWithSource, ""), ev(sources.NoCopy, "")}, nil, feed.Headline},
		{"excerpt of what may not be cut", &excerpt, []sources.Evidence{cc("by-nd")}, nil, feed.Headline},
	}
	for _, test := range tests {
		policy := feed.Policy{Default: feed.Excerpt, Sources: map[string]feed.SourcePolicy{"s": {Rights: test.rights}}}
		d := Decide(&feed.Entry{Source: "s", Evidence: test.evidence}, policy, test.perms, feed.Public, now)
		if d.Use != test.use {
			t.Errorf("%s: %s, want %s", test.name, d.Use, test.use)
		}
	}
}

// TestPermissions is who may see what by a permission, and when.
func TestPermissions(t *testing.T) {
	day := func(d int) time.Time { return time.Date(2026, 6, d, 0, 0, 0, 0, time.FixedZone("WITA", 8*3600)) }
	open := feed.Permission{ID: "open", Source: "s", Use: feed.Full, Images: true, Audience: feed.Public, Basis: feed.WrittenPermission, Credit: feed.CreditForms{"": "Dok. Pemkab"}}
	partner := feed.Permission{ID: "partner", Source: "s", Use: feed.Full, Enclosures: true, Audience: "partner:portal", Basis: feed.PaidLicence}
	other := feed.Permission{ID: "other", Source: "t", Use: feed.Full, Audience: feed.Public}
	short := feed.Permission{ID: "short", Source: "s", Use: feed.Excerpt, Audience: feed.Public, Basis: feed.RevenueShare}
	photos := feed.Permission{ID: "photos", Source: "s", Use: feed.None, Images: true, Audience: feed.Public, Basis: feed.WrittenPermission}
	statute := feed.Permission{ID: "statute", Source: "s", Use: feed.Full, Images: true, Enclosures: true, Audience: feed.Public, Basis: feed.Statutory}
	past, future := open, open
	past.From, past.Until = day(1).AddDate(-1, 0, 0), day(1)
	future.From, future.Until = day(2), day(9)
	ban := []sources.Evidence{ev(sources.NoCopy, "")}
	tests := []struct {
		name     string
		evidence []sources.Evidence
		perms    []feed.Permission
		audience feed.Audience
		use      feed.Use
		check    func(feed.Decision) bool
	}{
		{"replaces a ban", ban, []feed.Permission{open}, feed.Public, feed.Full, func(d feed.Decision) bool {
			return d.Images && !d.Enclosures && d.Permission == "open" && d.CreditLine == "Dok. Pemkab"
		}},
		{"reaches partners too", ban, []feed.Permission{open}, "partner:portal", feed.Full, nil},
		{"a partner's is not the public's", ban, []feed.Permission{partner}, feed.Public, feed.Headline, func(d feed.Decision) bool { return d.Permission == "" && !d.Enclosures }},
		{"a partner's is not another's", ban, []feed.Permission{partner}, "partner:lain", feed.Headline, nil},
		{"a partner's is the partner's", ban, []feed.Permission{partner}, "partner:portal", feed.Full, func(d feed.Decision) bool { return d.Enclosures && !d.Images }},
		{"the largest counts", ban, []feed.Permission{short, partner}, "partner:portal", feed.Full, func(d feed.Decision) bool { return d.Permission == "partner" }},
		{"another source's", ban, []feed.Permission{other}, feed.Public, feed.Headline, nil},
		{"no more than it grants", []sources.Evidence{cc("by")}, []feed.Permission{short}, feed.Public, feed.Excerpt, func(d feed.Decision) bool { return !d.Images }},
		{"photographs only", ban, []feed.Permission{photos}, feed.Public, feed.Headline, func(d feed.Decision) bool { return d.Images && d.Permission == "photos" }},
		{"a statute covers no images", ban, []feed.Permission{statute}, feed.Public, feed.Full, func(d feed.Decision) bool { return !d.Images && !d.Enclosures }},
		{"answers what was unclear", []sources.Evidence{ev(sources.Unclear, "")}, []feed.Permission{open}, feed.Public, feed.Full, func(d feed.Decision) bool { return !d.Hold }},
		{"not a withdrawal", []sources.Evidence{ev(sources.Withdrawn, "")}, []feed.Permission{open}, feed.Public, feed.None, func(d feed.Decision) bool { return !d.Images }},
		{"not in force any more", ban, []feed.Permission{past}, feed.Public, feed.Headline, func(d feed.Decision) bool { return d.Until.IsZero() }},
		{"not in force yet", ban, []feed.Permission{future}, feed.Public, feed.Headline, func(d feed.Decision) bool { return d.Until.Equal(day(2)) }},
	}
	for _, test := range tests {
		e := feed.Entry{Source: "s", Evidence: test.evidence}
		d := Decide(&e, feed.Policy{Default: feed.Excerpt}, test.perms, test.audience, now)
		if d.Use != test.use || test.check != nil && !test.check(d) {
			t.Errorf("%s: %+v, want use %s", test.name, d, test.use)
		}
	}
	// At midnight WITA, by the clock alone.
	e := feed.Entry{Source: "s", Evidence: ban}
	for _, step := range []struct {
		at    time.Time
		use   feed.Use
		until time.Time
	}{
		{day(2).Add(-time.Nanosecond), feed.Headline, day(2)},
		{day(2), feed.Full, day(9)},
		{day(9).Add(-time.Nanosecond), feed.Full, day(9)},
		{day(9), feed.Headline, time.Time{}},
	} {
		d := Decide(&e, feed.Policy{Default: feed.Excerpt}, []feed.Permission{future}, feed.Public, step.at)
		if d.Use != step.use || !d.Until.Equal(step.until) {
			t.Errorf("at %s: %s until %s", step.at, d.Use, d.Until)
		}
	}
}

func TestNoticeOfWithdrawal(t *testing.T) {
	e := feed.Entry{Source: "s", Evidence: []sources.Evidence{cc("by")}, Notice: &feed.Notice{Kind: feed.Withdrawal}}
	if d := Decide(&e, feed.Policy{Default: feed.Excerpt}, nil, feed.Public, now); d.Use != feed.None || d.Reasons[0].Rule != "withdrawn" {
		t.Errorf("%+v", d)
	}
	e.Notice.Kind = feed.Correction
	if d := Decide(&e, feed.Policy{Default: feed.Excerpt}, nil, feed.Public, now); d.Use != feed.Full {
		t.Errorf("%+v", d)
	}
}

// Every row can be read by people, names its ground, and has its own id.
func TestTable(t *testing.T) {
	if len(rows) != len(Table) {
		t.Error("two rows with one id")
	}
	for _, r := range Table {
		if r.Text.ID == "" || r.Text.EN == "" || r.Basis == "" || r.ID == "" {
			t.Errorf("%s: incomplete", r.ID)
		}
	}
}

func TestExplain(t *testing.T) {
	e := feed.Entry{Source: "s", Evidence: []sources.Evidence{{Kind: sources.NoCopy, Text: "Dilarang mengutip tanpa izin.", Where: "text, last paragraph"}, ev(sources.Copyright, "")}}
	d := Decide(&e, feed.Policy{Default: feed.Excerpt}, nil, feed.Public, now)
	id, en := Explain(d, "id"), Explain(d, "en")
	for _, want := range []string{"Ditampilkan: judul", "melarang", "“Dilarang mengutip tanpa izin.”", "(teks, alinea terakhir)"} {
		if !strings.Contains(id, want) {
			t.Errorf("%q is missing in\n%s", want, id)
		}
	}
	if !strings.Contains(en, "forbids") || strings.Index(en, "forbids") > strings.Index(en, "claims") {
		t.Errorf("the reason that decided is not first:\n%s", en)
	}
	if Explain(feed.Decision{}, "id") != "Tidak ditampilkan." {
		t.Errorf("%q", Explain(feed.Decision{}, "id"))
	}
}

func TestMost(t *testing.T) {
	p := feed.Policy{Default: feed.Excerpt}
	for _, test := range []struct {
		ev   sources.Evidence
		most feed.Use
	}{
		{ev(sources.NoCopy, ""), feed.Headline}, {cc("by"), feed.Full}, {ev(sources.Copyright, ""), feed.Excerpt},
		{ev(sources.QuoteWithSource, ""), feed.Excerpt}, {ev(sources.NoIndex, ""), feed.Full}, {ev("new", ""), feed.Headline},
	} {
		if got := Most(test.ev, p); got != test.most {
			t.Errorf("%s: %s, want %s", test.ev.Kind, got, test.most)
		}
	}
}

// A statutory ground reaches news of the day, and no paid content.
func TestStatutoryLeavesPaidContent(t *testing.T) {
	perms := []feed.Permission{{ID: "statute", Source: "s", Use: feed.Full, Audience: feed.Public, Basis: feed.Statutory, Article: "UU 28/2014 Pasal 43 huruf c"}}
	for advert, want := range map[bool]feed.Use{false: feed.Full, true: feed.Excerpt} {
		e := feed.Entry{Source: "s", Advertorial: advert}
		if d := Decide(&e, feed.Policy{Default: feed.Excerpt}, perms, feed.Public, time.Now()); d.Use != want {
			t.Errorf("paid %t: %v; want %v", advert, d.Use, want)
		}
	}
}
