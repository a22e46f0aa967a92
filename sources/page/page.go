// Package page reads HTML pages: the feeds a page declares (the link types of
// HTML, "alternate" and "feed"), those it links to and the addresses at which
// feeds usually stand; and the story of an article page, with what its head
// says of it (schema.org, Open Graph).
//
// It is pure: it fetches nothing. Everything it returns was written by a
// stranger and is only a suggestion until it was fetched and read.
package page

import (
	"bytes"
	"cmp"
	"net/url"
	"slices"
	"strings"

	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"
)

// Bounds of what is looked at and returned. A page that needs more than these
// to name its feed isn't likely to have one.
const (
	maxPage   = 4 << 20
	maxTag    = 1 << 20
	maxFound  = 500
	maxLinks  = 50
	maxTitle  = 200
	maxLength = 2000 // of an address
)

// Link is a feed that a page seems to have.
type Link struct {
	URL      string // absolute, without fragment
	Title    string // as the page calls it
	Type     string // media type, in lower case, "" if the page names none
	Comments bool   // holds readers' comments, not stories

	rank  int
	order int
}

// Feeds lists the feeds a page names, the likeliest to hold its stories
// first and those of comments last. The base is the page's own address.
func Feeds(page []byte, base string) []Link {
	f := finder{byURL: map[string]int{}, anchor: -1}
	if u, err := url.Parse(base); err == nil {
		f.base, f.page = u, u
	} else {
		f.base, f.page = &url.URL{}, &url.URL{}
	}
	z := html.NewTokenizer(bytes.NewReader(page[:min(len(page), maxPage)]))
	z.SetMaxBuf(maxTag)
	for len(f.found) < maxFound {
		switch z.Next() {
		case html.ErrorToken: // the end, or a tag beyond the bound
			return f.sorted()
		case html.StartTagToken, html.SelfClosingTagToken:
			f.tag(z)
		case html.TextToken:
			if f.anchor >= 0 {
				f.words(z.Text())
			}
		case html.EndTagToken:
			if name, _ := z.TagName(); atom.Lookup(name) == atom.A {
				f.anchor = -1
			}
		}
	}
	return f.sorted()
}

// finder collects links on one walk over a page.
type finder struct {
	page, base *url.URL
	based      bool // a base element was seen; only the first counts
	found      []Link
	byURL      map[string]int
	anchor     int // index in found of the a element that is open, else -1
}

// attributes are those of a tag that matter here.
type attributes struct{ href, rel, mediaType, title string }

func (f *finder) tag(z *html.Tokenizer) {
	name, has := z.TagName()
	tag := atom.Lookup(name)
	if tag != atom.Link && tag != atom.A && tag != atom.Base {
		return
	}
	var a attributes
	for has {
		var k, v []byte
		k, v, has = z.TagAttr()
		switch atom.Lookup(k) {
		case atom.Href:
			a.href = strings.TrimSpace(string(v))
		case atom.Rel:
			a.rel = strings.ToLower(string(v))
		case atom.Type:
			a.mediaType = mediaType(string(v))
		case atom.Title:
			a.title = string(v)
		}
	}
	switch tag {
	case atom.Base:
		if u := resolve(f.page, a.href); u != nil && !f.based {
			f.base, f.based = u, true
		}
	case atom.Link:
		f.add(a, declared(a))
	case atom.A:
		f.anchor = -1
		if rank := linked(a); rank > 0 {
			f.anchor = f.add(a, rank)
		}
	}
}

// add keeps a link with its rank, zero meaning that it is no feed, and returns
// its index.
func (f *finder) add(a attributes, rank int) int {
	if rank == 0 {
		return -1
	}
	u := resolve(f.base, a.href)
	if u == nil {
		return -1
	}
	l := Link{URL: u.String(), Title: short(a.title), Type: a.mediaType, rank: rank, order: len(f.found)}
	if i, ok := f.byURL[l.URL]; ok {
		if old := &f.found[i]; old.rank < rank {
			old.rank, old.Type = rank, cmp.Or(l.Type, old.Type)
			old.Title = cmp.Or(l.Title, old.Title)
		}
		return -1
	}
	f.byURL[l.URL] = len(f.found)
	f.found = append(f.found, l)
	return l.order
}

// words names an anchor's feed after its text, where it has no title.
func (f *finder) words(text []byte) {
	l := &f.found[f.anchor]
	if l.Title == "" {
		l.Title = short(string(text))
	}
}

// resolve makes an address absolute; nil if it can't be a feed's.
func resolve(base *url.URL, href string) *url.URL {
	if href == "" || len(href) > maxLength {
		return nil
	}
	// feed: was a scheme to make browsers call a reader.
	if rest, ok := strings.CutPrefix(href, "feed:"); ok {
		href = rest
		if strings.HasPrefix(rest, "//") {
			href = "http:" + rest
		}
	}
	u, err := base.Parse(href)
	if err != nil || u.Host == "" || u.Scheme != "http" && u.Scheme != "https" {
		return nil
	}
	u.Fragment, u.RawFragment, u.User = "", "", nil
	return u
}

// sorted puts the likeliest first, and keeps the page's order among equals.
func (f *finder) sorted() []Link {
	for i := range f.found {
		f.judge(&f.found[i])
	}
	slices.SortStableFunc(f.found, func(a, b Link) int {
		return cmp.Or(cmp.Compare(b.rank, a.rank), cmp.Compare(a.order, b.order))
	})
	return f.found[:min(len(f.found), maxLinks)]
}

func mediaType(s string) string {
	s, _, _ = strings.Cut(s, ";")
	return strings.ToLower(strings.TrimSpace(s))
}

// short is a title on one line, of bounded length.
func short(s string) string {
	s = strings.Join(strings.Fields(strings.ToValidUTF8(s, "")), " ")
	if r := []rune(s); len(r) > maxTitle {
		s = string(r[:maxTitle])
	}
	return s
}
