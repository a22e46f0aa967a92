// Package rights decides how much of an entry may be shown: evidence of the
// owner's terms, permissions on record, audience and time become one
// feed.Decision with its reasons. The rules are the Table; Decide applies it.
// It reads no clock and touches nothing: the same facts always give the same
// decision (Pedoman Pemberitaan Media Siber, UU 28/2014, RFC 4946).
package rights

import (
	"cmp"
	"slices"
	"strconv"
	"time"

	"warta/feed"
	"warta/sources"
)

// Decide says what of an entry may be shown to an audience at a time.
//
//  1. A withdrawal, the operator's "none", or an editor who holds or drops the
//     entry, shows nothing, whatever else.
//  2. A permission in force for the audience replaces what the owner's public
//     terms say: what it grants, and no more.
//  3. Else the tightest of the owner's terms holds, and the operator's limit
//     for the source with it. Where the owner allows nothing and forbids
//     nothing, the operator's default holds.
func Decide(e *feed.Entry, policy feed.Policy, perms []feed.Permission, audience feed.Audience, now time.Time) feed.Decision {
	operator := policy.Sources[e.Source]
	c := hearing{policy: policy, now: now, operator: operator.Rights}
	c.d.CreditForm = cmp.Or(operator.Credit.For(e.Language, policy.Language), policy.Credit.For(e.Language, policy.Language))
	for i := range e.Evidence {
		if e.Evidence[i].Kind == sources.Embargo {
			c.embargo(&e.Evidence[i], e.Desk, e.Evidence)
			continue
		}
		c.hear(&e.Evidence[i])
	}
	c.ahead(e, cmp.Or(operator.Future, policy.Future))
	c.until(perms, e.Source, audience)
	c.d.NoIndex = c.noIndex
	grant := granted(e, perms, policy, audience, now)
	switch {
	case e.Notice != nil && e.Notice.Kind == feed.Withdrawal:
		if c.final != rows["withdrawn"] { // which said so, with the words it rests on
			c.reason(rows["withdrawn"], feed.None, nil)
		}
	case c.final != nil:
		c.d.Use = feed.None
	case c.operator != nil && *c.operator == feed.None:
		c.reason(rows["operator-none"], feed.None, nil)
	case e.Desk.Closes():
		c.reason(rows["desk-"+string(e.Desk.Verdict)], feed.None, nil)
	case grant.use > feed.None:
		c.permit(grant)
	default:
		c.terms()
		c.files(grant)
		c.missed(grant)
	}
	if c.d.Use == feed.None {
		otherwise(c.d.Reasons)
		c.d.Images, c.d.Enclosures, c.d.License, c.d.MaxChars = false, false, "", 0
	}
	if c.d.Hold && e.Desk.Releases(e.Evidence) {
		c.d.Hold = false
		c.reason(rows["desk-release"], c.d.Use, nil)
	}
	sortReasons(c.d.Reasons, c.d.Use, c.d.Permission != "")
	return c.d
}

// Most is what one piece of evidence by itself allows at most.
func Most(ev sources.Evidence, policy feed.Policy) feed.Use {
	row, most := read(&ev, policy, nil)
	if row.Class == Claim {
		most = min(most, policy.Default)
	}
	return most
}

// Carried reports whether a piece of evidence is passed on and says nothing of
// how much may be shown.
func Carried(ev sources.Evidence, policy feed.Policy) bool {
	row, _ := read(&ev, policy, nil)
	return row.Class == Note
}

// hearing collects what is said about one entry.
type hearing struct {
	policy   feed.Policy
	now      time.Time
	operator *feed.Use // the operator's limit for the source

	d       feed.Decision
	final   *Row
	bound   feed.Use // tightest of what forbids or limits
	leave   feed.Use // tightest of what allows
	claim   feed.Use // tightest of what only claims
	said    struct{ bound, leave, claim, open, denied, banned, quote, whole, noImage bool }
	noIndex bool
}

// hear takes in one piece of evidence.
func (c *hearing) hear(ev *sources.Evidence) {
	row, most := read(ev, c.policy, c.operator)
	if row.Kind == sources.UnavailableAfter {
		if t, err := time.Parse(time.RFC3339, ev.Value); err == nil && c.now.Before(t) {
			c.d.Until = t
			return
		}
	}
	c.reason(row, most, ev)
	switch row.Class {
	case Final:
		c.final = row
	case Bound:
		c.bound, c.said.bound = tighter(c.said.bound, c.bound, most), true
	case Leave:
		c.leave, c.said.leave = tighter(c.said.leave, c.leave, most), true
	case Claim:
		c.claim, c.said.claim = tighter(c.said.claim, c.claim, most), true
	}
	c.note(row, ev)
}

// note keeps what a row means besides how much may be shown.
func (c *hearing) note(row *Row, ev *sources.Evidence) {
	switch row.ID {
	case "quote", "quote-full":
		c.said.quote = true
	case "licence-open", "licence-nc", "licence-nc-commercial":
		c.said.open = true
	case "licence-nd":
		c.said.open, c.said.whole = true, true
	case "no-copy", "reserved", "licence-none", "rsl-prohibits", "access-denied", "sharing-denied":
		c.said.denied = true
		c.said.banned = c.said.banned || row.ID == "no-copy"
	case "noimage":
		c.said.noImage = true
	case "noindex":
		c.noIndex = true
	case "max-snippet":
		if n, err := strconv.Atoi(ev.Value); err == nil && n > 0 && (c.d.MaxChars == 0 || n < c.d.MaxChars) {
			c.d.MaxChars = n
		}
	}
	if row.Class == Leave && row.Kind == sources.Licence {
		c.said.whole = c.said.whole || licenceOf(ev.Value).nd
		if c.d.License == "" {
			c.d.License = ev.Value
		}
	}
}

// terms decides by the owner's public terms and the operator's limits.
func (c *hearing) terms() {
	d := &c.d
	switch {
	case c.said.leave:
		d.Use = c.leave
	case c.said.claim:
		d.Use = min(c.claim, c.policy.Default)
	default:
		d.Use = min(feed.Excerpt, c.policy.Default)
		if !c.said.bound || d.Use < c.bound {
			c.reason(rows["default"], d.Use, nil)
		}
	}
	if c.said.bound {
		d.Use = min(d.Use, c.bound)
	}
	if c.said.open && c.said.denied || c.said.quote && c.said.banned {
		d.Use, d.Hold = min(d.Use, rows["contradiction"].Most), true
		c.reason(rows["contradiction"], d.Use, nil)
	}
	if c.operator != nil && *c.operator < d.Use {
		d.Use = *c.operator
		c.reason(rows["operator-bound"], d.Use, nil)
	}
	if c.said.whole && d.Use == feed.Excerpt {
		d.Use = feed.Headline
		c.reason(rows["nd-not-whole"], d.Use, nil)
	}
	d.Whole = c.said.whole && d.Use == feed.Full
	d.Images = c.said.open && d.Use == feed.Full && !c.said.noImage
	d.Enclosures = c.said.open && d.Use == feed.Full
	if d.Use < feed.Excerpt || d.Hold {
		d.License = ""
	}
	if d.Use != feed.Excerpt {
		d.MaxChars = 0
	}
	d.NoIndex = d.NoIndex || d.Use == feed.Full
	for i := range d.Reasons {
		d.Hold = d.Hold || rows[d.Reasons[i].Rule].Hold
	}
}

// permit decides by a permission, which stands in place of the terms.
func (c *hearing) permit(g grant) {
	d := &c.d
	uncut := c.uncut(g.by)
	d.Use, d.Images, d.Enclosures = g.use, g.images, g.enclosures
	d.Permission, d.CreditLine, d.MaxChars = g.by.ID, g.credit, 0
	d.Whole = uncut && d.Use == feed.Full
	d.NoIndex = !g.indexing && (d.NoIndex || d.Use == feed.Full)
	if d.Use < feed.Excerpt || c.said.denied {
		d.License = ""
	}
	otherwise(d.Reasons)
	row := rows["permission"]
	if g.by.Basis == feed.Statutory {
		row = rows["permission-statutory"]
	}
	c.reason(row, g.use, nil)
	if d.Whole {
		c.reason(rows["permission-whole"], d.Use, nil)
	}
}

// uncut reports whether a permission's text may not be abridged: where it says
// so, and where it says nothing and the owner's public terms allow no excerpt.
func (c *hearing) uncut(p *feed.Permission) bool {
	if p.Abridging != feed.Unsaid {
		return p.Abridging == feed.No
	}
	public := *c
	public.d.Reasons = slices.Clone(c.d.Reasons)
	public.terms()
	return public.d.Use < feed.Excerpt || public.d.Whole
}

// missed says which permission would have said more, and why it does not.
func (c *hearing) missed(g grant) {
	switch {
	case g.by != nil:
	case g.spent != nil:
		c.reason(rows["permission-per-day"], c.d.Use, nil)
	case g.private != nil:
		c.reason(rows["permission-commerce"], c.d.Use, nil)
	}
}

// files adds the images and files of a permission that grants no text.
func (c *hearing) files(g grant) {
	if g.by == nil || c.d.Use == feed.None || !g.images && !g.enclosures {
		return
	}
	c.d.Images, c.d.Enclosures = c.d.Images || g.images, c.d.Enclosures || g.enclosures
	c.d.Permission, c.d.CreditLine = g.by.ID, g.credit
	c.reason(rows["permission"], c.d.Use, nil)
}

// otherwise marks what did not decide, as something stood above it: what would
// hold without that.
func otherwise(list []feed.Reason) {
	for i := range list {
		r := &list[i]
		switch rows[r.Rule].Class {
		case Bound, Leave, Claim:
			r.Text = feed.Bilingual{ID: "Tanpa itu yang berlaku: " + r.Text.ID, EN: "Otherwise this would apply: " + r.Text.EN}
		}
	}
}

func (c *hearing) reason(row *Row, most feed.Use, ev *sources.Evidence) {
	c.d.Reasons = append(c.d.Reasons, feed.Reason{Rule: row.ID, Most: most, Text: row.Text, Evidence: ev})
}

// tighter is the smaller of two uses, or most where there is none yet.
func tighter(any bool, have, most feed.Use) feed.Use {
	if !any {
		return most
	}
	return min(have, most)
}
