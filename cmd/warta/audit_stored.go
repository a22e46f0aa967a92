package main

import (
	"fmt"

	"warta/feed"
	"warta/feed/ledger"
	"warta/feed/store"
)

// compareTries bounds how often what is stored is compared with the record
// while others write both.
const compareTries = 5

// recorded is what the ledger says should be stored.
type recorded struct {
	told      map[string]struct{} // entry and digest of every state
	first     map[string]int      // the first revision recorded, by entry
	verdict   map[string]string   // an editor's last, by entry
	withdrawn map[string]bool     // whether an editor withdrew it, by entry
}

func newRecorded() recorded {
	return recorded{map[string]struct{}{}, map[string]int{}, map[string]string{}, map[string]bool{}}
}

func (t *recorded) add(r *ledger.Record) {
	switch r.Kind {
	case ledger.Desk:
		t.verdict[r.Entry] = r.Verdict
	case ledger.Withdrawn:
		t.withdrawn[r.Entry] = true
	case ledger.Restored:
		t.withdrawn[r.Entry] = false
	}
	if r.Digest == "" {
		return
	}
	t.told[r.Entry+r.Digest] = struct{}{}
	if _, ok := t.first[r.Entry]; !ok {
		t.first[r.Entry] = r.Revision
	}
}

// stored counts what was compared: states as recorded, states from before the
// record began, and entries on record that are not stored any more.
type stored struct{ states, older, gone int }

// compare holds what is stored against what was recorded.
func (t *recorded) compare(a *app, st *store.Store) (s stored, err error) {
	left := make(map[string]bool, len(t.first))
	for entry := range t.first {
		left[entry] = true
	}
	err = st.Digests(a.ctx, func(entry string, revision int, digest string) error {
		delete(left, entry)
		first, ok := t.first[entry]
		if !ok || revision < first {
			s.older++
			return nil
		}
		if _, ok := t.told[entry+digest]; !ok {
			return fmt.Errorf("revision %d of entry %s is stored with another text than was recorded; see warta audit show %s", revision, entry, entry)
		}
		s.states++
		return nil
	})
	if err != nil {
		return s, err
	}
	s.gone = len(left)
	return s, st.Terms(a.ctx, "", t.desk)
}

// desk holds what editors said of an entry against what was recorded of it.
func (t *recorded) desk(e *feed.Entry) error {
	var d feed.Desk
	if e.Desk != nil {
		d = *e.Desk
	}
	if said, ok := t.verdict[e.ID]; ok && said != string(d.Verdict) {
		return fmt.Errorf("the verdict about entry %s is stored as %q and was recorded as %q; see warta audit show %s", e.ID, d.Verdict, said, e.ID)
	}
	if gone, ok := t.withdrawn[e.ID]; ok && gone != (d.Withdrawn != nil) {
		return fmt.Errorf("that an editor withdrew entry %s or brought it back is stored otherwise than was recorded; see warta audit show %s", e.ID, e.ID)
	}
	return nil
}
