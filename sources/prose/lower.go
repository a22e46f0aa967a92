package prose

import (
	"strings"
	"unicode"
	"unicode/utf8"
)

// Shouts reports whether words are in capitals.
func Shouts(s string) bool {
	return len(s) > 1 && strings.ToUpper(s) == s && strings.ToLower(s) != s
}

// Lower makes small letters of capitals and keeps every byte in its place.
func Lower(s string) string {
	b := []byte(s)
	for i := 0; i < len(b); {
		if b[i] < utf8.RuneSelf {
			b[i] = lower[b[i]]
			i++
			continue
		}
		r, n := utf8.DecodeRune(b[i:])
		if l := unicode.ToLower(r); l != r && utf8.RuneLen(l) == n {
			utf8.EncodeRune(b[i:i+n], l)
		}
		i += n
	}
	return string(b)
}

// lower maps ASCII capitals to small letters and leaves every other byte.
var lower = func() (t [256]byte) {
	for i := range t {
		t[i] = byte(i)
		if 'A' <= i && i <= 'Z' {
			t[i] += 'a' - 'A'
		}
	}
	return t
}()
