package evidence

import (
	"encoding/xml"
	"net/url"
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

// RSLDocument reads an RSL document (RSL 1.0 section 3) that a page or its host
// points to, for that page: of the contents it describes those whose url
// reaches the page. address is the page's own.
func RSLDocument(body []byte, address, where string) []sources.Evidence {
	markup := string(body)
	if len(markup) > maxRSL {
		markup = markup[:maxRSL]
	}
	u, err := url.Parse(address)
	if err != nil {
		return nil
	}
	var f finder
	for _, c := range contents(markup) {
		if c.url == "" || matches(c.url, u) {
			f.rslMarkup(c.markup, where)
		}
	}
	return f.list
}

// rslOfFeed reads the RSL contents in a feed's head for one of its entries: one
// with an address or path speaks of what that reaches. Of an entry without a
// page of its own all of them count.
func (f *finder) rslOfFeed(signals []sources.Signal, page string) {
	u, err := url.Parse(page)
	for i := range signals {
		s := &signals[i]
		if isContent(s) && (err != nil || page == "" || matches(s.Attrs["url"], u)) {
			f.signal(s, "feed")
		}
	}
}

// isContent reports whether markup is an RSL content that says of what it speaks.
func isContent(s *sources.Signal) bool {
	return strings.EqualFold(s.Name, "rsl:content") && s.Attrs["url"] != ""
}

type rslContent struct{ url, markup string }

// maxContents bounds the contents read of one document.
const maxContents = 200

// contents cuts a document into its content elements, prefixed or not.
func contents(markup string) (list []rslContent) {
	d := xml.NewDecoder(strings.NewReader(markup))
	d.Strict = false
	begin, address := int64(-1), ""
	for range maxRSLNodes {
		at := d.InputOffset()
		token, err := d.RawToken()
		if err != nil || len(list) == maxContents {
			break
		}
		switch t := token.(type) {
		case xml.StartElement:
			if t.Name.Local == "content" {
				begin, address = at, attribute(t, "url")
			}
		case xml.EndElement:
			if t.Name.Local == "content" && begin >= 0 {
				list = append(list, rslContent{address, markup[begin:d.InputOffset()]})
				begin = -1
			}
		}
	}
	if begin >= 0 { // breaks off: what is there still counts
		list = append(list, rslContent{address, markup[begin:]})
	}
	return list
}

// matches reports whether a path pattern, or an address with one, as RSL and
// TDMRep have them, reaches a page.
func matches(pattern string, page *url.URL) bool {
	if _, rest, ok := strings.Cut(pattern, "//"); ok && strings.HasSuffix(strings.TrimSuffix(pattern, rest), "://") || strings.HasPrefix(pattern, "//") {
		host, path := rest, ""
		if i := strings.IndexAny(rest, "/*$?"); i >= 0 {
			host, path = rest[:i], rest[i:]
		}
		if bareHost(host) != bareHost(page.Host) {
			return false
		}
		pattern = path
	}
	if pattern == "" || strings.IndexByte("/*$", pattern[0]) < 0 {
		pattern = "/" + pattern
	}
	return reaches(pattern, page.RequestURI())
}

// bareHost is a host as it is compared: without www and the usual ports.
func bareHost(host string) string {
	host = strings.TrimSuffix(strings.TrimSuffix(strings.ToLower(host), ":80"), ":443")
	return strings.TrimPrefix(host, "www.")
}
