package config

import (
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
)

// include reads the files that a file names. Paths are relative to its
// folder; what a pattern finds is read in the order of names, and once.
func (l *loader) include(top *object) {
	if f, ok := top.fields["include"]; ok && kind(f.value.node) == "text" {
		l.included(f.value, top) // one path needs no list
		return
	}
	for _, v := range top.list("include") {
		l.included(v, top)
	}
}

func (l *loader) included(v value, top *object) {
	s, ok := l.scalar(v)
	if !ok {
		return
	}
	if !s.isText() || strings.TrimSpace(s.text) == "" || isMapping(v.node) {
		l.problem(v.place, "include takes paths, not "+kind(v.node), "for example include: [sources/*.yaml]")
		return
	}
	if strings.Contains(s.text, "**") {
		l.problem(v.place, "** is not known here", "* stands for letters of one name; give each folder its own line")
		return
	}
	if len(l.stack) > maxDepth {
		l.problem(v.place, fmt.Sprintf("files include each other more than %d deep", maxDepth), "")
		return
	}
	wild := strings.ContainsAny(s.text, "*?[")
	pattern := filepath.FromSlash(s.text)
	if !filepath.IsAbs(pattern) {
		folder := filepath.Dir(v.file.name)
		if wild && filepath.Separator == '/' { // the folder's own name is no pattern
			folder = meta.Replace(folder)
		}
		pattern = filepath.Join(folder, pattern)
	}
	paths := []string{pattern}
	if wild {
		found, err := filepath.Glob(pattern)
		if err != nil {
			l.problem(v.place, fmt.Sprintf("%s is no pattern of paths", s.shown()), "* stands for any letters, ? for one, [ab] for a or b")
			return
		}
		slices.Sort(found)
		paths = slices.DeleteFunc(found, func(p string) bool { return isHidden(p, pattern) })
		l.cfg.Patterns = append(l.cfg.Patterns, pattern)
	}
	for _, path := range paths {
		l.follow(v, path, wild)
	}
}

// isHidden reports whether a pattern should leave a file out: editors keep
// their swap and lock files beside the one they edit.
func isHidden(path, pattern string) bool {
	return strings.HasPrefix(filepath.Base(path), ".") && !strings.HasPrefix(filepath.Base(pattern), ".")
}

var meta = strings.NewReplacer(`\`, `\\`, `*`, `\*`, `?`, `\?`, `[`, `\[`)

// follow reads one included file. A file may be found by two patterns, and a
// pattern may find the file it stands in; only a circle is a mistake.
func (l *loader) follow(v value, path string, wild bool) {
	real := realPath(path)
	self := l.stack[len(l.stack)-1]
	switch {
	case wild && real == self:
		return
	case slices.Contains(l.stack, real):
		l.problem(v.place, fmt.Sprintf("%s includes itself, by way of the files between", path), "take one of the two includes out")
		return
	case l.read[real]:
		return
	case len(l.cfg.Files) >= maxFiles:
		if len(l.cfg.Files) == maxFiles {
			l.problem(v.place, fmt.Sprintf("more than %d files", maxFiles), "")
		}
		return
	}
	if info, err := os.Stat(path); wild && err == nil && info.IsDir() {
		return
	}
	before := len(l.problems)
	l.readAll(path)
	// A file that can't be read at all is the fault of the line that names it.
	for i := before; i < len(l.problems); i++ {
		if p := &l.problems[i]; p.File == path && p.Line == 0 {
			*p = Problem{File: v.place.file, Line: v.place.line, Column: v.place.column, Message: fmt.Sprintf("include: %s: %s", path, p.Message)}
		}
	}
}
