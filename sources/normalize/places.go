package normalize

import (
	_ "embed"
	"slices"
	"strings"
	"sync"
)

//go:embed places.txt
var placesFile string

// places are the names, in lower case and sorted, that stories are dated from.
// They only help to tell a dateline from a sentence; no place is decided by
// them.
var places = sync.OnceValue(func() []string { return strings.Split(strings.TrimSuffix(placesFile, "\n"), "\n") })

func knownPlace(s string) bool {
	_, ok := slices.BinarySearch(places(), s)
	return ok
}

// isPlace reports whether s is the name of a place, "Kota" and the like apart.
func isPlace(s string) bool {
	s = strings.ToLower(strings.Trim(s, " .,"))
	if knownPlace(s) {
		return true
	}
	for _, p := range [...]string{"kota ", "kabupaten ", "kab. ", "kab ", "pulau ", "kabupaten"} {
		if r, ok := strings.CutPrefix(s, p); ok {
			return knownPlace(r)
		}
	}
	// "Tangerang Selatan", "Jakarta Pusat": a known place and a side of it.
	if i := strings.LastIndexByte(s, ' '); i > 0 {
		switch s[i+1:] {
		case "utara", "selatan", "timur", "barat", "tengah", "tenggara", "pusat", "kota", "raya":
			return knownPlace(s[:i])
		}
	}
	return false
}
