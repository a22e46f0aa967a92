package parse

import (
	"fmt"

	"warta/sources"
)

// maxWarnings bounds how many places a document can complain about: each code
// is reported once, where it was first met, with how often.
const maxWarnings = 64

// warnings collects what had to be forgiven.
type warnings struct {
	list  []sources.Warning
	count []int
	shift int64 // what was taken off before the bytes we count in
	blind bool  // the bytes were converted: offsets of the original are unknown
}

func (w *warnings) add(code string, offset int, format string, args ...any) {
	if w.again(code) || len(w.list) >= maxWarnings { // nil: a second walk over what was reported already
		return
	}
	at := int64(offset) + w.shift
	if w.blind || offset < 0 {
		at = -1
	}
	w.list = append(w.list, sources.Warning{Code: code, Message: fmt.Sprintf(format, args...), Offset: at})
	w.count = append(w.count, 1)
}

// again counts a warning that was given before; false if it wasn't.
func (w *warnings) again(code string) bool {
	if w == nil {
		return true
	}
	for i := range w.list {
		if w.list[i].Code == code {
			w.count[i]++
			return true
		}
	}
	return false
}

func (w *warnings) all() []sources.Warning {
	for i, n := range w.count {
		if n > 1 {
			w.list[i].Message += fmt.Sprintf(" (%d times)", n)
			w.count[i] = 1
		}
	}
	return w.list
}
