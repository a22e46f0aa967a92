package parse

import (
	"bytes"
	"encoding/binary"
	"html"
	"strconv"
	"unicode/utf8"

	"golang.org/x/text/encoding/charmap"
)

// entities expands references: the five of XML, HTML's names, character
// references, and what the document's own DTD declares, once and bounded.
type entities struct {
	own   map[string]string // from the internal subset, expanded
	added int               // bytes that own entities have added so far
	max   int
	over  bool
}

// maxReference is the longest reference that is looked for: HTML's longest
// name has 31 letters, a name from a DTD may have more.
const maxReference = 64

// appendDecoded appends s to dst with its references replaced and characters
// that XML forbids left out. What is no reference stays as it stands.
func (e *entities) appendDecoded(dst, s []byte, offset int, warn *warnings) []byte {
	for len(s) > 0 {
		i := bytes.IndexByte(s, '&')
		if i < 0 {
			return appendClean(dst, s, offset, warn)
		}
		dst = appendClean(dst, s[:i], offset, warn)
		s, offset = s[i:], offset+i
		end := bytes.IndexByte(s[:min(len(s), maxReference)], ';')
		if end > 1 {
			if out, ok := e.appendReference(dst, s[1:end], offset, warn); ok {
				dst, s, offset = out, s[end+1:], offset+end+1
				continue
			}
		}
		warn.add("bare-ampersand", offset, "an & that begins no known reference was taken as text")
		dst = append(dst, '&')
		s, offset = s[1:], offset+1
	}
	return dst
}

func (e *entities) appendReference(dst, name []byte, offset int, warn *warnings) ([]byte, bool) {
	switch string(name) {
	case "lt":
		return append(dst, '<'), true
	case "gt":
		return append(dst, '>'), true
	case "amp":
		return append(dst, '&'), true
	case "quot":
		return append(dst, '"'), true
	case "apos":
		return append(dst, '\''), true
	}
	if name[0] == '#' {
		return appendCharacter(dst, name[1:], offset, warn)
	}
	if v, ok := e.own[string(name)]; ok {
		if e.added += len(v); e.added > e.max {
			e.over = true
			return dst, true
		}
		return append(dst, v...), true
	}
	for _, c := range name {
		if !nameByte[c] {
			return dst, false
		}
	}
	ref := "&" + string(name) + ";"
	if s := html.UnescapeString(ref); s != ref && s[len(s)-1] != ';' {
		warn.add("html-entity", offset, "%s is HTML's, not XML's", ref)
		return append(dst, s...), true
	}
	return dst, false
}

// appendCharacter reads a numeric reference. 128 to 159 are read as HTML does,
// as windows-1252, for nobody means the control characters there.
func appendCharacter(dst, digits []byte, offset int, warn *warnings) ([]byte, bool) {
	base := 10
	if len(digits) > 1 && (digits[0] == 'x' || digits[0] == 'X') {
		base, digits = 16, digits[1:]
	}
	n, err := strconv.ParseUint(string(digits), base, 32)
	if err != nil {
		return dst, false
	}
	switch r := rune(n); {
	case n >= 128 && n < 160:
		return utf8.AppendRune(dst, charmap.Windows1252.DecodeByte(byte(n))), true
	case n > utf8.MaxRune || !legal(r):
		warn.add("illegal-character", offset, "a reference to a character that XML forbids was left out")
		return dst, true
	default:
		return utf8.AppendRune(dst, r), true
	}
}

// legal reports whether XML 1.0 allows a character (section 2.2).
func legal(r rune) bool {
	switch {
	case r < 0x20:
		return r == '\t' || r == '\n' || r == '\r'
	case r < 0xD800:
		return true
	}
	return r >= 0xE000 && r != 0xFFFE && r != 0xFFFF && r <= utf8.MaxRune
}

// appendClean appends s without control characters.
func appendClean(dst, s []byte, offset int, warn *warnings) []byte {
	for from := 0; ; {
		i := control(s[from:])
		if i < 0 {
			return append(dst, s[from:]...)
		}
		i += from
		warn.add("control-character", offset+i, "a control character (0x%02X) was left out", s[i])
		dst = append(dst, s[from:i]...)
		from = i + 1
	}
}

// control finds the first control character that XML forbids, eight bytes at a
// time; -1 if there is none.
func control(s []byte) int {
	const high, spaces = 0x8080808080808080, 0x2020202020202020
	for i := 0; i < len(s); {
		if i+8 <= len(s) {
			if x := binary.LittleEndian.Uint64(s[i:]); (x-spaces)&^x&high == 0 { // none below a space
				i += 8
				continue
			}
		}
		for end := min(i+8, len(s)); i < end; i++ {
			if c := s[i]; c < 0x20 && c != '\t' && c != '\n' && c != '\r' {
				return i
			}
		}
	}
	return -1
}
