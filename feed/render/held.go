package render

import (
	"strings"

	"warta/feed"
)

// heldWords say to readers that what a source brings waits for the editors. Why
// is said in our words alone: those of the signs quote what the source calls
// itself now, which is what is kept from being shown.
type heldWords struct {
	All, Some, Empty string
	signs            map[feed.SignKind]string
}

var ditahan = heldWords{
	All:   "Sejak %s berita baru dari sumber ini ditahan sampai diperiksa redaksi, karena mendadak berubah: %s. Yang sudah terbit tetap seperti semula.",
	Some:  "Sejak %s sebagian berita dari sumber ini ditahan sampai diperiksa redaksi, karena mendadak berubah: %s. Yang lain terbit seperti biasa.",
	Empty: "Sejak %s umpan sumber ini kosong. Yang sudah terbit tetap seperti semula.",
	signs: map[feed.SignKind]string{
		feed.SignHost: "alamat situsnya", feed.SignOwner: "nama pemiliknya", feed.SignLanguage: "bahasanya", feed.SignSubject: "pokok beritanya",
		feed.SignFlood: "jumlah beritanya", feed.SignEmptied: "umpannya, yang kosong",
	},
}

var heldBack = heldWords{
	All:   "Since %s new stories of this source wait for an editor, as it changed suddenly: %s. What was published stays as it was.",
	Some:  "Since %s some stories of this source wait for an editor, as it changed suddenly: %s. The others are published as usual.",
	Empty: "Since %s the feed of this source is empty. What was published stays as it was.",
	signs: map[feed.SignKind]string{
		feed.SignHost: "the address of its site", feed.SignOwner: "the name of its owner", feed.SignLanguage: "its language", feed.SignSubject: "its subject",
		feed.SignFlood: "the number of its stories", feed.SignEmptied: "its feed, which is empty",
	},
}

// held is what a page says of a quarantine; "": there is none.
func held(q *feed.Quarantine, w *pageWords) string {
	if q == nil {
		return ""
	}
	t := &heldBack
	if w.Lang == "id" {
		t = &ditahan
	}
	text := t.All
	switch {
	case q.Passing:
		return strings.Replace(t.Empty, "%s", w.moment(q.Since), 1)
	case q.Some:
		text = t.Some
	}
	var why []string
	for _, s := range q.Signs {
		if word := t.signs[s.Kind]; word != "" {
			why = append(why, word)
		}
	}
	text = strings.Replace(text, "%s", w.moment(q.Since), 1)
	return strings.Replace(text, "%s", feed.Listed(why, w.Lang), 1)
}
