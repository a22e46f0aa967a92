package parse

import (
	"bytes"
	"unicode/utf8"

	"golang.org/x/text/encoding/charmap"
)

func isASCII(b []byte) bool {
	for len(b) >= 8 {
		if (b[0]|b[1]|b[2]|b[3]|b[4]|b[5]|b[6]|b[7])&0x80 != 0 {
			return false
		}
		b = b[8:]
	}
	for _, c := range b {
		if c >= 0x80 {
			return false
		}
	}
	return true
}

// mostlyUTF8 tells UTF-8 with some foreign bytes in it from another encoding:
// sequences of several bytes that are right hardly happen by chance.
func mostlyUTF8(b []byte) bool {
	good, bad := 0, 0
	for i := 0; i < len(b); {
		if b[i] < utf8.RuneSelf {
			i++
			continue
		}
		r, n := utf8.DecodeRune(b[i:])
		if r == utf8.RuneError && n == 1 {
			bad++
		} else {
			good++
		}
		i += n
	}
	return good >= bad || bad == 1 && len(b) > 2000
}

// garbled reports that a decoder found much it couldn't read.
func garbled(b []byte) bool {
	bad := bytes.Count(b, []byte("\uFFFD"))
	return bad > 3 && bad > len(b)/500
}

// repairUTF8 reads each byte that is no UTF-8 as windows-1252, which is what
// such bytes are when text was pasted together; a sequence cut off at the end
// is dropped.
func repairUTF8(b []byte, warn *warnings) []byte {
	out := make([]byte, 0, len(b)+len(b)/16)
	for i := 0; i < len(b); {
		if b[i] < utf8.RuneSelf {
			j := i + 1
			for j < len(b) && b[j] < utf8.RuneSelf {
				j++
			}
			out = append(out, b[i:j]...)
			i = j
			continue
		}
		r, n := utf8.DecodeRune(b[i:])
		if r != utf8.RuneError || n > 1 {
			out = append(out, b[i:i+n]...)
			i += n
			continue
		}
		warn.add("invalid-utf8", i, "a byte that is no UTF-8 (0x%02X) was read as windows-1252", b[i])
		if !utf8.FullRune(b[i:]) {
			break
		}
		out = utf8.AppendRune(out, charmap.Windows1252.DecodeByte(b[i]))
		i++
	}
	return out
}

// withoutNoncharacters leaves out U+FFFE and U+FFFF, which XML forbids and
// which come of hyphens in documents that were printed: per\uFFFEbaikan.
func withoutNoncharacters(b []byte, warn *warnings) []byte {
	for _, bad := range []string{"\xEF\xBF\xBE", "\xEF\xBF\xBF"} {
		if i := bytes.Index(b, []byte(bad)); i >= 0 {
			warn.add("illegal-character", i, "a character that XML forbids (U+FFFE or U+FFFF) was left out")
			b, warn.blind = bytes.ReplaceAll(b, []byte(bad), nil), true
		}
	}
	return b
}
