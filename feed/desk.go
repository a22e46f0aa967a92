package feed

import (
	"crypto/sha256"
	"encoding/hex"
	"time"

	"warta/sources"
)

// Desk is what the editors here said of one entry: a verdict, a withdrawal or
// both. It stands beside the entry, so that no later fetch can undo it. It
// only ever tightens what evidence and permissions allow.
type Desk struct {
	Verdict Verdict   `json:"verdict,omitempty"`
	Note    string    `json:"note,omitempty"` // for editors, never shown to readers
	By      string    `json:"by,omitempty"`
	At      time.Time `json:"at,omitzero"`
	// Over is the EvidenceDigest that a release was given over: other
	// evidence asks for another look.
	Over string `json:"over,omitempty"`

	Withdrawn   *Notice `json:"withdrawn,omitempty"` // takes the place of the entry's own Notice
	WithdrawnBy string  `json:"withdrawn_by,omitempty"`
	Beneath     *Notice `json:"-"` // the entry's own Notice, whose place it took
}

// Verdict is what an editor decided about an entry.
type Verdict string

const (
	Released Verdict = "release" // looked at: what the evidence allows may be shown
	Held     Verdict = "hold"    // nothing is shown until it is released
	Dropped  Verdict = "drop"    // nothing is shown, for good
)

// OwnNotice is the entry's Notice apart from a withdrawal by the desk and from
// what happened later.
func (e *Entry) OwnNotice() *Notice {
	n := e.Notice
	if d := e.Desk; d != nil && d.Withdrawn != nil && n == d.Withdrawn {
		n = d.Beneath
	}
	if n != nil && e.isLater(n) {
		return nil
	}
	return n
}

// Closes reports whether the desk keeps an entry from being shown.
func (d *Desk) Closes() bool { return d != nil && (d.Verdict == Held || d.Verdict == Dropped) }

// Releases reports whether an editor looked at this evidence and released it.
func (d *Desk) Releases(list []sources.Evidence) bool {
	return d != nil && d.Verdict == Released && d.Over == EvidenceDigest(list)
}

// EvidenceDigest tells one list of evidence from another, as 128 bits in
// hexadecimal. The order in which things were said does not matter for what
// was said, but is kept: it comes from one place and does not move by itself.
func EvidenceDigest(list []sources.Evidence) string {
	h := sha256.New()
	for i := range list {
		ev := &list[i]
		for _, s := range [...]string{string(ev.Kind), ev.Text, ev.Where, ev.Value} {
			h.Write([]byte(s))
			h.Write([]byte{0})
		}
	}
	return hex.EncodeToString(h.Sum(nil)[:16])
}
