package publish

import (
	"slices"

	"warta/feed/render"
)

// remnants are the entries of the document that was made before for the same
// path and class. A packed document holds a hundred of them in the room of a
// few: with many different grants, rendered entries find no room in memory, and
// a new one would cost rendering the other ninety-nine.
type remnants struct {
	of     *document // nil: there is none
	format render.Format
	known  map[remnantKey][]byte
	opened bool
}

type remnantKey struct {
	id       string
	seq      int64
	decision uint64
}

// recentKey names what a class was last sent at a path. A class is one of a
// plan, so other settings have other keys.
type recentKey struct {
	path  string
	class *class
}

// find returns an entry's bytes, nil where they are not known.
func (r *remnants) find(it shownItem) []byte {
	if r.of == nil {
		return nil
	}
	if !r.opened {
		r.opened = true
		r.open()
	}
	return r.known[remnantKey{it.id, it.seq, it.decision}]
}

// open takes the document apart; see render.Split.
func (r *remnants) open() {
	d := r.of
	if d.lineage == nil || len(d.contained) != len(d.lineage.marks) {
		return
	}
	plain, err := d.plain()
	if err != nil {
		return
	}
	tombstones, entries := render.Split(r.format, plain)
	if len(entries) != len(d.contained) {
		return
	}
	r.known = make(map[remnantKey][]byte, len(entries))
	for i, b := range entries {
		if d.lineage.marks[i].tombstone && len(tombstones) > 0 {
			b, tombstones = slices.Concat(tombstones[0], b), tombstones[1:]
		}
		it := d.contained[i]
		r.known[remnantKey{it.id, it.seq, it.decision}] = b
	}
}
