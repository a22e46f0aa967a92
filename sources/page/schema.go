package page

import (
	"encoding/json"
	"html"
	"strings"

	"warta/sources"
)

// newsArticle is what a page's JSON-LD says in the vocabulary of schema.org
// about its main story: NewsArticle and its kin.
type newsArticle struct {
	Headline, Description, URL, Language   string
	Published, Modified                    string
	Image, Credit, License, Holder, Notice string
	Publisher                              string
	Authors                                []sources.Person

	found bool
}

// The bounds of what is looked at in JSON-LD.
const (
	maxLinked = 512 << 10 // bytes of one script
	maxDepth  = 12
)

// articleTypes are the types that are a story.
var articleTypes = map[string]bool{
	"Article": true, "NewsArticle": true, "ReportageNewsArticle": true, "AnalysisNewsArticle": true,
	"OpinionNewsArticle": true, "BackgroundNewsArticle": true, "LiveBlogPosting": true, "BlogPosting": true, "AdvertiserContentArticle": true,
}

// read takes the first article that a script of JSON-LD describes. What is not
// well-formed is passed over.
func (a *newsArticle) read(script string) {
	if a.found || len(script) > maxLinked {
		return
	}
	a.search(json.RawMessage(strings.TrimSpace(script)), 0)
}

// search looks for an article in a value, its list and its @graph.
func (a *newsArticle) search(raw json.RawMessage, depth int) {
	if a.found || depth > maxDepth || len(raw) == 0 {
		return
	}
	if raw[0] == '[' {
		for _, v := range list(raw) {
			a.search(v, depth+1)
		}
		return
	}
	obj := object(raw)
	if obj == nil {
		return
	}
	for _, t := range words(obj["@type"]) {
		if articleTypes[t] {
			a.fill(obj)
			return
		}
	}
	for _, key := range []string{"@graph", "mainEntity", "itemListElement"} {
		a.search(obj[key], depth+1)
	}
}

func (a *newsArticle) fill(obj map[string]json.RawMessage) {
	a.found = true
	a.Headline = word(obj["headline"])
	if a.Headline == "" {
		a.Headline = word(obj["name"])
	}
	a.Description = word(obj["description"])
	a.URL = word(obj["url"])
	a.Language = word(obj["inLanguage"])
	a.Published, a.Modified = word(obj["datePublished"]), word(obj["dateModified"])
	a.License, a.Notice = word(obj["license"]), word(obj["copyrightNotice"])
	a.Holder = name(obj["copyrightHolder"])
	a.Publisher = name(obj["publisher"])
	a.Image = word(obj["image"])
	if img := object(obj["image"]); img != nil {
		a.Image, a.Credit = word(img["url"]), word(img["creditText"])
	}
	for _, p := range list(obj["author"]) {
		person := sources.Person{Name: name(p)}
		if o := object(p); o != nil {
			person.URL = word(o["url"])
			person.Organization = word(o["@type"]) == "Organization"
		}
		if person.Name != "" && len(a.Authors) < 20 {
			person.Raw = person.Name
			a.Authors = append(a.Authors, person)
		}
	}
}

// object is a JSON object's members, nil for anything else; of a list, those
// of its first element.
func object(raw json.RawMessage) map[string]json.RawMessage {
	if l := list(raw); len(l) > 0 {
		raw = l[0]
	}
	var m map[string]json.RawMessage
	if json.Unmarshal(raw, &m) != nil {
		return nil
	}
	return m
}

// list is a value as a list: its elements, or itself alone.
func list(raw json.RawMessage) []json.RawMessage {
	if len(raw) == 0 || string(raw) == "null" {
		return nil
	}
	var l []json.RawMessage
	if json.Unmarshal(raw, &l) == nil {
		return l
	}
	return []json.RawMessage{raw}
}

// words are the strings of a value or of its list.
func words(raw json.RawMessage) (out []string) {
	for _, v := range list(raw) {
		var s string
		if json.Unmarshal(v, &s) == nil {
			out = append(out, strings.TrimSpace(html.UnescapeString(s)))
		}
	}
	return out
}

// word is the first of a value's strings; of an object its @id.
func word(raw json.RawMessage) string {
	if w := words(raw); len(w) > 0 {
		return w[0]
	}
	if o := object(raw); o != nil {
		if w := words(o["@id"]); len(w) > 0 {
			return w[0]
		}
	}
	return ""
}

// name is a person's or organization's name, however it is given.
func name(raw json.RawMessage) string {
	if w := words(raw); len(w) > 0 {
		return w[0]
	}
	if o := object(raw); o != nil {
		return word(o["name"])
	}
	return ""
}
