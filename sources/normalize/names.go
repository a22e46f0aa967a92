package normalize

import (
	"strings"
	"unicode"
	"unicode/utf8"
)

// placeholders stand where a picture's maker is not known.
var placeholders = map[string]bool{
	"ist": true, "istimewa": true, "dok": true, "dokumentasi": true, "net": true, "internet": true, "int": true, "ho": true,
	"istimewah": true, "is": true, "dok. istimewa": true, "dok istimewa": true,
}

// isPlaceholder reports whether a credit names nobody: "Ist", "Dok. Pribadi".
func isPlaceholder(name string) bool {
	low := lower(name)
	first := strings.TrimRight(firstField(low), ".:")
	return placeholders[low] || first == "dok" || first == "dokumentasi" || first == "dokumen" || first == "tangkapan" || first == "screenshot"
}

// initialLast reports whether a name ends in an initial: "Sari M".
func initialLast(name string) bool {
	return len(name) > 3 && name[len(name)-2] == ' ' && capitalised(name[len(name)-1:])
}

// withoutBrackets takes what stands in brackets after a name out of a list of
// names: "Budi (Kontributor, Paser)".
func withoutBrackets(s string) string {
	for from := strings.IndexByte(s, '('); from > 0; from = strings.IndexByte(s, '(') {
		to := strings.IndexByte(s[from:], ')')
		if to < 0 {
			return strings.TrimRight(s[:from], " ")
		}
		s = fold(s[:from] + s[from+to+1:])
	}
	return s
}

// isOffice reports whether a part of a list tells what the person before it
// is: "Dosen Universitas Contoh".
func isOffice(s string) bool {
	switch lower(firstField(s)) {
	case "dosen", "guru", "mahasiswa", "mahasiswi", "pengamat", "peneliti", "wartawan", "jurnalis", "ketua", "anggota", "kepala",
		"pemerhati", "penggiat", "psikolog", "apoteker", "notaris", "arsitek", "ners", "bidan", "ulama", "rohaniwan", "akademisi", "ekonom", "sosiolog", "antropolog", "sejarawan", "konsultan", "trainer", "pekerja", "budayawan", "sastrawan", "penyair", "dokter", "pendeta", "pastor", "kolumnis", "pemred", "presiden", "menteri", "camat", "lurah", "kades", "penyuluh", "koordinator", "founder", "pendiri", "analis", "penulis", "alumni", "alumnus", "direktur", "staf", "wakil", "sekretaris", "pegiat", "aktivis", "praktisi",
		"pengajar", "rektor", "advokat", "pengacara", "kandidat", "santri", "warga", "bupati", "gubernur", "asn", "kontributor",
		"professor", "lecturer", "researcher", "student", "member", "director", "editor-in-chief", "reporter", "correspondent":
		return true
	}
	return false
}

func trimNames(s string) string {
	name := strings.Trim(s, " \u00a0.,;:|/\\-–—•*()[]{}<>«»【】\"“”'’‘_#~⏎\u200b")
	// "Bambang, M.A.*": the full stop is the degree's.
	if rest := s[strings.Index(s, name)+len(name):]; len(rest) > 1 && rest[0] == '.' && strings.Contains(lastPart(name), ".") && dottedDegree(lastPart(name)) {
		name += "."
	}
	return name
}

// splitNames parts a list of names; degrees stay with their name.
func splitNames(s string) []string {
	for _, and := range [...]string{" dan ", " and ", " & ", " und ", " serta ", " / ", "; ", " | ", "、", " bersama ",
		" - ", " – ", " — ", " lan ", " jeung ", " et ", " e ", " y ", " en ", " og ", " och ", " ve ", " и ", " và ", " at ", " i "} {
		s = strings.ReplaceAll(s, and, "\x00")
	}
	var out []string
	for part := range strings.FieldsFuncSeq(s, func(r rune) bool {
		return r == 0 || r == ',' || r == '/' || r == '|' || r == ';' || r == '⏎' || r == '，'
	}) {
		part = fold(part)
		if part == "" {
			continue
		}
		if n := len(out); n > 0 && isDegree(part) {
			out[n-1] += ", " + part
			continue
		}
		out = append(out, strings.TrimPrefix(strings.TrimPrefix(part, "dan "), "and "))
	}
	return out
}

// isDegree reports whether a part is an academic degree such as "S.Pd." or "MH".
func isDegree(s string) bool {
	if len(s) > 14 {
		return false
	}
	if dottedDegree(s) {
		return true
	}
	switch strings.ReplaceAll(strings.ToUpper(s), ".", "") {
	case "SE", "SH", "MH", "MM", "MSI", "MPD", "SPD", "SIP", "SSOS", "ST", "MT", "SKOM", "MKOM", "PHD", "LC", "MA", "MBA",
		"SAG", "MAG", "SIKOM", "MIKOM", "SSTP", "MAP", "SKM", "MKES", "SP", "MP", "SPDI", "MPDI", "SPT", "SHI", "SSI", "SS",
		"MSC", "BSC", "DEA", "DESS", "CFP", "CPA", "SPOG", "SPPD", "SPB", "STP", "MEC", "MSE", "MENG", "DRPH", "MPHIL", "LLM", "MPSI", "MCOMM", "MSOS", "MTI", "MCS", "SST", "MTR", "MAB", "MIP", "MPA", "MHI", "MSY", "SPAR", "MPAR", "APT", "NERS", "SKEP", "MKEP", "SFARM", "IPU", "IPM", "CHRM", "SFIL", "MFIL", "STH", "MTH", "SPTK", "JR", "SR", "MD", "SKED", "SIK", "MHUM", "SHUM", "AK", "CA", "SPSI", "AMD", "SHUT", "SSN", "MSN", "SSY":
		return true
	}
	return false
}

// dottedDegree knows a degree by its make: "M.Pd.K", "Sp.BM", "S.Tr.Kes.":
// short parts with a capital each and full stops between them.
func dottedDegree(s string) bool {
	parts := strings.Split(strings.TrimRight(s, "."), ".")
	if len(parts) < 2 {
		return false
	}
	for _, p := range parts {
		if r, _ := utf8.DecodeRuneInString(p); len(p) == 0 || len(p) > 8 || !unicode.IsUpper(r) || strings.ContainsAny(p, " 0123456789") {
			return false
		}
	}
	return len(parts[0]) <= 3
}

// cleanName gives a name as it is to be shown, or says that it is none.
func cleanName(s string) (string, bool) {
	s = strings.Trim(s, " \u00a0;:|\\-–—•*[]{}<>«»\"“”‘_#~=")
	if i := strings.IndexByte(s, '('); i > 0 {
		s = strings.TrimSpace(s[:i]) // "Budi (Kontributor)"
	}
	if i := strings.IndexAny(s, "<>"); i >= 0 {
		s = s[:i] // markup that was meant to be read as text
	}
	s = strings.Trim(s, " ()")
	if !strings.Contains(s, ". ") && !isDegree(lastPart(s)) && strings.Count(s, ".") == 1 {
		s = strings.TrimRight(s, ".")
	}
	for _, by := range [...]string{"Oleh ", "oleh ", "By ", "by ", "BY ", "OLEH "} {
		s = strings.TrimPrefix(s, by)
	}
	if len(s) < 2 || utf8.RuneCountInString(s) > 90 || strings.Contains(s, "://") {
		return "", false
	}
	if s[0] == '@' {
		return s, !strings.Contains(s, " ")
	}
	words, capitals, extra := 0, 0, 0 // extra: titles and degrees
	for w := range strings.FieldsSeq(s) {
		bare := strings.Trim(w, ".,'’`\"")
		words++
		if isTitle(bare) || isDegree(bare) {
			capitals++
			extra++
			continue
		}
		switch low := lower(bare); low {
		case "yang", "dengan", "untuk", "dari", "pada", "adalah", "akan", "telah", "tidak", "ini", "itu", "dalam",
			"the", "this", "is", "was", "for", "with", "wib", "wita", "wit", "kata", "saat", "ketika", "kepada", "juga", "seperti":
			return "", false
		case "bin", "binti", "al", "el", "van", "von", "de", "da", "di", "der", "den", "la", "le", "ibn", "ter", "bint",
			"dos", "du", "of", "y", "e", "a", "ben":
			words--
			continue
		}
		r, _ := utf8.DecodeRuneInString(bare)
		switch {
		case bare == "":
		case unicode.IsDigit(r) && !isDomain(bare):
			return "", false
		case capitalised(bare) || isDomain(bare) || capitalised(afterParticle(bare)):
			capitals++
		case strings.ContainsAny(bare, "0123456789"):
			return "", false
		case words > 1 || strings.Contains(s, " "):
			return "", false // a sentence, or what somebody is
		}
	}
	if words-extra > 6 || words > 14 || capitals == extra || indonesianDay(lower(s)) {
		return "", false
	}
	if words > 1 && capitals*2 < words {
		return "", false
	}
	return s, true
}

// isTitle reports whether a word is a title that goes before a name.
func isTitle(w string) bool {
	switch lower(w) {
	case "dr", "drs", "dra", "prof", "ir", "h", "hj", "kh", "ust", "ustadz", "ustaz", "pdt", "rm", "tgk", "letkol", "kolonel", "brigjen",
		"akbp", "akp", "kompol", "kombes", "irjen", "ipda", "iptu", "apt", "drg", "drh", "hc", "tn", "ny":
		return len(w) > 1 || w == "H"
	}
	return false
}

// afterParticle gives what follows the article or preposition a name is joined
// to: "d'Souza", "al-Hadad"; else nothing.
func afterParticle(w string) string {
	if i := strings.IndexAny(w, "'-"); i > 0 && i <= 3 {
		return w[i+1:]
	}
	if i := strings.Index(w, "’"); i > 0 && i <= 2 {
		return w[i+len("’"):]
	}
	return ""
}

// innerCapital reports whether a word is put together as names of offices are:
// "InfoPublik", "MCKutim".
func innerCapital(w string) bool {
	small, big := false, 0
	for i, r := range w {
		switch {
		case !unicode.IsLetter(r):
			return false
		case unicode.IsUpper(r):
			if small {
				return true
			}
			big++
		default:
			if small = true; i > 0 && big > 2 {
				return true
			}
		}
	}
	return false
}

// smallName takes a name in small letters, as after "penulis:".
func smallName(s string) (string, bool) {
	s = strings.Trim(s, " .,;:|*()[]-–—/")
	if len(s) < 3 || len(s) > 30 || strings.Count(s, " ") > 2 {
		return "", false
	}
	for _, r := range s {
		if !unicode.IsLetter(r) && r != ' ' && r != '.' && r != '\'' {
			return "", false
		}
	}
	for w := range strings.FieldsSeq(s) {
		switch w {
		case "yang", "dan", "ini", "itu", "buku", "adalah", "dari", "ist", "istimewa", "dok", "net", "tidak", "akan", "the", "of":
			return "", false
		}
	}
	return s, true
}

func lastPart(s string) string {
	return strings.TrimSpace(s[strings.LastIndexByte(s, ',')+1:])
}

func firstField(s string) string {
	first, _, _ := strings.Cut(s, " ")
	return first
}

// givenName knows the commonest Indonesian given names: a line that is one
// with another word or two is a byline, not a heading.
func givenName(w string) bool {
	const common = " abdul abdullah ade adi adit aditya agung agus ahmad aji akbar ali alif amalia amir andi andika andre andri ani anisa anita anton antonius arief arif aris ari arya asep astri ayu bagus bambang bayu beni benny bima budi budiman cahya cahyo candra christian citra dadan dani daniel darma david dedi dedy desi devi dewi dian dicky didik dimas dina dini dodi doni dwi edi eka eko endang erik erna erwin evi fadli fahmi fajar farid fatimah febri ferry fitri fitriani galih gilang guntur hadi hafiz haris hariyanto hasan hendra hendri heri herman hermawan hidayat ibrahim ida ika ilham imam indah indra intan irfan irwan iwan jajang joko johan juli kartika krisna kurnia kurniawan laila lestari lina linda lukman lutfi made maria maya mega mira moch moh mohamad mohammad muh muhamad muhammad mulyadi mustafa nadia nanda nia nina nita novi nugroho nur nurul nyoman oki panji prasetyo putra putri putu rahmad rahmat rani ratih ratna rendi reza rian ricky rina rini riski rita rizal rizki rizky roni rosa rudi rully ryan santi sari septian setiawan sigit siti slamet sofyan sri sugeng suharto sukma sulaiman supriyadi surya susanti syaiful syarif taufik taufiq teguh tika tina tommy toni tri tuti udin umar untung usman vina wahyu wawan wayan widi widodo winda wisnu wiwin yanti yayan yogi yoga yudi yudha yuli yulia yuni yusuf zaenal zainal zulkifli "
	return strings.Contains(common, " "+strings.ToLower(w)+" ")
}
