package evidence

import (
	"strings"

	"warta/sources/prose"
)

// licenses reports whether a link's relations say that it leads to a licence.
// "copyright" is HTML's older word for it (HTML section 4.6.7.7); the prefixed
// ones are what Creative Commons had sites write.
func licenses(rel string) bool {
	for _, r := range [...]string{"license", "copyright", "cc:license", "dct:license", "dcterms:license", "schema:license", licenseRelation} {
		if prose.HasToken(rel, r) {
			return true
		}
	}
	return false
}

func (p *pageReader) link(name string, attrs map[string]string, markup string) {
	if p.raw == "template" {
		return
	}
	if p.figure == 0 && isPolicy(attrs["rel"]) {
		p.policy(resolved(p.base, attrs["href"]), markup, "page "+name+" rel="+attrs["rel"])
	}
	if p.figure > 0 || attrs["about"] != "" && !p.isHere(attrs["about"]) || p.data.ofOther() || !licenses(attrs["rel"]) {
		return
	}
	rel := "license"
	if !prose.HasToken(attrs["rel"], "license") && prose.HasToken(attrs["rel"], "copyright") {
		rel = "copyright"
	}
	l := heldLicence{attrs["href"], strings.ToLower(attrs["type"]), markup, name + " rel=" + rel}
	if name == "link" {
		p.licence(l.href, l.mediaType, l.markup, l.where)
	} else if len(p.held) < maxLinks {
		p.held = append(p.held, l)
	}
}

func (p *pageReader) licence(href, mediaType, markup, where string) {
	if href = resolved(p.base, href); href == "" || len(href) > 2000 {
		return
	}
	p.licenceLink(href, mediaType, first(markup, href), "page "+strings.TrimPrefix(where, "page "))
}

// heldLicence is a link to a licence that stands among words, which may say of
// what it is one.
type heldLicence struct{ href, mediaType, markup, where string }

// settleHeld takes in the licences linked in a paragraph, unless it speaks of
// something else than the story: "Foto: Budi / CC BY 4.0", "Ikon oleh Fajar, CC BY".
func (p *pageReader) settleHeld(text string) {
	if len(p.held) > 0 && !ofSomethingElse(text) {
		for _, l := range p.held {
			p.licence(l.href, l.mediaType, l.markup, l.where)
		}
	}
	p.held = p.held[:0]
}

// ofSomethingElse reports whether the first thing that words name is one that
// sites credit beside their stories.
func ofSomethingElse(text string) bool {
	for _, w := range strings.FieldsFunc(strings.ToLower(text), prose.IsNoLetter) {
		switch {
		case storyWords[w]:
			return false
		case otherWords[w]:
			return true
		}
	}
	return false
}

// wordSet makes a set of the words in a text.
func wordSet(text string) map[string]bool {
	set := make(map[string]bool)
	for _, w := range strings.Fields(text) {
		set[w] = true
	}
	return set
}

// What a licence in a paragraph is of. "Karya", "work" and their like say
// nothing: they may be anybody's.
var (
	storyWords = wordSet(`artikel article articles tulisan teks text texts naskah berita story stories news konten content contents kandungan isi
		situs site website web laman halaman page blog portal rencana`)
	otherWords = wordSet(`foto fotos photo photos photograph photographs photography gambar image images picture pictures ilustrasi illustration illustrations
		ikon icon icons logo logos video videos audio musik music lagu song peta map maps tema theme themes template templates templat font fonts
		perangkat software aplikasi app kode code skrip script plugin data dataset desain design infografis infographic grafis graphic graphics
		wikimedia flickr unsplash openstreetmap`)
)
