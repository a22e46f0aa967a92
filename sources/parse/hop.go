package parse

import (
	"html"
	"slices"
	"strings"

	ext "github.com/mmcdole/gofeed/extensions"

	"warta/sources"
)

// What another warta writes is read back whole: feed/render/EXTENSIONS.md says
// what stands where.

// Its credit line says in words what elements say, and is none of the story's:
// read as text it would be a byline, a notice and a source once more.
const (
	creditOpen = `<p class="warta-credit">`
	noticeOpen = `<p class="warta-notice">`
)

// withoutCredit takes the credit line off the end of a text; line is it as
// text, where that is known.
func withoutCredit(t *sources.Text, line string) {
	if i := strings.LastIndex(t.Value, creditOpen); i >= 0 {
		end := strings.Index(t.Value[i:], "</p>")
		if end < 0 {
			return
		}
		t.Value = t.Value[:i] + t.Value[i+end+len("</p>"):]
		return
	}
	if text := strings.TrimSpace(t.Value); line != "" && strings.HasSuffix(text, line) {
		t.Value = strings.TrimSpace(strings.TrimSuffix(text, line))
	}
}

// withoutNotices takes notices off the beginning of a text that elements tell
// of: they would be told twice.
func withoutNotices(t *sources.Text, told []sources.Told) {
	tells := func(s string) bool {
		return slices.ContainsFunc(told, func(n sources.Told) bool { return n.Words != "" && strings.Contains(s, n.Words) })
	}
	for {
		text := strings.TrimSpace(t.Value)
		if strings.HasPrefix(text, noticeOpen) {
			end := strings.Index(text, "</p>")
			if end < 0 || !tells(html.UnescapeString(text[:end])) {
				return
			}
			t.Value = text[end+len("</p>"):]
			continue
		}
		line, rest, _ := strings.Cut(text, "\n")
		if line == "" || line[0] == '<' || !tells(line) {
			return
		}
		t.Value = strings.TrimSpace(rest)
	}
}

// hop puts right what came by way of another warta.
func hop(it *sources.Item, line string) {
	withoutCredit(&it.Content, line)
	withoutCredit(&it.Summary, line)
	withoutNotices(&it.Content, it.Told)
	withoutNotices(&it.Summary, it.Told)
	it.Contributors = slices.DeleteFunc(it.Contributors, func(p sources.Person) bool {
		if p.Role != "agency" {
			return false
		}
		it.Agency = firstOf(it.Agency, p.Name)
		return true
	})
}

// wrappedSource is the atom:source that RSS has no place for, as an element of
// Atom.
func (x extensions) wrappedSource() []ext.Extension {
	var list []ext.Extension
	for _, e := range x.all("warta", "origin") {
		for _, s := range e.Children["atom.source"] {
			list = append(list, ofAtom(s, 3))
		}
	}
	return list
}

// ofAtom gives elements of Atom their names without prefix, down to a depth.
func ofAtom(e ext.Extension, depth int) ext.Extension {
	if depth == 0 || len(e.Children) == 0 {
		return e
	}
	children := make(map[string][]ext.Extension, len(e.Children))
	for name, list := range e.Children {
		for _, c := range list {
			local := strings.TrimPrefix(name, "atom.")
			children[local] = append(children[local], ofAtom(c, depth-1))
		}
	}
	e.Children = children
	return e
}
