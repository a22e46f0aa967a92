package evidence

import (
	"bytes"

	"warta/sources"
	"warta/sources/schemaorg"
)

// jsonLD keeps what a JSON-LD script says of articles, in the vocabulary of
// schema.org, and of what they point to. It is read when all of the page is
// there.
func (p *pageReader) jsonLD(body []byte) {
	speaks := false
	for _, word := range [...]string{"ccessible", "icense", "opyright", "usageInfo", "hasPolicy", "creditText", "conditionsOfAccess", "@id"} {
		speaks = speaks || bytes.Contains(body, []byte(word))
	}
	if speaks && len(body) <= schemaorg.MaxScript && !p.linked.Add(body) {
		p.brokenJSON(body)
	}
}

// article reads what an article says of rights: license, copyrightHolder,
// copyrightNotice, creditText, usageInfo, acquireLicensePage, conditionsOfAccess
// and isAccessibleForFree; not what its pictures or the site say.
func (p *pageReader) article(object schemaorg.Object) {
	const where = "page schema.org "
	p.free(schemaorg.Texts(object["isAccessibleForFree"]), where+"isAccessibleForFree")
	p.free(p.parts(object["hasPart"]), where+"hasPart isAccessibleForFree")
	for _, member := range [...]string{"hasPolicy", "odrl:hasPolicy", "http://www.w3.org/ns/odrl/2/hasPolicy"} {
		for _, address := range schemaorg.Texts(object[member]) {
			p.policy(resolved(p.base, address), address, where+member)
		}
	}
	for _, member := range [...]string{"license", "copyrightNotice", "usageInfo", "conditionsOfAccess", "acquireLicensePage"} {
		for _, one := range p.linked.Values(object[member]) {
			for _, words := range schemaorg.Addresses(one) {
				p.terms(member, words, where+member)
			}
		}
	}
	for _, member := range [...]string{"copyrightHolder", "creditText"} {
		for _, one := range p.linked.Values(object[member]) {
			for _, name := range schemaorg.Names(one) {
				p.add(sources.Copyright, name, where+member, "")
			}
		}
	}
}

// terms takes in what a property of schema.org says of use, in words or by an
// address. Where a licence can be bought is no licence, and takes nothing from
// one that is given.
func (p *pageReader) terms(property, value, where string) {
	switch {
	case property == "acquireLicensePage":
		p.add(sources.Copyright, property+": "+resolved(p.base, value), where, "")
	case !isAddress(value):
		p.statement(value, where)
	case property == "license", property == "usageInfo":
		p.licence(value, "", "", where)
	}
}
