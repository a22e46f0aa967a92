package amend

import "testing"

// Of all the names that a page gives itself, the one with a mark counts.
func TestTitle(t *testing.T) {
	for page, want := range map[string]string{
		"<title>Satu &amp; dua</title>":                                             "Satu & dua",
		"<title>Situs</title><h1>[Dicabut] Satu</h1>":                               "[Dicabut] Satu",
		`<title>a</title><meta property="og:title" content="Berita dicabut: Satu">`: "Berita dicabut: Satu",
		"<h1>Izin dicabut</h1><title>T</title>":                                     "T",
		"":                                                                          "", "<title>offen": "offen",
	} {
		if got := titleOf([]byte(page)); got != want {
			t.Errorf("%q: %q, want %q", page, got, want)
		}
	}
}

func TestWithdrawnTitle(t *testing.T) {
	for title, want := range map[string]bool{"[DICABUT] Jembatan Roboh": true, "Berita Dicabut: Jembatan": true, "Izin Tambang Dicabut Bupati": false,
		"Dicabut: Izin Tambang PT X": false, "Izin Dicabut, Warga Lega": false, "Retracted claims haunt minister": false, "": false} {
		if WithdrawnTitle([]byte("<title>"+title+"</title>")) != want {
			t.Errorf("%q: want %v", title, want)
		}
	}
}
