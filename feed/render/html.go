package render

import (
	"bytes"
	"strings"

	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"
)

// Of a story on a channel's page, so that a hundred of them weigh less than
// 50 KB. The whole stands on the page of the entry and in the feeds.
const (
	maxListExcerpt = 110
	maxListTerms   = 90
)

// htmlItem appends a story as a channel's page lists it: whose it is, the
// headline to the story's home, a line or two, the rest of the credit, and the
// date to our page about it. All is in the entry's language, so that the page
// may be in either. The style knows the parts by their order, and end tags
// that HTML does not ask for are left out.
func htmlItem(b []byte, x *facts) []byte {
	e := x.e
	b = append(attr(append(b, itemStart...), "lang", first(x.lang, undetermined)), '>')
	if x.d.NoIndex {
		b = append(b, "<div data-nosnippet>"...)
	}
	if e.Image != nil && href(e.Image.URL) != "" {
		b = attr(append(b, "<img"...), "src", href(e.Image.URL))
		b = append(escape(append(b, ` alt="`...), oneLine(e.Image.Caption), htmlEscapes), `" loading="lazy">`...)
	}
	b = escape(append(b, "<p>"...), x.source.Title, htmlEscapes)
	b = append(attr(append(b, "<h2><a"...), "href", x.link), '>')
	b = append(escape(b, x.title, htmlEscapes), "</a></h2>"...)
	b = append(b, x.notice...)
	if t := cut(x.summaryTxt, maxListExcerpt); t != "" {
		b = escape(append(b, "<p>"...), t, htmlEscapes)
	}
	b = append(b, "<p>"...)
	wrote := false
	for _, s := range segments(e, x.d, x.words, &x.parties, maxListTerms) {
		if s.label == x.words.original || s.label == x.words.source {
			continue
		}
		if wrote && !s.joined {
			b = append(b, " · "...)
		}
		b, wrote = escape(escape(b, s.label, htmlEscapes), s.text, htmlEscapes), true
	}
	if wrote {
		b = append(b, " · "...)
	}
	b = append(attr(append(b, "<a"...), "href", rooted(x.site, EntryURL(*x.site, e.ID))), '>')
	b = append(when(b, x), "</a>"...)
	if x.d.NoIndex {
		b = append(b, "</div>"...)
	}
	return append(b, '\n')
}

// when appends the date a story states, else, and so named, when we read it.
func when(b []byte, x *facts) []byte {
	t := x.e.Published
	if !statable(t) {
		t = x.updated
		b = append(b, x.words.seen...)
	}
	return append(b, x.words.moment(t, x.site.Zone)...)
}

const itemStart = "<li"

// htmlList puts stories into a list. The language that most are in is said
// once.
func htmlList(fragments [][]byte) []byte {
	if len(fragments) == 0 {
		return nil
	}
	counts := make(map[string]int)
	most := ""
	size := 64
	for _, f := range fragments {
		l := startTag(f)
		if counts[l]++; counts[l] > counts[most] {
			most = l
		}
		size += len(f)
	}
	b := append(make([]byte, 0, size), `<ol class="l"`...)
	b = append(append(b, most[len(itemStart):]...), '\n')
	for _, f := range fragments {
		if startTag(f) == most {
			f = f[len(most):]
			b = append(b, itemStart+">"...)
		}
		b = append(b, f...)
	}
	return append(b, "</ol>\n"...)
}

// startTag is the tag that a story begins with.
func startTag(fragment []byte) string {
	return string(fragment[:bytes.IndexByte(fragment, '>')+1])
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
