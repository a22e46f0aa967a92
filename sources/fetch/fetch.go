// Package fetch is the polite HTTP client that reads feeds and pages:
// conditional GET (RFC 9110 section 13), freshness (RFC 9111), Retry-After,
// robots.txt (RFC 9309), bounds on everything that is received, and a guard
// that never lets a source lead us into a private network.
//
// It keeps no state of sources: validators, hashes and the next time to ask
// are the caller's. It sends no cookies and no Referer and uses no proxy.
package fetch

import (
	"context"
	"crypto/tls"
	"net"
	"net/http"
	"strings"
	"time"
)

// Options bound a Client. The zero value of each means its default.
type Options struct {
	UserAgent    string           // what we say who we are, see UserAgent
	AllowPrivate bool             // let sources be on loopback and private networks
	Timeout      time.Duration    // whole request, redirects and body included; 30 s
	FirstByte    time.Duration    // until a hop's answer begins; 15 s
	MaxBody      int64            // bytes, as sent and again after decompression; 10 MiB
	MaxHeader    int64            // bytes of a response's header; 64 KiB
	MaxRedirects int              // 10; negative: none
	Now          func() time.Time // the clock; time.Now
}

// UserAgent is the way we name ourselves: product, version, the operator's
// site and whom to write to (RFC 9110 section 10.1.5).
func UserAgent(version, siteURL, contact string) string {
	var about []string
	if siteURL = clean(siteURL); siteURL != "" {
		about = append(about, "+"+siteURL)
	}
	if contact = clean(contact); contact != "" {
		about = append(about, contact)
	}
	ua := "warta/" + strings.ReplaceAll(clean(version), " ", "-")
	if len(about) > 0 {
		ua += " (" + strings.Join(about, "; ") + ")"
	}
	return ua
}

// clean keeps what may stand in a comment of a header (RFC 9110 section 5.6.5).
func clean(s string) string {
	return strings.TrimSpace(strings.Map(func(r rune) rune {
		if r < 0x20 || r > 0x7e || r == '(' || r == ')' || r == '\\' {
			return -1
		}
		return r
	}, s))
}

// Client fetches documents. It is safe for concurrent use; how many requests
// a host gets at one time is the caller's business.
type Client struct {
	opt       Options
	transport *http.Transport
	robots    *robots
}

// New returns a Client.
func New(opt Options) *Client {
	if opt.UserAgent == "" {
		opt.UserAgent = UserAgent("0", "", "")
	}
	if opt.Timeout <= 0 {
		opt.Timeout = 30 * time.Second
	}
	if opt.FirstByte <= 0 {
		opt.FirstByte = min(15*time.Second, opt.Timeout)
	}
	if opt.MaxBody <= 0 {
		opt.MaxBody = 10 << 20
	}
	if opt.MaxHeader <= 0 {
		opt.MaxHeader = 64 << 10
	}
	if opt.MaxRedirects == 0 {
		opt.MaxRedirects = 10
	}
	if opt.Now == nil {
		opt.Now = time.Now
	}
	return &Client{
		opt: opt,
		transport: &http.Transport{
			Proxy:                  nil, // a proxy would resolve names where the guard can't see
			DialContext:            Dialer(opt.AllowPrivate, opt.FirstByte).DialContext,
			TLSClientConfig:        &tls.Config{ClientSessionCache: tls.NewLRUClientSessionCache(256)},
			TLSHandshakeTimeout:    opt.FirstByte,
			ResponseHeaderTimeout:  opt.FirstByte,
			MaxResponseHeaderBytes: opt.MaxHeader,
			DisableCompression:     true, // we decode, with bounds of our own
			ForceAttemptHTTP2:      true,
			// One host's sources are read one after another on one connection,
			// and it is not visited again for a long while.
			MaxIdleConnsPerHost: 1,
			MaxIdleConns:        32,
			IdleConnTimeout:     20 * time.Second,
		},
		robots: newRobots(opt.UserAgent, opt.Now),
	}
}

// Dialer connects to what others name. It refuses addresses that are not of
// the public Internet unless private ones are allowed.
func Dialer(allowPrivate bool, timeout time.Duration) *net.Dialer {
	d := &net.Dialer{Timeout: timeout, KeepAlive: 15 * time.Second}
	if !allowPrivate {
		d.Control = guard
	}
	return d
}

// Close ends the connections that are kept open.
func (c *Client) Close() { c.transport.CloseIdleConnections() }

// Request asks for one document.
type Request struct {
	URL string

	// ETag and LastModified are sent byte for byte as they were received, to
	// this URL only and never on to where it redirects.
	ETag         string
	LastModified string

	BodyHash string // Response.Hash of the body known; the same one comes back as Unchanged
	Accept   string
	MaxBody  int64 // bytes; zero, or more than the client's own bound: that one
	Robots   bool  // obey robots.txt (RFC 9309): for pages, not for feeds the operator listed
}

// Response is what a server answered: a document, or that nothing is new.
type Response struct {
	Status int
	URL    string // where the document was in the end, without any login
	Header http.Header

	// Body is decompressed and otherwise raw. It is nil where NotModified or
	// Unchanged is set.
	Body            []byte
	ContentType     string // as stated
	ContentLocation string // as stated
	ETag            string // as stated; belongs to URL
	LastModified    string // as stated; belongs to URL
	Hash            string // hex SHA-256 of the body

	NotModified bool // 304
	Unchanged   bool // 200, but the body has Request.BodyHash

	Redirects  []Redirect // every hop, in order; a move is permanent only if all of them are
	Fresh      time.Time  // Cache-Control or Expires: of no use to ask before; zero: not stated
	RetryAfter time.Time  // a redirect asked not to come back before
}

// Redirect is one hop, without any login in its addresses.
type Redirect struct {
	From, To string
	Status   int
}

// Permanent reports whether the hop says that the address moved for good.
func (r Redirect) Permanent() bool {
	return r.Status == http.StatusMovedPermanently || r.Status == http.StatusPermanentRedirect
}

// Get fetches a document. Its error is an *Error, which tells what kind of
// failure it was, unless ctx ended: that says nothing about the source.
func (c *Client) Get(ctx context.Context, req Request) (*Response, error) {
	bound := c.opt.MaxBody
	if req.MaxBody > 0 {
		bound = min(bound, req.MaxBody)
	}
	return c.get(ctx, job{
		Request:      req,
		maxBody:      bound,
		maxRedirects: max(c.opt.MaxRedirects, 0),
	})
}
