package parse

// Channel Definition Format (W3C NOTE-CDFsubmit, 1997) is written into the
// skeleton as RSS: addresses stand in attributes, the rest has other names.

func (s *skeleton) cdfAttributes(t token) {
	if href := trimmed(s.attribute(t, "href")); href != "" {
		s.out.WriteString("<link>")
		s.ref(note{value: href})
		s.out.WriteString("</link>")
		s.seen["link"] = true
	}
	if mod := trimmed(s.attribute(t, "lastmod")); mod != "" {
		s.out.WriteString("<w:lastmod>")
		s.plain(mod)
		s.out.WriteString("</w:lastmod>")
	}
}

func (s *skeleton) cdf(p piece, c place) error {
	_, l := split(p.tok.name)
	name := string(lower(nil, l))
	switch name {
	case "abstract":
		name = "description"
	case "title":
	case "a":
		if href := trimmed(s.attribute(p.tok, "href")); href != "" && !s.seen["link"] {
			s.cdfAttributes(p.tok)
		}
		return nil
	case "logo":
		s.out.WriteString("<image><url>")
		s.ref(note{value: trimmed(s.attribute(p.tok, "href"))})
		s.out.WriteString("</url></image>")
		return nil
	default:
		return nil
	}
	sc, err := c.scope.enter(attributes{s.doc[p.tok.in:p.tok.out]}, p.tok.start, s.decoder)
	if err != nil || s.seen[name] {
		return err
	}
	s.seen[name] = true
	c.scope = sc
	n := s.construct(p, c, false, name == "description")
	if c.head {
		s.kept[name] = n
		return nil
	}
	s.open("", name)
	s.out.WriteByte('>')
	s.ref(n)
	s.close("", name)
	return nil
}
