package main

import (
	"fmt"
	"time"

	"warta/feed"
	"warta/feed/config"
)

// permissionNotes says of permissions that are well formed what their operator
// may not have meant.
func permissionNotes(cfg *config.Config, now time.Time) (lines []string) {
	note := func(p *feed.Permission, format string, args ...any) {
		lines = append(lines, fmt.Sprintf("permission %s for %s ", p.ID, p.Source)+fmt.Sprintf(format, args...))
	}
	day := func(t time.Time) string { return t.In(cfg.TimeZone).Format(time.DateOnly) }
	for i := range cfg.Permissions {
		p := &cfg.Permissions[i]
		if !p.Until.IsZero() && !p.Until.After(now) {
			note(p, "ended with %s and is without effect; renew it, or take it out", day(p.Until.Add(-time.Second)))
			continue
		}
		if p.From.After(now) {
			note(p, "begins on %s and is without effect until then", day(p.From))
		}
		if given(p.Basis) && p.Document == "" {
			note(p, "names no document; file what was agreed and add document: where to find it, for whoever asks")
		}
		if s := cfg.Policy.Sources[p.Source]; s.Rights != nil && *s.Rights == feed.None {
			note(p, "is without effect, as the source is set to rights: none, which nothing loosens")
		}
		for k := range cfg.Permissions[:i] {
			if o := &cfg.Permissions[k]; o.Source == p.Source && o.Audience == p.Audience && o.Use != p.Use && together(o, p) {
				note(p, "(%s) and %s (%s) are for the same audience at the same time; the larger one counts", p.Use, o.ID, o.Use)
			}
		}
	}
	return lines
}

// given reports whether a permission rests on what an owner gave in writing.
func given(b feed.Basis) bool {
	switch b {
	case feed.WrittenPermission, feed.LicenceBasis, feed.PaidLicence, feed.RevenueShare, feed.DataSharing:
		return true
	}
	return false
}

// together reports whether two permissions are in force at some time together.
func together(a, b *feed.Permission) bool {
	return (a.Until.IsZero() || b.From.Before(a.Until)) && (b.Until.IsZero() || a.From.Before(b.Until))
}
