package evidence

import (
	"encoding/json"
	"slices"
	"strings"

	"warta/sources/schemaorg"
)

// linkedData reads the articles of the page's JSON-LD. A page may describe
// others beside its own: where one is plainly its own, those with another
// address are not heard.
func (p *pageReader) linkedData() {
	own := slices.ContainsFunc(p.linked.Articles, func(article schemaorg.Object) bool {
		return !slices.ContainsFunc(schemaorg.Texts(article["@type"]), isPage) && p.standsHere(article) == atPage
	})
	for _, article := range p.linked.Articles {
		if !own || p.standsHere(article) != atAnother {
			p.article(article)
		}
	}
}

func isPage(kind string) bool { return strings.HasSuffix(schemaorg.Kind(kind), "WebPage") }

// whether says where an article says that it stands.
type whether int

const (
	unsaid whether = iota
	atPage
	atAnother
)

func (p *pageReader) standsHere(article schemaorg.Object) whether {
	said := unsaid
	for _, member := range [...]string{"url", "mainEntityOfPage"} {
		for _, address := range schemaorg.Addresses(article[member]) {
			switch {
			case !isAddress(address):
			case p.isHere(address):
				return atPage
			default:
				said = atAnother
			}
		}
	}
	return said
}

// parts are the answers that the parts of an article give to whether they are
// free: one that is not is behind a paywall.
func (p *pageReader) parts(raw json.RawMessage) (all []string) {
	for _, one := range p.linked.Values(raw) {
		all = append(all, schemaorg.Texts(schemaorg.ObjectOf(one)["isAccessibleForFree"])...)
	}
	return all
}
