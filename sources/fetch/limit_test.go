package fetch

import (
	"bytes"
	"context"
	"crypto/x509"
	"net"
	"net/http"
	"runtime"
	"runtime/debug"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"warta/sources/sourcestest"
)

func pool(o *sourcestest.Origin) *x509.CertPool {
	p := x509.NewCertPool()
	p.AddCert(o.Certificate())
	return p
}

func TestCodings(t *testing.T) {
	o := site(t)
	c := client(t, Options{})
	text := strings.Repeat("Berita hari ini. ", 5000)
	for _, coding := range []string{"identity", "gzip", "br", "zstd", "gzip,gzip", "br,gzip", "zstd,br,gzip"} {
		o.Set("/feed", sourcestest.Document{Body: []byte(text), Encoding: coding})
		for range 3 { // pooled decoders and buffers must not remember
			resp, err := c.Get(t.Context(), Request{URL: o.URL() + "/feed"})
			if err != nil || string(resp.Body) != text {
				t.Errorf("%s: %v", coding, err)
			}
		}
	}
	packed, err := sourcestest.Pack([]byte("isi"), "gzip")
	if err != nil {
		t.Fatal(err)
	}
	for _, tc := range []struct {
		name, coding, body, want string
	}{
		{"plain that says gzip", "gzip", "<rss/>", "<rss/>"},
		{"one byte that says gzip", "gzip", "x", "x"},
		{"empty that says gzip", "gzip", "", ""},
		{"empty that says br", "br", "", ""},
		{"x-gzip", "X-Gzip", string(packed), "isi"},
		{"junk behind gzip", "gzip", string(packed) + "\r\n", "isi"},
		{"two members", "gzip", string(packed) + string(packed), "isiisi"},
		{"no coding at all", "utf-8", "isi", "isi"},
	} {
		o.Set("/feed", sourcestest.Document{Body: []byte(tc.body), Encoding: "identity", Header: http.Header{"Content-Encoding": {tc.coding}}})
		resp, err := c.Get(t.Context(), Request{URL: o.URL() + "/feed"})
		if err != nil || string(resp.Body) != tc.want {
			t.Errorf("%s: %v", tc.name, err)
		}
	}
}

func TestBodyLimit(t *testing.T) {
	o := site(t)
	c := client(t, Options{MaxBody: 100_000})
	for _, coding := range []string{"identity", "gzip", "br", "zstd", "gzip,gzip"} {
		for size, ok := range map[int]bool{99_999: true, 100_000: true, 100_001: false, 5_000_000: false} {
			o.Set("/feed", sourcestest.Document{Body: make([]byte, size), Encoding: coding})
			resp, err := c.Get(t.Context(), Request{URL: o.URL() + "/feed"})
			if ok && (err != nil || len(resp.Body) != size) || !ok && !IsKind(err, TooLarge) {
				t.Errorf("%s %d: %v", coding, size, err)
			}
		}
	}
}

// TestBomb has a server send a gigabyte of feed as a megabyte of gzip.
func TestBomb(t *testing.T) {
	o := site(t)
	o.Behave("/bomb", sourcestest.Behaviour{Bomb: 1 << 30})
	c := client(t, Options{})
	defer debug.SetGCPercent(debug.SetGCPercent(20))
	runtime.GC()
	var before, after runtime.MemStats
	runtime.ReadMemStats(&before)
	_, err := c.Get(t.Context(), Request{URL: o.URL() + "/bomb"})
	runtime.ReadMemStats(&after)
	fails(t, "bomb", err, TooLarge, "more than the 10 MiB allowed (decompressed)")
	// The buffer doubles its way to the limit; the rest is the server's, and
	// what pools lose under the race detector.
	if got := after.TotalAlloc - before.TotalAlloc; got > 96<<20 {
		t.Errorf("%d MB were allocated", got>>20)
	}
}

// TestHollowBomb is 16 MB of empty gzip members, gzip'd again: nothing
// ever comes out of it.
func TestHollowBomb(t *testing.T) {
	o := site(t)
	member, err := sourcestest.Pack(nil, "gzip")
	if err != nil {
		t.Fatal(err)
	}
	hollow, err := sourcestest.Pack(bytes.Repeat(member, (16<<20)/len(member)), "gzip")
	if err != nil {
		t.Fatal(err)
	}
	o.Set("/feed", sourcestest.Document{Body: hollow, Encoding: "identity", Header: http.Header{"Content-Encoding": {"gzip, gzip"}}})
	_, err = client(t, Options{MaxBody: 1 << 20}).Get(t.Context(), Request{URL: o.URL() + "/feed"})
	fails(t, "hollow", err, TooLarge, "before it is decompressed")
}

// bubble serves an origin through pipes, so that a test's time is its own.
func bubble(t *testing.T, opt Options) (*sourcestest.Origin, *Client) {
	t.Helper()
	opt.AllowPrivate, opt.Now = true, time.Now
	o, c := sourcestest.New(), New(opt)
	ln := &pipes{conns: make(chan net.Conn), done: make(chan struct{})}
	o.Serve(ln, nil)
	c.transport.DialContext = func(ctx context.Context, _, _ string) (net.Conn, error) {
		ours, theirs := net.Pipe()
		select {
		case ln.conns <- theirs:
			return ours, nil
		case <-ctx.Done():
			return nil, ctx.Err()
		}
	}
	t.Cleanup(func() { c.Close(); _ = o.Close(); synctest.Wait() })
	return o, c
}

type pipes struct {
	conns chan net.Conn
	done  chan struct{}
}

func (p *pipes) Accept() (net.Conn, error) {
	select {
	case c := <-p.conns:
		return c, nil
	case <-p.done:
		return nil, net.ErrClosed
	}
}
func (p *pipes) Close() error   { close(p.done); return nil }
func (p *pipes) Addr() net.Addr { return &net.TCPAddr{IP: net.IPv4(127, 0, 0, 1), Port: 80} }

func TestTimeouts(t *testing.T) {
	opt := Options{Timeout: 30 * time.Second, FirstByte: 10 * time.Second}
	for _, tc := range []struct {
		name  string
		b     sourcestest.Behaviour
		after time.Duration
		says  string
	}{
		{"no answer", sourcestest.Behaviour{Hang: true}, 10 * time.Second, "no answer within 10s"},
		{"late answer", sourcestest.Behaviour{Wait: 11 * time.Second}, 10 * time.Second, "no answer within 10s"},
		{"drip", sourcestest.Behaviour{Drip: 5 * time.Second}, 30 * time.Second, "not finished within 30s"},
	} {
		synctest.Test(t, func(t *testing.T) {
			o, c := bubble(t, opt)
			o.Set("/feed", sourcestest.Document{Body: []byte("ten bytes."), Encoding: "identity"})
			o.Behave("/feed", tc.b)
			start := time.Now()
			_, err := c.Get(t.Context(), Request{URL: "http://site.example/feed"})
			fails(t, tc.name, err, Timeout, tc.says)
			if took := time.Since(start); took != tc.after {
				t.Errorf("%s: took %s", tc.name, took)
			}
		})
	}
	synctest.Test(t, func(t *testing.T) { // slow, but within both bounds
		o, c := bubble(t, opt)
		o.Set("/feed", sourcestest.Document{Body: []byte("ten bytes."), Encoding: "identity"})
		o.Behave("/feed", sourcestest.Behaviour{Wait: 9 * time.Second, Drip: 2 * time.Second})
		resp, err := c.Get(t.Context(), Request{URL: "http://site.example/feed"})
		if err != nil || string(resp.Body) != "ten bytes." {
			t.Errorf("%v", err)
		}
	})
	synctest.Test(t, func(t *testing.T) { // the whole time covers every hop
		o, c := bubble(t, opt)
		for from, to := range map[string]string{"/1": "/2", "/2": "/3", "/3": "/4", "/4": "/5"} {
			o.Behave(from, sourcestest.Behaviour{Redirect: to, Wait: 9 * time.Second})
		}
		_, err := c.Get(t.Context(), Request{URL: "http://site.example/1"})
		fails(t, "slow hops", err, Timeout, "not finished within 30s")
	})
}

func TestHTTP2(t *testing.T) {
	o := sourcestest.New()
	if err := o.StartTLS(""); err != nil {
		t.Fatal(err)
	}
	defer o.Close()
	o.Set("/feed", sourcestest.Document{Body: []byte("<rss/>")})
	o.Behave("/bloat", sourcestest.Behaviour{Bloat: 70_000})
	o.Set("/cut", sourcestest.Document{Body: []byte("0123456789")})
	o.Behave("/cut", sourcestest.Behaviour{Truncate: 3})
	c := client(t, Options{})
	c.transport.TLSClientConfig.RootCAs = pool(o)
	req, err := http.NewRequestWithContext(t.Context(), http.MethodGet, o.URL()+"/feed", nil)
	if err != nil {
		t.Fatal(err)
	}
	raw, err := c.transport.RoundTrip(req)
	if err != nil || raw.ProtoMajor != 2 {
		t.Fatalf("%v %v", err, raw)
	}
	_ = raw.Body.Close()
	resp, err := c.Get(t.Context(), Request{URL: o.URL() + "/feed"})
	if err != nil || string(resp.Body) != "<rss/>" {
		t.Fatal(err)
	}
	resp, err = c.Get(t.Context(), Request{URL: o.URL() + "/feed", ETag: resp.ETag})
	if err != nil || !resp.NotModified {
		t.Error(err)
	}
	_, err = c.Get(t.Context(), Request{URL: o.URL() + "/bloat"})
	fails(t, "header", err, TooLarge, "header of more than the 64 KiB")
	_, err = c.Get(t.Context(), Request{URL: o.URL() + "/cut"})
	fails(t, "broken off", err, Network, "")

	o.Behave("/hang", sourcestest.Behaviour{Hang: true})
	impatient := client(t, Options{FirstByte: 200 * time.Millisecond})
	impatient.transport.TLSClientConfig.RootCAs = pool(o)
	_, err = impatient.Get(t.Context(), Request{URL: o.URL() + "/hang"})
	fails(t, "no answer", err, Timeout, "no answer within 200ms")
}
