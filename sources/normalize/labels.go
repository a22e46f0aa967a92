package normalize

import (
	_ "embed"
	"strings"
	"sync"
)

//go:embed labels.tsv
var labelsFile string

// label is a word that says what the name after it did.
type label struct {
	role string // a Person's role, or two with a plus; "source" and "desk" are none
	weak bool   // counts without a colon too
	edge bool   // counts without a colon before a full name at the edge of a text
}

// longestLabel is how many bytes a label can have.
const longestLabel = 32

// labels holds the words of labels.tsv in lower case. A word that several
// languages use for different things means what it says first.
var labels = sync.OnceValue(func() map[string]label {
	all := make(map[string]label, 500)
	for row := range strings.Lines(labelsFile) {
		f := strings.Split(strings.TrimRight(row, "\n"), "\t")
		if len(f) != 3 || row[0] == '#' {
			continue
		}
		for w := range strings.SplitSeq(f[2], "|") {
			l, known := all[w]
			if !known {
				l.role = f[0]
			}
			if l.role == f[0] {
				l.weak = l.weak || f[1] == "weak"
				l.edge = l.edge || f[1] == "edge"
			}
			all[w] = l
		}
	}
	return all
})

// lowerLabel is lower for words that may have capitals outside ASCII.
func lowerLabel(s string) string {
	for i := 0; i < len(s); i++ {
		if s[i] >= 0x80 {
			return strings.ToLower(s)
		}
	}
	return lower(s)
}
