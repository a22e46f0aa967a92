package normalize

import (
	"strings"
	"testing"

	"warta/sources"
)

// typical is an entry as WordPress sites of regional outlets send it: 2.5 KB.
func typical() string {
	const p = `<p>Bupati Paser mengatakan &#8220;pembangunan jalan itu&#8221; akan selesai pada akhir tahun dengan anggaran yang telah disetujui oleh <a href="https://contoh.example/dprd/">DPRD</a>, <strong>Senin (16/6/2025)</strong>. Warga berharap jalan itu dapat mempercepat pengiriman hasil panen mereka ke pasar kabupaten.</p>` + "\n"
	return `<figure class="wp-block-image size-large"><img fetchpriority="high" decoding="async" width="1024" height="683" src="https://contoh.example/wp-content/uploads/2025/06/jalan-1024x683.jpg" alt="Jalan" class="wp-image-1" srcset="https://contoh.example/a-1024x683.jpg 1024w, https://contoh.example/a-300x200.jpg 300w" sizes="(max-width: 1024px) 100vw, 1024px" /><figcaption>Jalan itu. Foto: Budi</figcaption></figure>` + "\n" +
		strings.Replace(p, "<p>", "<p><strong>PASER</strong> &#8211; ", 1) + strings.Repeat(p, 4) +
		`<p>Baca juga: <a href="https://contoh.example/y/">Jembatan Lama Roboh</a></p>` + "\n" +
		`<p>Pewarta: Siti Rahma<br />Editor: Bambang Hartono</p>` + "\n" +
		`<p>The post <a rel="nofollow" href="https://contoh.example/jalan/">Jalan</a> appeared first on <a rel="nofollow" href="https://contoh.example">Contoh</a>.</p>`
}

func BenchmarkItem(b *testing.B) {
	doc := &sources.Document{URL: "https://contoh.example/feed/", Title: sources.Text{Value: "Contoh"}, Language: "id-ID"}
	text := typical()
	summary := "<p>PASER &#8211; Bupati Paser mengatakan pembangunan jalan itu akan selesai pada akhir tahun [&#8230;]</p>\n<p>The post <a href=\"https://contoh.example/jalan/\">Jalan</a> appeared first on <a href=\"https://contoh.example\">Contoh</a>.</p>"
	b.SetBytes(int64(len(text)))
	b.ReportAllocs()
	for b.Loop() {
		it := sources.Item{
			Link:       "https://contoh.example/jalan/?utm_source=rss&utm_medium=rss",
			Title:      sources.Text{Value: "Jalan &amp; Jembatan Paser Selesai Akhir Tahun", Type: "html"},
			Published:  sources.Date{Raw: "Mon, 16 Jun 2025 07:05:00 +0000"},
			Authors:    []sources.Person{{Name: "redaksi"}},
			Categories: []sources.Category{{Term: "Paser"}, {Term: "Infrastruktur"}},
			Summary:    sources.Text{Type: "html", Value: summary},
			Content:    sources.Text{Type: "html", Value: text},
		}
		Item(&it, doc, Options{Now: fetched, Source: sources.Source{ID: "contoh", Title: "Contoh"}})
	}
}

// BenchmarkBluemonday is what sanitizing the same text costs with bluemonday
// alone.
func BenchmarkBluemonday(b *testing.B) {
	text := typical()
	p := policy()
	b.SetBytes(int64(len(text)))
	b.ReportAllocs()
	for b.Loop() {
		p.Sanitize(text)
	}
}

func BenchmarkSanitize(b *testing.B) {
	text := typical()
	b.SetBytes(int64(len(text)))
	b.ReportAllocs()
	for b.Loop() {
		safe(parseHTML(text, false, false, &resolver{}, Builtin()).write())
	}
}

func BenchmarkStrictForm(b *testing.B) {
	s := story(typical()).Content.Value
	b.SetBytes(int64(len(s)))
	for b.Loop() {
		if !strictForm(s) {
			b.Fatal("not strict")
		}
	}
}

func BenchmarkPlainText(b *testing.B) {
	text := typical()
	b.SetBytes(int64(len(text)))
	b.ReportAllocs()
	for b.Loop() {
		PlainText(text)
	}
}

func BenchmarkDate(b *testing.B) {
	for _, raw := range []string{"Mon, 16 Jun 2025 07:05:00 +0000", "2025-06-16T14:05:00+07:00", "Senin, 16 Juni 2025 14.05 WIB", "2025-06-16 14:05:00"} {
		b.Run(raw, func(b *testing.B) {
			b.ReportAllocs()
			for b.Loop() {
				Date(raw, DateHints{Now: fetched})
			}
		})
	}
}

func BenchmarkKey(b *testing.B) {
	b.ReportAllocs()
	for b.Loop() {
		Key("https://www.contoh.example/berita/2025/06/16/jalan-rusak/?utm_source=rss")
	}
}
