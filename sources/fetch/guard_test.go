package fetch

import (
	"context"
	"net"
	"net/netip"
	"testing"

	"warta/sources/sourcestest"
)

func TestNotPublic(t *testing.T) {
	for addr, want := range map[string]string{
		"0.0.0.0": "of this network", "0.1.2.3": "of this network",
		"10.0.0.1": "private", "172.16.0.1": "private", "172.31.255.255": "private", "192.168.1.1": "private",
		"100.64.0.1": "behind a carrier's NAT", "100.127.255.255": "behind a carrier's NAT",
		"127.0.0.1": "this machine", "127.255.0.9": "this machine",
		"169.254.169.254": "link-local", "192.0.0.8": "reserved for protocols",
		"192.0.2.1": "for documentation", "198.51.100.7": "for documentation", "203.0.113.9": "for documentation",
		"192.88.99.1": "a 6to4 relay", "198.18.0.1": "for benchmarks", "198.19.255.255": "for benchmarks",
		"224.0.0.251": "multicast", "239.255.255.250": "multicast", "240.0.0.1": "reserved", "255.255.255.255": "reserved",
		"::": "reserved", "::1": "this machine", "::7f00:1": "reserved", "::ffff:127.0.0.1": "this machine",
		"::ffff:169.254.169.254": "link-local", "::ffff:0:127.0.0.1": "reserved",
		"fc00::1": "private", "fd00:ec2::254": "private", "fe80::1": "link-local", "fe80::1%eth0": "link-local",
		"fec0::1": "reserved", "ff02::1": "multicast", "100::1": "reserved", "5f00::1": "reserved",
		"2001::1": "reserved for protocols", "2001:10::1": "reserved for protocols", "2001:20::1": "reserved for protocols",
		"2001:db8::1": "for documentation", "3fff::1": "for documentation",
		"64:ff9b::7f00:1": "this machine", "64:ff9b::a9fe:a9fe": "link-local", "64:ff9b:1::1": "reserved",
		"2002:7f00:1::": "this machine", "2002:c0a8:101::1": "private",
		// Public ones.
		"1.1.1.1": "", "8.8.8.8": "", "100.63.255.255": "", "100.128.0.1": "", "172.15.0.1": "", "172.32.0.1": "",
		"169.253.0.1": "", "192.0.1.1": "", "198.20.0.1": "", "223.255.255.255": "", "::ffff:8.8.8.8": "",
		"2606:4700:4700::1111": "", "2001:200::1": "", "2400:cb00::1": "", "64:ff9b::808:808": "", "2002:808:808::1": "",
	} {
		if got := notPublic(netip.MustParseAddr(addr)); got != want {
			t.Errorf("%s: %q, want %q", addr, got, want)
		}
	}
	if notPublic(netip.Addr{}) == "" {
		t.Error("no address at all is public")
	}
	if guard("tcp4", "nonsense", nil) == nil || guard("tcp6", "[::1]:80", nil) == nil || guard("tcp4", "8.8.8.8:80", nil) != nil {
		t.Error("guard")
	}
}

// guarded is a client as in production, to which one name, of a public site,
// leads to the origin.
func guarded(t *testing.T, o *sourcestest.Origin) *Client {
	t.Helper()
	c := New(Options{})
	t.Cleanup(c.Close)
	real := c.transport.DialContext
	c.transport.DialContext = func(ctx context.Context, network, addr string) (net.Conn, error) {
		if addr == "public.example:80" || addr == "xn--berita-8ya.example:80" {
			return net.Dial("tcp", o.URL()[len("http://"):])
		}
		return real(ctx, network, addr)
	}
	return c
}

func TestGuardOnEveryHop(t *testing.T) {
	o := site(t)
	o.Set("/feed", sourcestest.Document{Body: []byte("rahasia")})
	c := guarded(t, o)
	if _, err := c.Get(t.Context(), Request{URL: "http://public.example/feed"}); err != nil {
		t.Fatal(err)
	}
	_, port, err := net.SplitHostPort(o.URL()[len("http://"):])
	if err != nil {
		t.Fatal(err)
	}
	before := o.Total().Requests
	for target, says := range map[string]string{
		o.URL() + "/feed":                          "127.0.0.1 is this machine",
		"http://localhost:" + port + "/feed":       "this machine",
		"http://[::1]:" + port + "/feed":           "::1 is this machine",
		"http://[::ffff:127.0.0.1]:" + port + "/":  "this machine",
		"http://169.254.169.254/latest/meta-data/": "169.254.169.254 is link-local",
		"http://[fd00:ec2::254]/latest/meta-data/": "private",
		"http://10.1.2.3/":                         "10.1.2.3 is private",
		"https://192.168.1.1/":                     "192.168.1.1 is private",
		"http://0.0.0.0:" + port + "/feed":         "",
	} {
		_, err := c.Get(t.Context(), Request{URL: target})
		fails(t, target, err, Private, says)
		o.Behave("/to", sourcestest.Behaviour{Redirect: target, Status: 301})
		_, err = c.Get(t.Context(), Request{URL: "http://public.example/to"})
		fails(t, "redirect to "+target, err, Private, "after 1 redirects from http://public.example/to")
		// robots.txt must not be a way round.
		_, err = c.Get(t.Context(), Request{URL: target, Robots: true})
		fails(t, "page "+target, err, Private, says)
	}
	if got := o.Total().Requests - before; got != 9 { // the redirects of public.example
		t.Errorf("%d requests reached the private site", got-9)
	}
}

func TestInternationalHost(t *testing.T) {
	o := site(t)
	o.Set("/feed", sourcestest.Document{Body: []byte("x")})
	if _, err := guarded(t, o).Get(t.Context(), Request{URL: "http://Beritaü.example/feed"}); err != nil {
		t.Error(err)
	}
}

func TestNoProxy(t *testing.T) {
	t.Setenv("HTTP_PROXY", "http://127.0.0.1:9/")
	t.Setenv("http_proxy", "http://127.0.0.1:9/")
	o := site(t)
	o.Set("/feed", sourcestest.Document{Body: []byte("x")})
	if _, err := guarded(t, o).Get(t.Context(), Request{URL: "http://public.example/feed"}); err != nil {
		t.Error(err)
	}
}
