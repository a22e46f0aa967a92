package fetch

import (
	"fmt"
	"net/netip"
	"syscall"
)

// guard is asked by the dialer once a name is resolved, before it connects:
// checking the name would leave the door open to one that resolves
// differently the second time.
func guard(_, address string, _ syscall.RawConn) error {
	ap, err := netip.ParseAddrPort(address)
	if err != nil {
		return &addressError{why: "unreadable"}
	}
	if why := notPublic(ap.Addr()); why != "" {
		return &addressError{addr: ap.Addr(), why: why}
	}
	return nil
}

// addressError says that a name led to an address we don't go to.
type addressError struct {
	addr netip.Addr
	why  string
}

func (e *addressError) Error() string {
	return fmt.Sprintf("its address %s is %s", e.addr, e.why)
}

// reserved lists what is not the public Internet of RFC 6890's registries
// (IANA IPv4 and IPv6 Special-Purpose Address Registries).
var reserved = []struct {
	prefix netip.Prefix
	why    string
}{
	{netip.MustParsePrefix("0.0.0.0/8"), "of this network"},
	{netip.MustParsePrefix("10.0.0.0/8"), "private"},
	{netip.MustParsePrefix("100.64.0.0/10"), "behind a carrier's NAT"},
	{netip.MustParsePrefix("127.0.0.0/8"), "this machine"},
	{netip.MustParsePrefix("169.254.0.0/16"), "link-local"},
	{netip.MustParsePrefix("172.16.0.0/12"), "private"},
	{netip.MustParsePrefix("192.0.0.0/24"), "reserved for protocols"},
	{netip.MustParsePrefix("192.0.2.0/24"), "for documentation"},
	{netip.MustParsePrefix("192.88.99.0/24"), "a 6to4 relay"},
	{netip.MustParsePrefix("192.168.0.0/16"), "private"},
	{netip.MustParsePrefix("198.18.0.0/15"), "for benchmarks"},
	{netip.MustParsePrefix("198.51.100.0/24"), "for documentation"},
	{netip.MustParsePrefix("203.0.113.0/24"), "for documentation"},
	{netip.MustParsePrefix("224.0.0.0/4"), "multicast"},
	{netip.MustParsePrefix("240.0.0.0/4"), "reserved"},
	// IPv6; 2001::/23 holds Teredo, benchmarks and ORCHID.
	{netip.MustParsePrefix("::1/128"), "this machine"},
	{netip.MustParsePrefix("fc00::/7"), "private"},
	{netip.MustParsePrefix("fe80::/10"), "link-local"},
	{netip.MustParsePrefix("ff00::/8"), "multicast"},
	{netip.MustParsePrefix("2001::/23"), "reserved for protocols"},
	{netip.MustParsePrefix("2001:db8::/32"), "for documentation"},
	{netip.MustParsePrefix("3fff::/20"), "for documentation"},
}

var (
	globalUnicast = netip.MustParsePrefix("2000::/3")
	sixToFour     = netip.MustParsePrefix("2002::/16")    // RFC 3056: bytes 2 to 5
	nat64         = netip.MustParsePrefix("64:ff9b::/96") // RFC 6052: bytes 12 to 15
)

// notPublic says why an address is not of the public Internet, or nothing.
func notPublic(a netip.Addr) string {
	a = a.Unmap().WithZone("")
	if !a.IsValid() {
		return "unreadable"
	}
	for _, r := range reserved {
		if r.prefix.Contains(a) {
			return r.why
		}
	}
	if a.Is4() {
		return ""
	}
	b := a.As16()
	switch {
	case nat64.Contains(a):
		return notPublic(netip.AddrFrom4([4]byte(b[12:16])))
	case sixToFour.Contains(a):
		return notPublic(netip.AddrFrom4([4]byte(b[2:6])))
	case !globalUnicast.Contains(a):
		return "reserved"
	}
	return ""
}
