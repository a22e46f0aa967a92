package config

import (
	"github.com/goccy/go-yaml/ast"
	"github.com/goccy/go-yaml/token"
)

// value is a YAML value and the file it stands in. Anchors, aliases and tags
// are gone from node: see file.value.
type value struct {
	file *file
	node ast.Node
	place
}

// scalar is a value that is a single word or text.
type scalar struct {
	value
	raw    string // as written, before ${…} is replaced: what messages quote
	text   string // after
	env    bool   // ${…} was replaced; may be a secret
	quoted bool   // in quotes or a block: text, whatever it looks like
}

// kind names what a node is, as a message says it.
func kind(n ast.Node) string {
	switch n := n.(type) {
	case nil, *ast.NullNode:
		return "nothing"
	case *ast.MappingNode, *ast.MappingValueNode:
		return "a mapping"
	case *ast.SequenceNode:
		return "a list"
	case *ast.BoolNode:
		return n.Token.Value
	case *ast.IntegerNode:
		return "the number " + n.Token.Value
	case *ast.FloatNode:
		return "the number " + n.Token.Value
	case *ast.InfinityNode, *ast.NanNode:
		return "a number"
	case *ast.StringNode, *ast.LiteralNode:
		return "text"
	}
	return "something else"
}

// start is the token a person would point at as the value's beginning.
func start(n ast.Node) *token.Token {
	switch n := n.(type) {
	case *ast.MappingNode:
		if !n.IsFlowStyle && len(n.Values) > 0 {
			return n.Values[0].Key.GetToken()
		}
		return n.Start
	case *ast.MappingValueNode:
		return n.Key.GetToken()
	}
	if n == nil {
		return nil
	}
	return n.GetToken()
}

// at is the place of a node.
func (f *file) at(n ast.Node) place {
	if t := start(n); t != nil && t.Position != nil {
		return place{f.name, f.gap.line(t.Position.Line), max(1, t.Position.Column)}
	}
	return place{file: f.name}
}

// value takes anchors, aliases and tags off a node. An alias keeps the place
// where it is used, not where its anchor stands.
func (l *loader) value(f *file, n ast.Node) (value, bool) {
	at := f.at(n)
	for range maxDepth {
		if l.nodes--; l.nodes < 0 {
			if l.nodes == -1 {
				l.problem(at, "the aliases of this file multiply without end", "")
			}
			return value{}, false
		}
		switch x := n.(type) {
		case *ast.AnchorNode:
			n = x.Value
		case *ast.AliasNode:
			target, ok := f.anchors[x.Value.GetToken().Value]
			if !ok {
				l.problem(at, "*"+x.Value.GetToken().Value+" names no anchor of this file", "")
				return value{}, false
			}
			n = target
		case *ast.TagNode:
			l.problem(at, "the YAML tag "+x.Start.Value+" has no meaning here", "leave it out")
			return value{}, false
		default:
			return value{f, n, at}, true
		}
	}
	l.problem(at, "the aliases here lead in a circle", "")
	return value{}, false
}

// anchored collects the anchors of a document, the last of a name winning.
type anchored map[string]ast.Node

// Visit implements ast.Visitor.
func (a anchored) Visit(n ast.Node) ast.Visitor {
	if x, ok := n.(*ast.AnchorNode); ok && x.Name != nil {
		a[x.Name.GetToken().Value] = x.Value
	}
	return a
}

// field is one key of a mapping with its value.
type field struct {
	key   string
	at    place
	value value
}

// fields lists the keys of a mapping in order; keys of a merged mapping (<<)
// come last and don't hide those written out.
func (l *loader) fields(v value) []field {
	var own, merged []field
	for _, kv := range pairs(v.node) {
		at := v.file.at(kv.Key)
		x, ok := l.value(v.file, kv.Value)
		if !ok {
			continue
		}
		if _, isMerge := kv.Key.(*ast.MergeKeyNode); isMerge {
			merged = append(merged, l.merged(x)...)
			continue
		}
		own = append(own, field{keyText(kv.Key), at, x})
	}
	have := map[string]bool{}
	for _, f := range own {
		have[f.key] = true
	}
	for _, f := range merged {
		if !have[f.key] {
			have[f.key] = true
			own = append(own, f)
		}
	}
	return own
}

func (l *loader) merged(v value) []field {
	switch n := v.node.(type) {
	case *ast.MappingNode, *ast.MappingValueNode:
		l.depth++
		defer func() { l.depth-- }()
		if l.depth > maxDepth {
			l.problem(v.place, "the merged mappings (<<) lead in a circle", "")
			return nil
		}
		return l.fields(v)
	case *ast.SequenceNode:
		var out []field
		for _, e := range n.Values {
			x, ok := l.value(v.file, e)
			if !ok {
				continue
			}
			if pairs(x.node) == nil {
				l.problem(x.place, "<< takes mappings, not "+kind(x.node), "")
				continue
			}
			out = append(out, l.merged(x)...)
		}
		return out
	}
	l.problem(v.place, "<< takes a mapping, not "+kind(v.node), "")
	return nil
}

func pairs(n ast.Node) []*ast.MappingValueNode {
	switch n := n.(type) {
	case *ast.MappingNode:
		return n.Values
	case *ast.MappingValueNode:
		return []*ast.MappingValueNode{n}
	}
	return nil
}

func keyText(k ast.MapKeyNode) string {
	if m, ok := k.(*ast.MappingKeyNode); ok && m.Value != nil {
		return m.Value.GetToken().Value
	}
	return k.GetToken().Value
}
