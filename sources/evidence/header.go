package evidence

import (
	"net/url"
	"strings"

	"warta/sources"
	"warta/sources/prose"
)

// Header reads an HTTP response header (an http.Header fits): X-Robots-Tag
// meant for everybody or for us, tdm-reservation, Content-Usage, and Link
// rel=license. address is that of what was answered, for relative links.
func Header(h map[string][]string, address string) []sources.Evidence {
	var f finder
	base, _ := url.Parse(address)
	for _, v := range h["X-Robots-Tag"] {
		f.robots(forUs(v), "X-Robots-Tag: "+v, "header X-Robots-Tag")
	}
	policy := ""
	if p := h["Tdm-Policy"]; len(p) > 0 {
		policy = "; tdm-policy: " + p[0]
		f.policy(resolved(base, p[0]), "tdm-policy: "+p[0], "header tdm-policy")
	}
	for _, v := range h["Tdm-Reservation"] {
		value := v
		for one := range strings.SplitSeq(v, ",") { // several headers in one: who reserves wins
			if strings.TrimSpace(one) == "1" {
				value = "1"
			}
		}
		f.tdm(value, "tdm-reservation: "+v+policy, "header tdm-reservation")
	}
	for _, name := range [...]string{"Content-Usage", "Content-Signal"} {
		for _, v := range h[name] {
			if reserves(v) {
				f.add(sources.TDMReserved, name+": "+v, "header "+name, "1")
			}
		}
	}
	for _, v := range h["Link"] {
		for _, l := range links(v) {
			switch {
			case l.anchor != "" && resolved(base, l.anchor) != address: // of something else (RFC 8288 section 3.2)
			case prose.HasToken(l.rel, "license") || prose.HasToken(l.rel, licenseRelation):
				f.licenceLink(resolved(base, l.href), l.typ, l.text, "header Link rel=license")
			case isPolicy(l.rel):
				f.policy(resolved(base, l.href), l.text, "header Link rel="+l.rel)
			}
		}
	}
	return f.list
}

// licenseRelation is "license" as an address (RFC 4287 section 4.2.7.2).
const licenseRelation = "http://www.iana.org/assignments/relation/license"

// resolved makes a relative address absolute, where it is known against what.
func resolved(base *url.URL, href string) string {
	href = strings.TrimSpace(href)
	if u, err := url.Parse(href); err == nil && base != nil && base.IsAbs() && !u.IsAbs() && href != "" {
		return base.ResolveReference(u).String()
	}
	return href
}

type link struct{ href, rel, typ, anchor, text string }

// maxLinks bounds the links read from one Link header.
const maxLinks = 64

// links reads a Link header (RFC 8288 section 3), leniently.
func links(v string) []link {
	var list []link
	for len(list) < maxLinks {
		open := strings.IndexByte(v, '<')
		if open < 0 {
			break
		}
		end := strings.IndexByte(v[open:], '>')
		if end < 0 {
			break
		}
		l := link{href: strings.TrimSpace(v[open+1 : open+end])}
		stop := open + end + 1 + unquoted(v[open+end+1:], ',')
		l.parameters(v[open+end+1 : stop])
		l.text = v[open:stop]
		list = append(list, l)
		v = v[stop:]
	}
	return list
}

// parameters reads those of a link; of one that is there twice the first
// counts (section 3.3).
func (l *link) parameters(s string) {
	for s != "" {
		i := unquoted(s, ';')
		name, value, _ := strings.Cut(s[:i], "=")
		if value = strings.TrimSpace(value); len(value) >= 2 && value[0] == '"' {
			value = strings.ReplaceAll(strings.Trim(value, `"`), `\"`, `"`)
		}
		switch strings.ToLower(strings.TrimSpace(name)) {
		case "rel":
			l.rel = first(l.rel, value)
		case "type":
			l.typ = first(l.typ, strings.ToLower(value))
		case "anchor":
			l.anchor = first(l.anchor, value)
		}
		s = strings.TrimPrefix(s[i:], ";")
	}
}

// unquoted is the index of the first of a character outside quotation marks, or
// the length of s.
func unquoted(s string, c byte) int {
	quoted := false
	for i := 0; i < len(s); i++ {
		switch {
		case s[i] == '\\' && quoted:
			i++
		case s[i] == '"':
			quoted = !quoted
		case s[i] == c && !quoted:
			return i
		}
	}
	return len(s)
}
