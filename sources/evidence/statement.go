package evidence

import (
	"strings"
	"unicode"

	"warta/sources"
)

// maxStatement bounds a rights statement that is read, in bytes.
const maxStatement = 8 << 10

// statement reads a sentence that stands where rights are stated (atom:rights,
// copyright, dc:rights): whatever it says, it speaks of rights.
func (f *finder) statement(text, where string) {
	text = strings.TrimSpace(text)
	if text == "" {
		return
	}
	if len(text) > maxStatement {
		text = quote(text[:maxStatement])
	}
	if strings.IndexByte(text, '<') >= 0 || strings.IndexByte(text, '&') >= 0 {
		text = plain(text)
	}
	before := len(f.list)
	f.words(text, where)
	f.licenceInStatement(text, where)
	if len(f.list) > before {
		return
	}
	if claim(text) {
		f.add(sources.Copyright, text, where, "")
		return
	}
	f.add(sources.Unclear, text, where, "")
}

// plain is markup as text.
func plain(markup string) string {
	var words []string
	for _, b := range blocks(markup) {
		words = append(words, b.text)
	}
	return strings.Join(words, "\n")
}

// maxClaim is how many words a mere claim has: a name, a year, "all article
// content copyright of respective source authors".
const maxClaim = 12

// claim reports whether a statement only claims: it holds a copyright mark, or
// it is a name or a year.
func claim(text string) bool {
	l := strings.ToLower(text)
	for _, mark := range [...]string{"©", "℗", "(c)", "copyright", "hak cipta", "copyleft", "rights", "derechos", "direitos", "droits", "rechte", "diritti", "著作権", "版权", "版權", "저작권"} {
		if strings.Contains(l, mark) && len(strings.FieldsFunc(l, isNoLetter)) <= 4*maxClaim {
			return true
		}
	}
	return len(strings.FieldsFunc(l, isNoLetter)) <= maxClaim
}

func isNoLetter(r rune) bool { return !unicode.IsLetter(r) && !unicode.IsDigit(r) }
