package render

import (
	"strings"

	"warta/feed"
)

// aboutWords are the words of the page about ourselves in one language.
type aboutWords struct {
	Lead                                                 string
	Stories, StoriesText, Attribution, Evidence, Later   string
	Ask, AskText, AskLine, AskEmail, Guidelines          string
	Sources, Site, Feed, Language, Shown, Owner, Licence string
	NoWords, None, More, Here, Details                   string
	Permissions, PermissionsText, NoPermissions          string
	Permission, Source, Grants, Basis, Period            string
	Open, Since, UntilDay, Images, Files                 string
	Uses, UsesText, Says, Most, Unchanged                string
	Machines, MachinesText                               string
	shows                                                [feed.Full + 1]string
	bases                                                map[feed.Basis]string
	languages                                            map[string]string
}

var tentang = aboutWords{
	Lead:        "Siapa yang menerbitkan situs ini, dan apa yang dilakukannya dengan berita milik orang lain.",
	Stories:     "Berita milik orang lain",
	StoriesText: "Situs ini mengumpulkan berita dari media dan lembaga di bawah ini, lalu menerbitkannya sebagai kanal. Setiap berita tetap milik medianya.",
	Attribution: "Penulis, peran, media, kantor berita, titimangsa, pengenal, dan tautan ke berita asli tidak pernah dihapus atau diganti, dalam format apa pun.",
	Evidence:    "Seberapa banyak yang ditampilkan ditentukan oleh pernyataan pemiliknya, kata demi kata, dan oleh izin yang tercatat. Yang paling ketat berlaku; yang tidak jelas ditampilkan sesedikit mungkin. Setiap berita punya halaman di sini yang menjelaskan mengapa.",
	Later:       "Koreksi, hak jawab, dan pencabutan di media asal diikuti di sini: perubahannya diterbitkan dengan waktunya, dan berita yang dicabut tinggal pemberitahuan.",
	Ask:         "Meminta koreksi atau penurunan",
	AskText:     "Pemilik berita, narasumber, dan siapa pun yang dirugikan dapat meminta koreksi, hak jawab, perubahan cara penampilan, atau penurunan. Sebutkan alamat berita dan alasannya. Isi berita diperbaiki oleh media asalnya; perbaikan itu kami ikuti.",
	AskLine:     "Hubungi:", AskEmail: "Surel",
	Guidelines: "Pedoman Pemberitaan Media Siber, Dewan Pers",
	Sources:    "Sumber", Site: "Situs", Feed: "Umpan", Language: "Bahasa", Shown: "Lazimnya ditampilkan", Owner: "Pernyataan hak", Licence: "Lisensi",
	NoWords: "tidak ada yang diketahui", None: "Belum ada sumber.", Here: "Di sini", Details: "syarat, bukti, izin, dan berita terbaru", More: "%d sumber; daftarnya terlalu panjang untuk halaman ini.",
	Permissions: "Izin yang berlaku", PermissionsText: "Izin yang tercatat membuka lebih banyak daripada pernyataan umum pemiliknya, sebatas isinya dan selama masa berlakunya.",
	NoPermissions: "Saat ini tidak ada.",
	Permission:    "Izin", Source: "Sumber", Grants: "Isi", Basis: "Dasar", Period: "Masa berlaku",
	Open: "tanpa batas waktu", Since: "sejak %s", UntilDay: "sampai %s", Images: "gambar", Files: "berkas",
	Uses: "Apa yang berlaku kapan", UsesText: "Yang ditemukan pada berita, umpan, halaman, atau situs pemiliknya, dan paling banyak apa yang kemudian ditampilkan. Bila beberapa berlaku sekaligus, yang paling ketat menentukan.",
	Says: "Yang ditemukan", Most: "Paling banyak", Unchanged: "tidak mengubah apa-apa",
	Machines:     "Untuk program pembaca",
	MachinesText: "Yang tidak punya tempat dalam format aslinya — bukti, keputusan, peran, titimangsa, pemberitahuan — ada dalam JSON Feed sebagai anggota _warta, dan dalam Atom serta RSS sebagai elemen dari ruang nama urn:x-warta:feed. Pembaca boleh mengabaikannya: yang perlu dilihat orang ada pula pada baris kredit.",
	shows: [...]string{
		feed.None: "hanya pemberitahuan atau tidak ada", feed.Headline: "judul, penulis, sumber, tanggal, tautan", feed.Excerpt: "judul dan kutipan singkat", feed.Full: "seluruh teks",
	},
	bases: map[feed.Basis]string{
		feed.WrittenPermission: "izin tertulis", feed.LicenceBasis: "lisensi", feed.PaidLicence: "lisensi berbayar", feed.RevenueShare: "bagi hasil",
		feed.DataSharing: "berbagi data", feed.OwnContent: "konten sendiri", feed.PublicDomain: "domain publik", feed.Statutory: "pengecualian undang-undang",
	},
	languages: map[string]string{
		"id": "Indonesia", "en": "Inggris", "ms": "Melayu", "jv": "Jawa", "su": "Sunda", "ban": "Bali", "bjn": "Banjar", "bug": "Bugis", "mad": "Madura", "min": "Minangkabau", "ace": "Aceh", "ar": "Arab", "zh": "Tionghoa",
	},
}

var about = aboutWords{
	Lead:        "Who publishes this site, and what it does with other people’s stories.",
	Stories:     "Other people’s stories",
	StoriesText: "This site collects stories from the outlets and institutions below and publishes them as channels. Every story still belongs to its outlet.",
	Attribution: "Authors, roles, outlet, agency, dateline, identifier and the link to the original story are never removed or replaced, in any format.",
	Evidence:    "How much is shown follows from what the owner says, word for word, and from permissions on record. The tightest holds; what is unclear is shown as little as can be. Every story has a page here that explains why.",
	Later:       "Corrections, rights of reply and withdrawals at the origin are followed here: the change is published with its time, and of a withdrawn story only a notice remains.",
	Ask:         "Asking for a correction or a takedown",
	AskText:     "Owners of stories, people they speak of and anybody harmed may ask for a correction, a reply, another way of showing a story, or its removal. Name the story’s address and the reason. The words of a story are corrected by its outlet; we follow that correction.",
	AskLine:     "Contact:", AskEmail: "E-mail",
	Guidelines: "Guidelines for cyber media (Pedoman Pemberitaan Media Siber), Indonesian Press Council",
	Sources:    "Sources", Site: "Site", Feed: "Feed", Language: "Language", Shown: "Shown by default", Owner: "Rights statement", Licence: "Licence",
	NoWords: "none known", None: "No sources yet.", Here: "Here", Details: "terms, evidence, permissions and newest stories", More: "%d sources; the list is too long for this page.",
	Permissions: "Permissions in force", PermissionsText: "A permission on record opens more than its owner’s general terms, as far as it goes and as long as it lasts.",
	NoPermissions: "There are none at present.",
	Permission:    "Permission", Source: "Source", Grants: "Grants", Basis: "Basis", Period: "Period",
	Open: "no time limit", Since: "since %s", UntilDay: "until %s", Images: "images", Files: "files",
	Uses: "What holds when", UsesText: "What is found in a story, its feed, its page or its owner’s site, and the most that is then shown. Where several hold at once, the tightest decides.",
	Says: "What is found", Most: "At most", Unchanged: "changes nothing",
	Machines:     "For programs that read",
	MachinesText: "What the formats have no place for — evidence, decision, roles, dateline, notices — stands in JSON Feed as the member _warta, and in Atom and RSS as elements of the namespace urn:x-warta:feed. Readers may ignore it: whatever a person must see is in the credit line too.",
	shows: [...]string{
		feed.None: "a notice only, or nothing", feed.Headline: "headline, byline, source, date, link", feed.Excerpt: "headline and a short excerpt", feed.Full: "the full text",
	},
	bases: map[feed.Basis]string{
		feed.WrittenPermission: "written permission", feed.LicenceBasis: "licence", feed.PaidLicence: "paid licence", feed.RevenueShare: "revenue share",
		feed.DataSharing: "data sharing", feed.OwnContent: "own content", feed.PublicDomain: "public domain", feed.Statutory: "statutory exception",
	},
	languages: map[string]string{
		"id": "Indonesian", "en": "English", "ms": "Malay", "jv": "Javanese", "su": "Sundanese", "ban": "Balinese", "bjn": "Banjarese", "bug": "Buginese", "mad": "Madurese", "min": "Minangkabau", "ace": "Acehnese", "ar": "Arabic", "zh": "Chinese",
	},
}

func aboutWordsFor(w *pageWords) *aboutWords {
	if w.Lang == "id" {
		return &tentang
	}
	return &about
}

// language is a language's name, or its tag where we have no name for it.
func (t *aboutWords) language(tag string) string {
	base, _, _ := strings.Cut(strings.ToLower(tag), "-")
	return first(t.languages[base], tag)
}

// BasisName is what people call the ground of a permission.
func BasisName(b feed.Basis, language string) string {
	return first(aboutWordsFor(&pageWords{Lang: language}).bases[b], string(b))
}
