package normalize

import (
	_ "embed"
	"strings"
	"sync"
)

//go:embed places.txt
var placesFile string

// places are the names, in lower case, that stories are dated from. They only
// help to tell a dateline from a sentence; no place is decided by them.
var places = sync.OnceValue(func() map[string]bool {
	all := make(map[string]bool, 900)
	for row := range strings.Lines(placesFile) {
		all[strings.TrimRight(row, "\n")] = true
	}
	return all
})

// isPlace reports whether s is the name of a place, "Kota" and the like apart.
func isPlace(s string) bool {
	s = strings.ToLower(strings.Trim(s, " .,"))
	if places()[s] {
		return true
	}
	for _, p := range [...]string{"kota ", "kabupaten ", "kab. ", "kab ", "pulau ", "kabupaten"} {
		if r, ok := strings.CutPrefix(s, p); ok {
			return places()[r]
		}
	}
	// "Tangerang Selatan", "Jakarta Pusat": a known place and a side of it.
	if i := strings.LastIndexByte(s, ' '); i > 0 {
		switch s[i+1:] {
		case "utara", "selatan", "timur", "barat", "tengah", "tenggara", "pusat", "kota", "raya":
			return places()[s[:i]]
		}
	}
	return false
}
