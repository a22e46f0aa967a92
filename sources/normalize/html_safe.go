package normalize

import (
	"regexp"
	"strings"
	"sync"

	"github.com/microcosm-cc/bluemonday"
	"golang.org/x/net/html/atom"
)

// safe has the last word on markup. What our writer made is checked against
// the strict form it writes, by code of its own that shares nothing with the
// tree; whatever fails that check goes through bluemonday's policy, which
// trusts nobody (docs/decisions/sanitizing.md).
func safe(s string) string {
	if strictForm(s) {
		return s
	}
	return policy().Sanitize(s)
}

// strictForm reports whether s is only text and tags of the allow-list, with
// known attributes in double quotes, no markup within values and no address
// but those of the web, mail and telephone. It is linear.
func strictForm(s string) bool {
	for {
		i := strings.IndexByte(s, '<')
		if i < 0 {
			return true
		}
		s = s[i+1:]
		end := len(s) > 0 && s[0] == '/'
		if end {
			s = s[1:]
		}
		n := 0
		for n < len(s) && (s[n] >= 'a' && s[n] <= 'z' || s[n] >= '0' && s[n] <= '9') {
			n++
		}
		if n == 0 || n == len(s) || n > 10 || kindOf(atom.Lookup([]byte(s[:n])))&keepTag == 0 {
			return false
		}
		s = s[n:]
		for !end && s != "" && s[0] == ' ' {
			key, rest, ok := strings.Cut(s[1:], `="`)
			if !ok || len(key) > 8 {
				return false
			}
			val, rest, ok := strings.Cut(rest, `"`)
			if !ok || !strictAttr(key, val) {
				return false
			}
			s = rest
		}
		if s == "" || s[0] != '>' {
			return false
		}
		s = s[1:]
	}
}

func strictAttr(key, val string) bool {
	if strings.ContainsAny(val, "<>\x00") {
		return false
	}
	switch key {
	case "href":
		return strings.HasPrefix(val, "https://") || strings.HasPrefix(val, "http://") ||
			strings.HasPrefix(val, "mailto:") || strings.HasPrefix(val, "tel:")
	case "src", "cite":
		return strings.HasPrefix(val, "https://") || strings.HasPrefix(val, "http://")
	case "alt", "title", "datetime", "rel", "lang", "dir":
		return true
	case "width", "height", "colspan", "rowspan", "start", "value":
		return isNumber([]byte(val), 5)
	}
	return false
}

// policy is the same allow-list in bluemonday's words.
var policy = sync.OnceValue(func() *bluemonday.Policy {
	p := bluemonday.NewPolicy()
	p.AllowElements("p", "h1", "h2", "h3", "h4", "h5", "h6", "ul", "ol", "li", "dl", "dt", "dd",
		"blockquote", "figure", "figcaption", "pre", "div", "table", "caption", "thead", "tbody",
		"tfoot", "tr", "td", "th", "address", "details", "summary", "hr", "br", "img", "a", "em",
		"strong", "b", "i", "u", "s", "del", "ins", "mark", "small", "sub", "sup", "abbr", "time",
		"q", "cite", "code", "kbd", "samp", "var", "dfn", "bdi", "bdo", "ruby", "rt", "rp")
	p.AllowURLSchemes("http", "https", "mailto", "tel")
	p.RequireParseableURLs(true)
	p.AllowAttrs("href").OnElements("a")
	p.AllowAttrs("src").OnElements("img")
	p.AllowAttrs("cite").OnElements("blockquote", "q", "del", "ins")
	p.AllowAttrs("alt").OnElements("img")
	p.AllowAttrs("title").Globally()
	p.AllowAttrs("lang").Matching(regexp.MustCompile(`^[a-zA-Z0-9-]{1,35}$`)).Globally()
	p.AllowAttrs("dir").Matching(regexp.MustCompile(`^(ltr|rtl|auto)$`)).Globally()
	p.AllowAttrs("datetime").OnElements("time", "del", "ins")
	p.AllowAttrs("rel").OnElements("a")
	number := regexp.MustCompile(`^[0-9]{1,5}$`)
	p.AllowAttrs("width", "height").Matching(number).OnElements("img")
	p.AllowAttrs("colspan", "rowspan").Matching(number).OnElements("td", "th")
	p.AllowAttrs("start").Matching(number).OnElements("ol")
	p.AllowAttrs("value").Matching(number).OnElements("li")
	p.AllowNoAttrs().OnElements("a", "img")
	return p
})
