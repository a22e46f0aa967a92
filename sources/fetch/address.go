package fetch

import (
	"encoding/base64"
	"errors"
	"fmt"
	"net/url"
	"strconv"
	"strings"
)

// longestURL bounds addresses, ours and those that redirects lead to.
const longestURL = 8 << 10

// parseURL reads an address and takes its login out of it: that travels as an
// Authorization header and must not appear in any log.
func parseURL(raw string) (u *url.URL, login string, err error) {
	raw = strings.TrimSpace(raw)
	u, err = url.Parse(raw)
	if err != nil {
		// The parser's error repeats the address, a password included.
		return nil, "", &Error{Kind: BadURL, URL: hideLogin(raw), Err: errors.New("not an address"),
			Hint: "it must look like https://example.id/feed/"}
	}
	if u.User != nil {
		password, _ := u.User.Password()
		login = "Basic " + base64.StdEncoding.EncodeToString([]byte(u.User.Username()+":"+password))
	}
	u.User, u.Fragment, u.RawFragment = nil, "", ""
	if err := admit(u); err != nil {
		return nil, "", err
	}
	return u, login, nil
}

// admit refuses addresses that are not HTTP's.
func admit(u *url.URL) error {
	bad := func(what string) error {
		shown := show(u)
		if u.Host == "" { // what was meant as a login may stand unparsed
			shown = hideLogin(shown)
		}
		return &Error{Kind: BadURL, URL: shown, Err: errors.New(what), Hint: "it must look like https://example.id/feed/"}
	}
	switch {
	case u.Scheme != "http" && u.Scheme != "https":
		return bad(fmt.Sprintf("scheme %q is not http or https", u.Scheme))
	case u.Hostname() == "" || u.Opaque != "":
		return bad("an address without a host")
	case len(u.Path)+len(u.RawQuery)+len(u.Host) > longestURL:
		return bad("an address of more than 8 KiB")
	}
	if p := u.Port(); p != "" {
		n, err := strconv.Atoi(p)
		if err != nil || n < 1 || n > 65535 {
			return bad("port " + p + " does not exist")
		}
		if otherService(n) {
			return bad("port " + p + " belongs to another service")
		}
	}
	return nil
}

// otherService knows the ports a browser refuses as well: a request sent there
// could be taken for another protocol (Fetch Standard, section "bad port").
func otherService(port int) bool {
	switch port {
	case 1, 7, 9, 11, 13, 15, 17, 19, 20, 21, 22, 23, 25, 37, 42, 43, 53, 69, 77, 79, 87, 95,
		101, 102, 103, 104, 109, 110, 111, 113, 115, 117, 119, 123, 135, 137, 139, 143, 161, 179,
		389, 427, 465, 512, 513, 514, 515, 526, 530, 531, 532, 540, 548, 554, 556, 563, 587, 601,
		636, 989, 990, 993, 995, 1719, 1720, 1723, 2049, 3659, 4045, 4190, 5060, 5061, 6000, 6566,
		6665, 6666, 6667, 6668, 6669, 6679, 6697, 10080:
		return true
	}
	return false
}

// show is an address as it may be logged and stored: its login was taken out
// when it was parsed.
func show(u *url.URL) string { return u.String() }

// hideLogin shows what is no address, up to a reasonable length, without what
// may have been meant as a login.
func hideLogin(raw string) string {
	if i := strings.LastIndexByte(raw, '@'); i >= 0 {
		raw = "…" + raw[i:]
	}
	if len(raw) > 200 {
		raw = raw[:200] + "…"
	}
	return strings.ToValidUTF8(raw, "?")
}

// sameParty reports whether a login meant for one address may go on to
// another: the same host and port, or the same host from HTTP to HTTPS, and
// never from HTTPS to HTTP.
func sameParty(a, b *url.URL) bool {
	if !strings.EqualFold(a.Hostname(), b.Hostname()) {
		return false
	}
	if a.Scheme == b.Scheme {
		return port(a) == port(b)
	}
	return a.Scheme == "http" && port(a) == "80" && port(b) == "443"
}

func port(u *url.URL) string {
	switch {
	case u.Port() != "":
		return u.Port()
	case u.Scheme == "https":
		return "443"
	}
	return "80"
}
