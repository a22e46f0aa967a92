package render

import (
	"fmt"
	"io"
	"strings"
	"time"

	"warta/feed"
)

// Bounds of a news sitemap: search engines read a thousand addresses, of
// stories not older than two days.
const (
	MaxNews = 1000
	NewsAge = 48 * time.Hour
)

// NewsStory is a story in a news sitemap: our page of it, and whose it is.
type NewsStory struct {
	Page, Outlet, Language, Title string
	Published                     time.Time
}

// News says whether our page about an entry may be found by search engines,
// and how a news sitemap lists it. That is so where the whole text is shown,
// and the decision does not keep it out of indexes; every other page asks not
// to be listed, as its story's home is elsewhere.
func News(s feed.Shown, site feed.Site) (NewsStory, bool) {
	e, d := &s.Entry, &s.Decision
	if !indexable(e, d) || !statable(e.Published) {
		return NewsStory{}, false
	}
	p := partiesOf(e, d)
	w := wordsFor(e.Language, site.Language)
	return NewsStory{
		Page: EntryURL(site, e.ID), Outlet: p.source.Title, Title: title(e, w), Published: e.Published,
		Language: strings.ToLower(base(first(langTag(e.Language), langTag(site.Language), w.lang))),
	}, true
}

// Indexable reports whether our page about an entry may be found by search
// engines.
func Indexable(s feed.Shown) bool { return indexable(&s.Entry, &s.Decision) }

// indexable reports whether search engines may list our page about an entry.
func indexable(e *feed.Entry, d *feed.Decision) bool {
	return d.Use == feed.Full && !d.NoIndex && !withdrawal(e)
}

// base is a language tag without its region.
func base(tag string) string {
	s, _, _ := strings.Cut(tag, "-")
	return s
}

// NewsSitemap writes stories as a sitemap (sitemaps.org 0.9) with Google's news
// extension 0.9. The publication is the outlet, never we.
func NewsSitemap(w io.Writer, stories []NewsStory) error {
	b := append(make([]byte, 0, 256+512*len(stories)), `<?xml version="1.0" encoding="UTF-8"?>
<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9" xmlns:news="http://www.google.com/schemas/sitemap-news/0.9">
`...)
	for i := range stories {
		s := &stories[i]
		b = element(append(b, "<url>\n"...), "loc", s.Page)
		b = element(append(b, "<news:news>\n<news:publication>\n"...), "news:name", s.Outlet)
		b = element(b, "news:language", s.Language)
		b = moment(append(b, "</news:publication>\n"...), "news:publication_date", s.Published)
		b = append(element(b, "news:title", s.Title), "</news:news>\n</url>\n"...)
	}
	if _, err := w.Write(append(b, "</urlset>\n"...)); err != nil {
		return fmt.Errorf("writing a news sitemap: %w", err)
	}
	return nil
}
