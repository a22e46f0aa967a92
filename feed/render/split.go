package render

import "bytes"

// Split takes the entries out of a document that was written here, in their
// order, as fragments for another one; tombstones stand by themselves, before
// the entries. Only Atom and RSS can be split: all text in them is escaped, so
// an element's end is where it seems to be.
func Split(f Format, document []byte) (tombstones, fragments [][]byte) {
	switch f {
	case Atom:
		return elements(document, tombstoneStart, tombstoneEnd), elements(document, "<entry", "</entry>\n")
	case RSS:
		return nil, elements(document, "<item", "</item>\n")
	}
	return nil, nil
}

// elements finds what begins on a line of its own with start and runs to end.
func elements(document []byte, start, end string) (out [][]byte) {
	from := []byte("\n" + start)
	for {
		i := bytes.Index(document, from)
		if i < 0 {
			return out
		}
		document = document[i+1:]
		n := bytes.Index(document, []byte(end))
		if n < 0 {
			return out
		}
		n += len(end)
		out = append(out, document[:n:n])
		document = document[n-1:] // the next may begin after this line's end
	}
}
