package render

import (
	"html"
	"strings"
	"unicode"
	"unicode/utf8"
)

// escapes says what is written in place of single bytes.
type escapes struct {
	special [256]bool
	by      [256]string // "" drops the byte
}

// bad stands for what XML 1.0 section 2.2 does not allow, control characters
// and U+FFFE above all: not even a character reference may name them.
const bad = "\uFFFD"

// nonchar marks the byte that U+FFFE and U+FFFF begin with.
const nonchar = 0xEF

// The tables are made once and only read.
var (
	textEscapes = table("&", "&amp;", "<", "&lt;", ">", "&gt;", "\r", "&#13;")

	// White space in attributes would be normalized (XML 1.0 section 3.3.3).
	attrEscapes = table("&", "&amp;", "<", "&lt;", ">", "&gt;", "\"", "&#34;", "\r", "&#13;", "\t", "&#9;", "\n", "&#10;")

	htmlEscapes = table("&", "&amp;", "<", "&lt;", ">", "&gt;", "\"", "&#34;", "'", "&#39;", "\r", "\n")

	// Plain text in RSS, as the RSS Advisory Board's profile asks for it.
	rssEscapes = table("&", "&#x26;", "<", "&#x3C;", ">", "&gt;", "\r", "&#13;")

	// A finished page: only what HTML may not hold is replaced.
	pageEscapes = table()

	// JSON could escape control characters, but a text must read the same in
	// every format.
	jsonEscapes = table("\"", `\"`, `\`, `\\`, "\n", `\n`, "\r", `\r`, "\t", `\t`)
)

// table makes escapes out of pairs: a byte and what stands for it.
func table(pairs ...string) *escapes {
	var t escapes
	for c := range 0x20 {
		if c != '\t' && c != '\n' && c != '\r' {
			t.special[c], t.by[c] = true, bad
		}
	}
	t.special[nonchar] = true
	for i := 0; i < len(pairs); i += 2 {
		c := pairs[i][0]
		t.special[c], t.by[c] = true, pairs[i+1]
	}
	return &t
}

// escape appends s with what t replaces, and bytes that are no UTF-8 as U+FFFD.
func escape(b []byte, s string, t *escapes) []byte {
	if !utf8.ValidString(s) {
		s = strings.ToValidUTF8(s, bad)
	}
	from := 0
	for i := 0; i < len(s); i++ {
		c := s[i]
		if !t.special[c] {
			continue
		}
		by, n := t.by[c], 1
		if c == nonchar {
			if s[i+1] != 0xBF || s[i+2] < 0xBE {
				continue
			}
			by, n = bad, 3
		}
		b = append(b, s[from:i]...)
		b = append(b, by...)
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
			return strings.Join(strings.Fields(closed(s)), " ")
		}
		space = c == ' '
	}
	return strings.TrimSuffix(s, " ")
}

// closed leaves out the signs that turn the direction of writing where one is
// not taken back: an open one in a name would turn all that stands behind it,
// the source and the way home with it (UAX #9 sections 2.1 to 2.5).
func closed(s string) string {
	embedded, isolated, bad := 0, 0, false
	turns := func(r rune) bool {
		return r >= '\u202A' && r <= '\u202E' || r >= '\u2066' && r <= '\u2069'
	}
	for _, r := range s {
		switch {
		case !turns(r):
		case r == '\u202C':
			embedded--
		case r == '\u2069':
			isolated--
		case r >= '\u2066':
			isolated++
		default:
			embedded++
		}
		bad = bad || embedded < 0 || isolated < 0
	}
	if !bad && embedded == 0 && isolated == 0 {
		return s
	}
	return strings.Map(func(r rune) rune {
		if turns(r) {
			return -1
		}
		return r
	}, strings.ToValidUTF8(s, "\uFFFD"))
}

// lines puts texts one below another, those that there are.
func lines(texts ...string) string {
	var b []byte
	for _, s := range texts {
		if s != "" {
			b = append(append(b, s...), '\n')
		}
	}
	return string(b)
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
