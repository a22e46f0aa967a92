package feed

import "time"

// Notice is a correction, right of reply or withdrawal, shown to the public
// with its time and reason (Pedoman Pemberitaan Media Siber, butir 4 and 5).
type Notice struct {
	Kind   NoticeKind
	When   time.Time
	Reason string
	By     string // origin or operator
	URL    string // where the origin explains it, if anywhere
}

// NoticeKind says what a Notice does.
type NoticeKind string

const (
	Correction NoticeKind = "correction"
	Reply      NoticeKind = "right-of-reply"
	Withdrawal NoticeKind = "withdrawal"
)
