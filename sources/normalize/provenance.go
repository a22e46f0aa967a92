package normalize

import (
	"regexp"
	"strings"
	"sync"

	"warta/sources"
)

// published finds the words that say where a text first appeared; the second
// group is the outlet, the third its title.
var published = sync.OnceValue(func() *regexp.Regexp {
	return regexp.MustCompile(`(?i)\b(?:(?:artikel|berita|tulisan|konten|naskah|laporan)(?: ini)?|ini)\s+(?:(?:telah|sudah|pernah|pertama kali|lebih dulu|sebelumnya|juga)\s+)*(?:tayang|terbit|dimuat|dipublikasikan|diterbitkan|ditayangkan)\s+(?:(?:pertama kali|sebelumnya|lebih dulu)\s+)*(?:di|pada|oleh|dalam)\s+(?:(?:laman|situs|portal|media)\s+)?(.{2,60}?)(?:,?\s+(?:dengan judul|berjudul|judul)\s*:?\s*(.{3,300}?))?\s*(?:,?\s*(https?://\S+).*|\.?)$`)
})

// publishedEN is the same in English.
var publishedEN = sync.OnceValue(func() *regexp.Regexp {
	return regexp.MustCompile(`(?i)^\W*this (?:article|story|post|piece|report) (?:was |has been )?(?:originally|first) (?:appeared|published|posted)(?: (?:on|in|by|at))? (.{2,80}?)(?:,? (?:with the title|under the title|as) (.{3,300}?))?\s*(?:,?\s*(https?://\S+).*|\.?)$`)
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
	case tellsOfPublishing(s):
	case strings.HasPrefix(s, "This ") || strings.HasPrefix(s, "(This "):
		expr = publishedEN
	default:
		return none, false
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

// tellsOfPublishing reports whether a text has one of the words without which
// it says nothing in Indonesian of where it appeared first.
func tellsOfPublishing(s string) bool {
	return strings.Contains(s, "tayang") || strings.Contains(s, "terbit") || strings.Contains(s, "dimuat di") || strings.Contains(s, "dipublikasikan")
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
