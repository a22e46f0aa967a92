package feed

import (
	"slices"
	"strings"
)

// Where evidence stands begins with these, one or more of them: "entry source
// rights". After that come names of markup, which are nobody's language, or
// one of placeEnds.
var (
	placeWords = map[string]string{
		"entry": "berita", "feed": "umpan", "page": "halaman", "text": "teks", "title": "judul", "summary": "ringkasan",
		"source": "sumber", "host": "situs", "header": "kepala HTTP", "configuration": "konfigurasi", "channel": "kanal", "image": "gambar",
	}
	placeEnds = map[string]string{"licence": "lisensi", "copyright": "hak cipta", "rights": "pernyataan hak"}
	partWords = strings.NewReplacer(
		", last paragraph", ", alinea terakhir", ", first paragraph", ", alinea pertama", ", paragraph ", ", alinea ",
		", caption", ", keterangan gambar", ", footer", ", kaki halaman", ", removed as ", ", dihilangkan sebagai ",
		", not well formed", ", tidak tersusun baik", " times since ", " kali sejak ", " of ", " dari ",
	)
)

// Whereabouts says in a language where evidence stands, which sources/evidence notes in
// English: “text, last paragraph” is “teks, alinea terakhir”.
func Whereabouts(where, language string) string {
	if language != "id" {
		return where
	}
	where, part, comma := strings.Cut(where, ", ")
	fields := strings.Split(where, " ")
	n := 0
	for n < len(fields) && placeWords[fields[n]] != "" {
		fields[n] = placeWords[fields[n]]
		n++
	}
	if n > 0 && n == len(fields)-1 && placeEnds[fields[n]] != "" {
		fields[n] = placeEnds[fields[n]]
		n++
	}
	slices.Reverse(fields[:n]) // whose it is comes last
	where = strings.Join(fields, " ")
	if comma {
		where += partWords.Replace(", " + part)
	}
	return where
}
