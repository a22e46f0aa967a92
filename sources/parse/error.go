package parse

import "fmt"

// Error says why a document can't be read. Offset counts bytes of the
// document as received, -1 where that isn't known.
type Error struct {
	Code    string // one of the codes below; stable
	Offset  int64
	Message string
	Hint    string   // what to do next
	Feeds   []string // html-page: the feeds that the page names, as written there
	Err     error
}

// The codes of an Error.
const (
	CodeEmpty          = "empty"
	CodeNotAFeed       = "not-a-feed"
	CodeHTMLPage       = "html-page"
	CodeUnreadable     = "unreadable"
	CodeTooLarge       = "too-large"
	CodeTooDeep        = "too-deep"
	CodeManyEntries    = "too-many-entries"
	CodeManyElements   = "too-many-elements"
	CodeManyNamespaces = "too-many-namespaces"
	CodeManyAttributes = "too-many-attributes"
	CodeManyBases      = "too-many-bases"
	CodeLongText       = "too-long-text"
	CodeLongHead       = "too-long-head"
	CodeManyEntities   = "too-many-entities"
)

func (e *Error) Error() string {
	s := e.Message
	if e.Offset > 0 {
		s = fmt.Sprintf("%s (at byte %d)", s, e.Offset)
	}
	if e.Hint != "" {
		s += "; " + e.Hint
	}
	return s
}

func (e *Error) Unwrap() error { return e.Err }

func refuse(code string, offset int, format string, args ...any) *Error {
	return &Error{Code: code, Offset: int64(offset), Message: fmt.Sprintf(format, args...)}
}
