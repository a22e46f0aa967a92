package fetch

import (
	"context"
	"errors"
	"fmt"
	"net/http"
	"strings"
	"testing"
	"time"

	"golang.org/x/sync/errgroup"

	"warta/sources/sourcestest"
)

// noon is the clock of these tests.
var noon = time.Date(2026, 3, 2, 12, 0, 0, 0, time.UTC)

func site(t testing.TB) *sourcestest.Origin {
	t.Helper()
	o := sourcestest.New()
	if err := o.Start(""); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = o.Close() })
	return o
}

func client(t testing.TB, opt Options) *Client {
	t.Helper()
	opt.AllowPrivate = true
	if opt.Now == nil {
		opt.Now = func() time.Time { return noon }
	}
	if opt.UserAgent == "" {
		opt.UserAgent = UserAgent("1.0", "https://warta.example/", "redaksi@warta.example")
	}
	c := New(opt)
	t.Cleanup(c.Close)
	return c
}

func TestUserAgent(t *testing.T) {
	for _, c := range []struct{ version, site, contact, want string }{
		{"1.0", "https://warta.example/", "redaksi@warta.example", "warta/1.0 (+https://warta.example/; redaksi@warta.example)"},
		{"1.0", "", "", "warta/1.0"},
		{"1.0", "", "a@b.example", "warta/1.0 (a@b.example)"},
		{"1 0", "https://x.example/(y)\r\nEvil: 1", "ß", "warta/1-0 (+https://x.example/yEvil: 1)"},
	} {
		if got := UserAgent(c.version, c.site, c.contact); got != c.want {
			t.Errorf("%q, want %q", got, c.want)
		}
	}
}

func TestGet(t *testing.T) {
	o := site(t)
	o.Set("/feed", sourcestest.Document{Type: "application/rss+xml; charset=utf-8", Body: []byte("<rss/>"), Modified: sourcestest.Day(1),
		Header: http.Header{"Content-Location": {"/feed.id"}, "Cache-Control": {"max-age=600"}}})
	c := client(t, Options{})
	resp, err := c.Get(t.Context(), Request{URL: o.URL() + "/feed#top"})
	if err != nil {
		t.Fatal(err)
	}
	if resp.Status != 200 || string(resp.Body) != "<rss/>" || resp.URL != o.URL()+"/feed" || resp.ContentType != "application/rss+xml; charset=utf-8" ||
		resp.ContentLocation != "/feed.id" || resp.NotModified || resp.Unchanged || !resp.Fresh.Equal(noon.Add(10*time.Minute)) {
		t.Errorf("%+v", resp)
	}
	sent := o.Seen("/feed").Last
	for _, name := range []string{"Cookie", "Referer", "If-None-Match", "If-Modified-Since", "Authorization"} {
		if _, ok := sent[name]; ok {
			t.Errorf("%s was sent: %v", name, sent)
		}
	}
	if sent.Get("User-Agent") != "warta/1.0 (+https://warta.example/; redaksi@warta.example)" || sent.Get("Accept-Encoding") != "gzip, br, zstd" {
		t.Errorf("header %v", sent)
	}

	again, err := c.Get(t.Context(), Request{URL: o.URL() + "/feed", ETag: resp.ETag, LastModified: resp.LastModified, BodyHash: resp.Hash})
	if err != nil || !again.NotModified || again.Status != 304 || again.Body != nil ||
		again.ETag != resp.ETag || again.LastModified != resp.LastModified || again.Hash != resp.Hash || again.Fresh.IsZero() {
		t.Errorf("%v %+v", err, again)
	}
	o.Behave("/feed", sourcestest.Behaviour{Blind: true})
	same, err := c.Get(t.Context(), Request{URL: o.URL() + "/feed", ETag: resp.ETag, BodyHash: resp.Hash})
	if err != nil || !same.Unchanged || same.NotModified || same.Body != nil || same.Hash != resp.Hash {
		t.Errorf("%v %+v", err, same)
	}
}

func TestValidatorsByteForByte(t *testing.T) {
	o := site(t)
	c := client(t, Options{})
	for _, tag := range []string{`"plain"`, `W/"weak"`, `unquoted-gzip`, `"a, b"`, `""`, "\"\xe9\"", `"` + strings.Repeat("x", 1000) + `"`} {
		o.Set("/feed", sourcestest.Document{Body: []byte("x"), ETag: tag, Header: http.Header{"Last-Modified": {"yesterday, or so"}}})
		resp, err := c.Get(t.Context(), Request{URL: o.URL() + "/feed"})
		if err != nil || resp.ETag != tag || resp.LastModified != "yesterday, or so" {
			t.Fatalf("%q: %v %+v", tag, err, resp)
		}
		if _, err := c.Get(t.Context(), Request{URL: o.URL() + "/feed", ETag: resp.ETag, LastModified: resp.LastModified}); err != nil {
			t.Fatalf("%q: %v", tag, err)
		}
		if h := o.Seen("/feed").Last; h.Get("If-None-Match") != tag || h.Get("If-Modified-Since") != "yesterday, or so" {
			t.Errorf("%q came back as %q, %q", tag, h.Get("If-None-Match"), h.Get("If-Modified-Since"))
		}
	}
	// What can't stand in a header, or is beyond reason, is not sent.
	for _, tag := range []string{"\"a\r\nX: y\"", "\"\x00\"", `"` + strings.Repeat("x", 2000) + `"`} {
		resp, err := c.Get(t.Context(), Request{URL: o.URL() + "/feed", ETag: tag})
		if err != nil || resp.NotModified {
			t.Errorf("%.20q: %v", tag, err)
		}
		if _, ok := o.Seen("/feed").Last["If-None-Match"]; ok {
			t.Errorf("%.20q was sent", tag)
		}
	}
}

func TestRedirects(t *testing.T) {
	o, other := site(t), site(t)
	o.Behave("/old", sourcestest.Behaviour{Redirect: "/newer", Status: 301})
	o.Behave("/newer", sourcestest.Behaviour{Redirect: other.URL() + "/feed#x", Status: 308})
	o.Behave("/now", sourcestest.Behaviour{Redirect: "/newer", Status: 302})
	other.Set("/feed", sourcestest.Document{Body: []byte("x")})
	c := client(t, Options{})
	resp, err := c.Get(t.Context(), Request{URL: o.URL() + "/old", ETag: `"e"`, LastModified: "x"})
	if err != nil {
		t.Fatal(err)
	}
	want := []Redirect{{o.URL() + "/old", o.URL() + "/newer", 301}, {o.URL() + "/newer", other.URL() + "/feed", 308}}
	if resp.URL != other.URL()+"/feed" || len(resp.Redirects) != 2 || resp.Redirects[0] != want[0] || resp.Redirects[1] != want[1] {
		t.Errorf("%+v", resp)
	}
	if !resp.Redirects[0].Permanent() || !resp.Redirects[1].Permanent() {
		t.Error("not permanent")
	}
	if h := o.Seen("/old").Last; h.Get("If-None-Match") != `"e"` {
		t.Error("validators were not sent to the address asked")
	}
	for _, h := range []http.Header{o.Seen("/newer").Last, other.Seen("/feed").Last} {
		if h.Get("If-None-Match") != "" || h.Get("If-Modified-Since") != "" || h.Get("Referer") != "" {
			t.Errorf("validators went on: %v", h)
		}
	}
	resp, err = c.Get(t.Context(), Request{URL: o.URL() + "/now"})
	if err != nil || resp.Redirects[0].Permanent() {
		t.Errorf("%v %+v", err, resp)
	}
	o.Behave("/wait", sourcestest.Behaviour{Redirect: other.URL() + "/feed", Header: http.Header{"Retry-After": {"60"}}})
	resp, err = c.Get(t.Context(), Request{URL: o.URL() + "/wait"})
	if err != nil || !resp.RetryAfter.Equal(noon.Add(time.Minute)) {
		t.Errorf("%v %+v", err, resp)
	}
}

func TestLogin(t *testing.T) {
	o, other := site(t), site(t)
	o.Behave("/in", sourcestest.Behaviour{Redirect: "/feed"})
	o.Behave("/out", sourcestest.Behaviour{Redirect: other.URL() + "/feed"})
	o.Set("/feed", sourcestest.Document{Body: []byte("x")})
	other.Set("/feed", sourcestest.Document{Body: []byte("x")})
	c := client(t, Options{})
	with := func(path string) string { return strings.Replace(o.URL(), "http://", "http://ana:s3cret@", 1) + path }

	resp, err := c.Get(t.Context(), Request{URL: with("/in")})
	if err != nil || strings.Contains(resp.URL, "s3cret") || strings.Contains(resp.Redirects[0].From, "s3cret") {
		t.Fatalf("%v %+v", err, resp)
	}
	if u, p, ok := (&http.Request{Header: o.Seen("/feed").Last}).BasicAuth(); !ok || u != "ana" || p != "s3cret" {
		t.Errorf("login %q %q", u, p)
	}
	if _, err := c.Get(t.Context(), Request{URL: with("/out")}); err != nil {
		t.Fatal(err)
	}
	if other.Seen("/feed").Last.Get("Authorization") != "" {
		t.Error("the login went to another host")
	}
	for _, raw := range []string{with("/missing"), "http://ana:s3cret@exa mple/", "http://ana:s3cret@[::1/x", "ftp://ana:s3cret@x/", "http://ana:s3cret@x:99999/", "http://ana:s3cret%zz@x/"} {
		_, err := c.Get(t.Context(), Request{URL: raw})
		if err == nil || strings.Contains(err.Error(), "s3cret") {
			t.Errorf("%v", err)
		}
	}
}

func TestInterrupted(t *testing.T) {
	o := site(t)
	o.Behave("/hang", sourcestest.Behaviour{Hang: true})
	ctx, cancel := context.WithCancelCause(t.Context())
	why := errors.New("shutting down")
	cancel(why)
	_, err := client(t, Options{}).Get(ctx, Request{URL: o.URL() + "/hang"})
	var fe *Error
	if !errors.Is(err, why) || errors.As(err, &fe) {
		t.Errorf("an interruption says nothing about the source: %v", err)
	}
}

// TestParallel shares one client, its pools and its robots between many.
func TestParallel(t *testing.T) {
	c := client(t, Options{})
	var g errgroup.Group
	for i := range 8 {
		o := site(t)
		coding := []string{"gzip", "br", "zstd", "identity"}[i%4]
		body := strings.Repeat(fmt.Sprintf("situs %d, ", i), 1000*(i+1))
		o.Set("/feed", sourcestest.Document{Body: []byte(body), Encoding: coding})
		o.Set("/robots.txt", sourcestest.Document{Body: []byte("User-agent: *\nDisallow: /x")})
		g.Go(func() error {
			for range 20 {
				resp, err := c.Get(t.Context(), Request{URL: o.URL() + "/feed", Robots: true})
				if err != nil {
					return err
				}
				if string(resp.Body) != body {
					return fmt.Errorf("site %d got %d bytes of something else", i, len(resp.Body))
				}
			}
			return nil
		})
	}
	if err := g.Wait(); err != nil {
		t.Error(err)
	}
}
