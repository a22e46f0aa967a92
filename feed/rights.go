package feed

import (
	"fmt"
	"time"

	"warta/sources"
)

// Use is how much of an entry may be shown. The zero Use shows nothing.
type Use int

const (
	None     Use = iota // nothing but a notice
	Headline            // title, byline, source, dateline, date and link
	Excerpt             // and an excerpt
	Full                // and the text
)

var useNames = [...]string{"none", "headline", "excerpt", "full"}

func (u Use) String() string {
	if u < None || u > Full {
		return fmt.Sprintf("Use(%d)", int(u))
	}
	return useNames[u]
}

// ParseUse reads none, headline, excerpt or full.
func ParseUse(s string) (Use, error) {
	for i, n := range useNames {
		if s == n {
			return Use(i), nil
		}
	}
	return None, fmt.Errorf("%q is not a use; choose none, headline, excerpt or full", s)
}

func (u Use) MarshalText() ([]byte, error) { return []byte(u.String()), nil }

func (u *Use) UnmarshalText(b []byte) (err error) { *u, err = ParseUse(string(b)); return err }

// Decision is what may be shown of one entry to one audience at one time, and
// why. The zero Decision allows nothing.
type Decision struct {
	Use        Use
	MaxChars   int  // of the excerpt; 0: no limit beyond the usual
	Whole      bool // the text may be shown only unabridged and unchanged (NoDerivatives)
	Images     bool // images that carry a credit or licence may be shown
	Enclosures bool
	License    string // the licence carried on with the text
	Permission string // id of the permission that loosened it
	CreditLine string // wording the owner demands; fields of a CreditForm are filled in
	CreditForm string // how the operator words the line for this source and language
	NoIndex    bool   // copies must ask not to be indexed
	Hold       bool   // unclear: waits for a person, closed meanwhile
	Reasons    []Reason
	Until      time.Time // when the clock alone will change this decision; zero: never
}

// Reason is one step of a decision.
type Reason struct {
	Rule     string            // id of the row in the table of uses
	Most     Use               // what that row allows
	Text     Bilingual         // a sentence
	Evidence *sources.Evidence // what it rests on, if anything
}

// Bilingual is a sentence in Indonesian and in English.
type Bilingual struct{ ID, EN string }

// In returns the wording for a language: Indonesian for id, else English.
func (b Bilingual) In(language string) string {
	if language == "id" {
		return b.ID
	}
	return b.EN
}

// Policy is what the operator says about rights in general.
type Policy struct {
	Default    Use    // most that is shown where the owner says nothing
	Language   string // the site's: of entries that don't say theirs
	Commercial bool   // the site is commercial: NC licences don't reach it
	Sources    map[string]SourcePolicy
	Credit     CreditForms    // how credit lines are worded, where a source says nothing of its own
	Future     sources.Future // of dates ahead, where a source says nothing of its own
}

// SourcePolicy is what the operator says about one source. Rights nil means
// nothing was said.
type SourcePolicy struct {
	Rights *Use           // an upper bound; full also opens "quoting allowed with the source named"
	Credit CreditForms    // how its credit lines are worded
	Future sources.Future // of dates ahead of the clock
}
