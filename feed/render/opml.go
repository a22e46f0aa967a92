package render

import (
	"fmt"
	"io"

	"warta/feed"
	"warta/sources"
)

// Subscription is a source under the name that readers know it by.
type Subscription struct {
	Source sources.Source
	Title  string // the feed's own, where the operator gave none
}

func (s Subscription) name() string { return oneLine(s.Source.Name(s.Title)) }

// OPML writes sources as an OPML 2.0 subscription list under a title: all that
// we read, or those of a channel.
func OPML(w io.Writer, site feed.Site, title string, subscriptions []Subscription) error {
	b := opmlHead(&site, first(title, site.Title))
	for _, s := range subscriptions {
		u := href(s.Source.Feed)
		if u == "" {
			continue
		}
		b = outline(b, s.name(), "", langTag(s.Source.Language), u, href(s.Source.URL), "")
	}
	return opmlEnd(w, b)
}

// ChannelsOPML writes our channels as a subscription list, in one format each:
// the first of those listed that a channel has.
func ChannelsOPML(w io.Writer, site feed.Site, channels []Head, formats ...Format) error {
	if len(formats) == 0 {
		formats = []Format{Atom, RSS}
	}
	b := opmlHead(&site, site.Title)
	for i := range channels {
		h := &channels[i]
		for _, f := range formats {
			if u := h.Alternates[f]; u != "" {
				version := ""
				if f == RSS {
					version = "RSS2"
				}
				b = outline(b, first(oneLine(h.Channel.Title), h.Channel.ID), oneLine(h.Channel.Description), h.language(), u, h.Page, version)
				break
			}
		}
	}
	return opmlEnd(w, b)
}

func opmlHead(site *feed.Site, title string) []byte {
	b := append(make([]byte, 0, 4096), "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<opml version=\"2.0\">\n<head>\n"...)
	b = element(b, "title", first(oneLine(title), feed.Host(site.URL)))
	b = element(b, "ownerName", oneLine(site.Title))
	b = element(b, "ownerEmail", mail(site.Contact))
	b = element(b, "ownerId", href(site.URL))
	return append(b, "</head>\n<body>\n"...)
}

// outline appends a subscription: text, title, type and xmlUrl are required.
func outline(b []byte, name, description, language, feedURL, page, version string) []byte {
	b = attr(attr(append(b, `<outline type="rss"`...), "text", name), "title", name)
	b = attr(attr(attr(attr(attr(b, "description", description), "language", language), "version", version), "xmlUrl", feedURL), "htmlUrl", page)
	return append(b, "/>\n"...)
}

func opmlEnd(w io.Writer, b []byte) error {
	if _, err := w.Write(append(b, "</body>\n</opml>\n"...)); err != nil {
		return fmt.Errorf("writing OPML: %w", err)
	}
	return nil
}
