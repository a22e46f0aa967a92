package parse

import (
	"fmt"
	"strings"
	"testing"

	"warta/sources"
)

// TestForms: the many forms in which feeds say the same thing, each in an item
// of its own.
func TestForms(t *testing.T) {
	const ns = `xmlns:atom="http://www.w3.org/2005/Atom" xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:content="http://purl.org/rss/1.0/modules/content/" ` +
		`xmlns:media="http://search.yahoo.com/mrss/" xmlns:itunes="http://www.itunes.com/dtds/podcast-1.0.dtd" xmlns:cc="http://creativecommons.org/ns#" ` +
		`xmlns:creativeCommons="http://backend.userland.com/creativeCommonsRssModule" xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" ` +
		`xmlns:feedburner="http://rssnamespace.org/feedburner/ext/1.0" xmlns:dcterms="http://purl.org/dc/terms/"`
	links := func(it sources.Item) string {
		out := []string{it.Link}
		for _, e := range it.Enclosures {
			out = append(out, fmt.Sprint(e.URL, " ", e.Type, " ", e.Length))
		}
		return strings.Join(out, "; ")
	}
	tags := func(it sources.Item) string {
		var out []string
		for _, c := range it.Categories {
			out = append(out, strings.Join([]string{c.Term, c.Scheme, c.Label}, "|"))
		}
		return strings.Join(out, "; ")
	}
	texts := func(it sources.Item) string {
		return fmt.Sprintf("%s %q; %s %q", it.Summary.Type, it.Summary.Value, it.Content.Type, it.Content.Value)
	}
	said := func(it sources.Item) string {
		var out []string
		for _, s := range it.Rights {
			out = append(out, s.Where+": "+s.Text)
		}
		return strings.Join(append(out, it.Licenses...), "; ")
	}
	title := func(it sources.Item) string { return it.Title.Type + " " + it.Title.Value }
	picture := func(it sources.Item) string {
		if it.Image == nil {
			return "none"
		}
		return it.Image.URL + " " + it.Image.Title
	}
	people := func(it sources.Item) string {
		var out []string
		for _, p := range append(it.Authors, it.Contributors...) {
			out = append(out, p.Role+" "+p.Name+" <"+p.Email+">"+p.URL)
		}
		return strings.Join(out, "; ")
	}
	for _, c := range []struct {
		dialect, markup string
		of              func(sources.Item) string
		want            string
	}{
		// Links.
		{"rss", `<link>https://a/1</link>`, links, "https://a/1"},
		{"rss", `<link href="https://a/1"/>`, links, "https://a/1"},
		{"rss", `<link url="https://a/1"/>`, links, "https://a/1"},
		{"rss", `<link/><link>https://a/1</link>`, links, "https://a/1"},
		{"rss", `<link>https://a/1</link><link rel="enclosure" href="https://a/1.mp3" type="audio/mpeg" length="12"/>`, links, "https://a/1; https://a/1.mp3 audio/mpeg 12"},
		{"rss", `<enclosure url="https://a/1.mp3" type="audio/mpeg" length="12"/><enclosure href="https://a/2.mp3"/><enclosure uri="https://a/3.mp3"/>`, links,
			"; https://a/1.mp3 audio/mpeg 12; https://a/2.mp3  0; https://a/3.mp3  0"},
		{"rss", `<link>https://a/1</link><feedburner:origLink>bukan alamat</feedburner:origLink>`, links, "https://a/1"},
		{"atom", `<link rel="alternate" type="application/pdf" href="https://a/1.pdf"/><link type="text/html" href="https://a/1"/>`, links, "https://a/1"},
		{"atom", `<link rel="alternate" type="application/pdf" href="https://a/1.pdf"/>`, links, "https://a/1.pdf"},
		{"atom", `<link rel="enclosure" href="https://a/1.mp3"/><link href="https://a/1"/>`, links, "https://a/1; https://a/1.mp3  0"},
		// Categories.
		{"rss", `<category domain="kanal">Daerah</category><category term="paser" scheme="wilayah" label="Paser"/><dc:subject>air</dc:subject>`, tags,
			"Daerah|kanal|; paser|wilayah|Paser; air||"},
		{"rss", `<atom:category term="paser" scheme="wilayah" label="Paser"/><keywords>air, banjir</keywords><media:keywords>foto,warga</media:keywords>`, tags,
			"paser|wilayah|Paser; foto||; warga||; air||; banjir||"},
		{"rss", `<itunes:keywords>air bersih, banjir</itunes:keywords>`, tags, "air bersih|http://www.itunes.com/|; banjir|http://www.itunes.com/|"},
		{"atom", `<category term="paser" scheme="wilayah" label="Paser"/><category>Daerah</category><dc:subject>air</dc:subject>`, tags, "paser|wilayah|Paser; Daerah||; air||"},
		// Texts.
		{"rss", `<description>Satu</description><description>Satu dan &lt;b>dua&lt;/b></description>`, texts, `html "Satu"; html "Satu dan <b>dua</b>"`},
		{"rss", `<description>Satu</description><dc:description>Satu dan dua</dc:description>`, texts, `html "Satu"; html "Satu dan dua"`},
		{"rss", `<description>Satu</description><content:encoded>Semua</content:encoded><dc:description>Lain</dc:description>`, texts, `html "Satu"; html "Semua"`},
		{"rss", `<dc:description>Satu</dc:description>`, texts, `html "Satu";  ""`},
		{"atom", `<summary>Satu</summary><summary type="html">Dua</summary>`, texts, `text "Satu"; html "Dua"`},
		{"atom", `<content>Polos</content><content type="html">&lt;p>Kaya&lt;/p></content>`, texts, ` ""; html "<p>Kaya</p>"`},
		{"atom", `<content type="application/octet-stream">Q29udG9oIDxiPkF0b208L2I+</content>`, texts, ` ""; html "Contoh <b>Atom</b>"`},
		{"atom", `<content type="image/png">iVBORw0KGgo=</content>`, texts, ` ""; image/png "iVBORw0KGgo="`},
		{"atom", `<content type="multipart/alternative"><content type="text/plain">Polos</content><content type="text/html" mode="escaped">&lt;p>Kaya&lt;/p></content></content>`, texts,
			` ""; html "<p>Kaya</p>"`},
		{"atom", `<content type="xml">Bukan jenis</content>`, texts, ` ""; text "Bukan jenis"`},
		// Titles that look like markup, and those that only speak of it.
		{"rss", `<title>Apa itu &lt;video></title>`, title, "html Apa itu <video>"},
		{"rss", `<title>Harga &lt;naik> 5 &lt; 6</title>`, title, "text Harga <naik> 5 < 6"},
		{"rss", `<title>Cair &amp;amp; padat</title>`, title, "html Cair &amp; padat"},
		{"rss", `<title>R&amp;D; riset</title>`, title, "text R&D; riset"},
		// Rights: nothing that was said is lost.
		{"atom", `<rights>Domain publik</rights><rights>Hak cipta dilindungi</rights>`, said, "entry rights: Domain publik; entry rights: Hak cipta dilindungi"},
		{"rss", `<copyright>Satu</copyright><copyright>Dua</copyright><dc:rights>Tiga</dc:rights><dc:rights>Empat</dc:rights>`, said,
			"entry rights: Satu; entry rights: Dua; entry dc:rights: Tiga; entry dc:rights: Empat"},
		{"rss", `<creativeCommons:license>https://creativecommons.org/licenses/by/4.0/</creativeCommons:license>`, said, "https://creativecommons.org/licenses/by/4.0/"},
		{"rss", `<creativeCommons:license>Attribution-NonCommercial</creativeCommons:license>`, said, "entry creativeCommons:license: Attribution-NonCommercial"},
		{"rss", `<cc:license rdf:resource="https://creativecommons.org/licenses/by-sa/4.0/"/><dcterms:license>https://a/izin</dcterms:license>`, said,
			"https://creativecommons.org/licenses/by-sa/4.0/; https://a/izin"},
		// Pictures that stand in an item as in a channel.
		{"rss", `<image><url>https://a/1.jpg</url><title>Foto</title></image>`, picture, "https://a/1.jpg Foto"},
		{"rss", `<image>https://a/1.jpg</image>`, picture, "https://a/1.jpg "},
		{"rss", `<image href="https://a/1.jpg"/>`, picture, "https://a/1.jpg "},
		// People.
		{"rss", `<author>ani@a.id (Ani)</author><author>Budi</author><dc:creator>Citra</dc:creator><dc:creator>Dewi</dc:creator>`, people,
			"author Ani <ani@a.id>; author Budi <>; author Citra <>; author Dewi <>"},
		{"rss", `<atom:author><atom:name>Ani</atom:name><atom:email>ani@a.id</atom:email><atom:uri>https://a/ani</atom:uri></atom:author><dc:contributor>Eka</dc:contributor>`, people,
			"author Ani <ani@a.id>https://a/ani; contributor Eka <>"},
		{"rss", `<author><name>Ani</name><email>ani@a.id</email></author>`, people, "author Ani <ani@a.id>"},
		{"rss", `<author>@ani</author>`, people, "author @ani <>"},
		{"rss", `<author>Ani (Paser) Wulan</author>`, people, "author Ani (Paser) Wulan <>"},
		{"atom", `<author>Ani</author><author><name>Budi</name><homepage>https://a/budi</homepage></author><contributor><name>Eka</name></contributor>`, people,
			"author Ani <>; author Budi <>https://a/budi; contributor Eka <>"},
	} {
		feed := `<rss version="2.0" ` + ns + `><channel><item>` + c.markup + `</item></channel></rss>`
		if c.dialect == "atom" {
			feed = `<feed xmlns="http://www.w3.org/2005/Atom" ` + ns + `><entry>` + c.markup + `</entry></feed>`
		}
		doc := mustParse(t, Input{Body: []byte(feed)})
		if got := c.of(doc.Items[0]); got != c.want {
			t.Errorf("%s: %s\ngot  %s\nwant %s", c.dialect, c.markup, got, c.want)
		}
	}
}

// TestRSS11: the items of RSS 1.1 lie in a list of their own; its namespace is
// another.
func TestRSS11(t *testing.T) {
	doc := mustParse(t, Input{Body: []byte(`<Channel xmlns="http://purl.org/net/rss1.1#" xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" xmlns:p="http://purl.org/net/rss1.1/payload#" rdf:about="https://a/feed">
<title>Kabar</title><link>https://a/</link><description>Daerah</description>
<items rdf:parseType="Collection"><item rdf:about="https://a/1"><title>Satu</title><link>https://a/1</link><description>Ringkas</description>
<p:payload rdf:parseType="Literal" xmlns="http://www.w3.org/1999/xhtml">Isi <em>penuh</em></p:payload></item></items></Channel>`)})
	it := doc.Items[0]
	if doc.Format != "rss1.1" || doc.Title.Value != "Kabar" || doc.Link != "https://a/" || len(doc.Warnings) > 0 ||
		it.ID != "https://a/1" || it.Link != "https://a/1" || it.Summary.Value != "Ringkas" || it.Content.Value != "Isi <em>penuh</em>" {
		t.Errorf("%s %q %q %v\n%+v", doc.Format, doc.Title.Value, doc.Link, doc.Warnings, it)
	}
}

// TestLanguages: xml:lang goes before lang, the nearest before those around it.
func TestLanguages(t *testing.T) {
	for markup, want := range map[string]string{
		`<feed xmlns="http://www.w3.org/2005/Atom" xml:lang="id"><entry><id>1</id><title>a</title></entry></feed>`:                                                                  "id id",
		`<feed xmlns="http://www.w3.org/2005/Atom" lang="id"><entry><id>1</id><title>a</title></entry></feed>`:                                                                      "id id",
		`<feed xmlns="http://www.w3.org/2005/Atom" xml:lang="id"><entry xml:lang="jv"><id>1</id><title>a</title></entry></feed>`:                                                    "jv jv",
		`<feed xmlns="http://www.w3.org/2005/Atom" xml:lang="id"><entry><id>1</id><title lang="jv">a</title></entry></feed>`:                                                        "id jv",
		`<feed xmlns="http://www.w3.org/2005/Atom"><entry><id>1</id><title lang="en" xml:lang="jv">a</title></entry></feed>`:                                                        " jv",
		`<feed xmlns="http://www.w3.org/2005/Atom" xml:lang="id"><entry xml:lang=""><id>1</id><title xml:lang="ms_MY">a</title></entry></feed>`:                                     "id ms-MY",
		`<rss version="2.0"><channel><language>id-ID</language><item><title>a</title></item></channel></rss>`:                                                                       "id-ID ",
		`<rss version="2.0" xmlns:dc="http://purl.org/dc/elements/1.1/"><channel><language>id</language><item><title>a</title><dc:language>jv</dc:language></item></channel></rss>`: "jv ",
	} {
		doc := mustParse(t, Input{Body: []byte(markup)})
		if got := doc.Items[0].Language + " " + doc.Items[0].Title.Language; got != want {
			t.Errorf("%s: %q, not %q", markup, got, want)
		}
	}
}
