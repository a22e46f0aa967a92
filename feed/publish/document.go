package publish

import (
	"bytes"
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"io"
	"net/http"
	"strconv"
	"sync"
	"sync/atomic"
	"time"
	"weak"

	"github.com/andybalholm/brotli"
	"github.com/klauspost/compress/gzip"
	"github.com/klauspost/compress/zstd"

	"warta/feed/render"
)

// The levels are those after which size falls little and time grows much: on
// 150 KB of real feeds gzip 5 takes 1.3 ms for 45.9 KB (9: 4.4 ms, 44.0 KB),
// brotli 5 takes 6 ms for 42.3 KB (9: 35 ms, 41.7 KB).
const (
	gzipLevel   = 5
	brotliLevel = 5
)

// document is one published document. It never changes: a new version is a
// new document. Only its gzip form is always kept; brotli and zstd are made
// when first asked for, and the plain form is unpacked for those few who
// can't take gzip.
type document struct {
	path      string    // below the site's address: "paser.atom", "paser/", ""
	digest    string    // of the plain bytes; the ETag without quotes and suffix
	modified  time.Time // zero: not stated
	since     time.Time // from when on nobody was served an earlier version
	entries   int
	contained []shownItem // of a partner's document: what is in it
	size      int         // of the plain form
	status    int

	lineage *lineage // nil: no deltas are made of it
	head    *render.Head
	format  render.Format
	deltas  deltas

	lastModified string
	forms        [codings]form
	gz           []byte
	common       *headers
	links        []string // the Link header; nil: none
}

// form is a document in one coding, with its header values ready to be put
// into a http.Header.
type form struct {
	etag         []string
	encoding     []string
	lastModified []string
	body         atomic.Pointer[packed]

	making   sync.Mutex // held while the form is made
	fleeting weak.Pointer[packed]
}

// packed is bytes with their Content-Length.
type packed struct {
	bytes  []byte
	length []string
}

func newPacked(b []byte) *packed { return &packed{b, []string{strconv.Itoa(len(b))}} }

// digestOf names plain bytes, for ETags.
func digestOf(b []byte) string {
	sum := sha256.Sum256(b)
	return hex.EncodeToString(sum[:12])
}

// newDocument packs plain bytes, of which digest is the name.
func newDocument(path string, plain []byte, digest string, modified time.Time, entries int, common *headers) (*document, error) {
	d := &document{
		path: path, digest: digest, modified: modified.UTC().Truncate(time.Second),
		entries: entries, size: len(plain), status: http.StatusOK, common: common,
	}
	gz, err := pack(gzipped, plain)
	if err != nil {
		return nil, fmt.Errorf("packing %s: %w", path, err)
	}
	d.gz = gz
	d.label()
	return d, nil
}

// label makes the header values, and the form that is always kept.
func (d *document) label() {
	d.labelOnly()
	d.forms[gzipped].body.Store(newPacked(d.gz))
}

// labelOnly makes the header values.
func (d *document) labelOnly() {
	var modified []string
	if !d.modified.IsZero() {
		d.lastModified = d.modified.Format(http.TimeFormat)
		modified = []string{d.lastModified}
	}
	for c := range d.forms {
		f := &d.forms[c]
		f.etag = []string{`"` + d.digest + etagSuffixes[c] + `"`}
		f.lastModified = modified
		if coding(c) != identity {
			f.encoding = []string{codingNames[c]}
		}
	}
}

// body returns the document in a coding. What was made for one client is there
// for the next: brotli and zstd for as long as the document lives, the plain
// form until memory is wanted.
func (d *document) body(c coding) (*packed, error) {
	f := &d.forms[c]
	if b := f.body.Load(); b != nil {
		return b, nil
	}
	f.making.Lock()
	defer f.making.Unlock()
	if b := f.body.Load(); b != nil {
		return b, nil
	}
	if b := f.fleeting.Value(); b != nil {
		return b, nil
	}
	plain, err := d.plain()
	if err != nil {
		return nil, err
	}
	if c == identity {
		made := newPacked(plain)
		f.fleeting = weak.Make(made)
		return made, nil
	}
	b, err := pack(c, plain)
	if err != nil {
		return nil, fmt.Errorf("packing %s: %w", d.path, err)
	}
	made := newPacked(b)
	f.body.Store(made)
	return made, nil
}

// plain unpacks the document.
func (d *document) plain() ([]byte, error) {
	r, err := gzip.NewReader(bytes.NewReader(d.gz))
	if err != nil {
		return nil, fmt.Errorf("unpacking %s: %w", d.path, err)
	}
	plain := make([]byte, d.size)
	if _, err := io.ReadFull(r, plain); err != nil {
		return nil, fmt.Errorf("unpacking %s: %w", d.path, err)
	}
	return plain, nil
}

// packers are kept because a compressor's tables cost more to make than a
// small document to pack.
var (
	gzipWriters   = sync.Pool{New: func() any { w, _ := gzip.NewWriterLevel(nil, gzipLevel); return w }}
	brotliWriters = sync.Pool{New: func() any { return brotli.NewWriterLevel(nil, brotliLevel) }}
	zstdWriters   = sync.Pool{New: func() any {
		w, _ := zstd.NewWriter(nil, zstd.WithEncoderLevel(zstd.SpeedBetterCompression), zstd.WithEncoderConcurrency(1), zstd.WithWindowSize(1<<20))
		return w
	}}
)

type packer interface {
	io.WriteCloser
	Reset(io.Writer)
}

// pack is deterministic, as a strong ETag demands.
func pack(c coding, plain []byte) ([]byte, error) {
	pool := &gzipWriters
	switch c {
	case brotlied:
		pool = &brotliWriters
	case zstded:
		pool = &zstdWriters
	}
	w, ok := pool.Get().(packer)
	if !ok {
		return nil, fmt.Errorf("no %s compressor", codingNames[c])
	}
	defer pool.Put(w)
	out := bytes.NewBuffer(make([]byte, 0, len(plain)/3+64))
	w.Reset(out)
	if _, err := w.Write(plain); err != nil {
		return nil, err
	}
	if err := w.Close(); err != nil {
		return nil, err
	}
	return bytes.Clone(out.Bytes()), nil
}
