package main

import (
	"bytes"
	"encoding/json"
	"fmt"
	"io"
	"strings"
	"unicode"
	"unicode/utf16"
	"unicode/utf8"
)

// What commands quote was written by others, and a terminal that shows it obeys
// none of it: all they print goes through visibleWriter.

// obeyed reports whether a terminal would obey a character, or people could
// not see it: control characters, and marks that turn the direction of writing.
func obeyed(c rune) bool {
	switch c {
	case '\n', '\t', '\u200c', '\u200d': // joiners belong to letters
		return false
	}
	return unicode.In(c, unicode.Cc, unicode.Cf, unicode.Zl, unicode.Zp)
}

// visible takes out what a terminal would obey.
func visible(s string) string {
	return strings.Map(func(c rune) rune {
		if obeyed(c) {
			return -1
		}
		return c
	}, s)
}

// visibleWriter writes what is visible of a text. A character may come in two
// pieces.
type visibleWriter struct {
	w    io.Writer
	half []byte
}

func (v *visibleWriter) Write(p []byte) (int, error) {
	b := append(v.half, p...)
	end := len(b)
	for i := 1; i < utf8.UTFMax && i <= len(b); i++ {
		if utf8.RuneStart(b[len(b)-i]) {
			if !utf8.FullRune(b[len(b)-i:]) {
				end -= i
			}
			break
		}
	}
	v.half = bytes.Clone(b[end:])
	if _, err := io.WriteString(v.w, visible(string(b[:end]))); err != nil {
		return 0, err
	}
	return len(p), nil
}

// printJSON prints a value for programs, indented.
func (a *app) printJSON(v any) error {
	var b bytes.Buffer
	enc := json.NewEncoder(&b)
	enc.SetEscapeHTML(false)
	enc.SetIndent("", "  ")
	if err := enc.Encode(v); err != nil {
		return err
	}
	_, err := io.WriteString(a.out, escaped(b.String()))
	return err
}

// escaped writes what a terminal would obey in JSON as \u and digits, so that
// programs lose none of it. It can stand in strings alone.
func escaped(s string) string {
	if strings.IndexFunc(s, obeyed) < 0 {
		return s
	}
	var b strings.Builder
	for _, c := range s {
		switch {
		case !obeyed(c):
			b.WriteRune(c)
		case c > 0xFFFF:
			hi, lo := utf16.EncodeRune(c)
			fmt.Fprintf(&b, `\u%04x\u%04x`, hi, lo)
		default:
			fmt.Fprintf(&b, `\u%04x`, c)
		}
	}
	return b.String()
}
