package feed

import (
	"slices"
	"strings"
	"unicode/utf8"

	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"

	"warta/sources"
	"warta/sources/evidence"
)

// usualExcerpt is the longest excerpt where the owner sets no limit, in
// characters: a summary that holds the whole story must not pass for one.
const usualExcerpt = 600

// cut shortens text to at most n characters (the usual number where n is 0),
// at a word.
func cut(s string, n int) string {
	if n <= 0 || n > usualExcerpt {
		n = usualExcerpt
	}
	if utf8.RuneCountInString(s) <= n {
		return s
	}
	runes := []rune(s)[:n-1] // one for the ellipsis
	short := string(runes)
	if i := strings.LastIndexAny(short, " \n\t"); i > len(short)/2 {
		short = short[:i]
	}
	return strings.TrimRight(short, " \n\t,;:–-") + "…"
}

func firstOf(a, b string) string {
	if a != "" {
		return a
	}
	return b
}

// PlainText is HTML as text, white space made one space.
func PlainText(markup string) string {
	if markup == "" {
		return ""
	}
	var b strings.Builder
	z := html.NewTokenizer(strings.NewReader(markup))
	for {
		switch z.Next() {
		case html.ErrorToken:
			return strings.Join(strings.Fields(b.String()), " ")
		case html.TextToken:
			b.Write(z.Text())
		default:
			b.WriteByte(' ')
		}
	}
}

// credited reports whether an image says whose it is, nobody forbids it, and
// its own licence, which goes before the story's (RFC 4946 section 2.4), lets it
// be shown where a permission doesn't.
func credited(i *sources.Image, d *Decision) bool {
	return i.Deny == "" && (i.Credit != "" || i.Copyright != "" || i.License != "") &&
		(i.License == "" || d.Permission != "" || opens(i.License, d.License))
}

// opens reports whether an image's licence is one for everybody. One that is not
// for commerce reaches this site where the story's is of that kind, too.
func opens(image, story string) bool {
	if image == story {
		return true
	}
	licence, known := evidence.Licence(image)
	return known && (!strings.Contains(licence, "-nc") || strings.Contains(story, "-nc"))
}

// creditedImages keeps the images that may be shown.
func creditedImages(first *sources.Image, all []sources.Image, d *Decision) (*sources.Image, []sources.Image) {
	if !d.Images {
		return nil, nil
	}
	if first != nil && !credited(first, d) {
		first = nil
	}
	var kept []sources.Image
	for i := range all {
		if credited(&all[i], d) {
			kept = append(kept, all[i])
		}
	}
	return first, kept
}

// allowedFiles keeps the files that may be shown; a picture among them only
// where it is one of the images kept.
func allowedFiles(all []sources.Enclosure, first *sources.Image, media []sources.Image, allowed bool) []sources.Enclosure {
	var kept []sources.Enclosure
	for _, f := range all {
		picture := strings.HasPrefix(strings.ToLower(f.Type), "image/")
		if picture && shown(f.URL, first, media) || !picture && allowed && f.Deny == "" {
			kept = append(kept, f)
		}
	}
	return kept
}

// shown reports whether an address is one of the images kept.
func shown(address string, first *sources.Image, media []sources.Image) bool {
	if address == "" {
		return false
	}
	if first != nil && first.URL == address {
		return true
	}
	for i := range media {
		if media[i].URL == address {
			return true
		}
	}
	return false
}

// withoutMedia takes the pictures that may not be shown out of HTML, with the
// figure and caption around them, and players where files may not be shown.
func withoutMedia(markup string, s stripper) string {
	if !mayHoldMedia(markup) {
		return markup
	}
	body := &html.Node{Type: html.ElementNode, Data: "body", DataAtom: atom.Body}
	nodes, err := html.ParseFragment(strings.NewReader(markup), body)
	if err != nil {
		return "" // what can't be read can't be checked
	}
	for _, n := range nodes {
		body.AppendChild(n)
	}
	s.strip(body)
	var b strings.Builder // and not markup: what breaks off mid-tag may be read otherwise elsewhere

	for n := body.FirstChild; n != nil; n = n.NextSibling {
		if html.Render(&b, n) != nil {
			return ""
		}
	}
	return b.String()
}

// mediaTags are the elements that show a picture or file, or could.
var mediaTags = map[string]bool{
	"img": true, "image": true, "picture": true, "source": true, "svg": true, "canvas": true, "video": true, "audio": true,
	"track": true, "iframe": true, "object": true, "embed": true, "input": true, "math": true, "link": true, "style": true,
	"base": true, "frame": true, "frameset": true, "bgsound": true,
	// what these hold is text to one reader and markup to another
	"noscript": true, "noembed": true, "noframes": true, "xmp": true, "plaintext": true, "template": true, "script": true,
	"textarea": true, "title": true,
}

// mayHoldMedia is a quick look over the tags: most texts hold no media.
func mayHoldMedia(markup string) bool {
	for i := 0; i < len(markup); i++ {
		if markup[i] != '<' {
			continue
		}
		end := i + 1
		for end < len(markup) && end-i < 12 && (markup[end]|0x20 >= 'a' && markup[end]|0x20 <= 'z') {
			end++
		}
		if strings.HasPrefix(markup[i:], "<!") || mediaTags[strings.ToLower(markup[i+1:end])] {
			return true
		}
		if end == i+2 && markup[i+1]|0x20 == 'a' && mayLead(markup[end:]) {
			return true
		}
	}
	return strings.Contains(markup, "background") || strings.Contains(markup, "url(")
}

// mayLead is a quick look at the rest of a link's tag: does it lead to a file
// of a kind that may be withheld.
func mayLead(rest string) bool {
	if end := strings.IndexByte(rest, '>'); end >= 0 {
		rest = rest[:end]
	}
	for {
		dot := strings.IndexByte(rest, '.')
		if dot < 0 {
			return false
		}
		rest = rest[dot:]
		end := 1
		for end < len(rest) && end < 7 && (rest[end]|0x20 >= 'a' && rest[end]|0x20 <= 'z' || rest[end] >= '0' && rest[end] <= '9') {
			end++
		}
		if fileKinds[strings.ToLower(rest[:end])] != "" {
			return true
		}
		rest = rest[1:]
	}
}

// stripper removes media from a tree.
type stripper struct {
	keep  func(address string) bool // is it an image that may be shown
	files bool
}

// strip removes media below n and reports whether it removed any.
func (s *stripper) strip(n *html.Node) (removed bool) {
	for c := n.FirstChild; c != nil; {
		next := c.NextSibling
		if c.Type == html.ElementNode && s.drop(c) {
			n.RemoveChild(c)
			removed = true
		} else if c.Type == html.ElementNode && s.strip(c) {
			removed = true
			if c.DataAtom == atom.A && s.leads(c) {
				removeAttr(c, "href")
			}
			// A figure without its picture is a caption without sense, a link
			// without its picture a hole.
			frame := c.DataAtom == atom.Figure || c.DataAtom == atom.Picture
			if frame && !holdsMedia(c) || c.DataAtom == atom.A && isEmpty(c) {
				n.RemoveChild(c)
			}
		} else if c.DataAtom == atom.A && s.leads(c) {
			unlink(c)
			removed = true
		}
		c = next
	}
	return removed
}

// drop reports whether an element shows a picture or file that may not be
// shown. Elements that could show one in other ways never may.
func (s *stripper) drop(n *html.Node) bool {
	switch n.Data {
	case "img":
		if !s.keep(attr(n, "src")) {
			return true
		}
		// Other sizes of the picture have other addresses; the one will do.
		removeAttr(n, "srcset", "sizes")
		return false
	case "picture":
		return false
	case "source", "track":
		return !s.files || n.Parent != nil && n.Parent.DataAtom == atom.Picture
	case "video", "audio", "iframe":
		return !s.files || attr(n, "poster") != "" && !s.keep(attr(n, "poster"))
	}
	return mediaTags[n.Data] || attr(n, "background") != "" || strings.Contains(strings.ToLower(attr(n, "style")), "url(")
}

func holdsMedia(n *html.Node) bool {
	for c := n.FirstChild; c != nil; c = c.NextSibling {
		if c.Type == html.ElementNode && (mediaTags[c.Data] && c.Data != "picture" || holdsMedia(c)) {
			return true
		}
	}
	return false
}

func attr(n *html.Node, name string) string {
	for _, a := range n.Attr {
		if a.Key == name {
			return a.Val
		}
	}
	return ""
}

func removeAttr(n *html.Node, names ...string) {
	n.Attr = slices.DeleteFunc(n.Attr, func(a html.Attribute) bool { return slices.Contains(names, a.Key) })
}

func isEmpty(n *html.Node) bool {
	for c := n.FirstChild; c != nil; c = c.NextSibling {
		if c.Type != html.TextNode || strings.TrimSpace(c.Data) != "" {
			return false
		}
	}
	return true
}
