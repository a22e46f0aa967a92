package prose

import (
	"cmp"
	"fmt"
	"strings"
	"unicode"
	"unicode/utf8"
)

// Block is one paragraph of a text, in plain words.
type Block struct {
	Text  string
	Raw   string // the same with its tags, where it had any
	Index int    // from 0
	Of    int    // how many there are
	Image bool
}

// Edge is how many paragraphs at either end of a text are made plain: those
// in which newsrooms put what they say of the story.
const Edge = 5

// MaxBlocks bounds the paragraphs of one text.
const MaxBlocks = 5000

// Blocks cuts sanitized HTML into paragraphs of plain text. Text inside a
// figure is marked, because what it says is about the picture. Only that and the
// paragraphs at the edges, where notices stand, are made plain.
func Blocks(markup string) []Block {
	list := make([]Block, 0, 16)
	figure, begin := 0, 0
	flush := func(end int) {
		if raw := strings.TrimSpace(markup[begin:end]); raw != "" && len(list) < MaxBlocks && !onlyTags(raw) {
			list = append(list, Block{Text: raw, Index: len(list), Image: figure > 0})
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
		if breaking[name] {
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
		if b := &list[i]; i < Edge || i >= len(list)-Edge || b.Image {
			b.Raw, b.Text = b.Text, Tidy(WithoutTags(b.Text))
		}
	}
	return counted(list)
}

// onlyTags reports whether there is no text between the tags.
func onlyTags(raw string) bool {
	return raw[0] == '<' && raw[len(raw)-1] == '>' && strings.TrimSpace(WithoutTags(raw)) == ""
}

// Lines cuts plain text into paragraphs at its line breaks.
func Lines(plain string) []Block {
	var list []Block
	for _, l := range strings.FieldsFunc(plain, func(r rune) bool { return r == '\n' || r == '\r' || r == '\u2028' || r == '⏎' }) {
		if text := Tidy(l); text != "" && len(list) < MaxBlocks {
			list = append(list, Block{Text: text, Index: len(list)})
		}
	}
	return counted(list)
}

// Joined puts the lines together that one sentence was broken into: what begins
// with a small letter after a line without an end mark, and what shouts after
// what shouts.
func Joined(list []Block) []Block {
	const longest, most = 200, 1000
	out := list[:0:0]
	for i := range list {
		b := list[i]
		n := len(out) - 1
		if n < 0 || len(b.Text) > longest || len(out[n].Text) > most || b.Image != out[n].Image || !continues(out[n].Text, b.Text) {
			out = append(out, b)
			continue
		}
		out[n].Text += " " + b.Text
		out[n].Raw = cmp.Or(out[n].Raw, out[n].Text) + " " + cmp.Or(b.Raw, b.Text)
	}
	if len(out) == len(list) {
		return list
	}
	for i := range out {
		out[i].Index = i
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
	return unicode.IsLower(next) || Shouts(before) && Shouts(line)
}

func counted(list []Block) []Block {
	for i := range list {
		list[i].Of = len(list)
	}
	return list
}

// Place says where the block stands, in words.
func (b *Block) Place(where string) string {
	switch {
	case b.Of == 1:
		return where
	case b.Index == b.Of-1:
		return where + ", last paragraph"
	case b.Index == 0:
		return where + ", first paragraph"
	}
	return fmt.Sprintf("%s, paragraph %d of %d", where, b.Index+1, b.Of)
}
