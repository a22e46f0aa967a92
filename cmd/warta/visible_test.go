package main

import (
	"encoding/json"
	"strings"
	"testing"
)

// What sources and strangers wrote is quoted, and a terminal is told nothing by
// it.
func TestVisible(t *testing.T) {
	for in, want := range map[string]string{
		"Berita biasa\n  kedua":                      "Berita biasa\n  kedua",
		"\x1b[2J\x1b]0;judul\x07Panen \u009b31mRaya": "[2J]0;judulPanen 31mRaya",
		"Slot\u202eGacor\u2066\u2028\u200bX":         "SlotGacorX",
		"می\u200cخواهم 👩\u200d🌾":                     "می\u200cخواهم 👩\u200d🌾",
	} {
		if got := visible(in); got != want {
			t.Errorf("%q: %q; want %q", in, got, want)
		}
	}
}

// Programs lose nothing by it, and a character may come in two pieces.
func TestVisibleJSON(t *testing.T) {
	const title = "Slot\u202eGacor\u009b31m\U000e0041 \u00e9\u4e16"
	var out strings.Builder
	a := &app{out: &visibleWriter{w: &out}}
	if err := a.printJSON(title); err != nil {
		t.Fatal(err)
	}
	var got string
	if err := json.Unmarshal([]byte(out.String()), &got); err != nil || got != title || strings.IndexFunc(out.String(), obeyed) >= 0 {
		t.Errorf("%q: %q, %v", out.String(), got, err)
	}
	out.Reset()
	for _, c := range []byte("a\u009bb\u4e16c\u202e\u00e9\n") {
		if _, err := a.out.Write([]byte{c}); err != nil {
			t.Fatal(err)
		}
	}
	if out.String() != "ab\u4e16c\u00e9\n" {
		t.Errorf("%q", out.String())
	}
}
