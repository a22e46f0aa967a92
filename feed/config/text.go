package config

import (
	"bytes"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"strings"
	"unicode/utf8"
)

// Bounds of a configuration. A list of 10,000 sources takes 1.5 MB.
const (
	maxFile    = 8 << 20
	maxTotal   = 64 << 20
	maxFiles   = 20000
	maxLine    = 16 << 10 // bytes
	maxNesting = 32       // brackets, or dashes in a row
	maxIndent  = 256      // spaces
	maxKeys    = 1000     // lines of one mapping, or empty lines in a row
	maxNodes   = 4 << 20  // values read in all, aliases followed
	maxDepth   = 8        // includes within includes
)

// readFile reads a regular file of bounded size: opening a pipe would wait
// for ever.
func readFile(path string) ([]byte, *Problem) {
	bad := func(err error, message, hint string) ([]byte, *Problem) {
		return nil, &Problem{File: path, Message: message, Hint: hint, cause: err}
	}
	info, err := os.Stat(path)
	switch {
	case errors.Is(err, fs.ErrNotExist):
		return bad(err, "there is no such file", "warta init writes one")
	case err != nil:
		return bad(err, "can't be read: "+reason(err), "")
	case info.IsDir():
		return bad(nil, "this is a directory, not a file", "")
	case !info.Mode().IsRegular():
		return bad(nil, "this is not a regular file", "")
	case info.Size() > maxFile:
		return bad(nil, fmt.Sprintf("the file is larger than %d MiB", maxFile>>20), "divide it with include:")
	}
	b, err := os.ReadFile(path)
	if err != nil {
		return bad(err, "can't be read: "+reason(err), "")
	}
	return b, nil
}

// reason is an error of the file system without the operation and path, which
// the problem names already.
func reason(err error) string {
	var pe *fs.PathError
	if errors.As(err, &pe) {
		return pe.Err.Error()
	}
	return err.Error()
}

// plain takes off the byte order mark and gives lines one kind of end.
func plain(b []byte) []byte {
	b = bytes.TrimPrefix(b, []byte("\xef\xbb\xbf"))
	if bytes.IndexByte(b, '\r') >= 0 {
		b = bytes.ReplaceAll(b, []byte("\r\n"), []byte("\n"))
	}
	return b
}

// checkText finds what no YAML parser should be given: text in another
// encoding, and shapes that take quadratic time.
func checkText(b []byte) (line, column int, message, hint string) {
	if bytes.HasPrefix(b, []byte("\xff\xfe")) || bytes.HasPrefix(b, []byte("\xfe\xff")) {
		return 1, 1, "the file is in UTF-16", "save it as UTF-8"
	}
	shape := shape{keys: map[int]int{}}
	for n := 1; len(b) > 0; n++ {
		text := b
		if i := bytes.IndexByte(b, '\n'); i >= 0 {
			text, b = b[:i], b[i+1:]
		} else {
			b = nil
		}
		if len(text) > maxLine {
			return n, 1, fmt.Sprintf("the line is longer than %d bytes", maxLine), "is this a configuration?"
		}
		if column, message, hint := checkLine(text); message != "" {
			return n, column, message, hint
		}
		if message := shape.add(text); message != "" {
			return n, 1, message, ""
		}
	}
	return 0, 0, "", ""
}

func checkLine(text []byte) (column int, message, hint string) {
	at := 0
	for i := 0; i < len(text); {
		at++
		c := text[i]
		if c < utf8.RuneSelf {
			if c < ' ' && c != '\t' || c == 0x7f {
				return at, fmt.Sprintf("the control character %#02x can't stand here", c), "is this a text file?"
			}
			i++
			continue
		}
		r, n := utf8.DecodeRune(text[i:])
		if r == utf8.RuneError && n == 1 {
			return at, "this is not UTF-8 text", "save the file as UTF-8"
		}
		i += n
	}
	indent := len(text) - len(bytes.TrimLeft(text, " "))
	if indent < len(text) && text[indent] == '\t' && len(bytes.TrimSpace(text)) > 0 {
		return indent + 1, "a tab can't indent in YAML", "use spaces"
	}
	return 0, "", ""
}

// shape watches for documents that cost a YAML parser time out of all
// proportion: deep nesting, endless mappings, endless empty lines.
type shape struct {
	open  int         // brackets
	blank int         // empty lines in a row
	keys  map[int]int // indentation to lines of the mapping that is open there
}

func (s *shape) add(text []byte) string {
	trimmed := bytes.TrimLeft(text, " ")
	if len(trimmed) == 0 {
		if s.blank++; s.blank > maxKeys {
			return fmt.Sprintf("more than %d empty lines", maxKeys)
		}
		return ""
	}
	s.blank = 0
	if trimmed[0] == '#' {
		return ""
	}
	indent := len(text) - len(trimmed)
	if indent > maxIndent || dashes(trimmed) > maxNesting {
		return "lists or mappings stand too deep within each other"
	}
	for _, c := range trimmed {
		switch c {
		case '[', '{':
			s.open++
		case ']', '}':
			s.open = max(0, s.open-1)
		}
	}
	if s.open > maxNesting {
		return fmt.Sprintf("more than %d brackets are open", maxNesting)
	}
	for k := range s.keys {
		if k > indent {
			delete(s.keys, k)
		}
	}
	if strings.IndexByte("-{[", trimmed[0]) >= 0 {
		return ""
	}
	if s.keys[indent]++; s.keys[indent] > maxKeys {
		return fmt.Sprintf("a mapping or text of more than %d lines", maxKeys)
	}
	return ""
}

// dashes counts the marks of lists that open one line.
func dashes(b []byte) (n int) {
	for len(b) > 1 && (b[0] == '-' || b[0] == '?') && (b[1] == ' ' || b[1] == '\t') {
		b = bytes.TrimLeft(b[1:], " \t")
		n++
	}
	return n
}
