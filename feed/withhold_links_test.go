package feed

import (
	"testing"

	"warta/sources"
)

// TestWithholdLinks: a link to a picture or recording that may not be shown is
// none any more; its words stay.
func TestWithholdLinks(t *testing.T) {
	for _, tt := range []struct {
		name   string
		d      Decision
		text   string
		want   string
		prose  string
		excerp string
	}{
		{name: "a picture without credit", d: Decision{Use: Full, Images: true}, text: `<p>Lihat <a href="https://a.id/B.JPG?w=9">fotonya</a>.</p>`, want: `<p>Lihat <a>fotonya</a>.</p>`},
		{name: "around one that is dropped", d: Decision{Use: Full, Images: true}, text: `<a href="https://a.id/B-large.jpg"><img src="https://a.id/B.jpg"/>Pasar</a>`, want: `<a>Pasar</a>`},
		{name: "around one that is kept", d: Decision{Use: Full, Images: true}, text: `<a href="https://a.id/FOTO-large.jpg"><img src="https://a.id/FOTO.jpg"/></a>`, want: `<a href="https://a.id/FOTO-large.jpg"><img src="https://a.id/FOTO.jpg"/></a>`},
		{name: "no pictures", d: Decision{Use: Full}, text: `<a href="https://a.id/FOTO.jpg">foto</a>`, want: `<a>foto</a>`},
		{name: "one that is kept", d: Decision{Use: Full, Images: true}, text: `<a href="https://a.id/FOTO.jpg">foto</a>`, want: `<a href="https://a.id/FOTO.jpg">foto</a>`},
		{name: "a player that became a link", d: Decision{Use: Full}, text: `<p>Isi</p><a href="https://a.id/v.mp4">https://a.id/v.mp4</a>`, want: `<p>Isi</p>`},
		{name: "a file that may be passed on", d: Decision{Use: Full, Enclosures: true}, text: `<a href="https://a.id/v.mp4">video</a>`, want: `<a href="https://a.id/v.mp4">video</a>`},
		{name: "pages and papers", d: Decision{Use: Full}, text: `<a href="https://a.id/wiki/File:B.jpg">b</a> <a href="https://a.id/b.pdf">c</a> <a href="https://a.id/jpg">d</a> <a href="https://foto.png.id/">e</a>`,
			want: `<a href="https://a.id/wiki/File:B.jpg">b</a> <a href="https://a.id/b.pdf">c</a> <a href="https://a.id/jpg">d</a> <a href="https://foto.png.id/">e</a>`},
		{name: "plain words", d: Decision{Use: Excerpt}, prose: `https://a.id/v.mp4 Pasar pindah (https://a.id/B.png), lihat https://a.id/1.`, excerp: `Pasar pindah lihat https://a.id/1.`},
		{name: "markup in plain words", d: Decision{Use: Excerpt}, prose: `Pasar <img src="https://a.id/B.png"> pindah`, excerp: `Pasar pindah`},
		{name: "plain words that are kept", d: Decision{Use: Excerpt}, prose: `3 < 4, kata https://a.id/1  dan <b>`, excerp: `3 < 4, kata https://a.id/1  dan <b>`},
	} {
		e := Entry{Content: sources.Text{Type: "html", Value: tt.text}, Excerpt: tt.prose, Image: &sources.Image{URL: "https://a.id/FOTO.jpg", Credit: "Rina"}}
		got, _ := Withhold(e, tt.d)
		if got.Content.Value != tt.want || got.Excerpt != tt.excerp {
			t.Errorf("%s:\n%s\n%s\nwant\n%s\n%s", tt.name, got.Content.Value, got.Excerpt, tt.want, tt.excerp)
		}
	}
}
