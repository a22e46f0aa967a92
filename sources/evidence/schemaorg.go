package evidence

import (
	"bytes"
	"encoding/json"
	"slices"
	"strings"

	"warta/sources"
)

// The bounds on schema.org data: bytes, nesting and nodes.
const (
	maxJSON      = 1 << 20
	maxJSONDepth = 12
	maxJSONNodes = 5000
)

// jsonLD reads schema.org members about rights from a JSON-LD script: license,
// copyrightHolder, copyrightNotice, creditText, usageInfo and
// isAccessibleForFree of the article, not of its pictures or of the site.
func (p *pageReader) jsonLD(body []byte) {
	if len(body) > maxJSON {
		return
	}
	if !bytes.Contains(body, []byte("ccessible")) && !bytes.Contains(body, []byte("icense")) &&
		!bytes.Contains(body, []byte("opyright")) && !bytes.Contains(body, []byte("usageInfo")) &&
		!bytes.Contains(body, []byte("hasPolicy")) && !bytes.Contains(body, []byte("creditText")) {
		return
	}
	var data json.RawMessage
	if json.Unmarshal(repaired(body), &data) != nil {
		p.brokenJSON(body)
		return
	}
	nodes := maxJSONNodes
	p.node(data, 0, &nodes)
}

// node walks arrays and @graph and reads every object that is an article.
func (p *pageReader) node(data json.RawMessage, depth int, nodes *int) {
	*nodes--
	if depth > maxJSONDepth || *nodes < 0 || len(data) == 0 {
		return
	}
	switch data[0] {
	case '[':
		var list []json.RawMessage
		if json.Unmarshal(data, &list) == nil {
			for _, d := range list {
				p.node(d, depth+1, nodes)
			}
		}
	case '{':
		var object map[string]json.RawMessage
		if json.Unmarshal(data, &object) != nil {
			return
		}
		if plainNames(object); isArticle(object["@type"]) {
			p.article(object)
		}
		for _, member := range [...]string{"@graph", "mainEntity", "mainEntityOfPage"} {
			p.node(object[member], depth+1, nodes)
		}
	}
}

// plainNames names members that carry schema.org's prefix or address as those that
// do not. Of one that is there in both ways the unprefixed counts.
func plainNames(object map[string]json.RawMessage) {
	for name, value := range object {
		if short := kindOf(name); short != name && object[short] == nil {
			object[short] = value
		}
	}
}

var articleTypes = []string{"Article", "NewsArticle", "BlogPosting", "Report", "WebPage", "CreativeWork",
	"AnalysisNewsArticle", "AskPublicNewsArticle", "BackgroundNewsArticle", "OpinionNewsArticle", "ReportageNewsArticle",
	"ReviewNewsArticle", "LiveBlogPosting", "SocialMediaPosting", "TechArticle", "ScholarlyArticle", "AdvertiserContentArticle"}

func isArticle(raw json.RawMessage) bool {
	for _, t := range texts(raw) {
		if slices.Contains(articleTypes, kindOf(t)) {
			return true
		}
	}
	return false
}

func (p *pageReader) article(object map[string]json.RawMessage) {
	const where = "page schema.org "
	p.free(texts(object["isAccessibleForFree"]), where+"isAccessibleForFree")
	p.free(parts(object["hasPart"]), where+"hasPart isAccessibleForFree")
	for _, member := range [...]string{"hasPolicy", "odrl:hasPolicy", "http://www.w3.org/ns/odrl/2/hasPolicy"} {
		for _, address := range texts(object[member]) {
			p.policy(address, address, where+member)
		}
	}
	for _, licence := range texts(object["license"]) {
		if strings.Contains(licence, "://") || strings.HasPrefix(licence, "/") {
			p.licence(licence, "", where+"license")
		} else {
			p.statement(licence, where+"license")
		}
	}
	for _, member := range [...]string{"copyrightNotice", "usageInfo", "conditionsOfAccess"} {
		for _, words := range texts(object[member]) {
			if !strings.Contains(words, "://") {
				p.statement(words, where+member)
			}
		}
	}
	for _, member := range [...]string{"copyrightHolder", "creditText"} {
		for _, name := range texts(object[member]) {
			p.add(sources.Copyright, name, where+member, "")
		}
	}
}

// texts reads a schema.org value as text: itself, each of a list, or the name
// or address of an object.
func texts(raw json.RawMessage) []string {
	if len(raw) == 0 {
		return nil
	}
	switch raw[0] {
	case '"':
		var s string
		if json.Unmarshal(raw, &s) == nil && strings.TrimSpace(s) != "" {
			return []string{strings.TrimSpace(s)}
		}
	case '[':
		var list []json.RawMessage
		if json.Unmarshal(raw, &list) != nil || len(list) > 100 {
			return nil
		}
		var all []string
		for _, r := range list {
			if len(r) > 0 && r[0] != '[' {
				all = append(all, texts(r)...)
			}
		}
		return all
	case '{':
		var object map[string]json.RawMessage
		if json.Unmarshal(raw, &object) != nil {
			return nil
		}
		if list := object["@list"]; len(list) > 0 && list[0] == '[' {
			return texts(list)
		}
		for _, member := range [...]json.RawMessage{object["url"], object["name"], object["@id"], object["@value"]} {
			if len(member) > 0 && member[0] == '"' {
				return texts(member)
			}
		}
	default: // true, false, a number
		return []string{string(raw)}
	}
	return nil
}
