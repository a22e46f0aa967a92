package sources

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
