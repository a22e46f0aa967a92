package render

import (
	"strings"

	"warta/feed"
	"warta/sources"
)

// rightsText is what the owner says of rights in words: statements first, then
// notices found in the text or on the page, each once. Without a statement of
// its own an entry stands under its feed's (RFC 4287 section 4.2.10), which it
// takes along.
func rightsText(e *feed.Entry, feedRights string) string {
	var parts []string
	for _, s := range e.Attribution.Statements {
		parts = addStatement(parts, statementWords(&s))
	}
	if len(parts) == 0 {
		parts = addStatement(parts, feedRights)
	}
	for _, l := range wordedLicences(e) {
		parts = addStatement(parts, l)
	}
	for i := range e.Evidence {
		if v := &e.Evidence[i]; spoken(v.Kind) || ofPictures(v) {
			parts = addStatement(parts, v.Text)
		}
	}
	return strings.Join(parts, "\n")
}

// wordedLicences are those that an owner stated as no address ("CC BY 4.0"):
// no link can carry them, so they go along in words.
func wordedLicences(e *feed.Entry) (out []string) {
	for _, l := range e.Attribution.Licenses {
		if l = oneLine(l); l != "" && !feed.IsIRI(l) {
			out = append(out, l)
		}
	}
	return out
}

// spoken reports whether evidence of this kind is a sentence for people. The
// rest is markup, which licence links and the decision stand for.
func spoken(k sources.EvidenceKind) bool {
	switch k {
	case sources.NoCopy, sources.QuoteWithSource, sources.Copyright, sources.Unclear:
		return true
	}
	return false
}

// ofPictures reports whether evidence is a sentence about pictures rather than
// a robots directive.
func ofPictures(v *sources.Evidence) bool {
	return v.Kind == sources.NoImage && !strings.Contains(strings.ToLower(v.Where), "robots")
}

// statementWords are what a statement says, without the markup it may have.
func statementWords(s *sources.Statement) string {
	if s.Type == "html" || s.Type == "xhtml" {
		return plain(s.Text)
	}
	return s.Text
}

const maxStatement = 2000

func addStatement(parts []string, s string) []string {
	s = oneLine(s)
	if s == "" || s[0] == '<' {
		return parts
	}
	s = cut(s, maxStatement)
	for _, p := range parts {
		if strings.Contains(p, s) {
			return parts
		}
	}
	return append(parts, s)
}

// terms is the owner's sentence for the credit line: the strictest one.
func terms(e *feed.Entry, feedRights string) string {
	for _, v := range e.Evidence {
		if v.Kind == sources.NoCopy && v.Text != "" && v.Text[0] != '<' {
			return oneLine(v.Text)
		}
	}
	for _, s := range e.Attribution.Statements {
		if t := oneLine(statementWords(&s)); t != "" && t[0] != '<' {
			return t
		}
	}
	if t := oneLine(feedRights); t != "" {
		return t
	}
	for _, v := range e.Evidence {
		if spoken(v.Kind) && v.Text != "" && v.Text[0] != '<' {
			return oneLine(v.Text)
		}
	}
	return ""
}

// licences are the licences in force: those the entry carries and the one it
// is shown under. Without any it is #unspecified, alone.
func licences(e *feed.Entry, d *feed.Decision) []string {
	out := make([]string, 0, len(e.Attribution.Licenses)+1)
	add := func(l string) {
		if l == "" || l == Unspecified || !feed.IsIRI(l) || runs(l) {
			return
		}
		for _, o := range out {
			if o == l {
				return
			}
		}
		out = append(out, l)
	}
	for _, l := range e.Attribution.Licenses {
		add(l)
	}
	add(d.License)
	if len(out) == 0 {
		out = append(out, Unspecified)
	}
	return out
}

// licenceName is what people call a licence, "" for one we don't know.
func licenceName(l string) string {
	_, path, ok := strings.Cut(strings.ToLower(l), "creativecommons.org/")
	if !ok {
		return ""
	}
	parts := strings.Split(strings.Trim(path, "/"), "/")
	switch {
	case len(parts) < 2:
		return ""
	case parts[0] == "publicdomain" && parts[1] == "zero":
		return "CC0"
	case parts[0] == "publicdomain":
		return "Public Domain"
	case parts[0] != "licenses":
		return ""
	}
	name := "CC " + strings.ToUpper(parts[1])
	if len(parts) > 2 && parts[2] != "" && parts[2][0] >= '0' && parts[2][0] <= '9' {
		name += " " + parts[2]
	}
	return name
}
