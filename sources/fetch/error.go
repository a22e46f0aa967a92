package fetch

import (
	"errors"
	"fmt"
	"net/http"
	"strings"
	"time"
)

// Kind says what sort of failure an Error is.
type Kind string

const (
	Gone         Kind = "gone"            // 410: the owner wants no more requests
	NotFound     Kind = "not-found"       // 404
	Forbidden    Kind = "forbidden"       // 401, 402, 403, 407, 451
	Throttled    Kind = "throttled"       // 429, or 503 with Retry-After
	Server       Kind = "server"          // 5xx, or an answer that makes no sense
	Refused      Kind = "client"          // any other 4xx
	RedirectLoop Kind = "redirect-loop"   // a circle, or too many hops
	TooLarge     Kind = "too-large"       // header or body
	Timeout      Kind = "timeout"         // no answer, or one that takes too long
	TLS          Kind = "tls"             // no secure connection
	DNS          Kind = "dns"             // the name can't be resolved
	Private      Kind = "private-address" // the name leads to a private network
	Robots       Kind = "robots"          // robots.txt forbids it or can't be read
	Network      Kind = "network"         // refused, reset, broken off
	Encoding     Kind = "encoding"        // Content-Encoding that can't be undone
	BadURL       Kind = "bad-url"         // not an address we could ask
)

// Error is why a document was not got.
type Error struct {
	Kind       Kind
	URL        string // the address that failed, after redirects, without any login
	Status     int    // HTTP status, if there was one
	RetryAfter time.Time
	Redirects  []Redirect // how URL was reached
	Err        error
	Hint       string // what to do about it
}

func (e *Error) Error() string {
	var b strings.Builder
	fmt.Fprintf(&b, "getting %s: %v", e.URL, e.Err)
	if len(e.Redirects) > 0 {
		fmt.Fprintf(&b, " (after %d redirects from %s)", len(e.Redirects), e.Redirects[0].From)
	}
	if !e.RetryAfter.IsZero() {
		fmt.Fprintf(&b, "; asks us to wait until %s", e.RetryAfter.UTC().Format(time.RFC3339))
	}
	if e.Hint != "" {
		b.WriteString("; " + e.Hint)
	}
	return b.String()
}

func (e *Error) Unwrap() error { return e.Err }

// IsKind reports whether err is, or wraps, an Error of one of the kinds.
func IsKind(err error, kinds ...Kind) bool {
	var fe *Error
	if !errors.As(err, &fe) {
		return false
	}
	for _, k := range kinds {
		if fe.Kind == k {
			return true
		}
	}
	return false
}

// refusal turns a status that brings no document into an Error.
func refusal(resp *http.Response, userAgent string, after time.Time) *Error {
	e := &Error{Status: resp.StatusCode, RetryAfter: after}
	text := http.StatusText(resp.StatusCode)
	if text == "" {
		text = "a status without a name"
	}
	e.Err = fmt.Errorf("the server answers %d %s", resp.StatusCode, text)
	switch code := resp.StatusCode; {
	case code == http.StatusGone:
		e.Kind, e.Hint = Gone, "its owner removed it for good: take the source out or give it a new address"
	case code == http.StatusNotFound:
		e.Kind, e.Hint = NotFound, "look for the new address on the site, or let warta add find it"
	case code == http.StatusUnauthorized:
		e.Kind, e.Hint = Forbidden, "it wants a login: https://user:password@host/…"
	case code == http.StatusUnavailableForLegalReasons:
		e.Kind, e.Hint = Forbidden, "withheld for legal reasons"
	case code == http.StatusForbidden, code == http.StatusPaymentRequired, code == http.StatusProxyAuthRequired:
		e.Kind, e.Hint = Forbidden, fmt.Sprintf("ask the site's owner to let %q in", userAgent)
		if resp.Header.Get("Cf-Mitigated") != "" || strings.EqualFold(resp.Header.Get("Server"), "cloudflare") {
			e.Hint = "its protection against bots turned us away; " + e.Hint
		}
	case code == http.StatusTooManyRequests, code == http.StatusServiceUnavailable && !after.IsZero():
		e.Kind = Throttled
	case code >= 500:
		e.Kind, e.Hint = Server, "the fault is the site's; it is tried again later"
	case code >= 400:
		e.Kind = Refused
	default:
		e.Kind, e.Hint = Server, "not an answer to what was asked"
	}
	return e
}
