package intake

import (
	"bufio"
	"encoding/json"
	"os"
	"strings"
	"testing"
)

// Adverts and reports about them use the same words.
func TestPromotes(t *testing.T) {
	for _, c := range []struct {
		title, excerpt string
		want           bool
	}{
		{"Situs Slot Gacor Hari Ini Maxwin Deposit Dana", "", true},
		{"Link Alternatif SBOBET Terpercaya 2026", "", true},
		{"Best Online Casino Bonus: 100 Free Spins", "", true},
		{"Rahasia Menang Main Slot di Malam Hari", "Pilih jam gacor dan situs terpercaya dengan RTP tinggi. Daftar untuk bonus anggota baru.", true},
		{"Kiat Mengisi Waktu Luang di Akhir Pekan", "Salah satunya bermain slot di situs toto terpercaya, dengan bonus dan deposit tanpa potongan.", true},
		{"Polisi Tangkap Tiga Admin Situs Judi Online di Samarinda", "Mereka mengelola situs judi slot, dengan deposit dan bonus.", false},
		{"Komdigi Blokir 3.000 Situs Slot", "", false},
		{"Judi Online Merusak Ekonomi Keluarga", "Korban judi slot kehilangan tabungan karena tergiur bonus deposit.", false},
		{"Bupati Resmikan Jembatan Muara Samu", "Jembatan itu dibangun dengan dana desa.", false},
		{"Promo Lebaran: Diskon 50 Persen", "Daftar sebagai anggota dan dapatkan bonus belanja.", false},
		{"Toto Wolff: Musim Ini Penuh Jackpot", "Pembalapnya menang dua kali.", false},
		{"A Specialist in Old Pipe Organs Retires", "", false},
		{"Slot Anggaran Masih Kosong", "Dua slot anggaran belum terisi; daftar usulan ditunggu.", false},
	} {
		if got := promotes(c.title, c.excerpt); got != c.want {
			t.Errorf("%s: %v", c.title, got)
		}
	}
}

// No story of the collected articles is taken for an advert of gambling.
func TestStoriesDoNotPromote(t *testing.T) {
	stories := 0
	for _, path := range []string{"region/region.jsonl", "indosum.jsonl", "clusters/en_ecbplus.jsonl"} {
		f, err := os.Open("../../../shared/data/open/articles/" + path)
		if err != nil {
			t.Skip("no shared data here: ", err)
		}
		defer f.Close()
		lines := bufio.NewScanner(f)
		lines.Buffer(nil, 4<<20)
		for lines.Scan() {
			var a struct {
				Title, Summary, Text string
				Paragraphs           []string
			}
			if json.Unmarshal(lines.Bytes(), &a) != nil {
				continue
			}
			text := strings.Join(append(a.Paragraphs, a.Summary, a.Text), " ")
			stories++
			if promotes(a.Title, text) {
				t.Errorf("%s: %q %.200s", path, a.Title, text)
			}
		}
	}
	t.Log(stories, "stories")
}
