package normalize

import (
	"fmt"
	"testing"
	"time"

	"warta/sources"
)

func TestSmoke(t *testing.T) {
	doc := &sources.Document{URL: "https://contoh.example/feed/"}
	it := sources.Item{Link: "/a?utm_source=rss&x=1", Title: sources.Text{Value: "Harga &amp;amp; beras <b>naik</b> - Contoh", Type: "html"},
		Content: sources.Text{Type: "html", Value: `<p>spot_imgspot_imgPASER – Bupati &ldquo;datang&rdquo;<br>ke <a href="/x" onclick="x()">sini</a>.<script>alert(1)</script></p><p>Baca juga: <a href="/y">Y</a></p><div class="sharedaddy"><p>Share</p></div><p><img src="data:image/gif;base64,x" data-src="/a b.jpg"><noscript><img src="/a b.jpg"></noscript></p><iframe src="https://www.youtube.com/embed/1"></iframe><ul><li>satu<li>dua</ul>`}}
	Item(&it, doc, Options{Source: sources.Source{Title: "Contoh"}})
	fmt.Println(it.Content.Value)
	fmt.Println(it.Title.Value, it.URL, it.Excerpt, it.Removed, it.Image)
	before := fmt.Sprint(it)
	Item(&it, doc, Options{Source: sources.Source{Title: "Contoh"}})
	if fmt.Sprint(it) != before {
		t.Error(before, "\n", fmt.Sprint(it))
	}
	now := time.Date(2025, 11, 24, 4, 0, 0, 0, time.UTC)
	for _, s := range []string{"Kamis, 22 Desember 2011 – 18:08 WIB", "kemarin (29/6)", "Kamis, 5 November 2015 14:56 WIB", "Sabtu, 31/10/2015 13:28 WIB WIB", "Rabu, November 5, 2025", "Rabu 1 November kemarin", "Selasa (21/10/2025)", "October 7, 2025 by", "Thu, 30 Jul 2026 19:51:57 +0700", "Minggu (4/1) sekitar pukul 11.00 WITA", "4 Agt 2025", "22 Oktober 2025 15:50", "2026-05-13WIB18:45:00+07:00", "Jum'at, 17 Februari 2017 - 13:30 wib", "Rabu, 4 November 2015 | 21:04 WIB", "07/01/2026", "pukul 01.00 WIB", "05 Agustus 2019", "Fri, 5 Sep 08 10:00:00 EST", "DD/MM/YYYY HH:MM WIB", "2004년 5월 28일  오후 11:31:59", "Sun Jan 4 16:29:06 PST 2004", "20031231T10:14:55Z", "2003-12-31T10:14:55-0800", "Thu, 01 Jan 04 19:48:21 GMT", "16.06.2025 14:05", "Kyιακή, 1 Φεβ 2004 13:05:12 +0200", "2:05 pm 3 June 2025", "Senin, 16 Juni 2025 14.05 WIB"} {
		d, ok := Date(s, DateHints{Now: now})
		fmt.Println(s, "=>", d, ok)
	}
}

func BenchmarkItem(b *testing.B) {
	doc := &sources.Document{URL: "https://contoh.example/feed/"}
	p := `<p>Bupati Paser mengatakan &ldquo;pembangunan jalan itu&rdquo; akan selesai pada akhir tahun dengan anggaran yang telah disetujui oleh <a href="https://contoh.example/dprd?x=1">DPRD</a>, <strong>Senin (16/6/2025)</strong>. Warga berharap jalan itu dapat mempercepat pengiriman hasil panen mereka ke pasar kabupaten.</p>` + "\n"
	text := `<figure><img src="https://contoh.example/a.jpg" width="800" height="600" alt="x" class="wp-image" srcset="https://contoh.example/a-300.jpg 300w"><figcaption>Jalan. Foto: Budi</figcaption></figure>` + p + p + p + p + p + p + `<p>Baca juga: <a href="https://contoh.example/y">Lain</a></p>`
	b.SetBytes(int64(len(text)))
	b.ReportAllocs()
	for b.Loop() {
		it := sources.Item{Link: "https://contoh.example/a?utm_source=rss&x=1", Title: sources.Text{Value: "Harga &amp; beras naik", Type: "html"}, Published: sources.Date{Raw: "Thu, 30 Jul 2026 19:51:57 +0700"},
			Content: sources.Text{Type: "html", Value: text}}
		Item(&it, doc, Options{Source: sources.Source{Title: "Contoh"}})
	}
}
