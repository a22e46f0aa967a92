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

type link struct{ href, rel, typ, text string }

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
		stop := open + end + 1 + unquotedComma(v[open+end+1:])
		for _, p := range strings.Split(v[open+end+1:stop], ";") {
			name, value, _ := strings.Cut(p, "=")
			value = strings.Trim(strings.TrimSpace(value), `"`)
			switch strings.ToLower(strings.TrimSpace(name)) {
			case "rel":
				l.rel = value
			case "type":
				l.typ = strings.ToLower(value)
			}
		}
		l.text = v[open:stop]
		list = append(list, l)
		v = v[stop:]
	}
	return list
}

// unquotedComma is the index of the first comma outside quotation marks, or
// the length of s.
func unquotedComma(s string) int {
	quoted := false
	for i := 0; i < len(s); i++ {
		switch {
		case s[i] == '"':
			quoted = !quoted
		case s[i] == ',' && !quoted:
			return i
		}
	}
	return len(s)
}
