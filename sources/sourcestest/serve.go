package sourcestest

import (
	"bytes"
	"fmt"
	"io"
	"log"
	"net/http"
	"strconv"
	"strings"
	"time"

	"github.com/andybalholm/brotli"
	"github.com/klauspost/compress/gzip"
	"github.com/klauspost/compress/zstd"
)

// ServeHTTP answers one request. Documents are found by path, and by path and
// query where one was set so.
func (o *Origin) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	path, d, b := o.find(r)
	counted := &counter{ResponseWriter: w}
	defer func() { o.count(path, counted) }()
	if o.act(counted, r, b) {
		return
	}
	if d == nil {
		http.Error(counted, "no such document", http.StatusNotFound)
		return
	}
	if r.Method != http.MethodGet && r.Method != http.MethodHead {
		counted.Header().Set("Allow", "GET, HEAD")
		http.Error(counted, "only GET and HEAD", http.StatusMethodNotAllowed)
		return
	}
	o.document(counted, r, d, b)
}

// find records a request and looks up what it is to get.
func (o *Origin) find(r *http.Request) (path string, d *stored, b Behaviour) {
	o.mu.Lock()
	defer o.mu.Unlock()
	path = r.URL.Path
	if q := r.URL.RequestURI(); q != path {
		if _, ok := o.docs[q]; ok {
			path = q
		} else if _, ok := o.acts[q]; ok {
			path = q
		}
	}
	d = o.docs[path]
	b = o.acts[path]
	if b.Times > 0 {
		if b.Times--; b.Times == 0 {
			delete(o.acts, path)
		} else {
			o.acts[path] = b
		}
	}
	s := o.seen[path]
	if s == nil {
		s = new(Seen)
		o.seen[path] = s
	}
	s.Requests++
	s.Last = r.Header
	o.total.Requests++
	o.total.Last = r.Header
	return path, d, b
}

// count records what was answered.
func (o *Origin) count(path string, c *counter) {
	o.mu.Lock()
	defer o.mu.Unlock()
	for _, s := range []*Seen{o.seen[path], &o.total} {
		if s == nil {
			continue // counters were forgotten meanwhile
		}
		s.Bytes += c.bytes
		if c.status == http.StatusNotModified {
			s.NotModified++
		}
	}
}

// document serves a document, conditionally and compressed.
func (o *Origin) document(w http.ResponseWriter, r *http.Request, d *stored, b Behaviour) {
	h := w.Header()
	for name, values := range d.Header {
		h[name] = values
	}
	if d.ETag != "-" {
		h["Etag"] = []string{d.ETag}
	}
	if !d.Modified.IsZero() {
		h.Set("Last-Modified", d.Modified.UTC().Format(http.TimeFormat))
	}
	if !b.Blind && known(r, d.Document) || b.Lie && conditional(r) {
		w.WriteHeader(http.StatusNotModified)
		return
	}
	coding := d.Encoding
	if coding == "" && strings.Contains(r.Header.Get("Accept-Encoding"), "gzip") {
		coding = "gzip"
	}
	body, err := o.pack(d, coding)
	if err != nil {
		http.Error(w, err.Error(), http.StatusInternalServerError)
		return
	}
	h.Set("Content-Type", d.Type)
	if coding != "" && coding != "identity" {
		h.Set("Content-Encoding", coding)
		h.Set("Vary", "Accept-Encoding")
	}
	h.Set("Content-Length", strconv.Itoa(len(body)))
	w.WriteHeader(http.StatusOK)
	if r.Method != http.MethodHead {
		o.send(w, r, body, b)
	}
}

// send writes a body as slowly, or as incompletely, as it is meant to be.
func (o *Origin) send(w http.ResponseWriter, r *http.Request, body []byte, b Behaviour) {
	broken := b.Truncate > 0 && b.Truncate < len(body)
	if broken {
		body = body[:b.Truncate]
	}
	step := len(body)
	if b.Drip > 0 {
		step = 1
	}
	flush := http.NewResponseController(w)
	for len(body) > 0 {
		n := min(step, len(body))
		if _, err := w.Write(body[:n]); err != nil {
			return
		}
		body = body[n:]
		if b.Drip > 0 || broken {
			_ = flush.Flush()
		}
		if b.Drip > 0 && !o.pause(r, b.Drip) {
			return
		}
	}
	if broken {
		panic(http.ErrAbortHandler) // ends the connection before its time
	}
}

func conditional(r *http.Request) bool {
	return r.Header.Get("If-None-Match") != "" || r.Header.Get("If-Modified-Since") != ""
}

// known reports whether the asker has the document (RFC 9110 section 13.2.2:
// If-None-Match decides where it is given).
func known(r *http.Request, d Document) bool {
	if tags := r.Header.Get("If-None-Match"); tags != "" && d.ETag != "-" {
		for tag := range strings.SplitSeq(tags, ",") {
			tag = strings.TrimSpace(tag)
			if tag == "*" || strings.TrimPrefix(tag, "W/") == strings.TrimPrefix(d.ETag, "W/") {
				return true
			}
		}
		return false
	}
	since, err := http.ParseTime(r.Header.Get("If-Modified-Since"))
	return err == nil && !d.Modified.IsZero() && !d.Modified.After(since)
}

// pack compresses a body, once for each coding.
func (o *Origin) pack(d *stored, coding string) ([]byte, error) {
	if coding == "" || coding == "identity" {
		return d.Body, nil
	}
	o.mu.Lock()
	defer o.mu.Unlock()
	if body, ok := d.packed[coding]; ok {
		return body, nil
	}
	body, err := Pack(d.Body, strings.Split(coding, ",")...)
	if err == nil {
		d.packed[coding] = body
	}
	return body, err
}

// Pack compresses with one content coding after another.
func Pack(body []byte, codings ...string) ([]byte, error) {
	for _, coding := range codings {
		var buf bytes.Buffer
		var w io.WriteCloser
		var err error
		switch strings.TrimSpace(coding) {
		case "gzip":
			w = gzip.NewWriter(&buf)
		case "br":
			w = brotli.NewWriter(&buf)
		case "zstd":
			w, err = zstd.NewWriter(&buf, zstd.WithEncoderConcurrency(1))
		default:
			err = fmt.Errorf("content coding %q is not known here", coding)
		}
		if err != nil {
			return nil, err
		}
		if _, err := w.Write(body); err != nil {
			return nil, err
		}
		if err := w.Close(); err != nil {
			return nil, err
		}
		body = buf.Bytes()
	}
	return body, nil
}

// counter notes what goes out.
type counter struct {
	http.ResponseWriter
	status int
	bytes  int64
}

func (c *counter) WriteHeader(status int) {
	c.status = status
	c.ResponseWriter.WriteHeader(status)
}

func (c *counter) Write(p []byte) (int, error) {
	n, err := c.ResponseWriter.Write(p)
	c.bytes += int64(n)
	return n, err
}

// Unwrap lets http.ResponseController flush.
func (c *counter) Unwrap() http.ResponseWriter { return c.ResponseWriter }

// silent keeps the complaints of a server that is meant to break things away.
func silent() *log.Logger { return log.New(io.Discard, "", 0) }

// Day is a fixed time for documents: tests and the demo should not depend on
// when they run.
func Day(day int) time.Time { return time.Date(2026, 3, day, 8, 0, 0, 0, time.UTC) }
