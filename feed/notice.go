package feed

import (
	"crypto/sha256"
	"encoding/hex"
	"slices"
	"time"

	"warta/sources"
)

// Notice is a correction, right of reply or withdrawal, shown to the public
// with its time and reason (Pedoman Pemberitaan Media Siber, butir 4 and 5).
type Notice struct {
	Kind   NoticeKind
	When   time.Time
	Reason string
	By     string // origin or operator
	URL    string // where the origin explains it, if anywhere
	Entry  string `json:",omitempty"` // our id of the story that brings it, if one does
	Note   string `json:",omitempty"` // NoteKey of the outlet's words, where they stand in the story
	Quote  string `json:",omitempty"` // the outlet's own words, shown as far as its terms allow
}

// NoteKey tells whether two notes are the same: a feed and the story's page may
// bring one each.
func NoteKey(words string) string {
	const most = 400
	letters := sources.Letters(words)
	sum := sha256.Sum256([]byte(letters[:min(len(letters), most)]))
	return hex.EncodeToString(sum[:12])
}

// NoticeKind says what a Notice does.
type NoticeKind string

const (
	Correction NoticeKind = "correction"
	Reply      NoticeKind = "right-of-reply"
	Withdrawal NoticeKind = "withdrawal"
	Update     NoticeKind = "update" // its outlet changed what it says
)

// Amendment is what one story does to another of the same source: it corrects
// it, replies to it or withdraws it.
type Amendment struct {
	Entry  string // whose
	Notice Notice

	// Reply links Notice.Entry, which is stored already, to the story: it came
	// before it. nil: it is linked.
	Reply *sources.Reply
}

// Awaiting is what a story says of others that are not stored yet: a notice for
// whichever of them comes later, told by one of the keys.
type Awaiting struct {
	Keys   []string // from AwaitAddress, AwaitID and AwaitTitle
	Notice Notice
}

// AwaitAddress is the key of a story by the key of its address.
func AwaitAddress(urlKey string) string { return "address " + urlKey }

// AwaitID is the key of a story by its original id.
func AwaitID(id string) string { return "id " + id }

// AwaitTitle is the key of a story by its headline.
func AwaitTitle(title string) string { return "title " + title }

// Notices are all that readers are told of a story's later life, oldest first.
func (e *Entry) Notices() []Notice {
	if e.Notice == nil || e.isLater(e.Notice) || e.toldBefore(e.Notice) {
		return e.Later
	}
	list := make([]Notice, 0, len(e.Later)+1)
	for i := range e.Later {
		if !e.Later[i].When.After(e.Notice.When) {
			list = append(list, e.Later[i])
		}
	}
	list = append(list, *e.Notice)
	for i := range e.Later {
		if e.Later[i].When.After(e.Notice.When) {
			list = append(list, e.Later[i])
		}
	}
	return list
}

// isLater reports whether a notice is one of what happened later, by itself
// and not by what it says.
func (e *Entry) isLater(n *Notice) bool {
	for i := range e.Later {
		if n == &e.Later[i] {
			return true
		}
	}
	return false
}

// toldBefore reports whether what happened later has a notice of the same words.
func (e *Entry) toldBefore(n *Notice) bool {
	return n.Note != "" && slices.ContainsFunc(e.Later, func(l Notice) bool { return l.Kind == n.Kind && l.Note == n.Note })
}

// Foremost is the notice that stands for all: a withdrawal, else the newest
// that isn't a mere update; nil for none.
func Foremost(list []Notice) *Notice {
	var best *Notice
	for i := range list {
		switch n := &list[i]; {
		case n.Kind == Withdrawal:
			return n
		case n.Kind != Update && (best == nil || !n.When.Before(best.When)):
			best = n
		}
	}
	return best
}
