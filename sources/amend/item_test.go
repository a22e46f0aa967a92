package amend

import (
	"fmt"
	"testing"

	"warta/sources"
)

// A correction names the story it corrects by link or by headline. What only
// speaks of corrections, or links other stories, names none.
func TestAmendment(t *testing.T) {
	for _, c := range []struct{ title, text, want string }{
		{"Berita Ralat : Bupati Resmikan Jembatan", `<p>Ralat Berita Tanggal : 29 Januari 2019</p><p>Sebelumnya, redaksi menulis : Bupati meresmikan.</p><p>Link Berita : <a href="https://a.id/lama">https://a.id/lama</a></p><p>Informasi yang benar adalah : Wakil Bupati.</p><p>Link Berita : <a href="https://a.id/baru">https://a.id/baru</a></p>`,
			"correction addresses [https://a.id/lama] linked [] titles [Bupati Resmikan Jembatan]"},
		{"RALAT: Jumlah Korban Banjir", `<p>Dalam <a href="https://a.id/banjir">berita sebelumnya</a> tertulis 12 orang, seharusnya 2 orang.</p><p>Baca juga: <a href="https://a.id/lain">Lain</a></p>`,
			"correction addresses [https://a.id/banjir] linked [] titles [Jumlah Korban Banjir]"},
		{"[Koreksi] Harga Beras", `<p>Harga yang kami tulis keliru. <a href="https://a.id/beras">Beras</a></p>`,
			"correction addresses [] linked [https://a.id/beras] titles [Harga Beras]"},
		{"Ralat Berita", `<p>Kami meralat berita berjudul “Dua Desa Terisolasi” yang terbit kemarin.</p>`,
			"correction addresses [] linked [] titles [Dua Desa Terisolasi]"},
		{"Hak Jawab PT Sumber Air atas Pemberitaan Limbah", `<p>Menanggapi pemberitaan <a href="https://a.id/limbah">kami</a>, PT Sumber Air menyatakan keberatan.</p>`,
			"right-of-reply addresses [https://a.id/limbah] linked [] titles []"},
		{"Pencabutan Berita: Kepala Desa Ditahan", `<p>Redaksi mencabut berita tersebut.</p>`,
			"withdrawal addresses [] linked [] titles [Kepala Desa Ditahan]"},
		{"Correction: Mayor Opens Bridge", `<p>An earlier version of <a href="https://a.id/bridge">this story</a> misspelled a name.</p>`,
			"correction addresses [https://a.id/bridge] linked [] titles [Mayor Opens Bridge]"},
		{"Jembatan Diresmikan", `<p>Bupati meresmikan.</p><p>RALAT: Sebelumnya tertulis Wakil Bupati.</p>`, "correction own"},
		{"Jembatan Diresmikan", `<p>Catatan Redaksi: judul berita ini telah dikoreksi karena kekeliruan nama.</p><p>Bupati meresmikan.</p>`, "correction own"},

		{"Koreksi IHSG Berlanjut", `<p>IHSG terkoreksi. <a href="https://a.id/ihsg">Kemarin</a> turun.</p>`, ""},
		{"Koreksi IHSG Berlanjut", `<p>Sebelumnya, <a href="https://a.id/ihsg">IHSG</a> ditutup turun.</p>`, ""},
		{"Hak Jawab Diatur dalam UU Pers", `<p>Hak jawab adalah hak seseorang.</p>`, ""},
		{"Pencabutan Izin Tambang Diprotes", `<p>Izin dicabut. <a href="https://a.id/izin">Berita</a></p>`, ""},
		{"Bupati: Koreksi Data Stunting", `<p>Data dikoreksi oleh dinas.</p>`, ""},
		{"Jembatan Diresmikan", `<p>Koreksi pasar membuat harga turun.</p>`, ""},
	} {
		it := sources.Item{Title: sources.Text{Value: c.title}, Content: sources.Text{Value: c.text}, URL: "https://a.id/baru-ini"}
		Item(&it)
		got := ""
		if a := it.Amendment; a != nil && a.Own {
			got = string(a.Kind) + " own"
		} else if a != nil {
			got = fmt.Sprintf("%s addresses %v linked %v titles %v", a.Kind, a.Addresses, a.Linked, a.Titles)
		}
		if got != c.want {
			t.Errorf("%s:\n got %s\nwant %s", c.title, got, c.want)
		}
	}
}

// Notes about the story itself, and sentences that only sound like them.
func TestOwnNotes(t *testing.T) {
	for text, want := range map[string]bool{
		"Catatan redaksi: artikel ini telah diperbarui karena ada kekeliruan pada nama narasumber.": true,
		"Berita ini telah dikoreksi pada Senin (1/6) pukul 10.00 WIB.":                              true,
		"Artikel ini telah diperbarui untuk memperbaiki kesalahan penulisan jumlah korban.":         true,
		"Permohonan maaf: redaksi keliru menulis nama bupati dalam berita ini.":                     true,
		"This story has been updated to correct the spelling of the mayor's name.":                  true,
		"An earlier version of this article misstated the number of victims.":                       true,
		"Artikel ini telah diperbarui dengan tambahan keterangan polisi.":                           false,
		"Permohonan maaf disampaikan bupati kepada warga.":                                          false,
		"Koreksi IHSG hari ini mencapai dua persen.":                                                false,
		"Hak jawab adalah hak seseorang, kata anggota Dewan Pers.":                                  false,
		"Pencabutan nomor urut calon digelar KPU.":                                                  false,
	} {
		it := sources.Item{Title: sources.Text{Value: "Jembatan Diresmikan"}, Content: sources.Text{Value: "<p>Bupati meresmikan.</p><p>" + text + "</p>"}}
		Item(&it)
		if got := it.Amendment != nil && it.Amendment.Own; got != want {
			t.Errorf("%s: %v", text, got)
		}
	}
}

// A page that is left in a story's place says that it was taken back.
func TestTakenBack(t *testing.T) {
	for page, want := range map[string]bool{
		`<html><title>Kabar</title><nav>Beranda</nav><main><p>Artikel ini telah dicabut oleh redaksi.</p></main>`:          true,
		`<h1>Kades Ditahan</h1><div><p><strong>Berita ini</strong> telah kami tarik karena tidak terverifikasi.</p></div>`: true,
		`<p>Mohon maaf.</p><p>Berita ini sudah dihapus.</p>`:                                                               true,
		`<p>This article has been removed at the request of the family.</p>`:                                               true,
		`<p>Izin tambang ini telah dicabut bupati.</p><p>Berita ini menyebar cepat.</p>`:                                   false,
		`<p>Menurut polisi, berita ini telah dihapus oleh pengunggahnya.</p>`:                                              false,
		`<p>Video ini telah dihapus.</p>`:                                                                                  false,
	} {
		if got := Page([]byte(page), "https://a.id/kades", "Kades Ditahan").TakenBack; (got != "") != want {
			t.Errorf("%s: %q", page, got)
		}
	}
}

// A story that was taken back says so in its headline, or in a note at its
// edge; one about something that was withdrawn does not.
func TestWithdrawnMarks(t *testing.T) {
	for _, c := range []struct {
		title, text string
		want        bool
	}{
		{"[DICABUT] Kepala Desa Ditahan", "", true},
		{"Kepala Desa Ditahan [Dicabut]", "", true},
		{"Berita dicabut", "", true},
		{"TELAH DICABUT: Kepala Desa Ditahan", "", true},
		{"Kepala Desa Ditahan", "<p>Berita ini telah dicabut oleh redaksi karena tidak terverifikasi.</p>", true},
		{"Kepala Desa Ditahan", "<p>Isi lama.</p><p>Dengan ini redaksi mencabut berita ini dan memohon maaf.</p>", true},
		{"Izin Tambang Dicabut", "<p>Izin tambang ini telah dicabut oleh bupati.</p>", false},
		{"Berita Dicabutnya Izin Tambang", "<p>Berita ini menyebar cepat.</p>", false},
		{"Laporan Ditarik", "<p>Laporan ini ditarik oleh pelapor.</p>", false},
	} {
		it := sources.Item{Title: sources.Text{Value: c.title}, Content: sources.Text{Value: c.text}}
		Item(&it)
		got := false
		for _, ev := range it.Evidence {
			got = got || ev.Kind == sources.Withdrawn
		}
		if got != c.want {
			t.Errorf("%s %s: withdrawn %v", c.title, c.text, got)
		}
	}
}
