package evidence

import (
	"html"
	"strings"
	"testing"

	"warta/sources"
)

// sample is a story of our own, about 2.5 KB of HTML without a notice.
var sample = strings.Repeat(`<p>PASER – Pemerintah Kabupaten Paser mulai memperbaiki jembatan gantung di Desa Muara Samu, Senin (16/6/2025). Kepala dinas mengatakan pekerjaan ditargetkan selesai dalam tiga bulan dengan anggaran Rp1,2 miliar.</p>
<p>“Kami ingin anak sekolah tidak lagi menyeberang dengan rakit,” kata Rahmat, seorang warga yang ikut bergotong royong sejak pagi.</p>
`, 7)

func BenchmarkItemWithoutNotice(b *testing.B) {
	doc := &sources.Document{}
	b.SetBytes(int64(len(sample)))
	b.ReportAllocs()
	for b.Loop() {
		it := sources.Item{Content: sources.Text{Value: sample, Type: "html"}}
		Item(&it, doc)
		if len(it.Evidence) > 0 {
			b.Fatal(it.Evidence)
		}
	}
}

func BenchmarkItemWithNotice(b *testing.B) {
	doc := &sources.Document{}
	text := sample + "<p>Dilarang mengutip, menyalin, atau memperbanyak berita ini tanpa izin tertulis redaksi (UU 28/2014).</p>"
	b.ReportAllocs()
	for b.Loop() {
		it := sources.Item{Content: sources.Text{Value: text, Type: "html"}}
		Item(&it, doc)
		if len(it.Evidence) != 1 {
			b.Fatal(it.Evidence)
		}
	}
}

// BenchmarkStories is the mean over real texts, made HTML.
func BenchmarkStories(b *testing.B) {
	var texts []string
	bytes := 0
	for _, s := range stories(b) {
		if len(s.text) > 1500 && len(s.text) < 4000 && !strings.Contains(s.text, "Dilarang keras") {
			t := "<p>" + strings.ReplaceAll(html.EscapeString(s.text), "\n", "</p>\n<p>") + "</p>"
			texts = append(texts, t)
			bytes += len(t)
		}
	}
	if len(texts) == 0 {
		b.Skip("no texts")
	}
	doc := &sources.Document{}
	i := 0
	b.SetBytes(int64(bytes / len(texts)))
	b.ReportAllocs()
	for b.Loop() {
		it := sources.Item{Content: sources.Text{Value: texts[i%len(texts)], Type: "html"}}
		Item(&it, doc)
		i++
	}
}
