package publish

import (
	"reflect"
	"testing"

	"pgregory.net/rapid"
)

// What is written of a lineage is read again as it was, and nothing else is
// taken for one.
func TestLineageIsReadAgain(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		var l *lineage
		for range rapid.IntRange(1, 100).Draw(t, "versions") {
			fragments := rapid.SliceOfN(rapid.SliceOfN(rapid.Byte(), 0, 3), 0, 6).Draw(t, "entries")
			l = newLineage(l, digestOf([]byte(rapid.String().Draw(t, "document"))), fragments)
		}
		got, err := parseLineage(l.String())
		if err != nil {
			t.Fatal(err)
		}
		if len(got.marks) == 0 {
			got.marks = l.marks // empty and nil are one
		}
		if !reflect.DeepEqual(got, l) {
			t.Fatalf("%+v became %+v", l, got)
		}
		s := l.String()
		if other, err := parseLineage(s[:rapid.IntRange(0, len(s)).Draw(t, "cut")]); err == nil && len(other.digests) == 0 {
			t.Fatalf("%+v", other)
		}
		parseLineage(lineageForm + rapid.String().Draw(t, "other")) //nolint:errcheck // it must not panic
	})
}
