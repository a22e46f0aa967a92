package publish

import (
	"bytes"
	"fmt"
	"net/http"
	"strings"
	"sync"

	"warta/feed/render"
)

// Deltas: RFC 3229 with the instance manipulation "feed" of Bob Wyman. Who
// sends the ETag of a version it has and A-IM: feed gets a whole feed document
// with only the entries that are new or other since, tombstones included, as
// 226 IM Used. Who has a version we don't remember gets everything.

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

// base finds the newest version that a client says it has. name is what the
// client knows a version's digest as.
func (l *lineage) base(header []string, name func(digest string) string) (version int, tag string) {
	said := make(map[string]string)
	for _, line := range header {
		for line != "" {
			var item string
			item, line, _ = strings.Cut(line, ",")
			item = strings.TrimPrefix(strings.TrimSpace(item), "W/")
			bare, _, _ := strings.Cut(strings.Trim(item, `"`), "-") // without the coding's suffix
			if said[bare] = item; len(said) > maxVersions {
				return 0, ""
			}
		}
	}
	for i := len(l.digests) - 1; i >= 0; i-- {
		if tag, ok := said[name(l.digests[i])]; ok {
			return l.version - (len(l.digests) - 1 - i), tag
		}
	}
	return 0, ""
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

// deltaFor finds what is new since a version that a client has; nil: it is to
// be sent everything. base is the tag of that version.
func (d *document) deltaFor(r *http.Request, c coding, name func(digest string) string) (body *packed, base string) {
	if d.lineage == nil || r.Header["If-None-Match"] == nil || !asksForDelta(r) {
		return nil, ""
	}
	since, tag := d.lineage.base(r.Header["If-None-Match"], name)
	if since == 0 {
		return nil, ""
	}
	body, err := d.delta(deltaKey{since, c})
	if err != nil {
		return nil, "" // everything is right in any case
	}
	return body, tag
}

// serveDelta answers with what is new since a version that the client has, and
// returns the status; 0: it is to be sent everything.
func (d *document) serveDelta(w http.ResponseWriter, r *http.Request, c coding, common *headers) int {
	body, base := d.deltaFor(r, c, func(digest string) string { return digest })
	if body == nil {
		return 0
	}
	return d.writeDelta(w, r, c, body, base, common)
}

// writeDelta sends what is new; the headers of the whole are there.
func (d *document) writeDelta(w http.ResponseWriter, r *http.Request, c coding, body *packed, base string, common *headers) int {
	h := w.Header()
	h["Im"] = []string{"feed"}
	h["Delta-Base"] = []string{base}
	// Caches that know nothing of 226 must not keep it (section 5.5); those
	// that do are told by "im". A partner's nobody keeps.
	h["Cache-Control"] = []string{"no-store, im"}
	if common.cache[0] == privately[0] {
		h["Cache-Control"] = []string{"private, no-store"}
	}
	h["Vary"] = []string{common.varies()[0] + ", A-IM, If-None-Match"}
	of := document{status: http.StatusIMUsed, links: d.links}
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
	tombstones, entries := render.Split(d.format, plain)
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
	head := *d.head
	head.Complete = false // what is not here is not gone
	var b bytes.Buffer
	if err := render.Document(&b, d.format, head, append(dead, chosen...)); err != nil {
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
