package publish

import (
	"bytes"
	"context"
	"fmt"
	"io"
	"net"
	"net/http/httptest"
	"regexp"
	"slices"
	"strings"
	"testing"

	"warta/feed"
)

// rawAnswer sends a request line and headers as they are, and returns what came
// back without the date.
func rawAnswer(t *testing.T, address, method, path string, headers ...string) string {
	t.Helper()
	conn, err := net.Dial("tcp", address)
	if err != nil {
		t.Fatal(err)
	}
	defer conn.Close()
	var b bytes.Buffer
	fmt.Fprintf(&b, "%s %s HTTP/1.1\r\nConnection: close\r\n", method, path)
	if !slices.ContainsFunc(headers, func(h string) bool { return strings.HasPrefix(h, "Host:") }) {
		b.WriteString("Host: warta.example\r\n")
	}
	for _, h := range headers {
		b.WriteString(h + "\r\n")
	}
	b.WriteString("\r\n")
	if _, err := conn.Write(b.Bytes()); err != nil {
		t.Fatal(err)
	}
	all, err := io.ReadAll(conn)
	if err != nil {
		t.Fatal(err)
	}
	return dateLine.ReplaceAllString(string(all), "")
}

var dateLine = regexp.MustCompile(`Date: [^\r]*\r\n`)

// Whatever is tried over the wire, an address of a private channel answers as
// the same address of a channel that there isn't: by headers that proxies
// heed, conditions, ranges, odd paths and tokens that open nothing here.
func TestTrialsFromOutside(t *testing.T) {
	b, secrets := partnerBench(t)
	server := httptest.NewServer(b.p)
	defer server.Close()
	address := server.Listener.Addr().String()
	revoked := b.token("kembar2")
	if _, err := b.store.RevokeToken(context.Background(), "kembar2", b.clock); err != nil {
		t.Fatal(err)
	}
	tokens := map[string][]string{
		"none": nil, "wrong": {"Authorization: Bearer warta_" + strings.Repeat("a", 43)}, "revoked": {"Authorization: Bearer " + revoked},
		"another's": {"Authorization: Bearer " + secrets["kembar"]}, "from elsewhere": {"Authorization: Bearer " + secrets["lain"]},
		"as basic": {"Authorization: " + basic("portal", secrets["kembar"])}, "as user": {"Authorization: " + basic(secrets["portal"], "")},
		"two":       {"Authorization: Bearer " + secrets["kembar"], "Authorization: Bearer " + secrets["portal"]},
		"in a list": {"Authorization: Bearer x, Bearer " + secrets["portal"]}, "as digest": {"Authorization: Digest " + secrets["portal"]},
		"for the proxy": {"Proxy-Authorization: Bearer " + secrets["portal"]}, "cookie": {"Cookie: token=" + secrets["portal"]},
	}
	tricks := map[string][]string{
		"nothing": nil, "range": {"Range: bytes=0-10"}, "any version": {"If-None-Match: *"}, "delta": {`If-None-Match: "x"`, "A-IM: feed"},
		"later": {"If-Modified-Since: Fri, 25 Nov 2099 01:00:00 GMT"}, "match": {"If-Match: *"}, "browser": {"Accept: text/html"},
		"host": {"Host: evil.example"}, "forwarded": {"X-Forwarded-Host: evil.example", "X-Forwarded-Proto: https", "X-Forwarded-For: 198.51.100.7", "Forwarded: for=198.51.100.7;host=evil.example"},
		"address": {"X-Real-IP: 198.51.100.7", "True-Client-IP: 198.51.100.7", "CF-Connecting-IP: 198.51.100.7"},
		"rewrite": {"X-Original-URL: /gudang.atom", "X-Rewrite-URL: /gudang.atom", "X-Forwarded-Prefix: /gudang", "X-HTTP-Method-Override: GET"},
	}
	paths := []string{
		"/gudang.atom", "/gudang.json", "/gudang.ninjs.json", "/gudang", "/gudang/", "/gudang/en/", "/gudang.opml", "/gudang.sitemap.xml", "/gudang/2026-03.atom",
		"/gudang/index.html", "/gudang.atom/", "/gudang.atom.gz", "/gudang.atom?token=x", "/gudang.atom;x", "/gudang.atom.", "/gudang.atom%00", "/gudang.atom%20", "/gudang%2eatom",
		"//gudang.atom", "/./gudang.atom", "/x/../gudang.atom", "/%67udang.atom", "/paser/../gudang.atom", "/paser/..%2fgudang.atom", "/%2e%2e/gudang.atom",
		"/p/" + secrets["kembar"] + "/gudang.atom", "/p/" + secrets["kembar"] + "/../gudang.atom", "/p/" + revoked + "/gudang.atom", "/p/" + secrets["kembar"] + "//gudang.atom",
		"/P/" + secrets["portal"] + "/gudang.atom", "/p/" + secrets["portal"] + "%2fgudang.atom", "/p//gudang.atom", "http://evil.example/gudang.atom", "http://warta.example//gudang.atom",
	}
	for token, credentials := range tokens {
		for trick, headers := range tricks {
			for _, path := range paths {
				for _, method := range []string{"GET", "HEAD", "OPTIONS"} {
					if method != "GET" && trick != "nothing" && trick != "rewrite" {
						continue
					}
					all := slices.Concat(credentials, headers)
					got := rawAnswer(t, address, method, path, all...)
					nowhere := strings.ReplaceAll(path, "udang", "idang") // the escaped first letter stays
					want := strings.ReplaceAll(rawAnswer(t, address, method, nowhere, all...), "idang", "udang")
					if got != want || strings.HasPrefix(got, "HTTP/1.1 2") && method != "OPTIONS" || strings.Contains(got, "evil.example") {
						t.Fatalf("%s token, %s: %s %s\n%s\nwhere nothing is:\n%s", token, trick, method, path, got, want)
					}
				}
			}
		}
	}
	// A partner's own token opens its channels at their one address, not at odd
	// ones that a cache might take for another's.
	own := "Authorization: Bearer " + secrets["portal"]
	for _, path := range []string{"/GUDANG.atom", "//gudang.atom", "/./gudang.atom", "/gudang.atom/", "/gudang.atom.", "/lumbung.atom", "/p/" + secrets["portal"] + "/lumbung.atom", "/p/" + secrets["portal"] + "/%67udang.atom"} {
		if got := rawAnswer(t, address, "GET", path, own); strings.HasPrefix(got, "HTTP/1.1 200") {
			t.Errorf("%s is answered:\n%s", path, got)
		}
	}
	// Where everybody looks, nothing tells of the channel or its stories.
	page := "/entries/" + feed.EntryID("kabar", "https://kabar.example/3")
	for _, path := range []string{"/", "/en/", "/about/", "/about/en/", "/channels.opml", "/news-sitemap.xml", "/robots.txt", "/sources/kabar/", "/paser/", "/paser.opml", "/healthz", "/readyz", "/lumbung/", page} {
		for _, token := range []string{"none", "another's", "revoked"} {
			got := rawAnswer(t, address, "GET", path, append(slices.Clone(tokens[token]), "Host: evil.example", "X-Forwarded-Host: evil.example")...)
			if strings.Contains(strings.ToLower(got), "gudang") || strings.Contains(got, "evil.example") {
				t.Errorf("%s token: %s tells of it:\n%s", token, path, got)
			}
		}
	}
}
