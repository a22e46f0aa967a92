package render

import (
	"bytes"
	"strings"
)

// kept checks an entry as it leaves: whatever the format, its bytes must show
// who wrote the story, whose it is, the way home, the notice and the licence.
// It names what is missing, "" for nothing. A list for people may shorten terms.
func kept(b []byte, f Format, x *facts) string {
	for _, p := range x.byline {
		if !holds(b, p.Name) {
			return "its byline would be lost: " + p.Name
		}
	}
	switch {
	case !holds(b, x.source.Title):
		return "its source would be lost: " + x.source.Title
	case !holds(b, x.link):
		return "its link home would be lost: " + x.link
	}
	for _, p := range firstOutlets(&x.e.Attribution, &x.source) {
		if name := oneLine(p.Outlet); !holds(b, name) {
			return "its first outlet would be lost: " + name
		}
	}
	for _, n := range x.e.Notices() {
		if words := opening(oneLine(n.Reason)); !holds(b, words) {
			return "its notice would be lost: " + words
		}
	}
	for i, l := range x.licences {
		name := licenceName(l)
		switch {
		case l == Unspecified, f == Ninjs && i > 0 && holds(b, first(name, l)): // its schema has room for one
		case f == HTML && holds(b, first(name, shortAddress(l))):
		case !holds(b, l):
			return "its licence would be lost: " + l
		}
	}
	for _, l := range wordedLicences(x.e) {
		if words := opening(l); !holds(b, words) {
			return "its licence would be lost: " + words
		}
	}
	if words := opening(terms(x.e, x.source.Rights)); !holds(b, words) {
		return "the owner's terms would be lost: " + words
	}
	return ""
}

// opening is the first words of a sentence, which no format cuts.
func opening(s string) string {
	const most = 40
	if len(s) <= most {
		return s
	}
	if i := strings.LastIndexByte(s[:most], ' '); i > 0 {
		return s[:i]
	}
	return ""
}

// holds reports whether bytes hold a text, in any of the ways in which a
// format may spell it.
func holds(b []byte, s string) bool {
	if s == "" || bytes.Contains(b, []byte(s)) {
		return true
	}
	for _, table := range [...]*escapes{textEscapes, rssEscapes, htmlEscapes, jsonEscapes} {
		if bytes.Contains(b, escape(nil, s, table)) {
			return true
		}
	}
	// HTML inside XML or JSON is escaped twice.
	once := string(escape(nil, s, htmlEscapes))
	return bytes.Contains(b, escape(nil, once, textEscapes)) || bytes.Contains(b, escape(nil, once, jsonEscapes))
}
