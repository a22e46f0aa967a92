package feed

import "testing"

// What an accepted request reaches, and what not.
func TestMatchReaches(t *testing.T) {
	const home = "https://www.satu.example/berita/1"
	for _, c := range []struct {
		m       Match
		address string
		want    bool
	}{
		{Match{}, home, false},
		{Match{Source: "satu"}, home, true},
		{Match{Source: "dua"}, home, false},
		{Match{Entry: "e1"}, home, true},
		{Match{Entry: "e2"}, home, false},
		{Match{Entries: []string{"e2", "e1"}}, home, true},
		{Match{Address: "http://satu.example/berita/1/"}, home, true},
		{Match{Address: "SATU.example/berita/1"}, home, true},
		{Match{Address: "https://satu.example/berita/1?utm_source=wa&fbclid=x#komentar"}, home, true},
		{Match{Address: "https://satu.example/?p=1&utm_medium=rss"}, "https://satu.example/?p=1", true},
		{Match{Address: "https://satu.example/?p=1"}, "https://satu.example/?p=12", false},
		{Match{Address: "https://satu.example/berita/1"}, "https://satu.example/berita/11", false},
		{Match{Address: "https://satu.example/berita/*"}, home, true},
		{Match{Address: "https://satu.example/foto/*"}, home, false},
		{Match{Address: "https://*.satu.example/berita/*"}, "https://kota.satu.example/berita/1", true},
		{Match{Address: "https://satu.example/*/1"}, home, true},
		{Match{Address: "https://satu.example/berita/1"}, "https://satu.example.jahat.example/berita/1", false},
		{Match{Addresses: []string{"https://dua.example/1", "https://satu.example/berita/1"}}, home, true},
		{Match{Entries: []string{"e9"}, Addresses: []string{"https://dua.example/1"}}, home, false},
		{Match{Address: "https://satu.example/berita/1"}, "", false},
	} {
		if got := c.m.Reaches("satu", "e1", c.address); got != c.want {
			t.Errorf("%s: %s reached: %v", c.m, c.address, got)
		}
	}
}
