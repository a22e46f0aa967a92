package parse

import (
	"bytes"
)

// again writes an element of which only the first counts, and which is stated
// once more: no statement about rights is lost, and a second text may say more
// than the first.
func (s *skeleton) again(p piece, c place, local string, h how) error {
	switch local {
	case "rights", "copyright":
		local = "rights"
	case "description", "summary", "content":
		local = "more"
	default:
		s.warn.add("repeated-element", p.tok.start, "<%s> is stated again; the first counts", local)
		return nil
	}
	s.open("w", local)
	s.out.WriteByte('>')
	s.ref(s.construct(p, c, s.atom, h == hyper))
	s.close("w", local)
	return nil
}

// stranger writes an unprefixed element that the dialect doesn't have: one of
// the other dialect, as feeds mix them, or one of the site's own.
func (s *skeleton) stranger(p piece, c place, local string) error {
	other, prefix := rssWords, "rss"
	if !s.atom {
		other, prefix = atomWords, "atom"
	}
	if local == "summary" && s.seen["description"] {
		local = "content" // the first of the two is the summary, the other says more
	}
	if h, ok := other[local]; ok {
		return s.mixed(p, c, prefix, local, h&^once)
	}
	switch local {
	case "published":
		return s.mixed(p, c, "w", local, plain)
	case "body", "div":
		return s.body(p, c)
	case "info":
		return s.mixed(p, c, "w", local, text)
	case "fullitem", "encoded":
		return s.mixed(p, c, "w", local, hyper)
	case "created", "license", "date", "keywords":
		return s.mixed(p, c, "w", local, plain)
	}
	return s.embargo(p, c, local)
}

// body writes the XHTML body that some feeds have instead of a description.
func (s *skeleton) body(p piece, c place) error {
	s.out.WriteString("<w:body>")
	s.ref(note{value: s.mended(s.markup(p.in, p.out, c.scope), p.in), typ: "xhtml", lang: c.scope.lang, base: c.scope.base})
	s.out.WriteString("</w:body>")
	return nil
}

// mixed writes an element of the other dialect as an extension.
func (s *skeleton) mixed(p piece, c place, prefix, local string, h how) error {
	if h == person || h == origin {
		return s.extension(p, c, prefix, local)
	}
	s.open(prefix, local)
	s.attributes(p.tok, c)
	s.out.WriteByte('>')
	switch h {
	case text, hyper:
		_, typed := attributes{s.doc[p.tok.in:p.tok.out]}.find("type")
		s.ref(s.construct(p, c, (prefix == "atom" || local == "info") && (typed || local == "info" || bytes.IndexByte(p.tok.name, ':') > 0), h == hyper))
	default:
		v, _ := s.value(p.in, p.out)
		s.ref(note{value: v})
	}
	s.close(prefix, local)
	return nil
}

// foreign writes an element of another vocabulary if it is one we read.
func (s *skeleton) foreign(p piece, c place, prefix, local string) error {
	full := prefix + ":" + local
	switch full {
	case "content:encoded":
		name := "content:encoded"
		if s.atom {
			name = "w:encoded"
		}
		if s.seen[full] {
			return s.again(p, c, "content", hyper)
		}
		s.seen[full] = p.in < p.out
		s.out.WriteString("<" + name + ">")
		s.ref(s.construct(p, c, false, true))
		s.out.WriteString("</" + name + ">")
		return nil
	case "content:items":
		return s.contentItems(p, c)
	case "xhtml:body", "xhtml:div", "payload:payload":
		return s.body(p, c)
	}
	if prefix == "atom" || prefix == "rss" {
		words := atomWords
		if prefix == "rss" {
			words = rssWords
		}
		if words[local] == unknown {
			return nil
		}
		return s.mixed(p, c, prefix, local, words[local]&^once)
	}
	if extensionWords[prefix] == unknown || embargoNames[local] {
		return s.embargo(p, c, local)
	}
	return s.extension(p, c, prefix, local)
}

// contentItems writes the text of an RSS 1.0 item as the content module had it
// before content:encoded: within a list, the one with a value.
func (s *skeleton) contentItems(p piece, c place) error {
	if c.depth > maxExtensionDepth {
		return nil
	}
	return s.children(p.in, p.out, func(q piece) error {
		if _, l := split(q.tok.name); !equalFold(l, "value") {
			within := c
			within.depth++
			return s.contentItems(q, within)
		}
		if s.seen["content:encoded"] {
			return nil
		}
		s.seen["content:encoded"] = q.in < q.out
		name := "content:encoded"
		if s.atom {
			name = "w:encoded"
		}
		s.out.WriteString("<" + name + ">")
		s.ref(s.construct(q, s.under(q, c), false, true))
		s.out.WriteString("</" + name + ">")
		return nil
	})
}

// extension writes an element with its attributes and children.
func (s *skeleton) extension(p piece, c place, prefix, local string) error {
	if c.depth > maxExtensionDepth {
		s.warn.add("deep-extension", p.tok.start, "<%s> lies too deep to be read", clip(p.tok.name))
		return nil
	}
	if !plainName([]byte(local)) {
		return nil
	}
	s.open(prefix, local)
	s.attributes(p.tok, c)
	s.out.WriteByte('>')
	if h := longWords[prefix+":"+local]; h != unknown {
		s.ref(s.construct(p, c, false, h == hyper))
		s.close(prefix, local)
		return nil
	}
	parts := 0
	err := s.children(p.in, p.out, func(q piece) error {
		sc, err := c.scope.enter(attributes{s.doc[q.tok.in:q.tok.out]}, q.tok.start, s.decoder)
		if err != nil {
			return err
		}
		parts++
		in := place{scope: sc, base: c.base, words: c.words, entry: c.entry, depth: c.depth + 1}
		childPrefix, childLocal := s.name(q.tok, sc)
		if childPrefix == "" {
			childPrefix = prefix
		}
		if childPrefix == "?" {
			childPrefix = "other"
		}
		if childPrefix != prefix {
			childLocal = childPrefix + "." + childLocal
		}
		return s.extension(q, in, prefix, childLocal)
	})
	if err != nil {
		return err
	}
	if parts == 0 {
		v, _ := s.value(p.in, p.out)
		s.plain(s.mended(v, p.in))
	}
	s.close(prefix, local)
	return nil
}
