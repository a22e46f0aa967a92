package sourcestest

import (
	"compress/gzip"
	"crypto/tls"
	"io"
	"net/http"
	"runtime"
	"strings"
	"testing"
)

func start(t *testing.T) *Origin {
	t.Helper()
	o := New()
	if err := o.Start(""); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = o.Close() })
	return o
}

// ask sends a request as it is, without following redirects or decoding.
func ask(t *testing.T, url string, header ...string) (*http.Response, string, error) {
	t.Helper()
	req, err := http.NewRequestWithContext(t.Context(), http.MethodGet, url, nil)
	if err != nil {
		t.Fatal(err)
	}
	for i := 0; i < len(header); i += 2 {
		req.Header.Set(header[i], header[i+1])
	}
	tr := &http.Transport{DisableCompression: true, DisableKeepAlives: true, TLSClientConfig: &tls.Config{InsecureSkipVerify: true}}
	resp, err := tr.RoundTrip(req)
	if err != nil {
		return nil, "", err
	}
	defer resp.Body.Close()
	body, err := io.ReadAll(resp.Body)
	return resp, string(body), err
}

func TestConditional(t *testing.T) {
	o := start(t)
	o.Set("/feed", Document{Type: "application/rss+xml", Body: []byte("<rss/>"), Modified: Day(1)})
	resp, body, err := ask(t, o.URL()+"/feed")
	if err != nil || resp.StatusCode != 200 || body != "<rss/>" || resp.Header.Get("Content-Type") != "application/rss+xml" {
		t.Fatalf("%v %v %q", err, resp, body)
	}
	for _, h := range [][]string{
		{"If-None-Match", resp.Header.Get("ETag")},
		{"If-None-Match", "W/" + resp.Header.Get("ETag")},
		{"If-Modified-Since", resp.Header.Get("Last-Modified")},
	} {
		if resp, _, _ := ask(t, o.URL()+"/feed", h...); resp.StatusCode != 304 {
			t.Errorf("%v: %d", h, resp.StatusCode)
		}
	}
	if resp, _, _ := ask(t, o.URL()+"/feed", "If-None-Match", `"other"`, "If-Modified-Since", resp.Header.Get("Last-Modified")); resp.StatusCode != 200 {
		t.Errorf("If-None-Match must decide: %d", resp.StatusCode)
	}
	seen := o.Seen("/feed")
	if seen.Requests != 5 || seen.NotModified != 3 || seen.Last.Get("If-None-Match") != `"other"` {
		t.Errorf("seen %+v", seen)
	}
	if o.Total().Requests != 5 {
		t.Errorf("total %+v", o.Total())
	}
	o.Forget()
	if o.Total().Requests != 0 || o.Seen("/feed").Requests != 0 {
		t.Error("not forgotten")
	}
}

func TestCompression(t *testing.T) {
	o := start(t)
	text := strings.Repeat("berita ", 100)
	o.Set("/feed", Document{Body: []byte(text)})
	resp, body, _ := ask(t, o.URL()+"/feed", "Accept-Encoding", "gzip, br")
	z, err := gzip.NewReader(strings.NewReader(body))
	if err != nil || resp.Header.Get("Content-Encoding") != "gzip" {
		t.Fatal(err, resp.Header)
	}
	if got, _ := io.ReadAll(z); string(got) != text {
		t.Errorf("%q", got)
	}
	o.Set("/feed", Document{Body: []byte(text), Encoding: "br"})
	if resp, body, _ := ask(t, o.URL()+"/feed"); resp.Header.Get("Content-Encoding") != "br" || len(body) > 100 {
		t.Error("br not sent")
	}
}

func TestBehaviours(t *testing.T) {
	o := start(t)
	o.Set("/x", Document{Body: []byte("0123456789")})
	o.Behave("/x", RetryAfter(429, "120"))
	if resp, _, _ := ask(t, o.URL()+"/x"); resp.StatusCode != 429 || resp.Header.Get("Retry-After") != "120" {
		t.Error(resp)
	}
	o.Behave("/x", Behaviour{Redirect: "/x", Status: 301})
	if resp, _, _ := ask(t, o.URL()+"/x"); resp.StatusCode != 301 || resp.Header.Get("Location") != "/x" {
		t.Error(resp)
	}
	o.Behave("/x", Behaviour{Truncate: 4})
	if _, body, err := ask(t, o.URL()+"/x"); err == nil || body != "0123" {
		t.Errorf("truncated: %q %v", body, err)
	}
	o.Behave("/x", Behaviour{Lie: true})
	if resp, _, _ := ask(t, o.URL()+"/x", "If-None-Match", `"z"`); resp.StatusCode != 304 {
		t.Error(resp)
	}
	o.Behave("/x", Behaviour{Bloat: 5000})
	if resp, _, _ := ask(t, o.URL()+"/x"); len(resp.Header) < 6 {
		t.Error(resp.Header)
	}
	o.Behave("/x", Behaviour{Status: 500, Times: 1})
	if resp, _, _ := ask(t, o.URL()+"/x"); resp.StatusCode != 500 {
		t.Error(resp)
	}
	if resp, body, _ := ask(t, o.URL()+"/x"); resp.StatusCode != 200 || body != "0123456789" {
		t.Error("the behaviour did not end")
	}
	o.Remove("/x")
	if resp, _, _ := ask(t, o.URL()+"/x"); resp.StatusCode != 404 {
		t.Error(resp)
	}
}

func TestHangEndsWithClose(t *testing.T) {
	o := start(t)
	o.Behave("/x", Behaviour{Hang: true})
	done := make(chan error)
	go func() {
		_, _, err := ask(t, o.URL()+"/x")
		done <- err
	}()
	for o.Seen("/x").Requests == 0 {
		runtime.Gosched()
	}
	if err := o.Close(); err != nil {
		t.Error(err)
	}
	if err := <-done; err == nil {
		t.Error("answered")
	}
}

func TestTLS(t *testing.T) {
	o := New()
	if err := o.StartTLS(""); err != nil {
		t.Fatal(err)
	}
	defer o.Close()
	o.Set("/x", Document{Body: []byte("x")})
	if _, body, err := ask(t, o.URL()+"/x"); err != nil || body != "x" {
		t.Error(body, err)
	}
	if o.Certificate() == nil || !strings.HasPrefix(o.URL(), "https://") {
		t.Error(o.URL())
	}
}
