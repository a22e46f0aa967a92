package publish

import (
	"net/http"
	"net/netip"
	"strings"
)

// forwarding are the headers by which a proxy tells what it stands before; from
// anybody else they are inventions.
var forwarding = []string{
	"Forwarded", "X-Forwarded-For", "X-Forwarded-Host", "X-Forwarded-Proto",
	"X-Forwarded-Port", "X-Forwarded-Prefix", "X-Forwarded-Server", "X-Real-Ip", "True-Client-Ip", "Cf-Connecting-Ip",
}

// BehindProxies puts the address of the client into Request.RemoteAddr and
// takes every forwarding header away, so that no handler can believe a wrong
// one. Only from one of the proxies X-Forwarded-For is heeded: each proxy
// appends whom it was asked by, so the client is the last address in it that is
// no proxy of ours. What stands further left was sent by the client itself.
// Host, scheme and path are never taken from a request: site.url tells them.
//
// proxies is asked for each request, since the configuration may change.
func BehindProxies(proxies func() []netip.Prefix, next http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if trusted := proxies(); len(trusted) > 0 {
			if client, ok := clientOf(r, trusted); ok {
				r.RemoteAddr = netip.AddrPortFrom(client, 0).String()
			}
		}
		for _, name := range forwarding {
			delete(r.Header, name)
		}
		next.ServeHTTP(w, r)
	})
}

// clientOf is whom a trusted proxy speaks for; false where there is none.
func clientOf(r *http.Request, trusted []netip.Prefix) (netip.Addr, bool) {
	peer, err := netip.ParseAddrPort(r.RemoteAddr)
	if err != nil || !trusts(peer.Addr(), trusted) {
		return netip.Addr{}, false
	}
	client, found := netip.Addr{}, false
	lines := r.Header["X-Forwarded-For"]
	for i := len(lines) - 1; i >= 0; i-- {
		for line := lines[i]; line != ""; {
			var last string
			line, last = cutLast(line)
			addr, err := addressIn(last)
			if err != nil {
				return client, found // what stands left of it can't be trusted
			}
			client, found = addr, true
			if !trusts(addr, trusted) {
				return client, true
			}
		}
	}
	return client, found // all are proxies: the farthest
}

// cutLast splits a list at its last comma.
func cutLast(list string) (rest, last string) {
	i := strings.LastIndexByte(list, ',')
	if i < 0 {
		return "", strings.TrimSpace(list)
	}
	return list[:i], strings.TrimSpace(list[i+1:])
}

// addressIn reads an address as proxies write it, some with a port.
func addressIn(s string) (netip.Addr, error) {
	if at, err := netip.ParseAddrPort(s); err == nil {
		return at.Addr().Unmap().WithZone(""), nil
	}
	addr, err := netip.ParseAddr(strings.Trim(s, "[]"))
	return addr.Unmap().WithZone(""), err
}

func trusts(addr netip.Addr, ranges []netip.Prefix) bool {
	addr = addr.Unmap().WithZone("")
	for _, r := range ranges {
		if r.Contains(addr) {
			return true
		}
	}
	return false
}
