package publish

import (
	"net/http"
	"strings"
	"time"
)

// condition is the outcome of a request's preconditions.
type condition uint8

const (
	proceed condition = iota
	notModified
	failed
)

// evaluate weighs the preconditions of a GET or HEAD in the order of RFC 9110
// section 13.2.2 against a document's ETag and Last-Modified, given as the
// header states it and as time. Without Last-Modified, dates say nothing.
func evaluate(h http.Header, etag, lastModified string, modified time.Time) condition {
	if v := h["If-Match"]; v != nil {
		if !listed(v, etag, false) {
			return failed
		}
	} else if v := h["If-Unmodified-Since"]; v != nil && lastModified != "" {
		if t, err := http.ParseTime(v[0]); err == nil && modified.After(t) {
			return failed
		}
	}
	if v := h["If-None-Match"]; v != nil {
		if listed(v, etag, true) {
			return notModified
		}
		return proceed // If-Modified-Since is ignored beside it
	}
	if v := h["If-Modified-Since"]; v != nil && lastModified != "" {
		if v[0] == lastModified {
			return notModified
		}
		if t, err := http.ParseTime(v[0]); err == nil && !modified.After(t) {
			return notModified
		}
	}
	return proceed
}

// listed reports whether a list of entity tags holds etag, or is "*". The weak
// comparison forgives a W/ that some proxy put before a strong tag; the strong
// one does not (RFC 9110 section 8.8.3.2).
func listed(header []string, etag string, weak bool) bool {
	for _, line := range header {
		if line == etag || line == "*" {
			return true
		}
		for line != "" {
			line = strings.TrimLeft(line, " \t,")
			tag, isWeak := line, false
			if rest, ok := strings.CutPrefix(line, "W/"); ok {
				tag, isWeak = rest, true
			}
			if tag == "" || tag[0] != '"' {
				break // nothing that can be read follows
			}
			end := strings.IndexByte(tag[1:], '"')
			if end < 0 {
				break
			}
			if tag[:end+2] == etag && (weak || !isWeak) {
				return true
			}
			line = tag[end+2:]
		}
	}
	return false
}
