package feed

import "time"

// Permission is a recorded grant: from whom, on what basis, how much, to whom
// and for how long. Only a permission loosens what evidence says.
type Permission struct {
	ID         string
	Source     string // the source it speaks of
	Use        Use
	Images     bool
	Enclosures bool
	Abridging  Answer // may the text be cut; unsaid: where the owner's public terms allow an excerpt
	Commerce   Answer // does it reach a commercial site; unsaid: it does
	Indexing   bool   // copies may be indexed
	PerDay     int    // most entries of one day it covers, by Entry.DayPlace; 0: all
	Audience   Audience
	Basis      Basis
	Article    string // of the law, where Basis is Statutory
	GrantedBy  string
	Document   string        // the letter or contract, as the operator files it
	Credit     CreditForms   // wording the owner demands; none: ours
	From       time.Time     // inclusive; zero: open
	Until      time.Time     // exclusive (the day after the last day, local midnight); zero: open
	Notify     time.Duration // how long before Until the operator is told; 0: not at all
}

// Answer is what somebody said to a question of yes or no.
type Answer int

const (
	Unsaid Answer = iota
	Yes
	No
)

// String is yes, no or nothing.
func (a Answer) String() string { return [...]string{"", "yes", "no"}[min(max(a, Unsaid), No)] }

// AnswerOf is the answer that a word of a configuration gives.
func AnswerOf(yes, said bool) Answer {
	switch {
	case !said:
		return Unsaid
	case yes:
		return Yes
	}
	return No
}

// Basis is the ground a permission stands on.
type Basis string

// The bases a permission may name. Statutory is never automatic: the operator
// chooses it and names the article.
const (
	WrittenPermission Basis = "written_permission"
	LicenceBasis      Basis = "licence"
	PaidLicence       Basis = "paid_licence"
	RevenueShare      Basis = "revenue_share"
	DataSharing       Basis = "data_sharing"
	OwnContent        Basis = "own_content"
	PublicDomain      Basis = "public_domain"
	Statutory         Basis = "statutory"
)

// Bases lists every Basis, for checks and help.
var Bases = []Basis{WrittenPermission, LicenceBasis, PaidLicence, RevenueShare, DataSharing, OwnContent, PublicDomain, Statutory}

// InForce reports whether the permission speaks to audience at t. A public
// permission reaches partners too.
func (p *Permission) InForce(audience Audience, t time.Time) bool {
	return p.Audience.Includes(audience) && p.Runs(t)
}

// Runs reports whether t is in the permission's period.
func (p *Permission) Runs(t time.Time) bool {
	return !t.Before(p.From) && (p.Until.IsZero() || t.Before(p.Until))
}

// Reaches reports whether the permission speaks of a commercial site, if this
// is one.
func (p *Permission) Reaches(commercial bool) bool { return !commercial || p.Commerce != No }

// Covers reports whether an entry is among those of its day that the
// permission speaks of. Where its place is not known it is not.
func (p *Permission) Covers(e *Entry) bool {
	return p.PerDay == 0 || e.DayPlace > 0 && e.DayPlace <= p.PerDay
}

// NoticeFrom is when the operator wants to be told that the permission will
// end; zero: never. One that is shorter than that is called out as it begins.
func (p *Permission) NoticeFrom() time.Time {
	if p.Until.IsZero() || p.Notify <= 0 || !p.From.Before(p.Until) {
		return time.Time{}
	}
	if t := p.Until.Add(-p.Notify); t.After(p.From) {
		return t
	}
	return p.From
}

// Ending reports whether the permission is in force and ends so soon that the
// operator wanted to be told.
func (p *Permission) Ending(t time.Time) bool {
	from := p.NoticeFrom()
	return !from.IsZero() && !t.Before(from) && t.Before(p.Until)
}
