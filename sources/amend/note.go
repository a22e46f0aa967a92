package amend

import (
	"regexp"
	"strings"
	"sync"

	"warta/sources"
	"warta/sources/prose"
)

// A note says of the story in which it stands that it was corrected, or taken
// back. It is put together from few parts, which newsrooms combine freely:
// which text is spoken of, what was done to it, and that something was wrong.
const (
	thisText = `(?:(?:berita|artikel|tulisan|naskah|laporan|konten|publikasi|pemberitaan|judul(?:\s+(?:dan\s+isi\s+)?(?:berita|artikel|tulisan))?|isi\s+(?:berita|artikel|tulisan)|(?:keterangan|takarir)\s+(?:foto|gambar)|paragraf\s+\S+(?:\s+(?:berita|artikel|tulisan))?|infografik|foto)(?:\s+(?:di\s?atas|tersebut|dalam\s+(?:berita|artikel|tulisan)))?\s+ini|(?:berita|artikel|tulisan|judul|(?:keterangan\s+)?foto)\s+(?:di\s?atas|kami\s+di\s?atas))`
	thisIn   = `(?:this|the|our)\s+(?:\w+\s+\d{1,2},?\s+(?:\d{4}\s+)?)?(?:story|article|report|piece|post|headline|column|item|page|caption|headline\s+(?:of|on)\s+this\s+\w+)`
	mended   = `(?:diralat|dikoreksi|dibetulkan|diluruskan)`
	touched  = `(?:dipinda|dikemas\s?kini|mengalami\s+(?:perubahan|perbaikan|koreksi|penyesuaian|revisi|penyuntingan|pembaruan)|diperbaiki|diperbarui|diperbaharui|direvisi|disunting|diubah|disesuaikan|dimutakhirkan|diganti|diedit|di-?update|ditayang(?:kan)?\s+ulang)`
	done     = `(?:(?:telah|sudah|kami|pernah|resmi|kemudian|lalu|juga|mengalami|redaksi|oleh)\s+){0,4}`
	wrong    = `\b(?:(?:mem|pem|memper|di)betul(?:kan|an)|kesilapan|silap|memperbaiki|diperbaiki\s+dari|kekeliruan|kesalahan|keliru|kelirunya|salah|galat|ralat|koreksi|kurang\s+(?:tepat|akurat|teliti|cermat)|tidak\s+(?:tepat|akurat|benar|sesuai)|ketidak(?:akuratan|tepatan|cermatan|telitian)|yang\s+(?:benar|tepat)|seharusnya|semestinya|sebelumnya\s+(?:\S+\s+){0,4}?(?:ter|di|meny|me[mn])\S+|sempat\s+(?:ter|di|meny|me[mn])\S+|meluruskan|pelurusan|(?:kami|redaksi)\s+(?:betulkan|perbaiki|ralat|koreksi|luruskan)|(?:tayangan|versi|naskah|unggahan)\s+(?:awal|semula|sebelumnya|pertama)|(?:menyusul|setelah\s+(?:ada(?:nya)?|menerima))\s+(?:klarifikasi|hak\s+jawab|keberatan|sanggahan))|,\s+bukan\b`
	wrongIn  = `\b(?:(?:originally|initially|previously|earlier)\s+(?:gave|said|stated|reported|listed|described|had|put|referred|named|identified)|errors?|mistakes?|incorrect(?:ly)?|inaccura\w+|wrong(?:ly)?|mis(?:stated|spelled|spelt|identified|reported|quoted|attributed|printed|labell?ed|characteri[sz]ed)|correct(?:ed|ion|ions|ly)?|fix(?:ed)?|erroneous(?:ly)?|typo|should\s+(?:have\s+)?(?:read|be|been|said)|to\s+(?:more\s+)?(?:make\s+clear|clarify|accurately|better\s+reflect))\b`
	before   = `(?:dalam\s+|pada\s+)?(?:versi|edisi|terbitan|unggahan|tayangan|naskah)\s+(?:awal|sebelumnya|terdahulu|pertama|semula|lama)(?:nya)?\s+(?:(?:dari|untuk|atas)\s+)?` + thisText + `|an?\s+(?:earlier|previous|original|prior)\s+(?:version|edition|headline)\s+(?:of|on|for)\s+` + thisIn
	goneLead = `(?:(?:(?:kami\s+|redaksi\s+)?(?:mohon|memohon)\s+maaf|permohonan\s+maaf|catatan\s+(?:redaksi|editor)|pemberitahuan|pengumuman|update|pembaruan|editor.?s.?\s+note|we\s+apologi[sz]e|atas\s+(?:permintaan|permohonan|dasar|pertimbangan|saran|rekomendasi)\s+[^.,]{1,150},|demi\s+[^.,]{1,120},|(?:mulai|per|sejak|terhitung)\s+(?:\S+\s+){1,4}?)\W*)?`
	doneTo   = `(?:(?:telah|sudah|resmi|kami|secara|terpaksa|akhirnya|kini|dinyatakan\s+\S+(?:\s+\S+)?\s+(?:dan|lalu|serta)|dihapus\s+dan|oleh\s+redaksi)\s+)*`
	taken    = `(?:dicabut|ditarik(?:\s+(?:balik|kembali))?|diturunkan|dihapus(?:kan)?|(?:di-?\s?)?take\s?down|ditiadakan|cabut|tarik|hapus|turunkan|tidak\s+lagi\s+(?:ditayangkan|dimuat|tersedia|kami\s+(?:tayangkan|muat)))`
	marks    = `(?:ralat|koreksi|pembetulan|corrections?|corrigendum|erratum|errata)`
)

var (
	// noteMark opens a note: “Koreksi (12/6): …”, “RALAT — …”.
	noteMark = prose.Pattern(`^\W{0,4}(?:(?:catatan|nota|pemberitahuan)\s+)?` + marks + `(?:\s+(?:redaksi|berita|artikel|judul|foto|data|dan\s+(?:permintaan|permohonan)\s+maaf))*(?:\s*[(\[][^)\]]{1,40}[)\]]|,?\s+(?:\S+\s+){0,2}?\d{1,2}[\s/.-]\S+[\s/.-]\d{2,4}(?:\s+(?:pukul|jam|at)?\s*\d{1,2}[.:]\d{2}(?:\s+\w{2,4})?)?)?(?:\s*[:–—|]|\s+-)`)
	// fromDesk opens what the newsroom says in its own voice.
	fromDesk = prose.Pattern(`^\W{0,4}(?:(?:perbaikan|revisi)\s*:|nota\s+(?:editor|pengarang)|sanggahan|perubahan\s+(?:pada\s+|per\s+)?[^:]{0,40}:|disclaimer|clarifications?\s*:|klarifikasi\s*:|catatan(?:\s+(?:dari\s+)?(?:redaksi|editor|penyunting|penulis))?|(?:dari\s+)?redaksi|nota\s+redaksi|keterangan\s+redaksi|penjelasan\s+redaksi|permohonan\s+maaf|permintaan\s+maaf|pembaruan|pemutakhiran|update|editor.?s.?\s+note|note\s+(?:from|by)\s+the\s+editors?|note\s+to\s+readers|(?:berita|artikel)\s+ini\s+telah)(?:\b|\s)`)
	// signed is a note that its newsroom put its name under.
	signed     = prose.Pattern(`[-–—(]\s*(?:redaksi|red|editors?)\.?\)?\W{0,2}$`)
	strongNote = prose.Pattern(`(?:^\W{0,4}|[.!?]\s*[(\[])(?:` + thisText + `\s+` + done + mended + `\b|` + thisIn + `\s+(?:has\s+been|was|is)\s+(?:since\s+)?corrected\b)|\b(?:dalam|pada|di)\s+` + thisText + `\s+` + done + `(?:` + touched + `|` + mended + `)\s+dari\b.*\bmenjadi\b`)
	// wireNote is what agencies put in brackets, and what stands behind an asterisk.
	wireNote = prose.Pattern(`^\W{0,3}[(\[]\s*(?:corrects|fixes|recasts\s+to\s+correct|refiles\s+to\s+correct)\s|^\W{0,4}(?:(?:kami\s+|redaksi\s+)?(?:mohon|memohon)\s+maaf,?\s+(?:karena\s+|atas\s+)?)?(?:ada|terdapat|dengan)(?:nya)?\s+(?:koreksi|ralat|perbaikan|kesalahan|kekeliruan)\s+(?:\S+\s+){0,2}?(?:pada|dalam|di|atas)\s+(?:paragraf|judul|alinea|penulisan|penyebutan|keterangan|nama|data|angka|foto|berita\s+(?:ini|di\s?atas)|artikel\s+(?:ini|di\s?atas))`)
	weakNote = prose.Pattern(`\b(?:` + thisText + `\s+` + done + `(?:` + touched + `|` + mended + `|memuat|mencantumkan|mengandung|menyebut(?:kan)?|menulis(?:kan)?|tertulis)\b|` + thisIn + `\s+(?:ha(?:s|ve)\s+been|was|were|is)\s+(?:since\s+)?(?:updated|amended|changed|revised|edited|modified|corrected)\b)`)
	// earlierText is the state of the story that was wrong.
	earlierText = prose.Pattern(`\b(?:` + before + `)`)
	earlierSaid = prose.Pattern(`\b(?:` + before + `)\s+(?:\S+\s+){0,3}?(?:tertulis|ditulis|menulis|menyebut|disebut|memuat|termuat|mencantumkan|tercantum|gave|said|stated|listed|described|referred|included|contained|omitted)`)
	// deskMends is the newsroom doing it, deskEdits where that may be for other reasons.
	deskMends = prose.Pattern(`\b(?:redaksi|kami|we|the\s+editors?)\s+(?:(?:telah|sudah|dengan\s+ini|pun|lalu|kemudian|have|has)\s+){0,3}(?:meralat|mengoreksi|membetulkan|memperbaiki|meluruskan|perbaiki|koreksi|ralat|betulkan|luruskan|corrected)\b.*?\b(?:` + thisText + `|` + thisIn + `)|\bredaksi\s+(?:telah\s+|sudah\s+)?(?:melakukan|mengadakan|membuat)\s+(?:koreksi|ralat|perbaikan|pembetulan)\s+(?:atas|pada|terhadap|di)\b|\bredaksi\s+(?:telah\s+|sudah\s+)?(?:melakukan|mengadakan|membuat)\s+(?:perubahan|penyesuaian|penyuntingan)\s+(?:atas|pada|terhadap|di)\b.*\bdari\b.*\bmenjadi\b`)
	deskEdits = prose.Pattern(`\b(?:redaksi|kami|we|the\s+editors?)\s+(?:(?:telah|sudah|dengan\s+ini|pun|lalu|kemudian|have|has)\s+){0,3}(?:mengubah|memperbarui|menyunting|mengganti|amended|changed|updated|edited)\b.*?\b(?:` + thisText + `|` + thisIn + `)`)
	deskWrote = prose.Pattern(`\bsebelumnya,?\s+(?:redaksi|kami)\s+(?:\S+\s+)?(?:menulis|memberitakan|menyebut)`)
	itWasSaid = prose.Pattern(`^\W{0,4}(?:sebelumnya|semula|awalnya),?\s+(?:(?:dalam|pada|di)\s+)?(?:` + thisText + `|(?:di\s+)?(?:judul|paragraf|naskah|berita|artikel))\b.{0,80}\b(?:tertulis|ditulis|menulis|menyebut|disebut|memuat)`)

	errorWord   = prose.Pattern(wrong)
	errorWordEN = prose.Pattern(wrongIn)

	// reported marks what somebody is quoted for: a newsroom speaks for itself.
	reported = prose.Pattern(`\b(?:kata|ujar|tutur|ungkap|jelas|tegas|ucap|terang|papar|sebut|imbuh|tambah)(?:nya|\s+(?:dia|ia|beliau|pria|wanita|kepala|ketua|bupati|wali|gubernur|kapolres|juru))\b|\bmenurut\s+(?:dia|nya|kepala|ketua|polisi)\b|\b(?:he|she|they)\s+(?:said|added|told)\b|\b(?:contoh|misal)(?:nya)?\s*[:,]?\s*["“‘']`)
	// goneNote is one that takes the story back. goneElse needs the newsroom's
	// own voice, as others withdraw reports and pictures too.
	goneNote = prose.Pattern(`^\W*` + goneLead + `(?:(?:dengan\s+ini\s+)?redaksi\s+(?:\S+\s+){0,3}?(?:mencabut|menarik|menghapus|menurunkan)\s+(?:isi\s+)?(?:berita|artikel|tulisan|konten)\s+(?:di\s?atas|tersebut\s+di\s?atas|ini)\b` +
		`|(?:isi\s+)?(?:berita|artikel|tulisan|konten|naskah)\s+(?:ini|dengan\s+judul\s+.{1,200}?)\s+` + doneTo + taken + `\b|(?:isi\s+)?(?:berita|artikel)\s+(?:telah|sudah)\s+(?:resmi\s+)?(?:dicabut|ditarik)\s+(?:oleh\s+(?:redaksi|kami)|redaksi|atas\s+permintaan|karena|demi|sesuai|dari\s+(?:laman|situs))` +
		`|(?:this|the)\s+(?:story|article|report|post)\s+(?:has\s+been|was|is)\s+(?:since\s+)?(?:withdrawn|retracted|taken\s+down|removed|unpublished)` +
		`|we\s+(?:have\s+)?(?:withdrawn|retracted|taken\s+down|removed|unpublished)\s+(?:this|the)\s+(?:story|article|report|post)|the\s+(?:story|article)\s+(?:published|that\s+(?:was|appeared|ran))\s+at\s+this\s+(?:url|address|link|page)\b.*\b(?:retracted|withdrawn|removed)\b|(?:mandatory\s+)?kill\s*[:–—-].*\bdo\s+not\s+use\b)`)
	goneElse = prose.Pattern(`^\W*` + goneLead + `(?:laporan|naskah|foto|infografik|video|publikasi)\s+ini\s+` + doneTo + taken + `\b`)
	// ownReply is a note that a reply was taken into the story.
	ownReply = prose.Pattern(`\b(?:hak\s+jawab|hak\s+koreksi|right\s+of\s+reply)\b.*\b(?:(?:kami\s+|telah\s+|sudah\s+|redaksi\s+)*(?:di)?(?:tambahkan|muat|masukkan|sertakan)|has\s+been\s+added)\b`)
	deskSays = prose.Pattern(`\b(?:redaksi|kami|we|our)\b`)
)

// maxNote bounds a note, in bytes: what is longer is a story's own text.
const maxNote = 800

// isCorrection reports whether a paragraph is a note of its newsroom that the
// story it stands in was corrected.
func isCorrection(text string) bool {
	if len(text) > maxNote || !mayAmend(text) {
		return false
	}
	low := prose.Lower(text)
	return correctionIn(low) && !reported().MatchString(low)
}

// noteKind says what a paragraph of a story tells of it: that it was corrected,
// or that a reply was taken into it; "" for nothing. marked: it stands below the
// heading of a note.
func noteKind(text string, marked bool) sources.AmendmentKind {
	switch low := prose.Lower(text[:min(len(text), maxNote)]); {
	case isCorrection(text), marked && saysWrong(text):
		return sources.Corrects
	case len(text) <= maxNote && fromDesk().MatchString(low) && ownReply().MatchString(low) && !invites().MatchString(low) && !reported().MatchString(low):
		return sources.Replies
	}
	return ""
}

// correctionIn tries what opens a paragraph first, as that fails fast.
func correctionIn(low string) bool {
	if matchesAny(low, noteMark, wireNote, itWasSaid) {
		return true
	}
	ofThis, byDesk := speaksOfThis(low), containsAny(low, "redaksi", "kami", "editors", "we ")
	if byDesk && matchesAny(low, deskMends, deskWrote) || ofThis && matchesAny(low, strongNote, earlierSaid) {
		return true
	}
	opens := matchesAny(low, fromDesk, signed) && !invites().MatchString(low)
	if !opens && !byDesk && !containsAny(low, storyWords...) {
		return false // a manuscript, contents: others mend those, too
	}
	return (opens || ofThis && matchesAny(low, weakNote, earlierText, deskEdits)) && matchesAny(low, errorWord, errorWordEN)
}

// storyWords are what newsrooms alone call a story of theirs, and its parts.
var storyWords = []string{"berita", "artikel", "tulisan", "judul", "paragraf", "foto", "infografik", "takarir",
	"story", "article", "report", "piece", "post", "headline", "column", "item", "page", "caption"}

// speaksOfThis is a quick look for words like “berita ini”.
func speaksOfThis(low string) bool {
	if strings.Contains(low, " ini") || strings.Contains(low, " atas") {
		return containsAny(low, "berita", "artikel", "tulisan", "naskah", "laporan", "konten", "publikasi", "judul", "keterangan", "takarir", "paragraf", "infografik", "foto")
	}
	return containsAny(low, "this ", "the ", "our ") &&
		containsAny(low, "story", "article", "report", "piece", "post", "headline", "column", "item", "page", "caption")
}

func containsAny(s string, list ...string) bool {
	for _, w := range list {
		if strings.Contains(s, w) {
			return true
		}
	}
	return false
}

// invites is how readers are asked for corrections.
var invites = prose.Pattern(`\b(?:silakan|silahkan|dapat|bisa|berhak|hubungi|laporkan|kirim(?:kan)?|sampaikan|ajukan|mengajukan|menerima|kritik|saran|please|contact|email\s+us)\b`)

// isTakenBack reports whether a paragraph takes back the story it stands in.
func isTakenBack(text string) bool {
	low := prose.Lower(text)
	return goneNote().MatchString(low) || goneElse().MatchString(low) && deskSays().MatchString(low)
}

func matchesAny(low string, list ...func() *regexp.Regexp) bool {
	for _, re := range list {
		if re().MatchString(low) {
			return true
		}
	}
	return false
}

// bareMark reports whether a paragraph is nothing but the mark of a note, as
// the heading over it.
func bareMark(text string) bool {
	if len(text) > 40 {
		return false
	}
	return loneMark().MatchString(prose.Lower(text))
}

var loneMark = prose.Pattern(`^\W{0,4}(?:(?:catatan|nota)\s+)?` + marks + `(?:\s+(?:redaksi|berita|artikel))?\W{0,3}$`)

// saysWrong reports whether a paragraph speaks of a mistake.
func saysWrong(text string) bool {
	return len(text) <= maxNote && matchesAny(prose.Lower(text), errorWord, errorWordEN)
}

// noteStems are what every note holds one of, in whatever case.
var noteStems = sync.OnceValue(func() *prose.Sieve {
	l := prose.NewStemList()
	for _, stem := range [...]string{"ralat", "koreksi", "betul", "redaksi", "editor", "correct", "errat", "cabut", "ditarik", "tarik balik", "menarik", "kami tarik", "retract", "withdrawn",
		"keliru", "kesalahan", "hapus", "turunkan", "ditayangkan", "take down", "take-down", "takedown", "taken down", "been removed", "unpublished", "version of", "kill",
		"ini telah ", "ini sudah ", "hak jawab", "hak koreksi", "right of reply", "sebelumnya", "semula", "seharusnya", "this story", "this article", "this report", "versi ", "unggahan", "dipinda", "kami ", "perbaik", "revisi"} {
		_ = l.Add(stem, 0) // fails for short ones, which the tests would see
	}
	return prose.NewSieve(l)
})

// mayAmend is a quick look for the words of a note.
func mayAmend(s string) bool {
	return noteStems().Scan(s) != prose.Stems{}
}
