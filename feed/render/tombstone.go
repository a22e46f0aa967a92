package render

import (
	"bytes"
	"time"

	"warta/feed"
)

// Tombstone renders a withdrawn entry. In Atom it is an at:deleted-entry with
// atom:source (RFC 6721 section 3), and beside it an entry with the same id
// and time that tells the public what was withdrawn, when and why (Pedoman
// Pemberitaan Media Siber, butir 5.c): whoever reads tombstones ignores that
// entry by the same section, everybody else finds it in the story's place.
// RSS and JSON Feed have no tombstones; there the notice takes the story's id.
//
// Nothing of the text is looked at. The entry must carry its Notice.
func Tombstone(f Format, s feed.Shown, site feed.Site) ([]byte, error) {
	if !withdrawal(&s.Entry) {
		return nil, refuse(&s.Entry, "it is not withdrawn")
	}
	if !statable(s.Entry.Notice.When) {
		return nil, refuse(&s.Entry, "its withdrawal has no time")
	}
	x, err := withdrawn(&s.Entry, &site)
	if err != nil {
		return nil, err
	}
	return write(f, x)
}

// withdrawn are the facts of a notice: whose story it was, and nothing of the
// story but its title, if that is still there.
func withdrawn(e *feed.Entry, site *feed.Site) (*facts, error) {
	a := &e.Attribution
	bare := &feed.Entry{
		ID: e.ID, Source: e.Source, OriginalID: e.OriginalID, KnownAs: e.KnownAs, Title: e.Title, Language: e.Language,
		Published: e.Published, Updated: e.Notice.When, FirstSeen: e.FirstSeen, Changed: e.Changed, Revision: 1,
		Regions: e.Regions, Notice: e.Notice,
		Attribution: feed.Attribution{
			Authors: a.Authors, Contributors: a.Contributors, Agency: a.Agency, Credit: a.Credit,
			URL: a.URL, GUID: a.GUID, IsPermaLink: a.IsPermaLink, IDFrom: a.IDFrom, Source: a.Source,
			Origin: a.Origin, Provenance: a.Provenance, Via: a.Via,
			Statements: a.Statements, Licenses: a.Licenses, Holder: a.Holder,
		},
	}
	x, err := describe(bare, &feed.Decision{}, site)
	if err != nil {
		return nil, err
	}
	x.revision = e.Revision
	x.title = x.words.withdrawn
	if t := oneLine(e.Title); t != "" {
		x.title += ": " + t
	}
	return x, nil
}

// deletedEntry appends a tombstone. By is the operator where the operator
// withdrew the entry, else the outlet.
func deletedEntry(b []byte, x *facts) []byte {
	n := x.e.Notice
	b = attr(append(b, tombstoneStart...), "ref", x.atomID)
	b = append(n.When.UTC().AppendFormat(append(b, ` when="`...), time.RFC3339), "\">\n"...)
	by := x.source.Title
	if n.By == "operator" {
		by = first(oneLine(x.site.Title), feed.Host(x.site.URL), by)
	}
	b = append(element(append(b, "<at:by>"...), "name", by), "</at:by>\n"...)
	if r := oneLine(n.Reason); r != "" {
		b = append(attr(append(b, "<at:comment"...), "xml:lang", x.words.lang), '>')
		b = append(escape(b, r, textEscapes), "</at:comment>\n"...)
	}
	b = entryLinks(b, "", x)
	b = atomSource(b, "", &x.source)
	return append(b, tombstoneEnd...)
}

// HasTombstone reports whether a fragment of Atom is that of a withdrawn entry.
func HasTombstone(fragment []byte) bool { return tombstoneLength(fragment) > 0 }

const (
	tombstoneStart = "<at:deleted-entry"
	tombstoneEnd   = "</at:deleted-entry>\n"
)

// tombstoneLength is how much of a fragment is a tombstone: all before its
// entry. No text can hold the end, as texts are escaped.
func tombstoneLength(fragment []byte) int {
	if !bytes.HasPrefix(fragment, []byte(tombstoneStart)) {
		return 0
	}
	return bytes.Index(fragment, []byte(tombstoneEnd)) + len(tombstoneEnd)
}
