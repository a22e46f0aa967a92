package config

import (
	"fmt"

	"github.com/goccy/go-yaml/ast"

	"warta/feed"
	"warta/sources"
)

// source reads one source and what the operator says about its rights.
func (l *loader) source(v value) {
	o, ok := l.object(v, sourceSection)
	if !ok {
		return
	}
	o.require("id", "feed")
	src := sources.Source{
		ID:       o.id(),
		Title:    o.text("title"),
		URL:      o.address("url"),
		Feed:     o.address("feed"),
		Regions:  o.regions(),
		Language: o.language(),
	}
	src.Every, _ = o.every()
	src.Future, src.Debris = o.future(), o.debris()
	policy := feed.SourcePolicy{Credit: o.creditForms(feed.CheckCredit), Future: src.Future}
	if use, ok := o.use("rights", feed.None, feed.Headline, feed.Excerpt, feed.Full); ok {
		policy.Rights = &use
	}
	if src.ID != "" && (policy.Rights != nil || policy.Credit != nil || policy.Future != "") {
		l.cfg.Policy.Sources[src.ID] = policy
	}
	i := len(l.cfg.Sources)
	l.cfg.Sources = append(l.cfg.Sources, src)
	if src.Every != (sources.Rhythm{}) {
		l.later = append(l.later, func() { l.cfg.Sources[i].Every = within(src.Every, l.cfg.Fetch.Every) })
	}
}

// within completes a source's rhythm where the one bound it gives contradicts
// the general other; else a bound not given stays zero.
func within(r, general sources.Rhythm) sources.Rhythm {
	switch {
	case r.Max == 0 && r.Min > general.Max:
		r.Max = r.Min
	case r.Min == 0 && r.Max < general.Min:
		r.Min = r.Max
	}
	return r
}

// regions is one code or a list of them. A code without quotes is a number to
// YAML; what was written is taken, so that 64.10 is not 64.1.
func (o *object) regions() []string {
	f, ok := o.fields["region"]
	if !ok {
		return nil
	}
	values := []value{f.value}
	if n, is := f.value.node.(*ast.SequenceNode); is {
		values = o.l.elements(f.value.file, n)
	} else if _, ok := o.scalar("region"); !ok {
		return nil
	}
	var out []string
	for _, v := range values {
		switch v.node.(type) {
		case *ast.StringNode, *ast.LiteralNode, *ast.IntegerNode, *ast.FloatNode:
		default:
			o.l.problem(v.place, "a region's code must be text, not "+kind(v.node), `for example region: "64.01"`)
			continue
		}
		s, ok := o.l.scalar(v)
		if !ok {
			continue
		}
		if !isRegion(s.text) {
			o.l.problem(v.place, fmt.Sprintf("%s is no region's code", s.shown()), `for example "64" for a province, "64.01" for a regency`)
			continue
		}
		out = append(out, s.text)
	}
	return out
}

// isRegion reports whether s is made as codes of regions are, Kemendagri's
// 64.01.01.1001 or others such as ID-KI.
func isRegion(s string) bool {
	for _, r := range s {
		if (r < '0' || r > '9') && (r < 'a' || r > 'z') && (r < 'A' || r > 'Z') && r != '.' && r != '-' {
			return false
		}
	}
	return s != "" && len(s) <= 32
}
