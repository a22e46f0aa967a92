package rights

import (
	"testing"
	"time"

	"warta/feed"
	"warta/sources"
)

// TestDesk is what an editor's verdict does: it only ever tightens, and a
// release holds for the evidence that was looked at.
func TestDesk(t *testing.T) {
	unclear := []sources.Evidence{ev(sources.Unclear, "")}
	more := append(unclear[:1:1], ev(sources.Unclear, "2"))
	grant := []feed.Permission{{ID: "p", Source: "s", Use: feed.Full, Audience: feed.Public, Basis: feed.WrittenPermission}}
	verdict := func(v feed.Verdict, over []sources.Evidence) *feed.Desk {
		return &feed.Desk{Verdict: v, At: now, Over: feed.EvidenceDigest(over)}
	}
	tests := []struct {
		name     string
		desk     *feed.Desk
		evidence []sources.Evidence
		perms    []feed.Permission
		use      feed.Use
		hold     bool
		rule     string
	}{
		{"nobody looked", nil, unclear, nil, feed.Headline, true, "unclear"},
		{"released: no more than before, and no longer waiting", verdict(feed.Released, unclear), unclear, nil, feed.Headline, false, "desk-release"},
		{"released, then other words came", verdict(feed.Released, unclear), more, nil, feed.Headline, true, "unclear"},
		{"released, nothing was unclear", verdict(feed.Released, nil), nil, nil, feed.Excerpt, false, "default"},
		{"held", verdict(feed.Held, unclear), unclear, nil, feed.None, true, "desk-hold"},
		{"held against a licence", verdict(feed.Held, nil), []sources.Evidence{cc("by")}, nil, feed.None, false, "desk-hold"},
		{"held against a permission", verdict(feed.Held, nil), nil, grant, feed.None, false, "desk-hold"},
		{"dropped against a permission", verdict(feed.Dropped, nil), []sources.Evidence{cc("by")}, grant, feed.None, false, "desk-drop"},
		{"released, with a permission", verdict(feed.Released, unclear), unclear, grant, feed.Full, false, "permission"},
		{"a withdrawal alone says nothing of use", &feed.Desk{Withdrawn: &feed.Notice{Kind: feed.Withdrawal, When: time.Unix(0, 0)}}, nil, nil, feed.Excerpt, false, "default"},
	}
	for _, test := range tests {
		d := Decide(&feed.Entry{Source: "s", Evidence: test.evidence, Desk: test.desk}, feed.Policy{Default: feed.Excerpt}, test.perms, feed.Public, now)
		found := false
		for _, r := range d.Reasons {
			found = found || r.Rule == test.rule
		}
		if d.Use != test.use || d.Hold != test.hold && test.desk != nil && !test.desk.Closes() || !found {
			t.Errorf("%s: %+v, want use %s, hold %v, rule %s", test.name, d, test.use, test.hold, test.rule)
		}
		if d.Use == feed.None && (d.Images || d.Enclosures || d.License != "") {
			t.Errorf("%s: closed and yet %+v", test.name, d)
		}
	}
}
