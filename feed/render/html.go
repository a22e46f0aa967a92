package render

import (
	"bytes"
	"strings"
	"time"

	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"
)

// Of a story on a channel's page, so that a hundred of them stay light. The
// whole stands on the page of the entry and in the feeds.
const (
	maxListExcerpt = 160
	maxListTerms   = 90
)

// htmlItem appends a story as a channel's page lists it: headline to the
// story's home, a few lines, whose it is, and the date to our page about it.
// Everything is in the entry's language, so that the page may be in either.
func htmlItem(b []byte, x *facts) []byte {
	e := x.e
	b = attr(append(b, `<article class="s"`...), "lang", first(x.lang, undetermined))
	if x.d.NoIndex {
		b = append(b, " data-nosnippet"...)
	}
	b = append(b, ">\n"...)
	if e.Image != nil && href(e.Image.URL) != "" {
		b = attr(append(b, "<img"...), "src", href(e.Image.URL))
		b = append(escape(append(b, ` alt="`...), oneLine(e.Image.Caption), htmlEscapes), "\" loading=\"lazy\">\n"...)
	}
	b = append(escape(append(b, `<p class="from">`...), x.source.Title, htmlEscapes), "</p>\n"...)
	b = append(attr(append(b, "<h2><a"...), "href", x.link), '>')
	b = append(escape(b, x.title, htmlEscapes), "</a></h2>\n"...)
	b = append(b, x.notice...)
	if t := cut(x.summaryTxt, maxListExcerpt); t != "" {
		b = append(escape(append(b, "<p>"...), t, htmlEscapes), "</p>\n"...)
	}
	b = append(b, `<p class="meta">`...)
	for _, s := range segments(e, x.d, x.words, &x.parties, maxListTerms) {
		if s.label != x.words.original && s.label != x.words.source {
			b = append(escape(escape(b, s.label, htmlEscapes), s.text, htmlEscapes), " · "...)
		}
	}
	b = append(attr(append(b, "<a"...), "href", rooted(x.site, EntryURL(*x.site, e.ID))), '>')
	return append(when(b, x), "</a></p>\n</article>\n"...)
}

// when appends the date a story states, else, and so named, when we read it.
func when(b []byte, x *facts) []byte {
	t := x.e.Published
	if !statable(t) {
		t = x.updated
		b = append(b, x.words.seen...)
	}
	b = t.UTC().AppendFormat(append(b, `<time datetime="`...), time.RFC3339)
	return append(append(append(b, `">`...), x.words.moment(t, x.site.Zone)...), "</time>"...)
}

// balanced closes what a text left open and drops what closes what it never
// opened, so that it can't end the page's own elements.
func balanced(s string) (string, error) {
	if !strings.Contains(s, "<") {
		return s, nil
	}
	nodes, err := html.ParseFragment(strings.NewReader(s), &html.Node{Type: html.ElementNode, Data: "div", DataAtom: atom.Div})
	if err != nil {
		return "", err
	}
	var b bytes.Buffer
	for _, n := range nodes {
		if err := html.Render(&b, n); err != nil {
			return "", err
		}
	}
	return b.String(), nil
}
