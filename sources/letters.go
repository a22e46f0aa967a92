package sources

import (
	"strings"
	"unicode"
)

// Letters reduces words to their letters and digits, in lower case: two texts of
// which these are the same say the same.
func Letters(s string) string {
	return strings.Map(func(r rune) rune {
		if unicode.IsLetter(r) || unicode.IsDigit(r) {
			return unicode.ToLower(r)
		}
		return -1
	}, s)
}
