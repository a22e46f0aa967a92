package normalize

import (
	"net/url"
	"strings"
	"unicode/utf8"
)

// resolver makes addresses absolute against a chain of bases, innermost first
// (RFC 3986 section 5.1), and parses them only when a relative one comes.
type resolver struct {
	chain [4]string
	base  *url.URL
	done  bool
}

func (r *resolver) against() *url.URL {
	if r.done {
		return r.base
	}
	r.done = true
	for i := len(r.chain) - 1; i >= 0; i-- {
		s := cleanAddress(r.chain[i])
		if s == "" {
			continue
		}
		u, err := url.Parse(s)
		if err != nil {
			continue
		}
		if r.base != nil {
			u = r.base.ResolveReference(u)
		}
		if u.IsAbs() && u.Host != "" {
			r.base = u
		}
	}
	return r.base
}

// link gives the absolute form of an address a reader may follow, "" if there
// is none: only the web, mail and telephone are let through.
func (r *resolver) link(s string) string {
	u := r.absolute(s)
	switch {
	case isWeb(u):
		return untrack(unwrap(u))
	case strings.HasPrefix(u, "mailto:"), strings.HasPrefix(u, "tel:"):
		return u
	}
	return ""
}

// web gives the absolute form of an http or https address, "" if it is none.
func (r *resolver) web(s string) string {
	if u := r.absolute(s); isWeb(u) {
		return u
	}
	return ""
}

// absolute resolves s; the scheme comes out in lower case.
func (r *resolver) absolute(s string) string {
	s = cleanAddress(s)
	if s == "" {
		return ""
	}
	if i := schemeEnd(s); i > 0 {
		if scheme := lower(s[:i]); scheme != s[:i] {
			s = scheme + s[i:]
		}
		return s
	}
	base := (*url.URL)(nil)
	if r != nil {
		base = r.against()
	}
	if base == nil {
		return ""
	}
	u, err := url.Parse(s)
	if err != nil {
		if u, err = url.Parse(strings.ReplaceAll(s, "%", "%25")); err != nil {
			return ""
		}
	}
	return base.ResolveReference(u).String()
}

// schemeEnd gives the place of the colon after a scheme, or -1.
func schemeEnd(s string) int {
	for i := 0; i < len(s); i++ {
		switch c := s[i]; {
		case c|0x20 >= 'a' && c|0x20 <= 'z':
		case i > 0 && (c >= '0' && c <= '9' || c == '+' || c == '-' || c == '.'):
		case i > 0 && c == ':':
			return i
		default:
			return -1
		}
	}
	return -1
}

// isWeb reports whether u is an absolute http or https address with a host.
func isWeb(u string) bool {
	rest, ok := strings.CutPrefix(u, "https://")
	if !ok {
		if rest, ok = strings.CutPrefix(u, "http://"); !ok {
			return false
		}
	}
	return rest != "" && rest[0] != '/' && rest[0] != '?' && rest[0] != '#' && rest[0] != ':'
}

// cleanAddress does what browsers do before they read an address: white space
// around it and control characters go; and what would need quoting is quoted.
func cleanAddress(s string) string {
	s = strings.TrimFunc(s, func(r rune) bool { return r <= ' ' || r == '\u00a0' || r == '\ufeff' })
	broken := !utf8.ValidString(s)
	dirty := broken
	for i := 0; i < len(s) && !dirty; i++ {
		switch c := s[i]; {
		case c <= ' ' || c == 0x7f || c == '"' || c == '<' || c == '>' || c == '`' || c == '\\':
			dirty = true
		}
	}
	if !dirty {
		return s
	}
	const hex = "0123456789ABCDEF"
	b := make([]byte, 0, len(s)+16)
	query := false
	for i := 0; i < len(s); i++ {
		switch c := s[i]; {
		case c < ' ' || c == 0x7f:
		case c == '\\' && !query:
			b = append(b, '/')
		case broken && c >= utf8.RuneSelf, c == ' ' || c == '"' || c == '<' || c == '>' || c == '`' || c == '\\':
			b = append(b, '%', hex[c>>4], hex[c&15])
		default:
			query = query || c == '?' || c == '#'
			b = append(b, c)
		}
	}
	return string(b)
}

// untrack takes tracking parameters off an address; every other byte stays.
func untrack(u string) string {
	q := strings.IndexAny(u, "?#")
	if q < 0 {
		return u
	}
	head, query, frag := u[:q], "", ""
	if u[q] == '?' {
		query, frag, _ = strings.Cut(u[q+1:], "#")
	} else {
		frag = u[q+1:]
	}
	clean, changed := dropTracking(query)
	if trackingFragment(frag) {
		frag, changed = "", true
	}
	if !changed {
		return u
	}
	if clean != "" {
		head += "?" + clean
	}
	if frag != "" {
		head += "#" + frag
	}
	return head
}

func dropTracking(query string) (string, bool) {
	found := false
	for rest := query; rest != "" && !found; {
		var part string
		part, rest = cutParam(rest)
		found = tracking(part)
	}
	if !found {
		return query, false
	}
	var b strings.Builder
	for rest := query; rest != ""; {
		var part string
		part, rest = cutParam(rest)
		if part == "" || tracking(part) {
			continue
		}
		if b.Len() > 0 {
			b.WriteByte('&')
		}
		b.WriteString(part)
	}
	return b.String(), true
}

// cutParam takes the first parameter off; "&amp;" in an address is a slip of
// the one who wrote it.
func cutParam(q string) (part, rest string) {
	part, rest, _ = strings.Cut(q, "&")
	return part, strings.TrimPrefix(rest, "amp;")
}

func trackingFragment(frag string) bool {
	return frag != "" && (strings.HasPrefix(frag, "utm_") || strings.HasPrefix(frag, "xtor=") ||
		strings.HasPrefix(frag, "Echobox=") || strings.HasPrefix(frag, "?utm_") ||
		frag == "ref=rss" || frag == "rss" || strings.HasPrefix(frag, "intcid=") ||
		strings.HasPrefix(frag, "ftag=") || strings.HasPrefix(frag, ".VAR"))
}

// tracking reports whether a query parameter only says how the reader came.
func tracking(part string) bool {
	key, val, _ := strings.Cut(part, "=")
	if len(key) < 2 {
		return false
	}
	key = lower(key)
	if strings.HasPrefix(key, "utm_") || strings.HasPrefix(key, "at_medium") || strings.HasPrefix(key, "at_campaign") || strings.HasPrefix(key, "at_custom") || strings.HasPrefix(key, "pk_") || strings.HasPrefix(key, "mtm_") {
		return true
	}
	switch key {
	case "fbclid", "gclid", "gclsrc", "dclid", "gbraid", "wbraid", "msclkid", "yclid", "ysclid",
		"twclid", "ttclid", "igshid", "igsh", "li_fat_id", "mc_cid", "mc_eid", "_ga", "_gl", "mkt_tok",
		"oly_anon_id", "oly_enc_id", "_hsenc", "_hsmi", "__hstc", "__hssc", "__hsfp", "hsctatracking",
		"vero_id", "vero_conv", "wickedid", "s_cid", "xtor", "ns_mchannel", "ns_source",
		"ns_campaign", "ns_linkname", "ns_fee", "cmpid", "guccounter", "guce_referrer",
		"guce_referrer_sig", "__twitter_impression", "usqp", "amp_js_v", "feature_share", "fb_action_ids",
		"fb_action_types", "fb_source", "fb_ref", "action_object_map", "action_type_map",
		"action_ref_map", "rb_clickid", "srsltid", "cx_recs_click", "traffic_source", "mibextid":
		return true
	case "ref", "source", "src", "from", "partner", "emc", "feed", "medium", "rss", "ncid", "cmp", "campaign", "f":
		switch lower(val) {
		case "rss", "feed", "rssfeed", "rss_feed", "atom", "feedburner":
			return true
		}
	}
	return false
}

// lower folds ASCII letters without allocating where there is nothing to do.
func lower(s string) string {
	for i := 0; i < len(s); i++ {
		if s[i] >= 'A' && s[i] <= 'Z' {
			return strings.ToLower(s)
		}
	}
	return s
}
