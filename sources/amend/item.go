package amend

import (
	"cmp"
	"html"
	"slices"
	"strings"

	"warta/sources"
	"warta/sources/prose"
)

// The marks of corrections, replies and withdrawals (Pedoman Pemberitaan Media
// Siber, butir 4.b: they must link to the story they concern). In a headline
// they stand first and are set off: “RALAT: …”, “[Koreksi] …”, “Hak Jawab PT X
// atas berita …”.
var (
	amendTitle = prose.Pattern(`^\W{0,3}(?:berita\s+)?(?:(?:klarifikasi|sanggahan|bantahan|tanggapan|surat\s+pembaca|permohonan\s+maaf|permintaan\s+maaf)\s*(?:dan|&|/|,|:|serta)\s*)?(ralat|koreksi|hak\s+jawab|hak\s+koreksi|pencabutan\s+(?:berita|artikel)|correction|corrections\s+(?:and|&)\s+clarifications|corrigendum|erratum|retraction|right\s+of\s+reply)\b(?:\s+(?:berita|artikel|judul|redaksi|(?:dan|&|atau)\s+(?:hak\s+jawab|koreksi|ralat|permohonan\s+maaf|permintaan\s+maaf)))*\s*([:|\])/–—-]\s*|["“‘']|$)?\s*(.*)$`)
	// cue opens the paragraph that says which story is meant.
	cue = prose.Pattern(`\bsebelumnya\b|redaksi\s+menulis|\btertulis\b|\bdiberitakan\b|\bberjudul\b|dengan\s+judul|(?:link|tautan)\s+berita|\bmeralat\b|\bralat\b|\bmengoreksi\b|\bkoreksi\b|hak\s+jawab|\bpemberitaan\b|\bmembantah\b|\bmenanggapi\b|\bkeberatan\b|\bmenyanggah\b|\bmencabut\b|\bdicabut\b|\bour\s+(?:story|report|article)\b|\bearlier\b|\bpreviously\b|\bheadlined\b|\btitled\b|\boriginal\s+(?:story|article)\b|\bcorrects?\b|\bretract`)
	// elsewhere opens a paragraph of links to other stories.
	elsewhere = prose.Pattern(`^\W*(?:baca|lihat|simak|tonton)\b|baca\s+juga|artikel\s+terkait|berita\s+terkait|^\W*(?:see|read)\s+(?:also|more)`)
	// corrected opens what is right: links behind it are not to the story that was wrong.
	corrected = prose.Pattern(`(?:informasi\s+)?yang\s+benar\b|\bseharusnya\b|\bsemestinya\b|should\s+(?:have\s+)?(?:read|be|been)|correct\s+(?:version|information)`)
	// ofStory follows a mark that is not set off: “Koreksi atas berita …”.
	ofStory = prose.Pattern(`^(?:atas|terhadap|untuk|soal|tentang|terkait)\s+(?:\S+\s+)?(?:berita|pemberitaan|artikel|tulisan)\b|^to\s+(?:["“‘']|(?:our|a|an|the)\s+(?:\S+\s+)?(?:story|article|report))`)
	named   = prose.Pattern(`(?:berjudul|bertajuk|dengan\s+(?:judul|tajuk)|judul(?:nya)?|headlined|titled|entitled|(?:berita|artikel|tulisan|laporan|pemberitaan)(?:\s+(?:kami|kita))?)\s*:?\s*["“”‘'«]+\s*([^"”»“]{6,250}?)\s*["”’'»]+(?:[\s.,;)]|$)`)
	hrefs   = prose.Pattern(`href="([^"]+)"`)
	written = prose.Pattern(`https?://[^\s"'<>()]+`)
)

// amendKind is what a mark says, by its first word.
func amendKind(mark string) sources.AmendmentKind {
	switch {
	case strings.HasPrefix(mark, "hak j"), strings.HasPrefix(mark, "right"):
		return sources.Replies
	case strings.HasPrefix(mark, "pencabutan"), strings.HasPrefix(mark, "retraction"):
		return sources.Withdraws
	}
	return sources.Corrects
}

// maxAmend bounds the addresses and headlines that are taken from a story.
const maxAmend = 10

// Item fills it.Amendment, with what a story says it does to another or to
// itself, and adds to it.Evidence that it was withdrawn, where its headline or a
// note at its edge says so.
func Item(it *sources.Item) {
	if mark := markOf(it.Title.Value); mark != "" {
		withdraw(it, mark, "title")
	}
	amendment(it)
}

// withdraw adds the words by which a story was taken back, each once.
func withdraw(it *sources.Item, text, where string) {
	ev := sources.Evidence{Kind: sources.Withdrawn, Text: prose.Quote(text), Where: where}
	for i := range it.Evidence {
		if e := &it.Evidence[i]; e.Kind == ev.Kind && e.Text == ev.Text && e.Value == "" {
			return
		}
	}
	it.Evidence = append(it.Evidence, ev)
}

// amendment reads what an item says it does to another story, or to itself.
func amendment(it *sources.Item) {
	markup := it.Content.Value
	if markup == "" {
		markup = it.Summary.Value
	}
	title := strings.TrimSpace(it.Title.Value)
	m := amendTitle().FindStringSubmatch(prose.Lower(title))
	if m == nil {
		if !ofAnother(it, title, markup) && mayAmend(markup) {
			ownNotes(it, markup)
		}
		return
	}
	a := &sources.Amendment{Kind: amendKind(m[1]), Text: prose.Quote(title), Where: "title"}
	setOff := m[2] != "" || m[3] == ""
	if !setOff && !ofStory().MatchString(m[3]) && (m[1] == "koreksi" || m[1] == "correction" || m[1] == "erratum") {
		if !ofAnother(it, title, markup) { // else of a market, of data
			ownNotes(it, markup)
		}
		return
	}
	if rest := strings.TrimSpace(title[len(title)-len(m[3]):]); setOff && rest != "" && len(prose.Lower(title)) == len(title) {
		a.Titles = append(a.Titles, strings.Trim(rest, `"“”‘’'«» `))
	}
	if !setOff && len(a.Titles) == 0 { // “Hak Jawab RSUD atas Berita "…"”
		a.Titles = quotedTitles(title)
	}
	quoted := len(a.Titles)
	targets(a, markup, it.URL, setOff)
	switch {
	case len(a.Addresses) == 0 && len(a.Titles) == quoted && a.Kind == sources.Corrects && speaksOfItself(it, markup):
		return
	case setOff && m[3] == "" && len(a.Addresses)+len(a.Titles)+len(it.InReplyTo) == 0 && invites().MatchString(prose.Lower(prose.WithoutTags(markup))):
		return // how to ask for one
	case setOff || len(a.Addresses)+len(a.Titles) > 0 || len(it.InReplyTo) > 0:
		it.Amendment = a
	default:
		if !ofAnother(it, title, markup) {
			ownNotes(it, markup)
		}
	}
}

// The words of a story in which a newsroom speaks of another that it published,
// without a mark that is set off: “Permintaan Maaf Redaksi kepada …”.
var (
	aboutTitle = prose.Pattern(`\b(?:(?:redaksi|kami)\s+(?:cabut|tarik|hapus)|ralat|koreksi|maaf|hak\s+jawab|bantahan|klarifikasi|pencabutan|mencabut|mencabutkan|menarik|corrections?|clarifications?|apolog\w+|retract\w+|stop\s+press|errat(?:um|a))\b`)
	deskOwns   = prose.Pattern(`\b(?:redaksi|kami|saya\s+selaku\s+(?:pemimpin\s+redaksi|penanggung\s+jawab)|we|the\s+editors?)\b(?:\W+[\p{L}\d.&-]+){0,7}?\W+(?:(?:me)?mohon(?:kan)?\s+maaf|(?:me)?minta\s+maaf|meralat|mengoreksi|membetulkan|mencabut|menarik|menggunakan\s+hak\s+jawab|menyampaikan\s+(?:ralat|koreksi|klarifikasi|permohonan|permintaan|hak\s+jawab)|apologi[sz]e|corrected|retract(?:ed)?|withdr[ae]wn?|regret)\b|\bmenggunakan\s+hak\s+(?:jawab|koreksi)\s+(?:\S+\s+){0,3}?(?:berita|pemberitaan)(?:\s+(?:media|redaksi))?\s+(?:kami|ini)\b|\bdemikian\s+(?:ralat|koreksi|permohonan|hak\s+jawab)|\bsehubungan\s+dengan\s+(?:kesalahan|kekeliruan)\b`)
	aStory     = prose.Pattern(`\b(?:berita|artikel|tulisan|laporan|pemberitaan|foto\s+(?:pada|dalam)|story|article|report)\b`)
	ownText    = prose.Pattern(thisText + `\s+` + done + `(?:` + touched + `|` + mended + `|` + taken + `)|` + thisIn + `\s+(?:has\s+been|was)\s`)
	mistaken   = prose.Pattern(`\bmis(?:stated|spelled|spelt|identified|reported|quoted|attributed)\b`)
)

// ofAnother reads a story by whose headline and text its newsroom amends
// another.
func ofAnother(it *sources.Item, title, markup string) bool {
	const longest = 3000
	lowTitle := prose.Lower(title)
	if !aboutTitle().MatchString(lowTitle) || len(markup) > 4*longest {
		return false
	}
	plain := prose.Lower(prose.Tidy(prose.WithoutTags(strings.ReplaceAll(markup, "<", " <"))))
	if len(plain) > longest || !aStory().MatchString(plain) || ownText().MatchString(plain) || reported().MatchString(plain) {
		return false
	}
	if !deskOwns().MatchString(plain) && !(mistaken().MatchString(plain) && !strings.Contains(plain, "this ")) {
		return false
	}
	a := &sources.Amendment{Kind: sources.Corrects, Text: prose.Quote(title), Where: "title"}
	switch {
	case strings.Contains(lowTitle, "cabut"), strings.Contains(lowTitle, "retract"):
		a.Kind = sources.Withdraws
	case strings.Contains(lowTitle, "hak jawab"), strings.Contains(lowTitle, "bantahan"):
		a.Kind = sources.Replies
	}
	targets(a, markup, it.URL, false)
	it.Amendment = a
	return true
}

// speaksOfItself reports whether a text corrects itself, and takes that in.
func speaksOfItself(it *sources.Item, markup string) bool {
	for _, b := range prose.Blocks(markup) {
		low := prose.Lower(b.Text)
		if len(low) <= maxNote && !b.Image && matchesAny(low, strongNote, earlierText, weakNote) && isCorrection(b.Text) {
			it.Amendment = &sources.Amendment{Kind: sources.Corrects, Own: true, Text: prose.Quote(b.Text), Where: b.Place("text")}
			return true
		}
	}
	return false
}

// targets collects the stories that a text names: by link and by headline, in
// the paragraphs that say which one is meant, and apart from those, if the
// headline is a mark by itself, all other links.
func targets(a *sources.Amendment, markup, own string, setOff bool) {
	for _, b := range prose.Blocks(markup) {
		raw := cmp.Or(b.Raw, b.Text)
		plain := prose.Tidy(prose.WithoutTags(raw))
		low := prose.Lower(plain)
		if elsewhere().MatchString(low) {
			continue
		}
		cued := cue().MatchString(low)
		end := corrected().FindStringIndex(prose.Lower(raw))
		if end != nil {
			raw = raw[:min(end[0], len(raw))]
			if at := corrected().FindStringIndex(low); at != nil && len(low) == len(plain) {
				plain = plain[:at[0]]
			}
		}
		for _, h := range addresses(raw) {
			switch {
			case h == own || len(a.Addresses)+len(a.Linked) >= maxAmend:
			case cued:
				a.Addresses = append(a.Addresses, h)
			case setOff:
				a.Linked = append(a.Linked, h)
			}
		}
		if cued {
			for _, q := range quotedTitles(plain) {
				if len(a.Titles) < maxAmend {
					a.Titles = append(a.Titles, q)
				}
			}
		}
		if end != nil {
			return // what follows is what is right
		}
	}
}

// addresses are the links of a paragraph, those in words too.
func addresses(raw string) []string {
	var out []string
	for _, m := range hrefs().FindAllStringSubmatch(raw, maxAmend) {
		out = append(out, html.UnescapeString(m[1]))
	}
	for _, a := range written().FindAllString(prose.WithoutTags(raw), maxAmend) {
		a = strings.TrimRight(html.UnescapeString(a), ".,;:)")
		if !slices.Contains(out, a) {
			out = append(out, a)
		}
	}
	return out
}

func quotedTitles(plain string) []string {
	var out []string
	low := prose.Lower(plain)
	if len(low) != len(plain) {
		return nil
	}
	for _, m := range named().FindAllStringSubmatchIndex(low, maxAmend) {
		out = append(out, strings.TrimSpace(plain[m[2]:m[3]]))
	}
	return out
}

// ownNotes reads notes at the edges of a story about itself.
func ownNotes(it *sources.Item, markup string) {
	const near = 3
	marked := false // the paragraph before is the heading of a note
	for _, b := range prose.Blocks(markup) {
		if b.Index >= near && b.Index < b.Of-near || b.Image || len(b.Text) > maxNote {
			marked = false
			continue
		}
		if mayAmend(b.Text) && isTakenBack(b.Text) && (b.Index < 2 || b.Index == b.Of-1) {
			withdraw(it, b.Text, b.Place("text"))
			return
		}
		if kind := noteKind(b.Text, marked); kind != "" && it.Amendment == nil {
			it.Amendment = &sources.Amendment{Kind: kind, Own: true, Text: prose.Quote(b.Text), Where: b.Place("text")}
		}
		marked = bareMark(b.Text)
	}
}
