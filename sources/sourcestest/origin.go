// Package sourcestest is the origin that tests and the demo read from: an
// HTTP server on loopback (RFC 9110) that answers as real sites do, with
// validators, 304s and compression, and misbehaves on request.
package sourcestest

import (
	"crypto/sha256"
	"crypto/tls"
	"crypto/x509"
	"encoding/hex"
	"errors"
	"fmt"
	"net"
	"net/http"
	"slices"
	"sync"
	"time"
)

// Document is what an Origin serves under one path.
type Document struct {
	Type     string // Content-Type; empty: by http.DetectContentType
	Body     []byte
	Modified time.Time // Last-Modified; zero: not sent
	ETag     string    // as sent, quotes included; empty: made from the body; "-": not sent
	Header   http.Header
	Encoding string // Content-Encoding: "gzip", "br", "zstd", "identity"; empty: gzip where accepted
}

// stored is a Document with the forms it was compressed into.
type stored struct {
	Document
	packed map[string][]byte
}

// Origin is a site. Its zero value is not usable; see New. All methods are
// safe for concurrent use.
type Origin struct {
	mu    sync.Mutex
	docs  map[string]*stored
	acts  map[string]Behaviour
	seen  map[string]*Seen
	total Seen

	server *http.Server
	url    string
	cert   *x509.Certificate
	quit   chan struct{}
	once   sync.Once
}

// Seen counts what was asked of an Origin, or of one of its paths.
type Seen struct {
	Requests    int
	NotModified int         // answered with 304
	Bytes       int64       // of bodies, as sent
	Last        http.Header // header of the last request
}

// New returns an Origin that is not listening yet.
func New() *Origin {
	return &Origin{
		docs: make(map[string]*stored),
		acts: make(map[string]Behaviour),
		seen: make(map[string]*Seen),
		quit: make(chan struct{}),
	}
}

// Start listens on addr; empty means any free port of 127.0.0.1. Close ends it.
func (o *Origin) Start(addr string) error { return o.start(addr, nil) }

// StartTLS is Start with HTTPS (HTTP/2 included) and a certificate that nobody
// vouches for.
func (o *Origin) StartTLS(addr string) error {
	now := time.Now()
	return o.StartCertificate(addr, now.Add(-time.Hour), now.Add(24*time.Hour), "127.0.0.1", "localhost")
}

// StartCertificate is StartTLS with a certificate for the hosts named and of
// the validity given.
func (o *Origin) StartCertificate(addr string, from, until time.Time, hosts ...string) error {
	cert, err := SelfSigned(from, until, hosts...)
	if err != nil {
		return fmt.Errorf("making a certificate: %w", err)
	}
	o.cert = cert.Leaf
	return o.start(addr, &tls.Config{Certificates: []tls.Certificate{cert}})
}

func (o *Origin) start(addr string, conf *tls.Config) error {
	if addr == "" {
		addr = "127.0.0.1:0"
	}
	ln, err := net.Listen("tcp", addr)
	if err != nil {
		return fmt.Errorf("starting an origin on %s: %w", addr, err)
	}
	o.Serve(ln, conf)
	return nil
}

// Serve answers on a listener, with HTTPS where conf is not nil, and returns
// at once.
func (o *Origin) Serve(ln net.Listener, conf *tls.Config) {
	o.server = &http.Server{Handler: o, TLSConfig: conf, ErrorLog: silent()}
	if conf != nil {
		o.url = "https://" + ln.Addr().String()
		go func() { _ = o.server.ServeTLS(ln, "", "") }()
		return
	}
	o.url = "http://" + ln.Addr().String()
	go func() { _ = o.server.Serve(ln) }()
}

// Close ends the server and everything that hangs.
func (o *Origin) Close() error {
	o.once.Do(func() { close(o.quit) })
	if o.server == nil {
		return nil
	}
	if err := o.server.Close(); err != nil && !errors.Is(err, net.ErrClosed) {
		return fmt.Errorf("closing the origin: %w", err)
	}
	return nil
}

// URL is the origin's address, without a slash at its end.
func (o *Origin) URL() string { return o.url }

// Certificate is the origin's own one, for a client that is to trust it.
func (o *Origin) Certificate() *x509.Certificate { return o.cert }

// Set serves a document under a path, in place of any before. The caller must
// not change its body afterwards.
func (o *Origin) Set(path string, d Document) {
	if d.ETag == "" {
		sum := sha256.Sum256(d.Body)
		d.ETag = `"` + hex.EncodeToString(sum[:8]) + `"`
	}
	if d.Type == "" {
		d.Type = http.DetectContentType(d.Body)
	}
	d.Modified = d.Modified.Truncate(time.Second)
	o.mu.Lock()
	defer o.mu.Unlock()
	o.docs[path] = &stored{Document: d, packed: make(map[string][]byte)}
}

// Remove makes a path answer 404 again.
func (o *Origin) Remove(path string) {
	o.mu.Lock()
	defer o.mu.Unlock()
	delete(o.docs, path)
}

// Behave makes a path misbehave. The zero Behaviour ends it.
func (o *Origin) Behave(path string, b Behaviour) {
	o.mu.Lock()
	defer o.mu.Unlock()
	if b.none() {
		delete(o.acts, path)
		return
	}
	o.acts[path] = b
}

// Paths lists the documents served, sorted.
func (o *Origin) Paths() []string {
	o.mu.Lock()
	defer o.mu.Unlock()
	list := make([]string, 0, len(o.docs))
	for p := range o.docs {
		list = append(list, p)
	}
	slices.Sort(list)
	return list
}

// Seen tells what was asked of one path.
func (o *Origin) Seen(path string) Seen {
	o.mu.Lock()
	defer o.mu.Unlock()
	if s := o.seen[path]; s != nil {
		return *s
	}
	return Seen{}
}

// Total tells what was asked of all paths together.
func (o *Origin) Total() Seen {
	o.mu.Lock()
	defer o.mu.Unlock()
	return o.total
}

// Forget sets all counters to nothing.
func (o *Origin) Forget() {
	o.mu.Lock()
	defer o.mu.Unlock()
	clear(o.seen)
	o.total = Seen{}
}
