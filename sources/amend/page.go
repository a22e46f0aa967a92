package amend

import (
	"bytes"
	"cmp"
	"encoding/json"
	"strings"
	"time"

	"golang.org/x/net/html"

	"warta/sources"
	"warta/sources/normalize"
	"warta/sources/prose"
	"warta/sources/schemaorg"
)

// Later is what an article page says of the later life of its story.
type Later struct {
	TakenBack   string               // the words by which it is taken back; empty: it is not
	Corrections []sources.Correction // notes that it was corrected
	Amendment   *sources.Amendment   // where the story itself is a correction of, or reply to, others
}

// maxNotes bounds the notes of one page.
const maxNotes = 8

// Page reads what a page says of the later life of its story: notes in the
// story's own text, and schema.org's correction and creativeWorkStatus
// (https://schema.org/NewsArticle). A date of modification is no correction.
// title is the headline as the story is known by, address the page's own.
func Page(page []byte, address, title string) Later {
	l := laterReader{address: address, title: title, own: pageKey(address)}
	list := storyOf(page, address, title)
	m := amendTitle().FindStringSubmatch(prose.Lower(strings.TrimSpace(title)))
	if m != nil && (m[2] != "" || m[3] == "") {
		l.amends(list, m)
	}
	l.takenBack(list)
	l.notes(list)
	l.schema(page)
	if l.Amendment != nil {
		l.Corrections = nil // it speaks of the story that it corrects
	}
	for i := range l.Corrections {
		if c := &l.Corrections[i]; c.When.IsZero() {
			c.When = l.modified
		}
	}
	return l.Later
}

type laterReader struct {
	Later
	address, title, own string
	modified            time.Time // when the page says it was last modified
	policies            []string  // addresses of how the outlet corrects
}

// takenBack looks for the paragraph that stands in place of a story or over it.
func (l *laterReader) takenBack(list []passage) {
	const longest = 400
	for i := range list {
		if p := &list[i]; len(p.text) <= longest && !p.linked && mayAmend(p.text) && isTakenBack(p.text) {
			l.TakenBack = p.text
			return
		}
	}
}

// notes looks for notes of correction among the story's paragraphs.
func (l *laterReader) notes(list []passage) {
	marked := false // the paragraph before is the heading of a note
	for i := range list {
		p := &list[i]
		switch {
		case p.linked || len(p.text) > maxNote:
			marked = false
			continue
		case isCorrection(p.text), marked && saysWrong(p.text), p.mark != "" && saysWrong(p.text) && !askForErrors().MatchString(prose.Lower(p.text)),
			strings.HasPrefix(p.mark, "itemprop") && !bareMark(p.text):
			if !l.ofOther(p) {
				l.add(p.text, "page "+p.mark, time.Time{})
			}
		}
		marked = bareMark(p.text)
	}
}

// askForErrors is how readers are asked to report mistakes.
var askForErrors = prose.Pattern(`\b(?:laporkan|kirim(?:kan)?|sampaikan|hubungi|temukan|menemukan|report|suggest|submit|contact|spot(?:ted)?|found|see)\b`)

// ofOther reports whether a note is about another story: it names it by its
// headline.
func (l *laterReader) ofOther(p *passage) bool {
	for _, q := range quotedTitles(p.text) {
		if a, b := sources.Letters(q), sources.Letters(l.title); a != b && !strings.Contains(b, a) && otherStory().MatchString(prose.Lower(p.text)) {
			return true
		}
	}
	return false
}

// otherStory speaks of a story that is not this one.
var otherStory = prose.Pattern(`\b(?:berita|artikel|tulisan|pemberitaan|story|article|report)\s+(?:\S+\s+){0,3}?(?:berjudul|dengan\s+judul|titled|headlined)`)

func (l *laterReader) add(text, where string, when time.Time) {
	text = prose.Quote(text)
	key := sources.Letters(text)
	for i := range l.Corrections {
		if c := &l.Corrections[i]; sources.Letters(c.Text) == key {
			if c.When.IsZero() {
				c.When = when
			}
			return
		}
	}
	if len(l.Corrections) < maxNotes && key != "" {
		l.Corrections = append(l.Corrections, sources.Correction{Text: text, Where: strings.TrimSpace(where), When: when})
	}
}

// amends reads which stories are meant by one whose headline says that it
// corrects or answers another.
func (l *laterReader) amends(list []passage, m []string) {
	a := &sources.Amendment{Kind: amendKind(m[1]), Text: prose.Quote(l.title), Where: "title"}
	var b strings.Builder
	for i := range list {
		if p := &list[i]; len(p.text) <= 4*maxNote {
			b.WriteString("<p>" + p.markup + "</p>")
		}
	}
	targets(a, b.String(), l.address, true)
	a.Linked = nil // a page links its section, its author and more
	if len(a.Addresses)+len(a.Titles) > 0 {
		l.Amendment = a
	}
}

// schema reads the JSON-LD scripts of a page, and its meta of modification.
func (l *laterReader) schema(page []byte) {
	z := html.NewTokenizer(strings.NewReader(string(page[:min(len(page), maxPage)])))
	z.SetMaxBuf(maxPage)
	data := false
	for {
		switch z.Next() {
		case html.ErrorToken:
			return
		case html.StartTagToken, html.SelfClosingTagToken:
			b, more := z.TagName()
			name := string(b)
			data = false
			if name != "script" && name != "meta" || !more {
				continue
			}
			attrs := map[string]string{}
			for more && len(attrs) < 32 {
				var k, v []byte
				k, v, more = z.TagAttr()
				attrs[string(k)] = string(v)
			}
			data = name == "script" && strings.HasPrefix(strings.ToLower(attrs["type"]), "application/ld+json")
			if name == "meta" && (attrs["property"] == "article:modified_time" || prose.HasToken(attrs["itemprop"], "dateModified")) {
				l.changed(attrs["content"])
			}
		case html.TextToken:
			if body := z.Raw(); data && (bytes.Contains(body, []byte("orrection")) || bytes.Contains(body, []byte("creativeWorkStatus")) || bytes.Contains(body, []byte("dateModified"))) {
				schemaorg.Articles(body, l.article)
			}
		}
	}
}

func (l *laterReader) changed(date string) {
	if t, ok := normalize.Date(date, normalize.DateHints{}); ok && t.After(l.modified) {
		l.modified = t
	}
}

// isOwn reports whether an article is the page's own: it names no other page.
func (l *laterReader) isOwn(object schemaorg.Object) bool {
	for _, member := range [...]string{"url", "mainEntityOfPage", "@id"} {
		for _, address := range schemaorg.Texts(object[member]) {
			if strings.Contains(address, "://") {
				page, _, _ := strings.Cut(address, "#")
				return pageKey(page) == l.own || pageKey(page) == ""
			}
		}
	}
	return true
}

// article reads what an article says happened to it.
func (l *laterReader) article(object schemaorg.Object) {
	if !l.isOwn(object) {
		return
	}
	for _, s := range schemaorg.Texts(object["dateModified"]) {
		l.changed(s)
	}
	l.policies = append(l.policies, schemaorg.Texts(object["correctionsPolicy"])...)
	l.corrections(object["correction"], 0)
	for _, s := range schemaorg.Texts(object["creativeWorkStatus"]) {
		switch status := strings.ToLower(strings.TrimSpace(schemaorg.Kind(s))); status {
		case "corrected", "correction", "dikoreksi", "diralat", "ralat", "koreksi":
			l.add(s, "page schema.org creativeWorkStatus", time.Time{})
		case "withdrawn", "retracted", "dicabut", "ditarik":
			l.TakenBack = cmp.Or(l.TakenBack, "creativeWorkStatus "+s)
		}
	}
}

// corrections reads a correction: words, a CorrectionComment, an address where
// it is told, or a list of those.
func (l *laterReader) corrections(raw json.RawMessage, depth int) {
	const where = "page schema.org correction"
	if len(raw) == 0 || depth > 2 {
		return
	}
	switch raw[0] {
	case '[':
		var list []json.RawMessage
		if json.Unmarshal(raw, &list) == nil {
			for _, r := range list[:min(len(list), maxNotes)] {
				l.corrections(r, depth+1)
			}
		}
	case '{':
		var object schemaorg.Object
		if json.Unmarshal(raw, &object) != nil {
			return
		}
		var when time.Time
		for _, member := range [...]string{"datePublished", "dateCreated", "dateModified"} {
			for _, s := range schemaorg.Texts(object[member]) {
				if t, ok := normalize.Date(s, normalize.DateHints{}); ok && when.IsZero() {
					when = t
				}
			}
		}
		for _, member := range [...]string{"text", "description", "abstract", "headline", "name", "url", "@id"} {
			if list := schemaorg.Texts(object[member]); len(list) > 0 {
				l.correction(list[0], where, when)
				return
			}
		}
	case '"':
		for _, s := range schemaorg.Texts(raw) {
			l.correction(s, where, time.Time{})
		}
	}
}

// correction takes one in, unless it says that there is none or how the outlet
// corrects in general.
func (l *laterReader) correction(s, where string, when time.Time) {
	s = prose.Tidy(prose.WithoutTags(s))
	for _, p := range l.policies {
		if s == p {
			return
		}
	}
	switch sources.Letters(s) {
	case "", "none", "no", "false", "true", "null", "na", "nocorrection", "nocorrections", "tidakada", "nihil", "undefined":
		return
	}
	if strings.Contains(s, "://") && !strings.Contains(s, " ") && policyPage().MatchString(prose.Lower(s)) {
		return
	}
	l.add(s, where, when)
}

// policyPage is where an outlet says how it corrects.
var policyPage = prose.Pattern(`polic|kebijakan|pedoman|guideline|kode-etik|ethic|(?:corrections?|koreksi|ralat)/?$`)
