package sources

import (
	"crypto/sha256"
	"encoding/hex"
	"time"
)

// Evidence is words or markup about rights, verbatim, with where they stood.
// It decides nothing: feed/rights does.
type Evidence struct {
	Kind  EvidenceKind `json:"kind"`
	Text  string       `json:"text"`            // the very words or markup
	Where string       `json:"where"`           // such as "entry link rel=license", "text, last paragraph", "header X-Robots-Tag"
	Value string       `json:"value,omitempty"` // licence address, number of characters, operator's use; of a Copyright: "reserved" where all rights are

	// At is when it was read, as far as is known: of a feed's evidence with
	// the revision of the entry it came with.
	At time.Time `json:"at,omitzero"`

	// OfPage says that a later visit to the article's page found it, not the
	// feed: the two are kept apart.
	OfPage bool `json:"-"`
}

// Hash is a fingerprint of the words, as the ledger keeps it: 128 bits of their
// SHA-256 in hexadecimal.
func (e *Evidence) Hash() string {
	sum := sha256.Sum256([]byte(e.Text))
	return hex.EncodeToString(sum[:16])
}

// Same reports whether two pieces say the same in the same place, whenever
// they were read.
func (e Evidence) Same(other Evidence) bool {
	e.At, other.At, e.OfPage, other.OfPage = time.Time{}, time.Time{}, false, false
	return e == other
}

// EvidenceKind names what kind of signal an Evidence is.
type EvidenceKind string

const (
	Copyright       EvidenceKind = "copyright"         // a bare ©, "all rights reserved", any statement that only claims
	NoCopy          EvidenceKind = "no-copy"           // a notice that forbids quoting or copying
	QuoteWithSource EvidenceKind = "quote-with-source" // leave to quote when the source is named
	Licence         EvidenceKind = "licence"           // Value: the licence's address
	LicenceNone     EvidenceKind = "licence-none"      // RFC 4946 section 2.1: #unspecified
	AccessDenied    EvidenceKind = "access-denied"     // access:restriction relationship=deny; itunes:block
	SharingDenied   EvidenceKind = "sharing-denied"    // media:restriction of the item as a whole
	RSLProhibits    EvidenceKind = "rsl-prohibits"     // RSL 1.0: prohibits usage all
	RSLTerms        EvidenceKind = "rsl-terms"         // any other RSL terms: recorded, carried on
	NoSnippet       EvidenceKind = "nosnippet"
	MaxSnippet      EvidenceKind = "max-snippet" // Value: characters
	NoIndex         EvidenceKind = "noindex"
	NoArchive       EvidenceKind = "noarchive"
	NoImage         EvidenceKind = "noimage"         // noimageindex, max-image-preview:none
	Paywall         EvidenceKind = "paywall"         // schema.org isAccessibleForFree=false
	TDMReserved     EvidenceKind = "tdm-reservation" // Value: 1 or 0
	ODRLPolicy      EvidenceKind = "odrl-policy"     // Value: address of a policy for machines (ODRL, tdm-policy): recorded, carried on
	// UnavailableAfter is a robots unavailable_after; Value: the time, RFC 3339.
	UnavailableAfter EvidenceKind = "unavailable-after"
	// Embargo says until when a story must not be shown; Value: the time, RFC
	// 3339, empty where it could not be read.
	Embargo     EvidenceKind = "embargo"
	Withdrawn   EvidenceKind = "withdrawn" // tombstone, 410, "dicabut"
	OperatorUse EvidenceKind = "operator"  // Value: none, headline, excerpt, full
	Unclear     EvidenceKind = "unclear"   // speaks of rights in words we can't read
)
