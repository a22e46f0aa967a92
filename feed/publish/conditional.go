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

// dates are what a document and an answer say of time.
type dates struct {
	stated   string    // Last-Modified as the header has it; empty: dates say nothing
	modified time.Time // the same as time; every version has a later one than the last
	since    time.Time // from when on only this version was served
	now      time.Time
}

// evaluate weighs the preconditions of a GET or HEAD in the order of RFC 9110
// section 13.2.2.
func evaluate(h http.Header, etag string, d dates) condition {
	if v := h["If-Match"]; v != nil {
		if !listed(v, etag, false) {
			return failed
		}
	} else if v := h["If-Unmodified-Since"]; v != nil && d.stated != "" {
		if t, err := http.ParseTime(v[0]); err == nil && d.modified.After(t) {
			return failed
		}
	}
	if v := h["If-None-Match"]; v != nil {
		if listed(v, etag, true) {
			return notModified
		}
		return proceed // If-Modified-Since is ignored beside it
	}
	if v := h["If-Modified-Since"]; v != nil && d.stated != "" && d.had(v[0]) {
		return notModified
	}
	return proceed
}

// had reports whether who asks with this date has the present version. That is
// sure of the very date we stated. Another date may be the Date of an answer
// (RFC 9110 section 13.1.3), and Last-Modified, the time of a story, may lie
// well before the moment at which it stood in the document: such a date must
// not be older than that moment, nor lie in the future.
func (d dates) had(header string) bool {
	if header == d.stated {
		return true
	}
	t, err := http.ParseTime(header)
	if err != nil {
		return false
	}
	return t.Equal(d.modified) || !t.Before(d.modified) && !t.Before(d.since) && !t.After(d.now)
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
