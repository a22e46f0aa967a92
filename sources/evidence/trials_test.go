package evidence

import (
	"fmt"
	"net/http"
	"slices"
	"strings"
	"testing"
	"time"

	"warta/sources"
)

// saidOf lists what was found as "kind=value", with each finding's own words and
// place checked: verbatim is part of what was there.
func saidOf(t *testing.T, name string, list []sources.Evidence, within string) (out []string) {
	t.Helper()
	for _, e := range list {
		out = append(out, strings.TrimSuffix(fmt.Sprintf("%s=%s", e.Kind, e.Value), "="))
		if e.Where == "" || e.Text == "" {
			t.Errorf("%s: %+v has no words or no place", name, e)
		}
		if within != "" && !strings.Contains(within, e.Text) {
			t.Errorf("%s: %q is not quoted from what was there", name, e.Text)
		}
	}
	slices.Sort(out)
	return slices.Compact(out)
}

func wants(t *testing.T, name string, got []string, want ...string) {
	t.Helper()
	slices.Sort(want)
	if !slices.Equal(got, want) {
		t.Errorf("%s: found %q, want %q", name, got, want)
	}
}

// Robots directives in headers: for everybody, for us, for others; with dates
// that hold commas and zones that only Indonesia has.
func TestHeaderTrials(t *testing.T) {
	for _, tt := range []struct {
		values []string
		want   []string
	}{
		{[]string{"noindex, nofollow"}, []string{"noindex"}},
		{[]string{"googlebot: noindex, nosnippet"}, nil},
		{[]string{"warta: nosnippet"}, []string{"nosnippet"}},
		{[]string{"WARTA: max-snippet:50, noarchive"}, []string{"max-snippet=50", "noarchive"}},
		{[]string{"bingbot: noarchive", "warta: noimageindex"}, []string{"noimage"}},
		{[]string{"googlebot: nosnippet, warta: noarchive"}, []string{"noarchive"}},
		{[]string{"max-snippet:-1, max-image-preview:large"}, nil},
		{[]string{"max-snippet: 0"}, []string{"nosnippet"}},
		{[]string{"max-snippet=80, noimageindex"}, []string{"max-snippet=80", "noimage"}},
		{[]string{"max-snippet: sedikit"}, []string{"unclear"}},
		{[]string{"max-image-preview:none"}, []string{"noimage"}},
		{[]string{"max-image-preview: NONE, max-snippet: 120"}, []string{"noimage", "max-snippet=120"}},
		{[]string{"unavailable_after: 25 Jun 2027 15:00:00 WIB"}, []string{"unavailable-after=2027-06-25T08:00:00Z"}},
		{[]string{"unavailable_after: Friday, 25-Jun-27 15:00:00 UTC"}, []string{"unavailable-after=2027-06-25T15:00:00Z"}},
		{[]string{"warta: unavailable_after: Fri, 25 Jun 2027 15:00:00 GMT"}, []string{"unavailable-after=2027-06-25T15:00:00Z"}},
		{[]string{"googlebot: unavailable_after: Fri, 25 Jun 2027 15:00:00 GMT"}, nil},
		{[]string{"unavailable_after: 25 Jun 2027 15:00:00 PST"}, []string{"unavailable-after=2027-06-25T01:00:00Z"}}, // the earliest that it can mean
		{[]string{"noindex nosnippet"}, []string{"noindex", "nosnippet"}},
		{[]string{"max-snippet: 60 noarchive max-image-preview : none"}, []string{"max-snippet=60", "noarchive", "noimage"}},
		{[]string{"nosnippet: true, noindex"}, []string{"noindex", "nosnippet"}},
		{[]string{"Warta/1.0: nosnippet", "lain/2: noindex"}, []string{"nosnippet"}},
		{[]string{"unavailable_after: besok"}, []string{"unclear"}},
		{[]string{"unavailable_after: 2027-06-25"}, []string{"unavailable-after=2027-06-25T00:00:00Z"}},
		{[]string{"noindex", "nosnippet"}, []string{"noindex", "nosnippet"}},
		{[]string{"all"}, nil},
		{[]string{"none"}, []string{"noindex"}},
		{[]string{"max-snippet:-1; noarchive"}, []string{"noarchive"}},
		{[]string{"otherbot: noindex, nofollow, warta: max-image-preview: None"}, []string{"noimage"}},
		{[]string{"notranslate, indexifembedded, max-video-preview:0"}, nil},
	} {
		h := map[string][]string{"X-Robots-Tag": tt.values}
		name := strings.Join(tt.values, " | ")
		var lines []string
		for _, v := range tt.values {
			lines = append(lines, "X-Robots-Tag: "+v)
		}
		wants(t, name, saidOf(t, name, Header(h, "https://kabar.example/feed/"), strings.Join(lines, "\n")), tt.want...)
	}
	h := http.Header{}
	h.Add("Link", `<https://kabar.example/license.xml>; rel="license"; type="application/rsl+xml", <https://creativecommons.org/licenses/by-nc/4.0/>; rel=license`)
	h.Add("Link", `<https://kabar.example/tdm.json>; rel="tdm-policy"`)
	wants(t, "Link", saidOf(t, "Link", Header(h, "https://kabar.example/feed/"), strings.Join(h["Link"], "\n")), "licence=https://creativecommons.org/licenses/by-nc/4.0/", "odrl-policy=https://kabar.example/tdm.json", "rsl-terms=https://kabar.example/license.xml")
}

// What headers say besides: reservations stated twice, terms at addresses that
// are relative or whose relation is spelt as an address.
func TestHeaderTerms(t *testing.T) {
	for _, tt := range []struct {
		name, value string
		want        []string
	}{
		{"Tdm-Reservation", "1, 0", []string{"tdm-reservation=1"}},
		{"Tdm-Policy", "/tdm.json", []string{"odrl-policy=https://kabar.example/tdm.json"}},
		{"Content-Usage", "train-ai=n", []string{"tdm-reservation=1"}},
		{"Content-Usage", "train-ai=y", nil},
		{"Link", `</lisensi>; rel=license`, []string{"licence=https://kabar.example/lisensi"}},
		{"Link", `<https://kabar.example/x>; rel=license; anchor="/foto.jpg"`, nil},
		{"Link", `<https://kabar.example/x>; rel=license; anchor="/feed/"`, []string{"licence=https://kabar.example/x"}},
		{"Link", `<https://kabar.example/x>; title="a\"; rel=license"; rel=next; rel=license, <https://kabar.example/y>;title="b, c" ; REL = "nofollow license"`, []string{"licence=https://kabar.example/y"}},
		{"Link", `<https://kabar.example/x>; rel="http://www.iana.org/assignments/relation/license"`, []string{"licence=https://kabar.example/x"}},
		{"Link", `<//creativecommons.org:443/licenses/by/4.0/deed.id>; REL="License"`, []string{"licence=https://creativecommons.org/licenses/by/4.0/"}},
	} {
		name := tt.name + ": " + tt.value
		wants(t, name, saidOf(t, name, Header(map[string][]string{tt.name: {tt.value}}, "https://kabar.example/feed/"), ""), tt.want...)
	}
}

// What a page's markup says, in the many ways in which it may.
func TestPageTrials(t *testing.T) {
	const by = "https://creativecommons.org/licenses/by/4.0/"
	for _, tt := range []struct {
		name, page string
		want       []string
	}{
		{"article deep in a graph", `<script type="application/ld+json">{"@context":"https://schema.org","@graph":[{"@type":"WebSite","license":"https://example.org/bukan"},{"@type":"ItemPage","mainEntity":{"@type":["NewsArticle","Article"],"license":{"@type":"CreativeWork","url":"` + by + `"},"isAccessibleForFree":"False"}}]}</script>`,
			[]string{"licence=" + by, "paywall"}},
		{"types as a list of addresses", `<script type="application/ld+json">[{"@type":["https://schema.org/NewsArticle"],"license":["` + by + `"],"copyrightHolder":[{"@type":"Organization","name":"PT Kabar"},{"@type":"Person","name":"Sari"}]}]</script>`,
			[]string{"licence=" + by, "copyright"}},
		{"a picture's licence is not the text's", `<script type="application/ld+json">{"@type":"NewsArticle","image":{"@type":"ImageObject","license":"` + by + `"}}</script>`, nil},
		{"wholly nested part behind a wall", `<script type="application/ld+json">{"@type":"NewsArticle","hasPart":{"@type":"WebPageElement","isAccessibleForFree":false,"cssSelector":".x"}}</script>`, []string{"paywall"}},
		{"notice as usage info", `<script type="application/ld+json">{"@type":"ReportageNewsArticle","usageInfo":"Dilarang memperbanyak tanpa izin tertulis dari redaksi Kabar."}</script>`, []string{"no-copy"}},
		{"creditText and year", `<script type="application/ld+json">{"@type":"NewsArticle","creditText":"Kabar/Sari","copyrightNotice":"© 2026 Kabar"}</script>`, []string{"copyright"}},
		{"the story not to be quoted", `<meta name="x"><article data-nosnippet><p>Isi.</p></article>`, []string{"nosnippet"}},
		{"a part not to be quoted", `<article><p data-nosnippet>Isi.</p></article>`, nil},
		{"the body of the article not to be quoted", `<div itemprop="articleBody" data-nosnippet=""><p>Isi.</p></div>`, []string{"nosnippet"}},
		{"robots stated thrice, in any case", `<meta name="robots" content="index"><meta name="ROBOTS" content="NoSnippet"><meta name="robots" content=" MAX-SNIPPET : 40 ; max-image-preview : None">`, []string{"nosnippet", "max-snippet=40", "noimage"}},
		{"robots as a property, and as a header", `<meta property="robots" content="noarchive"><meta http-equiv="X-Robots-Tag" content="googlebot: nosnippet, warta: noindex">`, []string{"noarchive", "noindex"}},
		{"a licence and terms of its own in a list", `<script type="application/ld+json">{"@graph":[{"@type":"NewsArticle","license":["http://creativecommons.org/licenses/by/4.0/deed.id","/lisensi"]}]}</script>`, []string{"licence=" + by, "licence=https://kabar.example/lisensi"}},
		{"members with their vocabulary's address", `<script type="application/ld+json">{"@type":"http://schema.org/NewsArticle","https://schema.org/license":{"@list":["` + by + `"]},"schema:isAccessibleForFree":false}</script>`, []string{"licence=" + by, "paywall"}},
		{"licence relative to the page's base", `<base href="https://lain.example/dir/"><link rel="license" href="lisensi.html">`, []string{"licence=https://lain.example/dir/lisensi.html"}},
		{"the licence that Creative Commons had sites write", `<a rel="cc:license" href="` + by + `">CC</a>`, []string{"licence=" + by}},
		{"of something else, and of no page", `<a about="foto.jpg" rel="license" href="` + by + `">CC</a><template><a rel="license" href="` + by + `">CC</a></template>`, nil},
		{"tdm policy relative", `<meta name="tdm-reservation" content=" 1 "><meta name="tdm-policy" content="/p.json">`, []string{"tdm-reservation=1", "odrl-policy=https://kabar.example/p.json"}},
		{"robots by name", `<meta name="warta" content="nosnippet"><meta name="googlebot" content="noarchive">`, []string{"nosnippet"}},
		{"robots in capitals", `<META NAME="ROBOTS" CONTENT="NOARCHIVE, MAX-SNIPPET:40">`, []string{"noarchive", "max-snippet=40"}},
		{"an end in robots meta", `<meta name="robots" content="unavailable_after: 2027-01-31T17:00:00+08:00">`, []string{"unavailable-after=2027-01-31T09:00:00Z"}},
		{"tdm", `<meta name="tdm-reservation" content="1"><meta name="tdm-policy" content="https://kabar.example/p.json">`, []string{"tdm-reservation=1", "odrl-policy=https://kabar.example/p.json"}},
		{"tdm says no such value", `<meta name="tdm-reservation" content="yes">`, nil},
		{"licence relative, typed RSL", `<link rel="license" type="application/rsl+xml" href="/rsl.xml">`, []string{"rsl-terms=https://kabar.example/rsl.xml"}},
		{"licence among others", `<a rel="nofollow license noopener" href="` + by + `">CC BY</a>`, []string{"licence=" + by}},
		{"licence beside a picture", `<figure><img src="a.jpg"><a rel="license" href="` + by + `">CC BY</a></figure>`, nil},
		{"references within a graph", `<script type="application/ld+json">{"@graph":[{"@type":"NewsArticle","copyrightHolder":{"@id":"#org"},"license":{"@id":"#lisensi"},"hasPart":[{"@id":"#isi"}]},{"@id":"#lisensi","@type":"CreativeWork","url":"` + by + `"}]}</script><script type="application/ld+json">[{"@id":"#org","@type":"Organization","name":"PT Kabar","url":"https://kabar.example/"},{"@id":"#isi","isAccessibleForFree":"https://schema.org/False"}]</script>`,
			[]string{"licence=" + by, "copyright", "paywall"}},
		{"the page's own story among others", `<script type="application/ld+json">[{"@type":"NewsArticle","url":"https://www.kabar.example/berita/1/?utm_source=x","copyrightNotice":"© 2026 Kabar"},{"@type":"NewsArticle","mainEntityOfPage":{"@id":"/berita/2"},"license":"` + by + `","isAccessibleForFree":false}]</script>`, []string{"copyright"}},
		{"a story that only gives another address", `<script type="application/ld+json">{"@type":"NewsArticle","url":"https://kabar.example/berita/satu","isAccessibleForFree":"No"}</script>`, []string{"paywall"}},
		{"terms at addresses, and where to buy", `<script type="application/ld+json">{"@type":"NewsArticle","usageInfo":"/ketentuan","acquireLicensePage":"/beli"}</script>`, []string{"licence=https://kabar.example/ketentuan", "copyright"}},
		{"a part behind a wall, in microdata", `<article itemscope itemtype="https://schema.org/NewsArticle"><div itemprop="hasPart" itemscope itemtype="https://schema.org/WebPageElement"><meta itemprop="isAccessibleForFree" content="False"></div></article>`, []string{"paywall"}},
		{"RDFa", `<article vocab="https://schema.org/" typeof="NewsArticle"><a property="schema:license" href="` + by + `">CC</a><span property="copyrightHolder" typeof="Organization"><b property="name">PT Kabar</b></span></article>`, []string{"licence=" + by, "copyright"}},
		{"RDFa of a picture", `<div about="/foto.jpg"><a rel="license" href="` + by + `">CC</a><a property="license" href="` + by + `">CC</a></div>`, nil},
		{"a picture's in microdata", `<div itemscope itemtype="https://schema.org/ImageObject"><a rel="license" href="` + by + `">CC</a></div>`, nil},
		{"a licence under a picture without a figure", `<p class="keterangan">Foto: Budi / <a rel="license" href="` + by + `">CC BY 4.0</a></p>`, nil},
		{"a licence of the site's icons", `<footer><p>Icons by Fajar (<a rel="license" href="` + by + `">CC BY</a>)</p></footer>`, nil},
		{"a licence of all but pictures", `<footer><p>Isi situs ini, kecuali foto, berlisensi <a rel="license" href="` + by + `">ini</a>.</p></footer>`, []string{"licence=" + by}},
		{"the older relation", `<link rel="copyright" href="/hak-cipta">`, []string{"licence=https://kabar.example/hak-cipta"}},
		{"Dublin Core in its spellings", `<meta name="DCTERMS.license" content="` + by + `"><meta property="dct:rights" content="© 2026 Kabar"><meta name="dc.rightsHolder" content="PT Kabar">`, []string{"licence=" + by, "copyright"}},
		{"robots among names, and a tier", `<meta name="robots, bingbot" content="noindex"><meta property="article:content_tier" content="locked">`, []string{"noindex", "paywall"}},
		{"inline RSL that prohibits", `<script type="application/rsl+xml"><rsl xmlns="https://rslstandard.org/rsl"><content url="/"><license><prohibits type="usage">all</prohibits></license></content></rsl></script>`, []string{"rsl-prohibits=/"}},
		{"inline RSL for other pages", `<script type="application/rsl+xml"><rsl xmlns="https://rslstandard.org/rsl"><content url="/foto/"><license><prohibits type="usage">all</prohibits></license></content></rsl></script>`, nil},
		{"inline RSL for machines alone", `<script type="application/rsl+xml"><rsl xmlns="https://rslstandard.org/rsl"><content url="/"><license><permits type="usage">search</permits><prohibits type="usage">ai-train</prohibits></license></content></rsl></script>`, []string{"rsl-terms=/"}},
	} {
		wants(t, tt.name, saidOf(t, tt.name, Page([]byte("<html><head>"+tt.page+"</head><body><p>Isi.</p></body></html>"), "https://kabar.example/berita/1"), ""), tt.want...)
	}
}

// RSL documents: whose contents reach the page counts, a prohibition beats a
// permission, and a licence named for attribution is that licence.
func TestRSLTrials(t *testing.T) {
	const page = "https://kabar.example/berita/1?page=2"
	doc := func(content string) string {
		return `<?xml version="1.0"?><rsl xmlns="https://rslstandard.org/rsl">` + content + `</rsl>`
	}
	for _, tt := range []struct {
		name, body string
		want       []string
	}{
		{"all prohibited below a path", doc(`<content url="/berita/*"><license><permits type="usage">search</permits><prohibits type="usage">all</prohibits></license></content>`), []string{"rsl-prohibits=/berita/*"}},
		{"another path", doc(`<content url="/foto/*"><license><prohibits type="usage">all</prohibits></license></content>`), nil},
		{"the exact end", doc(`<content url="/berita/1$"><license><prohibits type="usage">all</prohibits></license></content>`), nil},
		{"our host, in other dress", doc(`<content url="//www.kabar.example:443/berita/*"><license><prohibits type="usage">all</prohibits></license></content>`), []string{"rsl-prohibits=//www.kabar.example:443/berita/*"}},
		{"another path of our host", doc(`<content url="//kabar.example/foto/*"><license><prohibits type="usage">all</prohibits></license></content>`), nil},
		{"a path without its slash", doc(`<content url="berita/"><license><prohibits type="usage">all</prohibits></license></content>`), []string{"rsl-prohibits=berita/"}},
		{"another host", doc(`<content url="https://lain.example/"><license><prohibits type="usage">all</prohibits></license></content>`), nil},
		{"our host", doc(`<content url="https://KABAR.example/berita/"><license><prohibits type="usage">all</prohibits></license></content>`), []string{"rsl-prohibits=https://KABAR.example/berita/"}},
		{"prefixed", `<r:rsl xmlns:r="https://rslstandard.org/rsl"><r:content url="/"><r:license><r:prohibits type="usage">ai-train all</r:prohibits></r:license></r:content></r:rsl>`, []string{"rsl-prohibits=/"}},
		{"countries are no use", doc(`<content url="/"><license><prohibits type="geo">all</prohibits></license></content>`), []string{"rsl-terms=/"}},
		{"attribution by a licence", doc(`<content url="/"><license><payment type="attribution"><standard>https://creativecommons.org/licenses/by-sa/4.0/</standard></payment></license></content>`),
			[]string{"licence=https://creativecommons.org/licenses/by-sa/4.0/", "rsl-terms=/"}},
		{"a purchase by a licence's name", doc(`<content url="/"><license><payment type="purchase"><standard>https://creativecommons.org/licenses/by-sa/4.0/</standard></payment></license></content>`), []string{"rsl-terms=/"}},
		{"two contents, the tighter counts too", doc(`<content url="/"><license><permits type="usage">all</permits></license></content><content url="/berita/"><license><prohibits type="usage">all</prohibits></license></content>`), []string{"rsl-prohibits=/berita/", "rsl-terms=/"}},
		{"no XML", `{"rsl": true}`, nil},
	} {
		wants(t, tt.name, saidOf(t, tt.name, RSLDocument([]byte(tt.body), page, "host /rsl.xml"), tt.body), tt.want...)
	}
	robots := "User-agent: googlebot\nLicense: https://kabar.example/google.xml\n\nUser-agent: *\nDisallow:\nLicense: https://kabar.example/rsl.xml # untuk semua\nContent-Signal: search=yes, ai-train=no\n"
	wants(t, "robots.txt", saidOf(t, "robots.txt", RobotsTxt([]byte(robots), "https://kabar.example/robots.txt"), robots), "rsl-terms=https://kabar.example/rsl.xml", "tdm-reservation=1")
	robots = "User-agent: *\nLicense: /rsl.xml\nLicense: dir/b.xml\n"
	wants(t, "robots.txt, relative", saidOf(t, "robots.txt, relative", RobotsTxt([]byte(robots), "https://kabar.example/robots.txt"), robots), "rsl-terms=https://kabar.example/rsl.xml", "rsl-terms=https://kabar.example/dir/b.xml")
	robots = "\ufeffLICENSE: https://kabar.example/semua.xml\r\nUser-agent: warta\r\nLicense: https://kabar.example/kita.xml\r\nContent-Usage: train-ai=y\r\n"
	wants(t, "robots.txt before groups", saidOf(t, "robots.txt", RobotsTxt([]byte(robots), "https://kabar.example/robots.txt"), robots), "rsl-terms=https://kabar.example/kita.xml", "rsl-terms=https://kabar.example/semua.xml")
}

// tdmrep.json with patterns, addresses and several policies: the first rule that
// reaches the page counts, and one that is more specific and reserves before it.
func TestTDMTrials(t *testing.T) {
	body := []byte(`[{"location": "/foto/*.jpg$", "tdm-reservation": 1, "tdm-policy": "https://kabar.example/foto.json"},
		{"location": "/berita/bebas/", "tdm-reservation": 0}, {"location": "/berita/", "tdm-reservation": "1", "tdm-policy": "teks.json"}, {"location": "/lain", "tdm-reservation": true},
		{"location": "https://www.kabar.example/opini/*", "tdm-reservation": 1}, {"location": "https://lain.example/", "tdm-reservation": 1},
		{"location": "/arsip", "tdm-reservation": 0}, {"location": "/arsip/premium/", "tdm-reservation": 1}]`)
	for path, want := range map[string][]string{
		"/berita/1":        {"tdm-reservation=1", "odrl-policy=https://kabar.example/.well-known/teks.json"},
		"/berita/bebas/1":  {"tdm-reservation=0"},
		"/foto/a.jpg":      {"tdm-reservation=1", "odrl-policy=https://kabar.example/foto.json"},
		"/opini/1":         {"tdm-reservation=1"},
		"/arsip/1":         {"tdm-reservation=0"},
		"/arsip/premium/1": {"tdm-reservation=1"}, // written the wrong way round
		"/foto/a.jpg?x=1":  nil, "/": nil, "/lain": nil,
	} {
		wants(t, path, saidOf(t, path, HostTDM(body, "https://kabar.example"+path), ""), want...)
	}
}

// A policy that a feed or an entry links to is recorded, and grants nothing.
func TestLinkedPolicyTrial(t *testing.T) {
	const rel = "http://www.w3.org/ns/odrl/2/hasPolicy"
	doc := &sources.Document{Links: []sources.Link{{Rel: "tdm-policy", Href: "https://kabar.example/feed.json"}, {Rel: "self", Href: "https://kabar.example/feed"}}}
	it := &sources.Item{Links: []sources.Link{{Rel: rel, Href: "https://kabar.example/1.json"}, {Rel: "alternate", Href: "https://kabar.example/1"}}}
	Document(doc)
	Item(it, doc)
	wants(t, "feed", saidOf(t, "feed", doc.Evidence, ""), "odrl-policy=https://kabar.example/feed.json")
	wants(t, "entry", saidOf(t, "entry", it.Evidence, ""), "odrl-policy=https://kabar.example/1.json")
}

// RSL in a feed's head speaks of the entries whose pages it reaches, and of all
// where it does not say.
func TestRSLOfFeed(t *testing.T) {
	content := func(url string) sources.Signal {
		return sources.Signal{Name: "rsl:content", Attrs: map[string]string{"url": url}, Where: "feed", Markup: `<rsl:content url="` + url + `"><rsl:license><rsl:prohibits type="usage">all</rsl:prohibits></rsl:license></rsl:content>`}
	}
	for _, tt := range []struct {
		url, link string
		want      []string
	}{
		{"/foto/", "https://kabar.example/berita/1", nil},
		{"/berita/*", "https://kabar.example/berita/1", []string{"rsl-prohibits=/berita/*"}},
		{"https://kabar.example/", "https://kabar.example/berita/1", []string{"rsl-prohibits=https://kabar.example/"}},
		{"/foto/", "", []string{"rsl-prohibits=/foto/"}},
		{"", "https://kabar.example/berita/1", []string{"rsl-prohibits"}},
	} {
		doc, it := &sources.Document{Signals: []sources.Signal{content(tt.url)}}, &sources.Item{Link: tt.link}
		Document(doc)
		Item(it, doc)
		name := tt.url + " for " + tt.link
		wants(t, name, saidOf(t, name, append(doc.Evidence, it.Evidence...), ""), tt.want...)
	}
}

// dcterms:available is an embargo where it is a whole date after the story's own.
func TestAvailable(t *testing.T) {
	published := sources.Date{Time: time.Date(2026, 6, 1, 7, 0, 0, 0, time.UTC)}
	for value, want := range map[string][]string{
		"2026-06-20T10:00:00+08:00": {"embargo=2026-06-20T02:00:00Z"}, "2026-06-20": {"embargo=2026-06-19T17:00:00Z"},
		"start=2026-06-20; end=2026-07-01; scheme=W3C-DTF": {"embargo=2026-06-19T17:00:00Z"}, "2026-06-20T10:00": {"embargo=2026-06-20T03:00:00Z"},
		"2026-06-01T07:00:00Z": nil, "2026-05-01": nil, "2027": nil, "2026-12": nil, "segera": nil, "": nil,
	} {
		it := &sources.Item{Published: published, Signals: []sources.Signal{{Name: "dcterms:available", Value: value, Where: "entry", Markup: "<dcterms:available>" + value + "</dcterms:available>"}}}
		Item(it, nil)
		wants(t, value, saidOf(t, value, it.Evidence, ""), want...)
	}
}

// dcterms:accessRights shuts where it says that not everybody may see a story.
func TestAccessRights(t *testing.T) {
	for text, want := range map[string][]string{
		"info:eu-repo/semantics/embargoedAccess": {"embargo"}, "http://purl.org/coar/access_right/c_16ec": {"unclear"}, "Akses Terbatas": {"unclear"},
		"info:eu-repo/semantics/openAccess": {"copyright"}, "Dilarang menyalin tanpa izin.": {"no-copy"},
	} {
		it := &sources.Item{Rights: []sources.Statement{{Text: text, Where: "entry dcterms:accessrights"}}}
		Item(it, nil)
		wants(t, text, saidOf(t, text, it.Evidence, text), want...)
	}
}

// media:restriction binds a text where it shuts us out; single countries are of the media.
func TestMediaRestrictionTrials(t *testing.T) {
	for _, tt := range []struct {
		relationship, kind, value string
		denied                    bool
	}{
		{"deny", "sharing", "", true}, {"deny", "", "all", true}, {"deny", "country", "my sg", false}, {"deny", "country", "all", true},
		{"allow", "country", "us au", false}, {"allow", "country", "all", false}, {"allow", "", "all", false}, {"allow", "", "none", true},
		{"allow", "uri", "https://mitra.example/", true}, {"allow", "uri", "all", false}, {"deny", "uri", "https://lain.example/", true}, {"deny", "uri", "none", false},
	} {
		var f finder
		f.signal(&sources.Signal{Name: "media:restriction", Value: tt.value, Attrs: map[string]string{"relationship": tt.relationship, "type": tt.kind}}, "entry")
		if denied := len(f.list) == 1 && f.list[0].Kind == sources.SharingDenied; denied != tt.denied {
			t.Errorf("%+v: %v", tt, f.list)
		}
	}
}

// A licence that a story's text links to is the story's, beside a picture the picture's.
func TestLinkedInText(t *testing.T) {
	const nd = "https://creativecommons.org/licenses/by-nd/4.0/"
	link := `<a rel="license" href="` + nd + `">di sini</a>`
	for text, want := range map[string][]string{
		"<p>Isi.</p><p>Syaratnya " + link + ".</p>": {"licence=" + nd}, "<p>Isi.</p><p>Foto: Budi, " + link + "</p>": nil,
		"<figure><img src='a.jpg'><figcaption>Budi, " + link + "</figcaption></figure><p>Isi.</p>": nil, "<p>Isi <a href='https://kabar.example/license'>license</a>.</p>": nil,
	} {
		it := &sources.Item{Content: sources.Text{Value: text, Type: "html"}}
		Item(it, nil)
		wants(t, text, saidOf(t, text, it.Evidence, text), want...)
	}
}

// What a picture says of itself is the picture's: a ban there leaves the text alone.
func TestImageWords(t *testing.T) {
	for _, tt := range []struct {
		image sources.Image
		want  []string
	}{
		{sources.Image{Copyright: "© Budi. Dilarang menggunakan foto ini tanpa izin."}, []string{"noimage"}},
		{sources.Image{License: "Tidak untuk dimuat ulang."}, []string{"noimage"}},
		{sources.Image{Caption: "Pasar pagi. Dilarang memakai foto ini tanpa izin."}, []string{"noimage"}},
		{sources.Image{Copyright: "© 2026 Budi", Credit: "Budi", Caption: "Warga dilarang masuk pasar.", License: "https://foto.example/ketentuan"}, nil},
	} {
		it := &sources.Item{Content: sources.Text{Value: "<p>Isi.</p>", Type: "html"}, Image: &tt.image}
		Item(it, nil)
		wants(t, tt.image.Copyright+tt.image.License+tt.image.Caption, saidOf(t, "image", it.Evidence, ""), tt.want...)
	}
}
