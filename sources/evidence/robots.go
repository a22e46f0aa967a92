package evidence

import (
	"strconv"
	"strings"
	"time"

	"warta/sources"
)

// robots reads a list of robots directives, as in <meta name="robots"> and
// X-Robots-Tag without a user agent.
func (f *finder) robots(list, text, where string) {
	rest := list
	for rest != "" {
		var d string
		d, rest = directive(rest)
		name, value, _ := strings.Cut(d, ":")
		name, value = strings.ToLower(strings.TrimSpace(name)), strings.TrimSpace(value)
		switch name {
		case "noindex", "none": // none is noindex, nofollow
			f.add(sources.NoIndex, text, where, "")
		case "nosnippet":
			f.add(sources.NoSnippet, text, where, "")
		case "noarchive", "nocache":
			f.add(sources.NoArchive, text, where, "")
		case "noimageindex":
			f.add(sources.NoImage, text, where, "")
		case "noai", "noimageai": // informal, 2022: an AI reservation and no more
			f.add(sources.TDMReserved, text, where, "1")
		case "max-image-preview":
			if strings.EqualFold(value, "none") {
				f.add(sources.NoImage, text, where, "")
			}
		case "max-snippet":
			f.maxSnippet(value, text, where)
		case "unavailable_after":
			if t, ok := robotsDate(value); ok {
				f.add(sources.UnavailableAfter, text, where, t.UTC().Format(time.RFC3339))
			}
		}
	}
}

// maxSnippet: 0 is nosnippet, -1 is no limit, anything unreadable is nothing.
func (f *finder) maxSnippet(value, text, where string) {
	switch n, ok := number(value); {
	case !ok || n < 0:
	case n == 0:
		f.add(sources.NoSnippet, text, where, "")
	default:
		f.add(sources.MaxSnippet, text, where, strconv.Itoa(n))
	}
}

// directive cuts the first directive off a comma-separated list. A date after
// unavailable_after may itself hold commas ("Saturday, 25 Jun 2027 …"), so that
// directive reaches to the end.
func directive(list string) (d, rest string) {
	trimmed := strings.TrimLeft(list, " \t,")
	if len(trimmed) >= 17 && strings.EqualFold(trimmed[:17], "unavailable_after") {
		return trimmed, ""
	}
	d, rest, _ = strings.Cut(trimmed, ",")
	return d, rest
}

// robotsDates are the forms in which sites write unavailable_after: RFC 822,
// RFC 850 and ISO 8601.
var robotsDates = []string{
	time.RFC3339, time.RFC1123, time.RFC1123Z, time.RFC850, time.RFC822, time.RFC822Z,
	"02 Jan 2006 15:04:05 MST", "02 Jan 2006 15:04:05 -0700", "2006-01-02T15:04:05", "2006-01-02 15:04:05", "2006-01-02",
}

func robotsDate(s string) (time.Time, bool) {
	s = strings.TrimSpace(s)
	for _, layout := range robotsDates {
		if t, err := time.Parse(layout, s); err == nil {
			return t, true
		}
	}
	return time.Time{}, false
}

// directives are the names that may open an X-Robots-Tag without a user agent
// before them although they are followed by a colon.
var directives = map[string]bool{"max-snippet": true, "max-image-preview": true, "max-video-preview": true, "unavailable_after": true}

// agent takes the user agent off an X-Robots-Tag value such as
// "warta: noindex". It reports whether the rest is meant for us.
func agent(value string) (rest string, ours bool) {
	name, after, found := strings.Cut(value, ":")
	name = strings.ToLower(strings.TrimSpace(name))
	if !found || strings.ContainsAny(name, ", ") || directives[name] {
		return value, true
	}
	return after, name == "*" || name == product
}

// product is the token by which an owner can speak to us alone, the same as in
// our User-Agent (RFC 9309 section 2.2.1).
const product = "warta"
