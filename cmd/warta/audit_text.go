package main

import (
	"fmt"
	"strings"
	"time"

	"warta/feed"
	"warta/feed/ledger"
	"warta/feed/render"
	"warta/sources"
)

// teller tells in a language, Indonesian or English, what records say.
type teller struct {
	language string
	zone     *time.Location
}

func (t teller) in(id, en string) string { return feed.Bilingual{ID: id, EN: en}.In(t.language) }

// line is a record of the ledger on one line, as a person reads it.
func (t teller) line(r *ledger.Record) string {
	at := r.At
	if when, err := time.Parse(time.RFC3339, r.At); err == nil {
		at = when.In(t.zone).Format("2006-01-02 15:04:05")
	}
	return fmt.Sprintf("%6d  %s  %s", r.N, at, t.happened(r))
}

// happened says what a record tells.
func (t teller) happened(r *ledger.Record) string {
	revision := fmt.Sprintf(t.in("revisi %d", "revision %d"), r.Revision)
	by := t.in(" oleh ", " by ") + r.By
	switch r.Kind {
	case ledger.Revision:
		return fmt.Sprintf("%s, digest %.12s…%s", revision, r.Digest, t.evidence(r)) + t.notice(r.Notice)
	case ledger.Page:
		return t.in("halamannya", "its page") + t.evidence(r) + t.notice(r.Notice)
	case ledger.Desk:
		return t.in("putusan: ", "verdict ") + t.state(r.Verdict) + by + ": " + r.Note
	case ledger.Withdrawn:
		return revision + t.in(", dicabut", ", withdrawn") + by + t.notice(r.Notice)
	case ledger.Restored:
		return revision + t.in(", pencabutan dibatalkan", ", withdrawal undone") + by + ": " + r.Note
	case ledger.Noticed:
		return revision + t.in(", pemberitahuan dari sumbernya", ", notice by its source") + t.notice(r.Notice)
	case ledger.Quarantine, ledger.Takedown:
		s := t.in("karantina ", "quarantine of ") + r.Source
		if r.Kind == ledger.Takedown {
			s = strings.TrimSpace(t.in("permintaan penurunan ", "takedown request ") + r.Source)
		}
		if s += " " + t.state(r.State); r.By != "" {
			s += by
		}
		return strings.TrimSuffix(s+": "+r.Note, ": ")
	case ledger.Decided:
		return t.in("diputuskan", "decided") + t.decision(r.Decision)
	case ledger.Permission:
		if r.Grant != nil {
			return t.in("izin ", "permission ") + r.Grant.ID + " " + t.state(r.State)
		}
	}
	return string(r.Kind)
}

// states are those of verdicts, quarantines, takedowns and permissions, in
// Indonesian; in English they are as they stand in the record.
var states = map[string]string{
	"release": "dilepas", "hold": "ditahan", "drop": "tidak dimuat",
	"held": "ditahan", "held in part": "ditahan sebagian", "empty": "umpannya kosong", "ended": "berakhir", "released": "dilepas", "dropped": "dibuang",
	"filed": "diajukan", "accepted": "dikabulkan", "rejected": "ditolak", "undone": "dibatalkan",
	"recorded": "dicatat", "in force": "mulai berlaku", "changed": "diubah", "ends soon": "segera berakhir", "removed": "dihapus",
}

func (t teller) state(s string) string {
	if id, ok := states[s]; ok {
		return t.in(id, s)
	}
	return s
}

func (t teller) evidence(r *ledger.Record) string {
	if len(r.Evidence) == 0 {
		return t.in(", tanpa bukti hak", ", no evidence")
	}
	list := make([]string, len(r.Evidence))
	for i, ev := range r.Evidence {
		list[i] = render.EvidenceName(sources.EvidenceKind(ev.Kind), t.language)
		if ev.Where != "" {
			list[i] += " (" + feed.Whereabouts(ev.Where, t.language) + ")"
		}
	}
	return t.in(", bukti hak: ", ", evidence: ") + strings.Join(list, "; ")
}

func (t teller) notice(n *ledger.Notice) string {
	if n == nil {
		return ""
	}
	name := n.Kind
	if t.language == "id" {
		name = strings.ToLower(render.NoticeName(feed.NoticeKind(n.Kind), t.language))
	}
	return fmt.Sprintf(", %s: %s", name, n.Reason)
}

func (t teller) decision(d *ledger.Decision) string {
	if d == nil {
		return ""
	}
	use := d.Use
	if u, err := feed.ParseUse(d.Use); err == nil {
		use = useWord(u, t.language)
	}
	s := ": " + use
	if d.Hold {
		s += t.in(", menunggu redaksi", ", waits for an editor")
	}
	if d.Permission != "" {
		s += t.in(", izin ", ", permission ") + d.Permission
	}
	return s + " (" + strings.Join(d.Rules, ", ") + ")"
}
