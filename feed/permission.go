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
	Audience   Audience
	Basis      Basis
	GrantedBy  string
	Document   string    // the letter or contract, as the operator files it
	Credit     string    // wording the owner demands, "" for ours
	From       time.Time // inclusive; zero: open
	Until      time.Time // exclusive (the day after the last day, local midnight); zero: open
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
	if p.Audience != Public && p.Audience != audience {
		return false
	}
	return !t.Before(p.From) && (p.Until.IsZero() || t.Before(p.Until))
}
