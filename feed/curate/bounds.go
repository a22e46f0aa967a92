package curate

import (
	"fmt"
	"strings"

	"github.com/expr-lang/expr/ast"
	"github.com/expr-lang/expr/file"
)

// The bounds of a rule. Without variables, ranges, building of strings and
// predicates inside predicates, a rule's work is at most its length times the
// entry's.
const (
	maxLength    = 8 << 10
	maxNodes     = 1000
	memoryBudget = 100_000
)

// functions are the functions of expr that rules may use: those that take a
// time linear in their argument and give nothing larger back.
var functions = []string{
	"all", "any", "none", "one", "count", "filter", "len",
	"lower", "upper", "trim", "hasPrefix", "hasSuffix", "date", "duration",
}

// bounds walks a rule before it is compiled: it refuses what could run long,
// notes which fields are read, and folds the case of constants that are looked
// for in text, which is in lower case.
type bounds struct {
	uses    map[string]bool
	sources []string

	refused error
	at      file.Location
}

func (b *bounds) refuse(n ast.Node, format string, args ...any) {
	if b.refused == nil {
		b.refused, b.at = fmt.Errorf(format, args...), n.Location()
	}
}

func (b *bounds) locate(selection string) *SelectError {
	bound := (&file.Error{Location: b.at}).Bind(file.NewSource(selection))
	return &SelectError{Line: bound.Line, Column: bound.Column + 1, Message: b.refused.Error()}
}

// Visit is called by expr for every node, the inner ones first.
func (b *bounds) Visit(node *ast.Node) {
	switch n := (*node).(type) {
	case *ast.IdentifierNode:
		b.uses[n.Value] = true
	case *ast.VariableDeclaratorNode:
		b.refuse(n, "let is not available in a rule: write the expression where it is used")
	case *ast.SequenceNode:
		b.refuse(n, "a rule is one expression: join several with && or ||")
	case *ast.PredicateNode:
		inner := 0
		ast.Walk(&n.Node, counter{&inner})
		if inner > 0 {
			b.refuse(n, "a predicate inside a predicate is not available in a rule")
		}
	case *ast.BinaryNode:
		b.binary(n)
	}
}

func (b *bounds) binary(n *ast.BinaryNode) {
	switch n.Operator {
	case "..":
		b.refuse(n, "a range of numbers is not available in a rule")
		return
	case "matches":
		if _, ok := n.Right.(*ast.StringNode); !ok {
			b.refuse(n, "matches needs a pattern in quotes on its right")
			return
		}
	}
	b.compared(n.Operator, n.Left, n.Right)
	if n.Operator == "==" || n.Operator == "!=" {
		b.compared(n.Operator, n.Right, n.Left)
	}
}

// compared looks at an operation between a field and a constant.
func (b *bounds) compared(operator string, left, right ast.Node) {
	name, ok := left.(*ast.IdentifierNode)
	if !ok {
		return
	}
	switch name.Value {
	case "source":
		b.sourceNames(operator, right)
	case "text":
		constant, ok := right.(*ast.StringNode)
		if !ok {
			return
		}
		lower := strings.ToLower(constant.Value)
		switch {
		case lower == constant.Value:
		case operator == "matches":
			constant.Value = "(?i)" + constant.Value
		default:
			constant.Value = lower
		}
	}
}

func (b *bounds) sourceNames(operator string, right ast.Node) {
	switch operator {
	case "==", "!=", "in", "not in":
	default:
		return
	}
	switch n := right.(type) {
	case *ast.StringNode:
		b.sources = append(b.sources, n.Value)
	case *ast.ArrayNode:
		for _, item := range n.Nodes {
			if s, ok := item.(*ast.StringNode); ok {
				b.sources = append(b.sources, s.Value)
			}
		}
	}
}

// counter counts the predicates of a tree.
type counter struct{ n *int }

func (c counter) Visit(node *ast.Node) {
	if _, ok := (*node).(*ast.PredicateNode); ok {
		*c.n++
	}
}
