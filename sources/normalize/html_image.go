package normalize

import (
	"strconv"
	"strings"

	"golang.org/x/net/html/atom"
)

// image reads an <img>: the real address behind lazy loading and srcset, and
// whether it is a picture at all.
func (b *builder) image(n *node, more bool) {
	var src, lazy, set, alt, title, style, w, h string
	for more {
		var key, val []byte
		key, val, more = b.z.TagAttr()
		switch string(key) {
		case "src":
			src = string(val)
		case "data-src", "data-lazy-src", "data-original", "data-orig-file", "data-echo",
			"data-url", "data-lazyload", "data-hi-res-src", "data-large-file", "data-full-url",
			"data-lazy", "data-srcfull", "data-img-url", "data-image", "data-ezsrc", "data-litespeed-src":
			if lazy == "" || string(key) == "data-src" {
				lazy = string(val)
			}
		case "srcset", "data-srcset", "data-lazy-srcset":
			if set == "" || key[0] == 'd' {
				set = string(val)
			}
		case "alt":
			alt = value(val)
		case "title":
			title = value(val)
		case "style":
			style = string(val)
		case "width":
			w = string(val)
		case "height":
			h = string(val)
		}
	}
	if set == "" {
		set = b.pictures
	}
	b.pictures = ""
	u := b.realImage(src, lazy, set)
	why := ""
	if tiny(w, h, style) {
		why = "tracking-pixel"
	} else if r := b.rules.beacon(u); r != nil {
		why = r.ID
	}
	if u == "" || why != "" {
		if why != "" {
			b.lost = append(b.lost, lost{firstOf(u, src), why})
		} else if alt != "" && src != "" && !strings.HasPrefix(src, "data:") {
			b.text(b.top(), alt)
		}
		n.kind &^= keepTag
		return
	}
	if b.repeated(u) {
		n.kind &^= keepTag
		return
	}
	n.attrs = append(n.attrs, attr{"src", u}, attr{"alt", alt})
	if title != "" && title != alt {
		n.attrs = append(n.attrs, attr{"title", title})
	}
	if isNumber([]byte(w), 5) && isNumber([]byte(h), 5) && w != "0" && h != "0" {
		n.attrs = append(n.attrs, attr{"width", w}, attr{"height", h})
	}
}

// repeated tells the picture in <noscript> from the lazy one it stands for.
func (b *builder) repeated(u string) bool {
	last := b.lastImage
	b.lastImage = u
	if last != u {
		return false
	}
	for _, i := range b.stack {
		if b.nodes[i].tag == atom.Noscript {
			return true
		}
	}
	return false
}

// realImage chooses among src, the lazy-loading attribute and srcset.
func (b *builder) realImage(src, lazy, set string) string {
	if u := b.base.web(src); u != "" && (lazy == "" && set == "" || !placeholder(src)) {
		if lazy == "" || !placeholder(u) {
			return u
		}
	}
	if u := b.base.web(lazy); u != "" {
		return u
	}
	if c := bestOf(set); c != "" {
		if u := b.base.web(c); u != "" {
			return u
		}
	}
	return b.base.web(src)
}

// placeholder reports whether an address is what stands in for a picture
// until it is loaded.
func placeholder(u string) bool {
	if u == "" || strings.HasPrefix(u, "data:") {
		return true
	}
	if i := strings.LastIndexByte(u, '/'); i >= 0 {
		u = u[i+1:]
	}
	u = strings.ToLower(u)
	for _, s := range [...]string{"blank", "placeholder", "spacer", "lazy", "loading", "pixel", "1x1", "transparent", "grey.", "gray.", "trans.", "default."} {
		if strings.Contains(u, s) {
			return true
		}
	}
	return false
}

// bestOf gives the candidate of a srcset that suits a page: the widest up to
// 1,280 pixels or 2x, else the narrowest.
func bestOf(set string) string {
	const enough = 1280
	var best string
	bestW := -1.0
	for set = strings.TrimLeft(set, " \t\n,"); set != ""; set = strings.TrimLeft(set, " \t\n,") {
		end := strings.IndexAny(set, " \t\n")
		if end < 0 {
			end = len(set)
		}
		addr := set[:end]
		set = set[end:]
		desc := ""
		if trimmed := strings.TrimRight(addr, ","); trimmed != addr {
			addr = trimmed
		} else {
			desc, set, _ = strings.Cut(set, ",")
		}
		w := width(strings.TrimSpace(desc))
		if best == "" || w <= enough && (w > bestW || bestW > enough) || w > enough && bestW > enough && w < bestW {
			best, bestW = addr, w
		}
	}
	return best
}

// width reads a srcset descriptor; a density counts as that many times 600.
func width(desc string) float64 {
	if desc == "" {
		return 600
	}
	n, err := strconv.ParseFloat(desc[:len(desc)-1], 64)
	if err != nil || n < 0 {
		return 0
	}
	if desc[len(desc)-1] == 'x' {
		return n * 600
	}
	return n
}

// tiny reports whether nobody could see the image.
func tiny(w, h, style string) bool {
	small := func(s string) bool {
		s = strings.TrimSuffix(strings.TrimSpace(s), "px")
		return s == "0" || s == "1"
	}
	if small(w) && (small(h) || h == "") || small(h) && w == "" {
		return true
	}
	if style == "" {
		return false
	}
	s := strings.ToLower(strings.Join(strings.Fields(style), ""))
	if strings.Contains(s, "display:none") || strings.Contains(s, "visibility:hidden") {
		return true
	}
	return (strings.Contains(s, "width:1px") || strings.Contains(s, "width:0")) &&
		(strings.Contains(s, "height:1px") || strings.Contains(s, "height:0")) &&
		!strings.Contains(s, "max-width:1px")
}

func firstOf(s ...string) string {
	for _, v := range s {
		if v != "" {
			return v
		}
	}
	return ""
}
