package schemaorg

import (
	"encoding/json"
	"maps"
	"slices"
)

// Graph is what the scripts of a page say together: the articles they describe,
// and the objects with an @id, to which others point (JSON-LD 1.1 section 3.3).
type Graph struct {
	Articles []Object
	byID     map[string]json.RawMessage
}

// maxValues bounds the articles of one page, and the values of one member.
const maxValues = 100

// Add takes in a script, and reports whether it could be read. What is longer
// than MaxScript is not.
func (g *Graph) Add(script []byte) bool {
	var data json.RawMessage
	if len(script) > MaxScript || json.Unmarshal(repaired(script), &data) != nil {
		return false
	}
	w := walk{left: maxNodes, visit: func(article Object) {
		if len(g.Articles) < maxValues {
			g.Articles = append(g.Articles, article)
		}
	}}
	w.node(data, 0)
	left := maxNodes
	g.index(data, 0, &left)
	return true
}

// index keeps the objects that others may point to: of two with one @id the
// one that says more.
func (g *Graph) index(data json.RawMessage, depth int, left *int) {
	*left--
	if depth > maxDepth || *left < 0 || len(data) == 0 {
		return
	}
	for _, d := range items(data) {
		g.index(d, depth+1, left)
	}
	object := ObjectOf(data)
	if id := Texts(object["@id"]); len(id) == 1 && len(object) > 1 && len(g.byID[id[0]]) < len(data) {
		if g.byID == nil {
			g.byID = make(map[string]json.RawMessage)
		}
		g.byID[id[0]] = data
	}
	for _, name := range slices.Sorted(maps.Keys(object)) {
		g.index(object[name], depth+1, left)
	}
}

// Values are a member's value, or the several of a list, with what a reference
// points to in its place.
func (g *Graph) Values(raw json.RawMessage) (list []json.RawMessage) {
	if list = items(raw); list == nil && len(raw) > 0 {
		list = []json.RawMessage{raw}
	}
	list = list[:min(len(list), maxValues)]
	for i, one := range list {
		id := Texts(one)
		if object := ObjectOf(one); object != nil {
			if id = Texts(object["@id"]); len(object) > 1 {
				id = nil // it says something itself
			}
		}
		if len(id) == 1 && g.byID[id[0]] != nil {
			list[i] = g.byID[id[0]]
		}
	}
	return list
}

// items are those of a list; of anything else there are none.
func items(raw json.RawMessage) (list []json.RawMessage) {
	if len(raw) == 0 || raw[0] != '[' || json.Unmarshal(raw, &list) != nil {
		return nil
	}
	return list
}

// ObjectOf reads an object; of anything else there is none.
func ObjectOf(raw json.RawMessage) (object Object) {
	if len(raw) == 0 || raw[0] != '{' || json.Unmarshal(raw, &object) != nil {
		return nil
	}
	plainNames(object)
	return object
}

// Names reads a value as names: where an object has one, that before its
// address.
func Names(raw json.RawMessage) []string { return preferring(raw, "name", "legalName") }

// Addresses reads a value as addresses: where an object has one, that before
// its name.
func Addresses(raw json.RawMessage) []string { return preferring(raw, "url", "@id") }

func preferring(raw json.RawMessage, members ...string) []string {
	object := ObjectOf(raw)
	for _, member := range members {
		if said := Texts(object[member]); len(said) > 0 {
			return said[:1]
		}
	}
	return Texts(raw)
}
