// Package curate decides which entries stand in which channel: it compiles and
// runs the channels' select rules, written in the expr language
// (https://expr-lang.org) over the words of one entry.
//
// A rule sees nothing but the entry: no clock, no network, no other entry. So
// membership changes only when an entry or the rule does, and can be kept.
// Rules run in bounded time and memory: see bounds.go.
package curate

import (
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"strings"

	"github.com/expr-lang/expr"
	"github.com/expr-lang/expr/vm"

	"warta/feed"
)

// dialect is part of every rule's hash. It changes when the same words begin
// to select other entries, so that channels are then computed afresh.
const dialect = "1"

// Rule is a channel's compiled select. It may be used by many goroutines.
type Rule struct {
	channel string
	hash    string
	program *vm.Program // nil: every entry matches
	uses    []field     // what the expression reads
	sources []string
}

// Compile reads the select of a channel. An empty one matches every entry.
// The error, a *SelectError, says where the trouble is and names the nearest
// word that exists.
func Compile(ch feed.Channel) (*Rule, error) {
	r, err := compile(ch.Select)
	if err != nil {
		return nil, fmt.Errorf("select of channel %s: %w", ch.ID, err)
	}
	r.channel = ch.ID
	return r, nil
}

// CheckSelect reports what is wrong with a select, for the configuration. The
// error is a *SelectError.
func CheckSelect(selection string) error {
	_, err := compile(selection)
	return err
}

func compile(selection string) (*Rule, error) {
	text := strings.TrimSpace(selection)
	sum := sha256.Sum256([]byte(dialect + "\x00" + text))
	r := &Rule{hash: hex.EncodeToString(sum[:12])}
	if text == "" {
		return r, nil
	}
	if len(selection) > maxLength {
		return nil, &SelectError{Line: 1, Column: 1,
			Message: fmt.Sprintf("the rule has %d characters; at most %d are allowed", len(selection), maxLength)}
	}
	b := &bounds{uses: make(map[string]bool)}
	options := []expr.Option{
		expr.Env(specimen()),
		expr.AsBool(),
		expr.MaxNodes(maxNodes),
		expr.DisableAllBuiltins(),
		expr.Patch(b),
	}
	for _, name := range functions {
		options = append(options, expr.EnableBuiltin(name))
	}
	program, err := expr.Compile(selection, options...)
	if b.refused != nil {
		return nil, b.locate(selection)
	}
	if err != nil {
		return nil, explain(err)
	}
	r.program, r.sources = program, b.sources
	for _, f := range fields {
		if b.uses[f.name] {
			r.uses = append(r.uses, f)
		}
	}
	return r, nil
}

// Hash names the rule's meaning: two rules with one hash select the same
// entries. It is kept beside memberships, so that a changed rule is noticed.
func (r *Rule) Hash() string { return r.hash }

// Sources lists the source ids the rule compares with, so that the
// configuration can refuse one that doesn't exist.
func (r *Rule) Sources() []string { return r.sources }

// Match reports whether the entry stands in the channel.
func (r *Rule) Match(e *feed.Entry) (bool, error) {
	if r.program == nil {
		return true, nil
	}
	return r.Select(NewSubject(e))
}

// Select is Match for one entry against many rules: what one rule had to work
// out, the lower-cased text above all, the next finds ready.
func (r *Rule) Select(s *Subject) (bool, error) {
	if r.program == nil {
		return true, nil
	}
	for _, f := range r.uses {
		if _, ok := s.env[f.name]; !ok {
			s.env[f.name] = f.value(s)
		}
	}
	s.vm.MemoryBudget = memoryBudget
	out, err := s.vm.Run(r.program, s.env)
	if err != nil {
		return false, fmt.Errorf("matching entry %s with the select of channel %s: %w", s.entry.ID, r.channel, explain(err))
	}
	match, ok := out.(bool)
	if !ok {
		return false, fmt.Errorf("matching entry %s with the select of channel %s: the rule gave %v, not true or false", s.entry.ID, r.channel, out)
	}
	return match, nil
}
