package store

import (
	"context"
	"encoding/json"
	"maps"
	"slices"
	"strings"
	"time"

	"warta/feed"
	"warta/feed/ledger"
)

// The kinds of things of which told keeps what the ledger said last.
const (
	toldDecision   = "decided"
	toldPermission = "permission"
)

// Tell records at a time which decisions and permissions are other than the
// ledger said last: what everybody may see of entries, and every permission of
// the configuration with whether it is in force. What is the same is not told
// again.
func (s *Store) Tell(ctx context.Context, at time.Time, decided []feed.Decided, perms []feed.Permission) error {
	err := s.write(ctx, func(t *tx) error {
		// Before anything is read: what is told must be what was not told yet.
		if _, err := t.exec(ctx, "update counters set value = value where name = 'ledger'"); err != nil {
			return err
		}
		records, err := t.tellPermissions(ctx, at, perms)
		if err != nil {
			return err
		}
		more, err := t.tellDecisions(ctx, at, decided)
		if err != nil {
			return err
		}
		return t.record(ctx, append(records, more...))
	})
	if err != nil {
		return s.fail(err, "recording %d decisions and %d permissions", len(decided), len(perms))
	}
	return nil
}

func (t *tx) tellDecisions(ctx context.Context, at time.Time, decided []feed.Decided) ([]ledger.Record, error) {
	ids := make([]string, len(decided))
	for i := range decided {
		ids[i] = decided[i].Entry
	}
	before, err := t.told(ctx, toldDecision, ids)
	if err != nil {
		return nil, err
	}
	var records []ledger.Record
	for i := range decided {
		d := &decided[i]
		rec := decisionRecord(&d.Decision)
		state, err := json.Marshal(rec)
		if err != nil {
			return nil, err
		}
		digest := ledger.HashWords(string(state))
		if before[d.Entry] == digest {
			continue
		}
		before[d.Entry] = digest
		records = append(records, ledger.Record{At: ledger.Time(at), Kind: ledger.Decided, Entry: d.Entry, Source: ledger.Words(d.Source), Decision: rec})
		if err := t.tell(ctx, toldDecision, d.Entry, digest); err != nil {
			return nil, err
		}
	}
	return records, nil
}

func decisionRecord(d *feed.Decision) *ledger.Decision {
	rec := &ledger.Decision{
		Use: d.Use.String(), Hold: d.Hold, Images: d.Images, Enclosures: d.Enclosures, License: ledger.Words(d.License),
		MaxChars: d.MaxChars, Permission: ledger.Words(d.Permission), Until: ledger.Time(d.Until),
	}
	for i := range d.Reasons {
		if rule := d.Reasons[i].Rule; !slices.Contains(rec.Rules, rule) {
			rec.Rules = append(rec.Rules, rule)
		}
	}
	return rec
}

// tellPermissions compares the permissions of the configuration with those
// told before, and those told before with the configuration.
func (t *tx) tellPermissions(ctx context.Context, at time.Time, perms []feed.Permission) ([]ledger.Record, error) {
	before, err := t.toldAll(ctx, toldPermission)
	if err != nil {
		return nil, err
	}
	var records []ledger.Record
	say := func(id string, g *ledger.Grant, state string) {
		records = append(records, ledger.Record{At: ledger.Time(at), Kind: ledger.Permission, Grant: g, State: state, Source: g.Source})
		delete(before, id)
	}
	for i := range perms {
		p := &perms[i]
		g := grantRecord(p)
		b, err := json.Marshal(g)
		if err != nil {
			return nil, err
		}
		phase := phaseOf(p, at)
		was, known := before[p.ID]
		wasPhase, wasGrant, _ := strings.Cut(was, " ")
		switch {
		case !known && phase == "ending": // in force first, then that
			say(p.ID, g, stateOf["open"])
			say(p.ID, g, stateOf[phase])
		case !known:
			say(p.ID, g, stateOf[phase])
		case wasGrant != string(b):
			say(p.ID, g, "changed")
			if phase == "ending" {
				say(p.ID, g, stateOf[phase])
			}
		case wasPhase != phase:
			say(p.ID, g, stateOf[phase])
		default:
			delete(before, p.ID)
			continue
		}
		if err := t.tell(ctx, toldPermission, p.ID, phase+" "+string(b)); err != nil {
			return nil, err
		}
	}
	for _, id := range slices.Sorted(maps.Keys(before)) { // no longer in the configuration
		_, grant, _ := strings.Cut(before[id], " ")
		g := new(ledger.Grant)
		if err := json.Unmarshal([]byte(grant), g); err != nil {
			g = &ledger.Grant{ID: id}
		}
		say(id, g, "removed")
		if _, err := t.exec(ctx, "delete from told where kind = $1 and id = $2", toldPermission, id); err != nil {
			return nil, err
		}
	}
	return records, nil
}

// stateOf is how the ledger words each phase of a permission.
var stateOf = map[string]string{"ahead": "recorded", "open": "in force", "ending": "ends soon", "over": "ended"}

// phaseOf is where a permission stands in its period.
func phaseOf(p *feed.Permission, at time.Time) string {
	switch {
	case at.Before(p.From):
		return "ahead"
	case !p.Until.IsZero() && !at.Before(p.Until):
		return "over"
	case p.Ending(at):
		return "ending"
	}
	return "open"
}

func grantRecord(p *feed.Permission) *ledger.Grant {
	return &ledger.Grant{
		ID: ledger.Words(p.ID), Source: ledger.Words(p.Source), Use: p.Use.String(), Audience: ledger.Words(string(p.Audience)), Basis: string(p.Basis),
		Images: p.Images, Enclosures: p.Enclosures, Document: ledger.Words(p.Document), GrantedBy: ledger.Words(p.GrantedBy),
		Abridging: p.Abridging.String(), Commerce: p.Commerce.String(), Indexing: p.Indexing, PerDay: p.PerDay, Article: ledger.Words(p.Article),
		Credit: ledger.Words(p.Credit.String()), From: ledger.Time(p.From), Until: ledger.Time(p.Until),
	}
}

// toldAll is told for everything of a kind.
func (t *tx) toldAll(ctx context.Context, kind string) (map[string]string, error) {
	st, err := t.stmt(ctx, "select id, state from told where kind = $1")
	if err != nil {
		return nil, err
	}
	rows, err := st.QueryContext(ctx, kind)
	if err != nil {
		return nil, err
	}
	defer rows.Close()
	found := make(map[string]string)
	for rows.Next() {
		var id, state string
		if err := rows.Scan(&id, &state); err != nil {
			return nil, err
		}
		found[id] = state
	}
	return found, rows.Err()
}
