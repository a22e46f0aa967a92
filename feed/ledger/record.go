package ledger

import (
	"bytes"
	"encoding/json"
	"fmt"
	"strings"
	"sync"
	"time"
	"unicode"
)

// Kind says what a record tells.
type Kind string

const (
	Revision   Kind = "revision"   // a state of an entry was stored
	Page       Kind = "page"       // an article page said something new of an entry
	Desk       Kind = "desk"       // an editor released, held or dropped an entry
	Withdrawn  Kind = "withdrawn"  // the operator withdrew an entry
	Restored   Kind = "restored"   // the operator undid that
	Decided    Kind = "decided"    // what everybody may see of an entry became this
	Noticed    Kind = "noticed"    // another story of its source corrects, answers or withdraws an entry
	Takedown   Kind = "takedown"   // an owner asked for a story to be taken down, or an editor decided about it
	Quarantine Kind = "quarantine" // a source stopped or began to look like itself, or an editor decided
	Permission Kind = "permission" // a permission was recorded, changed, began, is about to end, ended or was taken out
)

// Record is one line of the ledger. The names stand in the order of their
// letters, here and in the types below, as RFC 8785 section 3.2.3 wants them.
type Record struct {
	At         string     `json:"at"` // when it was written: UTC, RFC 3339 with milliseconds
	By         string     `json:"by,omitempty"`
	Decision   *Decision  `json:"decision,omitempty"`
	Digest     string     `json:"digest,omitempty"` // of the state as stored: see Digest
	Entry      string     `json:"entry,omitempty"`
	Evidence   []Evidence `json:"evidence,omitempty"`
	Grant      *Grant     `json:"grant,omitempty"`
	Kind       Kind       `json:"kind"`
	N          int64      `json:"n"` // 1 is the first
	Note       string     `json:"note,omitempty"`
	Notice     *Notice    `json:"notice,omitempty"`
	OriginalID string     `json:"original_id,omitempty"` // with the first revision
	Over       string     `json:"over,omitempty"`        // digest of the evidence that was looked at
	Revision   int        `json:"revision,omitempty"`
	Source     string     `json:"source,omitempty"`
	State      string     `json:"state,omitempty"` // of a permission
	Verdict    string     `json:"verdict,omitempty"`
}

// Evidence is what was found, by digest; its words stand with the entry.
type Evidence struct {
	Hash  string `json:"hash"` // SHA-256 of the words, the first 16 bytes
	Kind  string `json:"kind"`
	Value string `json:"value,omitempty"`
	Where string `json:"where,omitempty"`
}

// Notice is what readers were told of a correction or withdrawal.
type Notice struct {
	By     string `json:"by,omitempty"`
	Kind   string `json:"kind"`
	Reason string `json:"reason,omitempty"`
	When   string `json:"when,omitempty"`
}

// Decision is what everybody may see, and by which rows of the table of uses.
type Decision struct {
	Enclosures bool     `json:"enclosures,omitempty"`
	Hold       bool     `json:"hold,omitempty"`
	Images     bool     `json:"images,omitempty"`
	License    string   `json:"license,omitempty"`
	MaxChars   int      `json:"max_chars,omitempty"`
	Permission string   `json:"permission,omitempty"`
	Rules      []string `json:"rules,omitempty"`
	Until      string   `json:"until,omitempty"`
	Use        string   `json:"use"`
}

// Grant is a permission as the configuration has it.
type Grant struct {
	Abridging  string `json:"abridging,omitempty"` // yes or no; empty: not said
	Article    string `json:"article,omitempty"`
	Audience   string `json:"audience"`
	Basis      string `json:"basis"`
	Commerce   string `json:"commerce,omitempty"` // as abridging
	Credit     string `json:"credit,omitempty"`
	Document   string `json:"document,omitempty"`
	Enclosures bool   `json:"enclosures,omitempty"`
	From       string `json:"from,omitempty"`
	GrantedBy  string `json:"granted_by,omitempty"`
	ID         string `json:"id"`
	Images     bool   `json:"images,omitempty"`
	Indexing   bool   `json:"indexing,omitempty"`
	PerDay     int    `json:"per_day,omitempty"`
	Source     string `json:"source"`
	Until      string `json:"until,omitempty"` // exclusive
	Use        string `json:"use"`
}

// Encode writes a record in its canonical form.
func Encode(r *Record) ([]byte, error) {
	e := encoders.Get().(*encoder)
	defer encoders.Put(e)
	e.buf.Reset()
	if err := e.json.Encode(r); err != nil {
		return nil, fmt.Errorf("encoding record %d of the ledger: %w", r.N, err)
	}
	return bytes.Clone(bytes.TrimSuffix(e.buf.Bytes(), []byte("\n"))), nil
}

type encoder struct {
	buf  bytes.Buffer
	json *json.Encoder
}

var encoders = sync.Pool{New: func() any {
	e := new(encoder)
	e.json = json.NewEncoder(&e.buf)
	e.json.SetEscapeHTML(false)
	return e
}}

// Words makes a text fit for a record: what Go's encoder and RFC 8785 write
// differently, the two Unicode line ends and what is no UTF-8, is put right,
// and nothing stands in it that a terminal obeys, as records are shown byte for
// byte.
func Words(s string) string {
	for i := 0; i < len(s); i++ {
		if s[i] >= 0x7F || s[i] < 0x20 {
			return strings.Map(usual, strings.ToValidUTF8(s, "\uFFFD"))
		}
	}
	return s
}

func usual(r rune) rune {
	switch {
	case r == '\u2028', r == '\u2029':
		return '\n'
	case r == 0, r >= 0x7F && r < 0xA0, unicode.Is(unicode.Bidi_Control, r):
		return '\uFFFD'
	}
	return r
}

// Time is a time as records have it; empty for none.
func Time(t time.Time) string {
	if t.IsZero() {
		return ""
	}
	return t.UTC().Format("2006-01-02T15:04:05.000Z")
}
