package publish

import (
	"encoding/xml"
	"net/http"
	"net/url"
	"regexp"
	"strings"
	"testing"
)

// At the address that holds its token a partner finds what it may read, as a
// page in both languages and as a list for readers, whose every address works;
// others find nothing there, and no cache keeps it.
func TestMemberList(t *testing.T) {
	b, secrets := partnerBench(t)
	secret := secrets["portal"]
	base := "/p/" + secret + "/"
	addresses := regexp.MustCompile(`(?:href|xmlUrl|htmlUrl)="https://warta\.example(/p/[^"]*)"`)
	for _, path := range []string{base, base + "en/", base + "channels.opml"} {
		r := b.get(path)
		body := text(t, r)
		if r.StatusCode != http.StatusOK || !strings.Contains(body, "Paser") || !strings.Contains(body, "Gudang kabar") || strings.Contains(body, "Lumbung") || strings.Contains(body, "Semua<") {
			t.Errorf("%s: %d\n%s", path, r.StatusCode, body)
		}
		for name, want := range map[string]string{"Cache-Control": "private, no-store", "X-Robots-Tag": "noindex", "Referrer-Policy": "no-referrer", "Access-Control-Allow-Origin": ""} {
			if got := r.Header.Get(name); got != want {
				t.Errorf("%s: %s is %q", path, name, got)
			}
		}
		found := addresses.FindAllStringSubmatch(body, -1)
		if len(found) < 4 {
			t.Errorf("%s names %d addresses", path, len(found))
		}
		for _, m := range found {
			if r := b.get(m[1]); r.StatusCode != http.StatusOK {
				t.Errorf("%s names %s: %d", path, m[1], r.StatusCode)
			}
		}
	}
	if body := b.text(base + "en/"); !strings.Contains(body, "hold your token") || !strings.Contains(body, `lang="en"`) {
		t.Error("the page in English is not")
	}
	// With the token in a header the list has the ordinary addresses.
	var list struct {
		Body struct {
			Outlines []struct {
				XML  string `xml:"xmlUrl,attr"`
				HTML string `xml:"htmlUrl,attr"`
			} `xml:"outline"`
		} `xml:"body"`
	}
	if err := xml.Unmarshal([]byte(b.text("/channels.opml", bearer(secret)...)), &list); err != nil {
		t.Fatal(err)
	}
	if len(list.Body.Outlines) != 2 {
		t.Fatalf("%+v", list)
	}
	for _, o := range list.Body.Outlines {
		u, err := url.Parse(o.XML)
		if err != nil || strings.Contains(o.XML+o.HTML, secret) {
			t.Fatalf("%v in %+v", err, o)
		}
		if r := b.get(u.Path, bearer(secret)...); r.StatusCode != http.StatusOK {
			t.Errorf("%s: %d", o.XML, r.StatusCode)
		}
	}
	if body := b.text("/channels.opml"); strings.Contains(body, "gudang") {
		t.Error("everybody is told of a private channel")
	}
	// A contract that has only Atom has no pages.
	if body := b.text("/p/" + secrets["singkat"] + "/"); strings.Contains(body, ".rss") || strings.Contains(body, `paser/"`) {
		t.Errorf("formats beyond the contract:\n%s", body)
	}
	for _, path := range []string{"/p/", "/p/x/", "/p/" + secret[:30] + "/", "/p/" + secret, "/p/" + secrets["lain"] + "/", "/p/" + secret + "/id/", "/p/" + secret + "//", "/p//"} {
		if got, want := b.get(path), b.get("/p/x/tiada"); !same(t, got, want) {
			t.Errorf("%s: %d %v, want as where nothing is", path, got.StatusCode, got.Header)
		}
	}
}
