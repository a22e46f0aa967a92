package render

import (
	"time"

	"warta/feed"
)

// pageWords are the words of our pages in one language.
type pageWords struct {
	Lang, OtherLang, Other                             string
	Skip, Nav, Home, About, Duty, Updated, Empty       string
	Channels, Sources, SourcesNote, SourcesMore, In    string
	Read, Why, Evidence, Origin, Revisions, Seen       string
	Headline, Outlet, Via, Author, Contributor, Agency string
	Credit, Dateline, Address, Identity, Published     string
	ChangedThere, FirstSeen, Rights, Holder, Licence   string
	NoLicence, Until, Permission, Regions, Answers     string
	Takedown                                           string
	SourceLead, SourceUse, SourceUseNote, Recent       string
	ReadAt                                             string
	FeedLead, FeedHow, FeedPage, FeedArchive           string
	MemberLead, MemberNone, MemberOPML, MemberSecret   string
	uses                                               [feed.Full + 1]string
	months                                             *words
	zone                                               *time.Location
}

var halaman = pageWords{
	Lang: "id", OtherLang: "en", Other: "English",
	Skip: "Langsung ke isi", Nav: "Navigasi", Home: "Beranda", About: "Tentang kami",
	Duty:    "Setiap berita milik medianya. Koreksi, hak jawab, dan pencabutan di media asal diikuti di sini.",
	Updated: "Diperbarui", Empty: "Belum ada berita.",
	Channels: "Kanal", Sources: "Sumber", SourcesNote: "Situs yang kami baca.", SourcesMore: "Apa yang ditampilkan dari masing-masing", In: "Tampil di",
	Read: "Baca selengkapnya di", Why: "Mengapa ditampilkan seperti ini", Evidence: "Bukti tentang hak, kata demi kata", Origin: "Asal berita",
	Revisions: "Riwayat", Seen: "Tercatat", Headline: "Judul",
	Outlet: "Media", Via: "Melalui", Author: "Penulis", Contributor: "Turut bekerja", Agency: "Kantor berita",
	Credit: "Kredit", Dateline: "Titimangsa", Address: "Alamat asli", Identity: "Pengenal asli", Published: "Terbit",
	ChangedThere: "Diubah", FirstSeen: "Pertama kami baca", Rights: "Hak cipta", Holder: "Pemegang hak", Licence: "Lisensi",
	NoLicence: "tidak dinyatakan", Until: "Berlaku sampai", Permission: "Izin tercatat", Regions: "Wilayah", Answers: "Tentang berita", Takedown: "Permintaan penurunan",
	SourceLead: "Apa yang kami baca dari %s, dan berapa banyak yang ditampilkan di sini.",
	ReadAt:     "Sumber yang kami baca",
	SourceUse:  "Lazimnya ditampilkan", SourceUseNote: "Berlaku bila suatu berita tidak menyatakan hal lain. Setiap berita dinilai tersendiri.", Recent: "Berita terbaru",
	FeedLead:    "Alamat ini untuk aplikasi pembaca berita. Salin ke aplikasi pembaca Anda untuk berlangganan:",
	FeedHow:     "Berita baru akan muncul di sana dengan sendirinya, lengkap dengan media, penulis, dan tautan ke berita aslinya. Tanpa pendaftaran dan tanpa biaya.",
	FeedPage:    "Baca kanal ini sebagai halaman",
	FeedArchive: "Ini dokumen arsip untuk aplikasi pembaca berita: berita lama yang tidak lagi ada di umpan kanalnya.",
	MemberLead:  "Kanal yang dapat Anda baca di sini, dengan alamat umpannya.",
	MemberNone:  "Belum ada kanal dalam kontrak Anda.", MemberOPML: "Semua kanal untuk aplikasi pembaca berita (OPML)",
	MemberSecret: "Alamat-alamat di halaman ini memuat kunci Anda. Jangan dibagikan, dan jangan dipasang di halaman yang dibaca orang lain.",
	uses: [...]string{
		feed.None:     "Hanya pemberitahuan yang ditampilkan.",
		feed.Headline: "Hanya judul, penulis, sumber, dan tautan yang ditampilkan.",
		feed.Excerpt:  "Kutipan singkat dengan tautan ke sumbernya yang ditampilkan.",
		feed.Full:     "Teks lengkap yang ditampilkan.",
	},
	months: &indonesian,
}

var pages = pageWords{
	Lang: "en", OtherLang: "id", Other: "Bahasa Indonesia",
	Skip: "Skip to content", Nav: "Navigation", Home: "Home", About: "About us",
	Duty:    "Every story belongs to its outlet. Corrections, replies and withdrawals at the origin are followed here.",
	Updated: "Updated", Empty: "No stories yet.",
	Channels: "Channels", Sources: "Sources", SourcesNote: "The sites we read.", SourcesMore: "What is shown of each", In: "Shown in",
	Read: "Read the story at", Why: "Why it is shown like this", Evidence: "Evidence about rights, word for word", Origin: "Where it comes from",
	Revisions: "History", Seen: "Recorded", Headline: "Headline",
	Outlet: "Outlet", Via: "Via", Author: "Author", Contributor: "With", Agency: "News agency",
	Credit: "Credit", Dateline: "Dateline", Address: "Original address", Identity: "Original id", Published: "Published",
	ChangedThere: "Changed", FirstSeen: "First read here", Rights: "Copyright", Holder: "Rights holder", Licence: "Licence",
	NoLicence: "none stated", Until: "In force until", Permission: "Permission on record", Regions: "Regions", Answers: "About the story", Takedown: "Request a takedown",
	SourceLead: "What we read of %s, and how much of it is shown here.",
	ReadAt:     "The source we read",
	SourceUse:  "Usually shown", SourceUseNote: "This holds where a story says nothing else. Each story is weighed on its own.", Recent: "Newest stories",
	FeedLead:    "This address is for a feed reader. Copy it into yours to subscribe:",
	FeedHow:     "New stories will appear there by themselves, with their outlet, authors and the link to the original. No account, no charge.",
	FeedPage:    "Read this channel as a page",
	FeedArchive: "This is an archive document for feed readers: older stories that are no longer in the channel’s feed.",
	MemberLead:  "The channels that you may read here, with the addresses of their feeds.",
	MemberNone:  "There is no channel in your contract yet.", MemberOPML: "All channels for a feed reader (OPML)",
	MemberSecret: "The addresses on this page hold your token. Don’t share them, and don’t put them on a page that others read.",
	uses: [...]string{
		feed.None:     "Only a notice is shown.",
		feed.Headline: "Only the headline, byline, source and link are shown.",
		feed.Excerpt:  "A short excerpt with a link to its source is shown.",
		feed.Full:     "The full text is shown.",
	},
	months: &english,
}

func pageWordsFor(site *feed.Site) *pageWords {
	w := pages
	if wordsFor(site.Language).lang == "id" {
		w = halaman
	}
	w.zone = site.Zone
	return &w
}
