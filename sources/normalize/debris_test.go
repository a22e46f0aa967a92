package normalize

import (
	"strings"
	"testing"
)

// Each block stands between two paragraphs of a story.
func TestDebris(t *testing.T) {
	for _, c := range []struct{ in, rule string }{
		{`<p>Baca juga: <a href="/x">Jembatan Lama Roboh</a></p>`, "baca-juga"},
		{`<p><strong>BACA JUGA : Jembatan Lama Roboh</strong></p>`, "baca-juga"},
		{`<p>Baca Juga Jembatan Lama Roboh, Warga Mengungsi</p>`, "baca-juga"},
		{`<p>Baca juga <a href="/x">jembatan lama roboh</a></p>`, "baca-juga"},
		{`<div>Baca Juga:</div><ul><li><a href="/x">Jembatan lama roboh</a></li><li><a href="/y">Sungai meluap</a></li></ul>`, "baca-juga baca-juga baca-juga"},
		{`<p>Baca_Juga</p>`, "baca-juga"},
		{`<p>(Baca: Jembatan Lama Roboh)</p>`, "baca-kurung"},
		{`<p>Artikel Terkait<br>Jembatan lama roboh</p>`, "terkait terkait"},
		{`<p>Simak Video 'Jembatan Lama Roboh':</p>`, "video"},
		{`<p>Tonton juga Video: Jembatan Lama Roboh</p>`, "video"},
		{`<p>[Gambas:Video Contoh]</p>`, "gambas"},
		{`<p>ADVERTISEMENT</p><p>SCROLL TO CONTINUE WITH CONTENT</p>`, "advertisement scroll"},
		{`<p>- Advertisement -</p>`, "spot-ads"},
		{`<p>Scroll ke bawah untuk melanjutkan membaca</p>`, "scroll"},
		{`<p>Ikuti kami di Google News</p>`, "ikuti"},
		{`<p>Ikuti Saluran WhatsApp Contoh.com untuk berita terbaru</p>`, "ikuti"},
		{`<p>Dapatkan update berita pilihan setiap hari dari Contoh.com. Mari bergabung di Grup Telegram "Contoh", caranya klik link https://t.me/contoh</p>`, "dapatkan-berita"},
		{`<p>Bagikan ini: Facebook Twitter WhatsApp</p>`, "bagikan"},
		{`<p>Facebook | Twitter | WhatsApp | Copy Link</p>`, "bilah-bagikan"},
		{`<p>Komentar | Salin tautan</p>`, "bilah-bagikan"},
		{`<div class="sharedaddy sd-sharing"><h3>Share this:</h3><ul><li><a href="/?share=x">X</a></li></ul></div>`, "share-buttons share-buttons"},
		{`<p>The post <a href="/x">Jembatan</a> appeared first on <a href="/">Contoh</a>.</p>`, "appeared-first"},
		{`<p>The post Jembatan first appeared on Contoh.</p>`, "appeared-first"},
		{`<p>A+ Reset A-</p>`, "ukuran-huruf"},
		{`<p>Post Views: 123</p>`, "tayangan"},
		{`<p>Berita selengkapnya bisa dibaca di sini.</p>`, "baca-selengkapnya"},
		{`<p>Halaman Selanjutnya</p>`, "baca-halaman"},
		{`<p>Ringkasan Berita:</p>`, "ringkasan"},
		{`<p>Read also: <a href="/x">Old bridge</a></p>`, "read-more"},
		{`<p>Follow Contoh channel on WhatsApp</p>`, "follow"},
		{`<p>À lire aussi : <a href="/x">Le pont</a></p>`, "fr-lire"},
		{`<ins class="adsbygoogle">x</ins><p>(adsbygoogle = window.adsbygoogle || []).push({});</p>`, "ads adsbygoogle"},
		{`<img src="http://feeds.feedburner.com/~r/contoh/~4/x" height="1" width="1">`, "tracking-pixel"},
		{`<p>Klik untuk berbagi di Twitter(Membuka di jendela yang baru)</p>`, "share-click"},
		{`<p>Waktu Baca: 2 menit</p>`, "lama-baca"},
		{`<p>Artikel Jembatan Lama pertama kali tampil pada Contoh.</p>`, "appeared-first"},
		{`<p>Halaman 1 2 3 Selanjutnya</p>`, "baca-halaman"},
		{`<p>Klik di sini untuk membaca berita lainnya</p>`, "klik"},
		{`<p>Simak berita menarik lainnya di Contoh.com</p>`, "simak-lain"},
		{`<p>Tinggalkan komentar</p>`, "komentar"},
		// The story's own words.
		{`<p>Artikel ini pertama kali tampil pada Contoh.</p>`, ""},
		{`<p>Cek informasi di lokasi itu, kata dia.</p>`, ""},
		{`<p>Klik-klik kamera terdengar di ruang itu.</p>`, ""},
		{`<p>Halaman rumah itu luas.</p>`, ""},
		{`<p>Komentar Bupati soal itu singkat.</p>`, ""},
		{`<p>Update informasi korban disampaikan kepada keluarga.</p>`, ""},
		{`<p>Jangan lupa membawa payung.</p>`, ""},
		{`<p>Dengarkan keluhan warga, kata dia.</p>`, ""},
		{`<p>Facebook</p>`, ""},
		{`<p>Baca juga buku itu, kata Bupati kepada warga.</p>`, ""},
		{`<p>Baca juga: Gempa mengguncang Lebak Banten. Berdasarkan hasil analisis, gempa itu dangkal.</p>`, ""},
		{`<p>Simak selengkapnya jadwal kereta pada 7 November 2025.</p>`, ""},
		{`<p>Video itu viral di media sosial.</p>`, ""},
		{`<p>Lihat video viral itu, polisi langsung bergerak.</p>`, ""},
		{`<p>Saksikan saja nanti, kata dia.</p>`, ""},
		{`<p>Iklan rokok dilarang di jalan itu.</p>`, ""},
		{`<p>Ikuti aturan yang berlaku, kata dia.</p>`, ""},
		{`<p>Bagikan makanan kepada warga, kata dia.</p>`, ""},
		{`<p>Facebook dan Twitter diblokir di negara itu.</p>`, ""},
		{`<p>Artikel ini telah tayang di Contoh.com dengan judul Jembatan</p>`, ""},
		{`<p>Dilarang mengutip atau menyalin berita ini tanpa izin.</p>`, ""},
		{`<p>Penulis: Siti Rahma</p>`, ""},
		{`<p>Sumber: contoh.go.id</p>`, ""},
		{`<p>Advertorial</p>`, ""},
		{`<p>(Adv)</p>`, ""},
		{`<blockquote><p>Bagikan berita ini, kata dia</p></blockquote>`, ""},
		{`<figure><img src="/a.jpg"><figcaption>Iklan</figcaption></figure>`, ""},
		{`<p>Ralat: nama pejabat itu Budi.</p>`, ""},
		{`<p>Berita terkait jembatan itu ramai dibicarakan.</p>`, ""},
		{`<p>Tags adalah nama kampung itu.</p>`, ""},
	} {
		const before, after = "Bupati datang.", "Warga senang."
		it := story("<p>" + before + "</p>" + c.in + "<p>" + after + "</p>")
		var rules []string
		for _, r := range it.Removed {
			rules = append(rules, r.Why)
		}
		if got := strings.Join(rules, " "); got != c.rule {
			t.Errorf("%s: removed by %q, want %q\n%s", c.in, got, c.rule, it.Content.Value)
		}
		if !strings.HasPrefix(it.Content.Value, "<p>"+before+"</p>") || !strings.HasSuffix(it.Content.Value, "<p>"+after+"</p>") {
			t.Errorf("%s: the story suffered: %s", c.in, it.Content.Value)
		}
		if c.rule != "" && it.Content.Value != "<p>"+before+"</p><p>"+after+"</p>" {
			t.Errorf("%s: left %s", c.in, it.Content.Value)
		}
	}
}

func TestDebrisGlued(t *testing.T) {
	it := story("<p>spot_imgspot_imgspot_imgPASER – Bupati datang.</p>")
	if it.Content.Value != "<p>PASER – Bupati datang.</p>" || it.Dateline != "PASER" || len(it.Removed) != 3 {
		t.Errorf("%s %q %v", it.Content.Value, it.Dateline, it.Removed)
	}
	it = story("<p>Bupati datang.<br>Baca juga: <a href=/x>Jembatan</a><br>Warga senang.</p>")
	if it.Content.Value != "<p>Bupati datang.<br>Warga senang.</p>" {
		t.Error(it.Content.Value)
	}
}

func TestRules(t *testing.T) {
	files, err := builtinFiles.ReadDir("rules")
	if err != nil {
		t.Fatal(err)
	}
	for _, f := range files {
		data, err := builtinFiles.ReadFile("rules/" + f.Name())
		if err != nil {
			t.Fatal(err)
		}
		if err := new(Rules).add(string(data), f.Name()); err != nil {
			t.Error(err)
		}
	}
	more, err := Builtin().With("contoh\tline\tpasang\tpasang iklan di sini.*\n", "warta.yaml")
	if err != nil {
		t.Fatal(err)
	}
	if r := more.debris(&line{text: "Pasang iklan di sini, hubungi kami"}); r == nil || r.ID != "contoh" {
		t.Errorf("an operator's rule does not work: %v", r)
	}
	if Builtin().debris(&line{text: "Pasang iklan di sini, hubungi kami"}) != nil {
		t.Error("an operator's rule leaked into the built-in ones")
	}
	for _, bad := range []string{"x\tline", "x\tnope\ta\tb", "x\tline\ta\t(("} {
		if _, err := Builtin().With(bad, "warta.yaml"); err == nil || !strings.Contains(err.Error(), "warta.yaml:1") {
			t.Errorf("%q: %v", bad, err)
		}
	}
}
