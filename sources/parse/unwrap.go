package parse

import (
	"bytes"
	"compress/gzip"
	"errors"
	"io"
)

// unwrap opens a body that is gzip although nobody said so, within bounds.
func unwrap(b []byte, limits *Limits, warn *warnings) ([]byte, error) {
	if len(b) > limits.Body {
		return nil, refuse(CodeTooLarge, limits.Body, "the document is larger than %d bytes", limits.Body)
	}
	if len(b) < 18 || b[0] != 0x1f || b[1] != 0x8b {
		return b, nil
	}
	r, err := gzip.NewReader(bytes.NewReader(b))
	if err != nil {
		return nil, &Error{Code: CodeUnreadable, Message: "opening what looks like gzip", Err: err}
	}
	out, err := io.ReadAll(io.LimitReader(r, int64(limits.Body)+1))
	if len(out) > limits.Body {
		return nil, refuse(CodeTooLarge, limits.Body, "the document is larger than %d bytes once decompressed", limits.Body)
	}
	if err != nil && (len(out) == 0 || !errors.Is(err, io.ErrUnexpectedEOF)) {
		return nil, &Error{Code: CodeUnreadable, Message: "decompressing the document", Err: err}
	}
	warn.blind = true
	warn.add("unannounced-gzip", 0, "the body is gzip, which no header said")
	return out, nil
}
