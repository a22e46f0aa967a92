package evidence

import (
	"strings"

	"warta/sources"
	"warta/sources/prose"
)

// policy records a link to a policy for machines (ODRL 2.2, TDMRep section 5):
// it is quoted and carried on, and never read as leave to republish.
func (f *finder) policy(address, text, where string) {
	if address = strings.TrimSpace(address); address != "" && len(address) <= 2000 {
		f.add(sources.ODRLPolicy, text, where, address)
	}
}

// policies records those among a feed's or an entry's links.
func (f *finder) policies(links []sources.Link, place string) {
	for i := range links {
		if l := &links[i]; isPolicy(l.Rel) {
			f.policy(l.Href, l.Href, place+" link rel="+l.Rel)
		}
	}
}

// isPolicy reports whether a link's relations name a policy.
func isPolicy(rel string) bool {
	for _, r := range [...]string{"tdm-policy", "odrl:hasPolicy", "http://www.w3.org/ns/odrl/2/hasPolicy", "https://www.w3.org/ns/odrl/2/hasPolicy"} {
		if prose.HasToken(rel, r) {
			return true
		}
	}
	return false
}

// isPolicyType reports whether a licence link's type is that of a policy in
// ODRL rather than of a licence's text.
func isPolicyType(mediaType string) bool {
	mediaType = strings.ToLower(mediaType)
	return strings.Contains(mediaType, "odrl") || strings.Contains(mediaType, "rightsml") || strings.HasPrefix(mediaType, "application/ld+json")
}
