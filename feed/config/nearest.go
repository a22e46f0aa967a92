package config

import (
	"fmt"
	"strings"
)

// suggest words a hint for a name that is not among those valid: the nearest
// one, or else all of them where they are few.
func suggest(name string, valid []string, what string) string {
	if near := nearest(name, valid); near != "" {
		return fmt.Sprintf("did you mean %q?", near)
	}
	if len(valid) == 0 || len(valid) > 12 {
		return ""
	}
	return what + ": " + strings.Join(valid, ", ")
}

// Nearest is the valid name a slip of the keyboard away from name, or "".
func Nearest(name string, valid []string) string { return nearest(name, valid) }

// nearest is the valid name a slip of the keyboard away from name, or "".
func nearest(name string, valid []string) string {
	name = strings.ToLower(name)
	if len(name) > 64 {
		return ""
	}
	best, limit := "", 1+len(name)/3
	for _, v := range valid {
		if v == "" || len(v) > 64 {
			continue
		}
		d := distance(name, strings.ToLower(v))
		if d <= limit && d < max(len(name), len(v)) {
			best, limit = v, d-1
		}
	}
	return best
}

// distance is the optimal string alignment distance: insertions, deletions,
// replacements and neighbours exchanged.
func distance(a, b string) int {
	before, prev, row := make([]int, len(b)+1), make([]int, len(b)+1), make([]int, len(b)+1)
	for j := range prev {
		prev[j] = j
	}
	for i := 1; i <= len(a); i++ {
		row[0] = i
		for j := 1; j <= len(b); j++ {
			cost := 1
			if a[i-1] == b[j-1] {
				cost = 0
			}
			row[j] = min(prev[j]+1, row[j-1]+1, prev[j-1]+cost)
			if i > 1 && j > 1 && a[i-1] == b[j-2] && a[i-2] == b[j-1] {
				row[j] = min(row[j], before[j-2]+1)
			}
		}
		before, prev, row = prev, row, before
	}
	return prev[len(b)]
}
