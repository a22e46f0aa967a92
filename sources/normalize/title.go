package normalize

import (
	"html"
	"strings"

	"golang.org/x/net/html/atom"

	"warta/sources"
)

// titleText makes a text construct plain: markup off, entities decoded also
// where they were escaped twice, white space folded. The outlet's name at the
// end goes only if it is exactly that.
func titleText(t sources.Text, outlet string) sources.Text {
	s := t.Value
	if t.Type != "text" && strings.IndexByte(s, '<') >= 0 {
		tree := parseHTML(s, isXHTML(t.Type), true, nil, nil)
		if words := strings.ReplaceAll(linesOf(tree).plain, "\n", " "); words != "" || strings.IndexByte(s, '>') >= 0 {
			s = words
		}
	} else if t.Type != "text" && strings.IndexByte(s, '&') >= 0 {
		s = html.UnescapeString(s)
	}
	s = decodeAgain(s)
	s = fold(cleanText(s))
	t.Value = withoutOutlet(s, outlet)
	t.Type = "text"
	return t
}

// decodeAgain decodes entities that are left in plain text, however often
// they were escaped, and takes out the inline tags that come to light.
func decodeAgain(s string) string {
	for range 4 {
		before := s
		if strings.IndexByte(s, '&') >= 0 {
			s = html.UnescapeString(ampersands.Replace(s))
		}
		s = dropInlineTags(s)
		if s == before {
			break
		}
	}
	return s
}

// ampersands undoes any depth of escaping of the ampersand that begins an
// entity in one pass: "&amp;amp;quot;" becomes "&quot;".
var ampersands = strings.NewReplacer("&amp;amp;amp;", "&", "&amp;amp;", "&", "&amp;", "&")

// dropInlineTags takes tags of text markup out of a plain text; any other
// "<word>" may be what the title speaks of.
func dropInlineTags(s string) string {
	from := strings.IndexByte(s, '<')
	if from < 0 {
		return s
	}
	closed := strings.Contains(s, "</") // or "<i>" may be what the title speaks of
	var b strings.Builder
	for from >= 0 {
		end := strings.IndexByte(s[from:], '>')
		if end < 0 {
			break
		}
		tag := s[from+1 : from+end]
		name := strings.TrimPrefix(tag, "/")
		if i := strings.IndexAny(name, " \t\n/"); i >= 0 {
			if rest := strings.Trim(name[i:], " \t\n/"); rest != "" && !strings.Contains(rest, "=") {
				name = "" // "a<b and c>d"
			} else {
				name = name[:i]
			}
		}
		kind := atom.Lookup([]byte(lower(name)))
		if !closed && kind != atom.Br {
			kind = 0
		}
		switch kind {
		case atom.B, atom.I, atom.Em, atom.Strong, atom.U, atom.Span, atom.Font, atom.Small,
			atom.Sup, atom.Sub, atom.A, atom.P, atom.Div:
			b.WriteString(s[:from])
		case atom.Br:
			b.WriteString(s[:from])
			b.WriteByte(' ')
		default:
			b.WriteString(s[:from+1])
			end = 0
		}
		s = s[from+end+1:]
		from = strings.IndexByte(s, '<')
	}
	b.WriteString(s)
	return b.String()
}

// withoutOutlet takes " - Outlet" or " | Outlet" off the end of a title.
func withoutOutlet(s, outlet string) string {
	if outlet == "" || len(s) <= len(outlet) {
		return s
	}
	head := s[:len(s)-len(outlet)]
	if !strings.EqualFold(s[len(head):], outlet) {
		return s
	}
	for _, sep := range [...]string{" - ", " | ", " – ", " — ", " :: ", " » ", " « ", " • ", " · "} {
		if h, ok := strings.CutSuffix(head, sep); ok && fold(h) != "" {
			return withoutOutlet(strings.TrimRight(h, " "), outlet)
		}
	}
	return s
}

func isXHTML(kind string) bool {
	return kind == "xhtml" || strings.HasPrefix(kind, "application/xhtml")
}
