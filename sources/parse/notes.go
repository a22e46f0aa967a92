package parse

import "strconv"

// noteMark begins every reference into the notes. gofeed carries it through
// untouched wherever it would rewrite the value itself: it is no URL with a
// scheme, has nothing to decode and nothing to trim.
const noteMark = "w~"

// note is a value as it stood in the document, with what held there.
type note struct {
	value string
	typ   string // text, html, xhtml, or a media type
	lang  string
	base  string
	src   string
}

// notes keeps what gofeed would drop or rewrite. gofeed is given the reference
// in its place and sorts that.
type notes struct{ list []note }

// add keeps a note and returns its reference.
func (n *notes) add(x note) string {
	n.list = append(n.list, x)
	return noteMark + strconv.Itoa(len(n.list)-1)
}

// get returns the note behind a value that came back from gofeed. A value that
// is no reference is a note itself.
func (n *notes) get(s string) note {
	if len(s) > len(noteMark) && s[:len(noteMark)] == noteMark {
		if i, err := strconv.Atoi(s[len(noteMark):]); err == nil && i >= 0 && i < len(n.list) {
			return n.list[i]
		}
	}
	return note{value: s}
}

func (n *notes) str(s string) string { return n.get(s).value }
