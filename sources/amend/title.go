package amend

import (
	"bytes"
	"strings"

	"golang.org/x/net/html"

	"warta/sources/prose"
)

// withdrawnTitle is the mark that newsrooms put before or behind the headline of
// a story they took back.
var withdrawnTitle = prose.Pattern(`^\s*(?:[\[(]\s*(?:berita\s+|artikel\s+|telah\s+)?(?:dicabut|ditarik|withdrawn|retracted)\s*[\])]|(?:(?:berita|artikel)\s+dicabut|telah\s+dicabut|withdrawn|retracted)\s*[:|–-])|^\s*(?:(?:berita|artikel)\s+dicabut|(?:story|article)\s+withdrawn)\s*$|[\[(]\s*(?:berita\s+|artikel\s+|telah\s+)?(?:dicabut|withdrawn|retracted)\s*[\])]\s*$`)

// markOf is the mark by which a headline says that its story was withdrawn, such
// as “[DICABUT]”. Only the mark: the rest is the headline that was taken back.
func markOf(title string) string {
	low := prose.Lower(title)
	at := withdrawnTitle().FindStringIndex(low)
	switch {
	case at == nil:
		return ""
	case len(low) == len(title):
		return strings.TrimSpace(title[at[0]:at[1]])
	}
	return strings.TrimSpace(low[at[0]:at[1]])
}

// WithdrawnTitle reports whether a page is titled as withdrawn: “[DICABUT] …”.
func WithdrawnTitle(page []byte) bool { return markOf(titleOf(page)) != "" }

// maxHead bounds how far into a page its title is looked for, in bytes.
const maxHead = 256 << 10

// titleOf is what a page calls itself: the first of title element, og:title and
// first heading that is marked as withdrawn, else the title element.
func titleOf(page []byte) string {
	z := html.NewTokenizer(bytes.NewReader(page[:min(len(page), maxHead)]))
	z.SetMaxBuf(maxHead)
	var (
		titles [3]string
		into   *string
	)
	for titles[0] == "" || titles[2] == "" || into != nil {
		switch z.Next() {
		case html.ErrorToken:
			return marked(titles[:])
		case html.TextToken:
			if into != nil && len(*into) < 1000 {
				*into += string(z.Text())
			}
		case html.EndTagToken:
			if name, _ := z.TagName(); string(name) == "title" || string(name) == "h1" {
				into = nil
			}
		case html.StartTagToken, html.SelfClosingTagToken:
			name, has := z.TagName()
			switch {
			case string(name) == "title" && titles[0] == "":
				into = &titles[0]
			case string(name) == "h1" && titles[2] == "":
				into = &titles[2]
			case string(name) == "meta" && has && titles[1] == "":
				titles[1] = openGraphTitle(z)
			}
		}
	}
	return marked(titles[:])
}

func openGraphTitle(z *html.Tokenizer) string {
	var property, content string
	for more := true; more; {
		var k, v []byte
		k, v, more = z.TagAttr()
		switch string(k) {
		case "property", "name":
			property = string(v)
		case "content":
			content = string(v)
		}
	}
	if property != "og:title" {
		return ""
	}
	return content
}

func marked(titles []string) string {
	for i := range titles {
		titles[i] = strings.Join(strings.Fields(html.UnescapeString(titles[i])), " ")
		if markOf(titles[i]) != "" {
			return titles[i]
		}
	}
	return titles[0]
}
