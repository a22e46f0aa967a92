package evidence

import (
	"html"
	"os"
	"strings"
	"testing"
	"time"

	"warta/sources"
)

// An embargo is a line of its own; a story that speaks of one is none.
func TestEmbargo(t *testing.T) {
	const none = "none"
	for _, c := range []struct{ title, text, want string }{
		{"", "<p>EMBARGO sampai 17 Agustus 2026 pukul 10.00 WIB</p><p>Isi.</p>", "2026-08-17T03:00:00Z"},
		{"", "<p>EMBARGO hingga Senin, 17 Agustus 2026, 10.00 WITA</p><p>Isi.</p>", "2026-08-17T02:00:00Z"},
		{"", "<p><strong>Embargo:</strong> 17/08/2026 10:00 WIT</p><p>Isi.</p>", "2026-08-17T01:00:00Z"},
		{"", "<p>Isi.</p><p>Embargo until 17 August 2026 10:00 GMT</p>", "2026-08-17T10:00:00Z"},
		{"", "<p>EMBARGOED UNTIL 00:01 GMT, 17 August 2026</p><p>Isi.</p>", "2026-08-17T00:01:00Z"},
		{"", "<p>Tidak untuk disiarkan sebelum 17 Agustus 2026 pukul 10.00 WIB</p><p>Isi.</p>", "2026-08-17T03:00:00Z"},
		{"", "<p>Not for publication before 17 August 2026 10:00 UTC</p><p>Isi.</p>", "2026-08-17T10:00:00Z"},
		{"[EMBARGO sampai 17 Agustus 2026 pukul 10.00 WIB] Pidato Bupati", "", "2026-08-17T03:00:00Z"},
		{"EMBARGO hingga 17 Agustus 2026 pukul 10.00 WITA: Pidato Bupati", "", "2026-08-17T02:00:00Z"},
		{"EMBARGO hingga 17 Agustus 2026: Pidato Bupati", "", "2026-08-17T17:00:00Z"},
		{"EMBARGO HINGGA 17 AGUSTUS 2026: HARGA MINYAK NAIK", "", none},
		{"Embargo hingga 17 Agustus 2026: Harga Minyak Naik", "", none},
		{"", "<p>Under embargo until August 17, 2026 at 10 a.m. WIB</p><p>Isi.</p>", "2026-08-17T03:00:00Z"},
		{"", "<p>Embargoed for release until 0300 GMT 17 August 2026</p><p>Isi.</p>", "2026-08-17T03:00:00Z"},
		{"", "<p>EMBARGO 17.08.2026 10:00 WIB</p><p>Isi.</p>", "2026-08-17T03:00:00Z"},
		{"", "<p>EMBARGO! Rilis ini baru boleh diberitakan 17 Agustus 2026 pukul 10.00 WIB</p><p>Isi.</p>", "2026-08-17T03:00:00Z"},
		{"", "<p>Catatan redaksi: berita ini embargo sampai 17 Agustus 2026 pukul 10.00 WIB</p><p>Isi.</p>", "2026-08-17T03:00:00Z"},
		{"", "<p>Rilis ini boleh dimuat mulai 17 Agustus 2026 pukul 10.00 WIB</p><p>Isi.</p>", "2026-08-17T03:00:00Z"},
		{"", "<p>For release at 10:00 WIB on 17 August 2026</p><p>Isi.</p>", "2026-08-17T03:00:00Z"},
		{"", "<p>HOLD FOR RELEASE UNTIL 17 August 2026 10:00 WIB</p><p>Isi.</p>", "2026-08-17T03:00:00Z"},
		{"", "<p>EMBARGO. Menunggu pidato dibacakan.</p><p>Isi.</p>", ""},
		{"", "<p>FOR IMMEDIATE RELEASE</p><p>Isi.</p>", none},
		{"", "<p>Embargo sampai 17 Agustus 2026 membuat harga minyak naik di banyak negara.</p>", none},
		{"", "<p>EMBARGO BERAS DICABUT MULAI 17 AGUSTUS 2026</p><p>Isi.</p>", none},
		{"", "<p>Film ini dapat ditayangkan mulai 17 Agustus 2026 pukul 10.00 WIB.</p>", none},
		{"", "<p>Hasil ujian bisa dilihat mulai 17 Agustus 2026 pukul 10.00 WIB.</p>", none},
		// A day without a time ends with that day, in the zone that is last.
		{"", "<p>EMBARGO sampai 17 Agustus 2026</p><p>Isi.</p>", "2026-08-17T17:00:00Z"},
		// The year of the story.
		{"", "<p>EMBARGO sampai 17 Agustus pukul 10.00 WIB</p><p>Isi.</p>", "2026-08-17T03:00:00Z"},
		// What can't be read is one all the same.
		{"", "<p>EMBARGO sampai pidato selesai dibacakan</p><p>Isi.</p>", ""},
		{"", "<p>EMBARGO</p><p>Isi.</p>", ""},
		{"[EMBARGO] Pidato Bupati", "", ""},
		{"", "<p>Diembargo hingga pengumuman resmi</p><p>Isi.</p>", ""},

		{"Embargo hingga Akhir Tahun, Harga Minyak Naik", "<p>Harga minyak naik.</p>", none},
		{"Embargo Senjata terhadap Sudan Diperpanjang sampai September 2026", "<p>Dewan Keamanan PBB memperpanjang embargo sampai 12 September 2026.</p>", none},
		{"", "<p>Embargo senjata yang berlaku sejak 2004 diperpanjang oleh Dewan Keamanan.</p>", none},
		{"", "<p>Embargo minyak Uni Eropa berlaku mulai 5 Desember 2022, kata juru bicara.</p>", none},
		{"", "<p>Air sungai ini tidak untuk diminum sebelum dimasak.</p>", none},
	} {
		it := sources.Item{Title: sources.Text{Value: c.title}, Content: sources.Text{Value: c.text, Type: "html"}, Language: "id"}
		it.Published.Time = time.Date(2026, 8, 16, 5, 0, 0, 0, time.UTC)
		Item(&it, &sources.Document{})
		got := none
		for _, ev := range it.Evidence {
			if ev.Kind == sources.Embargo {
				got = ev.Value
			}
		}
		if got != c.want {
			t.Errorf("%s %s: embargo %q; want %q", c.title, c.text, got, c.want)
		}
	}
}

// Lines of press releases, each above and below a story. Those of the list were
// met for the first time: 31 of the first 45 were found and 30 read right.
func TestEmbargoLines(t *testing.T) {
	b, err := os.ReadFile("testdata/embargoes.tsv")
	if err != nil {
		t.Fatal(err)
	}
	story := strings.Repeat("<p>Dinas perhubungan menyiapkan bus tambahan bagi warga di enam kecamatan.</p>", 6)
	for line := range strings.Lines(string(b)) {
		want, words, ok := strings.Cut(strings.TrimSuffix(line, "\n"), "\t")
		if !ok {
			continue
		}
		p := "<p>" + html.EscapeString(words) + "</p>"
		for _, text := range [...]string{p + story, story + p} {
			it := sources.Item{Content: sources.Text{Value: text, Type: "html"}, Language: "id"}
			it.Published.Time = time.Date(2026, 11, 26, 1, 0, 0, 0, time.UTC)
			Item(&it, &sources.Document{})
			got := "none"
			for _, ev := range it.Evidence {
				if ev.Kind == sources.Embargo {
					got = first(ev.Value, "open")
				}
			}
			if got != want {
				t.Errorf("%s: %s; want %s", words, got, want)
			}
		}
	}
}

// Fields of news exchange formats.
func TestEmbargoFields(t *testing.T) {
	for value, want := range map[string]string{
		"2026-08-17T10:00:00+08:00": "2026-08-17T02:00:00Z",
		"2026-08-17":                "2026-08-17T17:00:00Z",
		"":                          "",
		"segera":                    "",
	} {
		it := sources.Item{Signals: []sources.Signal{{Name: "embargoed", Value: value, Where: "entry", Markup: "<embargoed>" + value + "</embargoed>"}}}
		Item(&it, &sources.Document{})
		if len(it.Evidence) != 1 || it.Evidence[0].Kind != sources.Embargo || it.Evidence[0].Value != want {
			t.Errorf("%q: %+v; want until %q", value, it.Evidence, want)
		}
	}
}
