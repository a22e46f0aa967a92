package parse

import (
	"strings"
	"unicode/utf8"

	"golang.org/x/text/encoding/charmap"
)

// recoded reads C1 control characters, which no text has, as windows-1252.
func recoded(s string) (string, bool) {
	if i := strings.IndexByte(s, 0xC2); i < 0 || strings.IndexFunc(s[i:], isC1) < 0 {
		return s, false
	}
	return strings.Map(func(r rune) rune {
		if isC1(r) {
			return charmap.Windows1252.DecodeByte(byte(r))
		}
		return r
	}, s), true
}

func isC1(r rune) bool { return r >= 0x80 && r < 0xA0 && r != 0x85 }

// doubled undoes the commonest damage of all: text in UTF-8 that was taken for
// windows-1252 and encoded once more ("Ã©" for "é"). It does so only where the
// whole of a value makes sense that way, which hardly happens by chance.
func doubled(s string) (string, bool) {
	i := strings.IndexByte(s, 0xC3) // "Ã" and its like: every such text has one, or "Â", or "â"
	if i < 0 {
		i = strings.Index(s, "\u00C2")
	}
	if i < 0 || !doubledAt(s[i:]) {
		return s, false
	}
	out := make([]byte, 0, len(s))
	for _, r := range s {
		switch {
		case r < 0x80:
			out = append(out, byte(r))
		case r <= 0xFF && r != utf8.RuneError:
			out = append(out, byte(r))
		default:
			b, ok := charmap.Windows1252.EncodeRune(r)
			if !ok {
				return s, false
			}
			out = append(out, b)
		}
	}
	if !utf8.Valid(out) {
		return s, false
	}
	return string(out), true
}

// doubledAt reports whether s begins with the two halves of one character.
func doubledAt(s string) bool {
	lead, n := utf8.DecodeRuneInString(s)
	if lead < 0xC2 || lead > 0xF4 {
		return false
	}
	next, _ := utf8.DecodeRuneInString(s[n:])
	if next >= 0x80 && next <= 0xBF {
		return true
	}
	b, ok := charmap.Windows1252.EncodeRune(next)
	return ok && next > 0xFF && b >= 0x80 && b <= 0xBF
}
