package ledger

import (
	"bytes"
	"crypto/sha256"
	"encoding/binary"
	"encoding/hex"
	"encoding/json"
	"fmt"
	"sync"

	"warta/feed"
)

// Seal is the SHA-256 of the seal before a record and the record.
type Seal [sha256.Size]byte

func (s Seal) String() string { return hex.EncodeToString(s[:]) }

// ParseSeal reads what String wrote.
func ParseSeal(s string) (Seal, error) {
	var seal Seal
	if n, err := hex.Decode(seal[:], []byte(s)); err != nil || n != len(seal) || len(s) != 2*len(seal) {
		return seal, fmt.Errorf("%q is no seal, which is 64 digits of hexadecimal: %w", s, feed.ErrInvalid)
	}
	return seal, nil
}

// Next is the seal of a record that follows the one sealed with s. Before the
// first stands the zero Seal.
func (s Seal) Next(record []byte) Seal {
	b := buffers.Get().(*[]byte)
	defer buffers.Put(b)
	*b = append(append((*b)[:0], s[:]...), record...)
	return sha256.Sum256(*b)
}

// Line is a record as it is kept: its bytes, its seal, and what stands beside
// it for finding it.
type Line struct {
	N      int64
	Entry  string
	Record []byte
	Seal   string
}

// Break is the first record of a ledger that is not as it was written.
type Break struct {
	N   int64
	Why string
}

func (b *Break) Error() string { return fmt.Sprintf("record %d of the ledger %s", b.N, b.Why) }

// Verifier walks a ledger from its first record. The zero Verifier is ready.
type Verifier struct {
	N    int64 // records that are right so far
	Seal Seal  // of the last of them
}

// Check takes the next line and returns what it says; the error is a *Break.
func (v *Verifier) Check(l Line) (Record, error) {
	n := v.N + 1
	fail := func(format string, args ...any) (Record, error) {
		return Record{}, &Break{n, fmt.Sprintf(format, args...)}
	}
	if l.N != n {
		return fail("is missing; the next one there is %d", l.N)
	}
	seal := v.Seal.Next(l.Record)
	if seal.String() != l.Seal {
		return fail("was changed, or one before it was: its seal is %.16s… and should be %.16s…", l.Seal, seal.String())
	}
	var r Record
	d := json.NewDecoder(bytes.NewReader(l.Record))
	if err := d.Decode(&r); err != nil {
		return fail("can't be read: %v", err)
	}
	if r.N != n || r.Entry != l.Entry {
		return fail("says that it is record %d of entry %q, and stands as %d of %q", r.N, r.Entry, l.N, l.Entry)
	}
	v.N, v.Seal = n, seal
	return r, nil
}

// Digest is over an entry's state as it is stored: each part with its length
// in 8 bytes, big-endian, before it. It is the first 16 bytes of a SHA-256.
func Digest(parts ...string) string {
	b := buffers.Get().(*[]byte)
	defer buffers.Put(b)
	*b = (*b)[:0]
	for _, p := range parts {
		*b = append(binary.BigEndian.AppendUint64(*b, uint64(len(p))), p...)
	}
	sum := sha256.Sum256(*b)
	return hex.EncodeToString(sum[:16])
}

// buffers are reused: most of what a digest would cost is room for the text.
var buffers = sync.Pool{New: func() any { return new([]byte) }}

// HashWords is how the words of evidence stand in a record.
func HashWords(s string) string {
	sum := sha256.Sum256([]byte(s))
	return hex.EncodeToString(sum[:16])
}
