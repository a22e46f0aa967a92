package config

import (
	"bytes"
	"fmt"
	"reflect"
	"strings"

	"github.com/goccy/go-yaml/ast"
	"github.com/goccy/go-yaml/token"

	"warta/feed"
	"warta/sources"
)

// AddSource appends a source to the list in the file at path and leaves every
// other byte as it is, comments and all. The configuration must be right
// before, and is read again with the addition before anything is written; the
// file is replaced in one step. A feed or id that is there already is a
// feed.ErrInvalid, a file that changed meanwhile a feed.ErrConflict.
func AddSource(path string, src sources.Source) error {
	before, err := newLoader(path, Options{}).load()
	if err != nil {
		return fmt.Errorf("adding a source to %s, which must be mended first: %w", path, err)
	}
	for _, s := range before.Sources {
		if s.ID == src.ID {
			return fmt.Errorf("%w: there is a source %q already in %s", feed.ErrInvalid, s.ID, path)
		}
		if s.Feed == src.Feed {
			return fmt.Errorf("%w: the feed %s is there already, as source %q", feed.ErrInvalid, s.Feed, s.ID)
		}
	}
	old, problem := readFile(path)
	if problem != nil {
		return Problems{*problem}
	}
	src.Title = oneLine(src.Title)
	next, err := insertSource(old, src)
	if err != nil {
		return err
	}
	l := newLoader(path, Options{})
	l.instead = map[string][]byte{path: next}
	after, err := l.load()
	if err != nil {
		return fmt.Errorf("adding the source %q to %s: %w", src.ID, path, err)
	}
	if !onlyAdds(before, after, src) {
		return byHand(path, src)
	}
	return replaceFile(path, old, next)
}

// CheckSource says what is wrong with an id and with codes of regions that
// somebody wants to add, before a site is asked; "" is not looked at.
func CheckSource(id string, regions ...string) error {
	if id != "" && !isID(id) {
		hint := fmt.Sprintf("an id is made of a-z, 0-9 and -, at most %d of them", maxID)
		if better := toID(id); better != "" {
			hint += ", such as " + better
		}
		return fmt.Errorf("%q can't be an id (%s)", id, hint)
	}
	for _, r := range regions {
		if r != "" && !isRegion(r) {
			return fmt.Errorf("%q is no region's code (for example 64 for a province, 64.01 for a regency)", r)
		}
	}
	return nil
}

// byHand is the answer to files of a form that we'd rather not touch.
func byHand(path string, src sources.Source) error {
	return fmt.Errorf("%w: the list of sources in %s has an unusual form; add this to it by hand: %s", feed.ErrInvalid, path, flowItem(src))
}

// onlyAdds reports whether after is before with the one source more.
func onlyAdds(before, after *Config, src sources.Source) bool {
	if len(after.Sources) != len(before.Sources)+1 {
		return false
	}
	src.Every = within(src.Every, after.Fetch.Every)
	rest := make([]sources.Source, 0, len(before.Sources))
	for _, s := range after.Sources {
		if s.ID != src.ID {
			rest = append(rest, s)
		} else if !reflect.DeepEqual(s, src) {
			return false
		}
	}
	same := *after
	same.Sources = rest
	if len(before.Sources) == 0 {
		same.Sources = before.Sources
	}
	return reflect.DeepEqual(*before, same)
}

// insertSource finds the place by the syntax tree, and puts the text there.
func insertSource(b []byte, src sources.Source) ([]byte, error) {
	t := newText(b)
	doc, err := parseYAML(plain(b))
	if err != nil {
		return nil, fmt.Errorf("reading the configuration again: %w", err)
	}
	var root ast.Node
	for _, d := range doc.Docs {
		if isMapping(d.Body) {
			root = d.Body
		}
	}
	list, found := child(root, "sources")
	switch n := list.(type) {
	case *ast.SequenceNode:
		if n.IsFlowStyle {
			return t.intoBrackets(n, src), nil
		}
		return t.afterLastItem(n, src), nil
	case *ast.NullNode:
		if n.Token.Type == token.ImplicitNullType {
			return t.insertLines(n.Token.Position.Line, "  - "+flowItem(src)), nil
		}
	case nil:
		if m, ok := root.(*ast.MappingNode); !found && !(ok && m.IsFlowStyle) {
			return t.insertLines(len(t.lines), "sources:", "  - "+flowItem(src)), nil
		}
	}
	return nil, byHand("the file", src)
}

// child is the value of a key.
func child(root ast.Node, name string) (ast.Node, bool) {
	for _, kv := range pairs(root) {
		if keyText(kv.Key) == name {
			return kv.Value, true
		}
	}
	return nil, false
}

// text is a file as lines with their ends, so that what is not touched stays
// byte for byte.
type text struct {
	mark  []byte // byte order mark
	lines []string
	eol   string
}

func newText(b []byte) *text {
	t := &text{eol: "\n"}
	if body, ok := bytes.CutPrefix(b, []byte("\xef\xbb\xbf")); ok {
		t.mark, b = b[:3], body
	}
	t.lines = strings.SplitAfter(string(b), "\n")
	if t.lines[len(t.lines)-1] == "" {
		t.lines = t.lines[:len(t.lines)-1]
	}
	if len(t.lines) > 0 && strings.HasSuffix(t.lines[0], "\r\n") {
		t.eol = "\r\n"
	}
	return t
}

func (t *text) line(n int) string {
	if n < 1 || n > len(t.lines) {
		return ""
	}
	return strings.TrimRight(t.lines[n-1], "\r\n")
}

func (t *text) bytes() []byte {
	return append(bytes.Clone(t.mark), strings.Join(t.lines, "")...)
}

// insertLines puts lines after line n. A file without an end of its last line
// stays without.
func (t *text) insertLines(n int, lines ...string) []byte {
	added := strings.Join(lines, t.eol)
	if n == len(t.lines) && n > 0 && !strings.HasSuffix(t.lines[n-1], "\n") {
		added = t.eol + added
	} else {
		added += t.eol
	}
	t.lines = append(t.lines[:n:n], append([]string{added}, t.lines[n:]...)...)
	return t.bytes()
}

// afterLastItem adds to a list of dashes, in the manner of its last item.
func (t *text) afterLastItem(n *ast.SequenceNode, src sources.Source) []byte {
	dash := n.Start.Position
	if len(n.Entries) > 0 { // Start is the first dash
		dash = n.Entries[len(n.Entries)-1].Start.Position
	}
	indent := dash.Column - 1
	end := max(dash.Line, endOfBlocks(n.Values[len(n.Values)-1]))
	for i, comments := end+1, true; i <= len(t.lines); i++ {
		line := t.line(i)
		trimmed := strings.TrimLeft(line, " \t")
		deep := len(line)-len(trimmed) > indent
		switch {
		case trimmed == "":
			comments = false // what comes after an empty line is about what follows
		case strings.HasPrefix(trimmed, "#"):
			if deep && comments {
				end = i
			}
		case deep:
			end, comments = i, true
		default:
			i = len(t.lines)
		}
	}
	margin := strings.Repeat(" ", indent)
	if m, ok := n.Values[len(n.Values)-1].(*ast.MappingNode); ok && !m.IsFlowStyle {
		return t.insertLines(end, blockItem(margin, src)...)
	}
	return t.insertLines(end, margin+"- "+flowItem(src))
}

// endOfBlocks is the last line of the last text written as a block (| or >)
// within a node, in which # and empty lines are text; 0 if there is none.
func endOfBlocks(n ast.Node) int {
	var end blockEnd
	ast.Walk(&end, n)
	return int(end)
}

type blockEnd int

// Visit implements ast.Visitor.
func (e *blockEnd) Visit(n ast.Node) ast.Visitor {
	if l, ok := n.(*ast.LiteralNode); ok && l.Value != nil {
		lines := strings.Count(strings.TrimRight(l.Value.Token.Origin, " \n"), "\n") + 1
		*e = max(*e, blockEnd(l.Start.Position.Line+lines))
	}
	return e
}
