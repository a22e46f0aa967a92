package publish

import (
	"bytes"
	"fmt"
	"hash/maphash"
	"net/http"
	"strings"
	"sync"
	"time"

	"warta/feed/render"
)

// Deltas: RFC 3229 with the instance manipulation "feed" of Bob Wyman. Who
// sends the ETag of a version it has and A-IM: feed gets a whole feed document
// with only the entries that are new or other since, tombstones included, as
// 226 IM Used. Who has a version we don't remember gets everything.

// maxVersions is how many versions of a document are remembered.
const maxVersions = 64

// lineage is what a document knows of the versions before it. It never changes.
type lineage struct {
	head    render.Head
	format  render.Format
	version int      // of the present one; each has the next number
	digests []string // of the last versions, the present one last
	marks   []mark   // of the entries, in the document's order
}

// mark says since which version an entry stands in a document as it does.
type mark struct {
	hash      uint64
	since     int
	tombstone bool
}

// hasDeltas are the formats whose readers know how to merge.
func hasDeltas(f render.Format) bool { return f == render.Atom || f == render.RSS }

// newLineage continues the lineage of the version before, if there is one.
func newLineage(seed maphash.Seed, before *lineage, digest string, head render.Head, f render.Format, fragments [][]byte) *lineage {
	if !hasDeltas(f) {
		return nil
	}
	l := &lineage{head: head, format: f, version: 1, marks: make([]mark, len(fragments))}
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
		m := mark{maphash.Bytes(seed, b), l.version, render.HasTombstone(b)}
		if since, ok := known[m.hash]; ok {
			m.since = since
		}
		l.marks[i] = m
	}
	return l
}

// asksForDelta reports whether a request takes the instance manipulation
// "feed" (RFC 3229 section 10.5.3).
func asksForDelta(r *http.Request) bool {
	for _, line := range r.Header["A-Im"] {
		for line != "" {
			var item string
			item, line, _ = strings.Cut(line, ",")
			if name, q := weighted(item); strings.EqualFold(name, "feed") && q > 0 {
				return true
			}
		}
	}
	return false
}

// base finds the newest version that a client says it has.
func (l *lineage) base(header []string) (version int, tag string) {
	for _, line := range header {
		for line != "" {
			var item string
			item, line, _ = strings.Cut(line, ",")
			item = strings.TrimPrefix(strings.TrimSpace(item), "W/")
			name := strings.Trim(item, `"`)
			if i := strings.IndexByte(name, '-'); i > 0 {
				name = name[:i] // the coding's suffix
			}
			for i, digest := range l.digests {
				if v := l.version - (len(l.digests) - 1 - i); digest == name && v > version {
					version, tag = v, item
				}
			}
		}
	}
	return version, tag
}

// deltas keeps what was made for one client for the next.
type deltas struct {
	mu   sync.Mutex
	made map[deltaKey]*packed
}

type deltaKey struct {
	since  int
	coding coding
}

// maxDeltas bounds the deltas that a document keeps.
const maxDeltas = 6

// serveDelta answers with what is new since a version that the client has, and
// returns the status; 0: it is to be sent everything.
func (d *document) serveDelta(w http.ResponseWriter, r *http.Request, c coding, now time.Time, common *headers) int {
	if d.lineage == nil || r.Header["If-None-Match"] == nil || !asksForDelta(r) {
		return 0
	}
	since, tag := d.lineage.base(r.Header["If-None-Match"])
	if since == 0 {
		return 0
	}
	body, err := d.delta(deltaKey{since, c})
	if err != nil || body == nil {
		return 0 // everything is right in any case
	}
	h := w.Header()
	d.stamp(h, &d.forms[c], now, common)
	h["Im"] = []string{"feed"}
	h["Delta-Base"] = []string{tag}
	// Caches that know nothing of 226 must not keep it (section 5.5); those
	// that do are told by "im".
	h["Cache-Control"] = []string{"no-store, im"}
	h["Vary"] = []string{common.varies()[0] + ", A-IM, If-None-Match"}
	of := document{status: http.StatusIMUsed}
	return of.write(w, r, &d.forms[c], body, common)
}

// delta makes the document of what is new since a version; nil where that is
// everything.
func (d *document) delta(key deltaKey) (*packed, error) {
	d.deltas.mu.Lock()
	defer d.deltas.mu.Unlock()
	if b := d.deltas.made[key]; b != nil {
		return b, nil
	}
	plain, err := d.plain()
	if err != nil {
		return nil, err
	}
	l := d.lineage
	tombstones, entries := render.Split(l.format, plain)
	if len(entries) != len(l.marks) {
		return nil, fmt.Errorf("%s has %d entries, not %d", d.path, len(entries), len(l.marks))
	}
	var dead, chosen [][]byte
	for i, m := range l.marks {
		var tombstone []byte
		if m.tombstone && len(tombstones) > 0 {
			tombstone, tombstones = tombstones[0], tombstones[1:]
		}
		if m.since <= key.since {
			continue
		}
		chosen = append(chosen, entries[i])
		if tombstone != nil {
			dead = append(dead, tombstone)
		}
	}
	if len(chosen) == len(entries) {
		return nil, nil
	}
	head := l.head
	head.Complete = false // what is not here is not gone
	var b bytes.Buffer
	if err := render.Document(&b, l.format, head, append(dead, chosen...)); err != nil {
		return nil, err
	}
	out := b.Bytes()
	if key.coding != identity {
		if out, err = pack(key.coding, out); err != nil {
			return nil, err
		}
	}
	if d.deltas.made == nil || len(d.deltas.made) >= maxDeltas {
		d.deltas.made = make(map[deltaKey]*packed)
	}
	made := newPacked(out)
	d.deltas.made[key] = made
	return made, nil
}
