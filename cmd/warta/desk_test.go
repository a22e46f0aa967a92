package main

import "testing"

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
