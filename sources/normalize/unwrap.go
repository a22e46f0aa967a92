package normalize

import (
	"net/url"
	"strings"
)

// unwrap gives the address a redirecting one leads to, where the target
// stands in the address itself; else u.
func unwrap(u string) string {
	for range 3 {
		t := target(u)
		if t == "" || t == u {
			return u
		}
		u = t
	}
	return u
}

// target looks into one wrapper.
func target(u string) string {
	host, rest := hostOf(u)
	if host == "" {
		return ""
	}
	host = strings.TrimPrefix(host, "www.")
	path, query, _ := strings.Cut(rest, "?")
	query, _, _ = strings.Cut(query, "#")
	key := ""
	switch {
	case strings.HasPrefix(host, "google.") || strings.HasPrefix(host, "news.google."):
		if path == "/url" {
			if t := param(query, "url"); t != "" {
				return t
			}
			key = "q"
		} else if t, ok := strings.CutPrefix(path, "/amp/"); ok {
			return ampTarget(t, query)
		}
	case strings.HasSuffix(host, ".ampproject.org"):
		for _, p := range [...]string{"/c/", "/v/", "/i/"} {
			if t, ok := strings.CutPrefix(path, p); ok {
				return ampTarget(t, query)
			}
		}
	case host == "facebook.com" && path == "/l.php" || host == "l.facebook.com" || host == "lm.facebook.com" || host == "l.instagram.com" || host == "l.threads.com":
		key = "u"
	case host == "out.reddit.com" || host == "disq.us" || host == "slack-redir.net" ||
		host == "go.redirectingat.com" || host == "go.skimresources.com" ||
		strings.HasSuffix(host, ".safelinks.protection.outlook.com") || host == "exit.sc":
		key = "url"
	case host == "youtube.com" && path == "/redirect":
		key = "q"
	case host == "t.umblr.com":
		key = "z"
	case host == "vk.com" && path == "/away.php":
		key = "to"
	case host == "duckduckgo.com" && path == "/l/":
		key = "uddg"
	case host == "bing.com" && strings.HasPrefix(path, "/news/apiclick"):
		key = "url"
	case host == "href.li":
		if isWeb(query) {
			return query
		}
	}
	if key == "" {
		return ""
	}
	if t := param(query, key); t != "" {
		return t
	}
	if key != "url" {
		return param(query, "url")
	}
	return ""
}

// ampTarget reads what an AMP cache puts behind its own address.
func ampTarget(t, query string) string {
	scheme := "http://"
	if s, ok := strings.CutPrefix(t, "s/"); ok {
		scheme, t = "https://", s
	}
	if !strings.Contains(t, ".") {
		return ""
	}
	if query != "" {
		t += "?" + query
	}
	return scheme + t
}

// param gives a query parameter that is a web address, decoded.
func param(query, key string) string {
	for rest := query; rest != ""; {
		var part string
		part, rest = cutParam(rest)
		if k, v, ok := strings.Cut(part, "="); ok && k == key {
			if t, err := url.QueryUnescape(v); err == nil {
				if t = cleanAddress(t); isWeb(t) {
					return t
				}
			}
		}
	}
	return ""
}

// hostOf gives a web address's host in lower case, without user and port, and
// what follows it.
func hostOf(u string) (host, rest string) {
	i := strings.Index(u, "://")
	if i < 0 {
		return "", ""
	}
	rest = u[i+3:]
	end := strings.IndexAny(rest, "/?#")
	if end < 0 {
		end = len(rest)
	}
	host, rest = rest[:end], rest[end:]
	if at := strings.LastIndexByte(host, '@'); at >= 0 {
		host = host[at+1:]
	}
	if c := strings.LastIndexByte(host, ':'); c >= 0 && !strings.HasSuffix(host, "]") {
		host = host[:c]
	}
	return lower(strings.TrimSuffix(host, ".")), rest
}
