package fetch

import (
	"context"
	"errors"
	"fmt"
	"net/url"
	"strings"
	"sync"
	"time"
)

// Bounds of RFC 9309 section 2.3 and 2.5, and of our memory.
const (
	robotsBody      = 512 << 10 // at least 500 KiB must be read
	robotsRedirects = 5
	robotsKeep      = 24 * time.Hour
	robotsRetry     = 30 * time.Minute // a file that could not be read is asked for again
	robotsMemory    = 4 << 20          // bytes of rules kept for all hosts
	robotsHost      = 128              // what keeping one host costs, besides its rules
)

// robots remembers the rules of hosts.
type robots struct {
	agent string // product token, lower case
	now   func() time.Time

	mu    sync.Mutex
	hosts map[string]verdict // by scheme and authority
	bytes int
}

// verdict is what one host's robots.txt says to us, or why it can't be known.
type verdict struct {
	rules rules
	err   *Error // nil: rules apply
	until time.Time
}

func newRobots(userAgent string, now func() time.Time) *robots {
	agent, _, _ := strings.Cut(userAgent, "/")
	return &robots{agent: strings.ToLower(strings.TrimSpace(agent)), now: now, hosts: make(map[string]verdict)}
}

// allowed returns an error where robots.txt forbids an address, or can't be
// read, which counts as forbidden (RFC 9309 section 2.3.1.4).
func (c *Client) allowed(ctx context.Context, u *url.URL) error {
	key := u.Scheme + "://" + strings.ToLower(u.Host)
	v, ok := c.robots.recall(key)
	if !ok {
		v = c.askRobots(ctx, key)
		if ctx.Err() != nil {
			return ctx.Err()
		}
		c.robots.remember(key, v)
	}
	if v.err != nil {
		e := *v.err
		return &e
	}
	if u.EscapedPath() != "/robots.txt" && !v.rules.allow(u.EscapedPath(), u.RawQuery) {
		return &Error{Kind: Robots, URL: show(u), Err: fmt.Errorf("%s/robots.txt forbids it", key),
			Hint: "ask the site's owner, or read its feed instead"}
	}
	return nil
}

// askRobots reads a host's robots.txt.
func (c *Client) askRobots(ctx context.Context, key string) verdict {
	now := c.opt.Now()
	resp, err := c.get(ctx, job{
		Request:      Request{URL: key + "/robots.txt", Accept: "text/plain, */*;q=0.1"},
		maxBody:      robotsBody,
		maxRedirects: robotsRedirects,
		cut:          true,
	})
	if err == nil {
		return verdict{rules: parseRules(resp.Body, c.robots.agent), until: now.Add(robotsKeep)}
	}
	var fe *Error
	if !errors.As(err, &fe) {
		return verdict{err: &Error{Kind: Network, Err: err}}
	}
	switch fe.Kind {
	case NotFound, Gone, Forbidden, Refused, RedirectLoop:
		// Section 2.3.1.3: unavailable, so nothing is forbidden.
		return verdict{until: now.Add(robotsKeep)}
	case DNS, Private, TLS, Network, Timeout, BadURL:
		// The page itself would fail the same way: that is the news.
		return verdict{err: fe, until: now.Add(robotsRetry)}
	}
	return verdict{until: now.Add(robotsRetry), err: &Error{
		Kind: Robots, URL: fe.URL, Status: fe.Status, RetryAfter: fe.RetryAfter, Err: fe.Err,
		Hint: "while robots.txt can't be read, nothing of the site is",
	}}
}

func (r *robots) recall(key string) (verdict, bool) {
	r.mu.Lock()
	defer r.mu.Unlock()
	v, ok := r.hosts[key]
	now := r.now()
	if !ok || !now.Before(v.until) || v.until.Sub(now) > robotsKeep { // the clock went back
		return verdict{}, false
	}
	return v, true
}

func (r *robots) remember(key string, v verdict) {
	r.mu.Lock()
	defer r.mu.Unlock()
	r.forget(key)
	cost := v.cost()
	for other := range r.hosts {
		if r.bytes+cost <= robotsMemory {
			break
		}
		r.forget(other) // any one: it is asked for again when needed
	}
	r.hosts[key] = v
	r.bytes += cost
}

func (r *robots) forget(key string) {
	if v, ok := r.hosts[key]; ok {
		r.bytes -= v.cost()
		delete(r.hosts, key)
	}
}

func (v verdict) cost() int { return robotsHost + v.rules.size() }
