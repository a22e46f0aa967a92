package sourcestest

import (
	"bufio"
	"io"
	"net/http"
	"strconv"
	"strings"
	"time"

	"github.com/klauspost/compress/gzip"
)

// Behaviour is what a path does instead of, or to, serving its document.
// Fields may be combined: a Status with a Header, a Wait with anything.
type Behaviour struct {
	Status int         // answers with this status and a short text
	Header http.Header // sent with every answer of the path

	// Redirect is a Location, sent with Status or 302; to the path itself it
	// makes a loop.
	Redirect string

	Wait     time.Duration // before the answer begins
	Hang     bool          // never begins to answer
	Drip     time.Duration // between one byte of the body and the next
	Truncate int           // breaks the connection off after so many bytes of the body
	Bomb     int64         // a body of so many bytes, gzip'd as it is sent
	Bloat    int           // a header of so many bytes more
	Blind    bool          // ignores If-None-Match and If-Modified-Since
	Lie      bool          // answers 304 to every conditional request

	Times int // how many requests it lasts; zero: for good
}

func (b Behaviour) none() bool {
	return b.Status == 0 && b.Header == nil && b.Redirect == "" && b.Wait == 0 && !b.Hang && b.Drip == 0 &&
		b.Truncate == 0 && b.Bomb == 0 && b.Bloat == 0 && !b.Blind && !b.Lie
}

// RetryAfter is a refusal that says when to come back: seconds or an HTTP date.
func RetryAfter(status int, when string) Behaviour {
	return Behaviour{Status: status, Header: http.Header{"Retry-After": {when}}}
}

// act plays the part of a behaviour that replaces the document, and reports
// whether there was one.
func (o *Origin) act(w http.ResponseWriter, r *http.Request, b Behaviour) bool {
	for name, values := range b.Header {
		w.Header()[name] = values
	}
	for i := range (b.Bloat + 999) / 1000 {
		w.Header().Set("X-Bloat-"+strconv.Itoa(i), strings.Repeat("x", 1000))
	}
	if b.Hang {
		select {
		case <-o.quit:
		case <-r.Context().Done():
		}
		panic(http.ErrAbortHandler) // ends the connection without a word
	}
	if b.Wait > 0 && !o.pause(r, b.Wait) {
		panic(http.ErrAbortHandler)
	}
	switch {
	case b.Redirect != "":
		w.Header().Set("Location", b.Redirect)
		w.WriteHeader(or(b.Status, http.StatusFound))
	case b.Bomb > 0:
		bomb(w, b.Bomb)
	case b.Status != 0:
		w.Header().Set("Content-Type", "text/plain; charset=utf-8")
		w.WriteHeader(b.Status)
		if b.Status >= 200 && b.Status != http.StatusNoContent && b.Status != http.StatusNotModified {
			_, _ = io.WriteString(w, http.StatusText(b.Status)+"\n")
		}
	default:
		return false
	}
	return true
}

func or(a, b int) int {
	if a != 0 {
		return a
	}
	return b
}

// pause waits, and reports false if somebody gave up meanwhile.
func (o *Origin) pause(r *http.Request, d time.Duration) bool {
	t := time.NewTimer(d)
	defer t.Stop()
	select {
	case <-t.C:
		return true
	case <-o.quit:
	case <-r.Context().Done():
	}
	return false
}

// bomb sends n bytes of an endless feed, gzip'd while they are made.
func bomb(w http.ResponseWriter, n int64) {
	w.Header().Set("Content-Type", "application/rss+xml")
	w.Header().Set("Content-Encoding", "gzip")
	w.WriteHeader(http.StatusOK)
	z, err := gzip.NewWriterLevel(w, gzip.BestSpeed)
	if err != nil {
		return
	}
	buf := bufio.NewWriterSize(z, 64<<10)
	const item = "<item><title>boom</title></item>\n"
	n -= int64(len(item))
	_, _ = buf.WriteString(`<rss version="2.0"><channel>` + "\n")
	for ; n > 0; n -= int64(len(item)) {
		if _, err := buf.WriteString(item); err != nil {
			return
		}
	}
	_ = buf.Flush()
	_ = z.Close()
}
