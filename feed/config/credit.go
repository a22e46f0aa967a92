package config

import (
	"warta/feed"
)

// creditForms reads how credit lines are worded: one wording for every
// language, or one for each.
func (o *object) creditForms() feed.CreditForms {
	f, ok := o.fields["credit"]
	if !ok {
		return nil
	}
	if !isMapping(f.value.node) {
		s := o.text("credit")
		o.checkCredit(f.value.place, s)
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
		o.checkCredit(one.value.place, s.text)
		forms[one.key] = s.text
	}
	return forms
}

func (o *object) checkCredit(at place, wording string) {
	if wording == "" {
		return
	}
	if err := feed.CheckCredit(wording); err != nil {
		o.l.problem(at, "credit: "+err.Error(), `for example "[Oleh {byline}, ]{outlet}: {link} ({terms})"`)
	}
}
