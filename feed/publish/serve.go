package publish

import (
	"net/http"
	"time"

	"warta/feed/render"
)

// headers are the values that all documents of a kind share.
type headers struct {
	contentType []string
	cache       []string
	cors        []string // nil for pages
	policy      []string // Content-Security-Policy; nil for feeds
	robots      []string // X-Robots-Tag; mostly nil
}

// Values shared by every answer. A http.Header holds slices, so that a ready
// one is put in without being made anew for each request.
var (
	varyEncoding = []string{"Accept-Encoding"}
	nosniff      = []string{"nosniff"}
	anyOrigin    = []string{"*"}
)

// freshness is Cache-Control of everything public: a minute old is young
// enough for news, and a cache may answer with it for a little longer while it
// asks for the next.
const freshness = "public, max-age=60, stale-while-revalidate=300"

func feedHeaders(contentType string) *headers {
	return &headers{contentType: []string{contentType}, cache: []string{freshness}, cors: anyOrigin}
}

func pageHeaders() *headers {
	return &headers{
		contentType: []string{"text/html; charset=utf-8"},
		cache:       []string{freshness},
		policy:      []string{render.CSP},
	}
}

// serve answers with the document: 200, or 304 where the client has it, or 412
// where it wants another.
func (d *document) serve(w http.ResponseWriter, r *http.Request, now time.Time) {
	c := negotiate(r.Header["Accept-Encoding"])
	if c == unacceptable {
		problem(w, r, http.StatusNotAcceptable)
		return
	}
	f := &d.forms[c]
	h := w.Header()
	d.stamp(h, f, now)
	if d.status == http.StatusOK {
		switch evaluate(r.Header, f.etag[0], dates{d.lastModified, d.modified, d.since, now}) {
		case notModified:
			w.WriteHeader(http.StatusNotModified)
			return
		case failed:
			w.WriteHeader(http.StatusPreconditionFailed)
			return
		}
	}
	body, err := d.body(c)
	if err != nil {
		clear(h)
		problem(w, r, http.StatusInternalServerError)
		return
	}
	h["Content-Type"] = d.common.contentType
	h["Content-Length"] = body.length
	if f.encoding != nil {
		h["Content-Encoding"] = f.encoding
	}
	if d.common.policy != nil {
		h["Content-Security-Policy"] = d.common.policy
	}
	h["X-Content-Type-Options"] = nosniff
	w.WriteHeader(d.status)
	if r.Method != http.MethodHead {
		w.Write(body.bytes) // an error means that the client left
	}
}

// stamp sets what a 304 repeats of the 200 (RFC 9110 section 15.4.5). Two
// versions made within one second have different dates all the same, so the
// later one may lie ahead of the clock: until that reaches it, no date is
// stated (section 8.8.2.1).
func (d *document) stamp(h http.Header, f *form, now time.Time) {
	h["Etag"] = f.etag
	if f.lastModified != nil && !d.modified.After(now) {
		h["Last-Modified"] = f.lastModified
	}
	h["Cache-Control"] = d.common.cache
	h["Vary"] = varyEncoding
	if d.common.cors != nil {
		h["Access-Control-Allow-Origin"] = d.common.cors
	}
	if d.common.robots != nil {
		h["X-Robots-Tag"] = d.common.robots
	}
}
