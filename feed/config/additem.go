package config

import (
	"bytes"
	"encoding/json"
	"strings"
	"unicode"

	"github.com/goccy/go-yaml/ast"
	"github.com/goccy/go-yaml/token"

	"warta/sources"
)

// maxTitle bounds a title taken over from a feed, in characters.
const maxTitle = 200

// intoBrackets adds to a list in brackets, on a line of its own where the
// closing bracket has one.
func (t *text) intoBrackets(n *ast.SequenceNode, src sources.Source) []byte {
	end := n.End.Position
	if len(n.Values) == 0 {
		return t.insertAt(end.Line, end.Column, flowItem(src))
	}
	prev := n.End.Prev
	for prev != nil && prev.Type == token.CommentType {
		prev = prev.Prev
	}
	comma := prev != nil && prev.Type == token.CollectEntryType
	alone := strings.HasPrefix(strings.TrimLeft(t.line(end.Line), " "), "]")
	switch {
	case !alone && comma:
		return t.insertAt(end.Line, end.Column, " "+flowItem(src))
	case !alone:
		return t.insertAt(end.Line, end.Column, ", "+flowItem(src))
	}
	last := start(n.Values[len(n.Values)-1]).Position
	line := t.line(last.Line)
	margin := line[:len(line)-len(strings.TrimLeft(line, " "))]
	switch {
	case comma:
		return t.insertLines(end.Line-1, margin+flowItem(src)+",")
	case prev != nil && prev.Type == token.MappingEndType:
		t.insertAt(prev.Position.Line, prev.Position.Column+1, ",")
		return t.insertLines(end.Line-1, margin+flowItem(src))
	}
	return t.insertAt(end.Line, end.Column, ", "+flowItem(src))
}

// insertAt puts words before a character of a line, both counted from 1.
func (t *text) insertAt(line, column int, words string) []byte {
	if line < 1 || line > len(t.lines) {
		return t.bytes()
	}
	row := []rune(t.lines[line-1])
	at := min(max(column-1, 0), len(row))
	t.lines[line-1] = string(row[:at]) + words + string(row[at:])
	return t.bytes()
}

// pair is a key with its value as YAML.
type pair struct{ key, value string }

// item is a source as keys and values; what is empty is left out.
func item(src sources.Source) []pair {
	out := []pair{{"id", word(src.ID)}}
	if src.Title != "" {
		out = append(out, pair{"title", quoted(src.Title)})
	}
	if src.URL != "" {
		out = append(out, pair{"url", quoted(src.URL)})
	}
	out = append(out, pair{"feed", quoted(src.Feed)})
	switch len(src.Regions) {
	case 0:
	case 1:
		out = append(out, pair{"region", quoted(src.Regions[0])})
	default:
		codes := make([]string, len(src.Regions))
		for i, r := range src.Regions {
			codes[i] = quoted(r)
		}
		out = append(out, pair{"region", "[" + strings.Join(codes, ", ") + "]"})
	}
	if src.Language != "" {
		out = append(out, pair{"language", word(src.Language)})
	}
	if e := src.Every; e != (sources.Rhythm{}) {
		var bounds []string
		if e.Min > 0 {
			bounds = append(bounds, "min: "+formatDuration(e.Min))
		}
		if e.Max > 0 {
			bounds = append(bounds, "max: "+formatDuration(e.Max))
		}
		out = append(out, pair{"every", "{" + strings.Join(bounds, ", ") + "}"})
	}
	return out
}

func flowItem(src sources.Source) string {
	var parts []string
	for _, p := range item(src) {
		parts = append(parts, p.key+": "+p.value)
	}
	return "{" + strings.Join(parts, ", ") + "}"
}

func blockItem(margin string, src sources.Source) []string {
	var lines []string
	for i, p := range item(src) {
		mark := "- "
		if i > 0 {
			mark = "  "
		}
		lines = append(lines, margin+mark+p.key+": "+p.value)
	}
	return lines
}

// word writes an id or tag without quotes where no reader of YAML, old or
// new, could take it for anything but text.
func word(s string) string {
	switch strings.ToLower(s) {
	case "null", "true", "false", "yes", "no", "on", "off", "y", "n":
		return quoted(s)
	}
	for _, r := range s {
		if !unicode.IsLetter(r) && r != '-' || r > unicode.MaxASCII {
			return quoted(s)
		}
	}
	if s == "" || s[0] == '-' {
		return quoted(s)
	}
	return s
}

// quoted writes text in double quotes; JSON's strings are YAML's (YAML 1.2
// section 1.3). ${ is escaped, or it would be read as a variable.
func quoted(s string) string {
	var b bytes.Buffer
	e := json.NewEncoder(&b)
	e.SetEscapeHTML(false)
	if err := e.Encode(strings.ReplaceAll(s, "${", "$${")); err != nil {
		return `""` // can't be: a string always encodes
	}
	return strings.TrimSuffix(b.String(), "\n")
}

// oneLine makes a title, which may come from a stranger's feed, fit to stand
// in the file.
func oneLine(s string) string {
	s = strings.Map(func(r rune) rune {
		if unicode.IsControl(r) || r == unicode.ReplacementChar {
			return ' '
		}
		return r
	}, strings.ToValidUTF8(s, " "))
	runes := []rune(strings.Join(strings.Fields(s), " "))
	if len(runes) > maxTitle {
		runes = append(runes[:maxTitle:maxTitle], '…')
	}
	return string(runes)
}
