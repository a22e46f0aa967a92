package prose

import (
	"strings"
	"testing"
)

// A paragraph ends where its element does; its words are made plain, whatever
// stands between their letters.
func TestBlocks(t *testing.T) {
	for markup, want := range map[string]string{
		"<p>Satu</p><p>dua <b>tiga</b></p>":             "Satu|dua tiga",
		"Satu<br>dua<hr/>tiga":                          "Satu|dua|tiga",
		"<div><p> </p><p>a&nbsp;&amp;&nbsp;b</p></div>": "a & b",
		"<p>D I L A R A N G  M E N G U T I P</p>":       "DILARANG MENGUTIP",
		"<p>di\u00adla\u200brang</p>":                   "dilarang",
		"<figure><p>Foto: Rina</p></figure><p>Teks":     "[Foto: Rina]|Teks",
		"<p>a <b": "a",
		"":        "",
	} {
		var list []string
		for _, b := range Blocks(markup) {
			text := b.Text
			if b.Image {
				text = "[" + text + "]"
			}
			list = append(list, text)
		}
		if got := strings.Join(list, "|"); got != want {
			t.Errorf("%s: %s, want %s", markup, got, want)
		}
	}
}

// One pass finds every stem, in capitals too, and those under one number as
// one.
func TestSieve(t *testing.T) {
	l := NewStemList()
	groups, err := l.Groups("larang|ijin; kutip")
	if err == nil {
		_, err = l.Groups("abc")
	}
	if err == nil || !strings.Contains(err.Error(), "shorter than four") {
		t.Fatal(err)
	}
	s := NewSieve(l)
	for text, want := range map[string]bool{
		"DILARANG KUTIP": true, "tanpa ijin kutipan": true, "dilarang": false, "kutip": false, "lara kuti": false, "": false,
	} {
		found := s.Scan(text)
		if got := groups[0].Meets(&found) && groups[1].Meets(&found); got != want {
			t.Errorf("%q: %v, want %v", text, got, want)
		}
	}
}

// Small letters take the place of capitals, byte for byte.
func TestLower(t *testing.T) {
	for s, want := range map[string]string{"DILARANG Éé": "dilarang éé", "İ\xff": "İ\xff"} {
		if got := Lower(s); got != want || len(got) != len(s) {
			t.Errorf("%q: %q", s, got)
		}
	}
}
