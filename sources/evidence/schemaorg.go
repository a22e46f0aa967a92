package evidence

import (
	"bytes"
	"strings"

	"warta/sources"
	"warta/sources/schemaorg"
)

// jsonLD reads schema.org members about rights from a JSON-LD script: license,
// copyrightHolder, copyrightNotice, creditText, usageInfo and
// isAccessibleForFree of the article, not of its pictures or of the site.
func (p *pageReader) jsonLD(body []byte) {
	if len(body) > schemaorg.MaxScript {
		return
	}
	if !bytes.Contains(body, []byte("ccessible")) && !bytes.Contains(body, []byte("icense")) &&
		!bytes.Contains(body, []byte("opyright")) && !bytes.Contains(body, []byte("usageInfo")) &&
		!bytes.Contains(body, []byte("hasPolicy")) && !bytes.Contains(body, []byte("creditText")) {
		return
	}
	if !schemaorg.Articles(body, p.article) {
		p.brokenJSON(body)
	}
}

func (p *pageReader) article(object schemaorg.Object) {
	const where = "page schema.org "
	p.free(schemaorg.Texts(object["isAccessibleForFree"]), where+"isAccessibleForFree")
	p.free(parts(object["hasPart"]), where+"hasPart isAccessibleForFree")
	for _, member := range [...]string{"hasPolicy", "odrl:hasPolicy", "http://www.w3.org/ns/odrl/2/hasPolicy"} {
		for _, address := range schemaorg.Texts(object[member]) {
			p.policy(address, address, where+member)
		}
	}
	for _, licence := range schemaorg.Texts(object["license"]) {
		if strings.Contains(licence, "://") || strings.HasPrefix(licence, "/") {
			p.licence(licence, "", where+"license")
		} else {
			p.statement(licence, where+"license")
		}
	}
	for _, member := range [...]string{"copyrightNotice", "usageInfo", "conditionsOfAccess"} {
		for _, words := range schemaorg.Texts(object[member]) {
			if !strings.Contains(words, "://") {
				p.statement(words, where+member)
			}
		}
	}
	for _, member := range [...]string{"copyrightHolder", "creditText"} {
		for _, name := range schemaorg.Texts(object[member]) {
			p.add(sources.Copyright, name, where+member, "")
		}
	}
}
