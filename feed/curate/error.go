package curate

import (
	"errors"
	"fmt"
	"strings"

	"github.com/expr-lang/expr/file"
)

// SelectError is something wrong with a rule, and where: line and column count
// from 1, columns in characters.
type SelectError struct {
	Line, Column int
	Message      string
}

func (e *SelectError) Error() string {
	return fmt.Sprintf("%d:%d: %s", e.Line, e.Column, e.Message)
}

// explain turns an error of expr into a SelectError, with the nearest name
// where one is unknown.
func explain(err error) error {
	var at *file.Error
	if !errors.As(err, &at) {
		return &SelectError{Line: 1, Column: 1, Message: err.Error()}
	}
	message := at.Message
	if name, ok := strings.CutPrefix(message, "unknown name "); ok {
		message = fmt.Sprintf("unknown name %q; %s", name, suggestion(name))
	}
	return &SelectError{Line: max(at.Line, 1), Column: at.Column + 1, Message: message}
}

// suggestion is the nearest word of the rule language, or all of them.
func suggestion(name string) string {
	known := names()
	best, distance := "", len(name)/2+1
	for _, k := range known {
		if d := editDistance(strings.ToLower(name), k); d < distance {
			best, distance = k, d
		}
	}
	if best != "" {
		return fmt.Sprintf("did you mean %q?", best)
	}
	return "a rule may use " + strings.Join(known, ", ")
}

// names lists the words of the rule language.
func names() []string {
	var list []string
	for _, w := range Words() {
		list = append(list, w.Name)
	}
	return list
}

// editDistance is Levenshtein's, over bytes: names are ASCII.
func editDistance(a, b string) int {
	if len(a) > 64 {
		a = a[:64]
	}
	row := make([]int, len(b)+1)
	for j := range row {
		row[j] = j
	}
	for i := 1; i <= len(a); i++ {
		diagonal := row[0]
		row[0] = i
		for j := 1; j <= len(b); j++ {
			cost := diagonal
			if a[i-1] != b[j-1] {
				cost++
			}
			diagonal = row[j]
			row[j] = min(row[j]+1, row[j-1]+1, cost)
		}
	}
	return row[len(b)]
}
