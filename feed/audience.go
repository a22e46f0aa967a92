package feed

import (
	"slices"
	"strings"
)

// Audience is whom an entry is shown to: "public", "partner:ID", or, as
// permissions name them, "partners" (every one) or several partners, each by
// its id and with a space between.
type Audience string

const (
	Public   Audience = "public"   // everybody
	Partners Audience = "partners" // every partner, whoever comes to be one
)

// partnerPrefix is how the audience of one partner begins.
const partnerPrefix = "partner:"

// PartnerAudience is the audience that a partner is.
func PartnerAudience(id string) Audience { return Audience(partnerPrefix + id) }

// Audiences joins several into one, in an order that does not depend on theirs.
func Audiences(list ...Audience) Audience {
	words := make([]string, len(list))
	for i, a := range list {
		words[i] = string(a)
	}
	slices.Sort(words)
	return Audience(strings.Join(slices.Compact(words), " "))
}

// Each takes apart what Audiences joined.
func (a Audience) Each() []Audience {
	var list []Audience
	for word := range strings.FieldsSeq(string(a)) {
		list = append(list, Audience(word))
	}
	return list
}

// Partner is the id of the one partner that the audience is, "" where it is
// none or several.
func (a Audience) Partner() string {
	id, ok := strings.CutPrefix(string(a), partnerPrefix)
	if !ok || strings.Contains(id, " ") {
		return ""
	}
	return id
}

// Includes reports whether what is meant for a is meant for b, which is
// everybody or one partner: what everybody may see partners may see too.
func (a Audience) Includes(b Audience) bool {
	switch {
	case a == Public || a == b:
		return true
	case a == Partners:
		return b.Partner() != ""
	case !strings.Contains(string(a), " "):
		return false
	}
	for word := range strings.FieldsSeq(string(a)) {
		if word == string(b) {
			return true
		}
	}
	return false
}
