// Package parse turns the bytes of a feed, in any dialect and any state of
// repair, into a sources.Document: RSS 0.90 to 2.0 and 1.1, Atom 0.3 and 1.0 (RFC
// 4287), JSON Feed 1.0 and 1.1, CDF.
//
// A linear pass of our own goes first: it finds the encoding, forgives what
// can be forgiven, holds the bounds and cuts the document into its head and
// its entries (cut.go), each with a fingerprint. Entries whose fingerprint is
// known go no further. The head and the new ones are written again as a
// skeleton (skeleton.go), a small clean document, in which every value that
// gofeed would drop or rewrite is replaced by a reference into the notes.
// gofeed sorts the skeleton; rss.go, atom.go and json.go read its result and
// the notes. Every repair is a Warning.
package parse

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"strings"

	"warta/sources"
)

// Version names our way of reading. It is stored with each source; another
// version reads unchanged bytes again.
const Version = "2"

// Input is a body as it was received.
type Input struct {
	Body            []byte
	ContentType     string // the HTTP header, charset and all
	URL             string // the document's address, after redirects
	ContentLocation string // the HTTP header, if there was one
	ContentLanguage string // the HTTP header: the language where nothing in the document says

	// Known reports whether an entry is unchanged and need not be read again.
	// nil: every entry is new.
	Known  func(sources.Fingerprint) bool
	Limits Limits
}

// Parse reads a feed. The Document's Entries and Fingerprints count every
// entry, its Items are those that Known does not know. An error is an *Error
// or the context's.
func Parse(ctx context.Context, in Input) (*sources.Document, error) {
	if err := ctx.Err(); err != nil {
		return nil, err
	}
	limits := in.Limits.withDefaults()
	warn := &warnings{}
	doc := &sources.Document{URL: in.URL, Base: resolve(in.URL, in.ContentLocation)}
	body, err := unwrap(in.Body, &limits, warn)
	if err != nil {
		return nil, err
	}
	body, doc.Encoding, err = toUTF8(body, in.ContentType, warn)
	if err != nil {
		return nil, err
	}
	body = withoutNoncharacters(body, warn)
	if len(body) > limits.Body {
		return nil, refuse(CodeTooLarge, limits.Body, "the document is larger than %d bytes", limits.Body)
	}
	d := &decoder{doc: body, limits: &limits, warn: warn}
	d.entities.max = limits.Entities
	if first := bytes.TrimLeft(body, white+"\x00\v\f\uFEFF"); len(first) > 0 && first[0] == '{' {
		err = readJSON(ctx, d, len(body)-len(first), in.Known, doc)
	} else {
		err = readXML(ctx, d, in.Known, contentLanguage(in.ContentLanguage), doc)
		if start := jsonBehind(body, err); start >= 0 {
			warn.add("junk-before-root", 0, "something else stands before the feed begins")
			err = readJSON(ctx, d, start, in.Known, doc)
		}
	}
	if err != nil {
		return nil, located(err, warn)
	}
	identify(doc, d.unchanged, warn)
	doc.Warnings = warn.all()
	return doc, nil
}

// jsonBehind finds where a JSON Feed begins in a document that no XML was found
// in: behind a warning that PHP printed, or in a call as JSONP has it. -1: nowhere.
func jsonBehind(body []byte, err error) int {
	var e *Error
	version := bytes.Index(body, []byte("jsonfeed.org/version/"))
	if version < 0 || !errors.As(err, &e) || e.Code != CodeNotAFeed && e.Code != CodeHTMLPage {
		return -1
	}
	return bytes.IndexByte(body[:version], '{')
}

// contentLanguage reads the header (RFC 9110 section 8.5): of several languages
// none is the document's.
func contentLanguage(header string) string {
	if header = strings.TrimSpace(header); strings.ContainsAny(header, ", \t") || len(header) > 35 {
		return ""
	}
	return header
}

// located gives an error's offset in the document as received.
func located(err error, warn *warnings) error {
	var e *Error
	if errors.As(err, &e) && e.Offset > 0 {
		if e.Offset += warn.shift; warn.blind {
			e.Offset = -1
		}
	}
	return err
}

// readXML reads RSS, Atom and CDF.
func readXML(ctx context.Context, d *decoder, known func(sources.Fingerprint) bool, language string, doc *sources.Document) error {
	r, err := findRoot(d)
	if err != nil {
		return err
	}
	c, err := cut(d, r)
	if err != nil {
		return err
	}
	if err := ctx.Err(); err != nil {
		return err
	}
	doc.Format, doc.Entries, doc.Fingerprints = c.format, len(c.entries), c.fingerprints
	w, err := newWritten(d, c, doc.Base, language)
	if err != nil {
		return err
	}
	doc.Base = w.base
	doc.Signals = append(doc.Signals, rootSignals(d, r.tok)...)
	read := &reading{written: w, doc: doc}
	err = w.batches(known, func(first bool) error {
		if d.entities.over {
			return refuse(CodeManyEntities, -1, "the entities of its own DTD grow beyond bounds")
		}
		if w.atom {
			return read.readAtom(ctx, first)
		}
		return read.readRSS(ctx, first)
	})
	if err == nil && c.partial != nil {
		setApart(doc)
	}
	return err
}

// setApart takes the last item, which the document ends within, out of the
// others.
func setApart(doc *sources.Document) {
	last := len(doc.Items) - 1
	it := doc.Items[last]
	doc.Items, doc.Partial = doc.Items[:last:last], &it
}

// guarded runs a parser of gofeed's. It must never take the process down, so
// whatever it panics with becomes an error.
func guarded(run func() error) (err error) {
	defer func() {
		if p := recover(); p != nil {
			err = &Error{Code: CodeUnreadable, Offset: -1, Message: fmt.Sprintf("the feed parser failed: %v", p)}
		}
	}()
	return run()
}

// reader gives bytes to a parser as long as the context lives.
type reader struct {
	ctx context.Context
	r   *bytes.Reader
}

func newReader(ctx context.Context, b []byte) *reader { return &reader{ctx, bytes.NewReader(b)} }

func (r *reader) Read(p []byte) (int, error) {
	if err := r.ctx.Err(); err != nil {
		return 0, err
	}
	return r.r.Read(p)
}
