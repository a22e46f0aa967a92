package config

import (
	"fmt"
	"strings"

	"github.com/goccy/go-yaml/ast"

	"warta/feed"
)

// audiences are the forms that an audience has.
const audiences = "public, partners, partner:ID or a list of partners"

// audience is public, partners, partner:ID or a list of partners.
func (o *object) audience() feed.Audience {
	if n, list := o.fields["audience"].value.node.(*ast.SequenceNode); list {
		if len(n.Values) == 0 {
			o.problem("audience", "audience names nobody", "leave the key out for everybody, or choose "+audiences)
		}
		return o.severalPartners()
	}
	s, ok := o.scalar("audience")
	if !ok {
		return feed.Public
	}
	switch a := feed.Audience(s.text); {
	case a == feed.Public || a == feed.Partners:
		return a
	case isID(a.Partner()):
		o.l.refer(s.place, partnerSection.name, a.Partner())
		return a
	}
	hint := "choose " + audiences
	if near := nearest(s.raw, []string{string(feed.Public), string(feed.Partners)}); near != "" && !strings.Contains(s.raw, ":") {
		hint = fmt.Sprintf("did you mean %q?", near)
	} else if isID(s.raw) {
		hint = fmt.Sprintf("did you mean \"partner:%s\"? else choose %s", s.raw, audiences)
	} else if strings.ContainsAny(s.raw, " ,") {
		hint = `several partners are a list: ["partner:a", "partner:b"]`
	}
	o.problem("audience", fmt.Sprintf("audience can't be %s", s.shown()), hint)
	return "" // nobody
}

// severalPartners reads a list of partners: in it a plain id is meant for one.
func (o *object) severalPartners() feed.Audience {
	var all []feed.Audience
	for _, v := range o.list("audience") {
		s, ok := o.partnerName(v)
		if !ok {
			continue
		}
		a := feed.Audience(s.text)
		switch {
		case a == feed.Public || a == feed.Partners:
			o.l.problem(s.place, fmt.Sprintf("%s takes in all that the list could name", s.shown()), "write audience: "+string(a)+", or name partners only")
		case isID(a.Partner()):
			o.l.refer(s.place, partnerSection.name, a.Partner())
		case isID(s.text):
			o.l.refer(s.place, partnerSection.name, s.text)
			a = feed.PartnerAudience(s.text)
		default:
			o.l.problem(s.place, fmt.Sprintf("%s names no partner", s.shown()), "write the id of one, as in [\"partner:a\", \"partner:b\"]")
		}
		all = append(all, a)
	}
	return feed.Audiences(all...)
}

// partnerName is one name in a list. Without quotes, between brackets, the
// parser takes partner:a for a mapping.
func (o *object) partnerName(v value) (scalar, bool) {
	if isMapping(v.node) {
		if f := o.l.fields(v); len(f) == 1 && f[0].key == "partner" && f[0].value.node != nil && !isMapping(f[0].value.node) && kind(f[0].value.node) != "a list" {
			s, ok := o.l.scalar(f[0].value)
			s.raw, s.text, s.place = "partner:"+s.raw, "partner:"+s.text, v.place
			return s, ok
		}
	}
	if k := kind(v.node); isMapping(v.node) || k == "a list" || k == "nothing" {
		o.l.problem(v.place, "a list of partners holds their ids, not "+k, `for example audience: ["partner:a", "partner:b"]`)
		return scalar{}, false
	}
	return o.l.scalar(v)
}
