package config

import (
	"bytes"
	"regexp"
)

// A syntax tree takes a hundred times the memory of its text, and a newsroom
// may list ten thousand sources in one file. A long list is therefore parsed
// in parts, one after another, which keeps the peak flat.
const (
	splitFrom = 64 << 10 // bytes; smaller files are parsed whole
	partItems = 200
)

// gap says how lines of a part are counted in the file: those after the line
// are so many further down.
type gap struct{ after, count int }

func (g gap) line(n int) int {
	if n > g.after {
		n += g.count
	}
	return n
}

// part is a stretch of a file that is YAML by itself.
type part struct {
	text []byte
	gap  gap
}

var listKey = regexp.MustCompile(`(?m)^sources:[ ]*(?:#.*)?$`)

// hasAnchor reports whether an anchor or alias may be in the text. It may be
// used in another part, so such files stay whole.
func hasAnchor(b []byte) bool {
	for at := 0; ; {
		i := bytes.IndexAny(b[at:], "&*")
		if i < 0 || at+i+1 >= len(b) {
			return false
		}
		at += i + 1
		next := b[at]
		word := next == '_' || isLetterOrDigit(next)
		if word && (at == 1 || bytes.IndexByte([]byte(" \n[{,:-"), b[at-2]) >= 0) {
			return true
		}
	}
}

func isLetterOrDigit(c byte) bool {
	return '0' <= c && c <= '9' || 'a' <= c|0x20 && c|0x20 <= 'z'
}

// split cuts the items out of a long list of sources. The first part is what
// remains, with the key but without the items.
func split(text []byte) []part {
	whole := []part{{text: text}}
	if len(text) < splitFrom {
		return whole
	}
	keys := listKey.FindAllIndex(text, 2)
	if len(keys) != 1 || hasAnchor(text) {
		return whole
	}
	head := min(keys[0][1]+1, len(text))
	items, end := itemsOf(text[head:])
	if len(items) <= partItems {
		return whole
	}
	before := bytes.Count(text[:head], []byte("\n")) // lines up to the key's
	rest := append(bytes.Clone(text[:head]), text[head+end:]...)
	parts := []part{{rest, gap{before, bytes.Count(text[head:head+end], []byte("\n"))}}}
	for i := 0; i < len(items); i += partItems {
		from, to := items[i], end
		if i+partItems < len(items) {
			to = items[i+partItems]
		}
		if i == 0 {
			from = 0 // with the comments before the first
		}
		stretch := text[head+from : head+to]
		parts = append(parts, part{
			text: append([]byte("sources:\n"), stretch...),
			gap:  gap{1, before + bytes.Count(text[head:head+from], []byte("\n")) - 1},
		})
	}
	return parts
}

// itemsOf finds where each item of the list of dashes that b begins with
// starts, and where the list ends. Whatever belongs to an item is indented
// more than its dash (YAML 1.2 section 8.2.1).
func itemsOf(b []byte) (items []int, end int) {
	margin := -1
	for at := 0; at < len(b); {
		next := len(b)
		if i := bytes.IndexByte(b[at:], '\n'); i >= 0 {
			next = at + i + 1
		}
		line := bytes.TrimRight(b[at:next], "\n")
		trimmed := bytes.TrimLeft(line, " ")
		indent := len(line) - len(trimmed)
		dash := bytes.HasPrefix(trimmed, []byte("- "))
		switch {
		case len(trimmed) == 0 || trimmed[0] == '#':
		case margin < 0 && dash:
			margin = indent
			items = append(items, at)
		case margin >= 0 && indent == margin && dash:
			items = append(items, at)
		case margin >= 0 && indent > margin:
		default:
			return items, at
		}
		at = next
	}
	return items, len(b)
}
