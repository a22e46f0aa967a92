package evidence

import (
	"regexp"
	"strings"

	"warta/sources"
	"warta/sources/prose"
)

// Licences named in words. A grant that is found where none was given would
// publish what nobody allowed, so a story's own words count only where they
// license the story itself; the licence of a picture is the picture's.

var (
	// ccWords finds which Creative Commons licence is named: by its letters behind
	// "CC", or by its first word in full.
	ccWords   = prose.Pattern(`(?:\bcc|creative\s+commons(?:\s*,?\s*(?:public\s+)?(?:licen[sc]e|lisensi|lesen))?)[\s:(/–-]{0,3}(?:cc[\s-]?)?by\b|\bby-(?:nc|sa|nd)\b|\b(?:attribution|atribusi|pengiktirafan)\b`)
	ccZero    = prose.Pattern(`\bcc[\s-]?0\b|\bcc[\s-]?zero\b|creative\s+commons\s+(?:zero|0\b)`)
	ccNamed   = prose.Pattern(`creative\s+commons|\bcc[- ]by\b|\bcc[\s-]?0\b|creativecommons\.org/|\bby-(?:nc|sa|nd)\b|\b(?:lisensi|lesen)\s+(?:terbuka\s+)?(?:atribusi|pengiktirafan)\b|\batribusi[\s–-]{1,3}(?:non-?\s?komersial|berbagi-?\s?serupa|tanpa-?\s?turunan)|\battribution[\s–-]{1,3}(?:non-?\s?commercial|share-?\s?alike|no-?\s?deriv\w*)|\battribution\s+(?:\d\.\d\s+)?(?:international\s+)?licen[sc]e\b`)
	ccVersion = prose.Pattern(`\b\d\.\d\b`)
	// freeDocumentation finds that the publication is under the GNU licence.
	freeDocumentation = prose.Pattern(`\b(?:dokumen|artikel|tulisan|konten|isi|karya|situs|laman|this|our)\b.{0,60}?\b(?:di\s*bawah|lisensi|under|licen[sc]ed?)\b.{0,40}?\b(?:gnu\s+free\s+documentation\s+licen[sc]e|gnu\s+fdl|\bgfdl\b)`)
	address           = prose.Pattern(`(?:https?:)?//[^\s"'<>()]+|\b(?:www\.)?creativecommons\.org/[^\s"'<>()]+`)

	// ownWork finds that the words license the publication.
	ownWork = prose.Pattern(`(?:\b(?:seluruh|semua)\s+(?:\S+\s+){0,2}?(?:materi|konten|artikel|berita|tulisan|karya|isi)|\b(?:materi|konten|artikel|berita|tulisan|karya|isi|situs|website|laman|halaman)\s+(?:\S+\s+){0,2}?(?:ini|kami)|\b(?:this|our|all)\s+(?:\S+\s+){0,2}?(?:work|contents?|articles?|site|website|text|story|stories|page|post|material)|\b(?:content|articles|text)\s+(?:on|of)\s+this|except\s+where|kecuali|dieser|cet|este|esta|questo|deze)\b.*?(?:lisensi|licen[sc]|lesen|lizen|creative\s+commons|cc[- ]by|\bcc\s?0\b)|^\W*(?:lisensi|lesen|licen[sc]e)\b.{0,80}?\b(?:berlaku|untuk|bagi|atas|appl(?:y|ies)\s+to|covers?)\s+(?:(?:seluruh|semua|all|our)\s+)*(?:materi|konten|artikel|berita|tulisan|karya|isi|situs|contents?|articles?|texts?)\b|^\W*(?:some\s+rights\s+reserved|sebagian\s+hak\s+(?:cipta\s+)?dilindungi)\b|^(?:teks|text|tulisan|artikel)\s*:\s*(?:creative\s+commons|cc[- ]by|cc0)|\b(?:dedicated|released|dilepas(?:kan)?|dirilis|diserahkan)\b.{0,60}?\bcc[\s-]?0\b`)
	bareCC  = prose.Pattern(`^(?:open\s+access|akses\s+terbuka)\s+(?:under|di\s+bawah)\b.{0,40}(?:creative\s+commons|\bcc[- ]by\b)|^(?:(?:the\s+)?(?:texts?|contents?|articles?|teks|isi|konten|artikel|tulisan)\s+(?:(?:is|are)\s+)?)?(?:re)?(?:available|published|licen[cs]ed|shared|released|diterbitkan|dilisensikan|dirilis|tersedia|berlisensi)\s+(?:kembali\s+|ulang\s+)?(?:under|di\s+bawah|with|dengan)\b.{0,60}(?:creative\s+commons|\bcc[- ]by\b|\batribusi\b|\battribution[\s-])|^\W*(?:open\s+)?(?:licen[sc]ed?|lisensi(?:\s+(?:terbuka|konten|isi|artikel))?)\s*(?:under|:)?\s*(?:a\s+|the\s+)?cc[- ]?(?:by|0)\b.{0,80}$|^(?:\W*(?:open\s+)?(?:licen[sc]e[d]?|lisensi(?:\s+(?:terbuka|konten|isi|artikel))?|lizenz|licencia|licença)\s*(?:under|:)?\s*(?:a|the)?\s*)?creative\s+commons\W+(?:(?:licen[sc]e|lisensi|lizenz|legal\s+code)\W+)?(?:cc\W*)?(?:by\b|attribution|atribusi|zero|0\b|public\s+domain).{0,80}$`)
	// butPictures are words by which a licence leaves pictures out.
	butPictures = prose.Pattern(`\b(?:kecuali|selain|tidak\s+termasuk|except(?:ing)?|excluding|other\s+than)\s+(?:untuk\s+|for\s+|the\s+)?(?:semua\s+|all\s+)?(?:foto|photo|image|gambar|ilustrasi|illustration|picture)\w*(?:(?:\s*,\s*|\s+(?:dan|atau|and|or)\s+)(?:foto|photo|image|gambar|ilustrasi|illustration|picture|video|grafis|graphic)\w*)*`)
	// withPictures are words by which a licence is one of text and pictures.
	withPictures = prose.Pattern(`^(?:semua\s+|seluruh\s+|all\s+)?(?:(?:teks|tulisan|artikel|texts?|articles?)(?:\s*,\s*|\s+)(?:dan|and)\s+(?:foto|gambar|photos?|images?)|(?:foto|gambar|photos?|images?)\s+(?:dan|and)\s+(?:teks|tulisan|artikel|texts?|articles?))\b`)
	picture      = prose.Pattern(`\b(?:foto(?:-foto)?|photo(?:graph)?|image|gambar|bild(?:er)?|ilustrasi|illustration|wikimedia|flickr|picture|imagen(?:es)?|(?:info)?grafis)(?:s|nya)?\b`)
)

// licenceWords looks for a licence of the text in one of its paragraphs: one
// that licenses the publication in a sentence, or a last one that is nothing
// but the licence.
func (f *finder) licenceWords(b *prose.Block, where string) {
	if b.Index < b.Of-edge || len(b.Text) > 2000 {
		return
	}
	low := prose.Lower(b.Text)
	if picture().MatchString(butPictures().ReplaceAllString(low, "")) && !withPictures().MatchString(low) {
		return
	}
	f.licenceFree(b, low, where)
	bare := b.Index == b.Of-1 && (bareCC().MatchString(low) || rules().words.licenses(b.Text, low))
	if m := ownWork().FindStringIndex(low); !bare && (m == nil || inQuotes(b.Text, m[0])) {
		return
	}
	f.licenceIn(first(b.Raw, b.Text), b.Text, b.Place(where))
}

// licenses reports whether a sentence of a paragraph does little else than name
// a licence.
func (l *lexicon) licenses(text, low string) bool {
	for at := 0; at < len(text) && len(text) <= maxNear; {
		end := at + sentenceEnd(text[at:])
		if ccNamed().MatchString(low[at:end]) && l.licence(text[at:end], low[at:end]) {
			return true
		}
		at = end
	}
	return false
}

func (l *lexicon) licence(text, low string) bool {
	words := l.tokens(nil, text, low, 0, len(text))
	if len(words) == 0 || !words[0].is.has(&l.is.licensing) || spoken().MatchString(low) {
		return false
	}
	others, named := 0, false
	for i := range words {
		if l.told(words, i) {
			return false
		}
		if words[i].other {
			others++
		}
		named = named || words[i].is.has(&l.is.licence)
	}
	return named && others <= max(2, len(words)/6)
}

// licenceInStatement looks for a licence in a statement about rights.
func (f *finder) licenceInStatement(text, where string) {
	if ccNamed().MatchString(prose.Lower(text)) || strings.Contains(text, "://") {
		f.licenceIn(text, text, where)
	}
}

// licenceIn adds the licence that a text names, by an address in its markup
// before its words. Words without a version mean the licence as such: the
// newest is linked.
func (f *finder) licenceIn(markup, text, where string) {
	for _, a := range address().FindAllString(markup, 16) {
		if canonical, ok := Licence(strings.TrimRight(a, ".,;")); ok {
			f.add(sources.Licence, text, where, canonical)
			return
		}
	}
	low := prose.Lower(text)
	if !ccNamed().MatchString(low) {
		return
	}
	if ccZero().MatchString(low) {
		f.add(sources.Licence, text, where, "https://creativecommons.org/publicdomain/zero/1.0/")
		return
	}
	if at := ccWords().FindStringIndex(low); at != nil {
		if kind, ok := ccKinds[elements(low)]; ok {
			version := ccVersion().FindString(low[at[0]:])
			if !ccVersions[version] {
				version = "4.0"
			}
			f.add(sources.Licence, text, where, "https://creativecommons.org/licenses/"+kind+"/"+version+"/")
			return
		}
	}
	f.add(sources.Licence, text, where, UnnamedLicence)
}

// licenceFree adds the GNU licence for texts, which asks for its own text beside
// every copy: it is carried on as its owner's terms.
func (f *finder) licenceFree(b *prose.Block, low, where string) {
	if m := freeDocumentation().FindStringIndex(low); m != nil && !inQuotes(b.Text, m[0]) {
		f.add(sources.Licence, b.Text, b.Place(where), "https://www.gnu.org/licenses/fdl-1.3.html")
	}
}

// UnnamedLicence stands for a Creative Commons licence of which it isn't said which.
const UnnamedLicence = "https://creativecommons.org/licenses/"

// elementNames are what licences add to attribution, in the order in which their
// addresses name them. Where the words speak of one anywhere, it is asked for.
var elementNames = []struct {
	words   func() *regexp.Regexp
	element string
}{
	{prose.Pattern(`non-?\s?(?:commercial|komersial)|(?:tidak|bukan|not)\s+(?:\S+\s+)?(?:komersial|commercial)|nirlaba|[\s/-]nc\b`), "-nc"},
	{prose.Pattern(`no-?\s?deriv\w*|tanpa-?\s?(?:turunan|terbitan|perubahan|modifikasi)|tiada\s+terbitan|(?:tidak|without|not)\s+(?:\S+\s+){0,2}(?:diubah|mengubah|chang\w+|alter\w*|modif\w+|edit\w*)|[\s/-]nd\b`), "-nd"},
	{prose.Pattern(`share-?\s?alike|berbagi-?\s?serupa|perkongsian\s+serupa|[\s/-]sa\b`), "-sa"},
}

// elements are the letters of the licence that the words name.
func elements(low string) string {
	kind := "by"
	for _, e := range elementNames {
		if e.words().MatchString(low) {
			kind += e.element
		}
	}
	return kind
}
