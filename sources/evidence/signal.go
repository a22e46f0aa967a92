package evidence

import (
	"strings"

	"warta/sources"
)

// signal reads one piece of markup that parse kept verbatim. place is "feed"
// or "entry"; a signal about one image or file is left to that image.
func (f *finder) signal(s *sources.Signal, place string) {
	where := s.Where
	if where == "" {
		where = place
	}
	text := s.Markup
	if text == "" {
		text = s.Name + " " + s.Value
		for _, k := range []string{"relationship", "type", "url", "index", "content"} {
			if v := s.Attrs[k]; v != "" {
				text += " " + k + "=" + v
			}
		}
	}
	value := strings.TrimSpace(s.Value)
	ofWhole := !strings.HasPrefix(where, "image") && !strings.HasPrefix(where, "media") && !strings.HasPrefix(where, "enclosure")
	where += " " + s.Name
	switch name := strings.ToLower(s.Name); name {
	case "access:restriction": // fac-1.0: the owner's own switch
		if strings.EqualFold(s.Attrs["relationship"], "deny") {
			f.add(sources.AccessDenied, text, where, "")
		}
	case "itunes:block", "googleplay:block":
		if isYes(value) {
			f.add(sources.AccessDenied, text, where, "")
		}
	case "media:restriction":
		if ofWhole {
			f.mediaRestriction(s, value, text, where)
		}
	case "data-nosnippet": // the whole text is within: normalize saw that
		f.add(sources.NoSnippet, text, where, "")
	case "indexing:index":
		if strings.EqualFold(value, "no") || strings.EqualFold(s.Attrs["index"], "no") {
			f.add(sources.NoIndex, text, where, "")
		}
	case "robots", "x-robots-tag":
		f.robots(first(s.Attrs["content"], value), text, where)
	case "tdm-reservation", "tdm:reservation":
		f.tdm(first(s.Attrs["content"], value), text, where)
	case "json:encodedrights": // a policy written out, which nothing here can read
		f.add(sources.Unclear, text, where, "")
	case "tdm-policy", "tdm:policy", "odrl:haspolicy":
		f.policy(first(first(s.Attrs["href"], s.Attrs["resource"]), first(s.Attrs["content"], value)), text, where)
	case "media:copyright", "media:rights":
		if status := s.Attrs["status"]; ofWhole && value == "" && status != "" { // userCreated, official: whose it is
			f.add(sources.Copyright, text, where, "")
		}
		if ofWhole && value != "" {
			f.statement(value, where)
		}
	case "media:license":
		if ofWhole {
			f.licenceLink(first(s.Attrs["href"], value), "", text, where)
		}
	default:
		if strings.HasPrefix(name, "rsl:") || name == "rsl" {
			f.rsl(text, s, where)
		}
	}
}

// mediaRestriction reads Media RSS 1.5.1 media:restriction of the whole entry.
// What keeps single countries from its media takes nothing from its text.
func (f *finder) mediaRestriction(s *sources.Signal, value, text, where string) {
	kind := s.Attrs["type"]
	if strings.EqualFold(kind, "country") {
		kind = "" // then only all and none count
	}
	if sources.Restricts(s.Attrs["relationship"], kind, value) {
		f.add(sources.SharingDenied, text, where, "")
	}
}

// isYes reports whether a block switch is on: Apple's and Google's documents say
// "Yes"; anything else means no block, by their own words.
func isYes(s string) bool {
	return strings.EqualFold(s, "yes") || strings.EqualFold(s, "true")
}

func first(a, b string) string {
	if a != "" {
		return a
	}
	return b
}

// tdm reads a tdm-reservation (TDMRep section 5): 1 reserves, 0 does not, any
// other value counts as not stated.
func (f *finder) tdm(value, text, where string) {
	if value = strings.TrimSpace(value); value == "1" || value == "0" {
		f.add(sources.TDMReserved, text, where, value)
	}
}
