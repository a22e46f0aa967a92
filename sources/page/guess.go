package page

import (
	"net/url"
	"strings"
)

// usual are the addresses at which feeds stand, the commonest systems first:
// WordPress, Ghost and other CMSs, Drupal, Jekyll, Hugo, JSON Feed, WordPress
// without permalinks, Joomla (many local governments), CodeIgniter sites.
var usual = []string{
	"feed/", "rss", "rss.xml", "feed", "atom.xml", "feed.xml", "index.xml", "rss/", "feed.json",
	"?feed=rss2", "?format=feed&type=rss", "index.php/feed", "rss/terkini.xml", "feed/rss",
}

// hosted are services on which every site has its feed at the same place.
var hosted = []struct{ host, feed string }{
	{"blogspot.com", "/feeds/posts/default"},
	{"blogspot.co.id", "/feeds/posts/default"},
	{"wordpress.com", "/feed/"},
	{"substack.com", "/feed"},
	{"tumblr.com", "/rss"},
	{"ghost.io", "/rss/"},
	{"antaranews.com", "/rss/terkini.xml"},
}

// Guesses lists addresses at which a site's feed may stand, the likeliest
// first: below the page's own folder where it has one, then below the root.
// It is at most 29 long.
func Guesses(siteURL string) []string {
	u, err := url.Parse(siteURL)
	if err != nil || u.Host == "" || u.Scheme != "http" && u.Scheme != "https" {
		return nil
	}
	root := &url.URL{Scheme: u.Scheme, Host: u.Host, Path: "/"}
	var out []string
	add := func(u *url.URL) {
		for _, have := range out {
			if have == u.String() {
				return
			}
		}
		out = append(out, u.String())
	}
	host := strings.ToLower(u.Hostname())
	for _, h := range hosted {
		if host == h.host || strings.HasSuffix(host, "."+h.host) {
			add(root.JoinPath(h.feed))
		}
	}
	if host == "medium.com" && strings.HasPrefix(u.Path, "/@") {
		add(root.JoinPath("feed", strings.Split(u.Path, "/")[1]))
	}
	for _, folder := range []*url.URL{folderOf(u), root} {
		for _, path := range usual {
			if ref, err := folder.Parse(path); err == nil {
				add(ref)
			}
		}
	}
	return out
}

// folderOf is the address with a slash at its end and nothing behind: a page
// at /berita has its feed at /berita/feed/.
func folderOf(u *url.URL) *url.URL {
	f := &url.URL{Scheme: u.Scheme, Host: u.Host, Path: u.Path}
	if i := strings.LastIndexByte(f.Path, '/'); i >= 0 && strings.Contains(f.Path[i:], ".") {
		f.Path = f.Path[:i] // index.html
	}
	f.Path = strings.TrimSuffix(f.Path, "/") + "/"
	return f
}
