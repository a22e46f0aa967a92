package deliver

import (
	"crypto/sha256"
	"encoding/binary"
	"net/http"
	"strconv"
	"strings"
	"time"
)

const (
	firstPause = 10 * time.Second
	// longestPause is how soon at the latest a receiver that was away, however
	// long, is found to be back.
	longestPause = time.Hour
	// longestAsked bounds what a receiver may ask for by Retry-After.
	longestAsked = 24 * time.Hour
)

// backoff is how long to wait after so many failures in a row: twice as long
// after each, a fifth more or less by chance, so that those who failed together
// don't return together. Chance is a digest, the same on every run.
func backoff(id string, failures int) time.Duration {
	d := longestPause
	if shift := failures - 1; shift < 20 {
		d = min(firstPause<<max(shift, 0), longestPause)
	}
	h := sha256.Sum256([]byte(id + strconv.Itoa(failures)))
	fifth := d / 5
	return d - fifth + time.Duration(binary.BigEndian.Uint64(h[:8])%uint64(2*fifth+1))
}

// retryAfter reads a Retry-After (RFC 9110 section 10.2.3) of an answer that
// may have one; 0: it asks for nothing.
func retryAfter(status int, h http.Header, now time.Time) time.Duration {
	if status != http.StatusTooManyRequests && status != http.StatusServiceUnavailable {
		return 0
	}
	v := strings.TrimSpace(h.Get("Retry-After"))
	if n, err := strconv.ParseUint(v, 10, 31); err == nil {
		return min(time.Duration(n)*time.Second, longestAsked)
	}
	t, err := http.ParseTime(v)
	if err != nil {
		return 0
	}
	return min(max(t.Sub(now), 0), longestAsked)
}
