package normalize

import (
	"strings"

	"github.com/abadojack/whatlanggo"

	"warta/sources"
)

// languageTag writes a BCP 47 tag in its usual case; "in", the old code for
// Indonesian, becomes "id". What is no tag is dropped.
func languageTag(s string) string {
	s = strings.TrimSpace(s)
	if s == "" {
		return ""
	}
	if i := strings.IndexAny(s, ",;"); i >= 0 {
		s = s[:i]
	}
	s = strings.ReplaceAll(s, "_", "-")
	if !isToken([]byte(s)) {
		return ""
	}
	parts := strings.Split(s, "-")
	for i, p := range parts {
		switch {
		case i == 0:
			parts[0] = strings.ToLower(p)
		case len(p) == 2:
			parts[i] = strings.ToUpper(p)
		case len(p) == 4:
			parts[i] = strings.ToUpper(p[:1]) + strings.ToLower(p[1:])
		default:
			parts[i] = strings.ToLower(p)
		}
	}
	switch parts[0] {
	case "in", "ind", "indonesia", "indonesian", "bahasa":
		parts[0] = "id"
	case "eng", "english":
		parts[0] = "en"
	case "iw":
		parts[0] = "he"
	case "und", "mul", "zxx", "xx", "none", "auto", "default":
		return ""
	}
	if len(parts[0]) > 3 && parts[0] != "i" {
		return ""
	}
	return strings.Join(parts, "-")
}

// language settles the item's language: stated, inherited, the source's, else
// read from the text itself.
func language(it *sources.Item, doc *sources.Document, opt Options, story, summary body) {
	for _, s := range [...]string{it.Content.Language, it.Language, doc.Language, opt.Source.Language} {
		if t := languageTag(s); t != "" {
			it.Language = t
			return
		}
	}
	text := firstOf(story.plain, summary.plain)
	if len(text) < 60 {
		text = it.Title.Value + " " + text
	}
	it.Language = detectLanguage(text)
}

// isLocal reports whether a text is in Indonesian or its neighbours, or may
// be, for all that is known.
func isLocal(tag string) bool {
	switch primary, _, _ := strings.Cut(tag, "-"); primary {
	case "", "id", "ms", "jv", "su", "ban", "mad", "min", "bjn", "bug", "ace":
		return true
	}
	return false
}

// likely are the languages a regional feed may be in; others are only told by
// their script.
var likely = map[whatlanggo.Lang]bool{
	whatlanggo.Ind: true, whatlanggo.Eng: true, whatlanggo.Nld: true,
	whatlanggo.Deu: true, whatlanggo.Fra: true, whatlanggo.Spa: true, whatlanggo.Por: true,
	whatlanggo.Ita: true, whatlanggo.Tur: true, whatlanggo.Pol: true, whatlanggo.Ces: true,
	whatlanggo.Swe: true, whatlanggo.Dan: true, whatlanggo.Nob: true, whatlanggo.Fin: true,
	whatlanggo.Hun: true, whatlanggo.Ron: true, whatlanggo.Vie: true,
	whatlanggo.Rus: true, whatlanggo.Ukr: true, whatlanggo.Bul: true, whatlanggo.Arb: true,
	whatlanggo.Pes: true, whatlanggo.Heb: true, whatlanggo.Hin: true,
}

// DetectLanguage gives the BCP 47 code of the language a plain text is in,
// whatever was stated, or nothing where it is too short to tell.
func DetectLanguage(text string) string { return detectLanguage(text) }

// detectLanguage gives the BCP 47 code of a text's language, or nothing where
// the text says too little: by its commonest words, by its script, and, from
// some length on, by trigrams.
func detectLanguage(text string) string {
	const enough, most = 40, 800
	if len(text) >= enough && indonesian(text) {
		return "id"
	}
	if len(text) > most {
		text = strings.ToValidUTF8(text[:most], "")
	}
	if lang := byWords(text); lang != "" {
		if lang == "ru" || lang == "uk" || lang == "bg" { // a letter of one of them says more
			return firstOf(byScript(text), lang)
		}
		return lang
	}
	if lang := byScript(text); lang != "" {
		return lang
	}
	if text = fold(text); len(text) < enough { // where its lines end says nothing
		return ""
	}
	info := whatlanggo.DetectWithOptions(text, whatlanggo.Options{Whitelist: likely})
	if info.Lang < 0 || info.Confidence < 0.3 || len(text) < 120 && info.Confidence < 0.7 {
		return ""
	}
	return info.Lang.Iso6391()
}

// indonesian knows a text by the words that every Indonesian story is full
// of, at a hundredth of the cost of trigrams.
func indonesian(text string) bool {
	hits, words := 0, 0
	for w := range strings.FieldsSeq(text) {
		words++
		switch w {
		case "yang", "dan", "di", "dengan", "untuk", "dari", "ini", "itu", "pada", "dalam", "tidak", "akan",
			"oleh", "juga", "tersebut", "adalah", "kata", "telah", "karena", "para", "bahwa":
			hits++
		case "ialah", "kerana", "boleh", "daripada", "bahawa", "the", "of", "ing", "ingkang", "sing", "kang", "dening", "anu", "jeung":
			hits -= 2
		}
		if words == 200 {
			break
		}
	}
	return hits >= 3 && hits*12 >= words
}
