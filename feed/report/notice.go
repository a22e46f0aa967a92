package report

import (
	"cmp"
	"slices"
	"time"

	"warta/feed"
)

// Notice is a correction, right of reply or withdrawal of a story that partners
// were served, with what became of it at each of them.
type Notice struct {
	Entry    string    `json:"entry"`
	Title    string    `json:"title"`
	Source   Party     `json:"source"`
	Kind     string    `json:"kind"` // correction, right-of-reply, withdrawal
	When     time.Time `json:"when"`
	Reason   string    `json:"reason,omitempty"`
	By       string    `json:"by,omitempty"` // origin or operator
	Revision int       `json:"revision"`     // the first state that bears it
	Partners []Told    `json:"partners"`
}

// Told is how a notice reached a partner that had been served an earlier state.
type Told struct {
	Party
	Revisions []int     `json:"had_revisions"`    // the earlier ones it was served
	LastHad   time.Time `json:"last_had"`         // when it was served one of them last
	Sent      time.Time `json:"sent,omitzero"`    // when the notice was delivered to it first; zero: it was not
	Fetched   time.Time `json:"fetched,omitzero"` // when it fetched a document with the notice first; zero: it did not
}

// Reached reports whether the partner has the notice.
func (t *Told) Reached() bool { return !t.Sent.IsZero() || !t.Fetched.IsZero() }

// notices lists the notices of entries that partners had before, the newest
// first.
func (f *Facts) notices(history []feed.Proof) []Notice {
	by := make(map[string][]feed.Proof)
	for _, p := range history {
		by[p.Entry] = append(by[p.Entry], p)
	}
	list := []Notice{}
	for id, proofs := range by {
		states := f.States[id]
		if len(states) == 0 {
			continue
		}
		now := &states[len(states)-1]
		if now.Notice == nil {
			continue
		}
		n := Notice{
			Entry: id, Title: titleBefore(states), Source: Party{now.Source, cmp.Or(f.Sources[now.Source], now.Attribution.Source.Title, now.Source)},
			Kind: string(now.Notice.Kind), When: now.Notice.When.In(f.Zone), Reason: now.Notice.Reason, By: now.Notice.By, Revision: noticed(states),
		}
		if n.Partners = f.told(&n, proofs); len(n.Partners) > 0 {
			list = append(list, n)
		}
	}
	slices.SortFunc(list, func(a, b Notice) int { return cmp.Or(b.When.Compare(a.When), cmp.Compare(a.Entry, b.Entry)) })
	return list
}

// noticed is the first of the last states that bear the present notice. States
// from before the desk's word on them don't have it, so a withdrawal by the
// operator begins with the present state.
func noticed(states []feed.Entry) int {
	now := states[len(states)-1]
	first := now.Revision
	for i := len(states) - 2; i >= 0; i-- {
		n := states[i].Notice
		if n == nil || n.Kind != now.Notice.Kind || !n.When.Equal(now.Notice.When) {
			break
		}
		first = states[i].Revision
	}
	return first
}

func titleBefore(states []feed.Entry) string {
	for _, e := range slices.Backward(states) {
		if e.Title != "" {
			return e.Title
		}
	}
	return ""
}

// told says for each partner that had an earlier state when the notice reached
// it.
func (f *Facts) told(n *Notice, proofs []feed.Proof) []Told {
	by := make(map[string]*Told)
	for i := range proofs {
		p := &proofs[i]
		if by[p.Partner] == nil {
			by[p.Partner] = &Told{Party: Party{p.Partner, cmp.Or(f.Partners[p.Partner], p.Partner)}}
		}
		t := by[p.Partner]
		switch {
		case p.Revision < n.Revision:
			if !slices.Contains(t.Revisions, p.Revision) {
				t.Revisions = append(t.Revisions, p.Revision)
			}
			t.LastHad = feed.Later(t.LastHad, p.Last.In(f.Zone))
		case p.Pushed:
			t.Sent = earlier(t.Sent, p.First.In(f.Zone))
		default:
			t.Fetched = earlier(t.Fetched, p.First.In(f.Zone))
		}
	}
	var list []Told
	for _, t := range by {
		if len(t.Revisions) > 0 {
			slices.Sort(t.Revisions)
			list = append(list, *t)
		}
	}
	slices.SortFunc(list, func(a, b Told) int { return cmp.Compare(a.ID, b.ID) })
	return list
}

func earlier(a, b time.Time) time.Time {
	if a.IsZero() || b.Before(a) {
		return b
	}
	return a
}

// Notices are what Build says of notices, alone.
func Notices(history []feed.Proof, f Facts) []Notice { return f.notices(history) }
