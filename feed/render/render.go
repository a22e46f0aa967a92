// Package render writes what we publish as Atom (RFC 4287), RSS 2.0, JSON Feed
// 1.1, ninjs 3.1, OPML 2.0 and web pages, with the attribution of every entry whole in
// each of them.
//
// It is pure: values in, bytes out, the same bytes for the same values; no
// clock, no I/O, nothing decided. What an audience may not see was removed
// before (feed.Shown); here an entry is refused only where its attribution
// would be lost or where it carries more than its own decision allows.
//
// An entry is rendered once into a fragment, and a document is a head and
// fragments. The XML documents leave through gorilla/feeds' WriteXML, which
// passes inner XML untouched. Its own feed types are not used: they can't hold
// atom:source, rights, licences, several authors or languages, and they give
// an entry without id a new one at each rendering. feeds.JSONFeed is not used
// either: it has no language, no extension member, no attachment sizes and
// drops the required items of an empty feed. EXTENSIONS.md lists what we add.
package render

import (
	"bytes"
	"fmt"
	"io"
	"time"

	"warta/feed"
	"warta/sources"
)

// Format is one of the forms a channel is published in.
type Format string

const (
	Atom  Format = "atom"
	RSS   Format = "rss"
	JSON  Format = "json"
	Ninjs Format = "ninjs"
	HTML  Format = "html"
)

// Formats lists every Format, feeds first.
var Formats = []Format{Atom, RSS, JSON, Ninjs, HTML}

// MediaType is the bare media type, as a link's type attribute has it.
func (f Format) MediaType() string {
	switch f {
	case Atom:
		return "application/atom+xml"
	case RSS:
		return "application/rss+xml"
	case JSON:
		return "application/feed+json"
	case Ninjs:
		return "application/json" // none is registered for it
	}
	return "text/html"
}

// ContentType is the media type as an HTTP response states it.
func (f Format) ContentType() string {
	if f == JSON || f == Ninjs {
		return f.MediaType() // always UTF-8 (RFC 8259 section 8.1)
	}
	return f.MediaType() + "; charset=utf-8"
}

// Extension is the end of a document's file name, with its dot.
func (f Format) Extension() string {
	switch f {
	case Atom, RSS, JSON:
		return "." + string(f)
	case Ninjs:
		return ".ninjs.json"
	}
	return ".html"
}

// Name is what people call the format.
func (f Format) Name() string {
	switch f {
	case Atom:
		return "Atom"
	case RSS:
		return "RSS"
	case JSON:
		return "JSON Feed"
	case Ninjs:
		return "ninjs"
	}
	return "HTML"
}

// Head is what a document says of itself. It carries no rights and no licence:
// in Atom an entry without its own would inherit them (RFC 4287 section
// 4.2.10, RFC 4946 section 2.4).
type Head struct {
	Site       feed.Site
	Channel    feed.Channel
	ID         string            // atom:id of the channel; empty: Page
	Self       string            // absolute address of this document
	Page       string            // the channel's page
	Alternates map[Format]string // the channel in its other formats
	Updated    time.Time         // the newest entry's change; zero: no entry yet
	Hubs       []string          // WebSub hubs
	Links      []sources.Link    // further links, such as prev-archive (RFC 5005)
	Archive    bool              // an archive document (RFC 5005 section 4)
	Complete   bool              // entries absent here are not in the feed (RFC 5005 section 2)
	Gone       []Gone            // what was shown and is no longer, in what is sent to subscribers
	Switch     string            // page: its address in the other language
	Sources    string            // page: the channel's sources as OPML
}

// language is what our own words in the document are written in.
func (h *Head) language() string {
	if l := langTag(h.Channel.Language); l != "" {
		return l
	}
	return langTag(h.Site.Language)
}

func (h *Head) id() string {
	if h.ID != "" {
		return h.ID
	}
	return h.Page
}

// Fragment renders one entry. It fails, naming the entry, where the format
// could not carry who wrote it, where it came from, its way home or its terms;
// the caller leaves that entry out and says so.
func Fragment(f Format, s feed.Shown, site feed.Site) ([]byte, error) {
	x, err := gather(&s.Entry, &s.Decision, &site)
	if err != nil {
		return nil, err
	}
	return write(f, x)
}

// write renders what is gathered. Fragments are kept for long, so they don't
// keep the room they were written in.
func write(f Format, x *facts) ([]byte, error) {
	text := len(x.content) + len(x.summary) + len(x.credit) + len(x.notice)
	if f == HTML {
		text = 0 // lists stories, not texts
	}
	b := make([]byte, 0, 3<<10+text+text/4)
	switch f {
	case Atom:
		if withdrawal(x.e) {
			b = deletedEntry(b, x)
		}
		b = atomEntry(b, x)
	case RSS:
		b = rssItem(b, x)
	case JSON:
		b = jsonItem(b, x)
	case Ninjs:
		b = ninjsItem(b, x)
	case HTML:
		b = htmlItem(b, x)
	default:
		return nil, fmt.Errorf("rendering entry %s: %w: no format %q", x.e.ID, feed.ErrInvalid, f)
	}
	if why := kept(b, f, x); why != "" {
		return nil, refuse(x.e, why)
	}
	if cap(b)-len(b) > len(b)/3 {
		return bytes.Clone(b), nil
	}
	return b, nil
}

// withdrawal reports whether an entry stands for a notice that it is withdrawn.
func withdrawal(e *feed.Entry) bool { return e.Notice != nil && e.Notice.Kind == feed.Withdrawal }

// Document writes a head and fragments, all of the same format.
func Document(w io.Writer, f Format, h Head, fragments [][]byte) error {
	var err error
	switch f {
	case Atom:
		err = atomDocument(w, &h, fragments)
	case RSS:
		err = rssDocument(w, &h, fragments)
	case JSON:
		err = jsonDocument(w, &h, fragments)
	case Ninjs:
		err = ninjsDocument(w, &h, fragments)
	case HTML:
		err = ChannelPage(w, h, fragments)
	default:
		err = fmt.Errorf("%w: no format %q", feed.ErrInvalid, f)
	}
	if err != nil {
		return fmt.Errorf("writing channel %s as %s: %w", h.Channel.ID, f, err)
	}
	return nil
}

// EntryURL is the address of our page about an entry.
func EntryURL(site feed.Site, id string) string { return site.URL + "entries/" + id }

// emptySince stands for the updated that Atom demands of a feed that has no
// entry yet: a fixed moment, so that the document stays the same.
var emptySince = time.Unix(0, 0).UTC()
