package evidence

import (
	"bytes"
	"net/url"
	"strings"

	"golang.org/x/net/html"

	"warta/sources"
	"warta/sources/prose"
	"warta/sources/schemaorg"
)

// maxPage bounds how much of a page is read, in bytes.
const maxPage = 4 << 20

// maxTries bounds the paragraphs of a page's body that the rules are tried on.
const maxTries = 200

// Page reads an article page: robots and tdm meta, rel=license, schema.org
// members, RSL, and the notices printed outside the story. address is the
// page's own, for relative links.
func Page(markup []byte, address string) []sources.Evidence {
	if len(markup) > maxPage {
		markup = markup[:maxPage]
	}
	p := pageReader{address: address}
	p.base, _ = url.Parse(address)
	z := html.NewTokenizer(bytes.NewReader(markup))
	z.SetMaxBuf(maxPage)
	for {
		switch z.Next() {
		case html.ErrorToken:
			p.flush()
			p.linkedData()
			p.notices()
			return p.list
		case html.StartTagToken, html.SelfClosingTagToken:
			p.open(z)
		case html.EndTagToken:
			name, _ := z.TagName()
			p.close(string(name))
		case html.TextToken:
			p.text(z)
		}
	}
}

// pageReader is one pass over a page.
type pageReader struct {
	finder
	address string
	base    *url.URL
	based   bool   // by a <base>
	raw     string // script, style: what the text now is
	typ     string // its type attribute
	figure  int
	footer  int
	line    strings.Builder
	held    []heldLicence // links to licences in the paragraph that is being read
	foot    []string      // paragraphs of the footers
	body    []string      // paragraphs elsewhere
	data    microdata
	linked  schemaorg.Graph
}

func (p *pageReader) open(z *html.Tokenizer) {
	markup := ""
	if raw := z.Raw(); quotable(raw) {
		markup = string(raw) // before the tokenizer makes its names small
	}
	b, more := z.TagName()
	name := string(b)
	attrs := map[string]string{}
	for more {
		var k, v []byte
		k, v, more = z.TagAttr()
		if len(attrs) < 32 {
			attrs[string(k)] = string(v)
		}
	}
	if prose.Breaks(name) {
		p.flush()
	}
	switch name {
	case "base":
		if u, err := url.Parse(strings.TrimSpace(attrs["href"])); err == nil && p.base != nil && !p.based && attrs["href"] != "" {
			p.base, p.based = p.base.ResolveReference(u), true // the first counts (HTML section 4.2.3)
		}
	case "meta":
		p.meta(attrs, markup)
	case "link", "a", "area":
		p.link(name, attrs, markup)
	case "script", "style", "noscript", "template", "textarea", "select", "title", "svg":
		p.raw, p.typ = name, strings.ToLower(attrs["type"])
	case "figure":
		p.figure++
	case "footer":
		p.footer++
	}
	p.unquoted(name, attrs)
	p.data.open(p, name, attrs)
}

// unquoted reads data-nosnippet (Google's robots meta documentation) where it
// holds the story as a whole; on a part of it the feed's own text may not have it.
func (p *pageReader) unquoted(name string, attrs map[string]string) {
	if _, ok := attrs["data-nosnippet"]; !ok {
		return
	}
	if prose.HasToken(attrs["itemprop"], "articleBody") || name == "body" || name == "main" || name == "article" {
		p.add(sources.NoSnippet, "<"+name+" data-nosnippet>", "page "+name+" data-nosnippet", "")
	}
}

func (p *pageReader) close(name string) {
	p.data.close(p, name)
	if prose.Breaks(name) {
		p.flush()
	}
	switch name {
	case p.raw:
		p.raw = ""
	case "figure":
		p.figure = max(0, p.figure-1)
	case "footer":
		p.footer = max(0, p.footer-1)
	}
}

func (p *pageReader) text(z *html.Tokenizer) {
	switch {
	case p.raw == "script":
		switch body := z.Raw(); {
		case strings.HasPrefix(p.typ, "application/ld+json"):
			p.jsonLD(body)
		case strings.HasPrefix(p.typ, "application/rsl+xml"):
			p.list = append(p.list, RSLDocument(body, p.address, "page script application/rsl+xml")...)
		}
	case p.raw != "" || p.figure > 0:
	default:
		words := z.Text()
		p.line.Write(words)
		p.data.words(words)
	}
}

// flush ends a paragraph.
func (p *pageReader) flush() {
	if p.line.Len() == 0 && len(p.held) == 0 {
		return
	}
	text := prose.Tidy(p.line.String())
	p.line.Reset()
	p.settleHeld(text)
	switch {
	case text == "":
	case p.footer > 0 && len(p.foot) < prose.MaxBlocks:
		p.foot = append(p.foot, text)
	case p.footer == 0 && len(p.body) < prose.MaxBlocks:
		p.body = append(p.body, text)
	}
}

// notices reads the words. In a footer every finding counts; outside, where the
// story and its pictures stand too, only the formulas.
func (p *pageReader) notices() {
	set := rules()
	p.whole = true
	for _, text := range p.foot[max(0, len(p.foot)-maxTries):] {
		if found := set.sieve.Scan(text); len(text) <= maxBlock && set.any(&found) {
			p.blocks(set, []prose.Block{{Text: text, Of: 1}}, "page, footer")
		}
	}
	tries := maxTries
	for _, text := range p.body {
		if tries == 0 {
			return
		}
		if found := set.sieve.Scan(text); len(text) <= maxBlock && set.any(&found) {
			tries--
			before := len(p.list)
			p.blocks(set, []prose.Block{{Text: text, Of: 1}}, "page")
			p.list = dropWeak(p.list, before)
		}
	}
}

// dropWeak keeps, of what was found in the body of a page, the formulas: a
// mere copyright mark may be a picture's, a withdrawal another story's.
func dropWeak(list []sources.Evidence, from int) []sources.Evidence {
	kept := list[:from]
	for _, e := range list[from:] {
		if e.Kind == sources.NoCopy || e.Kind == sources.QuoteWithSource {
			kept = append(kept, e)
		}
	}
	return kept
}
