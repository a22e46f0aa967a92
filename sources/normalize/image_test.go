package normalize

import (
	"strings"
	"testing"

	"warta/sources"
)

// TestEveryCreditedPicture: pictures of a text that say whose they are stand
// beside the first; those that don't can't be shown and don't.
func TestEveryCreditedPicture(t *testing.T) {
	it := sources.Item{Link: "https://a.example/1", Title: sources.Text{Value: "Pasar"}, Content: sources.Text{Type: "html", Value: `<p>Pasar pindah.</p>` +
		`<img src="https://a.example/polos.jpg">` +
		`<figure><img src="https://a.example/satu.jpg"><figcaption>Pasar lama. Foto: Sari/Kabar</figcaption></figure>` +
		`<p>Pedagang senang dengan tempat baru itu.</p>` +
		`<figure><img src="https://a.example/dua.jpg"><figcaption>Pasar baru. Foto: Budi/Kabar</figcaption></figure>`}}
	Item(&it, &sources.Document{URL: "https://a.example/feed"}, Options{})
	if it.Image == nil || it.Image.URL != "https://a.example/polos.jpg" {
		t.Errorf("the first is %+v", it.Image)
	}
	var got []string
	for _, m := range it.Media {
		got = append(got, m.URL+" "+m.Credit)
	}
	if want := "https://a.example/satu.jpg Sari/Kabar, https://a.example/dua.jpg Budi/Kabar"; strings.Join(got, ", ") != want {
		t.Errorf("beside it stand %q, want %q", got, want)
	}
}
