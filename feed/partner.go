package feed

import (
	"net/netip"
	"slices"
	"time"
)

// Partner is a portal with credentials: which channels it may read, how much
// at most of each entry, in which forms, from where and for how long. What an
// owner granted to it stands in permissions whose audience it is.
type Partner struct {
	ID       string
	Title    string
	Channels []string // ids
	Use      Use      // the most it is shown of any entry, whatever was granted
	Formats  []string // of documents, as file names end: atom, rss; empty: all
	Limit    Limit
	// Noncommercial declares that nobody earns by what the partner shows;
	// else licences and permissions that exclude commerce don't reach it.
	Noncommercial bool
	From          time.Time      // inclusive; zero: open
	Until         time.Time      // exclusive (the day after the last day, local midnight); zero: open
	Addresses     []netip.Prefix // where it asks from; empty: anywhere
	Contact       string
	Webhook       string // where it wants to be told of changes
	WebhookSecret string // what those are signed with; empty: one that was made for it
}

// Audience is the one that permissions for the partner name.
func (p *Partner) Audience() Audience { return PartnerAudience(p.ID) }

// InForce reports whether the contract runs at t.
func (p *Partner) InForce(t time.Time) bool {
	return !t.Before(p.From) && (p.Until.IsZero() || t.Before(p.Until))
}

// Admits reports whether the partner may ask from an address; the zero one, of a
// caller whose address is not known, is good only where none are named.
func (p *Partner) Admits(addr netip.Addr) bool {
	if len(p.Addresses) == 0 {
		return true
	}
	addr = addr.Unmap().WithZone("")
	return slices.ContainsFunc(p.Addresses, func(r netip.Prefix) bool { return r.Contains(addr) })
}

// Takes reports whether the contract has documents of a format.
func (p *Partner) Takes(format string) bool {
	return len(p.Formats) == 0 || slices.Contains(p.Formats, format)
}

// Limit is how often a partner may ask. The zero Limit is none.
type Limit struct {
	Requests int
	Per      time.Duration
}
