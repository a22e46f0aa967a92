package config

import (
	"errors"
	"fmt"
	"path/filepath"
	"strings"

	"github.com/goccy/go-yaml"
	"github.com/goccy/go-yaml/ast"
	"github.com/goccy/go-yaml/parser"
)

// loader carries one Load from file to file.
type loader struct {
	opt      Options
	cfg      *Config
	problems []Problem

	once  map[string]place            // where each section that stands once was found
	ids   map[string]map[string]place // by kind: where each id was given
	refs  []reference                 // to be looked up when all is read
	later []func()                    // checks that need the whole
	read  map[string]bool             // by real path
	stack []string                    // real paths of the files being read
	total int                         // bytes read
	nodes int                         // values that may still be looked at
	depth int                         // of merged mappings

	instead map[string][]byte // content to read in place of a file's, by path
}

// file is one file of the configuration.
type file struct {
	name    string // as shown
	text    []byte // the whole, without byte order mark, lines ended by \n
	gap     gap    // how the lines of the part being read are counted
	anchors anchored
}

// reference is an id that must exist.
type reference struct {
	at       place
	kind, id string
}

func (l *loader) problem(at place, message, hint string) {
	if len(l.problems) <= 2*maxProblems {
		l.problems = append(l.problems, Problem{File: at.file, Line: at.line, Column: at.column, Message: message, Hint: hint})
	}
}

func (l *loader) load() (*Config, error) {
	l.readAll(l.cfg.Path)
	for _, check := range l.later {
		check()
	}
	l.checkReferences()
	if len(l.problems) > 0 {
		return &Config{Path: l.cfg.Path, Files: l.cfg.Files, Patterns: l.cfg.Patterns}, sorted(l.problems)
	}
	l.cfg.Policy.Commercial, l.cfg.Policy.Language = l.cfg.Site.Commercial, l.cfg.Site.Language
	return l.cfg, nil
}

// readAll reads one file and what it includes.
func (l *loader) readAll(path string) {
	main := len(l.cfg.Files) == 0
	l.cfg.Files = append(l.cfg.Files, path)
	b, ok := l.instead[path]
	if !ok {
		var p *Problem
		if b, p = readFile(path); p != nil {
			l.problems = append(l.problems, *p)
			return
		}
	}
	if l.total += len(b); l.total > maxTotal {
		l.problem(place{file: path}, fmt.Sprintf("the configuration is larger than %d MiB", maxTotal>>20), "")
		return
	}
	real := realPath(path)
	l.read[real] = true
	l.stack = append(l.stack, real)
	defer func() { l.stack = l.stack[:len(l.stack)-1] }()

	text := plain(b)
	if line, column, message, hint := checkText(text); message != "" {
		l.problem(place{path, line, column}, message, hint)
		return
	}
	for i, p := range split(text) {
		f, root, ok := l.parse(&file{name: path, text: text, gap: p.gap, anchors: anchored{}}, p.text)
		if !ok {
			continue
		}
		v, ok := l.value(f, root)
		switch {
		case ok && i > 0:
			l.moreSources(v)
		case ok && kind(v.node) != "nothing":
			l.document(v)
		case ok && main: // an included file may wait for its first source
			l.problem(place{file: path}, "the file is empty", "warta init writes one to start from")
		}
	}
}

// parse reads the one YAML document in a file or a part of it. The root is nil
// where there is nothing but comments.
func (l *loader) parse(f *file, text []byte) (*file, ast.Node, bool) {
	doc, err := parseYAML(text)
	if err != nil {
		at, message := place{file: f.name}, err.Error()
		var ye yaml.Error
		if errors.As(err, &ye) {
			message = ye.GetMessage()
			if t := ye.GetToken(); t != nil && t.Position != nil {
				at.line, at.column = f.gap.line(t.Position.Line), max(1, t.Position.Column)
			}
		}
		l.problem(at, "this is not YAML: "+message, syntaxHint(message, f.line(at.line)))
		return nil, nil, false
	}
	var root ast.Node
	for _, d := range doc.Docs {
		if d.Body == nil || d.Body.Type() == ast.CommentType {
			continue
		}
		if root != nil {
			l.problem(f.at(d.Body), "a second document begins here", "one file holds one: take out the line ---")
			return nil, nil, false
		}
		root = d.Body
	}
	if root != nil {
		ast.Walk(f.anchors, root)
	}
	return f, root, true
}

// parseYAML is the parser with its panics, should it have any, made errors.
func parseYAML(b []byte) (doc *ast.File, err error) {
	defer func() {
		if r := recover(); r != nil {
			err = fmt.Errorf("the parser gave up: %v", r)
		}
	}()
	return parser.ParseBytes(b, 0, parser.AllowDuplicateMapKey())
}

// syntaxHint guesses which of the usual slips is behind a syntax error.
func syntaxHint(message, line string) string {
	switch {
	case strings.Contains(line, "${") && strings.ContainsAny(line, "{[") && !strings.Contains(line, `"${`):
		return `within { } or [ ] write "${NAME}" in quotes`
	case strings.Contains(message, "mapping value is not allowed"):
		return `put text that holds a colon in quotes: "Kabar: Paser"`
	case strings.Contains(message, "end character"):
		return "a quotation mark is not closed"
	case strings.Contains(message, "']'") || strings.Contains(message, "'}'"):
		return "a bracket is not closed"
	case strings.Contains(message, "non-map value"), strings.Contains(message, "not allowed in this context"):
		return "look at the indentation of this line and the one above"
	}
	return ""
}

// line is a line of the file, from 1.
func (f *file) line(n int) string {
	if n < 1 {
		return ""
	}
	rest := string(f.text)
	for ; n > 1; n-- {
		_, after, ok := strings.Cut(rest, "\n")
		if !ok {
			return ""
		}
		rest = after
	}
	line, _, _ := strings.Cut(rest, "\n")
	return line
}

// realPath is the path by which a file is known, whatever link leads to it.
func realPath(path string) string {
	if p, err := filepath.EvalSymlinks(path); err == nil {
		path = p
	}
	if p, err := filepath.Abs(path); err == nil {
		path = p
	}
	return path
}
