package feed

import (
	"net/url"
	"path"
	"strings"

	"golang.org/x/net/html"
)

// fileKinds are the endings of addresses that lead to a picture or a recording
// itself, and not to a page with it.
var fileKinds = map[string]string{
	".jpg": "image", ".jpeg": "image", ".jpe": "image", ".jfif": "image", ".png": "image", ".gif": "image", ".webp": "image", ".avif": "image",
	".heic": "image", ".bmp": "image", ".svg": "image", ".tif": "image", ".tiff": "image", ".jxl": "image",
	".mp3": "file", ".m4a": "file", ".aac": "file", ".ogg": "file", ".oga": "file", ".opus": "file", ".wav": "file", ".flac": "file",
	".mp4": "file", ".m4v": "file", ".webm": "file", ".ogv": "file", ".mov": "file", ".avi": "file", ".mkv": "file", ".mpg": "file", ".mpeg": "file", ".3gp": "file", ".m3u8": "file",
}

// kindOf is image or file where an address leads to one, else "". A page about
// a picture is none, though it may end like one: /wiki/File:Pasar.jpg.
func kindOf(address string) string {
	u, err := url.Parse(strings.TrimSpace(address))
	if err != nil {
		return ""
	}
	name := path.Base(u.Path)
	if strings.Contains(name, ":") {
		return ""
	}
	return fileKinds[strings.ToLower(path.Ext(name))]
}

// leads reports whether a link leads to a picture or a recording that may not
// be shown.
func (s *stripper) leads(a *html.Node) bool {
	address := attr(a, "href")
	switch kindOf(address) {
	case "image":
		return !s.keep(address) && !holdsMedia(a) // around a picture that is kept it leads to the same, larger
	case "file":
		return !s.files
	}
	return false
}

// unlink takes such a link away and keeps its words, unless they are nothing
// but the address.
func unlink(a *html.Node) {
	words := strings.TrimSpace(PlainText(textOf(a)))
	removeAttr(a, "href")
	if kindOf(words) != "" {
		a.Parent.RemoveChild(a)
	}
}

func textOf(n *html.Node) string {
	if n.Type == html.TextNode {
		return html.EscapeString(n.Data)
	}
	var b strings.Builder
	for c := n.FirstChild; c != nil; c = c.NextSibling {
		b.WriteString(textOf(c))
	}
	return b.String()
}

// withoutFiles takes the addresses of pictures and recordings that may not be
// shown out of plain text, where an embedded one left its address behind, and
// tags, which some reader would take for markup.
func withoutFiles(text string, s stripper) string {
	if strings.Contains(text, "<") && mayHoldMedia(text) {
		text = PlainText(text)
	}
	if !strings.Contains(text, "://") {
		return text
	}
	words := strings.Fields(text)
	kept := words[:0]
	for _, w := range words {
		address := strings.Trim(w, "()[]<>\"'“”.,;")
		kind := ""
		if strings.Contains(address, "://") {
			kind = kindOf(address)
		}
		if kind == "image" && !s.keep(address) || kind == "file" && !s.files {
			continue
		}
		kept = append(kept, w)
	}
	if len(kept) == len(words) {
		return text
	}
	return strings.Join(kept, " ")
}
