package normalize

import (
	"regexp"
	"strings"
	"sync"

	"warta/sources"
)

// published finds the words that say where a text first appeared, in
// Indonesian and Malay; the groups are the outlet, its title and its address.
var published = sync.OnceValue(func() *regexp.Regexp {
	return regexp.MustCompile(`(?i)\b(?:(?:sebagian )?(?:artikel|berita|tulisan|konten|naskah|laporan|opini|kolom|wawancara|liputan|esai|resensi|cerpen|rencana)(?: (?:ini|tersebut|di atas|aslinya))?|ini)\s+(?:(?:telah|sudah|pernah|pertama kali|pertama|kali pertama|lebih dulu|lebih dahulu|terlebih dahulu|sebelumnya|semula|juga|asli|ini|yang)\s+)*(?:tayang|terbit|tampil|dimuat|dipublikasikan|diterbitkan|ditayangkan|disiarkan|diunggah|dipetik|disadur|diambil|dikutip|bersumber|diolah)\s+(?:(?:pertama kali|kali pertama|sebelumnya|lebih dulu|lebih dahulu)\s+)*(?:di|pada|oleh|dalam|dari|daripada)\s+(?:(?:laman|situs|portal|media|website|halaman)\s+)?(.{2,60}?)(?:,?\s+(?:dengan judul|berjudul|bertajuk|judul)\s*:?\s*(.{3,300}?))?\s*(?:,?\s*(?:(?:klik untuk baca|klik|baca di|link|tautan|sumber|baca selengkapnya|selengkapnya)\s*:?\s*)?(https?://\S+).*|\.?)$`)
})

// copied finds what some sites add to text that is copied from them: "Baca
// artikel Contoh, "Judul" selengkapnya https://…".
var copied = sync.OnceValue(func() *regexp.Regexp {
	return regexp.MustCompile(`(?i)^\W*baca (?:artikel|berita) ([\p{L}\p{N} .]{3,40}?),?\s*["“'‘](.{3,300}?)["”'’]\s*selengkapnya(?: di ?sini)?\s*:?\s*(https?://\S+).*$`)
})

// publishedEN is the same in English.
var publishedEN = sync.OnceValue(func() *regexp.Regexp {
	return regexp.MustCompile(`(?i)^\W*(?:(?:a version of )?this (?:article|story|post|piece|report|essay|column|interview) )?(?:was |has been |is )?(?:(?:originally |first |previously |also )?(?:appeared|published|posted)|re-?published(?: here)?|reprinted|adapted|taken)(?: (?:on|in|by|at|from|with permission from))? (.{2,80}?)(?:,? (?:with the title|under the title|as) (.{3,300}?)| under an? .*| (?:and is|on \w+ \d|in \w+ \d{4}|with permission).*)?\s*(?:,?\s*(https?://\S+).*|\.?| ?[.,] .*)$`)
})

// provenance reads "Artikel ini telah tayang di X dengan judul Y, https://…".
// hrefs gives the addresses of the line's links.
func provenance(s string, hrefs func() []string) (sources.Provenance, bool) {
	var none sources.Provenance
	if len(s) > 800 || len(s) < 20 {
		return none, false
	}
	expr := published
	switch {
	case strings.Contains(s, "selengkapnya") && strings.Contains(s, "://"):
		expr = copied
	case len(s) < 300 && strings.Contains(s, " this "), strings.HasPrefix(s, "This ") || strings.HasPrefix(s, "(This "), strings.HasPrefix(s, "Originally ") || strings.HasPrefix(s, "First published"):
		expr = publishedEN
	case tellsOfPublishing(s), strings.Contains(s, " asli"):
	default:
		return none, false
	}
	if p, ok := original(s); ok {
		return p, true
	}
	cut := s
	if i := firstLabel(s); i > 0 {
		cut = strings.TrimRight(s[:i], " ")
	}
	m := expr().FindStringSubmatch(strings.Trim(cut, " *()[]"))
	if m == nil {
		return none, false
	}
	p := sources.Provenance{Text: s, Outlet: strings.Trim(m[1], " .,\"“”*"), Title: strings.Trim(m[2], " .,\"“”'‘’:"), URL: strings.TrimRight(m[3], ".,…)")}
	if name, when, ok := strings.Cut(p.Outlet, ", "); ok && isDatePart(strings.ToLower(strings.TrimSpace(strings.NewReplacer("(", " ", ")", " ").Replace(when)))) {
		p.Outlet = name
	}
	if i := datedFrom(p.Outlet); i > 0 {
		p.Outlet = p.Outlet[:i]
	}
	if strings.Contains(p.Outlet, " ") && !capitalised(p.Outlet) || strings.Count(p.Outlet, " ") > 7 {
		return none, false
	}
	if p.URL == "" {
		if all := hrefs(); len(all) > 0 {
			p.URL = all[len(all)-1]
		}
	}
	return p, true
}

// original reads "Artikel asli dapat dibaca di https://…".
func original(s string) (sources.Provenance, bool) {
	i := strings.Index(s, "://")
	low := lower(s)
	if i < 5 || len(s) > 300 || !strings.HasPrefix(low, "artikel asli") && !strings.HasPrefix(low, "berita asli") && !strings.HasPrefix(low, "tulisan asli") && !strings.HasPrefix(low, "sumber asli") {
		return sources.Provenance{}, false
	}
	from := strings.LastIndexByte(s[:i], ' ') + 1
	u := strings.TrimRight(firstField(s[from:]), ".,)")
	host, _ := hostOf(u)
	return sources.Provenance{Text: s, Outlet: host, URL: u}, host != ""
}

// tellsOfPublishing reports whether a text has one of the words without which
// it says nothing in Indonesian of where it appeared first.
func tellsOfPublishing(s string) bool {
	return containsAny(s, "tayang", "terbit", "dimuat ", "dipublikasikan", "disiarkan", "dipetik ", "disadur ", "bersumber ",
		" ini diambil ", " ini dikutip ", " ini diolah ", "tampil di ")
}

func containsAny(s string, any ...string) bool {
	for _, one := range any {
		if strings.Contains(s, one) {
			return true
		}
	}
	return false
}

// datedFrom gives where " pada 16 Juni 2025" or " edisi Senin" begins after an
// outlet's name, or 0.
func datedFrom(s string) int {
	for _, w := range [...]string{" pada ", " edisi ", " tanggal ", " on "} {
		if i := strings.Index(s, w); i > 0 && beginsDate(strings.Trim(s[i+len(w):], "() ")) {
			return i
		}
	}
	return 0
}

// firstLabel gives where a byline's label begins within a line, or 0.
func firstLabel(s string) int {
	for _, m := range marksIn(s) {
		if m.colon && m.from > 0 && m.weak {
			return m.from
		}
	}
	return 0
}

func addProvenance(list []sources.Provenance, p sources.Provenance) []sources.Provenance {
	for i := range list {
		if list[i] == p || list[i].Outlet == p.Outlet && list[i].Title == p.Title {
			return list
		}
	}
	return append(list, p)
}
