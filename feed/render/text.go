package render

import (
	"html"
	"strings"
	"unicode"
	"unicode/utf8"
)

// escapes says for each byte what is written in its place; "" leaves it.
type escapes [256]string

// bad stands for what XML 1.0 section 2.2 does not allow, control characters
// and U+FFFE above all: not even a character reference may name them.
const bad = "\uFFFD"

// nonchar marks the byte that U+FFFE and U+FFFF begin with.
const nonchar = 0xEF

var textEscapes = escapes{
	0: bad, 1: bad, 2: bad, 3: bad, 4: bad, 5: bad, 6: bad, 7: bad, 8: bad, 11: bad, 12: bad,
	14: bad, 15: bad, 16: bad, 17: bad, 18: bad, 19: bad, 20: bad, 21: bad, 22: bad, 23: bad,
	24: bad, 25: bad, 26: bad, 27: bad, 28: bad, 29: bad, 30: bad, 31: bad,
	'\r': "&#13;", '&': "&amp;", '<': "&lt;", '>': "&gt;", nonchar: bad,
}

// In attributes white space would be normalized (XML 1.0 section 3.3.3).
var attrEscapes = func() escapes {
	t := textEscapes
	t['"'], t['\t'], t['\n'] = "&#34;", "&#9;", "&#10;"
	return t
}()

var htmlEscapes = func() escapes {
	t := textEscapes
	t['"'], t['\''], t['\r'] = "&#34;", "&#39;", "\n"
	return t
}()

// In JSON control characters could be escaped, but a text must read the same
// in every format.
var jsonEscapes = func() escapes {
	t := textEscapes
	t['&'], t['<'], t['>'] = "", "", ""
	t['"'], t['\\'], t['\n'], t['\r'], t['\t'] = `\"`, `\\`, `\n`, `\r`, `\t`
	return t
}()

// escape appends s with what t replaces, and bytes that are no UTF-8 as U+FFFD.
func escape(b []byte, s string, t *escapes) []byte {
	if !utf8.ValidString(s) {
		s = strings.ToValidUTF8(s, bad)
	}
	from := 0
	for i := 0; i < len(s); i++ {
		r := t[s[i]]
		if r == "" {
			continue
		}
		n := 1
		if s[i] == nonchar {
			if s[i+1] != 0xBF || s[i+2] < 0xBE {
				continue
			}
			n = 3
		}
		b = append(b, s[from:i]...)
		b = append(b, r...)
		from = i + n
		i = from - 1
	}
	return append(b, s[from:]...)
}

// oneLine tidies white space: names and titles are single lines. It looks
// closer only where a space other than U+0020 may stand.
func oneLine(s string) string {
	space := true // also finds leading space
	for i := 0; i < len(s); i++ {
		c := s[i]
		if c < ' ' || (c == ' ' && space) || c == 0xC2 || (c >= 0xE1 && c <= 0xE3) {
			return strings.Join(strings.Fields(s), " ")
		}
		space = c == ' '
	}
	return strings.TrimSuffix(s, " ")
}

// cut shortens s to at most n characters, at a space, with an ellipsis.
func cut(s string, n int) string {
	if len(s) <= n || utf8.RuneCountInString(s) <= n {
		return s
	}
	end, runes := 0, 0
	for i := range s {
		if runes == n-1 {
			end = i
			break
		}
		runes++
	}
	if i := strings.LastIndexFunc(s[:end], unicode.IsSpace); i > end/2 {
		end = i
	}
	return strings.TrimRightFunc(s[:end], func(r rune) bool {
		return unicode.IsSpace(r) || r == ',' || r == ';' || r == ':'
	}) + "…"
}

// plain is the text of sanitized HTML, for members that hold no markup.
func plain(s string) string {
	var b strings.Builder
	b.Grow(len(s))
	for s != "" {
		i := strings.IndexByte(s, '<')
		if i < 0 {
			break
		}
		b.WriteString(s[:i])
		s = s[i:]
		end := strings.IndexByte(s, '>')
		if end < 0 {
			break
		}
		if end > 1 && !inline(s[1:end]) {
			b.WriteByte(' ')
		}
		s = s[end+1:]
	}
	b.WriteString(s)
	return oneLine(html.UnescapeString(b.String()))
}

// inline reports whether a tag leaves the words beside it joined.
func inline(tag string) bool {
	name, _, _ := strings.Cut(strings.TrimPrefix(tag, "/"), " ")
	switch strings.ToLower(name) {
	case "a", "b", "em", "i", "strong", "span", "small", "sub", "sup", "u", "q", "cite", "abbr", "time", "mark", "code":
		return true
	}
	return false
}

// langTag is a language tag as BCP 47 writes it, "" for none.
func langTag(s string) string {
	if s == "" || len(s) > 35 {
		return ""
	}
	subtag := 0
	for i := 0; i < len(s); i++ {
		c := s[i]
		switch letter := c|0x20 >= 'a' && c|0x20 <= 'z'; {
		case c == '-' && subtag > 0 && i < len(s)-1:
			subtag = 0
			continue
		case letter, c >= '0' && c <= '9' && subtag < i:
		default:
			return ""
		}
		if subtag++; subtag > 8 {
			return ""
		}
	}
	return s
}

// undetermined says that a language is not known, and stops the document's own
// from being inherited. XML would rather have "", but the grammar of RFC 4287
// (atomLanguageTag) does not allow it.
const undetermined = "und"
