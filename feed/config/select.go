package config

import (
	"strconv"
	"strings"

	"github.com/goccy/go-yaml/ast"
	"github.com/goccy/go-yaml/token"
)

// checkSelect compiles a channel's expression and says where in the file it
// is wrong.
func (l *loader) checkSelect(s scalar) {
	if l.opt.CheckSelect == nil {
		return
	}
	err := l.opt.CheckSelect(s.text)
	if err == nil {
		return
	}
	at := s.place
	line, column, message := cutPlace(err.Error())
	if line > 0 && !s.env {
		at = s.inside(line, column)
	}
	message, _, _ = strings.Cut(message, "\n") // a drawing of the place may follow
	l.problem(at, "select: "+message, "")
}

// cutPlace takes the line:column: off a message.
func cutPlace(s string) (line, column int, message string) {
	head, rest, ok := strings.Cut(s, ": ")
	l, c, ok2 := strings.Cut(head, ":")
	if ok && ok2 {
		line, err := strconv.Atoi(l)
		column, err2 := strconv.Atoi(c)
		if err == nil && err2 == nil && line > 0 && column > 0 {
			return line, column, rest
		}
	}
	return 0, 0, s
}

// inside is the place in the file of a line and column of the text, as far as
// the form of the scalar lets it be known; else where the scalar begins.
func (s scalar) inside(line, column int) place {
	at := s.place
	switch n := s.node.(type) {
	case *ast.LiteralNode:
		if n.Start.Type != token.LiteralType {
			return at // folded: its lines are not those of the file
		}
		row := at.line + line
		text := s.file.line(row)
		return place{at.file, row, len(text) - len(strings.TrimLeft(text, " ")) + column}
	case *ast.StringNode:
		if line != 1 || n.Token.Position == nil {
			return at
		}
		// An alias keeps its own place, but the text stands at the anchor.
		at.line, at.column = s.file.gap.line(n.Token.Position.Line), n.Token.Position.Column
		row := []rune(s.file.line(at.line))
		if n := written(row, at.column, column-1, s.quoted); n > 0 {
			at.column = n
		}
	}
	return at
}

// written finds the column of the file at which the character after skip
// others of a scalar stands, escapes counted as YAML writes them; 0 if it is
// not on this line.
func written(row []rune, start, skip int, quoted bool) int {
	i, quote := start-1, rune(0)
	if quoted && i < len(row) {
		quote = row[i]
		i++
	}
	for ; skip > 0 && i < len(row); skip-- {
		switch {
		case quote == '\'' && row[i] == '\'':
			i += 2
		case quote == '"' && row[i] == '\\' && i+1 < len(row):
			i += escapeLength(row[i+1])
		default:
			i++
		}
	}
	if i > len(row) || skip > 0 {
		return 0
	}
	return i + 1
}

// escapeLength is how many characters an escape takes (YAML 1.2 section 5.7).
func escapeLength(c rune) int {
	switch c {
	case 'x':
		return 4
	case 'u':
		return 6
	case 'U':
		return 10
	}
	return 2
}
