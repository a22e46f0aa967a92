package normalize

import (
	"strings"
	"testing"

	"pgregory.net/rapid"
)

// TestWordSet finds what looking for each word by itself finds.
func TestWordSet(t *testing.T) {
	letters := rapid.StringOfN(rapid.RuneFrom([]rune("ab é")), 1, 5, -1)
	rapid.Check(t, func(t *rapid.T) {
		words := rapid.SliceOfN(letters, 1, 6).Draw(t, "words")
		text := rapid.StringOfN(rapid.RuneFrom([]rune("abc é")), 0, 40, -1).Draw(t, "text")
		want := false
		for _, w := range words {
			want = want || strings.Contains(text, w)
		}
		if got := newWordSet(words...).in(text); got != want {
			t.Fatalf("%q in %q: %v, want %v", words, text, got, want)
		}
	})
}
