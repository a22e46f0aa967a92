package evidence

import (
	"strings"

	"warta/sources"
	"warta/sources/prose"
)

var (
	// releaseLine says when a text may be published, without a word of an
	// embargo: “Rilis ini baru boleh dimuat mulai …”, “For release at …”, “Hold
	// for release until …”. It counts only with a moment that can be read.
	releaseLine = prose.Pattern(`^\W{0,4}(?:(?:berita|rilis|naskah|siaran\s+pers)\s+ini\s+(?:baru\s+|hanya\s+)?(?:boleh|dapat|bisa)\s+di(?:siarkan|publikasikan|terbitkan|muat|beritakan|tayangkan|sebarluaskan|kutip)\s+(?:mulai|setelah|sesudah|pada|per|sejak)?|(?:hold\s+)?for\s+(?:release|publication|broadcast)\s*(?::|on|at|after|until|from|not\s+before)|hold\s+until)\s*(.*)$`)
	// timeStarts is where a date or time of day begins.
	timeStarts = prose.Pattern(`\b(?:pukul|jam|pkl|senin|selasa|rabu|kamis|jumat|sabtu|minggu|(?:mon|tues|wednes|thurs|fri|satur|sun)day)\b|\d`)
)

// An instruction to the press in words of its own is made of few: whom it asks
// or what it speaks of, leave or a ban, a verb of publishing, a word that bounds
// a time, and the time. What says anything else is a story's sentence.
var (
	publishWord = prose.Pattern(`^(?:(?:di|men|mem|meny|me)?(?:siar|ny?iar|publikasi|terbit|nerbit|muat|tayang|nayang|sebar|nyebar|berita|rilis|kutip|ngutip|unggah|ngunggah)(?:kan|an)?|naik|(?:disebar|menyebar|disiar|menyiar)luaskan|publi(?:sh|shed|shing|cation|c|cize|cized)|broadcast(?:ed|ing)?|releas(?:e|ed|ing)|air(?:ed)?|quot(?:e|ed)|shared?|report(?:ed|ing)?|embargo(?:ed)?|diembargo|use|confidential|rahasia)$`)
	boundWord   = prose.Pattern(`^(?:sebelum|hingga|sehingga|sampai|sd|setelah|sesudah|mulai|sejak|before|until|till|after|from|prior|earlier|pada|per|on|at)$`)
	leaveWord   = prose.Pattern(`^(?:tidak|jangan|hormati|patuhi|observe|respect|dilarang|untuk|baru|hanya|boleh|dapat|bisa|diizinkan|mohon|dimohon|harap|diharap|harus|wajib|not|no|for|may|must|can|only|please|kindly|don|do|embargo(?:ed)?|diembargo|confidential|rahasia)$`)
	pressWord   = prose.Pattern(`^(?:rekan|kawan|media|massa|wartawan|jurnalis|redaksi|pers|siaran|berita|rilis|naskah|materi|informasi|bahan|tulisan|artikel|konten|teks|dokumen|data|isi|ini|para|semua|seluruh|yth|agar|supaya|akan|segera|luas|secara|kepada|publik|umum|masih|berada|bawah|berlaku|terkena|bersifat|dalam|catatan|editor|editors|note|to|be|is|are|it|this|these|that|in|under|press|news|story|report|statement|material|document|figures|contents?|speech|text|than|t|and|or|status|strict|dicabut|berakhir|lifted|dan|atau|dulu|sudah|the|any|form|strictly)$`)
)

// instruction finds the moment before which a line asks the press not to publish.
func instruction(low string, it *sources.Item) (string, bool) {
	if !fullDate().MatchString(low) {
		return "", false
	}
	var publishes, leave, embargoed, bound bool
	when := ""
	low = toUntil.Replace(low)
	starts := timeStarts().FindStringIndex(low)
	for at, w := range wordsAt(low) {
		if bound = boundWord().MatchString(w); bound {
			when = low[at+len(w):]
			break
		}
		if starts != nil && at >= starts[0] {
			when = low[at:]
			break
		}
		isPublish, isLeave := publishWord().MatchString(w), leaveWord().MatchString(w)
		publishes, leave, embargoed = publishes || isPublish, leave || isLeave, embargoed || strings.Contains(w, "embargo")
		if !isPublish && !isLeave && !pressWord().MatchString(w) {
			return "", false
		}
	}
	// Of an embargo on trade one says a day; and without a word that bounds it a
	// time is one only of an embargo.
	if !publishes || !leave || !bound && !embargoed || embargoed && !timeOfDay().MatchString(when) {
		return "", false
	}
	_, readable := untilOf(when, it)
	return when, readable
}

// toUntil writes out what words are shortened to.
var toUntil = strings.NewReplacer("s.d.", "sampai", "s.d ", "sampai ", "s/d", "sampai")

// wordsAt yields the words of a line with where each begins.
func wordsAt(s string) func(func(int, string) bool) {
	return func(yield func(int, string) bool) {
		from := -1
		for i, r := range s + " " {
			switch letter := !prose.IsNoLetter(r); {
			case letter && from < 0:
				from = i
			case !letter && from >= 0:
				if !yield(from, s[from:i]) {
					return
				}
				from = -1
			}
		}
	}
}

// untilSpoken is an end that is an event: until a speech was held, a decision
// announced. Of an embargo on trade nothing is said so.
var untilSpoken = prose.Pattern(`^\W*(?:pidato|sambutan|pengumuman|konferensi\s+pers|jumpa\s+pers|acara|peluncuran|paripurna|rapat|sidang|pembacaan|upacara|presentasi|delivery|delivered|the\s+speech|the\s+announcement|the\s+press\s+conference)\b.{0,60}$`)

// releaseTime finds the moment from which a line says that its text may be
// published.
func releaseTime(low string, it *sources.Item) (string, bool) {
	if when, ok := instruction(low, it); ok {
		return when, true
	}
	m := releaseLine().FindStringSubmatch(low)
	if m == nil || !fullDate().MatchString(m[1]) || !timeOfDay().MatchString(m[1]) {
		return "", false
	}
	_, readable := untilOf(m[1], it)
	return m[1], readable
}

// fromTime cuts what stands before a time.
func fromTime(s string) string {
	if at := timeStarts().FindStringIndex(s); at != nil {
		return s[at[0]:]
	}
	return s
}
