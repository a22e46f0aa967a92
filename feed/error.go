package feed

import "errors"

// The kinds of failure that callers tell apart. Everything else is internal.
// They are mapped once to HTTP status and once to exit status.
var (
	ErrNotFound    = errors.New("not found")
	ErrGone        = errors.New("withdrawn")
	ErrInvalid     = errors.New("invalid input")
	ErrUnavailable = errors.New("unavailable")
	ErrConflict    = errors.New("in use by another process")
)
