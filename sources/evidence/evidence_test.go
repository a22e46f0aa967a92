package evidence

import (
	"fmt"
	"net/http"
	"strings"
	"testing"

	"warta/sources"
	"warta/sources/prose"
)

// said is evidence in short: "kind value" each, in order.
func said(list []sources.Evidence) string {
	var s []string
	for _, e := range list {
		s = append(s, strings.TrimSpace(string(e.Kind)+" "+e.Value))
	}
	return strings.Join(s, "; ")
}

func TestLicence(t *testing.T) {
	const by = "https://creativecommons.org/licenses/by/4.0/"
	for _, test := range []struct{ address, want string }{
		{"https://creativecommons.org/licenses/by/4.0/", by},
		{"http://creativecommons.org/licenses/by/4.0", by},
		{"//creativecommons.org/licenses/by/4.0/deed.id", by},
		{"https://www.creativecommons.org/licenses/BY/4.0/legalcode.en", by},
		{"creativecommons.org/licenses/by/4.0/?ref=chooser-v1", by},
		{"https://creativecommons.org/licenses/by/4.0/#ref", by},
		{"http://www.creativecommons.org/licenses/by-sa/3.0/rdf", "https://creativecommons.org/licenses/by-sa/3.0/"},
		{"http://creativecommons.org/licenses/by-nc-sa/2.0/br/deed.pt", "https://creativecommons.org/licenses/by-nc-sa/2.0/br/"},
		{"http://creativecommons.org/licenses/by/3.0/igo/", "https://creativecommons.org/licenses/by/3.0/igo/"},
		{"http://creativecommons.org/licenses/by-nd-nc/1.0/", "https://creativecommons.org/licenses/by-nc-nd/1.0/"},
		{"https://creativecommons.org/publicdomain/zero/1.0/", "https://creativecommons.org/publicdomain/zero/1.0/"},
		{"http://creativecommons.org/publicdomain/mark/1.0/deed.de", "https://creativecommons.org/publicdomain/mark/1.0/"},
		{"http://creativecommons.org/licenses/publicdomain/", "https://creativecommons.org/publicdomain/mark/1.0/"},
		{"http://www.nationalarchives.gov.uk/doc/open-government-licence/version/3", "https://www.nationalarchives.gov.uk/doc/open-government-licence/version/3/"},
		{"https://opendatacommons.org/licenses/odbl/1-0/", "https://opendatacommons.org/licenses/odbl/"},
		{"https://artlibre.org/licence/lal/en/", "https://artlibre.org/licence/lal/"},
		// no licence
		{"https://creativecommons.org/", ""},
		{"https://creativecommons.org/licenses/", ""},
		{"https://creativecommons.org/licenses/by/", ""},
		{"https://creativecommons.org/licenses/by/9.0/", ""},
		{"https://creativecommons.org/licenses/sampling+/1.0/", ""},
		{"https://creativecommons.org/licenses/devnations/2.0/", ""},
		{"https://creativecommons.org.evil.id/licenses/by/4.0/", ""},
		{"https://evil.id/?u=https://creativecommons.org/licenses/by/4.0/", ""},
		{"https://evil.id/creativecommons.org/licenses/by/4.0/", ""},
		{"https://user@creativecommons.org@evil.id/licenses/by/4.0/", ""},
		{"javascript:alert(1)", ""}, {"", ""}, {"/terms", ""}, {unspecified, ""},
	} {
		if got, ok := Licence(test.address); got != test.want || ok != (test.want != "") {
			t.Errorf("Licence(%q) = %q, %v; want %q", test.address, got, ok, test.want)
		}
	}
}

// RFC 4946 section 2.4: the entry's own licence, else its source's, else the
// feed's; #unspecified stops inheritance.
func TestLicenceInheritance(t *testing.T) {
	feed := &sources.Document{Licenses: []string{"http://creativecommons.org/licenses/by/4.0/"}}
	rsl := []sources.Link{{Rel: "license", Href: "https://a.id/rsl.xml", Type: "application/rsl+xml"}}
	for _, test := range []struct {
		name string
		item sources.Item
		want string
	}{
		{"the feed's", sources.Item{}, "licence https://creativecommons.org/licenses/by/4.0/"},
		{"its own", sources.Item{Licenses: []string{"https://creativecommons.org/licenses/by-nd/4.0/"}}, "licence https://creativecommons.org/licenses/by-nd/4.0/"},
		{"unspecified", sources.Item{Licenses: []string{unspecified}}, "licence-none"},
		{"its source's", sources.Item{Origin: &sources.Origin{Licenses: []string{"https://a.id/terms"}}}, "licence https://a.id/terms"},
		{"its source's unspecified", sources.Item{Origin: &sources.Origin{Licenses: []string{unspecified}}}, "licence-none"},
		{"its own before its source's", sources.Item{Licenses: []string{"https://a.id/own"}, Origin: &sources.Origin{Licenses: []string{"https://a.id/terms"}}}, "licence https://a.id/own"},
		{"RSL is none", sources.Item{Licenses: []string{"https://a.id/rsl.xml"}, Links: rsl}, "rsl-terms https://a.id/rsl.xml"},
	} {
		Item(&test.item, feed)
		if got := said(test.item.Evidence); got != test.want {
			t.Errorf("%s: %s, want %s", test.name, got, test.want)
		}
	}
}

func TestStatements(t *testing.T) {
	for _, test := range []struct{ text, want string }{
		{"Copyright 2026 Warta", "copyright"},
		{"Warta Paser", "copyright"},
		{"2026", "copyright"},
		{"© 2026 Warta. All rights reserved.", "copyright reserved"},
		{"Creative Commons, http://creativecommons.org/licenses/by-nc-sa/2.0/br/deed.pt", "licence https://creativecommons.org/licenses/by-nc-sa/2.0/br/"},
		{"Budi, licensed under a Creative Commons Attribution 3.0 Unported License.", "licence https://creativecommons.org/licenses/by/3.0/"},
		{"CC BY-NC-ND 4.0", "licence https://creativecommons.org/licenses/by-nc-nd/4.0/"},
		{"CC0 1.0", "licence https://creativecommons.org/publicdomain/zero/1.0/"},
		{"Lisensi Creative Commons Atribusi-NonKomersial-BerbagiSerupa 4.0 Internasional", "licence https://creativecommons.org/licenses/by-nc-sa/4.0/"},
		{"Creative Commons", "licence https://creativecommons.org/licenses/"},
		{"Dilarang mengutip tanpa izin.", "no-copy"},
		{"<p>Dilarang keras mengutip berita\nini tanpa izin tertulis redaksi</p>", "no-copy"},
		{"Boleh dikutip dengan menyebutkan sumber", "quote-with-source"},
		{"Powered by [Hugo](//gohugo.io) and [Icarus Theme](http://themes.gohugo.io/theme/hugo-icarus/).", "copyright"},
		{"Penggunaan naskah ini tunduk pada syarat yang disepakati para pihak sebagaimana diatur dalam nota kesepahaman tahun lalu antara kedua lembaga", "unclear"},
		{"  ", ""},
	} {
		doc := sources.Document{Rights: []sources.Statement{{Text: test.text, Where: "feed copyright"}}}
		Document(&doc)
		if got := said(doc.Evidence); got != test.want {
			t.Errorf("%q: %s, want %s", test.text, got, test.want)
		}
		for _, e := range doc.Evidence {
			if e.Where != "feed copyright" || e.Text == "" {
				t.Errorf("%q: %+v", test.text, e)
			}
		}
	}
}

func TestSignals(t *testing.T) {
	signal := func(name, value, where string, attrs ...string) sources.Signal {
		s := sources.Signal{Name: name, Value: value, Where: where, Attrs: map[string]string{}}
		for i := 0; i+1 < len(attrs); i += 2 {
			s.Attrs[attrs[i]] = attrs[i+1]
		}
		return s
	}
	rsl := func(markup string) sources.Signal {
		return sources.Signal{Name: "rsl:content", Where: "entry", Markup: markup}
	}
	for _, test := range []struct {
		signal sources.Signal
		want   string
	}{
		{signal("access:restriction", "", "feed", "relationship", "deny"), "access-denied"},
		{signal("access:restriction", "", "feed", "relationship", "allow"), ""},
		{signal("itunes:block", "Yes", "entry"), "access-denied"},
		{signal("itunes:block", "no", "entry"), ""},
		{signal("media:restriction", "", "entry", "relationship", "deny", "type", "sharing"), "sharing-denied"},
		{signal("media:restriction", "all", "entry", "relationship", "deny"), "sharing-denied"},
		{signal("media:restriction", "au us", "entry", "relationship", "deny", "type", "country"), ""},
		{signal("media:restriction", "all", "image 1", "relationship", "deny"), ""},
		{signal("media:restriction", "all", "entry", "relationship", "allow"), ""},
		{signal("indexing:index", "no", "feed"), "noindex"},
		{signal("tdm:reservation", "1", "feed"), "tdm-reservation 1"},
		{signal("tdm:reservation", "2", "feed"), ""},
		{signal("media:rights", "", "entry", "status", "official"), "copyright"},
		{signal("json:_warta", "", "entry"), ""},
		{rsl(`<rsl:content url="/"><rsl:license><rsl:prohibits type="usage">ai-train, all</rsl:prohibits></rsl:license></rsl:content>`), "rsl-prohibits /"},
		{rsl(`<rsl:content url="/"><rsl:license><rsl:prohibits type="usage">ai-train</rsl:prohibits></rsl:license></rsl:content>`), "rsl-terms /"},
		{rsl(`<rsl:content url="/"><rsl:license><rsl:permits type="usage">all</rsl:permits></rsl:license></rsl:content>`), "rsl-terms /"},
		{rsl(`<rsl:content url="/"><rsl:license><rsl:prohibits type="geo">all</rsl:prohibits></rsl:license></rsl:content>`), "rsl-terms /"},
		{rsl(`<rsl:content url="/a"><rsl:license><rsl:payment type="attribution"><rsl:standard>https://creativecommons.org/licenses/by/4.0/</rsl:standard></rsl:payment></rsl:license></rsl:content>`), "licence https://creativecommons.org/licenses/by/4.0/; rsl-terms /a"},
		{rsl(`<rsl:content url="/a"><rsl:license><rsl:payment type="purchase"><rsl:standard>https://creativecommons.org/licenses/by/4.0/</rsl:standard></rsl:payment></rsl:license></rsl:content>`), "rsl-terms /a"},
		{rsl(`<rsl:content url="/a"><rsl:prohibits`), "rsl-terms /a"},
	} {
		it := sources.Item{Signals: []sources.Signal{test.signal}}
		Item(&it, &sources.Document{})
		if got := said(it.Evidence); got != test.want {
			t.Errorf("%+v: %s, want %s", test.signal, got, test.want)
		}
	}
}

func TestHeader(t *testing.T) {
	for _, test := range []struct {
		name, value, want string
	}{
		{"X-Robots-Tag", "noindex, nofollow", "noindex"},
		{"X-Robots-Tag", "none", "noindex"},
		{"X-Robots-Tag", "warta: nosnippet", "nosnippet"},
		{"X-Robots-Tag", "WARTA: noarchive, max-snippet:50", "noarchive; max-snippet 50"},
		{"X-Robots-Tag", "googlebot: nosnippet", ""},
		{"X-Robots-Tag", "max-snippet: 120, max-image-preview:none", "max-snippet 120; noimage"},
		{"X-Robots-Tag", "max-snippet:0", "nosnippet"},
		{"X-Robots-Tag", "max-snippet:-1", ""},
		{"X-Robots-Tag", "unavailable_after: 25 Jun 2026 15:00:00 GMT", "unavailable-after 2026-06-25T15:00:00Z"},
		{"X-Robots-Tag", "noindex, unavailable_after: Saturday, 27-Jun-26 15:00:00 UTC", "noindex; unavailable-after 2026-06-27T15:00:00Z"},
		{"X-Robots-Tag", "noai, noimageai", "tdm-reservation 1"},
		{"X-Robots-Tag", "all", ""},
		{"X-Robots-Tag", "googlebot: noindex, nosnippet, warta: noarchive", "noarchive"},
		{"X-Robots-Tag", "nosnippet, googlebot: noarchive", "nosnippet"},
		{"X-Robots-Tag", "warta: unavailable_after: 25 Jun 2026 15:00:00 GMT", "unavailable-after 2026-06-25T15:00:00Z"},
		{"X-Robots-Tag", "unavailable_after: besok", "unclear"},
		{"Tdm-Policy", "https://a.id/tdm.json", "odrl-policy https://a.id/tdm.json"},
		{"Link", `<https://a.id/p.jsonld>; rel="license"; type="application/ld+json"`, "odrl-policy https://a.id/p.jsonld"},
		{"Link", `<https://a.id/p>; rel="http://www.w3.org/ns/odrl/2/hasPolicy"`, "odrl-policy https://a.id/p"},
		{"Tdm-Reservation", "1", "tdm-reservation 1"},
		{"Tdm-Reservation", "yes", ""},
		{"Link", `<https://a.id/>; rel="alternate", <https://creativecommons.org/licenses/by/4.0/>; title="a, b"; rel=license`, "licence https://creativecommons.org/licenses/by/4.0/"},
		{"Link", `<https://a.id/r.xml>; rel="license"; type="application/rsl+xml"`, "rsl-terms https://a.id/r.xml"},
		{"Link", `<https://a.id/r.xml`, ""},
	} {
		h := http.Header{}
		h.Set(test.name, test.value)
		if got := said(Header(h, "https://kabar.example/feed/")); got != test.want {
			t.Errorf("%s: %s: %s, want %s", test.name, test.value, got, test.want)
		}
	}
}

func TestPage(t *testing.T) {
	for _, test := range []struct{ name, markup, want string }{
		{"robots", `<meta name="Robots" content="noindex,nosnippet">`, "noindex; nosnippet"},
		{"robots of others", `<meta name="googlebot" content="nosnippet">`, ""},
		{"robots for us", `<meta name="warta" content="noarchive">`, "noarchive"},
		{"tdm", `<meta name="tdm-reservation" content="1">`, "tdm-reservation 1"},
		{"rel=license", `<link rel="license" href="//creativecommons.org/licenses/by/4.0/">`, "licence https://creativecommons.org/licenses/by/4.0/"},
		{"own terms", `<footer><a rel="nofollow license" href="/hak-cipta">x</a></footer>`, "licence https://a.id/hak-cipta"},
		{"a picture's licence", `<figure><img src=x><figcaption><a rel=license href="https://creativecommons.org/licenses/by/4.0/">CC BY</a></figcaption></figure>`, ""},
		{"rsl", `<script type="application/rsl+xml"><rsl xmlns="https://rslstandard.org/rsl"><content url="/"><license><prohibits type="usage">all</prohibits></license></content></rsl></script>`, "rsl-prohibits /"},
		{"schema.org", `<script type="application/ld+json">{"@context":"https://schema.org","@graph":[{"@type":["NewsArticle"],"license":{"@type":"CreativeWork","url":"https://creativecommons.org/licenses/by-sa/4.0/"},"copyrightHolder":{"@type":"Organization","name":"Warta"},"isAccessibleForFree":"False"}]}</script>`,
			"paywall; licence https://creativecommons.org/licenses/by-sa/4.0/; copyright"},
		{"schema.org of a picture", `<script type="application/ld+json">{"@type":"NewsArticle","image":{"@type":"ImageObject","license":"https://creativecommons.org/licenses/by/4.0/"}}</script>`, ""},
		{"schema.org, free", `<script type="application/ld+json">{"@type":"NewsArticle","isAccessibleForFree":true}</script>`, ""},
		{"schema.org, broken", `<script type="application/ld+json">{"@type":"NewsArticle","license":</script>`, ""},
		{"footer", `<p>Cerita.</p><footer><p>© 2026 Warta. Dilarang mengutip tanpa izin redaksi.</p></footer>`, "copyright; no-copy"},
		{"below the story", `<article><p>Cerita.</p><div class="note">Dilarang keras mengutip berita ini tanpa izin redaksi.</div></article>`, "no-copy"},
		{"a story about it", `<article><p>Warga dilarang mengambil kayu tanpa izin.</p><p>"Dilarang mengutip berita tanpa izin redaksi," kata dia.</p></article>`, ""},
		{"words in scripts", `<script>var x = "Dilarang mengutip berita ini tanpa izin redaksi."</script><style>/* Dilarang mengutip berita ini tanpa izin redaksi. */</style>`, ""},
		{"schema.org, part not free", `<script type="application/ld+json">[{"@type":"WebSite"},{"@type":"NewsArticle","isAccessibleForFree":true,"hasPart":{"@type":"WebPageElement","isAccessibleForFree":"False","cssSelector":".premium"}}]</script>`, "paywall"},
		{"schema.org, spoilt", "<script type=\"application/ld+json\">//<![CDATA[\n{\"@type\":\"schema:NewsArticle\",\"headline\":\"a\nb\",\"creditText\":\"Warta/Budi\",\"isAccessibleForFree\":false,}\n//]]></script>", "paywall; copyright"},
		{"schema.org, beyond repair", `<script type="application/ld+json">{"@type":"NewsArticle","headline":"a "b" c","isAccessibleForFree":"False","license":"https://a.id/l"</script>`, "paywall; unclear"},
		{"schema.org policy", `<script type="application/ld+json">{"@type":"NewsArticle","hasPolicy":{"@id":"https://a.id/odrl.json"}}</script>`, "odrl-policy https://a.id/odrl.json"},
		{"microdata", `<article itemscope itemtype="https://schema.org/NewsArticle"><meta itemprop="isAccessibleForFree" content="False"><link itemprop="license" href="https://creativecommons.org/licenses/by/4.0/"><p itemprop="creditText">Warta / <b>Budi</b></p></article>`,
			"paywall; licence https://creativecommons.org/licenses/by/4.0/; copyright"},
		{"microdata, holder", `<div itemscope itemtype="http://schema.org/NewsArticle"><span itemprop="copyrightHolder" itemscope itemtype="http://schema.org/Organization"><span itemprop="name">Warta</span></span></div>`, "copyright"},
		{"microdata of a picture", `<div itemscope itemtype="https://schema.org/NewsArticle"><div itemprop="image" itemscope itemtype="https://schema.org/ImageObject"><a itemprop="license" href="https://creativecommons.org/licenses/by/4.0/">x</a><span itemprop="creditText">B</span></div></div>`, ""},
		{"microdata, the outlet's name", `<div itemscope itemtype="https://schema.org/NewsArticle"><span itemprop="publisher" itemscope itemtype="https://schema.org/Organization"><span itemprop="name">Warta</span></span></div>`, ""},
		{"tdm policy", `<meta name="tdm-policy" content="https://a.id/tdm.json">`, "odrl-policy https://a.id/tdm.json"},
		{"odrl", `<link rel="odrl:hasPolicy" href="https://a.id/odrl.json">`, "odrl-policy https://a.id/odrl.json"},
		{"no images", `<meta name="robots" content="max-image-preview:none, noimageindex">`, "noimage"},
		{"meta copyright", `<meta name="copyright" content="Warta, All Rights Reserved">`, "copyright reserved"},
		{"nothing", `<html><body><p>Halo</p></body></html>`, ""},
	} {
		if got := said(Page([]byte(test.markup), "https://a.id/berita/1")); got != test.want {
			t.Errorf("%s: %s, want %s", test.name, got, test.want)
		}
	}
}

// "unspecified" is also heeded as https.
func TestUnspecified(t *testing.T) {
	for _, href := range []string{"http://purl.org/atompub/license#unspecified", "https://purl.org/atompub/license#unspecified"} {
		it := sources.Item{Licenses: []string{href}}
		Item(&it, &sources.Document{Licenses: []string{"https://creativecommons.org/licenses/by/4.0/"}})
		if len(it.Evidence) != 1 || it.Evidence[0].Kind != sources.LicenceNone {
			t.Errorf("%s: %v", href, it.Evidence)
		}
	}
}

// Where a notice stands decides, and is said.
func TestPlaces(t *testing.T) {
	const notice = "Dilarang mengutip berita ini tanpa izin redaksi."
	story := func(n int) string { return strings.Repeat("<p>Hujan turun di Paser sejak pagi.</p>\n", n) }
	for _, test := range []struct{ name, content, where string }{
		{"last", story(20) + "<p>" + notice + "</p>", "text, last paragraph"},
		{"first", "<p>" + notice + "</p>" + story(20), "text, first paragraph"},
		{"near the end", story(20) + "<p>" + notice + "</p>" + story(2), "text, paragraph 21 of 23"},
		{"amid a long story", story(20) + "<p>" + notice + "</p>" + story(20), ""},
		{"alone", "<p>" + notice + "</p>", "text"},
		{"glued to the end", "<p>" + strings.Repeat("Hujan turun di Paser. ", 60) + "Pewarta: Rina" + notice + "</p>", "text"},
		{"after the byline", "<p>" + strings.Repeat("Hujan turun di Paser. ", 60) + "Pewarta: Rina Editor: Budi " + notice + "</p>", "text"},
		{"in bold, with hard spaces", story(9) + "<p><strong>Dilarang&nbsp;keras</strong>&#160;mengutip <em>berita ini</em> tanpa\n izin\u00ad redaksi.</p>", "text, last paragraph"},
		{"after line breaks", "<p>Hujan.<br>Reda.<br/>" + notice + "</p>", "text, last paragraph"},
		{"a caption", story(9) + "<figure><img src=x><figcaption>" + notice + "</figcaption></figure>", "text, caption"},
		{"in quotes", story(9) + "<p>Di pagar tertulis “" + notice + "” dengan huruf besar.</p>", ""},
		{"a quote with one mark missing", story(9) + "<p>\"Hujan turun, kata dia. " + notice + "</p>", "text, last paragraph"},
	} {
		it := sources.Item{Content: sources.Text{Value: test.content, Type: "html"}}
		Item(&it, &sources.Document{})
		where := ""
		if len(it.Evidence) > 0 {
			where = it.Evidence[0].Where
			if !strings.Contains(it.Evidence[0].Text, "mengutip") || strings.Contains(it.Evidence[0].Text, "Hujan turun di Paser.") {
				t.Errorf("%s: quotes %q", test.name, it.Evidence[0].Text)
			}
		}
		if where != test.where {
			t.Errorf("%s: at %q, want %q", test.name, where, test.where)
		}
	}
}

// A ban on pictures alone limits the pictures, wherever else words of the same
// sentence say that they stand; one on pictures and text, or on a site, limits
// both. Leave for pictures opens no text.
func TestPictures(t *testing.T) {
	for _, test := range []struct{ content, want string }{
		{"<p>Dilarang memakai foto di laman ini tanpa izin.</p>", "noimage"},
		{"<p>Seluruh foto dan video milik Warta Etam. Dilarang menyalin foto.</p>", "noimage"},
		{"<p>Photos on our website may not be reused without permission.</p>", "noimage"},
		{"<p>Karya foto ini tidak boleh disalin tanpa izin.</p>", "noimage"},
		{"<p>Dilarang mengutip berita dan foto tanpa izin redaksi.</p>", "no-copy; noimage"},
		{"<p>Dilarang menyalin situs ini beserta fotonya tanpa izin.</p>", "no-copy; noimage"},
		{"<p>Foto ini boleh digunakan dengan menyebut sumber.</p>", ""},
		{"<p>Hujan.</p><figure><img src=x><figcaption>Dilarang mengutip tanpa izin redaksi.</figcaption></figure><p>Reda.</p>", "noimage"},
	} {
		it := sources.Item{Content: sources.Text{Value: test.content, Type: "html"}}
		Item(&it, &sources.Document{})
		got := ""
		for _, e := range it.Evidence {
			if e.Kind != sources.Copyright {
				got = strings.TrimPrefix(got+"; "+string(e.Kind), "; ")
			}
		}
		if got != test.want {
			t.Errorf("%s: %q, want %q", test.content, got, test.want)
		}
	}
}

// The licence of a text in its own words or links, and of nothing else.
func TestLicenceInText(t *testing.T) {
	const story = "<p>Hujan turun di Paser.</p><p>Reda sore hari.</p>"
	for _, test := range []struct{ content, want string }{
		{story + `<p>This work is licensed under a <a rel="license" href="http://creativecommons.org/licenses/by-nc/4.0/">Creative Commons License</a>.</p>`, "licence https://creativecommons.org/licenses/by-nc/4.0/"},
		{story + `<p>Artikel ini berlisensi <a href="https://creativecommons.org/licenses/by-sa/4.0/deed.id">CC BY-SA</a>.</p>`, "licence https://creativecommons.org/licenses/by-sa/4.0/"},
		{story + `<p>This work is licensed under a Creative Commons License.</p>`, "licence https://creativecommons.org/licenses/"},
		{story + `<p>Foto: Rina (<a href="https://creativecommons.org/licenses/by-nc-nd/2.0/">CC BY-NC-ND 2.0</a>)</p>`, ""},
		{story + `<figure><img src=x><figcaption>This work is licensed under CC BY 4.0</figcaption></figure>`, ""},
		{story + `<p>Rina (<a href="https://creativecommons.org/licenses/by/2.0/">CC BY 2.0</a>)</p>`, ""},
		{`<p>This work is licensed under CC BY 4.0.</p>` + strings.Repeat(story, 9), ""},
		{story + `<p>“Semua karya kami berlisensi CC BY 4.0,” kata Rina.</p>`, ""},
	} {
		it := sources.Item{Content: sources.Text{Value: test.content, Type: "html"}}
		Item(&it, &sources.Document{})
		if got := said(it.Evidence); got != test.want {
			t.Errorf("%s: %s, want %s", test.content[len(story):], got, test.want)
		}
	}
}

func TestRemoved(t *testing.T) {
	it := sources.Item{Removed: []sources.Removal{{Text: "Copyright © ANTARA 2026 Dilarang keras mengambil konten ini tanpa izin tertulis.", Why: "footer"}}}
	Item(&it, nil)
	if got := said(it.Evidence); got != "no-copy; copyright" {
		t.Error(got)
	}
}

// However much is said, what is kept of it is bounded.
func TestBounds(t *testing.T) {
	doc := sources.Document{Rights: []sources.Statement{{Text: strings.Repeat("Dilarang mengutip berita ini tanpa izin. ", 100000)}}}
	for i := range 1000 {
		doc.Rights = append(doc.Rights, sources.Statement{Text: fmt.Sprint("© ", i), Where: "feed"})
	}
	Document(&doc)
	if len(doc.Evidence) > maxFound+10 {
		t.Errorf("%d pieces", len(doc.Evidence))
	}
	for _, e := range doc.Evidence {
		if len(e.Text) > prose.MaxQuote+10 {
			t.Errorf("%d bytes quoted", len(e.Text))
		}
	}
}
