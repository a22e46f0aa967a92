package render

import (
	"io"

	"warta/feed"
)

// TakedownView is the page on which owners ask that something not be shown.
type TakedownView struct {
	Site      feed.Site
	Action    string          // where the form goes
	Switch    string          // the page in the other language
	Asked     feed.Takedown   // what was entered, where it must be mended
	Problem   TakedownProblem // what must be
	Reference string          // the number of a request that was kept
}

// TakedownProblem is why a request was not kept.
type TakedownProblem int

const (
	TakedownFine TakedownProblem = iota
	TakedownIncomplete
	TakedownTooMany
	TakedownUnreadable
	TakedownElsewhere
)

type takedownWords struct {
	Title, Lead, How, Name, Contact, Standing, What, WhatHelp, Reason, Send, Kept, Next, Number, Choose string
	Standings                                                                                           [4]standing
	problems                                                                                            [TakedownElsewhere + 1]string
}

type standing struct{ Value, Label string }

var penurunan = takedownWords{
	Title: "Permintaan penurunan berita",
	Lead:  "Anda pemilik, penulis, atau orang yang diberitakan, dan ingin suatu berita tidak lagi ditampilkan di sini? Sampaikan di bawah ini.",
	How:   "Pengelola memeriksa setiap permintaan dan dapat menghubungi Anda untuk memastikannya. Yang diturunkan diganti dengan pemberitahuan beserta waktu dan alasannya, dan tidak akan dimuat lagi. Untuk ralat atau hak jawab, hubungi lebih dahulu media yang menerbitkan beritanya; koreksinya diikuti di sini.",
	Name:  "Nama", Contact: "Alamat surel atau telepon (wajib)", Standing: "Anda adalah (wajib)",
	What: "Berita atau situs yang dimaksud (wajib)", WhatHelp: "Alamat (URL) berita di sini atau di situs asalnya, satu per baris.",
	Reason: "Alasan (wajib)", Send: "Kirim permintaan",
	Kept: "Permintaan Anda telah dicatat.", Number: "Nomor rujukan:", Next: "Simpan nomor ini. Pengelola akan memeriksanya.",
	Choose:    "– pilih –",
	Standings: [4]standing{{"owner", "pemilik atau penerbit"}, {"author", "penulis atau fotografer"}, {"concerned", "orang yang diberitakan"}, {"other", "lainnya"}},
	problems: [...]string{
		TakedownIncomplete: "Isi dahulu kontak, berita yang dimaksud, dan alasannya.",
		TakedownTooMany:    "Terlalu banyak permintaan saat ini. Coba lagi nanti, atau hubungi pengelola.",
		TakedownUnreadable: "Isian tidak dapat dibaca atau terlalu panjang.",
		TakedownElsewhere:  "Isian ini dikirim dari situs lain. Kirimlah dari halaman ini.",
	},
}

var takedown = takedownWords{
	Title: "Request a takedown",
	Lead:  "Are you the owner, the author or a person in the news, and want a story no longer to be shown here? Tell us below.",
	How:   "The operator checks every request and may contact you to verify it. What is taken down is replaced by a notice with its time and reason, and will not come back. For a correction or a right of reply turn to the outlet that published the story first; its corrections are followed here.",
	Name:  "Name", Contact: "E-mail address or telephone (required)", Standing: "You are (required)",
	What: "The stories or the site (required)", WhatHelp: "Addresses (URLs) of the stories here or on their own site, one on each line.",
	Reason: "Reason (required)", Send: "Send the request",
	Kept: "Your request was recorded.", Number: "Reference number:", Next: "Keep this number. The operator will look at it.",
	Choose:    "– choose –",
	Standings: [4]standing{{"owner", "the owner or publisher"}, {"author", "the author or photographer"}, {"concerned", "a person in the news"}, {"other", "somebody else"}},
	problems: [...]string{
		TakedownIncomplete: "Please give a contact, the stories and the reason.",
		TakedownTooMany:    "There are too many requests at present. Try again later, or contact the operator.",
		TakedownUnreadable: "What was sent can't be read, or is too long.",
		TakedownElsewhere:  "This was sent from another site. Please send it from this page.",
	},
}

// TakedownPage writes the form, what became of what was sent with it, or both.
func TakedownPage(w io.Writer, v TakedownView) error {
	words := &takedown
	if wordsFor(v.Site.Language).lang == "id" {
		words = &penurunan
	}
	p, err := newPage(v.Site, words.Title)
	if err != nil {
		return err
	}
	p.Robots, p.Switch = "noindex", v.Switch
	return writePage(w, "takedown", struct {
		page
		T         *takedownWords
		Action    string
		Asked     feed.Takedown
		Problem   string
		Reference string
	}{p, words, v.Action, v.Asked, words.problems[v.Problem], v.Reference})
}

// TakedownURL is where the form is.
func TakedownURL(site feed.Site) string { return site.URL + "takedown/" }
