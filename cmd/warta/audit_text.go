package main

import (
	"fmt"
	"strings"
	"time"

	"warta/feed/ledger"
)

// recordText is a record of the ledger on one line, as a person reads it.
func recordText(r *ledger.Record, zone *time.Location) string {
	at := r.At
	if t, err := time.Parse(time.RFC3339, r.At); err == nil {
		at = t.In(zone).Format("2006-01-02 15:04:05")
	}
	return fmt.Sprintf("%6d  %s  %s", r.N, at, happened(r))
}

// happened says what a record tells.
func happened(r *ledger.Record) string {
	switch r.Kind {
	case ledger.Revision:
		s := fmt.Sprintf("revision %d, digest %.12s…%s", r.Revision, r.Digest, evidenceText(r))
		return s + noticeWords(r.Notice)
	case ledger.Page:
		return "its page" + evidenceText(r) + noticeWords(r.Notice)
	case ledger.Desk:
		return fmt.Sprintf("verdict %s by %s: %s", r.Verdict, r.By, r.Note)
	case ledger.Withdrawn:
		return fmt.Sprintf("revision %d, withdrawn by %s%s", r.Revision, r.By, noticeWords(r.Notice))
	case ledger.Restored:
		return fmt.Sprintf("revision %d, withdrawal undone by %s: %s", r.Revision, r.By, r.Note)
	case ledger.Noticed:
		return fmt.Sprintf("revision %d, notice by its source%s", r.Revision, noticeWords(r.Notice))
	case ledger.Quarantine:
		s := "quarantine of " + r.Source + " " + r.State
		if r.By != "" {
			s += " by " + r.By
		}
		return strings.TrimSuffix(s+": "+r.Note, ": ")
	case ledger.Decided:
		return "decided" + decisionWords(r.Decision)
	case ledger.Permission:
		if r.Grant != nil {
			return fmt.Sprintf("permission %s %s", r.Grant.ID, r.State)
		}
	}
	return string(r.Kind)
}

func evidenceText(r *ledger.Record) string {
	if len(r.Evidence) == 0 {
		return ", no evidence"
	}
	list := make([]string, len(r.Evidence))
	for i, ev := range r.Evidence {
		list[i] = ev.Kind
		if ev.Where != "" {
			list[i] += " (" + ev.Where + ")"
		}
	}
	return ", evidence: " + strings.Join(list, "; ")
}

func noticeWords(n *ledger.Notice) string {
	if n == nil {
		return ""
	}
	return fmt.Sprintf(", %s: %s", n.Kind, n.Reason)
}

func decisionWords(d *ledger.Decision) string {
	if d == nil {
		return ""
	}
	s := ": " + d.Use
	if d.Hold {
		s += ", waits for an editor"
	}
	if d.Permission != "" {
		s += ", permission " + d.Permission
	}
	return s + " (" + strings.Join(d.Rules, ", ") + ")"
}
