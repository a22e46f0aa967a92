package publish

import (
	"context"
	"encoding/base64"
	"errors"
	"fmt"
	"math"
	"net/http"
	"net/netip"
	"strings"
	"sync"
	"time"

	"warta/feed"
)

// Tokens knows partners' credentials. It is asked at every request that bears
// one, so that a revocation by another process holds at once.
type Tokens interface {
	// TokenOf fails with feed.ErrNotFound for a digest of no good token.
	TokenOf(ctx context.Context, digest string) (feed.Token, error)
	TouchTokens(ctx context.Context, used map[string]time.Time) error
}

// Witness is told what partners were served. It must not wait for anything.
type Witness interface {
	Served(ctx context.Context, s feed.Serving)
}

// access decides who asks, and how often.
type access struct {
	tokens Tokens
	addr   func(*http.Request) netip.Addr

	mu      sync.Mutex
	buckets map[string]*bucket   // by partner: as many as are configured
	used    map[string]time.Time // by token, not yet noted
}

func newAccess(tokens Tokens, addr func(*http.Request) netip.Addr) *access {
	if addr == nil {
		addr = peer
	}
	return &access{tokens: tokens, addr: addr, buckets: make(map[string]*bucket), used: make(map[string]time.Time)}
}

// peer is the other end of the connection.
func peer(r *http.Request) netip.Addr {
	a, _ := netip.ParseAddrPort(r.RemoteAddr)
	return a.Addr()
}

// caller is who asks. The zero caller is anybody.
type caller struct {
	*member
	token string // id of the credential
}

// errTooMany is a partner that asked more often than its contract has.
type errTooMany struct{ wait time.Duration }

func (e errTooMany) Error() string { return fmt.Sprintf("too many requests; wait %s", e.wait) }

// identify finds whose a secret is. Whoever has a secret that is wrong,
// revoked, of a contract that doesn't run, or used from elsewhere than agreed
// is anybody, and learns nothing about which of these it is.
func (a *access) identify(r *http.Request, secret string, p *plan, now time.Time) (caller, error) {
	digest, ok := feed.SecretDigest(secret)
	if !ok || a.tokens == nil || len(p.members) == 0 {
		return caller{}, nil
	}
	t, err := a.tokens.TokenOf(r.Context(), digest)
	if errors.Is(err, feed.ErrNotFound) {
		return caller{}, nil
	}
	if err != nil {
		return caller{}, err
	}
	m := p.members[t.Partner]
	if m == nil || !m.InForce(now) || !m.Admits(a.addr(r)) {
		return caller{}, nil
	}
	a.mu.Lock()
	defer a.mu.Unlock()
	if minute := now.Truncate(time.Minute); minute.After(t.LastUsed) {
		a.used[t.ID] = minute
	}
	if wait := a.take(m, now); wait > 0 {
		return caller{}, errTooMany{wait}
	}
	return caller{m, t.ID}, nil
}

// bucket holds the requests that a partner may make now. It fills up evenly,
// to as many as the limit has for its whole time.
type bucket struct {
	left float64
	at   time.Time
}

// take takes a request out of a partner's bucket, or tells when there will be
// one.
func (a *access) take(m *member, now time.Time) time.Duration {
	if m.Limit.Requests <= 0 {
		return 0
	}
	full := float64(m.Limit.Requests)
	b := a.buckets[m.ID]
	if b == nil {
		b = &bucket{left: full, at: now}
		a.buckets[m.ID] = b
	}
	each := float64(m.Limit.Per) / full
	b.left = min(full, b.left+max(0, float64(now.Sub(b.at)))/each)
	b.at = now
	if b.left < 1 {
		return time.Duration(math.Ceil((1 - b.left) * each))
	}
	b.left--
	return 0
}

// note keeps in the database when tokens were last used.
func (a *access) note(ctx context.Context) error {
	a.mu.Lock()
	used := a.used
	a.used = make(map[string]time.Time)
	a.mu.Unlock()
	if len(used) == 0 {
		return nil
	}
	return a.tokens.TouchTokens(ctx, used)
}

// secretOf is the secret that a request bears in its Authorization: as a
// bearer token (RFC 6750 section 2.1) or as the password of whatever user
// (RFC 7617).
func secretOf(r *http.Request) string {
	list := r.Header["Authorization"]
	if len(list) != 1 {
		return ""
	}
	scheme, rest, _ := strings.Cut(list[0], " ")
	rest = strings.TrimSpace(rest)
	switch {
	case strings.EqualFold(scheme, "Bearer"):
		return rest
	case strings.EqualFold(scheme, "Basic"):
		b, err := base64.StdEncoding.DecodeString(rest)
		if err != nil {
			return ""
		}
		_, password, _ := strings.Cut(string(b), ":")
		return password
	}
	return ""
}
