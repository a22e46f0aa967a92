package normalize

import (
	"slices"
	"strings"
)

// Key gives one string for all addresses of one story: http and https, www,
// mobile and AMP hosts and paths, trailing slashes, tracking parameters,
// fragments and redirect wrappers make no difference. It is for comparing
// only, never for asking. What is no web address is its own key.
func Key(address string) string {
	u := cleanAddress(address)
	if i := schemeEnd(u); i > 0 {
		u = lower(u[:i]) + u[i:]
	}
	if strings.HasPrefix(u, "//") {
		u = "http:" + u
	}
	if !isWeb(u) {
		return address
	}
	u = untrack(unwrap(u))
	host, rest := hostOf(u)
	frag := ""
	if i := strings.IndexByte(rest, '#'); i >= 0 {
		if f := rest[i+1:]; strings.HasPrefix(f, "!") || strings.HasPrefix(f, "/") {
			frag = "#" + f // an application's own address
		}
		rest = rest[:i]
	}
	path, query, _ := strings.Cut(rest, "?")
	var b strings.Builder
	b.Grow(len(u))
	b.WriteString(plainHost(host))
	b.WriteString(port(u))
	b.WriteString(plainPath(normalEscapes(path)))
	if q := plainQuery(query); q != "" {
		b.WriteByte('?')
		b.WriteString(q)
	}
	b.WriteString(frag)
	return b.String()
}

// port gives ":8080" where an address has a port that its scheme does not imply.
func port(u string) string {
	_, rest, _ := strings.Cut(u, "://")
	if i := strings.IndexAny(rest, "/?#"); i >= 0 {
		rest = rest[:i]
	}
	i := strings.LastIndexByte(rest, ':')
	if i < 0 || strings.HasSuffix(rest, "]") {
		return ""
	}
	switch p := rest[i:]; p {
	case ":", ":80", ":443":
		return ""
	default:
		return p
	}
}

// plainHost takes off the labels that name the same site in another dress.
func plainHost(host string) string {
	for range 3 {
		rest := host
		for _, p := range [...]string{"www.", "m.", "amp.", "mobile.", "wap."} {
			if r, ok := strings.CutPrefix(host, p); ok && strings.Contains(r, ".") {
				rest = r
			}
		}
		if rest == host {
			break
		}
		host = rest
	}
	return host
}

// plainPath takes off slashes at the end and the marks of AMP pages.
func plainPath(p string) string {
	for {
		before := p
		p = strings.TrimRight(p, "/")
		if p == "/index.php" || p == "/index.html" {
			p = ""
		}
		if r, ok := strings.CutPrefix(p, "/index.php/"); ok {
			p = "/" + r
		}
		p = strings.TrimSuffix(p, "/amp")
		p = strings.TrimSuffix(p, ".amp")
		if r, ok := strings.CutSuffix(p, ".amp.html"); ok {
			p = r + ".html"
		}
		if r, ok := strings.CutPrefix(p, "/amp/"); ok {
			p = "/" + r
		}
		if p == before {
			return p
		}
	}
}

// plainQuery drops what asks for another form of the same page, and orders
// the rest.
func plainQuery(q string) string {
	if q == "" {
		return ""
	}
	var parts []string
	for rest := q; rest != ""; {
		var part string
		part, rest = cutParam(rest)
		switch lower(part) {
		case "", "amp", "amp=1", "amp=true", "outputtype=amp", "page=all", "showpage=all", "single=1",
			"view=amp", "m=1", "m=0", "print=1":
			continue
		}
		if name, _, _ := strings.Cut(lower(part), "="); name == "replytocom" || name == "showcomment" || name == "commentpage" {
			continue // the page, opened at a comment
		}
		parts = append(parts, normalEscapes(part))
	}
	slices.Sort(parts)
	return strings.Join(parts, "&")
}

// normalEscapes decodes escaped unreserved characters and writes the others'
// digits in capitals (RFC 3986 sections 6.2.2.1 and 6.2.2.2).
func normalEscapes(s string) string {
	if strings.IndexByte(s, '%') < 0 {
		return s
	}
	b := make([]byte, 0, len(s))
	for i := 0; i < len(s); i++ {
		if s[i] == '%' && i+2 < len(s) {
			hi, lo := unhex(s[i+1]), unhex(s[i+2])
			if hi >= 0 && lo >= 0 {
				c := byte(hi<<4 | lo)
				if c|0x20 >= 'a' && c|0x20 <= 'z' || c >= '0' && c <= '9' || c == '-' || c == '.' || c == '_' || c == '~' || c >= 0x80 {
					b = append(b, c)
				} else {
					b = append(b, '%', s[i+1]&^caseBit(s[i+1]), s[i+2]&^caseBit(s[i+2]))
				}
				i += 2
				continue
			}
		}
		b = append(b, s[i])
	}
	return string(b)
}

func caseBit(c byte) byte {
	if c >= 'a' && c <= 'f' {
		return 0x20
	}
	return 0
}

func unhex(c byte) int {
	switch {
	case c >= '0' && c <= '9':
		return int(c - '0')
	case c|0x20 >= 'a' && c|0x20 <= 'f':
		return int(c|0x20-'a') + 10
	}
	return -1
}
