package page

import (
	"net/url"
	"path"
	"slices"
	"strings"
)

// How sure a kind of link is to be a feed. What a page declares goes before
// what it only links to.
const (
	rankFeedType = 100 // rel=alternate with a feed's media type
	rankFeedRel  = 80  // rel=feed
	rankXML      = 60  // rel=alternate with a type that may be a feed's
	rankAnchor   = 40  // a link to an address that looks like a feed's
	rankWord     = 20  // a link that only names RSS in its address

	lessSection  = 10  // a section's feed, where the page is not that section
	lessElse     = 15  // on another site
	lessComments = 200 // below every other
)

// feedTypes are media types of feeds, registered and in use.
var feedTypes = map[string]int{
	"application/rss+xml":    rankFeedType,
	"application/atom+xml":   rankFeedType,
	"application/feed+json":  rankFeedType,
	"application/rdf+xml":    rankFeedType,
	"application/x-rss+xml":  rankFeedType,
	"application/x.atom+xml": rankFeedType,
	"application/x-atom+xml": rankFeedType,
	"application/rss":        rankFeedType,
	"application/atom":       rankFeedType,
	"text/rss":               rankFeedType,
	"text/rss+xml":           rankFeedType,
	"text/atom+xml":          rankFeedType,
	"text/xml":               rankXML,
	"application/xml":        rankXML,
	"application/json":       rankXML, // JSON Feed 1.0; but WordPress' API too
}

// declared ranks a link element: rel=alternate with a feed's type (RSS
// autodiscovery, Atom autodiscovery, JSON Feed), or rel=feed.
func declared(a attributes) int {
	rel := strings.Fields(a.rel)
	alternate, feed := slices.Contains(rel, "alternate"), slices.Contains(rel, "feed")
	if slices.Contains(rel, "stylesheet") || !alternate && !feed {
		return 0
	}
	rank := feedTypes[a.mediaType]
	switch {
	case rank == rankXML && !looksLikeFeed(a.href) && !feed:
		return 0 // a sitemap, an interface, oEmbed
	case rank > 0:
		return rank
	case feed && a.mediaType == "": // text/html would be an h-feed, which we don't read
		return rankFeedRel
	}
	return 0
}

// linked ranks an a element by its type and the look of its address.
func linked(a attributes) int {
	if feedTypes[a.mediaType] == rankFeedType {
		return rankAnchor + 5
	}
	if !namesFeed(a.href) {
		return 0
	}
	if u, err := url.Parse(a.href); err != nil || isSharing(u) {
		return 0
	}
	if !strings.Contains(a.href, ":") || strings.HasPrefix(a.href, "http") || strings.HasPrefix(a.href, "feed:") {
		if looksLikeFeed(a.href) {
			return rankAnchor
		}
		return rankWord
	}
	return 0
}

// looksLikeFeed reports whether an address is of a form in which feeds come.
// It is asked of every link of a page, so cheap tests come first.
func looksLikeFeed(href string) bool {
	if !namesFeed(href) {
		return false
	}
	u, err := url.Parse(href)
	if err != nil || isSharing(u) {
		return false
	}
	if strings.HasPrefix(href, "feed:") || strings.HasPrefix(u.Host, "feeds.") || strings.HasPrefix(u.Host, "rss.") {
		return true
	}
	last := strings.ToLower(path.Base(u.Path))
	switch strings.TrimSuffix(strings.TrimSuffix(strings.TrimSuffix(last, ".xml"), ".json"), ".php") {
	case "feed", "rss", "rss2", "atom", "rdf", "feeds", "index.rdf":
		return true
	}
	if strings.HasSuffix(last, ".rss") || strings.HasSuffix(last, ".atom") || strings.HasSuffix(last, ".rdf") {
		return true
	}
	if strings.HasSuffix(last, ".xml") { // rss-terkini.xml, kabar-daerah.xml below /rss/
		return strings.Contains(strings.ToLower(u.Path), "rss") || strings.Contains(last, "feed") || strings.Contains(last, "atom")
	}
	if q := u.Query(); q.Has("feed") || q.Get("format") == "feed" || q.Get("alt") == "rss" || q.Get("type") == "rss" {
		return true
	}
	return strings.Contains(u.Path, "/feeds/posts/") || strings.Contains(u.Path, "/feeds/comments/") || strings.Contains(u.Path, "/rss/")
}

// namesFeed is the cheap test: does the address say rss, atom, feed or rdf?
func namesFeed(href string) bool {
	if len(href) > maxLength {
		return false
	}
	for i := 0; i+2 < len(href); i++ {
		switch href[i] | 0x20 {
		case 'r', 'f', 'a':
			if hasFold(href[i:], "rss") || hasFold(href[i:], "feed") || hasFold(href[i:], "atom") || hasFold(href[i:], "rdf") {
				// A word of its own: not "across", "anatomi" or "feedback".
				return (i == 0 || !isLetter(href[i-1])) && !hasFold(href[i:], "feedback") && !hasFold(href[i:], "atomi")
			}
		}
	}
	return false
}

func hasFold(s, prefix string) bool {
	return len(s) >= len(prefix) && strings.EqualFold(s[:len(prefix)], prefix)
}

func isLetter(c byte) bool { c |= 0x20; return 'a' <= c && c <= 'z' }

// isSharing reports whether an address hands a feed's address to a reader's
// site, or a page's to a network.
func isSharing(u *url.URL) bool {
	for _, host := range []string{"feedly.com", "inoreader.com", "facebook.com", "twitter.com", "x.com", "wa.me", "t.me", "add.my.yahoo.com", "netvibes.com", "newsblur.com", "validator.w3.org"} {
		if u.Host == host || strings.HasSuffix(u.Host, "."+host) {
			return true
		}
	}
	return false
}

// judge lowers what holds comments, belongs to another section or site.
func (f *finder) judge(l *Link) {
	u, err := url.Parse(l.URL)
	if err != nil {
		return
	}
	if isComments(u, l.Title) || f.isArticleFeed(u) {
		l.Comments = true
		l.rank -= lessComments
	}
	if site(u.Host) != site(f.page.Host) && site(u.Host) != site(f.base.Host) {
		l.rank -= lessElse
	}
	section := strings.TrimSuffix(path.Dir(strings.TrimSuffix(u.Path, "/")), "/")
	if section != "" && !strings.HasPrefix(f.page.Path, section) && (strings.Contains(u.Path, "/category/") || strings.Contains(u.Path, "/tag/") ||
		strings.Contains(u.Path, "/author/") || strings.Contains(u.Path, "/kategori/")) {
		l.rank -= lessSection
	}
}

// isComments reports whether a feed says that it holds comments, in the words
// of WordPress and Blogger in English, Indonesian and Malay.
func isComments(u *url.URL, title string) bool {
	p := strings.ToLower(u.Path)
	if strings.Contains(p, "/comments/") || strings.Contains(p, "/comment/") || strings.HasSuffix(p, "/comments") || strings.Contains(u.RawQuery, "feed=comments") {
		return true
	}
	title = strings.ToLower(title)
	return strings.Contains(title, "comment") || strings.Contains(title, "komentar") || strings.Contains(title, "komen")
}

// isArticleFeed reports whether a feed stands below the page itself, which is
// a story: WordPress gives every story a feed of its comments there.
func (f *finder) isArticleFeed(u *url.URL) bool {
	p := strings.TrimSuffix(f.page.Path, "/")
	if strings.Count(p, "/") < 2 && !strings.Contains(path.Base(p), "-") || strings.Contains(p, "/category/") || strings.Contains(p, "/tag/") || strings.Contains(p, "/kategori/") {
		return false
	}
	return u.Host == f.page.Host && (u.Path == p+"/feed/" || u.Path == p+"/feed") && len(f.found) > 1
}

// site is a host without the www. that many have and lack by turns.
func site(host string) string { return strings.TrimPrefix(strings.ToLower(host), "www.") }
