package normalize

import (
	"bytes"
	"strings"

	"golang.org/x/net/html/atom"
)

// attributes reads the start tag's attributes into n: those of the allow-list,
// with absolute addresses. It also turns what plays into links.
func (b *builder) attributes(n *node, more bool) {
	switch n.tag {
	case atom.Img:
		b.image(n, more)
		return
	case atom.Iframe, atom.Video, atom.Audio, atom.Embed, atom.Object, atom.Source:
		b.player(n, more)
		return
	case atom.Picture:
		b.pictures = ""
	}
	for more {
		var key, val []byte
		key, val, more = b.z.TagAttr()
		if string(key) == "class" {
			if n.rule == nil && n.kind&dropAll == 0 {
				n.rule = b.rules.classRule(val)
				if n.rule == captionClass && n.tag != atom.P && n.tag != atom.Div {
					n.rule = nil
				}
			}
			b.authors = b.authors || n.rule != nil && n.rule.how == "author"
			continue
		}
		if string(key) == "data-nosnippet" {
			n.quiet = true // whatever its value
			continue
		}
		if n.rule == nil && (string(key) == "itemprop" || string(key) == "rel") && string(val) == "author" && n.kind&dropAll == 0 {
			n.rule, b.authors = authorElement, true
		}
		if n.kind&keepTag == 0 {
			continue
		}
		if name, out := b.allowed(n.tag, key, val); name != "" {
			n.attrs = append(n.attrs, attr{name, out})
		}
	}
}

// allowed gives the name and value under which an attribute stays.
func (b *builder) allowed(tag atom.Atom, key, val []byte) (string, string) {
	switch string(key) {
	case "href":
		if tag == atom.A {
			if u := b.base.link(string(val)); u != "" {
				return "href", u
			}
		}
	case "cite":
		if tag == atom.Blockquote || tag == atom.Q || tag == atom.Del || tag == atom.Ins {
			if u := b.base.web(string(val)); u != "" {
				return "cite", u
			}
		}
	case "title":
		if v := value(val); v != "" {
			return "title", v
		}
	case "lang", "xml:lang":
		if isToken(val) {
			return "lang", string(val)
		}
	case "dir":
		if s := string(bytes.ToLower(val)); s == "ltr" || s == "rtl" || s == "auto" {
			return "dir", s
		}
	case "datetime":
		if tag == atom.Time || tag == atom.Del || tag == atom.Ins {
			if v := value(val); v != "" {
				return "datetime", v
			}
		}
	case "colspan", "rowspan":
		if (tag == atom.Td || tag == atom.Th) && isNumber(val, 3) {
			if key[0] == 'c' {
				return "colspan", string(val)
			}
			return "rowspan", string(val)
		}
	case "start", "value":
		if (tag == atom.Ol && key[0] == 's' || tag == atom.Li && key[0] == 'v') && isNumber(val, 5) {
			if key[0] == 's' {
				return "start", string(val)
			}
			return "value", string(val)
		}
	case "rel":
		if tag == atom.A {
			if v := keptRel(val); v != "" {
				return "rel", v
			}
		}
	}
	return "", ""
}

// keptRel keeps the link relations that say something about rights or paid
// content; the rest is about the page the link stood on.
func keptRel(val []byte) string {
	var kept []string
	for _, f := range bytes.Fields(bytes.ToLower(val)) {
		switch string(f) {
		case "license", "nofollow", "sponsored", "ugc", "author", "tag":
			kept = append(kept, string(f))
		}
	}
	return strings.Join(kept, " ")
}

// player turns what would play on the page into a link to it. What stands
// inside it is for browsers that can't play, and goes.
func (b *builder) player(n *node, more bool) {
	var src, lazy, title, set string
	for more {
		var key, val []byte
		key, val, more = b.z.TagAttr()
		switch string(key) {
		case "src", "data":
			src = string(val)
		case "data-src", "data-lazy-src", "data-litespeed-src":
			lazy = string(val)
		case "srcset", "data-srcset":
			if set == "" {
				set = string(val)
			}
		case "title":
			title = value(val)
		}
	}
	if n.tag == atom.Source && src == "" {
		b.pictures = set
		return
	}
	if n.tag != atom.Source {
		b.close(endsA, tableBounds) // links don't nest
	}
	parent := b.top()
	if n.tag == atom.Source {
		p := &b.nodes[parent]
		if p.tag != atom.Video && p.tag != atom.Audio || p.rule != nil {
			return
		}
		p.rule = playing // one source is enough
		n = &node{tag: atom.Source}
		title, parent = "", p.parent
	} else if n.tag == atom.Video || n.tag == atom.Audio {
		n.gone = true
		if src != "" {
			n.rule = playing
		}
	}
	if lazy != "" && b.base.web(src) == "" {
		src = lazy
	}
	u := b.base.web(src)
	if u == "" {
		return
	}
	if r := b.rules.beacon(u); r != nil {
		b.lost = append(b.lost, lost{u, r.ID})
		return
	}
	if title == "" {
		title = u
	}
	// A line of its own, or its words would be glued to the text's.
	b.add(parent, node{tag: atom.Br, kind: kindOf(atom.Br)})
	a := b.add(parent, node{tag: atom.A, kind: keepTag, attrs: []attr{{"href", u}}})
	b.add(a, node{text: title})
	b.add(parent, node{tag: atom.Br, kind: kindOf(atom.Br)})
}

// playing marks a player whose address is known.
var playing = &rule{ID: "player"}

// value gives an attribute's text.
func value(val []byte) string { return fold(cleanText(string(val))) }

func isToken(b []byte) bool {
	if len(b) == 0 || len(b) > 35 {
		return false
	}
	for _, c := range b {
		if c != '-' && (c < '0' || c > '9') && (c|0x20 < 'a' || c|0x20 > 'z') {
			return false
		}
	}
	return true
}

func isNumber(b []byte, digits int) bool {
	if len(b) == 0 || len(b) > digits {
		return false
	}
	for _, c := range b {
		if c < '0' || c > '9' {
			return false
		}
	}
	return true
}
