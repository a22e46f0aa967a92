package rights

import (
	"warta/feed"
	"warta/sources"
)

// Row is one line of the table of uses: what a kind of evidence means for
// showing an entry, and what that rests on.
type Row struct {
	ID    string
	Kind  sources.EvidenceKind // "" where no evidence, or a person, speaks
	Class Class
	Most  feed.Use
	Hold  bool           // a person must look
	Text  feed.Bilingual // a sentence for readers, editors and lawyers
	Basis string         // the standard or law, or the house rule, behind it
}

// Class says how a row works together with others.
type Class int

const (
	// Claim rows say whose a story is and nothing about its use: the
	// operator's default applies, never more than Most.
	Claim Class = iota
	// Leave rows allow something. Without any, the default applies.
	Leave
	// Bound rows limit everything that leave or default would give.
	Bound
	// Final rows stand even against a permission.
	Final
	// Note rows change nothing in how much is shown; they are carried on.
	Note
)

// Table is the table of uses. What an entry's evidence amounts to is the
// tightest of its rows; only a recorded permission shows more. A kind of
// evidence without a row is treated as unclear.
var Table = []Row{
	// --- what nothing loosens
	{"withdrawn", sources.Withdrawn, Final, feed.None, false, feed.Bilingual{
		ID: "Berita ini telah dicabut; yang ditampilkan hanya pemberitahuan pencabutan.",
		EN: "The story was withdrawn; only the notice of withdrawal is shown."},
		"Pedoman Pemberitaan Media Siber butir 5.b–c; RFC 6721 section 3"},
	{"operator-none", sources.OperatorUse, Final, feed.None, false, feed.Bilingual{
		ID: "Pengelola menetapkan bahwa sumber ini tidak ditampilkan.",
		EN: "The operator decided that this source is not shown."},
		"operator's configuration"},
	{"desk-drop", "", Final, feed.None, false, feed.Bilingual{
		ID: "Redaksi memutuskan bahwa berita ini tidak ditampilkan.",
		EN: "An editor decided that the story is not shown."},
		"editorial decision on record (warta review drop)"},
	{"desk-hold", "", Final, feed.None, false, feed.Bilingual{
		ID: "Berita ini ditahan; tidak ditampilkan sampai redaksi melepasnya.",
		EN: "The story is held; it is not shown until an editor releases it."},
		"decision on record (warta review hold, or a copy of a withdrawn story)"},

	{"embargo", sources.Embargo, Final, feed.None, false, feed.Bilingual{
		ID: "Berita ini diembargo; baru ditampilkan setelah waktu yang ditentukan pemiliknya.",
		EN: "The story is under embargo; it is shown only after the time its owner set."},
		"the owner's mark or field (ninjs embargoedUntil, NewsML-G2 embargoed, PRISM embargoDate, dcterms:available)"},
	{"embargo-unclear", "", Final, feed.None, true, feed.Bilingual{
		ID: "Berita ini diembargo sampai waktu yang tidak dapat dibaca; tidak ditampilkan sampai redaksi memeriksanya.",
		EN: "The story is under an embargo whose end can't be read; it is not shown until an editor has looked."},
		"house rule: what is unclear stays closed"},

	{"date-ahead", "", Final, feed.None, true, feed.Bilingual{
		ID: "Berita ini bertanggal di masa depan; baru ditampilkan pada waktunya atau setelah redaksi melepasnya.",
		EN: "The story is dated in the future; it is shown at that time, or when an editor has released it."},
		"operator's configuration (reading.future)"},

	// --- what forbids or limits
	{"unavailable-after", sources.UnavailableAfter, Bound, feed.None, false, feed.Bilingual{
		ID: "Pemilik meminta berita ini tidak disajikan lagi setelah waktu yang ditentukannya.",
		EN: "The owner asks that the story not be served after a time it set."},
		"robots directive unavailable_after (Google Search Central; not verified here)"},
	{"no-copy", sources.NoCopy, Bound, feed.Headline, false, feed.Bilingual{
		ID: "Pemilik melarang pengutipan atau penyalinan; yang ditampilkan hanya judul, penulis, sumber, dan tautan.",
		EN: "The owner forbids quoting or copying; only headline, byline, source and link are shown."},
		"owner's notice; UU 28/2014 Pasal 9 and 113"},
	{"nosnippet", sources.NoSnippet, Bound, feed.Headline, false, feed.Bilingual{
		ID: "Halaman pemilik meminta tidak ada cuplikan (nosnippet).",
		EN: "The owner's page asks for no snippet (nosnippet)."},
		"robots meta, X-Robots-Tag nosnippet or max-snippet:0 (not verified here)"},
	{"access-denied", sources.AccessDenied, Bound, feed.Headline, false, feed.Bilingual{
		ID: "Pemilik menutup umpannya bagi agregator publik (access:restriction deny atau block).",
		EN: "The owner closed the feed to public aggregators (access:restriction deny or block)."},
		"Feed Access Control 1.0 (access:restriction); itunes:block"},
	{"sharing-denied", sources.SharingDenied, Bound, feed.Headline, false, feed.Bilingual{
		ID: "Pemilik melarang konten ini dibagikan (media:restriction).",
		EN: "The owner forbids sharing this content (media:restriction)."},
		"Media RSS 1.5.1 media:restriction, which we take as binding"},
	{"rsl-prohibits", sources.RSLProhibits, Bound, feed.Headline, false, feed.Bilingual{
		ID: "Ketentuan RSL pemilik melarang semua penggunaan otomatis.",
		EN: "The owner's RSL terms prohibit every automated use."},
		"RSL 1.0 sections 3.1.1 and 4.9: a prohibition beats a permission"},
	{"paywall", sources.Paywall, Bound, feed.Headline, false, feed.Bilingual{
		ID: "Artikel ini berbayar di situs asalnya.",
		EN: "The article is behind a paywall at its origin."},
		"schema.org isAccessibleForFree=false"},
	{"unclear", sources.Unclear, Bound, feed.Headline, true, feed.Bilingual{
		ID: "Ada pernyataan tentang hak yang belum dapat dipahami; ditampilkan seperlunya sampai redaksi memeriksanya.",
		EN: "There are words about rights that could not be understood; little is shown until an editor has looked."},
		"house rule: what is unclear stays closed"},
	{"max-snippet", sources.MaxSnippet, Bound, feed.Excerpt, false, feed.Bilingual{
		ID: "Halaman pemilik membatasi panjang cuplikan (max-snippet).",
		EN: "The owner's page limits the length of snippets (max-snippet)."},
		"robots meta, X-Robots-Tag max-snippet (not verified here)"},
	{"noarchive", sources.NoArchive, Bound, feed.Excerpt, false, feed.Bilingual{
		ID: "Halaman pemilik meminta tidak ada salinan tersimpan yang disajikan (noarchive).",
		EN: "The owner's page asks that no stored copy be served (noarchive)."},
		"robots meta, X-Robots-Tag noarchive (not verified here)"},
	{"licence-unknown", sources.Licence, Bound, feed.Excerpt, false, feed.Bilingual{
		ID: "Pemilik menunjuk ketentuan sendiri yang bukan lisensi terbuka yang dikenal.",
		EN: "The owner points to terms of its own, not to an open licence that is known."},
		"RFC 4946 section 2"},
	{"licence-unnamed", sources.Licence, Bound, feed.Excerpt, true, feed.Bilingual{
		ID: "Pemilik menyebut lisensi Creative Commons tanpa menyebut yang mana; berlaku kutipan sampai redaksi memeriksanya.",
		EN: "The owner names a Creative Commons licence without saying which; an excerpt is shown until an editor has looked."},
		"house rule: what is unclear stays closed"},
	{"licence-likely", sources.Licence, Bound, feed.Excerpt, true, feed.Bilingual{
		ID: "Pemilik tampaknya menyebut suatu lisensi dengan kata-kata yang belum dipahami pasti; berlaku kutipan sampai redaksi memeriksanya.",
		EN: "The owner seems to name a licence in words that are not understood for certain; an excerpt is shown until an editor has looked."},
		"house rule: what is unclear stays closed"},
	{"operator-bound", sources.OperatorUse, Bound, feed.Excerpt, false, feed.Bilingual{
		ID: "Pengelola menetapkan batas tampilan untuk sumber ini.",
		EN: "The operator set a limit for this source."},
		"operator's configuration"},

	{"partner-bound", "", Bound, feed.Excerpt, false, feed.Bilingual{
		ID: "Perjanjian dengan mitra membatasi seberapa banyak yang ditampilkan kepadanya.",
		EN: "The contract with the partner limits how much it is shown."},
		"partner's contract (use)"},

	// --- what allows
	{"quote", sources.QuoteWithSource, Leave, feed.Excerpt, false, feed.Bilingual{
		ID: "Pemilik mengizinkan pengutipan asalkan sumbernya disebut.",
		EN: "The owner allows quoting when the source is named."},
		"owner's notice; UU 28/2014 Pasal 43 huruf c"},
	{"quote-full", sources.QuoteWithSource, Leave, feed.Full, false, feed.Bilingual{
		ID: "Pemilik mengizinkan pengutipan asalkan sumbernya disebut, dan pengelola menerapkannya pada seluruh teks.",
		EN: "The owner allows quoting when the source is named, and the operator reads that as the whole text."},
		"owner's notice and operator's configuration; UU 28/2014 Pasal 43 huruf c"},
	{"licence-open", sources.Licence, Leave, feed.Full, false, feed.Bilingual{
		ID: "Pemilik melisensikan berita ini secara terbuka; lisensinya ikut dicantumkan.",
		EN: "The owner licenses the story openly; the licence is carried on."},
		"the licence itself; RFC 4946"},
	{"licence-nc", sources.Licence, Leave, feed.Full, false, feed.Bilingual{
		ID: "Lisensinya mengizinkan penggunaan nonkomersial, dan situs ini dinyatakan nonkomersial.",
		EN: "The licence allows non-commercial use, and this site is declared non-commercial."},
		"Creative Commons NonCommercial"},
	{"licence-nc-commercial", sources.Licence, Leave, feed.Excerpt, false, feed.Bilingual{
		ID: "Lisensinya hanya mengizinkan penggunaan nonkomersial, sedangkan situs ini komersial.",
		EN: "The licence allows non-commercial use only, and this site is commercial."},
		"Creative Commons NonCommercial"},
	{"licence-nd", sources.Licence, Leave, feed.Full, false, feed.Bilingual{
		ID: "Lisensinya tidak mengizinkan perubahan: teks ditampilkan utuh atau tidak sama sekali.",
		EN: "The licence allows no changes: the text is shown whole or not at all."},
		"Creative Commons NoDerivatives"},

	// --- what only claims
	{"copyright", sources.Copyright, Claim, feed.Excerpt, false, feed.Bilingual{
		ID: "Pemilik menyatakan hak ciptanya dan tidak menyebut izin apa pun.",
		EN: "The owner claims copyright and states no leave."},
		"RFC 4287 section 4.2.10; UU 28/2014 Pasal 43 huruf c, 44 (44 not verified here)"},
	{"reserved", sources.Copyright, Claim, feed.Excerpt, false, feed.Bilingual{
		ID: "Pemilik menyatakan semua hak dilindungi.",
		EN: "The owner reserves all rights."},
		"RFC 4287 section 4.2.10; UU 28/2014 Pasal 43 huruf c, 44 (44 not verified here)"},
	{"licence-none", sources.LicenceNone, Claim, feed.Excerpt, false, feed.Bilingual{
		ID: "Pemilik menyatakan bahwa tidak ada lisensi yang diberikan.",
		EN: "The owner states that no licence is given."},
		"RFC 4946 section 2.1 (#unspecified)"},
	{"quote-likely", sources.QuoteWithSource, Claim, feed.Excerpt, false, feed.Bilingual{
		ID: "Pemilik tampaknya mengizinkan pengutipan dengan kata-kata yang belum dipahami pasti; itu tidak dianggap izin, dan berlaku ketentuan umum pengelola.",
		EN: "The owner seems to allow quoting in words that are not understood for certain; that counts as no leave, and the operator's general rule applies."},
		"house rule: likeness is no leave"},
	{"default", "", Claim, feed.Excerpt, false, feed.Bilingual{
		ID: "Pemilik tidak menyatakan apa pun tentang penggunaan; berlaku ketentuan umum pengelola.",
		EN: "The owner says nothing about use; the operator's general rule applies."},
		"operator's configuration"},

	// --- what is carried on
	{"noindex", sources.NoIndex, Note, feed.Full, false, feed.Bilingual{
		ID: "Pemilik meminta tidak diindeks mesin pencari; permintaan itu diteruskan.",
		EN: "The owner asks not to be indexed by search engines; that wish is passed on."},
		"robots meta, X-Robots-Tag noindex; indexing:index"},
	{"noimage", sources.NoImage, Note, feed.Full, false, feed.Bilingual{
		ID: "Pemilik melarang gambarnya dipakai atau meminta gambarnya tidak ditampilkan.",
		EN: "The owner forbids the use of its images or asks that they not be shown."},
		"owner's notice; robots noimageindex, max-image-preview:none (not verified here)"},
	{"tdm", sources.TDMReserved, Note, feed.Full, false, feed.Bilingual{
		ID: "Pernyataan pemilik tentang penambangan teks dan data diteruskan.",
		EN: "The owner's statement on text and data mining is passed on."},
		"TDMRep; Directive (EU) 2019/790 Art. 4(3) (not verified here)"},
	{"rsl-terms", sources.RSLTerms, Note, feed.Full, false, feed.Bilingual{
		ID: "Ketentuan RSL pemilik bagi mesin diteruskan; bukan izin untuk menerbitkan ulang.",
		EN: "The owner's RSL terms for machines are passed on; they are no leave to republish."},
		"RSL 1.0"},
	{"odrl", sources.ODRLPolicy, Note, feed.Full, false, feed.Bilingual{
		ID: "Kebijakan pemilik bagi mesin (ODRL) dicatat dan diteruskan; bukan izin untuk menerbitkan ulang.",
		EN: "The owner's policy for machines (ODRL) is recorded and passed on; it is no leave to republish."},
		"ODRL 2.2; TDMRep tdm-policy"},
	{"desk-release", "", Note, feed.Full, false, feed.Bilingual{
		ID: "Redaksi telah memeriksa pernyataan hak berita ini; yang ditampilkan tetap sebatas bukti dan izin.",
		EN: "An editor has looked at what is said about rights; still no more is shown than evidence and permissions allow."},
		"editorial decision on record (warta review release)"},

	// --- what comes of several together
	{"contradiction", "", Bound, feed.Excerpt, true, feed.Bilingual{
		ID: "Pernyataan pemilik saling bertentangan; yang lebih ketat berlaku sampai redaksi memeriksanya.",
		EN: "What the owner says contradicts itself; the tighter holds until an editor has looked."},
		"house rule; RFC 4946 section 2.5: rights and licence must agree"},
	{"nd-not-whole", "", Bound, feed.Headline, false, feed.Bilingual{
		ID: "Teks ini tidak boleh dipotong, sedangkan teks utuhnya tidak boleh ditampilkan di sini.",
		EN: "The text may not be cut, and the whole may not be shown here."},
		"Creative Commons NoDerivatives"},
	{"permission", "", Final, feed.Full, false, feed.Bilingual{
		ID: "Pemilik memberi izin yang tercatat.",
		EN: "The owner gave a recorded permission."},
		"UU 28/2014 Pasal 80–83 (licence; not verified here); Perpres 32/2024 Pasal 7(2)"},
	{"permission-statutory", "", Final, feed.Full, false, feed.Bilingual{
		ID: "Pengelola memilih pengecualian undang-undang sebagai dasar; gambar tidak termasuk.",
		EN: "The operator chose a statutory exception as the ground; images are not covered."},
		"UU 28/2014 Pasal 43 huruf c (news of the day, source named in full)"},
	{"permission-whole", "", Note, feed.Full, false, feed.Bilingual{
		ID: "Teksnya hanya boleh dimuat utuh, tanpa diringkas.",
		EN: "The text may only be shown whole, not abridged."},
		"the permission; UU 28/2014 Pasal 5 (integrity of the work; not verified here)"},
	{"permission-per-day", "", Note, feed.Full, false, feed.Bilingual{
		ID: "Izin yang tercatat hanya mencakup sejumlah berita per hari; berita ini di luar jumlah itu.",
		EN: "The recorded permission covers only so many stories a day; this one is beyond that number."},
		"the permission (per_day)"},
	{"permission-commerce", "", Note, feed.Full, false, feed.Bilingual{
		ID: "Izin yang tercatat hanya untuk situs nonkomersial, sedangkan situs ini komersial.",
		EN: "The recorded permission is for non-commercial sites only, and this site is commercial."},
		"the permission (commerce: false)"},
}

// rows finds a row by its id.
var rows = func() map[string]*Row {
	m := make(map[string]*Row, len(Table))
	for i := range Table {
		m[Table[i].ID] = &Table[i]
	}
	return m
}()
