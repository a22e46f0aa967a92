package parse

import (
	"net/url"
	"strings"
)

// maxAddress is the longest address we take for one.
const maxAddress = 8 << 10

// within is the base that xml:base sets: an address that others can be
// relative to, which "javascript:" and its like are not.
func within(base, ref string) string {
	if u, err := url.Parse(strings.TrimSpace(ref)); err != nil || u.Opaque != "" || u.Scheme != "" && u.Host == "" && u.Path == "" {
		return base
	}
	return resolve(base, ref)
}

// resolve applies RFC 3986 section 5.2. A reference that is no URL leaves the
// base as it was; without a base the reference is the base.
func resolve(base, ref string) string {
	ref = strings.TrimSpace(ref)
	if ref == "" || len(ref) > maxAddress {
		return base
	}
	r, err := url.Parse(ref)
	if err != nil {
		return base
	}
	if base == "" || r.IsAbs() {
		return ref
	}
	b, err := url.Parse(base)
	if err != nil {
		return base
	}
	return b.ResolveReference(r).String()
}
