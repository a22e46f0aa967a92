package normalize

import (
	"strings"
	"testing"

	"warta/sources"
)

const opening = "<p>PASER – Bupati meresmikan jembatan itu bersama warga desa, Kamis pagi.</p><p>Warga senang karena jembatan itu sudah lama ditunggu.</p>"

// Each line stands as the last paragraph of a story; ⏎ is a line break.
func TestByline(t *testing.T) {
	for _, c := range []struct{ line, people, credit, agency string }{
		{"Pewarta: Siti Rahma ⏎ Editor: Bambang Hartono ⏎ Copyright © ANTARA 2025", "author: Siti Rahma; editor: Bambang Hartono", "", "ANTARA"},
		{"Pewarta: Siti RahmaEditor: Bambang Hartono Copyright © ANTARA 2025", "author: Siti Rahma; editor: Bambang Hartono", "", "ANTARA"},
		{"Pewarta : ⏎ Siti Rahma dan Bambang H", "author: Siti Rahma; author: Bambang H", "", ""},
		{"Penulis: Tribun Paser | Editor: Bambang Hartono", "author: Tribun Paser*; editor: Bambang Hartono", "", ""},
		{"(Penulis: Kontributor Paser, Siti Rahma | Editor: Bambang Hartono, Joko Susilo)", "author: Siti Rahma; editor: Bambang Hartono; editor: Joko Susilo", "", ""},
		{"Penulis : Siti Rahma Editor : Bambang Hartono", "author: Siti Rahma; editor: Bambang Hartono", "", ""},
		{"Reporter: Siti Rahma/Joko Susilo", "author: Siti Rahma; author: Joko Susilo", "", ""},
		{"Rep: Siti Rahma / Red: Bambang Hartono", "author: Siti Rahma; editor: Bambang Hartono", "", ""},
		{"Laporan Wartawan Tribun Paser, Siti Rahma", "author: Siti Rahma", "", ""},
		{"Laporan wartawan TribunPaser.com / Siti Rahma", "author: Siti Rahma", "", ""},
		{"Oleh: Dr. H. Siti Rahma, S.Pd., M.Si.", "author: Dr. H. Siti Rahma, S.Pd., M.Si.", "", ""},
		{"Oleh Siti Rahma", "author: Siti Rahma", "", ""},
		{"Editor Bambang Hartono sumber contoh.com", "editor: Bambang Hartono", "", ""},
		{"Penulis: Moh. Siti Rahma, peneliti madya, kandidat doktor", "author: Moh. Siti Rahma", "", ""},
		{"Siti Rahma | 22 Oktober 2025 15:50", "author: Siti Rahma", "", ""},
		{"125 x dibaca | Senin, 16 Juni 2025 14:05 WIB | Pewarta : Siti Rahma | Foto : ist", "author: Siti Rahma", "", ""},
		{"Siti Rahma ikut berkontribusi dalam penulisan artikel ini.", "contributor: Siti Rahma", "", ""},
		{"Siti Rahma and Joko Susilo contributed to this report.", "contributor: Siti Rahma; contributor: Joko Susilo", "", ""},
		{"Foto: Joko Susilo", "photographer: Joko Susilo", "", ""},
		{"Fotografer: Joko Susilo/ANTARA", "photographer: Joko Susilo", "", ""},
		{"Penerjemah: Siti Rahma; Editor: Joko Susilo", "translator: Siti Rahma; editor: Joko Susilo", "", ""},
		{"By SITI RAHMA", "author: SITI RAHMA", "", ""},
		{"责任编辑：张三", "editor: 张三", "", ""},
		{"Penulis: Redaksi", "author: Redaksi*", "", ""},
		{"Editor: Editor Papua", "editor: Editor Papua*", "", ""},
		{"(kri)", "", "(kri)", ""},
		{"(hnh/kri)", "", "(hnh/kri)", ""},
		{"(*/sht/k9)", "", "(*/sht/k9)", ""},
		{"(*)", "", "(*)", ""},
		{"***", "", "***", ""},
		{"Kalimat terakhir cerita itu. (hnh/kri)", "", "(hnh/kri)", ""},
		{"“Kami senang,” katanya. [bal]", "", "[bal]", ""},
		{"Kalimat terakhir cerita itu. (ANT/kri)", "", "(ANT/kri)", "ANTARA"},
		{"Kalimat terakhir cerita itu. (Antara/Reuters)", "", "(Antara/Reuters)", "ANTARA"},
		{"Kalimat terakhir cerita itu. (Siti Rahma)", "author: Siti Rahma", "(Siti Rahma)", ""},
		{"(Syahril)", "author: Syahril", "(Syahril)", ""},
		{"(Surya/Siti Rahma)", "author: Siti Rahma", "(Surya/Siti Rahma)", ""},
		{"Kalimat terakhir. (Penulis: Siti Rahma)", "author: Siti Rahma", "", ""},
		{"Kontributor Paser: Siti Rahma", "author: Siti Rahma", "", ""},
		{"Laporan Jurnalis Kompas TV Siti Rahma", "author: Siti Rahma", "", ""},
		{"Laporan Wartawan TribunPaser.com Siti Rahma", "author: Siti Rahma", "", ""},
		{"Penulis/Editor: Siti Rahma", "author: Siti Rahma", "", ""},
		{"PENULIS : SITI RAHMA EDITOR : JOKO", "author: SITI RAHMA; editor: JOKO", "", ""},
		{"penulis: siti rahma", "author: siti rahma", "", ""},
		{"Pewarta: Siti Rahma/Rilis", "author: Siti Rahma", "", ""},
		{"Oleh : Siti Rahma (Pengamat Politik)", "author: Siti Rahma", "", ""},
		{"(Reporting by Jane Doe and Max Mix; Editing by John Roe)", "author: Jane Doe; author: Max Mix; editor: John Roe", "", ""},
		{"ANT/Rahmad", "author: Rahmad", "ANT/Rahmad", "ANTARA"},
		{"Sumber: Antara/Reuters", "", "", "ANTARA"},
		{"(MC Paser/Siti)", "author: Siti", "(MC Paser/Siti)", ""},
		{"(Diskominfo Paser)", "", "(Diskominfo Paser)", ""},
		{"(YK/RED)", "", "(YK/RED)", ""},
		{"(rls/adm)", "", "(rls/adm)", ""},
		// Nobody is named here.
		{"Jembatan itu dibangun Badan Penanggulangan Bencana Daerah (BPBD)", "", "", ""},
		{"Jembatan itu dibuka pada Kamis. (Foto kiri)", "", "", ""},
		{"Ia tiba di kantor itu pada Kamis (16/6/2025).", "", "", ""},
		{"Penulis buku itu tinggal di Paser.", "", "", ""},
		{"Menurut editor: buku itu akan terbit tahun depan.", "", "", ""},
		{"Laporan itu diterima polisi.", "", "", ""},
		{"Foto: Warga memadati jembatan yang baru diresmikan.", "", "", ""},
		{"Oleh karena itu warga senang.", "", "", ""},
		{"Jadwal Kereta Paser - Solo pada 7, 8, dan 9 November 2025.", "", "", ""},
		{"Latar Belakang", "", "", ""},
		{"(selesai)", "", "", ""},
	} {
		it := story(opening + "<p>" + strings.ReplaceAll(c.line, " ⏎ ", "<br>") + "</p>")
		if people(it) != c.people || it.Credit != c.credit || it.Agency != c.agency {
			t.Errorf("%s\n got %s credit=%q agency=%q\nwant %s credit=%q agency=%q", c.line, people(it), it.Credit, it.Agency, c.people, c.credit, c.agency)
		}
		for _, w := range strings.Fields(strings.ReplaceAll(c.line, " ⏎ ", " ")) {
			if !strings.Contains(it.Content.Value, w) {
				t.Errorf("%s: the text lost %q", c.line, w)
			}
		}
	}
}

func TestDateline(t *testing.T) {
	for _, c := range []struct{ text, want string }{
		{"PASER – Bupati datang.", "PASER"},
		{"Paser - Bupati datang.", "Paser"},
		{"TANA PASER — Bupati datang.", "TANA PASER"},
		{"JAKARTA--Menteri datang.", "JAKARTA"},
		{"BANGLI– Bupati datang.", "BANGLI"},
		{"Jakarta (ANTARA) - Menteri datang.", "Jakarta (ANTARA)"},
		{"Padang, (ANTARA) - Menteri datang.", "Padang, (ANTARA)"},
		{"Kalimatan Timur (ANTARA) - Menteri datang.", "Kalimatan Timur (ANTARA)"},
		{"SAMARINDA, KOMPAS.com – Polisi datang.", "SAMARINDA, KOMPAS.com"},
		{"TRIBUNPASER.CO, TANJUNG REDEB - Polisi datang.", "TRIBUNPASER.CO, TANJUNG REDEB"},
		{"PROKAL.COTANA PASER - Kantor itu baru.", "PROKAL.COTANA PASER"},
		{"Contoh, Balikpapan – Pangdam datang.", "Contoh, Balikpapan"},
		{"Contoh – Pangdam datang.", "Contoh"},
		{"Jakarta, CNN Indonesia -- Menteri datang.", "Jakarta, CNN Indonesia"},
		{"TIMES PASER, JAKARTA – Menteri datang.", "TIMES PASER, JAKARTA"},
		{"Liputan6.com, Jakarta - \"Kami senang\" kata dia.", "Liputan6.com, Jakarta"},
		{"KORANPASER.ID –<br>Polisi datang.", "KORANPASER.ID"},
		{"Balikpapan –</p><p>Polisi datang.", "Balikpapan"},
		{"Paser. Sebagai pusat informasi, dinas itu buka.", "Paser"},
		{"Jakarta: Menteri datang.", "Jakarta"},
		{"MEDAN | Polisi datang.", "MEDAN"},
		{"BEKASI (Pos Kota) Pasar itu terbakar.", "BEKASI (Pos Kota)"},
		{"Jakarta, 16 Juni 2025 – Menteri datang.", "Jakarta, 16 Juni 2025"},
		{"Advertorial, PASER – Bupati datang.", "PASER"},
		{"JAKARTA â€“ Menteri datang.", "JAKARTA"},
		{"<strong>PASER</strong> – Bupati datang.", "PASER"},
		{"<b>Contoh.com, PASER –</b> Bupati datang.", "Contoh.com, PASER"},
		{"London, England (AFP) – The minister came.", "London, England (AFP)"},
		{"Tanah Grogot - Bupati datang.", "Tanah Grogot"},
		{"KBRN, Samarinda: Bupati datang.", "KBRN, Samarinda"},
		{"SURYA.co.id | SURABAYA – Wali kota datang.", "SURYA.co.id | SURABAYA"},
		{"REPUBLIKA.CO.ID, JAKARTA -- Menteri datang.", "REPUBLIKA.CO.ID, JAKARTA"},
		{"Samarinda (ANTARA Kaltim) - Bupati datang.", "Samarinda (ANTARA Kaltim)"},
		{"Paser (16/6) – Bupati datang.", "Paser (16/6)"},
		{"Washington/Beijing (ANTARA) - Menteri datang.", "Washington/Beijing (ANTARA)"},
		// No datelines.
		{"COVID-19 – Menteri datang.", ""},
		{"PT KAI – Direktur datang.", ""},
		{"Senin, 16 Juni 2025 – Wali kota datang.", ""},
		{"Bupati Paser – yang baru dilantik – datang.", ""},
		{"Persib - Arema bermain imbang.", ""},
		{"Harga beras naik. Warga mengeluh.", ""},
		{"BREAKING NEWS - Polisi datang.", ""},
		{"OPINI – Kita semua tahu.", ""},
		{"Ketua DPR: Harga beras naik.", ""},
		{"Setelah menang 2 - 1 atas Persib, Arema senang.", ""},
		{"Senin - Jumat kantor itu buka.", ""},
		{"Ia lahir di Paser - Kalimantan Timur.", ""},
		{"", ""},
	} {
		if got := story("<p>" + c.text + "</p><p>Warga senang.</p>").Dateline; got != c.want {
			t.Errorf("%q: dateline %q, want %q", c.text, got, c.want)
		}
	}
}

func TestProvenance(t *testing.T) {
	for _, c := range []struct {
		in   string
		want sources.Provenance
	}{
		{`Artikel ini telah tayang di Contoh.com dengan judul "Jembatan Baru", https://contoh.example/a`, sources.Provenance{Outlet: "Contoh.com", Title: "Jembatan Baru", URL: "https://contoh.example/a"}},
		{`Artikel ini telah tayang di Contoh.com dengan judul Jembatan Baru, Warga Senang.`, sources.Provenance{Outlet: "Contoh.com", Title: "Jembatan Baru, Warga Senang"}},
		{`Artikel ini telah tayang di <a href="https://contoh.example/a">Contoh.com</a> dengan judul: Jembatan Baru`, sources.Provenance{Outlet: "Contoh.com", Title: "Jembatan Baru", URL: "https://contoh.example/a"}},
		{`Artikel ini sudah tayang sebelumnya di Contoh.com.`, sources.Provenance{Outlet: "Contoh.com"}},
		{`Berita ini telah terbit di Koran Contoh, Senin (9/10/2017)`, sources.Provenance{Outlet: "Koran Contoh"}},
		{`Artikel ini telah tayang di Contoh.com dengan judul "Jembatan Baru", https://contoh.example/a Penulis : Siti Rahma`, sources.Provenance{Outlet: "Contoh.com", Title: "Jembatan Baru", URL: "https://contoh.example/a"}},
		{`This article originally appeared on Contoh News.`, sources.Provenance{Outlet: "Contoh News"}},
		{`Film ini telah tayang di bioskop sejak Kamis.`, sources.Provenance{}},
		{`Sumber: contoh.go.id`, sources.Provenance{Outlet: "contoh.go.id"}},
	} {
		it := story(opening + "<p>" + c.in + "</p>")
		var got sources.Provenance
		if len(it.Provenance) > 0 {
			got = it.Provenance[0]
			if got.Text == "" || !strings.Contains(PlainText(it.Content.Value), got.Text) {
				t.Errorf("%s: %q is not in the text", c.in, got.Text)
			}
			got.Text = ""
		}
		if got != c.want {
			t.Errorf("%s: %+v, want %+v", c.in, got, c.want)
		}
	}
}

func TestAuthorElements(t *testing.T) {
	for _, c := range []struct {
		in   sources.Person
		want string
	}{
		{sources.Person{Name: "Siti Rahma"}, "author: Siti Rahma"},
		{sources.Person{Name: " Siti &amp; Co "}, "author: Siti & Co"},
		{sources.Person{Name: "Siti Rahma, Joko Susilo dan Bambang Hartono"}, "author: Siti Rahma; author: Joko Susilo; author: Bambang Hartono"},
		{sources.Person{Name: "Rahma, Siti"}, "author: Rahma, Siti"},
		{sources.Person{Name: "Siti Rahma, S.Pd."}, "author: Siti Rahma, S.Pd."},
		{sources.Person{Name: "Penulis: Siti Rahma | Editor: Joko Susilo"}, "author: Siti Rahma; editor: Joko Susilo"},
		{sources.Person{Name: "Redaksi Contoh"}, "author: Redaksi Contoh*"},
		{sources.Person{Name: "admin"}, "author: admin*"},
		{sources.Person{Name: "Tribun Paser"}, "author: Tribun Paser*"},
		{sources.Person{Name: "contoh"}, "author: contoh*"},
		{sources.Person{Name: "ANTARA"}, "author: ANTARA*"},
		{sources.Person{Name: "@siti"}, "author: @siti"},
		{sources.Person{Name: "Unknown", Email: "noreply@blogger.com"}, "author: "},
		{sources.Person{Name: "siti rahma"}, "author: siti rahma"},
		{sources.Person{Name: "Siti Rahma", Role: "editor"}, "editor: Siti Rahma"},
	} {
		it := sources.Item{Authors: []sources.Person{c.in}}
		Item(&it, &sources.Document{}, Options{Source: sources.Source{Title: "Contoh"}})
		if got := people(it); got != c.want {
			t.Errorf("%+v: %q, want %q", c.in, got, c.want)
		}
	}
	it := sources.Item{Authors: []sources.Person{{Name: "Siti Rahma", Email: "s@contoh.example"}}, Content: sources.Text{Value: "<p>Isi berita.</p><p>Penulis: Siti Rahma<br>Editor: Siti Rahma</p>"}}
	Item(&it, &sources.Document{}, Options{})
	if got := people(it); got != "author: Siti Rahma; editor: Siti Rahma" || it.Authors[0].Email != "s@contoh.example" {
		t.Errorf("the same person in text and element: %q", got)
	}
}

func TestPhotoCredit(t *testing.T) {
	for in, want := range map[string]string{
		"Jalan rusak. Foto: ANTARA/Budi":                "ANTARA/Budi",
		"Foto: Budi/detikcom":                           "Budi/detikcom",
		"Jalan rusak (Budi/koranpaser)":                 "Budi/koranpaser",
		"Jalan rusak (ISTIMEWA via Tribun)":             "ISTIMEWA via Tribun",
		"Jalan rusak (Dok. Pemkab Paser)":               "Dok. Pemkab Paser",
		"ANTARA FOTO/Budi/nz":                           "ANTARA FOTO/Budi/nz",
		"Jalan rusak © istimewa":                        "© istimewa",
		"Photo by Joe Doe":                              "Joe Doe",
		"Budi/©Contoh.com/Ani":                          "Budi/©Contoh.com/Ani",
		"Jalan rusak di Desa Contoh (16/6/2025)":        "",
		"Jalan rusak di Desa Contoh":                    "",
		"Bupati melihat foto lama":                      "",
		"":                                              "",
		"Warga melintas, Senin (16/6). ANTARA/Budi (x)": "ANTARA/Budi (x)",
	} {
		if got := photoCredit(in); got != want {
			t.Errorf("photoCredit(%q) = %q, want %q", in, got, want)
		}
	}
}

func TestAdvertorial(t *testing.T) {
	for in, want := range map[string]bool{
		"<p>Isi. (Adv)</p>": true, "<p>Isi. (ADV/Diskominfo)</p>": true, "<p>Advertorial</p><p>Isi.</p>": true, "<p>(adv)</p>": true,
		"<p>Isi.</p>": false, "<p>Pemerintah memasang advertorial di koran.</p>": false,
	} {
		it := story(in)
		if it.Advertorial != want {
			t.Errorf("%s: %v", in, it.Advertorial)
		}
		if want && !strings.Contains(strings.ToLower(it.Content.Value), "adv") {
			t.Errorf("%s: the mark is gone", in)
		}
	}
	it := sources.Item{Categories: []sources.Category{{Term: "Advertorial Pemkab"}}}
	Item(&it, &sources.Document{}, Options{})
	if !it.Advertorial {
		t.Error("the category was not seen")
	}
}
