package page

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"net/url"
	"strings"
	"unicode"
	"unicode/utf8"

	"codeberg.org/readeck/go-readability/v2"
	"golang.org/x/net/html"
	"golang.org/x/net/html/charset"

	"warta/sources"
)

// Article reads an article page as a document of one item: what its head says
// (schema.org, Open Graph, meta elements) before what its text looks like. The
// address is where it came from and what its links are relative to.
//
// An error means that there is no story to be found, and says why.
func Article(ctx context.Context, body []byte, contentType, address string) (*sources.Document, error) {
	if len(bytes.TrimSpace(body)) == 0 {
		return nil, errors.New("the page is empty")
	}
	body = body[:min(len(body), maxPage)]
	text, err := decoded(body, contentType)
	if err != nil {
		return nil, fmt.Errorf("reading the page's encoding: %w", err)
	}
	root, err := html.Parse(text)
	if err != nil {
		return nil, fmt.Errorf("reading the page: %w", err)
	}
	if err := ctx.Err(); err != nil {
		return nil, err
	}
	h := readHead(root)
	seen := readVisible(root, first(h.news.Headline, h.meta["og:title"], h.meta["twitter:title"], h.title))
	h.complete(seen)
	doc := h.document(address)
	it := &doc.Items[0]
	pageURL, err := url.Parse(address)
	if err != nil || address == "" {
		pageURL = &url.URL{Scheme: "http", Host: "page.invalid"} // readability wants one
	}
	story, err := readability.FromDocument(root, pageURL)
	if err == nil && story.Node != nil {
		fillStory(it, story)
	}
	bylines(doc, it, seen.bylines)
	if it.Title.Value == "" && it.Content.Value == "" {
		return nil, errors.New("no story was found in the page: it has neither a title nor a text")
	}
	if it.Content.Value == "" {
		doc.Warnings = append(doc.Warnings, sources.Warning{Code: "no-text", Message: "the page has a headline, but no text was found in it", Offset: -1})
	}
	identify(it)
	return doc, nil
}

// UTF8 is a page in UTF-8, whatever it is written in. What can't be decoded stays
// as it is.
func UTF8(body []byte, contentType string) []byte {
	if utf8.Valid(body) && !bytes.ContainsRune(body, 0) { // a page in UTF-16 is valid, and half of it is nothing
		return body
	}
	r, err := charset.NewReader(bytes.NewReader(body), contentType)
	if err != nil {
		return body
	}
	text, err := io.ReadAll(r)
	if err != nil {
		return body
	}
	return text
}

// decoded reads the page's bytes. What is UTF-8 throughout and not only ASCII
// is UTF-8, whatever is declared, or not declared early enough.
func decoded(body []byte, contentType string) (io.Reader, error) {
	if utf8.Valid(body) && bytes.ContainsFunc(body, func(r rune) bool { return r >= utf8.RuneSelf }) {
		return bytes.NewReader(body), nil
	}
	return charset.NewReader(bytes.NewReader(body), contentType)
}

// bylines adds the names that stand under the headline. They take the place of
// an author in the head who is only the outlet, or an account.
func bylines(doc *sources.Document, it *sources.Item, names []string) {
	var people []sources.Person
	for _, p := range it.Authors {
		if !isOutlet(doc, it, p) {
			people = append(people, p)
		}
	}
	said := len(people)
	if said > 0 {
		people = it.Authors // an agency beside them has its part too
	}
	for _, n := range names {
		if p := (sources.Person{Name: n, Raw: n}); !isOutlet(doc, it, p) && !isNamed(people, n) && (said == 0 || fullName(n)) {
			people = append(people, p)
		}
	}
	if len(people) > 0 {
		it.Authors = people
	}
}

// isOutlet reports whether a person is the outlet itself.
func isOutlet(doc *sources.Document, it *sources.Item, p sources.Person) bool {
	name := sources.Letters(p.Name)
	return p.Organization || name == "" || name == sources.Letters(doc.Title.Value) || name == sources.Letters(it.Holder)
}

// isNamed reports whether a byline names somebody who is known, or part of it
// does: "Oleh Siti Rahma" and "Siti Rahma".
func isNamed(people []sources.Person, byline string) bool {
	for _, p := range people {
		if a, b := sources.Letters(p.Name), sources.Letters(byline); strings.Contains(b, a) || strings.Contains(a, b) {
			return true
		}
	}
	return false
}

// fullName reports whether a byline is a name of two to four words and no more.
func fullName(s string) bool {
	words := strings.Fields(s)
	for _, w := range words {
		if r, _ := utf8.DecodeRuneInString(w); !unicode.IsUpper(r) || strings.ContainsAny(w, ":|/0123456789@") {
			return false
		}
	}
	return len(words) >= 2 && len(words) <= 4
}

// fillStory takes from the text what the head did not say.
func fillStory(it *sources.Item, story readability.Article) {
	var b strings.Builder
	if story.RenderHTML(&b) == nil {
		it.Content = sources.Text{Value: b.String(), Type: "html", Base: it.Base}
	}
	if it.Title.Value == "" {
		it.Title = sources.Text{Value: story.Title(), Type: "text"}
	}
	if by := strings.TrimSpace(story.Byline()); by != "" && len(it.Authors) == 0 && len(by) <= 200 {
		it.Authors = []sources.Person{{Name: by, Raw: by}}
	}
}

// identify gives the item its id: the page's own address, else a digest.
func identify(it *sources.Item) {
	switch {
	case it.Link != "":
		it.ID, it.IDFrom = it.Link, sources.IDFromLink
	default:
		it.ID, it.IDFrom = "derived:"+it.Title.Value+"/"+it.Published.Raw, sources.IDFromDerived
	}
}

// head is what the head of a page says of the story.
type head struct {
	meta      map[string]string // first value by lower-case name or property
	lists     map[string][]string
	title     string
	canonical string
	base      string
	language  string
	licenses  []string
	news      newsArticle // schema.org
}

// readHead collects a page's statements about itself.
func readHead(root *html.Node) *head {
	h := &head{meta: make(map[string]string), lists: make(map[string][]string)}
	for n := range root.Descendants() {
		if n.Type != html.ElementNode {
			continue
		}
		switch n.Data {
		case "html":
			h.language = attribute(n, "lang")
		case "base":
			h.base = first(h.base, attribute(n, "href"))
		case "title":
			if h.title == "" && n.Namespace == "" {
				h.title = strings.TrimSpace(textOf(n))
			}
		case "meta":
			h.addMeta(n)
		case "link":
			h.addLink(n)
		case "script":
			if strings.EqualFold(strings.TrimSpace(attribute(n, "type")), "application/ld+json") {
				h.news.read(textOf(n))
			}
		}
	}
	return h
}

func (h *head) addMeta(n *html.Node) {
	name := strings.ToLower(first(attribute(n, "property"), attribute(n, "name"), attribute(n, "itemprop")))
	value := strings.TrimSpace(attribute(n, "content"))
	if name == "" || value == "" || len(h.lists[name]) >= 20 {
		return
	}
	if h.meta[name] == "" {
		h.meta[name] = value
	}
	h.lists[name] = append(h.lists[name], value)
}

func (h *head) addLink(n *html.Node) {
	href := strings.TrimSpace(attribute(n, "href"))
	for _, rel := range strings.Fields(strings.ToLower(attribute(n, "rel"))) {
		switch {
		case href == "":
		case rel == "canonical":
			h.canonical = first(h.canonical, href)
		case rel == "license" && len(h.licenses) < 10:
			h.licenses = append(h.licenses, href)
		}
	}
}

// document puts the head's statements where a feed's would be.
func (h *head) document(address string) *sources.Document {
	base := address
	if h.base != "" {
		base = absolute(address, h.base)
	}
	language := first(h.news.Language, h.language, strings.ReplaceAll(h.meta["og:locale"], "_", "-"))
	it := sources.Item{
		Link:      absolute(base, first(h.canonical, h.news.URL, h.meta["og:url"], address)),
		Title:     sources.Text{Value: first(h.news.Headline, h.meta["og:title"], h.meta["twitter:title"], h.title), Type: "text"},
		Summary:   sources.Text{Value: first(h.meta["og:description"], h.meta["description"], h.news.Description), Type: "text"},
		Published: sources.Date{Raw: h.published()},
		Updated:   sources.Date{Raw: first(h.news.Modified, h.meta["article:modified_time"], h.meta["og:updated_time"], h.meta["datemodified"])},
		Authors:   h.authors(),
		Language:  language, Base: base, Licenses: h.licenses, Holder: h.news.Holder,
	}
	if h.news.License != "" {
		it.Licenses = append(it.Licenses, h.news.License)
	}
	if h.news.Notice != "" {
		it.Rights = append(it.Rights, sources.Statement{Text: h.news.Notice, Where: "page schema.org copyrightNotice"})
	}
	if c := first(h.meta["copyright"], h.meta["dc.rights"]); c != "" {
		it.Rights = append(it.Rights, sources.Statement{Text: c, Where: "page meta copyright"})
	}
	for _, tag := range append(h.lists["article:tag"], h.lists["article:section"]...) {
		it.Categories = append(it.Categories, sources.Category{Term: tag})
	}
	if img := first(h.news.Image, h.meta["og:image"]); img != "" {
		it.Image = &sources.Image{URL: absolute(base, img), Credit: h.news.Credit, Caption: h.meta["og:image:alt"]}
	}
	return &sources.Document{
		Format: "page", URL: address, Base: base, Link: absolute(base, "/"), Language: language,
		Title: sources.Text{Value: first(h.meta["og:site_name"], h.news.Publisher), Type: "text"},
		Items: []sources.Item{it}, Entries: 1,
	}
}

// published is the first date of publication that the head states.
func (h *head) published() string {
	date := h.news.Published
	for _, name := range [...]string{"article:published_time", "datepublished", "publishdate", "date", "dc.date", "pubdate", "publish-date",
		"publication_date", "dc.date.issued", "dcterms.created", "dcterms.date", "dcterms.issued", "parsely-pub-date", "sailthru.date",
		"cxenseparse:recs:publishtime", "dtk:publishdate", "content_publisheddate", "originalpublicationdate", "article.published",
		"article:published", "og:published_time", "og:article:published_time"} {
		date = first(date, h.meta[name])
	}
	return date
}

// authors are those schema.org names, else those of the meta elements. An
// outlet is only taken for the author where no name is stated anywhere.
func (h *head) authors() []sources.Person {
	for _, p := range h.news.Authors {
		if !p.Organization && sources.Letters(p.Name) != sources.Letters(first(h.meta["og:site_name"], h.news.Publisher)) {
			return h.news.Authors
		}
	}
	if out := h.metaAuthors(); len(out) > 0 && !outletAlone([]string{out[0].Name}, h) || len(h.news.Authors) == 0 {
		return out
	}
	return h.news.Authors
}

// outletAlone reports whether a list of authors is only the outlet, or an
// address of a profile.
func outletAlone(names []string, h *head) bool {
	for _, n := range names {
		if l := sources.Letters(n); l != "" && !strings.Contains(n, "://") && l != sources.Letters(h.meta["og:site_name"]) && l != sources.Letters(h.news.Publisher) {
			return false
		}
	}
	return true
}

// authorLabel reports whether a label says that its value is the author.
func authorLabel(s string) bool {
	switch strings.ToLower(s) {
	case "ditulis oleh", "written by", "penulis", "oleh", "author", "door", "écrit par", "escrito por", "verfasst von", "geschrieben von", "scritto da":
		return true
	}
	return false
}

// metaAuthors are those the meta elements name, the first kind that names any.
func (h *head) metaAuthors() []sources.Person {
	var out []sources.Person
	var stated []string
	for _, name := range [...]string{"article:author", "author", "cxenseparse:author", "parsely-author", "sailthru.author", "dc.creator", "dcterms.creator",
		"dc.contributor.author", "citation_author", "byl", "content_author", "dtk:author", "og:article:author", "twitter:data1"} {
		if name == "twitter:data1" && !authorLabel(h.meta["twitter:label1"]) {
			continue // WordPress: "Ditulis oleh" and the name
		}
		if stated = h.lists[name]; len(stated) > 0 && !outletAlone(stated, h) {
			break
		}
	}
	if len(stated) == 0 {
		stated = append(h.lists["article:author"], h.lists["author"]...)
	}
	for _, name := range stated {
		if strings.Contains(name, "://") || len(out) > 0 && out[len(out)-1].Name == name {
			continue // a profile's address is no name
		}
		out = append(out, sources.Person{Name: name, Raw: name})
	}
	return out
}

func first(values ...string) string {
	for _, v := range values {
		if v = strings.TrimSpace(v); v != "" {
			return v
		}
	}
	return ""
}

// textOf is the text inside a node.
func textOf(n *html.Node) string {
	var b strings.Builder
	for d := range n.Descendants() {
		if d.Type == html.TextNode {
			b.WriteString(d.Data)
		}
	}
	return b.String()
}

// absolute resolves a reference against an address (RFC 3986 section 5.2); one
// that can't be resolved is returned as it is.
func absolute(base, ref string) string {
	if ref == "" {
		return ""
	}
	b, err := url.Parse(base)
	if err != nil || base == "" {
		return ref
	}
	u, err := b.Parse(ref)
	if err != nil {
		return ref
	}
	return u.String()
}

func attribute(n *html.Node, name string) string {
	for _, a := range n.Attr {
		if a.Key == name {
			return a.Val
		}
	}
	return ""
}
