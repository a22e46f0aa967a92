package evidence

import (
	"strings"

	"warta/sources"
	"warta/sources/prose"
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
		text = prose.Quote(text[:maxStatement])
	}
	if strings.IndexByte(text, '<') >= 0 || strings.IndexByte(text, '&') >= 0 {
		text = plain(text)
	}
	text = prose.Tidy(text) // one paragraph, wherever its lines were broken
	if strings.HasSuffix(strings.ToLower(where), "accessrights") && f.access(text, where) {
		return
	}
	before := len(f.list)
	f.whole = true
	f.words(text, where)
	f.whole = false
	f.licenceInStatement(text, where)
	switch {
	case len(f.list) > before:
	case claim(text):
		f.add(sources.Copyright, text, where, "")
	default:
		f.add(sources.Unclear, text, where, "")
	}
}

// plain is markup as text.
func plain(markup string) string {
	var words []string
	for _, b := range prose.Blocks(markup) {
		words = append(words, prose.Tidy(prose.WithoutTags(b.Text)))
	}
	return strings.Join(words, " ")
}

// maxClaim is how many words a mere claim has: a name, a year, "all article
// content copyright of respective source authors".
const maxClaim = 12

// claim reports whether a statement only claims: it holds a copyright mark, or
// it is a name or a year.
func claim(text string) bool {
	l := address().ReplaceAllString(prose.Lower(text), "")
	words := len(strings.FieldsFunc(l, prose.IsNoLetter))
	for _, mark := range claimMarks {
		if strings.Contains(l, mark) && words <= 4*maxClaim {
			return true
		}
	}
	return words <= maxClaim
}

var claimMarks = [...]string{"©", "ⓒ", "℗", "(c)", "copyright", "hak cipta", "rights", "derechos", "direitos", "droits", "rechte", "diritti", "著作権", "版权", "版權", "저작권"}
