package normalize

import (
	"strings"
	"testing"

	"pgregory.net/rapid"
)

// TestRuns holds that what is passed over at once is what would be passed over
// byte by byte.
func TestRuns(t *testing.T) {
	texts := rapid.StringOfN(rapid.RuneFrom([]rune("ab! &<>\"\n\t\x7f\x1f\x00é“Z~ ")), 0, 60, -1)
	rapid.Check(t, func(t *rapid.T) {
		s := texts.Draw(t, "text")
		plain := s[:plainRun(s)]
		if strings.ContainsAny(plain, "&<>\"") || strings.IndexFunc(plain, func(r rune) bool { return r < ' ' || r > '~' }) >= 0 {
			t.Fatalf("plainRun passes over %q", plain)
		}
		words := s[:wordsRun(s)]
		if strings.Contains(words, "  ") || strings.HasSuffix(words, " ") || strings.IndexFunc(words, func(r rune) bool { return r < ' ' || r > 0x7f }) >= 0 {
			t.Fatalf("wordsRun passes over %q", words)
		}
	})
	long := strings.Repeat("kata dan kata ", 10)
	if plainRun(long) < len(long)-8 || wordsRun(long) < len(long)-9 {
		t.Errorf("a plain text is not passed over: %d and %d of %d", plainRun(long), wordsRun(long), len(long))
	}
}
