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
	mining      []string // tdm-reservation; mostly nil
	terms       []string // tdm-policy; mostly nil
	referrer    []string // Referrer-Policy; mostly nil
	vary        []string // Vary; nil: varyEncoding
}

// Values shared by every answer. What a partner is sent differs from what
// everybody is, at the same address: a cache must keep them apart, also where
// the one it has is of an address that isn't there. A http.Header holds slices, so that a ready
// one is put in without being made anew for each request.
var (
	varyEncoding = []string{"Accept-Encoding, Authorization"}
	varyAccept   = []string{"Accept, Accept-Encoding, Authorization"}
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

// varies is the Vary header.
func (h *headers) varies() []string {
	if h.vary != nil {
		return h.vary
	}
	return varyEncoding
}

// serve answers with the document: 200, or 304 where the client has it, or 412
// where it wants another.
func (d *document) serve(w http.ResponseWriter, r *http.Request, now time.Time) {
	d.serveAs(w, r, now, d.common)
}

// serveAs is serve with the headers of one kind of reader. It returns the
// status.
func (d *document) serveAs(w http.ResponseWriter, r *http.Request, now time.Time, common *headers) int {
	c := negotiate(r.Header["Accept-Encoding"])
	if c == unacceptable {
		problem(w, r, http.StatusNotAcceptable)
		return http.StatusNotAcceptable
	}
	f := &d.forms[c]
	if status := d.precondition(w, r, f, now, common); status != 0 {
		return status
	}
	if status := d.serveDelta(w, r, c, common); status != 0 {
		return status
	}
	body, err := d.body(c)
	if err != nil {
		clear(w.Header())
		problem(w, r, http.StatusInternalServerError)
		return http.StatusInternalServerError
	}
	return d.write(w, r, f, body, common)
}

// precondition answers who has the document, or wants another, and returns the
// status; 0: the document is to be sent.
func (d *document) precondition(w http.ResponseWriter, r *http.Request, f *form, now time.Time, common *headers) int {
	d.stamp(w.Header(), f, now, common)
	if d.status != http.StatusOK {
		return 0
	}
	switch evaluate(r.Header, f.etag[0], dates{d.lastModified, d.modified, d.since, now}) {
	case notModified:
		w.WriteHeader(http.StatusNotModified)
		return http.StatusNotModified
	case failed:
		w.WriteHeader(http.StatusPreconditionFailed)
		return http.StatusPreconditionFailed
	}
	return 0
}

// write sends the document in a form.
func (d *document) write(w http.ResponseWriter, r *http.Request, f *form, body *packed, common *headers) int {
	h := w.Header()
	h["Content-Type"] = common.contentType
	h["Content-Length"] = body.length
	if f.encoding != nil {
		h["Content-Encoding"] = f.encoding
	}
	if common.policy != nil {
		h["Content-Security-Policy"] = common.policy
	}
	if d.links != nil {
		h["Link"] = d.links
	}
	h["X-Content-Type-Options"] = nosniff
	w.WriteHeader(d.status)
	if r.Method != http.MethodHead {
		w.Write(body.bytes) // an error means that the client left
	}
	return d.status
}

// stamp sets what a 304 repeats of the 200 (RFC 9110 section 15.4.5). Two
// versions made within one second have different dates all the same, so the
// later one may lie ahead of the clock: until that reaches it, no date is
// stated (section 8.8.2.1).
func (d *document) stamp(h http.Header, f *form, now time.Time, common *headers) {
	h["Etag"] = f.etag
	if f.lastModified != nil && !d.modified.After(now) {
		h["Last-Modified"] = f.lastModified
	}
	h["Cache-Control"] = common.cache
	h["Vary"] = common.varies()
	if common.cors != nil {
		h["Access-Control-Allow-Origin"] = common.cors
	}
	if common.robots != nil {
		h["X-Robots-Tag"] = common.robots
	}
	if common.mining != nil {
		h["Tdm-Reservation"] = common.mining
	}
	if common.terms != nil {
		h["Tdm-Policy"] = common.terms
	}
	if common.referrer != nil {
		h["Referrer-Policy"] = common.referrer
	}
}
