package publish

import (
	"fmt"
	"slices"
	"strings"
	"time"

	"warta/feed"
	"warta/feed/store/storetest"
	"warta/sources"
)

// The matrix is what an owner, an operator and an editor may say of a story,
// times what may have been granted, times who asks. What may be shown is
// written here once more, by hand, from the table of uses in docs/rights.md:
// nothing of feed/rights is asked.

// saying is one row of evidence.
type saying struct {
	name     string
	evidence []sources.Evidence
	operator string // what the operator says of the source

	public     feed.Use // shown to whoever earns nothing by it
	commercial feed.Use // shown to whoever earns by it
	chars      int      // the longest excerpt; 0: the usual
	open       bool     // an open licence reaches pictures and files, where the text is whole
	noImage    bool
	whole      bool // only whole and unchanged, or not at all
	final      bool // no permission loosens it
	desk       feed.Verdict
	withdrawn  bool // a notice stands in its place
}

func says(kind sources.EvidenceKind, value string) sources.Evidence {
	return sources.Evidence{Kind: kind, Value: value, Text: "pernyataan " + string(kind), Where: "feed"}
}

// cc is the evidence of a Creative Commons licence.
func cc(kind string) sources.Evidence {
	return says(sources.Licence, "https://creativecommons.org/licenses/"+kind+"/4.0/")
}

func sayings() []saying {
	list := func(e ...sources.Evidence) []sources.Evidence { return e }
	same := func(name string, use feed.Use, e ...sources.Evidence) saying {
		return saying{name: name, evidence: e, public: use, commercial: use}
	}
	opened := func(name string, e ...sources.Evidence) saying {
		return saying{name: name, evidence: e, public: feed.Full, commercial: feed.Full, open: true}
	}
	operated := func(use string, e ...sources.Evidence) saying {
		most, _ := feed.ParseUse(use)
		return saying{name: "operator: " + use, operator: use, evidence: e, public: most, commercial: most, final: use == "none"}
	}
	return []saying{
		same("nothing said", feed.Excerpt),
		same("©", feed.Excerpt, says(sources.Copyright, "")),
		same("all rights reserved", feed.Excerpt, says(sources.Copyright, "reserved")),
		same("no licence", feed.Excerpt, says(sources.LicenceNone, "")),
		same("terms of its own", feed.Excerpt, says(sources.Licence, "https://pemkab.example/ketentuan")),
		same("no copying", feed.Headline, says(sources.NoCopy, "")),
		same("nosnippet", feed.Headline, says(sources.NoSnippet, "")),
		{name: "max-snippet", evidence: list(says(sources.MaxSnippet, "60")), public: feed.Excerpt, commercial: feed.Excerpt, chars: 60},
		same("max-snippet:0", feed.Headline, says(sources.MaxSnippet, "0")),
		same("noarchive", feed.Excerpt, says(sources.NoArchive, "")),
		same("quoting allowed", feed.Excerpt, says(sources.QuoteWithSource, "")),
		{name: "quoting allowed, operator: full", evidence: list(says(sources.QuoteWithSource, "")), operator: "full", public: feed.Full, commercial: feed.Full},
		same("access denied", feed.Headline, says(sources.AccessDenied, "")),
		same("sharing denied", feed.Headline, says(sources.SharingDenied, "")),
		same("RSL prohibits all", feed.Headline, says(sources.RSLProhibits, "")),
		same("RSL terms", feed.Excerpt, says(sources.RSLTerms, "")),
		same("paywall", feed.Headline, says(sources.Paywall, "")),
		same("unclear", feed.Headline, says(sources.Unclear, "")),
		same("unavailable since", feed.None, says(sources.UnavailableAfter, morning.Add(-time.Hour).Format(time.RFC3339))),
		same("unavailable later", feed.Excerpt, says(sources.UnavailableAfter, morning.Add(time.Hour).Format(time.RFC3339))),

		opened("CC0", says(sources.Licence, "https://creativecommons.org/publicdomain/zero/1.0/")),
		opened("CC BY", cc("by")),
		opened("CC BY-SA", cc("by-sa")),
		{name: "CC BY-ND", evidence: list(cc("by-nd")), public: feed.Full, commercial: feed.Full, open: true, whole: true},
		{name: "CC BY-NC", evidence: list(cc("by-nc")), public: feed.Full, commercial: feed.Excerpt, open: true},
		{name: "CC BY-NC-ND", evidence: list(cc("by-nc-nd")), public: feed.Full, commercial: feed.Headline, open: true, whole: true},
		{name: "CC BY, no images", evidence: list(cc("by"), says(sources.NoImage, "")), public: feed.Full, commercial: feed.Full, open: true, noImage: true},
		same("CC BY-ND that may not be whole", feed.Headline, cc("by-nd"), says(sources.MaxSnippet, "60")),
		same("CC BY, paywall", feed.Headline, cc("by"), says(sources.Paywall, "")),

		same("contradiction: CC BY, no copying", feed.Headline, cc("by"), says(sources.NoCopy, "")),
		same("contradiction: CC BY, reserved", feed.Excerpt, cc("by"), says(sources.Copyright, "reserved")),
		same("contradiction: quoting allowed, no copying", feed.Headline, says(sources.QuoteWithSource, ""), says(sources.NoCopy, "")),

		operated("none"), operated("headline"), operated("excerpt"),
		operated("headline", cc("by")), operated("none", cc("by")),
		same("operator: full is no grant", feed.Excerpt, says(sources.Copyright, "")),

		{name: "withdrawn", withdrawn: true, final: true},
		{name: "CC BY, withdrawn", evidence: list(cc("by")), withdrawn: true, final: true},
		{name: "embargo", evidence: list(says(sources.Embargo, morning.Add(time.Hour).Format(time.RFC3339))), final: true},
		{name: "CC BY, embargo", evidence: list(cc("by"), says(sources.Embargo, morning.Add(time.Hour).Format(time.RFC3339))), final: true},
		{name: "embargo of an unknown time", evidence: list(says(sources.Embargo, "")), final: true},
		{name: "held by an editor", desk: feed.Held, final: true},
		{name: "CC BY, held", evidence: list(cc("by")), desk: feed.Held, final: true},
		{name: "CC BY, dropped", evidence: list(cc("by")), desk: feed.Dropped, final: true},
		{name: "unclear, released", evidence: list(says(sources.Unclear, "")), desk: feed.Released, public: feed.Headline, commercial: feed.Headline},
		same("embargo that is over", feed.Excerpt, says(sources.Embargo, morning.Add(-time.Hour).Format(time.RFC3339))),
	}
}

// granting is what an owner granted. The zero Permission is none.
type granting struct {
	name     string
	p        feed.Permission
	idle     bool // it is not in force
	noImages bool // though it says images: they are not its to give
}

func grantings() []granting {
	const mitra, ringkas = feed.Audience("partner:mitra"), feed.Audience("partner:ringkas")
	all := []granting{
		{name: "no permission", idle: true},
		{name: "public: full, images", p: feed.Permission{Use: feed.Full, Images: true, Audience: feed.Public}},
		{name: "public: full, no images", p: feed.Permission{Use: feed.Full, Audience: feed.Public}},
		{name: "public: full, enclosures", p: feed.Permission{Use: feed.Full, Enclosures: true, Audience: feed.Public}},
		{name: "public: headline", p: feed.Permission{Use: feed.Headline, Audience: feed.Public}},
		{name: "public: statutory", p: feed.Permission{Use: feed.Full, Images: true, Audience: feed.Public, Basis: feed.Statutory, Article: "UU 28/2014 Pasal 43 huruf c"}, noImages: true},
		{name: "mitra: full, images, enclosures", p: feed.Permission{Use: feed.Full, Images: true, Enclosures: true, Audience: mitra}},
		{name: "mitra: excerpt", p: feed.Permission{Use: feed.Excerpt, Audience: mitra}},
		{name: "ended", p: feed.Permission{Use: feed.Full, Images: true, Enclosures: true, Audience: feed.Public, Until: morning}, idle: true},
		{name: "not begun", p: feed.Permission{Use: feed.Full, Images: true, Enclosures: true, Audience: mitra, From: morning.Add(time.Hour)}, idle: true},
		{name: "ringkas: full, images", p: feed.Permission{Use: feed.Full, Images: true, Audience: ringkas}},
		{name: "mitra and ringkas: full, images", p: feed.Permission{Use: feed.Full, Images: true, Audience: feed.Audiences(mitra, ringkas)}},
		{name: "all partners: full", p: feed.Permission{Use: feed.Full, Audience: feed.Partners}},
	}
	if storetest.Raced { // which sees nothing new in the others
		return []granting{all[0], all[1], all[6], all[11]}
	}
	return all
}

// asker is an audience: everybody, a partner that was granted something and
// earns nothing, one that was granted nothing and earns, one whose contract has
// excerpts at most.
type asker struct {
	name   string
	most   feed.Use // of its contract
	earns  bool
	header []string
	token  string
	had    map[string]string // validators of the versions it has, by format
}

// cell is a story of the matrix.
type cell struct {
	n int
	saying
	granting
}

func cells() []cell {
	var out []cell
	for _, s := range sayings() {
		for _, g := range grantings() {
			out = append(out, cell{len(out), s, g})
		}
	}
	return out
}

func (c *cell) String() string {
	return fmt.Sprintf("%03d (%s; %s)", c.n, c.saying.name, c.granting.name)
}

func (c *cell) source() string { return fmt.Sprintf("s%03d", c.n) }

// mark is a word that stands in one place of one story alone.
func (c *cell) mark(name string) string { return fmt.Sprintf("%s-%03d", name, c.n) }

// right is what an asker may see of a cell.
type right struct {
	use           feed.Use
	chars         int
	images, files bool
	notice        bool
}

func (c *cell) right(a *asker) right {
	use := c.public
	if a.earns {
		use = c.commercial
	}
	open := c.open && use == feed.Full
	r := right{use, c.chars, open && !c.noImage, open, c.withdrawn}
	permitted := !c.idle && slices.Contains(map[feed.Audience][]string{
		feed.Public: {"public", "mitra", "lain", "ringkas"}, feed.Partners: {"mitra", "lain", "ringkas"},
		"partner:mitra": {"mitra"}, "partner:ringkas": {"ringkas"}, "partner:mitra partner:ringkas": {"mitra", "ringkas"},
	}[c.p.Audience], a.name)
	switch {
	case c.final:
		return right{notice: c.withdrawn}
	case permitted:
		r = right{use: c.p.Use, images: c.p.Images && !c.noImages, files: c.p.Enclosures}
	}
	if r.use <= a.most {
		return r
	}
	// The contract has less. A text that may not be cut is no excerpt; a
	// permission to print it is leave to cut it only where everybody may.
	if r.use = a.most; c.whole || permitted && use < feed.Excerpt {
		r.use = feed.Headline
	}
	r.images, r.files = r.images && permitted, r.files && permitted
	return r
}

// most lists the marks that may be shown, and those that a document of feeds
// and the entry's page must show.
func (r right) most() (may, must string) {
	if r.notice {
		return "ALAMAT", "ALAMAT"
	}
	switch r.use {
	case feed.None:
		return "", ""
	case feed.Headline:
		must = "ALAMAT JUDUL"
	case feed.Excerpt:
		must = "ALAMAT JUDUL RINGKAS"
		if r.chars == 0 {
			must += " UJUNG"
		}
	case feed.Full:
		must = "ALAMAT JUDUL AWAL TENGAH AKHIR"
		may = "RINGKAS UJUNG"
	}
	if r.images {
		must += " GAMBAR"
		if r.use == feed.Full {
			must += " DALAM"
		} else {
			may += " DALAM" // a picture of the text, granted apart from it
		}
		may += " FOTO" // the caption
	}
	if r.files {
		must += " BERKAS"
	}
	return strings.TrimSpace(must + " " + may), must
}

// story is a cell's draft, with a mark in everything that a decision can take
// away. POLOS is a picture without credit, SAMPAH what was removed as debris.
func (c *cell) story() feed.Draft {
	link := fmt.Sprintf("https://%s.example/%s", c.source(), c.mark("ALAMAT"))
	image := func(name string) sources.Image {
		return sources.Image{URL: "https://" + c.source() + ".example/" + c.mark(name) + ".jpg", Credit: "Siti Aminah", Caption: c.mark("FOTO"), License: "https://creativecommons.org/licenses/by/4.0/"}
	}
	d := draft(c.source(), c.n, func(e *feed.Entry) {
		e.ID, e.OriginalID = feed.EntryID(c.source(), link), link
		e.Attribution.URL, e.Attribution.GUID = link, link
		e.Title = "Berita " + c.mark("JUDUL")
		e.Excerpt = c.mark("RINGKAS") + " membuka berita dan " + strings.Repeat("menerangkan lagi ", 6) + "sampai " + c.mark("UJUNG") + "."
		e.Summary = sources.Text{Type: "html", Value: "<p>" + e.Excerpt + "</p>"}
		main, inline, plain := image("GAMBAR"), image("DALAM"), image("POLOS")
		plain.Credit, plain.License = "", ""
		e.Content = sources.Text{Type: "html", Value: fmt.Sprintf(
			`<p>Kalimat %s.</p><p>Kalimat %s.</p><figure><img src="%s" alt=""></figure><img src="%s" alt=""><p>Kalimat %s, lihat <a href="%s">gambarnya</a>.</p>`,
			c.mark("AWAL"), c.mark("TENGAH"), inline.URL, plain.URL, c.mark("AKHIR"), plain.URL)}
		e.Image, e.Media = &main, []sources.Image{inline, plain}
		e.Enclosures = []sources.Enclosure{
			{URL: "https://" + c.source() + ".example/" + c.mark("BERKAS") + ".mp3", Type: "audio/mpeg", Length: 1000},
			{URL: plain.URL, Type: "image/jpeg", Length: 1000},
		}
		e.Removed = []sources.Removal{{Text: c.mark("SAMPAH"), Why: "share-bar"}}
		e.Evidence = c.evidence
		at := time.Date(2026, 1, 10, 0, c.n, 0, 0, time.UTC)
		e.Published, e.FirstSeen, e.Changed = at, at, at
		if c.withdrawn {
			e.Notice = &feed.Notice{Kind: feed.Withdrawal, When: at, Reason: "Beritanya keliru.", By: "origin"}
		}
	})
	d.URLKey = link
	return d
}
