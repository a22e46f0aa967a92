package curate

import (
	"html"
	"strings"
	"unicode"
	"unicode/utf8"

	"warta/feed"
)

// maxText bounds the text a rule looks through, in bytes.
const maxText = 512 << 10

// words is what the entry says, in lower case and without markup: headline,
// excerpt, and text or summary.
func words(e *feed.Entry) string {
	body := e.Content.Value
	if body == "" {
		body = e.Summary.Value
	}
	if len(body) > maxText {
		body = body[:maxText]
	}
	var b strings.Builder
	b.Grow(len(e.Title) + len(e.Excerpt) + len(body) + 2)
	b.WriteString(e.Title)
	b.WriteByte('\n')
	b.WriteString(e.Excerpt)
	b.WriteByte('\n')
	stripped(&b, body)
	return strings.ToLower(html.UnescapeString(b.String()))
}

// stripped writes HTML without its tags, each run of white space as one
// space. A tag of a block is a space too; one inside a line is nothing, so
// that a half-bold word stays a word.
func stripped(b *strings.Builder, s string) {
	space := true
	for len(s) > 0 {
		i := strings.IndexAny(s, "< \t\r\n")
		if i < 0 {
			b.WriteString(s)
			return
		}
		if i > 0 {
			b.WriteString(s[:i])
			space = false
		}
		if s[i] != '<' {
			s = s[i+1:]
			if !space {
				b.WriteByte(' ')
				space = true
			}
			continue
		}
		end := strings.IndexByte(s[i:], '>')
		if end < 0 {
			return
		}
		if !space && !inline(s[i+1:i+end]) {
			b.WriteByte(' ')
			space = true
		}
		s = s[i+end+1:]
	}
}

// inline reports whether a tag, given without its angle brackets, stands
// inside a line of text.
func inline(tag string) bool {
	tag = strings.TrimPrefix(tag, "/")
	if i := strings.IndexAny(tag, " \t\r\n/"); i >= 0 {
		tag = tag[:i]
	}
	switch tag {
	case "a", "abbr", "b", "cite", "code", "del", "em", "i", "ins", "mark", "q", "s", "small", "span", "strong", "sub", "sup", "u":
		return true
	}
	return false
}

// hasPhrase reports whether phrase stands in text with no letter or digit
// beside it.
func hasPhrase(text, phrase string) bool {
	if phrase == "" {
		return false
	}
	for at := 0; ; {
		i := strings.Index(text[at:], phrase)
		if i < 0 {
			return false
		}
		i += at
		before, _ := utf8.DecodeLastRuneInString(text[:i])
		after, _ := utf8.DecodeRuneInString(text[i+len(phrase):])
		if !wordRune(before) && !wordRune(after) {
			return true
		}
		_, size := utf8.DecodeRuneInString(text[i:])
		at = i + size
	}
}

func wordRune(r rune) bool {
	return r != utf8.RuneError && (unicode.IsLetter(r) || unicode.IsDigit(r))
}
