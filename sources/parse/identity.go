package parse

import (
	"crypto/sha256"
	"encoding/hex"

	"warta/sources"
)

// identify gives every item its id: the one it states, else its link, else a
// digest of title and date. Two items of one document that state the same id
// but have different links are two stories: the second goes by its link.
func identify(doc *sources.Document, warn *warnings) {
	byID := make(map[string]int, len(doc.Items))
	for i := range doc.Items {
		it := &doc.Items[i]
		switch {
		case it.GUID != "":
			it.ID, it.IDFrom = it.GUID, sources.IDFromFeed
		case it.Link != "":
			it.ID, it.IDFrom = it.Link, sources.IDFromLink
			warn.add("entry-without-id", int(it.Offset-warn.shift), "an entry states no id; its link takes the place")
		default:
			it.ID, it.IDFrom = digest(it), sources.IDFromDerived
			warn.add("entry-without-link", int(it.Offset-warn.shift), "an entry states neither id nor link; its title and date take the place")
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
