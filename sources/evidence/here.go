package evidence

import (
	"net/url"
	"strings"
)

// isHere reports whether an address is the page's, in whatever dress. A part of
// the page ("#foto") is not.
func (p *pageReader) isHere(address string) bool {
	page, err := url.Parse(p.address)
	if err != nil || strings.HasPrefix(strings.TrimSpace(address), "#") {
		return false
	}
	u, err := url.Parse(resolved(p.base, address))
	if err != nil || u.Host != "" && undressed(u.Host) != undressed(page.Host) || barePath(u.Path) != barePath(page.Path) {
		return false
	}
	// A home page tells its stories apart by the query alone.
	return u.RawQuery == page.RawQuery || barePath(u.Path) != "" && (u.RawQuery == "" || page.RawQuery == "")
}

// undressed is a host without what stands before it for phones.
func undressed(host string) string {
	host = bareHost(host)
	for _, dress := range [...]string{"m.", "amp.", "mobile."} {
		if rest, ok := strings.CutPrefix(host, dress); ok && strings.Contains(rest, ".") {
			return rest
		}
	}
	return host
}

func barePath(path string) string {
	path = strings.TrimPrefix(strings.Trim(path, "/"), "amp/")
	for _, end := range [...]string{"/amp", "/index.html", "/index.php"} {
		path = strings.TrimSuffix(path, end)
	}
	return path
}
