package render

import (
	"bytes"
	"testing"

	"pgregory.net/rapid"
)

// TestSplit puts a document together again out of what it was split into.
func TestSplit(t *testing.T) {
	for _, f := range []Format{Atom, RSS} {
		whole := document(t, f)
		tombstones, fragments := Split(f, whole)
		if want := map[Format]int{Atom: 1}[f]; len(tombstones) != want || len(fragments) != len(samples())+1 {
			t.Fatalf("%s: %d tombstones and %d entries", f, len(tombstones), len(fragments))
		}
		var again bytes.Buffer
		if err := Document(&again, f, testHead.as(f), append(tombstones, fragments...)); err != nil {
			t.Fatal(err)
		}
		if !bytes.Equal(again.Bytes(), whole) {
			t.Errorf("%s: another document", f)
		}
	}
	if tombstones, fragments := Split(JSON, document(t, JSON)); tombstones != nil || fragments != nil {
		t.Error("JSON can't be split")
	}
}

// No text of an entry can look like the end of one.
func TestSplitNasty(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		s := entries.Draw(t, "entry")
		s.Entry.Title += "</entry>\n<entry>\n</item>\n<item>"
		for _, f := range []Format{Atom, RSS} {
			one, err := Fragment(f, s, testSite)
			if err != nil {
				t.Fatal(err)
			}
			var b bytes.Buffer
			if err := Document(&b, f, testHead.as(f), [][]byte{one, one}); err != nil {
				t.Fatal(err)
			}
			if _, fragments := Split(f, b.Bytes()); len(fragments) != 2 || !bytes.Equal(fragments[0], one) || !bytes.Equal(fragments[1], one) {
				t.Fatalf("%s: split into %q", f, fragments)
			}
		}
	})
}
