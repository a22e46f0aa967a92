package config

import (
	"cmp"
	"fmt"
	"slices"
	"strings"

	"warta/feed"
)

// Problem is one thing wrong with a configuration file. Line and Column count
// from 1, columns in characters; a zero Line means the file as a whole.
type Problem struct {
	File         string
	Line, Column int
	Message      string
	Hint         string // what to do about it, or ""

	cause error
}

// String is the form compilers use, which editors know how to jump to:
//
//	warta.yaml:12:5: unknown key "feeed" (did you mean "feed"?)
func (p Problem) String() string {
	var b strings.Builder
	b.WriteString(p.File)
	if p.Line > 0 {
		fmt.Fprintf(&b, ":%d:%d", p.Line, p.Column)
	}
	b.WriteString(": ")
	b.WriteString(p.Message)
	if p.Hint != "" {
		b.WriteString(" (" + p.Hint + ")")
	}
	return b.String()
}

// Problems is everything wrong with a configuration, sorted by place. It is a
// feed.ErrInvalid.
type Problems []Problem

func (ps Problems) Error() string {
	lines := make([]string, len(ps))
	for i, p := range ps {
		lines[i] = p.String()
	}
	return strings.Join(lines, "\n")
}

// Is makes a bad configuration one of the kinds of failure of package feed.
func (ps Problems) Is(target error) bool { return target == feed.ErrInvalid }

// Unwrap gives the errors of the file system behind the problems, if any.
func (ps Problems) Unwrap() []error {
	var out []error
	for _, p := range ps {
		if p.cause != nil {
			out = append(out, p.cause)
		}
	}
	return out
}

// maxProblems bounds what is shown of a file that is wrong throughout.
const maxProblems = 500

func sorted(ps []Problem) Problems {
	slices.SortStableFunc(ps, func(a, b Problem) int {
		return cmp.Or(
			cmp.Compare(a.File, b.File),
			cmp.Compare(a.Line, b.Line),
			cmp.Compare(a.Column, b.Column),
		)
	})
	ps = slices.CompactFunc(ps, func(a, b Problem) bool { return a.String() == b.String() })
	if n := len(ps) - maxProblems; n > 0 {
		last := ps[maxProblems-1]
		ps = append(ps[:maxProblems:maxProblems], Problem{
			File: last.File, Line: last.Line, Column: last.Column,
			Message: fmt.Sprintf("and %d more problems", n),
		})
	}
	return ps
}

// place is where something stands.
type place struct {
	file         string
	line, column int
}

func (p place) String() string {
	if p.line == 0 {
		return p.file
	}
	return fmt.Sprintf("%s:%d:%d", p.file, p.line, p.column)
}
