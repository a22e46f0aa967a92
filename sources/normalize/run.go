package normalize

// The bytes of eight characters, one value in each.
const (
	eachHigh  = 0x8080808080808080
	eachOne   = 0x0101010101010101
	eachSpace = ' ' * eachOne
)

// eight reads the next eight bytes of s.
func eight(s string, i int) uint64 {
	_ = s[i+7]
	return uint64(s[i]) | uint64(s[i+1])<<8 | uint64(s[i+2])<<16 | uint64(s[i+3])<<24 |
		uint64(s[i+4])<<32 | uint64(s[i+5])<<40 | uint64(s[i+6])<<48 | uint64(s[i+7])<<56
}

// zeroIn marks the bytes of x that are zero, and some that are one above such
// a byte: it may stop too early, never too late.
func zeroIn(x uint64) uint64 { return (x - eachOne) &^ x & eachHigh }

// wordsRun gives how many bytes s begins with, eight at a time, that are
// printable ASCII with no more than one space between them: text that nothing
// is to be done about. It ends after a word or within one, never after a space.
func wordsRun(s string) int {
	i := 0
	for i+8 <= len(s) {
		x := eight(s, i)
		spaces := zeroIn(x ^ eachSpace)
		if x&eachHigh != 0 || (x-eachSpace)&^x&eachHigh != 0 || spaces&(spaces<<8) != 0 {
			break
		}
		if i += 8; s[i-1] == ' ' {
			i--
		}
	}
	return i
}

// plainRun gives how many bytes s begins with, eight at a time, that are
// printable ASCII and nothing that HTML escapes.
func plainRun(s string) int {
	i := 0
	for i+8 <= len(s) {
		x := eight(s, i)
		special := zeroIn(x^'&'*eachOne) | zeroIn(x^'<'*eachOne) | zeroIn(x^'>'*eachOne) | zeroIn(x^'"'*eachOne) | zeroIn(x^0x7f*eachOne)
		if x&eachHigh != 0 || (x-eachSpace)&^x&eachHigh != 0 || special != 0 {
			break
		}
		i += 8
	}
	return i
}
