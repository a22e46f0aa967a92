package schemaorg

import (
	"encoding/json"
	"slices"
)

// Object is a JSON object by its members' names.
type Object = map[string]json.RawMessage

// The bounds on what is read: bytes of a script, nesting and nodes.
const (
	MaxScript = 1 << 20
	maxDepth  = 12
	maxNodes  = 5000
)

// Articles visits each article that a script describes, and reports whether the
// script could be read. What is longer than MaxScript is not.
func Articles(script []byte, visit func(article Object)) bool {
	var data json.RawMessage
	if len(script) > MaxScript || json.Unmarshal(repaired(script), &data) != nil {
		return false
	}
	w := walk{visit: visit, left: maxNodes}
	w.node(data, 0)
	return true
}

// walk is one pass over a script.
type walk struct {
	visit func(Object)
	left  int // nodes
}

// node walks arrays and @graph and visits every object that is an article.
func (w *walk) node(data json.RawMessage, depth int) {
	w.left--
	if depth > maxDepth || w.left < 0 || len(data) == 0 {
		return
	}
	switch data[0] {
	case '[':
		var list []json.RawMessage
		if json.Unmarshal(data, &list) == nil {
			for _, d := range list {
				w.node(d, depth+1)
			}
		}
	case '{':
		var object Object
		if json.Unmarshal(data, &object) != nil {
			return
		}
		if plainNames(object); isArticle(object["@type"]) {
			w.visit(object)
		}
		for _, member := range [...]string{"@graph", "mainEntity", "mainEntityOfPage"} {
			w.node(object[member], depth+1)
		}
	}
}

// plainNames names members that carry schema.org's prefix or address as those that
// do not. Of one that is there in both ways the unprefixed counts.
func plainNames(object Object) {
	for name, value := range object {
		if short := Kind(name); short != name && object[short] == nil {
			object[short] = value
		}
	}
}

var articleTypes = []string{"Article", "NewsArticle", "BlogPosting", "Report", "WebPage", "CreativeWork",
	"AnalysisNewsArticle", "AskPublicNewsArticle", "BackgroundNewsArticle", "OpinionNewsArticle", "ReportageNewsArticle",
	"ReviewNewsArticle", "LiveBlogPosting", "SocialMediaPosting", "TechArticle", "ScholarlyArticle", "AdvertiserContentArticle"}

// IsArticle reports whether a type is one of articles.
func IsArticle(kind string) bool { return slices.Contains(articleTypes, kind) }

func isArticle(raw json.RawMessage) bool {
	for _, t := range Texts(raw) {
		if IsArticle(Kind(t)) {
			return true
		}
	}
	return false
}
