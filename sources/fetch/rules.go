package fetch

import (
	"bytes"
	"strings"
)

// rules are the lines of a robots.txt that concern us (RFC 9309 section 2.2).
//
// They are read here and not by temoto/robotstxt, which gives up on the whole
// file for a line before the first group or a Crawl-delay that is no number,
// looks for wildcard patterns anywhere in a path instead of at its start,
// takes "#" for part of a path and does not normalize percent-encoding.
type rules []rule

type rule struct {
	pattern string // percent-encoding normalized; "*" any characters, final "$" the end
	allow   bool
}

// maxPattern bounds one pattern: a longer one can't match an address.
const maxPattern = longestURL

// parseRules takes out of a robots.txt the groups for agent, all of them
// merged (section 2.2.1), else those for everybody.
func parseRules(body []byte, agent string) rules {
	body = bytes.TrimPrefix(body, []byte("\ufeff"))
	var mine, all rules
	var found, inMine, inAll bool
	heads := false // the line before was a user-agent line
	for line := range bytes.FieldsFuncSeq(body, func(r rune) bool { return r == '\n' || r == '\r' }) {
		key, value, ok := directive(line)
		if !ok {
			continue
		}
		switch key {
		case "user-agent":
			if !heads {
				inMine, inAll = false, false
			}
			heads = true
			if value == "*" {
				inAll = true
			} else if strings.EqualFold(token(value), agent) {
				inMine, found = true, true
			}
		case "allow", "disallow":
			heads = false
			if value == "" || len(value) > maxPattern {
				continue
			}
			r := rule{pattern: normalize(value), allow: key == "allow"}
			if inMine {
				mine = append(mine, r)
			}
			if inAll && !found {
				all = append(all, r)
			}
		}
		// Other records, such as Sitemap and Crawl-delay, end no group.
	}
	if found {
		return mine
	}
	return all
}

// directive splits a line into its lower-case name and its value.
func directive(line []byte) (key, value string, ok bool) {
	line, _, _ = bytes.Cut(line, []byte("#"))
	k, v, ok := bytes.Cut(line, []byte(":"))
	if !ok || len(k) > 64 {
		return "", "", false
	}
	return strings.ToLower(string(bytes.TrimSpace(k))), string(bytes.TrimSpace(v)), true
}

// token is the product token at the start of a user-agent line: letters, "-"
// and "_" (section 2.2.1); sites write versions behind it.
func token(s string) string {
	for i := range len(s) {
		c := s[i] | 0x20
		if (c < 'a' || c > 'z') && s[i] != '-' && s[i] != '_' {
			return s[:i]
		}
	}
	return s
}

// allow reports whether a path may be asked for: the longest matching pattern
// decides, and of two as long the one that allows (section 2.2.2).
func (rs rules) allow(path, query string) bool {
	if len(rs) == 0 {
		return true
	}
	if path == "" {
		path = "/"
	}
	if query != "" {
		path += "?" + query
	}
	path = normalize(path)
	longest, ok := -1, true
	for _, r := range rs {
		n := len(r.pattern)
		if n < longest || n == longest && !r.allow || !matches(r.pattern, path) {
			continue
		}
		longest, ok = n, r.allow
	}
	return ok
}

func (rs rules) size() int {
	n := 0
	for _, r := range rs {
		n += len(r.pattern) + 24
	}
	return n
}

// matches reports whether a pattern fits the start of a path. Each part
// between two "*" is taken where it first fits, so the time is linear.
func matches(pattern, path string) bool {
	pattern, end := strings.CutSuffix(pattern, "$")
	first, rest, more := strings.Cut(pattern, "*")
	if !strings.HasPrefix(path, first) {
		return false
	}
	path = path[len(first):]
	if !more {
		return !end || path == ""
	}
	for {
		part, after, more := strings.Cut(rest, "*")
		if !more {
			if end {
				return strings.HasSuffix(path, part)
			}
			return strings.Contains(path, part)
		}
		i := strings.Index(path, part)
		if i < 0 {
			return false
		}
		path, rest = path[i+len(part):], after
	}
}

// normalize writes a path so that two spellings of one compare equal (section
// 2.2.2): unreserved characters plain, everything else that is not US-ASCII,
// and no reserved one, percent-encoded in upper case.
func normalize(s string) string {
	plain := true
	for i := range len(s) {
		if s[i] == '%' || s[i] >= 0x80 {
			plain = false
			break
		}
	}
	if plain {
		return s
	}
	const hexDigits = "0123456789ABCDEF"
	var b strings.Builder
	b.Grow(len(s) + 8)
	for i := 0; i < len(s); i++ {
		c := s[i]
		if c == '%' && i+2 < len(s) && unhex(s[i+1]) >= 0 && unhex(s[i+2]) >= 0 {
			c = byte(unhex(s[i+1])<<4 | unhex(s[i+2]))
			i += 2
			if unreserved(c) {
				b.WriteByte(c)
				continue
			}
		} else if c < 0x80 {
			b.WriteByte(c)
			continue
		}
		b.WriteByte('%')
		b.WriteByte(hexDigits[c>>4])
		b.WriteByte(hexDigits[c&15])
	}
	return b.String()
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

// unreserved are the characters of RFC 3986 section 2.3.
func unreserved(c byte) bool {
	return c|0x20 >= 'a' && c|0x20 <= 'z' || c >= '0' && c <= '9' || c == '-' || c == '.' || c == '_' || c == '~'
}
