package normalize

import (
	"strings"
	"testing"
	"unicode/utf8"

	"warta/sources"
)

func TestTitle(t *testing.T) {
	for _, c := range []struct{ kind, in, want string }{
		{"html", "Harga &amp; beras", "Harga & beras"},
		{"html", "Harga &amp;amp; beras", "Harga & beras"},
		{"html", "&amp;quot;Naik&amp;quot;", `"Naik"`},
		{"html", "&amp;amp;amp;#8220;Naik&#8221;", "“Naik”"},
		{"html", "<b>Harga</b> naik<br>lagi", "Harga naik lagi"},
		{"html", "&lt;b&gt;Harga&lt;/b&gt; naik", "Harga naik"},
		{"html", "  Harga \n naik\u00a0 lagi ", "Harga naik lagi"},
		{"html", "HARGA NAIK!!!", "HARGA NAIK!!!"},
		{"html", "Harga naik - Contoh", "Harga naik"},
		{"html", "Harga naik | CONTOH", "Harga naik"},
		{"html", "Harga naik – Contoh", "Harga naik"},
		{"html", "Harga naik - Lain", "Harga naik - Lain"},
		{"html", "Harga naik di Contoh", "Harga naik di Contoh"},
		{"html", "Contoh", "Contoh"},
		{"html", "- Contoh", "- Contoh"},
		{"text", "a < b & c", "a < b & c"},
		{"text", "Harga &amp; beras", "Harga & beras"},
		{"text", "Using <template> tags", "Using <template> tags"},
		{"text", "a<b and c>d", "a<b and c>d"},
		{"html", "Jum&#039;at", "Jum'at"},
		{"xhtml", "<div>Harga <em>naik</em></div>", "Harga naik"},
		{"html", "\u200b\ufeffHarga", "Harga"},
		{"html", "", ""},
	} {
		got := titleText(sources.Text{Value: c.in, Type: c.kind}, "Contoh", "")
		if got.Value != c.want || got.Type != "text" {
			t.Errorf("%s %q became %q (%s), want %q", c.kind, c.in, got.Value, got.Type, c.want)
		}
	}
}

func TestExcerpt(t *testing.T) {
	long := "Bupati meresmikan jembatan itu bersama warga desa pada Kamis pagi. Dr. H. Ahmad, S.Pd., mengatakan jembatan itu dibangun dengan dana desa sebesar Rp 2,5 miliar. " +
		"Warga senang karena jembatan itu sudah lama ditunggu oleh semua orang di kampung. Kalimat ini tidak akan muat lagi di dalam ringkasan yang pendek ini."
	for _, c := range []struct{ name, in, want string }{
		{"short", "<p>PASER – Jalan rusak.</p>", "PASER – Jalan rusak."},
		{"sentence", "<p>" + long + "</p>", long[:len("Bupati meresmikan jembatan itu bersama warga desa pada Kamis pagi. Dr. H. Ahmad, S.Pd., mengatakan jembatan itu dibangun dengan dana desa sebesar Rp 2,5 miliar. Warga senang karena jembatan itu sudah lama ditunggu oleh semua orang di kampung.")]},
		{"paragraphs", "<p>Satu.</p><p>Dua.</p>", "Satu. Dua."},
		{"caption and heading", "<figure><img src=/a.jpg><figcaption>Foto jalan</figcaption></figure><h2>Judul</h2><p>Isi.</p>", "Isi."},
		{"byline", "<p>Penulis: Budi Santoso</p><p>Isi.</p>", "Isi."},
		{"debris", "<p>Baca juga: <a href=/x>Lain</a></p><p>Isi.</p>", "Isi."},
		{"only a caption", "<figure><img src=/a.jpg><figcaption>Foto jalan</figcaption></figure>", "Foto jalan"},
		{"nothing", "<p></p>", ""},
	} {
		if got := story(c.in).Excerpt; got != c.want {
			t.Errorf("%s: %q, want %q", c.name, got, c.want)
		}
	}
	it := sources.Item{Summary: sources.Text{Value: "<p>Ringkasan.</p><p>The post Judul appeared first on Contoh.</p>"}, Content: sources.Text{Value: "<p>Isi.</p>"}}
	Item(&it, &sources.Document{}, Options{})
	if it.Excerpt != "Ringkasan." {
		t.Errorf("the publisher's own summary gave %q", it.Excerpt)
	}
}

// No excerpt is made of what its owner marked with data-nosnippet; where nothing
// else is there, the item says so.
func TestNoSnippet(t *testing.T) {
	for _, c := range []struct {
		content, summary, excerpt string
		whole                     bool
	}{
		{`<p>Hujan turun di Paser.</p><p data-nosnippet>Nama korban Budi.</p><p>Reda sore hari.</p>`, "", "Hujan turun di Paser. Reda sore hari.", false},
		{`<p>Hujan turun di Paser, <span data-nosnippet="">kata Budi</span>.</p><p>Reda sore hari.</p>`, "", "Reda sore hari.", false},
		{`<div data-nosnippet><p>Hujan.</p><div><p>Reda.</p></div></div><p>Banjir surut.</p>`, "", "Banjir surut.", false},
		{`<section data-nosnippet="false"><p>Hujan.</p></section>`, "", "", true},
		{`<div data-nosnippet><p>Hujan.</p></div>`, "<p>Ringkasan.</p>", "Ringkasan.", false},
		{`<p>Hujan turun.</p>`, "<p DATA-NOSNIPPET>Ringkasan.</p>", "Hujan turun.", false},
		{`<h2>Cuaca</h2><div data-nosnippet>Hujan.</div>`, "", "Cuaca", false},
		{`<p>Hujan turun.</p>`, "", "Hujan turun.", false},
	} {
		it := sources.Item{Content: sources.Text{Value: c.content, Type: "html"}, Summary: sources.Text{Value: c.summary, Type: "html"}}
		Item(&it, &sources.Document{}, Options{})
		if it.Excerpt != c.excerpt {
			t.Errorf("%s | %s: %q, want %q", c.content, c.summary, it.Excerpt, c.excerpt)
		}
		if whole := len(it.Signals) > 0; whole != c.whole {
			t.Errorf("%s | %s: signals %v", c.content, c.summary, it.Signals)
		}
		if strings.Contains(it.Content.Value, "nosnippet") || !strings.Contains(it.Content.Value, "Hujan") {
			t.Errorf("the text became %s", it.Content.Value)
		}
	}
}

func TestCutAtSentence(t *testing.T) {
	for _, c := range []struct {
		in   string
		most int
		want string
	}{
		{"Satu. Dua.", 20, "Satu. Dua."},
		{"Satu dua tiga. Empat lima.", 20, "Satu dua tiga."},
		{"Satu dua tiga empat lima", 12, "Satu dua…"},
		{"Drs. Budi, ketua RT, datang. Ia pulang lagi kemudian.", 40, "Drs. Budi, ketua RT, datang."},
		{"“Kami datang.” Ia pulang lagi.", 20, "“Kami datang.”"},
		{"満月が出た。人々は見上げた。夜だった。", 10, "満月が出た。"},
		{"Katakatakatakatakata", 10, "Katakataka…"},
	} {
		if got := cutAtSentence(c.in, c.most); got != c.want {
			t.Errorf("cutAtSentence(%q, %d) = %q, want %q", c.in, c.most, got, c.want)
		} else if utf8.RuneCountInString(got) > c.most+1 {
			t.Errorf("%q is longer than %d", got, c.most)
		}
	}
}

func TestLanguageTag(t *testing.T) {
	for in, want := range map[string]string{
		"id": "id", "id-ID": "id-ID", "ID": "id", "in": "id", "in-ID": "id-ID", "id_ID": "id-ID", "en-us": "en-US",
		"zh-hans-cn": "zh-Hans-CN", "": "", "und": "", "x y": "", "indonesia": "id", "english": "en", "??": "", "en, id": "en",
	} {
		if got := languageTag(in); got != want {
			t.Errorf("languageTag(%q) = %q, want %q", in, got, want)
		}
	}
}

func TestLanguage(t *testing.T) {
	for _, c := range []struct{ want, text string }{
		{"id", "Bupati meresmikan jembatan yang dibangun dengan dana desa itu, dan warga menyambutnya dengan gembira pada hari Kamis."},
		{"en", "The regent opened the bridge that was built with village funds, and residents welcomed it warmly on Thursday morning."},
		{"de", "Der Landrat hat am Donnerstag die neue Brücke eröffnet, die mit Mitteln des Dorfes gebaut worden ist."},
		{"nl", "De burgemeester heeft donderdag de nieuwe brug geopend die met geld van het dorp is gebouwd en bewoners zijn blij."},
		{"ru", "Глава района открыл в четверг новый мост, построенный на средства деревни, и жители были рады этому событию."},
		{"", "Singkat."},
	} {
		it := sources.Item{Content: sources.Text{Value: "<p>" + c.text + "</p>", Type: "html"}}
		Item(&it, &sources.Document{}, Options{})
		if it.Language != c.want {
			t.Errorf("%q is %q, want %q", c.text, it.Language, c.want)
		}
	}
	it := sources.Item{Content: sources.Text{Value: "<p>The regent opened the bridge that was built with village funds.</p>"}}
	Item(&it, &sources.Document{Language: "in-id"}, Options{Source: sources.Source{Language: "en"}})
	if it.Language != "id-ID" {
		t.Errorf("what is stated must stay, got %q", it.Language)
	}
}
