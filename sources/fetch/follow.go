package fetch

import (
	"context"
	"errors"
	"fmt"
	"io"
	"net/http"
	"net/url"
	"time"
)

// job is a Request with its bounds.
type job struct {
	Request
	maxBody      int64
	maxRedirects int
	cut          bool // a body too large is cut, not refused
}

// get follows redirects until a server answers with something else.
func (c *Client) get(parent context.Context, j job) (*Response, error) {
	u, login, err := parseURL(j.URL)
	if err != nil {
		return nil, err
	}
	ctx, cancel := context.WithTimeout(parent, c.opt.Timeout)
	defer cancel()
	out := &Response{}
	for {
		err = c.hop(ctx, &j, out, &u, &login)
		if err == nil {
			return out, nil
		}
		if err != errFollow {
			break
		}
	}
	if parent.Err() != nil {
		return nil, fmt.Errorf("getting %s: %w", show(u), context.Cause(parent))
	}
	fe := c.explain(err, u, ctx.Err() != nil)
	fe.Redirects = out.Redirects
	return nil, fe
}

// errFollow says that a hop led on to another address.
var errFollow = errors.New("redirected")

// hop asks one address. It fills out, or moves u to where the answer leads
// and returns errFollow.
func (c *Client) hop(ctx context.Context, j *job, out *Response, u **url.URL, login *string) error {
	if j.Robots {
		if err := c.allowed(ctx, *u); err != nil {
			return err
		}
	}
	resp, err := c.transport.RoundTrip(c.request(ctx, j, *u, *login, len(out.Redirects) == 0))
	if err != nil {
		return err
	}
	defer resp.Body.Close()
	if redirects(resp) {
		next, err := c.location(*u, resp, j, out)
		if err != nil {
			return err
		}
		drain(resp)
		if !sameParty(*u, next) {
			*login = ""
		}
		*u = next
		return errFollow
	}
	return c.answer(j, out, *u, resp)
}

// request builds a GET. Validators go only to the address they came from
// (RFC 9110 section 13.1).
func (c *Client) request(ctx context.Context, j *job, u *url.URL, login string, first bool) *http.Request {
	accept := j.Accept
	if accept == "" {
		accept = "*/*"
	}
	h := http.Header{
		"User-Agent":      {c.opt.UserAgent},
		"Accept":          {accept},
		"Accept-Encoding": {"gzip, br, zstd"},
	}
	if login != "" {
		h["Authorization"] = []string{login}
	}
	if first && sendable(j.ETag) {
		h["If-None-Match"] = []string{j.ETag}
	}
	if first && sendable(j.LastModified) {
		h["If-Modified-Since"] = []string{j.LastModified}
	}
	r := &http.Request{
		Method: http.MethodGet, URL: u, Host: u.Host, Header: h,
		Proto: "HTTP/1.1", ProtoMajor: 1, ProtoMinor: 1,
	}
	return r.WithContext(ctx)
}

// longestValidator bounds what is kept and sent back of a server's validators.
const longestValidator = 1024

// sendable reports whether a validator may stand in a header. The transport
// would refuse the whole request for a control character in it.
func sendable(v string) bool {
	if v == "" || len(v) > longestValidator {
		return false
	}
	for i := range len(v) {
		if v[i] < 0x20 && v[i] != '\t' || v[i] == 0x7f {
			return false
		}
	}
	return true
}

func redirects(resp *http.Response) bool {
	switch resp.StatusCode {
	case http.StatusMovedPermanently, http.StatusFound, http.StatusSeeOther,
		http.StatusTemporaryRedirect, http.StatusPermanentRedirect:
		return true
	}
	return false
}

// location records a redirect and returns its target.
func (c *Client) location(from *url.URL, resp *http.Response, j *job, out *Response) (*url.URL, error) {
	if after := retryAfter(resp.Header, c.opt.Now()); after.After(out.RetryAfter) {
		out.RetryAfter = after
	}
	where := resp.Header.Get("Location")
	if where == "" {
		return nil, &Error{Kind: Server, Status: resp.StatusCode, Err: fmt.Errorf("a redirect (%d) that does not say where to", resp.StatusCode)}
	}
	ref, err := url.Parse(where)
	if err != nil {
		return nil, &Error{Kind: BadURL, Status: resp.StatusCode, Err: errors.New("a redirect to something that is no address")}
	}
	next := from.ResolveReference(ref)
	next.User, next.Fragment, next.RawFragment = nil, "", ""
	out.Redirects = append(out.Redirects, Redirect{From: show(from), To: show(next), Status: resp.StatusCode})
	if err := admit(next); err != nil {
		return nil, err
	}
	for _, hop := range out.Redirects {
		if hop.From == show(next) {
			return nil, &Error{Kind: RedirectLoop, Status: resp.StatusCode, Err: errors.New("redirects lead in a circle"),
				Hint: "the site may want cookies, which are not sent; ask for an address that answers by itself"}
		}
	}
	if len(out.Redirects) > j.maxRedirects {
		return nil, &Error{Kind: RedirectLoop, Status: resp.StatusCode, Err: fmt.Errorf("more than %d redirects", j.maxRedirects)}
	}
	return next, nil
}

// drain reads what is left of a small body, so that the connection can be
// used again, and gives up on a larger one.
func drain(resp *http.Response) {
	const small = 16 << 10
	if resp.ContentLength <= small {
		_, _ = io.CopyN(io.Discard, resp.Body, small)
	}
}

// answer reads a final response into out.
func (c *Client) answer(j *job, out *Response, u *url.URL, resp *http.Response) error {
	now := c.opt.Now()
	h := resp.Header
	out.Status, out.URL, out.Header = resp.StatusCode, show(u), h
	asked := len(out.Redirects) == 0 && (sendable(j.ETag) || sendable(j.LastModified))
	switch {
	case resp.StatusCode == http.StatusNotModified && asked:
		out.NotModified = true
	case resp.StatusCode < 200, resp.StatusCode > 299, resp.StatusCode == http.StatusPartialContent, resp.StatusCode == http.StatusIMUsed:
		drain(resp)
		return refusal(resp, c.opt.UserAgent, retryAfter(h, now))
	default:
		if err := out.read(resp, j); err != nil {
			return err
		}
	}
	out.ContentType, out.ContentLocation = h.Get("Content-Type"), h.Get("Content-Location")
	out.ETag, out.LastModified = validator(h, "Etag"), validator(h, "Last-Modified")
	if out.NotModified { // RFC 9110 section 15.4.5: what is left out has not changed
		out.Hash = j.BodyHash
		if out.ETag == "" {
			out.ETag = j.ETag
		}
		if out.LastModified == "" {
			out.LastModified = j.LastModified
		}
	}
	out.Fresh = fresh(h, now)
	return nil
}

func validator(h http.Header, name string) string {
	if v := h.Get(name); sendable(v) {
		return v
	}
	return ""
}

// within is a duration in people's words.
func within(d time.Duration) string { return d.Round(time.Millisecond).String() }
