package sources

import "strings"

// Signal is markup that speaks of rights and has no field of its own, kept
// verbatim until package evidence reads it: access:restriction, itunes:block,
// media:restriction, rsl:content, robots and tdm members.
type Signal struct {
	Name   string            // prefix and local name in the usual spelling, such as "access:restriction"
	Value  string            // text content
	Attrs  map[string]string // by local name
	Where  string            // "feed", "entry", "image 1", "header"
	Markup string            // verbatim, as far as known
}

// Restricts reports whether a media:restriction (Media RSS 1.5.1) binds us.
// "Purely informational" there; not here. What is allowed to some is denied to
// the rest, and nobody knows that we are among them; what is denied to a country
// can't be shown, as what we publish is read in all of them.
func Restricts(relationship, kind, value string) bool {
	value = strings.ToLower(strings.TrimSpace(value))
	deny, all, none := strings.EqualFold(relationship, "deny"), value == "all", value == "none"
	switch strings.ToLower(kind) {
	case "sharing":
		return deny && !none || !deny && none
	case "uri", "country":
		return deny && !none || !deny && !all && value != ""
	}
	return deny && all || !deny && none
}
