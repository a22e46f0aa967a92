package evidence

import (
	"html"
	"strings"
	"unicode/utf8"
)

// block is one paragraph of a text, in plain words.
type block struct {
	text  string
	index int // from 0
	of    int // how many there are
	image bool
}

// maxBlocks bounds the paragraphs of one text.
const maxBlocks = 5000

// breaks are the elements that end a paragraph.
var breaks = map[string]bool{
	"p": true, "div": true, "br": true, "li": true, "ul": true, "ol": true, "dl": true, "dt": true, "dd": true,
	"h1": true, "h2": true, "h3": true, "h4": true, "h5": true, "h6": true, "blockquote": true, "pre": true,
	"table": true, "tr": true, "td": true, "th": true, "hr": true, "figure": true, "figcaption": true,
	"section": true, "article": true, "header": true, "footer": true, "aside": true, "nav": true, "main": true,
	"address": true, "details": true, "summary": true, "img": true, "form": true,
}

// blocks cuts sanitized HTML into paragraphs of plain text. Text inside a
// figure is marked, because what it says is about the picture.
func blocks(markup string) []block {
	var list []block
	var b strings.Builder
	figure := 0
	flush := func() {
		if text := tidy(b.String()); text != "" && len(list) < maxBlocks {
			list = append(list, block{text: text, index: len(list), image: figure > 0})
		}
		b.Reset()
	}
	for markup != "" {
		i := strings.IndexByte(markup, '<')
		if i < 0 {
			b.WriteString(markup)
			break
		}
		b.WriteString(markup[:i])
		end := strings.IndexByte(markup[i:], '>')
		if end < 0 {
			b.WriteString(markup[i:])
			break
		}
		tag := markup[i+1 : i+end]
		markup = markup[i+end+1:]
		closing := strings.HasPrefix(tag, "/")
		name := tagName(strings.TrimPrefix(tag, "/"))
		if !breaks[name] {
			continue
		}
		flush()
		if name == "figure" {
			if !closing {
				figure++
			} else if figure > 0 {
				figure--
			}
		}
	}
	flush()
	return counted(list)
}

// lines cuts plain text into paragraphs at its line breaks.
func lines(plain string) []block {
	var list []block
	for _, l := range strings.FieldsFunc(plain, func(r rune) bool { return r == '\n' || r == '\r' || r == '\u2028' || r == '⏎' }) {
		if text := tidy(l); text != "" && len(list) < maxBlocks {
			list = append(list, block{text: text, index: len(list)})
		}
	}
	return counted(list)
}

func counted(list []block) []block {
	for i := range list {
		list[i].of = len(list)
	}
	return list
}

func tagName(tag string) string {
	end := 0
	for end < len(tag) && tag[end] != ' ' && tag[end] != '/' && tag[end] != '\t' && tag[end] != '\n' && tag[end] != '\r' {
		end++
	}
	return strings.ToLower(tag[:end])
}

// tidy decodes entities and makes every run of white space one space, the
// no-break kinds and invisible characters included: copy protection by
// odd spaces must not hide a notice.
func tidy(s string) string {
	if strings.IndexByte(s, '&') >= 0 {
		s = html.UnescapeString(s)
	}
	var b strings.Builder
	b.Grow(len(s))
	space := true
	for i := 0; i < len(s); {
		r, n := rune(s[i]), 1
		if r >= utf8.RuneSelf {
			r, n = utf8.DecodeRuneInString(s[i:])
		}
		switch {
		case isSpace(r):
			if !space {
				b.WriteByte(' ')
			}
			space = true
		case isInvisible(r):
		default:
			b.WriteString(s[i : i+n])
			space = false
		}
		i += n
	}
	return strings.TrimSuffix(b.String(), " ")
}

func isSpace(r rune) bool {
	switch r {
	case ' ', '\t', '\n', '\v', '\f', '\r', '\u0085', '\u00a0', '\u1680', '\u2028', '\u2029', '\u202f', '\u205f', '\u3000':
		return true
	}
	return r >= '\u2000' && r <= '\u200a'
}

// isInvisible: soft hyphen, zero width space and joiners, byte order mark.
func isInvisible(r rune) bool {
	return r == '\u00ad' || r >= '\u200b' && r <= '\u200f' || r == '\u2060' || r == '\ufeff'
}
