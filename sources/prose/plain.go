package prose

import (
	"html"
	"strings"
	"unicode"
	"unicode/utf8"
)

// WithoutTags is markup without what stands in angle brackets.
func WithoutTags(raw string) string {
	if strings.IndexByte(raw, '<') < 0 {
		return raw
	}
	var b strings.Builder
	b.Grow(len(raw))
	for raw != "" {
		i := strings.IndexByte(raw, '<')
		if i < 0 {
			i = len(raw)
		}
		b.WriteString(raw[:i])
		end := strings.IndexByte(raw[i:], '>')
		if end < 0 {
			break
		}
		raw = raw[i+end+1:]
	}
	return b.String()
}

// Tidy decodes entities and makes every run of white space one space, the
// no-break kinds and invisible characters included: copy protection by
// odd spaces must not hide a notice.
func Tidy(s string) string {
	if strings.IndexByte(s, '&') >= 0 {
		s = html.UnescapeString(s)
	}
	s = strings.TrimSpace(s)
	if isTidy(s) {
		return s
	}
	if strings.Contains(s, "  ") {
		s = unspaced(s)
	}
	var b strings.Builder
	b.Grow(len(s))
	space := true
	for i := 0; i < len(s); {
		r, n := rune(s[i]), 1
		if r >= utf8.RuneSelf {
			r, n = utf8.DecodeRuneInString(s[i:])
		}
		switch {
		case isSpace(r):
			if !space {
				b.WriteByte(' ')
			}
			space = true
		case IsInvisible(r):
		default:
			b.WriteString(s[i : i+n])
			space = false
		}
		i += n
	}
	return strings.TrimSuffix(b.String(), " ")
}

// unspaced joins letters that are set apart, "D I L A R A N G  M E N G U T I P":
// the words stand further apart than the letters.
func unspaced(s string) string {
	words := strings.Split(s, "  ")
	for i, w := range words {
		letters := strings.Split(strings.TrimSpace(w), " ")
		apart := len(letters) > 2
		for _, l := range letters {
			apart = apart && utf8.RuneCountInString(l) == 1
		}
		if apart {
			words[i] = strings.Join(letters, "")
		}
	}
	return strings.Join(words, " ")
}

// isTidy reports whether Tidy has nothing to do, which is the usual case.
func isTidy(s string) bool {
	for i := 0; i < len(s); i++ {
		switch c := s[i]; {
		case c > ' ' && c < 0xC2, c > 0xC2 && c != 0xE1 && c != 0xE2 && c != 0xE3 && c != 0xEF:
		case c == ' ' && (i == 0 || s[i-1] != ' '):
		case c >= utf8.RuneSelf:
			if r, _ := utf8.DecodeRuneInString(s[i:]); isSpace(r) || IsInvisible(r) {
				return false
			}
		default:
			return false
		}
	}
	return true
}

func isSpace(r rune) bool {
	switch r {
	case ' ', '\t', '\n', '\v', '\f', '\r', '\u0085', '\u00a0', '\u1680', '\u2028', '\u2029', '\u202f', '\u205f', '\u3000':
		return true
	}
	return r >= '\u2000' && r <= '\u200a'
}

// IsInvisible reports whether a character is not seen: soft hyphens, zero width
// spaces and joiners, byte order marks.
func IsInvisible(r rune) bool {
	return r == '\u00ad' || r >= '\u200b' && r <= '\u200f' || r == '\u2060' || r == '\ufeff'
}

// MaxQuote bounds how much of a text is quoted, in bytes.
const MaxQuote = 1000

// Quote bounds a quotation at a rune.
func Quote(s string) string {
	s = strings.TrimSpace(s)
	if len(s) <= MaxQuote {
		return s
	}
	n := MaxQuote
	for n > 0 && s[n]&0xC0 == 0x80 {
		n--
	}
	return s[:n] + "…"
}

// IsNoLetter reports whether a rune stands between words.
func IsNoLetter(r rune) bool { return !unicode.IsLetter(r) && !unicode.IsDigit(r) }
