package page

import (
	"regexp"
	"slices"
	"strings"
	"sync"
	"unicode"

	"golang.org/x/net/html"

	"warta/sources"
	"warta/sources/normalize"
)

// visible is what a page shows of the story beside its text: the headline, and
// the date and the names that stand under it.
type visible struct {
	headline string   // the heading that the title repeats
	date     string   // the first date under the headline that can be read
	bylines  []string // the names under it, those of each element apart
}

// The bounds of what is looked at.
const (
	maxBelow     = 40  // elements below the headline
	maxAbove     = 8   // and above it
	maxHeadline  = 300 // bytes
	maxDateWords = 120
	maxNames     = 120
	maxBylines   = 5
)

// readVisible looks for the headline, which is the heading that the head's
// title repeats, and at what stands close to it: elsewhere are other stories'
// dates, and today's.
func readVisible(root *html.Node, title string) visible {
	var v visible
	var all []*html.Node
	at := -1
	for n := range root.Descendants() {
		if n.Type != html.ElementNode || n.Data == "script" || n.Data == "style" {
			continue
		}
		switch n.Data {
		case "h1", "h2", "h3":
			if at < 0 {
				if text := plain(n, maxHeadline); same(text, title) {
					v.headline, at = text, len(all)
				}
			}
		}
		if at >= 0 && len(all) > at+maxBelow {
			break
		}
		all = append(all, n)
	}
	if at < 0 {
		return v
	}
	for _, n := range all[at+1:] {
		if v.date == "" {
			v.date = dateIn(n)
		}
		if len(v.bylines) < maxBylines && saysAuthor(n) && !holdsAuthor(n) {
			if text := plain(n, maxNames); strings.IndexFunc(text, unicode.IsLetter) >= 0 && !strings.Contains(text, "://") && !slices.Contains(v.bylines, text) {
				v.bylines = append(v.bylines, text)
			}
		}
	}
	for i := at - 1; i >= max(0, at-maxAbove) && v.date == ""; i-- {
		v.date = dateIn(all[i])
	}
	return v
}

// same reports whether a heading is the story's, by the title in the head.
func same(heading, title string) bool {
	a, b := sources.Letters(heading), sources.Letters(title)
	return a != "" && (a == b || within(heading, title) || within(title, heading))
}

// dateIn reads a date off one element: its datetime, its content, or its words
// if its class says that it holds a date or a time of day stands with it.
func dateIn(n *html.Node) string {
	prop := strings.ToLower(attribute(n, "itemprop"))
	for _, raw := range [...]string{attribute(n, "datetime"), attribute(n, "content")} {
		if raw != "" && (prop == "datepublished" || n.Data == "time") && readable(raw) {
			return raw
		}
	}
	raw := plain(n, maxDateWords)
	if len(raw) < 8 {
		return ""
	}
	class := strings.ToLower(attribute(n, "class") + " " + attribute(n, "id") + " " + prop)
	dated := n.Data == "time"
	for _, w := range [...]string{"date", "time", "tanggal", "waktu", "publish", "posted", "tgl", "schedule"} {
		dated = dated || strings.Contains(class, w)
	}
	if (dated || len(raw) <= 60 && clock().MatchString(raw)) && readable(raw) {
		return raw
	}
	return ""
}

// clock finds a year and a time of day after it.
var clock = sync.OnceValue(func() *regexp.Regexp { return regexp.MustCompile(`\b(19|20)\d\d\b.{1,10}\b\d{1,2}[:.]\d{2}\b`) })

// readable reports whether a text is a date with its year; "10 menit lalu" is
// worth nothing on a page of unknown age.
func readable(raw string) bool {
	if len(raw) < 8 || len(raw) > maxDateWords || !strings.ContainsAny(raw, "0123456789٠١٢٣٤٥٦٧٨٩") {
		return false
	}
	_, ok := normalize.Date(raw, normalize.DateHints{})
	return ok
}

// saysAuthor reports whether an element says that it names the author: by rel,
// by itemprop, or by a class that is put together of such words, whatever the
// theme: "author-2", "article__byline", "nama_penulis".
func saysAuthor(n *html.Node) bool {
	if strings.EqualFold(attribute(n, "rel"), "author") || strings.EqualFold(attribute(n, "itemprop"), "author") {
		return true
	}
	for c := range strings.FieldsSeq(strings.ToLower(attribute(n, "class"))) {
		says, beside := false, false
		for part := range strings.FieldsFuncSeq(c, func(r rune) bool { return r == '-' || r == '_' || r == ':' || r == '/' }) {
			switch part {
			case "author", "authors", "byline", "penulis", "reporter", "writer", "jurnalis", "wartawan", "pewarta", "kontributor", "authorname", "auteur", "autor":
				says = true
			case "box", "bio", "info", "avatar", "image", "img", "photo", "thumb", "picture", "icon", "desc", "description", "social", "share", "date", "time",
				"title", "about", "list", "related", "more", "widget", "comment", "comments", "count", "posts", "email", "follow", "url", "role", "job", "page", "archive", "admin", "wrapper", "section", "card", "footer":
				beside = true
			}
		}
		if says && !beside {
			return true
		}
	}
	return false
}

// holdsAuthor reports whether an element inside says it more closely.
func holdsAuthor(n *html.Node) bool {
	seen := 0
	for d := range n.Descendants() {
		if d.Type == html.ElementNode && saysAuthor(d) && plain(d, maxNames) != "" {
			return true
		}
		if seen++; seen > maxBelow {
			return false
		}
	}
	return false
}

// plain is the text of a node with its white space folded, or nothing if it is
// longer than most bytes.
func plain(n *html.Node, most int) string {
	var b strings.Builder
	for d := range n.Descendants() {
		if d.Type == html.TextNode && (d.Parent == nil || d.Parent.Data != "script" && d.Parent.Data != "style") {
			b.WriteString(d.Data)
			b.WriteByte(' ')
		}
		if b.Len() > 4*most {
			return ""
		}
	}
	s := strings.Join(strings.Fields(b.String()), " ")
	if len(s) > most {
		return ""
	}
	return s
}

// complete takes from what is visible what the head did not say, or said with
// more words than the story's own.
func (h *head) complete(v visible) {
	title := first(h.meta["og:title"], h.meta["twitter:title"], h.title)
	if h.news.Headline == "" && v.headline != "" && within(v.headline, title) {
		h.news.Headline = v.headline // the rest is a rubric or the outlet's name
	}
	if h.published() == "" {
		h.news.Published = v.date
	}
}

// within reports whether a headline is a good part of a longer title.
func within(headline, title string) bool {
	a, b := sources.Letters(headline), sources.Letters(title)
	return len(a) < len(b) && len(a) > 12 && len(a)*2 > len(b) && strings.Contains(b, a)
}
