package publish

import (
	"context"
	"crypto/sha256"
	"encoding/base64"
	"encoding/binary"
	"encoding/hex"
	"errors"
	"fmt"
	"sync"
	"time"

	"warta/feed"
	"warta/feed/render"
)

// Lineages keeps what is known of documents' versions over a restart.
type Lineages interface {
	// Lineage fails with feed.ErrNotFound where nothing is kept.
	Lineage(ctx context.Context, path, class string) (feed.Lineage, error)
	KeepLineages(ctx context.Context, list []feed.Lineage, forget time.Time) error
}

const (
	// maxVersions is how many versions of a document are remembered.
	maxVersions = 64
	// lineageBytes bounds those that are held in memory: of partners' documents
	// there may be many. The database has the rest.
	lineageBytes = 16 << 20
	// keepEvery is how often they are written. A crash loses the last ones:
	// then who has such a version is sent everything.
	keepEvery = 30 * time.Second
	// keptFor is how long those of a document are kept that has no new version.
	keptFor = 30 * 24 * time.Hour
)

// lineage is what a document knows of the versions before it. It never changes.
type lineage struct {
	version int      // of the present one; each has the next number
	digests []string // of the last versions, the present one last
	marks   []mark   // of the entries, in the document's order
}

// mark says since which version an entry stands in a document as it does.
type mark struct {
	hash      uint64 // of its bytes
	since     int
	tombstone bool
}

// hasDeltas are the formats whose readers know how to merge.
func hasDeltas(f render.Format) bool { return f == render.Atom || f == render.RSS }

// newLineage continues the lineage of the version before, if there is one.
func newLineage(before *lineage, digest string, fragments [][]byte) *lineage {
	l := &lineage{version: 1, marks: make([]mark, len(fragments))}
	known := make(map[uint64]int)
	if before != nil {
		l.version = before.version + 1
		l.digests = append(l.digests, before.digests[max(0, len(before.digests)-maxVersions+1):]...)
		for _, m := range before.marks {
			known[m.hash] = m.since
		}
	}
	l.digests = append(l.digests, digest)
	for i, b := range fragments {
		sum := sha256.Sum256(b) // a source must not be able to make two that look the same
		m := mark{binary.BigEndian.Uint64(sum[:8]), l.version, render.HasTombstone(b)}
		if since, ok := known[m.hash]; ok {
			m.since = since
		}
		l.marks[i] = m
	}
	return l
}

// is reports whether the present version is the one of this digest.
func (l *lineage) is(digest string) bool {
	return l != nil && l.digests[len(l.digests)-1] == digest
}

func (l *lineage) size() int { return 100 + 40*len(l.digests) + 24*len(l.marks) }

// lineages are those of all documents, by path and class of readers.
type lineages struct {
	store Lineages

	mu      sync.Mutex
	known   *cache[lineageKey, *lineage]
	unkept  map[lineageKey]*lineage
	written time.Time
}

type lineageKey struct{ path, class string }

func newLineages(s Lineages) *lineages {
	return &lineages{
		store:  s,
		known:  newCache[lineageKey](lineageBytes, (*lineage).size),
		unkept: make(map[lineageKey]*lineage),
	}
}

// of returns the lineage of a version: the one it was given before, else one
// that goes on from the last version made.
func (s *lineages) of(ctx context.Context, key lineageKey, digest string, fragments [][]byte) (*lineage, error) {
	before, err := s.last(ctx, key)
	if err != nil {
		return nil, err
	}
	if before.is(digest) && len(before.marks) == len(fragments) {
		return before, nil
	}
	l := newLineage(before, digest, fragments)
	s.mu.Lock()
	defer s.mu.Unlock()
	s.known.put(key, l)
	s.unkept[key] = l
	return l, nil
}

// last is the lineage of the last version made of a document, nil where none is
// known.
func (s *lineages) last(ctx context.Context, key lineageKey) (*lineage, error) {
	s.mu.Lock()
	l, ok := s.unkept[key]
	s.mu.Unlock()
	if ok {
		return l, nil
	}
	if l, ok := s.known.get(key); ok {
		return l, nil
	}
	kept, err := s.store.Lineage(ctx, key.path, key.class)
	if errors.Is(err, feed.ErrNotFound) {
		return nil, nil
	}
	if err != nil {
		return nil, err
	}
	// One that another version of this program wrote is none.
	l, err = parseLineage(kept.State)
	if err != nil {
		return nil, nil //nolint:nilerr // who has an old version is sent everything
	}
	s.known.put(key, l)
	return l, nil
}

// trace gives a document its lineage, if deltas are made of its format.
func (p *Publisher) trace(ctx context.Context, d *document, class string, head render.Head, f render.Format, fragments [][]byte) (err error) {
	if !hasDeltas(f) {
		return nil
	}
	d.head, d.format = &head, f
	d.lineage, err = p.lineages.of(ctx, lineageKey{d.path, class}, d.digest, fragments)
	return err
}

// keep writes what is new, if it is time or when we end.
func (s *lineages) keep(ctx context.Context, now time.Time, ending bool) error {
	s.mu.Lock()
	if len(s.unkept) == 0 || !ending && now.Sub(s.written).Abs() < keepEvery {
		s.mu.Unlock()
		return nil
	}
	unkept := s.unkept
	s.unkept, s.written = make(map[lineageKey]*lineage), now
	s.mu.Unlock()
	list := make([]feed.Lineage, 0, len(unkept))
	for key, l := range unkept {
		list = append(list, feed.Lineage{Path: key.path, Class: key.class, State: l.String(), Kept: now})
	}
	err := s.store.KeepLineages(ctx, list, now.Add(-keptFor))
	if err == nil {
		return nil
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	for key, l := range unkept {
		if s.unkept[key] == nil {
			s.unkept[key] = l
		}
	}
	return err
}

// lineageForm begins what is written; another form begins otherwise.
const lineageForm = "1 "

// String writes a lineage for the database.
func (l *lineage) String() string {
	b := binary.AppendUvarint(nil, uint64(l.version))
	b = binary.AppendUvarint(b, uint64(len(l.digests)))
	for _, d := range l.digests {
		raw, _ := hex.DecodeString(d) // as digestOf wrote it
		b = append(b, byte(len(raw)))
		b = append(b, raw...)
	}
	for _, m := range l.marks {
		b = binary.BigEndian.AppendUint64(b, m.hash)
		age := uint64(l.version-m.since) << 1
		if m.tombstone {
			age |= 1
		}
		b = binary.AppendUvarint(b, age)
	}
	return lineageForm + base64.RawStdEncoding.EncodeToString(b)
}

// parseLineage reads what String wrote.
func parseLineage(s string) (*lineage, error) {
	bad := fmt.Errorf("a lineage of another form: %w", feed.ErrInvalid)
	if len(s) < len(lineageForm) || s[:len(lineageForm)] != lineageForm {
		return nil, bad
	}
	b, err := base64.RawStdEncoding.DecodeString(s[len(lineageForm):])
	if err != nil {
		return nil, bad
	}
	number := func() uint64 {
		n, size := binary.Uvarint(b)
		b = b[max(size, 0):]
		return n
	}
	l := &lineage{version: int(number())}
	count := number()
	if l.version < 1 || count < 1 || count > maxVersions {
		return nil, bad
	}
	for range count {
		if len(b) == 0 || len(b) < 1+int(b[0]) {
			return nil, bad
		}
		l.digests = append(l.digests, hex.EncodeToString(b[1:1+int(b[0])]))
		b = b[1+int(b[0]):]
	}
	for len(b) > 0 {
		if len(b) < 9 {
			return nil, bad
		}
		m := mark{hash: binary.BigEndian.Uint64(b)}
		b = b[8:]
		age := number()
		if m.tombstone = age&1 != 0; age>>1 >= uint64(l.version) {
			return nil, bad
		}
		m.since = l.version - int(age>>1)
		l.marks = append(l.marks, m)
	}
	return l, nil
}
