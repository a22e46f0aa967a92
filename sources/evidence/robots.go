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
		for _, one := range spaced(d) {
			f.directive(one, text, where)
		}
	}
}

// spaced takes apart what only spaces stand between, as some sites write a list;
// the date of an unavailable_after holds spaces of its own.
func spaced(d string) (list []string) {
	if isUnavailable(d) {
		return []string{d}
	}
	for _, word := range strings.Fields(strings.NewReplacer(":", " : ", "=", " : ").Replace(d)) {
		switch n := len(list); {
		case n > 0 && (word == ":" || strings.HasSuffix(list[n-1], ":")):
			list[n-1] += word
		default:
			list = append(list, word)
		}
	}
	return list
}

// directive reads one of a list of directives.
func (f *finder) directive(d, text, where string) {
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
		} else {
			f.add(sources.Unclear, text, where, "") // there is an end, and nobody knows when
		}
	}
}

// maxSnippet: 0 is nosnippet, -1 is no limit. One that can't be read is a limit
// all the same, and nobody knows which.
func (f *finder) maxSnippet(value, text, where string) {
	switch n, ok := number(value); {
	case !ok:
		f.add(sources.Unclear, text, where, "")
	case n < 0:
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
	trimmed := strings.TrimLeft(list, " \t,;")
	if isUnavailable(trimmed) {
		return trimmed, ""
	}
	if i := strings.IndexAny(trimmed, ",;"); i >= 0 { // some sites write semicolons
		return trimmed[:i], trimmed[i+1:]
	}
	return trimmed, ""
}

func isUnavailable(d string) bool {
	const name = "unavailable_after"
	return len(d) >= len(name) && strings.EqualFold(d[:len(name)], name)
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
			return inZone(t), true
		}
	}
	return time.Time{}, false
}

// inZone gives a date the zone that its abbreviation means. One that is not
// known is taken for the earliest that there is: what ends sooner shows less.
func inZone(t time.Time) time.Time {
	name, offset := t.Zone()
	switch known, ok := zones[name]; {
	case ok:
		return t.Add(-known)
	case offset != 0 || name == "" || name == "UTC" || name == "GMT" || name == "Z":
		return t
	}
	return t.Add(-earliest)
}

// zones are Indonesia's. Others share their abbreviations.
var zones = map[string]time.Duration{"WIB": 7 * time.Hour, "WITA": 8 * time.Hour, "WIT": 9 * time.Hour}

const earliest = 14 * time.Hour // UTC+14, of Kiribati

// directives are the names that may open an X-Robots-Tag without a user agent
// before them although a colon follows them.
var directives = map[string]bool{"max-snippet": true, "max-image-preview": true, "max-video-preview": true, "unavailable_after": true,
	"all": true, "none": true, "noindex": true, "nofollow": true, "nosnippet": true, "noarchive": true, "nocache": true, "noimageindex": true, "noai": true, "noimageai": true}

// forUs keeps of an X-Robots-Tag what is meant for everybody or for us: a user
// agent before a directive speaks to that one alone, until another is named.
func forUs(value string) string {
	var kept []string
	ours, rest := true, value
	for n := 0; rest != "" && n < maxDirectives; n++ {
		d, after := directive(rest)
		name, own, found := strings.Cut(d, ":")
		name = strings.ToLower(strings.TrimSpace(name))
		if found && !directives[name] && !strings.ContainsAny(name, " \t") {
			ours = name == "*" || isUs(name)
			rest = own // what follows the name may be a date with commas
			if after != "" {
				rest += "," + after
			}
			continue
		}
		if ours {
			kept = append(kept, d)
		}
		rest = after
	}
	return strings.Join(kept, ",")
}

// isUs reports whether a user agent is ours, with or without a version.
func isUs(agent string) bool {
	agent, _, _ = strings.Cut(strings.TrimSpace(agent), "/")
	return strings.EqualFold(agent, product)
}

// maxDirectives bounds the directives of one header.
const maxDirectives = 100

// product is the token by which an owner can speak to us alone, the same as in
// our User-Agent (RFC 9309 section 2.2.1).
const product = "warta"
