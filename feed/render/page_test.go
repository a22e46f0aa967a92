package render

import (
	"bytes"
	"crypto/sha256"
	"encoding/base64"
	"strings"
	"testing"

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
