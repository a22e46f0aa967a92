package render

import (
	"strings"

	"golang.org/x/net/idna"

	"warta/feed"
)

// href is an http or https address fit for a link, "" for anything else:
// scripts and files have no business in a stranger's reader. What a URI may
// not hold (RFC 3986) is encoded, as RSS has no room for IRIs.
func href(s string) string {
	s = strings.TrimSpace(s)
	start := 0
	switch {
	case len(s) > 8 && strings.EqualFold(s[:8], "https://"):
		start = 8
	case len(s) > 7 && strings.EqualFold(s[:7], "http://"):
		start = 7
	default:
		return ""
	}
	if strings.IndexByte("/?#:@", s[start]) >= 0 {
		return ""
	}
	for i := 0; i < len(s); i++ {
		if !uriBytes[s[i]] {
			return encoded(s, start)
		}
	}
	return s
}

// uriBytes are those that may stand in a URI.
var uriBytes = func() (t [256]bool) {
	for c := '!'; c < 0x7F; c++ {
		t[c] = !strings.ContainsRune("<>\"{}|\\^`", c)
	}
	return t
}()

// encoded maps an IRI to a URI (RFC 3987 section 3.1); start is where its
// authority begins.
func encoded(s string, start int) string {
	const hex = "0123456789ABCDEF"
	end := start + strings.IndexAny(s[start:]+"/", "/?#")
	if name, err := idna.Punycode.ToASCII(s[start:end]); err == nil {
		s = s[:start] + name + s[end:]
	}
	b := append(make([]byte, 0, len(s)+16), s[:start]...)
	for i := start; i < len(s); i++ {
		if c := s[i]; uriBytes[c] {
			b = append(b, c)
		} else {
			b = append(b, '%', hex[c>>4], hex[c&15])
		}
	}
	return string(b)
}

// isURI reports whether s is an absolute address that holds nothing but what
// RFC 3986 allows.
func isURI(s string) bool {
	fragment := false
	for i := 0; i < len(s); i++ {
		switch c := s[i]; {
		case !uriBytes[c], c == '[', c == ']', c == '#' && fragment, c == '%' && !(i+2 < len(s) && isHex(s[i+1]) && isHex(s[i+2])):
			return false
		case c == '#':
			fragment = true
		}
	}
	return feed.IsIRI(s)
}

func isHex(c byte) bool {
	return c >= '0' && c <= '9' || c|0x20 >= 'a' && c|0x20 <= 'f'
}

// runs reports whether an address is a script or a document of its own, which
// no reader should be given as the address of a licence.
func runs(s string) bool {
	scheme, _, _ := strings.Cut(strings.ToLower(s), ":")
	return scheme == "javascript" || scheme == "vbscript" || scheme == "data"
}

// legal reports whether XML can hold s as it is.
func legal(s string) bool {
	for i, r := range s {
		switch {
		case r == '\uFFFD' && !strings.HasPrefix(s[i:], bad), r == '\uFFFE', r == '\uFFFF',
			r < ' ' && r != '\t' && r != '\n':
			return false
		}
	}
	return true
}

// mail is an address of the form that Atom demands (RFC 4287 section 3.2.3),
// "" for anything else.
func mail(s string) string {
	s = strings.TrimSpace(s)
	at := strings.IndexByte(s, '@')
	if at < 1 || at == len(s)-1 || strings.ContainsAny(s, " \t\r\n<>") {
		return ""
	}
	return s
}
