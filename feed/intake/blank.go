package intake

import (
	"net/url"
	"strings"

	"warta/feed"
	"warta/sources"
)

// blank is 1 for a story that is none: the sample post of a new installation,
// a domain for sale, a suspended account.
func blank(d *feed.Draft) int {
	switch sources.Letters(d.Title) {
	case "helloworld", "halodunia", "haloduniaini", "samplepage":
		return 1
	}
	low := strings.ToLower(d.Title + " " + d.Excerpt)
	for _, p := range [...]string{"welcome to wordpress", "selamat datang di wordpress", "domain is for sale", "domain for sale", "buy this domain", "domain may be for sale", "domain ini dijual", "domain dijual", "domain name is available", "parked free", "account suspended", "account has been suspended"} {
		if strings.Contains(low, p) && len(low) < 600 {
			return 1
		}
	}
	return 0
}

// isComment reports whether an item is a reader's comment: its address is a
// place under an article, or the feed says it is one of comments.
func isComment(doc *sources.Document, d *feed.Draft) bool {
	if u, err := url.Parse(d.Attribution.URL); err == nil && (strings.HasPrefix(u.Fragment, "comment") || strings.HasPrefix(u.Fragment, "komentar")) {
		return true
	}
	title := strings.ToLower(doc.Title.Value)
	for _, begin := range [...]string{"comments on", "comments for", "komentar untuk", "komentar pada", "komentar di", "comments by"} {
		if strings.HasPrefix(title, begin) {
			return true
		}
	}
	return false
}
