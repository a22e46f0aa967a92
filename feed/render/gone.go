package render

import (
	"time"

	"warta/feed"
)

// Gone is an entry that was shown in a channel and is no longer: it left, or
// may not be shown any more. Nothing is said of it but the ids by which whoever
// has it finds it. That is no withdrawal: the story may be well where it came
// from, and a document for everybody just lacks it. It is told to those who are
// sent what changed.
type Gone struct {
	Atom, RSS, JSON, Ninjs string // the ids it has there
	Original               string
	When                   time.Time
}

// GoneOf is what is said of an entry that is gone.
func GoneOf(e *feed.Entry, when time.Time) Gone {
	x := facts{e: e, parties: parties{link: home(e)}}
	x.identity()
	return Gone{Atom: x.atomID, RSS: x.guid, JSON: x.id, Ninjs: x.uri(), Original: e.OriginalID, When: when}
}

// atomGone appends tombstones without more than they must have (RFC 6721
// section 3). RSS takes them as an extension of its channel.
func atomGone(b []byte, h *Head, f Format) []byte {
	w := wordsFor(h.language())
	for _, g := range h.Gone {
		id := g.Atom
		b = append(b, tombstoneStart...)
		if f == RSS {
			b = attr(b, "xmlns:at", nsTomb)
			id = g.RSS
		}
		b = attr(b, "ref", id)
		b = append(g.When.UTC().AppendFormat(append(b, ` when="`...), time.RFC3339), "\">\n"...)
		b = append(attr(append(b, "<at:comment"...), "xml:lang", w.lang), '>')
		b = append(escape(b, w.gone, textEscapes), "</at:comment>\n"...)
		b = append(b, tombstoneEnd...)
	}
	return b
}

// jsonGone appends the ids to the head's member of our own.
func jsonGone(o *object, list []Gone) {
	objects(o, "gone", list, func(o *object, g Gone) {
		o.exact("id", g.JSON)
		o.time("when", g.When)
	})
}

// ninjsGone are objects that say no more than that they are withheld.
func ninjsGone(h *Head) (fragments [][]byte) {
	w := wordsFor(h.language())
	for _, g := range h.Gone {
		o := object{b: []byte{'{'}}
		o.str("uri", g.Ninjs)
		o.str("name", w.gone)
		o.str("type", "text")
		o.time("versionCreated", g.When)
		o.str("pubStatus", "withheld")
		o.str("edNote", w.gone)
		objects(&o, "altIds", []string{g.Original}, func(o *object, s string) {
			o.str("role", "original")
			o.exact("value", s)
		})
		o.obj("standard", func(o *object) {
			o.str("name", "ninjs")
			o.str("version", ninjsVersion)
			o.str("schema", ninjsSchema)
		})
		fragments = append(fragments, append(o.b, '}'))
	}
	return fragments
}
