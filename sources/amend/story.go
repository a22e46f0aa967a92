package amend

import (
	"bytes"
	"net/url"
	"slices"
	"strings"
	"unicode/utf8"

	"golang.org/x/net/html"

	"warta/sources"
	"warta/sources/normalize"
	"warta/sources/prose"
	"warta/sources/schemaorg"
)

// passage is one paragraph of an article page.
type passage struct {
	text    string // plain
	markup  string // the same with its links, as <a href="…">
	article int    // the article element it stands in, from 1; 0: none
	linked  bool   // all of it is a link
	mark    string // the property or class by which its element is called a correction
}

// storyOf returns the paragraphs of a page that may be its story's own: not those
// of navigation, of boxes with other stories, of comments, or of other
// articles on the same page. address is the page's own, title the headline.
func storyOf(page []byte, address, title string) []passage {
	r := storyReader{own: pageKey(address), title: sources.Letters(title)}
	r.base, _ = url.Parse(address)
	z := html.NewTokenizer(bytes.NewReader(page[:min(len(page), maxPage)]))
	z.SetMaxBuf(maxPage)
	for {
		switch z.Next() {
		case html.ErrorToken:
			r.flush()
			return r.chosen()
		case html.StartTagToken:
			r.open(z)
		case html.SelfClosingTagToken:
			if name, _ := z.TagName(); prose.Breaks(string(name)) {
				r.flush()
			}
		case html.EndTagToken:
			name, _ := z.TagName()
			r.close(string(name))
		case html.TextToken:
			r.words(z.Text())
		}
	}
}

// frame is an open element.
type frame struct {
	name    string
	skip    bool // nothing in it is the story's
	others  bool // what follows in it are other stories
	article int
	mark    string
}

// The bounds on a page: bytes, and elements open at once.
const (
	maxPage = 4 << 20
	maxOpen = 512
)

// storyReader is one pass over a page.
type storyReader struct {
	base  *url.URL
	own   string // key of the page's own address
	title string // letters of the headline

	stack    []frame
	articles int
	top      []int // of each article, the one it is in; 0: none
	head     int   // the article that holds the first heading
	list     []passage

	text, markup strings.Builder
	link         int    // depth of links, 0 or 1
	href         string // of the link that is open
	bare         int    // letters outside of links
	away         bool   // a link in the paragraph leads to another page
	heading      string // h1 to h6 that is open
	teaser       int    // paragraphs that still belong to the heading of another story
}

// notStory are elements that hold nothing of a story.
var notStory = map[string]bool{"nav": true, "aside": true, "form": true, "footer": true, "script": true, "style": true, "noscript": true,
	"template": true, "textarea": true, "select": true, "svg": true, "iframe": true, "button": true, "title": true, "figure": true, "head": true, "dialog": true}

// boxes are words by which pages name what is beside a story.
var boxes = map[string]bool{"related": true, "relatedposts": true, "terkait": true, "comment": true, "comments": true, "komentar": true,
	"recommended": true, "recommendation": true, "recommendations": true, "rekomendasi": true, "popular": true, "populer": true, "terpopuler": true,
	"trending": true, "teaser": true, "teasers": true, "nav": true, "navbar": true, "menu": true, "breadcrumb": true, "breadcrumbs": true, "newsletter": true,
	"latest": true, "disqus": true, "respond": true, "terkini": true, "lainnya": true, "bacajuga": true, "footer": true, "colophon": true, "mostread": true, "ticker": true}

// beside heads a list of other stories.
var beside = prose.Pattern(`^\W*(?:(?:berita|artikel|tulisan|kabar)\s+(?:terkait|lain(?:nya)?|populer|terpopuler|terkini|terbaru|serupa|pilihan)|terkait|terpopuler|populer|rekomendasi.{0,30}|baca\s+juga|komentar.{0,20}|\d*\s*(?:comments?|responses?)\b.{0,20}|tinggalkan\s+(?:komentar|balasan)|leave\s+a\s+(?:reply|comment)|related.{0,30}|more\s+(?:from|stories|news).{0,40}|most\s+(?:read|popular).{0,20}|latest.{0,20}|trending.{0,20}|you\s+may\s+also.{0,20}|recommended.{0,30})\W*$`)

// isBox reports whether an element's names say that it stands beside the story.
// Names of the whole page speak of its layout.
func isBox(name, names string) bool {
	if names == "" || name == "html" || name == "body" || name == "main" || name == "article" {
		return false
	}
	for _, class := range strings.Fields(strings.ToLower(names)) {
		switch {
		case strings.HasPrefix(class, "widget_"), class == "sidebar", class == "widget-area", class == "right-sidebar", class == "left-sidebar":
			return true // in longer names these are words of the layout
		}
		parts := strings.FieldsFunc(class, prose.IsNoLetter)
		if len(parts) == 0 {
			continue
		}
		switch parts[0] {
		case "has", "with", "no", "without", "is", "not":
			continue
		}
		if slices.ContainsFunc(parts, func(p string) bool { return boxes[p] }) {
			return true
		}
	}
	return false
}

func (r *storyReader) open(z *html.Tokenizer) {
	b, more := z.TagName()
	name := string(b)
	var names, href, prop, kind string
	for n := 0; more && n < 32; n++ {
		var k, v []byte
		k, v, more = z.TagAttr()
		switch string(k) {
		case "class", "id":
			names += " " + string(v)
		case "href":
			href = string(v)
		case "itemprop":
			prop = string(v)
		case "itemtype":
			kind = schemaorg.Kind(string(v))
		}
	}
	if prose.Breaks(name) || prose.Void(name) && name != "img" {
		r.flush()
	}
	if prose.Void(name) {
		return
	}
	if name == "a" {
		r.openLink(href)
		return
	}
	if n := len(r.stack); n > 0 && (name == "p" || name == "li") && r.stack[n-1].name == name {
		r.stack = r.stack[:n-1] // its end may be left out
	}
	var f frame
	if n := len(r.stack); n > 0 {
		f = r.stack[n-1]
		f.skip = f.skip || f.others && name != "p"
		f.others = false
	}
	f.name = name
	f.skip = f.skip || notStory[name] || isBox(name, names) || kind == "Comment" || kind == "UserComments" || prose.HasToken(prop, "comment")
	if name == "article" && !f.skip && r.articles < maxOpen {
		r.articles++
		r.top = append(r.top, f.article)
		f.article = r.articles
	}
	if m := calledCorrection(names, prop); m != "" {
		f.mark = m
	}
	if len(name) == 2 && name[0] == 'h' && name[1] >= '1' && name[1] <= '6' {
		r.heading, r.teaser = name, 0
		if name == "h1" && r.head == 0 && !f.skip {
			r.head = f.article
		}
	}
	if len(r.stack) < maxOpen {
		r.stack = append(r.stack, f)
	}
}

// calledCorrection is how an element says by its name that it is a correction;
// the classes are a hint, the property a statement.
func calledCorrection(names, prop string) string {
	if prose.HasToken(prop, "correction") {
		return "itemprop=correction"
	}
	for _, part := range strings.FieldsFunc(strings.ToLower(names), prose.IsNoLetter) {
		switch part {
		case "correction", "corrections", "koreksi", "ralat", "erratum", "corrigendum":
			return "class " + part
		}
	}
	return ""
}

func (r *storyReader) openLink(href string) {
	r.link, r.href = 1, ""
	if u, err := url.Parse(strings.TrimSpace(href)); err == nil && href != "" && len(href) < 2000 {
		if r.base != nil {
			u = r.base.ResolveReference(u)
		}
		r.href = u.String()
	}
	r.markup.WriteString(`<a href="` + html.EscapeString(r.href) + `">`)
}

func (r *storyReader) words(b []byte) {
	n := len(r.stack)
	if n > 0 && r.stack[n-1].skip || r.text.Len() > 4*maxNote {
		return
	}
	r.text.Write(b)
	r.markup.WriteString(html.EscapeString(string(b)))
	switch {
	case len(bytes.TrimSpace(b)) == 0:
	case r.link == 0:
		r.bare += utf8.RuneCount(bytes.TrimSpace(b))
	case r.href != "" && pageKey(r.href) != r.own:
		r.away = true
	}
}

func (r *storyReader) close(name string) {
	if name == "a" {
		if r.link > 0 {
			r.markup.WriteString("</a>")
		}
		r.link = 0
		return
	}
	if prose.Breaks(name) {
		r.flush()
	}
	if name == r.heading {
		r.heading = ""
	}
	i := len(r.stack) - 1
	for i >= 0 && r.stack[i].name != name {
		i--
	}
	if i < 0 {
		return
	}
	if name != "p" && !strings.HasPrefix(name, "h") {
		r.teaser = 0
	}
	r.stack = r.stack[:i]
}

// flush ends a paragraph.
func (r *storyReader) flush() {
	text, markup := prose.Tidy(r.text.String()), r.markup.String()
	r.text.Reset()
	r.markup.Reset()
	linked := r.bare <= 2 && r.away
	r.bare, r.away = 0, false
	if text == "" || len(r.list) >= prose.MaxBlocks {
		return
	}
	var f frame
	n := len(r.stack)
	if n > 0 {
		f = r.stack[n-1]
	}
	if r.heading != "" {
		switch low := prose.Lower(text); {
		case r.title != "" && sources.Letters(text) == r.title:
		case linked:
			r.teaser = 2
			return
		case beside().MatchString(low):
			r.others(n - 2)
			return
		}
	} else if r.teaser > 0 {
		r.teaser--
		return
	}
	if f.skip {
		return
	}
	r.list = append(r.list, passage{text: text, markup: markup, article: f.article, linked: linked, mark: f.mark})
}

// others closes what follows a heading over other stories: the rest of the box
// it stands in; where that is the page or the article, only its lists and boxes.
func (r *storyReader) others(at int) {
	if at < 0 {
		return
	}
	switch f := &r.stack[at]; f.name {
	case "body", "html", "main", "article":
		f.others = true
	default:
		f.skip = true
	}
}

// chosen are the paragraphs of the article that is the page's, and those that
// stand in none. It is the one with most text, unless another holds the page's
// heading and isn't much shorter.
func (r *storyReader) chosen() []passage {
	sizes := make([]int, r.articles+1)
	for i := range r.list {
		sizes[r.list[i].article] += len(r.list[i].text)
	}
	best := 0
	for i := 1; i < len(sizes); i++ {
		if best == 0 || sizes[i] > sizes[best] {
			best = i
		}
	}
	if h := r.head; h > 0 && h != best && sizes[h]*4 >= sizes[best] {
		best = h
	}
	around := map[int]bool{0: true}
	for i := best; i > 0; i = r.top[i-1] {
		around[i] = true
	}
	return slices.DeleteFunc(r.list, func(p passage) bool { return !around[p.article] })
}

// pageKey tells one page of a site from another, on whichever of its hosts.
func pageKey(address string) string {
	_, path, _ := strings.Cut(normalize.Key(address), "/")
	return strings.TrimSuffix(strings.TrimSuffix(path, "?amp=1"), "/amp")
}
