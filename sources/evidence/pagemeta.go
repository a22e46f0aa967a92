package evidence

import (
	"bytes"
	"strings"

	"warta/sources"
)

// quotable reports whether a tag may be quoted, so that it is worth keeping.
func quotable(raw []byte) bool {
	for _, name := range [...]string{"<meta", "<link", "<a", "<area"} {
		if len(raw) > len(name) && bytes.EqualFold(raw[:len(name)], []byte(name)) && (raw[len(name)] <= ' ' || raw[len(name)] == '/') {
			return true
		}
	}
	return false
}

// meta reads a meta element. Its name may carry a prefix with a colon or a dot,
// and robots may stand in a list of names.
func (p *pageReader) meta(attrs map[string]string, markup string) {
	if p.raw == "template" { // not part of the page
		return
	}
	name, content := strings.ToLower(strings.TrimSpace(first(first(attrs["name"], attrs["property"]), attrs["http-equiv"]))), attrs["content"]
	where := "page meta " + name
	for one := range strings.SplitSeq(name, ",") {
		if one = strings.TrimSpace(one); one == "robots" || isUs(one) {
			p.robots(content, markup, where)
			return
		}
	}
	switch dublinCore(name) {
	case "x-robots-tag":
		p.robots(forUs(content), markup, where)
	case "tdm-reservation":
		p.tdm(content, markup, where)
	case "tdm-policy":
		p.policy(resolved(p.base, content), markup, where)
	case "copyright", "rights", "dc.rights", "dc.accessrights", "dc.rights.accessrights":
		p.statement(content, where)
	case "dc.rightsholder":
		p.add(sources.Copyright, content, where, "")
	case "license", "licence", "dc.license", "dc.rights.license", "cc.license":
		if isAddress(content) {
			p.licence(content, "", markup, where)
		} else {
			p.statement(content, where)
		}
	case "article.content_tier", "og.article.content_tier": // Facebook's: free, metered or locked
		if tier := strings.ToLower(strings.TrimSpace(content)); tier == "locked" || tier == "metered" {
			p.add(sources.Paywall, markup, where, "")
		}
	}
}

// dublinCore gives the names of Dublin Core one spelling: dc.rights for
// DCTERMS.rights, dct:rights and dc:rights. Others only lose their colons.
func dublinCore(name string) string {
	name = strings.ReplaceAll(name, ":", ".")
	for _, prefix := range [...]string{"dcterms.", "dct."} {
		if rest, ok := strings.CutPrefix(name, prefix); ok {
			return "dc." + rest
		}
	}
	return name
}

// isAddress reports whether a value where an address or words may stand is an
// address.
func isAddress(s string) bool {
	s = strings.TrimSpace(s)
	if s == "" || strings.ContainsAny(s, " \t\n") {
		return false
	}
	for _, end := range [...]string{".html", ".htm", ".php", ".xml", ".json", ".txt", ".pdf"} {
		if strings.HasSuffix(strings.ToLower(s), end) {
			return true
		}
	}
	return strings.Contains(s, "://") || strings.IndexByte("/#.", s[0]) >= 0 || strings.HasPrefix(s, "www.")
}
