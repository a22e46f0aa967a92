package prose

import "strings"

// Breaks reports whether an element ends a paragraph.
func Breaks(name string) bool { return breaking[name] }

// Void reports whether an element is never closed (HTML section 13.1.2).
func Void(name string) bool { return void[name] }

// breaking are the elements that end a paragraph.
var breaking = map[string]bool{
	"p": true, "div": true, "br": true, "li": true, "ul": true, "ol": true, "dl": true, "dt": true, "dd": true,
	"h1": true, "h2": true, "h3": true, "h4": true, "h5": true, "h6": true, "blockquote": true, "pre": true,
	"table": true, "tr": true, "td": true, "th": true, "hr": true, "figure": true, "figcaption": true,
	"section": true, "article": true, "header": true, "footer": true, "aside": true, "nav": true, "main": true,
	"address": true, "details": true, "summary": true, "img": true, "form": true,
}

// void are the elements that are never closed.
var void = map[string]bool{"area": true, "base": true, "br": true, "col": true, "embed": true, "hr": true, "img": true, "input": true,
	"link": true, "meta": true, "param": true, "source": true, "track": true, "wbr": true}

// HasToken reports whether a list of tokens, such as a class or rel, holds one.
func HasToken(list, token string) bool {
	for _, t := range strings.Fields(list) {
		if strings.EqualFold(t, token) {
			return true
		}
	}
	return false
}

// tagName reads the name of a tag and whether the tag closes.
func tagName(tag string) (name string, closing bool) {
	if closing = strings.HasPrefix(tag, "/"); closing {
		tag = tag[1:]
	}
	end := 0
	for end < len(tag) && (tag[end]|0x20 >= 'a' && tag[end]|0x20 <= 'z' || tag[end] >= '0' && tag[end] <= '9') {
		end++
	}
	return strings.ToLower(tag[:end]), closing
}
