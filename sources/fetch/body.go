package fetch

import (
	"bufio"
	"bytes"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"io"
	"net/http"
	"strings"
	"sync"

	"github.com/andybalholm/brotli"
	"github.com/klauspost/compress/gzip"
	"github.com/klauspost/compress/zstd"
)

// keepBuffer is the largest buffer that is kept for the next document.
const keepBuffer = 512 << 10

// pools of what reading a body needs. Nothing of a document stays in them.
var (
	buffers = sync.Pool{New: func() any { return new(bytes.Buffer) }}
	inputs  = sync.Pool{New: func() any { return bufio.NewReaderSize(nil, 8<<10) }}
)

// read takes in the body of a response, decompressed, unless it is the known
// one.
func (out *Response) read(resp *http.Response, j *job) error {
	if !j.cut && resp.ContentLength > j.maxBody {
		return tooLarge(j.maxBody, "announced")
	}
	buf := buffers.Get().(*bytes.Buffer)
	buf.Reset()
	defer func() {
		if buf.Cap() <= keepBuffer {
			buffers.Put(buf)
		}
	}()
	if err := inflate(buf, resp, j); err != nil {
		return err
	}
	sum := sha256.Sum256(buf.Bytes())
	out.Hash = hex.EncodeToString(sum[:])
	switch {
	case out.Hash == j.BodyHash:
		out.Unchanged = true
	case buf.Cap() > keepBuffer:
		out.Body = buf.Bytes() // the buffer goes with it
	default:
		out.Body = append(make([]byte, 0, buf.Len()), buf.Bytes()...)
	}
	return nil
}

// wire is a response's body as sent, or a layer of it, bounded, which
// remembers what went wrong with it: decoders don't tell the connection's
// errors from their own.
type wire struct {
	io.LimitedReader
	below *wire // nil: the connection
	err   error
}

func (w *wire) Read(p []byte) (int, error) {
	n, err := w.LimitedReader.Read(p)
	if err != nil && err != io.EOF {
		w.err = err
	}
	return n, err
}

// inflate reads a body through its content codings into buf, bounded as sent
// and as it comes out.
func inflate(buf *bytes.Buffer, resp *http.Response, j *job) error {
	codings, err := codingsOf(resp.Header)
	if err != nil {
		return err
	}
	r := &wire{LimitedReader: io.LimitedReader{R: resp.Body, N: j.maxBody + 1}}
	if len(codings) == 0 {
		buf.Grow(int(min(max(resp.ContentLength, 0), keepBuffer-bytes.MinRead)) + bytes.MinRead)
	}
	for i := len(codings) - 1; i >= 0; i-- { // the last one was applied last (RFC 9110 section 8.4)
		layer, done, err := decoder(codings[i], r)
		defer done()
		if err != nil {
			return r.explain(err, buf.Len(), j.maxBody)
		}
		// Bounded between layers too: millions of empty gzip members are small
		// before and nothing after.
		r = &wire{LimitedReader: io.LimitedReader{R: layer, N: j.maxBody + 1}, below: r}
	}
	_, err = buf.ReadFrom(r)
	switch {
	case int64(buf.Len()) > j.maxBody && j.cut:
		buf.Truncate(int(j.maxBody))
		return nil
	case int64(buf.Len()) > j.maxBody:
		return tooLarge(j.maxBody, "decompressed")
	case err != nil:
		return r.explain(err, buf.Len(), j.maxBody)
	}
	return nil
}

// explain sorts what may happen while a body is read after n bytes came out.
func (w *wire) explain(err error, n int, limit int64) error {
	for w.below != nil {
		w = w.below
		if w.N <= 0 {
			return tooLarge(limit, "before it is decompressed")
		}
	}
	switch {
	case w.err != nil && w.err != io.ErrUnexpectedEOF:
		return w.err
	case errors.Is(err, io.ErrUnexpectedEOF):
		return &Error{Kind: Network, Err: fmt.Errorf("the answer broke off after %d bytes", n), Hint: "it is tried again later"}
	}
	return &Error{Kind: Encoding, Err: fmt.Errorf("decompressing: %w", err), Hint: "the server compresses its answer wrongly"}
}

func tooLarge(limit int64, what string) error {
	return &Error{Kind: TooLarge, Err: fmt.Errorf("more than the %s allowed (%s)", size(limit), what),
		Hint: "raise fetch.max_body if the document is really meant to be this large"}
}

func size(n int64) string {
	switch {
	case n >= 1<<20 && n%(1<<20) == 0:
		return fmt.Sprintf("%d MiB", n>>20)
	case n >= 1<<10 && n%(1<<10) == 0:
		return fmt.Sprintf("%d KiB", n>>10)
	}
	return fmt.Sprintf("%d bytes", n)
}

// maxCodings bounds layers of compression; two are seen where a site and the
// proxy before it both compress.
const maxCodings = 3

// codingsOf lists the content codings of a response in the order applied.
func codingsOf(h http.Header) ([]string, error) {
	values := h["Content-Encoding"]
	if len(values) == 0 {
		return nil, nil
	}
	var list []string
	for _, part := range strings.Split(strings.Join(values, ","), ",") {
		switch name := strings.ToLower(strings.TrimSpace(part)); name {
		case "", "identity", "none", "utf-8": // the last two are no codings, but sent
		case "gzip", "x-gzip", "br", "zstd":
			list = append(list, strings.TrimPrefix(name, "x-"))
		default:
			return nil, &Error{Kind: Encoding, Err: fmt.Errorf("compressed as %.40q, which was not asked for", name)}
		}
		if len(list) > maxCodings {
			return nil, &Error{Kind: Encoding, Err: fmt.Errorf("compressed more than %d times over", maxCodings)}
		}
	}
	return list, nil
}

// resetter is what the three decoders have in common.
type resetter interface {
	io.Reader
	Reset(io.Reader) error
}

var decoders = map[string]*sync.Pool{
	"gzip": {New: func() any { return new(gzip.Reader) }},
	"br":   {New: func() any { return new(brotli.Reader) }},
	"zstd": {New: func() any { return newZstd() }},
}

// newZstd returns a decoder that works in the caller's goroutine, with the
// window that RFC 9659 allows for HTTP.
func newZstd() resetter {
	d, err := zstd.NewReader(nil, zstd.WithDecoderConcurrency(1), zstd.WithDecoderLowmem(true), zstd.WithDecoderMaxWindow(8<<20))
	if err != nil {
		return nil // only wrong options can fail
	}
	return d
}

// decoder puts a decoder before r; done is to be called in any case. An answer
// that says gzip and is not is taken as it is: servers that say so of what
// they never compressed exist.
func decoder(coding string, r io.Reader) (layer io.Reader, done func(), err error) {
	in := inputs.Get().(*bufio.Reader)
	in.Reset(r)
	release := func() { in.Reset(nil); inputs.Put(in) }
	head, err := in.Peek(2)
	if len(head) == 0 {
		if err == io.EOF {
			err = nil // an empty body needs no decoding
		}
		return in, release, err
	}
	if coding == "gzip" && string(head) != gzipMagic {
		return in, release, nil
	}
	pool := decoders[coding]
	d, ok := pool.Get().(resetter)
	if !ok {
		return nil, release, errors.New("no decoder for " + coding)
	}
	done = func() {
		if z, ok := d.(*zstd.Decoder); ok {
			_ = z.Reset(nil) // lets go of the connection
		}
		pool.Put(d)
		release()
	}
	err = d.Reset(in)
	if z, ok := d.(*gzip.Reader); ok && err == nil {
		z.Multistream(false)
		return &members{z, in}, done, nil
	}
	return d, done, err
}

const gzipMagic = "\x1f\x8b"

// members reads the members of a gzip stream (RFC 1952 section 2.2). Junk
// behind the last one is forgiven, as browsers do.
type members struct {
	z  *gzip.Reader
	in *bufio.Reader
}

func (m *members) Read(p []byte) (int, error) {
	n, err := m.z.Read(p)
	if err != io.EOF {
		return n, err
	}
	if head, _ := m.in.Peek(2); string(head) != gzipMagic {
		return n, io.EOF
	}
	err = m.z.Reset(m.in)
	m.z.Multistream(false)
	return n, err
}
