package evidence

import (
	"encoding/xml"
	"slices"
	"strings"

	"warta/sources"
)

// maxRSL bounds the markup that is read as RSL, in bytes and elements.
const (
	maxRSL      = 64 << 10
	maxRSLNodes = 2000
)

func (f *finder) rsl(text string, s *sources.Signal, where string) {
	if s.Markup != "" {
		f.rslMarkup(s.Markup, where)
		return
	}
	f.add(sources.RSLTerms, text, where, s.Attrs["url"])
}

// rslMarkup reads RSL 1.0 (section 3): "prohibits usage all" forbids every
// automated use; a Creative Commons licence named as the standard for payment
// by attribution is that licence (section 3.4); all else speaks of machines
// and is recorded.
func (f *finder) rslMarkup(markup, where string) {
	if len(markup) > maxRSL {
		markup = markup[:maxRSL]
	}
	d := xml.NewDecoder(strings.NewReader(markup))
	d.Strict = false
	var element, typ, payment, address string
	prohibits := false
	for range maxRSLNodes {
		token, err := d.RawToken()
		if err != nil {
			break
		}
		switch t := token.(type) {
		case xml.StartElement:
			element, typ = t.Name.Local, attribute(t, "type")
			switch element {
			case "payment":
				payment = typ
			case "content":
				address = attribute(t, "url")
			}
		case xml.CharData:
			words := string(t)
			switch element {
			case "prohibits":
				prohibits = prohibits || (typ == "" || typ == "usage") && slices.Contains(rslTokens(words), "all")
			case "standard":
				if canonical, ok := Licence(words); ok && payment == "attribution" {
					f.add(sources.Licence, strings.TrimSpace(words), where+" rsl standard", canonical)
				}
			}
		case xml.EndElement:
			element = ""
		}
	}
	if prohibits {
		f.add(sources.RSLProhibits, markup, where, address)
		return
	}
	f.add(sources.RSLTerms, markup, where, address)
}

// rslTokens reads a list of tokens; drafts before 1.0 put commas between them.
func rslTokens(s string) []string {
	return strings.FieldsFunc(strings.ToLower(s), func(r rune) bool { return r == ' ' || r == ',' || r == '\n' || r == '\t' || r == '\r' })
}

func attribute(e xml.StartElement, name string) string {
	for _, a := range e.Attr {
		if a.Name.Local == name {
			return a.Value
		}
	}
	return ""
}
