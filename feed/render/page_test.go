package render

import (
	"bytes"
	"crypto/sha256"
	"encoding/base64"
	"strings"
	"testing"
	"time"

	"warta/feed"
	"warta/sources"
)

// TestPages pins the pages that are no channel.
func TestPages(t *testing.T) {
	h := testHead
	var b bytes.Buffer
	home := HomePage{
		Site: testSite, OPML: "https://warta.example/sources.opml",
		Channels: []HomeChannel{{Head: h, Latest: samples()}, {Head: Head{Site: testSite, Channel: feed.Channel{ID: "sepi", Title: "Sepi"}, Page: "https://warta.example/sepi/"}}},
		Sources:  []Subscription{{Source: sources.Source{ID: "pemkab", URL: "https://pemkab.example/"}, Title: "Pemkab Paser"}},
	}
	if err := Home(&b, home); err != nil {
		t.Fatal(err)
	}
	golden(t, "home.html", b.Bytes())
	for i, s := range append(samples(), withdrawnSample()) {
		b.Reset()
		v := EntryView{Site: testSite, Shown: s, Channels: []Head{h}, Switch: "?lang=en"}
		if i == 0 {
			v.Revisions = []Revision{{1, day(16, 4), "Bupati resmikan jembatan"}, {2, day(17, 5), s.Entry.Title}}
		}
		if i == 1 {
			v.Site.Language = "en"
		}
		if err := EntryPage(&b, v); err != nil {
			t.Fatal(err)
		}
		golden(t, "entry-"+s.Entry.ID[:1]+".html", b.Bytes())
	}
}

// TestAbout pins the page about ourselves in both languages.
func TestAbout(t *testing.T) {
	v := AboutView{
		Site: testSite, Switch: "?lang=en", OPML: testSite.URL + "sources.opml",
		Sources: []AboutSource{
			{Subscription: Subscription{Source: sources.Source{ID: "pemkab", URL: "https://pemkab.example/", Feed: "https://pemkab.example/feed/", Language: "id"}, Title: "Pemkab Paser"}, Use: feed.Full, Rights: "© 2025 Pemkab Paser", Licences: []string{"https://creativecommons.org/licenses/by/4.0/", Unspecified}},
			{Subscription: Subscription{Source: sources.Source{ID: "kabar", Feed: "https://kabar.example/rss"}}, Use: feed.Headline, Language: "en-GB"},
		},
		Permissions: []AboutPermission{
			{feed.Permission{ID: "surat-1", Use: feed.Full, Images: true, Enclosures: true, Basis: feed.WrittenPermission, GrantedBy: "PRIVATE", Document: "PRIVATE.pdf", From: time.Date(2025, 12, 31, 17, 0, 0, 0, time.UTC), Until: time.Date(2026, 12, 31, 17, 0, 0, 0, time.UTC)}, "Pemkab Paser"},
			{feed.Permission{ID: "uu", Use: feed.Excerpt, Images: true, Basis: feed.Statutory, From: day(16, 3)}, "Kabar"},
			{feed.Permission{ID: "sendiri", Use: feed.Full, Basis: feed.OwnContent}, "Kabar"},
		},
		Uses: []AboutUses{{feed.Bilingual{ID: "Yang membuka", EN: "What opens"}, []AboutUse{
			{Text: feed.Bilingual{ID: "Lisensi terbuka.", EN: "An open licence."}, Most: feed.Full},
			{Text: feed.Bilingual{ID: "Tidak diindeks.", EN: "Not to be indexed."}, Most: feed.Full, Note: true},
		}}},
	}
	for _, language := range []string{"id", "en"} {
		v.Site.Language = language
		var b bytes.Buffer
		if err := About(&b, v); err != nil {
			t.Fatal(err)
		}
		if bytes.Contains(b.Bytes(), []byte("PRIVATE")) || bytes.Contains(b.Bytes(), []byte("<script")) {
			t.Error("the page shows what it must not")
		}
		golden(t, "about-"+language+".html", b.Bytes())
	}
}

// TestCSP checks that the policy names the style that the pages carry.
func TestCSP(t *testing.T) {
	page := document(t, HTML)
	_, rest, _ := bytes.Cut(page, []byte("<style>"))
	style, _, ok := bytes.Cut(rest, []byte("</style>"))
	if !ok {
		t.Fatal("the page has no style")
	}
	sum := sha256.Sum256(style)
	want := "'sha256-" + base64.StdEncoding.EncodeToString(sum[:]) + "'"
	if !strings.Contains(CSP, want) {
		t.Errorf("CSP = %q; the style's hash is %s", CSP, want)
	}
	if bytes.Contains(page, []byte("<script")) || bytes.Contains(page, []byte(" style=")) || bytes.Contains(page, []byte(" onload")) {
		t.Error("the page holds what its policy forbids")
	}
}

// TestSourcePage pins the page about a source in both languages.
func TestSourcePage(t *testing.T) {
	s := samples()
	v := SourceView{
		Site: testSite, Switch: "https://warta.example/sources/pemkab/en/", Channels: []Head{testHead},
		Source: AboutSource{
			Subscription: Subscription{Source: sources.Source{ID: "pemkab", URL: "https://pemkab.example/", Feed: "https://pemkab.example/feed/", Language: "id", Regions: []string{"64.01"}}, Title: "Pemkab <Paser>"},
			Rights:       "© 2025 Pemkab Paser", Licences: []string{"https://creativecommons.org/licenses/by/4.0/", Unspecified},
		},
		Decision: s[0].Decision, Evidence: s[0].Entry.Evidence, Latest: append(s, withdrawnSample()),
		Permissions: []AboutPermission{{feed.Permission{ID: "surat-1", Use: feed.Full, Basis: feed.WrittenPermission, GrantedBy: "PRIVATE"}, "Pemkab Paser"}},
	}
	for _, language := range []string{"id", "en"} {
		v.Site.Language = language
		var b bytes.Buffer
		if err := SourcePage(&b, v); err != nil {
			t.Fatal(err)
		}
		if bytes.Contains(b.Bytes(), []byte("PRIVATE")) || bytes.Contains(b.Bytes(), []byte("<script")) {
			t.Error("the page shows what it must not")
		}
		golden(t, "source-"+language+".html", b.Bytes())
	}
	var b bytes.Buffer
	if err := SourcePage(&b, SourceView{Site: testSite, Source: AboutSource{Subscription: Subscription{Source: sources.Source{ID: "sepi"}}}}); err != nil {
		t.Fatal(err)
	}
}

// TestFeedPage pins what a browser sees in place of a feed.
func TestFeedPage(t *testing.T) {
	for _, v := range []FeedView{
		{Head: testHead, Format: Atom, Latest: samples()},
		{Head: testHead.as(RSS), Format: RSS, Volume: "2025-05"},
	} {
		var b bytes.Buffer
		if err := FeedPage(&b, v); err != nil {
			t.Fatal(err)
		}
		if len(b.Bytes()) > 50_000 || bytes.Contains(b.Bytes(), []byte("<script")) {
			t.Error("the page is heavy or has a script")
		}
		golden(t, "feedpage"+v.Format.Extension()+".html", b.Bytes())
	}
}
