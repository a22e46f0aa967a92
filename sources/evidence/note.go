package evidence

import (
	"regexp"
	"strings"
)

// A note says of the story in which it stands that it was corrected, or taken
// back. It is put together from few parts, which newsrooms combine freely:
// which text is spoken of, what was done to it, and that something was wrong.
const (
	thisText = `(?:(?:berita|artikel|tulisan|naskah|laporan|konten|publikasi|pemberitaan|judul(?:\s+(?:dan\s+isi\s+)?(?:berita|artikel|tulisan))?|isi\s+(?:berita|artikel|tulisan)|(?:keterangan|takarir)\s+(?:foto|gambar)|paragraf\s+\S+(?:\s+(?:berita|artikel|tulisan))?|infografik|foto)(?:\s+(?:di\s?atas|tersebut|dalam\s+(?:berita|artikel|tulisan)))?\s+ini|(?:berita|artikel|tulisan)\s+(?:di\s?atas|kami\s+di\s?atas))`
	thisIn   = `(?:this|the|our)\s+(?:story|article|report|piece|post|headline|column|item|page|caption|headline\s+(?:of|on)\s+this\s+\w+)`
	mended   = `(?:diralat|dikoreksi|dibetulkan|dikoreksi|diluruskan)`
	touched  = `(?:diperbaiki|diperbarui|diperbaharui|direvisi|disunting|diubah|disesuaikan|dimutakhirkan|diganti|diedit|di-?update|ditayang(?:kan)?\s+ulang)`
	done     = `(?:(?:telah|sudah|kami|pernah|resmi|kemudian|lalu|juga|mengalami|redaksi|oleh)\s+){0,4}`
	wrong    = `\b(?:kekeliruan|kesalahan|keliru|kelirunya|salah|galat|ralat|koreksi|kurang\s+(?:tepat|akurat|teliti|cermat)|tidak\s+(?:tepat|akurat|benar|sesuai)|ketidak(?:akuratan|tepatan|cermatan|telitian)|yang\s+(?:benar|tepat)|seharusnya|semestinya|sebelumnya\s+(?:\S+\s+){0,4}?(?:ter|di|meny|me[mn])\S+|sempat\s+(?:ter|di|meny|me[mn])\S+)`
	wrongIn  = `\b(?:errors?|mistakes?|incorrect(?:ly)?|inaccura\w+|wrong(?:ly)?|mis(?:stated|spelled|spelt|identified|reported|quoted|attributed|printed|labell?ed|characteri[sz]ed)|correct(?:ed|ion|ions|ly)?|fix(?:ed)?|erroneous(?:ly)?|typo|should\s+(?:have\s+)?(?:read|be|been|said))\b`
	marks    = `(?:ralat|koreksi|pembetulan|corrections?|corrigendum|erratum|errata)`
)

var (
	// noteMark opens a note: “Koreksi (12/6): …”, “RALAT — …”.
	noteMark = lazy(`^\W{0,4}(?:(?:catatan|nota|pemberitahuan)\s+)?` + marks + `(?:\s+(?:redaksi|berita|artikel|judul|foto|data|dan\s+(?:permintaan|permohonan)\s+maaf))*(?:\s*[(\[][^)\]]{1,40}[)\]]|,?\s+(?:\S+\s+){0,2}?\d{1,2}[\s/.-]\S+[\s/.-]\d{2,4}(?:\s+(?:pukul|jam|at)?\s*\d{1,2}[.:]\d{2}(?:\s+\w{2,4})?)?)?(?:\s*[:–—|]|\s+-)`)
	// fromDesk opens what the newsroom says in its own voice.
	fromDesk   = lazy(`^\W{0,4}(?:catatan(?:\s+(?:dari\s+)?(?:redaksi|editor|penyunting|penulis))?|(?:dari\s+)?redaksi|nota\s+redaksi|keterangan\s+redaksi|penjelasan\s+redaksi|permohonan\s+maaf|permintaan\s+maaf|pembaruan|pemutakhiran|update|editor.?s.?\s+note|note\s+(?:from|by)\s+the\s+editors?|note\s+to\s+readers|(?:berita|artikel)\s+ini\s+telah)\b`)
	strongNote = lazy(`^\W{0,4}(?:` + thisText + `\s+` + done + mended + `\b|` + thisIn + `\s+(?:has\s+been|was|is)\s+(?:since\s+)?corrected\b)`)
	weakNote   = lazy(`\b(?:` + thisText + `\s+` + done + `(?:` + touched + `|` + mended + `|memuat|mencantumkan|mengandung|menyebut(?:kan)?|menulis(?:kan)?|tertulis)\b|` + thisIn + `\s+(?:has\s+been|was|is)\s+(?:since\s+)?(?:updated|amended|changed|revised|edited|modified|corrected)\b)`)
	// earlierText is the state of the story that was wrong.
	earlierText = lazy(`\b(?:(?:dalam\s+|pada\s+)?(?:versi|edisi|terbitan|unggahan|tayangan|naskah)\s+(?:awal|sebelumnya|terdahulu|pertama|semula|lama)(?:nya)?\s+(?:(?:dari|untuk|atas)\s+)?` + thisText + `|an?\s+(?:earlier|previous|original|prior)\s+(?:version|edition)\s+of\s+` + thisIn + `)`)
	// deskMends is the newsroom doing it.
	deskMends = lazy(`\b(?:redaksi|kami|we|the\s+editors?)\s+(?:(?:telah|sudah|dengan\s+ini|pun|lalu|kemudian|have|has)\s+){0,3}(?:meralat|mengoreksi|membetulkan|memperbaiki|meluruskan|mengubah|memperbarui|corrected|amended|fixed)\b.*?\b(?:` + thisText + `|` + thisIn + `)`)
	deskWrote = lazy(`\bsebelumnya,?\s+(?:redaksi|kami)\s+(?:\S+\s+)?(?:menulis|memberitakan|menyebut)`)
	itWasSaid = lazy(`^\W{0,4}(?:sebelumnya|semula|awalnya),?\s+(?:(?:dalam|pada|di)\s+)?(?:` + thisText + `|(?:di\s+)?(?:judul|paragraf|naskah|berita|artikel))\b.{0,80}\b(?:tertulis|ditulis|menulis|menyebut|disebut|memuat)`)

	errorWord   = lazy(wrong)
	errorWordEN = lazy(wrongIn)

	// reported marks what somebody is quoted for: a newsroom speaks for itself.
	reported = lazy(`\b(?:kata|ujar|tutur|ungkap|jelas|tegas|ucap|terang|papar|sebut|imbuh|tambah)(?:nya|\s+(?:dia|ia|beliau|pria|wanita|kepala|ketua|bupati|wali|gubernur|kapolres|juru))\b|\bmenurut\s+(?:dia|nya|kepala|ketua|polisi)\b|\b(?:he|she|they)\s+(?:said|added|told)\b`)
	// goneNote is one that takes the story back.
	goneNote = lazy(`^\W*(?:(?:dengan\s+ini\s+)?redaksi\s+(?:\S+\s+){0,3}?mencabut\s+(?:berita|artikel|tulisan)\s+ini|(?:berita|artikel|tulisan)\s+ini\s+(?:(?:telah\s+|sudah\s+|resmi\s+|kami\s+)*(?:dicabut|ditarik)|(?:telah|sudah)\s+(?:\S+\s+)?dihapus|(?:telah|sudah)\s+kami\s+(?:cabut|tarik|hapus))\b|this\s+(?:story|article)\s+(?:has\s+been|was|is)\s+(?:withdrawn|retracted|taken\s+down|removed))`)
)

// maxNote bounds a note, in bytes: what is longer is a story's own text.
const maxNote = 800

// isCorrection reports whether a paragraph is a note of its newsroom that the
// story it stands in was corrected.
func isCorrection(text string) bool {
	if len(text) > maxNote || !mayAmend(text) {
		return false
	}
	low := toLower(text)
	if reported().MatchString(low) {
		return false
	}
	if noteMark().MatchString(low) || strongNote().MatchString(low) || deskWrote().MatchString(low) || itWasSaid().MatchString(low) {
		return true
	}
	spoilt := matchesAny(low, errorWord, errorWordEN)
	return spoilt && matchesAny(low, fromDesk, weakNote, earlierText, deskMends)
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
	return loneMark().MatchString(toLower(text))
}

var loneMark = lazy(`^\W{0,4}(?:(?:catatan|nota)\s+)?` + marks + `(?:\s+(?:redaksi|berita|artikel))?\W{0,3}$`)

// saysWrong reports whether a paragraph speaks of a mistake.
func saysWrong(text string) bool {
	return len(text) <= maxNote && matchesAny(toLower(text), errorWord, errorWordEN)
}

// mayAmend is a quick look for the words of a note.
func mayAmend(s string) bool {
	for _, w := range [...]string{"alat", "ALAT", "oreksi", "OREKSI", "etul", "edaksi", "EDAKSI", "ditor", "orrect", "ORRECT", "rratum", "dicabut", "ditarik", "etracted", "ithdrawn", "keliru", "esalahan", "dihapus", "kami tarik", "kami cabut", "kami hapus", "arlier version", "revious version", "riginal version", "aken down", "been removed", " ini telah ", " ini sudah ", "ebelumnya", "emula", "seharusnya", "this story", "this article", "his story", "his article"} {
		if strings.Contains(s, w) {
			return true
		}
	}
	return false
}
