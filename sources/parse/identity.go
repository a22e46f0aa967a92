package parse

import (
	"bytes"
	"crypto/sha256"
	"encoding/hex"
	"html"
	"strings"

	"warta/sources"
)

// identify gives every item its id: the one it states, else its link, else a
// digest of title and date. Two items of one document that state the same id
// but have different links are two stories: the second goes by its link, and
// so does a new one whose id an unchanged entry of the document has.
func identify(doc *sources.Document, unchanged map[string][]byte, warn *warnings) {
	if it := doc.Partial; it != nil {
		name(it, int(it.Offset-warn.shift), nil)
	}
	byID := make(map[string]int, len(doc.Items))
	for i := range doc.Items {
		it := &doc.Items[i]
		name(it, int(it.Offset-warn.shift), warn)
		if entry, ok := unchanged[it.GUID]; ok && it.GUID != "" && it.Link != "" && !mentions(entry, it.Link) {
			it.ID, it.IDFrom = it.Link, sources.IDFromLink
			warn.add("repeated-id", int(it.Offset-warn.shift), "an id stands for two stories; the new one goes by its link")
		}
		j, again := byID[it.ID]
		if !again {
			byID[it.ID] = i
			continue
		}
		first := &doc.Items[j]
		switch {
		case it.Fingerprint == first.Fingerprint || it.Link == first.Link && it.Title.Value == first.Title.Value:
			warn.add("repeated-entry", int(it.Offset-warn.shift), "an entry stands in the document twice")
		case it.Link != "" && it.Link != first.Link && it.IDFrom == sources.IDFromFeed:
			it.ID, it.IDFrom = it.Link, sources.IDFromLink
			warn.add("repeated-id", int(it.Offset-warn.shift), "an id stands for two stories; the second goes by its link")
		default:
			warn.add("repeated-id", int(it.Offset-warn.shift), "an id stands for two entries")
		}
	}
}

// name gives an item its id by itself.
func name(it *sources.Item, offset int, warn *warnings) {
	switch {
	case it.GUID != "":
		it.ID, it.IDFrom = it.GUID, sources.IDFromFeed
	case it.Link != "":
		it.ID, it.IDFrom = it.Link, sources.IDFromLink
		warn.add("entry-without-id", offset, "an entry states no id; its link takes the place")
	default:
		it.ID, it.IDFrom = digest(it), sources.IDFromDerived
		warn.add("entry-without-link", offset, "an entry states neither id nor link; its title and date take the place")
	}
}

// statedID finds the id of an entry that is not read, well enough to compare.
func statedID(entry []byte, opens ...string) string {
	for _, open := range opens {
		i := bytes.Index(entry, []byte(open))
		if i < 0 {
			continue
		}
		rest := entry[i+len(open):]
		if open[0] == '"' {
			rest = bytes.TrimLeft(rest, " :\"\n\t")
			if end := bytes.IndexAny(rest, "\",}"); end >= 0 {
				return string(rest[:end])
			}
			continue
		}
		i = bytes.IndexByte(rest, '>')
		if rest = bytes.TrimPrefix(trimXML(rest[i+1:]), cdataOpen); i >= 0 {
			if end := bytes.IndexAny(rest, "<]"); end >= 0 {
				return html.UnescapeString(trimmed(string(rest[:end])))
			}
		}
	}
	return ""
}

// mentions reports that an entry that is not read has that link in it, up to
// where it may be spelled in several ways.
func mentions(entry []byte, link string) bool {
	if i := strings.IndexAny(link, "&<>\"'"); i > 0 {
		link = link[:i]
	}
	return bytes.Contains(entry, []byte(link)) || bytes.Contains(entry, []byte(strings.ReplaceAll(link, "/", `\/`)))
}

// digest derives an id from what an entry without id and link does have.
func digest(it *sources.Item) string {
	h := sha256.New()
	for _, s := range []string{it.Title.Value, it.Published.Raw, it.Updated.Raw} {
		h.Write([]byte(s))
		h.Write([]byte{0})
	}
	if it.Title.Value == "" && it.Published.Raw == "" {
		h.Write([]byte(it.Summary.Value))
		h.Write([]byte(it.Content.Value))
	}
	return "urn:sha256:" + hex.EncodeToString(h.Sum(nil)[:16])
}
