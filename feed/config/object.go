package config

import (
	"fmt"
	"slices"
	"strings"
	"unicode"

	"github.com/goccy/go-yaml/ast"
	"github.com/goccy/go-yaml/token"
)

// object is a mapping held against its section of the schema.
type object struct {
	l       *loader
	section section
	place
	fields map[string]field
}

// object checks that v is a mapping whose keys are those of the section, each
// once. Of a key given twice the first counts.
func (l *loader) object(v value, s section) (*object, bool) {
	o := &object{l: l, section: s, place: v.place, fields: map[string]field{}}
	if !isMapping(v.node) {
		l.problem(v.place, fmt.Sprintf("%s must be a mapping of keys to values, not %s", s.name, kind(v.node)), s.example())
		return o, false
	}
	for _, f := range l.fields(v) {
		if _, ok := s.key(f.key); !ok {
			l.problem(f.at, fmt.Sprintf("unknown key %q", f.key), s.hint(f.key))
			continue
		}
		if first, ok := o.fields[f.key]; ok {
			l.problem(f.at, fmt.Sprintf("the key %q is given twice", f.key), "first at "+first.at.String())
			continue
		}
		o.fields[f.key] = f
	}
	return o, true
}

func isMapping(n ast.Node) bool {
	switch n.(type) {
	case *ast.MappingNode, *ast.MappingValueNode:
		return true
	}
	return false
}

// example is the section as a hint shows it.
func (s section) example() string {
	for _, k := range topSection.keys {
		if k.name == s.name || k.name == s.name+"s" {
			return "for example " + k.example
		}
	}
	return "for example " + s.keys[0].example
}

func (s section) hint(name string) string {
	near := nearest(name, s.names())
	if near != "" && distance(near, name) == 1 {
		return fmt.Sprintf("did you mean %q?", near)
	}
	if homes := homes(name); slices.Contains(homes, topSection.name) {
		return "it stands at the left margin, outside of " + s.name
	} else if len(homes) > 0 {
		return "it belongs to " + strings.Join(homes, ", ")
	}
	return suggest(name, s.names(), "the keys of "+s.name+" are")
}

// has reports whether the key is there, with whatever value.
func (o *object) has(name string) bool {
	_, ok := o.fields[name]
	return ok
}

// place of a key's value; of the whole mapping where it is missing.
func (o *object) placeOf(name string) place {
	if f, ok := o.fields[name]; ok {
		return f.value.place
	}
	return o.place
}

func (o *object) problem(name, message, hint string) {
	o.l.problem(o.placeOf(name), message, hint)
}

// wrong says that a key's value is of the wrong kind.
func (o *object) wrong(name, found string) {
	k, _ := o.section.key(name)
	o.problem(name, fmt.Sprintf("%s must be %s, not %s", name, k.takes, found), "for example "+k.example)
}

// require says which keys are missing.
func (o *object) require(names ...string) {
	label := o.section.name
	if f, ok := o.fields["id"]; ok {
		if s, ok := f.value.node.(*ast.StringNode); ok {
			label += fmt.Sprintf(" %q", s.Value)
		}
	}
	for _, name := range names {
		if !o.has(name) {
			k, _ := o.section.key(name)
			o.l.problem(o.place, fmt.Sprintf("%s has no %s", label, name), "for example "+k.example)
		}
	}
}

// scalar is the single value of a key, ${…} replaced.
func (o *object) scalar(name string) (scalar, bool) {
	f, ok := o.fields[name]
	if !ok {
		return scalar{}, false
	}
	switch f.value.node.(type) {
	case nil, *ast.NullNode:
		k, _ := o.section.key(name)
		o.l.problem(f.at, name+" has no value", "give one, such as "+k.example+", or leave the key out")
		return scalar{}, false
	case *ast.MappingNode, *ast.MappingValueNode, *ast.SequenceNode:
		o.wrong(name, kind(f.value.node))
		return scalar{}, false
	}
	return o.l.scalar(f.value)
}

func (l *loader) scalar(v value) (scalar, bool) {
	s := scalar{value: v}
	switch n := v.node.(type) {
	case *ast.StringNode:
		s.raw = n.Value
		s.quoted = n.Token.Type == token.DoubleQuoteType || n.Token.Type == token.SingleQuoteType
	case *ast.LiteralNode:
		s.raw, s.quoted = n.Value.Value, true
	default:
		s.raw = v.node.GetToken().Value
	}
	text, env, err := expand(s.raw, l.opt.Env)
	if err != nil {
		l.problem(v.place, err.Error(), "write ${NAME}, ${NAME:-default}, or $${ for a plain ${")
		return scalar{}, false
	}
	s.text, s.env = text, env
	return s, true
}

// shown is the value as messages quote it: as written, so that no secret of
// the environment is printed.
func (s scalar) shown() string {
	raw := []rune(s.raw)
	if len(raw) > 60 {
		raw = append(raw[:60:60], '…')
	}
	return fmt.Sprintf("%q", string(raw))
}

// found says what stands there instead of what should.
func (s scalar) found() string {
	if s.isText() {
		return "the text " + s.shown()
	}
	return kind(s.node)
}

// isText reports whether YAML takes the scalar for text.
func (s scalar) isText() bool {
	switch s.node.(type) {
	case *ast.StringNode, *ast.LiteralNode:
		return true
	}
	return false
}

// text is a line or more of words.
func (o *object) text(name string) string {
	s, ok := o.scalar(name)
	if !ok {
		return ""
	}
	return strings.TrimSpace(o.words(name, s))
}

func (o *object) words(name string, s scalar) string {
	if !s.isText() {
		k, _ := o.section.key(name)
		o.problem(name, fmt.Sprintf("%s must be %s, not %s", name, k.takes, kind(s.node)), fmt.Sprintf("put it in quotes: %q", s.raw))
		return ""
	}
	for _, r := range s.text {
		if unicode.IsControl(r) && r != '\n' && r != '\t' {
			o.problem(name, fmt.Sprintf("%s holds the control character %U", name, r), "")
			return ""
		}
	}
	if strings.TrimSpace(s.text) == "" {
		o.problem(name, name+" is empty", "give it words or leave the key out")
	}
	return s.text
}

// list is the elements of a key's list; nothing where all of them are
// commented out.
func (o *object) list(name string) []value {
	f, ok := o.fields[name]
	if !ok {
		return nil
	}
	switch n := f.value.node.(type) {
	case nil, *ast.NullNode:
		return nil
	case *ast.SequenceNode:
		return o.l.elements(f.value.file, n)
	}
	o.wrong(name, kind(f.value.node))
	return nil
}

func (l *loader) elements(f *file, n *ast.SequenceNode) []value {
	out := make([]value, 0, len(n.Values))
	for _, e := range n.Values {
		if v, ok := l.value(f, e); ok {
			out = append(out, v)
		}
	}
	return out
}
