package fetch

import (
	"context"
	"crypto/tls"
	"errors"
	"io"
	"net"
	"net/http"
	"strings"
	"syscall"
	"testing"
	"time"

	"warta/sources/sourcestest"
)

// TestKinds shows every kind of failure with what is said about it.
func TestKinds(t *testing.T) {
	o := site(t)
	big := sourcestest.Document{Body: []byte(strings.Repeat("x", 3000)), Encoding: "identity"}
	o.Set("/big", big)
	o.Set("/truncated", big)
	o.Set("/short", sourcestest.Document{Body: []byte("short")})
	packed, err := sourcestest.Pack([]byte(strings.Repeat("berita ", 50)), "gzip")
	if err != nil {
		t.Fatal(err)
	}
	o.Set("/halfgzip", sourcestest.Document{Body: packed[:len(packed)/2], Encoding: "identity", Header: http.Header{"Content-Encoding": {"gzip"}}})
	o.Set("/badbr", sourcestest.Document{Body: []byte("no brotli at all, this"), Encoding: "identity", Header: http.Header{"Content-Encoding": {"br"}}})
	o.Set("/badzstd", sourcestest.Document{Body: []byte("no zstd at all, this"), Encoding: "identity", Header: http.Header{"Content-Encoding": {"zstd"}}})
	o.Set("/deflate", sourcestest.Document{Body: []byte("x"), Encoding: "identity", Header: http.Header{"Content-Encoding": {"deflate"}}})
	o.Set("/onion", sourcestest.Document{Body: []byte("x"), Encoding: "identity", Header: http.Header{"Content-Encoding": {"gzip, gzip", "gzip, br"}}})
	for path, b := range map[string]sourcestest.Behaviour{
		"/gone": {Status: 410}, "/401": {Status: 401}, "/402": {Status: 402}, "/403": {Status: 403}, "/451": {Status: 451},
		"/cf":  {Status: 403, Header: http.Header{"Server": {"cloudflare"}}},
		"/429": sourcestest.RetryAfter(429, "120"), "/429date": sourcestest.RetryAfter(429, "Mon, 02 Mar 2026 13:00:00 GMT"), "/429bare": {Status: 429},
		"/503": {Status: 503}, "/503wait": sourcestest.RetryAfter(503, "3600"), "/500": {Status: 500}, "/599": {Status: 599},
		"/418": {Status: 418}, "/304": {Status: 304}, "/206": {Status: 206}, "/300": {Status: 300},
		"/nowhere": {Status: 301}, "/loop": {Redirect: "/loop"}, "/a": {Redirect: "/b"}, "/b": {Redirect: "/a"},
		"/1": {Redirect: "/2"}, "/2": {Redirect: "/3"}, "/3": {Redirect: "/4"}, "/4": {Redirect: "/5"},
		"/file": {Redirect: "file:///etc/passwd"}, "/ssh": {Redirect: "http://127.0.0.1:22/"}, "/junk": {Redirect: "http://[::1"},
		"/bloat": {Bloat: 9000}, "/truncated": {Truncate: 1000},
	} {
		if path == "/nowhere" {
			b.Header = http.Header{"X": {"y"}}
		}
		o.Behave(path, b)
	}
	c := client(t, Options{MaxBody: 2048, MaxHeader: 4096, MaxRedirects: 3})
	o.Set("/truncated", sourcestest.Document{Body: []byte(strings.Repeat("x", 2000)), Encoding: "identity"})
	for _, tc := range []struct {
		path   string
		kind   Kind
		status int
		wait   time.Duration
		says   string
	}{
		{"/gone", Gone, 410, 0, "410 Gone; its owner removed it for good"},
		{"/missing", NotFound, 404, 0, "404 Not Found; look for the new address"},
		{"/401", Forbidden, 401, 0, "it wants a login"},
		{"/402", Forbidden, 402, 0, "402"},
		{"/403", Forbidden, 403, 0, `let "warta/1.0 (`},
		{"/451", Forbidden, 451, 0, "legal"},
		{"/cf", Forbidden, 403, 0, "protection against bots"},
		{"/429", Throttled, 429, 2 * time.Minute, "until 2026-03-02T12:02:00Z"},
		{"/429bare", Throttled, 429, 0, "429"},
		{"/503", Server, 503, 0, "503"},
		{"/503wait", Throttled, 503, time.Hour, "503"},
		{"/500", Server, 500, 0, "tried again"},
		{"/599", Server, 599, 0, "without a name"},
		{"/418", Refused, 418, 0, "418"},
		{"/304", Server, 304, 0, "not an answer to what was asked"},
		{"/206", Server, 206, 0, "206"},
		{"/300", Server, 300, 0, "300"},
		{"/nowhere", Server, 301, 0, "301"},
		{"/loop", RedirectLoop, 302, 0, "circle"},
		{"/a", RedirectLoop, 302, 0, "circle"},
		{"/1", RedirectLoop, 302, 0, "more than 3 redirects"},
		{"/file", BadURL, 0, 0, `scheme "file"`},
		{"/ssh", BadURL, 0, 0, "port 22 belongs to another service"},
		{"/junk", BadURL, 302, 0, "no address"},
		{"/bloat", TooLarge, 0, 0, "header of more than the 4 KiB"},
		{"/big", TooLarge, 0, 0, "more than the 2 KiB allowed (announced)"},
		{"/truncated", Network, 0, 0, "broke off after 1000 bytes"},
		{"/halfgzip", Network, 0, 0, "broke off"},
		{"/badbr", Encoding, 0, 0, "decompressing"},
		{"/badzstd", Encoding, 0, 0, "decompressing"},
		{"/deflate", Encoding, 0, 0, `"deflate"`},
		{"/onion", Encoding, 0, 0, "more than 3 times"},
	} {
		_, err := c.Get(t.Context(), Request{URL: o.URL() + tc.path})
		fails(t, tc.path, err, tc.kind, tc.says)
		var fe *Error
		if errors.As(err, &fe) {
			if fe.Status != tc.status {
				t.Errorf("%s: status %d", tc.path, fe.Status)
			}
			if tc.wait != 0 && !fe.RetryAfter.Equal(noon.Add(tc.wait)) || tc.wait == 0 && !fe.RetryAfter.IsZero() {
				t.Errorf("%s: retry after %s", tc.path, fe.RetryAfter)
			}
		}
	}
	if _, err := c.Get(t.Context(), Request{URL: o.URL() + "/429date"}); !IsKind(err, Throttled) {
		t.Error(err)
	}
}

func fails(t *testing.T, what string, err error, kind Kind, says string) {
	t.Helper()
	if !IsKind(err, kind) {
		t.Errorf("%s: want %s, got %v", what, kind, err)
		return
	}
	var fe *Error
	errors.As(err, &fe)
	if !strings.Contains(err.Error(), says) || fe.URL == "" || !strings.Contains(err.Error(), fe.URL) {
		t.Errorf("%s: %q does not say %q", what, err, says)
	}
}

func TestNetwork(t *testing.T) {
	ln, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	closed := "http://" + ln.Addr().String() + "/"
	_ = ln.Close()
	c := client(t, Options{})
	_, err = c.Get(t.Context(), Request{URL: closed})
	fails(t, "refused", err, Network, "refuses connections")

	// An answer that is not HTTP.
	ln, err = net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	defer ln.Close()
	go func() {
		for {
			conn, err := ln.Accept()
			if err != nil {
				return
			}
			_, _ = conn.Write([]byte("220 mail.example ESMTP\r\n"))
			_ = conn.Close()
		}
	}()
	_, err = c.Get(t.Context(), Request{URL: "http://" + ln.Addr().String() + "/"})
	fails(t, "not HTTP", err, Network, "")

	// A server that takes connections and never says a word.
	mute, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	defer mute.Close()
	impatient := client(t, Options{FirstByte: 20 * time.Millisecond})
	for _, scheme := range []string{"http", "https"} {
		_, err = impatient.Get(t.Context(), Request{URL: scheme + "://" + mute.Addr().String() + "/"})
		fails(t, "mute", err, Timeout, "no answer within 20ms")
	}

	for _, tc := range []struct {
		err  error
		kind Kind
		says string
	}{
		{&net.DNSError{Name: "warta.invalid", Err: "no such host", IsNotFound: true}, DNS, "there is no host warta.invalid; check the spelling"},
		{&net.DNSError{Name: "warta.invalid", Err: "server misbehaving", IsTemporary: true}, DNS, "warta.invalid can't be resolved: server misbehaving"},
		{&net.DNSError{Name: "warta.invalid", Err: "i/o timeout", IsTimeout: true}, DNS, "i/o timeout"},
		{&net.OpError{Op: "dial", Net: "tcp", Err: syscall.ECONNRESET}, Network, "broke the connection off"},
		{&net.OpError{Op: "dial", Net: "tcp", Err: syscall.EHOSTUNREACH}, Network, "no route to host"},
		{io.EOF, Network, "without an answer"},
	} {
		c.transport.DialContext = func(context.Context, string, string) (net.Conn, error) { return nil, tc.err }
		_, err = c.Get(t.Context(), Request{URL: "http://warta.invalid/"})
		fails(t, tc.says, err, tc.kind, tc.says)
	}
}

func TestTLS(t *testing.T) {
	start := func(from, until time.Time, hosts ...string) *sourcestest.Origin {
		o := sourcestest.New()
		if err := o.StartCertificate("", from, until, hosts...); err != nil {
			t.Fatal(err)
		}
		t.Cleanup(func() { _ = o.Close() })
		o.Set("/", sourcestest.Document{Body: []byte("rahasia")})
		return o
	}
	day := 24 * time.Hour
	good := start(noon.Add(-day), noon.Add(day), "127.0.0.1")
	old := start(noon.Add(-9*day), noon.Add(-2*day), "127.0.0.1")
	early := start(noon.Add(2*day), noon.Add(9*day), "127.0.0.1")
	wrong := start(noon.Add(-day), noon.Add(day), "lain.example")
	trusting := func(o *sourcestest.Origin) *Client {
		c := client(t, Options{})
		conf := c.transport.TLSClientConfig
		conf.Time = func() time.Time { return noon }
		conf.RootCAs = pool(o)
		return c
	}
	c := client(t, Options{})
	c.transport.TLSClientConfig.Time = func() time.Time { return noon }
	_, err := c.Get(t.Context(), Request{URL: good.URL()})
	fails(t, "untrusted", err, TLS, "signed by nobody this machine knows")
	_, err = trusting(old).Get(t.Context(), Request{URL: old.URL()})
	fails(t, "expired", err, TLS, "expired on 2026-02-28")
	_, err = trusting(early).Get(t.Context(), Request{URL: early.URL()})
	fails(t, "not yet valid", err, TLS, "not valid before 2026-03-04; check this machine's clock")
	_, err = trusting(wrong).Get(t.Context(), Request{URL: wrong.URL()})
	fails(t, "wrong host", err, TLS, "not for 127.0.0.1")
	plain := site(t)
	_, err = client(t, Options{}).Get(t.Context(), Request{URL: strings.Replace(plain.URL(), "http:", "https:", 1)})
	fails(t, "no TLS", err, TLS, "does not speak HTTPS here")

	c = trusting(good)
	c.transport.TLSClientConfig.MaxVersion = tls.VersionTLS10
	c.transport.TLSClientConfig.MinVersion = tls.VersionTLS10
	_, err = c.Get(t.Context(), Request{URL: good.URL()})
	fails(t, "old TLS", err, TLS, "old versions of TLS")

	resp, err := trusting(good).Get(t.Context(), Request{URL: good.URL()})
	if err != nil || string(resp.Body) != "rahasia" {
		t.Fatalf("%v %+v", err, resp)
	}
}
