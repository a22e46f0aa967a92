package evidence

import (
	"html"
	"strings"

	"warta/sources"
)

// The marks of corrections, replies and withdrawals (Pedoman Pemberitaan Media
// Siber, butir 4.b: they must link to the story they concern). In a headline
// they stand first and are set off: “RALAT: …”, “[Koreksi] …”, “Hak Jawab PT X
// atas berita …”.
var (
	amendTitle = lazy(`^\W{0,3}(?:berita\s+)?(ralat|koreksi|hak\s+jawab|hak\s+koreksi|pencabutan\s+(?:berita|artikel)|correction|corrections\s+(?:and|&)\s+clarifications|corrigendum|erratum|retraction|right\s+of\s+reply)\b(?:\s+(?:berita|artikel|judul|redaksi|(?:dan|&|atau)\s+(?:hak\s+jawab|koreksi|ralat|permohonan\s+maaf|permintaan\s+maaf)))*\s*([:|\])/–—-]\s*|["“‘']|$)?\s*(.*)$`)
	// cue opens the paragraph that says which story is meant.
	cue = lazy(`\bsebelumnya\b|redaksi\s+menulis|\btertulis\b|\bdiberitakan\b|\bberjudul\b|dengan\s+judul|(?:link|tautan)\s+berita|\bmeralat\b|\bralat\b|\bmengoreksi\b|\bkoreksi\b|hak\s+jawab|\bpemberitaan\b|\bmencabut\b|\bdicabut\b|\bearlier\b|\bpreviously\b|\bheadlined\b|\btitled\b|\boriginal\s+(?:story|article)\b|\bcorrects?\b|\bretract`)
	// elsewhere opens a paragraph of links to other stories.
	elsewhere = lazy(`^\W*(?:baca|lihat|simak|tonton)\b|baca\s+juga|artikel\s+terkait|berita\s+terkait|^\W*(?:see|read)\s+(?:also|more)`)
	// corrected opens what is right: links behind it are not to the story that was wrong.
	corrected = lazy(`(?:informasi\s+)?yang\s+benar\b|\bseharusnya\b|\bsemestinya\b|should\s+(?:have\s+)?(?:read|be|been)|correct\s+(?:version|information)`)
	named     = lazy(`(?:berjudul|bertajuk|dengan\s+(?:judul|tajuk)|judul(?:nya)?|headlined|titled|entitled|(?:berita|artikel|tulisan|laporan|pemberitaan)(?:\s+(?:kami|kita))?)\s*:?\s*["“”‘'«]+\s*([^"”»“]{6,250}?)\s*["”’'»]+(?:[\s.,;)]|$)`)
	hrefs     = lazy(`href="([^"]+)"`)
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

// amendment reads what an item says it does to another story, or to itself.
func (f *finder) amendment(it *sources.Item) {
	markup := it.Content.Value
	if markup == "" {
		markup = it.Summary.Value
	}
	title := strings.TrimSpace(it.Title.Value)
	m := amendTitle().FindStringSubmatch(toLower(title))
	if m == nil {
		if !f.ofAnother(it, title, markup) && mayAmend(markup) {
			f.ownNotes(it, markup)
		}
		return
	}
	a := &sources.Amendment{Kind: amendKind(m[1]), Text: quote(title), Where: "title"}
	setOff := m[2] != "" || m[3] == ""
	if !setOff && (m[1] == "koreksi" || m[1] == "correction" || m[1] == "erratum") {
		if !f.ofAnother(it, title, markup) { // else of a market, of data
			f.ownNotes(it, markup)
		}
		return
	}
	if rest := strings.TrimSpace(title[len(title)-len(m[3]):]); setOff && rest != "" && len(toLower(title)) == len(title) {
		a.Titles = append(a.Titles, strings.Trim(rest, `"“”‘’'«» `))
	}
	quoted := len(a.Titles)
	targets(a, markup, it.URL, setOff)
	switch {
	case len(a.Addresses) == 0 && len(a.Titles) == quoted && a.Kind == sources.Corrects && f.speaksOfItself(it, markup):
		return
	case setOff && m[3] == "" && len(a.Addresses)+len(a.Titles)+len(it.InReplyTo) == 0 && invites().MatchString(toLower(withoutTags(markup))):
		return // how to ask for one
	case setOff || len(a.Addresses)+len(a.Titles) > 0 || len(it.InReplyTo) > 0:
		it.Amendment = a
	default:
		if !f.ofAnother(it, title, markup) {
			f.ownNotes(it, markup)
		}
	}
}

// The words of a story in which a newsroom speaks of another that it published,
// without a mark that is set off: “Permintaan Maaf Redaksi kepada …”.
var (
	aboutTitle = lazy(`\b(?:(?:redaksi|kami)\s+(?:cabut|tarik|hapus)|ralat|koreksi|maaf|hak\s+jawab|bantahan|klarifikasi|pencabutan|mencabut|mencabutkan|menarik|corrections?|clarifications?|apolog\w+|retract\w+|stop\s+press|errat(?:um|a))\b`)
	deskOwns   = lazy(`\b(?:redaksi|kami|saya\s+selaku\s+(?:pemimpin\s+redaksi|penanggung\s+jawab)|we|the\s+editors?)\b(?:\W+[\p{L}\d.&-]+){0,7}?\W+(?:(?:me)?mohon(?:kan)?\s+maaf|(?:me)?minta\s+maaf|meralat|mengoreksi|membetulkan|mencabut|menarik|menggunakan\s+hak\s+jawab|menyampaikan\s+(?:ralat|koreksi|permohonan|permintaan|hak\s+jawab)|apologi[sz]e|corrected|retract(?:ed)?|withdr[ae]wn?|regret)\b|\bdemikian\s+(?:ralat|koreksi|permohonan|hak\s+jawab)|\bsehubungan\s+dengan\s+(?:kesalahan|kekeliruan)\b`)
	aStory     = lazy(`\b(?:berita|artikel|tulisan|laporan|pemberitaan|foto\s+(?:pada|dalam)|story|article|report)\b`)
	ownText    = lazy(thisText + `\s+` + done + `(?:` + touched + `|` + mended + `|` + taken + `)|` + thisIn + `\s+(?:has\s+been|was)\s`)
	mistaken   = lazy(`\bmis(?:stated|spelled|spelt|identified|reported|quoted|attributed)\b`)
)

// ofAnother reads a story by whose headline and text its newsroom amends
// another.
func (f *finder) ofAnother(it *sources.Item, title, markup string) bool {
	const longest = 3000
	lowTitle := toLower(title)
	if !aboutTitle().MatchString(lowTitle) || len(markup) > 4*longest {
		return false
	}
	plain := toLower(tidy(withoutTags(strings.ReplaceAll(markup, "<", " <"))))
	if len(plain) > longest || !aStory().MatchString(plain) || ownText().MatchString(plain) || reported().MatchString(plain) {
		return false
	}
	if !deskOwns().MatchString(plain) && !(mistaken().MatchString(plain) && !strings.Contains(plain, "this ")) {
		return false
	}
	a := &sources.Amendment{Kind: sources.Corrects, Text: quote(title), Where: "title"}
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
func (f *finder) speaksOfItself(it *sources.Item, markup string) bool {
	for _, b := range blocks(markup) {
		low := toLower(b.text)
		if len(low) <= maxNote && !b.image && matchesAny(low, strongNote, earlierText, weakNote) && isCorrection(b.text) {
			it.Amendment = &sources.Amendment{Kind: sources.Corrects, Own: true, Text: quote(b.text), Where: b.place("text")}
			return true
		}
	}
	return false
}

// targets collects the stories that a text names: by link and by headline, in
// the paragraphs that say which one is meant, and apart from those, if the
// headline is a mark by itself, all other links.
func targets(a *sources.Amendment, markup, own string, setOff bool) {
	for _, b := range blocks(markup) {
		raw := first(b.raw, b.text)
		plain := tidy(withoutTags(raw))
		low := toLower(plain)
		if elsewhere().MatchString(low) {
			continue
		}
		cued := cue().MatchString(low)
		end := corrected().FindStringIndex(toLower(raw))
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
	for _, a := range address().FindAllString(withoutTags(raw), maxAmend) {
		a = strings.TrimRight(html.UnescapeString(a), ".,;:)")
		if strings.HasPrefix(a, "http") && !contains(out, a) {
			out = append(out, a)
		}
	}
	return out
}

func contains(list []string, s string) bool {
	for _, v := range list {
		if v == s {
			return true
		}
	}
	return false
}

func quotedTitles(plain string) []string {
	var out []string
	low := toLower(plain)
	if len(low) != len(plain) {
		return nil
	}
	for _, m := range named().FindAllStringSubmatchIndex(low, maxAmend) {
		out = append(out, strings.TrimSpace(plain[m[2]:m[3]]))
	}
	return out
}

// ownNotes reads notes at the edges of a story about itself.
func (f *finder) ownNotes(it *sources.Item, markup string) {
	const near = 3
	marked := false // the paragraph before is the heading of a note
	for _, b := range blocks(markup) {
		if b.index >= near && b.index < b.of-near || b.image || len(b.text) > maxNote {
			marked = false
			continue
		}
		if mayAmend(b.text) && isTakenBack(b.text) && (b.index < 2 || b.index == b.of-1) {
			f.add(sources.Withdrawn, b.text, b.place("text"), "")
			return
		}
		if (isCorrection(b.text) || marked && saysWrong(b.text)) && it.Amendment == nil {
			it.Amendment = &sources.Amendment{Kind: sources.Corrects, Own: true, Text: quote(b.text), Where: b.place("text")}
		}
		marked = bareMark(b.text)
	}
}
