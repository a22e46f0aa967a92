package normalize

import (
	"strings"
	"unicode"
	"unicode/utf8"
)

// agencyNames are the news agencies, by how their name is written in credits.
var agencyNames = map[string]string{
	"antara": "ANTARA", "ant": "ANTARA", "antaranews": "ANTARA", "antara news": "ANTARA", "lkbn antara": "ANTARA",
	"antaranews.com": "ANTARA", "kantor berita antara": "ANTARA", "antara foto": "ANTARA", "antarafoto": "ANTARA",
	"reuters": "Reuters", "rtr": "Reuters", "afp": "AFP", "ap": "AP", "associated press": "AP", "xinhua": "Xinhua",
	"bernama": "Bernama", "kyodo": "Kyodo", "dpa": "dpa", "anadolu": "Anadolu", "anadolu agency": "Anadolu",
	"tass": "TASS", "efe": "EFE", "ansa": "ANSA", "yonhap": "Yonhap", "upi": "UPI", "pti": "PTI", "ani": "ANI",
	"sputnik": "Sputnik", "ria novosti": "RIA Novosti", "wafa": "WAFA", "irna": "IRNA", "spa": "SPA", "apa": "APA",
	"infopublik": "InfoPublik", "belga": "Belga", "anp": "ANP", "lusa": "Lusa", "mina": "MINA", "bloomberg": "Bloomberg",
}

// agencyOf gives the agency a credit names, or nothing.
func agencyOf(s string) string {
	s = strings.Trim(s, " .,()[]-–")
	if s == "Ani" || s == "Mina" {
		return "" // somebody; the agencies are written ANI and MINA
	}
	return agencyNames[strings.ToLower(s)]
}

// outletNames are outlets whose name alone would pass for a person's.
var outletNames = map[string]bool{
	"surya": true, "kompas": true, "tribun": true, "tempo": true, "detik": true, "republika": true, "merdeka": true,
	"suara": true, "kontan": true, "bisnis": true, "okezone": true, "viva": true, "kumparan": true, "poskota": true,
	"pos kota": true, "jawapos": true, "jawa pos": true, "sindo": true, "inews": true, "metro": true, "goal": true,
	"bbc": true, "cnn": true, "cnbc": true, "cnn indonesia": true, "cnbc indonesia": true, "bbc indonesia": true,
	"motorsport": true, "daily mail": true, "the guardian": true, "the next web": true, "warta kota": true,
	"wartakota": true, "media indonesia": true, "beritasatu": true, "liputan6": true, "kaltim post": true,
	"prokal": true, "rmol": true, "jpnn": true, "tvone": true, "trans7": true, "rri": true, "tvri": true, "voa": true,
	"sky sports": true, "marca": true, "fox sports": true, "espn": true, "usnews": true, "times": true, "bola": true,
	"istimewa": true, "ist": true, "dok": true, "net": true, "ho": true, "internet": true, "instagram": true,
	"shutterstock": true, "freepik": true, "pixabay": true, "pexels": true, "unsplash": true, "getty images": true, "istock": true,
	"istockphoto": true, "canva": true, "wikimedia commons": true, "wikipedia": true, "google maps": true,
	"facebook": true, "twitter": true, "youtube": true, "tiktok": true, "whatsapp": true, "medsos": true,
	"sriwijaya post": true, "bangka pos": true, "banjarmasin post": true, "serambi indonesia": true, "kapanlagi": true,
}

// deskWords make a name that of a desk, an office or an outlet.
var deskWords = map[string]bool{
	"redaksi": true, "redaktur": true, "admin": true, "administrator": true, "tim": true, "team": true, "humas": true,
	"dinas": true, "diskominfo": true, "kominfo": true, "pemkab": true, "pemkot": true, "pemprov": true, "polres": true,
	"polda": true, "polsek": true, "kodim": true, "korem": true, "newsroom": true, "desk": true, "staff": true,
	"staf": true, "kontributor": true, "liputan": true, "biro": true, "media": true, "news": true, "newsdesk": true,
	"radio": true, "koran": true, "harian": true, "portal": true, "correspondent": true, "correspondents": true,
	"webmaster": true, "publisher": true, "online": true, "press": true, "agency": true, "official": true,
	"superadmin": true, "root": true, "wartawan": true, "reporter": true, "tribunnews": true, "tv": true, "fm": true,
	"sekretariat": true, "bagian": true, "kementerian": true, "universitas": true, "yayasan": true, "pusat": true,
	"lembaga": true, "komunikasi": true, "informasi": true, "protokol": true, "setda": true, "dprd": true, "bpbd": true,
	"prokopim": true, "prokompim": true, "protokoler": true, "hms": true, "pendim": true, "penrem": true, "kodam": true, "lanal": true, "penkum": true, "kejari": true, "kejati": true, "kemenag": true, "bawaslu": true, "kpu": true, "dinkes": true, "disdik": true, "bappeda": true, "setwan": true, "satgas": true, "bidhumas": true, "kanwil": true, "imigrasi": true, "lapas": true, "rutan": true, "bnn": true, "bkkbn": true, "times": true, "daily": true, "tribune": true, "herald": true, "journal": true, "gazette": true, "editorial": true, "editors": true, "writer": true, "user": true, "guest": true, "operator": true, "web": true,
	"tribun": true, "kompas.com": true, "antara": true, "network": true, "group": true, "post": true, "pos": true,
	"rilis": true, "mc": true, "ppid": true, "kim": true, "release": true, "institute": true, "magazine": true, "agencies": true, "redakteur": true, "redaktion": true, "rédaction": true,
}

// withoutOutletName takes the outlet off "TribunPaser.com Siti Rahma" and
// "Kompas TV Siti Rahma".
func withoutOutletName(name string) string {
	f := strings.Fields(name)
	switch {
	case len(f) >= 4 && f[2] == "I" && outletNames[strings.ToLower(f[0]+" "+f[1])] && !balinese(f[3]):
		return strings.Join(f[3:], " ") // an I for a bar: "Serambi Indonesia I Siti Rahma"
	case len(f) >= 4 && outletNames[strings.ToLower(f[0])] && isPlace(f[1]):
		return strings.Join(f[2:], " ") // "Tribun Manado Siti Rahma"
	case len(f) >= 4 && (strings.EqualFold(f[1], "tv") || outletNames[strings.ToLower(f[0]+" "+f[1])]):
		return strings.Join(f[2:], " ")
	case len(f) >= 3 && (isDomain(f[0]) || outletWord(strings.ToLower(f[0]))):
		return strings.Join(f[1:], " ")
	}
	return name
}

// balinese reports whether the I before a name belongs to it.
func balinese(w string) bool {
	switch lower(w) {
	case "gusti", "wayan", "made", "nyoman", "ketut", "putu", "gede", "komang", "kadek", "nengah", "dewa", "gde", "ngurah", "kt", "gst", "ketuk", "luh", "wy", "nym", "md", "pt":
		return true
	}
	return false
}

// withoutOutletPart takes the outlet's address off the place its reporter is
// in: "Contoh.com Nunukan".
func withoutOutletPart(s string) string {
	if first, rest, ok := strings.Cut(s, " "); ok && (isDomain(first) || outletWord(lower(first)) || outletNames[lower(first)]) {
		return rest
	}
	return s
}

// isDesk reports whether a name is a desk's or an outlet's, not a person's.
func isDesk(name, outlet string) bool {
	low := strings.ToLower(strings.Trim(name, " .,"))
	if low == "" || low == strings.ToLower(outlet) || outletNames[low] || agencyNames[low] != "" || isDomain(low) {
		return true
	}
	if first, rest, ok := strings.Cut(low, " "); ok && outletNames[first] && isPlace(rest) {
		return true // "SURYA Malang"
	}
	n := 0
	for w := range strings.FieldsSeq(low) {
		n++
		w = strings.Trim(w, ".,()")
		if deskWords[w] || strings.HasPrefix(w, "mc.") || outletWord(w) || isDomain(w) || n == 1 && w == "editor" {
			return true
		}
	}
	return false
}

// outletWord reports whether a word is an outlet's name by its make:
// TribunMedan, detikcom, Batamnews, Diskominfostaper.
func outletWord(w string) bool {
	if len(w) < 6 {
		return false
	}
	for _, p := range [...]string{"tribun", "detik", "diskominfo", "kompas", "antara", "pikiranrakyat", "harian"} {
		if strings.HasPrefix(w, p) {
			return true
		}
	}
	for _, p := range [...]string{"news", "com", "post", "times", "online", "tv", "media"} {
		if strings.HasSuffix(w, p) && len(w) > len(p)+3 {
			return true
		}
	}
	return false
}

// isDomain reports whether a word is an outlet's address such as KOMPAS.com,
// prokal.co or, misspelt, KOMPAS.con.
func isDomain(w string) bool {
	dot := strings.IndexByte(w, '.')
	if dot < 2 || strings.ContainsAny(w, " /@") {
		return false
	}
	end := strings.ToLower(w[strings.LastIndexByte(w, '.')+1:])
	switch end {
	case "com", "co", "id", "net", "org", "con", "info", "news", "tv", "go", "biz", "online", "site", "my", "asia",
		"press", "xyz", "web", "uk", "de", "fr", "au", "sg", "us", "me", "today", "live":
		return true
	}
	return false
}

// capitalised reports whether a word begins as a name does; scripts without
// cases count as capitals.
func capitalised(w string) bool {
	r, _ := utf8.DecodeRuneInString(w)
	return unicode.IsUpper(r) || unicode.IsTitle(r) || unicode.IsLetter(r) && !unicode.IsLower(r)
}

// shouted reports whether a word has two letters at least, all of them capital.
func shouted(w string) bool {
	n := 0
	for _, r := range w {
		if unicode.IsUpper(r) {
			n++
		} else if unicode.IsLetter(r) {
			return false
		}
	}
	return n > 1
}
