package evidence

import (
	"html"
	"strings"
	"unicode"
	"unicode/utf8"
)

// block is one paragraph of a text, in plain words.
type block struct {
	text  string
	raw   string // the same with its tags, where it had any
	index int    // from 0
	of    int    // how many there are
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
// figure is marked, because what it says is about the picture. Only that and the
// paragraphs at the edges, where notices stand, are made plain.
func blocks(markup string) []block {
	list := make([]block, 0, 16)
	figure, begin := 0, 0
	flush := func(end int) {
		if raw := strings.TrimSpace(markup[begin:end]); raw != "" && len(list) < maxBlocks && !onlyTags(raw) {
			list = append(list, block{text: raw, index: len(list), image: figure > 0})
		}
	}
	for i := 0; i < len(markup); i++ {
		if markup[i] != '<' {
			continue
		}
		end := strings.IndexByte(markup[i:], '>')
		if end < 0 {
			break
		}
		name, closing := tagName(markup[i+1 : i+end])
		if breaks[name] {
			flush(i)
			begin = i + end + 1
			if name == "figure" && !closing {
				figure++
			} else if name == "figure" {
				figure = max(0, figure-1)
			}
		}
		i += end
	}
	flush(len(markup))
	for i := range list {
		if b := &list[i]; i < edge || i >= len(list)-edge || b.image {
			b.raw, b.text = b.text, tidy(withoutTags(b.text))
		}
	}
	return counted(list)
}

// onlyTags reports whether there is no text between the tags.
func onlyTags(raw string) bool {
	return raw[0] == '<' && raw[len(raw)-1] == '>' && strings.TrimSpace(withoutTags(raw)) == ""
}

func withoutTags(raw string) string {
	if strings.IndexByte(raw, '<') < 0 {
		return raw
	}
	var b strings.Builder
	b.Grow(len(raw))
	for raw != "" {
		i := strings.IndexByte(raw, '<')
		if i < 0 {
			i = len(raw)
		}
		b.WriteString(raw[:i])
		end := strings.IndexByte(raw[i:], '>')
		if end < 0 {
			break
		}
		raw = raw[i+end+1:]
	}
	return b.String()
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

// joined puts the lines together that one sentence was broken into: what begins
// with a small letter after a line without an end mark, and what shouts after
// what shouts.
func joined(list []block) []block {
	const longest, most = 200, 1000
	out := list[:0:0]
	for i := range list {
		b := list[i]
		n := len(out) - 1
		if n < 0 || len(b.text) > longest || len(out[n].text) > most || b.image != out[n].image || !continues(out[n].text, b.text) {
			out = append(out, b)
			continue
		}
		out[n].text += " " + b.text
		out[n].raw = first(out[n].raw, out[n].text) + " " + first(b.raw, b.text)
	}
	if len(out) == len(list) {
		return list
	}
	for i := range out {
		out[i].index = i
	}
	return counted(out)
}

// continues reports whether the line goes on with what the one before it
// began.
func continues(before, line string) bool {
	last, _ := utf8.DecodeLastRuneInString(before)
	next, _ := utf8.DecodeRuneInString(line)
	if !unicode.IsLetter(last) && last != ',' && last != '/' || !unicode.IsLetter(next) {
		return false
	}
	return unicode.IsLower(next) || shouts(before) && shouts(line)
}

func counted(list []block) []block {
	for i := range list {
		list[i].of = len(list)
	}
	return list
}

// tagName reads the name of a tag and whether the tag closes.
func tagName(tag string) (name string, closing bool) {
	if closing = strings.HasPrefix(tag, "/"); closing {
		tag = tag[1:]
	}
	end := 0
	for end < len(tag) && (tag[end]|0x20 >= 'a' && tag[end]|0x20 <= 'z' || tag[end] >= '0' && tag[end] <= '9') {
		end++
	}
	return strings.ToLower(tag[:end]), closing
}

// tidy decodes entities and makes every run of white space one space, the
// no-break kinds and invisible characters included: copy protection by
// odd spaces must not hide a notice.
func tidy(s string) string {
	if strings.IndexByte(s, '&') >= 0 {
		s = html.UnescapeString(s)
	}
	s = strings.TrimSpace(s)
	if isTidy(s) {
		return s
	}
	if strings.Contains(s, "  ") {
		s = unspaced(s)
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

// unspaced joins letters that are set apart, "D I L A R A N G  M E N G U T I P":
// the words stand further apart than the letters.
func unspaced(s string) string {
	words := strings.Split(s, "  ")
	for i, w := range words {
		letters := strings.Split(strings.TrimSpace(w), " ")
		apart := len(letters) > 2
		for _, l := range letters {
			apart = apart && utf8.RuneCountInString(l) == 1
		}
		if apart {
			words[i] = strings.Join(letters, "")
		}
	}
	return strings.Join(words, " ")
}

// isTidy reports whether tidy has nothing to do, which is the usual case.
func isTidy(s string) bool {
	for i := 0; i < len(s); i++ {
		switch c := s[i]; {
		case c > ' ' && c < 0xC2, c > 0xC2 && c != 0xE1 && c != 0xE2 && c != 0xE3 && c != 0xEF:
		case c == ' ' && (i == 0 || s[i-1] != ' '):
		case c >= utf8.RuneSelf:
			if r, _ := utf8.DecodeRuneInString(s[i:]); isSpace(r) || isInvisible(r) {
				return false
			}
		default:
			return false
		}
	}
	return true
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
