package publish

import (
	"net/http"
	"net/http/httptest"
	"net/netip"
	"testing"
)

// TestBehindProxies: whom a request comes from, by peer and X-Forwarded-For,
// where 10.0.0.0/8 and ::1 are proxies of ours.
func TestBehindProxies(t *testing.T) {
	ours := []netip.Prefix{netip.MustParsePrefix("10.0.0.0/8"), netip.MustParsePrefix("::1/128")}
	for _, c := range []struct {
		name, peer string
		header     []string
		want       string
	}{
		{"straight", "203.0.113.9:4000", nil, "203.0.113.9:4000"},
		{"a stranger who claims to be another", "203.0.113.9:4000", []string{"198.51.100.1"}, "203.0.113.9:4000"},
		{"through one proxy", "10.0.0.2:4000", []string{"203.0.113.9"}, "203.0.113.9:0"},
		{"through two proxies", "10.0.0.2:4000", []string{"203.0.113.9, 10.0.0.3"}, "203.0.113.9:0"},
		{"in two lines", "10.0.0.2:4000", []string{"203.0.113.9", "10.0.0.3"}, "203.0.113.9:0"},
		{"the client invented the left part", "10.0.0.2:4000", []string{"127.0.0.1, 10.1.1.1, 203.0.113.9"}, "203.0.113.9:0"},
		{"a proxy that says nothing", "10.0.0.2:4000", nil, "10.0.0.2:4000"},
		{"a proxy that says nonsense", "10.0.0.2:4000", []string{"198.51.100.1, unknown"}, "10.0.0.2:4000"},
		{"nonsense behind a proxy", "10.0.0.2:4000", []string{"unknown, 10.0.0.3"}, "10.0.0.3:0"},
		{"only proxies", "10.0.0.2:4000", []string{"10.0.0.4, 10.0.0.3"}, "10.0.0.4:0"},
		{"with a port", "10.0.0.2:4000", []string{"203.0.113.9:5000"}, "203.0.113.9:0"},
		{"IPv6", "[::1]:4000", []string{"2001:db8::7"}, "[2001:db8::7]:0"},
		{"IPv6 with a port", "[::1]:4000", []string{"[2001:db8::7]:80"}, "[2001:db8::7]:0"},
		{"IPv4 in IPv6", "[::ffff:10.0.0.2]:4000", []string{"::ffff:203.0.113.9"}, "203.0.113.9:0"},
	} {
		r := httptest.NewRequest("GET", "/", nil)
		r.RemoteAddr = c.peer
		for _, name := range forwarding {
			r.Header.Set(name, "192.0.2.66")
		}
		r.Header.Del("X-Forwarded-For")
		if c.header != nil {
			r.Header["X-Forwarded-For"] = c.header
		}
		var got string
		h := BehindProxies(func() []netip.Prefix { return ours }, http.HandlerFunc(func(_ http.ResponseWriter, r *http.Request) {
			got = r.RemoteAddr
			for _, name := range forwarding {
				if r.Header.Get(name) != "" {
					t.Errorf("%s: the handler sees %s", c.name, name)
				}
			}
		}))
		h.ServeHTTP(httptest.NewRecorder(), r)
		if got != c.want {
			t.Errorf("%s: from %s, want %s", c.name, got, c.want)
		}
	}
}

// TestWithoutProxies: where none is configured nobody is believed.
func TestWithoutProxies(t *testing.T) {
	r := httptest.NewRequest("GET", "/", nil)
	r.RemoteAddr = "127.0.0.1:4000"
	r.Header.Set("X-Forwarded-For", "203.0.113.9")
	h := BehindProxies(func() []netip.Prefix { return nil }, http.HandlerFunc(func(_ http.ResponseWriter, r *http.Request) {
		if r.RemoteAddr != "127.0.0.1:4000" || len(r.Header) != 0 {
			t.Errorf("from %s with %v", r.RemoteAddr, r.Header)
		}
	}))
	h.ServeHTTP(httptest.NewRecorder(), r)
}
