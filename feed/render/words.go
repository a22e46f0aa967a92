package render

import (
	"strconv"
	"time"

	"warta/feed"
)

// words are our own words in one language. The source's are never translated.
type words struct {
	lang string

	by, source, via, first, agency, original, unpaged, licence, rights, permitted string
	advertorial, photo, untitled, withdrawn, withdrawnBy, reason                  string
	more, origin, operator, seen, shownLikeThis, gone, quoted                     string

	roles   map[string]string
	notices map[feed.NoticeKind]string
	months  [12]string
}

var indonesian = words{
	lang: "id",
	by:   "Oleh: ", source: "Sumber: ", via: "melalui ", first: "Asal: ", agency: "Kantor berita: ", original: "Berita asli: ", unpaged: "Tanpa halaman sendiri, terbit di: ",
	licence: "Lisensi: ", rights: "Hak cipta pada ", permitted: "dimuat dengan izin pemiliknya",
	advertorial: "Advertorial", photo: "Foto: ", untitled: "(tanpa judul)",
	withdrawn: "Berita dicabut", withdrawnBy: "dicabut oleh", reason: "Alasan", more: "Penjelasan",
	origin: "media asal", operator: "pengelola", seen: "terbaca ", shownLikeThis: "Mengapa ditampilkan seperti ini",
	gone: "Tidak lagi dimuat di saluran ini", quoted: "Bunyinya: ",
	roles: map[string]string{
		"editor": "Editor", "photographer": "Foto", "translator": "Penerjemah", "contributor": "Kontributor", "agency": "Kantor berita",
	},
	notices: map[feed.NoticeKind]string{
		feed.Correction: "Koreksi", feed.Reply: "Hak jawab", feed.Withdrawal: "Pencabutan berita", feed.Update: "Diperbarui",
	},
	months: [12]string{"Januari", "Februari", "Maret", "April", "Mei", "Juni", "Juli", "Agustus", "September", "Oktober", "November", "Desember"},
}

var english = words{
	lang: "en",
	by:   "By ", source: "Source: ", via: "via ", first: "Origin: ", agency: "News agency: ", original: "Original story: ", unpaged: "No page of its own, published at: ",
	licence: "Licence: ", rights: "Rights remain with ", permitted: "published with its owner’s permission",
	advertorial: "Advertorial", photo: "Photo: ", untitled: "(untitled)",
	withdrawn: "Story withdrawn", withdrawnBy: "withdrawn by", reason: "Reason", more: "Explanation",
	origin: "the original outlet", operator: "the operator", seen: "seen ", shownLikeThis: "Why it is shown like this",
	gone: "No longer shown in this channel", quoted: "In its words: ",
	roles: map[string]string{
		"editor": "Editor", "photographer": "Photo", "translator": "Translation", "contributor": "Contributor", "agency": "News agency",
	},
	notices: map[feed.NoticeKind]string{
		feed.Correction: "Correction", feed.Reply: "Right of reply", feed.Withdrawal: "Withdrawal", feed.Update: "Updated",
	},
	months: [12]string{"January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November", "December"},
}

// wordsFor chooses our words for the first language that is known.
func wordsFor(languages ...string) *words {
	if feed.Tongue(languages...) == "id" {
		return &indonesian
	}
	return &english
}

var wib = time.FixedZone("WIB", 7*60*60)

// day is a date as people write it: 16 Juni 2025.
func (w *words) day(t time.Time) string {
	return strconv.Itoa(t.Day()) + " " + w.months[t.Month()-1] + " " + strconv.Itoa(t.Year())
}

// moment is a date with its time and zone: 16 Juni 2025, 10.00 WIB.
//
// The zone is the site's, else the one western Indonesia has, or UTC: always
// named, never that of the machine.
func (w *words) moment(t time.Time, zone *time.Location) string {
	layout := "15:04 MST"
	if w.lang == "id" {
		layout = "15.04 MST"
	}
	switch {
	case zone != nil:
		t = t.In(zone)
	case w.lang == "id":
		t = t.In(wib)
	default:
		t = t.UTC()
	}
	return w.day(t) + ", " + t.Format(layout)
}

func (w *words) role(r string) string {
	if n := w.roles[r]; n != "" {
		return n
	}
	if r == "" || r == "author" {
		return w.roles["contributor"]
	}
	return r
}
