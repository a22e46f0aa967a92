package normalize

import (
	"strings"
	"testing"

	"warta/sources"
)

func TestSanitize(t *testing.T) {
	for _, c := range []struct{ name, in, want string }{
		{"plain", "Halo dunia", "Halo dunia"},
		{"entities", "a &lt; b &amp; c &ldquo;d&rdquo;", "a &lt; b &amp; c “d”"},
		{"paragraphs", "<p>satu</p>\n\n <p> dua </p>", "<p>satu</p><p>dua</p>"},
		{"unclosed", "<p>satu<p>dua <b>tebal<p>tiga", "<p>satu</p><p>dua <b>tebal</b></p><p>tiga</p>"},
		{"misnested", "<b><i>a</b>b</i>", "<b><i>a</i></b>b"},
		{"stray end", "a</div></p>b", "ab"},
		{"script", `a<script>alert("<p>")</script>b`, "ab"},
		{"style", "<style>p{}</style>a", "a"},
		{"events", `<p onclick="x()" style="color:red" class="a" id="b">a</p>`, "<p>a</p>"},
		{"link", `<a href="/b" target=_blank rel="noopener nofollow" onclick=x>b</a>`, `<a href="https://contoh.example/b" rel="nofollow">b</a>`},
		{"link javascript", `<a href="javascript:x()">b</a>`, "<a>b</a>"},
		{"link tracked", `<a href="https://a.example/?utm_source=x">b</a>`, `<a href="https://a.example/">b</a>`},
		{"nested links", `<a href="/a">a<a href="/b">b</a></a>`, `<a href="https://contoh.example/a">a</a><a href="https://contoh.example/b">b</a>`},
		{"figure", `<figure class="wp"><img src="/a.jpg" width="800" height="600" alt="A"><figcaption>Jalan</figcaption></figure>`,
			`<figure><img src="https://contoh.example/a.jpg" alt="A" width="800" height="600"><figcaption>Jalan</figcaption></figure>`},
		{"lazy", `<img src="data:image/gif;base64,R0" data-src="/b.jpg">`, `<img src="https://contoh.example/b.jpg" alt="">`},
		{"lazy placeholder", `<img src="/img/blank.gif" data-lazy-src="/b.jpg">`, `<img src="https://contoh.example/b.jpg" alt="">`},
		{"lazy noscript", `<img src="data:x" data-src="/b.jpg"><noscript><img src="/b.jpg"></noscript>`, `<img src="https://contoh.example/b.jpg" alt="">`},
		{"srcset", `<img srcset="/s.jpg 300w, /m.jpg 1024w, /l.jpg 2048w">`, `<img src="https://contoh.example/m.jpg" alt="">`},
		{"picture", `<picture><source srcset="/a.webp 1x, /b.webp 2x"><img alt="A"></picture>`, `<img src="https://contoh.example/b.webp" alt="A">`},
		{"pixel", `a<img src="https://t.example/p" width="1" height="1">b`, "ab"},
		{"beacon", `a<img src="https://pixel.wp.com/b.gif?x">b`, "ab"},
		{"iframe", `<iframe src="//www.youtube.com/embed/x" title="Video"></iframe>`, `<a href="https://www.youtube.com/embed/x">Video</a>`},
		{"video", `<video controls><source src="/v.mp4">tidak bisa</video>`, `<a href="https://contoh.example/v.mp4">https://contoh.example/v.mp4</a>`},
		{"audio", `<audio src="/a.mp3"></audio>`, `<a href="https://contoh.example/a.mp3">https://contoh.example/a.mp3</a>`},
		{"form", `<form action=/x><input name=a><button>Kirim</button></form>`, "<div>Kirim</div>"},
		{"table", `<table><tr><td>a<td>b<tr><td colspan=2>c</table>`, `<table><tr><td>a</td><td>b</td></tr><tr><td colspan="2">c</td></tr></table>`},
		{"list", "<ul><li>a<li>b<ol><li>c</ol></ul>", "<ul><li>a</li><li>b<ol><li>c</li></ol></li></ul>"},
		{"quote", `<blockquote cite="/x"><p>a</p></blockquote>`, `<blockquote cite="https://contoh.example/x"><p>a</p></blockquote>`},
		{"unknown", "<foo>a <bar>b</bar></foo>", "a b"},
		{"empty", "<p></p><div><span> </span></div><p>&nbsp;</p>a<b></b>b", "ab"},
		{"breaks", "a<br><br><br><br>b<br></p>", "a<br><br>b"},
		{"pre", "<pre>a\n  b</pre>", "<pre>\na\n  b</pre>"},
		{"svg", `<svg onload="x()"><path d="M0"/></svg>a`, "a"},
		{"mathml", `<math><mtext><mglyph><style><img src onerror=x></style></mtext></math>a`, "a"},
		{"comment", "a<!-- <b>x</b> -->b", "ab"},
		{"cdata", "a<![CDATA[<script>x</script>]]>b", "ax]]&gt;b"},
		{"nul", "a\x00b\x07c", "abc"},
		{"quotes in attribute", `<a title='a"b' href="/?q=&quot;>&lt;">x</a>`, `<a title="a&#34;b" href="https://contoh.example/?q=%22%3E%3C">x</a>`},
		{"title raw text", "<title>a</title><textarea>b</textarea>", "ab"},
		{"unclosed iframe", "<iframe>a <b>b</b>", "a <b>b</b>"},
		{"lang", `<p lang="id" dir="rtl">a</p>`, `<p lang="id" dir="rtl">a</p>`},
		{"sponsored", `<a href="https://a.example/" rel="sponsored noopener">a</a>`, `<a href="https://a.example/" rel="sponsored">a</a>`},
	} {
		t.Run(c.name, func(t *testing.T) {
			got := story(c.in).Content
			if got.Value != c.want {
				t.Errorf("\n in %s\ngot %s\nwant %s", c.in, got.Value, c.want)
			}
			if !strictForm(got.Value) {
				t.Errorf("not in the strict form: %s", got.Value)
			}
		})
	}
}

// XHTML comes from XML: an empty element is empty, and prefixes may name HTML.
func TestXHTML(t *testing.T) {
	it := sources.Item{Content: sources.Text{Type: "xhtml", Value: `<xhtml:div><xhtml:p>satu<xhtml:a name="n"/> dua<script/></xhtml:p><p>tiga</p></xhtml:div>`}}
	Item(&it, &sources.Document{}, Options{})
	if want := "<div><p>satu dua</p><p>tiga</p></div>"; it.Content.Value != want || it.Content.Type != "html" {
		t.Errorf("got %s (%s), want %s", it.Content.Value, it.Content.Type, want)
	}
}

func TestPlainContent(t *testing.T) {
	it := sources.Item{Content: sources.Text{Type: "text", Value: "Satu < dua\nbaris & lagi\n\n\nParagraf <b>dua"}}
	Item(&it, &sources.Document{}, Options{})
	if want := "<p>Satu &lt; dua<br>baris &amp; lagi</p><p>Paragraf &lt;b&gt;dua</p>"; it.Content.Value != want {
		t.Errorf("got %s, want %s", it.Content.Value, want)
	}
}

func TestPlainText(t *testing.T) {
	for in, want := range map[string]string{
		"":                               "",
		"a &amp; b":                      "a & b",
		"<p>a</p><p>b <b>c</b></p>":      "a\n\nb c",
		"<p>a<br>b</p><ul><li>c</ul>":    "a\nb\n\nc",
		"a<script>x</script> b":          "a b",
		"<p>a&nbsp; \n b</p>":            "a b",
		"<p>a</p>\n\n<p> </p>\n<p>b</p>": "a\n\nb",
	} {
		if got := PlainText(in); got != want {
			t.Errorf("PlainText(%q) = %q, want %q", in, got, want)
		}
	}
}

func TestImages(t *testing.T) {
	it := story(`<p>JAKARTA – Isi.</p><figure><img src="/a.jpg" width="800" height="600"><figcaption>Jalan rusak. Foto: ANTARA/Budi</figcaption></figure>`)
	if i := it.Image; i == nil || i.URL != "https://contoh.example/a.jpg" || i.Caption != "Jalan rusak. Foto: ANTARA/Budi" || i.Credit != "ANTARA/Budi" || i.Width != 800 {
		t.Errorf("image %+v", it.Image)
	}
	it = sources.Item{Media: []sources.Image{{URL: "/m.jpg", Credit: "Dok. Pemkab"}}, Content: sources.Text{Value: `<img src="/a.jpg">`}}
	Item(&it, &sources.Document{URL: "https://contoh.example/"}, Options{})
	if it.Image == nil || it.Image.URL != "https://contoh.example/m.jpg" || it.Image.Credit != "Dok. Pemkab" {
		t.Errorf("image %+v", it.Image)
	}
}

// Beyond the bound on elements only markup is lost.
func TestManyElements(t *testing.T) {
	for _, kind := range []string{"html", "text"} {
		const n = 3 * maxNodes
		it := sources.Item{Content: sources.Text{Value: strings.Repeat("kata<br>\n", n), Type: kind}}
		if kind == "text" {
			it.Content.Value = strings.Repeat("kata\n", n)
		}
		Item(&it, &sources.Document{}, Options{})
		if got := len(strings.Fields(PlainText(strings.ReplaceAll(it.Content.Value, "<br>", " ")))); got != n {
			t.Errorf("%s: %d words became %d", kind, n, got)
		}
	}
}

// Deep, wide and broken markup costs time and memory in proportion.
func TestHostile(t *testing.T) {
	for name, unit := range map[string]string{
		"deep": "<div>", "inline": "<b>", "links": "<a href=x>", "cells": "<table><tr><td>", "ends": "</p></b></div>",
		"attributes": "<p a=b c=d", "images": "<img src=x>", "lists": "<ul><li>", "brackets": "(((((((", "dashes": "A - ",
		"labels": "Penulis: ", "quotes": `<a title="`, "amp": "&amp;", "lines": "Baca juga: x<br>", "spot": "spot_img",
		"comments": "<!--", "entities": "&#x110000;", "colons": "::::", "dots": "A. b ",
	} {
		cost := func(n int) (allocated float64) {
			s := strings.Repeat(unit, n)
			return testing.AllocsPerRun(1, func() { it := story(s); _ = it })
		}
		small, large := cost(1000), cost(4000)
		if large > 6*small+2000 {
			t.Errorf("%s: %v allocations for 1000, %v for 4000", name, small, large)
		}
	}
}
