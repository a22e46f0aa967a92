package report

import (
	"strconv"
	"time"

	"warta/feed"
)

// words are our own words on the page, in one language.
type words struct {
	Lang, Title, ForPartner, ForSource, Made, By                         string
	Stories, States, Words, Images, Deliveries, Fetched, Pushed          string
	StoriesPerDay, PerSource, PerPartner, Partners                       string
	Sources, Owner, Permissions, Permission, GrantedBy, Document, Period string
	Story, Revision, Use, First, Last, Source, Partner, Channels, None   string
	Notices, NoticesIntro, Kind, When, Reason, Had, Sent, FetchedSince   string
	NotYet, All, Nothing, NoPermission, NotInConfiguration, HowItIsMade  string
	ByOperator, ByOrigin, Until, Open                                    string
	Uses                                                                 map[feed.Use]string
	Bases                                                                map[feed.Basis]string
	Kinds                                                                map[string]string
	months                                                               [12]string
}

var indonesian = words{
	Lang: "id", Title: "Laporan sindikasi", ForPartner: "Yang disajikan kepada", ForSource: "Berita dari", Made: "Dibuat", By: "oleh",
	Stories: "berita", States: "revisi tersaji", Words: "kata", Images: "gambar", Deliveries: "sajian", Fetched: "Diambil", Pushed: "Dikirim",
	StoriesPerDay: "Berita yang pertama kali disajikan, per hari", PerSource: "Berita per sumber", PerPartner: "Berita per mitra", Partners: "Mitra",
	Sources: "Sumber dan pemilik", Owner: "Pemilik", Permissions: "Izin yang mendasari", Permission: "Izin", GrantedBy: "Diberikan oleh", Document: "Dokumen", Period: "Masa berlaku",
	Story: "Berita", Revision: "Rev.", Use: "Disajikan", First: "Pertama", Last: "Terakhir", Source: "Sumber", Partner: "Mitra", Channels: "Kanal", None: "tidak ada",
	Notices: "Koreksi, hak jawab, dan pencabutan", NoticesIntro: "Berita yang pernah disajikan dalam keadaan sebelumnya, dan kapan pemberitahuannya sampai.",
	Kind: "Pemberitahuan", When: "Waktu", Reason: "Alasan", Had: "Pernah memuat revisi", Sent: "Dikirim", FetchedSince: "Diambil sejak itu",
	NotYet: "belum sampai", All: "Semua berita", Nothing: "Tidak ada yang disajikan pada bulan ini.", NoPermission: "tanpa izin khusus", NotInConfiguration: "tidak lagi tercatat dalam konfigurasi",
	HowItIsMade: "Laporan ini disusun dari catatan penyajian: setiap versi dokumen yang diambil atau dikirim dicatat beserta isi, revisi, dan izin yang berlaku saat itu. Kata dan gambar dihitung dari yang benar-benar disajikan, menurut revisi terakhir.",
	ByOperator:  "pengelola", ByOrigin: "media asal", Until: "sampai", Open: "tanpa batas waktu",
	Uses: map[feed.Use]string{feed.Full: "teks penuh", feed.Excerpt: "kutipan", feed.Headline: "judul", feed.None: "pemberitahuan"},
	Bases: map[feed.Basis]string{feed.WrittenPermission: "izin tertulis", feed.LicenceBasis: "lisensi", feed.PaidLicence: "lisensi berbayar", feed.RevenueShare: "bagi hasil",
		feed.DataSharing: "berbagi data", feed.OwnContent: "karya sendiri", feed.PublicDomain: "domain publik", feed.Statutory: "undang-undang"},
	Kinds:  map[string]string{"correction": "Koreksi", "right-of-reply": "Hak jawab", "withdrawal": "Pencabutan"},
	months: [12]string{"Januari", "Februari", "Maret", "April", "Mei", "Juni", "Juli", "Agustus", "September", "Oktober", "November", "Desember"},
}

var english = words{
	Lang: "en", Title: "Syndication report", ForPartner: "What was served to", ForSource: "Stories of", Made: "Made", By: "by",
	Stories: "stories", States: "revisions served", Words: "words", Images: "images", Deliveries: "servings", Fetched: "Fetched", Pushed: "Sent",
	StoriesPerDay: "Stories served for the first time, by day", PerSource: "Stories by source", PerPartner: "Stories by partner", Partners: "Partners",
	Sources: "Sources and owners", Owner: "Owner", Permissions: "Permissions behind them", Permission: "Permission", GrantedBy: "Granted by", Document: "Document", Period: "In force",
	Story: "Story", Revision: "Rev.", Use: "Shown", First: "First", Last: "Last", Source: "Source", Partner: "Partner", Channels: "Channels", None: "none",
	Notices: "Corrections, rights of reply and withdrawals", NoticesIntro: "Stories that were served in an earlier state, and when the notice arrived.",
	Kind: "Notice", When: "When", Reason: "Reason", Had: "Had revisions", Sent: "Sent", FetchedSince: "Fetched since",
	NotYet: "not yet", All: "All stories", Nothing: "Nothing was served in this month.", NoPermission: "no permission needed", NotInConfiguration: "no longer in the configuration",
	HowItIsMade: "This report is made of the record of what was served: each version of a document that was fetched or sent is recorded with its content, revisions and the permissions then in force. Words and images are counted of what was actually shown, by the last revision.",
	ByOperator:  "the operator", ByOrigin: "the original outlet", Until: "until", Open: "no end",
	Uses: map[feed.Use]string{feed.Full: "full text", feed.Excerpt: "excerpt", feed.Headline: "headline", feed.None: "notice"},
	Bases: map[feed.Basis]string{feed.WrittenPermission: "written permission", feed.LicenceBasis: "licence", feed.PaidLicence: "paid licence", feed.RevenueShare: "revenue share",
		feed.DataSharing: "data sharing", feed.OwnContent: "own content", feed.PublicDomain: "public domain", feed.Statutory: "statute"},
	Kinds:  map[string]string{"correction": "Correction", "right-of-reply": "Right of reply", "withdrawal": "Withdrawal"},
	months: [12]string{"January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November", "December"},
}

func wordsFor(language string) *words {
	if language == "id" {
		return &indonesian
	}
	return &english
}

// month is 2026-11 as people write it.
func (w *words) month(s string) string {
	t, err := time.Parse("2006-01", s)
	if err != nil {
		return s
	}
	return w.months[t.Month()-1] + " " + strconv.Itoa(t.Year())
}

// moment is a time as people write it, to the minute.
func (w *words) moment(t time.Time) string {
	if t.IsZero() {
		return ""
	}
	layout := "15:04 MST"
	if w.Lang == "id" {
		layout = "15.04 MST"
	}
	return strconv.Itoa(t.Day()) + " " + w.months[t.Month()-1] + " " + strconv.Itoa(t.Year()) + ", " + t.Format(layout)
}

// brief is a time within the report's month.
func (w *words) brief(t time.Time) string {
	if t.IsZero() {
		return ""
	}
	name := []rune(w.months[t.Month()-1])
	layout := "15:04"
	if w.Lang == "id" {
		layout = "15.04"
	}
	return strconv.Itoa(t.Day()) + " " + string(name[:3]) + " " + t.Format(layout)
}

// number groups digits by threes.
func (w *words) number(n int) string {
	s := strconv.Itoa(n)
	sep := ","
	if w.Lang == "id" {
		sep = "."
	}
	for i := len(s) - 3; i > 0; i -= 3 {
		s = s[:i] + sep + s[i:]
	}
	return s
}
