package config

import (
	"strings"

	"warta/feed"
)

// creditForms reads how credit lines are worded: one wording for every
// language, or one for each; check says what is wrong with one.
func (o *object) creditForms(check func(string) error) feed.CreditForms {
	f, ok := o.fields["credit"]
	if !ok {
		return nil
	}
	if !isMapping(f.value.node) {
		s := o.text("credit")
		o.checkCredit(f.value.place, s, check)
		return feed.CreditForms{"": s}
	}
	forms := feed.CreditForms{}
	for _, one := range o.l.fields(f.value) {
		if one.key != "id" && one.key != "en" {
			o.l.problem(one.at, "a credit line can't be worded for "+one.key, "warta writes id (Indonesian) and en (for every other language)")
			continue
		}
		s, ok := o.l.scalar(one.value)
		if !ok {
			continue
		}
		if !s.isText() {
			o.l.problem(one.value.place, "a credit line must be text, not "+kind(s.node), "put it in quotes")
			continue
		}
		wording := strings.TrimSpace(s.text)
		if wording == "" {
			o.l.problem(one.value.place, "the credit line for "+one.key+" is empty", "give it words or leave the key out")
		}
		o.checkCredit(one.value.place, wording, check)
		forms[one.key] = wording
	}
	return forms
}

func (o *object) checkCredit(at place, wording string, check func(string) error) {
	if wording == "" {
		return
	}
	if err := check(wording); err != nil {
		o.l.problem(at, "credit: "+err.Error(), `for example "[Oleh {byline}, ]{outlet}: {link} ({terms})"`)
	}
}
