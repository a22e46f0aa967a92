package normalize

import (
	"regexp"
	"strings"
	"sync"
	"unicode/utf8"

	"warta/sources"
)

// published finds the words that come before the name of the outlet where a
// text first appeared, in Indonesian and Malay.
var published = sync.OnceValue(func() *regexp.Regexp {
	return regexp.MustCompile(`(?i)(?:\b(?:sebagian )?(?:artikel|berita|tulisan|konten|naskah|laporan|opini|kolom|wawancara|liputan|esai|resensi|cerpen|rencana|video|foto|kisah|reportase|feature|analisis)(?: (?:ini|tersebut|itu|di atas|aslinya|asli|serupa))?\s+|^\W*(?:ini\s+)?)(?:(?:merupakan|adalah|hasil)\s(?:[^.:]{3,60}?\s(?:dan|yang)\s+)?)?(?:(?:telah|sudah|pernah|pertama kali|pertama|kali pertama|lebih dulu|lebih dahulu|terlebih dahulu|sebelumnya|semula|awalnya|juga|asli|ini|yang|mulanya)\s+)*(?:(?:tayang|terbit|tampil|muncul|dimuat|dipublikasikan|diterbitkan|ditayangkan|disiarkan|diunggah|dipetik|disadur|diambil|dikutip|bersumber|diolah|disalin|diterjemahkan|dirilis|disunting|diadaptasi|dipublikasi|republikasi|saduran|terjemahan|(?:hasil )?(?:publikasi|terbitan) ulang)\s+)(?:(?:ulang|pertama kali|kali pertama|pertama|sebelumnya|semula|lebih dulu|lebih dahulu)\s+)*(?:di|pada|oleh|dalam|dari|daripada)\b\s*(?:(?:laman|situs|portal|media|website|halaman|blog|kanal|rubrik|(?-i:koran|majalah|harian|surat kabar))\s+(?:(?:berita|resmi|web|daring|online|cetak)\s+)?)?`)
})

// entitled finds the words between an outlet and its title for the text.
var entitled = sync.OnceValue(func() *regexp.Regexp {
	return regexp.MustCompile(`(?i),?\s*\b(?:dengan judul|berjudul|bertajuk|judul(?:nya)?|dengan tajuk|bertajuk)\s*:?\s*`)
})

// address finds an address and what leads to it.
var address = sync.OnceValue(func() *regexp.Regexp {
	return regexp.MustCompile(`(?i)[\s,.("“]*(?:\b(?:klik untuk baca|klik(?: di ?sini)?|baca di|link|tautan|sumber|baca selengkapnya|selengkapnya(?: di)?|baca artikel(?: aslinya)?(?: di)?|di|pada|melalui)\s*:?\s*)*(https?://\S+)`)
})

// copied finds what some sites add to text that is copied from them: "Baca
// artikel Contoh, "Judul" selengkapnya https://…".
var copied = sync.OnceValue(func() *regexp.Regexp {
	return regexp.MustCompile(`(?i)^\W*baca (?:artikel|berita) ([\p{L}\p{N} .]{3,40}?),?\s*["“'‘](.{3,300}?)["”'’]\s*selengkapnya(?: di ?sini)?\s*:?\s*(https?://\S+).*$`)
})

// publishedEN is the same in English.
var publishedEN = sync.OnceValue(func() *regexp.Regexp {
	return regexp.MustCompile(`(?i)^\W*(?:(?:a version of )?this (?:article|story|post|piece|report|essay|column|interview) )?(?:was |has been |is )?(?:(?:originally |first |previously |also )?(?:appeared|published|posted|produced)|re-?published(?: here)?|reprinted|adapted|taken)(?: (?:on|in|by|at|from|with permission from))? (.{2,80}?)(?:,? (?:with the title|under the title|as) (.{3,300}?)| under an? .*| (?:and is|on \w+ \d|in \w+ \d{4}|with permission).*)?\s*(?:,?\s*(https?://\S+).*|\.?| ?[.,] .*)$`)
})

// provenance reads "Artikel ini telah tayang di X dengan judul Y, https://…".
// hrefs gives the addresses of the line's links.
func provenance(s string, hrefs func() []string) (sources.Provenance, bool) {
	var none sources.Provenance
	if len(s) > 800 || len(s) < 20 {
		return none, false
	}
	expr, isIndonesian := published, false
	switch {
	case strings.Contains(s, "selengkapnya") && strings.Contains(s, "://"):
		expr = copied
	case len(s) < 300 && strings.Contains(s, " this "), strings.HasPrefix(s, "This ") || strings.HasPrefix(s, "(This "), strings.HasPrefix(s, "Originally ") || strings.HasPrefix(s, "First published"), strings.HasPrefix(s, "Republished ") || strings.HasPrefix(s, "Reprinted "):
		expr = publishedEN
	case tellsOfPublishing(s), strings.Contains(s, " asli"):
		isIndonesian = true
	case tellsElsewhere(s):
		expr = publishedElsewhere
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
	if cut = strings.Trim(cut, " *"); strings.ContainsAny(cut[:min(1, len(cut))], "([") || strings.Count(cut, "(") < strings.Count(cut, ")") {
		cut = strings.Trim(cut, "()[] *")
	}
	var p sources.Provenance
	if isIndonesian {
		p = firstAppeared(cut)
	} else if m := publishedLast().FindStringSubmatch(cut); m != nil {
		p = sources.Provenance{Outlet: m[1]}
	} else if m := expr().FindStringSubmatch(cut); m != nil {
		p = sources.Provenance{Outlet: strings.Trim(m[1], " .,\"“”*"), Title: strings.Trim(m[2], " .,\"“”'‘’:"), URL: strings.TrimRight(m[3], ".,…)")}
		if i := datedFrom(p.Outlet); i > 0 {
			p.Outlet = p.Outlet[:i]
		}
	}
	if p.Text = s; p.Outlet == "" || strings.Contains(p.Outlet, " ") && !capitalised(p.Outlet) || strings.Count(p.Outlet, " ") > 7 {
		return none, false
	}
	if p.URL == "" {
		if all := hrefs(); len(all) > 0 {
			p.URL = all[len(all)-1]
		}
	}
	return p, true
}

// firstAppeared reads "Artikel ini telah tayang di X dengan judul Y, https://…".
func firstAppeared(s string) (p sources.Provenance) {
	at := published().FindStringIndex(s)
	if at == nil {
		return p
	}
	rest := s[at[1]:]
	if m := address().FindStringSubmatchIndex(rest); m != nil {
		p.URL = strings.TrimRight(rest[m[2]:m[3]], ".,…)\"”")
		rest = rest[:m[0]]
	}
	name := rest
	if m := entitled().FindStringIndex(rest); m != nil {
		name = rest[:m[0]]
		p.Title = quotedTitle(strings.TrimSpace(rest[m[1]:]))
	}
	if strings.TrimSpace(name) == "" && p.URL != "" {
		p.Outlet, _ = hostOf(p.URL)
		return p
	}
	outlet, after := outletPrefix(name)
	if isPlace(outlet) || !endsOutlet(after) {
		return sources.Provenance{}
	}
	p.Outlet = outlet
	return p
}

// quotedTitle takes the quotation marks off a title and what follows them.
func quotedTitle(s string) string {
	if i := datedFrom(s); i > 0 {
		s = s[:i]
	}
	if r, n := utf8.DecodeRuneInString(s); r == '"' || r == '“' || r == '\'' || r == '‘' {
		if end := strings.LastIndexAny(s, "\"”'’"); end > n {
			s = s[n:end]
		}
	}
	return strings.Trim(s, " .,\"“”'‘’:")
}

// outletPrefix parts the name of an outlet, as long as its words are written as
// names are, from what follows.
func outletPrefix(s string) (outlet, after string) {
	s = strings.TrimLeft(s, " \"“'‘*")
	end := 0
	for i := 0; i < len(s); {
		w := firstField(s[i:])
		bare := strings.Trim(w, ".,;:()\"“”'’*")
		next := i + len(w)
		switch low := lower(bare); {
		case bare == "":
		case capitalised(bare), isDomain(bare), bare[0] >= '0' && bare[0] <= '9' && end > 0, outletWord(low), outletNames[low], agencyNames[low] != "":
			end = next
		case end > 0 && (low == "of" || low == "the" || low == "dan" || low == "and" || low == "de") && capitalised(strings.TrimLeft(s[min(next+1, len(s)):], " ")):
		default:
			return strings.TrimRight(s[:end], " .,;:\"”'’*"), s[end:]
		}
		if strings.ContainsAny(w[len(w)-min(1, len(w)):], ".,;:)\"”") {
			end = next
			return strings.TrimRight(s[:end], " .,;:)\"”'’*"), s[end:]
		}
		if i = next + 1; i > len(s) {
			break
		}
	}
	return strings.TrimRight(s[:end], " .,;:\"”'’*"), s[end:]
}

// endsOutlet reports whether what follows an outlet's name can, where no story
// goes on.
func endsOutlet(after string) bool {
	after = strings.TrimSpace(after)
	if after == "" || strings.ContainsAny(after[:1], ".,;:(|-") || len(after) > 160 {
		return len(after) <= 160
	}
	switch firstField(lower(after)) {
	case "pada", "edisi", "dan", "atas", "dengan", "tanggal", "seizin", "melalui", "lewat", "oleh", "karya", "sebelumnya", "lalu",
		"hari", "dalam", "tahun", "sebagai", "untuk", "baca", "klik", "–", "—", "yang":
		return true
	}
	return beginsDate(after)
}

// publishedElsewhere finds the same in other European languages: a word for
// what appeared, one for appearing, one for first.
var publishedElsewhere = sync.OnceValue(func() *regexp.Regexp {
	return regexp.MustCompile(`(?i)^\W*(?:dit|deze|cet(?:te)?|ce|este|esta|dieser?|dieses|questo|questa|denne|den här|el|la|l'|o|a|der|het)\s*[\p{L} ]{3,40}?\b(?:verscheen|verschenen|gepubliceerd|publi[ée]e?|paru|parue|publicad[oa]|public[óo]|apareci[óo]|apareceu|erschien(?:en)?|veröffentlicht|pubblicat[oa]|apparso|apparsa)(?:\s(?:eerder|eerst|oorspronkelijk|als eerste|initialement|d'abord|pour la première fois|originalement|originellement|originalmente|primero|primeiro|por primera vez|pela primeira vez|zuerst|ursprünglich|erstmals|originariamente|per la prima volta|inizialmente|anteriormente|previamente|a été|eerder al))*\s(?:in|op|bij|sur|dans|par|en|por|no|na|em|pelo|pela|auf|bei|su|da)\s(?:(?-i:der|die|das|dem|den|de|la|le|el|the|il)\s)?((?-i:\p{Lu}|\d)[^.,;:]{1,60}?(?:\.\p{L}{2,4})?)(?:,?\s(?:met als titel|onder de titel|sous le titre|con el título|com o título|unter dem titel|con il titolo)\s(.{3,300}?))?\s*(?:[,.:]?\s*(https?://\S+).*|[.,].*|)$`)
})

// publishedLast finds it where the verb comes last, as in German and Dutch.
var publishedLast = sync.OnceValue(func() *regexp.Regexp {
	return regexp.MustCompile(`(?i)^\W*(?:dieser?|dieses|der|dit|deze|het)\s[\p{L} ]{3,40}?\s(?:wurde|ist|werd|is)\s(?:zuerst|ursprünglich|erstmals|eerder|eerst|oorspronkelijk)\s(?:im|in|auf|bei|von|vom|op|door)\s(?:(?-i:der|dem|den|het|de)\s)?((?-i:\p{Lu}|\d)[^.,;:]{1,60}?)\s(?:veröffentlicht|erschienen|publiziert|gepubliceerd|verschenen|geplaatst)\b.*$`)
})

// tellsElsewhere reports whether a text can hold what publishedElsewhere finds.
func tellsElsewhere(s string) bool { return elsewhereWords().in(s) }

var elsewhereWords = sync.OnceValue(func() *wordSet { return newWordSet(elsewhereList()...) })

func elsewhereList() []string {
	return []string{"versche", "publi", "paru", "aparec", "erschien", "veröffentlicht", "pubblicat", "appars"}
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
func tellsOfPublishing(s string) bool { return publishingWords().in(s) }

var publishingWords = sync.OnceValue(func() *wordSet { return newWordSet(publishing()...) })

func publishing() []string {
	return []string{"tayang", "terbit", "dimuat ", "dipublikasikan", "disiarkan", "dipetik ", "disadur ", "bersumber ",
		" ini diambil ", " ini dikutip ", " ini diolah ", "tampil di ", "muncul di ", "iterjemahkan dari ", "isadur dari ", "isalin dari ", "iadaptasi dari ", "republikasi ", "saduran ", "erjemahan dari ", "ulang dari ", "Dimuat ", "Terbit ", "Tayang "}
}

// tellsAnything reports whether a text has one of the words without one of
// which no line of it says where it appeared first, in Indonesian or English,
// and elsewhere. Nearly every text has none, which one pass tells.
func tellsAnything(s string) (here, elsewhere bool) {
	if !allWordsOfProvenance().in(s) {
		return false, false
	}
	return provenanceWords().in(s), tellsElsewhere(s)
}

var provenanceWords = sync.OnceValue(func() *wordSet { return newWordSet(provenanceList()...) })

var allWordsOfProvenance = sync.OnceValue(func() *wordSet {
	return newWordSet(append(provenanceList(), elsewhereList()...)...)
})

func provenanceList() []string {
	return append(publishing(), "This ", " this ", "Originally ", "First published", "Republished ", "Reprinted ", " asli", "selengkapnya")
}

// datedFrom gives where " pada 16 Juni 2025" or " edisi Senin" begins after an
// outlet's name, or 0.
func datedFrom(s string) int {
	for _, w := range [...]string{" pada ", " edisi ", " tanggal ", " on ", " - ", " – ", " | "} {
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
		q := &list[i]
		if *q == p || q.Outlet == p.Outlet && (q.Title == p.Title || q.Title == "" || p.Title == "") {
			q.Title, q.URL = firstOf(q.Title, p.Title), firstOf(q.URL, p.URL)
			return list
		}
	}
	return append(list, p)
}
